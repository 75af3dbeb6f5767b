"""The values of CSS declarations: layout stays, what is said, shown or fetched does not.

Theory: a property says what its value can be. In values of known properties words,
numbers and colors lay out, so only strings and addresses are masked; custom and unknown
properties can say anything, so of them only published words, short numbers and colors
stay.

Invariant: a masked token is a token of the same kind, and is masked to itself.
Failure direction: a property that is not known can say anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from replay_redact._allowed import WORDS
from replay_redact._css_properties import CSS_PROPERTIES
from replay_redact._css_tokens import Token, quoted, string_value, unescape
from replay_redact._masks import mask_text, mask_url, utf16_length
from replay_redact._media import placeholder

_SYMBOLS_ONLY = re.compile(
    "[\\s!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u2000-\u206f\u2190-\u23ff\u2500-\u2775\u2794-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\ue000-\uf8ff\U000f0000-\U0010fffd]*"
)
_HEX_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![-\w])")
_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(.*)", re.DOTALL)
_LONGEST_NUMBER = 6  # digits; longer ones are no measures
_FRAGMENT = re.compile(r"#[\w-]{1,200}")
_FEATURE_TAG = re.compile(r"[A-Za-z0-9 ]{4}")
_FAMILY_PROPERTIES = frozenset(
    {"font-family", "font", "grid-template-areas", "grid-template", "grid"}
)
_FEATURE_PROPERTIES = frozenset(
    {"font-feature-settings", "font-variation-settings", "font-language-override"}
)
_ADDRESS_FUNCTIONS = frozenset({"url", "src"})
_IMAGE_FUNCTIONS = frozenset({"image-set", "-webkit-image-set", "image", "cross-fade"})
_FORMATS = frozenset(
    """
    woff woff2 truetype opentype embedded-opentype svg collection woff-variations
    woff2-variations truetype-variations opentype-variations image/png image/jpeg image/gif
    image/webp image/avif image/svg+xml
    """.split()
)
_FORMAT_FUNCTIONS = frozenset({"format", "type", "tech"})
_KNOWN_FUNCTIONS = WORDS | _IMAGE_FUNCTIONS | _ADDRESS_FUNCTIONS | _FORMAT_FUNCTIONS


def stays(name: str, value: str) -> bool:
    """Tell whether a value of plain characters stays: a known property's, but for odd hashes."""
    return name.strip().lower() in CSS_PROPERTIES and "#" not in _HEX_COLOR.sub("", value)


def mask_string(text: str) -> str:
    """Mask a string token, unless it holds symbols only, as icons and separators do."""
    value = string_value(text)
    if _SYMBOLS_ONLY.fullmatch(value):
        return quoted(value, text[0])
    return quoted(mask_text(value), text[0])


def _keep_string(text: str) -> str:
    return quoted(string_value(text), text[0])


def mask_tokens(name: str, tokens: list[Token]) -> Iterator[str]:
    """Mask the value of a property, judged by the property's name."""
    opaque = name.startswith("--") or name not in CSS_PROPERTIES
    functions: list[str] = []
    for kind, text in tokens:
        if kind == "function" or text == "(":
            functions.append(unescape(text[:-1]).lower())
        elif text == ")" and functions:
            functions.pop()
        inside = functions[-1] if functions else ""
        if kind == "string":
            yield _value_string(name, inside, text)
        elif kind == "url":
            yield _address(name, url_value(text))
        elif kind == "comment":
            yield "/**/"
        elif kind in (OPAQUE if opaque else _NEVER_NAMES):
            yield OPAQUE[kind](text)
        else:
            yield text


def _value_string(name: str, inside: str, text: str) -> str:
    value = string_value(text)
    if inside in _ADDRESS_FUNCTIONS:
        return quoted(_masked_address(name, value))
    if inside in _IMAGE_FUNCTIONS:
        return quoted(placeholder(value))
    if inside in _FORMAT_FUNCTIONS:
        return _keep_string(text) if value.lower() in _FORMATS else mask_string(text)
    if name in _FAMILY_PROPERTIES or (name == "src" and inside == "local"):
        return _keep_string(text)
    if name in _FEATURE_PROPERTIES and _FEATURE_TAG.fullmatch(value):
        return _keep_string(text)
    return mask_string(text)


def url_value(text: str) -> str:
    """Return the address in a token like ``url(x.png)``."""
    inner = text.partition("(")[2]
    return unescape(inner.removesuffix(")")).strip(" \t\n\r\f")


def _address(name: str, address: str) -> str:
    return f"url({quoted(_masked_address(name, address))})"


def _masked_address(name: str, address: str) -> str:
    if _FRAGMENT.fullmatch(address):
        return address
    if name == "src":
        return mask_url(address, keep_path=True)
    return placeholder(address)


CROSS = "\u00d7"
"""Stands for each character of a masked word: a letter to CSS, and in no one's vocabulary."""


def _crossed_out(text: str, letter: str = CROSS) -> str:
    """Write a word of the same length: asterisks would be other tokens, or begin a comment."""
    return letter * utf16_length(text)


def _opaque_word(text: str) -> str:
    name = unescape(text)
    known = name.lower() in WORDS or name.startswith("--")
    return text if known else _crossed_out(name)


def _opaque_function(text: str) -> str:
    name = unescape(text[:-1])
    return text if name.lower() in _KNOWN_FUNCTIONS else _crossed_out(name) + "("


def _opaque_hash(text: str) -> str:
    return text if _HEX_COLOR.fullmatch(text) else "#" + _crossed_out(unescape(text[1:]))


def _opaque_number(text: str) -> str:
    number, unit = _number_and_unit(text)
    known = unit in {"", "%"} or unit.lower() in WORDS
    return _short_number(number) + (unit if known else _crossed_out(unit))


def _number_and_unit(text: str) -> tuple[str, str]:
    split = _NUMBER.fullmatch(text)
    return (split[1], unescape(split[2])) if split else (text, "")


def _short_number(number: str) -> str:
    """Keep the form of a number and, unless it is long, its digits."""
    is_long = sum(map(str.isdigit, number)) > _LONGEST_NUMBER
    return re.sub(r"[0-9]", "0", number) if is_long else number


def selector_number(text: str) -> str:
    """Mask a number with a unit where units can be names; the unit stays."""
    number, _ = _number_and_unit(text)
    return _short_number(number) + text[len(number) :]


OPAQUE: dict[str, Callable[[str], str]] = {
    "ident": _opaque_word,
    "function": _opaque_function,
    "hash": _opaque_hash,
    "number": _opaque_number,
    "at": lambda text: "@" + _crossed_out(unescape(text[1:])),
}
_NEVER_NAMES = frozenset({"hash", "at"})  # in no value of any property anything but a color
