"""The page of one window, as a player has it: a tree of objects that events change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

DOCUMENT, ELEMENT, TEXT = 0, 2, 3

_SECRET_TYPES = {"password", "hidden", "file"}
_SECRET_TOKENS = {"current-password", "new-password", "one-time-code"}
_SECRET_WORDS = {"cvv", "iban", "password", "otp"}
_FIELDS = {"input", "textarea", "select"}


class Node:
    """A node of the page.

    * ``veiled``: it was added below a blocked element, so nobody saw it.
    * ``shared``: it came with the id of another node. Nobody knows which of the two an event is
      about, even when the other one has gone.
    """

    def __init__(self, body: dict[str, Any], parent: Node | None) -> None:
        self.body = body
        self.id: int = body["id"]
        self.kind: int = body["type"]
        self.tag: str = str(body.get("tagName", "")).lower()
        given = body.get("attributes") or {}
        self.attributes: dict[str, Any] = {name.lower(): value for name, value in given.items()}
        self.parent = parent
        self.children: list[Node] = []
        self.is_boundary: bool = self.kind == DOCUMENT or body.get("isShadow") is True
        self.veiled = False
        self.shared = False

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo += node.children

    def change(self, name: str, value: Any) -> None:
        """Change one attribute; null removes it."""
        if value is None:
            self.attributes.pop(name.lower(), None)
        else:
            self.attributes[name.lower()] = value

    def is_edited(self) -> bool:
        """Tell whether people type into this, though it is no field."""
        return str(self.attributes.get("contenteditable", "false")).strip().lower() != "false"

    def looks_sensitive(self) -> bool:
        """Tell whether this is a field that nobody may unmask, by its present attributes."""
        kind = str(self.attributes.get("type", "")).strip().lower()
        tokens = str(self.attributes.get("autocomplete", "")).lower().split()
        return (
            kind in _SECRET_TYPES
            or (self.tag in _FIELDS and self._has_secret_name())
            or "data-rr-is-password" in self.attributes
            or any(token in _SECRET_TOKENS or token.startswith("cc-") for token in tokens)
        )

    def _has_secret_name(self) -> bool:
        """Tell whether the name of a field asks for a secret."""
        name = str(self.attributes.get("name", "")).lower()
        return not _SECRET_WORDS.isdisjoint(_NOT_LETTERS.split(name))


_NOT_LETTERS = re.compile(r"[^a-z]+")


class Dom:
    """All nodes of a window by id, and what must be remembered of ids."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.claimed_twice: set[int] = set()
        self.veiled: set[int] = set()  # shown ids that a node below a block claims too
        self.adrift: list[Node] = []  # trees that this event puts below something it takes away
        self.new_twice: set[int] = set()  # the same of the event that is being applied:
        self.new_veiled: set[int] = set()  # what it says itself is judged by where it stands
        self.new_shared: list[Node] = []
        self.sensitive: set[int] = set()  # since the last full snapshot

    def forget(self) -> None:
        """Forget the page."""
        self.__init__()  # type: ignore[misc]

    def snapshot(self, body: dict[str, Any], is_blocked: Any) -> list[Node]:
        """Replace the page; return its nodes."""
        self.forget()
        return self._put(body, None, is_blocked, is_root=True)

    def add(self, body: dict[str, Any], parent_id: int, is_blocked: Any) -> list[Node]:
        """Add a tree to a node; return its nodes. They have no place if that node is unknown."""
        parent = self.nodes.get(parent_id)
        if parent is not None and is_blocked(parent):
            return self._put_veiled(body, parent)
        self.detach(body["id"])
        if self.nodes.get(parent_id) is not parent:  # it was below what is moved
            parent = None
        return self._put(body, parent, is_blocked)

    def _put_veiled(self, body: dict[str, Any], parent: Node) -> list[Node]:
        made = []
        for inner in bodies(body):
            if inner["id"] in self.nodes:
                self.new_veiled.add(inner["id"])
                continue
            node = Node(inner, parent)  # nobody sees the tree below, so it may be flat
            node.veiled = True
            parent.children.append(node)
            self.nodes[node.id] = node
            made.append(node)
            self._note(node)
        return made

    def _put(
        self, body: dict[str, Any], parent: Node | None, is_blocked: Any, *, is_root: bool = False
    ) -> list[Node]:
        root = Node(body, parent)
        made = []
        todo = [(root, body)]
        while todo:
            node, own = todo.pop()
            made.append(node)
            self._note(node)
            for inner in own.get("childNodes") or ():
                child = Node(inner, node)
                node.children.append(child)
                todo.append((child, inner))
        if parent is None and not is_root:
            for node in made:  # its place is unknown, and none of it is where it was
                self.detach(node.id)
            return made
        for node in made:  # parents come first
            above = node.parent
            node.veiled = above is not None and (above.veiled or is_blocked(above))
        self._enter(made)
        if parent is not None and self.nodes.get(parent.id) is parent:
            parent.children.append(root)
        elif parent is not None:  # it stood below a node of this very tree
            self.adrift.append(root)
        return made

    def _enter(self, made: list[Node]) -> None:
        """Enter nodes by id. Those that show leave their former places."""
        shown = Counter(node.id for node in made if not node.veiled)
        for node in made:
            if not node.veiled:
                own = self.nodes.get(node.id)
                if own is not None and own not in made:
                    self.detach(node.id)
                self.nodes[node.id] = node
                self._clear(node.id)
        self.new_twice |= {at for at, count in shown.items() if count > 1}
        self.new_shared += [node for node in made if shown[node.id] > 1]
        for node in made:
            if node.veiled:
                if node.id in self.nodes:
                    self.new_veiled.add(node.id)
                else:
                    self.nodes[node.id] = node

    def detach(self, node_id: int) -> None:
        """Remove a node from the page, with all below it."""
        node = self.nodes.get(node_id)
        if node is None:
            return
        if node.parent is not None and node in node.parent.children:
            node.parent.children.remove(node)
        for gone in node.walk():
            if self.nodes.get(gone.id) is gone:
                del self.nodes[gone.id]
                self._clear(gone.id)

    def _clear(self, node_id: int) -> None:
        """Forget which other nodes had an id."""
        for ids in (self.claimed_twice, self.veiled, self.new_twice, self.new_veiled):
            ids.discard(node_id)

    def is_clear(self, node_id: Any) -> bool:
        """Tell whether a node is there, and no other node has its id or that of an ancestor."""
        node = self.nodes.get(node_id)
        if node is None:
            return False
        contested = self.claimed_twice | self.veiled | self.new_twice | self.new_veiled
        while node is not None:
            if node.shared or node.id in contested:
                return False
            node = node.parent
        return True

    def settle(self) -> None:
        """End an event. From here on, ids that it gave to two nodes count as ambiguous."""
        for root in self.adrift:
            self.detach(root.id)
        self.adrift.clear()
        for node in self.new_shared:
            node.shared = True
        self.claimed_twice |= self.new_twice
        self.veiled |= self.new_veiled
        self.new_twice.clear()
        self.new_veiled.clear()
        self.new_shared.clear()

    def remove(self, node_id: int, parent_id: int, is_blocked: Any) -> None:
        """Remove a node. If the parent is blocked, the output does not tell that."""
        node, parent = self.nodes.get(node_id), self.nodes.get(parent_id)
        if node is None:
            return
        told = parent is None or not is_blocked(parent)
        if told or (node.parent is not None and is_blocked(node.parent)):
            self.detach(node_id)
        else:
            self.new_veiled.add(node_id)

    def _note(self, node: Node) -> None:
        if node.kind == ELEMENT and node.looks_sensitive():
            self.sensitive.add(node.id)

    def change(self, node_id: int, attributes: dict[str, Any]) -> None:
        """Change attributes of a node."""
        node = self.nodes.get(node_id)
        if node is None or node.kind != ELEMENT:
            return
        for name, value in attributes.items():
            node.change(name, value)
        self._note(node)


def bodies(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a recorded node and all below it."""
    todo = [body]
    while todo:
        inner = todo.pop()
        yield inner
        todo += inner.get("childNodes") or ()
