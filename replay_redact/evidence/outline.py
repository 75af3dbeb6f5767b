"""Where an element stands in a page: the element, its ancestors, and their neighbours.

An outline holds only public names of elements: tags, ids and classes. It holds no text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from replay_redact import events as ev
from replay_redact.nodes import Document, Element, Node
from replay_redact.testing.node_paths import MAX_STEPS, label_of

_BESIDE = 2  # elements that are shown on either side


class Level(NamedTuple):
    """One element on the way to a place, and its neighbours.

    ``before`` and ``after`` are the names of the nearest elements beside it; ``left_out`` counts
    those farther away on either side.
    """

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    left_out: tuple[int, int]


Outline = tuple[Level, ...]
"""The elements around a place, the outermost first. The last is the place itself."""


class _Node:
    __slots__ = ("children", "name", "parent")

    def __init__(self, name: str, parent: int | None) -> None:
        self.name = name  # empty for a node that is no element
        self.parent = parent
        self.children: list[int] = []


class Page:
    """The elements of one window, learned event by event.

    ``hidden`` are attributes that a policy masks.
    """

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self._hidden = hidden
        self._nodes: dict[int, _Node] = {}

    def learn(self, event: ev.Event) -> None:
        """Learn what an event adds and removes."""
        if isinstance(event, ev.FullSnapshot):
            self._nodes.clear()
            self._enter(event.data.node, None)
        elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
            for removal in event.data.removes:
                self._leave(removal.id)
            for addition in event.data.adds:
                self._leave(addition.node.id)  # a node that is moved is added again
                self._enter(addition.node, addition.parent_id, addition.next_id)

    def _enter(self, root: Node, parent: int | None, next_id: int | None = None) -> None:
        if parent is not None and parent in self._nodes:
            beside = self._nodes[parent].children
            at = beside.index(next_id) if next_id in beside else len(beside)
            beside.insert(at, root.id)
        todo: list[tuple[Node, int | None]] = [(root, parent)]
        while todo:
            node, above = todo.pop()
            if isinstance(node, Element):
                own = _Node(label_of(node.tag_name, node.attributes, self._hidden), above)
            else:
                own = _Node("", above)
            self._nodes[node.id] = own
            if isinstance(node, Element | Document):
                own.children = [child.id for child in node.child_nodes]
                todo += [(child, node.id) for child in node.child_nodes]

    def _leave(self, node_id: int) -> None:
        """Remove a node from its parent, but remember it: a leak may be about it."""
        node = self._nodes.get(node_id)
        above = (
            None if node is None else self._nodes.get(-1 if node.parent is None else node.parent)
        )
        if above is not None and node_id in above.children:
            above.children.remove(node_id)

    def ancestors(self, node_id: int) -> Iterator[int]:
        """Yield a node and its ancestors."""
        seen: set[int] = set()
        at: int | None = node_id
        # Hostile ids may form a cycle.
        while at is not None and at in self._nodes and at not in seen:
            seen.add(at)
            yield at
            at = self._nodes[at].parent

    def outline(self, node_id: int) -> Outline:
        """Return where a node stands; it is empty if the node is not known.

        >>> Page().outline(7)
        ()
        """
        elements = [at for at in self.ancestors(node_id) if self._nodes[at].name]
        return tuple(self._level(at) for at in reversed(elements[:MAX_STEPS]))

    def _level(self, node_id: int) -> Level:
        node = self._nodes[node_id]
        above = self._nodes.get(-1 if node.parent is None else node.parent)
        beside = [node_id] if above is None else above.children
        known = [at for at in beside if at in self._nodes and self._nodes[at].name]
        at = known.index(node_id) if node_id in known else len(known)
        before, after = known[max(at - _BESIDE, 0) : at], known[at + 1 : at + 1 + _BESIDE]
        left_out = at - len(before), max(len(known) - at - 1 - len(after), 0)
        return Level(node.name, self._names(before), self._names(after), left_out)

    def _names(self, nodes: list[int]) -> tuple[str, ...]:
        return tuple(self._nodes[at].name for at in nodes)
