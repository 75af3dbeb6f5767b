"""Finds addresses of computers: not versions, but whole networks where they are written as such."""

from __future__ import annotations

import re

from replay_redact.scrub import validators
from replay_redact.scrub.validators import Check, Engine, Spans

_PREFIX = re.compile(rb"/[0-9]{1,2}(?![0-9.])")


def find_ipv4(engine: Engine, check: Check, data: bytes) -> Spans:
    """Find IPv4 addresses, and networks such as ``10.0.0.0/8``."""
    spans: Spans = []
    search = engine(data).search
    at = 0
    while (match := search(data, at)) is not None:
        start, end = match.span(1)
        at = end
        fits = check(data[start:end]) or (
            _PREFIX.match(data, end) is not None and validators.is_dotted(data[start:end])
        )
        if fits and not validators.follows_version(data, start):
            spans.append((start, end))
    return spans
