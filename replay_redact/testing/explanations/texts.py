"""Looking for a text, and for where it nearly is."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from replay_redact import events as ev
from replay_redact._masks.text import MASK, mask_text
from replay_redact.testing.everything import everything
from replay_redact.testing.planted import (
    MIN_LENGTH,
    Pattern,
    Piece,
    find_spread,
    in_words,
    patterns,
    search,
)

_NAME = "text"
_WORD = re.compile(r"\w{3,}")
_MOST_WORDS = 8  # that are looked for one by one


class Wanted:
    """A text to look for, in any case, with any white space, in the encodings of `find_leaks`.

    >>> Wanted("Jane Roe").stands_in("to=jane%20roe"), Wanted("Tea").stands_in("Coffee")
    (True, False)
    """

    def __init__(self, text: str, sign: str = MASK) -> None:
        self.text = text
        self._sign = sign
        long = len(text) >= MIN_LENGTH
        self._patterns = patterns({_NAME: text}) if long else [_in_words(text)]
        masked, edge = re.escape(mask_text(text).replace(MASK, sign)), rf"[\w{re.escape(sign)}]"
        found = rf"(?<!{edge}){masked}(?!{edge})"
        self._masked = re.compile(found) if sign in masked else None

    def stands_in(self, value: object) -> bool:
        """Tell whether the text stands in a string, or in any string of a JSON value."""
        return any(search(value, self._patterns))

    def may_be_masked_in(self, value: object) -> bool:
        """Tell whether a mask of the shape of the text stands in a string."""
        return isinstance(value, str) and bool(self._masked and self._masked.search(value))

    def words(self) -> list[Wanted]:
        """Return the words of the text, if there are several."""
        found = list(dict.fromkeys(_WORD.findall(self.text)))[:_MOST_WORDS]
        return [Wanted(word, self._sign) for word in found if word != self.text]


def _in_words(text: str) -> Pattern:
    return Pattern(_NAME, "spaced otherwise", in_words(text), in_words)


def stands_in_unreadable(data: bytes, wanted: Wanted) -> bool:
    """Tell whether a text stands anywhere in what was sent, readable or not."""
    return any(wanted.stands_in(value) for value in everything(data))


class Texts:
    """The texts of each window in document order, to find one that is find_spread over several."""

    def __init__(self) -> None:
        self._pieces: defaultdict[ev.WindowKey, list[Piece]] = defaultdict(list)

    def add(self, window: ev.WindowKey, piece: Piece) -> None:
        """Add a text that stands behind the others of its window."""
        self._pieces[window].append(piece)

    def spread(self, wanted: Wanted) -> Iterator[tuple[ev.WindowKey, Piece]]:
        """Yield in which text the wanted one begins, of each window in which it is."""
        for window, pieces in self._pieces.items():
            found = find_spread(pieces, {_NAME: wanted.text})
            yield from ((window, piece) for _, piece in itertools.islice(found, 1))
