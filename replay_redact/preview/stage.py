"""The page of one window as a tree that follows the events of a recording.

It applies mutations and typing as a player does. A recording may be broken or hostile: a change
that names a missing node is ignored, and no node ever becomes its own descendant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from replay_redact.events import Addition, Input, Mutation
from replay_redact.nodes import Document, Element, Node, Text

_TICKED = frozenset({"checkbox", "radio"})


class Stage:
    """A tree, and its nodes by id."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._nodes: dict[int, Node] = {}
        self._above: dict[int, int] = {}
        self._enter(root)

    def apply(self, data: Mutation | Input) -> None:
        """Apply an event to the tree."""
        if isinstance(data, Input):
            self._type(data)
            return
        for removal in data.removes:
            self._remove(removal.id)
        self._add(data.adds)
        for text in data.texts:
            node = self._nodes.get(text.id)
            if isinstance(node, Text):
                node.text_content = text.value or ""
        for change in data.attributes:
            node = self._nodes.get(change.id)
            if isinstance(node, Element):
                _change(node.attributes, change.attributes)

    def _enter(self, root: Node) -> None:
        todo = [root]
        while todo:
            node = todo.pop()
            self._nodes[node.id] = node
            if isinstance(node, Element | Document):
                self._above.update(dict.fromkeys((child.id for child in node.child_nodes), node.id))
                todo += node.child_nodes

    def _remove(self, node_id: int) -> None:
        parent = self._nodes.get(self._above.pop(node_id, -1))
        if isinstance(parent, Element | Document):
            parent.child_nodes[:] = [node for node in parent.child_nodes if node.id != node_id]

    def _add(self, additions: list[Addition]) -> None:
        """Add nodes; one whose parent or next node comes later in the list waits for it."""
        waiting: defaultdict[int, list[Addition]] = defaultdict(list)
        todo = additions[::-1]
        while todo:
            addition = todo.pop()
            missing = self._missing(addition)
            if missing is not None:
                waiting[missing].append(addition)
                continue
            self._place(addition)
            todo += reversed(waiting.pop(addition.node.id, []))
        for addition in [one for some in waiting.values() for one in some]:
            self._place(addition)  # last in its parent, if the parent exists

    def _missing(self, addition: Addition) -> int | None:
        """Return the id of a missing node that is needed to place an added node."""
        if addition.parent_id not in self._nodes:
            return addition.parent_id
        after = addition.next_id
        return after if after is not None and self._above.get(after) != addition.parent_id else None

    def _place(self, addition: Addition) -> None:
        node, parent = addition.node, self._nodes.get(addition.parent_id)
        self._remove(node.id)
        if not isinstance(parent, Element | Document):
            return
        parent.child_nodes.insert(self._index(parent.child_nodes, addition), node)
        self._enter(node)
        self._above[node.id] = addition.parent_id

    def _index(self, children: list[Node], addition: Addition) -> int:
        """Return where a node goes: before its next node if that exists, or last."""
        if self._above.get(addition.next_id or -1) != addition.parent_id:
            return len(children)
        ids = (index for index, other in enumerate(children) if other.id == addition.next_id)
        return next(ids, len(children))

    def _type(self, data: Input) -> None:
        field = self._nodes.get(data.id)
        if not isinstance(field, Element):
            return
        if str(field.attributes.get("type")).lower() not in _TICKED:
            field.attributes["value"] = data.text
        elif data.is_checked:
            field.attributes["checked"] = True
        else:
            field.attributes.pop("checked", None)


def _change(attributes: dict[str, Any], changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        if value is None:
            attributes.pop(name, None)
        elif name == "style" and isinstance(value, dict):
            attributes[name] = "; ".join(_restyled(attributes.get(name), value))
        else:
            attributes[name] = value


def _restyled(style: Any, changes: dict[str, Any]) -> Iterator[str]:
    """Yield the declarations of an inline style after changes: a value, a pair, or false."""
    before = style.split(";") if isinstance(style, str) else []
    pairs = (declaration.partition(":") for declaration in before)
    values: dict[str, Any] = {name.strip(): value.strip() for name, _, value in pairs}
    values.update(changes)
    for name, value in values.items():
        if isinstance(value, str) and value:
            yield f"{name}: {value}"
        elif isinstance(value, list) and value:
            yield f"{name}: {_with_priority(value)}"


def _with_priority(value: Iterable[Any]) -> str:
    first, *rest = map(str, value)
    return f"{first} !important" if "important" in rest else first
