r"""Finders: the exact places of secrets in one string.

A finder runs on strings in which its probe matched. The pattern of a detector gives candidates, and
its check judges them. Card numbers are looked for among whole groups of digits. Values are found by
the keys before them.

Long strings are searched by RE2, so time is linear whatever they hold. Only patterns of users are
not linear; they have a time limit. If such a pattern takes too long for a string, or too much
memory, the whole string counts as a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate, groupby
from typing import Any

from replay_redact.scrub import validators
from replay_redact.scrub.known_secrets import Check, Detector, Measure
from replay_redact.scrub.probes import compiled
from replay_redact.scrub.secret_keys import says_little, words

TIME_LIMIT = 1.0
"""Seconds that a custom pattern may take over one string; more, and all of it is a secret."""

LONGEST = 1024
"""Bytes at the end of a match that is no secret in which one may begin: or time were quadratic."""

SHORT = 256
"""Bytes of a string that Python's own engine may search; most strings are shorter."""

Spans = list[tuple[int, int]]

Find = Callable[[bytes], Spans]
"""Returns the spans of the secrets in a string."""

Engine = Callable[[bytes], Any]
"""Returns the compiled pattern that may search a string."""


def of_detector(detector: Detector) -> Find:
    """Return the finder of a detector."""
    engine = either_engine(detector.pattern)
    if detector.name in _OWN_FINDERS:
        return partial(_OWN_FINDERS[detector.name], engine, detector.check or bool)
    return partial(_find, engine, detector.measure or _measure(detector.check or bool))


def judges_whole_matches(detector: Detector) -> bool:
    """Tell whether a match of a detector's pattern is a secret as a whole, or none."""
    own = detector.name in _OWN_FINDERS or detector.measure
    return not own and compiled(detector.pattern).groups == 0


def replacing(detector: Detector, stand_in: bytes) -> Callable[[bytes], bytes]:
    """Return what replaces the secrets in a `SHORT` string, of a detector of whole matches."""
    pattern, check = quick_engine(detector.pattern), detector.check
    if check is None:
        return partial(pattern.sub, stand_in.replace(b"\\", rb"\\"))
    return partial(pattern.sub, lambda match: stand_in if check(match[0]) else match[0])


def _measure(check: Check) -> Measure:
    """Take a match as a secret as a whole, or not at all."""
    return lambda match: len(match) if check(match) else 0


def either_engine(pattern: str) -> Engine:
    """Return what chooses between a pattern of Python's, for short strings, and of RE2's.

    Python's takes a fifth of the time to call, but a time that may grow with the square of
    the length.
    """
    linear = compiled(pattern)
    quick = quick_engine(pattern)
    return lambda data: quick if len(data) <= SHORT else linear


def quick_engine(pattern: str) -> re.Pattern[bytes]:
    """Return a pattern of RE2's as Python's, for strings that are `SHORT`."""
    # RE2's $ is the end of the text only
    return re.compile(re.sub(r"\$(?=[|)]|$)", r"\\Z", pattern).encode())


def _find(engine: Engine, measure: Measure, data: bytes) -> Spans:
    """Find what a pattern matches and a measure takes for a secret.

    What is none hides nothing: the next match may begin where it did, or within it.
    """
    spans: Spans = []
    pattern = engine(data)
    group = pattern.groups
    match = pattern.search(data)
    while match is not None:
        start, end = match.span(group)
        size = measure(data[start:end])
        at = max(start, match.start() + 1, end - LONGEST)
        if size:
            at = start + size
            spans.append((start, at))
        match = pattern.search(data, at)
    return spans


def of_pattern(source: str) -> Find:
    """Return the finder of a pattern of the user's, with a limit of time."""
    import regex  # noqa: PLC0415 - wanted by such patterns only

    pattern = regex.compile(source)
    group = 1 if pattern.groups else 0

    def find(data: bytes) -> Spans:
        text = data.decode("utf-8", "surrogateescape")  # of what is no text, a byte each
        try:
            spans = [m.span(group) for m in pattern.finditer(text, timeout=TIME_LIMIT)]
        except (TimeoutError, MemoryError):
            return [(0, len(data))]
        if len(text) == len(data):
            return spans
        sizes = [0, *accumulate(map(_size, text))] if spans else []
        return [(sizes[start], sizes[end]) for start, end in spans]

    return find


def _size(character: str) -> int:
    return len(character.encode("utf-8", "surrogateescape"))


# --- e-mail ---------------------------------------------------------------------------

_LOCAL = bytes([*b"!#$%'*+^_`{|}~.-0123456789", *range(65, 91), *range(97, 123), *range(128, 256)])
"""Bytes of what stands before the @ of an address.

The standard allows ``/``, ``?``, ``=`` and ``&`` too; where they stand before an address, they
belong to the link that it is part of.
"""


def _find_emails(engine: Engine, check: Check, data: bytes) -> Spans:
    """Find addresses by what follows an @: before it, every word of a text could begin one."""
    spans: Spans = []
    search = engine(data).search
    done = 0
    while (match := search(data, done)) is not None:
        sign, end = match.span()
        before = data[done:sign]
        start = sign - len(before[len(before.rstrip(_LOCAL)) :].lstrip(b"'"))
        if start < sign and check(data[start:end]):
            spans.append((start, end))
        done = sign + 1
    return spans


# --- cards ----------------------------------------------------------------------------

_GROUP = re.compile(rb"[0-9]+")
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_WORD_BEFORE = re.compile(rb"[0-9A-Za-z]+\Z")
_WORD_AFTER = re.compile(rb"[0-9A-Za-z]+")
NEAR = 40
"""Characters on each side by which digits are told from the middle of something else."""

_MOST_DIGITS = 19
_LEAST_DIGITS = 12
_LEAST_IN_GROUP = 3
MAX_GROUPS = _MOST_DIGITS // _LEAST_IN_GROUP + 1


def _find_cards(engine: Engine, check: Check, data: bytes) -> Spans:
    """Find card numbers among runs of groups of digits."""
    spans: Spans = []
    search = engine(data).search
    end = 0
    while (match := search(data, end)) is not None:
        begin, end = match.span()
        spans += _cards(data, begin, end, check)
    return spans


def _cards(data: bytes, begin: int, end: int, check: Check) -> Spans:
    """Find card numbers in a run of groups of digits: whole groups, no others of the run."""
    spans: Spans = []
    groups = [match.span() for match in _GROUP.finditer(data, begin, end)]
    for first, (start, _) in enumerate(groups):
        sizes: list[int] = []
        for left, right in groups[first : first + MAX_GROUPS]:
            sizes.append(right - left)
            size = sum(sizes)
            if size > _MOST_DIGITS or right - left < _LEAST_IN_GROUP:
                break
            if size < _LEAST_DIGITS or not _is_printed(sizes):
                continue
            if check(validators.digits(data[start:right])) and _stands_alone(data, start, right):
                spans.append((start, right))
    if len(groups) < _LEAST_DIGITS:
        return spans
    for spelled, digits in groupby(groups, lambda group: group[1] - group[0] == 1):
        if spelled:
            places = list(digits)
            start, right = places[0][0], places[-1][1]
            if check(validators.digits(data[start:right])):
                spans.append((start, right))
    return spans


def _is_printed(sizes: list[int]) -> bool:
    """Tell whether cards are printed in groups of such sizes; the probe asks the same."""
    if len(sizes) < 3:
        return len(sizes) == 1
    first, second, third, *_ = sizes
    return (second == 4 and 4 <= first <= 7 and third >= 4) or (second == 6 and first == 4)


_OWN_FINDERS = {"email": _find_emails, "card": _find_cards}


def _stands_alone(data: bytes, start: int, end: int) -> bool:
    """Tell digits from the middle of a hexadecimal number, or of a decimal fraction."""
    before, after = data[max(0, start - 1) : start], data[end : end + 1]
    if before == b"." and data[max(0, start - 2) : start - 1].isdigit():
        return False
    if not (before.isalpha() or after.isalpha()):
        return True
    left = _WORD_BEFORE.search(data, max(0, start - NEAR), start)
    right = _WORD_AFTER.match(data, end, end + NEAR)
    whole = (left[0] if left else b"") + (right[0] if right else b"")
    return _NOT_HEX.search(whole) is not None


# --- keys in text ---------------------------------------------------------------------

_BETWEEN = r"\\*[\"']?\]?[\s\v]*(?:={1,3}>?|:{1,2}=?)[\s\v]*"
_NEVER_LAST = b"\\\"'=:> \t\n\r\f\v"  # of a key
_VALUES = (
    r"(?s)[bBuUrRnN$]{0,2}(?:\"(?:\"\")?((?:[^\"\\]|\\.)+)|'(?:'')?((?:[^'\\]|\\.)+))"
    r"|((?:[^\s\v&;,\"'<>)}\\]|\\[^nrtu\"'/\\])+)"
)
_IN_TAG = r"[\w:.-]"
_MAY_BE_OPTION = re.compile(rb"(?:^|[^\w-])-")
_OPTIONS = r"(?:^|[^\w-])--?([A-Za-z][\w-]*)[\s\v+](?:[\s\v+]|\\\r?\n)*"
_ARGUMENTS = r"\"([^\"]+)|'([^']+)|([^\"'-][^\s\v]*)"
_LINES = (
    r"(?is)([\w-]*(authorization|cookie))[\"']?[\s\v]*[:=][\s\v]*[\"']?"
    r"((?:[^\r\n\"'=]|=[^\r\n\"']|=\"[^\r\n\"]*\"|=$)+)"
)

# A word of a key ends where small letters end, so that "tokenize=" is not looked at.
_AFTER_STEM = r"s?(?:[A-Z0-9_$.\[\]-][\w$.\[\]-]*)?"
_KEY_END = r"(?:\\*[\"']?\]?[\s\v]*[=:]|\\*[\"'][\s\v]*[,}\]]|[\s\v]*>)"
_KEY_REST = (
    rf"(?:[^a-z\s\v=:\"'\\\x00][\w$.\[\]-]*)?{_KEY_END}|[^a-z\"\x00][^\"\x00]*\"[\s\v]*[:,}}\]]"
)
_OPTION = r"(?:^|[^\w-])--?[A-Za-z][\w-]*[\s\v+]+[^\s\v-]"


def _key_stems(keys: Iterable[str]) -> str:
    stems = dict.fromkeys(r"[_.\s\v\[\]-]{0,2}".join(words(key)) for key in keys)
    return rf"(?i:{'|'.join(stems)})" if stems else r"[^\x00-\xff]"


def key_probe(keys: Iterable[str]) -> str:
    """Return what fires wherever `KeyFinder`, or JSON in a string, may have a secret key."""
    stems = _key_stems(keys)
    return rf"{stems}s?(?:{_KEY_REST})|<{_IN_TAG}*{stems}{_IN_TAG}*[^<>\x00]*[>\x00]|{_OPTION}"


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
        self._heads = compiled(rf"\w*{stems}{_AFTER_STEM}{_BETWEEN}")
        self._values = either_engine(_VALUES)
        self._lines = compiled(_LINES)
        self._tags = compiled(rf"<({_IN_TAG}*{stems}{_IN_TAG}*)[^<>]*>([^<]+)")
        self._options = compiled(_OPTIONS)
        self._arguments = either_engine(_ARGUMENTS)
        self._secret = secret
        self._is_neutral = is_neutral
        longest_first = sorted(stand_ins, key=len, reverse=True)
        self._stand_ins = re.compile(b"(?:%s)+" % b"|".join(map(re.escape, longest_first))).match

    def find(self, data: bytes) -> Spans:
        """Return the spans of values."""
        spans = self._in_pairs(data)
        low = data.lower()
        if b"cookie" in low or b"author" in low:
            spans += self._in_lines(data)
        if b"<" in data:
            spans += self._in_tags(data)
        if b"-" in data and _MAY_BE_OPTION.search(data):
            spans += self._in_options(data)
        return spans

    def _in_lines(self, data: bytes) -> Spans:
        """Return what stands behind the names of headers that hold several values."""
        spans: Spans = []
        for line in self._lines.finditer(data):
            secret = any(self._secret(name.decode("latin-1")) for name in line.group(1, 2))
            if secret and not self._is_neutral(line[3].strip()):
                spans.append(line.span(3))
        return spans

    def _in_tags(self, data: bytes) -> Spans:
        """Return what stands in tags; what is not secret may hold others that are."""
        spans: Spans = []
        at = 0
        while (tag := self._tags.search(data, at)) is not None:
            secret = self._secret(tag[1].decode("latin-1"))
            at = tag.end(2 if secret else 1)
            start = self._after_stand_ins(data, tag.start(2))
            if secret and not self._is_neutral(data[start : tag.end(2)]):
                spans.append((start, tag.end(2)))
        return spans

    def _in_options(self, data: bytes) -> Spans:
        """Return the arguments of options; each is read once, so that time is linear."""
        spans: Spans = []
        arguments = self._arguments(data)
        at = 0
        while (option := self._options.search(data, at)) is not None:
            at = option.end(1)
            secret = self._secret(option[1].decode("latin-1"))
            argument = self._value(arguments, data, option.end()) if secret else None
            if argument is None:
                continue
            group, start, at = argument
            value = data[start:at]
            if group == _BARE:
                value = value.rstrip(_CLOSING)
            if not (self._is_neutral(value) or _says_little(option[1], value)):
                spans.append((start, start + len(value)))
        return spans

    def _in_pairs(self, data: bytes) -> Spans:
        """Return the values after keys and a sign; each is read once, so that time is linear."""
        spans: Spans = []
        values = self._values(data)
        at = 0
        last = max(data.rfind(b"="), data.rfind(b":"))  # one of them ends every key
        while at <= last and (head := self._heads.search(data, at)) is not None:
            start, at = head.span()
            key = data[start:at].rstrip(_NEVER_LAST)
            secret = self._secret(key.decode("latin-1"))
            value = self._value(values, data, at) if secret else None
            if value is None:
                continue
            group, start, at = value
            shown = data[start:at]
            if not shown or self._is_neutral(shown) or _says_little(key, shown):
                continue
            if group == _BARE and shown.startswith((b"{", b"[")):
                spans.append((start, len(data)))  # a container that was cut off
                break
            spans.append((start, at))
            if group == _BARE:  # which may be a key itself, where the first has no value
                at = start + len(shown.rstrip(_NEVER_LAST).rstrip(_KEY))
        return spans

    def _value(self, pattern: Any, data: bytes, at: int) -> tuple[int, int, int] | None:
        """Return the group of a pattern that matches at a place, and its span behind stand-ins."""
        match = pattern.match(data, at)
        if match is None:
            return None
        start, end = match.span(match.lastindex)
        return match.lastindex, self._after_stand_ins(data, start), end

    def _after_stand_ins(self, data: bytes, start: int) -> int:
        """Return where what was put in the place of secrets ends; something may follow it."""
        found = self._stand_ins(data, start)
        return found.end() if found else start


def _says_little(key: bytes, value: bytes) -> bool:
    return says_little(key.decode("latin-1"), value.decode("latin-1"))


_CLOSING = b"\"')]}`"  # of what a command stands in
_KEY = bytes([*b"_$.[]-0123456789", *range(65, 91), *range(97, 123), *range(128, 256)])
_BARE = 3  # the group of `_VALUES` and `_ARGUMENTS` that is in no quotes
