"""Masking what stands beside the DOM: payloads of custom and plugin events.

Theory: a payload is JSON of an application's own making. Its keys are names if
they look like names; of its values only those may stay that a key we know
declares to be a number, a flag or a word of a protocol.

Invariant: the shape (keys, order, nesting, types) stays.
Failure direction: a string is masked, a number becomes 0.
"""

from __future__ import annotations

import re
from typing import Any

from replay_redact._masks import mask_text

TAGS = frozenset(
    {
        "breadcrumb",
        "performanceSpan",
        "options",
        "recording-meta",
        "pageview-meta",
        "page-visible",
        "page-hidden",
        "close-permanent",
        "close-temporary",
        "rrweb/console@1",
        "rrweb/network@1",
        "rrweb/sequential-id@1",
    }
)
"""Names of custom events and plugins that recorders themselves define."""

_KEY = re.compile(r"[A-Za-z_][A-Za-z_.:-]{0,39}\Z")

_NUMBER_KEYS = frozenset(
    """
    timestamp startTimestamp endTimestamp startTime endTime duration status statusCode size
    nodeId nodeIds id count limit timeAfterClickMs clickCount
    """.split()
)
"""Keys whose numbers are ids, sizes, times and states of the recording itself."""


def mask_name(name: str) -> str:
    """Keep the tag or plugin name that a recorder defines; mask any other.

    >>> mask_name("breadcrumb"), mask_name("Jane left")
    ('breadcrumb', '**** ****')
    """
    return name if name in TAGS else mask_text(name)


def mask_metadata(value: Any) -> Any:
    """Mask a payload: all strings, all numbers that no known key accounts for.

    >>> mask_metadata({"message": "Hi Jane", "status": 200, "age": 41})
    {'message': '** ****', 'status': 200, 'age': 0}
    """
    holder = [value]
    stack: list[tuple[Any, Any, Any, bool]] = [(holder, 0, value, False)]
    while stack:
        container, key, item, numbers = stack.pop()
        if isinstance(item, dict):
            fresh: dict[str, Any] = {_mask_key(name): None for name in item}
            container[key] = fresh
            stack.extend(
                (fresh, _mask_key(name), child, name in _NUMBER_KEYS)
                for name, child in item.items()
            )
        elif isinstance(item, list):
            container[key] = [None] * len(item)
            stack.extend((container[key], i, child, numbers) for i, child in enumerate(item))
        else:
            container[key] = _mask_scalar(item, numbers=numbers)
    return holder[0]


def _mask_key(name: str) -> str:
    return name if _KEY.match(name) else mask_text(name)


def _mask_scalar(value: Any, *, numbers: bool) -> Any:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or numbers:
        return value
    return 0
