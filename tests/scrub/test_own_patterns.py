"""A pattern of a user may be slow, but cannot take all memory or all time."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import PolicyError, Scrub, ScrubRule
from replay_redact.scrub import finders
from replay_redact.scrub.scanner import Scanner

CALLS = [
    "(?R)", "(?R)?a", "(?0)", "a(?1)(b)", "(?-1)(a)", "(?+1)(a)", "(?P<n>(?&n))", "(?P<n>a)(?P>n)", "(?P<n>a)(?P&n)",
    "(?x)(?P >n)(?P<n>a)", "(?x)(?P#c\n>n)(?P<n>a)", "(?x)(?+ 1)(a)",
]  # fmt: skip
REPEATS = [
    "(?:(?:a{1000}){1000}){1000}", "a{100001}", "a{1000000000}", "a{0001000000}", "(?:ab){100001}", "a{60000}b{60000}",
    "(?x)a{1 0 0 0 0 0 0 0}", "(?x)a{1#c\n0000000}", "(?x)(?:a{999}) {999}", "(?x)(?:a{999}) # c\n {999}", "((a{1000}){2}){60}",
    "(?:" * 20 + "ab" + ")+" * 20, "(?:" * 12 + "ab" + "){2}" * 12, "(?:a{1000}[(]){1000}", "(?:[)]a{1000}){1000}", "(?x)(?: #(\na{1000}){1000}",
    "(?V1)(?:a{1000}[[a](]){1000}", "a{1000}){1000}",
    "(a{9}){" + "9" * 5000 + "}",
]  # fmt: skip
NONE = ["(", "x*", 7, b"x", "(?:" * 10_000, "[", "\\L<x>", "(?P<n>", "a{2,1}", "(?<=", "\\N{nobody}", "\\p{Nope}", "(?L)\\w**", "a{4294967295,}"]  # fmt: skip
FINE = [
    "case [0-9]{9}", "(?:[0-9a-f]{2}:){5}[0-9a-f]{2}", "(?:a{0,1000}){0,1000}b", "(a)\\1", "(?P<n>a)(?P=n)", "(?P<n>a)b",
    "(?-i:a)b", "a{99000}", "(?:a{49000})+", "(?:ab){3}", "(a)+(b)+(c)+(d)+(e)+(f)+(g)+(h)+(i)+(j)+(k)+(l)+(m)+(n)+(o)+(p)+(q)+", "b(a{999}){0,999}", "\\(a{900}\\){90000}", "[)]{900}(a){90}", "(?x) a {3} # three", "x{}", "x{a}", "|".join(f"name{n}" for n in range(20_000)),
]  # fmt: skip


@pytest.mark.parametrize("pattern", CALLS, ids=ascii)
def test_a_pattern_that_calls_is_refused(pattern):
    with pytest.raises(PolicyError, match="calls a group or itself"):
        ScrubRule(pattern=pattern)


@pytest.mark.parametrize("pattern", REPEATS, ids=lambda pattern: ascii(pattern)[:30])
def test_a_pattern_that_repeats_too_much_is_refused(pattern):
    with pytest.raises(PolicyError, match="repeats too much: 100000"):
        ScrubRule(pattern=pattern)


@pytest.mark.parametrize("pattern", NONE, ids=lambda pattern: ascii(pattern)[:30])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(PolicyError, match="pattern"):
        ScrubRule(pattern=pattern)


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("pattern", FINE, ids=lambda pattern: ascii(pattern)[:30])
def test_ordinary_patterns_are_taken(pattern):
    assert ScrubRule(pattern=pattern).pattern == pattern


class _Greedy:
    """A pattern whose search fails as the engine's does."""

    groups = 0

    def __init__(self, error):
        self.error = error

    def search(self, _text, *, timeout):
        assert timeout == 1
        raise self.error

    def finditer(self, _text, *, timeout):
        assert timeout == finders.TIME_LIMIT == 1
        raise self.error


@pytest.mark.parametrize("error", [TimeoutError, MemoryError])
def test_a_search_that_takes_too_much_takes_the_whole_string(error, monkeypatch):
    rule = ScrubRule(pattern="a")
    monkeypatch.setattr("regex.compile", lambda _: _Greedy(error))
    with pytest.raises(PolicyError, match="over nothing at all"):
        ScrubRule(pattern="b")
    assert Scanner(Scrub(rules=[rule])).string("some text") == "[pattern]"


PARTS = [
    "a", "b", "é", "(", "(", ")", ")", "(?:", "(?i:", "(?P<n>", "(?=", "(?!", "(?<=", "(?>", "(?|", "*", "+", "?", "??", "*+",
    "{3}", "{2,}", "{,4}", "{1000}", "{e}", "{e<=2}", "|", "[a-c]", "[^a]", "[[a-z]--[b]]", "\\1", "\\g<n>", "\\p{L}", "\\K", "\\G",
    "^", "$", ".", "(?x)", "(?V1)", "(?b)", "(?r)", "(?L)", "(?f)", "(?(1)a|b)", "(*SKIP)", "(*FAIL)", "(?#c)", " ", "#", "\\X",
    "(?(DEFINE)", "[", "]", "(?P=n)", "\\", "{", "}", "(?R)", "(?1)", "(?&n)",
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join))
def test_any_pattern_is_refused_or_ends(pattern):
    try:
        ScrubRule(pattern=pattern)
    except PolicyError:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finders, "TIME_LIMIT", 0.02)
        find = finders.of_pattern(pattern)
        for data in (b"", b"aaaabbbb" * 9, "aéb".encode() * 20):
            assert all(0 <= start <= end <= len(data) for start, end in find(data))


STINGY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from replay_redact import PolicyError, Scrub, ScrubRule
from replay_redact.scrub.scanner import Scanner
for pattern in sys.argv[1:]:
    try:
        scanner = Scanner(Scrub(rules=[ScrubRule(pattern=pattern)]))
    except PolicyError:
        print("refused")
    else:
        print(scanner.string("a" * 60 + "c"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
def test_with_a_gigabyte_every_pattern_is_refused_or_ends():
    patterns = [*CALLS[:4], *REPEATS[:4], "(a|aa)+$b", "(a+)+$", "(?:a{1000}){90}|c"]
    command = [sys.executable, "-c", STINGY, *patterns]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    said = run.stdout.split()
    assert said == ["refused"] * 8 + ["[pattern]", "a" * 60 + "c", "a" * 60 + "[pattern]"]
