"""Well-known fonts in custom properties, where frameworks set the fonts of a page.

The name of a font that systems or frameworks bring along says nothing. But some of these names are
also names of people, such as Georgia. So a name stays only in a list of fonts: names and commas,
with a generic family among them, as in ``Georgia, serif``. A value of any other form is not a list
of fonts.
"""

from __future__ import annotations

import re

from replay_redact._allowlists.css_words import FONT_FAMILIES
from replay_redact._css.tokens import Token, string_value

_GENERIC_FAMILIES = frozenset(
    """serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace
    ui-rounded math emoji fangsong""".split()
)

_FAMILY = re.compile(r"[A-Za-z][A-Za-z0-9 _.+-]{0,63}")
_MOST_DIGITS = 8  # in the name of a family: some tell its width and weight in numbers

_BETWEEN = frozenset({",", "var(", ")"})  # what a variable holds may be a list as well


def font_names(tokens: list[Token]) -> set[int]:
    """Return which tokens name well-known fonts, if a value is a list with a generic family.

    >>> font_names([Token("ident", "Arial"), Token("delim", ","), Token("ident", "serif")])
    {0}
    >>> font_names([Token("ident", "Georgia"), Token("delim", ","), Token("ident", "Jane")])
    set()

    Names of fonts and nothing else are such a list too.

    >>> sorted(font_names([Token("ident", "Arial"), Token("delim", ","), Token("ident", "Inter")]))
    [0, 2]
    """
    if Token("delim", ",") not in tokens:
        return set()
    items: list[list[int]] = [[]]
    for i, (kind, text) in enumerate(tokens):
        if kind in {"ident", "string"}:
            items[-1].append(i)
        elif text in _BETWEEN:
            items.append([])
        elif kind != "space":
            return set()
    named_so = [(item, "_".join(map(_font_word, (tokens[i] for i in item)))) for item in items]
    names = [name for item, name in named_so if item]
    if not (_GENERIC_FAMILIES.intersection(names) or FONT_FAMILIES.issuperset(names)):
        return set()
    return {i for item, name in named_so if name in FONT_FAMILIES for i in item}


def is_family_name(text: str) -> bool:
    """Tell whether a text has the form of the name of a font family.

    >>> is_family_name("Inter Tight"), is_family_name("Jane, 030 123 456 789")
    (True, False)
    """
    return _FAMILY.fullmatch(text) is not None and sum(map(str.isdigit, text)) <= _MOST_DIGITS


def _font_word(token: Token) -> str:
    kind, text = token
    word = string_value(text).replace(" ", "_") if kind == "string" else text
    return word.lower()
