r"""Finders: the exact places of secrets in one string.

A finder runs on strings in which its probe matched. The pattern of a detector gives candidates, and
its check judges them. Some detectors name a finder of their own, which searches in another way:
card numbers, for example, are looked for among whole groups of digits.

Long strings are searched by RE2, so time is linear whatever they hold. Only patterns of users are
not linear; they have a time limit. If such a pattern takes too long for a string, or too much
memory, the whole string counts as a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import accumulate

from replay_redact.scrub.keys.named import find_named
from replay_redact.scrub.known_secrets import Detector, Measure
from replay_redact.scrub.personal.cards import find_cards
from replay_redact.scrub.personal.emails import find_emails, find_spelled
from replay_redact.scrub.personal.networks import find_ipv4
from replay_redact.scrub.personal.paths import find_home_folders
from replay_redact.scrub.probes import compiled
from replay_redact.scrub.validators import Check, Engine, Spans

TIME_LIMIT = 1.0
"""Seconds that a custom pattern may take over one string; more, and all of it is a secret."""

LONGEST = 1024
"""Bytes at the end of a match that is no secret in which one may begin: or time were quadratic."""

SHORT = 256
"""Bytes of a string that Python's own engine may search; most strings are shorter."""

Find = Callable[[bytes], Spans]
"""Returns the spans of the secrets in a string."""


_OWN_FINDERS = {
    "email": find_emails,
    "card": find_cards,
    "spelled_email": find_spelled,
    "user_path": find_home_folders,
    "ipv4": find_ipv4,
    "named_token": find_named,
}


def of_detector(detector: Detector) -> Find:
    """Return the finder of a detector."""
    engine = either_engine(detector.pattern)
    if detector.finder:
        return partial(_OWN_FINDERS[detector.finder], engine, detector.check or bool)
    return partial(_find, engine, detector.measure or _measure(detector.check or bool))


def judges_whole_matches(detector: Detector) -> bool:
    """Tell whether a match of a detector's pattern is a secret as a whole, or none."""
    own = detector.finder or detector.measure
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
