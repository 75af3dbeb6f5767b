"""Classes, ids and other names that a page gives its elements.

A name connects an element to a style sheet, so it is public. Two parts of a name are data:

* a long run of digits numbers something: an order, a customer, a telephone;
* MathJax writes each glyph of a formula as a class with its code point.

Both become zeros of the same length, in attributes and in style sheets alike, so that the rules
of the style sheet still match. Scope names of known frameworks are hashes: they keep their
digits, or the styles of one component would apply to another. Zeroing a name twice gives the
same as zeroing it once.
"""

from __future__ import annotations

import re

from replay_redact._runtime.utf16 import utf16_length

LONGEST_RUN = 5
"""Digits in a row that a name may keep."""

_RUN = re.compile(rf"\d{{{LONGEST_RUN + 1},}}")  # \d: decimal digits of any script
_GLYPH = re.compile(r"mjx-c([0-9A-Fa-f]+)")
# A pattern that begins with a set of characters looks for them much faster than for a repeat.
_LONG_RUN = re.compile(rf"[0-9][0-9]{{{LONGEST_RUN}}}")
_WORD = re.compile(r"[^ \t\n\r\f]+")

# A hash must have a letter. One hash of seven characters in 7,700 has none; it loses its digits,
# since it could as well be the number of an order.
_HASH = r"(?=[0-9]*[a-z])[0-9a-z]{5,8}"
_SCOPES = re.compile(
    "|".join(
        (
            r"jsx-[0-9]{1,10}",  # styled-jsx: 32 bits, written in decimal
            r"_ng(?:content|host)(?:-[a-z]{1,20}){0,4}-c[0-9]{1,10}",  # Angular: the same
            r"ng-tns-c[0-9]{1,10}-[0-9]{1,4}",
            r"data-v-[0-9a-f]{8}(?:-s)?",  # Vue: 32 bits in hexadecimal
            rf"css-{_HASH}(?:-[A-Za-z_-]{{1,80}})?",  # Emotion
            rf"sc-{_HASH}(?:-[0-9]{{1,3}})?",  # styled-components
            rf"svelte-{_HASH}",
            rf"(?:data-astro-cid|astro)-{_HASH}",
            r"m_[0-9a-f]{6,8}",  # Mantine
            r"elementor-(?:element|repeater-item)-[0-9a-f]{7}",  # 28 random bits
            r"wp-container-[a-z-]{1,60}-is-layout-[0-9a-f]{8}",  # WordPress: a hash of the layout
            r"vc_custom_[0-9]{13}",  # WPBakery: when an editor saved the style
        )
    )
)


def zeroed(name: str) -> str:
    """Write zeros for the long numbers and the code points in one name.

    Digits of any script count. The length in UTF-16 units stays.

    >>> zeroed("order-4711123"), zeroed("mjx-c1D44E"), zeroed("col-12")
    ('order-0000000', 'mjx-c00000', 'col-12')
    >>> zeroed("jsx-1234567"), zeroed("data-v-1234567a")
    ('jsx-1234567', 'data-v-1234567a')
    """
    if not may_be_data(name) or _SCOPES.fullmatch(name):
        return name
    glyph = _GLYPH.fullmatch(name)
    if glyph is not None:
        return "mjx-c" + "0" * len(glyph[1])
    return _RUN.sub(lambda run: "0" * utf16_length(run[0]), name)


def zeroed_words(value: str) -> str:
    r"""Write zeros in each name of a list, such as the value of ``class``. White space stays.

    >>> zeroed_words("row  order-4711123\n")
    'row  order-0000000\n'
    """
    return _WORD.sub(lambda word: zeroed(word[0]), value) if may_be_data(value) else value


def may_be_data(names: str) -> bool:
    """Tell at a glance whether a name or a list of names may hold digits to be zeroed."""
    return not names.isascii() or _LONG_RUN.search(names) is not None or "mjx-c" in names
