"""What redaction changed: counted by channel and by rule, as `find_leaks` lists it.

Each mask notes the place that it changes, with the value before. The counts go to the report at the
end of a list of events. What is noted stays until the moment is over: if its events are judged
again, a place may change twice or be dropped, so each is then compared with what was recorded, and
the counts are corrected.

A place counts once, whatever was done to it: masked, blocked, emptied, dropped or scrubbed. A mask
that changes nothing does not count: that of white space, for example.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter, ne
from typing import Any

from replay_redact._allowlists.attributes import kind_of
from replay_redact._masks.differences import compared
from replay_redact._rules.decisions import DEFAULTS, Decision
from replay_redact.events import TextMutation
from replay_redact.nodes import Text
from replay_redact.report import Report

_Place = tuple[str, str]  # a channel and a rule
_MISSING = object()
_NAME_AND_DECISION = itemgetter(1, 3)
_FIELDS: dict[type, str] = {Text: "text_content", TextMutation: "value"}
_OF_POLICY = frozenset({"event", "metadata"})
_OF_FORM = {"url": "address and CSS rules", "css": "address and CSS rules"}


def rule_of(channel: str, decision: Decision | None) -> str:
    """Return the rule by which something is changed that came through a channel.

    >>> rule_of("url", None), rule_of("event", None)
    ('address and CSS rules', 'defaults of the policy')
    """
    if channel in _OF_FORM:
        return _OF_FORM[channel]
    return DEFAULTS if decision is None or channel in _OF_POLICY else decision.reason(channel)


class _Notes:
    """Changed places, in the order in which they changed: a list for each kind of note."""

    def __init__(self) -> None:
        self.attributes: list[tuple[Any, str, Any, Decision]] = []
        self.objects: list[tuple[Any, str, Any, Decision]] = []  # values that hold others
        self.restored: list[tuple[str, Decision]] = []
        self.fields: list[tuple[Any, str, Any, str, Decision | None]] = []
        self.parts: list[tuple[Any, str, int, Decision | None]] = []
        self.texts: list[tuple[Sequence[Any], list[str], list[str], list[Decision]]] = []
        self.lost: list[Any] = []  # the objects are kept, so that no id is used again

    def add(self, other: _Notes) -> None:
        """Add other notes, which were made later."""
        for notes, later in zip(self._kinds(), other._kinds(), strict=True):
            notes.extend(later)

    def clear(self) -> None:
        """Forget all notes."""
        for notes in self._kinds():
            notes.clear()

    def __bool__(self) -> bool:
        return any(self._kinds())

    def _kinds(self) -> Collection[list[Any]]:
        return vars(self).values()


class Tally:
    """The changes of one window, until they are counted."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._new = _Notes()
        self._kept = _Notes()  # counted, but of a moment that is not over
        self._counted: Counter[_Place] = Counter()  # of the notes that are kept
        self._twice = False  # whether a new note may be about a place that has one already
        self._again = False  # whether the events of the notes that are kept were judged again
        self.changed_attributes = self._new.attributes
        self.attribute = self._new.attributes.append
        """Note a changed value: the element or the change, its name, the value, who decided."""

        self.object = self._new.objects.append
        """Note a value that is an object or a list, in the same way."""

    # --- notes ---

    def field(
        self, owner: Any, field: str, before: Any, channel: str, decision: Decision | None = None
    ) -> None:
        """Note the value that a field had, if it has another one now, or will have."""
        self._new.fields.append((owner, field, before, channel, decision))

    def part(self, owner: Any, channel: str, number: int, decision: Decision | None = None) -> None:
        """Note that parts of something were dropped."""
        if number:
            self._new.parts.append((owner, channel, number, decision))

    def payload(self, data: Any, recorded: Any) -> None:
        """Note what was changed in the payload of a custom or plugin event.

        It may nest deeper than Python compares values.
        """
        for found in compared(recorded, data.payload, field="data.payload"):
            self.part(data, found.channel, 1)

    def replaced(self, owner: Any, before: dict[str, Any], decision: Decision) -> None:
        """Note the attributes that an element or a change had, as far as they are others now."""
        shown = owner.attributes
        for name, value in before.items():
            if shown.get(name, _MISSING) != value:
                self.attribute((owner, name, value, decision))

    def restored(self, name: str, decision: Decision) -> None:
        """Note that a changed attribute has its recorded value again."""
        self._new.restored.append((name, decision))

    def texts(
        self, items: Sequence[Any], before: list[str], after: list[str], decisions: list[Decision]
    ) -> None:
        """Note texts that were masked together, with the decision about each."""
        self._new.texts.append((items, before, after, decisions))

    def judged_twice(self) -> None:
        """Note that one event was judged twice."""
        self._twice = True

    def judged_again(self) -> None:
        """Note that the events of the moment were judged again."""
        self._again = True

    def lose(self, owners: Iterable[Any]) -> None:
        """Note that things are dropped: what was done to them before does not count."""
        self._new.lost += owners

    # --- counts ---

    def count(self, *, keep: bool, begun: bool) -> None:
        """Count what is new.

        ``keep`` tells that the moment is not over, so that its events may be judged again;
        ``begun`` that it began after the last count. If events were judged again since then, they
        may be those of the moment before.
        """
        if begun and not self._again:
            self._forget()
        if self._again:
            self._kept.add(self._new)
            found = _sum(_compared(self._kept))
            self._put(found, self._counted)
            self._counted = found
        elif self._new:
            doubtful = self._twice or self._new.lost
            found = _sum(_compared(self._new) if doubtful else _noted(self._new))
            self._put(found, {})
            if keep:
                self._kept.add(self._new)
                self._counted.update(found)
        if not keep:
            self._forget()
        self._new.clear()
        self._twice = self._again = False

    def _forget(self) -> None:
        self._kept.clear()
        self._counted.clear()

    def _put(self, found: Mapping[_Place, int], before: Mapping[_Place, int]) -> None:
        """Put counts into the report, in place of those that were there before."""
        for place in {**found, **before}:
            channel, rule = place
            self.report.count(channel, rule, found.get(place, 0) - before.get(place, 0))


def _sum(found: Iterable[tuple[_Place, int]]) -> Counter[_Place]:
    total: Counter[_Place] = Counter()
    for place, count in found:
        total[place] += count
    return total


def _place(channel: str, decision: Decision | None) -> _Place:
    return channel, rule_of(channel, decision)


def _noted(notes: _Notes) -> Iterator[tuple[_Place, int]]:
    """Yield counts of places that have one note each."""
    changed = Counter(map(_NAME_AND_DECISION, notes.attributes))
    changed.subtract(notes.restored)
    for (name, decision), count in changed.items():
        yield _place(kind_of(name).channel, decision), count
    for owner, name, before, decision in notes.objects:
        yield _of_object(name, before, owner.attributes[name], decision)
    for owner, field, before, channel, judge in notes.fields:
        yield _place(channel, judge), getattr(owner, field) != before
    for _, channel, count, judge in notes.parts:
        yield _place(channel, judge), count
    for _, before, after, decisions in notes.texts:
        yield from _changed_texts(map(ne, before, after), decisions)


def _changed_texts(
    changed: Iterable[bool], decisions: list[Decision]
) -> Iterator[tuple[_Place, int]]:
    """Yield how many of some texts were changed, by decision."""
    if len(set(decisions)) == 1:
        yield _place("text", decisions[0]), sum(changed)
        return
    for decision, count in Counter(itertools.compress(decisions, changed)).items():
        yield _place("text", decision), count


def _of_object(name: str, before: Any, after: Any, decision: Decision) -> tuple[_Place, int]:
    """Count the values within the value of an attribute that were changed."""
    count = sum(1 for _ in compared(before, after, key=f"@{name}"))
    return _place(kind_of(name).channel, decision), count


def _compared(notes: _Notes) -> Iterator[tuple[_Place, int]]:
    """Yield counts of places that may have several notes, or be gone.

    Of several notes of one place, the first has what was recorded.
    """
    seen: set[tuple[int, str]] = set()
    lost = set(map(id, notes.lost))

    def is_first(owner: Any, what: str) -> bool:
        known = len(seen)
        seen.add((id(owner), what))
        return len(seen) > known and id(owner) not in lost

    for owner, name, before, decision in (*notes.attributes, *notes.objects):
        if is_first(owner, f"@{name}"):
            yield _of_object(name, before, owner.attributes.get(name, _MISSING), decision)
    yield from _fields_compared(notes, lost)
    for owner, channel, count, judge in notes.parts:
        if id(owner) not in lost:
            yield _place(channel, judge), count


def _fields_compared(notes: _Notes, lost: set[int]) -> Iterator[tuple[_Place, int]]:
    """Yield counts of fields that may have several notes, some as texts that were masked together.

    Nobody knows which of these came first. One of them has what was recorded; by what any other has
    the field is as it is now, since a second judgement only masks more.
    """
    found: dict[tuple[int, str], tuple[_Place, bool]] = {}
    for owner, field, before, channel, judge in (*notes.fields, *_of_texts(notes)):
        if id(owner) not in lost:
            key, changed = (id(owner), field), getattr(owner, field) != before
            place, was_changed = found.get(key) or (_place(channel, judge), False)
            found[key] = place, changed or was_changed
    yield from found.values()


def _of_texts(notes: _Notes) -> Iterator[tuple[Any, str, str, str, Decision]]:
    """Yield notes of texts as those of fields."""
    for items, texts, _, decisions in notes.texts:
        for item, before, decision in zip(items, texts, decisions, strict=True):
            yield item, _FIELDS[type(item)], before, "text", decision
