"""Each part of the patterns within the scrubber is needed by a sample.

The patterns of detectors have tests of their own; these are the small ones beside them.
"""

import importlib
import pkgutil
import re

import event_pattern_samples
import pattern_samples
import pytest
import regex

import replay_redact.scrub
from replay_redact.scrub.keys import in_text
from replay_redact.scrub.probes import compiled, re2
from replay_redact.scrub.relay import defaults, rules
from tests.mutants.faults import pattern_faults

SAMPLES = pattern_samples.SAMPLES | event_pattern_samples.SAMPLES
LEFT_OUT = "validators._BRAND"
"""Samples of cards ask about their brands."""


def patterns():
    """Yield the patterns at the top of modules with their names, also those in tables."""
    for module in pkgutil.walk_packages(replay_redact.scrub.__path__, "replay_redact.scrub."):
        members = vars(importlib.import_module(module.name))
        for name, value in members.items():
            values = value.values() if isinstance(value, dict) else value
            label = f"{module.name.removeprefix('replay_redact.scrub.')}.{name}"
            if pattern := pattern_of(value):
                yield label, pattern
            elif isinstance(value, (list, dict)) and value and all(map(pattern_of, values)):
                keys = [as_text(key) for key in value] if isinstance(value, dict) else range(len(value))  # fmt: skip
                yield from ((f"{label}.{key}", pattern_of(one)) for key, one in zip(keys, values, strict=True))  # fmt: skip


def pattern_of(value):
    """Return a pattern, also of one of its own methods."""
    owner = getattr(value, "__self__", None) if callable(value) else value
    return owner if isinstance(owner, re.Pattern) else None


def as_text(key):
    return key.decode() if isinstance(key, bytes) else key


OF_KEYS = ("_AFTER_STEM", "_BETWEEN", "_KEY_REST", "_LINES", "_LOGIN", "_OPTION")
"""Parts of the patterns that keys are put into; RE2 searches with these."""
OF_RELAY = ("BEARER", "CARD", "IBAN", "SSN", "_PRIVATE_KEY", "_URL_AUTH")
"""Patterns in Relay's own syntax."""

PATTERNS = {label: pattern for label, pattern in patterns() if not label.startswith(LEFT_OUT)}
PATTERNS |= {f"keys.in_text.{name}": compiled(getattr(in_text, name)) for name in OF_KEYS}
PATTERNS |= {f"relay.defaults.{name}": regex.compile(getattr(defaults, name)) for name in OF_RELAY}
PATTERNS |= {f"relay.rules.{name}": regex.compile(getattr(rules, name)) for name in ("_COOKIES", "_UUID")}  # fmt: skip


def found(pattern, text):
    return [(m[0], *m.groups()) if pattern.groups else m[0] for m in pattern.finditer(text)]


def with_faults(pattern):
    """Yield the pattern with one fault at a time, and where the fault is."""
    is_text = isinstance(pattern.pattern, str)
    source = pattern.pattern.encode() if is_text else pattern.pattern
    for _, start, end, new in pattern_faults(source):
        faulty = source[:start] + new + source[end:]
        try:
            spoiled = spoil(pattern, faulty, is_text=is_text)
        except (re.error, re2.error, regex.error, ValueError, OverflowError):
            continue
        if faulty != source:
            yield f"{source[:start]!r} {source[start:end]!r} → {new!r}", spoiled


def spoil(pattern, source, *, is_text):
    """Compile another source with the engine of a pattern."""
    if isinstance(pattern, regex.Pattern):
        return regex.compile(source.decode())
    if not isinstance(pattern, re.Pattern):
        return compiled(source.decode("latin-1"))
    return re.compile(source.decode() if is_text else source, pattern.flags & ~re.UNICODE)


def test_every_pattern_has_samples():
    assert sorted(PATTERNS) == sorted(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_found_as_they_are_listed(name):
    assert {text: found(PATTERNS[name], text) for text in SAMPLES[name]} == SAMPLES[name]


EQUAL = {
    "keys.in_text._USERS": 1,  # a user's name may hold the colon that ends it
    "logs._CONVERSION": 1,  # a group that may be missing has digits or none
}
"""Faults that change nothing."""


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
@pytest.mark.parametrize("name", SAMPLES)
def test_every_part_of_a_pattern_is_needed_by_a_sample(name):
    unneeded = [
        what
        for what, faulty in with_faults(PATTERNS[name])
        if {text: found(faulty, text) for text in SAMPLES[name]} == SAMPLES[name]
    ]
    assert len(unneeded) <= EQUAL.get(name, 0), unneeded
