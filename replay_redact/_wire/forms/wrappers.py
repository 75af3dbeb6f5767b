"""Objects that hold an array of events, and PostHog's events that hold one.

``{"events": [...]}``, ``{"window_id": …, "data": [...]}``, bodies of PostHog's capture
(``{"batch": [...]}``, ``{"event": "$snapshot", "properties": {"$snapshot_data": [...]}}``), its
exports and answers of APIs: the events are opened, and all that stands beside them is an `Item`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from replay_redact._wire.batches import Batch, Item, is_no_event
from replay_redact._wire.compression import Budget
from replay_redact._wire.forms.windows import lend, take_ids, window_batch
from replay_redact._wire.lenient import repair_text
from replay_redact._wire.looks import CHUNKS
from replay_redact.errors import DecodeError
from replay_redact.events import Id

_CAPTURED = frozenset("properties distinct_id api_key token uuid $set".split())

_CHUNK = "chunk_id"
"""In what PostHog's servers made of snapshots until 2023: parts of gzip as base64."""

_JSON = msgspec.json.Decoder()
_ENCODER = msgspec.json.Encoder()
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])

OpenElements = Callable[..., Batch]
Fields = dict[str, msgspec.Raw]
Path = tuple[str, ...]

_HOLDERS: tuple[Path, ...] = (
    ("events",),
    ("batch",),
    ("snapshots",),
    ("data", "snapshots"),
    ("data", "events"),
    ("result", "snapshots"),
    ("result", "events"),
    ("results",),
    ("data",),
)
"""Where objects hold their events; the first that is there counts."""

_SNAPSHOTS: tuple[Path, ...] = (
    ("properties", "$snapshot_data"),
    ("properties", "$snapshot_items"),
)


def open_wrapper(raw: bytes, budget: Budget, open_elements: OpenElements) -> Batch | None:
    """Open an object that holds events, or is an event of PostHog's; none if it is neither."""
    fields = _RAW_FIELDS.decode(repair_text(raw))
    if _is_captured(fields):
        return _open_captured(fields, budget, open_elements)
    for path in _HOLDERS:
        raws = _elements(_at(fields, path))
        if raws is not None:
            return _open_holder(fields, path, raws, budget, open_elements)
    return None


def _at(fields: Fields, path: Path) -> msgspec.Raw | None:
    """Return what stands at a place, if there is such a place."""
    raw = fields.get(path[0])
    for name in path[1:]:
        raw = None if raw is None else _fields(raw).get(name)
    return raw


def _fields(raw: msgspec.Raw) -> Fields:
    try:
        return _RAW_FIELDS.decode(raw)
    except msgspec.DecodeError:
        return {}


def _elements(raw: msgspec.Raw | None) -> list[msgspec.Raw] | None:
    try:
        return None if raw is None else _RAW_LIST.decode(raw)
    except msgspec.DecodeError:
        return None


def _beside(fields: Fields, path: Path) -> dict[str, Any]:
    """Return an object as JSON values, with null at a place in it."""
    value = {name: None if name == path[0] else _JSON.decode(raw) for name, raw in fields.items()}
    if len(path) > 1:
        value[path[0]] = _beside(_fields(fields[path[0]]), path[1:])
    return value


def _holder(value: Any, path: Path) -> dict[str, Any]:
    """Return the object in which the last name of a place stands."""
    for name in path[:-1]:
        value = value[name]
    held_by: dict[str, Any] = value
    return held_by


def _open_holder(
    fields: Fields, path: Path, raws: Sequence[msgspec.Raw], budget: Budget, open_: OpenElements
) -> Batch | None:
    value = _beside(fields, path)
    found = take_ids(value)
    inner = take_ids(_holder(value, path))
    if found is None or inner is None:
        return None
    item = Item("wrapper", value, is_content=False)

    def wrap(shown: dict[str, Id], items: list[object]) -> bytes:
        written = item.shown
        held_by = _holder(written, path)
        held_by[path[-1]] = items
        held_by |= {name: shown[field] for field, name in inner.called.items() if field in shown}
        own = {name: shown[field] for field, name in found.called.items() if field in shown}
        return _ENCODER.encode(own | written)

    ids = inner.ids | found.ids
    batch = window_batch(ids, wrap, lambda inner_wrap: open_(raws, budget, inner_wrap))
    return batch._replace(items=(item, *batch.items))


# --- PostHog's events -------------------------------------------------------------------


def _is_captured(fields: Fields) -> bool:
    """Tell an event of PostHog's: it has a name, and properties or a person."""
    named = bytes(fields.get("event", b"")).startswith(b'"')
    return named and not _CAPTURED.isdisjoint(fields)


def _open_captured(fields: Fields, budget: Budget, open_: OpenElements) -> Batch | None:
    path = next((path for path in _SNAPSHOTS if _at(fields, path) is not None), None)
    value = _beside(fields, path or ("",))
    item = Item("posthog event", value)
    if path is None:
        return Batch([], 0, lambda _events: _ENCODER.encode(item.shown), (item,))
    found = take_ids(dict(value["properties"]))
    if found is None:
        return None
    held = _at(fields, path)
    if held is not None and _CHUNK in _fields(held):
        raise DecodeError(f"a snapshot is in {CHUNKS[0]}: {CHUNKS[1]}")
    raws = _elements(held)

    def wrap(items: list[object]) -> bytes:
        written = item.shown
        one = None if raws is not None or not items else items[0]
        _holder(written, path)[path[-1]] = items if one is None else one
        return _ENCODER.encode(written)

    batch = open_([held] if raws is None else raws, budget, wrap)
    item.is_content = not batch.events or not all(map(is_no_event, batch.events))
    return lend(batch._replace(items=(item, *batch.items)), found.ids)
