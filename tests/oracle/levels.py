"""The level of a node, from the outermost node down to it.

The rules in short: the nearest matching rule wins, and in a tie the stricter one. Mask and block
cross shadow roots and documents of frames, unmask does not. Sensitive fields are never unmasked.
Nodes below a block are dropped.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.oracle.dom import ELEMENT, Dom, Node
from tests.oracle.options import Options
from tests.oracle.selectors import Selector

DEFAULT, UNMASK, MASK, BLOCK = range(4)

_FIELDS = {"input", "textarea", "select", "option"}
_PICTURES = frozenset("img image feimage iframe frame picture source track map area".split())
_CODE = {"script", "template", "noscript"}
_MEDIA = {"video", "audio", "embed", "svg", "object", "canvas", "applet"}


class Decision(NamedTuple):
    """The decision about a node. Nodes below inherit it, unless a rule matches them."""

    level: int = DEFAULT
    locked: bool = False  # a sensitive field, or inside one
    masked_above: bool = False  # a mask rule matched here or above
    in_field: bool = False
    css: bool = False
    code: bool = False
    picture: bool = False
    shown: bool = False  # a show_media rule matches the element itself
    edited: bool = False  # people type into it
    allowed: tuple[str, ...] = ()  # names of attributes that stay, or beginnings of names with a *

    def allows(self, name: str) -> bool:
        """Tell whether an attribute stays, though text is masked here."""
        return any(
            name.startswith(own[:-1]) if own.endswith("*") else name == own for own in self.allowed
        )

    @property
    def forced(self) -> bool:
        """Tell whether this is masked by a rule, or because it is unknown."""
        return self.level >= MASK

    @property
    def blocked(self) -> bool:
        return self.level == BLOCK


UNKNOWN = Decision(MASK, locked=True, masked_above=True, in_field=True)
HIDDEN = UNKNOWN._replace(level=BLOCK)
_NOTHING = Decision()


class Levels:
    """Decisions about the nodes of a page; call `clear` when it has changed."""

    def __init__(self, options: Options, dom: Dom) -> None:
        self.options = options
        self.dom = dom
        self._known: dict[Node, Decision] = {}
        self.changing = False  # whether the claim that asks is about what changes in place
        self.partly = False  # whether what was asked for is shown without its digits

    def clear(self) -> None:
        self._known = {}

    def of_id(self, node_id: object) -> Decision:
        """Return the decision about the node with an id."""
        if not isinstance(node_id, int):
            return UNKNOWN
        node = self.dom.nodes.get(node_id)
        return UNKNOWN if node is None else self.of(node)

    def of(self, node: Node) -> Decision:
        """Return the decision about a node: unknown, if the page does not have it."""
        way: list[Node] = []
        at: Node | None = node
        while at is not None and at not in self._known:
            way.append(at)
            at = at.parent
        decision = _NOTHING if at is None else self._known[at]
        for step in reversed(way):
            decision = self._known[step] = self._below(step, decision)
        return decision

    def is_blocked(self, node: Node) -> bool:
        return self.of(node).blocked

    def above(self, node: Node) -> Decision:
        """Return the decision about the parent of a node."""
        return UNKNOWN if node.parent is None else self.of(node.parent)

    def _below(self, node: Node, above: Decision) -> Decision:
        """Return the decision about a node below another."""
        if above.blocked:
            return above
        if node.veiled or node.id in self.dom.veiled:
            return HIDDEN
        if above is UNKNOWN:
            return UNKNOWN
        level = above.level
        if level == UNMASK and node.is_boundary:
            level = MASK if above.masked_above else DEFAULT
        if node.kind != ELEMENT:
            return self._checked(node, above._replace(level=level, shown=False, allowed=()))
        return self._checked(node, self._element(node, above, level))

    def _checked(self, node: Node, decision: Decision) -> Decision:
        doubtful = node.shared or node.id in self.dom.claimed_twice
        if doubtful and not decision.blocked:
            return UNKNOWN
        return decision

    def _element(self, node: Node, above: Decision, inherited: int) -> Decision:
        own = self._own_level(node)
        level = inherited if own is None else own
        locked = above.locked or node.id in self.dom.sensitive or node.looks_sensitive()
        options = self.options
        locked = locked or _any(options.closed, node, crosses=True)
        if locked:
            level = max(level, MASK)
        shown = _any(options.unblocks, node, crosses=False)
        media = node.tag in _MEDIA and options.block_all_media and not shown
        if media or "rr_width" in node.attributes:
            level = BLOCK
        return Decision(
            level,
            locked=locked,
            masked_above=above.masked_above or level == MASK,
            in_field=above.in_field or node.tag in _FIELDS,
            css=node.tag == "style",
            code=node.tag in _CODE,
            picture=node.tag in _PICTURES,
            shown=shown,
            edited=above.edited or node.is_edited(),
            allowed=() if locked or level == BLOCK else self._allowed(node),
        )

    def _allowed(self, node: Node) -> tuple[str, ...]:
        return tuple(
            name for where, name in self.options.allowed if _any(where, node, crosses=False)
        )

    def _own_level(self, node: Node) -> int | None:
        options = self.options
        if _any(options.blocks, node, crosses=True):
            return BLOCK
        if _any(options.masks, node, crosses=True):
            return MASK
        return UNMASK if _any(options.unmasks, node, crosses=False) else None

    # --- what a decision means -----------------------------------------------------------

    def shows_text(self, decision: Decision) -> bool:
        """Tell whether attributes, and text that is not in a field, may be read."""
        if decision.level != DEFAULT or not self.options.mask_all_text:
            return decision.level in {DEFAULT, UNMASK}
        mode = self.options.mask_text
        self.partly = mode == "digits" and not decision.edited
        grows = self.changing or decision.edited
        return self.partly or (mode == "matches" and not grows)

    def shows_input(self, decision: Decision) -> bool:
        if decision.level == DEFAULT:
            return not self.options.mask_all_inputs
        return decision.level == UNMASK

    def shows_inner_text(self, decision: Decision) -> bool:
        """Tell whether a text below an element may be read. Inside a field it is input, too."""
        return self.shows_text(decision) and (not decision.in_field or self.shows_input(decision))

    def shows_css(self, decision: Decision) -> bool:
        return not self.options.mask_css and not decision.forced

    def shows_media(self, decision: Decision) -> bool:
        return not decision.forced and (decision.shown or not self.options.block_all_media)

    def ignores(self, node_id: int) -> bool:
        """Tell whether input events of a field are dropped."""
        node = self.dom.nodes.get(node_id)
        return node is not None and _any(self.options.ignores, node, crosses=True)


def _any(selectors: list[Selector], node: Node, *, crosses: bool) -> bool:
    return any(selector.matches(node, crosses=crosses) for selector in selectors)
