"""What of CSS stays as it is, told without tokens.

Nine in ten selectors and declarations say nothing, and a few patterns tell that of a whole one, or
of a whole block, at once. The functions here return true only if the pass over the tokens would
leave the text as it is. If they return false, the tokens decide.

>>> stays("color", " red"), stays("--gap", " calc(2px * var(--x))"), stays("--who", " Jane")
(True, True, False)
"""

from __future__ import annotations

import re

from replay_redact._allowlists.css_words import CSS_FUNCTIONS, CSS_PSEUDOS, CSS_UNITS
from replay_redact._allowlists.element_names import ELEMENT_NAMES
from replay_redact._css.numbers import MOST_DIGITS, may_be_long
from replay_redact._css.preludes import ASKING, CONDITIONS
from replay_redact._css.selectors import PLAIN_FUNCTIONS, is_element
from replay_redact._css.tokens import BLANK
from replay_redact._css.values import CARRIERS, HEX_COLOR, PLAIN_PROPERTIES, WORDS_OF_CSS

_SPACE = rf"[{BLANK}]*+"

_CHARACTERS = r"[^\"'\\/@(){};\[\]<]++|/(?!\*)"
_ESCAPE = r"\\[!-,./:-@\[-`{-~]"  # of no letter, digit or hyphen: no name gets a meaning by it
_STRING = r"\"[^\"\\\n\r\f]*+\"|'[^'\\\n\r\f]*+'"
_ATTRIBUTE = rf"\[(?:[^\"'\\/@(){{}};\[\]<]++|{_STRING})*+\]"
_OPENED = r"(?<![uU][rR][lL])\("  # by no address


def _nested(plain: str, levels: int) -> str:
    """Return a pattern of what ``plain`` matches, and of brackets around it, in so many levels."""
    inner = plain
    for _ in range(levels):
        inner = rf"{plain}|{_OPENED}(?:{inner})*+\)"
    return inner


_ORDINARY = rf"(?:{_nested(f'{_CHARACTERS}|{_ESCAPE}|{_ATTRIBUTE}', 3)}|\"\"|'')*+"
_COMMENT = r"/\*(?! rr_split \*/)(?:[^*]++|\*(?!/))*+\*/"
_COMMENTS = rf"(?:{_SPACE}{_COMMENT})*+"
PIECE = re.compile(rf"({_COMMENTS})((?:{_SPACE}@)?{_ORDINARY})([{{}};])")
"""A segment that ends where it seems to end: comments, what follows them, and the end."""
PIECE_OF_STYLE = re.compile(rf"({_COMMENTS})({_ORDINARY})(;|\Z)")
"""The same in a style attribute."""
COMMENT = re.compile(_COMMENT)
VALUE = re.compile(_ORDINARY)
"""A value that ends where it seems to end."""

_BLOCK = rf"(?:[^\"'\\/@(){{}}\[\]<]++|{_nested(_CHARACTERS, 3)})*+"
RULE = re.compile(rf"((?:{_nested(f'{_CHARACTERS}|{_ESCAPE}', 2)})++)\{{({_BLOCK})\}}")
"""A rule: its selector and its declarations."""
DECLARATIONS = re.compile(_BLOCK)
"""The declarations of a style attribute."""

# --- declarations ---------------------------------------------------------------------

_NAME = re.compile(rf";{_SPACE}([-\w]++){_SPACE}:")


def stays(name: str, value: str, *, inline: bool = False) -> bool:
    """Tell whether a declaration stays.

    That is one of a known property that has no odd hash and no long number, or, in a style sheet,
    one of a custom property that has words of CSS and short numbers only.
    """
    name = name.strip(BLANK)
    if name.startswith("--"):
        known = not inline and _CUSTOM_NAME.fullmatch(name) is not None
        return known and _says_nothing(value)
    return name.lower() in PLAIN_PROPERTIES and _is_layout(value)


def all_stay(declarations: str, *, inline: bool = False) -> bool:
    """Tell whether all declarations of a block stay.

    >>> all_stay("color: red; --gap: 2px;"), all_stay("color: red; jane: 0"), all_stay("color")
    (True, False, False)
    """
    declarations = declarations.rstrip(BLANK + ";")
    names = _NAME.findall(f";{declarations}")
    if len(names) <= declarations.count(";"):
        return not declarations
    if PLAIN_PROPERTIES.issuperset(names):
        return _is_layout(declarations)
    custom = not inline and all(name in PLAIN_PROPERTIES or name[:2] == "--" for name in names)
    return custom and _says_nothing(declarations)


def _is_layout(value: str) -> bool:
    return not (
        may_be_long(value)
        or "mjx-c" in value
        or "\\" in value
        or "[" in value
        or ("#" in value and "#" in HEX_COLOR.sub("", value))
    )


# In small letters. No number has more than six digits, or more than four after its point.
_NUMBER = r"[+-]?(?=[0-9.])(?![0-9.]{8})[0-9]{0,6}(?:\.[0-9]{1,4})?"
_SHORT_NAME = r"--(?:[a-z_-]++|[0-9]{1,5}(?![0-9]))*+"
_CUSTOM_NAME = re.compile(_SHORT_NAME, re.IGNORECASE | re.ASCII)
_SAYS_NOTHING = re.compile(
    rf"{_SHORT_NAME}\(?|{HEX_COLOR.pattern}|{_NUMBER}(?:{'|'.join(sorted(CSS_UNITS))})?"
)
_TOKEN = re.compile(
    r"--[\w-]*+\(?|-?[a-z_][\w-]*+\(?|#[\w-]++|[+-]?(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:[\w-]++|%)?"
)
_KNOWN_TOKENS = WORDS_OF_CSS | {f"{name}(" for name in CSS_FUNCTIONS}
_SEVEN_DIGITS = re.compile(r"[0-9](?:[^0-9;]*+[0-9]){6}")
_MEASURED = re.compile(rf"(?<![\w#-])(?!(?:{'|'.join(sorted(CARRIERS))})\()[a-z][\w-]*+\([^()]*+\)")
_BARE = re.compile(r"[+-]?[0-9.]+")


def _says_nothing(css: str) -> bool:
    """Tell whether declarations of custom properties stay: every word and number, for itself."""
    if not css.isascii() or '"' in css or "'" in css or "\\" in css:
        return False
    low = css.lower()
    others = set(_TOKEN.findall(low)) - _KNOWN_TOKENS
    if not all(map(_SAYS_NOTHING.fullmatch, others)):
        return False
    return _SEVEN_DIGITS.search(low) is None or _has_few_digits(low)


def _has_few_digits(value: str) -> bool:
    """Tell whether the numbers without a unit that no function measures have few digits."""
    tokens = _TOKEN.findall(_MEASURED.sub(" ", value))
    return sum(map(len, filter(_BARE.fullmatch, tokens))) <= MOST_DIGITS


# --- selectors ------------------------------------------------------------------------

_WORD = r"-\w"
_NEEDS_TOKENS = re.compile(  # a namespace, six digits in a row, a number
    rf"[0-9|](?:(?<=[{_WORD}*]\|)|(?<=[0-9])"
    rf"(?:[0-9]{{5}}|(?<![{_WORD}#].)|(?<=-.)(?<![{_WORD}#]-.)))"
)
_TYPE = re.compile(rf"(?<![{_WORD}.#:])[{_WORD}]++")
_PSEUDO = re.compile(rf":([{_WORD}]++)")
_FUNCTION = re.compile(rf":(?:{'|'.join(sorted(PLAIN_FUNCTIONS))})\(")
_STEPS = re.compile(
    rf":nth-(?:last-)?(?:child|of-type)\({_SPACE}"
    rf"(?:odd|even|[+-]?[0-9]{{1,3}}|[+-]?[0-9]{{0,3}}n(?:{_SPACE}[+-]{_SPACE}[0-9]{{1,3}})?)"
    rf"{_SPACE}\)"
)
_FRAME = r"(?:from|to|[0-9]{1,3}(?:\.[0-9]{1,4})?%)"
_FRAMES = re.compile(rf"{_SPACE}{_FRAME}(?:{_SPACE},{_SPACE}{_FRAME})*+{_SPACE}")
_ESCAPED = re.compile(_ESCAPE)
ATTRIBUTE = re.compile(rf"({_ATTRIBUTE})")
"""An attribute selector; its tokens tell what of it stays."""
NO_ATTRIBUTE = "[]"
"""Stands in a selector for an attribute selector."""


def is_plain_selector(text: str) -> bool:
    """Tell whether a selector stays, without its attribute selectors.

    >>> is_plain_selector("ul.menu > li:not(.on):hover"), is_plain_selector("Dear Jane Roe")
    (True, False)
    """
    if not text.isascii() or "mjx-c" in text:
        return False
    text = text.lower()
    if "\\" in text:
        text = _ESCAPED.sub("_", text)
    if "nth-" in text:
        text = _STEPS.sub(NO_ATTRIBUTE, text)
    if _NEEDS_TOKENS.search(text):
        return _FRAMES.fullmatch(text) is not None
    if ":" in text and not CSS_PSEUDOS.issuperset(_PSEUDO.findall(text)):
        return False
    if "(" in text and text.count("(") != len(_FUNCTION.findall(text)):
        return False
    types = _TYPE.findall(text)
    if ELEMENT_NAMES.issuperset(types) or all(map(is_element, types)):
        return True
    return _FRAMES.fullmatch(text) is not None


# --- at-rules -------------------------------------------------------------------------

_SHORT_WORD = r"(?:--|-?[a-z_])(?:[a-z_-]++|[0-9]{1,5}(?![0-9]))*+"
_NAMING_RULE = re.compile(
    rf"{_SPACE}@(?:(?:-webkit-|-moz-|-o-)?keyframes|layer|font-face)(?![\w-])"
    rf"{_SPACE}(?:{_SHORT_WORD}(?:{_SPACE}[,.]{_SPACE}{_SHORT_WORD})*+)?{_SPACE}",
    re.IGNORECASE,
)
_ASKING_RULE = re.compile(rf"{_SPACE}@(media|supports)(?![\w-])([^\"'\\\[]*)")
_CONDITION = re.compile(r"(?<![\w-])\([^()]*+\)")


def is_plain_at_rule(text: str) -> bool:
    """Tell whether the beginning of an at-rule stays.

    >>> is_plain_at_rule("@media (min-width: 40em)"), is_plain_at_rule("@media Jane")
    (True, False)
    """
    if not text.isascii() or "mjx-c" in text:
        return False
    asking = _ASKING_RULE.fullmatch(text.lower())
    if asking is None:
        return _NAMING_RULE.fullmatch(text) is not None
    name, conditions = asking.groups()
    inside = set(_TOKEN.findall(" ".join(_CONDITION.findall(conditions))))
    return ASKING[name].issuperset(_TOKEN.findall(_CONDITION.sub(" ", conditions))) and all(
        map(_SAYS_NOTHING.fullmatch, inside - CONDITIONS)
    )
