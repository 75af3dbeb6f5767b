"""Secrets that are spread over several texts of a page, such as a number with a bold part.

Each text is scrubbed by itself. Here, texts that stand one after the other are joined and searched
again. A text that holds a part of what is found only then belongs to a secret.

Both searches put asterisks in the place of a secret, so that the length tells where it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from replay_redact._masks.text import LATIN_SPACES, MASK, OTHER_SPACES
from replay_redact._masks.words import one_line
from replay_redact._runtime.utf16 import to_units

WINDOW = 64
"""Texts that are joined at a time; half as many are searched together wherever they begin."""

INLINE = frozenset(
    """a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small
    span strike strong sub sup time tt u var wbr""".split()
)
"""Elements that do not end a paragraph."""

Scan = Callable[[list[str]], list[str]]

_SIGN = re.compile(f"[^{LATIN_SPACES}{OTHER_SPACES}]")
_NUMBERS = [start + end for start in ("4", "37", "36") for end in "0123456789"]
"""What may stand in the place of a masked text: as numbers of cards begin, and a check digit."""


class _Touching(NamedTuple):
    """What shown texts look like that may go on in a masked one, or begin in it."""

    ends: re.Pattern[str]
    begins: re.Pattern[str]


_BETWEEN = r"[\W_]{0,3}"  # digits of a number may have a blank, a hyphen or a bracket between them
_DIGITS = _Touching(re.compile(rf"\d{_BETWEEN}\Z"), re.compile(rf"\A{_BETWEEN}\d"))
_LETTERS = _Touching(re.compile(r"\S\Z"), re.compile(r"\A\S"))


class _Piece(NamedTuple):
    """One text on one line, its paragraph, and what is left of it when it is scrubbed alone."""

    text: str
    block: int
    begins: bool  # without white space
    ends: bool  # without white space
    left: str

    @property
    def units(self) -> str:
        return to_units(self.text)


class _Joined(NamedTuple):
    """Texts that were joined: the whole, and where each begins in it, in UTF-16 units."""

    whole: str
    first: int
    starts: list[int]


_Gap = Callable[[_Piece, _Piece], str]


def spread(texts: Sequence[str], blocks: Sequence[int], scan: Scan) -> set[int]:
    """Return which texts hold a part of a secret that only several of them have.

    ``blocks`` number the paragraphs that the texts are in. ``scan`` puts asterisks in the place of
    secrets.

    >>> scan = lambda texts: [text.replace("4111 1111", "**** ****") for text in texts]
    >>> spread(["Card 41", "11 1111", "ok"], [1, 1, 2], scan)
    {0, 1}
    """
    lines = list(map(one_line, texts))
    pieces = [
        _Piece(line, block, text == text.lstrip(), text == text.rstrip(), left)
        for text, line, block, left in zip(texts, lines, blocks, scan(lines), strict=True)
    ]
    found: set[int] = set()
    for gap in _GAPS:  # what one way to read finds is no part of what the next one reads
        parts = list(_joined(pieces, gap))
        hidden = {
            at
            for part, after in zip(parts, scan([part.whole for part in parts]), strict=True)
            if after != part.whole
            for at in _in_question(part, to_units(after), pieces)
        }
        found |= hidden
        for at in hidden:
            stars = MASK * len(pieces[at].units)
            pieces[at] = pieces[at]._replace(text=stars, left=stars)
    return found


def beside_masked(
    texts: Sequence[str], blocks: Sequence[int], masked: Sequence[bool], scan: Scan
) -> set[int]:
    """Return which texts hold a part of what is a secret if a masked text is its other part.

    Of a masked text counts only how long it is: it is tried as letters and, where digits stand
    before or after it, as digits.

    >>> scan = lambda texts: [text.replace("4241", "****") for text in texts]
    >>> masked = [False, True, False, False]
    >>> beside_masked(["No. 42", "??", "or 42", "ok"], [1, 1, 2, 2], masked, scan)
    {0}
    """
    found: set[int] = set()
    for touching, fillings in ((_LETTERS, ["aa"]), (_DIGITS, _NUMBERS)):
        mixed = set(_mixed(texts, blocks, masked, touching))
        places = [at for at, block in enumerate(blocks) if block in mixed]
        for filling in fillings if places else ():
            filled = [_filled(texts[at], filling) if masked[at] else texts[at] for at in places]
            found |= {places[at] for at in spread(filled, [blocks[at] for at in places], scan)}
    return {at for at in found if not masked[at]}


def _mixed(
    texts: Sequence[str], blocks: Sequence[int], masked: Sequence[bool], touching: _Touching
) -> Iterator[int]:
    """Yield paragraphs in which a shown text could go on in a masked one, or begin in it."""
    own = zip(texts, blocks, masked, strict=True)
    for (before, block, hidden), (after, following, hides) in pairwise(own):
        shows = touching.begins.search(after) if hidden else touching.ends.search(before)
        if block == following and hidden != hides and shows:
            yield block


def _filled(text: str, filling: str) -> str:
    """Put a filling in the place of a masked text: its last sign at the end."""
    number, start = len(_SIGN.findall(text)), filling[:-1]
    signs = iter((start + start[-1] * number)[: number - 1] + filling[-1])
    return _SIGN.sub(lambda _: next(signs), text)


def _in_question(part: _Joined, after: str, pieces: list[_Piece]) -> Iterator[int]:
    """Yield the texts of which more is hidden together than alone."""
    known = len(after) == len(to_units(part.whole))  # if not, nobody can tell what was changed
    for at, start in enumerate(part.starts, part.first):
        piece, left = pieces[at].units, to_units(pieces[at].left)
        together = after[start : start + len(piece)]
        shown = zip(together, piece, left, strict=False)
        if not known or any(hidden != unit == alone for hidden, unit, alone in shown):
            yield at


def _joined(pieces: list[_Piece], gap: _Gap) -> Iterator[_Joined]:
    """Yield the texts joined, so many at a time."""
    step = WINDOW // 2
    for first in range(0, max(len(pieces) - step, 1), step):
        whole, length, starts = "", 0, []
        for at in range(first, min(first + WINDOW, len(pieces))):
            between = gap(pieces[at - 1], pieces[at]) if at > first else ""
            starts.append(length + len(between))
            whole += between + pieces[at].text
            length += len(between) + len(pieces[at].units)
        yield _Joined(whole, first, starts)


def _as_read(before: _Piece, after: _Piece) -> str:
    """Return what a reader sees between two texts: nothing if they touch in one paragraph."""
    return "" if before.block == after.block and before.ends and after.begins else " "


def _touching(before: _Piece, after: _Piece) -> str:
    """Join texts of any paragraphs, unless white space is between them."""
    alone = before.left == before.text and after.left == after.text
    return "" if alone and before.ends and after.begins else " "


def _space(_before: _Piece, _after: _Piece) -> str:
    return " "


def _nothing(before: _Piece, after: _Piece) -> str:
    """Join texts without white space, but for those that hold a secret alone."""
    return "" if before.left == before.text and after.left == after.text else " "


_GAPS: tuple[_Gap, ...] = (_as_read, _touching, _space, _nothing)
