"""The rule set of Sentry's browser SDK, as far as a recording can tell what its rules depend on.

The SDK asks the live DOM how far above a node the nearest mask and the nearest unmask rule
match. That is what the parent has found, unless the node matches a rule itself or a document
begins here: so it is a fold going down, as in the strict rule set. Rules reach into shadow roots
and end at documents.

The rules are those of the SDK with its oddities, which `Policy()` does not have: text right below
a shadow root is never masked, an unmask rule shows passwords, a tie between block and show_media
unblocks. What differs between versions of the SDK stands in `SDKS`.

The purpose is to equal the SDK, also where it shows too much. `_engine.sentry` drops what the SDK
would not have recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

from replay_redact._rules.decisions import (
    BLOCKED_ID,
    DEFAULTS,
    FIRST_RULE_BIT,
    HIDDEN,
    UNKNOWN_NODE,
    Decision,
    RuleSet,
)
from replay_redact._rules.facts import Facts
from replay_redact._rules.matching import BOUNDARY, OTHER
from replay_redact.policy import ALWAYS_BLOCK, ALWAYS_IGNORE, ALWAYS_MASK, Level, Policy

INPUT = 1 << FIRST_RULE_BIT
TEXTAREA = 1 << 8
SELECT = 1 << 9
OPTION = 1 << 10
STYLE = 1 << 11
SCRIPT = 1 << 12
USE = 1 << 13
OBJECT = 1 << 14
CELL = 1 << 15  # its background is an address
ENFORCED = 1 << 16  # an autocomplete value that is masked whatever the options
PASSWORD = 1 << 17
UNCOVERED = 1 << 18  # a type that mask_all_inputs does not cover
BUTTON = 1 << 19  # the type's value is a label: submit or button
EXACT_BUTTON = 1 << 20  # the same, written in lower case
UNRECORDED = 1 << 21  # it stood below a blocked element when it came
RADIO = 1 << 22
FORM_FIELD = INPUT | TEXTAREA | SELECT | OPTION
_HTML_ONLY = STYLE | SCRIPT | FORM_FIELD
_FIRST_POLICY_BIT = 23
_DOCUMENT = BOUNDARY | OTHER

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


class Sdk(NamedTuple):
    """What versions of the SDK do differently."""

    uncovered: frozenset[str]
    """Types of ``<input>`` that the SDK leaves out when it masks all inputs."""
    records_old_values: bool = False
    """If a field is empty, does the SDK record the attribute ``value`` that it had, unmasked?"""


_LABELS = frozenset({"file", "image", "reset", "submit", "button"})

SDKS = {
    "sentry-11": Sdk(uncovered=_LABELS),
    "sentry-10": Sdk(uncovered=_LABELS | {"hidden"}, records_old_values=True),
}
"""By the policy's option ``rules``: what holds for the last release of each version."""

_BUTTON_TYPES = frozenset({"submit", "button"})

MEDIA = (
    "img,image,svg,video,object,picture,embed,map,audio,"
    'link[rel="icon"],link[rel="apple-touch-icon"]'
)
"""What the option ``block_all_media`` blocks."""

ALSO_BLOCKED = ("base", "iframe[srcdoc]:not([src])")
ALSO_IGNORED = ('input[type="file"]',)


def _type_bits(sdk: Sdk, value: str) -> int:
    name = value.lower()
    bits = UNCOVERED if name in sdk.uncovered else 0
    bits |= BUTTON if name in _BUTTON_TYPES else 0
    bits |= EXACT_BUTTON if value in _BUTTON_TYPES else 0
    bits |= RADIO if name == "radio" else 0
    return bits | (PASSWORD if name == "password" else 0)


_BUILT_IN: dict[str, Callable[[str], int]] = {
    "autocomplete": lambda value: ENFORCED if value in ENFORCED_AUTOCOMPLETE else 0,
    "data-rr-is-password": lambda _: PASSWORD,
}

_OWN_BITS = {
    "type": UNCOVERED | BUTTON | EXACT_BUTTON | RADIO,  # a password stays one
    "autocomplete": ENFORCED,
}

_MEDIA_OPTION = "block_all_media"
_ENDS = "rules end at an iframe"
_ENFORCED_RULE = "autocomplete of a password or a card"
_ATTRIBUTE_RULE = "mask_attributes"


class Nearest(NamedTuple):
    """The nearest of two opposite rules, at an element or above it: whether it hides, and which."""

    hides: bool
    rule: str


class Outcome(NamedTuple):
    """What came down to a node, and what it matches itself."""

    masking: Nearest | None  # of mask and unmask
    blocking: Nearest | None  # of block and show_media
    default: str  # what to say where there is neither
    boxed: bool = False  # a rule blocks the element itself
    unmasked: bool = False  # an unmask rule matches the element itself
    ignored: bool = False  # input events of the element are dropped
    absent: str = ""  # the rule by which the SDK's recorder does not know the node

    @property
    def silent(self) -> bool:
        """Tell whether a block is nearer than a show_media: no event about it is recorded."""
        return self.blocking is not None and self.blocking.hides

    @property
    def level(self) -> Level:
        """What happens to the node, but for fields that are masked in any case."""
        if self.absent or self.silent:
            return Level.BLOCK
        if self.masking is None:
            return Level.DEFAULT
        return Level.MASK if self.masking.hides else Level.UNMASK

    @property
    def rule(self) -> str:
        """The rule that gives the level."""
        nearest = self.blocking if self.silent else self.masking
        return self.absent or (self.default if nearest is None else nearest.rule)


_START = Outcome(None, None, DEFAULTS)


class SentryDecision(Decision):
    """What the SDK decides about a node."""

    __slots__ = (
        "boxed",
        "ignored",
        "input_masked",
        "outcome",
        "silenced",
        "text_masked",
        "unmasked",
    )

    def __init__(
        self, policy: Policy, parent: SentryDecision | None, bits: int, outcome: Outcome
    ) -> None:
        enforced = bits & INPUT != 0 and bits & ENFORCED != 0
        level, rule = outcome.level, outcome.rule
        if enforced and level < Level.BLOCK:
            level, rule = Level.MASK, _ENFORCED_RULE
        super().__init__(parent, bits, level, rule)
        self.outcome = outcome
        self.css = bits & STYLE != 0
        self.silent = bits & SCRIPT != 0
        self.is_field = bits & FORM_FIELD != 0
        self.boxed = outcome.boxed
        self.silenced = outcome.silent
        self.unmasked = outcome.unmasked
        self.ignored = outcome.ignored
        nearest = outcome.masking
        by_rule = enforced or (nearest is not None and nearest.hides)
        open_ = nearest is None and not enforced
        self.text_masked = not bits & OTHER and (by_rule or (open_ and policy.mask_all_text))
        self.input_masked = by_rule or (open_ and covers(policy, bits))

    def reason(self, channel: str) -> str:
        """Return the rule that masks what would come out through a channel.

        Mask rules never concern attributes.
        """
        return _ATTRIBUTE_RULE if channel == "attribute" and not self.blocked else self.rule


class SentryRules(RuleSet[SentryDecision]):
    """The SDK's options, compiled."""

    always_masks = True  # passwords
    always_blocks = True  # documents in attributes, and all that asks for it by its class
    shows_rest = True

    def __init__(self, policy: Policy) -> None:
        self.sdk = SDKS[policy.rules]
        type_bits = partial(_type_bits, self.sdk)
        facts = Facts(_TAGS, {**_BUILT_IN, "type": type_bits}, _FIRST_POLICY_BIT)
        texts = {
            "mask": (*ALWAYS_MASK, *policy.mask),
            "unmask": policy.unmask,
            "block": (*ALWAYS_BLOCK, *ALSO_BLOCKED, *policy.block),
            _MEDIA_OPTION: (MEDIA,) if policy.block_all_media else (),
            "show_media": policy.show_media,
            "ignore_inputs": (*ALWAYS_IGNORE, *ALSO_IGNORED, *policy.ignore_inputs),
        }
        options = {name: facts.compile(name, text, crosses=False) for name, text in texts.items()}
        facts.seal()
        super().__init__(policy, facts, options)
        self.unknown = self._make(None, 0, _closed(UNKNOWN_NODE))
        self.hidden = self._make(None, 0, _closed(BLOCKED_ID))
        self._root = self._decide(None, _DOCUMENT)

    def facts(self, tag: str, attributes: Mapping[str, Any]) -> int:
        """Return what rules ask about an element."""
        return self._facts.of(tag, attributes)

    def changed_facts(self, bits: int, name: str, value: Any) -> int:
        """Return facts after a change of an attribute; a password stays one."""
        name = name.lower()
        if name not in self.names:
            return bits
        left = self._facts.without_selectors(bits, name) & ~_OWN_BITS.get(name, 0)
        return left | self._facts.of_attribute(name, value)

    # --- decisions ---

    def _make(self, parent: SentryDecision | None, bits: int, outcome: Outcome) -> SentryDecision:
        return SentryDecision(self.policy, parent, bits, outcome)

    def _decide(self, parent: SentryDecision | None, bits: int) -> SentryDecision:
        is_unwatched = bits & UNRECORDED and bits & _DOCUMENT == _DOCUMENT  # a frame below a block
        if bits & HIDDEN or is_unwatched:
            return self.hidden
        return super()._decide(parent, bits)

    def _outcome(self, parent: SentryDecision | None, bits: int) -> Outcome:
        if parent is None:
            return _START
        above = _inherited(parent.outcome, bits)
        if bits & OTHER:
            return above._replace(absent=_absence(parent, bits))
        mask, unmask = self._rule("mask", parent, bits), self._rule("unmask", parent, bits)
        block, show_media = self._block(parent, bits), self._rule("show_media", parent, bits)
        return Outcome(
            _nearest(mask, unmask) or above.masking,
            _nearest(None if show_media else block, show_media) or above.blocking,
            above.default,
            boxed=block is not None and show_media is None,
            unmasked=unmask is not None,
            ignored=self._rule("ignore_inputs", parent, bits) is not None,
            absent=_absence(parent, bits),
        )

    def _block(self, parent: SentryDecision, bits: int) -> str | None:
        rule = self._rule("block", parent, bits)
        if rule is None and self._rule(_MEDIA_OPTION, parent, bits) is not None:
            return _MEDIA_OPTION
        return rule

    def masks_attribute(self, decision: SentryDecision, name: str, value: str) -> bool:
        """Tell whether an attribute's value is masked like text.

        An unmask rule counts if the element itself matches it; mask rules never do.
        """
        lower, bits = name.lower(), decision.bits
        if not value or _is_only_absolute(bits, lower, value) or decision.unmasked:
            return False
        if lower in self.policy.mask_attributes:
            return True
        labelled = bits & INPUT and bits & EXACT_BUTTON
        return bool(self.policy.mask_all_text and lower == "value" and labelled)


def _absence(parent: SentryDecision, bits: int) -> str:
    """Return the rule of the block above a node that is not recorded."""
    if not bits & UNRECORDED:
        return ""
    return parent.rule if parent.blocked else BLOCKED_ID


def _closed(rule: str) -> Outcome:
    nearest = Nearest(hides=True, rule=rule)
    return Outcome(nearest, nearest, DEFAULTS, boxed=True)


def _inherited(above: Outcome, bits: int) -> Outcome:
    """Return what comes down to a node: nothing, if a document begins here."""
    if bits & _DOCUMENT != _DOCUMENT:
        return Outcome(above.masking, above.blocking, above.default)
    ruled = above.masking or above.blocking or above.default != DEFAULTS
    return Outcome(None, None, _ENDS if ruled else DEFAULTS)


def _nearest(hiding: str | None, showing: str | None) -> Nearest | None:
    """Return which of two rules counts, where the first wins a tie."""
    if hiding is not None:
        return Nearest(hides=True, rule=hiding)
    return None if showing is None else Nearest(hides=False, rule=showing)


def covers(policy: Policy, bits: int) -> bool:
    """Tell whether an element is a form field that is masked unless a rule unmasks it."""
    if bits & INPUT:
        return bits & PASSWORD != 0 or (policy.mask_all_inputs and not bits & UNCOVERED)
    return bits & FORM_FIELD != 0 and policy.mask_all_inputs


def _is_only_absolute(bits: int, name: str, value: str) -> bool:
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
