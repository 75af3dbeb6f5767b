"""Decisions of Sentry's browser SDK, as far as a recording can tell what they depend on.

Theory: the SDK asks the live DOM how far above a node the nearest mask and the
nearest unmask rule match. Distances matter only in comparison, so one walk up
the places of a node, to the first that matches either, gives the same answer.
The walk ends at a shadow root and at a document, as `parentElement` does.

The rules are those of the SDK with its oddities, which `Policy()` does not have:
text right below a shadow root is never masked, an unmask rule shows passwords,
hidden fields are not covered, a tie between block and unblock unblocks.

Invariant: nothing here looks at content; a place is a number and the place above.
Failure direction: there is none to choose, since the purpose is to be equal; what
the SDK would not have recorded is not recorded (`_engine.sentry`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from replay_redact._rules.facts import BOUNDARY, FIRST_OWN_BIT, OTHER, Asked, Facts, Rule, matches
from replay_redact.policy import ALWAYS_BLOCK, ALWAYS_IGNORE, ALWAYS_MASK, Policy

INPUT = 1 << FIRST_OWN_BIT
TEXTAREA = 1 << 3
SELECT = 1 << 4
OPTION = 1 << 5
STYLE = 1 << 6
SCRIPT = 1 << 7
USE = 1 << 8
OBJECT = 1 << 9
CELL = 1 << 10  # its background is an address
ENFORCED = 1 << 11  # an autocomplete value that is masked whatever the options
PASSWORD = 1 << 12
UNCOVERED = 1 << 13  # a type that mask_all_inputs does not cover
BUTTON = 1 << 14  # the type's value is a label: submit or button
EXACT_BUTTON = 1 << 15  # the same, written in lower case
FORM_FIELD = INPUT | TEXTAREA | SELECT | OPTION
_HTML_ONLY = STYLE | SCRIPT | FORM_FIELD
_FIRST_POLICY_BIT = 16

_TAGS = {
    "input": INPUT,
    "textarea": TEXTAREA,
    "select": SELECT,
    "option": OPTION,
    "style": STYLE,
    "script": SCRIPT,
    "use": USE,
    "object": OBJECT,
    **dict.fromkeys(["table", "td", "th"], CELL),
}

ENFORCED_AUTOCOMPLETE = frozenset(
    """
    current-password new-password cc-number cc-exp cc-exp-month cc-exp-year cc-csc
    """.split()
)
"""Values of ``autocomplete`` that no option unmasks; compared as they are written."""

UNCOVERED_TYPES = frozenset({"hidden", "file", "image", "reset", "submit", "button"})
"""Types of ``<input>`` that the SDK leaves out when it masks all inputs."""

_BUTTON_TYPES = frozenset({"submit", "button"})

MEDIA = (
    "img,image,svg,video,object,picture,embed,map,audio,"
    'link[rel="icon"],link[rel="apple-touch-icon"]'
)
"""What ``block_all_media`` blocks."""

ALSO_BLOCKED = ("base", "iframe[srcdoc]:not([src])")
ALSO_IGNORED = ('input[type="file"]',)


def _type_bits(value: str) -> int:
    name = value.lower()
    bits = UNCOVERED if name in UNCOVERED_TYPES else 0
    bits |= BUTTON if name in _BUTTON_TYPES else 0
    bits |= EXACT_BUTTON if value in _BUTTON_TYPES else 0
    return bits | (PASSWORD if name == "password" else 0)


_BUILT_IN: dict[str, Callable[[str], int]] = {
    "type": _type_bits,
    "autocomplete": lambda value: ENFORCED if value in ENFORCED_AUTOCOMPLETE else 0,
    "data-rr-is-password": lambda _: PASSWORD,
}

_OWN_BITS = {
    "type": UNCOVERED | BUTTON | EXACT_BUTTON,  # a password stays one
    "autocomplete": ENFORCED,
}


class Place:
    """A node that the SDK would have recorded: what rules ask of it, and the place above."""

    __slots__ = ("asked", "bits", "parent")

    def __init__(self, parent: Place | None, bits: int) -> None:
        self.parent = parent
        self.bits = bits
        self.asked: Asked | None = None  # attributes change bits


class Matches(NamedTuple):
    """Which rules an element matches itself."""

    mask: bool = False
    unmask: bool = False
    block: bool = False
    unblock: bool = False
    ignore: bool = False


class SentryRules:
    """The SDK's options, compiled."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        media = (MEDIA,) if policy.block_all_media else ()
        facts = Facts(_TAGS, _BUILT_IN, _FIRST_POLICY_BIT)
        options = (
            ("mask", (*policy.mask, *ALWAYS_MASK)),
            ("unmask", policy.unmask),
            ("block", (*policy.block, *ALWAYS_BLOCK, *ALSO_BLOCKED, *media)),
            ("unblock", policy.unblock),
            ("ignore", (*policy.ignore, *ALWAYS_IGNORE, *ALSO_IGNORED)),
        )
        self._rules = [facts.compile(name, texts, crosses=False) for name, texts in options]
        facts.seal()
        self._facts = facts
        self._linked = any(rule.combinators for rules in self._rules for rule in rules)
        self._known: dict[int, Matches] = {}

    # --- facts ---

    def place(self, parent: Place | None, tag: str, attributes: dict[str, object]) -> Place:
        """Return the place of an element."""
        return Place(parent, self._facts.of(tag, attributes))

    def change(self, place: Place, name: str, value: object) -> None:
        """Take an attribute change into account."""
        name = name.lower()
        if name in self._facts.names:
            bits = self._facts.without_selectors(place.bits, name) & ~_OWN_BITS.get(name, 0)
            place.bits = bits | self._facts.of_attribute(name, value)

    def own(self, place: Place) -> Matches:
        """Return which rules an element matches itself."""
        if place.bits & OTHER:
            return _NOTHING
        found = None if self._linked else self._known.get(place.bits)
        if found is None:
            found = Matches(*(self._any(rules, place) for rules in self._rules))
            if len(self._known) < _MAX_KNOWN:
                self._known[place.bits] = found
        return found

    def _any(self, rules: tuple[Rule, ...], place: Place) -> bool:
        return any(matches(rule, place, place.bits) for rule in rules)

    # --- decisions ---

    def masks_text(self, place: Place | None, *, mask_all: bool) -> bool:
        """Tell whether what an element shows is masked: the nearest rule wins, a tie masks."""
        if place is None:
            return False
        if place.bits & INPUT and place.bits & ENFORCED:
            return True
        at: Place | None = place
        while at is not None:
            own = self.own(at)
            if own.mask or own.unmask:
                return own.mask
            at = None if at.bits & BOUNDARY else at.parent
        return mask_all

    def masks_input(self, place: Place) -> bool:
        """Tell whether the value of a form field is masked."""
        return self.masks_text(place, mask_all=self.covers(place.bits))

    def covers(self, bits: int) -> bool:
        """Tell whether an element is a form field that is masked unless a rule unmasks it."""
        if bits & INPUT:
            return bits & PASSWORD != 0 or (self.policy.mask_all_inputs and not bits & UNCOVERED)
        return bits & FORM_FIELD != 0 and self.policy.mask_all_inputs

    def blocks(self, place: Place) -> bool:
        """Tell whether an element is recorded as an empty box; what is above does not count."""
        own = self.own(place)
        return own.block and not own.unblock

    def blocks_below(self, place: Place | None) -> bool:
        """Tell whether events about an element are dropped: the nearest rule wins, a tie shows."""
        while place is not None:
            own = self.own(place)
            if own.block or own.unblock:
                return not own.unblock
            place = None if place.bits & BOUNDARY else place.parent
        return False

    def masks_attribute(self, place: Place, name: str, value: str) -> bool:
        """Tell whether an attribute's value is masked like text.

        An unmask rule counts if the element itself matches it; mask rules never do.
        """
        lower = name.lower()
        if not value or self._only_absolute(place.bits, lower, value) or self.own(place).unmask:
            return False
        if lower in self.policy.mask_attributes:
            return True
        labelled = place.bits & INPUT and place.bits & EXACT_BUTTON
        return bool(self.policy.mask_all_text and lower == "value" and labelled)

    def _only_absolute(self, bits: int, name: str, value: str) -> bool:
        """Tell whether the SDK makes an address absolute and returns before it asks for masks."""
        test = _ABSOLUTE.get(name)
        return test is not None and test(bits, value)


_ABSOLUTE: dict[str, Callable[[int, str], bool]] = {
    "src": lambda _bits, _value: True,
    "srcset": lambda _bits, _value: True,
    "style": lambda _bits, _value: True,
    "href": lambda bits, value: not (bits & USE and value.startswith("#")),
    "xlink:href": lambda _bits, value: not value.startswith("#"),
    "background": lambda bits, _value: bits & CELL != 0,
    "data": lambda bits, _value: bits & OBJECT != 0,
}

_NOTHING = Matches()
_MAX_KNOWN = 65_536


def html_only(bits: int) -> int:
    """Return bits of an element that is no HTML element: SVG has other styles and scripts."""
    return bits & ~_HTML_ONLY


def records_key(key: object, *, in_field: bool, held: bool) -> bool:
    """Tell whether the SDK makes a breadcrumb of a key press.

    Not in form fields, and no key that writes a character unless Ctrl, Alt or
    Meta is held.
    """
    if in_field or not isinstance(key, str) or not key:
        return False
    return len(key) > 1 or held


@lru_cache(maxsize=64)
def compile_sentry_rules(policy: Policy) -> SentryRules:
    """Compile the options of a policy made by `Policy.sentry`."""
    return SentryRules(policy)
