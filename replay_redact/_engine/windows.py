"""Windows of a session: the page that an event belongs to, and stand-ins for ids.

Node ids begin anew in every tab. So each window of each session has its own engine: a mirror, and
masks over it. An event is judged by the nodes of its own window, and by no others.

Within a window, events with the same timestamp are a *moment*: a recorder may send what was typed
before it sends that the field has become a password. So if decisions change in a moment, its events
are judged again when the moment is over.

A window that was forgotten knows no node, so it masks everything. An event that cannot be read and
names no window may belong to any, so all windows forget their nodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

from replay_redact._masks.json import stand_in
from replay_redact._rules.decisions import DEFAULTS
from replay_redact.events import Event, IncrementalSnapshot, WindowKey, window_of

MAX_WINDOWS = 1_000
"""Windows whose nodes are known at once; beyond it the least recently used is forgotten."""

MAX_STAND_INS = 10_000
"""Ids whose stand-in is known; one that was forgotten gets another when it comes again."""

MAX_GAP = 1_000
"""Events of other windows after which a moment is over, though its timestamp has not changed."""

DIGEST_BYTES = 16

_UUID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|[0-9a-f]{12}[47][0-9a-f]{3}[89ab][0-9a-f]{15}",  # as Sentry writes its own
    re.IGNORECASE,
)

_NEVER = object()  # the time of no moment

Again = dict[type, Callable[[Any, Any], bool]]
"""How an event of a kind is judged again; kinds that are not there are judged once."""

Passed = list[Event | None]
"""Redacted events, and ``None`` where one must not pass."""


_Range = tuple[Passed, int, int | None]
"""Events of one window that stand in a row in a list; those that come now have no end yet."""


class Window:
    """One page at a time, its engine, and the moment that is not over yet."""

    __slots__ = (
        "_again",
        "_ranges",
        "_version",
        "begun",
        "engine",
        "is_fresh",
        "key",
        "last",
        "time",
    )

    def __init__(self, engine: Any, again: Again) -> None:
        self.engine = engine
        self.key: WindowKey = (None, None)
        self.time: float | object | None = _NEVER
        self.is_fresh = True  # whether the moment has had one event at most
        self.begun = 0  # number of the list of events in which the moment begins
        self.last = 0  # number of the last event
        self._again = again
        self._ranges: list[_Range] = []  # where the events of the moment stand
        self._version = 0

    @property
    def is_open(self) -> bool:
        """Whether events of this window may still change."""
        return bool(self._ranges and self._again)

    def begin(self, time: float | None, passed: Passed, number: int) -> None:
        """Begin a moment with the event that comes next in a list of this number."""
        self.settle()
        self.time = time
        self.begun = number
        self._ranges = [(passed, len(passed), None)]

    def go_on(self) -> None:
        """Take a second event into the moment: decisions count as they are after the first."""
        self.is_fresh = False
        self._version = self.engine.mirror.version

    def come_back(self, passed: Passed) -> None:
        """Let the moment go on behind the events that a list has."""
        if self._ranges:
            self._ranges.append((passed, len(passed), None))

    def leave(self, passed: Passed) -> None:
        """Note that the next event of the list is of another window."""
        if self._ranges:
            self._ranges[-1] = (*self._ranges[-1][:2], len(passed))

    def settle(self) -> None:
        """End the moment: judge its events again, if decisions have changed since the first."""
        if self._ranges:
            if not self.is_fresh:
                self.judge_again()
            self.engine.mirror.end_moment()
            self._ranges = []
        self.time = _NEVER
        self.is_fresh = True

    def judge_again(self) -> None:
        """Judge the events of the moment by what is known now, if decisions have changed.

        A page that is about to be forgotten has to be asked before it is.
        """
        if not self._again or self.is_fresh or self._version == self.engine.mirror.version:
            return
        self._version = self.engine.mirror.version
        self.engine.mask_gathered()
        self.engine.tally.judged_again()
        self.engine.mirror.compared.take_back()
        for passed, start, end in self._ranges:
            for index in range(start, len(passed) if end is None else end):
                if not self._passes(passed[index]):
                    passed[index] = None
        self.engine.mirror.end_judgement()
        self.engine.mask_gathered()

    def _passes(self, event: Event | None) -> bool:
        subject = event.data if isinstance(event, IncrementalSnapshot) else event
        again = self._again.get(type(subject))
        if again is None or again(self.engine, subject):
            return True
        self.engine.report.dropped[type(subject).__name__] += 1
        self.engine.report.count("event", DEFAULTS)
        self.engine.tally.lose([subject])
        return False

    def count(self, number: int) -> None:
        """Count what was changed up to the end of the list with this number."""
        self.engine.tally.count(keep=self.is_open, begun=self.begun == number)

    def end(self) -> None:
        """End the moment where no more events are expected."""
        self.settle()
        self.engine.tally.count(keep=False, begun=False)


class Windows:
    """The windows of one redactor, by the ids of their sessions and of their own."""

    def __init__(self, make: Callable[[], Window]) -> None:
        self._make = make
        self._known: dict[WindowKey, Window] = {}  # the least recently used first
        self._saved: dict[bytes, Any] = {}  # of a state, by digest, until their ids come again
        self._digest: Callable[[WindowKey], bytes] | None = None
        self._wake: Callable[[Any], Window | None]
        self._events = 0  # before the list that is being redacted
        self.lists = 0
        self._touched: list[Window] = []  # the last is that of the event that came last
        self.named = False  # whether any event has had an id

    def restore(
        self,
        saved: dict[bytes, Any],
        digest: Callable[[WindowKey], bytes],
        wake: Callable[[Any], Window | None],
    ) -> None:
        """Take over the windows of a state, the least recently used first.

        ``wake`` makes a window of what a state holds of it, ``None`` if it holds none.
        """
        self._saved, self._digest, self._wake = saved, digest, wake

    def at(self, event: Event, passed: Passed) -> Window:
        """Return the window of an event that comes now, behind those that a list has."""
        number = self._events + len(passed)
        if self._touched:
            self._leave(number, passed)
        key = window_of(event)
        window = self._known.pop(key, None) or self._open(key)
        self._known[key] = window  # the last is the one that was used last
        if number - window.last > MAX_GAP:
            window.settle()
        window.come_back(passed)
        self._touched.append(window)
        return window

    def _leave(self, number: int, passed: Passed) -> None:
        self._touched[-1].last = number
        self._touched[-1].leave(passed)

    def get(self, key: WindowKey) -> Window | None:
        """Return a window, if it is known."""
        if key not in self._known and (window := self._waken(key)):
            window.key = key
            self._known[key] = window
        return self._known.get(key)

    def _waken(self, key: WindowKey) -> Window | None:
        """Return a window of the state, if there is one of this key; the state has it no more."""
        digest = self._digest(key) if self._saved and self._digest else b""
        if digest not in self._saved:
            return None
        return self._wake(self._saved.pop(digest))

    def engines(self) -> Iterator[Any]:
        """Yield the engines of all windows, those of a state too."""
        saved = filter(None, map(self._wake, self._saved.values()))
        return (window.engine for window in (*saved, *self._known.values()))

    def _open(self, key: WindowKey) -> Window:
        window = self._waken(key)
        if window is None:
            if len(self._known) + len(self._saved) >= MAX_WINDOWS:
                self._forget_oldest()
            window = self._make()
        window.key = key
        window.last = self._events
        self.named = self.named or key != (None, None)
        return window

    def _forget_oldest(self) -> None:
        if self._saved:
            del self._saved[next(iter(self._saved))]
            return
        window = self._known.pop(next(iter(self._known)))
        window.end()
        window.engine.report.dropped["forgotten window"] += 1

    def in_order(self, digest: Callable[[WindowKey], bytes]) -> dict[bytes, Any]:
        """Return all windows by digest, the least recently used first.

        Those that nobody has asked for are as in the state that they come from.
        """
        return self._saved | {digest(key): window for key, window in self._known.items()}

    def end_list(self, passed: Passed) -> int:
        """End a list of events; return the number of the first list that may still change."""
        self._events += len(passed)
        if self._touched:
            self._leave(self._events, passed)
        self._touched.clear()
        self.lists += 1
        first = self.lists
        for window in self._known.values():
            if window.is_open and self._events - window.last > MAX_GAP:
                window.end()
            elif window.is_open:
                first = min(first, window.begun)
        return first

    def mask_gathered(self) -> None:
        """Mask what waits in the windows of the events of this list."""
        for window in set(self._touched):
            window.engine.mask_gathered()

    def count(self) -> None:
        """Count what was changed in the windows of the events of this list."""
        for window in set(self._touched):
            window.count(self.lists)

    def settle(self) -> None:
        """End all moments: what has come cannot change any more."""
        for window in self._known.values():
            window.end()

    def clear(self) -> None:
        """Forget all nodes of all windows."""
        self._known.clear()
        self._saved.clear()


class StandIns:
    """What stands in the output for ids of windows and sessions: names by first appearance.

    Ids are remembered as digests under a key, so that a state does not tell them.
    """

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = key
        self.given: dict[bytes, int] = {}  # by digest, the least recently used first
        self.next = 0

    def shown(self, name: Any) -> Any:
        """Return what stands in the output: a UUID as it is, a stand-in for anything else.

        >>> ids = StandIns(lambda: b"key")
        >>> [ids.shown(name) for name in ("jane", 7, "jane")]
        ['_a', '_b', '_a']
        """
        if not isinstance(name, str | int) or (isinstance(name, str) and _UUID.fullmatch(name)):
            return name
        digest = digest_of(self._key(), name)
        number = self.given.pop(digest, None)
        if number is None:
            number, self.next = self.next, self.next + 1
            if len(self.given) >= MAX_STAND_INS:
                del self.given[next(iter(self.given))]
        self.given[digest] = number
        return stand_in(number)


def digest_of(key: bytes, *names: str | int | None) -> bytes:
    """Return a digest of ids: different ones, and ids of different types, have different ones."""
    parts = [b"%s%d:%s" % (kind, len(name), name) for kind, name in map(_bytes_of, names)]
    return blake2b(b"".join(parts), key=key[:64], digest_size=DIGEST_BYTES).digest()


def _bytes_of(name: str | int | None) -> tuple[bytes, bytes]:
    if name is None:
        return b"n", b""
    if isinstance(name, int):
        return b"i", name.to_bytes(name.bit_length() // 8 + 1, "little", signed=True)
    return b"s", name.encode("utf-8", "surrogatepass")
