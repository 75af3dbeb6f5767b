"""The verdict on an output: private words that no rule shows, and nodes below a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tests.oracle.dom import Dom, Node, bodies
from tests.oracle.levels import Decision, Levels
from tests.oracle.options import Options
from tests.oracle.places import (
    Claim,
    Places,
    bearers_of,
    entered,
    font,
    free_sheet,
    never,
    page_address,
    sheet,
)
from tests.oracle.windows import Key, events_of

PRIVATE = re.compile(r"[jkqvxz]{3,}|77\d{7}")
"""Words of private content; no word of markup has such letters side by side."""

_TRACE = re.compile(r"[jkqvxz]{2,}|77\d{4,}")

_TARGETED = {2, 3, 5, 7}  # interactions, scrolls, inputs, media: dropped if about a blocked node


class Finding(NamedTuple):
    """What can be read but must not: the word, its place, its window and event."""

    word: str
    place: str
    window: Key
    event: int
    """Index of the event in the input; -1 where the word is not in the input as it stands."""

    def __str__(self) -> str:
        return f"{self.word!r} from event {self.event} of window {self.window}: {self.place}"


class _Verdict:
    """What the oracle found out about one event of the input."""

    __slots__ = ("claims", "event", "index", "key", "present")

    def __init__(self, index: int, key: Key, event: Any) -> None:
        self.index = index
        self.key = key
        self.event = event
        self.claims: list[Claim] = []
        self.present: list[Claim] = []  # opened: an event may name the node


class Window:
    """One window: its page, and the claims of the present moment."""

    def __init__(self, options: Options, places: Places) -> None:
        self.options = options
        self.places = places
        self.dom = Dom()
        self.levels = Levels(options, self.dom)
        self.moment: Any = None
        self.pending: list[Claim] = []

    def play(self, verdict: _Verdict) -> None:
        """Apply one event, and judge what it says."""
        event = verdict.event
        time = event.get("timestamp") if isinstance(event, dict) else None
        if time is None or time != self.moment:
            self.end_moment()
        self.moment = time
        data: Any = event.get("data") if isinstance(event, dict) else None
        kind = event.get("type") if isinstance(event, dict) else None
        if not _is_readable(kind, event, data):
            if _may_change_tree(kind, data):
                self.pending = []  # those nodes are unknown from here on
                self.dom.forget()
                self.levels.clear()
            return
        handler = _KINDS.get(kind)
        if handler is not None:
            handler(self, data, verdict)
            self.dom.settle()
            self.levels.clear()
            self.pending += verdict.claims
            there = self.dom.nodes
            self.pending += [claim for claim in verdict.present if claim.at in there]

    def end_moment(self) -> None:
        """Judge the claims of this moment again, if their nodes are still there."""
        for claim in self.pending:
            if self.dom.is_clear(claim.at):
                claim.ask(self.levels)
        self.pending = []

    def ask(self, verdict: _Verdict) -> None:
        self.levels.clear()
        for claim in verdict.claims:
            claim.ask(self.levels)
        for claim in verdict.present:
            claim.ask(self.levels)

    # --- kinds of events -----------------------------------------------------------------

    def snapshot(self, data: dict[str, Any], verdict: _Verdict) -> None:
        self.pending = []
        self.levels.clear()
        made = self.dom.snapshot(data["node"], self.levels.is_blocked)
        self._claim_tree(data["node"], made, verdict)
        self.ask(verdict)

    def _claim_tree(self, root: dict[str, Any], made: list[Node], verdict: _Verdict) -> None:
        nodes = {id(node.body): node for node in made}
        bearers = bearers_of(root)
        for body in bodies(root):
            bearer = bearers.get(id(body), body)
            for claim in self.places.of_node(body):
                claim.at, claim.node = bearer["id"], nodes.get(id(bearer))
                claim.changing = body is root and body["type"] == 3
                verdict.claims.append(claim)
            verdict.present.append(Claim([], body["id"], self._is_in_sight(body["id"])))

    def _is_in_sight(self, node_id: int) -> Callable[[Levels, Decision], bool]:
        """Return a function that tells whether an event may name a node, by its present place."""
        known = self.dom.nodes.get(node_id)
        place = None if known is None or known.parent is None else known.parent.id

        def holds(levels: Levels, _decision: Decision) -> bool:
            node = self.dom.nodes.get(node_id)
            if node is None or not self.dom.is_clear(node_id):
                return True
            if node.parent is None or node.parent.id != place:
                return True
            return not levels.of(node.parent).blocked

        return holds

    def meta(self, data: dict[str, Any], verdict: _Verdict) -> None:
        verdict.claims += self.places.claim(data.get("href"), None, page_address)
        self.ask(verdict)

    def custom(self, data: dict[str, Any], verdict: _Verdict) -> None:
        if self.options.metadata == "mask":
            return
        name = data.get("tag", data.get("plugin"))
        verdict.claims += _growing(self.places.of_payload(str(name), data.get("payload")))
        self.ask(verdict)

    def incremental(self, data: dict[str, Any], verdict: _Verdict) -> None:
        source = data["source"]
        if source == 0:
            self.mutation(data, verdict)
            return
        verdict.claims += self._of_source(source, data)
        if source in _TARGETED:
            verdict.present.append(Claim([], data.get("id"), _is_not_blocked))
        self.ask(verdict)

    def _of_source(self, source: int, data: dict[str, Any]) -> Iterator[Claim]:
        claim, at = self.places.claim, data.get("id")
        match source:
            case 5:
                ignored = isinstance(at, int) and self.levels.ignores(at)
                yield from claim(data.get("text"), at, never if ignored else entered)
            case 8 | 15:
                rule = sheet if isinstance(at, int) else free_sheet
                styles = data.get("styles") or [{"rules": data.get("adds") or []}]
                rules = [item.get("rule") for style in styles for item in style.get("rules", ())]
                for text in (*rules, data.get("replace"), data.get("replaceSync")):
                    yield from claim(text, at, rule)
            case 10:
                yield from claim(data.get("family"), None, font)
            case 13:
                rule = sheet if isinstance(at, int) else free_sheet
                yield from claim((data.get("set") or {}).get("value"), at, rule)

    def mutation(self, data: dict[str, Any], verdict: _Verdict) -> None:
        """Apply removes, adds, texts and attributes, as a player does."""
        dom, levels = self.dom, self.levels
        for item in data.get("removes") or ():
            levels.clear()
            dom.remove(item["id"], item["parentId"], levels.is_blocked)
        made = []
        for item in data.get("adds") or ():
            levels.clear()
            made.append(dom.add(item["node"], item["parentId"], levels.is_blocked))
        levels.clear()
        for item, nodes in zip(data.get("adds") or (), made, strict=True):
            self._claim_tree(item["node"], nodes, verdict)
        for item in data.get("texts") or ():
            verdict.claims += _growing(
                self.places.claim(item.get("value"), item["id"], _changed_text)
            )
            verdict.present.append(Claim([], item["id"], _is_not_blocked))
        changes = data.get("attributes") or ()
        for item in changes:
            node = dom.nodes.get(item["id"])
            tag = "" if node is None else node.tag
            verdict.claims += _growing(
                self.places.of_attributes(item["attributes"], tag, item["id"])
            )
            verdict.present.append(Claim([], item["id"], self._is_in_sight(item["id"])))
        self.ask(verdict)
        for item in changes:
            dom.change(item["id"], item["attributes"])
        if changes:
            self.ask(verdict)


def _growing(claims: Iterator[Claim]) -> Iterator[Claim]:
    """Say of claims that they are about what may change with the next event."""
    for claim in claims:
        claim.changing = True
        yield claim


def _changed_text(levels: Levels, decision: Decision) -> bool:
    if decision.code or decision.blocked:
        return False
    if decision.css:
        return levels.shows_css(decision)
    return levels.shows_inner_text(decision)


def _is_not_blocked(_levels: Levels, decision: Decision) -> bool:
    return not decision.blocked


_KINDS: dict[Any, Callable[[Window, dict[str, Any], _Verdict], None]] = {
    2: Window.snapshot,
    3: Window.incremental,
    4: Window.meta,
    5: Window.custom,
    6: Window.custom,
}


# --- what can be read at all ---------------------------------------------------------------


def _is_readable(kind: Any, event: Any, data: Any) -> bool:
    """Tell whether an event has the fields that its kind needs."""
    if not isinstance(event, dict) or type(event.get("timestamp")) not in {int, float}:
        return False
    if kind not in _KINDS:
        return type(kind) is int
    if not isinstance(data, dict):
        return False
    if kind == 2:
        return _is_node(data.get("node"))
    if kind == 3:
        source = data.get("source")
        return type(source) is int and (source != 0 or _is_mutation(data))
    return True


def _is_node(body: Any) -> bool:
    """Tell whether a recorded tree is well-formed."""
    todo = [body]
    while todo:
        inner = todo.pop()
        if not isinstance(inner, dict) or type(inner.get("id")) is not int:
            return False
        if inner.get("type") not in range(6):
            return False
        below = inner.get("childNodes") or []
        if not isinstance(below, list):
            return False
        todo += below
    return True


def _is_mutation(data: dict[str, Any]) -> bool:
    parts = {name: data.get(name) or [] for name in ("removes", "adds", "texts", "attributes")}
    if not all(isinstance(part, list) for part in parts.values()):
        return False
    for name in ("removes", "texts", "attributes"):
        if not all(isinstance(i, dict) and type(i.get("id")) is int for i in parts[name]):
            return False
    if not all(type(item.get("parentId")) is int for item in parts["removes"]):
        return False
    if not all(isinstance(item.get("attributes"), dict) for item in parts["attributes"]):
        return False
    adds = parts["adds"]
    return all(type(i.get("parentId")) is int and _is_node(i.get("node")) for i in adds)


def _may_change_tree(kind: Any, data: Any) -> bool:
    if kind == 3 and isinstance(data, dict) and type(data.get("source")) is int:
        return int(data["source"]) == 0
    return type(kind) is not int or kind in {2, 3}


# --- the verdict ---------------------------------------------------------------------------


def judge(
    data: bytes,
    output: bytes,
    options: Options | None = None,
    *,
    private: re.Pattern[str] = PRIVATE,
    trace: re.Pattern[str] | None = None,
) -> list[Finding]:
    """Return what can be read in an output but must not.

    ``private`` finds private words, each of which is at only one place of the input. ``trace``
    finds what may be left of them. Nodes below blocks are found by the ``delay`` of events, if
    every event of the input has a different one.
    """
    verdicts = list(play(data, options or Options(), private))
    text = output.decode("utf-8", "replace")
    opened = {
        word for one in verdicts for claim in one.claims if claim.opened for word in claim.words
    }
    left = (trace or (_TRACE if private is PRIVATE else private)).findall(text)
    shown = [word for word in dict.fromkeys(left) if word not in opened]
    findings = [_finding(word, verdicts) for word in shown]
    return findings + list(_nodes_below_blocks(verdicts, output))


def opened_words(data: bytes, options: Options, private: re.Pattern[str] = PRIVATE) -> set[str]:
    """Return the private words that rules show, whether or not an output has them."""
    verdicts = play(data, options, private)
    return {
        word for one in verdicts for claim in one.claims if claim.opened for word in claim.words
    }


def play(data: bytes, options: Options, private: re.Pattern[str]) -> list[_Verdict]:
    """Play a recording, each window by itself, and return the findings about each event."""
    places = Places(private)
    windows: dict[Key, Window] = {}
    verdicts = []
    for index, (key, event) in enumerate(events_of(data)):
        window = windows.get(key)
        if window is None:
            window = windows[key] = Window(options, places)
        verdict = _Verdict(index, key, event)
        window.play(verdict)
        verdicts.append(verdict)
    for window in windows.values():
        window.end_moment()
    return verdicts


def _finding(word: str, verdicts: list[_Verdict]) -> Finding:
    for one in verdicts:
        place = place_of(word, one.event)
        if place:
            return Finding(word, place, one.key, one.index)
    return Finding(word, "nowhere in the input, as it stands", (None, None), -1)


def place_of(word: str, event: Any) -> str:
    """Return the keys that lead to a word in an event, and the ids of nodes on the way."""
    todo: list[tuple[str, Any]] = [("", event)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, dict):
            at = f"(id {value['id']})" if isinstance(value.get("id"), int) else ""
            found = next((name for name in value if word in name), None)
            if found is not None:
                return f"{path}{at} key"
            todo += [(f"{path}{at}.{name}", item) for name, item in value.items()]
        elif isinstance(value, list):
            todo += [(f"{path}[{number}]", item) for number, item in enumerate(value)]
        elif value is not None and word in str(value):
            return path.removeprefix(".")
    return ""


def _nodes_below_blocks(verdicts: list[_Verdict], output: bytes) -> Iterator[Finding]:
    hidden: dict[Any, tuple[_Verdict, set[Any]]] = {}
    for one in verdicts:
        ids = {claim.at for claim in one.present if not claim.opened}
        if ids and isinstance(one.event.get("delay"), int):
            hidden[one.event["delay"]] = one, ids
    if not hidden:
        return
    for _, event in events_of(output):
        found = hidden.get(event.get("delay")) if isinstance(event, dict) else None
        if found is not None:
            one, ids = found
            for node_id in sorted(ids.intersection(_named(event)), key=str):
                yield Finding(f"node {node_id}", "below a block", one.key, one.index)


def _named(event: dict[str, Any]) -> Iterator[int]:
    """Yield the nodes that an event is about."""
    data = event["data"]
    if event["type"] == 2:
        yield from (body["id"] for body in bodies(data["node"]))
    elif data.get("source") == 0:
        for item in data.get("adds") or ():
            yield from (body["id"] for body in bodies(item["node"]))
        for part in ("texts", "attributes"):
            yield from (item["id"] for item in data.get(part) or ())
    elif isinstance(data.get("id"), int):
        yield data["id"]
