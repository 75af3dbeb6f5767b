"""Changing a stream before it is redacted, and undoing the change in the output.

So a redactor can get one window for all events, or different times, without a trace in the form of
its output. The output is that of a redactor with a rule switched off.
"""

from __future__ import annotations

from typing import Any

from tests.fuzz.streams import Stream
from tests.oracle.windows import WINDOW_FIELDS

_UUIDS = [f"0197{letter * 4}-0000-7000-8000-00000000000{letter}" for letter in "abcdef"]


def one_window(stream: Stream) -> Stream:
    events = tuple(((None, None), event) for _, event in stream.events)
    return stream._replace(events=events, container="plain")


def windows_again(stream: Stream, output: Stream) -> Stream:
    """Put the windows of the events back, under names that need no stand-ins."""
    names = {key: (None, name) for key, name in zip(stream.keys(), _UUIDS, strict=False)}
    keys = {event["delay"]: names[key] for key, event in stream.events}
    container = "plain" if len(names) == 1 else "pairs"
    events = tuple((keys[event["delay"]], _nameless(event)) for _, event in output.events)
    return output._replace(events=events, container=container)


def _nameless(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in WINDOW_FIELDS}


def times_apart(stream: Stream) -> Stream:
    timed = [
        (key, event | {"timestamp": event["timestamp"] * 1000 + at})
        for at, (key, event) in enumerate(stream.events)
    ]
    return stream._replace(events=tuple(timed))


def times_again(stream: Stream, output: Stream) -> Stream:
    times = {event["delay"]: event["timestamp"] for _, event in stream.events}
    events = [(key, event | {"timestamp": times[event["delay"]]}) for key, event in output.events]
    return windows_again(stream, output._replace(events=tuple(events)))


def without_removes(stream: Stream) -> Stream:
    return stream._replace(
        events=tuple((key, _with_removes(event, [])) for key, event in stream.events)
    )


def _with_removes(event: Any, removes: list[Any]) -> Any:
    data = event["data"]
    if event["type"] != 3 or data.get("source") != 0:
        return event
    return event | {"data": data | {"removes": removes}}


def removes_again(stream: Stream, output: Stream) -> Stream:
    removes = {event["delay"]: event["data"].get("removes", []) for _, event in stream.events}
    events = [(k, _with_removes(event, removes[event["delay"]])) for k, event in output.events]
    return windows_again(stream, output._replace(events=tuple(events)))


def blocks_forgotten(stream: Stream) -> Stream:
    """Read additions as the second judgement of version 0.1.0 did: what the first had stripped.

    That happened if the event also changes attributes. By then, marks that block had been removed.
    """
    return stream._replace(events=tuple((key, _stripped(event)) for key, event in stream.events))


def _stripped(event: Any) -> Any:
    data = event["data"]
    if event["type"] != 3 or data.get("source") != 0 or not data["attributes"]:
        return event
    gone: set[int] = set()
    adds = []
    for addition in data["adds"]:
        node = addition["node"]
        if addition["parentId"] in gone:
            gone.add(node["id"])
        elif "data-sentry-block" in node.get("attributes", {}):
            gone.add(node["id"])
            own = {n: v for n, v in node["attributes"].items() if n in {"class", "id"}}
            adds.append(addition | {"node": node | {"attributes": own, "childNodes": []}})
        else:
            adds.append(addition)
    return event | {"data": data | {"adds": adds}}
