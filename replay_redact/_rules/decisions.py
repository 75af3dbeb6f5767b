"""What the two rule sets have in common: how a decision about a node is reached and remembered.

A decision follows from the decision about the parent and from the node's own facts, and from
nothing else. So decisions are a fold that goes down the tree, and they are remembered: each by
its parent and the facts, and, where no selector looks at ancestors, one for all nodes alike. A
page of a hundred thousand elements makes a few hundred decisions.

The mirror asks for some facts whatever the rule set is. They stand here. Each rule set numbers
its own facts from `FIRST_RULE_BIT` on, and the tests of the policy's selectors behind them.

Equal parent decision and equal facts give the same decision.
A node that nobody knows has the decision `RuleSet.unknown`, and so has all
below it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from replay_redact._rules.facts import FIRST_OWN_BIT, Facts
from replay_redact._rules.matching import BOUNDARY, OTHER, Asked, Rule, matches, wanted_bits
from replay_redact.policy import Level, Policy

AMBIGUOUS = 1 << FIRST_OWN_BIT  # an id that several nodes claim
HIDDEN = 1 << 3  # a node, or a claim to its id, that stood below a blocked element
SENSITIVE = 1 << 4  # a field that is never unmasked
FIRST_RULE_BIT = 5

UNKNOWN_NODE = "unknown node"
BLOCKED_ID = "id of a blocked node"
DEFAULTS = "defaults of the policy"

_MAX_DECISIONS = 65_536


class Decision(ABC):
    """The decision about one node: what happens to it, and by which rule."""

    __slots__ = (
        "asked",
        "bits",
        "blocked",
        "children",
        "css",
        "is_field",
        "level",
        "mask_seen",
        "parent",
        "rule",
        "silent",
    )
    css: bool  # text right below is CSS
    is_field: bool  # it is a form field
    silent: bool  # text right below is emptied

    def __init__(self, parent: Any, bits: int, level: Level, rule: str) -> None:
        self.parent = parent
        self.bits = bits
        self.level = level
        self.rule = rule
        self.asked: Asked = {}
        self.children: dict[int, Any] = {}
        self.blocked = level is Level.BLOCK
        self.mask_seen = False  # a mask rule matched here or above

    @abstractmethod
    def reason(self, channel: str) -> str:
        """Return the rule that masks what would come out through a channel."""


D = TypeVar("D", bound=Decision)


class RuleSet(ABC, Generic[D]):
    """Decides about nodes from facts; compiled once per policy, and shared.

    ``unknown`` is the decision about a node that nobody knows, ``hidden`` that about one below a
    block that was lifted. ``names`` are the attributes of which a change may change facts.
    """

    unknown: D
    hidden: D
    always_masks: ClassVar[bool]
    """Whether ``unmask`` can show something that is masked whatever the other options are."""

    always_blocks: ClassVar[bool]
    """Whether ``show_media`` can show something that is blocked whatever the other options are."""

    shows_rest: ClassVar[bool]
    """Whether attributes, addresses, CSS and metadata stay that no rule names."""

    def __init__(
        self, policy: Policy, facts: Facts, options: Mapping[str, tuple[Rule, ...]]
    ) -> None:
        self.policy = policy
        self.names = facts.names
        self._facts = facts
        self.options = options
        self.linked = any(rule.linked for rules in options.values() for rule in rules)
        """Whether the ancestors of an element count, so that each parent has its own decisions."""

        self._wanted = {option: wanted_bits(rules) for option, rules in options.items()}
        self._interned: dict[tuple[Any, int], D] = {}
        self._made = 0

    @property
    def root(self) -> D:
        """The decision about the outermost document."""
        if self._made > _MAX_DECISIONS:  # start over; decisions in use live on
            self._made = 0
            self._interned = {}
            self._root = self._decide(None, BOUNDARY | OTHER)
        return self._root

    @abstractmethod
    def facts(self, tag: str, attributes: Mapping[str, Any]) -> int:
        """Return what rules ask about an element."""

    @abstractmethod
    def changed_facts(self, bits: int, name: str, value: Any) -> int:
        """Return facts after a change of one of the attributes in ``names``."""

    def of_option(self, option: str) -> tuple[Rule, ...]:
        """Return the compiled selectors of an option, those of the policy last.

        There are none of an option that the rule set does not have.
        """
        return self.options.get(option, ())

    def assignment(self) -> tuple[object, ...]:
        """Return what tells which fact each bit stands for."""
        return self._facts.assignment()

    def child(self, parent: D, bits: int) -> D:
        """Return the decision about a child with these facts."""
        decision: D | None = parent.children.get(bits)
        if decision is None:
            if parent is self.hidden or (parent is self.unknown and not bits & HIDDEN):
                return parent  # all below is as they are
            decision = parent.children[bits] = self._decide(parent, bits)
        return decision

    def _decide(self, parent: D | None, bits: int) -> D:
        if bits & HIDDEN and (parent is None or not parent.blocked):
            return self.hidden  # while the block is there, it gives the rule
        outcome = self._outcome(parent, bits)
        if bits & AMBIGUOUS and outcome.level is not Level.BLOCK:
            return self.unknown
        self._made += 1
        if self.linked:
            return self._make(parent, bits, outcome)
        decision = self._interned.get((outcome, bits))
        if decision is None:
            decision = self._interned[outcome, bits] = self._make(parent, bits, outcome)
        return decision

    @abstractmethod
    def _outcome(self, parent: D | None, bits: int) -> Any:
        """Return what is decided, from what came down and a node's own facts.

        It has a ``level`` and can be hashed: equal outcomes and facts share a decision.
        """

    @abstractmethod
    def _make(self, parent: D | None, bits: int, outcome: Any) -> D:
        """Return the decision that an outcome means for a node with these facts."""

    def _rule(self, option: str, parent: D | None, bits: int) -> str | None:
        """Return the first rule of an option that an element matches."""
        wanted = self._wanted[option]
        for rule in self.options[option] if wanted is None or bits & wanted else ():
            if matches(rule, parent, bits, subject=True):
                return rule.label
        return None


def is_code(above: Decision, facts: int) -> bool:
    """Tell whether a text at the top of a shadow root is code or CSS, as its parent says."""
    return facts == OTHER | BOUNDARY and (above.silent or above.css)
