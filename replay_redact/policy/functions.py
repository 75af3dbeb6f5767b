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
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # a function in C that does not tell
        return False
    open_ = [own for own in parameters if own.default is own.empty]
    several = any(own.kind is own.VAR_POSITIONAL for own in parameters)
    wanted = sum(own.kind in {own.POSITIONAL_ONLY, own.POSITIONAL_OR_KEYWORD} for own in open_)
    named = any(own.kind is own.KEYWORD_ONLY for own in open_)
    takes_any = several or any(own.kind in _POSITIONAL for own in parameters)
    if named or wanted > _MOST or not takes_any:
        raise PolicyError("mask_fn must take a text, or a text and its place")
    return wanted == _MOST


_MOST = 2
_POSITIONAL = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}


def masking(function: Callable[..., Any] | None) -> Masking | None:
    """Return a ``mask_fn`` in the form that takes a text and its place, if there is one.

    >>> masking(str.upper)("jane", TextPlace("p", (), "text"))
    'JANE'
    """
    if function is None or asks_for_place(function):
        return function
    return lambda text, _place: function(text)
