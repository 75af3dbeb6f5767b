"""Python objects as JSON values, since applications hand over whatever they have.

What cannot be written as text says so in its place; nothing is raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNREADABLE = "[unformattable]"
"""Stands in the place of an object that cannot be written."""

CYCLE = "[cycle]"
"""Stands in the place of a container within itself."""

_SCALARS = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """Return a JSON value that says what an object says; containers are copied.

    >>> plain({1: (2, "x"), "when": ...})
    {'1': [2, 'x'], 'when': 'Ellipsis'}
    """
    holder = [value]
    todo: list[tuple[Any, Any, Any]] = [(holder, 0, value)]
    around: set[int] = set()
    while todo:
        container, key, item = todo.pop()
        if container is None:  # all that is in a container was seen
            around.discard(key)
        elif type(item) in _SCALARS:
            container[key] = item
        elif id(item) in around:
            container[key] = CYCLE
        elif isinstance(item, Mapping | list | tuple | set | frozenset):
            around.add(id(item))
            todo.append((None, id(item), None))
            container[key] = fresh = _opened(item)
            pairs = fresh.items() if isinstance(fresh, dict) else enumerate(fresh)
            todo.extend((fresh, name, child) for name, child in pairs)
        else:
            container[key] = written(item)
    return holder[0]


def _opened(item: Any) -> Any:
    """Copy a container; one that fails while it is read is empty."""
    try:
        if isinstance(item, Mapping):
            return {written(name): child for name, child in item.items()}
        return list(item)
    except Exception:  # noqa: BLE001 - it is the application's own
        return {} if isinstance(item, Mapping) else []


def written(item: Any) -> str:
    """Write an object as text, whatever its own way of it does.

    >>> written(7), written(b"x")
    ('7', "b'x'")
    """
    try:
        text = str(item)
        return str.__str__(text)
    except Exception:  # noqa: BLE001 - it is the application's own
        return UNREADABLE
