"""Seeded pages of any size as JSON bytes, of several kinds.

Whether the time per node stays flat shows only if pages of all sizes are made alike. So a page of
any size is a sequence of nodes drawn from one mix: nesting hovers around one depth, classes and
words come from fixed pools as on a site, and addresses and sentences are different every time, as
content is. The other kinds have more of one thing than any real page.

The same kind, size and seed give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.words import BLANKS, CLASSES, FOREIGN, WORDS, sentence, word

_CHUNK = 4096  # nodes that are joined at a time, so that no million small strings pile up

_ELEMENT = '{{"type":2,"tagName":"{}","attributes":{{{}}},"childNodes":['
_META = (
    '[{"type":4,"data":{"href":"https://shop.example/orders/4711?tab=open","width":1280,'
    '"height":720},"timestamp":1700000000000},'
)
_SNAPSHOT = (
    '{"type":2,"data":{"node":{"type":0,"childNodes":['
    '{"type":1,"name":"html","publicId":"","systemId":"","id":2},'
    + _ELEMENT.format("html", '"lang":"en"')
    + _ELEMENT.format("head", "")
    + '],"id":4},'
    + _ELEMENT.format("body", '"class":"page"')
)
_SNAPSHOT_END = (
    '],"id":5}],"id":3}],"id":1},"initialOffset":{"top":0,"left":0}},"timestamp":1700000000001}]'
)
_FIRST_ID = 6  # after document, doctype, html, head and body
_SNAPSHOT_NODES = _FIRST_ID - 1


# --- what nodes hold: JSON, as it stands between the braces or quotes ---------------------

_STYLES = [
    "display: none",
    "color: #333; margin: 0 4px",
    "width: {}px",
    "background: url(/i/{}.png)",
]


def _text(random: Random) -> str:
    """Return a text as real pages have them: half are blank."""
    if random.random() < 0.5:
        return random.choice(BLANKS)
    words = random.choices(WORDS, k=random.randrange(1, 14))
    if random.random() < 0.08:
        words.append(random.choice(FOREIGN))
    return " ".join(words)


def _long_text(random: Random) -> str:
    return f"{sentence(random, 150)} {random.choice(FOREIGN)}"


def _few_attributes(random: Random, tag: str, node_id: int) -> list[str]:
    attributes = [f'"class":"{random.choice(CLASSES)}"'] if random.random() < 0.7 else []
    if tag == "a":
        attributes.append(f'"href":"https://shop.example/{word(random)}/{node_id}?ref=list"')
    elif tag == "img":
        attributes.append(f'"src":"https://img.example/{node_id}.jpg","alt":"{word(random)}"')
    elif tag == "input":
        attributes.append(f'"type":"text","name":"{word(random)}","value":"{node_id}"')
    if random.random() < 0.04:
        attributes.append(_style(random))
    return attributes


def _style(random: Random) -> str:
    return f'"style":"{random.choice(_STYLES).format(random.randrange(1000))}"'


def _many_attributes(random: Random, tag: str, node_id: int) -> list[str]:
    return [
        *_few_attributes(random, tag, node_id),
        f'"id":"{word(random)}-{node_id}","title":"{sentence(random)}"',
        f'"aria-label":"{sentence(random)}","aria-expanded":"true","tabindex":"0"',
        f'"data-{word(random)}":"{sentence(random)}","data-id":"{node_id}","role":"button"',
        f'"onclick":"go({node_id})","data-testid":"{word(random)}-{word(random)}"',
    ]


def _css_attributes(random: Random, tag: str, node_id: int) -> list[str]:
    if tag != "style":
        return [f'"class":"{random.choice(CLASSES)}"', _style(random)]
    rules = (_rule(random, node_id) for _ in range(random.randrange(10, 60)))
    return [f'"_cssText":"{"".join(rules)}"']


def _rule(random: Random, node_id: int) -> str:
    selector = f".{random.choice(CLASSES).split()[1]} > .{word(random)}-{node_id}:hover"
    return random.choice(
        [
            f"{selector} {{ color: #333; margin: 0 {random.randrange(99)}px; display: flex; }}",
            f"{selector}::before {{ content: '{word(random)}'; width: {random.randrange(99)}px; }}",
            f"{selector} {{ background: url(/i/{node_id}.png) no-repeat; opacity: 0.5; }}",
            f"@media (max-width: {random.randrange(999)}px) {{ {selector} {{ display: none; }} }}",
        ]
    )


def _field_attributes(random: Random, tag: str, node_id: int) -> list[str]:
    attributes = [f'"class":"{random.choice(CLASSES)}","name":"{word(random)}"']
    if tag in {"input", "textarea", "option", "button"}:
        attributes.append(f'"value":"{sentence(random)} {node_id}"')
    if tag in {"input", "textarea"}:
        kind = random.choice(["text", "email", "password", "checkbox", "tel", "hidden"])
        attributes.append(f'"type":"{kind}","placeholder":"{sentence(random)}"')
    if tag == "label":
        attributes.append(f'"for":"{word(random)}-{node_id}"')
    if tag == "option" and random.random() < 0.1:
        attributes.append('"selected":true')
    return attributes


# --- kinds --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """The mix that the nodes of a page are drawn from."""

    text: Callable[[Random], str] = _text
    attributes: Callable[[Random, str, int], list[str]] = _few_attributes
    texts: float = 0.58  # of the nodes of real pages, three in five are text
    voids: float = 0.06
    depth: int = 12  # around it the levels below <body> hover, as on real pages; 0: all siblings
    containers: tuple[str, ...] = (
        *("div", "div", "span", "span", "p", "a", "a", "li", "ul", "section"),
    )
    void: tuple[str, ...] = ("img", "input", "br")


KINDS = {
    "mixed": Kind(),
    "text-heavy": Kind(text=_long_text, texts=0.7),
    "attribute-heavy": Kind(attributes=_many_attributes, texts=0.3),
    "css-heavy": Kind(attributes=_css_attributes, void=("style",), voids=0.05),
    "form-heavy": Kind(
        attributes=_field_attributes,
        texts=0.3,
        voids=0.4,
        containers=("form", "label", "select", "option", "option", "fieldset", "button", "div"),
        void=("input", "input", "textarea"),
    ),
    "deep": Kind(depth=500, texts=0.4),  # deeper than a parser nests
    "wide": Kind(depth=0),
}
"""What pages can be made of; of "mixed" are those that have to scale."""


def page(nodes: int, kind: str = "mixed", seed: int = 1) -> bytes:
    """Return a recording of one Meta and one FullSnapshot event with exactly ``nodes`` nodes.

    >>> page(100) == page(100)
    True
    """
    parts: list[str] = []
    chunks = [_META.encode(), _SNAPSHOT.encode()]
    for part in _body(Random(seed), KINDS[kind], nodes - _SNAPSHOT_NODES):
        parts.append(part)
        if len(parts) >= _CHUNK:
            chunks.append("".join(parts).encode())
            parts.clear()
    chunks += ("".join(parts).encode(), _SNAPSHOT_END.encode())
    return b"".join(chunks)


def _body(random: Random, kind: Kind, count: int) -> Iterator[str]:
    """Yield the JSON of ``count`` nodes in document order, without recursion."""
    open_ids: list[int] = []
    comma = ""
    for node_id in range(_FIRST_ID, _FIRST_ID + count):
        while open_ids and random.random() * 3 * kind.depth < len(open_ids):
            yield f'],"id":{open_ids.pop()}}}'
            comma = ","
        drawn = random.random()
        if drawn < kind.texts:
            yield f'{comma}{{"type":3,"textContent":"{kind.text(random)}","id":{node_id}}}'
            comma = ","
        elif drawn < kind.texts + kind.voids:
            yield f'{comma}{_element(random, kind, kind.void, node_id)}],"id":{node_id}}}'
            comma = ","
        else:
            yield comma + _element(random, kind, kind.containers, node_id)
            open_ids.append(node_id)
            comma = ""
    for node_id in reversed(open_ids):
        yield f'],"id":{node_id}}}'


def _element(random: Random, kind: Kind, tags: tuple[str, ...], node_id: int) -> str:
    """Return an element up to the bracket that opens its children."""
    tag = random.choice(tags)
    return _ELEMENT.format(tag, ",".join(kind.attributes(random, tag, node_id)))
