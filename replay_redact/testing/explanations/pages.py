"""The page of each window, event by event, and the elements of it that a selector matches.

Unlike the mirror of redaction, it also knows what is below a blocked element: a user may ask why
that is hidden. A selector is matched by the code that matches the selectors of a policy.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from replay_redact import events as ev
from replay_redact._rules.facts import FIRST_OWN_BIT, Facts
from replay_redact._rules.matching import BOUNDARY, OTHER, Asked, matches
from replay_redact.nodes import Document, Element, Node
from replay_redact.testing.node_paths import MAX_STEPS, label_of


class PageNode:
    """What is remembered of a node; a ``tag`` only elements have."""

    __slots__ = ("attributes", "boundary", "parent", "tag")

    def __init__(self, node: Node, parent: int | None) -> None:
        self.tag = node.tag_name if isinstance(node, Element) else ""
        self.attributes: dict[str, Any] = {}
        if isinstance(node, Element):
            self.attributes.update(node.attributes)
        self.parent = parent
        self.boundary = node.is_shadow is True or isinstance(node, Document)


class Page:
    """The nodes of one window; ``number`` counts its full snapshots."""

    def __init__(self) -> None:
        self.nodes: dict[int, PageNode] = {}
        self.number = 0
        self._children: defaultdict[int | None, dict[int, None]] = defaultdict(dict)

    def learn(self, event: ev.Event) -> None:
        """Change the page as an event says."""
        if isinstance(event, ev.FullSnapshot):
            self.number += 1
            self._clear()
            self._enter(event.data.node, None)
        elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
            self._mutate(event.data)

    def _clear(self) -> None:
        self.nodes.clear()
        self._children.clear()

    def learn_output(self, event: ev.Event, after: ev.Event | None) -> None:
        """Change the page as the redacted form of an event says; a dropped page is gone."""
        if after is not None:
            self.learn(after)
        elif isinstance(event, ev.FullSnapshot):
            self._clear()

    def _mutate(self, mutation: ev.Mutation) -> None:
        for removal in mutation.removes:
            self._remove(removal.id)
        for addition in mutation.adds:
            self._enter(addition.node, addition.parent_id)
        for change in mutation.attributes:
            node = self.nodes.get(change.id)
            if node is not None:
                node.attributes.update(change.attributes)

    def leaving(self, event: ev.Event) -> list[int]:
        """Return the nodes that an event takes off the page, if only to put them elsewhere."""
        if isinstance(event, ev.FullSnapshot):
            return list(self.nodes)
        if isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
            data = event.data
            named = [one.id for one in data.removes] + [one.node.id for one in data.adds]
            return [below for node_id in named for below in self._subtree(node_id)]
        return []

    def _enter(self, root: Node, parent: int | None) -> None:
        todo: list[tuple[Node, int | None]] = [(root, parent)]
        for node, above in todo:
            self._remove(node.id)
            self.nodes[node.id] = PageNode(node, above)
            self._children[above][node.id] = None
            if isinstance(node, Element | Document):
                todo.extend((child, node.id) for child in node.child_nodes)

    def _remove(self, node_id: int) -> None:
        for gone in self._subtree(node_id):
            node = self.nodes.pop(gone)
            self._children[node.parent].pop(gone, None)
            self._children.pop(gone, None)

    def _subtree(self, node_id: int) -> list[int]:
        found = dict.fromkeys([node_id] if node_id in self.nodes else [])
        todo = list(found)
        for at in todo:
            below = [child for child in self._children.get(at, ()) if child not in found]
            found.update(dict.fromkeys(below))
            todo += below
        return todo

    # --- what is known ---

    def ancestors(self, node_id: int | None) -> Iterator[int]:
        """Yield a node and all above it, the outermost last; nothing of an unknown node."""
        seen: set[int] = set()
        at = node_id
        while at is not None and at in self.nodes and at not in seen:  # hostile ids may go round
            seen.add(at)
            yield at
            at = self.nodes[at].parent

    def owner(self, node_id: int | None) -> int | None:
        """Return the element that a node belongs to: itself, or the parent of a text."""
        return next((at for at in self.ancestors(node_id) if self.nodes[at].tag), node_id)

    def label(self, node_id: int) -> str:
        """Return the name of an element itself, or an empty string for any other node."""
        node = self.nodes.get(node_id)
        return label_of(node.tag, node.attributes) if node is not None and node.tag else ""

    def path(self, node_id: int | None, output: Page) -> str:
        """Return the names of a node and its nearest ancestors, the outermost first.

        They are those of the ``output``, which hides some: the path of an element below a block
        ends at the block.
        """
        labels = filter(None, map(output.label, self.ancestors(node_id)))
        nearest = list(itertools.islice(labels, MAX_STEPS))
        return " > ".join(reversed(nearest)) or f"(node {node_id})"


class _Spot:
    """An element as rules see it."""

    __slots__ = ("asked", "bits", "parent")

    def __init__(self, bits: int, parent: _Spot | None) -> None:
        self.bits = bits
        self.parent = parent
        self.asked: Asked = {}


class OfSelector:
    """Finds the elements that a selector matches, as the option ``mask`` would.

    So ancestors outside of a shadow root or a frame count. Raises `PolicyError` for a selector that
    a recording cannot decide.
    """

    def __init__(self, text: str) -> None:
        self._facts = Facts({}, {}, FIRST_OWN_BIT)
        self._rules = self._facts.compile("explain", [text], crosses=True, strict=True)
        self._facts.seal()

    def found(self, page: Page, node_ids: Iterable[int]) -> Iterator[int]:
        """Yield those of some nodes of a page that match as they are now."""
        spots: dict[int | None, _Spot] = {}
        for node_id in node_ids:
            spot = self._spot(page, node_id, spots)
            is_element = not spot.bits & OTHER
            if is_element and any(matches(rule, spot, spot.bits) for rule in self._rules):
                yield node_id

    def _spot(self, page: Page, node_id: int, spots: dict[int | None, _Spot]) -> _Spot:
        unknown = list(itertools.takewhile(lambda at: at not in spots, page.ancestors(node_id)))
        for at in reversed(unknown):
            node = page.nodes[at]
            spots[at] = _Spot(self._bits(node), spots.get(node.parent))
        return spots[node_id]

    def _bits(self, node: PageNode) -> int:
        boundary = BOUNDARY if node.boundary else 0
        return boundary | (self._facts.of(node.tag, node.attributes) if node.tag else OTHER)


class OfNode:
    """Finds one node by its id."""

    def __init__(self, node_id: int) -> None:
        self._node_id = node_id

    def found(self, _page: Page, node_ids: Iterable[int]) -> Iterator[int]:
        """Yield the node if it is one of these."""
        yield from (node_id for node_id in node_ids if node_id == self._node_id)
