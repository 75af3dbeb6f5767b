"""The result of a section: a table, and the bars that its figures must meet.

A bar is a figure beside its limit. Every limit is on a ratio of figures that one
process measured, but for one speed, which gives way to a ratio on a slow machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

Row = dict[str, str | float]


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    recordings: Path
    sizes: list[int]
    repeat: int
    build_peers: bool = False


@dataclass(frozen=True)
class Bar:
    """A figure and the limit that it must not be above, or below if ``at_least``."""

    what: str
    figure: float
    limit: float
    at_least: bool = False

    @property
    def held(self) -> bool:
        """Tell whether the figure is within its limit."""
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit


@dataclass(frozen=True)
class Result:
    """The table of one section, what was measured, and the bars on it."""

    note: str
    rows: list[Row]
    bars: list[Bar] = field(default_factory=list)


@dataclass(frozen=True)
class Skipped:
    """A section that could not be measured here, and why."""

    reason: str
