"""The masks that one policy asks for.

Every caller masks through `Masks`, so that no channel forgets an option of the policy. The masks
in `_masks` and `_css` keep lengths. If the policy hides lengths, `Masks` shortens their output:
every run of asterisks becomes three. Shortening twice changes nothing more. If the policy has a
sign of its own, `Masks` puts it in the place of asterisks.
"""

from __future__ import annotations

import contextlib
import re
import weakref
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from replay_redact._css.policy_selectors import Atom
from replay_redact._css.sheets import mask_declarations, mask_sheet, mask_value
from replay_redact._css.values import CROSS, mask_property
from replay_redact._masks.as_read import hide_as_read
from replay_redact._masks.media import gray_layer
from replay_redact._masks.page_urls import NamingAddresses, PageUrls
from replay_redact._masks.public_paths import read_public_paths
from replay_redact._masks.text import MASK, is_blank, mask_digits, mask_input, mask_text, mask_texts
from replay_redact._masks.urls import Addresses
from replay_redact._rules.strict import DRAWN, FIELD, Context
from replay_redact.policy import Policy, TextPlace
from replay_redact.policy.functions import Masking, masking
from replay_redact.report import Report
from replay_redact.scrub.config import Scrub

if TYPE_CHECKING:
    from replay_redact.scrub.scanner import Scanner

HIDDEN = "***"
"""Replaces any masked text if the policy hides lengths."""

IN_TEXT = TextPlace("", (), "text")
"""The place of a text of which the recording does not tell the element."""
IN_PAYLOAD = TextPlace("", (), "metadata")
"""The place of a string in a payload that copies nothing from an element."""

NEUTRAL_COLOR = "#808080"
"""Replaces the value of a field for a color: browsers draw asterisks as black."""
NEUTRAL_SHARE = "0.5"
"""Replaces the value of ``meter`` and ``progress``: browsers draw asterisks as empty bars."""

_RUN = re.compile(r"\*+")
_DIGIT = "0"  # all digits become this one first
_DIGIT_RUN = re.compile(f"{_DIGIT}+")
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


def masked_by(function: Masking, text: str, place: TextPlace, dropped: Counter[str]) -> str | None:
    """Mask with the function of the policy. If that fails, count it and return ``None``."""
    try:
        masked = function(text, place)
    except Exception:  # noqa: BLE001 - a callback may raise anything
        dropped["mask_fn raised"] += 1
        return None
    with contextlib.suppress(TypeError, UnicodeEncodeError):
        return str.encode(masked).decode()  # no subclass, no lone surrogates
    dropped["mask_fn did not return a string"] += 1
    return None


def _with_sign(mask: Callable[[str], str], sign: str) -> Callable[[str], str]:
    """Return a mask that puts another sign in the place of asterisks."""
    return mask if sign == MASK else lambda text: mask(text).replace(MASK, sign)


def _as_it_is(masked: str) -> str:
    return masked


class Masks:
    """The masks of one policy.

    ``text`` masks a text, ``input`` a form value, ``metadata`` a string of a payload. ``sign``
    stands in the place of a masked character, ``hidden`` in that of a whole text if the policy
    hides lengths.
    """

    def __init__(self, policy: Policy, report: Report | None = None) -> None:
        self.policy = policy
        self.sign = policy.mask_char
        self.hidden = HIDDEN.replace(MASK, self.sign)
        self._dropped = Counter[str]() if report is None else report.dropped
        self._function = masking(policy.mask_fn)
        self._masks_types = "type" in map(str.lower, policy.mask_attributes)
        hide = policy.hide_length
        self.text = _with_sign(hidden_text if hide else mask_text, self.sign)
        self.input = _with_sign(hidden_input if hide else mask_input, self.sign)
        self.metadata = self.text if self._function is None else self._metadata
        self._hide_runs = hide_runs if hide else _as_it_is
        self._hide_css = hide_css if hide else _as_it_is
        self._scrub = cast("Scrub", policy.scrub)  # a policy turns a table into a `Scrub`
        self._scans = bool(self._scrub.rules) and policy.rules == "strict"
        own = weakref.proxy(self)  # no circle, which only the garbage collector would free

        def shown(value: str) -> str:
            masked: str = own.shown(value, "meta")
            return masked

        self._addresses = Addresses(
            read_public_paths(policy.public_paths),
            policy.mask_hosts,
            policy.app_schemes,
            shown=shown,
        )
        self._own_hosts = self._addresses
        self._shown_address: Callable[[str], str] = shown

    @contextlib.contextmanager
    def naming(self, urls: PageUrls, page: int) -> Iterator[None]:
        """Within this block, addresses go on telling which page they are of.

        Those of the page with this number keep what its ``url`` spells out. If scrubbing an address
        would make it one of another page, it is masked instead.
        """
        outer, shown = self._addresses, self._shown_address
        self._addresses = NamingAddresses(outer, urls, page) if page < urls.base else outer
        mask = self._addresses.mask

        def still_told(address: str) -> str:
            scrubbed = shown(address)
            return scrubbed if urls.are_alike(address, scrubbed) else mask(address)

        self._shown_address = still_told
        try:
            yield
        finally:
            self._addresses, self._shown_address = outer, shown

    def entered(self, text: str, bits: int) -> str:
        """Mask what a form field or a bar holds; ``bits`` are the facts of the element."""
        if text.strip(self.sign) and bits & DRAWN:  # a mask stays: the field was not known
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

    @cached_property
    def _finder(self) -> Scanner:
        """The scanner that puts asterisks in the place of every secret."""
        from replay_redact.scrub.scanner import scanner_of  # noqa: PLC0415 - loads RE2

        rules = [
            rule if rule.method == "keep" else replace(rule, method="mask", text=None)
            for rule in self._scrub.rules
        ]
        return scanner_of(replace(self._scrub, rules=rules))

    def starred(self, texts: list[str], *place: str) -> list[str]:
        """Put asterisks in the place of secrets in texts of the page, to tell where they are."""
        return self._finder.strings(texts, place or ("text",)) if self._scans else texts

    def shown(self, text: str, *place: str) -> str:
        """Scrub a string that the policy shows. Scrub rules with ``where`` compare ``place``."""
        return self.scanner.string(text, place) if self._scans and text else text

    def read(self, text: str, *place: str) -> str:
        """Scrub a string that the page shows to a reader, who sees white space as one blank."""
        return self._as_read([self.shown(text, *place)], *place)[0] if self._scans else text

    def _as_read(self, scanned: list[str], *place: str) -> list[str]:
        return hide_as_read(scanned, lambda lines: self.starred(lines, *place), self.text)

    def shown_attribute(self, name: str, value: str) -> str:
        """Scrub an attribute that the policy shows. Its name may tell that it is secret."""
        if not (self._scans and value):
            return value
        place = ("attribute", name)
        return self._as_read([self.scanner.value(value, place, key=name)], *place)[0]

    def partly(self, texts: list[str], scan: Callable[[list[str]], list[str]]) -> list[str]:
        """Scrub texts, and mask their digits. One that has a secret without them is masked."""
        masked = list(map(self._digits, scan(texts)))
        scanned = scan(masked)
        return [
            text if text == again else self.text(text)
            for text, again in zip(masked, scanned, strict=True)
        ]

    def _digits(self, text: str) -> str:
        if not self.policy.hide_length:
            return mask_digits(text, self.sign)
        return _DIGIT_RUN.sub(self.hidden, mask_digits(text, _DIGIT))

    def shown_text(self, text: str, context: Context) -> str:
        """Scrub a text of the page, and mask its digits if the decision says so."""
        return (
            self.partly([text], self.shown_texts)[0] if context.digits else self.read(text, "text")
        )

    def shown_texts(self, texts: list[str]) -> list[str]:
        """Scrub many texts of the page, each also as it is read."""
        return self._as_read(self.scanner.strings(texts, ("text",))) if self._scans else texts

    def texts(self, texts: list[str]) -> list[str]:
        """Mask many texts."""
        if self.policy.hide_length:
            return list(map(self.text, texts))
        masked = mask_texts(texts)
        if self.sign == MASK:
            return masked
        return [text.replace(MASK, self.sign) for text in masked]

    def placed(self, text: str, place: TextPlace) -> str:
        """Mask a text with the function of the policy, or as ever if that fails."""
        assert self._function is not None  # of a policy that has one
        if is_blank(text):
            return text
        own = masked_by(self._function, text, place, self._dropped)
        return self.text(text) if own is None else own

    def _metadata(self, text: str) -> str:
        return self.placed(text, IN_PAYLOAD)

    def url(self, address: str, *, keep_path: bool = False, always: bool = False) -> str:
        """Mask an address if the policy masks addresses (or ``always``); else scrub it.

        The hosts that the policy names are masked in any case.
        """
        if not (self.policy.mask_urls or always):
            return address if address.startswith("data:") else self._shown_url(address)
        return self._hide_runs(self._addresses.mask(address, keep_path=keep_path))

    def _shown_url(self, address: str) -> str:
        return self._own_hosts.shown(self._shown_address(address), self._hide_runs)

    def addresses_in(self, text: str) -> str:
        """Mask the addresses that stand in a text, if the policy masks addresses, and hosts."""
        if self.policy.mask_urls:
            text = self._hide_runs(self._addresses.mask_in(text))
        return self._own_hosts.hosts_in_text(text, self._hide_runs)

    def addresses_of(self, value: str) -> str:
        """Mask a value that is an address, or those in it, as far as the policy masks addresses."""
        if self.policy.mask_urls:
            value = self._hide_runs(self._addresses.mask_value(value))
        return self._own_hosts.hosts_in_text(value, self._hide_runs)

    def host(self, text: str) -> str:
        """Mask a host that stands alone, if the policy names it."""
        return self._hide_runs(self._own_hosts.host(text))

    def masks_host_of(self, address: str) -> bool:
        """Tell whether the policy masks the host of an address."""
        return self._own_hosts.masks_host_of(address)

    def _masked_css(self, css: str) -> str:
        return self._hide_css(self._own_hosts.hosts_in(css, self._hide_runs))

    def sheet(self, css: str, *, always: bool = False, public: Container[Atom] = ()) -> str:
        """Mask a style sheet if the policy masks CSS (or ``always``); ``public`` words stay."""
        masked = self.policy.mask_css or always
        return self._masked_css(mask_sheet(css, public)) if masked else self._shown_css(css)

    def declarations(self, css: str, *, always: bool = False) -> str:
        """Mask the declarations of a style attribute if the policy masks CSS (or ``always``)."""
        masked = self.policy.mask_css or always
        return self._masked_css(mask_declarations(css)) if masked else self._shown_css(css)

    def property(self, name: str, *, always: bool = False) -> str:
        """Mask the name of a property if the policy masks CSS (or ``always``)."""
        masked = self.policy.mask_css or always
        return self._hide_css(mask_property(name)) if masked else name

    def value(self, name: str, value: str, *, always: bool = False) -> str:
        """Mask the value of a property if the policy masks CSS (or ``always``)."""
        masked = self.policy.mask_css or always
        return self._masked_css(mask_value(name, value)) if masked else self._shown_css(value)

    def _shown_css(self, css: str) -> str:
        return self._own_hosts.hosts_in(css, self._hide_runs)
