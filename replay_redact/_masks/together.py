"""Secrets that are spread over several texts of a page, such as a number with a bold part.

Each text was scrubbed by itself. Here, texts that stand one after the other are joined and scrubbed
again. If that finds something, the texts that hold it together are masked as a whole.

What is done to the output again is what was done to the input: the search goes on until nothing
more is found, so masking twice is masking once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from replay_redact._masks.words import one_line

WINDOW = 64
"""Texts that are joined at a time. Half of that may lie between the ends of a secret."""

INLINE = frozenset(
    """a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small
    span strike strong sub sup time tt u var""".split()
)
"""Elements that do not end a paragraph."""

_ROUNDS = 16  # after that, whatever is left in question is masked

Scan = Callable[[list[str]], list[str]]
_Join = Callable[[Sequence[str], Sequence[int]], str]


def mask_spread(
    texts: list[str], blocks: Sequence[int], scan: Scan, mask: Callable[[str], str]
) -> list[str]:
    """Mask the texts that hold a secret together; ``blocks`` number the paragraphs they are in.

    >>> scan = lambda texts: [text.replace("4111 1111", "[card]") for text in texts]
    >>> mask_spread(["Card 41", "11 1111", "ok"], [1, 1, 2], scan, lambda text: "*" * len(text))
    ['*******', '*******', 'ok']
    """
    texts = list(texts)
    parts = [
        (join, start, min(start + WINDOW, len(texts)))
        for start in range(0, max(len(texts) - WINDOW // 2, 1), WINDOW // 2)
        for join in _JOINS
    ]
    for turn in range(_ROUNDS + 1):
        found = _found(texts, blocks, parts, scan)
        before = list(texts)
        for join, start, end in found:
            if turn < _ROUNDS:
                start, end = _shrunk(texts, blocks, (join, start, end), scan)  # noqa: PLW2901
            texts[start:end] = map(mask, texts[start:end])
        if texts == before:
            break
    return texts


_Part = tuple[_Join, int, int]


def _joined(texts: Sequence[str], blocks: Sequence[int], part: _Part) -> str:
    join, start, end = part
    return join(texts[start:end], blocks[start:end])


def _found(
    texts: Sequence[str], blocks: Sequence[int], parts: list[_Part], scan: Scan
) -> list[_Part]:
    """Return the parts in which scrubbing finds something."""
    joined = [_joined(texts, blocks, part) for part in parts]
    return [
        part
        for part, before, after in zip(parts, joined, scan(joined), strict=True)
        if before != after
    ]


def _shrunk(
    texts: Sequence[str], blocks: Sequence[int], part: _Part, scan: Scan
) -> tuple[int, int]:
    """Return where the last secret of a part begins and ends."""
    join, start, end = part
    left: list[_Part] = [(join, at, end) for at in range(start, end)]
    found = _found(texts, blocks, left, scan)
    start = found[-1][1] if found else start  # an earlier secret may have been masked since
    right: list[_Part] = [(join, start, at) for at in range(start + 1, end + 1)]
    found = _found(texts, blocks, right, scan)
    return start, (found[0][2] if found else start)


def _as_read(texts: Sequence[str], blocks: Sequence[int]) -> str:
    """Join texts as a reader sees them: with nothing between those of one paragraph."""
    pieces: list[str] = []
    for at, text in enumerate(texts):
        pieces += (" " if at and blocks[at] != blocks[at - 1] else "", text)
    return one_line("".join(pieces))


def _without_space(texts: Sequence[str], _blocks: Sequence[int]) -> str:
    return "".join(map(one_line, texts))


def _with_space(texts: Sequence[str], _blocks: Sequence[int]) -> str:
    return one_line(" ".join(texts))


_JOINS: tuple[_Join, ...] = (_as_read, _without_space, _with_space)
