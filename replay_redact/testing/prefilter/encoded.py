r"""The strings of a text in which letters are encoded, without their encodings.

The exact search decodes percent-encoding, references of HTML and escapes, in several layers.
The programs accept encoded separators directly. Encoded letters are rare, so this decodes only the
strings that have some, and each is searched by itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from replay_redact.scrub.decodings import decoded
from replay_redact.testing.prefilter.texts import unescaped

_LAYERS = 8  # escapes of strings within strings, and encodings in these
_LEVELS = 4
_BACKSLASH = ord("\\")

_NAMED = r"(?:[A-Za-z]{2,8}[0-9]{0,2};|#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?)"
_TOKENS = (
    re.compile(rf"&(?!(?:nbsp|quot|lt|gt);){_NAMED}".encode()),
    re.compile(rb"%(?:25)*(?!2[0-24789A-Fa-f]|3[A-Fa-f])[0-9A-Fa-f]{2}"),  # in any layers
    re.compile(rb"\\\\u[0-9A-Fa-f]{4}"),
    re.compile(rb"\\\\x[0-9A-Fa-f]{2}"),
    re.compile(rb"\\u001[bB](?=\[)"),
)
"""What stands for a character in a string of JSON, if that may be a letter."""

TRIGGERS = (
    f"&{_NAMED}",
    "%[0-9A-Fa-f]{2}",
    r"\\\\u[0-9A-Fa-f]{4}",
    r"\\\\x[0-9A-Fa-f]{2}",
    r"\\u001[bB]\[",
)
"""Expressions of RE2, one for each token, that match more: whether one is there at all."""

_SEPARATORS = frozenset(chr(point) for point in range(0x80) if not chr(point).isalnum()) | {"\xa0"}
_FOLLOWED = {
    "&": re.compile(rb"[#%&]|[A-Za-z]{2,8}[0-9]{0,2}[;%&]"),
    "%": re.compile(rb"[0-9A-Fa-f%&]{2}"),
    "\\": re.compile(rb"[ux\\%&]"),
    "#": re.compile(rb"[0-9xX%&]"),
    ";": re.compile(rb""),
    "\x1b": re.compile(rb"\["),
}
"""Separators that may be a part of something encoded themselves, if this follows."""


def without_encodings(text: bytes, there: Iterable[object]) -> bytes:
    r"""Return the strings in which letters may be encoded, once for each layer that is taken off.

    ``there`` says of each of `TRIGGERS` if it matches.

    >>> every = [True] * len(TRIGGERS)
    >>> without_encodings(b'["a%20b", "j%26%2397;ne", "x"]', every)
    b'j&#97;ne"jane'
    >>> without_encodings(b'["a&amp;b"]', every)
    b''
    """
    tokens = itertools.compress(_TOKENS, there)
    strings = sorted({place for token in tokens for place in _strings(text, token)})
    joined = b'"'.join(text[begin:end] for begin, end in strings)
    layers = [layer for level in _levels(joined) for layer in _layers(level)]
    return b'"'.join(layers).decode("utf-8", "replace").encode()


def _levels(text: bytes) -> Iterator[bytes]:
    """Yield a text, and what is in strings within its strings."""
    for _ in range(_LEVELS):
        yield text
        inner = unescaped(text) if b"\\u" in text else text
        if inner == text:
            return
        text = inner


def _layers(text: bytes) -> Iterator[bytes]:
    """Yield a text without one layer of encodings, without two, and so on.

    Bytes stay bytes: those of one character may come out of different layers.
    """
    for _ in range(_LAYERS):
        inner = decoded(text)
        if inner is None:
            return
        yield inner
        text = inner


def _strings(text: bytes, token: re.Pattern[bytes]) -> Iterator[tuple[int, int]]:
    """Yield where the strings are in which something stands for a letter, or may do so later."""
    match = token.search(text)
    while match is not None:
        after = match.end()
        if _may_be_letter(_meant(match[0]), text, after):
            begin, end = _string_around(text, match.start())
            yield begin, end
            after = max(after, end)
        match = token.search(text, after)


def _may_be_letter(meant: str, text: bytes, end: int) -> bool:
    follows = _FOLLOWED.get(meant)
    return meant not in _SEPARATORS or (follows is not None and bool(follows.match(text, end)))


@lru_cache(4096)
def _meant(token: bytes) -> str:
    innermost = re.sub(rb"^(?:%(?:25)*(?=..$)|\\\\(?=\\))", lambda outer: outer[0][:1], token)
    inner = decoded(innermost)
    return "" if inner is None else inner.decode("utf-8", "replace")


def _string_around(text: bytes, at: int) -> tuple[int, int]:
    """Return where the string of a JSON text begins and ends that has a place in it."""
    begin = text.rfind(b'"', 0, at)
    while begin > 0 and text[begin - 1] == _BACKSLASH:
        begin = text.rfind(b'"', 0, begin)
    end = text.find(b'"', at)
    while end > 0 and text[end - 1] == _BACKSLASH:
        end = text.find(b'"', end + 1)
    return begin + 1, end if end >= 0 else len(text)
