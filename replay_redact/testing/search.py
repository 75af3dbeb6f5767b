"""Searching one recording for leaks.

A recording is private if redacting it changes nothing. So `LeakSearch` redacts it and makes a
leak of each difference, with its place and rule. It also looks for secrets in the recording, in
every spelling, in places that redaction would change and in places that it would not.

A leak does not show what leaked, unless the caller asks for it. An event that cannot be read is a
leak as a whole.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._engine.pages.paged import is_gray
from replay_redact._masks.differences import Found, changes, shown_name
from replay_redact._masks.text import mask_text
from replay_redact._page.tally import rule_of
from replay_redact._rules.decisions import DEFAULTS
from replay_redact._wire.batches import DROPPED, Item
from replay_redact._wire.codec import open_recording, read_all
from replay_redact._wire.lenient import JSON_DECODER, decode_repaired
from replay_redact.policy import Policy
from replay_redact.testing.everything import everything
from replay_redact.testing.leaks import Leak
from replay_redact.testing.node_paths import Names, WindowNames, hidden_by, kind_of_event
from replay_redact.testing.planted import (
    Hit,
    Pattern,
    Piece,
    find_spread,
    holds_any,
    patterns,
    search,
)
from replay_redact.testing.prefilter import prefilter_of
from replay_redact.testing.tree_difference import TreeChanges, are_equal

_EXCERPT = 40
_WORTH_A_LOOK = 1_000_000  # bytes; less is searched in the time that it takes to make a prefilter
_ENCODER = msgspec.json.Encoder()
_UNREADABLE = Found(None, "event", "structure", None, None)
_PAGE = Found(None, "data", "media", None, None)
_STEADY = (
    ev.MouseMove,
    ev.TouchMove,
    ev.Drag,
    ev.MouseInteraction,
    ev.Scroll,
    ev.Input,
)
"""Data of events after which every decision is as before."""


class LeakSearch:
    """One search of one recording."""

    def __init__(
        self,
        policy: Policy,
        data: bytes,
        format_: str,
        named: dict[str, str],
        *,
        reveal: bool,
    ) -> None:
        self._engine = Engine(policy)
        self._wanted = patterns(named)  # it complains about secrets, so it comes first
        self._data = data
        self._own, self._cut, self._items = read_all(open_recording(data, format_))
        self.events = read_all(open_recording(data, format_)).events  # the others change
        self._secrets = named
        self._searched = 0
        self.reveal = reveal
        self.names = WindowNames(hidden_by(policy))
        self._trees = TreeChanges()
        self._named = 0
        self._at = -1  # the event to which these belong
        self._kind = ""
        self._names = self.names.of((None, None))
        self._decision = self._engine.decisions((None, None))

    @property
    def is_empty(self) -> bool:
        """Whether the recording holds nothing, so that it is private for want of anything."""
        return not self.events and not any(item.is_content for item in self._items)

    def changes(self) -> Iterator[Leak]:
        """Yield the places that redaction would change."""
        for index, found in self.differences():
            yield self.leak(index, found)
        yield from self.beside()

    def differences(self) -> Iterator[tuple[int, Found]]:
        """Yield what redaction would change in events, with the index of the event.

        `leak` says where it is and by which rule, if it is asked before the next one is taken.
        """
        redacted = self._engine.redact_lists(_lists(self._own))
        for index, after in enumerate(itertools.chain.from_iterable(redacted)):
            for found in self._differences(self.events[index], after):
                yield index, found

    def _differences(self, before: ev.Event, after: ev.Event | None) -> Iterable[Found]:
        if isinstance(before, ev.Unreadable):
            return (_UNREADABLE,)
        if not isinstance(before, ev.FullSnapshot) or not isinstance(after, ev.FullSnapshot):
            return _changes_in_json(before, after)
        if is_gray(after) and self._engine.policy.pages:  # the page is dropped
            return () if is_gray(before) else (_PAGE,)
        tree = self._trees.of(before.data.node, after.data.node)
        return itertools.chain(_ids(before, after), tree)

    def beside(self) -> Iterator[Leak]:
        """Yield what redaction would change or drop beside the events."""
        yield from self._changed_items()
        for number in range(1, self._cut + 1):
            field, rule = f"unknown field {number} of {self._cut}", DEFAULTS
            yield Leak(len(self.events), "recording", None, "", field, "structure", rule, "")

    def _changed_items(self) -> Iterator[Leak]:
        self._engine.judge_items(self._items)
        for item in self._items:
            if item.shown is DROPPED:
                yield self._beside(item, "item", "structure", "nothing is known of such items")
                continue
            for _, field, _, value, shown in changes(item.value, item.shown):
                yield self._beside(item, field, "metadata", DEFAULTS, value, shown)

    def _beside(  # noqa: PLR0913, PLR0917 - all that such a leak is made of
        self,
        item: Item,
        field: str,
        channel: str,
        rule: str,
        value: Any = "",
        shown: Any = None,
        secret: str | None = None,
    ) -> Leak:
        at = len(self.events)
        kept = value if self.reveal else None
        excerpt = shown[:_EXCERPT] if isinstance(shown, str) and shown else _excerpt(value)
        if self._wanted:
            field, excerpt = map(self._without_secrets, (field, excerpt))
        return Leak(at, item.kind, None, "", field, channel, rule, excerpt, secret, kept)

    def leak(self, index: int, found: Found) -> Leak:
        """Say where in an event something is that redaction would change, and by which rule."""
        node, field, channel, value, shown = found
        if found is _UNREADABLE:
            reason = self.events[index].reason  # type: ignore[union-attr]  # it is `Unreadable`
            return Leak(index, "Unreadable", None, "", field, channel, reason, "")
        if index != self._at:
            self._turn_to(index)
        rule = rule_of(channel, None if node is None else self._decision(node))
        return self._leak(index, node, field.removeprefix("data."), channel, rule, value, shown)

    def _leak(  # noqa: PLR0913, PLR0917 - the fields of a leak
        self,
        index: int,
        node: int | None,
        field: str,
        channel: str,
        rule: str,
        value: Any,
        shown: Any = None,
        secret: str | None = None,
    ) -> Leak:
        if index != self._at:
            self._turn_to(index)
        path = "" if node is None else self._names.path(node)
        kept = value if self.reveal else None
        excerpt = shown[:_EXCERPT] if isinstance(shown, str) and shown else _excerpt(value)
        if self._wanted:
            path, field, excerpt = map(self._without_secrets, (path, field, excerpt))
        return Leak(index, self._kind, node, path, field, channel, rule, excerpt, secret, kept)

    def _without_secrets(self, text: str) -> str:
        """Mask a path, field or excerpt that holds one of the secrets."""
        return mask_text(text) if holds_any(text, self._wanted) else text

    def event(self, index: int) -> tuple[str, Names]:
        """Return the kind of an event, and the names of the nodes of its window at that time."""
        self._turn_to(index)
        return self._kind, self._names

    def _turn_to(self, index: int) -> None:
        """Turn to an event: learn the names up to there."""
        while self._named <= index:
            self.names.learn(self.events[self._named])
            self._named += 1
        event = self.events[index]
        window = ev.window_of(event)
        self._at, self._kind = index, kind_of_event(event)
        self._names, self._decision = self.names.of(window), self._engine.decisions(window)

    # --- secrets ---

    def secrets(self, *, spread: bool = True) -> Iterator[Leak]:
        """Yield where planted secrets can be read, and those that only the unreadable holds.

        Without ``spread`` only single strings are searched, of the events that may hold any.
        """
        if not self._wanted:
            return
        found = set()
        for leak in self._readable_secrets(spread=spread):
            found.add(leak.secret)
            yield leak
        opaque = any(isinstance(item.value, bytes) for item in self._items)
        if self._cut or opaque or any(isinstance(event, ev.Unreadable) for event in self.events):
            left = [pattern for pattern in self._wanted if pattern.name not in found]
            yield from unreadable_secrets(self._data, left, len(self.events))

    def _readable_secrets(self, *, spread: bool) -> Iterator[Leak]:
        pieces = Pieces()
        for index, event in enumerate(self.events):
            if isinstance(event, ev.Unreadable):
                continue
            encoded = _ENCODER.encode(event)
            may_hold = self._may_hold(encoded, at_once=not spread)
            plain = decode_repaired(JSON_DECODER, encoded) if may_hold or spread else None
            for hit in search(plain, self._wanted) if may_hold else ():
                yield self._hit(index, plain, hit)
            if spread:
                pieces.gather(index, event, plain)
        yield from self._secrets_in_items()
        for name, piece, channel, how in pieces.spread(self._secrets):
            yield self._spread(piece, name, channel, how)

    def _may_hold(self, encoded: bytes, *, at_once: bool) -> bool:
        """Tell whether an event is worth an exact search."""
        self._searched += len(encoded)
        if self._searched < _WORTH_A_LOOK and not at_once:
            return True
        return prefilter_of(tuple(self._secrets.items())).may_hold(encoded)

    def _secrets_in_items(self) -> Iterator[Leak]:
        for item in self._items:
            value = item.value
            plain = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for hit in search(plain, self._wanted):
                names = [key for key in hit.place if isinstance(key, str)]
                field = ".".join(_shown_keys(names)) or "item"
                yield self._beside(item, field, "metadata", hit.spelling, secret=hit.name)

    def _spread(self, piece: Piece, name: str, channel: str, how: str) -> Leak:
        index, node, text = piece
        return self._leak(index, node, channel, channel, how, text, secret=name)

    def _hit(self, index: int, plain: Any, hit: Hit) -> Leak:
        node: int | None = None
        value = plain
        shown: list[str] = []
        for key in hit.place:
            own = value.get("id") if isinstance(value, dict) else None
            node = own if isinstance(own, int) else node  # an attribute may be called id, too
            value = value[key]
            if isinstance(key, str) and key not in {"data", "node", "childNodes"}:
                shown.append(key)
        found = next(changes(_nested(hit.place, "x"), _nested(hit.place, "y")))
        text = value if isinstance(value, str) else str(hit.place[-1])
        field = (
            ".".join(_shown_keys(shown)) if value is not None and isinstance(value, str) else "key"
        )
        return self._leak(index, node, field, found.channel, hit.spelling, text, secret=hit.name)


def _shown_keys(keys: list[str]) -> Iterator[str]:
    """Mask the keys that could be content. Those right in ``attributes`` are attributes."""
    for above, key in itertools.pairwise(["", *keys]):
        yield shown_name(key, of_attribute=above == "attributes" and key != "attributes")


class Pieces:
    """What may hold a secret together: the texts of each window, what was typed into each field."""

    def __init__(self) -> None:
        self.texts: defaultdict[ev.WindowKey, list[Piece]] = defaultdict(list)
        self.typed: defaultdict[tuple[ev.WindowKey, int], list[Piece]] = defaultdict(list)

    def gather(self, index: int, event: ev.Event, plain: Any = None) -> None:
        """Take the pieces of the next event, and of the same event as JSON if it is at hand."""
        if plain is None:
            plain = decode_repaired(JSON_DECODER, _ENCODER.encode(event))
        window = ev.window_of(event)
        self.texts[window] += [Piece(index, node, text) for node, text in _texts(plain)]
        if isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Input):
            data = event.data
            self.typed[window, data.id].append(Piece(index, data.id, data.text))

    def spread(self, secrets: Mapping[str, str]) -> Iterator[tuple[str, Piece, str, str]]:
        """Yield the name of each secret that is spread, its first piece, its channel, and how."""
        for pieces, channel, how in (
            (self.texts, "text", "spread over several texts"),
            (self.typed, "input", "typed key by key"),
        ):
            for own in pieces.values():
                for name, piece in find_spread(own, secrets):
                    yield name, piece, channel, how


def unreadable_secrets(data: bytes, wanted: list[Pattern], at: int) -> Iterator[Leak]:
    """Yield one leak for each secret in what was sent; it stands after ``at`` events."""
    found = set()
    for value in everything(data) if wanted else ():
        for name, spelling, _ in search(value, wanted):
            if name not in found:
                found.add(name)
                where = "what cannot be read"
                yield Leak(at, "recording", None, "", where, "structure", spelling, "", name)


def _ids(before: ev.FullSnapshot, after: ev.FullSnapshot) -> Iterator[Found]:
    """Yield the ids of session and window that redaction replaced by stand-ins."""
    if before.session_id != after.session_id:
        yield Found(None, "sessionId", "structure", before.session_id, after.session_id)
    if before.window_id != after.window_id:
        yield Found(None, "windowId", "structure", before.window_id, after.window_id)


def _lists(events: list[ev.Event]) -> Iterator[list[ev.Event]]:
    """Cut a recording into lists. In each, decisions are the same from the first event to the last.

    The engine goes on to the next list before a list can be looked at. So an event after which
    decisions may differ has a list of its own, and so has the one before it.
    """
    steady = [
        isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, _STEADY)
        for event in events
    ]
    start = 0
    for end in range(1, len(events) + 1):
        if not all(steady[end - 1 : end + 2]) or end == len(events):
            yield events[start:end]
            start = end


def _changes_in_json(before: ev.Event, after: ev.Event | None) -> Iterable[Found]:
    if isinstance(before, ev.IncrementalSnapshot) and are_equal(before, after):
        return ()
    encoded = _ENCODER.encode(before)
    masked = None if after is None else _ENCODER.encode(after)
    if masked == encoded:
        return ()
    redacted = None if masked is None else msgspec.json.decode(masked)
    return changes(decode_repaired(JSON_DECODER, encoded), redacted)


def _nested(place: tuple[Any, ...], leaf: str) -> Any:
    """Build the smallest JSON value that has a leaf at a place."""
    value: Any = leaf
    for key in reversed(place):
        value = {key: value} if isinstance(key, str) else [value]
    return value


def _texts(event: Any) -> Iterator[tuple[int, str]]:
    """Yield the texts of an event with the ids of their nodes, in document order."""
    todo = [event]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo += reversed(value)
        elif isinstance(value, dict):
            if value.get("type") == 3 and isinstance(value.get("textContent"), str):
                yield value["id"], value["textContent"]
            elif isinstance(value.get("value"), str) and "id" in value:
                yield value["id"], value["value"]
            todo += [item for item in reversed(value.values()) if isinstance(item, dict | list)]


def _excerpt(value: Any) -> str:
    """Return the beginning of a masked value, on one line."""
    text = value if isinstance(value, str) else json.dumps(value)
    masked = " ".join(mask_text(text[: 4 * _EXCERPT]).split())
    return masked if len(masked) <= _EXCERPT else f"{masked[:_EXCERPT]}…"
