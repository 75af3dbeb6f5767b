"""The events of a recording: 8 kinds."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from replay_redact.events.incremental import IncrementalData, Optional
from replay_redact.nodes import (
    Dropped,
    Metadata,
    MetadataName,
    Model,
    Node,
    Number,
    UrlString,
    WindowId,
)

__all__ = [
    "KINDS",
    "SOURCES",
    "Asset",
    "AssetData",
    "Custom",
    "CustomData",
    "DomContentLoaded",
    "Event",
    "FullSnapshot",
    "FullSnapshotData",
    "Id",
    "IncrementalSnapshot",
    "Load",
    "Meta",
    "MetaData",
    "Nothing",
    "Offset",
    "Plugin",
    "PluginData",
    "Unreadable",
]

Id = WindowId | int | Optional | None
"""The id of a window or a session. It is absent or ``None`` if the recording gives none."""


class _Event(Model, tag_field="type", kw_only=True):
    timestamp: Number
    delay: Number | Optional = UNSET
    session_id: Id = UNSET
    window_id: Id = UNSET


class Nothing(Model, kw_only=True):
    """The data of the two load events: empty. Anything in it is dropped."""


class DomContentLoaded(_Event, tag=0, kw_only=True):
    """The DOM of the page was ready."""

    data: Nothing = msgspec.field(default_factory=Nothing)


class Load(_Event, tag=1, kw_only=True):
    """The page was loaded."""

    data: Nothing = msgspec.field(default_factory=Nothing)


class Offset(Model, kw_only=True):
    """The scroll offset of the window, in pixels."""

    top: Number = 0
    left: Number = 0


class FullSnapshotData(Model, kw_only=True):
    """A whole tree, and the scroll offset at that moment."""

    node: Node
    initial_offset: Offset = msgspec.field(default_factory=Offset)


class FullSnapshot(_Event, tag=2, kw_only=True):
    """The whole DOM at one moment. It replaces everything known of the page before."""

    data: FullSnapshotData


class IncrementalSnapshot(_Event, tag=3, kw_only=True):
    """A change since the last full snapshot."""

    data: IncrementalData


class MetaData(Model, kw_only=True):
    """The address and the viewport of the page. Apps on phones have no address."""

    href: UrlString | Optional = UNSET
    width: Number
    height: Number


class Meta(_Event, tag=4, kw_only=True):
    """Address and viewport. Recorders send it before each full snapshot."""

    data: MetaData


class CustomData(Model, kw_only=True):
    """The tag and payload of a custom event, such as Sentry's breadcrumbs and spans."""

    tag: MetadataName
    payload: Metadata = UNSET
    metric: bool | Optional = UNSET


class Custom(_Event, tag=5, kw_only=True):
    """An event that an application or an SDK defines."""

    data: CustomData


class PluginData(Model, kw_only=True):
    """What a plugin of the recorder sent, such as console lines or network requests."""

    plugin: MetadataName
    payload: Metadata = UNSET


class Plugin(_Event, tag=6, kw_only=True):
    """An event of a plugin of the recorder."""

    data: PluginData


class AssetData(Model, kw_only=True):
    """A fetched asset: bytes, or the text of a style sheet. Redaction drops it."""

    url: Dropped
    payload: Dropped = UNSET
    failed: Dropped = UNSET
    timestamp: Number | Optional = UNSET


class Asset(_Event, tag=7, kw_only=True):
    """A fetched asset. Redaction drops it."""

    data: AssetData


class Unreadable(msgspec.Struct, frozen=True):
    """Takes the place of an event that the model cannot read. It is never encoded.

    * ``reason``: ``malformed``, ``unknown-kind`` or ``unknown-source``.
    * ``may_change_tree``: whether it may have been a snapshot or a mutation.
    * ``is_event``: whether it has the form of an event: an object with a number as ``type``.
    * ``session_id``, ``window_id``, ``timestamp``: as far as they can be read.
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
