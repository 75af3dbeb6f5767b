r"""Finders: where in one string a secret stands.

Theory: what a probe fired for is matched exactly. A detector's pattern gives
candidates and its check judges them; card numbers are looked for among whole
groups of digits; values are found by the keys before them.

Invariant: the time is linear whatever the string holds, since long strings are RE2's;
only patterns of the user's are not, and have a limit of time.
Failure direction: a string over which a pattern takes too long is one secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any

from replay_redact import _checks
from replay_redact._batch import compiled, to_bytes, to_text
from replay_redact._detectors import Detector
from replay_redact._keys import words

TIME_LIMIT = 1.0
"""Seconds that a custom pattern may take over one string; more, and all of it is a secret."""

SHORT = 256
"""Bytes of a string that Python's own engine may search; most strings are shorter."""

Find = Callable[[bytes], Iterable[tuple[int, int]]]
"""Returns the spans of the secrets in a string."""


def of_detector(detector: Detector) -> Find:
    """Return the finder of a detector."""
    matches, check = either_engine(detector.pattern), detector.check
    group = 1 if compiled(detector.pattern).groups else 0

    def find(data: bytes) -> Iterator[tuple[int, int]]:
        for match in matches(data):
            start, end = match.span(group)
            good = True if check is None else check(data[start:end])
            if good:
                yield start, end if good is True else start + good

    def find_cards(data: bytes) -> Iterator[tuple[int, int]]:
        for match in matches(data):
            yield from _cards(data, *match.span())

    return find_cards if detector.name == "card" else find


def either_engine(pattern: str) -> Callable[[bytes], Iterator[Any]]:
    """Return what finds all matches: by Python's engine in short strings, by RE2 in others.

    Python's takes a fifth of the time to call, but a time that may grow with the square of
    the length.
    """
    linear = compiled(pattern).finditer
    # RE2's $ is the end of the text only
    quick = re.compile(re.sub(r"\$(?=[|)]|$)", r"\\Z", pattern).encode()).finditer
    return lambda data: quick(data) if len(data) <= SHORT else linear(data)


def of_pattern(source: str) -> Find:
    """Return the finder of a pattern of the user's, with a limit of time."""
    import regex  # noqa: PLC0415 - wanted by such patterns only

    pattern = regex.compile(source)
    group = 1 if pattern.groups else 0

    def find(data: bytes) -> list[tuple[int, int]]:
        text = to_text(data)
        try:
            spans = [m.span(group) for m in pattern.finditer(text, timeout=TIME_LIMIT)]
        except TimeoutError:
            return [(0, len(data))]
        if len(text) == len(data):
            return spans
        sizes = [0, *accumulate(len(to_bytes(c)) for c in text)] if spans else []
        return [(sizes[start], sizes[end]) for start, end in spans]

    return find


# --- cards ----------------------------------------------------------------------------

_GROUP = re.compile(rb"[0-9]+")
_HEX = re.compile(rb"[0-9A-Fa-f]*\Z")
_WORD_BEFORE = re.compile(rb"[0-9A-Za-z]+\Z")
_WORD_AFTER = re.compile(rb"[0-9A-Za-z]+")
NEAR = 40
"""Characters on each side by which digits are told from the middle of something else."""

_MOST_DIGITS = 19
_LEAST_DIGITS = 12
_LEAST_IN_GROUP = 3
MAX_GROUPS = _MOST_DIGITS // _LEAST_IN_GROUP + 1


def _cards(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Find card numbers in a run of groups of digits: whole groups, no others of the run."""
    groups = [match.span() for match in _GROUP.finditer(data, begin, end)]
    if all(right - left == 1 for left, right in groups):
        if _checks.is_card(_checks.digits(data[begin:end])):
            yield begin, end
        return
    for first, (start, _) in enumerate(groups):
        size = 0
        for left, right in groups[first : first + MAX_GROUPS]:
            size += right - left
            if size > _MOST_DIGITS or right - left < _LEAST_IN_GROUP:
                break
            long = size >= _LEAST_DIGITS and _stands_alone(data, start, right)
            if long and _checks.is_card(_checks.digits(data[start:right])):
                yield start, right


def _stands_alone(data: bytes, start: int, end: int) -> bool:
    """Tell digits from the middle of a hexadecimal number, or of a decimal fraction."""
    before, after = data[start - 1 : start], data[end : end + 1]
    if before == b"." and data[start - 2 : start - 1].isdigit():
        return False
    if not (before.isalpha() or after.isalpha()):
        return True
    left = _WORD_BEFORE.search(data, max(0, start - NEAR), start)
    right = _WORD_AFTER.match(data, end, end + NEAR)
    whole = (left[0] if left else b"") + (right[0] if right else b"")
    return _HEX.match(whole) is None


# --- keys in text ---------------------------------------------------------------------

_BETWEEN = r"(\\*[\"']?\]?\s*(?:={1,3}>?|:{1,2}=?)\s*)"
_VALUES = r"(?:\"((?:[^\"\\]|\\.)*)|'((?:[^'\\]|\\.)*)|([^\s&;,\"'<>)}\\]+))"
_TAGS = r"<([\w:.-]+)[^<>]*>([^<]+)"
_OPTIONS = r"(?:^|\s)--?([A-Za-z][\w-]*)\s+([^\s-]\S*)"
_LINES = r"(?is)(?:authorization|cookie)[\"']?\s*[:=]\s*[\"']?([^\r\n\"']+)"

# A word of a key ends where small letters end, so that "tokenize=" is not looked at.
_KEY_REST = r"(?:[^a-z\s=:\"'\\\x00][\w$.\[-]*)?(?:\\*[\"']?\]?\s*[=:]|\\*[\"']\s*[,}\]]|\s*>)"


def _key_stems(keys: Iterable[str]) -> str:
    stems = dict.fromkeys(r"[_.\s-]?".join(words(key)) for key in keys)
    return rf"(?i:{'|'.join(stems)})" if stems else r"[^\x00-\xff]"


def key_probe(keys: Iterable[str]) -> str:
    """Return what fires wherever `KeyFinder`, or JSON in a string, may have a secret key."""
    stems = _key_stems(keys)
    return rf"{stems}{_KEY_REST}|\s--?[\w-]*{stems}[\w-]*\s|(?:^|\x00)--?[\w-]*{stems}"


class KeyFinder:
    """Finds ``key=value``, ``"key": "value"``, ``<key>value`` and ``--key value`` in text.

    ``secret`` judges keys, ``is_neutral`` values; what begins with one of ``stand_ins``
    was put there by us.
    """

    def __init__(
        self,
        keys: Iterable[str],
        secret: Callable[[str], bool],
        is_neutral: Callable[[bytes], bool],
        stand_ins: tuple[bytes, ...],
    ) -> None:
        stems = _key_stems(keys)
        self._pairs = compiled(rf"(?s)([\w$.\[-]*{stems}[\w$.\[-]*){_BETWEEN}{_VALUES}")
        self._lines = compiled(_LINES)
        self._named = (compiled(_TAGS), compiled(_OPTIONS))
        self._secret = secret
        self._is_neutral = is_neutral
        self._stand_ins = stand_ins

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Yield the spans of values."""
        for match in self._lines.finditer(data):
            if not self._is_neutral(match[1].strip()):
                yield match.span(1)
        for pattern in self._named:
            for match in pattern.finditer(data):
                secret = self._secret(match[1].decode("latin-1"))
                if secret and not self._is_neutral(match[2]):
                    yield match.span(2)
        yield from self._in_pairs(data)

    def _in_pairs(self, data: bytes) -> Iterator[tuple[int, int]]:
        at = 0
        while (match := self._pairs.search(data, at)) is not None:
            group = next(number for number in (3, 4, 5) if match.span(number)[0] >= 0)
            start, end = match.span(group)
            at = match.end()
            if not self._secret(match[1].decode("latin-1")):
                at = match.end(1)
            elif self._is_neutral(match[group]) or data.startswith(self._stand_ins, start):
                continue
            elif group == 5 and match[5][:1] in b"{[":
                yield start, len(data)  # a container that was cut off
                return
            else:
                yield start, end
