"""One pass over many strings finds the strings that a probe matches."""

import dataclasses
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from replay_redact.scrub import Scrub, ScrubRule
from replay_redact.scrub import probes as scrub_probes
from replay_redact.scrub.probes import candidates, compiled, joined_probe, to_bytes, to_text
from replay_redact.scrub.relay import defaults as relay_defaults
from replay_redact.scrub.scanner import scanner_of

PROBES = [r"(?:^|[^0-9])[0-9]{2}(?:$|[^0-9])", r"x[^y\x00]*y", r"(?:^|\x00)--?w"]


def found(texts, probes=PROBES):
    return list(candidates(joined_probe(probes), texts))


def test_strings_are_found_by_index():
    assert found(["a", "x", "--w", "b 34 b", "é 56 é"], PROBES[:1]) == [
        (3, b"b 34 b"),
        (4, "é 56 é".encode()),
    ]
    assert found(["12"]) == [(0, b"12")]
    assert found([]) == found([""]) == found(["a", "b"]) == []


def test_a_find_in_a_string_with_separators_sends_all_of_its_batch_to_a_closer_look():
    assert found(["a", "b\0c"]) == []
    assert found(["a", "b\0--w"]) == [(0, b"a"), (1, b"b\0--w")]
    assert found(["--w\0", "--w"]) == [(0, b"--w\0"), (1, b"--w")]
    assert found(["--w", "b\0--w", "--w"]) == [(0, b"--w"), (1, b"b\0--w"), (2, b"--w")]


def test_a_separator_may_begin_a_match_and_end_one():
    assert found(["a", "12", "34", "", "--w", "12"]) == [
        (1, b"12"),
        (2, b"34"),
        (4, b"--w"),
        (5, b"12"),
    ]


def _probes():
    """Return all probes, that of keys with a few of its words: drawing from all takes minutes."""
    few_keys = dataclasses.replace(
        Scrub.default(), keys=["pat", "card no", "x-key", "пароль", "密码"]
    )
    scrubs = [few_keys, Scrub.relay(), Scrub(rules=[ScrubRule(detector="phone")])]
    tiers = [scanner_of(scrub).at(()) for scrub in scrubs]
    return sorted({relay_defaults.WHOLE_PROBE, *(probe for tier in tiers for probe in tier.probes)})


@pytest.mark.parametrize("probe", _probes())
@settings(max_examples=25)
@given(data=st.data())
def test_no_probe_matches_across_a_separator(probe, data):
    pattern = compiled(probe)
    match = data.draw(st.from_regex(re.compile(probe.encode()), fullmatch=True))
    assume(pattern.fullmatch(match))  # where the engines differ, RE2's is the one
    for at in range(1, len(match) - 1):
        assert pattern.fullmatch(match[:at] + b"\0" + match[at + 1 :]) is None
    for at in range(2, len(match) - 1):
        assert pattern.fullmatch(match[:at] + b"\0" + match[at:]) is None


@given(st.lists(st.text("0129xy-w \n\xe9\0", max_size=5), max_size=12))
def test_every_string_in_which_a_probe_fires_is_found(texts):
    either = compiled("|".join(PROBES))
    firing = {at for at, text in enumerate(texts) if either.search(to_bytes(text))}
    hits = found(texts)
    assert firing <= {at for at, _ in hits}
    assert [at for at, _ in hits] == sorted({at for at, _ in hits})
    assert all(data == to_bytes(texts[at]) for at, data in hits)


def test_strings_in_many_pieces_keep_their_index():
    texts = [f"{'x' * (n % 3)}, {n}" for n in range(5_000)]
    wanted = [at for at in range(5_000) if 10 <= at < 100]
    hits = found(texts)
    assert [at for at, _ in hits if at in wanted] == wanted
    assert all(data == to_bytes(texts[at]) for at, data in hits)
    assert len(hits) < len(wanted) + 2 * scrub_probes.UNASKED
    assert {5_000, 5_001, *wanted} <= {at for at, _ in found([*texts, "\0", "\x0012"])}


class _Other:
    """A pattern of a version of the package that is built otherwise."""

    def __init__(self, match):
        self._regexp = self
        self.Match = match

    class Anchor:
        ANCHOR_START = "start"


def _none(_anchor, _data, _begin, _end):
    return None


def _nothing(_anchor, _data, _begin, _end):
    return [(-1, -1)]


@pytest.mark.parametrize("pattern", [object(), _Other(_none), _Other(_nothing), _Other(bytes)])
def test_another_version_of_the_package_is_told_apart(pattern, monkeypatch):
    monkeypatch.setattr(scrub_probes, "compiled", lambda _: pattern)
    assert not scrub_probes._has_bare_match.__wrapped__()


@given(st.lists(st.text("0129xy-w \n\xe9\0", max_size=5), max_size=12))
def test_the_wrapped_call_finds_the_same(texts):
    wanted = found(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scrub_probes, "_has_bare_match", lambda: False)
        assert found(texts) == wanted


def test_lone_surrogates_survive():
    assert to_text(to_bytes("a\ud83d")) == "a\ud83d"


def test_without_the_wrapped_call_the_same_is_found(monkeypatch):
    monkeypatch.setattr(scrub_probes, "_has_bare_match", lambda: False)
    assert found(["a", "12", "--w"]) == [(1, b"12"), (2, b"--w")]
    place = scrub_probes.first_place("ab+")
    assert (place(b"xabb", 0), place(b"xabb", 2)) == ((1, 4), (-1, -1))


@pytest.mark.parametrize("texts", [["a tulip"], ["a tulip", "b"], ["[]", "tulip", "tulip"]])
def test_patterns_without_a_probe_see_every_string(texts):
    scanner = scanner_of(Scrub(rules=[ScrubRule(pattern="tulip", text="x")]))
    assert scanner.strings(texts) == [text.replace("tulip", "x") for text in texts]
