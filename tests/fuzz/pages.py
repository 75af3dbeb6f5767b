"""A page of one window, and its recorder: drawn steps happen on it, and are recorded.

The page knows its nodes, so that most events are about existing ones. It does not know what is
private. The oracle decides that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.fuzz import attributes as attr
from tests.fuzz.words import Words

DOCUMENT, HTML, HEAD, BODY = 1, 3, 4, 5

_TAGS = ["p", "div", "span", "a", "nav", "aside", "main", "li", "button", "x-card", "section"]
_MORE_TAGS = ["input", "input", "input", "textarea", "select", "option", "img", "svg", "video", "style", "script",
              "noscript", "template", "title", "iframe", "link"]  # fmt: skip
_LEAVES = {"input", "img", "link", "iframe", "video"}


class Item:
    """A node of the page. Its text and attributes get new words each time they are recorded."""

    def __init__(self, at: int, kind: int, tag: str = "", values: Any = None) -> None:
        self.id = at
        self.kind = kind
        self.tag = tag
        self.values: dict[str, attr.Value] = values or {}
        self.flags: dict[str, Any] = {}
        self.parent: Item | None = None
        self.children: list[Item] = []

    def walk(self) -> Iterator[Item]:
        """Yield this node and all below it, parents first."""
        todo = [self]
        while todo:
            item = todo.pop()
            yield item
            todo += reversed(item.children)

    def body(self, words: Words, *, deep: bool) -> dict[str, Any]:
        """Serialize the node, with or without all below it."""
        body: dict[str, Any] = {"type": self.kind, "id": self.id, **self.flags}
        if self.kind == 2:
            body |= {"tagName": self.tag, "attributes": attr.render(self.values, words)}
        if self.kind in {0, 2}:
            below = self.children if deep else []
            body["childNodes"] = [child.body(words, deep=True) for child in below]
        elif self.kind == 3:
            css = self.parent is not None and self.parent.tag == "style"
            body["textContent"] = attr.sheet(words) if css else f"{words.word()} {words.word()}"
        elif self.kind in {4, 5}:
            body["textContent"] = words.word()
        elif self.kind == 1:
            body |= {"name": "html", "publicId": "", "systemId": ""}
        return body


class Page:
    """One page. ``emit`` takes the recorded events."""

    def __init__(
        self, random: Random, words: Words, emit: Callable[[int, Any], None], *, hostile: bool
    ) -> None:
        self.random = random
        self.words = words
        self.emit = emit
        self.hostile = hostile
        self.items: dict[int, Item] = {}
        self.gone: list[Item] = []
        self._last = 0
        document = self.new(0, None)
        self.new(1, document)
        html = self.new(2, document, "html")
        head = self.new(2, html, "head")
        body = self.new(2, html, "body")
        if random.random() < 0.4:
            self.new(3, self.new(2, head, "style"))
        top = body
        if random.random() < 0.6:
            top = self.new(2, body, "main", {"class": random.choice(attr.CLASSES)})
        for _ in range(random.randint(2, 6)):
            self.draw_tree(random.choice([top, top, body]), random.randint(1, 4))
        if random.random() < 0.3:
            word = words.word()
            area = "a/" * (word[0] in "jkq")  # so that streams are on different pages
            href = f"https://shop.example/{area}{word}?a={words.word()}"
            emit(4, {"href": href, "width": 800, "height": 600})
        self.snapshot()

    # --- the page ------------------------------------------------------------------------

    def new(self, kind: int, parent: Item | None, tag: str = "", values: Any = None) -> Item:
        """Make a node below another."""
        self._last += 1
        item = self.items[self._last] = Item(self._last, kind, tag, values)
        if parent is not None:
            item.parent = parent
            parent.children.append(item)
        return item

    def draw_tree(self, parent: Item, size: int) -> Item:
        """Make an element with some nodes below it."""
        random = self.random
        tag = random.choice(_MORE_TAGS if random.random() < 0.35 else _TAGS)
        root = self.new(2, parent, tag, attr.draw(random, tag, blocks=True))
        holders = [root]
        if tag in {"textarea", "option"} and random.random() < 0.6:
            self.new(3, root)
        for _ in range(size):
            above = random.choice(holders)
            if above.tag in _LEAVES:
                continue
            lot = random.random()
            if lot < 0.6:
                inner = self.new(3, above)
            elif lot < 0.66:
                inner = self.new(random.choice([4, 5]), above)
            else:
                tag = random.choice(_TAGS)
                inner = self.new(2, above, tag, attr.draw(random, tag, blocks=True))
                holders.append(inner)
            if above.tag not in {"style", "script"} and random.random() < 0.05:
                above.flags["isShadowHost"] = True
                inner.flags["isShadow"] = True
        return root

    def pick(self, fits: Callable[[Item], bool]) -> Item | None:
        """Pick a node, with a preference for the newest."""
        found = [item for item in self.items.values() if fits(item)]
        if not found:
            return None
        return self.random.choice(found[-4:] if self.random.random() < 0.3 else found)

    def holder(self) -> Item:
        """Pick an element that can hold others."""
        fits = self.pick(
            lambda item: item.kind == 2 and item.id >= BODY and item.tag not in _LEAVES
        )
        return fits or self.items[BODY]

    def element(self) -> Item:
        """Pick an element."""
        return self.pick(lambda item: item.kind == 2 and item.id >= BODY) or self.items[BODY]

    def loose(self) -> Item | None:
        """Pick a node that can be removed."""
        return self.pick(lambda item: item.id > BODY and item.parent is not None and item.kind != 0)

    def cut(self, item: Item) -> dict[str, Any]:
        """Remove a node from the page, and record it."""
        parent = item.parent
        if parent is None:
            raise ValueError("a document is not taken out of anything")
        parent.children.remove(item)
        return {"parentId": parent.id, "id": item.id}

    def put(self, item: Item, parent: Item) -> None:
        """Add a node, with all below it, to another."""
        item.parent = parent
        parent.children.append(item)
        for part in item.walk():
            self.items[part.id] = part

    # --- the recorder --------------------------------------------------------------------

    def added(self, item: Item, *, deep: bool = False) -> list[dict[str, Any]]:
        """Record that a node was added: flat as recorders do, or as one tree."""
        parts = [item] if deep else list(item.walk())
        return [
            {"parentId": part.parent.id, "nextId": None, "node": part.body(self.words, deep=deep)}
            for part in parts
            if part.parent is not None
        ]

    def mutate(self, **parts: Any) -> None:
        """Record a mutation."""
        empty: dict[str, Any] = {"texts": [], "attributes": [], "removes": [], "adds": []}
        self.change(0, **(empty | parts))

    def change(self, source: int, **data: Any) -> None:
        """Record an incremental event."""
        self.emit(3, {"source": source, **data})

    def snapshot(self) -> None:
        """Record the whole page."""
        tree = self.items[DOCUMENT].body(self.words, deep=True)
        self.emit(2, {"node": tree, "initialOffset": {"top": 0, "left": 0}})
        for item in list(self.items.values()):
            if item.kind == 0 and item.parent is not None and item.parent.id in self.items:
                self._attach(item.parent, item)

    def _attach(self, frame: Item, document: Item) -> None:
        tree = document.body(self.words, deep=True)
        adds = [{"parentId": frame.id, "nextId": None, "node": tree}]
        self.mutate(adds=adds, isAttachIframe=True)

    def attach(self, frame: Item) -> None:
        """Give a frame a document. It is a child of the frame, but recorders send it separately."""
        if any(item.kind == 0 and item.parent is frame for item in self.items.values()):
            return
        document = self.new(0, None)
        document.parent = frame
        body = self.new(2, self.new(2, document, "html"), "body")
        self.draw_tree(body, self.random.randint(1, 3))
        self._attach(frame, document)
