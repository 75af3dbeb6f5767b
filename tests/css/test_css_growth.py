"""CSS of any shape takes work in proportion to its length, counted and not timed.

Work is calls of functions, and characters that patterns look at: up to the end of a match, or all
that they can reach if they do not match.
"""

import re
import sys

import pytest

from replay_redact._allowlists import identifiers
from replay_redact._css import numbers, selectors, sheets, tokens, values
from replay_redact._css.sheets import mask_declarations, mask_sheet, mask_value

# Long strings go the same few ways thousands of times, which is slow to measure and covers no more.
pytestmark = pytest.mark.no_cover

MODULES = (sheets, numbers, selectors, tokens, values, identifiers)
PIECES = [
    '"', "\\", "a{", "(", "[", "/*", "/", "url(", "@a ", ";", "a:b", "--x:{", '"\n', "1.", "[a=", "<!--", "a", "}", " ",
    '@import "', "\\41 ", "url(\\", "a{b:c;", "f(", ":not(", ":is(a", "a|", ".a", "#1", "@media (", "@supports selector(",
    "@scope (", "--a:1 ", "--a:calc(", "--a:var(--b,", "1234567", "1e", ".5", "a,", "serif,", "-", "--", "mjx-c1", "1 2 3 ",
    "@keyframes a{", "@keyframes a{}p{--b:a}", "symbols:a;", "initial-value:1 ", "*", ":", "a b", "'a' ", "255,", "{}", "1%,",
]  # fmt: skip
LENGTH = 2_000
REACH = re.compile(r"[{};]")


class Counted:
    """A pattern that counts the characters it looks at."""

    seen = 0

    def __init__(self, pattern):
        self._pattern = pattern

    def _count(self, match, text, at, reach):
        end = match.end() if match else reach(text, at)
        Counted.seen += 1 + max(0, end - at)
        return match

    def match(self, text, at=0):
        return self._count(self._pattern.match(text, at), text, at, _segment)

    def fullmatch(self, text):
        return self._count(self._pattern.fullmatch(text), text, 0, _whole)

    def search(self, text):
        return self._count(self._pattern.search(text), text, 0, _whole)

    def findall(self, text):
        Counted.seen += 1 + len(text)
        return self._pattern.findall(text)

    def finditer(self, text):
        Counted.seen += 1 + len(text)
        return self._pattern.finditer(text)

    def sub(self, replacement, text):
        Counted.seen += 1 + len(text)
        return self._pattern.sub(replacement, text)


def _whole(text, _at):
    return len(text)


def _segment(text, at):
    """Return how far a pattern can look that matches up to the end of a segment at most."""
    end = REACH.search(text, at)
    return end.end() if end else len(text)


@pytest.fixture(autouse=True)
def _counted(monkeypatch):
    for module in MODULES:
        for name, value in list(vars(module).items()):
            if isinstance(value, re.Pattern):
                monkeypatch.setattr(module, name, Counted(value))


def work(mask, text):
    for cache in sheets.CACHES:
        cache.empty()
    Counted.seen = calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        mask(text)
    finally:
        sys.setprofile(before)
    return calls + Counted.seen


MASKS = {
    "sheet": mask_sheet,
    "block": lambda text: mask_sheet("a{" + text),
    "style": mask_declarations,
    "value": lambda text: mask_value("--a", text),
}


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_length_takes_twice_the_work(mask, piece):
    once, twice = (work(MASKS[mask], piece * (times * LENGTH // len(piece))) for times in (1, 2))
    assert twice < 2.2 * once + 1_000
    assert twice < 200 * 2 * LENGTH


def test_a_pass_of_squared_work_would_be_seen():
    def squared(text):
        for at in range(0, len(text), 50):
            tokens._ESCAPED.findall(text[at:])

    once, twice = (work(squared, "a" * length) for length in (LENGTH, 2 * LENGTH))
    assert twice > 2.2 * once + 1_000
