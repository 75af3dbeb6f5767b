"""Masking values of CSS declarations: layout stays; text, images and addresses do not.

* In known properties, words, names and colors are layout. Only strings, addresses and long numbers
  are masked.
* Custom and unknown properties can say anything. Only words, functions and units that CSS defines,
  colors and short numbers stay.
* A custom property in the style of one element holds data of that element, so its bare numbers
  become 1, but for those of a whole color.

A masked token is a token of the same type. Masking twice gives the same as masking once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from replay_redact._allowlists.attributes import is_structural
from replay_redact._allowlists.css_properties import CSS_PROPERTIES
from replay_redact._allowlists.css_words import (
    CSS_FUNCTIONS,
    CSS_KEYWORDS,
    CSS_UNITS,
    SYNTAX_TYPES,
)
from replay_redact._allowlists.identifiers import zeroed, zeroed_words
from replay_redact._css.colors import color_numbers
from replay_redact._css.fonts import font_names
from replay_redact._css.numbers import (
    MOST_DIGITS,
    are_color_parts,
    digits_of,
    layout_number,
    number_and_unit,
    short_number,
    zeros,
)
from replay_redact._css.tokens import BLANK, Token, identifier, quoted, string_value, unescape
from replay_redact._masks.drawings import drawing
from replay_redact._masks.media import gray_layer
from replay_redact._masks.text import mask_text
from replay_redact._masks.urls import mask_url
from replay_redact._runtime.utf16 import utf16_length

_SYMBOLS_ONLY = re.compile(
    "[\\s!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u2000-\u206f\u2190-\u23ff\u2500-\u2775\u2794-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\ufe0e\ufe0f\ue000-\uf8ff\U000f0000-\U0010fffd]*"
)
HEX_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![-\w])")
_FRAGMENT = re.compile(r"#[\w-]{1,200}")
_FEATURE_TAG = re.compile(r"[A-Za-z0-9 ]{4}")
_FAMILY_PROPERTIES = frozenset(
    {"font-family", "font", "grid-template-areas", "grid-template", "grid"}
)
_FEATURE_PROPERTIES = frozenset(
    {"font-feature-settings", "font-variation-settings", "font-language-override"}
)
_TEXT_PROPERTIES = frozenset(
    {"symbols", "additive-symbols", "prefix", "suffix", "negative", "pad"}
)  # of counter styles: what identifiers say there is shown
_ANY_VALUE = frozenset({"initial-value"})  # is known, and holds what a custom property holds
LAYOUT_PROPERTIES = CSS_PROPERTIES - _ANY_VALUE
PLAIN_PROPERTIES = LAYOUT_PROPERTIES - _TEXT_PROPERTIES
_ADDRESS_FUNCTIONS = frozenset({"url", "src"})
_IMAGE_FUNCTIONS = frozenset({"image-set", "-webkit-image-set", "image", "cross-fade"})
_FILLED = ("background", "mask", "-webkit-mask")
"""Properties whose images without a size take the whole box."""
_FORMATS = frozenset(
    """
    woff woff2 truetype opentype embedded-opentype svg collection woff-variations
    woff2-variations truetype-variations opentype-variations image/png image/jpeg image/gif
    image/webp image/avif image/svg+xml
    """.split()
)
_COLOR_FUNCTIONS = frozenset(
    "rgb rgba hsl hsla hwb lab lch oklab oklch color ictcp jzazbz jzczhz".split()
)
_CHANNELS = frozenset("r g b a h s l w c x y z alpha".split())
"""Parts of a color, as functions name them that make one of another."""
_FORMAT_FUNCTIONS = frozenset({"format", "type", "tech"})
# The arguments of these can be anything, as if they stood there without the function.
CARRIERS = frozenset({"var", "env", "constant", "attr", "if", "inherit", "param"})
# Parts of at-rules and of speech that are words of speech too.
_SPOKEN = frozenset(
    """azimuth cue elevation fallback inherits navigation negative pad pause pitch prefix range
    result richness rule speak src stress suffix symbols syntax system types volume""".split()
)
WORDS_OF_CSS = CSS_KEYWORDS | (CSS_PROPERTIES - _SPOKEN)
"""Words that say nothing wherever they stand: keywords, and names of properties."""
_SYNTAX_PART = re.compile(r"<([^\s<>|]*)>|[^\s<>|+#*]+|[<>]")
_ASKED_ATTRIBUTE = re.compile(r"(?:data|aria)-[a-z][a-z0-9-]{0,38}")
_EXPONENT = re.compile(r"[eE][-+]?[0-9]")
_AFTER_THESE = frozenset("(,:;{[/*=")  # a digit begins a number of its own


def mask_property(text: str) -> str:
    """Mask the name of a property, as it is written: names that no browser knows can be words.

    >>> mask_property("color"), mask_property("--order-4711123"), mask_property("jane")
    ('color', '--order-0000000', '××××')
    """
    name = unescape(text)
    if name.startswith("--"):
        return named(text)
    return text if name.lower() in CSS_PROPERTIES else crossed_out(name)


def mask_string(text: str) -> str:
    """Mask a string token, unless it holds symbols only, as icons and separators do."""
    value = string_value(text)
    if _SYMBOLS_ONLY.fullmatch(value):
        return quoted(value, text[0])
    return quoted(mask_text(value), text[0])


def _keep_string(text: str) -> str:
    return quoted(string_value(text), text[0])


# --- values ---------------------------------------------------------------------------


def mask_tokens(
    name: str, tokens: list[Token], names: frozenset[str] = frozenset(), *, inline: bool = False
) -> Iterator[str]:
    """Mask the value of a property, judged by the property's name.

    ``names`` are words that stay, since the style sheet itself gives them to something;
    ``inline`` is for declarations of one element, in which bare numbers can be its data.
    """
    value = _Value(name, names, inline=inline)
    if not value.opaque:
        return map(value.token, tokens)
    if not inline:
        value.weigh(tokens)
    kept = font_names(tokens) | (color_numbers(tokens) if inline else set())
    if not kept:
        return map(value.token, tokens)
    return (value.token(token, stays=i in kept) for i, token in enumerate(tokens))


class _Value:
    """The tokens of one value, in order: where each stands says what it can be."""

    def __init__(self, name: str, names: frozenset[str], *, inline: bool) -> None:
        self.name = name
        self.names = names
        self.inline = inline
        self.opaque = name not in LAYOUT_PROPERTIES
        self.crowded = False  # more bare digits than a value may have
        self.functions: list[str] = []
        self.measured: list[bool] = []  # of the brackets that are open: do numbers lay out?
        self.colors = 0  # functions that are open and make a color
        self.before = Token("space", "")

    def weigh(self, tokens: list[Token]) -> None:
        """Count the digits of the bare numbers of a value."""
        digits = 0
        for kind, text in tokens:
            self._enter(kind, text)
            if kind == "number" and not self._is_measured(text):
                digits += digits_of(number_and_unit(text)[0])
        self.functions, self.measured, self.colors = [], [], 0
        if digits > MOST_DIGITS:
            self.crowded = not are_color_parts(self.name, "".join(text for _, text in tokens))

    def token(self, token: Token, *, stays: bool = False) -> str:
        """Mask the next token, unless it ``stays``."""
        kind, text = token
        self._enter(kind, text)
        masked = text if stays else self._masked(kind, text)
        self.before = token
        return masked

    def _enter(self, kind: str, text: str) -> None:
        if kind == "function" or (text == "(" and kind == "delim"):
            function = unescape(text[:-1]).lower()
            outside = bool(self.measured and self.measured[-1])
            bare = not function or function in CARRIERS
            self.functions.append(function)
            self.colors += function in _COLOR_FUNCTIONS
            self.measured.append(outside if bare else function in CSS_FUNCTIONS)
        elif text == ")" and kind == "delim" and self.functions:
            self.colors -= self.functions.pop() in _COLOR_FUNCTIONS
            self.measured.pop()

    def _masked(self, kind: str, text: str) -> str:
        if kind == "string":
            return self._string(text)
        if kind == "url":
            return f"url({quoted(self._address(url_value(text)))})"
        if kind == "comment":
            return "/**/"
        if kind == "number":
            return self._number(text)
        if kind == "ident":
            return self._word(text)
        speaks = self.opaque or self.name in _TEXT_PROPERTIES
        mask = (OPAQUE if speaks else _LAYOUT).get(kind)
        return text if mask is None else mask(text)

    def _word(self, text: str) -> str:
        name = unescape(text)
        if self.name in _TEXT_PROPERTIES:
            return crossed_out(name)
        asked = self.functions[-1:] == ["attr"] and _ASKED_ATTRIBUTE.fullmatch(name)
        if not self.opaque or asked or name in self.names:
            return named(text)
        if self.colors and name.lower() in _CHANNELS:
            return text
        return OPAQUE["ident"](text)

    def _string(self, text: str) -> str:
        value = string_value(text)
        inside = self.functions[-1] if self.functions else ""
        if inside in _ADDRESS_FUNCTIONS:
            return quoted(self._address(value))
        if inside in _IMAGE_FUNCTIONS:
            return quoted(self._image(value))
        if inside == "path" and not (self.opaque and self.inline) and is_structural("d", value):
            return _keep_string(text)
        if inside in _FORMAT_FUNCTIONS:
            return _keep_string(text) if value.lower() in _FORMATS else mask_string(text)
        if self.name in _FAMILY_PROPERTIES or (self.name == "src" and inside == "local"):
            return quoted(zeroed_words(value), text[0])
        if self.name in _FEATURE_PROPERTIES and _FEATURE_TAG.fullmatch(value):
            return _keep_string(text)
        if self.name == "syntax":
            return quoted(_SYNTAX_PART.sub(_syntax_part, value), text[0])
        return mask_string(text)

    def _address(self, address: str) -> str:
        if _FRAGMENT.fullmatch(address):
            return "#" + zeroed(address[1:])
        return sheet_address(address) if self.name == "src" else self._image(address)

    def _image(self, address: str) -> str:
        return mask_image(address, self.name.startswith(_FILLED), self.inline)

    def _is_measured(self, text: str) -> bool:
        """Tell whether a number measures something: by its unit, or as an argument."""
        unit = unescape(number_and_unit(text)[1]).lower()
        in_function = bool(self.measured and self.measured[-1]) and not self.inline
        return unit in CSS_UNITS or (in_function and not unit)

    def _number(self, text: str) -> str:
        number, unit = number_and_unit(text)
        if self.name in _TEXT_PROPERTIES:
            return _opaque_number(text)
        if not self.opaque:
            return layout_number(number) + named_unit(unit)
        written = unit if unescape(unit).lower() in CSS_UNITS else crossed_out(unescape(unit))
        if self._is_measured(text):
            merges = self.inline and self.before.kind == "number" and number.startswith(".")
            return (" " if merges else "") + short_number(number) + written
        if self.inline:
            return self._apart("1") + written
        number = short_number(number)
        return (zeros(number) if self.crowded else number) + written

    def _apart(self, digit: str) -> str:
        """Write a blank before a digit that would become part of the token before it."""
        kind, text = self.before
        free = kind in {"space", "comment", "function"} or text in _AFTER_THESE
        return digit if free else f" {digit}"


def _syntax_part(match: re.Match[str]) -> str:
    """Mask one part of the syntax of a custom property; words of values are masked likewise."""
    if match[1] is not None:
        return match[0] if match[1].lower() in SYNTAX_TYPES else f"<{crossed_out(match[1])}>"
    return match[0] if match[0].lower() in WORDS_OF_CSS else crossed_out(match[0])


def mask_image(address: str, fills: bool, inline: bool) -> str:  # noqa: FBT001 - kernels call it
    """Mask an image; the style of one element can draw the data of that element."""
    gray = gray_layer(address, fills=fills)
    return gray if inline or gray == address else drawing(address) or gray


def url_value(text: str) -> str:
    """Return the address in a token like ``url(x.png)``."""
    inner = text.partition("(")[2]
    return unescape(inner.removesuffix(")")).strip(BLANK)


def sheet_address(address: str) -> str:
    """Mask the address of a font or of a style sheet; its path stays, if it can be one.

    >>> sheet_address("/theme.css?u=jane"), sheet_address("Dear Jane")
    ('/theme.css?u=****', '**** ****')
    """
    return mask_url(address, keep_path=not re.search(r"[\s\"'<>]", address))


# --- words and names ------------------------------------------------------------------

CROSS = "\u00d7"
"""Stands for each character of a masked word: a letter to CSS, and in no one's vocabulary."""


def crossed_out(text: str, letter: str = CROSS) -> str:
    """Write a word of the same length: asterisks would be other tokens, or begin a comment."""
    return letter * utf16_length(text)


def named(text: str) -> str:
    """Mask an identifier that names something: its long numbers become zeros.

    >>> named("card-4711123"), named("card")
    ('card-0000000', 'card')
    """
    name = unescape(text)
    masked = zeroed(name)
    return text if masked == name else identifier(masked)


def named_unit(unit: str) -> str:
    """Mask a unit that can be a name, and write it so that it does not become an exponent."""
    masked = named(unit)
    if masked != unit and _EXPONENT.match(masked):
        return f"\\{ord(masked[0]):x} {masked[1:]}"
    return masked


def _named_function(text: str) -> str:
    return named(text[:-1]) + "("


def _opaque_word(text: str) -> str:
    name = unescape(text)
    if name.startswith("--"):
        return named(text)
    return text if name.lower() in WORDS_OF_CSS else crossed_out(name)


def _opaque_function(text: str) -> str:
    name = unescape(text[:-1])
    if name.startswith("--"):
        return _named_function(text)
    return text if name.lower() in CSS_FUNCTIONS else crossed_out(name) + "("


def _opaque_hash(text: str) -> str:
    return text if HEX_COLOR.fullmatch(text) else "#" + crossed_out(unescape(text[1:]))


def _opaque_number(text: str) -> str:
    number, unit = number_and_unit(text)
    known = unescape(unit).lower() in CSS_UNITS
    return layout_number(number) + (unit if known else crossed_out(unescape(unit)))


def _opaque_at(text: str) -> str:
    return "@" + crossed_out(unescape(text[1:]))


OPAQUE: dict[str, Callable[[str], str]] = {
    "ident": _opaque_word,
    "function": _opaque_function,
    "hash": _opaque_hash,
    "number": _opaque_number,
    "at": _opaque_at,
}
"""Masks of tokens that can be words of speech, by the kind of token."""

_LAYOUT: dict[str, Callable[[str], str]] = {
    "ident": named,
    "function": _named_function,
    "hash": _opaque_hash,  # in no value of any property anything but a color
    "at": _opaque_at,
}
