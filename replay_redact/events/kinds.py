"""The events of a recording, by their ``type``: 8 kinds."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from replay_redact.events.incremental import IncrementalData, Optional
from replay_redact.nodes import (
    Dropped,
    Metadata,
    Model,
    Node,
    Number,
    TextString,
    UrlString,
    WindowId,
)

Id = WindowId | int | Optional | None
"""The id of a window or a session; absent or ``None`` where a recording names none."""


class _Event(Model, tag_field="type", kw_only=True):
    timestamp: Number
    delay: Number | Optional = UNSET
    session_id: Id = UNSET
    window_id: Id = UNSET


class Nothing(Model, kw_only=True):
    """The empty data of the two load events; whatever stands in it is dropped."""


class DomContentLoaded(_Event, tag=0, kw_only=True):
    """The page's DOM was ready."""

    data: Nothing = msgspec.field(default_factory=Nothing)


class Load(_Event, tag=1, kw_only=True):
    """The page was loaded."""

    data: Nothing = msgspec.field(default_factory=Nothing)


class Offset(Model, kw_only=True):
    """The scroll offset of the window, in pixels."""

    top: Number = 0
    left: Number = 0


class FullSnapshotData(Model, kw_only=True):
    """A whole tree and the scroll offset it was taken at."""

    node: Node
    initial_offset: Offset = msgspec.field(default_factory=Offset)


class FullSnapshot(_Event, tag=2, kw_only=True):
    """The whole DOM at one moment. Everything remembered before it is void."""

    data: FullSnapshotData


class IncrementalSnapshot(_Event, tag=3, kw_only=True):
    """One change since the last full snapshot."""

    data: IncrementalData


class MetaData(Model, kw_only=True):
    """The address and the viewport of the page."""

    href: UrlString
    width: Number
    height: Number


class Meta(_Event, tag=4, kw_only=True):
    """Address and viewport, sent before each full snapshot."""

    data: MetaData


class CustomData(Model, kw_only=True):
    """An application's own event: Sentry's breadcrumbs and spans arrive like this."""

    tag: TextString
    payload: Metadata = UNSET
    metric: bool | Optional = UNSET


class Custom(_Event, tag=5, kw_only=True):
    """An application's own event."""

    data: CustomData


class PluginData(Model, kw_only=True):
    """What a recorder plugin emitted: console lines, network requests."""

    plugin: TextString
    payload: Metadata = UNSET


class Plugin(_Event, tag=6, kw_only=True):
    """A recorder plugin's event."""

    data: PluginData


class AssetData(Model, kw_only=True):
    """A fetched asset: bytes or stylesheet text. It never passes."""

    url: Dropped
    payload: Dropped = UNSET
    failed: Dropped = UNSET
    timestamp: Number | Optional = UNSET


class Asset(_Event, tag=7, kw_only=True):
    """A fetched asset."""

    data: AssetData


class Unreadable(msgspec.Struct, frozen=True):
    """Stands where an event stood that the model cannot read; never encoded.

    ``reason`` is one of ``malformed``, ``unknown-kind`` and ``unknown-source``;
    ``may_change_tree`` says whether it may have been a snapshot or a mutation; ``is_event``,
    whether it has the form of an event (an object with a number as its ``type``). The ids of its
    session and window, and its timestamp, are there as far as they can be read.
    """

    reason: str
    may_change_tree: bool = False
    session_id: Id = UNSET
    window_id: Id = UNSET
    is_event: bool = True
    timestamp: Number | None = None


Event = (
    DomContentLoaded
    | Load
    | FullSnapshot
    | IncrementalSnapshot
    | Meta
    | Custom
    | Plugin
    | Asset
    | Unreadable
)


def _by_tag(union: Any) -> dict[int, type[Model]]:
    """Map wire tags to classes, for those members of a union that have one."""
    tagged = ((cls.__struct_config__.tag, cls) for cls in union.__args__)
    return {tag: cls for tag, cls in tagged if isinstance(tag, int)}


KINDS: dict[int, type[Model]] = _by_tag(Event)
"""Event kinds by wire number, 0 to 7."""

SOURCES: dict[int, type[Model]] = _by_tag(IncrementalData)
"""Incremental sources by wire number, 0 to 16."""
