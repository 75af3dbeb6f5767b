"""Colors in the style of one element: whole ones stay, as ``#121212`` does.

A custom property in the style of one element loses its bare numbers, since pages keep data there.
The numbers of a color say no more than its hexadecimal form, which stays. So they stay as well, if
they have exactly the form of a color: three bytes, or a hue and two shares, and an opacity.
"""

from __future__ import annotations

import re

from replay_redact._css.numbers import BYTE
from replay_redact._css.tokens import Token, unescape

_HUE = r"(?:360|3[0-5][0-9]|[12]?[0-9]{1,2})"
_SHARE = r"(?:100|[0-9]{1,2})%"
_OPACITY = r"(?:0|1|[01]?\.[0-9]{1,3}|100%|[0-9]{1,2}%)"
_BYTES, _SHARES = [BYTE] * 3, [_HUE, _SHARE, _SHARE]


def _form(parts: list[str]) -> str:
    with_commas, with_blanks = r"\s*,\s*".join(parts), r"\s+".join(parts)
    return rf"{with_commas}(?:\s*,\s*{_OPACITY})?|{with_blanks}(?:\s*/\s*{_OPACITY})?"


_RGB, _HSL = (re.compile(rf"\s*(?:{_form(parts)})\s*") for parts in (_BYTES, _SHARES))
_FORMS = {"rgb": _RGB, "rgba": _RGB, "hsl": _HSL, "hsla": _HSL}
_LONGEST = 20
"""Tokens of a color: four numbers and what stands between them."""


def color_numbers(tokens: list[Token]) -> set[int]:
    """Return which tokens are numbers of a whole color.

    >>> from replay_redact._css.tokens import tokens
    >>> sorted(color_numbers(list(tokens("rgb(18, 18, 18)"))))
    [1, 4, 7]
    >>> color_numbers(list(tokens("rgb(4711 18 18)"))), color_numbers(list(tokens("18 18 18")))
    (set(), set())
    """
    found: set[int] = set()
    for start, (kind, text) in enumerate(tokens):
        form = _FORMS.get(unescape(text[:-1]).lower()) if kind == "function" else None
        if form is not None:
            found.update(_numbers_of(tokens[start + 1 : start + 1 + _LONGEST], start + 1, form))
    return found


def _numbers_of(after: list[Token], first: int, form: re.Pattern[str]) -> list[int]:
    """Return the numbers before the next bracket if they are a color; ``first`` is their index."""
    end = next((i for i, token in enumerate(after) if token.text == ")"), 0)
    if not form.fullmatch("".join(token.text for token in after[:end])):
        return []
    return [first + i for i, token in enumerate(after[:end]) if token.kind == "number"]
