"""The engine: events of one recording in, masked events or none out.

It hands each event to the handler of its kind, with what is known of the page of its window, and
counts. `Redactor` is its public face; those who have to ask why something was masked ask here.

Events are changed in place, so they have to belong to the engine.
An exception inside a handler is a bug and stays loud; an event that
no handler lets pass is dropped and counted.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from msgspec import UNSET

from replay_redact import events as ev
from replay_redact._engine import state as engine_state
from replay_redact._engine.pages.mirror import PagedMirror
from replay_redact._engine.pages.paged import MALFORMED
from replay_redact._engine.recipes import Recipe, recipe_of
from replay_redact._engine.windows import Passed, StandIns, Window, Windows
from replay_redact._metadata.items import ItemMasks
from replay_redact._page.mirror import Mirror
from replay_redact._rules.decisions import DEFAULTS, Decision, RuleSet
from replay_redact._rules.rule_sets import compile_rule_set
from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact._wire.batches import Batch, Item, Opened
from replay_redact._wire.codec import close_batch, open_recording
from replay_redact.policy import Policy, policy_of_no_page
from replay_redact.report import Report

_FORGETTING = frozenset({ev.Unreadable, ev.FullSnapshot})


def _window(recipe: Recipe, policy: Policy, report: Report) -> Window:
    return Window(recipe.engine(policy, report), recipe.judged_again)


class Engine:
    """Redacts one recording by one policy.

    ``report`` counts. ``rules`` are the rule set of the policy.
    """

    def __init__(
        self,
        policy: Policy,
        keep_items: Iterable[str] = (),
        stand_ins: StandIns | None = None,
    ) -> None:
        if not isinstance(policy, Policy):
            raise TypeError(f"a policy is a Policy, not {type(policy).__name__}")
        self.policy = policy
        self.report = Report(policy=engine_state.fingerprint(policy).hex())
        self.rules = compile_rule_set(policy)
        self._recipe = recipe_of(policy)
        self._make = partial(_window, self._recipe, policy, self.report)
        self._windows = Windows(self._make)
        self._stand_ins = stand_ins or StandIns(partial(engine_state.window_key, policy))
        self._kept = frozenset(keep_items)

    @cached_property
    def _items(self) -> ItemMasks:
        """The masks of items, made when the first comes: most recordings have none."""
        policy = policy_of_no_page(self.policy)
        return ItemMasks(policy, self.report, self._stand_ins.shown, self._kept)

    def forget(self) -> None:
        """Forget all nodes: what comes next is masked, until a full snapshot."""
        self._windows.clear()

    def alone(self) -> Engine:
        """Return an engine that knows no page, but the same stand-ins for ids."""
        return Engine(self.policy, self._kept, self._stand_ins)

    # --- events ---

    def redact(self, event: ev.Event) -> ev.Event | None:
        """Mask one event in place; return it, or ``None`` if it must not pass."""
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
            self._windows.count()
            for kind, count in Counter(kinds).items():
                self.report.events[kind.__name__] += count

    def _handle(self, events: list[Any], kinds: list[type]) -> Passed:
        """Mask events and note their kinds. Texts are gathered, and masked together later."""
        handlers, windows, note = self._recipe.handlers, self._windows, kinds.append
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
        unreadable = isinstance(subject, ev.Unreadable)
        self.report.dropped[subject.reason if unreadable else type(subject).__name__] += 1
        self.report.count("structure" if unreadable else "event", DEFAULTS)
        lost = unreadable and (subject.may_change_tree or self._loses_page(subject))
        if lost and ev.window_of(subject) == (None, None):  # it may belong to any window
            self._windows.settle()
            self._windows.clear()

    def _loses_page(self, event: ev.Unreadable) -> bool:
        """Tell whether an event may have said to which address a page went."""
        return bool(self.policy.pages) and event.reason == MALFORMED

    def _named(self, passed: Passed) -> Passed:
        """Replace the ids of windows and sessions by stand-ins."""
        shown = self._stand_ins.shown
        for event in passed if self._windows.named else ():
            if event is None or isinstance(event, ev.Unreadable):  # for mypy: none passes
                continue
            was = event.session_id, event.window_id
            if event.session_id is not UNSET:
                event.session_id = shown(event.session_id)
            if event.window_id is not UNSET:
                event.window_id = shown(event.window_id)
            changed = (event.session_id != was[0]) + (event.window_id != was[1])
            self.report.count("structure", DEFAULTS, changed)
        return passed

    # --- containers ---

    def redact_bytes(self, data: bytes, format_: str, effort: str) -> bytes:
        """Open, redact and close a container; ``effort`` is that of what compresses it again."""
        with paused_collector():
            return self.redact_opened(open_recording(data, format_, effort))

    def redact_opened(self, opened: Opened) -> bytes:
        """Redact the events of an opened container batch by batch, and close it again."""
        return opened.join(list(self.redact_batches(opened.batches)))

    def redact_batches(self, batches: Iterable[Batch]) -> Iterator[bytes]:
        """Redact batches of a recording; yield each, closed, when no later event can change it."""
        waiting: deque[Batch] = deque()

        def lists() -> Iterator[list[ev.Event]]:
            for batch in batches:
                self.note_cut(batch.cut)
                waiting.append(batch)
                yield batch.events

        for passed in self.redact_lists(lists()):
            batch = waiting.popleft()
            self.judge_items(batch.items)
            yield close_batch(batch, passed)

    def note_cut(self, fields: int) -> None:
        """Count fields that the model does not name."""
        if fields:
            self.report.dropped["unknown field"] += fields
            self.report.count("structure", DEFAULTS, fields)

    def judge_items(self, items: Iterable[Item]) -> None:
        """Say what is to be written of things that stand beside events."""
        for item in items:
            self._items.judge(item)

    # --- what is known ---

    def decision(self, node_id: int, window: ev.WindowKey) -> Decision:
        """Return the decision about a node of a window as things stand now."""
        return self.decisions(window)(node_id)

    def decisions(self, window: ev.WindowKey) -> Callable[[int], Decision]:
        """Return what tells the decisions about nodes of a window, until the next event."""
        mirror = self._mirror(window)
        if mirror is None:
            return lambda _node_id: self.rules.unknown
        return mirror.context

    def ancestors(self, node_id: int, window: ev.WindowKey) -> list[int]:
        """Return a node's id and those of what is above it, outermost last; none if unknown."""
        mirror = self._mirror(window)
        parents = {} if mirror is None else mirror.parents
        found: list[int] = []
        at: int | None = node_id
        while at is not None and at in parents and len(found) <= MAX_DEPTH:
            found.append(at)
            at = parents[at]
        return found

    def _mirror(self, window: ev.WindowKey) -> Mirror[Any] | None:
        known = self._windows.get(window)
        mirror: Mirror[Any] | None = None if known is None else known.engine.mirror
        return mirror

    def rules_in(self, window: ev.WindowKey) -> RuleSet[Any]:
        """Return the rules that hold in a window as things stand now."""
        mirror = self._mirror(window)
        held: RuleSet[Any] = self.rules if mirror is None else mirror.rules
        return held

    def page(self, window: ev.WindowKey) -> int | None:
        """Return the number of the page that a window shows, or ``None`` if nobody knows it."""
        mirror = self._mirror(window)
        return mirror.known_page if isinstance(mirror, PagedMirror) else None

    def page_in_force(self, window: ev.WindowKey) -> int | None:
        """Return the number of the page whose options hold in a window, see `_rules.pages`."""
        mirror = self._mirror(window)
        return mirror.in_force if isinstance(mirror, PagedMirror) else None

    def public_words(self, window: ev.WindowKey) -> list[tuple[str, str]]:
        """Return the attribute names and words that style sheets of a window make public."""
        mirror = self._mirror(window)
        return [] if mirror is None else list(mirror.compared.pairs())

    # --- states ---

    def state(self, number: int | None) -> bytes:
        """Return what is known, and the number of the next segment, as bytes."""
        with paused_collector():
            memory = engine_state.remember(self.policy, self._windows, self._stand_ins, number)
            return engine_state.pack(self.policy, memory)

    def recall(self, state: bytes) -> int | None:
        """Learn what a state holds, knowing nothing so far; return the number of the next segment.

        Raises `StateError` if it is damaged, or of another policy or release.
        """
        memory = engine_state.unpack(self.policy, state)
        engine_state.recall(self.policy, memory, self._windows, self._stand_ins, self._make)
        return memory.number
