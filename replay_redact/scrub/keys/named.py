"""Finds what looks drawn at random beside a vendor's name, or beside a word such as "key".

Many vendors give tokens that have no form of their own, such as 32 hexadecimal digits. Alone they
could be anything; in ``ALGOLIA_KEY=…`` they are secrets.
"""

from __future__ import annotations

from replay_redact.scrub import validators
from replay_redact.scrub.keys.words import VENDORS
from replay_redact.scrub.secret_keys import words
from replay_redact.scrub.validators import Check, Engine, Spans

_NAMING = frozenset([*VENDORS, "key", "keys", "access", "api", "signing", "license", "licence"])
_TELL_WHAT = frozenset(
    """
    id ids uuid guid url uri host hostname domain version release name hash sha md commit digest
    checksum revision rev build path file date time timestamp number size event trace span etag
    integrity fingerprint ref branch tag image
    """.split()
)
"""Last words of a key, before a number, whose value is no secret, though it looks drawn."""

_LEAD = rf"(?i:(?:{'|'.join(sorted(VENDORS))})[\w.-]%s|keys?|access|api|signing|licen[cs]e)"
_BLANK = r"(?:[\s\v]|%20){0,3}"
_SIGN = rf"\\*[\"'`]?\]?{_BLANK}(?:[-+?.!|]?={{1,3}}>?|->|:{{1,3}}=?|,){_BLANK}[\"'`]{{0,3}}"
PATTERN = rf"(\w?{_LEAD % '{0,24}'}){_SIGN}([\w.~+/=-]{{10,}})"
PROBE = rf"{_LEAD % '*'}{_SIGN}[\w.~+/=-]{{10}}"  # as nothing is counted, it is faster


def names_token(key: str) -> bool:
    """Tell whether a key names a vendor or a key, and so a token, if its value looks like one.

    >>> names_token("ALGOLIA_KEY"), names_token("sentry_event_id"), names_token("aws_sha256")
    (True, False, False)
    """
    parts = [part for part in words(key) if not part.isdigit()]
    return not _NAMING.isdisjoint(parts) and parts[-1] not in _TELL_WHAT


def find_named(engine: Engine, _check: Check, data: bytes) -> Spans:
    """Find values that look drawn behind keys that name a token."""
    spans: Spans = []
    search = engine(data).search
    at = 0
    while (match := search(data, at)) is not None:
        start, end = match.span(2)
        value = data[start:end].rstrip(b".")
        at = end
        if names_token(match[1].decode("latin-1")) and validators.looks_drawn(value):
            spans.append((start, start + len(value)))
        else:
            at = max(match.end(1), end - _REACH)  # what is no token may hold another name
    return spans


_REACH = 256
"""Bytes at the end of what is no token in which a name may begin."""
