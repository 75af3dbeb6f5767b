"""The redactor: one event in, one masked event or none out.

Theory: two engines know what becomes of an event: `_engine.handlers`, and `_engine.sentry` for
policies that want what Sentry's SDK would have recorded. The redactor decodes, hands
each event to the handler of its kind, counts, and carries the memory from one piece of
a recording to the next.

Invariant: events are changed in place only if the redactor owns them.
Failure direction: an exception inside a handler is a bug and stays loud; an event that
no handler lets pass is dropped and counted.
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
from replay_redact._page.mirror import Mirror
from replay_redact._page.tree import MalformedTreeError
from replay_redact._rules.facts import Rule
from replay_redact._rules.strict import Context, compile_rules
from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact._wire import raw
from replay_redact._wire.codec import as_bytes, close_batch, copy_event, open_recording
from replay_redact._wire.containers import Batch, Decoder, Opened
from replay_redact._wire.lenient import EVENTS_DECODER
from replay_redact.errors import RedactError
from replay_redact.policy import Policy
from replay_redact.report import Report

__all__ = ["Redactor", "redact_bytes", "redact_events"]

DEFAULT_POLICY = Policy()

_MOST_SEGMENTS = 1 << 63
_INCREMENTAL = frozenset({ev.IncrementalSnapshot, raw.IncrementalSnapshot})
_FORGETTING = frozenset({ev.Unreadable, ev.FullSnapshot, raw.FullSnapshot})


class Redactor:
    """Redacts one recording, event by event, in recording order.

    Keeps what later events need (which node is below which, and what rules ask
    about them), never content; `state` gives that as bytes, from which another
    process goes on. Events of several windows (tabs) may be mixed: each is judged by the
    nodes of its own. One redactor serves one recording and one thread at a time, and
    cannot be pickled; a `Policy` may be shared.

    ``report`` counts what this redactor has seen, masked and dropped.

    >>> redactor = Redactor(Policy())
    >>> redactor.process_bytes(
    ...     b'[{"type": 4, "data": {"href": "https://shop.example/u/42",'
    ...     b' "width": 800, "height": 600}, "timestamp": 1}]'
    ... )
    b'[{"type":4,"timestamp":1,"data":{"href":"https://shop.example/*/**","width":800,"height":600}}]'
    >>> redactor.report.events["Meta"]
    1
    """

    def __init__(self, policy: Policy = DEFAULT_POLICY) -> None:
        if not isinstance(policy, Policy):
            raise TypeError(f"a policy is a Policy, not {type(policy).__name__}")
        self.policy = policy
        self.report = Report()
        self._by_sdk = policy.rules == "sentry"
        self._handlers: dict[type, Any] = SENTRY_HANDLERS if self._by_sdk else HANDLERS
        self._windows = Windows(self._new_window)
        self._stand_ins = StandIns(partial(engine_state.window_key, policy))
        self._next: int | None = None  # number of the segment that would be in order

    def _new_window(self) -> Window:
        if self._by_sdk:
            return Window(Sentry(self.policy, self.report), {})
        return Window(Strict(self.policy, self.report), JUDGED_AGAIN)

    def process(self, event: ev.Event) -> ev.Event | None:
        """Return the redacted form of an event, or ``None`` if it must not pass.

        The event itself is not changed. One that is not well-formed is dropped
        and counted. A single event is judged by what is known when it comes: where a later
        event of the same timestamp closes a region or makes a field a password,
        `process_bytes` and `redact_bytes` mask more, since they look ahead.

        Raises `LimitError` if its tree is too deep, `DecodeError` if a
        string in it is not valid Unicode; nothing is known then until a full snapshot.
        """
        try:
            own = copy_event(event)
        except RedactError:
            self.forget()
            raise
        return self.process_own(own)

    def process_own(self, event: ev.Event) -> ev.Event | None:
        """Like `process`, but the event is masked in place: it is given away."""
        [[passed]] = self.redact_lists([[event]])
        return passed

    def redact_lists(self, lists: Iterable[list[ev.Event]]) -> Iterator[Passed]:
        """Mask lists of events in place; yield each when no later event can change it.

        ``None`` stands where an event must not pass. What comes is of one recording, and whole:
        at its end all moments are over.
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
        """Mask events in place; ``None`` stands where one must not pass."""
        kinds: list[type] = []
        try:
            return self._handle(events, kinds)
        finally:  # whatever happened, nothing that was gathered stays as it was, or here
            self._windows.mask_gathered()
            for kind, count in Counter(kinds).items():
                self.report.events[kind.__name__] += count

    def _handle(self, events: list[Any], kinds: list[type]) -> Passed:
        """Mask events, but for texts that are gathered, and note their kinds."""
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
            if time is None:  # nobody knows when it was, so it ends nothing
                time = window.time
            if time != window.time:
                window.begin(time, passed, at)
            elif window.is_fresh:
                window.go_on()
            subject = event.data if kind in _INCREMENTAL else event
            kind = type(subject)
            note(kind)
            if kind in _FORGETTING and not window.is_fresh:
                window.judge_again()
            try:
                passes = handlers[kind](window.engine, subject)
            except MalformedTreeError:  # as if it could not be decoded
                window.judge_again()
                window.engine.clear()
                passes, kind, subject = False, ev.Unreadable, _malformed(event)
            passed.append(event if passes else None)
            if not passes:
                self._note_dropped(subject)
                if kind is ev.Unreadable:
                    window = None  # all may have been forgotten
        return passed

    def _note_dropped(self, subject: Any) -> None:
        unreadable = isinstance(subject, ev.Unreadable)
        self.report.dropped[subject.reason if unreadable else type(subject).__name__] += 1
        lost = unreadable and subject.may_change_tree
        if lost and ev.window_of(subject) == (None, None):  # it may have been of any window
            self._windows.settle()
            self._windows.clear()

    def _named(self, passed: Passed) -> Passed:
        """Put stand-ins in place of the ids of windows and sessions."""
        shown = self._stand_ins.shown
        for event in passed if self._windows.named else ():
            if event is None or isinstance(event, ev.Unreadable):  # no unreadable one passes
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
        """Redact a piece of a recording; the output has the container of the input.

        ``number`` is the piece's place in the recording, from 0; a Sentry segment has it
        in its head. Pieces with numbers may come in any order: after a gap nothing is
        known until a full snapshot, and one that comes late or again is redacted as if it
        were a recording of its own, which masks more and never less. Pieces without
        numbers have to be all there and in order; call `forget` if they may not be.

        Raises `DecodeError` or `LimitError`, see `redact_bytes`, `ValueError` for a negative
        number and ``TypeError`` for what is no whole number. After an error nothing is known
        until a full snapshot.

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
            self.report.reset(before)  # the caller has nothing of what was redacted
            raise

    def _redact_piece(self, segment: bytes, format_: str, number: int | None) -> bytes:
        """Open, redact and close; what was decoded is gone before the collector is back."""
        opened = open_recording(segment, format_, self.decoder)
        return self._in_order(opened, opened.number if number is None else number)

    def _in_order(self, opened: Opened, number: int | None) -> bytes:
        """Redact a piece, unless it comes too late to be judged by what is known now."""
        if number is None:
            return self.redact_opened(opened)
        if self._next is not None and number < self._next:
            late = type(self)(self.policy)
            late._stand_ins = self._stand_ins
            output = late.redact_opened(opened)
            self.report.add(late.report)
            return output
        if number != self._next:
            self.forget()
        output = self.redact_opened(opened)
        self._next = number + 1
        return output

    def redact_opened(self, opened: Opened) -> bytes:
        """Redact the events of a container batch by batch, and close it again."""
        return opened.join(list(self.redact_batches(opened.batches)))

    def redact_batches(self, batches: Iterable[Batch]) -> Iterator[bytes]:
        """Redact batches of one recording; yield each, closed, when it cannot change any more."""
        waiting: deque[Batch] = deque()

        def lists() -> Iterator[list[ev.Event]]:
            for batch in batches:
                if batch.cut:
                    self.report.dropped["unknown field"] += batch.cut
                waiting.append(batch)
                yield batch.events

        for passed in self.redact_lists(lists()):
            yield close_batch(waiting.popleft(), passed)

    def forget(self) -> None:
        """Forget all nodes: what comes next is masked, until a full snapshot.

        For a recording of which a piece is known to be missing.
        """
        self._windows.clear()

    def state(self) -> bytes:
        """Return what has to be known of this recording to go on with it elsewhere.

        That is the ids of its live nodes, what is below what, which rules and tests of the policy
        hold for each, the number of the next piece, and public words of style sheets: some two
        bytes per node, nothing else that was recorded, and no counts of ``report``. Keep it safe:
        whoever can change a state can open what is masked.

        Raises `LimitError` for more than 5,000,000 nodes.
        """
        memory = engine_state.remember(self.policy, self._windows, self._stand_ins, self._next)
        return engine_state.pack(self.policy, memory)

    @classmethod
    def from_state(cls, policy: Policy, state: bytes) -> Self:
        """Return a redactor that goes on where another of the same policy was.

        Raises `StateError` if the state is damaged, or was made by another policy or
        another version of this package. A new redactor is safe then: it masks until the
        next full snapshot. Raises ``TypeError`` for what is no bytes.

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

    @property
    def decoder(self) -> Decoder:
        """The decoder whose events `process_own` handles fastest."""
        return EVENTS_DECODER if self._by_sdk else raw.EVENTS_DECODER

    def _mirror(self, window: ev.WindowKey) -> Mirror | None:
        known = None if self._by_sdk else self._windows.get(window)
        mirror: Mirror | None = None if known is None else known.engine.mirror
        return mirror

    def context_of(self, node_id: int, window: ev.WindowKey) -> Context:
        """Return the decision about a node of a window as things stand now."""
        mirror = self._mirror(window)
        return mirror.context(node_id) if mirror else compile_rules(self.policy).unknown

    def ancestors_of(self, node_id: int, window: ev.WindowKey) -> list[int]:
        """Return a node's id and those of what is above it, outermost last; none if unknown."""
        mirror = self._mirror(window)
        parents = {} if mirror is None else mirror.parents
        found: list[int] = []
        at: int | None = node_id
        while at is not None and at in parents and len(found) <= MAX_DEPTH:
            found.append(at)
            at = parents[at]
        return found

    def public_words(self, window: ev.WindowKey) -> list[tuple[str, str]]:
        """Return the attribute names and words that style sheets of a window make public."""
        return list(mirror.compared.pairs()) if (mirror := self._mirror(window)) else []

    def rules_of(self, option: str) -> tuple[Rule, ...]:
        """Return the compiled selectors of ``mask``, ``unmask`` or ``block``."""
        return compile_rules(self.policy).of_option(option)


def _malformed(event: Any) -> ev.Unreadable:
    session, window = event.session_id, event.window_id
    return ev.Unreadable("malformed", may_change_tree=True, session_id=session, window_id=window)


# --- the two one-call functions -------------------------------------------------------


def redact_bytes(
    data: bytes,
    policy: Policy = DEFAULT_POLICY,
    *,
    format: str = "auto",  # noqa: A002 - reads best at the call
) -> bytes:
    """Redact a whole recording, in any form that `decode` reads.

    The output has the form of the input. Unreadable events are dropped.

    Raises `DecodeError` if the input is not a recording, `LimitError` if it is
    too large or too deep; nothing is returned in part.

    >>> redact_bytes(b'[{"type": 1, "data": {"note": "Jane"}, "timestamp": 5}]')
    b'[{"type":1,"timestamp":5,"data":{}}]'
    """
    return Redactor(policy).process_bytes(data, format=format)


def redact_events(
    events: Iterable[ev.Event], policy: Policy = DEFAULT_POLICY
) -> Iterator[ev.Event]:
    """Redact events in order; those that must not pass are left out.

    An event comes out when the next timestamp of its window has come, or ``events`` end: what
    has one timestamp is judged together, as in `redact_bytes`.

    >>> from replay_redact import decode
    >>> list(redact_events(decode(b'[{"type": 7, "data": {"url": "x"}, "timestamp": 1}]')))
    []
    """
    redactor = Redactor(policy)
    for passed in redactor.redact_lists([copy_event(event)] for event in events):
        yield from (event for event in passed if event is not None)
