"""Finding the smallest stream that still fails, by leaving out parts of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.fuzz.streams import Stream

_ROUNDS = 4


def shrink(stream: Stream, fails: Callable[[Stream], bool]) -> Stream:
    """Leave out parts as long as the stream still fails."""
    for _ in range(_ROUNDS):
        before = len(stream.encode())
        stream = _fewer_events(stream, fails)
        stream = _smaller_events(stream, fails)
        if len(stream.encode()) == before:
            break
    return stream


def _fewer_events(stream: Stream, fails: Callable[[Stream], bool]) -> Stream:
    size = max(1, len(stream.events) // 2)
    while size:
        at = 0
        while at < len(stream.events):
            less = stream._replace(events=stream.events[:at] + stream.events[at + size :])
            if less.events and fails(less):
                stream = less
            else:
                at += size
        size //= 2
    return stream


def _smaller_events(stream: Stream, fails: Callable[[Stream], bool]) -> Stream:
    for at in range(len(stream.events)):
        going = True
        while going:
            going = False
            key, event = stream.events[at]
            for less in _with_less(event):
                smaller = stream._replace(
                    events=(*stream.events[:at], (key, less), *stream.events[at + 1 :])
                )
                if fails(smaller):
                    stream, going = smaller, True
                    break
    return stream


def _with_less(event: Any) -> Iterator[Any]:
    """Yield the event with one item of a list, or one attribute, left out."""
    for path in _places(event):
        less = json.loads(json.dumps(event))
        inner = less
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]
        yield less


def _places(value: Any) -> list[tuple[Any, ...]]:
    """Return the parts that may be left out, the largest first."""
    found: list[tuple[Any, ...]] = []
    todo: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    for path, inner in todo:
        if isinstance(inner, list):
            found += [(*path, at) for at in range(len(inner))]
            todo += [((*path, at), item) for at, item in enumerate(inner)]
        elif isinstance(inner, dict):
            if path and path[-1] == "attributes":
                found += [(*path, name) for name in inner]
            todo += [((*path, name), item) for name, item in inner.items()]
    return found
