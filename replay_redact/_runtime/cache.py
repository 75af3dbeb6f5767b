"""Bounded caches of masked strings.

Pages repeat themselves: the same style sheets, class lists and addresses come back in every
snapshot and every session. A full cache is emptied. That is cheaper than tracking which entry
was used last, and good enough when the same few thousand strings keep coming back. Caches live
in the process and are never written anywhere.
"""

from __future__ import annotations

from typing import Any


class StringCache:
    """Remembers results of up to ``max_characters`` in all. Threads may share it."""

    def __init__(self, max_characters: int) -> None:
        self.max_characters = max_characters
        self.found: dict[Any, Any] = {}
        self._characters = 0

    def put(self, key: Any, result: Any, characters: int) -> None:
        """Remember a result, unless it alone would fill more than a quarter of the cache."""
        if characters > self.max_characters // 4:
            return
        self._characters += characters
        if self._characters > self.max_characters:
            self.empty()
            self._characters = characters
        self.found[key] = result

    def empty(self) -> None:
        """Forget everything."""
        self.found.clear()
        self._characters = 0
