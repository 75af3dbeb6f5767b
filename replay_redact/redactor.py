"""The redactor: one event in, one masked event or none out.

`Redactor` decodes events, hands each to the handler of its kind, counts, and remembers the page
from one segment to the next. The handlers are in `_engine.handlers`, or in `_engine.sentry` for
policies that do what Sentry's SDK does.

The redactor masks an event in place only if it owns it, and copies it first if it does not. It
drops and counts an event that no handler lets pass. An exception inside a handler is a bug and is
not caught.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NoReturn, Self

from msgspec import UNSET

from replay_redact import events as ev
from replay_redact._engine import state as engine_state
from replay_redact._engine.handlers import HANDLERS, JUDGED_AGAIN, Strict
from replay_redact._engine.sentry import SENTRY_HANDLERS, Sentry
from replay_redact._engine.windows import Passed, StandIns, Window, Windows
from replay_redact._metadata.items import ItemMasks
from replay_redact._page.mirror import Mirror
from replay_redact._rules.facts import Rule
from replay_redact._rules.strict import Context, compile_rules
from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact._wire.batches import Batch, Decoder, Item, Opened
from replay_redact._wire.codec import as_bytes, close_batch, copy_event, open_recording
from replay_redact._wire.lenient import EVENTS_DECODER
from replay_redact.errors import RedactError
from replay_redact.policy import Policy
from replay_redact.report import Report

__all__ = ["Redactor", "redact_bytes", "redact_events"]

DEFAULT_POLICY = Policy()

_MOST_SEGMENTS = 1 << 63
_FORGETTING = frozenset({ev.Unreadable, ev.FullSnapshot})


class Redactor:
    """Redacts one recording, event by event, in recording order.

    A redactor remembers what later events need: which node is below which, and what the rules ask
    about each. It never remembers content. `state` returns that memory as bytes, so that another
    process can go on with the recording.

    Events of several windows (tabs) may be mixed: each is judged by the nodes of its own window. A
    redactor serves one recording and one thread at a time, and cannot be pickled. A `Policy` may be
    shared.

    ``report`` counts what the redactor has seen, masked and dropped.

    >>> redactor = Redactor(Policy())
    >>> redactor.process_bytes(
    ...     b'[{"type": 4, "data": {"href": "https://shop.example/u/42",'
    ...     b' "width": 800, "height": 600}, "timestamp": 1}]'
    ... )
    b'[{"type":4,"timestamp":1,"data":{"href":"https://shop.example/*/**","width":800,"height":600}}]'
    >>> redactor.report.events["Meta"]
    1
    """

    def __init__(self, policy: Policy = DEFAULT_POLICY, *, keep_items: Iterable[str] = ()) -> None:
        if not isinstance(policy, Policy):
            raise TypeError(f"a policy is a Policy, not {type(policy).__name__}")
        self.policy = policy
        self.report = Report()
        self._by_sdk = policy.rules == "sentry"
        self._handlers: dict[type, Any] = SENTRY_HANDLERS if self._by_sdk else HANDLERS
        self._windows = Windows(self._new_window)
        self._stand_ins = StandIns(partial(engine_state.window_key, policy))
        self.keep_items = frozenset(keep_items)
        self._items = ItemMasks(policy, self.report, self._stand_ins.shown, self.keep_items)
        self._next: int | None = None  # number of the segment that would be in order

    def _new_window(self) -> Window:
        if self._by_sdk:
            return Window(Sentry(self.policy, self.report), {})
        return Window(Strict(self.policy, self.report), JUDGED_AGAIN)

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
            self.forget()
            raise
        return self.process_own(own)

    def process_own(self, event: ev.Event) -> ev.Event | None:
        """Like `process`, but mask the event in place. The caller gives it away."""
        [[passed]] = self.redact_lists([[event]])
        return passed

    def redact_lists(self, lists: Iterable[list[ev.Event]]) -> Iterator[Passed]:
        """Mask lists of events in place; yield each list when no later event can change it.

        ``None`` takes the place of a dropped event. The lists are all of one recording or segment:
        at their end, nothing more is expected with the timestamp of the last event.
        """
        waiting: deque[Passed] = deque()
        first = self._windows.lists  # number of the list that waits longest
        for events in lists:
            waiting.append(self._redact(events))
            changeable = self._windows.end_list(waiting[-1])
            while first < changeable:
                first += 1
                yield self._named(waiting.popleft())
        self._windows.settle()
        yield from map(self._named, waiting)

    def _redact(self, events: list[ev.Event]) -> Passed:
        """Mask events in place. ``None`` takes the place of a dropped event."""
        kinds: list[type] = []
        try:
            return self._handle(events, kinds)
        finally:  # even after an error, no gathered text may stay unmasked, or stay in memory
            self._windows.mask_gathered()
            for kind, count in Counter(kinds).items():
                self.report.events[kind.__name__] += count

    def _handle(self, events: list[Any], kinds: list[type]) -> Passed:
        """Mask events and note their kinds. Texts are gathered, and masked together later."""
        handlers, windows, note = self._handlers, self._windows, kinds.append
        at = windows.lists
        passed: Passed = []
        window: Window | None = None
        window_id = session_id = None
        for event in events:
            if (
                window is None
                or event.window_id is not window_id
                or event.session_id is not session_id
            ):
                window = windows.at(event, passed)
                window_id, session_id = event.window_id, event.session_id
            kind = type(event)
            time = event.timestamp
            if time is None:  # an unreadable event without a time: it ends no moment
                time = window.time
            if time != window.time:
                window.begin(time, passed, at)
            elif window.is_fresh:
                window.go_on()
            subject = event.data if kind is ev.IncrementalSnapshot else event
            kind = type(subject)
            note(kind)
            if kind in _FORGETTING and not window.is_fresh:
                window.judge_again()
            passes = handlers[kind](window.engine, subject)
            passed.append(event if passes else None)
            if not passes:
                self._note_dropped(subject)
                if kind is ev.Unreadable:
                    window = None  # every window may have been cleared
        return passed

    def _note_dropped(self, subject: Any) -> None:
        self.report.dropped[self._why(subject)] += 1
        lost = isinstance(subject, ev.Unreadable) and subject.may_change_tree
        if lost and ev.window_of(subject) == (None, None):  # it may belong to any window
            self._windows.settle()
            self._windows.clear()

    def _named(self, passed: Passed) -> Passed:
        """Replace the ids of windows and sessions by stand-ins."""
        shown = self._stand_ins.shown
        for event in passed if self._windows.named else ():
            if event is None or isinstance(event, ev.Unreadable):  # for mypy: none passes
                continue
            if event.session_id is not UNSET:
                event.session_id = shown(event.session_id)
            if event.window_id is not UNSET:
                event.window_id = shown(event.window_id)
        return passed

    def process_bytes(
        self,
        segment: bytes,
        *,
        format: str = "auto",  # noqa: A002 - reads best at the call
        number: int | None = None,
    ) -> bytes:
        """Redact a segment of a recording. The output has the container of the input.

        ``number`` is the place of the segment in the recording, from 0. A Sentry segment has it in
        its header.

        * Segments with numbers may come in any order. After a gap, everything is masked until the
          next full snapshot. A segment that comes late or again is redacted as a recording of its
          own: that masks more, never less.
        * Segments without numbers must all come, and in order. If one may be missing, call
          `forget`.

        Raises `DecodeError` or `LimitError` as `redact_bytes` does, ``ValueError`` for a negative
        number, and ``TypeError`` for a number that is not an ``int``. After an error, everything
        is masked until the next full snapshot.

        >>> redactor = Redactor()
        >>> redactor.process_bytes(b'[{"type": 1, "data": {}, "timestamp": 5}]', number=0)
        b'[{"type":1,"timestamp":5,"data":{}}]'
        """
        if number is not None and type(number) is not int:
            raise TypeError(f"the number of a segment is an int, not a {type(number).__name__}")
        if number is not None and not 0 <= number < _MOST_SEGMENTS:
            raise ValueError("segments are numbered from 0")
        before = Report()
        before.add(self.report)
        try:
            with paused_collector():
                return self._redact_piece(segment, format, number)
        except BaseException:
            self.forget()
            self.report.reset(before)  # no output: nothing of this segment counts
            raise

    def _redact_piece(self, segment: bytes, format_: str, number: int | None) -> bytes:
        """Open, redact and close a segment.

        A method of its own, so that its events are freed before the collector starts again.
        """
        opened = open_recording(segment, format_, self.decoder)
        return self._in_order(opened, opened.number if number is None else number)

    def _in_order(self, opened: Opened, number: int | None) -> bytes:
        """Redact a segment; one that comes late is redacted as a recording of its own."""
        if number is None:
            return self.redact_opened(opened)
        if self._next is not None and number < self._next:
            late = type(self)(self.policy, keep_items=self.keep_items)
            late._stand_ins = self._stand_ins
            late._items.stand_in = self._stand_ins.shown
            output = late.redact_opened(opened)
            self.report.add(late.report)
            return output
        if number != self._next:
            self.forget()
        output = self.redact_opened(opened)
        self._next = number + 1
        return output

    def redact_opened(self, opened: Opened) -> bytes:
        """Redact the events of an opened container batch by batch, and close it again."""
        return opened.join(list(self.redact_batches(opened.batches)))

    def redact_batches(self, batches: Iterable[Batch]) -> Iterator[bytes]:
        """Redact batches of a recording; yield each, closed, when no later event can change it."""
        waiting: deque[Batch] = deque()

        def lists() -> Iterator[list[ev.Event]]:
            for batch in batches:
                if batch.cut:
                    self.report.dropped["unknown field"] += batch.cut
                waiting.append(batch)
                yield batch.events

        for passed in self.redact_lists(lists()):
            batch = waiting.popleft()
            self.judge_items(batch.items)
            yield close_batch(batch, passed)

    def judge_items(self, items: Iterable[Item]) -> None:
        """Say what is to be written of things that stand beside events."""
        for item in items:
            self._items.judge(item)

    def forget(self) -> None:
        """Forget all nodes. Everything is masked until the next full snapshot.

        Call this if a part of the recording is missing.
        """
        self._windows.clear()

    def state(self) -> bytes:
        """Return what another process needs to go on with this recording.

        A state holds the ids of live nodes, which is below which, which rules and tests of the
        policy hold for each, and the number of the next segment: some two bytes per node. It holds
        neither recorded content nor the counts of ``report``.

        Keep states where only you can write: whoever changes a state can unmask what comes next.

        Raises `LimitError` for more than 5,000,000 nodes.
        """
        memory = engine_state.remember(self.policy, self._windows, self._stand_ins, self._next)
        return engine_state.pack(self.policy, memory)

    @classmethod
    def from_state(cls, policy: Policy, state: bytes) -> Self:
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
        replay_redact.errors.StateError: the state is of another policy or another version ...
        """
        memory = engine_state.unpack(policy, as_bytes(state, "a state is"))
        redactor = cls(policy)
        redactor._next = memory.number
        engine_state.recall(
            policy, memory, redactor._windows, redactor._stand_ins, redactor._new_window
        )
        return redactor

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Redactor is not shared and not pickled: carry its state() instead")

    def _why(self, subject: Any) -> str:
        if isinstance(subject, ev.Unreadable):
            return subject.reason
        return type(subject).__name__

    @property
    def decoder(self) -> Decoder:
        """The decoder for what this redactor redacts."""
        return EVENTS_DECODER

    def _mirror(self, window: ev.WindowKey) -> Mirror | None:
        known = None if self._by_sdk else self._windows.get(window)
        mirror: Mirror | None = None if known is None else known.engine.mirror
        return mirror

    def context_of(self, node_id: int, window: ev.WindowKey) -> Context:
        """Return the current decision about a node of a window."""
        mirror = self._mirror(window)
        return compile_rules(self.policy).unknown if mirror is None else mirror.context(node_id)

    def ancestors_of(self, node_id: int, window: ev.WindowKey) -> list[int]:
        """Return the ids of a node and its ancestors, the outermost last; none if unknown."""
        mirror = self._mirror(window)
        parents = {} if mirror is None else mirror.parents
        found: list[int] = []
        at: int | None = node_id
        while at is not None and at in parents and len(found) <= MAX_DEPTH:
            found.append(at)
            at = parents[at]
        return found

    def rules_of(self, option: str) -> tuple[Rule, ...]:
        """Return the compiled selectors of ``mask``, ``unmask`` or ``block``."""
        return compile_rules(self.policy).of_option(option)


# --- the two one-call functions -------------------------------------------------------


def redact_bytes(
    data: bytes,
    policy: Policy = DEFAULT_POLICY,
    *,
    format: str = "auto",  # noqa: A002 - reads best at the call
) -> bytes:
    """Redact a whole recording, in any form that `decode` reads.

    The output has the form of the input. Unreadable events are dropped.

    Raises `DecodeError` if the input is not a recording, and `LimitError` if it is too large or
    too deep. It never returns part of a recording.

    >>> redact_bytes(b'[{"type": 1, "data": {"note": "Jane"}, "timestamp": 5}]')
    b'[{"type":1,"timestamp":5,"data":{}}]'
    """
    return Redactor(policy).process_bytes(data, format=format)


def redact_events(
    events: Iterable[ev.Event], policy: Policy = DEFAULT_POLICY
) -> Iterator[ev.Event]:
    """Redact events in order, and leave out those that are dropped.

    Events of one window with the same timestamp are judged together, as in `redact_bytes`. So an
    event comes out when its window has a later timestamp, or when ``events`` end.

    >>> from replay_redact import decode
    >>> list(redact_events(decode(b'[{"type": 7, "data": {"url": "x"}, "timestamp": 1}]')))
    []
    """
    redactor = Redactor(policy)
    for passed in redactor.redact_lists([copy_event(event)] for event in events):
        yield from (event for event in passed if event is not None)
