"""What style sheets compare attributes with: which names, and which words, may be public.

Components keep their state in attributes (``data-state="open"``) and style sheets ask
for it, so a word that a style sheet of the page spells out is public as its classes are. But
a style sheet can be made of data too (``[data-user-id="4711"]``). So the name has to be one
that code gives to a state, no part of it may tell whose data it holds, and the word has to
look like one that code has.

What is masked is no such word: it has asterisks, or crosses in style sheets.
A name or a word of another form stays private.
"""

from __future__ import annotations

import re
from functools import lru_cache

from replay_redact._allowlists.attribute_names import (
    COMPONENT_NAMES,
    PREFIXES,
    is_public_name,
)
from replay_redact._allowlists.attributes import ATTRIBUTES, Kind, kind_of

MOST_LITERALS = 64
"""Literals of one attribute name that may be public: a list of more is data, not design."""

_PARTS = re.compile(r"[^a-z0-9]+")
_OF_PEOPLE = frozenset(
    """
    user login author owner account customer member patient person people client buyer seller
    employee student teacher contact guest visitor viewer follower friend sender recipient
    assignee creator reviewer participant profile avatar
    name firstname lastname surname username nickname initials email mail phone tel fax mobile
    address street city town country zip zipcode postcode postal location place birthday
    birthdate birth dob age gender sex salary income balance amount price total iban card ssn
    id ids uid uuid guid pid key keys apikey token secret password pass pin otp hash code session
    url uri href src link path host domain ip file filename
    value values val title label text content caption tip tooltip message msg comment body note
    subject description desc summary alt placeholder query search term keyword keywords answer
    assigned manager doctor nurse pupil kid wife husband spouse agent rep driver speaker editor
    reporter signer payer payee salesperson handle nick alias who cc given sn nin dni vat tax acct
    order orderno ref case ticket invoice company employer school tenant room bed ward drug icd dx
    symptom bmi blood allergy religion ethnicity race vote sig nonce csrf auth jwt cookie mac imei
    vin plate geo coords slug sku html json payload letter word
    question date time datetime timestamp lat lng latitude longitude diagnosis
    """.split()
)
"""Parts of names of attributes that hold what people are, have or say."""

_LONG_PARTS = tuple(
    """
    user login author owner account customer member patient person client employee student
    username email phone address token secret password value title label content message comment
    caption tooltip description placeholder birth assign doctor invoice religio
    """.split()
)
"""Parts that tell as much inside of a longer word: ``data-productowner``, ``data-useremail``."""
_ENDINGS = ("name", "text", "url", "userid", "guid", "uuid", "key", "mail")
_HARMLESS = frozenset({"context", "monkey"})

_LITERAL = re.compile(r"(?=[^0-9]*(?:[0-9][^0-9]*){0,3}\Z)[A-Za-z0-9_.%-]{1,40}")
_FEW_DIGITS = re.compile(r"[0-9]{1,3}")
_LETTERS = re.compile(r"[A-Za-z]")
_PARTIAL = frozenset({"^=", "$=", "*="})
_LEAST_LETTERS = 3  # of a part of a value: fewer tell too many values apart


@lru_cache(maxsize=4096)
def may_be_compared(name: str) -> bool:
    """Tell whether words that style sheets compare with an attribute may be public.

    >>> may_be_compared("data-state"), may_be_compared("aria-current"), may_be_compared("hx-swap")
    (True, True, True)
    >>> may_be_compared("data-user-id"), may_be_compared("title"), may_be_compared("aria-label")
    (False, False, False)
    """
    low = name.lower()
    if low.startswith("aria-"):
        own = ATTRIBUTES.get(low) is Kind.WORDS
    elif low in COMPONENT_NAMES:
        own = kind_of(low) is Kind.TEXT
    else:
        own = low.startswith(PREFIXES) and kind_of(low) is Kind.TEXT and is_public_name(low)
    return own and not any(map(_tells_of_people, _PARTS.split(low)))


def _tells_of_people(part: str) -> bool:
    if part in _HARMLESS:
        return False
    return part in _OF_PEOPLE or part.endswith(_ENDINGS) or any(map(part.__contains__, _LONG_PARTS))


def is_public_literal(operator: str, literal: str) -> bool:
    """Tell whether a word has the form of one that code compares: letters, and few digits.

    >>> is_public_literal("=", "open"), is_public_literal("=", "42")
    (True, True)
    >>> is_public_literal("=", "4711"), is_public_literal("*=", "7"), is_public_literal("=", "J R")
    (False, False, False)
    """
    if _LITERAL.fullmatch(literal) is None:
        return False
    if operator in _PARTIAL:
        return len(_LETTERS.findall(literal)) >= _LEAST_LETTERS
    return operator == "=" or _FEW_DIGITS.fullmatch(literal) is None


_SIDES = "top right bottom left start end center"
_SIZES = "xs sm md lg xl 2xl small medium large default icon compact full"
_PLACEMENTS = f"{_SIDES} " + " ".join(
    f"{side}-{end}" for side in "top right bottom left".split() for end in ("start", "end")
)
_VARIANTS = """
    default primary secondary tertiary destructive outline outlined ghost link soft solid surface
    subtle filled light transparent plain classic inset floating sidebar muted text elevated tonal
    success neutral warning danger info error brand
"""
_COLORS = """
    gray mauve slate sage olive sand gold bronze brown yellow amber orange tomato red ruby crimson
    pink plum purple violet iris indigo blue cyan teal jade green grass lime mint sky auto
"""
STATE_WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "data-state": """open closed checked unchecked indeterminate active inactive on off visible
            hidden complete loading selected collapsed expanded delayed-open instant-open idle
            enabled disabled""",
        "variant": _VARIANTS,
        "appearance": f"{_VARIANTS} accent",
        "size": "xs s m l xl xxs xxl small medium large x-small x-large",
        "placement": _PLACEMENTS,
        "data-side": _SIDES,
        "data-align": _SIDES,
        "data-placement": _PLACEMENTS,
        "data-position": _SIDES,
        "data-orientation": "horizontal vertical",
        "data-label-position": "left right top bottom",
        "aria-label": "breadcrumb breadcrumbs pagination",
        "data-direction": "ltr rtl up down left right horizontal vertical",
        "data-swipe": "start move cancel end",
        "data-motion": "from-start from-end to-start to-end",
        "data-theme": "light dark auto system",
        "data-bs-theme": "light dark auto",
        "data-color-mode": "light dark auto",
        "data-color-scheme": "light dark auto",
        "data-mode": "light dark auto",
        "data-mantine-color-scheme": "light dark auto",
        "data-variant": _VARIANTS,
        "data-size": _SIZES,
        "data-scaling": "90% 95% 100% 105% 110%",
        "data-radius": "none small medium large full",
        "data-panel-background": "solid translucent",
        "data-accent-color": _COLORS,
        "data-gray-color": _COLORS,
        **dict.fromkeys(
            """data-disabled data-active data-selected data-checked data-hidden data-open
            data-collapsed data-invalid data-highlighted data-loading data-expanded data-pressed
            data-focus data-hover data-focus-visible data-readonly data-required""".split(),
            "true false",
        ),
    }.items()
}
"""Values that components of many libraries have for their state: public without a style sheet."""


def is_state_word(name: str, value: str) -> bool:
    """Tell whether a value is one of the published words of an attribute.

    >>> is_state_word("data-state", "open"), is_state_word("data-state", "Jane")
    (True, False)
    """
    return value in STATE_WORDS.get(name, ())
