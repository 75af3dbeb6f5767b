"""Splitting CSS into tokens, and decoding and encoding strings, as browsers do.

One pattern has an alternative for every character. It is matched from left to right with possessive
repeats, so any input takes time in proportion to its length. Unterminated strings, comments and
addresses end where the CSS syntax says. The texts of all tokens, joined, are the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BLANK = " \t\n\r\f"
"""What is white space to CSS; other white space is part of a word."""

_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\n\r\f])?|[^\n\r\f0-9a-fA-F])"
_NAME_CHAR = rf"(?:[-\w\u0080-\U0010ffff]++|{_ESCAPE})"
_IDENT = rf"(?:--|-?(?:[A-Za-z_\u0080-\U0010ffff]|{_ESCAPE})){_NAME_CHAR}*+"


def _string(quote: str) -> str:
    return rf"{quote}(?:[^{quote}\\\n\r\f]++|\\(?:\r\n|[\s\S])|\\\Z)*+(?:{quote}|(?=[\n\r\f])|\Z)"


_TOKEN = re.compile(
    rf"""(?P<comment>/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))
    |(?P<space>[ \t\n\r\f]++)
    |(?P<string>{_string('"')}|{_string("'")})
    |(?P<mark><!--|-->)
    |(?P<function>{_IDENT}\()
    |(?P<ident>{_IDENT})
    |(?P<at>@{_IDENT})
    |(?P<hash>\#{_NAME_CHAR}++)
    |(?P<number>[+-]?(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?(?:%|{_IDENT})?)
    |(?P<delim>[\s\S])""",
    re.VERBOSE,
)
_RAW_URL = re.compile(r"[ \t\n\r\f]*+(?![\"' \t\n\r\f])((?:[^)\\]++|\\[\s\S]|\\\Z)*+)(?:\)|\Z)")
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\r\f])?|(\r\n|[\n\r\f])|([\s\S])|\Z)")

_PROPERTY_NAME = re.compile(_IDENT)

_CLOSING = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """A piece of CSS: its kind (a group name of the token pattern) and its source text."""

    kind: str
    text: str


def is_property_name(name: str) -> bool:
    """Tell whether a string has the form of a property name."""
    return _PROPERTY_NAME.fullmatch(name) is not None


def is_balanced(css: str) -> bool:
    """Tell whether a piece of CSS is whole: no string, comment or block runs over its end."""
    wanted: list[str] = []  # what closes the brackets that are open
    for kind, text in tokens(css):
        if kind == "string" and (len(text) < 2 or text[-1] != text[0]):
            return False
        if kind == "comment" and (len(text) < 4 or not text.endswith("*/")):
            return False
        if kind == "url" and not text.endswith(")"):
            return False
        bracket = text[-1:] if kind in {"function", "delim"} else ""
        if bracket in _CLOSING:
            wanted.append(_CLOSING[bracket])
        elif bracket in _CLOSING.values() and (not wanted or wanted.pop() != bracket):
            return False
    return not wanted


def is_broken(tokens: list[Token]) -> bool:
    """Tell whether a string among tokens ends with its line, so that browsers drop them all."""
    return any(kind == "string" and not _is_closed(text) for kind, text in tokens[:-1])


def tokens(css: str) -> Iterator[Token]:
    """Cut CSS into tokens."""
    at = 0
    while at < len(css):
        token, at = token_at(css, at)
        yield token


def token_at(css: str, at: int) -> tuple[Token, int]:
    """Return the token that begins at an offset, and where it ends."""
    match = _TOKEN.match(css, at)
    if match is None:
        raise IndexError(at)
    kind, text, end = str(match.lastgroup), match[0], match.end()
    if kind == "function" and unescape(text[:-1]).lower() == "url":
        raw = _RAW_URL.match(css, end)
        if raw is not None:
            return Token("url", text + raw[0]), raw.end()
    return Token(kind, text), end


def unescape(text: str) -> str:
    r"""Resolve CSS escapes.

    >>> unescape(r"\4d aya\21")
    'Maya!'
    """
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    digits, newline, character = match.groups()
    if digits is not None:
        code = int(digits, 16)
        return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
    return "" if newline is not None or character is None else str(character)


_NO_NAME_CHAR = re.compile(r"[^-\w\u0080-\U0010ffff]")
_NO_NAME_START = re.compile(r"-?[0-9]|-\Z")


def identifier(name: str) -> str:
    r"""Write a name as an identifier token.

    >>> identifier("1 a")
    '\\31 \\20 a'
    """
    escaped = name_characters(name)
    start = _NO_NAME_START.match(escaped)
    if start is not None:
        at = start.end() - 1
        escaped = f"{escaped[:at]}\\{ord(escaped[at]):x} {escaped[at + 1 :]}"
    return escaped


def name_characters(name: str) -> str:
    """Write a name as the rest of a token that has begun, such as a hash."""
    return _NO_NAME_CHAR.sub(lambda m: f"\\{ord(m[0]) or 0xFFFD:x} ", name)


def string_value(text: str) -> str:
    return unescape(text[1:-1] if _is_closed(text) else text[1:])


def _is_closed(text: str) -> bool:
    return len(text) > 1 and text.endswith(text[0]) and not _ends_escaped(text[:-1])


def _ends_escaped(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def quoted(value: str, quote: str = '"') -> str:
    r"""Write a string token; a line break is written as an escape, as CSS wants it."""
    escaped = value.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return quote + re.sub(r"[\n\r\f]", lambda m: f"\\{ord(m[0]):x} ", escaped) + quote
