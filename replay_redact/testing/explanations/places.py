"""The places of an event that can say something, each with what redaction makes of it.

`_masks.differences` yields what redaction changes. This yields what it keeps, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from replay_redact import events as ev
from replay_redact._masks.differences import MISSING, aligned, channel_of, shown_name
from replay_redact._metadata.breadcrumbs import crumb_node
from replay_redact._wire.lenient import JSON_DECODER, decode_repaired

_ENCODER = msgspec.json.Encoder()
_NODES = frozenset({"node", "childNodes"})
_POINTER_SOURCES = frozenset({1, 2, 6, 12})  # moves, interactions, touches, drags
_OPEN = frozenset({"attributes", "payload"})  # objects whose keys are not of the model


MASKED: Any = object()
"""Stands for what is shown of a value of which nothing can be read any more."""


class Place(NamedTuple):
    """A value of an event: its node, if any, its field and channel, the value, and what is shown.

    ``after`` is `MISSING` if the value is dropped. ``name`` is the key under which it stands; of a
    key itself, ``is_name`` is true.
    """

    node: int | None
    field: str
    channel: str
    name: str
    before: Any
    after: Any
    is_name: bool = False

    @property
    def kept(self) -> bool:
        """Whether the value is shown as it was recorded."""
        return bool(self.before == self.after)


# Two values side by side, and their place: (before, after, node, field, key, tag).
_Step = tuple[Any, Any, int | None, str, str, str]


def places(before: ev.Event, after: ev.Event | None) -> Iterator[Place]:
    """Yield the places of an event, given what redaction makes of it."""
    recorded = _plain(before)["data"]
    shown = MISSING if after is None else _plain(after)["data"]
    node = _node_of(before, recorded)
    if after is None:
        yield Place(node, "event", "event", "event", recorded, MISSING)
    has_pointer = recorded.get("source") in _POINTER_SOURCES
    for place in places_in(recorded, shown, node):
        if place.name == "x" and has_pointer:
            field = place.field.removesuffix(".x").replace("x", "position")
            yield place._replace(field=field, channel="pointer")
        elif place.channel != "structure" or isinstance(place.before, str):
            yield place


def _plain(event: ev.Event) -> dict[str, Any]:
    plain: dict[str, Any] = decode_repaired(JSON_DECODER, _ENCODER.encode(event))
    return plain


def _node_of(event: ev.Event, recorded: dict[str, Any]) -> int | None:
    """Return the node that an event is about."""
    node = crumb_node(event.data.payload) if isinstance(event, ev.Custom) else recorded.get("id")
    return node if isinstance(node, int) else None


def places_in(before: Any, after: Any, node: int | None = None, field: str = "") -> Iterator[Place]:
    """Yield the places of two JSON values side by side."""
    todo: list[_Step] = [(before, after, node, field, "", "")]
    while todo:
        step = todo.pop()
        before, after, node, field, key, tag = step
        is_whole = key.startswith("@") and type(before) is not type(after)
        if isinstance(before, dict) and not is_whole:
            yield from _names(step)
            todo += reversed(list(_inside(step)))
        elif isinstance(before, list) and not is_whole:
            todo += reversed(list(_items(step)))
        elif before is not None or (is_whole and after is MISSING):
            channel = channel_of(key, f"data.{field}", tag)
            yield Place(node, field, channel, key.removeprefix("@"), before, after)


def _inside(step: _Step) -> Iterator[_Step]:
    """Pair the values under the same key."""
    before, after, node, field, key, tag = step
    own, own_tag = before.get("id"), before.get("tagName")
    attributes = _has_attributes(step)
    if not attributes and ".payload" not in f".{field}":  # there, an id may be that of anything
        node = own if isinstance(own, int) else node
        tag = own_tag if isinstance(own_tag, str) else tag
    value_of = key if key.startswith("@") else ""
    for name, value in before.items():
        other = after.get(name, MISSING) if isinstance(after, dict) else MISSING
        shown = shown_name(name, of_attribute=attributes, is_kept=other is not MISSING)
        where = field if name in _NODES else f"{field}.{shown}".removeprefix(".")
        yield value, other, node, where, f"@{name}" if attributes else value_of or name, tag


def _names(step: _Step) -> Iterator[Place]:
    """Yield the keys of an object that are not those of the model."""
    before, after, node, field, key, tag = step
    if key not in _OPEN and ".payload" not in f".{field}":
        return
    channel = "attribute" if key == "attributes" else channel_of(key, f"data.{field}", tag)
    for name in before:
        shown = name if isinstance(after, dict) and name in after else MISSING
        yield Place(node, field, channel, name, name, shown, is_name=True)


def _has_attributes(step: _Step) -> bool:
    return step[4] == "attributes" and "attributes" not in step[0]


def _items(step: _Step) -> Iterator[_Step]:
    """Pair the items of two lists, of which the second may have lost some."""
    before, after, *place = step
    if not isinstance(after, list):
        return iter([(item, MISSING, *place) for item in before])
    if len(before) == len(after):
        return iter([(a, b, *place) for a, b in zip(before, after, strict=True)])
    return aligned(step)
