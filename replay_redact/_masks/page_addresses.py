"""Addresses of pages: their parts, as they are written and as loosely as any server reads them."""

from __future__ import annotations

import contextlib
import re
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from replay_redact._masks.public_paths import HASH_ROUTE
from replay_redact._masks.urls import ADDRESS, APP

DEFAULT_PORTS = {"http": ":80", "https": ":443"}
ROUTE_END = re.compile("[?#]")  # routers write parameters and anchors behind a route
_NUMERAL = re.compile(r"0x[0-9a-f]{1,9}|0[0-7]{0,12}|[1-9][0-9]{0,10}")  # in small letters
_PARTS_OF_IP = 4
_BYTE = 256
_NO_CHARACTER = "\ufffd"
_MOST_ESCAPES = 3  # times that a segment may be percent-encoded


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
        path = (self.route or None) if routed else self.path
        return None if path is None else path.removesuffix("/").split("/")[1:]

    def readings(self, *, routed: bool) -> list[list[str]] | None:
        """Return the loose readings of what a pattern is about; ``None`` if one cannot be read."""
        path = self.route if routed else self.path
        return [] if path is None else _loose_readings(path)


def origin_of(url: str) -> str:
    """Return the origin of an address with a host, in small letters; nothing if it has none."""
    address = ADDRESS.match(url)
    if address is None:
        return ""
    scheme = (address["scheme"] or "").lower()
    port = (address["port"] or "").removeprefix(DEFAULT_PORTS.get(scheme[:-1], "-"))
    return f"{scheme}//{address['host'].lower()}{port}"


def bare_host(origin: str) -> str:
    """Return the host alone: servers may not mind the scheme, the port and a last dot.

    >>> bare_host("https://0x7f.1:8443"), bare_host("http://[::ffff:7f00:1]")
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


def read_address(url: str, schemes: frozenset[str]) -> Address | None:
    """Take an address apart; ``None`` if it is not one of a page."""
    host = ADDRESS.match(url)
    app = None if host else APP.match(url)
    if app and app["scheme"].lower() not in schemes:
        return None
    end = host.end() if host else app.end() if app else 0
    origin = origin_of(url) if host else app["scheme"].lower() if app else ""
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
    return ROUTE_END.split(fragment[route.end() - 1 :], maxsplit=1)[0]


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
    ends = ROUTE_END.split(path, maxsplit=1)
    return [loose(path), *([loose(ends[0])] if len(ends) > 1 else [])]


def loose(path: str) -> list[str]:
    """Return the segments of a path without escapes, in one spelling for all that are alike."""
    segments: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        segment = normalize("NFKC", part.partition(";")[0].strip().casefold())
        if segment == "..":
            del segments[-1:]
        elif segment not in {"", "."}:
            segments.append(segment)
    return segments
