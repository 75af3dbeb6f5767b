r"""From a spelling to a regular expression that also accepts what folds to it.

A spelling is a row of letters. Between two letters, the expression accepts no separator or any
number of them, also encoded ones. It accepts a letter in any form, and two letters also as one
character that folds to both (``ss`` as ``ß``).

>>> expression_of("Ab", in_ascii=True)
'[Aa][Bb]'
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from replay_redact.testing.prefilter.foldings import Points, Token, foldings, tokens_of

LEAST_LETTERS = 3
"""A spelling of fewer letters stands on every page: it is left to the exact search."""

_MOST_PATHS = 40
"""Ways to write some letters: ``1111`` as ``⑪⑪``, ``1⑪1`` … More than these are not told apart."""

_CONTROLS = r"\\[nrtbf]|\\u00[01][0-9A-Fa-f]"
_ENCODED = r"&#?[0-9A-Za-z]{1,8};?|%(?:25)*[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}"
_BETWEEN_WORDS = rf"(?:[^0-9A-Za-z]|{_CONTROLS}|{_ENCODED})*"
_BETWEEN_DIGITS = rf"(?:[\x00-\x20().,/_+\-\\]|[^\x00-\x7f]|{_CONTROLS}|{_ENCODED})*"
_INVISIBLE = (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)

_LOWERED = {"i": [0x130], "k": [0x212A]}
"""What ``str.lower`` makes ASCII of, beside capitals; a test looks at all others."""

Edges = dict[tuple[int, int], Points]
"""Code points that may stand for the letters from one place to another."""


def expression_of(
    spelling: str, *, in_ascii: bool, is_number: bool = False, lowered: bool = False
) -> str | None:
    """Return the expression for a spelling; none if ASCII text cannot hold it.

    ``lowered`` spellings are looked for in text of one case, but not brought to one form. Numbers
    may have separators between all digits.
    """
    tokens = tokens_of(spelling)
    if in_ascii and not all(token.letter.isascii() for token in tokens):
        return None
    exactly = in_ascii or lowered
    edges = _narrow_edges(tokens, lowered=not in_ascii) if exactly else _edges(tokens)
    gaps = [_gap(token, exactly=exactly, is_number=is_number) for token in tokens]
    gaps[-1] = ""
    return "".join(_block(edges, gaps, *block) for block in _blocks(edges, len(tokens)))


def is_short(spelling: str) -> bool:
    """Tell whether an expression for a spelling would say nothing."""
    return len(tokens_of(spelling)) < LEAST_LETTERS


def _gap(token: Token, *, exactly: bool, is_number: bool) -> str:
    """Return what may stand behind a letter."""
    if is_number:
        return _BETWEEN_DIGITS
    if token.apart:
        return _BETWEEN_WORDS
    if exactly:
        return ""
    return f"{_class([*_INVISIBLE, *(foldings().marks if token.marked else ())])}*"


def _both_cases(letter: str) -> Points:
    return [ord(letter), *map(ord, letter.upper() if letter.isascii() else "")]


def _narrow_edges(tokens: list[Token], *, lowered: bool) -> Edges:
    """Return the letters in both cases."""
    more = _LOWERED if lowered else {}
    letters = [token.letter for token in tokens]
    return {(n, n + 1): _both_cases(a) + more.get(a, []) for n, a in enumerate(letters)}


def _edges(tokens: list[Token]) -> Edges:
    """Return all that may stand for some of the letters."""
    table, size = foldings(), len(tokens)
    edges: defaultdict[tuple[int, int], Points] = defaultdict(list)
    letters = "".join(token.letter for token in tokens)
    for at, (letter, marked, _) in enumerate(tokens):
        own = edges[at, at + 1]
        own += _both_cases(letter) + table.plain.get(letter, [])
        if marked or at == size - 1:
            own += table.accented.get(letter, [])
    for start, end in itertools.combinations(range(size + 1), 2):
        edges[start, end] += table.several.get(letters[start:end], [])
    for at in range(1, size + 1):  # a character may begin before the spelling, or end behind it
        edges[0, at] += table.ends.get(letters[:at], [])
        edges[size - at, size] += table.begins.get(letters[size - at :], [])
    return {place: points for place, points in edges.items() if points}


def _blocks(edges: Edges, size: int) -> Iterator[tuple[int, int]]:
    """Cut the letters wherever no character goes over the cut."""
    crossed = {at for start, end in edges for at in range(start + 1, end)}
    cuts = [at for at in range(size + 1) if at not in crossed]
    return itertools.pairwise(cuts)


def _block(edges: Edges, gaps: list[str], start: int, end: int) -> str:
    """Return an expression for the letters from one cut to the next."""
    own = {place: points for place, points in edges.items() if start <= place[0] < end}
    paths = list(itertools.islice(_paths(own, start, end), _MOST_PATHS + 1))
    many = len(paths) > _MOST_PATHS
    told: Iterable[Iterable[int]] = _short_paths(own, start, end) if many else paths
    written = [_along(own, gaps, path) for path in told]
    if many:
        written.append(_with_two(own, gaps[start:end]))
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"


def _along(edges: Edges, gaps: list[str], path: Iterable[int]) -> str:
    return "".join(f"{_class(edges[at])}{gaps[at[1] - 1]}" for at in itertools.pairwise(path))


def _paths(edges: Edges, start: int, end: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways from one place to another, each as the places on it."""
    todo: list[tuple[int, ...]] = [(start,)]
    while todo:
        path = todo.pop()
        if path[-1] == end:
            yield path
            continue
        todo += [(*path, after) for before, after in edges if before == path[-1]]


def _short_paths(edges: Edges, start: int, end: int) -> Iterator[list[int]]:
    """Yield the ways on which at most one character stands for several letters."""
    yield list(range(start, end + 1))
    for before, after in edges:
        if after > before + 1:
            yield [*range(start, before + 1), *range(after, end + 1)]


def _with_two(edges: Edges, gaps: list[str]) -> str:
    """Accept all other ways, and more: two characters for several letters, and any between them."""
    gap = f"(?:{'|'.join(dict.fromkeys(filter(None, gaps)))})" if any(gaps) else ""
    several = _class([p for (at, after), points in edges.items() if after > at + 1 for p in points])
    between = _class([point for points in edges.values() for point in points])
    return f"{several}{gap}(?:{between}{gap}){{0,{len(gaps)}}}{several}{gap}"


def _class(points: Points) -> str:
    r"""Write a set of code points as a class.

    >>> _class([0x61, 0x62, 0x63, 0x41])
    '[Aa-c]'
    """
    ordered = sorted(set(points))
    runs = itertools.groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    return f"[{''.join(_range([point for _, point in run]) for _, run in runs)}]"


def _range(run: Points) -> str:
    first, last = _written(run[0]), _written(run[-1])
    return first if len(run) == 1 else f"{first}-{last}"


def _written(point: int) -> str:
    character = chr(point)
    return character if character.isascii() and character.isalnum() else f"\\x{{{point:x}}}"
