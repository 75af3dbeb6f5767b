"""The strict rule set: private by default.

If several rules match an element, a block wins over a mask, and a mask over an unmask. If none
matches, the decision about the parent holds. A block or a mask reaches into shadow roots and
frames; an unmask ends there. Password, card, hidden and file fields are never unmasked.

The decision about a node that nobody knows masks everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

from replay_redact import policy as _policy
from replay_redact._allowlists.forms import are_words
from replay_redact._allowlists.vendor_marks import selectors
from replay_redact._allowlists.words import CODE_TAGS
from replay_redact._css.attribute_patterns import AttributePattern, attribute_pattern
from replay_redact._css.literals import literals_of
from replay_redact._css.policy_selectors import TAG
from replay_redact._css.tokens import is_property_name
from replay_redact._rules.decisions import (
    AMBIGUOUS,
    BLOCKED_ID,
    DEFAULTS,
    FIRST_RULE_BIT,
    SENSITIVE,
    UNKNOWN_NODE,
    Decision,
    RuleSet,
)
from replay_redact._rules.facts import CUSTOM_TAG, Facts
from replay_redact._rules.field_names import is_secret_name, shows_dots
from replay_redact._rules.matching import BOUNDARY, OTHER, directions, matches
from replay_redact.policy import Level, Policy, StoredPolicy

# Facts that the engine asks about, whatever the policy.
STYLE = 1 << FIRST_RULE_BIT  # text below it is CSS
SCRIPT = 1 << 8  # text below it is code
COMMENT = 1 << 9
FIELD = 1 << 10  # a form field or an option
MEDIA = 1 << 11  # a container of pixels or sound
IMAGE = 1 << 12  # src is an image
FRAME = 1 << 13  # src is a document
LINK = 1 << 14
SHEET = 1 << 15  # link rel=stylesheet
ICON = 1 << 16  # link rel=icon
SLOT = 1 << 17  # name is structure
USE = 1 << 18  # href is a fragment of the page
FONT = 1 << 19  # link to a font
PLACEHOLDER = 1 << 20  # blocked by the recorder already
BUTTON = 1 << 21  # a field whose value is its label
PLAYED = 1 << 22  # has controls that browsers draw
EMBED = 1 << 23  # not shown at all without an address
SECRET_NAME = 1 << 24  # called what fields are called that hold secrets
EDITABLE = 1 << 25  # people type into it, though it is no field
PICTURE = 1 << 26  # says what an image, a frame or a part of one shows
IMAGE_BUTTON = 1 << 27  # an input that is an image
NOT_CSS = 1 << 28  # says that its text is of another type, if it is a style element
DRAWN = 1 << 29  # browsers draw its value: a color, or a bar
CUSTOM = 1 << 30  # a custom element
_FIRST_POLICY_BIT = 31

_TAGS = {
    "style": STYLE,
    **dict.fromkeys(CODE_TAGS, SCRIPT),
    "input": FIELD | IMAGE,
    **dict.fromkeys(["meter", "progress"], DRAWN),
    **dict.fromkeys(["textarea", "select", "option"], FIELD),
    **dict.fromkeys(["img", "image", "feimage"], IMAGE | PICTURE),
    **dict.fromkeys(["iframe", "frame"], FRAME | PICTURE),
    **dict.fromkeys(["picture", "source", "track", "map", "area"], PICTURE),
    CUSTOM_TAG: CUSTOM,
    "link": LINK,
    "slot": SLOT,
    "use": USE,
    "video": MEDIA | PLAYED,
    "audio": MEDIA | PLAYED,
    "embed": MEDIA | EMBED,
    **dict.fromkeys(["svg", "object", "canvas", "applet"], MEDIA),
}

_SECRET_TYPES = frozenset({"password", "hidden", "file"})
_DRAWN_TYPES = {"image": IMAGE_BUTTON, "color": DRAWN}
_CSS_TYPES = frozenset({"", "text/css"})  # browsers take no other, blanks and all
_BUTTON_TYPES = frozenset({"submit", "button", "reset"})
_SECRET_TOKENS = frozenset({"current-password", "new-password", "one-time-code"})


def _type_bits(value: str) -> int:
    low = value.strip().lower()
    bits = SENSITIVE if low in _SECRET_TYPES else 0
    bits |= _DRAWN_TYPES.get(low, 0)
    bits |= 0 if value.lower() in _CSS_TYPES else NOT_CSS
    return bits | (BUTTON if value.lower() in _BUTTON_TYPES else 0)


def _autocomplete_bits(value: str) -> int:
    tokens = value.lower().split()
    if any(token in _SECRET_TOKENS or token.startswith("cc-") for token in tokens):
        return SENSITIVE
    return _name_bits(value)


def _name_bits(value: str) -> int:
    return SECRET_NAME if is_secret_name(value) else 0


def _editable_bits(value: str) -> int:
    return 0 if value.strip().lower() == "false" else EDITABLE


def _rel_bits(value: str) -> int:
    tokens = value.lower().split()
    sheet = SHEET if "stylesheet" in tokens and are_words(value) else 0
    return sheet | (ICON if any("icon" in token for token in tokens) else 0)


_BUILT_IN: dict[str, Callable[[str], int]] = {
    "type": _type_bits,
    "autocomplete": _autocomplete_bits,
    "data-rr-is-password": lambda _: SENSITIVE,
    "rel": _rel_bits,
    "rr_width": lambda _: PLACEHOLDER,
    "as": lambda value: FONT if value.strip().lower() == "font" else 0,
    "style": lambda value: SENSITIVE if shows_dots(value) else 0,
    "contenteditable": _editable_bits,
    **dict.fromkeys(["name", "id", "aria-label", "placeholder"], _name_bits),
}

_LOST_WITH = {  # if they change
    "type": BUTTON | IMAGE_BUTTON | NOT_CSS | DRAWN,
    "rel": SHEET | ICON,
    "as": FONT,
}

_LEVELS = {"block": Level.BLOCK, "mask": Level.MASK, "unmask": Level.UNMASK}
_ALLOWED = "allow_attributes"
OPENING = frozenset({"unmask", "show_media", "words_in", _ALLOWED})
_INPUTS = "mask inputs"
_MEDIA_RULE = "block_all_media"
_SENSITIVE_FIELD = "never unmasked: password, card, hidden or file field"


class Outcome(NamedTuple):
    """What was decided for an element, and why."""

    level: Level
    rule: str
    lock: str  # why no unmask counts from here down, if none does
    mask_seen: bool  # a mask rule matched here or above
    shown: bool  # a show_media rule matched here
    in_field: bool = False  # a form field, or inside of one
    inputs: bool = False  # a mark here or above masks form fields
    allowed: tuple[AttributePattern, ...] = ()  # attributes that may stay
    edited: bool = False  # people type into it
    words: bool = False  # below what ``words_in`` selects
    changes: bool = False  # said of what changes in place: no part of it may be shown


NO_OUTCOME = Outcome(Level.DEFAULT, DEFAULTS, lock="", mask_seen=False, shown=False)


class Context(Decision):
    """The decision for an element, and all that its text and attributes need to know of it."""

    __slots__ = tuple(
        "allowed below_masked changed changes digits edited forced in_field input_masked inputs"
        " kernel_bits lock media_masked plain_text says_masked text_masked words words_in".split()
    )

    def __init__(self, policy: Policy, parent: Context | None, bits: int, outcome: Outcome) -> None:
        level, rule, lock, mask_seen, shown, in_field, inputs, allowed, *late = outcome
        self.edited, self.words_in, self.changes = late
        super().__init__(parent, bits, level, rule)
        self.kernel_bits: int | None = None  # what a kernel has to know of it, once one asked
        self.lock = lock
        self.mask_seen = mask_seen
        self.in_field = in_field
        self.is_field = bits & FIELD != 0
        self.inputs = inputs
        self.forced = level >= Level.MASK
        default = level is Level.DEFAULT
        self.words = self.words_in and default and not (in_field or self.edited)
        partly = default and policy.mask_all_text and policy.mask_text != "all"
        partly = partly and not (self.edited or self.changes)
        self.digits = partly and policy.mask_text == "digits"
        self.text_masked = not partly and (policy.mask_all_text if default else self.forced)
        self.changed = self
        if partly and not self.digits:
            self.changed = Context(policy, parent, bits, outcome._replace(changes=True))
        self.input_masked = inputs or (policy.mask_all_inputs if default else level >= Level.MASK)
        self.below_masked = self.text_masked or (in_field and self.input_masked)
        self.media_masked = self.forced or (not shown and policy.block_all_media)
        pictured = self.media_masked and bits & (PICTURE | IMAGE_BUTTON) != 0
        self.says_masked = self.text_masked or pictured
        self.allowed = () if pictured else allowed  # it is gray, like what is blocked
        style = bits & STYLE != 0
        self.css = style and not bits & NOT_CSS
        self.silent = bits & (SCRIPT | COMMENT) != 0 or style != self.css
        self.plain_text = self.below_masked and not (self.css or self.silent)

    def reason(self, channel: str) -> str:
        """Return the rule that masks what would come out through a channel."""
        by_default = channel == "media" and self.media_masked and self.level < Level.MASK
        return _MEDIA_RULE if by_default else self.rule


class Rules(RuleSet[Context]):
    """The strict rules of a policy, compiled.

    ``shared`` are the facts of the rules of other pages, see `_rules.pages`.
    """

    always_masks = False
    always_blocks = False
    shows_rest = False

    def __init__(self, policy: Policy, shared: Facts | None = None) -> None:
        facts = shared or strict_facts(policy)
        block = (*_policy.ALWAYS_BLOCK, *selectors("block"), *policy.block)
        mask = (*_policy.ALWAYS_MASK, *selectors("mask"), *policy.mask)
        ignored = (*_policy.ALWAYS_IGNORE, *selectors("ignore"), *policy.ignore_inputs)
        compile_closing = partial(facts.compile, crosses=True, strict=True)
        compile_opening = partial(facts.compile, crosses=False, strict=True)
        options = {
            "block": compile_closing("block", block),
            "never_unmask": compile_closing("never_unmask", policy.never_unmask),
            "mask": compile_closing("mask", mask),
            "unmask": compile_opening("unmask", policy.unmask),
            "show_media": compile_opening("show_media", policy.show_media),
            "words_in": compile_opening("words_in", policy.words_in),
            _INPUTS: compile_closing(_INPUTS, selectors(_INPUTS)),
            "ignore_inputs": compile_closing("ignore_inputs", ignored),
        }
        patterns = map(attribute_pattern, policy.allow_attributes)
        self._patterns = [
            (pattern, compile_opening(_ALLOWED, [pattern.selector])) for pattern in patterns
        ]
        options[_ALLOWED] = tuple(rule for _, rules in self._patterns for rule in rules)
        self._opening, self._closing = directions(options, OPENING)
        self._partly = policy.mask_text != "all" or bool(policy.show_words)
        if shared is None:
            facts.seal(self._opening, self._closing)
        super().__init__(policy, facts, options)
        atoms = facts.take_latest()
        self.literals = literals_of(atoms)
        self.tags = frozenset(atom.name for atom in atoms if atom.operator == TAG)
        asked = (atom.name.lower() for atom in atoms if atom.operator != TAG)
        self.asked = frozenset({*_BUILT_IN, *asked})
        unknown = Outcome(Level.MASK, UNKNOWN_NODE, lock=UNKNOWN_NODE, mask_seen=True, shown=False)
        self.unknown = self._make(None, FIELD, unknown)  # it may be one
        hidden = Outcome(Level.BLOCK, BLOCKED_ID, lock=BLOCKED_ID, mask_seen=True, shown=False)
        self.hidden = self._make(None, 0, hidden)
        self._root = self._decide(None, BOUNDARY | OTHER)

    def facts(self, tag: str, attributes: Mapping[str, Any]) -> int:
        """Return what rules ask about an element."""
        bits = self._facts.of(tag, attributes)
        return _with_secrets(bits) if bits & SECRET_NAME else bits

    def changed_facts(self, bits: int, name: str, value: Any) -> int:
        """Return bits after a change of one of the ``names``; what is sensitive stays so."""
        low = name.lower()
        left = bits
        if bits:
            left = self._facts.without_selectors(bits, low) & ~_LOST_WITH.get(low, 0)
        if left != bits and name != low:  # HTML has one of the two; here each may count, or not
            left = bits | AMBIGUOUS
        return _with_secrets(left | self._facts.of_attribute(low, value))

    def untold_facts(self, known: int, facts: int) -> int:
        """Return the stricter of what was known and what is new, if the output does not tell it."""
        return (facts | known & self._closing) & ~self.untold_openings(known)

    def untold_openings(self, told: int) -> int:
        """Return the bits that only open, but for those that are told."""
        return self._opening & ~told

    def untold_change(self, facts: int, name: str) -> int:
        """Return facts after a change of an attribute that was taken back out of the output."""
        of_name = self._facts.selectors_of(name.lower())
        return (facts | of_name & self._closing) & ~(of_name & self._opening)

    # --- decisions ---

    def may_allow(self, name: str) -> bool:
        """Tell whether ``allow_attributes`` lets an attribute of some element stay."""
        return any(pattern.fits(name) for pattern, _ in self._patterns) and is_property_name(name)

    @property
    def all_facts(self) -> Facts:
        """The facts that elements are asked for."""
        return self._facts

    def ignores(self, context: Context) -> bool:
        """Tell whether input events of an element are dropped."""
        return any(matches(rule, context, context.bits) for rule in self.of_option("ignore_inputs"))

    def _make(self, parent: Context | None, bits: int, outcome: Outcome) -> Context:
        return Context(self.policy, parent, bits, outcome)

    def _outcome(self, parent: Context | None, bits: int) -> Outcome:
        inherited = _inherited(parent, bits)
        if inherited.level is Level.BLOCK:
            return inherited
        own = self._own_level(parent, bits)
        level, rule = own or (inherited.level, inherited.rule)
        lock = inherited.lock or self._lock(parent, bits)
        if lock and level < Level.MASK:
            level, rule = Level.MASK, lock
        if bits & PLACEHOLDER:
            level, rule = Level.BLOCK, "blocked by the recorder"
        shown = self._rule("show_media", parent, bits) is not None
        if bits & MEDIA and self.policy.block_all_media and not shown and level < Level.BLOCK:
            level, rule = Level.BLOCK, _MEDIA_RULE
        mask_seen = inherited.mask_seen or level is Level.MASK
        in_field = inherited.in_field or bits & FIELD != 0
        inputs = inherited.inputs if own is None else False
        if not inputs and not bits & OTHER:
            inputs = self._rule(_INPUTS, parent, bits) is not None
        allowed = () if lock or level is Level.BLOCK else self._allowed(parent, bits)
        words = inherited.words
        if not words and not bits & OTHER:
            words = self._rule("words_in", parent, bits) is not None
        edited = inherited.edited or (self._partly and bits & EDITABLE != 0)
        own_part = level, rule, lock, mask_seen, shown, in_field, inputs, allowed
        return Outcome(*own_part, edited, words, inherited.changes)

    def _lock(self, parent: Context | None, bits: int) -> str:
        """Return why nothing at or below an element is unmasked, or nothing."""
        if bits & SENSITIVE:
            return _SENSITIVE_FIELD
        own = None if bits & OTHER else self._rule("never_unmask", parent, bits)
        return own or ""

    def _allowed(self, parent: Context | None, bits: int) -> tuple[AttributePattern, ...]:
        """Return the patterns of attributes of an element that may stay."""
        if bits & OTHER:
            return ()
        return tuple(
            pattern
            for pattern, rules in self._patterns
            if any(matches(rule, parent, bits, subject=True) for rule in rules)
        )

    def _own_level(self, parent: Context | None, bits: int) -> tuple[Level, str] | None:
        if bits & OTHER:
            return None
        for option, level in _LEVELS.items():
            rule = self._rule(option, parent, bits)
            if rule is not None:
                return level, rule
        return None


def _with_secrets(bits: int) -> int:
    """Make what people type into sensitive if it is called what secrets are called."""
    if bits & SECRET_NAME and bits & (FIELD | EDITABLE) and not bits & BUTTON:
        return bits | SENSITIVE
    return bits


def strict_facts(policy: Policy) -> Facts:
    """Return facts that no selector asks about yet."""
    doubts = isinstance(policy, StoredPolicy)
    return Facts(_TAGS, _BUILT_IN, _FIRST_POLICY_BIT, SENSITIVE, doubts=doubts)


def _inherited(parent: Context | None, bits: int) -> Outcome:
    """Return what holds for a node before its own rules: unmask ends at a boundary."""
    if parent is None:
        return NO_OUTCOME
    level, rule = parent.level, parent.rule
    if level is Level.UNMASK and bits & BOUNDARY:
        level = Level.MASK if parent.mask_seen else Level.DEFAULT
        rule = "unmask ends at a shadow root or iframe"
    return Outcome(
        level,
        rule,
        parent.lock,
        parent.mask_seen,
        shown=False,
        in_field=parent.in_field,
        inputs=parent.inputs,
        edited=parent.edited,
        words=parent.words_in and not bits & BOUNDARY,
        changes=parent.changes,
    )


@lru_cache(maxsize=64)
def compile_rules(policy: Policy) -> Rules:
    """Compile a policy. Rules hold caches of decisions but nothing recorded in clear."""
    return Rules(policy)
