"""The messages on standard error: errors, warnings, notes, and a bar of progress.

Standard output is for results only. There are no colors, so nothing has to ask for ``NO_COLOR``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import TypeVar

QUIET, NORMAL, VERBOSE = range(3)

LEVEL = ContextVar("LEVEL", default=NORMAL)
"""What to print: errors only, warnings and progress too, or also each file."""

_T = TypeVar("_T")
_WIDTH = 24  # of the bar, in characters


def complain(text: str) -> None:
    """Print an error, always."""
    print(f"replay-redact: {text}", file=sys.stderr)


def warn(text: str) -> None:
    """Print a warning, unless ``--quiet`` is given."""
    if LEVEL.get() >= NORMAL:
        complain(text)


def tell(text: str) -> None:
    """Print what the command does, if ``--verbose`` is given."""
    if LEVEL.get() >= VERBOSE:
        complain(text)


def one_line(name: str) -> str:
    r"""Return a name that somebody else chose, as one line that any terminal can print.

    >>> print(one_line("a\nb"))
    a\nb
    """
    shown = (one if one.isprintable() else one.encode("unicode_escape").decode() for one in name)
    coding = sys.stdout.encoding or "utf-8"
    return "".join(shown).encode(coding, "backslashreplace").decode(coding)


def progress(items: Iterable[_T], total: int, doing: str) -> Iterator[_T]:
    """Yield items; on a terminal, show in one line how many have come.

    The line is deleted before each item is yielded, so that messages about it stand alone.
    """
    if LEVEL.get() < NORMAL or total < 2 or not sys.stderr.isatty():
        yield from items
        return
    _draw(bar(0, total, doing))
    try:
        for done, item in enumerate(items, 1):
            _draw("")
            yield item
            _draw(bar(done, total, doing))
    finally:
        _draw("")


def bar(done: int, total: int, doing: str) -> str:
    """Return a line that shows the progress of some work.

    >>> bar(6, 24, "redacting")
    'redacting ######.................. 6 of 24'
    """
    full = _WIDTH * done // total
    return f"{doing} {'#' * full}{'.' * (_WIDTH - full)} {done} of {total}"


def _draw(line: str) -> None:
    """Replace the line under the cursor: go back to its beginning, and delete the rest."""
    print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)
