"""Values that refer to other elements by id: which of them look like ids.

To check that a reference leads somewhere, one would need all ids of a page that keeps changing.
So these tests go by form. Developers write ids, and ids have forms that speech does not have:
``menu-3``, ``user_email``, ``firstHeading``, or the counters of React and its libraries. A value
that has none of these forms is masked like text. That never changes how the page looks.

A masked value is not a reference. A reference with zeros for its long numbers still is one.
"""

from __future__ import annotations

import re

from replay_redact._allowlists.words import WORDS

_LETTERS = "[A-Za-z0-9]"
_REACT = r"(?::[rR][0-9a-zA-Z]{0,9}:|\u00ab[rR][0-9a-zA-Z]{0,9}\u00bb|_[rR]_[0-9a-z]{1,9}_)"
_FORMS = (
    r"[a-z][a-z0-9]*(?:-{1,2}[a-z0-9]+)+",  # menu-item, card--open
    rf"_{{0,2}}[A-Za-z]{_LETTERS}*(?:_{{1,2}}[A-Za-z0-9-]+)+_?",  # user_email, Time_travel
    rf"__?[A-Za-z]{_LETTERS}*",  # _private
    r"[a-z]+(?:[A-Z][a-z0-9]*)+",  # firstHeading
    r"[A-Za-z][A-Za-z-]*[0-9][A-Za-z0-9-]*",  # item3, TextField-12-label
    rf"[a-z-]{{0,30}}{_REACT}(?:-[a-zA-Z0-9-]{{1,60}})?",  # radix-:r1:-content
    r":[0-9a-z]{1,3}(?:\.[a-z-]{1,30})?",  # :g.content-el: Closure
)
_FORM = re.compile("|".join(_FORMS))
_WORD = re.compile(r"[a-z]{1,20}")
_PART = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_LONGEST = 128  # characters of one id: nobody writes longer ones, and matching takes time

_WRITTEN = frozenset(
    """
    account actions address app article avatar banner basket brand breadcrumb card cart chart
    close comments content count date description details dialog drawer dropdown email errors
    feed filter filters first footer form gallery header help hero hint home inbox info input
    intro item items last lead legend list loader login logo main map menu message messages modal
    nav navbar next news note notes notice open options page pagination panel password phone
    player popup prev price profile query quantity rating register reset results root rows
    search section settings share sidebar signin signup slider status steps subject submit
    subscribe subtitle summary tab table tabs tags team text title toggle toolbar tooltip top
    total user username video view warning
    """.split()
)
"""Single words that developers use as ids, beside those in `WORDS`."""


def is_reference(value: str) -> bool:
    """Tell whether a value has the form of one id: a word, or an identifier as in code.

    >>> is_reference("menu-3"), is_reference("email"), is_reference(":r1:")
    (True, True, True)
    >>> is_reference("Jane"), is_reference("jane roe"), is_reference("jane@shop.example")
    (False, False, False)
    """
    return len(value) <= _LONGEST and (
        _WORD.fullmatch(value) is not None or _FORM.fullmatch(value) is not None
    )


def are_references(value: str) -> bool:
    """Tell whether each word of a value has the form of an id. Words of speech do not.

    >>> are_references("name-label name-help"), are_references("title")
    (True, True)
    >>> are_references("jane roe has diabetes"), are_references("diabetes")
    (False, False)
    """
    return all(map(_is_written, value.split()))


def _is_written(token: str) -> bool:
    if len(token) > _LONGEST:
        return False
    return token in _WRITTEN or token in WORDS or _FORM.fullmatch(token) is not None


def is_slot_name(value: str) -> bool:
    """Tell whether a value has the form of the name of a slot.

    >>> is_slot_name("prefix"), is_slot_name(""), is_slot_name("Jane Roe")
    (True, True, False)
    """
    return not value or _PART.fullmatch(value) is not None


def are_parts(value: str) -> bool:
    """Tell whether a value is a list of names of parts, or of pairs of names.

    >>> are_parts("thumb track"), are_parts("thumb: slider-thumb, track")
    (True, True)
    >>> are_parts("jane@shop.example")
    False
    """
    names = value.replace(",", " ").replace(":", " ").split()
    return all(map(_PART.fullmatch, names))
