"""At-rules: all that CSS defines are known, and a block of each keeps its layout."""

import pytest

from replay_redact._allowlists.css_properties import CSS_PROPERTIES
from replay_redact._allowlists.css_words import CSS_AT_RULES, CSS_DESCRIPTORS
from replay_redact._css.sheets import mask_sheet

# Drafts that no browser reads: their values are masked as those of any unknown property.
UNREAD = """
    bleed components font-named-instance font-width marks rendering-intent
    subscript-position-override subscript-size-override superscript-position-override
    superscript-size-override
""".split()
TAKES_NO_BLOCK = {"charset", "import", "namespace"}


@pytest.mark.parametrize("name", sorted(CSS_AT_RULES - TAKES_NO_BLOCK))
def test_a_block_keeps_its_layout_and_says_nothing(name):
    masked = mask_sheet(f"@{name} {{ top: 1px; p {{ content: 'Jane' }} }}")
    assert masked == f"@{name} {{ top: 1px; p {{ content: '****' }} }}"
    assert mask_sheet(masked) == masked


def test_descriptors_are_known_but_for_those_that_nobody_reads():
    assert sorted(CSS_DESCRIPTORS - CSS_PROPERTIES) == sorted(UNREAD)


STAY = [
    "@function --half(--x <length>: 3px) returns <length> { result: calc(var(--x) / 2) }",
    "@page :first { margin: 1in; @top-left-corner { top: 0 } }",
    "@position-try --below { inset: auto; top: anchor(bottom) }",
    "@view-transition { navigation: auto }",
    "@container card (width > 300px) and style(--x: 2) { p { top: 0 } }",
    "@when media(width > 3px) and supports(display: grid) { p { top: 0 } } @else { p { top: 1px } }",
    "@font-palette-values --cool { base-palette: 1; override-colors: 0 red }",
    "@counter-style c { system: extends decimal; range: 1 5; speak-as: auto }",
    "@property --x { syntax: '<length> | small'; inherits: false; initial-value: 3px }",
    "@supports font-tech(color-colrv1) { p { top: 0 } }",
]


@pytest.mark.parametrize("css", STAY)
def test_at_rules_of_today_stay(css):
    assert mask_sheet(css) == css


@pytest.mark.parametrize("name", ["when", "else", "navigation", "function"])
def test_conditions_are_no_place_for_words(name):
    assert "Jane" not in mask_sheet(f"@{name} Jane Roe {{ p {{ top: 0 }} }}")


@pytest.mark.parametrize("css", ["@p [title] { top: 0 }", "@p[title]{top:0}", "p { @p [title] { top: 0 } }"])  # fmt: skip
def test_a_rule_that_nobody_knows_is_no_selector(css):
    assert mask_sheet(css) == css.replace("@p", "@×").replace("title", "×××××")
