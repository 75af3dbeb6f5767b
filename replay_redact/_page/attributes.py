"""Masking the attributes of one element, in snapshots and in mutations alike.

* Names: published names stay, and so do names that a selector of the policy asks about. An
  attribute with any other name is dropped and counted.
* Values: `_page.attribute_kinds` has one masking function for each kind of attribute. A name
  without a kind is text.

Masking masked attributes again changes nothing, under any policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from replay_redact._allowlists.attribute_names import COMPONENT_NAMES, is_public_name
from replay_redact._allowlists.attributes import ATTRIBUTES, Kind, kind_of
from replay_redact._allowlists.compared import STATE_WORDS, may_be_compared
from replay_redact._allowlists.identifiers import may_be_data, zeroed_words
from replay_redact._css.literals import keep_literals, keep_only
from replay_redact._masks.media import BLOCK_STYLE, PLAYED_STYLE, give_size, placeholder
from replay_redact._page.attribute_kinds import (
    BLANK_DOCUMENT,
    OTHERS,
    REMOVED,
    STRINGS,
    StringMask,
    ValueMasks,
    other_json,
)
from replay_redact._page.masking import Masks
from replay_redact._page.tally import Tally
from replay_redact._page.waiting import CSS_TEXT
from replay_redact._rules.strict import CUSTOM, EMBED, IMAGE, LINK, PLAYED, STYLE, Context, Rules

_PLAIN_NAMES = frozenset(name for name, kind in ATTRIBUTES.items() if kind is Kind.NAME)

# The size of a box depends on these: audio without controls has none, svg may have only a viewBox.
_PLACEHOLDER_NAMES = frozenset(
    "class id width height rr_width rr_height controls viewBox data-rr-is-password".split()
)
DROPPED_NAME = "attribute name"
"""Under this reason a report counts attributes that were dropped because of their names."""
_NONE: frozenset[str] = frozenset()
_PUBLIC = dict.fromkeys(ATTRIBUTES, True)
_MAX_NAMES = 4096
_MAX_KNOWN = 1024  # masked values that are remembered: addresses of menus, roles, styles
_LONGEST_KNOWN = 256


class AttributeMasks:
    """The attribute masks of one policy."""

    def __init__(self, rules: Rules, masks: Masks, tally: Tally) -> None:
        self.rules = rules
        self.tally = tally
        self.policy = rules.policy
        self.masks = masks
        self.values = ValueMasks(masks)
        listed = self.values.listed
        self.plain = _PLAIN_NAMES - listed if listed else _PLAIN_NAMES
        self._texts: set[str] = set()  # names seen so far whose values are just text
        self._asked = rules.asked | self.values.listed  # names in the policy, which is public
        self._public = _PUBLIC.copy()  # names seen so far
        self._kinds: dict[str, Kind | None] = {}  # the same, see `_kind`
        self._masks: dict[str, StringMask] = {}  # of names that need no other test
        self._known: dict[tuple[str, str, Context], str] = {}  # values seen so far, masked

    def is_public(self, name: str) -> bool:
        """Tell whether a name may stay: it is published, or the policy names it."""
        known = self._public.get(name)
        if known is None:
            known = (
                name.lower() in self._asked or is_public_name(name) or self.rules.may_allow(name)
            )
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
        removed = self._mask_values(attributes, attributes.items(), context, compared, owner)
        return self._drop(attributes, removed, context, owner) if removed else 0

    def mask_some(
        self,
        attributes: dict[str, Any],
        names: list[str],
        context: Context,
        compared: dict[str, str],
        owner: Any,
    ) -> int:
        """Do as `mask` does for some of the attributes of an element, and no others."""
        if CSS_TEXT in names:
            self._note_sheet(compared, attributes[CSS_TEXT], context)
        items = [(name, attributes[name]) for name in names]
        removed = self._mask_values(attributes, items, context, compared, owner)
        return self._drop(attributes, removed, context, owner)

    def _drop(
        self, attributes: dict[str, Any], removed: list[str], context: Context, owner: Any
    ) -> int:
        """Drop attributes; return how many of them because of their names."""
        for name in removed:
            self._note_change((owner, name, attributes.pop(name), context), REMOVED, None)
        return sum(not self.is_public(name) for name in removed)

    def _mask_values(
        self,
        attributes: dict[str, Any],
        items: Iterable[tuple[str, Any]],
        context: Context,
        compared: dict[str, str] | None,
        owner: Any,
    ) -> list[str]:
        """Mask these values in place; return the names of attributes that have to go."""
        plain, known, note = self.plain, self._known, self._note_change
        texts = self._texts if context.says_masked else _NONE
        removed = []
        for name, value in items:
            if type(value) is not str:
                masked = self.mask_one(name, value, context)
            elif name in plain and (not may_be_data(value) or zeroed_words(value) == value):
                continue
            elif name in texts:
                masked = self.masks.text(value)
            else:
                masked = known.get((name, value, context))
                if masked is None:
                    masked = self._learn(name, value, context)
            if masked is REMOVED:
                removed.append(name)
            elif masked is not value:
                attributes[name] = masked
                if masked != value:
                    note((owner, name, value, context), masked, compared)
        if context.bits & IMAGE:
            give_size(attributes)
        return removed

    def _note_change(
        self, change: tuple[Any, str, Any, Context], masked: Any, compared: dict[str, str] | None
    ) -> None:
        """Note a value that a mask changed: it counts, and may hold words that become public."""
        owner, name, value, _ = change
        if owner is not None:
            (self.tally.object if type(masked) is dict else self.tally.attribute)(change)
        if compared is not None and type(value) is str and self.may_hold_words(name):
            compared[name] = value

    def _note_sheet(self, compared: dict[str, str], css: Any, context: Context) -> None:
        """Note the text of a style sheet, if its element is one that can have it."""
        if type(css) is str and context.bits & (STYLE | LINK):
            compared[CSS_TEXT] = css

    def may_hold_words(self, name: str) -> bool:
        """Tell whether an attribute may hold words that style sheets make public."""
        return self.values.shows_words and may_be_compared(name) and not self.values.lists(name)

    def mask_counted(
        self, attributes: dict[str, Any], context: Context, owner: Any = None
    ) -> dict[str, str]:
        """Mask attributes in place, and count those dropped because of their names.

        Return the values that style sheets may compare.
        """
        compared: dict[str, str] = {}
        self.count_dropped(self.mask(attributes, context, compared, owner))
        return compared

    def count_dropped(self, dropped: int) -> None:
        """Count attributes that were dropped because of their names."""
        if dropped:
            self.tally.report.dropped[DROPPED_NAME] += dropped

    def _learn(self, name: str, value: str, context: Context) -> Any:
        """Mask a string and remember the result for this decision, if it is short."""
        mask = self._masks.get(name)
        if mask is None:
            masked = self.mask_one(name, value, context)
        else:
            masked = mask(self.values, name, value, context)
        if masked is not REMOVED and len(value) <= _LONGEST_KNOWN:
            if len(self._known) >= _MAX_KNOWN:
                self._known.clear()
            self._known[name, value, context] = masked
        return masked

    def mask_one(self, name: str, value: Any, context: Context) -> Any:
        """Mask one attribute value. ``None`` stays: it means that there is no value."""
        if not (self.is_public(name) or (context.bits & CUSTOM and name in COMPONENT_NAMES)):
            return REMOVED
        if type(value) is str:
            return self._string(name, value, context)
        if value is None:
            return None
        kind = self._kind(name)
        return (
            REMOVED if kind is None else OTHERS.get(kind, other_json)(self.values, value, context)
        )

    def _kind(self, name: str) -> Kind | None:
        """Return the kind by which values are masked, or ``None`` if they have to be removed."""
        if name in self._kinds:
            return self._kinds[name]
        kind = self._kind_of(name)
        if len(self._kinds) < _MAX_NAMES:
            self._kinds[name] = kind
            self._note_kind(name, kind)
        return kind

    def _note_kind(self, name: str, kind: Kind | None) -> None:
        """Note what strings of this name need, if that is the same for all."""
        if kind is None or not self.is_public(name):
            return
        if kind is Kind.TEXT and not self._has_words(name):
            self._texts.add(name)
        if not self.rules.literals.get(name):
            self._masks[name] = STRINGS[kind]

    def _kind_of(self, name: str) -> Kind | None:
        kind, listed = kind_of(name), self.values.lists(name)
        if kind is Kind.STATE and (self.policy.hide_state or listed):
            return None
        return Kind.TEXT if kind.fits and listed else kind

    def _has_words(self, name: str) -> bool:
        """Tell whether there are words that stay in an attribute that is text."""
        listed = name == "name" or name in STATE_WORDS or name in COMPONENT_NAMES
        return listed or self.rules.may_allow(name) or bool(self.rules.literals.get(name))

    def kind_if_alone(self, name: str) -> Kind | None:
        """Return the kind of a name, if nothing else decides how its strings are masked."""
        if name in self.plain:
            return Kind.NAME  # the policy's own words are looked at only if a name is changed
        named = self.rules.may_allow(name) or self.rules.literals.get(name)
        if named or self.values.lists(name) or not self.is_public(name):
            return None
        return self._kind(name)

    def _string(self, name: str, value: str, context: Context) -> Any:
        kind = self._kind(name)
        masked = REMOVED if kind is None else STRINGS[kind](self.values, name, value, context)
        literals = self.rules.literals.get(name)
        if not literals or masked is REMOVED:
            return masked
        if self.policy.hide_length and masked != value and kind is not Kind.NAME:
            return keep_only(value, masked, literals, self.masks.hidden)
        return keep_literals(value, masked, literals, self.masks.text)

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
            kept["src"] = BLANK_DOCUMENT
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
