"""The redactor: the public face of the engine.

A `Redactor` opens and closes containers, keeps the segments of a recording in order, and carries
what is known from one to the next as bytes. `_engine` decides about each event.
After an error nothing is known, and everything is masked, until the next full snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn, Self

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._runtime.collector import paused_collector
from replay_redact._wire.batches import Opened
from replay_redact._wire.codec import as_bytes, copy_event, open_recording
from replay_redact._wire.compression import DEFAULT_EFFORT, check_effort
from replay_redact.errors import RedactError
from replay_redact.policy import Policy

__all__ = ["Redactor"]

DEFAULT_POLICY = Policy()

_MOST_SEGMENTS = 1 << 63


class Redactor:
    """Redacts one recording, event by event, in recording order.

    A redactor remembers what later events need: which node is below which, and what the rules ask
    about each. It never remembers content. `state` returns that memory as bytes, so that another
    process can go on with the recording.

    Events of several windows (tabs) may be mixed: each is judged by the nodes of its own window. A
    redactor serves one recording and one thread at a time, and cannot be pickled. A `Policy` may be
    shared.

    ``report`` counts what the redactor has seen and changed: see `Report`. ``keep_items`` lists
    types of items of Sentry's envelopes, such as ``"attachment"``, that stay although nothing is
    known of their content; without it they are dropped and counted.

    ``compression`` says how output is compressed, where the input is: ``"small"``, or ``"fast"``,
    which gives a fifth more bytes in a tenth of the time, if the extra ``fast`` is installed. Both
    inflate to the same.

    >>> redactor = Redactor(Policy())
    >>> redactor.process_bytes(
    ...     b'[{"type": 4, "data": {"href": "https://shop.example/u/42",'
    ...     b' "width": 800, "height": 600}, "timestamp": 1}]'
    ... )
    b'[{"type":4,"timestamp":1,"data":{"href":"https://shop.example/*/**","width":800,"height":600}}]'
    >>> redactor.report.events["Meta"]
    1
    """

    def __init__(
        self,
        policy: Policy = DEFAULT_POLICY,
        *,
        keep_items: Iterable[str] = (),
        compression: str = DEFAULT_EFFORT,
    ) -> None:
        self._effort = check_effort(compression)
        self._engine = Engine(policy, keep_items)
        self.policy = policy
        self.report = self._engine.report
        self._next: int | None = None  # number of the segment that should come next

    def process(self, event: ev.Event) -> ev.Event | None:
        """Return the redacted form of an event, or ``None`` if it is dropped.

        The event itself is not changed. A malformed event is dropped and counted.

        This method cannot look ahead. If a later event with the same timestamp masks a region, or
        makes a field a password, `process_bytes` and `redact_bytes` mask more than this does.

        Raises `LimitError` if the tree of the event is too deep, and `DecodeError` if a string in
        it is not valid Unicode. After an error the redactor masks everything until the next full
        snapshot.
        """
        try:
            own = copy_event(event)
        except RedactError:
            self.reset()
            raise
        return self._engine.redact(own)

    def process_bytes(
        self,
        body: bytes,
        *,
        format: str = "auto",  # noqa: A002 - reads best at the call
        segment: int | None = None,
    ) -> bytes:
        """Redact a segment of a recording. The output has the container of the input.

        ``segment`` is the number of the segment in the recording, from 0. A Sentry segment has it
        in its header.

        * Segments with numbers may come in any order. After a gap, everything is masked until the
          next full snapshot. A segment that comes late or again is redacted as a recording of its
          own: that masks more, never less.
        * Segments without numbers must all come, and in order. If one may be missing, call
          `reset`.

        Raises `DecodeError` or `LimitError` as `redact_bytes` does, ``ValueError`` for a negative
        number, and ``TypeError`` for a number that is not an ``int``. After an error, everything
        is masked until the next full snapshot.

        >>> redactor = Redactor()
        >>> redactor.process_bytes(b'[{"type": 1, "data": {}, "timestamp": 5}]', segment=0)
        b'[{"type":1,"timestamp":5,"data":{}}]'
        """
        if segment is not None and type(segment) is not int:
            raise TypeError(f"the number of a segment is an int, not a {type(segment).__name__}")
        if segment is not None and not 0 <= segment < _MOST_SEGMENTS:
            raise ValueError("the number of a segment must be an integer from 0")
        before = self.report._saved()
        try:
            with paused_collector():
                return self._redact_piece(body, format, segment)
        except BaseException:
            self.reset()
            self.report._restore(before)  # no output: nothing of this segment counts
            raise

    def _redact_piece(self, body: bytes, format_: str, segment: int | None) -> bytes:
        """Open, redact and close a segment.

        A method of its own, so that its events are freed before the collector starts again.
        """
        opened = open_recording(body, format_, self._effort)
        self.report.forms[opened.form] += 1
        self.report.size += memoryview(body).nbytes
        return self._in_order(opened, opened.segment if segment is None else segment)

    def _in_order(self, opened: Opened, segment: int | None) -> bytes:
        """Redact a segment; one that comes late is redacted as a recording of its own."""
        if segment is None:
            return self._engine.redact_opened(opened)
        if self._next is not None and segment < self._next:
            late = self._engine.alone()
            output = late.redact_opened(opened)
            self.report.add(late.report)
            return output
        if segment != self._next:
            self.reset()
        output = self._engine.redact_opened(opened)
        self._next = segment + 1
        return output

    def reset(self) -> None:
        """Forget all nodes. Everything is masked until the next full snapshot.

        Call this if a part of the recording is missing.
        """
        self._engine.forget()

    def state(self) -> bytes:
        """Return what another process needs to go on with this recording.

        A state holds the ids of live nodes, which is below which, which rules and tests of the
        policy hold for each, public words of style sheets, and the number of the next segment:
        a byte or two per node. It holds no other recorded content, and not the counts of
        ``report``. The first state after a full snapshot takes in all nodes; those that follow
        cost what has changed.

        Keep states where only you can write: whoever changes a state can unmask what comes next.

        Raises `LimitError` for more than 5,000,000 nodes.
        """
        return self._engine.state(self._next)

    @classmethod
    def from_state(
        cls,
        policy: Policy,
        state: bytes,
        *,
        keep_items: Iterable[str] = (),
        compression: str = DEFAULT_EFFORT,
    ) -> Self:
        """Return a redactor that goes on where another one with the same policy stopped.

        Raises `StateError` if the state is damaged, or comes from another policy or another
        version of this package. Use a new redactor then: it masks everything until the next full
        snapshot. Raises ``TypeError`` if the state is not bytes.

        >>> redactor = Redactor()
        >>> _ = redactor.process_bytes(b'[{"type": 2, "timestamp": 1, "data": {"node": '
        ...     b'{"type": 0, "id": 1, "childNodes": []}}}]')
        >>> again = Redactor.from_state(Policy(), redactor.state())
        >>> again.state() == redactor.state()
        True
        >>> Redactor.from_state(Policy.lockdown(), redactor.state())
        Traceback (most recent call last):
        ...
        replay_redact.StateError: the state is of another policy or another version: ...
        """
        redactor = cls(policy, keep_items=keep_items, compression=compression)
        redactor._next = redactor._engine.recall(as_bytes(state, "a state is"))
        return redactor

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Redactor is not shared and not pickled: carry its state() instead")
