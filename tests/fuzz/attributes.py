"""Attributes of drawn elements: some are literal, others get a new private word each time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.fuzz.words import Words

Value = str | Callable[[Words], Any]
"""A literal, or what makes a value with fresh private words."""


def _text(words: Words) -> str:
    return words.word()


def _two(words: Words) -> str:
    return f"{words.word()} {words.word()}"


def _address(words: Words) -> str:
    return f"https://shop.example/a/{words.word()}?b={words.word()}#{words.word()}"


def _image(words: Words) -> str:
    return f"https://cdn.example/{words.word()}.png?t={words.word()}"


def _image_set(words: Words) -> str:
    return f"https://cdn.example/{words.word()} 2x"


def _pixels(words: Words) -> str:
    return f"data:image/png;base64,{words.word()}"


def _declarations(words: Words) -> str:
    return f"--a: '{words.word()}'; background: url(https://cdn.example/{words.word()})"


def sheet(words: Words) -> str:
    """Return a style sheet with private words in it."""
    return f"p::after {{ content: '{words.word()}' }} /* {words.word()} */"


def style_diff(words: Words) -> dict[str, Any]:
    """Return what a recorder sends about a changed inline style."""
    return {"content": f"'{words.word()}'", "--b": [f"'{words.word()}'", "important"]}


_VENDORS: list[dict[str, Value]] = [
    {"class": "fs-mask"}, {"class": "amp-mask"}, {"data-dd-privacy": "mask"}, {"data-clarity-mask": "true"},
    {"class": "ph-no-capture"}, {"class": "fs-exclude"}, {"data-dd-privacy": "hidden"}, {"data-hj-suppress": ""},
]  # fmt: skip
"""Marks of other vendors that ask for masks or blocks."""

_NAMES = ["cvv", "card-iban", "user_password", "otp", "city", "q"]
NAMELESS = "?"
"""Stands for an attribute whose name is a private word, as broken quotes make them."""

CLASSES = ["sentry-unmask", "sentry-mask", "open", "shut", "open shut", "note", ""]
BLOCKING = ["sentry-block", "box", "rr-block"]

TEXTS: dict[str, Value] = {
    **dict.fromkeys(["title", "alt", "aria-label", "placeholder", "data-user", "name"], _text),
    **dict.fromkeys(["lang", "width", "role", "data-note", "content", "aria-valuetext"], _text),
    "label": _two,
    "value": _two,
}
REST: dict[str, Value] = {
    **dict.fromkeys(["href", "action", "cite"], _address),
    **dict.fromkeys(["src", "poster", "data"], _image),
    "srcset": _image_set,
    "rr_dataURL": _pixels,
    "style": _declarations,
    "_cssText": sheet,
    "onclick": _text,
    "srcdoc": _text,
    "nonce": _text,
}
_MARKS = ["data-sentry-mask", "data-sentry-unmask"]
TYPES = ["text", "password", "hidden", "search", "file", "email"]
TOKENS = ["off", "cc-number", "section-a one-time-code", "name", "new-password"]
FIELDS = {"input", "textarea", "select"}


def draw(random: Random, tag: str, *, blocks: bool) -> dict[str, Value]:
    """Draw the attributes of a new element."""
    drawn = _of_rules(random)
    if blocks:
        drawn |= _of_blocks(random)
    if random.random() < 0.04:
        drawn |= random.choice(_VENDORS if blocks else _VENDORS[:4])
    if random.random() < 0.04:
        drawn[NAMELESS] = ""
    for table, often in ((TEXTS, 0.4), (REST, 0.25)):
        if random.random() < often:
            name = random.choice(list(table))
            drawn[name] = table[name]
    if tag in FIELDS:
        drawn |= _of_field(random)
    if tag == "img":
        drawn["src"] = _image
    return drawn


def _of_rules(random: Random) -> dict[str, Value]:
    """Draw an attribute that rules ask about."""
    drawn: dict[str, Value] = {}
    if random.random() < 0.4:
        drawn["class"] = random.choice(CLASSES)
    if random.random() < 0.06:
        drawn[random.choice(_MARKS)] = ""
    if random.random() < 0.08:
        drawn["data-pane"] = random.choice(["main", "side"])
    return drawn


def _of_blocks(random: Random) -> dict[str, Value]:
    if random.random() < 0.08:
        return {"class": random.choice(BLOCKING)}
    return {"data-sentry-block": ""} if random.random() < 0.05 else {}


def _of_field(random: Random) -> dict[str, Value]:
    drawn: dict[str, Value] = {"value": _two}
    if random.random() < 0.5:
        drawn["type"] = random.choice(TYPES)
    if random.random() < 0.2:
        drawn["autocomplete"] = random.choice(TOKENS)
    if random.random() < 0.08:
        drawn["data-rr-is-password"] = "true"
    if random.random() < 0.08:
        drawn["class"] = "sentry-ignore"
    if random.random() < 0.15:
        drawn["name"] = random.choice(_NAMES)
    return drawn


def render(values: dict[str, Value], words: Words) -> dict[str, Any]:
    """Return attributes as a recorder writes them."""
    return {
        words.word() if name == NAMELESS else name: value(words) if callable(value) else value
        for name, value in values.items()
    }
