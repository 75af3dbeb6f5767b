"""Trees, in full snapshots and in additions, decoded only as far as redaction needs.

Theory: the elements of a page repeat themselves, attributes and all. So inside
the redactor an element's attributes stay the JSON they arrived as, and the tag
with that JSON is the key under which its facts and masked attributes are
remembered (`Visitor`). Only what was not seen before is decoded.

Invariant: what leaves is never the JSON that came in but what was made of its
decoded value, so nothing hides in duplicate keys or white space.
Failure direction: attributes that are no JSON object are left out and counted.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable
from typing import Any

import msgspec

from replay_redact import events as ev
from replay_redact import nodes

__all__ = ["EVENTS_DECODER", "FullSnapshot", "Mutation", "RawDocument", "RawElement"]


class RawDocument(nodes.Document, tag=0, kw_only=True):
    """A document whose elements keep their attributes as JSON."""

    child_nodes: list[RawNode] = msgspec.field(default_factory=list)  # type: ignore[assignment] # narrower


class RawElement(nodes.Element, tag=2, kw_only=True):
    """An element that keeps its attributes as JSON."""

    attributes: msgspec.Raw = msgspec.Raw(b"{}")  # type: ignore[assignment] # read by `Visitor` only
    child_nodes: list[RawNode] = msgspec.field(default_factory=list)  # type: ignore[assignment] # narrower


RawNode = RawDocument | nodes.DocumentType | RawElement | nodes.Text | nodes.CData | nodes.Comment


class RawSnapshotData(ev.FullSnapshotData, kw_only=True):
    """A tree of such nodes."""

    node: RawNode


class FullSnapshot(ev.FullSnapshot, tag=2, kw_only=True):
    """A full snapshot of such nodes."""

    data: RawSnapshotData


class Addition(ev.Addition, kw_only=True):
    """An addition of such nodes."""

    node: RawNode


class Mutation(ev.Mutation, tag=0, kw_only=True):
    """A mutation that adds such nodes."""

    adds: list[Addition] = msgspec.field(default_factory=list)  # type: ignore[assignment] # narrower


def _union(kinds: Iterable[Any], *own: Any) -> Any:
    """Return the union of kinds, of which some have a form of their own here."""
    replaced = {kind.__mro__[1] for kind in own}
    members = [*own, *(kind for kind in kinds if kind not in replaced)]
    return functools.reduce(operator.or_, members)


_WireData: Any = _union(ev.SOURCES.values(), Mutation)


class IncrementalSnapshot(ev.IncrementalSnapshot, tag=3, kw_only=True):
    """An incremental snapshot, of such a mutation or of any other source."""

    data: _WireData


_WireEvent: Any = _union(ev.KINDS.values(), FullSnapshot, IncrementalSnapshot)

EVENTS_DECODER: msgspec.json.Decoder[list[ev.Event]] = msgspec.json.Decoder(list[_WireEvent])
