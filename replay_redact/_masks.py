"""Masks for text, form values and addresses: total functions from string to string.

Theory: a mask keeps the shape that layout needs (length in UTF-16 units, the
places of white space, the skeleton of an address) and nothing else. A mask
knows nothing of nodes or policies.

Invariant: masking twice is masking once, and the length in UTF-16 units stays.
White space is JavaScript's, because that is where recordings were made: U+FEFF
is white space, U+0085 and U+001C to U+001F are not.
"""

from __future__ import annotations

import re

MASK = "*"

# JavaScript white space that Latin-1 has.
_LATIN_SPACES = "\t\n\v\f\r \xa0"
# The rest of it. Written as escapes, so that they can be seen.
_OTHER = "\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_UNUSUAL = re.compile(f"[{_OTHER}\U00010000-\U0010ffff]")  # a bare set is searched fastest
_SEPARATORS = ("\v", "\f", "\u2029")  # white space stays, and hardly any page has these
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

_ONLY_PYTHONS = "\x1c\x1d\x1e\x1f\x85"  # white space for Python, not for JavaScript
_FEW = 4  # texts for which joining does not pay


def _table(kept: str) -> bytes:
    return bytes(i if chr(i) in kept else ord(MASK) for i in range(256))


_LATIN_TABLE = _table(_LATIN_SPACES)
_PATH_TABLE = _table(_LATIN_SPACES + "/;")


def mask_text(text: str) -> str:
    r"""Replace every UTF-16 unit that is not white space by an asterisk.

    >>> mask_text("Jane Roe,\n\U0001f600")
    '**** ****\n**'
    """
    if text.isascii():
        return text.encode().translate(_LATIN_TABLE).decode()
    parts: list[str] = []
    at = 0
    for unusual in _UNUSUAL.finditer(text):
        parts += (
            _mask_narrow(text[at : unusual.start()]),
            "**" if unusual[0] > "\uffff" else unusual[0],
        )
        at = unusual.end()
    return "".join(parts) + _mask_narrow(text[at:])


def has_odd_space(text: str) -> bool:
    r"""Tell whether a text holds what Python takes for white space, and JavaScript does not.

    >>> has_odd_space("\n\t "), has_odd_space("\n\x1c")
    (False, True)
    """
    return any(odd in text for odd in _ONLY_PYTHONS)


def is_blank(text: str) -> bool:
    r"""Tell whether a text is empty or white space to JavaScript, so that masks leave it.

    >>> is_blank("\n\t "), is_blank(""), is_blank("\n\x1c")
    (True, True, False)
    """
    return not text or (text.isspace() and not has_odd_space(text))


def _mask_narrow(text: str) -> str:
    """Mask text whose only white space is in Latin-1; what Latin-1 lacks becomes ``?`` first."""
    return text.encode("latin-1", "replace").translate(_LATIN_TABLE).decode("latin-1")


def mask_texts(texts: list[str]) -> list[str]:
    """Mask many texts in one go, which is several times faster than one by one.

    >>> mask_texts(["Jane", " Roe "])
    ['****', ' *** ']
    """
    if len(texts) < _FEW:
        return [mask_text(text) for text in texts]
    other = [at for at, text in enumerate(texts) if not text.isascii()]
    plain = texts.copy()
    for at in other:
        plain[at] = ""  # or all were as slow as these
    masked = _mask_joined(plain)
    if other:
        for at, text in zip(other, _mask_joined([texts[at] for at in other]), strict=True):
            masked[at] = text
    return masked


def _mask_joined(texts: list[str]) -> list[str]:
    for separator in _SEPARATORS:
        joined = separator.join(texts)
        if joined.count(separator) == len(texts) - 1:
            return mask_text(joined).split(separator)
    return list(map(mask_text, texts))


def mask_input(text: str) -> str:
    """Replace every UTF-16 unit by an asterisk, white space too.

    >>> mask_input("a b")
    '***'
    """
    return MASK * utf16_length(text)


def utf16_length(text: str) -> int:
    """Count UTF-16 units, which is what JavaScript calls a string's length."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def to_units(text: str) -> str:
    """Split characters outside the basic plane into their two UTF-16 units."""
    if not _ASTRAL.search(text):
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(low | high << 8) for low, high in zip(units[::2], units[1::2], strict=True))


def from_units(text: str) -> str:
    """Join UTF-16 units to characters again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# --- addresses ------------------------------------------------------------------------

_SPACES = r"\t\n\v\f\r\x20\xa0" + _OTHER  # \s has what JavaScript does not take for white space
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
    """Keep the scheme and host of an address, and the names of its parameters.

    User info, path, query values and fragment become asterisks of the same
    length. A path that fits a route keeps the segments the route spells out;
    ``keep_path`` keeps the whole path, for style sheets and fonts. Bodies of
    ``mailto:`` and the like are masked, of ``data:`` dropped.

    >>> mask_url("https://jane@shop.example/u/42?tab=bills#top")
    'https://****@shop.example/*/**?tab=*****#***'
    >>> mask_url("mailto:jane@shop.example"), mask_url("data:text/html,Jane")
    ('mailto:*****************', 'data:,')
    """
    if url in _BLANK_ADDRESSES or not url:
        return url
    if _DATA.match(url):
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


def _mask_origin(address: re.Match[str]) -> str:
    user = address["user"]
    shown = "" if user is None else ":".join(map(mask_input, user.split(":"))) + "@"
    return f"{address['scheme'] or ''}//{shown}{address['host']}{address['port'] or ''}"


def _mask_rest(rest: str, routes: tuple[tuple[str, ...], ...], *, keep_path: bool) -> str:
    rest, hash_sign, fragment = rest.partition("#")
    path, question_mark, query = rest.partition("?")
    masked = path if keep_path else _mask_path(path, routes)
    if question_mark:
        masked += question_mark + _QUERY_PAIR.sub(_mask_pair, query)
    return masked + hash_sign + mask_text(fragment) if hash_sign else masked


def _mask_path(path: str, routes: tuple[tuple[str, ...], ...]) -> str:
    if not routes and path.isascii() and "/." not in f"/{path}":  # as most are
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
