"""The masks that one policy asks for.

Every caller masks through `Masks`, so that no channel forgets an option of the policy. The masks
in `_masks` and `_css` keep lengths. If the policy hides lengths, `Masks` shortens their output:
every run of asterisks becomes three. Shortening twice changes nothing more.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Container
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from replay_redact._css.policy_selectors import Atom
from replay_redact._css.sheets import mask_declarations, mask_sheet, mask_value
from replay_redact._css.values import CROSS, mask_property
from replay_redact._masks.media import gray_layer
from replay_redact._masks.public_paths import read_public_paths
from replay_redact._masks.text import mask_input, mask_text, mask_texts
from replay_redact._masks.urls import Addresses
from replay_redact._rules.strict import DRAWN, FIELD
from replay_redact.policy import Policy
from replay_redact.scrub.config import Scrub

if TYPE_CHECKING:
    from replay_redact.scrub.scanner import Scanner

HIDDEN = "***"
"""Replaces any masked text if the policy hides lengths."""

NEUTRAL_COLOR = "#808080"
"""Replaces the value of a field for a color: browsers draw asterisks as black."""
NEUTRAL_SHARE = "0.5"
"""Replaces the value of ``meter`` and ``progress``: browsers draw asterisks as empty bars."""

_RUN = re.compile(r"\*+")
_STRING = re.compile(r"(?<!syntax:)(?<!syntax: )([\"'])[*\s]*\*[*\s]*\1")  # there, * is a type
_WORD = re.compile(f"{CROSS}+")
_PICTURE = re.compile(r'(?<=")data:image/svg\+xml,[^"]*')


def hidden_text(text: str) -> str:
    """Mask text and hide its length. Blank text stays: it is layout and says nothing.

    >>> hidden_text("Jane Roe"), hidden_text("  ")
    ('***', '  ')
    """
    return HIDDEN if "*" in mask_text(text) else text


def hidden_input(text: str) -> str:
    """Mask a form value and hide its length. An empty one stays empty.

    >>> hidden_input("secret"), hidden_input("")
    ('***', '')
    """
    return HIDDEN if text else text


def hide_runs(masked: str) -> str:
    """Shorten the runs of asterisks in a masked address.

    >>> hide_runs("https://shop.example/*****/**?q=*******")
    'https://shop.example/***/***?q=***'
    """
    return _RUN.sub(HIDDEN, masked)


def hide_css(masked: str) -> str:
    """Shorten the masked strings and words in masked CSS; icons, whose paths have lengths, go gray.

    >>> hide_css('p::after { content: "**** ***" }')
    'p::after { content: "***" }'
    """
    masked = _PICTURE.sub(lambda picture: gray_layer(picture[0], fills=True), masked)
    masked = _STRING.sub(rf"\g<1>{HIDDEN}\g<1>", masked)
    return _WORD.sub(CROSS * 3, masked)


def masked_by(mask_fn: Callable[[str], Any], text: str, dropped: Counter[str]) -> str | None:
    """Mask with the function of the policy. If that fails, count it and return ``None``."""
    try:
        masked = mask_fn(text)
    except Exception:  # noqa: BLE001 - a callback may raise anything
        dropped["mask_fn raised"] += 1
        return None
    with contextlib.suppress(TypeError, UnicodeEncodeError):
        return str.encode(masked).decode()  # no subclass, no lone surrogates
    dropped["mask_fn did not return a string"] += 1
    return None


def _as_it_is(masked: str) -> str:
    return masked


class Masks:
    """The masks of one policy."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._masks_types = "type" in map(str.lower, policy.mask_attributes)
        hide = policy.hide_length
        self.text: Callable[[str], str] = hidden_text if hide else mask_text
        self.input: Callable[[str], str] = hidden_input if hide else mask_input
        self._hide_runs = hide_runs if hide else _as_it_is
        self._hide_css = hide_css if hide else _as_it_is
        self._scrub = cast("Scrub", policy.scrub)  # a policy turns a table into a `Scrub`
        self._scans = bool(self._scrub.rules) and policy.rules == "strict"
        self._addresses = Addresses(
            read_public_paths(policy.public_paths),
            policy.mask_hosts,
            policy.app_schemes,
            shown=lambda value: self.shown(value, "meta"),
        )

    def entered(self, text: str, bits: int) -> str:
        """Mask what a form field or a bar holds; ``bits`` are the facts of the element."""
        if text.strip("*") and bits & DRAWN:  # asterisks stay: it was masked as a field unknown
            if not bits & FIELD:
                return NEUTRAL_SHARE
            if not self._masks_types:
                return NEUTRAL_COLOR
        return self.input(text)

    @cached_property
    def scanner(self) -> Scanner:
        """The scanner for strings that the policy shows. It is made when the first is shown."""
        from replay_redact.scrub.scanner import scanner_of  # noqa: PLC0415 - loads RE2

        return scanner_of(self._scrub)

    def shown(self, text: str, *place: str) -> str:
        """Scrub a text that the policy shows. Scrub rules with ``where`` compare ``place``."""
        return self.scanner.string(text, place) if self._scans and text else text

    def shown_attribute(self, name: str, value: str) -> str:
        """Scrub an attribute that the policy shows. Its name may tell that it is secret."""
        if not (self._scans and value):
            return value
        scanned: str = self.scanner.value(value, ("attribute", name), key=name)
        return scanned

    def shown_texts(self, texts: list[str]) -> list[str]:
        """Scrub many texts of the page."""
        return self.scanner.strings(texts, ("text",)) if self._scans else texts

    def texts(self, texts: list[str]) -> list[str]:
        """Mask many texts."""
        return list(map(hidden_text, texts)) if self.policy.hide_length else mask_texts(texts)

    def url(self, address: str, *, keep_path: bool = False, always: bool = False) -> str:
        """Mask an address if the policy masks addresses (or ``always``); else scrub it."""
        if not (self.policy.mask_urls or always):
            return address if address.startswith("data:") else self.shown(address, "meta")
        return self._hide_runs(self._addresses.mask(address, keep_path=keep_path))

    def addresses_in(self, text: str) -> str:
        """Mask the addresses that stand in a text, if the policy masks addresses."""
        if not self.policy.mask_urls:
            return text
        return self._hide_runs(self._addresses.mask_in(text))

    def sheet(self, css: str, *, always: bool = False, public: Container[Atom] = ()) -> str:
        """Mask a style sheet if the policy masks CSS (or ``always``); ``public`` words stay."""
        masked = self.policy.mask_css or always
        return self._hide_css(mask_sheet(css, public)) if masked else css

    def declarations(self, css: str, *, always: bool = False) -> str:
        """Mask the declarations of a style attribute if the policy masks CSS (or ``always``)."""
        if not (self.policy.mask_css or always):
            return css
        return self._hide_css(mask_declarations(css))

    def property(self, name: str, *, always: bool = False) -> str:
        """Mask the name of a property if the policy masks CSS (or ``always``)."""
        masked = self.policy.mask_css or always
        return self._hide_css(mask_property(name)) if masked else name

    def value(self, name: str, value: str, *, always: bool = False) -> str:
        """Mask the value of a property if the policy masks CSS (or ``always``)."""
        masked = self.policy.mask_css or always
        return self._hide_css(mask_value(name, value)) if masked else value
