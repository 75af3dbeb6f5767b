"""Seeded generators: a page of any size as JSON bytes, and a stream of small mutations.

Theory: whether time per node stays flat shows only if pages of all sizes are
made alike. So a page is a sequence of nodes drawn from one mix, whatever its
size: nesting hovers around one depth, classes and words come from fixed pools as
a site's own do, and addresses and sentences are different every time as a page's
content is.

Invariant: the same seed and size give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

_WORDS = """
    account address after against agreement always amount another answer around balance because
    before better between billing building business call cannot card change children city clear
    close coffee company country customer daily date delivery different doctor early email enough
    evening every family finally first follow friend garden general given great group history home
    house important include insurance interest invoice kitchen large later letter library little
    local long market meeting member message minute money month morning mother nearly never night
    number office often order other package paper payment people perhaps phone picture place
    question quickly rather reason receipt remember report return river school second send service
    several shipping short simple small something station still story street summer support table
    thank thing though ticket today together tomorrow travel under until update visit water week
    welcome window winter without world write year yesterday young
""".split()
_FOREIGN = "Größe naïve señor Łódź Привет мир 東京 日本語 مرحبا \u2014 \u2026 \U0001f600".split()
_NAMES = "box btn card col content date footer head icon item link list meta nav price row title"
_CLASSES = [
    f"{first} {first}-{second}"
    for first in _NAMES.split()
    for second in ("large", "small", "active", "inner", "left")
]
_STYLES = [
    "display: none",
    "color: #333; margin: 0 4px",
    "width: {}px",
    "background: url(/i/{}.png)",
]
_BLANKS = [r"\n", r"\n  ", r"\n    ", " "]

_CONTAINERS = ("div", "div", "span", "span", "p", "a", "a", "li", "ul", "section")
_VOID = ("img", "input", "br")
_DEPTH = 12  # levels below <body> around which the nesting hovers, as on real pages
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


def page(nodes: int, seed: int = 1) -> bytes:
    """Return a recording of one Meta and one FullSnapshot event with exactly ``nodes`` nodes.

    >>> page(100) == page(100)
    True
    """
    parts: list[str] = []
    chunks = [_META.encode(), _SNAPSHOT.encode()]
    for part in _body(Random(seed), nodes - _SNAPSHOT_NODES):
        parts.append(part)
        if len(parts) >= _CHUNK:
            chunks.append("".join(parts).encode())
            parts.clear()
    chunks += ("".join(parts).encode(), _SNAPSHOT_END.encode())
    return b"".join(chunks)


def _body(random: Random, count: int) -> Iterator[str]:
    """Yield the JSON of ``count`` nodes in document order, without recursion."""
    open_ids: list[int] = []
    comma = ""
    for node_id in range(_FIRST_ID, _FIRST_ID + count):
        while open_ids and random.random() * 3 * _DEPTH < len(open_ids):
            yield f'],"id":{open_ids.pop()}}}'
            comma = ","
        drawn = random.random()
        if drawn < 0.58:  # of the nodes of real pages, three in five are text
            yield f'{comma}{{"type":3,"textContent":"{_text(random)}","id":{node_id}}}'
            comma = ","
        elif drawn < 0.64:
            yield f'{comma}{_element(random, random.choice(_VOID), node_id)}],"id":{node_id}}}'
            comma = ","
        else:
            yield comma + _element(random, random.choice(_CONTAINERS), node_id)
            open_ids.append(node_id)
            comma = ""
    for node_id in reversed(open_ids):
        yield f'],"id":{node_id}}}'


def _text(random: Random) -> str:
    """Return the text of one node, as it stands between JSON quotes; half are blank."""
    if random.random() < 0.5:
        return random.choice(_BLANKS)
    words = random.choices(_WORDS, k=random.randrange(1, 14))
    if random.random() < 0.08:
        words.append(random.choice(_FOREIGN))
    return " ".join(words)


def _element(random: Random, tag: str, node_id: int) -> str:
    """Return an element up to the bracket that opens its children."""
    attributes = [f'"class":"{random.choice(_CLASSES)}"'] if random.random() < 0.7 else []
    if tag == "a":
        attributes.append(f'"href":"https://shop.example/{_word(random)}/{node_id}?ref=list"')
    elif tag == "img":
        attributes.append(f'"src":"https://img.example/{node_id}.jpg","alt":"{_word(random)}"')
    elif tag == "input":
        attributes.append(f'"type":"text","name":"{_word(random)}","value":"{node_id}"')
    if random.random() < 0.04:
        style = random.choice(_STYLES).format(random.randrange(1000))
        attributes.append(f'"style":"{style}"')
    return _ELEMENT.format(tag, ",".join(attributes))


def _word(random: Random) -> str:
    return random.choice(_WORDS)


# --- mutations ------------------------------------------------------------------------


def mutations(recording: bytes, count: int, seed: int = 1) -> bytes:
    """Return ``count`` mutation events that follow a recording made by `page`.

    Each has one change: a new text (four in ten), a changed attribute (three),
    an added node with a text in it (two) or one of those taken out again (one).
    """
    random = Random(seed)
    elements, texts = _ids(json.loads(recording)[-1]["data"]["node"])
    added: list[tuple[int, int]] = []  # parent and node
    fresh = 1 + max(*elements, *texts)
    events = []
    for at in range(count):
        change: dict[str, Any] = {"source": 0}
        drawn = random.random()
        if drawn < 0.4:
            change["texts"] = [{"id": random.choice(texts), "value": _sentence(random)}]
        elif drawn < 0.7:
            change["attributes"] = [{"id": random.choice(elements), "attributes": _change(random)}]
        elif drawn < 0.9 or not added:
            parent = random.choice(elements)
            change["adds"] = [{"parentId": parent, "nextId": None, "node": _small(random, fresh)}]
            added.append((parent, fresh))
            fresh += 2
        else:
            parent, gone = added.pop(random.randrange(len(added)))
            change["removes"] = [{"parentId": parent, "id": gone}]
        whole: dict[str, Any] = {"texts": [], "attributes": [], "removes": [], "adds": []}
        events.append({"type": 3, "data": whole | change, "timestamp": 1_700_000_001_000 + at})
    return json.dumps(events, ensure_ascii=False, separators=(",", ":")).encode()


def _ids(root: dict[str, Any]) -> tuple[list[int], list[int]]:
    """Return the ids of all elements and of all texts of a tree."""
    found: dict[int, list[int]] = {2: [], 3: []}
    todo = [root]
    while todo:
        node = todo.pop()
        found.setdefault(node["type"], []).append(node["id"])
        todo += node.get("childNodes", ())
    return found[2], found[3]


def _sentence(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=random.randrange(1, 9)))


def _change(random: Random) -> dict[str, Any]:
    """Return one changed attribute: a class, a style diff, a width, a title."""
    return random.choice(
        [
            {"class": random.choice(_CLASSES)},
            {"class": random.choice(_CLASSES)},
            {"style": {"width": f"{random.randrange(1000)}px"}},
            {"style": f"height: {random.randrange(1000)}px"},
            {"title": _sentence(random)},
        ]
    )


def _small(random: Random, node_id: int) -> dict[str, Any]:
    text = {"type": 3, "id": node_id + 1, "textContent": _sentence(random)}
    attributes = {"class": random.choice(_CLASSES)}
    tag = random.choice(["div", "span", "li"])
    return {
        "type": 2,
        "id": node_id,
        "tagName": tag,
        "attributes": attributes,
        "childNodes": [text],
    }
