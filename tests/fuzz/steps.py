"""What can happen on a page. Each function is one step. No honest page takes those in `HOSTILE`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fuzz import attributes as attr
from tests.fuzz.pages import Item, Page

Step = Callable[[Page], None]


def _set(page: Page, item: Item, name: str, value: attr.Value | None) -> dict[str, Any]:
    """Change an attribute of a node, and return what a recorder sends about it."""
    if value is None:
        item.values.pop(name, None)
        return {"id": item.id, "attributes": {name: None}}
    item.values[name] = value
    return {"id": item.id, "attributes": attr.render({name: value}, page.words)}


def say(page: Page) -> None:
    """Change a text, often more than one."""
    texts = []
    for _ in range(page.random.randint(1, 2)):
        item = page.pick(lambda one: one.kind == 3)
        if item is not None:
            css = item.parent is not None and item.parent.tag == "style"
            value = attr.sheet(page.words) if css else page.words.word()
            texts.append({"id": item.id, "value": value})
    if texts:
        page.mutate(texts=texts)


def label(page: Page) -> None:
    """Change an attribute with private words in it."""
    table = attr.TEXTS if page.random.random() < 0.6 else attr.REST
    name = page.random.choice(list(table))
    change = _set(page, page.element(), name, table[name])
    if page.random.random() < 0.15:
        change["attributes"]["style"] = attr.style_diff(page.words)
    page.mutate(attributes=[change])


def flip(page: Page) -> None:
    """Change a class or a mark that rules ask about."""
    page.mutate(attributes=[_flip(page, page.element())])


def _flip(page: Page, item: Item) -> dict[str, Any]:
    lot = page.random.random()
    if page.hostile and lot < 0.15:
        return _set(page, item, "class", page.random.choice(attr.BLOCKING))
    if page.hostile and lot < 0.2:
        return _set(page, item, "data-sentry-block", page.random.choice(["", None]))
    if lot < 0.75:
        return _set(page, item, "class", page.random.choice([*attr.CLASSES, None]))
    name = page.random.choice(["data-sentry-mask", "data-sentry-unmask"])
    return _set(page, item, name, page.random.choice(["", None]))


def flip_and_say(page: Page) -> None:
    """Change texts, attributes and nodes in the same event as a class above them."""
    above = page.element()
    below = [item for item in above.walk() if item.kind == 3]
    texts = [{"id": item.id, "value": page.words.word()} for item in below[:2]]
    inner = page.random.choice([item for item in above.walk() if item.kind == 2] or [above])
    name = page.random.choice(list(attr.TEXTS))
    changes = [_set(page, inner, name, attr.TEXTS[name]), _flip(page, above)]
    page.random.shuffle(changes)
    adds = page.added(page.draw_tree(page.holder(), 2)) if page.random.random() < 0.6 else []
    page.mutate(texts=texts, attributes=changes, adds=adds)


def add(page: Page) -> None:
    """Add an element, flat as recorders do, or as one tree."""
    item = page.draw_tree(page.holder(), page.random.randint(0, 3))
    page.mutate(adds=page.added(item, deep=page.random.random() < 0.3))


def add_and_change(page: Page) -> None:
    """Add an element, and change it or a node below it in the same event."""
    item = page.draw_tree(page.holder(), 2)
    adds = page.added(item)
    inner = page.random.choice([one for one in item.walk() if one.kind == 2])
    changes = [_flip(page, inner)]
    if inner.tag in attr.FIELDS and page.random.random() < 0.5:
        changes.append(_set(page, inner, "type", page.random.choice(attr.TYPES)))
    page.mutate(adds=adds, attributes=changes)


_OUTER: list[dict[str, attr.Value]] = [
    {"type": "password"}, {"data-rr-is-password": "true"}, {"class": "sentry-mask"}, {"class": "sentry-unmask"},
    {"class": "sentry-block"}, {"data-sentry-block": ""}, {"class": "open"}, {"class": "shut"},
]  # fmt: skip


def nest(page: Page) -> None:
    """Add a region to a region, with text in both."""
    random = page.random
    outer = page.new(
        2, page.holder(), random.choice(["select", "div", "main"]), dict(random.choice(_OUTER))
    )
    page.new(3, outer)
    inner = page.new(2, outer, random.choice(["p", "div"]), dict(random.choice(_OUTER)))
    inner.values["title"] = attr.TEXTS["title"]
    page.new(3, inner)
    page.mutate(adds=page.added(outer, deep=random.random() < 0.5))


def lift(page: Page) -> None:
    """Lift the block of an element, and change nodes below it."""
    item = page.pick(lambda one: one.values.get("class") in attr.BLOCKING and bool(one.children))
    if item is None:
        return
    page.mutate(attributes=[_set(page, item, "class", page.random.choice(attr.CLASSES))])
    below = [part for part in item.walk() if part.kind == 3]
    page.mutate(texts=[{"id": part.id, "value": page.words.word()} for part in below[:2]])


def add_text(page: Page) -> None:
    """Add a text."""
    page.mutate(adds=page.added(page.new(3, page.holder())))


def remove(page: Page) -> None:
    """Remove a node with all below it. It may come back."""
    item = page.loose()
    if item is None:
        return
    removal = page.cut(item)
    for part in item.walk():
        page.items.pop(part.id, None)
    page.gone.append(item)
    page.mutate(removes=[removal])


def come_back(page: Page) -> None:
    """Add a removed node again, with its old ids, perhaps as another type of field."""
    if not page.gone:
        return
    item = page.gone.pop(page.random.randrange(len(page.gone)))
    if any(part.id in page.items for part in item.walk()):
        return
    for part in item.walk():
        if "type" in part.values and page.random.random() < 0.5:
            part.values["type"] = "text"
    page.put(item, page.holder())
    page.mutate(adds=page.added(item))


def move(page: Page) -> None:
    """Move a node with all below it: remove and add it."""
    item = page.loose()
    if item is None:
        return
    inside = {part.id for part in item.walk()}
    target = page.holder()
    if target.id in inside:
        return
    removes = [page.cut(item)]
    page.put(item, target)
    page.mutate(removes=removes, adds=page.added(item))


def say_gone(page: Page) -> None:
    """Record an event about a removed node."""
    if page.gone:
        item = page.random.choice(list(page.random.choice(page.gone).walk()))
        page.mutate(texts=[{"id": item.id, "value": page.words.word()}])
        page.change(5, id=item.id, text=page.words.word(), isChecked=False)


def enter(page: Page) -> None:
    """Type into a field. Sometimes it becomes a password field with it, or ceases to be one."""
    field = page.pick(lambda item: item.tag in attr.FIELDS)
    if field is None:
        return
    page.change(5, id=field.id, text=page.words.word(), isChecked=False)
    if page.random.random() < 0.35:
        kind = page.random.choice(attr.TYPES)
        page.mutate(attributes=[_set(page, field, "type", kind)])


def toggle(page: Page) -> None:
    """Change the type of a field."""
    field = page.pick(lambda item: item.tag == "input")
    if field is not None:
        changes = [_set(page, field, "type", page.random.choice(attr.TYPES))]
        if page.random.random() < 0.3:
            changes.append(_set(page, field, "autocomplete", page.random.choice(attr.TOKENS)))
        page.mutate(attributes=changes)


def again(page: Page) -> None:
    """Take another full snapshot."""
    page.snapshot()


def frame(page: Page) -> None:
    """Give a frame its document."""
    item = page.pick(lambda one: one.tag == "iframe")
    if item is None:
        item = page.new(2, page.holder(), "iframe", {})
        page.mutate(adds=page.added(item))
    page.attach(item)


def shadow(page: Page) -> None:
    """Give an element a shadow root."""
    host = page.pick(lambda one: one.tag in {"div", "p", "span", "x-card"} and not one.children)
    if host is None:
        return
    host.flags["isShadowHost"] = True
    item = page.draw_tree(host, 2)
    item.flags["isShadow"] = True
    page.mutate(adds=page.added(item))


def crumb(page: Page) -> None:
    """Record a click as Sentry's SDK does, with a copy of the node."""
    words, item = page.words, page.element()
    message = f'div.a[title="{words.word()}"] > p[title="{words.word()}"]'
    copied = {"title": words.word(), "data-user": words.word(), "href": f"/u/{words.word()}"}
    node = {"id": item.id, "tagName": "p", "textContent": words.word(), "attributes": copied}
    data = {"nodeId": item.id, "node": node, "url": f"https://shop.example/{words.word()}"}
    payload = {"category": "ui.click", "type": "default", "message": message, "data": data}
    page.emit(5, {"tag": "breadcrumb", "payload": payload})


def tell(page: Page) -> None:
    """Record metadata of an application: console, requests, custom events."""
    words = page.words
    pages = f"https://shop.example/{words.word()}?a={words.word()}"
    payloads: list[tuple[int, dict[str, Any]]] = [
        (5, {"tag": "breadcrumb", "payload": {"category": "console", "message": words.word(),
             "data": {"arguments": [words.word(), words.number()]}}}),
        (5, {"tag": "breadcrumb", "payload": {"category": "navigation",
             "data": {"from": pages, "to": f"/a/{words.word()}"}}}),
        (5, {"tag": "performanceSpan", "payload": {"op": "resource.fetch", "description": pages,
             "data": {"method": "GET", "response": {"body": {"name": words.word()}}}}}),
        (5, {"tag": "cart", "payload": {"item": words.word(), "sum": words.number()}}),
        (5, {"tag": f"for {words.word()}", "payload": words.word()}),
        (6, {"plugin": "rrweb/console@1", "payload": {"level": "log", "payload": [f'"{words.word()}"'],
             "trace": [words.word()]}}),
        (6, {"plugin": "rrweb/network@1", "payload": {"requests": [{"name": pages}]}}),
        (6, {"plugin": f"of {words.word()}", "payload": {"a": words.word()}}),
        (4, {"href": pages, "width": 800, "height": 600}),
        (0, {"note": words.word()}),
    ]  # fmt: skip
    page.emit(*page.random.choice(payloads))


def style(page: Page) -> None:
    """Change style sheets as scripts do."""
    words, random = page.words, page.random
    owner = page.pick(lambda one: one.tag == "style") or page.element()
    rule = f"p::before {{ content: '{words.word()}' }}"
    shown = {"property": "content", "value": f"'{words.word()}'", "priority": ""}
    sheets = [{"styleId": 1, "rules": [{"rule": rule, "index": 0}]}]
    changes: list[tuple[int, dict[str, Any]]] = [
        (8, {"id": owner.id, "adds": [{"rule": rule, "index": 0}]}),
        (8, {"styleId": 1, "replace": rule}),
        (13, {"id": owner.id, "index": [0], "set": shown}),
        (15, {"id": 1, "styleIds": [1], "styles": sheets}),
    ]
    source, data = random.choice(changes)
    page.change(source, **data)


def draw(page: Page) -> None:
    """Record what redaction drops: canvas, fonts, logs, unknown sources and fields."""
    words = page.words
    face = {"fontSource": "url(https://cdn.example/a.woff2)", "buffer": False}
    changes: list[tuple[int, dict[str, Any]]] = [
        (9, {"id": 1, "type": 0, "property": "fillText", "args": [words.word()]}),
        (10, {"family": words.word(), **face, "descriptors": {"unicodeRange": words.word()}}),
        (11, {"level": "log", "trace": [words.word()], "payload": [words.word()]}),
        (42, {"secret": words.word()}),
        (3, {"id": 1, "x": 0, "y": 10, "note": words.word()}),
    ]
    source, data = page.random.choice(changes)
    page.change(source, **data)


def point(page: Page) -> None:
    """Press, scroll or play an element."""
    at = page.element().id
    changes: list[tuple[int, dict[str, Any]]] = [
        (2, {"type": 2, "x": 1, "y": 2}),
        (3, {"x": 0, "y": 10}),
        (7, {"type": 0}),
    ]
    source, data = page.random.choice(changes)
    page.change(source, id=at, **data)


# --- what no honest page does ----------------------------------------------------------------


def claim_twice(page: Page) -> None:
    """Add a tree in which an id appears twice, or that has an id of another node."""
    item = page.draw_tree(page.holder(), 3)
    [addition] = page.added(item, deep=True)
    other = page.loose() or item
    parts = [addition["node"]]
    for part in parts:
        parts += part.get("childNodes", ())
    page.random.choice(parts)["id"] = page.random.choice([item.id, other.id])
    page.mutate(adds=[addition])


def remove_wrongly(page: Page) -> None:
    """Remove a node from a parent that it does not have."""
    item = page.loose()
    if item is not None:
        page.mutate(removes=[{"parentId": page.holder().id, "id": item.id}])


def break_off(page: Page) -> None:
    """Record an unreadable event that may have been a change of the page."""
    word = page.words.word()
    broken: list[tuple[int, Any]] = [
        (2, {"node": word}),
        (2, {}),
        (3, {"source": 0, "adds": 7, "texts": [{"id": 3, "value": word}]}),
        (3, {"source": 0, "texts": [{"value": word}], "adds": [], "removes": [], "attributes": []}),
        (3, None),
        (8, {"secret": word}),
    ]
    page.emit(*page.random.choice(broken))


def parents_last(page: Page) -> None:
    """Add a tree bottom-up, so that parents come after their children."""
    item = page.draw_tree(page.holder(), 3)
    adds = page.added(item)
    adds.reverse()
    page.mutate(adds=adds)


def speak_of_nobody(page: Page) -> None:
    """Record events about nodes that never existed."""
    at = page.random.choice([0, -3, 4711, 10**12])
    page.mutate(texts=[{"id": at, "value": page.words.word()}],
                attributes=[{"id": at, "attributes": {"title": page.words.word()}}])  # fmt: skip
    page.mutate(
        adds=[
            {
                "parentId": at,
                "nextId": None,
                "node": page.draw_tree(page.holder(), 1).body(page.words, deep=True),
            }
        ]
    )


HONEST: list[tuple[Step, int]] = [
    (say, 14), (label, 8), (flip, 8), (flip_and_say, 7), (add, 10), (add_and_change, 7), (nest, 6), (lift, 4), (add_text, 5), (remove, 5),
    (come_back, 5), (move, 7), (say_gone, 3), (enter, 12), (toggle, 4), (again, 3), (frame, 4), (shadow, 4),
    (crumb, 6), (tell, 7), (style, 5), (draw, 4), (point, 4),
]  # fmt: skip
HOSTILE: list[tuple[Step, int]] = [
    (claim_twice, 5), (remove_wrongly, 5), (break_off, 3), (parents_last, 5), (speak_of_nobody, 3),
]  # fmt: skip
