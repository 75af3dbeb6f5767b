"""What Python and the attribute kernel exchange: kinds, names and decisions as numbers.

``native/generate.py`` writes these tables in Rust.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping

from replay_redact._allowlists.attributes import Kind
from replay_redact._rules.strict import (
    BUTTON,
    DRAWN,
    FIELD,
    FONT,
    FRAME,
    ICON,
    LINK,
    SCRIPT,
    SHEET,
    SLOT,
    USE,
    Context,
)

KINDS = {kind: number for number, kind in enumerate(Kind, start=1)}
"""The number of each kind; 0 means that Python masks the value."""

ASKED = {"NOTHING": 0, "WORDS": 1, "SECRET": 2, "DOTS": 3, "LINK": 4, "ANYTHING": 15}
"""What rules may ask of an attribute: whether ``class`` has certain words, whether the name of a
field is that of a secret, whether a style shows dots, where a link leads, or anything else."""

_ASKED_SHIFT = 8
NAME = {
    "KIND": 0xFF,
    "ASKED": 0xF << _ASKED_SHIFT,
    "MAY_HOLD_WORDS": 1 << 12,
    "HAS_WORDS": 1 << 13,
}
"""The parts of what the kernel knows of a name. The last two tell whether style sheets can make
words of its values public, and whether the name itself makes some words public."""
UNKNOWN = ASKED["ANYTHING"] << _ASKED_SHIFT

_FACTS = {
    "ICON": ICON,
    "USE": USE,
    "SCRIPT": SCRIPT,
    "FRAME": FRAME,
    "FIELD": FIELD,
    "BUTTON": BUTTON,
    "DRAWN": DRAWN,
    "SLOT": SLOT,
}
_ALL_FACTS = functools.reduce(operator.or_, _FACTS.values())

DECIDED = {
    "SAYS_MASKED": 1 << 0,
    "MEDIA_MASKED": 1 << 1,
    "INPUT_MASKED": 1 << 2,
    "SHEET_LINK": 1 << 3,  # its address keeps the path
    "ASKED": 1 << 4,  # the rules have already been asked
    **_FACTS,
}
"""What the kernel knows of a decision, and of the facts of an element."""

RULES_ASKED = DECIDED["ASKED"]

MODULES: dict[str, Mapping[str, int]] = {
    "kind": {kind.name: number for kind, number in KINDS.items()},
    "asked": ASKED,
    "name": {**NAME, "UNKNOWN": UNKNOWN},
    "context": DECIDED,
}


def name_bits(kind: Kind | None, asked: str, *, may_hold_words: bool, has_words: bool) -> int:
    """Return what the kernel needs to know of a name; without a kind, Python masks the values."""
    number = 0 if kind is None else KINDS[kind]
    number |= NAME["MAY_HOLD_WORDS"] if may_hold_words else 0
    number |= NAME["HAS_WORDS"] if has_words else 0
    return number | asked_bits(asked)


def asked_bits(asked: str) -> int:
    """Return what the kernel needs to know of the questions of the rules."""
    return ASKED[asked] << _ASKED_SHIFT


def context_bits(context: Context) -> int:
    """Return what the kernel needs to know of a decision."""
    bits = context.bits & _ALL_FACTS
    if context.says_masked:
        bits |= DECIDED["SAYS_MASKED"]
    if context.media_masked:
        bits |= DECIDED["MEDIA_MASKED"]
    if context.input_masked:
        bits |= DECIDED["INPUT_MASKED"]
    if context.bits & LINK and context.bits & (SHEET | FONT):
        bits |= DECIDED["SHEET_LINK"]
    return bits
