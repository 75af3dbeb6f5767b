"""Tests of the form of values in markup: words, numbers, shapes, languages, tag names.

Each test looks at the value alone. So a value gets the same answer in an element, in a mutation and
in a selector of a style sheet.
"""

from __future__ import annotations

import re

from replay_redact._allowlists.references import is_reference
from replay_redact._allowlists.words import WORDS

NAMESPACES = frozenset(
    {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1998/Math/MathML",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2000/xmlns/",
    }
)

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]{0,127}")
_HEX_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
_WORD_GLUE = re.compile(r"[\s\d.,:;()%/*+=<>'-]*")
_LONG_NUMBER = re.compile(r"\d{7}")
_COLOR = re.compile(r"(?:rgba?|hsla?|hwb|(?:ok)?(?:lab|lch))\([^()]*\)", re.IGNORECASE)
_MEASURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[A-Za-z]{1,4}|%)")
_MOST_DIGITS = 6  # outside measures and colors: more could be a telephone number or a birth date
_PAINT_SERVER = re.compile(
    r"url\(\s?(?P<quote>[\"']?)#(?P<id>[^\s\"'()\\]{1,128})(?P=quote)\s?\)(?P<rest>.*)"
)
_NUMBER = (
    r"(?:[-+]?(?:[0-9]{1,6}+(?:\.[0-9]{0,17}+)?|\.[0-9]{1,17}+)"
    r"(?:e[-+]?[0-9]{1,2}+)?(?:px|em|rem|pt|%|deg|\*)?|\*)"
)
_ONE_NUMBER = re.compile(rf"\s*+(?:{_NUMBER})?\s*+")
_NUMBERS = re.compile(rf"\s*+(?:{_NUMBER}(?:[\s,;]++{_NUMBER})*+)?[\s,;]*+")
_SHAPE = re.compile(
    r"(?:\s*+(?:[zZ]|(?:translate|scale|rotate|matrix|skew[XY]|[A-Za-z])?+\s*+\(?"
    r"(?:[\s,]*+[-+]?(?:[0-9]{1,6}+(?![0-9])(?:\.[0-9]{0,17}+)?|\.[0-9]{1,17}+)(?![0-9])"
    r"(?:[eE][-+]?[0-9]{1,2}+(?![0-9]))?)++\s*+\)?))*+\s*"
)
# Language, script and region. No standard limits what may follow them.
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?|x-default")


def are_words(value: str) -> bool:
    """Tell whether a value has only published words, colors, short numbers and punctuation.

    >>> are_words("(max-width: 600px) and (color)"), are_words("Maya"), are_words("#c0ffee")
    (True, False, True)
    """
    if value in NAMESPACES:
        return True
    rest = _HEX_COLOR.sub("", value)
    if _LONG_NUMBER.search(rest):
        return False
    if not all(word.lower() in WORDS for word in _WORD.findall(rest)):
        return False
    bare = _WORD.sub("", _MEASURE.sub("", _COLOR.sub("", rest)))
    if sum(map(str.isdigit, bare)) > _MOST_DIGITS:
        return False
    return _WORD_GLUE.fullmatch(_WORD.sub("", rest)) is not None


def is_tag_name(name: str) -> bool:
    """Tell whether a string has the form of a tag name.

    >>> is_tag_name("my-menu"), is_tag_name("jan\u00e9"), is_tag_name("Jane Roe")
    (True, False, False)
    """
    return _TAG_NAME.fullmatch(name) is not None


def is_number(value: str) -> bool:
    """Tell whether a value is one short number, with or without a unit, or empty.

    >>> is_number("12.5px"), is_number("4111111111")
    (True, False)
    """
    return _ONE_NUMBER.fullmatch(value) is not None


def are_numbers(value: str) -> bool:
    """Tell whether a value is a list of short numbers.

    >>> are_numbers("0 0 24 24"), are_numbers("4711 Jane")
    (True, False)
    """
    return _NUMBERS.fullmatch(value) is not None


def is_shape(value: str) -> bool:
    """Tell whether a value is an SVG path or a list of transforms.

    >>> is_shape("M0 0L5 5z"), is_shape("rotate(45)"), is_shape("Jane")
    (True, True, False)
    """
    return _SHAPE.fullmatch(value) is not None


def is_language(value: str) -> bool:
    """Tell whether a value is a language tag: language, script and region, no more.

    >>> is_language("pt-BR"), is_language("en-x-jane")
    (True, False)
    """
    return _LANGUAGE.fullmatch(value) is not None


def paint_reference(value: str) -> tuple[str, str] | None:
    """Return the id that a paint refers to, and what is painted if it is not there.

    >>> paint_reference("url(#gradient-1) none"), paint_reference("url(https://a.example/#x)")
    (('gradient-1', ' none'), None)
    """
    match = _PAINT_SERVER.fullmatch(value)
    if match is None or not is_reference(match["id"]) or not are_words(match["rest"]):
        return None
    return match["id"], match["rest"]


def is_paint(value: str) -> bool:
    """Tell whether a value paints or clips by words, or by a reference to the page.

    >>> is_paint("red"), is_paint("url(#gradient-1)"), is_paint("Jane")
    (True, True, False)
    """
    return are_words(value) or paint_reference(value) is not None
