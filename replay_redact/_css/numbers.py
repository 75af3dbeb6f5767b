"""Numbers in CSS: layout needs short numbers, and a long one may be data.

| where | what stays |
|---|---|
| known properties | six digits before the point, four after it |
| custom and unknown properties, numbers with a unit or in a function | six digits each |
| the same, bare numbers | six digits in the whole value, or all if it has the form of a color |
| the same in the style of one element, bare numbers | 1: pages keep balances and charts there |

A number that is too long becomes the largest one that is allowed. A masked number keeps its sign,
point and exponent, so its token ends where it ended. Only a bare 1 can be shorter. Masking twice
gives the same as masking once.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([+-]?)([0-9]*)(?:(\.)([0-9]+))?(?:([eE])([+-]?)([0-9]+))?(.*)", re.DOTALL)
_DIGIT = re.compile(r"[0-9]")

MOST_DIGITS = 6
"""Digits of a number, or of all bare numbers of a value, that may say anything."""
_MOST_DECIMALS = 4
_MOST_EXPONENT = 2
_LARGEST = "9" * MOST_DIGITS
_LARGEST_OF_32_BITS = "2147483647"  # on top of everything: as z-index it says nothing else

BYTE = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
_BYTE_OR_PART = rf"{BYTE}(?:\.[0-9]{{1,6}})?"
_ALPHA = r"(?:\s*/\s*(?:[01]?\.?[0-9]{1,3}|[0-9]{1,3}%))?"
_LIGHTNESS, _CHROMA = r"[0-9]{1,3}(?:\.[0-9]{1,4})?%", r"(?:0|0?\.[0-9]{1,4})"
_HUE = r"[0-3]?[0-9]{1,2}(?:\.[0-9]{1,3})?"
_BARE_COLOR = "|".join(
    (
        rf"{BYTE}(?:\s*,\s*{BYTE}){{2}}",
        rf"{BYTE}(?:\s+{BYTE}){{2}}{_ALPHA}",
        rf"{_LIGHTNESS}\s+{_CHROMA}\s+{_HUE}{_ALPHA}",
    )
)
_COLOR_PARTS = re.compile(
    rf"\s*(?:(?P<var>var\(\s*--[-\w]{{1,60}}\s*,\s*))?(?:{_BARE_COLOR})\s*(?(var)\)\s*)(?:!\s*important\s*)?"
)
_RGB_PARTS = re.compile(rf"\s*{_BYTE_OR_PART}(?:\s*,\s*{_BYTE_OR_PART}){{2}}\s*")
_LONGEST_COLOR = 160
_LONG_NUMBER = re.compile(r"[0-9.](?:[0-9]{5}|(?<=[0-9])[eE][-+]?[0-9]{3})")


def may_be_long(value: str) -> bool:
    """Tell at a glance whether a value may hold a number that is too long for a known property.

    >>> may_be_long("0 1000px"), may_be_long("33.33333%"), may_be_long("1e400")
    (False, True, True)
    """
    return not value.isascii() or _LONG_NUMBER.search(value) is not None


def number_and_unit(text: str) -> tuple[str, str]:
    """Split a number token into the number and its unit, as they are written.

    >>> number_and_unit("-1.5e3px")
    ('-1.5e3', 'px')
    """
    match = _NUMBER.fullmatch(text)
    unit = match[8] if match is not None else text
    return text[: len(text) - len(unit)], unit


def short_number(number: str) -> str:
    """Cut a number to six digits in all.

    >>> short_number("25.3313211"), short_number("-4711123.5"), short_number("1e400")
    ('25.3313', '-999999.0', '1e99')
    """
    return _cut(number, None)


def layout_number(number: str) -> str:
    """Cut a number to six digits before the point and four after it.

    >>> layout_number("33.33333333"), layout_number("-4711123"), layout_number("2147483647")
    ('33.3333', '-999999', '2147483647')
    >>> layout_number("1.42857143"), layout_number("999999.99999")
    ('1.4286', '999999.9999')
    """
    return _cut(number, _MOST_DECIMALS)


def _cut(number: str, decimals: int | None) -> str:
    match = _NUMBER.fullmatch(number)
    if match is None or number.lstrip("+-") == _LARGEST_OF_32_BITS:
        return number
    sign, whole, point, fraction, e, e_sign, exponent, _ = match.groups(default="")
    if len(exponent) > _MOST_EXPONENT:
        exponent = "9" * _MOST_EXPONENT
    most = MOST_DIGITS - (len(exponent) if decimals is None else 0)
    if len(whole) > most:
        whole, fraction = _LARGEST[:most], ""
    room = most - len(whole) if decimals is None else decimals
    if len(fraction) > room:
        whole, fraction = _rounded(whole, fraction, room)
    return f"{sign}{whole}{point}{(fraction or '0') if point else ''}{e}{e_sign}{exponent}"


def _rounded(whole: str, fraction: str, decimals: int) -> tuple[str, str]:
    """Round to so many decimals; down, if there would be one digit more.

    Columns of 16.66666667% stay as wide as they were, which they do not if digits are cut off.
    """
    kept = fraction[:decimals]
    if fraction[decimals] < "5":
        return whole, kept
    digits = str(int(f"0{whole}{kept}") + 1).zfill(len(whole) + decimals)
    if len(digits) > len(whole) + decimals:
        return whole, kept
    return digits[: len(whole)], digits[len(whole) :]


def zeros(number: str) -> str:
    """Write zeros for the digits of a number.

    >>> zeros("-12.5")
    '-00.0'
    """
    return _DIGIT.sub("0", number)


def digits_of(number: str) -> int:
    """Count the digits of a number as it is written once it is cut; one constant counts nothing."""
    if number.lstrip("+-") == _LARGEST_OF_32_BITS:
        return 0
    return min(MOST_DIGITS, sum(map(str.isdigit, short_number(number))))


def are_color_parts(name: str, value: str) -> bool:
    """Tell whether the value of a property is the parts of a color, as style sheets pass them.

    These are three bytes, or the lightness, chroma and hue of OKLCH; bytes with decimals
    only if the property's name says ``rgb``.

    >>> are_color_parts("--ink", "13,110,253"), are_color_parts("--p", "49.12% 0.3096 275.75")
    (True, True)
    >>> are_color_parts("--tel", "555 123 4567"), are_color_parts("--ssn", "123-45-6789")
    (False, False)
    """
    if len(value) > _LONGEST_COLOR:
        return False
    named_so = name.endswith("rgb") and _RGB_PARTS.fullmatch(value) is not None
    return named_so or _COLOR_PARTS.fullmatch(value) is not None
