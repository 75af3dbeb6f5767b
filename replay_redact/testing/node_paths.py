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
from replay_redact.nodes import Document, Element, Node, Text
from replay_redact.policy import Policy
from replay_redact.policy.pages import policies_of

MAX_STEPS = 6
"""Elements in a path. Those further up are left out."""

_NAME = re.compile(r"[\w-]{1,40}")
_MAX_CLASSES = 2
_MAX_HOPS = 100


class WindowNames:
    """The names of the nodes of each window. ``hidden`` are attributes that a policy masks."""

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self._of: defaultdict[ev.WindowKey, Names] = defaultdict(lambda: Names(hidden))

    def learn(self, event: ev.Event) -> None:
        """Learn the nodes that an event adds to its window."""
        self._of[ev.window_of(event)].learn(event)

    def of(self, window: ev.WindowKey) -> Names:
        """Return the names of the nodes of a window."""
        return self._of[window]


class _Step:
    """A chain of labels. Nodes with the same chain share it, and so its text."""

    __slots__ = ("below", "known", "labels", "text")

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = labels[-MAX_STEPS:]
        self.text = " > ".join(self.labels)
        self.below: dict[str, _Step] = {}
        self.known: dict[tuple[Any, ...], _Step] = {}  # by what the label below is made of

    def down(self, label: str) -> _Step:
        step = self.below.get(label)
        if step is None:
            step = self.below[label] = _Step((*self.labels, label))
        return step


class Names:
    """The names of the nodes of one window, learned event by event."""

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self._hidden = hidden
        self._parents: dict[int | None, int] = {}
        self._elements: dict[int | None, Element] = {}
        self._top = _Step(())
        self._steps: dict[int | None, _Step] = {}

    def learn(self, event: ev.Event) -> None:
        """Learn the nodes that an event adds."""
        if isinstance(event, ev.FullSnapshot):
            self._parents.clear()
            self._elements.clear()
            self._steps.clear()
            self._top = _Step(())
            self._enter(event.data.node)
        elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
            self._steps.clear()
            for addition in event.data.adds:
                self._parents[addition.node.id] = addition.parent_id
                self._enter(addition.node)

    def _enter(self, root: Node) -> None:
        parents, elements = self._parents, self._elements
        todo = [root]
        while todo:
            node = todo.pop()
            if type(node) is Element:
                elements[node.id] = node
            elif not isinstance(node, Document):
                continue
            at = node.id
            for child in node.child_nodes:
                parents[child.id] = at
                if type(child) is not Text:
                    todo.append(child)

    def _below(self, above: _Step, element: Element) -> _Step:
        """Return the step to an element from the one to its parent."""
        tag, attributes = element.tag_name, element.attributes
        key = (tag, attributes.get("id"), attributes.get("class")) if attributes else (tag,)
        try:
            found = above.known.get(key)
        except TypeError:  # a list cannot be looked up
            return above.down(label_of(tag, attributes, self._hidden))
        if found is None:
            found = above.down(label_of(tag, attributes, self._hidden))
            above.known[key] = found
        return found

    def path(self, node_id: int) -> str:
        """Return the names of a node and its nearest ancestors, the outermost first.

        A text has the name of its element.

        >>> Names().path(7)
        '(node 7)'
        """
        at: int | None = node_id
        element = self._elements.get(at)
        if element is None:
            at = self._parents.get(node_id)
            element = self._elements.get(at)
        step = self._steps.get(at)
        if step is None:
            above = self._steps.get(self._parents.get(at))
            if element is None or above is None:
                step = self._step(node_id)
            else:
                step = self._steps[at] = self._below(above, element)
        return step.text or f"(node {node_id})"

    def _step(self, node_id: int) -> _Step:
        """Return the last few labels on the path to a node, and remember those of its ancestors."""
        steps, parents, elements = self._steps, self._parents, self._elements
        path: list[int] = []
        at: int | None = node_id
        for _ in range(_MAX_HOPS):  # a broken recording may put a node below itself
            if at is None or at in steps:
                break
            path.append(at)
            at = parents.get(at)
        step = steps.get(at, self._top)
        whole = at is None or at in steps
        for each in reversed(path):
            element = elements.get(each)
            if element is not None:
                step = self._below(step, element)
            if whole or len(step.labels) == MAX_STEPS:
                steps[each] = step
        return step


def hidden_by(policy: Policy) -> frozenset[str]:
    """Return the attributes that a policy, or a page of it, masks whatever they are.

    >>> page = {"url": "/account", "mask_attributes": "class"}
    >>> sorted(hidden_by(Policy(mask_attributes="ID", pages=page)))
    ['class', 'id']
    """
    return frozenset(name.lower() for own in policies_of(policy) for name in own.mask_attributes)


def label_of(tag: str, attributes: dict[str, Any], hidden: frozenset[str] = frozenset()) -> str:
    """Return the name of an element: its tag, with its id or its first classes.

    Long numbers in names are data. They become zeros, as in redacted recordings.

    >>> label_of("p", {"class": "lead note"}), label_of("li", {"id": "order-4711123"})
    ('p.lead.note', 'li#order-0000000')
    """
    label = zeroed(tag) if _NAME.fullmatch(tag) and is_tag_name(tag) else "?"
    own = None if "id" in hidden else attributes.get("id")
    if isinstance(own, str) and _NAME.fullmatch(own):
        return f"{label}#{zeroed(own)}"
    classes = None if "class" in hidden else attributes.get("class")
    names = classes.split()[:_MAX_CLASSES] if isinstance(classes, str) else []
    return ".".join([label, *(zeroed(name) for name in names if _NAME.fullmatch(name))])


def kind_of_event(event: ev.Event) -> str:
    """Return the kind of an event, or its incremental source.

    >>> kind_of_event(ev.Unreadable("malformed"))
    'Unreadable'
    """
    return type(event.data if isinstance(event, ev.IncrementalSnapshot) else event).__name__
