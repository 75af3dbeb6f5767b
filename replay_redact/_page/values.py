"""Masking the values of attributes that are no strings, by kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from replay_redact._allowlists.attributes import Kind
from replay_redact._css.tokens import is_property_name
from replay_redact._masks.json import is_number
from replay_redact._page.masking import Masks

REMOVED = object()
"""Stands for a value that must be removed, since it must not stay even masked."""

_LARGEST = 10_000_000  # pixels and counts are smaller; a larger number is something else


def mask_value(masks: Masks, kind: Kind, value: Any, *, always: bool) -> Any:
    """Mask a value of an attribute of this kind; ``always`` masks CSS whatever the policy says."""
    return _VALUES.get(kind, _other)(masks, value, always)


def _other(_masks: Masks, value: Any, _always: object) -> Any:
    """Keep only that there is a boolean or a number: true or 0. Remove any other value."""
    if isinstance(value, bool):
        return True
    return 0 if isinstance(value, int | float) else REMOVED


def _scalar(masks: Masks, value: Any, always: object) -> Any:
    if not is_number(value):
        return _other(masks, value, always)
    return value if -_LARGEST < value < _LARGEST else 0


def _boolean(_masks: Masks, value: Any, _always: object) -> Any:
    if isinstance(value, bool):
        return value
    return True if isinstance(value, int | float) else REMOVED


def _style(masks: Masks, value: Any, always: object) -> Any:
    """Mask a change of inline styles, as an object.

    It maps a property to its value, to ``[value, priority]``, or to false if it was removed.
    """
    if not isinstance(value, dict):
        return REMOVED
    masked: dict[str, Any] = {}
    for name, entry in value.items():
        known = is_property_name(name)
        kept = _style_entry(masks, name, entry, always=bool(always)) if known else REMOVED
        if kept is not REMOVED:
            masked[masks.property(name, always=bool(always))] = kept
    return masked


def _style_entry(masks: Masks, name: str, entry: Any, *, always: bool) -> Any:
    match entry:
        case str():
            return masks.value(name, entry, always=always)
        case False:
            return False
        case [str() as value, "" | "important" as priority]:
            return [masks.value(name, value, always=always), priority]
        case _:
            return REMOVED


_VALUES: dict[Kind, Callable[[Masks, Any, object], Any]] = {
    Kind.NUMBER: _scalar,
    Kind.NUMBERS: _scalar,
    Kind.STATE: _boolean,
    Kind.FLAG: _boolean,
    Kind.STYLE: _style,
}
