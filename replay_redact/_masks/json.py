"""Masking a whole JSON value.

Console lines, bodies, headers and payloads of unknown events are JSON that an application made
up. Unless the policy has them scrubbed, all of it counts as private:

* a string is masked, a number becomes 0;
* a key that looks like a name stays, any other key is masked like a string;
* order, nesting and types stay. No value overwrites another, even if masking makes two keys alike.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Mapping
from typing import Any

from replay_redact._masks.text import mask_text

_KEY = re.compile(r"[A-Za-z_$][A-Za-z_.:$-]{0,39}\Z")


def mask_json(value: Any, text: Callable[[str], str] = mask_text, *, number: int | None = 0) -> Any:
    """Mask all strings and numbers of a JSON value; ``text`` masks a string.

    ``number`` stands in the place of every number.

    >>> mask_json({"message": "Hi Jane", "age": 41, "admin": True})
    {'message': '** ****', 'age': 0, 'admin': True}
    """
    holder = [value]
    stack: list[tuple[Any, Any, Any]] = [(holder, 0, value)]
    while stack:
        container, key, item = stack.pop()
        if isinstance(item, dict):
            fresh = dict(zip(masked_keys(item), item.values(), strict=True))
            container[key] = fresh
            stack.extend((fresh, name, child) for name, child in fresh.items())
        elif isinstance(item, list):
            container[key] = fresh_list = list(item)
            stack.extend((fresh_list, i, child) for i, child in enumerate(item))
        else:
            container[key] = _mask_scalar(item, text, number)
    return holder[0]


def map_strings(value: Any, change: Callable[[str], str]) -> Any:
    """Return a JSON value with every string in it changed; keys stay.

    >>> map_strings({"a": ["b", 1]}, str.upper)
    {'a': ['B', 1]}
    """
    holder = [value]
    stack: list[tuple[Any, Any, Any]] = [(holder, 0, value)]
    while stack:
        container, key, item = stack.pop()
        if isinstance(item, str):
            container[key] = change(item)
        elif isinstance(item, dict | list):
            fresh = container[key] = item.copy()
            inside = fresh.items() if isinstance(fresh, dict) else enumerate(fresh)
            stack.extend((fresh, name, child) for name, child in inside)
    return holder[0]


def is_name(key: str) -> bool:
    """Tell whether a key looks like the name of a field. Such names are public.

    >>> is_name("content-type"), is_name("jane@shop.example")
    (True, False)
    """
    return _KEY.match(key) is not None


def mask_key(name: str) -> str:
    """Keep a key that looks like a name; mask any other.

    >>> mask_key("content-type"), mask_key("jane@shop.example")
    ('content-type', '*****************')
    """
    return name if is_name(name) else mask_text(name)


def masked_keys(item: Mapping[str, Any], known: Container[str] = ()) -> list[str]:
    """Mask the keys of an object, except the ``known`` ones.

    If two keys become alike, the second gets a name such as ``_a``, which masking leaves alone.
    So their values stay apart, also when the output is masked again.

    >>> masked_keys({"line1": 1, "line2": 2, "line": 3, "id7": 4})
    ['*****', '_a', 'line', '***']
    """
    names = [name if name in known else mask_key(name) for name in item]
    taken = set(names)
    if len(taken) == len(names):
        return names
    fresh = filter(lambda name: name not in taken, map(stand_in, itertools.count()))
    seen: set[str] = set()
    for at, name in enumerate(names):
        names[at] = next(fresh) if name in seen else name
        seen.add(name)
    return names


def stand_in(number: int) -> str:
    """Write a number in letters: a name that tells things apart and says nothing else.

    >>> stand_in(0), stand_in(25), stand_in(26)
    ('_a', '_z', '_ba')
    """
    letters = ""
    while number or not letters:
        number, letter = divmod(number, 26)
        letters = chr(ord("a") + letter) + letters
    return f"_{letters}"


def is_number(value: Any) -> bool:
    """Tell whether a value is a number and not a boolean.

    >>> is_number(1), is_number(2.5), is_number(True)
    (True, True, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool)


def _mask_scalar(value: Any, text: Callable[[str], str], number: int | None) -> Any:
    if isinstance(value, str):
        return text(value)
    return number if is_number(value) else value
