"""What redaction did, in numbers: counts by kind and channel, never a value."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

__all__ = ["Report"]


@dataclasses.dataclass
class Report:
    """Counts of what went in, came out, was masked and was dropped.

    * ``events``: events seen, by kind or incremental source.
    * ``dropped``: events or parts of events that did not pass, by reason.
    * ``masked``: things masked, by channel.
    * ``public``: what the recording itself made public, such as words of style sheets.

    >>> Report(events=Counter(Meta=1)).as_dict()
    {'events': {'Meta': 1}, 'masked': {}, 'dropped': {}, 'public': {}}
    """

    events: Counter[str] = dataclasses.field(default_factory=Counter)
    masked: Counter[str] = dataclasses.field(default_factory=Counter)
    dropped: Counter[str] = dataclasses.field(default_factory=Counter)
    public: Counter[str] = dataclasses.field(default_factory=Counter)

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
        """Take the counts of another report in place of these.

        >>> report = Report(events=Counter(Meta=1))
        >>> report.reset(Report())
        >>> report.as_dict()
        {'events': {}, 'masked': {}, 'dropped': {}, 'public': {}}
        """
        self.events, self.masked = before.events, before.masked
        self.dropped, self.public = before.dropped, before.public

    def as_dict(self) -> dict[str, Any]:
        """Return plain dictionaries, keys in alphabetical order, for JSON."""
        return {
            "events": dict(sorted(self.events.items())),
            "masked": dict(sorted(self.masked.items())),
            "dropped": dict(sorted(self.dropped.items())),
            "public": dict(sorted(self.public.items())),
        }
