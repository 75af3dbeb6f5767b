"""Counts of what redaction did, by kind, by channel and by rule. A report never holds content."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

from replay_redact._version import __version__

__all__ = ["Report"]

_COUNTERS = ("events", "masked", "rules", "dropped", "public", "forms")


def _empty() -> Counter[str]:
    return Counter.__new__(Counter)  # as `Counter()`, in a tenth of the time: each call needs six


@dataclasses.dataclass
class Report:
    """Counts of what a redactor has seen, and what it did.

    * ``events``: events seen, by kind or incremental source.
    * ``masked``: places that were masked, blocked, emptied, dropped or scrubbed, by channel. These
      are the places that `find_leaks` lists: a place counts once, and only if it was changed.
    * ``rules``: the same places, by the rule that decided.
    * ``dropped``: events and parts of events that were dropped, by reason. They are among the
      places of ``masked``, too.
    * ``public``: what the recording itself made public, such as words of style sheets.
    * ``forms``: inputs, by their form.
    * ``size``: bytes of the inputs.
    * ``policy``: fingerprint of the policy. It is ``""`` if reports of several policies were added.
    * ``version``: version of this package.

    Reports can be added:

    >>> total = Report(events=Counter(Meta=1), size=80) + Report(events=Counter(Meta=2), size=20)
    >>> total.events["Meta"], total.size
    (3, 100)
    """

    events: Counter[str] = dataclasses.field(default_factory=_empty)
    masked: Counter[str] = dataclasses.field(default_factory=_empty)
    rules: Counter[str] = dataclasses.field(default_factory=_empty)
    dropped: Counter[str] = dataclasses.field(default_factory=_empty)
    public: Counter[str] = dataclasses.field(default_factory=_empty)
    forms: Counter[str] = dataclasses.field(default_factory=_empty)
    size: int = 0
    policy: str = ""
    version: str = __version__

    @property
    def mostly_unreadable(self) -> bool:
        """Whether more than half of the events could not be read, so that little is left.

        >>> Report(events=Counter(Meta=1, Unreadable=2)).mostly_unreadable
        True
        """
        return 2 * self.events["Unreadable"] > self.events.total()

    def count(self, channel: str, rule: str, number: int = 1) -> None:
        """Count places of a channel that a rule changed.

        >>> report = Report()
        >>> report.count("text", "mask '.name'", 2)
        >>> report.masked, report.rules
        (Counter({'text': 2}), Counter({"mask '.name'": 2}))
        """
        for counts, name in ((self.masked, channel), (self.rules, rule)):
            counts[name] += number
            if not counts[name]:
                del counts[name]

    def __add__(self, other: Report) -> Report:
        """Return the sum of two reports."""
        if not isinstance(other, Report):
            return NotImplemented
        total = Report(policy=self.policy)
        total.add(self)
        total.add(other)
        return total

    def add(self, other: Report) -> None:
        """Add the counts of another report.

        >>> report = Report()
        >>> report.add(Report(events=Counter(Meta=1)))
        >>> report.events["Meta"]
        1
        """
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))
        self.size += other.size
        if other.policy != self.policy:
            self.policy = ""

    def _saved(self) -> dict[str, Any]:
        """Return the counts as they are, for `_restore`; quick, as each call needs it."""
        return {name: dict(getattr(self, name)) for name in _COUNTERS} | {"size": self.size}

    def _restore(self, saved: dict[str, Any]) -> None:
        """Make the counts what they were; the counters stay the same objects, which others hold."""
        for name in _COUNTERS:
            counter = getattr(self, name)
            counter.clear()
            counter.update(saved[name])
        self.size = saved["size"]

    def since(self, before: Report) -> Report:
        """Return what was counted since this report looked like another one.

        >>> Report(events=Counter(Meta=3)).since(Report(events=Counter(Meta=1))).events
        Counter({'Meta': 2})
        """
        counts = {name: getattr(self, name) - getattr(before, name) for name in _COUNTERS}
        return Report(size=self.size - before.size, policy=self.policy, **counts)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON: the policy, the inputs, the counts in alphabetical order.

        If more than half of the events could not be read, ``mostly_unreadable`` says so.

        >>> Report(events=Counter(Unreadable=1)).as_dict()["mostly_unreadable"]
        True
        """
        about = {"version": self.version, "policy": self.policy, "size": self.size}
        counts = {name: dict(sorted(getattr(self, name).items())) for name in _COUNTERS}
        return about | counts | ({"mostly_unreadable": True} if self.mostly_unreadable else {})
