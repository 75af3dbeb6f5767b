"""A page that changes, and the recorder beside it.

rrweb's player expects events as rrweb's recorder makes them: parents come before children,
additions are flat, and a moved node is removed and added again with all below it. So this module
keeps a model of the page, makes each change there first, and then derives the event.

An event names only nodes that exist at that moment. The page always has html, head and body. A
step that finds nothing to act on, such as a text to change, records nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DOCUMENT, HTML, HEAD, BODY = 1, 3, 4, 5

_HOLDERS = frozenset({"p", "div", "a", "li", "button", "form", "span", "x-card", "body"})
_HOSTS = frozenset({"p", "div", "span", "x-card"})
_FIELDS = frozenset({"input", "textarea", "select"})
_OFFSETS = {"top": 0, "left": 0}
_STEP_MS = 50


class _Item:
    """A node of the page."""

    def __init__(self, at: int, body: dict[str, Any]) -> None:
        self.id = at
        self.body = body
        self.parent: _Item | None = None
        self.children: list[_Item] = []
        self.inside: dict[str, Any] | None = None  # the document of a frame

    @property
    def tag(self) -> str:
        return str(self.body.get("tagName", ""))

    def walk(self) -> Iterator[_Item]:
        """Yield this node and all below it, parents first."""
        todo = [self]
        while todo:
            item = todo.pop()
            yield item
            todo += reversed(item.children)

    def alone(self) -> dict[str, Any]:
        """Return the node without its children, as in an addition."""
        body = {**self.body, "id": self.id}
        return body | {"childNodes": []} if body["type"] in {0, 2} else body

    def whole(self) -> dict[str, Any]:
        """Return the node with all below it, as in a snapshot."""
        body = self.alone()
        if self.children:
            body["childNodes"] = [child.whole() for child in self.children]
        return body


class LivingDom:
    """A page and its recording so far. Every method is something that happens on the page.

    ``at`` picks one of the nodes that fit. It may be any number from 0.

    >>> page = LivingDom()
    >>> page.add_element(0, "p", {"class": "note"})
    >>> page.add_text(0, "Jane")
    >>> [event["type"] for event in page.events]
    [4, 2, 3, 3]
    """

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.items: dict[int, _Item] = {}
        self._last = 0
        document = self._new(None, {"type": 0, "compatMode": "CSS1Compat"})
        self._new(document, {"type": 1, "name": "html", "publicId": "", "systemId": ""})
        html = self._new(document, _element("html", {}))
        self._new(html, _element("head", {}))
        self._new(html, _element("body", {}))
        self._record(4, {"href": "https://page.example/", "width": 800, "height": 600})
        self.snapshot()

    # --- the page ---

    def _new(self, parent: _Item | None, body: dict[str, Any]) -> _Item:
        self._last += 1
        item = self.items[self._last] = _Item(self._last, body)
        if parent is not None:
            item.parent = parent
            parent.children.append(item)
        return item

    def _pick(self, at: int, fits: Any) -> _Item | None:
        found = [item for item in self.items.values() if fits(item)]
        return found[at % len(found)] if found else None

    def _holder(self, at: int) -> _Item:
        holder = self._pick(at, lambda item: item.tag in _HOLDERS)
        return holder or self.items[BODY]

    def _element(self, at: int) -> _Item:
        return self._pick(at, lambda item: item.body["type"] == 2) or self.items[BODY]

    # --- the recorder ---

    def _record(self, kind: int, data: dict[str, Any]) -> None:
        time = _STEP_MS * len(self.events)
        self.events.append({"type": kind, "timestamp": time, "data": data})

    def _change(self, source: int, **data: Any) -> None:
        self._record(3, {"source": source, **data})

    def _mutate(self, **parts: Any) -> None:
        empty: dict[str, Any] = {"adds": [], "removes": [], "texts": [], "attributes": []}
        self._change(0, **(empty | parts))

    def _added(self, item: _Item) -> list[dict[str, Any]]:
        return [
            {"parentId": part.parent.id, "nextId": None, "node": part.alone()}
            for part in item.walk()
            if part.parent is not None
        ]

    # --- what can happen ---

    def snapshot(self) -> None:
        """Take a full snapshot."""
        self._record(2, {"node": self.items[DOCUMENT].whole(), "initialOffset": _OFFSETS})
        for item in self.items.values():
            self._attach(item)

    def _attach(self, frame: _Item) -> None:
        if frame.inside is not None:
            adds = [{"parentId": frame.id, "nextId": None, "node": frame.inside}]
            self._mutate(adds=adds, isAttachIframe=True)

    def add_element(self, at: int, tag: str, attributes: dict[str, Any]) -> None:
        """Add an element to an element that can hold others."""
        self._mutate(adds=self._added(self._new(self._holder(at), _element(tag, attributes))))

    def add_text(self, at: int, text: str) -> None:
        """Add a text to an element."""
        body = {"type": 3, "textContent": text}
        self._mutate(adds=self._added(self._new(self._holder(at), body)))

    def add_style(self, sheet: str) -> None:
        """Add a style element with its style sheet."""
        style = self._new(self.items[HEAD], _element("style", {}))
        self._new(style, {"type": 3, "textContent": sheet})
        self._mutate(adds=self._added(style))

    def add_shadow(self, at: int, text: str) -> None:
        """Give an element a shadow root with an element and a text in it."""
        host = self._pick(at, lambda item: item.tag in _HOSTS and not item.children)
        if host is None:
            return
        host.body["isShadowHost"] = True
        inner = self._new(host, {**_element("p", {}), "isShadow": True})
        self._new(inner, {"type": 3, "textContent": text})
        self._mutate(adds=self._added(inner))

    def add_frame(self, at: int, text: str) -> None:
        """Add a frame, and attach a document to it.

        Nothing in that document changes later: the player builds it with a delay, after events that
        come immediately would need it.
        """
        frame = self._new(self._holder(at), _element("iframe", {}))
        self._mutate(adds=self._added(frame))
        document = self._new(None, {"type": 0, "compatMode": "CSS1Compat"})
        html = self._new(document, _element("html", {}))
        self._new(html, _element("head", {}))
        inner = self._new(self._new(html, _element("body", {})), _element("p", {}))
        self._new(inner, {"type": 3, "textContent": text})
        for item in document.walk():
            item.body["rootId"] = document.id
            del self.items[item.id]
        frame.inside = document.whole()
        self._attach(frame)

    def remove(self, at: int) -> None:
        """Remove a node with all below it."""
        item = self._pick(at, _is_loose)
        if item is not None:
            removes = [self._cut(item)]
            for part in item.walk():
                del self.items[part.id]
            self._mutate(removes=removes)

    def move(self, at: int, to: int) -> None:
        """Move a node, with all below it, to another element: it is removed and added again."""
        item = self._pick(at, _is_loose)
        if item is None:
            return
        inside = {part.id for part in item.walk()}
        target = self._pick(to, lambda one: one.tag in _HOLDERS and one.id not in inside)
        if target is not None and not any(part.tag == "iframe" for part in item.walk()):
            removes = [self._cut(item)]
            item.parent = target
            target.children.append(item)
            self._mutate(removes=removes, adds=self._added(item))

    def _cut(self, item: _Item) -> dict[str, Any]:
        parent = item.parent
        if parent is None:  # pragma: no cover - only documents have none, and they stay
            raise AssertionError
        parent.children.remove(item)
        return {"parentId": parent.id, "id": item.id}

    def set_attribute(self, at: int, name: str, value: Any) -> None:
        """Change an attribute, or remove it."""
        item = self._element(at)
        attributes = {**item.body["attributes"], name: value}
        item.body["attributes"] = {n: v for n, v in attributes.items() if v is not None}
        self._mutate(attributes=[{"id": item.id, "attributes": {name: value}}])

    def set_text(self, at: int, text: str) -> None:
        """Change a text."""
        item = self._pick(at, lambda one: one.body["type"] == 3)
        if item is not None and not _in_style(item):
            item.body = {**item.body, "textContent": text}
            self._mutate(texts=[{"id": item.id, "value": text}])

    def enter(self, at: int, text: str, checked: bool) -> None:  # noqa: FBT001 - drawn by position
        """Fill a form field, as a user does."""
        field = self._pick(at, lambda item: item.tag in _FIELDS)
        if field is not None:
            self._change(5, id=field.id, text=text, isChecked=checked)

    def point(self, at: int, x: int, y: int) -> None:
        """Move the pointer and press."""
        target = self._element(at).id
        places = [{"x": x + i, "y": y, "id": target, "timeOffset": i - 2} for i in range(3)]
        self._change(1, positions=places)
        self._change(2, type=2, id=target, x=x, y=y)

    def scroll(self, x: int, y: int) -> None:
        """Scroll the page."""
        self._change(3, id=DOCUMENT, x=x, y=y)

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        self._change(4, width=width, height=height)

    def insert_rule(self, at: int, rule: str) -> None:
        """Insert a rule into a style sheet, as a script does, and change it."""
        style = self._pick(at, lambda item: item.tag == "style")
        if style is not None:
            self._change(8, id=style.id, adds=[{"rule": rule, "index": 0}])
            shown = {"property": "color", "value": "red", "priority": ""}
            self._change(13, id=style.id, index=[0], set=shown)

    def adopt(self, rule: str) -> None:
        """Let the document adopt a style sheet that a script constructed."""
        sheet = {"styleId": len(self.events), "rules": [{"rule": rule, "index": 0}]}
        self._change(15, id=DOCUMENT, styleIds=[sheet["styleId"]], styles=[sheet])

    def select(self, at: int) -> None:
        """Select a text."""
        text = self._pick(at, lambda item: item.body["type"] == 3)
        if text is not None:
            place = {"start": text.id, "startOffset": 0, "end": text.id, "endOffset": 0}
            self._change(14, ranges=[place])

    def report(self, tag: str, payload: Any) -> None:
        """Record a custom event."""
        self._record(5, {"tag": tag, "payload": payload})


def _element(tag: str, attributes: dict[str, Any]) -> dict[str, Any]:
    return {"type": 2, "tagName": tag, "attributes": dict(attributes)}


def _is_loose(item: _Item) -> bool:
    """Tell whether a node can be removed or moved.

    Fixed are html, head and body, documents, the top of a shadow root, and the text of a style.
    """
    fixed = item.parent is None or item.parent.body["type"] == 0 or item.body["type"] == 0
    return not (
        fixed or item.tag in {"html", "head", "body"} or "isShadow" in item.body or _in_style(item)
    )


def _in_style(item: _Item) -> bool:
    return item.parent is not None and item.parent.tag == "style"
