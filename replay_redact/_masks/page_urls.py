"""The patterns by which a policy says of which page an address is.

| pattern | which addresses |
|---|---|
| `/orders/:id`, `/checkout/*` | with a path of these segments; `:id` and `*` stand for any one |
| `/admin/**` | with a path that begins so: `/admin` itself, and all below it |
| `#/admin/**`, `#!/admin/**` | with such a path in the fragment, as hash routers have it |
| `https://admin.shop.example/**` | the same, of one host |

Query, user info and a slash at the end make no difference.

Servers and routers differ in how they read addresses: in letter case, escapes, dots, doubled
slashes, composed characters and numbers of hosts. So each address is read exactly as it is written
and as loosely as any server might read it. If two readings give different pages, nobody knows which
page it is.
"""

from __future__ import annotations

import contextlib
import re
import string
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from itertools import product
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import quote, unquote

from replay_redact._masks.public_paths import HASH_ROUTE, HINTS, SEGMENT
from replay_redact._masks.text import mask_text
from replay_redact._masks.urls import ADDRESS, APP, APP_SCHEMES, Addresses, hint_for_host
from replay_redact.errors import PolicyError

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_END_OF_HOST = re.compile(r"[/?#]")
_ROUTE_END = re.compile("[?#]")  # routers write parameters and anchors behind a route
_NUMERAL = re.compile(r"0x[0-9a-f]{1,9}|0[0-7]{0,12}|[1-9][0-9]{0,10}")  # in small letters
_PARTS_OF_IP = 4
_BYTE = 256
_NO_CHARACTER = "\ufffd"
_MOST_ESCAPES = 3  # times that a segment may be percent-encoded


class PageUrl(NamedTuple):
    """One pattern. ``parts`` has the spelled segments, and ``None`` for one that varies.

    ``origin`` is empty for all hosts; ``rest`` tells whether more segments may follow; ``routed``
    whether it is about the path in the fragment.
    """

    origin: str
    parts: tuple[str | None, ...]
    rest: bool
    routed: bool

    def fits(self, segments: Sequence[str]) -> bool:
        """Tell whether segments are as the pattern spells them."""
        return self._fits(segments, _is_spelled)

    def may_fit(self, loose: Sequence[str]) -> bool:
        """Tell whether segments in a loose reading are such."""
        return self._fits(loose, _is_alike)

    def _fits(self, segments: Sequence[str], same: Callable[[str, str], bool]) -> bool:
        if len(segments) < len(self.parts) or (len(segments) > len(self.parts) and not self.rest):
            return False
        return all(
            segment if part is None else same(part, segment)
            for part, segment in zip(self.parts, segments, strict=False)
        )


def _is_spelled(part: str, segment: str) -> bool:
    """Tell whether a segment is the one of a pattern, as it is or as browsers escape it."""
    return segment == part or segment == quote(part, safe=string.printable)


def _is_alike(part: str, segment: str) -> bool:
    return _loose(f"/{part}") == [segment]


def read_page_url(text: str) -> PageUrl:
    """Read a pattern; raise `PolicyError` if it is none.

    >>> read_page_url("https://shop.example/admin/**")
    PageUrl(origin='https://shop.example', parts=('admin',), rest=True, routed=False)
    """
    _refuse(text, not text.isprintable(), "it has characters that no address has")
    scheme, colon, behind = text.partition("://")
    host = _END_OF_HOST.split(behind, 1)[0]
    _refuse(text, "*" in host, "a host is written out, without *")
    _refuse(text, bool(colon) and not host.isascii(), hint_for_host(host))
    origin = _origin_of(f"{scheme}://{host}") if colon else ""
    rest = behind.removeprefix(host) if colon else text
    has_host = bool(origin) and scheme in _DEFAULT_PORTS and "@" not in host
    _refuse(text, bool(colon) and not has_host, "a host is written as https://shop.example/")
    head, hash_sign, fragment = rest.partition("#")
    route = HASH_ROUTE.match(fragment)
    _refuse(text, "?" in rest, "a page is told by its path, not by parameters")
    _refuse(text, bool(head and hash_sign), "write the path or, behind a #, the hash route")
    _refuse(text, bool(hash_sign) and not route, "a hash route begins with #/")
    path = fragment[route.end() - 1 :] if route else head
    _refuse(text, bool(origin) and not path, f"write {text}/ for its first page, {text}/** for all")
    _refuse(text, not path.startswith("/"), "it must begin with /, #/ or https://")
    parts, more = _parts(path, text)
    return PageUrl(origin, parts, more, bool(hash_sign))


def _parts(path: str, text: str) -> tuple[tuple[str | None, ...], bool]:
    """Return the segments of a pattern, and whether more may follow."""
    segments = path.removesuffix("/").split("/")[1:]
    more = segments[-1:] == ["**"]
    segments = segments[: len(segments) - more]
    _refuse(text, "**" in segments, "** can only stand at the end")
    _refuse(text, "{" in path, HINTS["{"])
    spelled = [part for part in segments if part != "*"]
    wrong = [part for part in spelled if SEGMENT.fullmatch(part) is None or part in {".", ".."}]
    _refuse(text, bool(wrong), "it must be a path such as /orders/:id or /admin/**")
    return tuple(None if part == "*" or part[0] == ":" else part for part in segments), more


def _refuse(text: str, holds: bool, why: str) -> None:  # noqa: FBT001 - a condition
    if holds:
        raise PolicyError(f"the url {text!r} of a page cannot be read: {why}")


# --- addresses ------------------------------------------------------------------------


class Address(NamedTuple):
    """An address: its origin (empty if relative), path, and the path in its fragment.

    ``route`` is ``None`` if the fragment is no path, and empty if there is no fragment: of hash
    routers, some show their first page then.
    """

    origin: str
    path: str
    route: str | None

    def segments(self, *, routed: bool) -> list[str] | None:
        """Return the segments that a pattern is about, as they are written, if there are any."""
        path = self.route or None if routed else self.path
        return None if path is None else path.removesuffix("/").split("/")[1:]

    def readings(self, *, routed: bool) -> list[list[str]] | None:
        """Return the loose readings of what a pattern is about; ``None`` if one cannot be read."""
        path = self.route if routed else self.path
        return [] if path is None else _loose_readings(path)


def _origin_of(url: str) -> str:
    """Return the origin of an address with a host, in small letters; nothing if it has none."""
    address = ADDRESS.match(url)
    if address is None:
        return ""
    scheme = (address["scheme"] or "").lower()
    port = (address["port"] or "").removeprefix(_DEFAULT_PORTS.get(scheme[:-1], "-"))
    return f"{scheme}//{address['host'].lower()}{port}"


def _bare_host(origin: str) -> str:
    """Return the host alone: servers may not mind the scheme, the port and a last dot.

    >>> _bare_host("https://0x7f.1:8443"), _bare_host("http://[::ffff:7f00:1]")
    ('127.0.0.1', '127.0.0.1')
    """
    host = origin.partition("//")[2]
    six = host.rpartition("]")[0].removeprefix("[")
    four = host.partition(":")[0].rstrip(".")
    return _as_six(six) if six else _as_four(four)


def _as_six(host: str) -> str:
    with contextlib.suppress(ValueError):
        own = IPv6Address(host)
        return str(own.ipv4_mapped or own)
    return host


def _as_four(host: str) -> str:
    """Write a host as browsers do if it is a number of one to four parts, the last of which fills.

    >>> _as_four("2130706433"), _as_four("0177.1"), _as_four("127.0.0.256"), _as_four("1.a")
    ('127.0.0.1', '127.0.0.1', '127.0.0.256', '1.a')
    """
    parts = host.split(".")
    if len(parts) > _PARTS_OF_IP or not all(map(_NUMERAL.fullmatch, parts)):
        return host
    *first, last = (int(part, _base(part)) for part in parts)
    if max(first, default=0) >= _BYTE or last >= _BYTE ** (_PARTS_OF_IP - len(first)):
        return host
    start = sum(byte << 8 * (_PARTS_OF_IP - 1 - at) for at, byte in enumerate(first))
    return str(IPv4Address(start + last))


def _base(numeral: str) -> int:
    return 16 if numeral[:2] == "0x" else 8 if numeral[0] == "0" else 10


def _read(url: str, schemes: frozenset[str]) -> Address | None:
    """Take an address apart; ``None`` if it is not one of a page."""
    host = ADDRESS.match(url)
    app = None if host else APP.match(url)
    if app and app["scheme"].lower() not in schemes:
        return None
    end = host.end() if host else app.end() if app else 0
    origin = _origin_of(url) if host else app["scheme"].lower() if app else ""
    rest, _, fragment = url[end:].partition("#")
    path = rest.partition("?")[0]
    if "\\" in path or (not end and (not path.startswith("/") or path.startswith("//"))):
        return None
    return Address(origin, path, _route_in(fragment))


def _route_in(fragment: str) -> str | None:
    """Return the path in a fragment: an empty one if the fragment is, ``None`` if it has none."""
    route = HASH_ROUTE.match(fragment)
    if route is None:
        return None if fragment else ""
    return _ROUTE_END.split(fragment[route.end() - 1 :], maxsplit=1)[0]


def _loose_readings(path: str) -> list[list[str]] | None:
    """Read a path as loosely as any server might; ``None`` if nobody knows how it is escaped.

    An escaped ``?`` or ``#`` may end it, or not.

    >>> _loose_readings("/%2541dmin//x/../USERS;v=1/"), _loose_readings("/a/b%3Fc")
    ([['admin', 'users']], [['a', 'b?c'], ['a', 'b']])
    """
    for _ in range(_MOST_ESCAPES + 1):
        decoded = unquote(path)
        if decoded == path:
            break
        path = decoded
    else:
        return None
    if _NO_CHARACTER in path:  # bytes of another encoding
        return None
    ends = _ROUTE_END.split(path, maxsplit=1)
    return [_loose(path), *([_loose(ends[0])] if len(ends) > 1 else [])]


def _loose(path: str) -> list[str]:
    """Return the segments of a path without escapes, in one spelling for all that are alike."""
    segments: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        segment = normalize("NFKC", part.partition(";")[0].strip().casefold())
        if segment == "..":
            del segments[-1:]
        elif segment not in {"", "."}:
            segments.append(segment)
    return segments


def _fits(own: PageUrl, address: Address) -> bool:
    """Tell whether a pattern is one of an address as it is written."""
    segments = address.segments(routed=own.routed)
    return segments is not None and own.fits(segments)


def _may_fit(own: PageUrl, path: list[str], route: list[str] | None) -> bool:
    """Tell whether a pattern is one of an address in a loose reading."""
    segments = route if own.routed else path
    return segments is not None and own.may_fit(segments)


# --- which page -----------------------------------------------------------------------


class PageUrls:
    """The patterns of one policy, in order. A page is its number among them.

    Origins have numbers, too: those of the patterns, then `other`, then `unknown`. The page of an
    address that no pattern fits is `base`.
    """

    def __init__(self, patterns: Iterable[PageUrl], schemes: Iterable[str] = ()) -> None:
        self.patterns = tuple(patterns)
        self._schemes = APP_SCHEMES | {scheme.lower() for scheme in schemes}
        self._origins = sorted({own.origin for own in self.patterns if own.origin})
        self._hosts = set(map(_bare_host, self._origins))
        self.base = len(self.patterns)
        self.other = len(self._origins)
        self.unknown = self.other + 1

    def page_of(self, url: str, origin: int) -> tuple[int | None, int]:
        """Return the page of an address, or ``None`` if nobody can tell, and its origin.

        ``origin`` is that of the address before, which holds for one that has none.
        """
        address = self.read(url)
        if address is None:
            return None, self.unknown
        origin = self._origin(address, origin)
        paths, routes = (address.readings(routed=routed) for routed in (False, True))
        if paths is None or routes is None:
            return None, origin
        found = {self._first(origin, partial(_fits, address=address))}
        routes_or_none: list[list[str] | None] = [*routes] or [None]
        for path, route in product(paths, routes_or_none):
            found.add(self._first(origin, partial(_may_fit, path=path, route=route)))
        return (found.pop() if len(found) == 1 else None), origin

    def are_alike(self, url: str, other: str) -> bool:
        """Tell whether two addresses are of one page, whatever came before them."""
        return self.page_of(url, self.unknown) == self.page_of(other, self.unknown)

    def read(self, url: str) -> Address | None:
        """Take an address apart; ``None`` if it is not one of a page."""
        return _read(url, self._schemes)

    def _origin(self, address: Address, before: int) -> int:
        if not address.origin:
            return before
        if address.origin in self._origins:
            return self._origins.index(address.origin)
        return self.unknown if _bare_host(address.origin) in self._hosts else self.other

    def _first(self, origin: int, fits: Callable[[PageUrl], bool]) -> int | None:
        """Return the first page that fits, or ``None`` if that depends on an unknown host."""
        for page, own in enumerate(self.patterns):
            is_there = not own.origin or origin == self.unknown
            if (is_there or self._origins[origin : origin + 1] == [own.origin]) and fits(own):
                return None if own.origin and origin == self.unknown else page
        return self.base


class NamingAddresses(Addresses):
    """An address mask that leaves what the pattern of a page spells out.

    So the masked address still tells the page, and a redacted recording can be redacted again.
    """

    def __init__(self, masks: Addresses, urls: PageUrls, page: int) -> None:
        self._masks = masks
        self._urls = urls
        self._pattern = urls.patterns[page]

    def mask(self, url: str, *, keep_path: bool = False) -> str:
        """Mask an address as before, but for the segments that the pattern spells out.

        >>> admin = PageUrls([read_page_url("/admin/**")])
        >>> NamingAddresses(Addresses(), admin, 0).mask("/admin/users/7")
        '/admin/*****/*'
        """
        masked = self._masks.mask(url, keep_path=keep_path)
        address = self._urls.read(url)
        if address is None or not _fits(self._pattern, address):
            return masked
        if not self._pattern.routed:
            return self._named(address.path, masked)
        head, _, fragment = masked.partition("#")
        recorded = url.partition("#")[2]
        if not fragment.startswith(("/", "!/")):  # a mask has taken its slashes
            fragment = _masked_route(recorded)
        return f"{head}#{self._named(address.route or '', fragment)}"

    def _named(self, path: str, masked: str) -> str:
        """Put segments of a path in their places in a masked address."""
        start = masked.find("/", _end_of_origin(masked))
        ends = [at for sign in "?#" if (at := masked.find(sign, start)) >= 0]
        end = min(ends, default=len(masked))
        shown = masked[start:end].split("/")
        if len(shown) <= len(self._pattern.parts):
            return masked
        for at, (part, segment) in enumerate(
            zip(self._pattern.parts, path.split("/")[1:], strict=False), 1
        ):
            shown[at] = shown[at] if part is None else segment
        return masked[:start] + "/".join(shown) + masked[end:]


def _end_of_origin(url: str) -> int:
    start = ADDRESS.match(url) or APP.match(url)
    return start.end() if start else 0


def _masked_route(fragment: str) -> str:
    """Mask a hash route, but for its slashes and what ends it."""
    mark = "!" * fragment.startswith("!/")
    route = fragment.removeprefix(mark)
    path = _ROUTE_END.split(route, maxsplit=1)[0]
    sign, rest = route[len(path) :][:1], route[len(path) + 1 :]
    return mark + "/".join(map(mask_text, path.split("/"))) + sign + mask_text(rest)
