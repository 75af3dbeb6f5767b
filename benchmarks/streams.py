"""Seeded streams of events that follow a generated page: small mutations, and a mouse.

The same page, seed and count give the same bytes.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from benchmarks.words import CLASSES, sentence

_START = 1_700_000_001_000  # after the snapshot, in milliseconds

Ids = tuple[list[int], list[int]]
"""The ids of all elements and of all texts of a page."""


def mutations(recording: bytes, count: int, seed: int = 1) -> bytes:
    """Return ``count`` mutation events that follow a recording made by `page`.

    Each has one change: a new text (four in ten), a changed attribute (three),
    an added node with a text in it (two) or one of those taken out again (one).
    """
    return _joined(itertools.islice(_mutations(ids_of(recording), Random(seed)), count))


def mouse(recording: bytes, count: int, seed: int = 1) -> bytes:
    """Return ``count`` events of a visitor: moves (seven in ten), clicks, scrolls, typing."""
    return _joined(itertools.islice(_mouse(ids_of(recording), Random(seed)), count))


def segments(recording: bytes, count: int, events: int, seed: int = 1) -> Iterator[bytes]:
    """Yield ``count`` segments of ``events`` each: nine mutations for each event of a visitor.

    The page neither grows nor shrinks for long: at most `_ALIVE` added nodes are in it.
    """
    ids, random = ids_of(recording), Random(seed)
    changes, moves = _mutations(ids, random, _ALIVE), _mouse(ids, random)
    for _ in range(count):
        visit = itertools.islice(moves, events // 10)
        yield _joined(itertools.chain(itertools.islice(changes, events - events // 10), visit))


_ALIVE = 500

STREAMS: dict[str, Callable[[bytes, int], bytes]] = {
    "mutation-heavy": mutations,
    "mouse-heavy": mouse,
}


def ids_of(recording: bytes) -> Ids:
    found: dict[int, list[int]] = {2: [], 3: []}
    todo = [json.loads(recording)[-1]["data"]["node"]]
    while todo:
        node = todo.pop()
        found.setdefault(node["type"], []).append(node["id"])
        todo += node.get("childNodes", ())
    return found[2], found[3]


def _joined(events: Iterable[dict[str, Any]]) -> bytes:
    return json.dumps(list(events), ensure_ascii=False, separators=(",", ":")).encode()


def _incremental(at: int, data: dict[str, Any]) -> dict[str, Any]:
    return {"type": 3, "data": data, "timestamp": _START + at}


# --- mutations ------------------------------------------------------------------------

_UNCHANGED = {"source": 0, "texts": [], "attributes": [], "removes": [], "adds": []}
"""In the order in which rrweb's recorder writes it: decoders look for the source first."""


def _mutations(ids: Ids, random: Random, alive: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield mutations without end, with at most ``alive`` nodes added and not taken out."""
    elements, texts = ids
    added: list[tuple[int, int]] = []  # parent and node
    fresh = 1 + max(*elements, *texts)
    for at in itertools.count():
        change: dict[str, Any] = {}
        drawn = random.random()
        if drawn < 0.4:
            change["texts"] = [{"id": random.choice(texts), "value": sentence(random)}]
        elif drawn < 0.7:
            change["attributes"] = [{"id": random.choice(elements), "attributes": _change(random)}]
        elif not added or (drawn < 0.9 and len(added) != alive):
            parent = random.choice(elements)
            change["adds"] = [{"parentId": parent, "nextId": None, "node": _small(random, fresh)}]
            added.append((parent, fresh))
            fresh += 2
        else:
            parent, gone = added.pop(random.randrange(len(added)))
            change["removes"] = [{"parentId": parent, "id": gone}]
        yield _incremental(at, _UNCHANGED | change)


def _change(random: Random) -> dict[str, Any]:
    """Return one changed attribute: a class, a style diff, a width, a title."""
    return random.choice(
        [
            {"class": random.choice(CLASSES)},
            {"class": random.choice(CLASSES)},
            {"style": {"width": f"{random.randrange(1000)}px"}},
            {"style": f"height: {random.randrange(1000)}px"},
            {"title": sentence(random)},
        ]
    )


def _small(random: Random, node_id: int) -> dict[str, Any]:
    text = {"type": 3, "id": node_id + 1, "textContent": sentence(random)}
    attributes = {"class": random.choice(CLASSES)}
    tag = random.choice(["div", "span", "li"])
    return {
        "type": 2,
        "id": node_id,
        "tagName": tag,
        "attributes": attributes,
        "childNodes": [text],
    }


# --- the mouse ------------------------------------------------------------------------


def _mouse(ids: Ids, random: Random) -> Iterator[dict[str, Any]]:
    """Yield what a visitor does, without end."""
    elements, _ = ids
    for at in itertools.count():
        drawn = random.random()
        node_id = random.choice(elements)
        if drawn < 0.7:
            data = {"source": 1, "positions": _positions(random, elements)}
        elif drawn < 0.8:
            data = {"source": 2, "type": 2, "id": node_id, **_point(random)}
        elif drawn < 0.95:
            data = {"source": 3, "id": node_id, **_point(random)}
        else:
            data = {"source": 5, "id": node_id, "text": sentence(random), "isChecked": False}
        yield _incremental(at, data)


def _positions(random: Random, elements: list[int]) -> list[dict[str, int]]:
    """Return what a recorder gathers in half a second: up to ten positions, one in 50 ms."""
    count = random.randrange(1, 11)
    return [
        {**_point(random), "id": random.choice(elements), "timeOffset": -50 * before}
        for before in reversed(range(count))
    ]


def _point(random: Random) -> dict[str, int]:
    return {"x": random.randrange(1280), "y": random.randrange(720)}
