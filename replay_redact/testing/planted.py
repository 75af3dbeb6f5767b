"""Looking for the secrets that a test planted, in every spelling that a recording may use.

A page, a recorder or a transport may change a secret in three ways. Each has its own search:

* Another spelling in one string: another case, percent-encoding once or twice, base64 at any of
  three alignments, escapes of JSON or HTML. All spellings are looked for.
* Single characters that are encoded, in any layers, as in ``jane&commat;x``; or a string that is
  the base64 of something compressed. What the string says without that is searched, too.
* Other white space, other forms of the same characters, or other groups of digits. String and
  secret are brought to the same form first.
* Spread over neighbouring texts, or over input events one key at a time. The pieces are joined
  first.

The search returns the name of a secret, never the secret. It skips spellings that are too short:
they would be found on every page by chance, and users would switch the check off.
"""

from __future__ import annotations

import base64
import html
import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple
from urllib.parse import quote

from replay_redact._wire.compression import Budget
from replay_redact.testing.encodings import decodings, unpacked

MIN_LENGTH = 4
"""Characters. A shorter secret is found in any recording by chance."""

_MIN_BASE64 = 6


Reading = Callable[[str], str]
"""Brings a text to the form in which a secret is looked for."""

_SEPARATORS = re.compile(r"[\s().,/_+\-\u2010-\u2015]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().,/_+\-\u2010-\u2015]+(?=\d)")
_NUMBER = re.compile(r"\d{6,}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def _one_form(text: str) -> str:
    """Replace all forms of a character by one of them."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def in_words(text: str) -> str:
    """Replace all white space by single spaces."""
    return " ".join(_one_form(text).casefold().split())


def in_digits(text: str) -> str:
    """Remove what separates groups of digits."""
    return _BETWEEN_DIGITS.sub("", _one_form(text))


class Pattern(NamedTuple):
    """The name of a secret, the name of a spelling, and the text to look for after ``reading``."""

    name: str
    spelling: str
    text: str
    reading: Reading = str.lower


def patterns(secrets: Mapping[str, str]) -> list[Pattern]:
    """Return everything to look for, the plainest spelling of each secret first."""
    found: dict[tuple[str, str], Pattern] = {}
    for name, secret in secrets.items():
        if len(secret) < MIN_LENGTH:
            raise ValueError(f"{name} is shorter than {MIN_LENGTH} characters")
        if not in_words(secret):
            raise ValueError(f"{name} is blank: nobody can read it, so nothing is found")
        for spelling, text in _spellings(secret):
            found.setdefault((name, text), Pattern(name, spelling, text))
        words, number = in_words(secret), in_digits(secret)
        if len(words) >= MIN_LENGTH:
            found[name, "words"] = Pattern(name, "spaced otherwise", words, in_words)
        if _NUMBER.fullmatch(number):
            found[name, "number"] = Pattern(name, "grouped otherwise", number, in_digits)
    return list(found.values())


def holds_any(text: str, wanted: Iterable[Pattern]) -> bool:
    """Tell whether one of the secrets can be read in a text.

    >>> holds_any("p.JANE.ROE", patterns({"name": "Jane.Roe"})), holds_any("p", patterns({}))
    (True, False)
    """
    return any(pattern.text in pattern.reading(text) for pattern in wanted)


def _spellings(secret: str) -> Iterator[tuple[str, str]]:
    utf8 = secret.encode("utf-8", "replace")
    once = quote(utf8, safe="")
    yield "plain", secret.lower()
    yield "case-folded", secret.casefold()
    for text in _as_html(secret):
        yield "HTML-escaped", text.lower()
    yield "HTML-escaped", "".join(f"&#{ord(character)};" for character in secret)
    yield "HTML-escaped", "".join(f"&#x{ord(character):x};" for character in secret)
    yield "JSON-escaped", json.dumps(secret)[1:-1].lower()
    yield "JSON-escaped", "".join(f"\\u{ord(character):04x}" for character in secret)
    yield "percent-encoded", once.lower()
    yield "percent-encoded", quote(utf8.replace(b" ", b"+"), safe="+").lower()
    yield "percent-encoded", "".join(f"%{byte:02x}" for byte in utf8)
    yield "percent-encoded twice", quote(once, safe="").lower()
    for skipped in range(3):
        text = _inner_base64(utf8, skipped)
        if len(text) >= _MIN_BASE64:
            yield "base64", text.lower()
            yield "base64", text.replace("+", "-").replace("/", "_").lower()


def _as_html(secret: str) -> Iterator[str]:
    """Yield what servers, libraries and browsers make of a text in HTML.

    >>> list(_as_html("D'A B"))[1:4]
    ["D'A B", "D'A&nbsp;B", 'D&#x27;A B']
    """
    yield html.escape(secret)
    in_text = html.escape(secret, quote=False)  # as ``innerHTML`` has it
    yield from (in_text, in_text.replace(" ", "&nbsp;"))
    for apostrophe in ("&#x27;", "&#39;", "&#039;", "&apos;"):
        text = html.escape(secret).replace("&#x27;", apostrophe)
        yield from (text, text.replace(" ", "&nbsp;"))


def _inner_base64(data: bytes, before: int) -> str:
    """Return the part of the base64 of ``before`` bytes and the data that is only of the data."""
    first = -(-before * 8 // 6)
    last = (before + len(data)) * 8 // 6
    return base64.b64encode(bytes(before) + data).decode()[first:last]


class Hit(NamedTuple):
    """A secret that was found: its name, its spelling, and the keys that lead to it."""

    name: str
    spelling: str
    place: tuple[Any, ...]


def search(event: Any, wanted: list[Pattern]) -> Iterator[Hit]:
    """Find secrets in single strings of an event, including keys of objects."""
    strings = list(_strings(event))
    found = set[tuple[str, tuple[Any, ...]]]()
    for hit in _in_strings(strings, wanted):
        found.add((hit.name, hit.place))
        yield hit
    if not wanted:
        return
    inside = [(place, inner) for place, text in strings for inner in _inside(text)]
    for name, _, place in _in_strings(inside, wanted):
        if (name, place) not in found:
            found.add((name, place))
            yield Hit(name, "encoded", place)


def _inside(text: str) -> Iterator[str]:
    """Yield what a string says without its encodings, and what is compressed in it."""
    yield from decodings(text)
    inner = unpacked(text, Budget())
    if inner is not None:
        own = inner.decode("utf-8", "replace")
        yield from (own, *decodings(own))


def _in_strings(strings: list[tuple[tuple[Any, ...], str]], wanted: list[Pattern]) -> Iterator[Hit]:
    whole = _Read("\n".join(text for _, text in strings))
    present = [pattern for pattern in wanted if pattern.text in whole.by(pattern.reading)]
    for place, text in strings if present else ():
        read = _Read(text)
        seen = set()
        for name, spelling, pattern, reading in present:
            if name not in seen and pattern in read.by(reading):
                seen.add(name)
                yield Hit(name, spelling, place)


class _Read:
    """A text and its readings, each made when first needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._forms: dict[Reading, str] = {}

    def by(self, reading: Reading) -> str:
        form = self._forms.get(reading)
        if form is None:
            form = self._forms[reading] = reading(self._text)
        return form


def _strings(value: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    todo: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while todo:
        place, item = todo.pop()
        if isinstance(item, str):
            yield place, item
        elif isinstance(item, dict):
            yield from (((*place, key), key) for key in item)
            todo.extend(((*place, key), inner) for key, inner in reversed(item.items()))
        elif isinstance(item, list):
            todo.extend(((*place, at), item[at]) for at in reversed(range(len(item))))


class Piece(NamedTuple):
    """A piece of text, with its event and node."""

    event: int
    node: int
    text: str


def find_spread(pieces: list[Piece], secrets: Mapping[str, str]) -> Iterator[tuple[str, Piece]]:
    """Find secrets that begin in one piece and end in another; yield name and first piece.

    What separates words, or groups of digits, does not count: pages have it between elements.

    >>> pieces = [Piece(1, 5, "Jane"), Piece(1, 6, "  "), Piece(1, 7, "Roe")]
    >>> [(name, piece.node) for name, piece in find_spread(pieces, {"visitor": "Jane Roe"})]
    [('visitor', 5)]
    """
    found = set[str]()
    for reading, fits in _JOINED:
        read = {name: reading(own) for name, own in secrets.items() if name not in found}
        wanted = {name: text for name, text in read.items() if fits(secrets[name], text)}
        for name, piece in _spread(pieces, reading, wanted):
            found.add(name)
            yield name, piece


def _without_blanks(text: str) -> str:
    return "".join(_one_form(text).casefold().split())


def _without_separators(text: str) -> str:
    return _SEPARATORS.sub("", _one_form(text))


def _is_words(secret: str, read: str) -> bool:
    return len(secret.split()) > 1 and len(read) >= MIN_LENGTH


def _is_number(_secret: str, read: str) -> bool:
    return _NUMBER.fullmatch(read) is not None


_JOINED: tuple[tuple[Reading, Callable[[str, str], bool]], ...] = (
    (str.lower, lambda _secret, _read: True),
    (_without_blanks, _is_words),
    (_without_separators, _is_number),
)
"""How pieces are read before they are joined, and which secrets are looked for then."""


def _spread(
    pieces: list[Piece], reading: Reading, wanted: Mapping[str, str]
) -> Iterator[tuple[str, Piece]]:
    if not wanted:
        return
    texts = [reading(piece.text) for piece in pieces]
    whole = "".join(texts)
    starts = [0, *accumulate(map(len, texts))][:-1]
    for name, text in wanted.items():
        found = whole.find(text)
        while found >= 0:
            first = _piece_at(starts, found)
            if _piece_at(starts, found + len(text) - 1) != first:
                yield name, pieces[first]
                break
            found = whole.find(text, found + 1)


def _piece_at(starts: list[int], position: int) -> int:
    """Return the index of the piece at a position: of those that start there, the last one.

    Others that start there are empty.
    """
    return bisect_right(starts, position) - 1
