"""Finds card numbers among whole groups of digits."""

from __future__ import annotations

import re
from itertools import groupby

from replay_redact.scrub import validators
from replay_redact.scrub.validators import Check, Engine, Spans

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


def find_cards(engine: Engine, check: Check, data: bytes) -> Spans:
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
