"""A memory of masked strings that cannot outgrow its bound.

Pages repeat themselves: the same style sheets, class lists and addresses come
back in every snapshot and every session. A cache that is full is emptied, which
is cheaper than keeping order and good enough where the same few thousand
strings come again. Caches live in the process and are never written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class StringCache(Generic[K]):
    """Remembers up to ``max_characters`` of results; safe to share between threads."""

    def __init__(self, max_characters: int) -> None:
        self.max_characters = max_characters
        self.found: dict[K, str] = {}
        self._characters = 0

    def get(self, key: K, make: Callable[[], str], size: int) -> str:
        """Return what is known for a key of so many characters; make it if need be."""
        known = self.found.get(key)
        if known is not None:
            return known
        made = make()
        cost = size + len(made)
        if cost > self.max_characters // 4:
            return made
        self._characters += cost
        if self._characters > self.max_characters:
            self.found.clear()
            self._characters = cost
        self.found[key] = made
        return made
