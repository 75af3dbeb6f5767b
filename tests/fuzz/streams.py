"""Streams: events of several windows, mixed, in a container that can hold them."""

from __future__ import annotations

import json
from random import Random
from typing import Any, NamedTuple

from tests.fuzz.pages import Page
from tests.fuzz.steps import HONEST, HOSTILE
from tests.fuzz.words import Words

Key = tuple[Any, Any]

_HONEST = [step for step, _ in HONEST]
_HONEST_WEIGHTS = [weight for _, weight in HONEST]
_ALL = _HONEST + [step for step, _ in HOSTILE]
_ALL_WEIGHTS = _HONEST_WEIGHTS + [weight for _, weight in HOSTILE]

CONTAINERS = ("pairs", "objects", "lines", "array", "plain")
"""Lines ``["w", event]``; lines of objects with a window's events; lines of events with fields of
their own; an array of such; and events that name no window, for one alone."""

_SPELLINGS = (("session_id", "window_id"), ("sessionId", "windowId"), ("$session_id", "$window_id"))
_NAMES = ["0197aaaa-0000-7000-8000-00000000000a", "tab 2", "w-jane", "1", 7, "0197bbbb-0000-7000-8000-00000000000b"]  # fmt: skip


class Stream(NamedTuple):
    """Events in order, each with session and window, and the container for them."""

    events: tuple[tuple[Key, Any], ...]
    container: str = "plain"
    spelling: int = 0
    list_name: str = "data"

    def of(self, key: Key) -> Stream:
        """Return the events of one window."""
        return self._replace(events=tuple(pair for pair in self.events if pair[0] == key))

    def keys(self) -> list[Key]:
        """Return the windows, by first appearance."""
        return list(dict.fromkeys(key for key, _ in self.events))

    def encode(self) -> bytes:
        """Return the stream in its container."""
        return _WRITERS[self.container](self).encode()


# --- containers ------------------------------------------------------------------------------


def _plain(stream: Stream) -> str:
    return json.dumps([event for _, event in stream.events])


def _pairs(stream: Stream) -> str:
    return "".join(json.dumps([key[1], event]) + "\n" for key, event in stream.events)


def _named(stream: Stream, key: Key) -> dict[str, Any]:
    names = _SPELLINGS[stream.spelling]
    return {name: value for name, value in zip(names, key, strict=True) if value is not None}


def _objects(stream: Stream) -> str:
    """Write one line for each run of events of one window."""
    lines: list[tuple[Key, list[Any]]] = []
    for key, event in stream.events:
        if not lines or lines[-1][0] != key:
            lines.append((key, []))
        lines[-1][1].append(event)
    wrapped = [_named(stream, key) | {stream.list_name: events} for key, events in lines]
    return "".join(json.dumps(item) + "\n" for item in wrapped)


def _marked(stream: Stream) -> list[Any]:
    return [event | _named(stream, key) for key, event in stream.events]


def _lines(stream: Stream) -> str:
    return "".join(json.dumps(event) + "\n" for event in _marked(stream))


def _array(stream: Stream) -> str:
    return json.dumps(_marked(stream))


_WRITERS = {"plain": _plain, "pairs": _pairs, "objects": _objects, "lines": _lines, "array": _array}


# --- drawing -----------------------------------------------------------------------------


class _Clock:
    """The clock of one window. It stands still now and then."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.now = 1000

    def tick(self) -> int:
        if self.random.random() < 0.65:
            self.now += self.random.randint(1, 50)
        return self.now


def draw(random: Random, *, hostile: bool, steps: int = 8, simple: bool = False) -> Stream:
    """Draw a stream; ``hostile`` ones hold what no page and no recorder sends.

    A ``simple`` one has one window, and no two events at the same time.
    """
    words = Words(random.randrange(100_000))
    count = 1 if simple else random.choices([1, 2, 3], [55, 40, 5])[0]
    keys, container = _places(random, count)
    events: list[tuple[Key, Any]] = []
    pages = [_page(random, words, key, events, hostile=hostile) for key in keys]
    known, weights = (_ALL, _ALL_WEIGHTS) if hostile else (_HONEST, _HONEST_WEIGHTS)
    for step in random.choices(known, weights, k=random.randint(2, steps)):
        step(random.choice(pages))
    for serial, (_, event) in enumerate(events):
        event["delay"] = serial  # to find an event again in the output
        if simple:
            event["timestamp"] += 1000 * serial
    return Stream(
        tuple(events),
        container,
        random.randrange(3) if container != "pairs" else 0,
        random.choice(["data", "events"]),
    )


def _places(random: Random, count: int) -> tuple[list[Key], str]:
    """Draw the names of windows, and a container that can hold so many."""
    if count == 1 and random.random() < 0.5:
        return [(None, None)], "plain"
    container = random.choice(CONTAINERS[:4])
    names = random.sample([name for name in _NAMES if isinstance(name, str)], count)
    if container == "pairs":
        return [(None, name) for name in names], container
    if container != "objects" and random.random() < 0.3:
        names[0] = 7  # type: ignore[call-overload] # as some SDKs count tabs
    if random.random() < 0.3:  # several sessions with the same names of windows
        return [(f"s-{at}", names[0]) for at in range(count)], container
    session = random.choice([None, "0197cccc-0000-7000-8000-00000000000c", "s 1"])
    return [(session, name) for name in names], container


def _page(random: Random, words: Words, key: Key, events: list[Any], *, hostile: bool) -> Page:
    clock = _Clock(random)

    def emit(kind: int, data: Any) -> None:
        events.append((key, {"type": kind, "timestamp": clock.tick(), "data": data}))

    return Page(random, words, emit, hostile=hostile)
