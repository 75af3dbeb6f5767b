r"""Finds e-mail addresses by what follows an @, and those whose signs are spelled out.

Before an @, every word of a text could begin an address, so it is read backwards.
"""

from __future__ import annotations

import re

from replay_redact.scrub.probes import compiled
from replay_redact.scrub.validators import Check, Engine, Spans

_LOCAL = bytes([*b"!#$%'*+^_`{|}~.-0123456789", *range(65, 91), *range(97, 123), *range(128, 256)])
"""Bytes of what stands before the @ of an address.

The standard allows ``/``, ``?``, ``=`` and ``&`` too; where they stand before an address, they
belong to the link that it is part of.
"""

_AT = r"[ ]?(?:\([ ]?at[ ]?\)|\[[ ]?at[ ]?\]|\{[ ]?at[ ]?\}|<[ ]?at[ ]?>)[ ]?"
_DOT = r"[ ]?(?:\([ ]?dot[ ]?\)|\[[ ]?dot[ ]?\]|\{[ ]?dot[ ]?\}|<[ ]?dot[ ]?>)[ ]?"
_NAME = r"[\w\x80-\xff%+-]+(?:\.[\w\x80-\xff%+-]+)*"
_HOST = r"[0-9a-z\x80-\xff-]+"
_SPELLED = (
    rf"(?i)(?:{_NAME}(?:{_DOT}{_NAME})*(?:{_AT}|[ ]at[ ]){_HOST}(?:(?:{_DOT}|[ ]dot[ ]){_HOST})+"
    rf"|{_NAME}{_AT}{_HOST}(?:\.{_HOST})+|{_NAME}@{_HOST}(?:(?:{_DOT}|[ ]dot[ ]){_HOST})+)"
)
_SIGN = re.compile(rb"(?i)[(\[{<][ ]?(?:at|dot)[ ]?[)\]}>]|[ ]dot[ ]")
_REACH = 80
"""Bytes before a spelled sign at which an address may begin."""


def find_emails(engine: Engine, check: Check, data: bytes) -> Spans:
    """Find addresses by what follows an @."""
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


def find_spelled(_engine: Engine, _check: Check, data: bytes) -> Spans:
    """Find addresses such as ``jane (at) shop (dot) example``."""
    spans: Spans = []
    spelled = compiled(_SPELLED)
    at = 0
    while (sign := _SIGN.search(data, at)) is not None:
        begin = max(at, sign.start() - _REACH)
        match = spelled.search(data, begin, sign.end() + 3 * _REACH)
        if match is not None and match.start() < sign.start() < match.end():
            spans.append(match.span())
            at = match.end()
        else:
            at = sign.end()
    return spans
