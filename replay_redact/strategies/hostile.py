"""Recordings that no recorder sends: every kind of event and node, in any order.

Broken recorders and hostile pages can send anything. So trees here nest what HTML does not, events
refer to removed nodes, and some kinds do not exist. Ids are unique, except those of nodes that are
moved, or claimed twice on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from replay_redact.strategies.templates import (
    ELEMENT_ATTRIBUTES,
    FILE_URLS,
    LETTER,
    NAMES,
    PAIR,
    PAYLOADS,
    SHEETS,
    TEXT,
    UNIT,
    URLS,
    Template,
    Templates,
    filled,
)

# --- nodes ----------------------------------------------------------------------------


class _Ref(NamedTuple):
    """A reference to a node. `_Page` resolves it when it knows which nodes there are."""

    kind: str
    at: int


class _Node(NamedTuple):
    """A node without an id, or with the id of another one (moved, or claimed twice)."""

    body: Template
    children: Sequence[Any] = ()
    ref: Any = None


_PARENT = object()  # the parent of the node whose id stands beside it
_SPECIAL = {"link", "use", "slot"}  # an attribute that is private elsewhere is structure here
_TAGS = [
    "p", "div", "a", "li", "button", "img", "path", "text", "x-card", "iframe", "noscript",
    "template", "title", "form", "source", "meta", "svg", "video", "canvas", "object",
]  # fmt: skip
_CALM = {"svg": "g", "video": "p", "canvas": "p", "object": "p"}  # in place of blocked tags


def _refs(kind: str) -> Templates:
    """Refer to a node of a kind; one time in ten, to one that was removed or never existed."""
    return st.integers(0, 19).map(lambda n: _Ref(kind if n < 18 else "gone", n))


def _element(tag: str, attributes: Template, children: list[Any], *flags: str) -> _Node:
    body = {"type": 2, "tagName": tag, "attributes": attributes, **dict.fromkeys(flags, True)}
    return _Node(body, children)


def _text(text: str, *flags: str) -> _Node:
    return _Node({"type": 3, "textContent": text, **dict.fromkeys(flags, True)})


def _style(sheet: str, cut: int) -> _Node:
    """Return a style element whose text is split in two, as scripts can do."""
    return _element("style", {}, [_text(part) for part in (sheet[:cut], sheet[cut:]) if part])


_FIELDS = st.builds(
    _element,
    st.sampled_from(["input", "textarea", "select", "option"]),
    st.fixed_dictionaries(
        {"value": TEXT},
        optional={
            "type": st.sampled_from(["text", "password", "checkbox", "hidden", "file", "submit"]),
            "autocomplete": st.sampled_from(["cc-number", "one-time-code", "off"]),
            "data-rr-is-password": st.just("true"),
            "checked": st.booleans(),
            "class": st.sampled_from(NAMES),
        },
    ),
    st.lists(st.builds(_text, TEXT), max_size=1),
)
_LINKS = st.builds(
    _element,
    st.just("link"),
    st.fixed_dictionaries(
        {"rel": st.sampled_from(["stylesheet", "preload", "icon"]), "href": FILE_URLS},
        optional={"as": st.just("font"), "_cssText": SHEETS},
    ),
    st.just([]),
)
_LEAVES: Templates = st.one_of(
    st.builds(_text, TEXT),
    st.builds(_text, TEXT, st.just("isShadow")),
    st.builds(lambda text: _Node({"type": 5, "textContent": text}), TEXT),
    st.builds(lambda text: _Node({"type": 4, "textContent": text}), TEXT),
    st.builds(
        lambda name: _Node({"type": 1, "name": name, "publicId": name}), st.just("html") | TEXT
    ),
    st.builds(_style, SHEETS, st.integers(0, 30)),
    st.builds(lambda text: _element("script", {}, [_text(text)]), TEXT),
    st.sampled_from([_element("use", {"href": "#a"}, []), _element("slot", {"name": "b"}, [])]),
    _FIELDS,
    _LINKS,
)


def _branches(inner: Templates) -> Templates:
    flags = st.sampled_from(
        [(), (), (), ("isShadow",), ("isShadowHost",), ("isSVG",), ("isCustom",)]
    )
    tags = st.sampled_from(_TAGS)
    children = st.lists(inner, max_size=3)
    return st.builds(
        lambda t, a, c, f: _element(t, a, c, *f), tags, ELEMENT_ATTRIBUTES, children, flags
    )


_NODES: Templates = st.recursive(_LEAVES, lambda inner: _branches(inner) | inner, max_leaves=5)
_NODES = _branches(_NODES) | _NODES
_DOCUMENTS = st.builds(
    lambda children, mode: _Node({"type": 0, **mode}, children),
    st.lists(_NODES, max_size=4),
    st.sampled_from([{}, {"compatMode": "BackCompat"}]),
)

# --- events ---------------------------------------------------------------------------

_COORDINATES = st.integers(0, 1000)
_ANY, _ELEMENT, _TEXT_NODE = _refs("any"), _refs("element"), _refs("text")
_ADDITIONS: Templates = st.fixed_dictionaries(
    {"parentId": _ELEMENT, "nextId": st.none() | _ANY, "node": _NODES}
)
_REMOVALS = st.fixed_dictionaries({"id": _ANY, "parentId": st.just(_PARENT)})
_TEXTS = st.fixed_dictionaries({"id": _TEXT_NODE | _ANY, "value": TEXT | SHEETS | st.none()})
_CHANGES = st.fixed_dictionaries({"id": _ELEMENT, "attributes": ELEMENT_ATTRIBUTES})
_PLAIN_MUTATIONS = st.fixed_dictionaries(
    {
        "removes": st.lists(_REMOVALS, max_size=1),
        "adds": st.lists(_ADDITIONS, max_size=2),
        "texts": st.lists(_TEXTS, max_size=2),
        "attributes": st.lists(_CHANGES, max_size=2),
    }
)


def _mutation(adds: list[Any], removes: list[Any], **flags: bool) -> Template:
    return {"removes": removes, "adds": adds, "texts": [], "attributes": [], **flags}


def _move(ref: Any, parent: Any, node: _Node) -> Template:
    adds = [{"parentId": parent, "nextId": None, "node": node._replace(ref=ref)}]
    return _mutation(adds, [{"id": ref, "parentId": _PARENT}])


def _frame(parent: Any, document: _Node) -> Template:
    adds = [{"parentId": parent, "nextId": None, "node": document}]
    return _mutation(adds, [], isAttachIframe=True)


def _toggle(ref: Any, name: str | None) -> Template:
    change = {"id": ref, "attributes": {"class": name}}
    return {**_mutation([], []), "attributes": [change]}


_MUTATIONS = st.one_of(
    _PLAIN_MUTATIONS,
    st.builds(_toggle, _ELEMENT, st.sampled_from(NAMES) | st.none()),
    st.builds(_move, _ANY, _ELEMENT, _NODES),
    st.builds(_frame, _ELEMENT, _DOCUMENTS),
)
_POSITIONS = st.lists(
    st.fixed_dictionaries(
        {"x": _COORDINATES, "y": _COORDINATES, "id": _ANY, "timeOffset": st.just(0)}
    ),
    max_size=4,
)
_POINTS = {"id": _ANY, "x": _COORDINATES, "y": _COORDINATES}
_RULES = st.lists(
    st.fixed_dictionaries({"rule": SHEETS}, optional={"index": st.just([0])}), max_size=2
)
_SETS = st.sampled_from(
    [
        ("content", f'"{LETTER}{PAIR}"'),
        ("--who", LETTER * 3),
        ("color", "red"),
        (f"{UNIT} {UNIT}", "x"),
    ]
).map(lambda pair: {"property": pair[0], "value": pair[1], "priority": ""})

_SOURCES: dict[int, dict[str, Templates]] = {
    1: {"positions": _POSITIONS},
    2: {"type": st.integers(0, 10), **_POINTS},
    3: _POINTS,
    4: {"width": _COORDINATES, "height": _COORDINATES},
    5: {
        "id": _ELEMENT,
        "text": TEXT,
        "isChecked": st.booleans(),
        "selectedOptionIds": st.lists(_ELEMENT, max_size=2),
    },
    6: {"positions": _POSITIONS},
    7: {"type": st.integers(0, 4), "id": _ANY, "volume": st.just(0.5)},
    8: {"id": _ANY | st.none(), "adds": _RULES, "replace": SHEETS | st.none()},
    9: {"id": _ANY, "type": st.just(0), "property": st.just("fillText"), "args": st.lists(TEXT)},
    10: {"family": st.just("Site"), "fontSource": FILE_URLS, "buffer": st.booleans()},
    11: {"level": st.just("info"), "trace": st.lists(TEXT), "payload": st.lists(TEXT)},
    12: {"positions": _POSITIONS},
    13: {"id": _ANY, "index": st.just([0]), "set": _SETS},
    14: {"ranges": st.lists(st.fixed_dictionaries(
        {"start": _ANY, "startOffset": _COORDINATES, "end": _ANY, "endOffset": _COORDINATES}
    ), max_size=2)},
    15: {"id": _ANY, "styleIds": st.just([1]), "styles": st.lists(st.fixed_dictionaries(
        {"styleId": st.just(1), "rules": _RULES}
    ), max_size=1)},
    16: {"define": filled(TEXT, "x-card", "{} {}").map(lambda name: {"name": name})},
    42: {"secret": TEXT},
}  # fmt: skip
_CHANGE_DATA = st.sampled_from(sorted(_SOURCES)).flatmap(
    lambda source: st.fixed_dictionaries({"source": st.just(source), **_SOURCES[source]})
)
_CRUMBS: Templates = st.builds(
    lambda ref, text, attributes: {
        "tag": "breadcrumb",
        "payload": {
            "category": "ui.click",
            "message": f'div.a > p[title="{LETTER}{PAIR}"]',
            "data": {
                "nodeId": ref,
                "node": {"id": ref, "textContent": text, "attributes": attributes},
            },
        },
    },
    _ELEMENT,
    TEXT,
    ELEMENT_ATTRIBUTES,
)
_MUTATION_DATA: Templates = _MUTATIONS.map(lambda data: {"source": 0, **data})
_TREES = st.fixed_dictionaries(
    {"node": _DOCUMENTS, "initialOffset": st.just({"top": 0, "left": 0})}
)
_TAG_NAMES = st.sampled_from(["breadcrumb", "performanceSpan", "rrweb/console@1", "x"]) | TEXT
_KINDS: dict[int, Templates] = {
    0: st.just({}) | st.fixed_dictionaries({"note": TEXT}),
    1: st.just({}),
    2: _TREES,
    4: st.fixed_dictionaries({"href": URLS, "width": _COORDINATES, "height": _COORDINATES}),
    5: st.fixed_dictionaries({"tag": _TAG_NAMES, "payload": PAYLOADS}) | _CRUMBS,
    6: st.fixed_dictionaries({"plugin": _TAG_NAMES, "payload": PAYLOADS}),
    7: st.fixed_dictionaries({"url": URLS, "payload": PAYLOADS}),
    8: st.fixed_dictionaries({"secret": TEXT}),
}


def _event(kind: int, data: Templates) -> Templates:
    times = st.integers(0, 10_000) | st.floats(0, 10_000)
    fields = {"type": st.just(kind), "timestamp": times, "data": data}
    return st.fixed_dictionaries(fields, optional={"delay": _COORDINATES, "pageUrl": TEXT})


_EVENTS = st.one_of(
    _event(3, _MUTATION_DATA),
    _event(3, _CHANGE_DATA),
    _event(3, _MUTATION_DATA),
    st.sampled_from(sorted(_KINDS)).flatmap(lambda kind: _event(kind, _KINDS[kind])),
)


class _Page:
    """The DOM while a recording is assembled. It assigns ids and resolves references."""

    def __init__(self) -> None:
        self.kinds: dict[int, str] = {}
        self.parents: dict[int, int] = {}
        self.last = 0
        self.gone = 4711

    def event(self, template: Template) -> Any:
        if template["type"] == 2:
            self.kinds.clear()
        event = self.resolve(template)
        data = event["data"]
        added = {addition["node"]["id"] for addition in data.get("adds", ()) if "node" in addition}
        for removal in data.get("removes", ()):
            if removal["id"] not in added:
                self.gone = removal["id"]
                self.kinds.pop(self.gone, None)
        return event

    def resolve(self, template: Template) -> Any:
        if isinstance(template, _Ref):  # a node is placed later: it must know its parent first
            if template.kind == "gone":
                return self.gone
            ids = [i for i, kind in self.kinds.items() if template.kind in {kind, "any"}] or [1]
            return ids[template.at % len(ids)]
        if isinstance(template, list):
            return [self.resolve(item) for item in template]
        if not isinstance(template, dict):
            return template
        done = {name: self.resolve(value) for name, value in template.items()}
        for name, value in done.items():
            if value is _PARENT:
                done[name] = self.parents.get(done["id"], 1)
            elif isinstance(value, _Node):
                done[name] = self.place(value, done.get("parentId", 0))
        return done

    def place(self, node: _Node, parent: int) -> Any:
        body = dict(node.body)
        self.last += 1
        body["id"] = at = self.last if node.ref is None else self.resolve(node.ref)
        special = body.get("tagName") in _SPECIAL
        self.kinds[at] = (
            "special" if special else {2: "element", 3: "text"}.get(body["type"], "other")
        )
        self.parents[at] = parent
        if body["type"] in {0, 2}:
            body["childNodes"] = [self.place(child, at) for child in node.children]
        return body


def _assemble(events: list[Template]) -> list[Any]:
    page = _Page()
    return [page.event(event) for event in events]


def _calm(template: Template) -> Any:
    """Remove from a template whatever asks to be blocked, ignored or shown."""
    if isinstance(template, list):
        return [_calm(item) for item in template]
    if isinstance(template, dict):
        calm = {_calm(name): _calm(value) for name, value in template.items()}
        if "tagName" in calm:
            calm["tagName"] = _CALM.get(calm["tagName"], calm["tagName"])
        return calm
    if isinstance(template, str):
        return re.sub("sentry-(block|unmask|ignore)|rr_(width)", r"calm-\1\2", template)
    return template


def recording_of(max_events: int, finish: Callable[[Any], Any], *, calm: bool) -> Templates:
    """Draw templates of recordings and apply ``finish`` to each."""
    if not isinstance(max_events, int) or max_events < 0:
        raise InvalidArgument(f"max_events={max_events!r} must be a number of events, 0 or more")

    def assemble(parts: tuple[list[Any], Any, list[Any]]) -> Any:
        before, snapshot, after = parts
        template = _assemble([*before, snapshot, *after])
        return finish(_calm(template) if calm else template)

    events = st.lists(_EVENTS, max_size=max_events)
    return finished(st.tuples(st.lists(_EVENTS, max_size=1), _event(2, _TREES), events), assemble)


def finished(templates: Templates, finish: Callable[[Any], Any]) -> Templates:
    """Draw templates and apply ``finish``. A failing test shows only the result, not the steps."""

    @st.composite
    def finished(draw: st.DrawFn) -> Any:
        return finish(draw(templates))

    return finished()
