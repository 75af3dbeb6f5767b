"""Names of nodes and events for people; those of nodes in the form of CSS selectors.

Tags, ids and classes are public, so a message may show a chain of them. Nothing else of a node is
shown. A node that is not known is named by its id: ``(node 7)``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from replay_redact import events as ev
from replay_redact._allowlists.forms import is_tag_name
from replay_redact._allowlists.identifiers import zeroed
from replay_redact.nodes import Document, Element, Node

MAX_STEPS = 6
"""Elements in a path. Those further up are left out."""

_NAME = re.compile(r"[\w-]{1,40}")
_MAX_CLASSES = 2
_MAX_HOPS = 100


class WindowNames:
    """The names of the nodes of each window."""

    def __init__(self) -> None:
        self._of: defaultdict[ev.WindowKey, Names] = defaultdict(Names)

    def learn(self, event: ev.Event) -> None:
        """Learn the nodes that an event adds to its window."""
        self._of[ev.window_of(event)].learn(event)

    def of(self, window: ev.WindowKey) -> Names:
        """Return the names of the nodes of a window."""
        return self._of[window]


class Names:
    """The names of the nodes of one window, learned event by event."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}
        self._elements: dict[int, Element] = {}
        self._labels: dict[int, str] = {}
        self._paths: dict[int, str] = {}
        self._chains: dict[int | None, tuple[str, ...]] = {}

    def learn(self, event: ev.Event) -> None:
        """Learn the nodes that an event adds."""
        if isinstance(event, ev.FullSnapshot):
            self._parents.clear()
            self._elements.clear()
            self._labels.clear()
            self._forget_paths()
            self._enter(event.data.node)
        elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
            self._forget_paths()
            for addition in event.data.adds:
                self._parents[addition.node.id] = addition.parent_id
                self._enter(addition.node)

    def _forget_paths(self) -> None:
        self._paths.clear()
        self._chains.clear()

    def _enter(self, root: Node) -> None:
        todo = [root]
        while todo:
            node = todo.pop()
            if isinstance(node, Element):
                self._elements[node.id] = node
                self._labels.pop(node.id, None)
            elif not isinstance(node, Document):
                continue
            at = node.id
            for child in node.child_nodes:
                self._parents[child.id] = at
            todo += node.child_nodes

    def label(self, node_id: int) -> str:
        """Return the name of an element itself, or an empty string for any other node."""
        found = self._labels.get(node_id)
        if found is None and node_id in self._elements:
            element = self._elements[node_id]
            found = self._labels[node_id] = label_of(element.tag_name, element.attributes)
        return found or ""

    def path(self, node_id: int) -> str:
        """Return the names of a node and its nearest ancestors, the outermost first.

        >>> Names().path(7)
        '(node 7)'
        """
        found = self._paths.get(node_id)
        if found is None:
            above = self._parents.get(node_id)
            if node_id not in self._elements and above in self._elements:
                return self.path(above)  # a text has the name of its element
            found = self._paths[node_id] = " > ".join(self._steps(node_id))
        return found or f"(node {node_id})"

    def _steps(self, node_id: int) -> tuple[str, ...]:
        """Return the last few labels on the path to a node, and remember those of its ancestors."""
        path: list[int] = []
        at: int | None = node_id
        for _ in range(_MAX_HOPS):  # a broken recording may put a node below itself
            if at is None or at in self._chains:
                break
            path.append(at)
            at = self._parents.get(at)
        chain = self._chains.get(at, ())
        whole = at is None or at in self._chains
        for step in reversed(path):
            if step in self._elements:
                chain = (*chain, self.label(step))[-MAX_STEPS:]
            if whole or len(chain) == MAX_STEPS:
                self._chains[step] = chain
        return chain


def label_of(tag: str, attributes: dict[str, Any]) -> str:
    """Return the name of an element: its tag, with its id or its first classes.

    Long numbers in names are data. They become zeros, as in redacted recordings.

    >>> label_of("p", {"class": "lead note"}), label_of("li", {"id": "order-4711123"})
    ('p.lead.note', 'li#order-0000000')
    """
    label = zeroed(tag) if _NAME.fullmatch(tag) and is_tag_name(tag) else "?"
    own = attributes.get("id")
    if isinstance(own, str) and _NAME.fullmatch(own):
        return f"{label}#{zeroed(own)}"
    classes = attributes.get("class")
    names = classes.split()[:_MAX_CLASSES] if isinstance(classes, str) else []
    return ".".join([label, *(zeroed(name) for name in names if _NAME.fullmatch(name))])


def kind_of_event(event: ev.Event) -> str:
    """Return the kind of an event, or its incremental source.

    >>> kind_of_event(ev.Unreadable("malformed"))
    'Unreadable'
    """
    return type(event.data if isinstance(event, ev.IncrementalSnapshot) else event).__name__
