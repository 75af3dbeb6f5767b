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

    >>> Report(events=Counter(Meta=1)).as_dict()
    {'events': {'Meta': 1}, 'masked': {}, 'dropped': {}}
    """

    events: Counter[str] = dataclasses.field(default_factory=Counter)
    masked: Counter[str] = dataclasses.field(default_factory=Counter)
    dropped: Counter[str] = dataclasses.field(default_factory=Counter)

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

    def reset(self, before: Report) -> None:
        """Replace these counts by those of another report.

        >>> report = Report(events=Counter(Meta=1))
        >>> report.reset(Report())
        >>> report.as_dict()
        {'events': {}, 'masked': {}, 'dropped': {}}
        """
        self.events, self.masked, self.dropped = before.events, before.masked, before.dropped

    def as_dict(self) -> dict[str, Any]:
        """Return plain dictionaries for JSON, with keys in alphabetical order."""
        return {
            "events": dict(sorted(self.events.items())),
            "masked": dict(sorted(self.masked.items())),
            "dropped": dict(sorted(self.dropped.items())),
        }
