"""Python objects as JSON values, since applications hand over whatever they have.

What cannot be written as text says so in its place; nothing is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NoReturn

from replay_redact.scrub.scanner import numbered

UNREADABLE = "[unformattable]"
"""Stands in the place of an object that cannot be written."""

CYCLE = "[cycle]"
"""Stands in the place of a container within itself."""

_SCALARS = frozenset({str, int, float, bool, type(None)})

_AS_JSON: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str.__str__),  # enumerations too: JSON has their value
    (int, int.__int__),
    (float, float.__float__),
)
"""What JSON makes of subclasses, whatever their ``str`` says."""


class _NotJSONError(Exception):
    """A value is no JSON value, and has to be written out."""


def plain(value: Any) -> Any:
    """Return a JSON value that says what an object says; containers are copied.

    >>> plain({1: (2, "x"), "when": ...})
    {'1': [2, 'x'], 'when': 'Ellipsis'}
    """
    try:
        return value if type(value) in _SCALARS else _copied(value)
    except (_NotJSONError, RecursionError):
        return _written_out(value)


def _copied(value: Any) -> Any:
    """Copy what is a JSON value already, in an eighth of the time."""
    kind = type(value)
    if kind is dict:
        return {
            name if type(name) is str else _refuse(): (
                item if type(item) in _SCALARS else _copied(item)
            )
            for name, item in value.items()
        }
    if kind is list:
        return [item if type(item) in _SCALARS else _copied(item) for item in value]
    return _refuse()


def _refuse() -> NoReturn:
    raise _NotJSONError


def _written_out(value: Any) -> Any:
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
            container[key] = _scalar(item)
    return holder[0]


def _scalar(item: Any) -> Any:
    for base, convert in _AS_JSON:
        if isinstance(item, base):
            return convert(item)
    return written(item)


def _opened(item: Any) -> Any:
    """Copy a container; one that fails while it is read is empty."""
    try:
        if isinstance(item, Mapping):
            names, children = zip(*item.items(), strict=True) if item else ((), ())
            return dict(zip(numbered(map(written, names)), children, strict=True))
        return list(item)
    except Exception:  # noqa: BLE001 - it is the application's own
        return {} if isinstance(item, Mapping) else []


def written(item: Any) -> str:
    """Write an object as text, whatever its own way of it does; a time as SDKs do.

    >>> written(7), written(b"x"), written(datetime(2026, 1, 2))
    ('7', "b'x'", '2026-01-02T00:00:00')
    """
    try:
        text = item.isoformat() if isinstance(item, datetime) else str(item)
        return str.__str__(text)
    except Exception:  # noqa: BLE001 - it is the application's own
        return UNREADABLE
