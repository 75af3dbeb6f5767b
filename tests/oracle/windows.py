"""The windows of events: a recording in any container, as pairs of window and event.

A window is one tab of one session. Lines, objects and events may name the window and the session.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Key = tuple[Any, Any]
"""Session and window, as they are named; ``None`` where nobody says."""

_SESSION = ("session_id", "sessionId", "$session_id")
_WINDOW = ("window_id", "windowId", "$window_id")

WINDOW_FIELDS = frozenset(_SESSION + _WINDOW)
"""Fields that name a session or a window."""


def events_of(data: bytes) -> list[tuple[Key, Any]]:
    """Return every event of a recording, with the window it belongs to."""
    text = data.decode("utf-8", "replace")
    try:
        whole = json.loads(text)
    except ValueError:
        lines = [json.loads(line) for line in text.split("\n") if line.strip()]
        return [pair for line in lines for pair in _opened(line, (None, None))]
    return list(_opened(whole, (None, None)))


def _opened(value: Any, key: Key) -> Iterator[tuple[Key, Any]]:
    """Open a whole input, a line, or the content of a wrapper."""
    if isinstance(value, list):
        if _is_pair(value):
            yield from _opened(value[1], (key[0], value[0]))
            return
        for item in value:
            yield from _opened(item, key)
    elif isinstance(value, dict) and not _is_event(value) and _inside(value) is not None:
        own = _own_key(value, key)
        for item in _inside(value) or ():
            yield from _opened(item, own)
    else:
        yield (_own_key(value, key) if isinstance(value, dict) else key), value


def _is_pair(value: list[Any]) -> bool:
    is_name = len(value) == 2 and (value[0] is None or isinstance(value[0], str))
    return is_name and isinstance(value[1], dict)


def _is_event(value: dict[str, Any]) -> bool:
    return type(value.get("type")) is int


def _inside(value: dict[str, Any]) -> list[Any] | None:
    for name in ("events", "data"):
        if isinstance(value.get(name), list):
            inside: list[Any] = value[name]
            return inside
    return None


def _own_key(value: dict[str, Any], key: Key) -> Key:
    session = next((value[name] for name in _SESSION if value.get(name) is not None), key[0])
    window = next((value[name] for name in _WINDOW if value.get(name) is not None), key[1])
    return _hashable(session), _hashable(window)


def _hashable(name: Any) -> Any:
    return name if name is None or isinstance(name, str | int) else json.dumps(name)
