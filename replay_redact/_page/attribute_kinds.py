"""Masking the value of one attribute, by its kind.

`_allowlists.attributes` gives each name a kind, and each kind has one function here for strings,
and perhaps one for other JSON. A value stays if it passes the test of its kind, or if the region
is unmasked. Where the type of a value is not expected, a boolean becomes true, a number becomes 0,
an object or a list is removed.

Masking a masked value again changes nothing, under any policy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from replay_redact._allowlists.attributes import Kind, kind_of
from replay_redact._allowlists.compared import is_state_word
from replay_redact._allowlists.forms import paint_reference
from replay_redact._allowlists.identifiers import zeroed, zeroed_words
from replay_redact._allowlists.references import is_slot_name
from replay_redact._css.tokens import is_property_name
from replay_redact._masks.json import is_number
from replay_redact._masks.media import placeholder
from replay_redact._page.masking import Masks
from replay_redact._rules.strict import (
    BUTTON,
    DRAWN,
    FIELD,
    FONT,
    FRAME,
    ICON,
    LINK,
    SCRIPT,
    SHEET,
    SLOT,
    USE,
    Context,
)

REMOVED: Any = object()
"""Stands for a value that must be removed, since it must not stay even masked."""

BLANK_DOCUMENT = "about:blank"

_FRAGMENT = re.compile(r"#[\w-]{1,200}")
_READ = frozenset(
    """title alt abbr summary placeholder aria-label aria-description aria-placeholder
    aria-roledescription aria-valuetext aria-braillelabel""".split()
)
"""Names of attributes that people read: where they are shown, they are text, like that around."""
_USED = frozenset({"href", "xlink:href"})
_LARGEST = 10_000_000  # pixels and counts are smaller; a larger number is something else


class ValueMasks:
    """The masks of one policy, and which attributes it lists."""

    def __init__(self, masks: Masks) -> None:
        self.masks = masks
        self.policy = masks.policy
        self.listed = frozenset(name.lower() for name in self.policy.mask_attributes)
        self.shows_words = not self.policy.hide_state

    def lists(self, name: str) -> bool:
        """Tell whether ``mask_attributes`` names an attribute, in any letter case."""
        return bool(self.listed) and name.lower() in self.listed


StringMask = Callable[[ValueMasks, str, str, Context], Any]
"""Masks the string that an attribute has; it may return `REMOVED`."""


# --- strings, by kind -----------------------------------------------------------------


def _structural(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    kind = kind_of(name)
    fits = kind.fits is not None and kind.fits(value)
    return value if fits else _text(masks, name, value, context)


def _name(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    """Keep identifiers and references to them, with zeros in place of long numbers."""
    kept = _structural(masks, name, value, context)
    return zeroed_words(kept) if kept == value else kept


def _paint(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    """Keep what a drawing is painted with, or clipped by, but for long numbers of an id."""
    found = paint_reference(value)
    if found is None:
        return _structural(masks, name, value, context)
    return f"url(#{zeroed(found[0])}){found[1]}"


def _text(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    if name == "name" and context.bits & SLOT and not masks.lists(name) and is_slot_name(value):
        return zeroed(value)
    if is_state_word(name, value) and masks.shows_words and not masks.lists(name):
        return value
    allowed = any(pattern.fits(name) for pattern in context.allowed)
    if (context.says_masked and not allowed) or masks.lists(name):
        return masks.masks.text(value)
    if allowed or name.lower() not in _READ:
        value = masks.masks.addresses_of(value)
    if context.digits and not allowed:
        return masks.masks.partly([value], lambda texts: _scrubbed(masks, name, texts))[0]
    return masks.masks.shown_attribute(name, value)


def _scrubbed(masks: ValueMasks, name: str, values: list[str]) -> list[str]:
    return [masks.masks.shown_attribute(name, value) for value in values]


def _emptied(_masks: ValueMasks, _name: str, _value: str, _context: Context) -> str:
    return ""


def _state(_masks: ValueMasks, name: str, value: str, _context: Context) -> str:
    return value if value.lower() in {"", "true", "false", name} else "true"


def _url(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    bits = context.bits
    if bits & ICON and context.media_masked:
        return ""
    if bits & USE and name in _USED and _FRAGMENT.fullmatch(value) and not masks.lists(name):
        return f"#{zeroed(value[1:])}"
    keep_path = name == "href" and bits & LINK != 0 and bits & (SHEET | FONT) != 0
    return masks.masks.url(value, keep_path=keep_path, always=context.forced or masks.lists(name))


def _source(masks: ValueMasks, name: str, value: str, context: Context) -> Any:
    if context.bits & SCRIPT:
        return _url(masks, name, value, context)
    if not context.media_masked and not masks.lists(name):
        return value if value[:11] == "data:image/" else masks.masks.url(value, keep_path=True)
    if context.bits & FRAME:
        return BLANK_DOCUMENT
    return REMOVED if name == "rr_dataURL" else placeholder(value)


def _source_set(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    hidden = context.media_masked or masks.policy.mask_urls or masks.lists(name)
    return "" if hidden else masks.masks.shown(value, "meta")


def _style(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    return masks.masks.declarations(value, always=context.forced or masks.lists(name))


def _sheet(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    return masks.masks.sheet(value, always=context.forced or masks.lists(name))


def _value(masks: ValueMasks, name: str, value: str, context: Context) -> str:
    field = context.bits & FIELD
    hidden = masks.lists(name) or (context.input_masked if field else context.says_masked)
    if field and not hidden:
        return masks.masks.read(value, "input")
    if field and context.bits & BUTTON and not masks.lists("type"):
        return masks.masks.text(value)
    if field or ((hidden or context.digits) and context.bits & DRAWN):
        return masks.masks.entered(value, context.bits)
    return _text(masks, name, value, context)


STRINGS: dict[Kind, StringMask] = {
    **{kind: _name if kind.named else _structural for kind in Kind if kind.fits},
    Kind.PAINT: _paint,
    Kind.TEXT: _text,
    Kind.FLAG: _emptied,
    Kind.STATE: _state,
    Kind.URL: _url,
    Kind.SOURCE: _source,
    Kind.SOURCE_SET: _source_set,
    Kind.STYLE: _style,
    Kind.SHEET: _sheet,
    Kind.VALUE: _value,
    Kind.CODE: _emptied,
}


# --- other JSON, by kind --------------------------------------------------------------


def other_json(_masks: ValueMasks, value: Any, _context: Context) -> Any:
    """Keep only that there is a boolean or a number: true or 0. Remove any other value."""
    if isinstance(value, bool):
        return True
    return 0 if isinstance(value, int | float) else REMOVED


def _scalar(_masks: ValueMasks, value: Any, _context: Context) -> Any:
    if not is_number(value):
        return other_json(_masks, value, _context)
    return value if -_LARGEST < value < _LARGEST else 0


def _boolean(_masks: ValueMasks, value: Any, _context: Context) -> Any:
    if isinstance(value, bool):
        return value
    return True if isinstance(value, int | float) else REMOVED


def _style_object(masks: ValueMasks, value: Any, context: Context) -> Any:
    """Mask a change of inline styles, as an object.

    It maps a property to its value, to ``[value, priority]``, or to false if it was removed.
    """
    if not isinstance(value, dict):
        return REMOVED
    always = context.forced or masks.lists("style")
    masked: dict[str, Any] = {}
    for name, entry in value.items():
        kept = (
            _style_entry(masks, name, entry, always=always) if is_property_name(name) else REMOVED
        )
        if kept is not REMOVED:
            masked[masks.masks.property(name, always=always)] = kept
    return masked


def _style_entry(masks: ValueMasks, name: str, entry: Any, *, always: bool) -> Any:
    match entry:
        case str():
            return masks.masks.value(name, entry, always=always)
        case False:
            return False
        case [str() as value, "" | "important" as priority]:
            return [masks.masks.value(name, value, always=always), priority]
        case _:
            return REMOVED


OTHERS: dict[Kind, Callable[[ValueMasks, Any, Context], Any]] = {
    Kind.NUMBER: _scalar,
    Kind.NUMBERS: _scalar,
    Kind.STATE: _boolean,
    Kind.FLAG: _boolean,
    Kind.STYLE: _style_object,
}
