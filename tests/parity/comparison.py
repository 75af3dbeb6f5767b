"""Comparing what the SDK masked with what `Policy.sentry` makes of a recording without masks."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from replay_redact import Policy, redact_bytes
from replay_redact.policy.sdk_options import SENTRY
from tests.parity.pages import Made

IDS = {"id", "rootId", "parentId", "nextId", "previousId", "start", "end", "nodeId"}
SIZES = {"rr_width", "rr_height"}  # from the layout, which a recording does not have
NOT_RECORDED = -1
POINTER = {1, 6, 12}  # sampled at other moments


class Part(NamedTuple):
    """Something that is compared: its kind, and its text."""

    kind: str
    text: str


def policy_of(made: Made, sdk: str) -> Policy:
    """Return the policy of a page's options."""
    return Policy.sentry(
        sdk=sdk, **{SENTRY.get(name, name): item for name, item in made.options.items()}
    )


def redacted(events: list[Any], policy: Policy) -> list[Any]:
    """Redact a recording."""
    out: list[Any] = json.loads(redact_bytes(json.dumps(events).encode(), policy))
    return out


def parts(events: list[Any]) -> Iterator[Part]:
    """Yield the nodes, mutations, inputs, breadcrumbs and other events, with nodes renumbered.

    The SDK gives no ids to nodes below a block, so ids differ. Nodes get numbers in the order of
    the page: that of snapshots, and of each mutation once it is done.
    """
    page = Page()
    for event in copy.deepcopy(events):
        data, kind = event["data"], event["type"]
        if kind == 2:
            page.load(data.pop("node"))
            yield from page.told(page.root)
            yield Part("others", as_text(data))
        elif kind == 3 and data["source"] == 0:
            yield from page.change(data)
        elif kind == 3 and data.get("id") == NOT_RECORDED:
            continue  # players pass over it, and here it is dropped
        elif kind == 3 and data["source"] not in POINTER:
            kind = "inputs" if data["source"] == 5 else "others"
            yield Part(kind, as_text(page.numbered(data)))
        elif kind == 5 and data["tag"] == "breadcrumb":
            del data["payload"]["timestamp"]
            yield Part("breadcrumbs", as_text(page.numbered(data)))


class Page:
    """The tree that a player would show."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {NOT_RECORDED: NOT_RECORDED}
        self.nodes: dict[int, Any] = {}
        self.below: dict[int, list[int]] = {}
        self.above: dict[int, int] = {}
        self.root = 0

    def load(self, root: dict[str, Any]) -> None:
        """Take over the tree of a snapshot."""
        self.nodes, self.below, self.above, self.root = {}, {}, {}, root["id"]
        self.enter(root)

    def enter(self, root: dict[str, Any]) -> None:
        todo = [root]
        while todo:
            node = todo.pop()
            children = node.pop("childNodes", [])
            self.nodes[node["id"]] = node
            self.below[node["id"]] = [child["id"] for child in children]
            self.above.update({child["id"]: node["id"] for child in children})
            todo += children

    def order(self, root: int) -> Iterator[int]:
        todo = [root]
        while todo:
            node_id = todo.pop()
            yield node_id
            todo += reversed(self.below[node_id])

    def told(self, root: int) -> Iterator[Part]:
        """Yield the nodes of a tree."""
        for node_id in self.order(root):
            yield Part("nodes", as_text(self.numbered(self.nodes[node_id])))

    def change(self, data: dict[str, Any]) -> Iterator[Part]:
        """Do what a mutation says, and yield what it says."""
        for item in data["removes"]:
            yield Part("mutations", f"removes {as_text(self.numbered(item))}")
            self.take(item["id"])
        added = self.add(data["adds"])
        where = (
            {node_id: place for place, node_id in enumerate(self.order(self.root))} if added else {}
        )
        for node_id in sorted(added, key=lambda node_id: where.get(node_id, -1)):
            siblings = self.below.get(self.above.get(node_id, 0), [])
            following = siblings[siblings.index(node_id) + 1 :][:1] if node_id in siblings else []
            place = {
                "parentId": self.above.get(node_id),
                "nextId": following[0] if following else None,
            }
            yield Part("nodes", as_text(self.numbered(self.nodes[node_id])))
            yield Part("mutations", f"adds {as_text(self.numbered(place))}")
        for name in ("texts", "attributes"):
            yield from (
                Part("mutations", f"{name} {as_text(self.numbered(item))}") for item in data[name]
            )

    def take(self, node_id: int) -> None:
        """Take out a node with all below it: players then pass over what is added there."""
        siblings = self.below.get(self.above.pop(node_id, 0), [])
        if node_id in siblings:
            siblings.remove(node_id)
        todo = [node_id]
        for gone in todo:
            todo += self.below.pop(gone, [])

    def add(self, additions: list[dict[str, Any]]) -> list[int]:
        """Add nodes as a player does: those whose neighbour is not there yet come later."""
        waiting, added = list(additions), []
        while waiting:
            left = [item for item in waiting if not self.put(item)]
            added += [item["node"]["id"] for item in waiting if item not in left]
            if len(left) == len(waiting):
                break
            waiting = left
        return added

    def put(self, item: dict[str, Any]) -> bool:
        siblings = self.below.get(item["parentId"])
        if siblings is None or (item["nextId"] is not None and item["nextId"] not in siblings):
            return False
        node = item["node"]
        self.take(node["id"])
        at = len(siblings) if item["nextId"] is None else siblings.index(item["nextId"])
        siblings.insert(at, node["id"])
        self.above[node["id"]] = item["parentId"]
        self.enter(node)
        return True

    def numbered(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.numbered(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            name: self.numbers.setdefault(item, len(self.numbers))
            if name in IDS and type(item) is int
            else None
            if name in SIZES
            else self.numbered(item)
            for name, item in sorted(value.items())
        }


def as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


class Difference(NamedTuple):
    """Where ours and the SDK's differ; one of both may be missing."""

    page: str
    ours: Part | None
    theirs: Part | None

    @property
    def kind(self) -> str:
        """The kind of what differs."""
        part = self.theirs or self.ours
        assert part is not None
        return part.kind


def compare(
    made: Made, ours: list[Any], theirs: list[Any]
) -> tuple[Counter[str], list[Difference]]:
    """Return how many of each kind were compared, and those that differ."""
    mine, other = list(parts(ours)), list(parts(theirs))
    counts = Counter(part.kind for part in other)
    found: list[Difference] = []
    matcher = SequenceMatcher(a=mine, b=other, autojunk=False)
    for how, i, j, k, m in matcher.get_opcodes():
        if how != "equal":
            found += [Difference(made.name, a, b) for a, b in zip_longest(mine[i:j], other[k:m])]
    return counts, found
