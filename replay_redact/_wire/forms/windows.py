"""Ids of a session and a window that stand around events, lent to these for judgement.

They are handed up with the events, which is how a redactor tells windows apart; when the batch
is closed they are taken off again, as the redactor has left them.

An event that claims another window than its wrapper does is unreadable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET

from replay_redact._wire.batches import Batch
from replay_redact.events import ID_SPELLINGS, Event, Id, Unreadable

Open = Callable[[Callable[[list[object]], bytes]], Batch]
"""Opens the events; it gets the function that wraps them when they are closed."""


class Ids(NamedTuple):
    """The ids that a wrapper gives, and how they are called there."""

    ids: dict[str, Id]
    called: dict[str, str]


def take_ids(fields: dict[str, Any]) -> Ids | None:
    """Take the ids out of the fields of a wrapper; none, if something there is no id."""
    found = Ids({}, {})
    for field, names in ID_SPELLINGS.items():
        own = next((name for name in names if name in fields), None)
        value = None if own is None else fields.pop(own)
        if own is not None and value is not None:
            found.ids[field], found.called[field] = value, own
    return None if any(type(value) not in {str, int} for value in found.ids.values()) else found


def window_batch(
    ids: dict[str, Id], wrap: Callable[[dict[str, Id], list[object]], bytes], open_: Open
) -> Batch:
    """Open events whose wrapper gives them ids; ``wrap`` gets these as they are to be shown."""
    shown: dict[str, Id] = {}
    return lend(open_(lambda items: wrap(shown, items)), ids, shown)


def lend(batch: Batch, ids: dict[str, Id], shown: dict[str, Id] | None = None) -> Batch:
    """Give events ids until the batch is closed; ``shown`` gets these as they came back."""
    lent = [[name for name in ids if getattr(e, name) in {UNSET, None}] for e in batch.events]
    events = [_with_ids(event, names, ids) for event, names in zip(batch.events, lent, strict=True)]
    back: dict[str, Id] = {} if shown is None else shown

    def close(passed: Sequence[Event | None]) -> bytes:
        for event, names in zip(passed, lent, strict=True):
            if event is not None:
                back.update({name: getattr(event, name) for name in ids})
                for name in names:
                    setattr(event, name, UNSET)
        return batch.close(passed)

    return batch._replace(events=events, close=close)


def _with_ids(event: Event, lent: list[str], ids: dict[str, Id]) -> Event:
    """Give an event the ids that it does not have; it must not have others."""
    if any(getattr(event, name) != ids[name] for name in ids if name not in lent):
        unreadable = Unreadable("malformed", may_change_tree=True)
        return msgspec.structs.replace(unreadable, **ids)
    if type(event) is Unreadable:
        return msgspec.structs.replace(event, **{name: ids[name] for name in lent})
    for name in lent:
        setattr(event, name, ids[name])
    return event
