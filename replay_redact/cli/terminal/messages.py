"""What the command says on standard error, and how much of it.

Standard output is for results only. There are no colors, so nothing has to ask for ``NO_COLOR``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import TypeVar

QUIET, NORMAL, VERBOSE = range(3)

LEVEL = ContextVar("LEVEL", default=NORMAL)
"""How much is said: errors only, warnings and progress too, or also each file."""

_T = TypeVar("_T")
_WIDTH = 24  # of the bar, in characters


def complain(text: str) -> None:
    """Say what went wrong. This is always said."""
    print(f"replay-redact: {text}", file=sys.stderr)


def warn(text: str) -> None:
    """Say what the user should look at, unless told to be quiet."""
    if LEVEL.get() >= NORMAL:
        complain(text)


def tell(text: str) -> None:
    """Say what is done, if the user wants to know."""
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
    """Yield items, and show in one line how many have come, if somebody sits at a terminal.

    The line is gone whenever an item comes, so that what is printed about it stands alone.
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
    """Return a line that says how far some work is.

    >>> bar(6, 24, "redacting")
    'redacting ######.................. 6 of 24'
    """
    full = _WIDTH * done // total
    return f"{doing} {'#' * full}{'.' * (_WIDTH - full)} {done} of {total}"


def _draw(line: str) -> None:
    """Write over the line of the cursor: back to its beginning, and delete the rest."""
    print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)
