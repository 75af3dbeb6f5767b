"""A compiled policy: from facts about elements to decisions.

Theory: each fact that a rule can ask about an element (its tag, a class, an
attribute test) is one bit of an integer. A `Context` is the decision for an
element: it follows from the parent's context and the element's bits alone, and
is remembered there, so that a page of a hundred thousand elements makes a few
hundred decisions. No content is kept: an element is a number.

Invariant: equal parent context and equal bits give the same context.
Failure direction: the context of a node nobody knows is `Rules.unknown`, which
masks everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from replay_redact import policy as _policy
from replay_redact._allowed import ATTRIBUTES, REWRITTEN, are_words
from replay_redact._cache import StringCache
from replay_redact._selectors import TAG, Atom, Compound, Selector, parse
from replay_redact.policy import Level, Policy

# Facts that the engine itself asks about, whatever the policy.
BOUNDARY = 1 << 0  # first below a shadow root, or a document
STYLE = 1 << 1  # text below it is CSS
SCRIPT = 1 << 2  # text below it is code
COMMENT = 1 << 3
FIELD = 1 << 4  # a form field or an option
SENSITIVE = 1 << 5  # a field that is never unmasked
MEDIA = 1 << 6  # a container of pixels or sound
IMAGE = 1 << 7  # src is an image
FRAME = 1 << 8  # src is a document
LINK = 1 << 9
SHEET = 1 << 10  # link rel=stylesheet
ICON = 1 << 11  # link rel=icon
SLOT = 1 << 12  # name is structure
USE = 1 << 13  # href is a fragment of the page
AMBIGUOUS = 1 << 14  # an id that several nodes claim
FONT = 1 << 15  # link to a font
PLACEHOLDER = 1 << 16  # blocked by the recorder already
OTHER = 1 << 17  # not an element, so no selector matches it
HIDDEN = 1 << 18  # a node that shows elsewhere, claimed by a blocked part of the page
_FIRST_POLICY_BIT = 19

_TAGS = {
    "style": STYLE,
    "script": SCRIPT,
    "template": SCRIPT,
    "input": FIELD | IMAGE,
    "textarea": FIELD,
    "select": FIELD,
    "option": FIELD,
    "img": IMAGE,
    "image": IMAGE,
    "feimage": IMAGE,
    "iframe": FRAME,
    "frame": FRAME,
    "link": LINK,
    "slot": SLOT,
    "use": USE,
    **dict.fromkeys(["svg", "video", "audio", "object", "embed", "canvas", "applet"], MEDIA),
}

_SECRET_TYPES = frozenset({"password", "hidden", "file"})
_SECRET_TOKENS = frozenset({"current-password", "new-password", "one-time-code"})


def _type_bits(value: str) -> int:
    return SENSITIVE if value.strip().lower() in _SECRET_TYPES else 0


def _autocomplete_bits(value: str) -> int:
    tokens = value.lower().split()
    secret = any(token in _SECRET_TOKENS or token.startswith("cc-") for token in tokens)
    return SENSITIVE if secret else 0


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
}

_MAX_CACHED_VALUES = 8192
_MAX_CACHED_LENGTH = 1024
_MAX_CONTEXTS = 65_536
_ATTRIBUTE_CHARACTERS = 2 * 1024 * 1024
_SHAPE_CHARACTERS = 8 * 1024 * 1024


class _Test(NamedTuple):
    """A compound over bits."""

    required: int
    excluded: tuple[_Test, ...]
    any_of: tuple[tuple[_Test, ...], ...]

    def holds(self, bits: int) -> bool:
        return (
            bits & self.required == self.required
            and not any(test.holds(bits) for test in self.excluded)
            and all(any(test.holds(bits) for test in group) for group in self.any_of)
        )


class _Rule(NamedTuple):
    """A compiled selector and what it is called in an explanation."""

    label: str
    tests: tuple[_Test, ...]
    combinators: tuple[str, ...]
    crosses: bool  # whether ancestors beyond a shadow root or iframe count


class Decision(NamedTuple):
    """What was decided for an element, and why."""

    level: Level
    rule: str
    locked: bool  # no unmask counts from here down
    mask_seen: bool  # a mask rule matched here or above
    shown: bool  # an unblock rule matched here
    in_field: bool = False  # a form field, or inside of one


NO_DECISION = Decision(
    Level.DEFAULT, "defaults of the policy", locked=False, mask_seen=False, shown=False
)


class Context:
    """The decision for an element, and all that its text and attributes need to know of it."""

    __slots__ = (
        "attributes",
        "below_masked",
        "bits",
        "blocked",
        "children",
        "css",
        "forced",
        "in_field",
        "input_masked",
        "level",
        "locked",
        "mask_seen",
        "media_masked",
        "parent",
        "plain_text",
        "rule",
        "shapes",
        "silent",
        "text_masked",
    )

    def __init__(
        self, policy: Policy, parent: Context | None, bits: int, decision: Decision
    ) -> None:
        level, rule, locked, mask_seen, shown, in_field = decision
        self.parent = parent
        self.bits = bits
        self.level = level
        self.rule = rule
        self.locked = locked
        self.mask_seen = mask_seen
        self.in_field = in_field
        self.forced = level >= Level.MASK
        self.children: dict[int, Context] = {}
        default = level is Level.DEFAULT
        self.blocked = level is Level.BLOCK
        self.text_masked = policy.mask_all_text if default else level >= Level.MASK
        self.input_masked = policy.mask_all_inputs if default else level >= Level.MASK
        self.below_masked = self.text_masked or (in_field and self.input_masked)
        self.media_masked = self.blocked or (not shown and (policy.block_all_media or self.forced))
        self.css = bits & STYLE != 0
        self.silent = bits & (SCRIPT | COMMENT) != 0
        self.plain_text = self.below_masked and not (self.css or self.silent)
        self.attributes = StringCache(_ATTRIBUTE_CHARACTERS)
        self.shapes = StringCache(_SHAPE_CHARACTERS)


class Rules:
    """A policy compiled for one recording's worth of decisions."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._bits: dict[Atom, int] = {}
        self._levels = [
            (Level.BLOCK, self._compile("block", (*_policy.ALWAYS_BLOCK, *policy.block))),
            (Level.MASK, self._compile("mask", (*_policy.ALWAYS_MASK, *policy.mask))),
            (Level.UNMASK, self._compile("unmask", policy.unmask)),
        ]
        self._unblock = self._compile("unblock", policy.unblock)
        self._ignore = self._compile("ignore", (*_policy.ALWAYS_IGNORE, *policy.ignore))
        self._linked = any(rule.combinators for rule in self._all_rules())
        self._tests = self._attribute_tests()
        self.names = frozenset(self._tests)
        self.literals = self._attribute_literals()
        self._tag_facts: dict[str, int] = {}
        self._value_facts: dict[tuple[str, str], int] = {}
        self._interned: dict[tuple[Decision, int], Context] = {}
        self._made = 0
        unknown = Decision(Level.MASK, "unknown node", locked=True, mask_seen=True, shown=False)
        self.unknown = Context(policy, None, 0, unknown)
        self.unknown.children = _AlwaysItself(self.unknown)
        hidden = Decision(
            Level.BLOCK, "id of a blocked node", locked=True, mask_seen=True, shown=False
        )
        self.hidden = Context(policy, None, 0, hidden)
        self.hidden.children = _AlwaysItself(self.hidden)
        self._root = self._decide(None, BOUNDARY | OTHER)

    @property
    def root(self) -> Context:
        """The context of the outermost document."""
        if self._made > _MAX_CONTEXTS:  # start over; contexts in use live on
            self._made = 0
            self._interned = {}
            self._root = self._decide(None, BOUNDARY | OTHER)
        return self._root

    # --- compiling ---

    def _compile(self, option: str, texts: Any) -> tuple[_Rule, ...]:
        selectors = (selector for text in texts for selector in parse(text))
        return tuple(self._rule(option, selector) for selector in selectors)

    def _rule(self, option: str, selector: Selector) -> _Rule:
        return _Rule(
            f"{option} {selector.text}",
            tuple(map(self._test, selector.compounds)),
            selector.combinators,
            crosses=option in {"mask", "block", "ignore"},
        )

    def _test(self, compound: Compound) -> _Test:
        required = 0
        for atom in compound.atoms:
            required |= self._bit(atom)
        return _Test(
            required,
            tuple(map(self._test, compound.excluded)),
            tuple(tuple(map(self._test, group)) for group in compound.any_of),
        )

    def _bit(self, atom: Atom) -> int:
        return self._bits.setdefault(atom, 1 << (_FIRST_POLICY_BIT + len(self._bits)))

    def _all_rules(self) -> Iterator[_Rule]:
        for _, rules in self._levels:
            yield from rules
        yield from self._unblock
        yield from self._ignore

    def _attribute_tests(self) -> dict[str, list[tuple[int, Atom]]]:
        tests: dict[str, list[tuple[int, Atom]]] = {name: [] for name in _BUILT_IN}
        for atom, bit in self._bits.items():
            if atom.operator != TAG:
                for name in {atom.name, atom.name.lower()}:  # HTML has names in lower case only
                    tests.setdefault(name, []).append((bit, atom))
        return tests

    def _attribute_literals(self) -> dict[str, list[Atom]]:
        """Return, by attribute, the values that selectors spell out: public, as the policy is."""
        literals: dict[str, list[Atom]] = {}
        for atom in self._bits:
            for name in {atom.name, atom.name.lower()} if atom.value else ():
                if ATTRIBUTES.get(name) not in REWRITTEN:
                    literals.setdefault(name, []).append(atom)
        return literals

    # --- facts ---

    def facts(self, tag: str, attributes: Mapping[str, Any]) -> int:
        """Return the bits of an element."""
        bits = self._tag_facts.get(tag)
        if bits is None:
            bits = self._learn_tag(tag)
        for name in self.names & attributes.keys():
            bits |= self.attribute_facts(name, attributes[name])
        return bits

    def _learn_tag(self, tag: str) -> int:
        name = tag.lower()
        bits = _TAGS.get(name, 0) | self._bits.get(Atom(name, TAG, "", ignore_case=False), 0)
        if len(self._tag_facts) < _MAX_CACHED_VALUES:
            self._tag_facts[tag] = bits
        return bits

    def attribute_facts(self, name: str, value: Any) -> int:
        """Return the bits that one attribute contributes."""
        if value is None or isinstance(value, dict | list):
            return 0
        text = "" if isinstance(value, bool) else str(value)
        bits = self._value_facts.get((name, text))
        if bits is None:
            built_in = _BUILT_IN.get(name)
            bits = built_in(text) if built_in else 0
            for bit, atom in self._tests[name]:
                bits |= bit if atom.holds(text) else 0
            if len(self._value_facts) >= _MAX_CACHED_VALUES:
                self._value_facts.clear()
            if len(text) < _MAX_CACHED_LENGTH:
                self._value_facts[name, text] = bits
        return bits

    def changed_facts(self, bits: int, name: str, value: Any) -> int:
        """Return an element's bits after an attribute change; sensitive stays sensitive."""
        if name not in self.names:
            return bits
        for bit, _ in self._tests[name]:
            bits &= ~bit
        if name == "rel":
            bits &= ~(SHEET | ICON)
        if name == "as":
            bits &= ~FONT
        return bits | self.attribute_facts(name, value)

    # --- decisions ---

    def child(self, parent: Context, bits: int) -> Context:
        """Return the context of a child with these bits."""
        context = parent.children.get(bits)
        if context is None:
            context = parent.children[bits] = self._decide(parent, bits)
        return context

    def ignores(self, context: Context) -> bool:
        """Tell whether input events of an element are dropped."""
        return any(_matches(rule, context, context.bits) for rule in self._ignore)

    def _decide(self, parent: Context | None, bits: int) -> Context:
        if bits & (AMBIGUOUS | HIDDEN):
            return self.hidden if bits & HIDDEN else self.unknown
        self._made += 1
        decision = self._decision(parent, bits)
        if self._linked:
            return Context(self.policy, parent, bits, decision)
        context = self._interned.get((decision, bits))
        if context is None:
            context = Context(self.policy, parent, bits, decision)
            self._interned[decision, bits] = context
        return context

    def _decision(self, parent: Context | None, bits: int) -> Decision:
        inherited = _inherited(parent, bits)
        if inherited.level is Level.BLOCK:
            return inherited
        level, rule = self._own_level(parent, bits) or (inherited.level, inherited.rule)
        locked = inherited.locked or bits & SENSITIVE != 0
        if locked and level < Level.MASK:
            level, rule = Level.MASK, "never unmasked: password, card, hidden or file field"
        if bits & PLACEHOLDER:
            level, rule = Level.BLOCK, "blocked by the recorder"
        shown = any(_matches(unblock, parent, bits, subject=True) for unblock in self._unblock)
        if bits & MEDIA and self.policy.block_all_media and not shown and level < Level.BLOCK:
            level, rule = Level.BLOCK, "block_all_media"
        mask_seen = inherited.mask_seen or level is Level.MASK
        in_field = inherited.in_field or bits & FIELD != 0
        return Decision(level, rule, locked, mask_seen, shown, in_field)

    def _own_level(self, parent: Context | None, bits: int) -> tuple[Level, str] | None:
        if bits & OTHER:
            return None
        for level, rules in self._levels:
            for rule in rules:
                if _matches(rule, parent, bits, subject=True):
                    return level, rule.label
        return None


def _inherited(parent: Context | None, bits: int) -> Decision:
    """Return what holds for a node before its own rules: unmask ends at a boundary."""
    if parent is None:
        return NO_DECISION
    level, rule = parent.level, parent.rule
    if level is Level.UNMASK and bits & BOUNDARY:
        level = Level.MASK if parent.mask_seen else Level.DEFAULT
        rule = "unmask ends at a shadow root or iframe"
    return Decision(
        level, rule, parent.locked, parent.mask_seen, shown=False, in_field=parent.in_field
    )


class _AlwaysItself(dict[int, Context]):
    """The children of the unknown and the hidden context: all below is as they are."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def get(self, _bits: int, _default: Any = None) -> Context:
        return self.context


def _matches(rule: _Rule, context: Context | None, bits: int, *, subject: bool = False) -> bool:
    """Match a selector from its subject upwards.

    ``context`` is the subject's own, or its parent's where ``subject`` says that
    the subject has none yet.
    """
    if not rule.tests[0].holds(bits):
        return False
    if not rule.combinators:
        return True
    parent = context if subject else context and context.parent
    return _matches_above(rule, 1, parent, bits)


def _matches_above(rule: _Rule, step: int, parent: Context | None, bits: int) -> bool:
    """Try every ancestor that the combinator before ``step`` allows."""
    todo = [(step, parent, bits)]
    seen: set[tuple[int, int]] = set()
    while todo:
        at, ancestor, below = todo.pop()
        if at == len(rule.tests):
            return True
        if ancestor is None or (below & BOUNDARY and not rule.crosses):
            continue
        if (at, id(ancestor)) in seen:
            continue
        seen.add((at, id(ancestor)))
        if not ancestor.bits & OTHER and rule.tests[at].holds(ancestor.bits):
            todo.append((at + 1, ancestor.parent, ancestor.bits))
        if rule.combinators[at - 1] == " ":
            todo.append((at, ancestor.parent, ancestor.bits))
    return False


@lru_cache(maxsize=64)
def compile_rules(policy: Policy) -> Rules:
    """Compile a policy. Rules hold caches of decisions but nothing recorded in clear."""
    return Rules(policy)
