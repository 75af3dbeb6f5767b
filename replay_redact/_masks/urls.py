"""The mask for addresses. Scheme and host stay; the path, query values and fragment do not.

Masking twice gives the same as masking once. The length in UTF-16 units stays, except for
``data:`` addresses, which are replaced whole.
"""

from __future__ import annotations

import re

from replay_redact._masks.text import LATIN_SPACES, OTHER_SPACES, byte_table, mask_input, mask_text

_PATH_TABLE = byte_table(LATIN_SPACES + "/;")
_SPACES = (
    r"\t\n\v\f\r\x20\xa0" + OTHER_SPACES
)  # not \s: that also matches characters that are no white space to JavaScript
_ADDRESS = re.compile(
    r"""(?P<scheme>(?:https?|wss?|ftps?):)?
        //(?:(?P<user>[^/?\#\\@"""
    + _SPACES
    + r"""]*)@)?
        (?P<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])
        (?P<port>:\d{1,5})?
        (?=[/?\#]|\Z)""",
    re.VERBOSE | re.IGNORECASE,
)
_OPAQUE = re.compile(
    r"(?:mailto|tel|sms|javascript|blob|about|file|ftp|https?|wss?):", re.IGNORECASE
)
_DATA = re.compile(rf"[{_SPACES}]*+data:", re.IGNORECASE)
_FIRST_SEGMENT = re.compile(r"[/?#]")
_QUERY_PAIR = re.compile(r"[^&;]+")
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z_.-]{0,31}\Z")
_BLANK_ADDRESSES = frozenset({"about:blank", "data:,"})
EMPTY_DATA = "data:,"


def mask_url(url: str, routes: tuple[tuple[str, ...], ...] = (), *, keep_path: bool = False) -> str:
    """Mask an address, but keep its scheme, host and port.

    * Names of query parameters stay if they have only letters, ``_``, ``.`` and ``-``.
    * User info, path, query values and fragment become asterisks of the same length.
    * A path that fits one of ``routes`` keeps the segments that the route spells out.
    * ``keep_path`` keeps the whole path, for style sheets and fonts.
    * What follows ``mailto:`` and the like is masked; what follows ``data:`` is dropped.

    >>> mask_url("https://jane@shop.example/u/42?tab=bills#top")
    'https://****@shop.example/*/**?tab=*****#***'
    >>> mask_url("mailto:jane@shop.example"), mask_url("data:text/html,Jane")
    ('mailto:*****************', 'data:,')
    """
    if url in _BLANK_ADDRESSES or not url:
        return url
    if ":" in url and _DATA.match(url):
        return EMPTY_DATA
    address = _ADDRESS.match(url)
    if address:
        origin = _mask_origin(address)
        return origin + _mask_rest(url[address.end() :], routes, keep_path=keep_path)
    opaque = _OPAQUE.match(url)
    if opaque:
        return opaque[0] + mask_text(url[opaque.end() :])
    if "\\" in url or ":" in _FIRST_SEGMENT.split(url, 1)[0] or url.startswith("//"):
        return mask_text(url)
    return _mask_rest(url, routes, keep_path=keep_path)


def split_origin(url: str) -> tuple[str, str]:
    """Return the scheme and host of an address, user info masked, and what stands behind them.

    >>> split_origin("https://jane@shop.example/u/42"), split_origin("/u/42")
    (('https://****@shop.example', '/u/42'), ('', '/u/42'))
    """
    address = _ADDRESS.match(url)
    return ("", url) if address is None else (_mask_origin(address), url[address.end() :])


def _mask_origin(address: re.Match[str]) -> str:
    if address["user"] is None:
        return address[0]
    user = ":".join(map(mask_input, address["user"].split(":")))
    return f"{address['scheme'] or ''}//{user}@{address['host']}{address['port'] or ''}"


def _mask_rest(rest: str, routes: tuple[tuple[str, ...], ...], *, keep_path: bool) -> str:
    rest, hash_sign, fragment = rest.partition("#")
    path, question_mark, query = rest.partition("?")
    masked = path if keep_path else _mask_path(path, routes)
    if question_mark:
        masked += question_mark + _QUERY_PAIR.sub(_mask_pair, query)
    return masked + hash_sign + mask_text(fragment) if hash_sign else masked


def _mask_path(path: str, routes: tuple[tuple[str, ...], ...]) -> str:
    if not routes and path.isascii() and "/." not in f"/{path}":  # most paths: one fast pass
        return path.encode().translate(_PATH_TABLE).decode()
    segments = path.split("/")
    for route in routes:
        if _fits(route, segments):
            return "/".join(
                segment if part == segment else _mask_segment(segment)
                for part, segment in zip(route, segments, strict=True)
            )
    return "/".join(map(_mask_segment, segments))


def _fits(route: tuple[str, ...], segments: list[str]) -> bool:
    return len(route) == len(segments) and all(
        part == segment or (part.startswith(":") and segment)
        for part, segment in zip(route, segments, strict=True)
    )


def _mask_segment(segment: str) -> str:
    return segment if segment in {".", ".."} else ";".join(map(mask_text, segment.split(";")))


def _mask_pair(match: re.Match[str]) -> str:
    name, equals, value = match[0].partition("=")
    shown = name if equals and _PARAMETER.match(name) else mask_text(name)
    return shown + equals + mask_text(value)
