"""Redaction in one call: of a recording in bytes, and of events in a program's own hands."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._wire.batches import Readable
from replay_redact._wire.codec import open_event
from replay_redact._wire.compression import DEFAULT_EFFORT
from replay_redact.policy import Policy
from replay_redact.redactor import DEFAULT_POLICY, Redactor

__all__ = ["redact_bytes", "redact_events"]


def redact_bytes(
    data: bytes,
    policy: Policy = DEFAULT_POLICY,
    *,
    format: str = "auto",  # noqa: A002 - reads best at the call
    compression: str = DEFAULT_EFFORT,
) -> bytes:
    """Redact a whole recording, in any form that `decode` reads.

    The output has the form of the input. Unreadable events are dropped. ``compression`` is as in
    `Redactor`.

    Raises `DecodeError` if the input is not a recording, `LimitError` if it is
    too large or too deep; nothing is returned in part.

    >>> redact_bytes(b'[{"type": 1, "data": {"note": "Jane"}, "timestamp": 5}]')
    b'[{"type":1,"timestamp":5,"data":{}}]'
    """
    return Redactor(policy, compression=compression).process_bytes(data, format=format)


EventOrDict = TypeVar("EventOrDict", dict[str, Any], ev.Event)


def redact_events(
    events: Iterable[EventOrDict], policy: Policy = DEFAULT_POLICY
) -> Iterator[EventOrDict]:
    """Redact events in order; those that must not pass are left out.

    Events are dictionaries, as ``json.loads`` makes them, or what `decode` returns; each comes
    out as what it was. Nothing that is given is changed.

    An event comes out when the next timestamp of its window has come, or ``events`` end: what
    has one timestamp is judged together, as in `redact_bytes`.

    Raises `DecodeError` or `LimitError` as `redact_bytes` does, and ``TypeError`` for what is
    neither a dictionary nor an event.

    >>> list(redact_events([{"type": 1, "data": {"note": "Jane"}, "timestamp": 5}]))
    [{'type': 1, 'timestamp': 5, 'data': {}}]
    """
    engine = Engine(policy)
    writes: deque[Callable[[ev.Event], Any]] = deque()
    readable = Readable(b"[{")

    def lists() -> Iterator[list[ev.Event]]:
        for event in events:
            slot = open_event(event)
            engine.note_cut(slot.cut)
            writes.append(slot.write)
            readable.note_events([slot.event])
            yield [slot.event]

    for [passed] in engine.redact_lists(lists()):
        write = writes.popleft()
        if passed is not None:
            yield write(passed)
    readable.check()
