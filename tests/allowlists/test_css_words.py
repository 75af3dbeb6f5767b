"""The tables of CSS words: complete, compared with other tables, and without words of speech."""

import re

import tinycss2.color4

from replay_redact._allowlists.css_words import (
    CSS_FUNCTIONS,
    CSS_KEYWORDS,
    CSS_PSEUDOS,
    CSS_UNITS,
    FONT_FAMILIES,
)
from replay_redact._allowlists.element_names import ELEMENT_NAMES
from replay_redact._css.values import WORDS_OF_CSS

TABLES = {
    "functions": CSS_FUNCTIONS, "keywords": CSS_KEYWORDS, "pseudos": CSS_PSEUDOS, "units": CSS_UNITS,
    "elements": ELEMENT_NAMES, "properties": WORDS_OF_CSS,
}  # fmt: skip

# Given names, and words that say something about a person. CSS has those after the arrow.
NAMES = """
    adam alex alice amber anna ben bella carla carmen chris clara coral crystal daisy david diana
    emma eva faith fern ginger grace hazel heather henry holly hope iris ivory ivy jack jade james
    jane jasmine john joy june kai karl kate kim laura lee leo lily lisa luna maria mark marie max
    maya mia nina noah olive oscar pat paul pearl peter rob robin rose ruby sam sarah sky sofia
    stella summer tan theo tim tom victor violet will
""".split()
SPEECH = """
    account address age allergy balance birth boy cancer card child city client code customer
    dear death debt diabetes diagnosis divorce doctor email female friend girl gay he health hello
    hi hiv home husband jew job loan love lung male man marriage mister mother mrs muslim name negative
    patient pay phone positive pregnant price religion result salary she sick sister son street
    student tax thank their they total union wife woman work you young old your
""".split()


def test_words_are_written_as_they_are_looked_up():
    for table in TABLES.values():
        assert [word for word in table if not re.fullmatch(r"-?[a-z][a-z0-9-]*|%", word)] == []


def test_colors_are_those_of_tinycss2():
    words = [*CSS_KEYWORDS, "notacolor"]
    colors = {word for word in words if tinycss2.color4.parse_color(word) is not None}
    assert len(colors) >= 148  # those of CSS Color 4, with transparent and currentcolor
    assert "rebeccapurple" in colors


def test_names_of_people_are_only_those_that_css_has_itself():
    assert CSS_KEYWORDS & set(NAMES) == {"coral", "ivory", "kai", "max", "olive", "ruby", "mark", "tan", "violet"}  # fmt: skip
    assert CSS_FUNCTIONS & set(NAMES) == {"max", "tan"}
    assert ELEMENT_NAMES & set(NAMES) == {"mark", "ruby"}


def test_words_of_speech_are_only_those_that_css_has_itself():
    found = {name: sorted(table & set(SPEECH)) for name, table in TABLES.items()}
    assert found == {
        "functions": [],
        "keywords": ["balance"],
        "pseudos": [],
        "units": [],
        "elements": ["address", "code"],
        "properties": ["balance"],
    }


def test_fonts_that_are_names_are_known_only_as_fonts():
    assert {"georgia", "segoe_ui", "inter"} <= FONT_FAMILIES
    assert not FONT_FAMILIES & (CSS_KEYWORDS - {"blinkmacsystemfont", "inter", "optima"})
