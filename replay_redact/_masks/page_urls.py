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

import re
import string
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple
from urllib.parse import quote

from replay_redact._masks.page_addresses import (
    DEFAULT_PORTS,
    ROUTE_END,
    Address,
    bare_host,
    loose,
    origin_of,
    read_address,
)
from replay_redact._masks.public_paths import HASH_ROUTE, HINTS, SEGMENT
from replay_redact._masks.text import mask_text
from replay_redact._masks.urls import ADDRESS, APP, APP_SCHEMES, Addresses, hint_for_host
from replay_redact.errors import PolicyError

_END_OF_HOST = re.compile(r"[/?#]")


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

    def covers(self, other: PageUrl) -> bool:
        """Tell whether this pattern fits each address that another one fits.

        >>> read_page_url("/admin/**").covers(read_page_url("https://shop.example/admin/x"))
        True
        """
        if self.routed != other.routed or self.origin not in {"", other.origin}:
            return False
        longer = len(other.parts) - len(self.parts)
        same = longer >= 0 if self.rest else longer == 0 and not other.rest
        pairs = zip(self.parts, other.parts, strict=False)
        return same and all(part is None or part == spelled for part, spelled in pairs)

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
    return loose(f"/{part}") == [segment]


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
    origin = origin_of(f"{scheme}://{host}") if colon else ""
    rest = behind.removeprefix(host) if colon else text
    has_host = bool(origin) and scheme in DEFAULT_PORTS and "@" not in host
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


# --- which page ---------------------------------------------------------------------


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
        self._hosts = set(map(bare_host, self._origins))
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

    def fitting(self, url: str) -> list[int]:
        """Return all pages whose pattern fits an address as it is written; the first one wins."""
        address = self.read(url)
        if address is None:
            return []
        return [
            page
            for page, own in enumerate(self.patterns)
            if own.origin in {"", address.origin or own.origin} and _fits(own, address)
        ]

    def are_alike(self, url: str, other: str) -> bool:
        """Tell whether two addresses are of one page, whatever came before them."""
        return self.page_of(url, self.unknown) == self.page_of(other, self.unknown)

    def read(self, url: str) -> Address | None:
        """Take an address apart; ``None`` if it is not one of a page."""
        return read_address(url, self._schemes)

    def _origin(self, address: Address, before: int) -> int:
        if not address.origin:
            return before
        if address.origin in self._origins:
            return self._origins.index(address.origin)
        return self.unknown if bare_host(address.origin) in self._hosts else self.other

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
    path = ROUTE_END.split(route, maxsplit=1)[0]
    sign, rest = route[len(path) :][:1], route[len(path) + 1 :]
    return mark + "/".join(map(mask_text, path.split("/"))) + sign + mask_text(rest)
