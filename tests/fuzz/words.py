"""Private words: each is used once, and has pairs of letters that no word of markup has."""

from __future__ import annotations

LETTERS = "jkqvxz"
_LENGTH = 6
_COUNT = len(LETTERS) ** _LENGTH
_STEP = 18_611  # coprime to the number of words, so that words do not repeat


class Words:
    """A source of private words and numbers."""

    def __init__(self, start: int = 0) -> None:
        self._at = start

    def word(self) -> str:
        """Return a word that was not returned before."""
        self._at += 1
        rest = self._at * _STEP % _COUNT
        letters = []
        for _ in range(_LENGTH):
            rest, digit = divmod(rest, len(LETTERS))
            letters.append(LETTERS[digit])
        return "".join(letters)

    def number(self) -> int:
        """Return a number that was not returned before."""
        self._at += 1
        return 770_000_000 + self._at % 9_000_000
