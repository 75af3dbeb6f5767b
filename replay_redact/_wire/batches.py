"""Batches of events on their way through a redactor, and how a container is closed again.

Every form of input is opened to batches, which are decoded when their turn comes: some
events, and a function that closes the batch again around as many redacted events, ``None``
standing for those dropped. Small events are redacted soonest if they are decoded, masked and
encoded while the processor still has them at hand.

What stands beside the events (headers, properties, people) is handed up as `Item`; what
becomes of it is not decided here.

An item that nobody has judged cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from replay_redact._runtime.stack import call_deep
from replay_redact._wire.compression import Budget
from replay_redact._wire.looks import HEAD, looks_like
from replay_redact.errors import DecodeError, LimitError
from replay_redact.events import Event, Unreadable

_POSITION = re.compile(r"\(byte (\d+)\)$")

Something = TypeVar("Something")

Close = Callable[[Sequence[Event | None]], bytes]
Join = Callable[[list[bytes]], bytes]

MAX_EVENTS = 1_000_000
"""Events in one input: days of a busy page, and half a gigabyte of memory if each is odd."""

EVENTS_AT_ONCE = 200
"""Events of a batch, where there are more: what they take fits the processor's own memory."""


class Batch(NamedTuple):
    """Some events, how many fields were cut off, and how to write redacted ones again.

    ``items`` are what stands beside the events.
    """

    events: list[Event]
    cut: int
    close: Close
    items: tuple[Item, ...] = ()


DROPPED = object()
"""Shown in place of an item that must not be written."""


class Item:
    """Something beside the events, as JSON that was recorded, and as it is to be written.

    ``kind`` says which table judges it; ``is_content`` is false for what only surrounds events.
    """

    __slots__ = ("_shown", "is_content", "kind", "value")

    def __init__(self, kind: str, value: Any, *, is_content: bool = True) -> None:
        self.kind = kind
        self.value = value
        self.is_content = is_content
        self._shown: tuple[Any] | None = None

    def show(self, masked: Any) -> None:
        """Say what is to be written."""
        self._shown = (masked,)

    @property
    def shown(self) -> Any:
        """What is to be written."""
        assert self._shown is not None, "an item was not judged"
        return self._shown[0]


class Opened(NamedTuple):
    """The batches of a recording, to be taken once, and how to join them when they are closed.

    ``number`` is the place of a segment in its session, where it says so itself. ``form`` says in
    words what it was, from the inside out: ``"array in segment in gzip"``.
    """

    batches: Iterable[Batch]
    join: Join
    segment: int | None = None
    form: str = "array"


def check_count(items: int) -> None:
    """Refuse what has too many items before each of them is opened."""
    if items > MAX_EVENTS:
        raise LimitError(f"the recording has more than {MAX_EVENTS} events: cut it into segments")


def batches_of(
    open_: Callable[[list[Something], Budget], Batch], things: list[Something], budget: Budget
) -> Iterator[Batch]:
    """Open things some at a time, each time on a larger stack if they nest too deep."""

    def attempt(some: list[Something], left: int) -> Batch:
        budget.left = left  # a second attempt inflates the same bytes again
        return open_(some, budget)

    check_count(len(things))
    for at in range(0, len(things), EVENTS_AT_ONCE):
        yield call_deep(attempt, things[at : at + EVENTS_AT_ONCE], budget.left)


class Readable:
    """Whether an input held anything, and anything in the form of an event."""

    def __init__(self, head: bytes) -> None:
        self._seen = self._read = False
        self._head = head[:HEAD]

    def note(self, batch: Batch) -> Batch:
        """Look at the next batch of the input."""
        if not self._read:
            self.note_events(batch.events)
            self._read = self._read or any(item.is_content for item in batch.items)
        return batch

    def note_events(self, events: Sequence[Event]) -> None:
        """Look at events, some of which may be none."""
        self._seen = self._seen or bool(events)
        self._read = self._read or not all(map(is_no_event, events))

    def check(self) -> None:
        """Raise `DecodeError` if nothing that was there has the form of an event."""
        if self._seen and not self._read:
            raise no_events(self._head)


def json_error(error: Exception, text: bytes) -> DecodeError:
    """Turn the decoder's complaint into ours: its position, none of its words."""
    position = _POSITION.search(str(error))
    what = "" if text.lstrip().startswith((b"[", b"{")) else looks_like(text)
    return DecodeError(
        f"the input is not valid JSON{what}", position=int(position[1]) if position else None
    )


def no_events(head: bytes) -> DecodeError:
    """Return the error about JSON that holds no events; it begins with ``head``."""
    return DecodeError(f"the input is JSON, but holds no events{looks_like(head)}")


def is_no_event(event: Event) -> bool:
    """Tell what has not even the form of an event."""
    return type(event) is Unreadable and not event.is_event
