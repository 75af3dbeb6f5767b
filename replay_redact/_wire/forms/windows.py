"""Ids of a session and a window that stand around events, lent to these for judgement.

They are handed up with the events, which is how a redactor tells windows apart; when the batch
is closed they are taken off again, as the redactor has left them.

Failure direction: an event that claims another window than its wrapper does is unreadable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from msgspec import UNSET

from replay_redact._wire.batches import Batch
from replay_redact.events import ID_SPELLINGS, Event, Id, Unreadable

Open = Callable[[Callable[[list[object]], bytes]], Batch]
"""Opens the events; it gets the function that wraps them when they are closed."""


def ids_of(fields: dict[str, msgspec.Raw]) -> tuple[dict[str, Id], dict[str, str]] | None:
    """Take the ids out of the fields of a wrapper, and how they are called there.

    None, if something stands there that is no id.
    """
    ids: dict[str, Id] = {}
    called: dict[str, str] = {}
    for field, names in ID_SPELLINGS.items():
        own = next((name for name in names if name in fields), None)
        value = None if own is None else msgspec.json.decode(fields.pop(own))
        if own is not None and value is not None:
            ids[field], called[field] = value, own
    return None if any(type(value) not in {str, int} for value in ids.values()) else (ids, called)


def window_batch(
    ids: dict[str, Id], wrap: Callable[[dict[str, Id], list[object]], bytes], open_: Open
) -> Batch:
    """Open events whose wrapper gives them ids; ``wrap`` gets these as they are to be shown."""
    shown: dict[str, Id] = {}
    batch = open_(lambda items: wrap(shown, items))
    lent = [[name for name in ids if getattr(e, name) in {UNSET, None}] for e in batch.events]
    events = [_with_ids(event, names, ids) for event, names in zip(batch.events, lent, strict=True)]

    def close(passed: Sequence[Event | None]) -> bytes:
        for event, names in zip(passed, lent, strict=True):
            if event is not None:
                shown.update({name: getattr(event, name) for name in ids})
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
