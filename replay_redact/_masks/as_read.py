r"""Secrets that only a reader sees, since browsers show all white space between words as one blank.

In ``4111 1111\n  1111 1111`` no detector finds a card, for a line break may part two numbers of a
log. On a page it is a card. So texts of pages are searched a second time, as they are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, groupby

from replay_redact._masks.text import LATIN_SPACES, OTHER_SPACES
from replay_redact._masks.words import one_line

_SPACE = f"[{LATIN_SPACES}{OTHER_SPACES}]"
_LETTER = f"[^{LATIN_SPACES}{OTHER_SPACES}]"
_WORD = re.compile(f"{_LETTER}+")
_WRAP = re.compile(f"{_LETTER}(?! {_LETTER}){_SPACE}+{_LETTER}")  # more than a blank in between

Mask = Callable[[str], str]
Scan = Callable[[list[str]], list[str]]


def hide_as_read(texts: list[str], scan: Scan, mask: Mask) -> list[str]:
    r"""Mask what is secret in texts as they are read; their white space stays.

    ``scan`` puts asterisks in the place of secrets. ``mask`` masks the parts of a secret, or all of
    a text if nobody can tell where its secret is.

    >>> scan = lambda texts: [text.replace("41 11", "** **") for text in texts]
    >>> hide_as_read(["No. 41\n 11, 41 12", "41 11"], scan, mask=lambda text: "*" * len(text))
    ['No. **\n **, 41 12', '41 11']
    """
    wrapped = [at for at, text in enumerate(texts) if _WRAP.search(text)]
    lines = [one_line(texts[at]) for at in wrapped]
    masked = {
        at: _masked(texts[at], line, starred, mask)
        for at, line, starred in zip(wrapped, lines, scan(lines), strict=True)
        if starred != line
    }
    again = list(map(one_line, masked.values()))
    for at, line, starred in zip(masked, again, scan(again), strict=True):
        if starred != line:  # what is left is a secret, too
            masked[at] = mask(texts[at])
    return [masked.get(at, text) for at, text in enumerate(texts)]


def _masked(text: str, line: str, starred: str, mask: Mask) -> str:
    """Mask in the words of a text what has other signs in its line once that is scrubbed."""
    if len(line) != len(starred):  # some characters have an asterisk for each of their two units
        return mask(text)
    sizes = map(len, _WORD.findall(text))
    ends = list(accumulate(sizes, lambda end, size: end + 1 + size))
    starts = iter([0, *(end + 1 for end in ends)])
    return _WORD.sub(lambda found: _masked_word(found[0], starred, next(starts), mask), text)


def _masked_word(word: str, starred: str, start: int, mask: Mask) -> str:
    pairs = zip(word, starred[start : start + len(word)], strict=True)
    runs = groupby(pairs, key=lambda pair: pair[0] != pair[1])
    parts = ((hidden, "".join(letter for letter, _ in run)) for hidden, run in runs)
    return "".join(mask(part) if hidden else part for hidden, part in parts)
