"""The page of one window, as a player has it: objects in a tree, changed event by event."""

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
    """A node of the page. ``veiled``: it was put in below a blocked element, so nobody saw it."""

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

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo += node.children

    def change(self, name: str, value: Any) -> None:
        """Change one attribute; null takes it away."""
        if value is None:
            self.attributes.pop(name.lower(), None)
        else:
            self.attributes[name.lower()] = value

    def looks_sensitive(self) -> bool:
        """Tell whether this is a field that nobody may unmask, by what it says now."""
        kind = str(self.attributes.get("type", "")).strip().lower()
        tokens = str(self.attributes.get("autocomplete", "")).lower().split()
        return (
            kind in _SECRET_TYPES
            or (self.tag in _FIELDS and self._has_secret_name())
            or "data-rr-is-password" in self.attributes
            or any(token in _SECRET_TOKENS or token.startswith("cc-") for token in tokens)
        )

    def _has_secret_name(self) -> bool:
        """Tell whether a field is called by a word for what is secret."""
        name = str(self.attributes.get("name", "")).lower()
        return not _SECRET_WORDS.isdisjoint(_NOT_LETTERS.split(name))


_NOT_LETTERS = re.compile(r"[^a-z]+")


class Dom:
    """All nodes of a window by id, and what has to be remembered of ids."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.claimed_twice: set[int] = set()
        self.veiled: set[int] = set()  # shown ids that a node below a block claims too
        self.adrift: list[Node] = []  # trees that this event puts below something it takes away
        self.new_twice: set[int] = set()  # the same of the event that is being applied:
        self.new_veiled: set[int] = set()  # what it says itself is judged by where it stands
        self.sensitive: set[int] = set()  # since the last full snapshot

    def forget(self) -> None:
        """Know nothing any more."""
        self.__init__()  # type: ignore[misc]

    def snapshot(self, body: dict[str, Any], is_blocked: Any) -> list[Node]:
        """Replace the page; return its nodes."""
        self.forget()
        return self._put(body, None, is_blocked, is_root=True)

    def add(self, body: dict[str, Any], parent_id: int, is_blocked: Any) -> list[Node]:
        """Put a tree below a node; return its nodes, which hang in the air if that is unknown."""
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
            node = Node(inner, parent)  # nobody sees the tree below, so it may as well be flat
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
            for node in made:  # nobody knows where it is, nor that any of it is where it was
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
        """Enter nodes by id; those that show are no longer where they were."""
        shown = Counter(node.id for node in made if not node.veiled)
        for node in made:
            if not node.veiled:
                own = self.nodes.get(node.id)
                if own is not None and own not in made:
                    self.detach(node.id)
                self.nodes[node.id] = node
                self._clear(node.id)
        self.new_twice |= {at for at, count in shown.items() if count > 1}
        for node in made:
            if node.veiled:
                if node.id in self.nodes:
                    self.new_veiled.add(node.id)
                else:
                    self.nodes[node.id] = node

    def detach(self, node_id: int) -> None:
        """Take a node out of the page with all below it."""
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
        """Forget who else claimed an id."""
        for ids in (self.claimed_twice, self.veiled, self.new_twice, self.new_veiled):
            ids.discard(node_id)

    def is_clear(self, node_id: Any) -> bool:
        """Tell whether a node is there, and nobody else claims its id or one above it."""
        node = self.nodes.get(node_id)
        if node is None:
            return False
        contested = self.claimed_twice | self.veiled | self.new_twice | self.new_veiled
        while node is not None and contested:
            if node.id in contested:
                return False
            node = node.parent
        return True

    def settle(self) -> None:
        """End an event: ids that it let two nodes claim count as such from here on."""
        for root in self.adrift:
            self.detach(root.id)
        self.adrift.clear()
        self.claimed_twice |= self.new_twice
        self.veiled |= self.new_veiled
        self.new_twice.clear()
        self.new_veiled.clear()

    def remove(self, node_id: int, parent_id: int, is_blocked: Any) -> None:
        """Remove a node, as a mutation says; out of a blocked parent nobody is told of it."""
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
