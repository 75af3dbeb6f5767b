"""Bounded caches of masked strings.

Pages repeat themselves: the same style sheets, class lists and addresses come back in every
snapshot and every session. A full cache is emptied. That is cheaper than tracking which entry
was used last, and good enough when the same few thousand strings keep coming back. Caches live
in the process and are never written anywhere.
"""

from __future__ import annotations

from typing import Any


class Pool:
    """A budget that several caches share. When they exceed it, all of them are emptied."""

    def __init__(self, max_characters: int) -> None:
        self.max_characters = max_characters
        self._characters = 0
        self._filled: list[StringCache] = []

    def take(self, cache: StringCache, characters: int) -> None:
        """Charge the characters of one entry to the pool."""
        self._characters += characters
        if self._characters > self.max_characters:
            filled, self._filled = self._filled, []
            for other in filled:
                other.empty()
            self._characters = characters
        if not cache.found:
            self._filled.append(cache)


class StringCache:
    """Remembers results of up to ``max_characters`` in all. Threads may share it."""

    def __init__(self, max_characters: int, pool: Pool | None = None) -> None:
        self.max_characters = max_characters
        self.found: dict[Any, Any] = {}
        self._characters = 0
        self._pool = pool

    def put(self, key: Any, result: Any, characters: int) -> None:
        """Remember a result, unless it alone would fill more than a quarter of the cache."""
        if characters > self.max_characters // 4:
            return
        self._characters += characters
        if self._characters > self.max_characters:
            self.empty()
            self._characters = characters
        if self._pool is not None:
            self._pool.take(self, characters)
        self.found[key] = result

    def empty(self) -> None:
        """Forget everything."""
        self.found.clear()
        self._characters = 0
