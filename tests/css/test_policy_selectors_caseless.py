"""The attributes whose values HTML compares without regard to case, by its specification."""

import string

import pytest

from replay_redact._css.policy_selectors import CASELESS_ATTRIBUTES, ascii_lower, parse

SPECIFIED = """
accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir
direction disabled enctype face frame hreflang http-equiv lang language link media method multiple nohref noresize
noshade nowrap readonly rel rev rules scope scrolling selected shape target text type valign valuetype vlink
"""


def test_the_attributes_are_those_of_the_specification():
    assert sorted(SPECIFIED.split()) == sorted(CASELESS_ATTRIBUTES)


@pytest.mark.parametrize("name", [*SPECIFIED.split(), "id", "class", "href", "data-type"])
def test_case_counts_for_all_others(name):
    [selector] = parse(f'[{name}="aZ"]')
    [atom] = selector.compounds[0].atoms
    assert atom.holds("Az") is (name in SPECIFIED.split())
    assert atom.holds("aZ")


def test_letters_of_ascii_only_become_small():
    assert ascii_lower(string.printable) == string.printable.lower()
    assert ascii_lower("\u0130\u212aÄÖ") == "\u0130\u212aÄÖ"
