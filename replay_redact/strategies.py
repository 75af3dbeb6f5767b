"""Hypothesis strategies for recordings and policies: test your own code against all of rrweb.

Recordings are drawn as plain JSON values, in wire form, so that they can be fed
to anything that reads rrweb. Every private place of a drawn recording (text,
form values, what addresses and style sheets can say, payloads) is drawn as a
shape first: so many UTF-16 units, white space here and there. `recordings` fills
the shapes once, `twins` fills them twice with different content, and `planted`
fills each with a secret of its own and tells which.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from replay_redact._allowed import ATTRIBUTES, Kind
from replay_redact.policy import Policy

__all__ = [
    "mutations", "nodes", "planted", "policies", "recordings", "secrets", "snapshots", "twins",
]  # fmt: skip

Template = Any
Templates = st.SearchStrategy[Any]

# --- shapes: Unicode noncharacters stand where private characters will stand -----------

UNIT = "\ufdd0"  # any character of one UTF-16 unit
LETTER = "\ufdd1"  # one unit that CSS and the allow-lists take for a letter
PAIR = "\ufdd2"  # two units: two letters, or one astral character
NUMBER = "\ufdd3"  # a whole string of this is a number
_BASE64 = "\ufdd4{}\ufdd5"  # what stands between will be encoded

_SLOT = re.compile("[\ufdd0-\ufdd2]+")
_ENCODED = re.compile("\ufdd4([^\ufdd5]*)\ufdd5")

_SPACES = [" ", "\n", "\t", "\xa0", "\u3000", "\ufeff"]
_CSS_SPACES = [" ", "\xa0"]  # others end a string, or a word of one filling only


def _shapes(unit: str, spaces: list[str], least: int = 1, most: int = 8) -> st.SearchStrategy[str]:
    characters = st.sampled_from([unit] * 8 + [PAIR] + spaces)
    return st.lists(characters, min_size=least, max_size=most).map("".join)


_TEXT = _shapes(UNIT, _SPACES)
_WORD = _shapes(LETTER, _CSS_SPACES).map(lambda shape: LETTER + shape)


def _filled(shapes: st.SearchStrategy[str], *forms: str) -> st.SearchStrategy[str]:
    """Draw one of several forms with a shape at every pair of braces."""
    return st.builds(lambda form, shape: form.replace("{}", shape), st.sampled_from(forms), shapes)


class _Filling(NamedTuple):
    """Content for the shapes: characters that are taken one after the other."""

    units: str
    letters: str
    pairs: tuple[str, ...]
    number: int

    def write(self, shape: str, at: int) -> str:
        sources = {UNIT: self.units, LETTER: self.letters, PAIR: self.pairs}
        return "".join(sources[c][(at + i) % len(sources[c])] for i, c in enumerate(shape))


# No published word and no selector of `policies` is made of these letters.
_PLAIN = _Filling("jkv", "jkv", ("jk",), 7)
_OTHERS = [
    _Filling("VKJ", "VKJ", ("KJ",), 4711),
    _Filling("0é1ж*\x85", "éжJ", ("\U0001f600", "\U00020bb7"), -3),
]


def _render(template: Template, write: Callable[[str], str], number: int) -> Any:
    """Fill all shapes of a template."""
    if isinstance(template, list):
        return [_render(item, write, number) for item in template]
    if isinstance(template, dict):
        items = template.items()
        return {_write(k, write): _render(v, write, number) for k, v in items}
    if template == NUMBER:
        return number
    return _write(template, write) if isinstance(template, str) else template


def _write(text: str, write: Callable[[str], str]) -> str:
    filled = _SLOT.sub(lambda slot: write(slot[0]), text)
    return _ENCODED.sub(lambda code: base64.b64encode(code[1].encode("utf-16-le")).decode(), filled)


def _fill(template: Template, filling: _Filling = _PLAIN) -> Any:
    at = count()
    return _render(template, lambda shape: filling.write(shape, next(at)), filling.number)


def _plant(template: Template) -> tuple[Any, list[str]]:
    found: list[str] = []

    def write(_shape: str) -> str:
        number = len(found)
        found.append("Kvj" + "".join("bcdfghjklmnpqrst"[number >> i & 15] for i in (12, 8, 4, 0)))
        return found[-1]

    return _render(template, write, 271828), found


# --- what stands in attributes, style sheets, addresses and payloads --------------------

_URLS = _filled(
    _TEXT, "/u/{}", "{}", "?q={}&{}", "#{}", "https://shop.example/{}/{}?tab={}#{}",
    "//{}@cdn.example:8080/a?t={}", "mailto:{}", "javascript:{}", "data:text/html,{}",
    "blob:https://shop.example/{}", f"data:image/png;base64,{_BASE64}",
)  # fmt: skip
_FILE_URLS = _filled(
    _WORD, "https://cdn.example/a/b.css?v={}#{}", "/b.woff2?{}", "data:text/css,{}"
)
_SHEETS = _filled(
    _WORD, 'p::after{content:"{}";color:red}', "/*{}*/.a>b{--who:{};width:3px}",
    '[title="{}"]{background:url(https://cdn.example/{}.png)}', "q{quotes:'{}' \"{}\";k-j:{}}",
    '@import url("/a.css?{}");@media print{a{content:"{}"}}', "@k-{} {}{--j:{{}}}",
    f"@font-face{{font-family:Site;src:url(/f.woff2?{{}}),url(data:font/woff2;base64,{_BASE64})}}",
    f'i{{background:image-set("data:image/gif;base64,{_BASE64}" 1x)}}/* rr_split */b{{top:0}}',
)  # fmt: skip
_STYLES = _filled(
    _WORD, "--who:{};width:3px", 'content:"{}"', "color:red;/*{}*/top:0", "k-j:{} 3px",
    "background:url('/{}.png') no-repeat", "background-image:image-set('/{}.png' 1x)",
)  # fmt: skip
_STYLE_OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "content": _filled(_WORD, '"{}"'),
        "--who": _WORD.map(lambda shape: [shape, "important"]),
        "background": _filled(_WORD, "url(/{}.png)"),
        "width": st.just(value=False),
        "color": st.sampled_from(["red", ["#fff", ""]]),
    },
)
_JUDGED = _filled(_WORD, "~{}", f"{{}}{LETTER * 4}")  # never passes the test of its kind
_NAMES = [
    "a", "sentry-unmask", "b", "a c", "sentry-mask", "b sentry-unmask", "sentry-block",
    "sentry-ignore"
]  # fmt: skip

_VALUES: dict[Kind, Templates] = {
    Kind.NAME: st.sampled_from(_NAMES),
    Kind.WORDS: st.sampled_from(["checkbox", "menu", "true", "stylesheet", "font"]) | _JUDGED,
    Kind.NUMBERS: st.sampled_from(["3", "10px", 24, "0 0 9 9"]) | _JUDGED,
    Kind.SHAPE: st.just("M0 0L5 5") | _JUDGED,
    Kind.LANGUAGE: st.just("en-GB") | _JUDGED,
    Kind.FLAG: st.sampled_from(["", True, False]) | _TEXT,
    Kind.STATE: st.sampled_from([True, False, ""]) | _JUDGED,
    Kind.URL: _URLS,
    Kind.SOURCE: _URLS,
    Kind.SOURCE_SET: _filled(_TEXT, "/{}.png 1x, {} 2x"),
    Kind.STYLE: _STYLES | _STYLE_OBJECTS,
    Kind.SHEET: _SHEETS,
    Kind.VALUE: _TEXT | st.just(NUMBER),
    Kind.CODE: _TEXT,
    Kind.TEXT: _TEXT | st.sampled_from([NUMBER, True, False]) | st.lists(_TEXT, max_size=2),
}
_OTHER_NAMES = {
    Kind.TEXT: ["title", "data-user", "alt", "aria-label", "TITLE", "name"],
    Kind.CODE: ["onclick", "_onclick"],
}
_NAMES_OF = {
    kind: _OTHER_NAMES.get(kind, []) + [name for name, k in ATTRIBUTES.items() if k is kind]
    for kind in Kind
}


def _pairs(kind: Kind) -> Templates:
    return st.tuples(st.sampled_from(_NAMES_OF[kind]), _VALUES[kind] | st.none())


_COMMON = st.tuples(st.just("class"), _VALUES[Kind.NAME]) | _pairs(Kind.TEXT)
_ATTRIBUTES: Templates = st.lists(_COMMON | st.sampled_from(Kind).flatmap(_pairs), max_size=4).map(
    dict
)
_PAYLOADS: Templates = st.recursive(
    _filled(_TEXT, "{}", '{"user": "{}"}', "<b>{}</b>") | st.sampled_from([NUMBER, True, None]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.fixed_dictionaries(
            {},
            optional={
                "message": inner,
                "data": inner,
                "status": st.just(200),
                f"7 {UNIT}{PAIR}": inner,
            },
        )
    ),
    max_leaves=4,
)

# --- nodes ----------------------------------------------------------------------------


class _Ref(NamedTuple):
    """A node that will be looked up once it is known which nodes there are."""

    kind: str
    at: int


class _Node(NamedTuple):
    """A node without an id, or with the id of another one (moved, or claimed twice)."""

    body: Template
    children: Sequence[Any] = ()
    ref: Any = None


_PARENT = object()  # the parent of the node named before
_SPECIAL = {"link", "use", "slot"}  # here an attribute that is private elsewhere is structure
_TAGS = [
    "p", "div", "a", "li", "button", "img", "path", "text", "x-card", "iframe", "noscript",
    "template", "title", "form", "source", "meta", "svg", "video", "canvas", "object",
]  # fmt: skip
_CALM = {"svg": "g", "video": "p", "canvas": "p", "object": "p"}  # tags, where none may be blocked


def _refs(kind: str) -> Templates:
    """Refer to a node of a kind; one time in ten to one that is no longer there, or never was."""
    return st.integers(0, 19).map(lambda n: _Ref(kind if n < 18 else "gone", n))


def _element(tag: str, attributes: Template, children: list[Any], *flags: str) -> _Node:
    body = {"type": 2, "tagName": tag, "attributes": attributes, **dict.fromkeys(flags, True)}
    return _Node(body, children)


def _text(text: str, *flags: str) -> _Node:
    return _Node({"type": 3, "textContent": text, **dict.fromkeys(flags, True)})


def _style(sheet: str, cut: int) -> _Node:
    """Return a style element, its text cut in two as DOM scripts can do."""
    return _element("style", {}, [_text(part) for part in (sheet[:cut], sheet[cut:]) if part])


_FIELDS = st.builds(
    _element,
    st.sampled_from(["input", "textarea", "select", "option"]),
    st.fixed_dictionaries(
        {"value": _TEXT},
        optional={
            "type": st.sampled_from(["text", "password", "checkbox", "hidden", "file", "submit"]),
            "autocomplete": st.sampled_from(["cc-number", "one-time-code", "off"]),
            "data-rr-is-password": st.just("true"),
            "checked": st.booleans(),
            "class": st.sampled_from(_NAMES),
        },
    ),
    st.lists(st.builds(_text, _TEXT), max_size=1),
)
_LINKS = st.builds(
    _element,
    st.just("link"),
    st.fixed_dictionaries(
        {"rel": st.sampled_from(["stylesheet", "preload", "icon"]), "href": _FILE_URLS},
        optional={"as": st.just("font"), "_cssText": _SHEETS},
    ),
    st.just([]),
)
_LEAVES: Templates = st.one_of(
    st.builds(_text, _TEXT),
    st.builds(_text, _TEXT, st.just("isShadow")),
    st.builds(lambda text: _Node({"type": 5, "textContent": text}), _TEXT),
    st.builds(lambda text: _Node({"type": 4, "textContent": text}), _TEXT),
    st.builds(
        lambda name: _Node({"type": 1, "name": name, "publicId": name}), st.just("html") | _TEXT
    ),
    st.builds(_style, _SHEETS, st.integers(0, 30)),
    st.builds(lambda text: _element("script", {}, [_text(text)]), _TEXT),
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
    return st.builds(lambda t, a, c, f: _element(t, a, c, *f), tags, _ATTRIBUTES, children, flags)


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
_TEXTS = st.fixed_dictionaries({"id": _TEXT_NODE | _ANY, "value": _TEXT | _SHEETS | st.none()})
_CHANGES = st.fixed_dictionaries({"id": _ELEMENT, "attributes": _ATTRIBUTES})
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
    st.builds(_toggle, _ELEMENT, st.sampled_from(_NAMES) | st.none()),
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
    st.fixed_dictionaries({"rule": _SHEETS}, optional={"index": st.just([0])}), max_size=2
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
    5: {"id": _ELEMENT, "text": _TEXT, "isChecked": st.booleans()},
    6: {"positions": _POSITIONS},
    7: {"type": st.integers(0, 4), "id": _ANY, "volume": st.just(0.5)},
    8: {"id": _ANY | st.none(), "adds": _RULES, "replace": _SHEETS | st.none()},
    9: {"id": _ANY, "type": st.just(0), "property": st.just("fillText"), "args": st.lists(_TEXT)},
    10: {"family": st.just("Site"), "fontSource": _FILE_URLS, "buffer": st.booleans()},
    11: {"level": st.just("info"), "trace": st.lists(_TEXT), "payload": st.lists(_TEXT)},
    12: {"positions": _POSITIONS},
    13: {"id": _ANY, "index": st.just([0]), "set": _SETS},
    14: {"ranges": st.lists(st.fixed_dictionaries(
        {"start": _ANY, "startOffset": _COORDINATES, "end": _ANY, "endOffset": _COORDINATES}
    ), max_size=2)},
    15: {"id": _ANY, "styleIds": st.just([1]), "styles": st.lists(st.fixed_dictionaries(
        {"styleId": st.just(1), "rules": _RULES}
    ), max_size=1)},
    16: {"define": _filled(_TEXT, "x-card", "{} {}").map(lambda name: {"name": name})},
    42: {"secret": _TEXT},
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
    _TEXT,
    _ATTRIBUTES,
)
_MUTATION_DATA: Templates = _MUTATIONS.map(lambda data: {"source": 0, **data})
_TREES = st.fixed_dictionaries(
    {"node": _DOCUMENTS, "initialOffset": st.just({"top": 0, "left": 0})}
)
_TAG_NAMES = st.sampled_from(["breadcrumb", "performanceSpan", "rrweb/console@1", "x"]) | _TEXT
_KINDS: dict[int, Templates] = {
    0: st.just({}) | st.fixed_dictionaries({"note": _TEXT}),
    1: st.just({}),
    2: _TREES,
    4: st.fixed_dictionaries({"href": _URLS, "width": _COORDINATES, "height": _COORDINATES}),
    5: st.fixed_dictionaries({"tag": _TAG_NAMES, "payload": _PAYLOADS}) | _CRUMBS,
    6: st.fixed_dictionaries({"plugin": _TAG_NAMES, "payload": _PAYLOADS}),
    7: st.fixed_dictionaries({"url": _URLS, "payload": _PAYLOADS}),
    8: st.fixed_dictionaries({"secret": _TEXT}),
}


def _event(kind: int, data: Templates) -> Templates:
    times = st.integers(0, 10_000) | st.floats(0, 10_000)
    fields = {"type": st.just(kind), "timestamp": times, "data": data}
    return st.fixed_dictionaries(fields, optional={"delay": _COORDINATES, "sessionId": _TEXT})


_EVENTS = st.one_of(
    _event(3, _MUTATION_DATA),
    _event(3, _CHANGE_DATA),
    _event(3, _MUTATION_DATA),
    st.sampled_from(sorted(_KINDS)).flatmap(lambda kind: _event(kind, _KINDS[kind])),
)


class _Page:
    """The DOM while a recording is put together: gives out ids, looks references up."""

    def __init__(self, known: int = 0) -> None:
        self.kinds: dict[int, str] = dict.fromkeys(range(1, known + 1), "element")
        self.parents: dict[int, int] = {}
        self.last = known
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
        if isinstance(template, _Ref):  # not so a node: it must know its parent first
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


def _assemble(events: list[Template], known: int = 0) -> list[Any]:
    page = _Page(known)
    return [page.event(event) for event in events]


def _calm(template: Template) -> Any:
    """Take out of a template what pages use to be blocked, ignored or shown."""
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


def _recordings(max_events: int, finish: Callable[[Any], Any], *, calm: bool) -> Templates:
    if not isinstance(max_events, int) or max_events < 0:
        raise InvalidArgument(f"max_events={max_events!r} must be a number of events, 0 or more")

    def assemble(parts: tuple[list[Any], Any, list[Any]]) -> Any:
        before, snapshot, after = parts
        template = _assemble([*before, snapshot, *after])
        return finish(_calm(template) if calm else template)

    events = st.lists(_EVENTS, max_size=max_events)
    return _finished(st.tuples(st.lists(_EVENTS, max_size=1), _event(2, _TREES), events), assemble)


def _finished(templates: Templates, finish: Callable[[Any], Any]) -> Templates:
    """Draw and finish; a failing test then shows the result, not how it came about."""

    @st.composite
    def finished(draw: st.DrawFn) -> Any:
        return finish(draw(templates))

    return finished()


# --- the public strategies ------------------------------------------------------------


def secrets(*, min_size: int = 1, max_size: int = 8) -> st.SearchStrategy[str]:
    """Draw strings of private text: letters, and white space of every JavaScript kind.

    Sizes count characters. Raises `InvalidArgument` if they make no sense.
    """
    if not 0 <= min_size <= max_size:
        raise InvalidArgument(f"expected 0 <= min_size <= max_size, got {min_size!r}, {max_size!r}")
    return _shapes(LETTER, _SPACES, min_size, max_size).map(_fill)


def nodes() -> st.SearchStrategy[dict[str, Any]]:
    """Draw serialized nodes of every kind but documents, with all below them; ids count from 1."""
    return _finished(_NODES, lambda node: _fill(_Page().place(node, 0)))


def snapshots() -> st.SearchStrategy[dict[str, Any]]:
    """Draw full snapshot events; ids count from 1, the document's own is 1."""
    return _finished(_event(2, _TREES), lambda event: _fill(_assemble([event])[0]))


def mutations(*, known: int = 10) -> st.SearchStrategy[dict[str, Any]]:
    """Draw mutation events about a page whose nodes have the ids 1 to ``known``."""
    if not isinstance(known, int) or known < 1:
        raise InvalidArgument(f"known={known!r} must be a number of nodes, 1 or more")
    return _finished(_event(3, _MUTATION_DATA), lambda event: _fill(_assemble([event], known)[0]))


def recordings(*, max_events: int = 6, calm: bool = False) -> st.SearchStrategy[list[Any]]:
    """Draw recordings: a full snapshot, and up to so many events about what is there by then.

    They reach every node kind, event kind and incremental source, and some that
    do not exist. In a ``calm`` one nothing asks to be blocked, ignored or shown in clear.
    """
    return _recordings(max_events, _fill, calm=calm)


def twins(*, max_events: int = 6, calm: bool = False) -> st.SearchStrategy[tuple[Any, Any]]:
    """Draw two recordings that differ in private content only, of the same shape.

    The same length in UTF-16 units, white space at the same places, numbers for
    numbers. Redaction must not be able to tell them apart; see `recordings`.
    """
    recording = _recordings(max_events, lambda template: template, calm=calm)
    pair = st.tuples(recording, st.sampled_from(_OTHERS))
    return _finished(pair, lambda drawn: (_fill(drawn[0]), _fill(*drawn)))


def planted(*, max_events: int = 6, calm: bool = False) -> st.SearchStrategy[tuple[Any, list[str]]]:
    """Draw recordings with a different secret at every private place, and those secrets."""
    return _recordings(max_events, _plant, calm=calm)


_SIMPLE = ["p", "div", "input", "img", ".a", ".b", "#a", "[title]", "[type=checkbox]",
           "[data-user=cart]", "[data-user^=ca]", "[class*=c]", "[role~=menu]"]  # fmt: skip
_COMPOUNDS = st.sampled_from(_SIMPLE) | st.builds(
    lambda form, a, b: form.format(a, b),
    st.sampled_from([":not({0})", ":is({0}, {1})", ":where({0})", ":not({0}):not({1})"]),
    st.sampled_from(_SIMPLE),
    st.sampled_from(_SIMPLE),
)
_SELECTORS = st.lists(_COMPOUNDS, min_size=1, max_size=2).flatmap(
    lambda parts: st.sampled_from([" ", " > "]).map(lambda combinator: combinator.join(parts))
)
_SELECTOR_LISTS = st.lists(_SELECTORS, max_size=2).map(tuple)
_TIGHTENING: dict[str, st.SearchStrategy[Any]] = {
    "mask": _SELECTOR_LISTS,
    "block": _SELECTOR_LISTS,
    "ignore": _SELECTOR_LISTS,
    "mask_attributes": st.lists(st.sampled_from(["class", "type", "title", "width", "href"])).map(
        tuple
    ),
}
_OPENING: dict[str, st.SearchStrategy[Any]] = {
    "unmask": _SELECTOR_LISTS,
    "unblock": _SELECTOR_LISTS,
    "routes": st.sampled_from([(), ("/u/:id",)]),
    "mask_all_text": st.booleans(),
    "mask_all_inputs": st.booleans(),
    "block_all_media": st.booleans(),
    "mask_urls": st.booleans(),
    "mask_css": st.booleans(),
    "keep_fonts": st.booleans(),
}


def policies(*, opening: bool = True) -> st.SearchStrategy[Policy]:
    """Draw policies. Without ``opening`` they only tighten what ``Policy()`` does by default."""
    options = _TIGHTENING | (_OPENING if opening else {})
    return _finished(st.fixed_dictionaries({}, optional=options), lambda drawn: Policy(**drawn))
