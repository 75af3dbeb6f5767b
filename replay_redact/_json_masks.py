"""The seam for metadata that nobody can name as safe.

Theory: console lines, bodies, headers and payloads of unknown events are JSON of
an application's own making. Until detectors can tell what in them is secret,
all of it is taken to be.

Invariant: the shape (keys that look like names, order, nesting, types) stays.
Failure direction: a string is masked, a number becomes 0, a key that does not
look like a name is masked like a string.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from replay_redact._masks import mask_text

_KEY = re.compile(r"[A-Za-z_$][A-Za-z_.:$-]{0,39}\Z")


def scrub(value: Any, text: Callable[[str], str] = mask_text) -> Any:
    """Mask all strings and numbers of a JSON value; ``text`` masks a string.

    >>> scrub({"message": "Hi Jane", "age": 41, "admin": True})
    {'message': '** ****', 'age': 0, 'admin': True}
    """
    holder = [value]
    stack: list[tuple[Any, Any, Any]] = [(holder, 0, value)]
    while stack:
        container, key, item = stack.pop()
        if isinstance(item, dict):
            fresh = {scrub_key(name): child for name, child in item.items()}
            container[key] = fresh
            stack.extend((fresh, name, child) for name, child in fresh.items())
        elif isinstance(item, list):
            container[key] = fresh_list = list(item)
            stack.extend((fresh_list, i, child) for i, child in enumerate(item))
        else:
            container[key] = _scrub_scalar(item, text)
    return holder[0]


def scrub_key(name: str) -> str:
    """Keep a key that looks like a name; mask one that says something else.

    >>> scrub_key("content-type"), scrub_key("jane@shop.example")
    ('content-type', '*****************')
    """
    return name if _KEY.match(name) else mask_text(name)


def _scrub_scalar(value: Any, text: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return text(value)
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value
