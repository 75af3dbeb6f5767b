"""Counts of what redaction did, by kind and by channel. A report never holds content."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

__all__ = ["Report"]


@dataclasses.dataclass
class Report:
    """Counts of what a redactor has seen, masked and dropped.

    * ``events``: events seen, by kind or incremental source.
    * ``masked``: values masked, by channel.
    * ``dropped``: events and parts of events that were dropped, by reason.
    * ``public``: what the recording itself made public, such as words of style sheets.

    >>> Report(events=Counter(Meta=1)).as_dict()
    {'events': {'Meta': 1}, 'masked': {}, 'dropped': {}, 'public': {}}
    """

    events: Counter[str] = dataclasses.field(default_factory=Counter)
    masked: Counter[str] = dataclasses.field(default_factory=Counter)
    dropped: Counter[str] = dataclasses.field(default_factory=Counter)
    public: Counter[str] = dataclasses.field(default_factory=Counter)

    @property
    def mostly_unreadable(self) -> bool:
        """Whether more than half of the events could not be read, so that little is left.

        >>> Report(events=Counter(Meta=1, Unreadable=2)).mostly_unreadable
        True
        """
        return 2 * self.events["Unreadable"] > self.events.total()

    def add(self, other: Report) -> None:
        """Add the counts of another report.

        >>> report = Report()
        >>> report.add(Report(events=Counter(Meta=1)))
        >>> report.events["Meta"]
        1
        """
        self.events.update(other.events)
        self.masked.update(other.masked)
        self.dropped.update(other.dropped)
        self.public.update(other.public)

    def reset(self, before: Report) -> None:
        """Replace these counts by those of another report.

        >>> report = Report(events=Counter(Meta=1))
        >>> report.reset(Report())
        >>> report.as_dict()
        {'events': {}, 'masked': {}, 'dropped': {}, 'public': {}}
        """
        self.events, self.masked = before.events, before.masked
        self.dropped, self.public = before.dropped, before.public

    def as_dict(self) -> dict[str, Any]:
        """Return plain dictionaries, keys in alphabetical order, for JSON.

        If more than half of the events could not be read, ``mostly_unreadable`` says so.

        >>> Report(events=Counter(Unreadable=1)).as_dict()["mostly_unreadable"]
        True
        """
        counts = {
            "events": dict(sorted(self.events.items())),
            "masked": dict(sorted(self.masked.items())),
            "dropped": dict(sorted(self.dropped.items())),
            "public": dict(sorted(self.public.items())),
        }
        return counts | ({"mostly_unreadable": True} if self.mostly_unreadable else {})
