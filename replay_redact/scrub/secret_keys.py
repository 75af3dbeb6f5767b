"""Keys whose values are secret, whatever the values look like.

A key is judged by its words. ``apiKey``, ``X-API-Key`` and ``user.api_key`` all have "api key";
``author`` and ``tokenize`` have neither the word "auth" nor the word "token". A key with a secret
word is secret, unless its last word says that the value is a measure, such as a count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from replay_redact.scrub.keys.words import ENDINGS, PHRASES, WORDS

_MEASURES = frozenset(
    """
    count counts total limit max min length len size rate duration ms expires expiry expiration ttl
    timeout at used enabled disabled required valid supported version type policy
    mode engine hasher hashers header name names backend backends class classes types path paths
    file field fields domain samesite httponly age index offset position nesting algorithm alg
    method methods scheme format prefix suffix strength provider handler factory manager processor
    serializer validator middleware view views callback status state error errors dims definition
    restype argtypes attrs markup tag tags brand
    """.split()
)
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_RUNS = re.compile(r"[^\W\d_]+|\d+")
_CASES = re.compile(r"U+(?!l)|U?l+|o+")


def words(key: str) -> tuple[str, ...]:
    """Return the words of a key in small letters without accents.

    >>> words("X-APIKey2"), words("userSessionID"), words("user[api_key]")
    (('x', 'api', 'key', '2'), ('user', 'session', 'id'), ('user', 'api', 'key'))
    >>> words("miContraseña"), words("用户_密码")
    (('mi', 'contrasena'), ('用户', '密码'))
    """
    if key.isascii():
        return _ascii_words(key)
    return tuple(piece for run in _RUNS.findall(plain(key)) for piece in _split(run))


def _ascii_words(key: str) -> tuple[str, ...]:
    return tuple(piece.lower() for piece in _PIECES.findall(key))


def plain(text: str) -> str:
    """Return a text without accents.

    >>> plain("señal"), plain("パス")
    ('senal', 'ハス')
    """
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart.translate(_LETTERS) if not unicodedata.combining(c))


_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i"})
"""Letters that Unicode does not take apart."""


def _split(run: str) -> list[str]:
    """Split letters where small letters end."""
    if run.isdigit():
        return [run]
    cases = "".join("U" if c.isupper() else "l" if c.islower() else "o" for c in run)
    return [run[m.start() : m.end()].casefold() for m in _CASES.finditer(cases)]


_COUNTED = frozenset(
    """
    total max min num number count avg mean sum used remaining left limit prompt completion input
    output cached reasoning budget
    """.split()
)
"""Words beside which a plural, as in ``max_tokens``, is a number of things."""

_STATES = frozenset(
    """
    ok started starting stopped ended closed open opened active inactive expired valid invalid
    failed success succeeded successful missing required optional enabled disabled created updated
    deleted revoked refreshed renewed granted denied unauthorized authenticated anonymous pending
    unknown yes no on off
    """.split()
)
"""Words that tell how it stands with a session, and are no part of one."""

_HAVE_STATES = frozenset(
    "session auth authorization authentication token tokens cookie cookies csrf xsrf jwt".split()
)
_NUMBER = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,10})?\Z")
_FEW_DIGITS = re.compile(r"-?[0-9]{1,2}\Z")
_SEVERAL = frozenset(["tokens", "secrets", "passwords", "cookies", "credentials"])
"""Words for several, of which there may be a few."""

_SHARE = re.compile(r"[0-9]{1,3}(?:/[0-9]{1,3}|%)\Z")
_TOO_MANY = 10**10
_SHORTEST = 4  # characters of a password; "pass" alone also counts what passed


def says_little(key: str, value: Any) -> bool:
    """Tell whether what stands under a secret key cannot be a secret.

    A count cannot, nor can a word that tells a state.

    >>> says_little("max_tokens", 4096), says_little("session", "started"), says_little("pass", 12)
    (True, True, True)
    >>> says_little("pin", 1234), says_little("password", "started")
    (False, False)
    """
    if not isinstance(value, int | float | str):
        return False
    if isinstance(value, int) and abs(value) >= _TOO_MANY:  # Python may refuse to write it
        return False
    text = str(value)
    parts = _words_of_key(key)
    last = parts[-1] if parts else ""
    if _NUMBER.match(text):
        counted = last == "tokens" and not _COUNTED.isdisjoint(parts)
        few = last in _SEVERAL and _FEW_DIGITS.match(text) is not None
        return counted or few or (parts == ("pass",) and len(text) < _SHORTEST)
    if last in _HAVE_STATES and text.lower() in _STATES:
        return True
    return (parts == ("pass",) and _SHARE.match(text) is not None) or _is_again(text, key, parts)


def _is_again(text: str, key: str, parts: tuple[str, ...]) -> bool:
    """Tell whether a text is the key once more, however it is written."""
    begin, other = text[:1], key[:1]
    if begin.lower() != other.lower() and begin.isalnum() and other.isalnum() and text.isascii():
        return False
    return parts != () and words(text) == parts


_words_of_key = lru_cache(4096)(words)


_SHORTEST_JOINED = 6
"""Letters of the shortest phrase that is known when it is run together."""


class Keys:
    """The keys of one configuration: words, and phrases of words."""

    def __init__(self, entries: Iterable[str]) -> None:
        split = [words(entry) for entry in entries]
        phrases = [entry for entry in split if len(entry) > 1]
        joined = ["".join(entry) for entry in phrases]  # as in "kundennummer"
        self._words = frozenset(
            [entry[0] for entry in split if len(entry) == 1]
            + [word for word in joined if len(word) >= _SHORTEST_JOINED]
        )
        self._phrases = frozenset(
            [*phrases, *((*entry[:-1], f"{entry[-1]}s") for entry in phrases)]
        )
        self._lengths = sorted({len(phrase) for phrase in self._phrases})
        self._endings = tuple(word for word in ENDINGS if word in self._words)
        self._run_on = tuple(
            word for word in self._words if not (word.isascii() or _is_cased(word))
        )
        self.secret = lru_cache(4096)(self._is_secret)

    def _is_secret(self, key: str) -> bool:
        if not key.isascii() and self._are_secret(_ascii_words(key)):
            return True  # as in "passwordé"
        return self._are_secret(words(key))

    def _are_secret(self, parts: tuple[str, ...]) -> bool:
        if not parts or parts[-1] in _MEASURES:
            return False
        joined = map("".join, _in_a_row(parts, (2, 3)))
        return (
            not self._words.isdisjoint(parts)
            or "".join(parts) in self._words
            or any(len(word) >= _SHORTEST_JOINED and word in self._words for word in joined)
            or any(map(self._ends_secret, parts))
            or not self._phrases.isdisjoint(_in_a_row(parts, self._lengths))
        )

    def _ends_secret(self, part: str) -> bool:
        """Tell whether a word ends with a secret one, or holds one in a script without borders."""
        if part.isascii():
            return part.endswith(self._endings)
        return any(word in part for word in self._run_on)


def _in_a_row(parts: tuple[str, ...], lengths: Iterable[int]) -> Iterator[tuple[str, ...]]:
    """Yield the words that stand in a row, so many at once."""
    return (parts[at : at + length] for length in lengths for at in range(len(parts) - length + 1))


def _is_cased(word: str) -> bool:
    return word.upper() != word.lower()


DEFAULT_KEYS = tuple(sorted(WORDS)) + tuple(sorted("_".join(phrase) for phrase in PHRASES))
