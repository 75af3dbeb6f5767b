"""Masking the attributes of one element, in snapshots and in mutations alike.

* Names: published names stay, and so do names that a selector of the policy asks about. An
  attribute with any other name is dropped and counted.
* Values: `_allowlists.attributes` gives each name a kind, and each kind has one masking function
  here. A value stays if it passes the test of its kind, or if the region is unmasked. A name
  without a kind is text.
* Values of an unexpected type: a boolean becomes true, a number becomes 0, an object or a list is
  removed.

Masking masked attributes again changes nothing, under any policy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from replay_redact._allowlists.attribute_names import COMPONENT_NAMES, is_public_name
from replay_redact._allowlists.attributes import ATTRIBUTES, Kind, kind_of
from replay_redact._allowlists.compared import STATE_WORDS, is_state_word, may_be_compared
from replay_redact._allowlists.forms import paint_reference
from replay_redact._allowlists.identifiers import zeroed, zeroed_words
from replay_redact._allowlists.references import is_slot_name
from replay_redact._masks.media import BLOCK_STYLE, PLAYED_STYLE, give_size, placeholder
from replay_redact._page.literals import keep_literals, keep_only
from replay_redact._page.masking import Masks
from replay_redact._page.tally import Tally
from replay_redact._page.values import REMOVED, mask_value
from replay_redact._page.waiting import CSS_TEXT
from replay_redact._rules.strict import (
    BUTTON,
    CUSTOM,
    DRAWN,
    EMBED,
    FIELD,
    FONT,
    FRAME,
    ICON,
    IMAGE,
    LINK,
    PLAYED,
    SCRIPT,
    SHEET,
    SLOT,
    STYLE,
    USE,
    Context,
    Rules,
)

_PLAIN_NAMES = frozenset(name for name, kind in ATTRIBUTES.items() if kind is Kind.NAME)
KEPT: Any = object()
"""Stands in the cache for a value that stays as it is, to save a second copy."""

# The size of a box depends on these: audio without controls has none, svg may have only a viewBox.
_PLACEHOLDER_NAMES = frozenset(
    "class id width height rr_width rr_height controls viewBox data-rr-is-password".split()
)
_FRAGMENT = re.compile(r"#[\w-]{1,200}")
DROPPED_NAME = "attribute name"
"""Under this reason a report counts attributes that were dropped because of their names."""
_USED = frozenset({"href", "xlink:href"})
_MAX_NAMES = 4096
_BLANK_DOCUMENT = "about:blank"


def _ignore(_note: object) -> None:
    """Take a note of what does not count."""


class AttributeMasks:
    """The attribute masks of one policy."""

    def __init__(self, rules: Rules, masks: Masks, tally: Tally) -> None:
        self.rules = rules
        self.tally = tally
        self.policy = rules.policy
        self.masks = masks
        self._listed = frozenset(name.lower() for name in self.policy.mask_attributes)
        self.plain = _PLAIN_NAMES - self._listed
        self._texts: set[str] = set()  # names seen so far whose values are just text
        self._asked = rules.names | self._listed  # names in the policy, which is public
        self._public: dict[str, bool] = dict.fromkeys(ATTRIBUTES, True)  # names seen so far
        self.shows_words = not self.policy.hide_state

    def lists(self, name: str) -> bool:
        """Tell whether ``mask_attributes`` names an attribute, in any letter case."""
        return name.lower() in self._listed

    def is_public(self, name: str) -> bool:
        """Tell whether a name may stay: it is published, or the policy names it."""
        known = self._public.get(name)
        if known is None:
            known = name.lower() in self._asked or is_public_name(name)
            if len(self._public) < _MAX_NAMES:
                self._public[name] = known
        return known

    def mask(
        self,
        attributes: dict[str, Any],
        context: Context,
        compared: dict[str, str] | None = None,
        owner: Any = None,
    ) -> int:
        """Mask attributes in place; return how many were dropped because of their names.

        ``compared`` collects the values that style sheets may compare, and style sheets.
        ``owner`` is the element or the change that has the attributes, if what is changed counts.
        """
        if compared is not None and CSS_TEXT in attributes:
            self._note_sheet(compared, attributes[CSS_TEXT], context)
        removed = self._mask_values(attributes, context, compared, owner)
        return self._drop(attributes, removed) if removed else 0

    def _mask_values(
        self,
        attributes: dict[str, Any],
        context: Context,
        compared: dict[str, str] | None,
        owner: Any,
    ) -> list[str]:
        """Mask values in place; return the names of attributes that have to go."""
        plain, found = self.plain, context.attributes.found.get
        note = self.tally.attribute if owner is not None else _ignore
        texts = self._texts if context.says_masked else ()
        removed = []
        for item in attributes.items():
            name, value = item
            if type(value) is not str:  # often not hashable, so not in the cache
                if self._mask_other(attributes, name, context, owner) is REMOVED:
                    removed.append(name)
                continue
            if name in plain and zeroed_words(value) == value:
                continue
            masked: Any = self.masks.text(value) if name in texts else found(item)
            if masked is None:
                masked = self._learn(name, value, context)
            if masked is KEPT or masked == value:
                continue
            note((owner, name, value, context))
            if masked is REMOVED:
                removed.append(name)
                continue
            attributes[name] = masked
            if compared is not None and self.may_hold_words(name):
                compared[name] = value
        if context.bits & IMAGE:
            give_size(attributes)
        return removed

    def _drop(self, attributes: dict[str, Any], names: list[str]) -> int:
        for name in names:
            del attributes[name]
        return sum(not self.is_public(name) for name in names)

    def _note_sheet(self, compared: dict[str, str], css: Any, context: Context) -> None:
        """Note the text of a style sheet, if its element is one that can have it."""
        if type(css) is str and context.bits & (STYLE | LINK):
            compared[CSS_TEXT] = css

    def may_hold_words(self, name: str) -> bool:
        """Tell whether an attribute may hold words that style sheets make public."""
        return self.shows_words and may_be_compared(name) and not self.lists(name)

    def mask_counted(
        self, attributes: dict[str, Any], context: Context, owner: Any = None
    ) -> dict[str, str]:
        """Mask attributes in place, and count those dropped because of their names.

        Return the values that style sheets may compare.
        """
        compared: dict[str, str] = {}
        self.count_dropped(self.mask(attributes, context, compared, owner))
        return compared

    def _mask_other(
        self, attributes: dict[str, Any], name: str, context: Context, owner: Any
    ) -> Any:
        """Mask a value that is no string in place, unless it has to go; return what it is now."""
        value = attributes[name]
        masked = self.mask_one(name, value, context)
        if owner is not None and (masked is REMOVED or masked != value):
            note = self.tally.object if type(masked) is dict else self.tally.attribute
            note((owner, name, value, context))
        if masked is not REMOVED:
            attributes[name] = masked
        return masked

    def count_dropped(self, dropped: int) -> None:
        """Count attributes that were dropped because of their names."""
        if dropped:
            self.tally.report.dropped[DROPPED_NAME] += dropped

    def _learn(self, name: str, value: str, context: Context) -> Any:
        """Mask a string, and remember for this decision what becomes of it."""
        masked = self.mask_one(name, value, context)
        if masked is REMOVED:
            return REMOVED
        result = KEPT if masked == value else masked
        context.attributes.put((name, value), result, len(name) + len(value) + len(masked))
        return result

    def mask_one(self, name: str, value: Any, context: Context) -> Any:
        """Mask one attribute value. ``None`` stays: it means that there is no value."""
        if not (self.is_public(name) or (context.bits & CUSTOM and name in COMPONENT_NAMES)):
            return REMOVED
        if value is None:
            return None
        kind = kind_of(name)
        if kind.fits and self.lists(name):
            kind = Kind.TEXT
        if kind is Kind.STATE and (self.policy.hide_state or self.lists(name)):
            return REMOVED
        if type(value) is str:
            masked = _STRINGS[kind](self, name, value, context)
            literals = self.rules.literals.get(name)
            if not literals or masked is REMOVED:
                known = name == "name" or name in STATE_WORDS or name in COMPONENT_NAMES
                if kind is Kind.TEXT and not known and len(self._texts) < _MAX_NAMES:
                    self._texts.add(name)
                return masked
            hide = self.policy.hide_length and masked != value and kind is not Kind.NAME
            return (keep_only if hide else keep_literals)(value, masked, literals)
        always = context.forced or self.lists(name)
        return mask_value(self.masks, kind, value, always=always)

    def blocked(self, tag: str, attributes: dict[str, Any], context: Context) -> dict[str, Any]:
        """Return the attributes of the gray box that replaces a blocked element.

        The tag decides on the kind of box: of some blocked nodes, the mirror knows only the ids.
        """
        bits = context.bits | self.rules.facts(tag, {})
        kept = {name: value for name, value in attributes.items() if name in _PLACEHOLDER_NAMES}
        self.mask(kept, context)
        style = attributes.get("style")
        kept["style"] = self._blocked_style(style if isinstance(style, str) else "", bits)
        if bits & IMAGE:
            source = attributes.get("src")
            kept["src"] = placeholder(source if isinstance(source, str) else "")
        if bits & EMBED:
            kept["src"] = _BLANK_DOCUMENT
        return kept

    def blocked_change(self, attributes: dict[str, Any], context: Context) -> dict[str, Any]:
        """Return the part of an attribute change that concerns the box of a blocked element."""
        kept = {name: value for name, value in attributes.items() if name in _PLACEHOLDER_NAMES}
        self.mask(kept, context)
        style = attributes.get("style")
        if isinstance(style, str):
            kept["style"] = self._blocked_style(style, context.bits)
        return kept

    def _blocked_style(self, style: str, bits: int) -> str:
        gray = PLAYED_STYLE if bits & PLAYED else BLOCK_STYLE
        own = style.removesuffix(gray).rstrip(" ;")
        masked = self.masks.declarations(own, always=True).rstrip(" ;")
        return f"{masked}; {gray}" if masked else gray


# --- strings, by kind -----------------------------------------------------------------


def _structural(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    kind = kind_of(name)
    fits = kind.fits is not None and kind.fits(value)
    return value if fits else _text(masks, name, value, context)


def _name(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    """Keep identifiers and references to them, with zeros in place of long numbers."""
    kept = _structural(masks, name, value, context)
    return zeroed_words(kept) if kept == value else kept


def _paint(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    """Keep what a drawing is painted with, or clipped by, but for long numbers of an id."""
    found = paint_reference(value)
    if found is None:
        return _structural(masks, name, value, context)
    return f"url(#{zeroed(found[0])}){found[1]}"


def _text(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    if name == "name" and context.bits & SLOT and not masks.lists(name) and is_slot_name(value):
        return zeroed(value)
    if is_state_word(name, value) and masks.shows_words and not masks.lists(name):
        return value
    if context.says_masked or masks.lists(name):
        return masks.masks.text(value)
    return masks.masks.shown_attribute(name, value)


def _flag(_masks: AttributeMasks, _name: str, _value: str, _context: Context) -> str:
    return ""


def _state(_masks: AttributeMasks, name: str, value: str, _context: Context) -> str:
    return value if value.lower() in {"", "true", "false", name} else "true"


def _url(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    if context.bits & ICON and context.media_masked:
        return ""
    bits = context.bits
    if bits & USE and name in _USED and _FRAGMENT.fullmatch(value) and not masks.lists(name):
        return f"#{zeroed(value[1:])}"
    keep_path = name == "href" and bits & LINK != 0 and bits & (SHEET | FONT) != 0
    return masks.masks.url(value, keep_path=keep_path, always=context.forced or masks.lists(name))


def _source(masks: AttributeMasks, name: str, value: str, context: Context) -> Any:
    if context.bits & SCRIPT:
        return _url(masks, name, value, context)
    if not context.media_masked and not masks.lists(name):
        return value if value[:11] == "data:image/" else masks.masks.url(value, keep_path=True)
    if context.bits & FRAME:
        return _BLANK_DOCUMENT
    return REMOVED if name == "rr_dataURL" else placeholder(value)


def _source_set(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    hidden = context.media_masked or masks.policy.mask_urls or masks.lists(name)
    return "" if hidden else masks.masks.shown(value, "meta")


def _style(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    return masks.masks.declarations(value, always=context.forced or masks.lists(name))


def _sheet(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    return masks.masks.sheet(value, always=context.forced or masks.lists(name))


def _value(masks: AttributeMasks, name: str, value: str, context: Context) -> str:
    field = context.bits & FIELD
    hidden = masks.lists(name) or (context.input_masked if field else context.says_masked)
    if field and not hidden:
        return masks.masks.shown(value, "input")
    if field and context.bits & BUTTON and not masks.lists("type"):
        return masks.masks.text(value)
    if field or (hidden and context.bits & DRAWN):
        return masks.masks.entered(value, context.bits)
    return _text(masks, name, value, context)


def _code(_masks: AttributeMasks, _name: str, _value: str, _context: Context) -> str:
    return ""


_STRINGS: dict[Kind, Callable[[AttributeMasks, str, str, Context], Any]] = {
    **{kind: _name if kind.named else _structural for kind in Kind if kind.fits},
    Kind.PAINT: _paint,
    Kind.TEXT: _text,
    Kind.FLAG: _flag,
    Kind.STATE: _state,
    Kind.URL: _url,
    Kind.SOURCE: _source,
    Kind.SOURCE_SET: _source_set,
    Kind.STYLE: _style,
    Kind.SHEET: _sheet,
    Kind.VALUE: _value,
    Kind.CODE: _code,
}
