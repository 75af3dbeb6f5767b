"""Words that a policy shows wherever a whole text is one of them, such as the names of products."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b

from replay_redact._masks.text import LATIN_SPACES, OTHER_SPACES

MAX_WORDS = 1_000_000
"""Entries: more than any catalogue has."""

MAX_LENGTH = 200
"""Characters of an entry. A longer text is no name of a thing."""

_SPACES = re.compile(f"[{LATIN_SPACES}{OTHER_SPACES}]+")


def one_line(text: str) -> str:
    r"""Trim a text, and put one space in the place of all white space within.

    >>> one_line("\n  Add to\u00a0 cart ")
    'Add to cart'
    """
    return _SPACES.sub(" ", text).strip(" ")


class Words(frozenset[str]):
    """A set of words that is cheap to hash and short to print."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """Return the words of some texts, each trimmed.

        Raises ``ValueError``, which says what is wrong, if a text cannot be a word.

        >>> "Add to cart" in Words.of(["Add to  cart "])
        True
        """
        words = cls(map(one_line, texts))
        if len(words) > MAX_WORDS:
            raise ValueError(f"has more than {MAX_WORDS} entries")
        if "" in words:
            raise ValueError("has an empty entry")
        if any(len(word) > MAX_LENGTH for word in words):
            raise ValueError(f"has an entry of more than {MAX_LENGTH} characters")
        try:
            words.digest  # noqa: B018 - it encodes all of them
        except UnicodeEncodeError:
            raise ValueError("has an entry with half a character") from None
        return words

    @cached_property
    def digest(self) -> str:
        """A digest of all words, the same in every process."""
        joined = "\n".join(sorted(self)).encode()
        return blake2b(joined, digest_size=16).hexdigest()

    def shows(self, text: str) -> bool:
        """Tell whether a whole text is one of the words."""
        return len(text) <= _LONGEST and one_line(text) in self

    def __repr__(self) -> str:
        return f"<{len(self)} words, {self.digest}>"


_LONGEST = 10_000  # characters of a text with its indentation; a longer one is not looked at
