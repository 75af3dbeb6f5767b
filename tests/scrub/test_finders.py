"""Finders: both regex engines find the same secrets in any string."""

import re
from itertools import product

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks import corpus
from replay_redact.scrub import finders
from replay_redact.scrub.known_secrets import DETECTORS, OPTIONAL
from replay_redact.scrub.probes import compiled, to_bytes
from replay_redact.scrub.relay import defaults as relay_defaults

ALL = [*DETECTORS, *OPTIONAL]
TEXTS = [line.text.encode() for line in corpus.lines(150_000, seed=7)] + [
    text.encode() for d in ALL for text in (*d.examples, *d.look_alikes)
]


def spans(matches):
    return [match.span(group) for match in matches for group in range(match.re.groups + 1)]


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("detector", ALL, ids=lambda d: d.name)
def test_both_engines_match_alike(detector):
    engine = finders.either_engine(detector.pattern)
    linear = compiled(detector.pattern)
    short = [t for text in TEXTS for t in (text, text + b"\n") if len(t) <= finders.SHORT]
    assert len(short) > 2000
    for text in short:
        quick = engine(text)
        assert isinstance(quick, re.Pattern)
        assert spans(quick.finditer(text)) == spans(linear.finditer(text))
        assert spans(quick.finditer(text, 3)) == spans(linear.finditer(text, 3))


def test_long_strings_are_left_to_the_linear_engine():
    engine = finders.either_engine("a+")
    assert isinstance(engine(b"aa"), re.Pattern)
    assert not isinstance(engine(b"a" * 1000), re.Pattern)
    assert spans(engine(b"a" * 1000).finditer(b"a" * 1000)) == [(0, 1000)]


@pytest.mark.parametrize("detector", [d for d in ALL if d.pattern != "^::$"], ids=lambda d: d.name)
def test_a_look_alike_hides_nothing_that_follows_it(detector):
    find = finders.of_detector(detector)
    for space, text in product((" ", "\n", ", "), detector.examples):
        after = (space + text).encode()
        wanted = [(start - len(after), end - len(after)) for start, end in find(after)]
        assert wanted
        for look_alike in detector.look_alikes:
            data = look_alike.encode() + after
            found = [(start - len(data), end - len(data)) for start, end in find(data)]
            for first, last in wanted:
                assert any(start <= first and last <= end for start, end in found)


@pytest.mark.parametrize("rule", relay_defaults.RULES)
@settings(max_examples=50)
@given(data=st.data())
def test_relays_probes_fire_wherever_its_rules_match(rule, data):
    text = data.draw(st.from_regex(re.compile(rule)))
    assume(regex.search(rule, text))
    assert compiled(relay_defaults.PROBES[rule]).search(to_bytes(text))
