"""Functions of the user's that mask text, and what they are told of the place of a text."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from replay_redact.errors import PolicyError


class TextPlace(NamedTuple):
    """Where a text stands that a ``mask_fn`` masks.

    * ``tag``: the tag of its element in lower case, or ``""`` if the recording does not tell.
    * ``classes``: the classes of its element, as the output shows them.
    * ``channel``: ``"text"`` for text of the page, ``"metadata"`` for a string in a payload.

    >>> TextPlace("td", ("price",), "text").tag
    'td'
    """

    tag: str
    classes: tuple[str, ...]
    channel: str


Masking = Callable[[str, TextPlace], Any]
"""Masks a text that stands in a place. What it returns is not trusted."""


def asks_for_place(function: Callable[..., Any]) -> bool:
    """Tell whether a function takes a text and its place, or only the text.

    Raises `PolicyError` if it takes anything else.

    >>> asks_for_place(lambda text: "?"), asks_for_place(lambda text, place: place.tag)
    (False, True)
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # a function in C that does not tell
        return False
    if _takes(signature, 1):
        return False
    if _takes(signature, 2):
        return True
    raise PolicyError("mask_fn must take a text, or a text and its place")


def _takes(signature: inspect.Signature, number: int) -> bool:
    """Tell whether a function can be called with so many arguments."""
    try:
        signature.bind(*range(number))
    except TypeError:
        return False
    return True


def masking(function: Callable[..., Any] | None) -> Masking | None:
    """Return a ``mask_fn`` in the form that takes a text and its place, if there is one.

    >>> masking(str.upper)("jane", TextPlace("p", (), "text"))
    'JANE'
    """
    if function is None or asks_for_place(function):
        return function
    return lambda text, _place: function(text)
