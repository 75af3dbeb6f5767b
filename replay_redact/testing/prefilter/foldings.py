r"""Which characters may stand for a letter of a secret.

The exact search brings text to one form (`str.lower`, ``casefold``, NFKC) and compares. `folded` is
coarser than each of these: if the exact forms of two texts are equal, their folded forms are. It
goes character by character. So a table can tell which characters fold to ``a``, and the text itself
need not be touched.

>>> folded("ＪANE ßﬁ")
'jane ssfi'
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

_FIRST, _LAST = 0x80, 0x2FFFF
"""Code points that may fold to another one; a test looks at those beyond, and finds none."""

_LETTERS = frozenset(("So", "Co", "Cn"))
"""Categories that count as letters beside L, N and M: pictures, and what no standard knows."""

IOTA = "\u03b9"
"""A combining mark folds to this letter, and may stand before or behind other marks."""


def folded(text: str) -> str:
    """Return the coarsest form of a text: one case, no compatibility forms, marks by themselves."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


class Token(NamedTuple):
    """A letter of a folded text, and if combining marks or separators stand behind it."""

    letter: str
    marked: bool = False
    apart: bool = False


def tokens_of(text: str) -> list[Token]:
    """Split a text into letters.

    >>> tokens_of("Ä b")
    [Token(letter='a', marked=True, apart=True), Token(letter='b', marked=False, apart=False)]
    """
    found: list[Token] = []
    for character in folded(text):
        if unicodedata.combining(character):
            if found:
                found[-1] = found[-1]._replace(marked=True)
        elif _is_letter(character):
            found.append(Token(character, character == IOTA))
        elif found:
            found[-1] = found[-1]._replace(apart=True)
    return found


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNM" or category in _LETTERS


Points = list[int]


class Foldings(NamedTuple):
    """Code points by the letters that they fold to, beside those letters themselves.

    * ``plain``: to this letter and no mark;
    * ``accented``: to this letter and marks;
    * ``several``: to these letters, as ``ﬁ`` does;
    * ``begins``, ``ends``: to several letters that begin, or end, with these;
    * ``marks``: to combining marks only.
    """

    plain: dict[str, Points]
    accented: dict[str, Points]
    several: dict[str, Points]
    begins: dict[str, Points]
    ends: dict[str, Points]
    marks: Points


@lru_cache(1)
def foldings() -> Foldings:
    """Return the table of this Python's Unicode. It takes a tenth of a second to make."""
    made: list[dict[str, Points]] = [defaultdict(list) for _ in range(5)]
    table = Foldings(made[0], made[1], made[2], made[3], made[4], [])
    for point in range(_FIRST, _LAST + 1):
        character = chr(point)
        form = folded(character)
        if form != character or unicodedata.combining(character):
            _enter(table, point)
    return table


def _enter(table: Foldings, point: int) -> None:
    tokens = tokens_of(chr(point))
    letters = "".join(token.letter for token in tokens)
    if not letters:
        if unicodedata.combining(folded(chr(point))[0]):
            table.marks.append(point)
        return
    if len(letters) == 1:
        has_marks = any(map(unicodedata.combining, folded(chr(point))))
        (table.accented if has_marks else table.plain)[letters].append(point)
        return
    table.several[letters].append(point)
    for at in range(1, len(letters)):
        table.begins[letters[:at]].append(point)
        table.ends[letters[at:]].append(point)
