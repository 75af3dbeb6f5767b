"""The kinds of attributes: which form of a value makes it structure."""

import hashlib

import pytest

from replay_redact._allowlists.attributes import ATTRIBUTES, Kind, is_structural
from replay_redact._allowlists.doctypes import DOCTYPES
from replay_redact._allowlists.forms import are_words
from replay_redact._allowlists.words import COLORS, WORDS
from replay_redact.policy import ALLOWED_ATTRIBUTES

KEPT = [kind for kind in Kind if kind.fits]

VALUES = {
    Kind.NAME: (["jane", "", "a b c", "jane@a.example"], []),
    Kind.PART: (["", "thumb", "thumb track", "thumb: slider-thumb, track", "Base_2"], ["jane@a.example", "it's", "41", "é", "a.b"]),
    Kind.SLOT: (["", "icon", "Icon", "_s-1"], ["a b", "jane@a.example", "41", "é", "a:b", "a" * 65]),
    Kind.REFERENCE: (
        ["email", "menu-3", "card--open", "user_email", "Time_travel", "firstHeading", "item3", "TextField-12-label", ":r1:", "radix-:r1:-content",
         "\u00abr1\u00bb", "_r_1_", "base-ui-_r_1_", ":g.content-el", "edit-keys", "comment_name_for_26640231", "_private"],
        ["", "Jane", "JANE", "JaneRoe", "Jane-Roe", "jane roe", "a-1 b-2", "jane@a.example", "jane.roe", "it's", "note:", "4711", "41-12-34", "+49-30-1234567", "é",
         "a" * 21, "a-" * 80 + "a", "#main", "menu-", "\u00abr1"],
    ),
    Kind.REFERENCES: (
        ["", "title", "name-label name-help", "title desc-1", ":r1:-label :r2:", "firstHeading"],
        ["jane", "Jane Roe has diabetes", "jane roe has diabetes", "name-label jane", "4111 1111 1111 1111", "diabetes", "a-1 jane@a.example", "a-1 " + "a-" * 80 + "a"],
    ),
    Kind.WORDS: (
        ["", "text", "TEXT", "noopener noreferrer", "(max-width: 600px) 50vw, 100vw", "text/css", "#fff", "#c0ffee",
         "rgba(0,0,0,.5)", "http://www.w3.org/2000/svg", "red", "_blank", "123456", "allow-scripts allow-forms", "cc-number", "true"],
        ["Jane", "text jane", "1234567", "#jane", "jane@a.example", "http://a.example", "a_jane", "text\U0001f600", "é", '"text"',
         "text|none", "http://www.w3.org/2000/svg/jane"],
    ),
    Kind.NUMBER: (
        ["", "1", "-1.5", "+.5", "1e3", "100%", " 24px ", "123456", "1.", "*"],
        ["4111 1111 1111 1111", "12,34", "1;", "1 2", "1234567", "jane", "1jane", "--1", "1/2"],
    ),
    Kind.NUMBERS: (
        ["", "1", "-1.5", "+.5", "1e3", "100%", "1px 2em", "0,0,82,126", " 1 ; 2 ", "123456", "1. 2."],
        ["jane", "1jane", "px", "1 px", "--1", "1/2"],
    ),
    Kind.PAINT: (
        ["", "none", "#fff", "url(#menu-3)", "url('#menu-3')", 'url("#:r1:") red', "url( #g1 )"],
        ["jane", "url(#Jane)", "url(#jane roe)", "url(a.svg#g1)", "url(#g1) jane", "url(#g1", "url('#g1\")"],
    ),
    Kind.SHAPE: (
        ["", "M0 0L10,10z", "m.5-1.5e3c1 2,3 4 5-6Z", "0,0 10,10", "M 10 10 Z M 1 1",
         "A5 5 0 0 1 9 9"],
        ["jane", "M", "M0 0 jane", "url(#x)", "translate(jane)", "M0 0;"],
    ),
    Kind.LANGUAGE: (
        ["en", "en-US", "EN-us", "zh-Hant-TW", "zh-Hant", "es-419", "x-default", "fil"],
        ["", "jane", "en_US", "english", "en-", "en-janes", "e", "en us", "en-us-jane", "en-jane-roe", "en-US-us", "en-\u0664\u0661\u0669", "en-u-ca", "\u212ao"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KEPT)
def test_what_a_kind_allows(kind):
    fits, fails = VALUES[kind]
    assert [value for value in fits if not kind.fits(value)] == []
    assert [value for value in fails if kind.fits(value)] == []


def test_every_kind_with_a_test_is_in_the_table():
    assert list(VALUES) == KEPT
    assert not any(kind.rewritten for kind in KEPT)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("class", Kind.NAME), ("id", Kind.NAME), ("type", Kind.WORDS), ("width", Kind.NUMBER), ("viewBox", Kind.NUMBERS), ("d", Kind.SHAPE), ("lang", Kind.LANGUAGE),
     ("disabled", Kind.FLAG), ("checked", Kind.STATE), ("href", Kind.URL), ("src", Kind.SOURCE), ("srcset", Kind.SOURCE_SET),
     ("style", Kind.STYLE), ("_cssText", Kind.SHEET), ("value", Kind.VALUE), ("label", Kind.VALUE), ("srcdoc", Kind.CODE), ("nonce", Kind.CODE)],
)  # fmt: skip
def test_attributes_by_kind(name, kind):
    assert ATTRIBUTES[name] is kind


PRIVATE = ["title", "alt", "placeholder", "aria-label", "aria-description", "aria-valuetext", "content", "name", "data-user",
           "summary", "abbr", "download", "datetime", "itemid", "accesskey", "pattern", "onclick", "min", "max", "low", "high",
           "optimum", "x-data", "data-replicated-value"]  # fmt: skip


@pytest.mark.parametrize("name", PRIVATE)
def test_names_that_speak_are_not_on_the_list(name):
    assert name not in ATTRIBUTES
    assert name not in ALLOWED_ATTRIBUTES
    assert not is_structural(name, "text")
    assert not is_structural(name, "1")


def test_the_published_names_are_those_whose_values_may_stay():
    assert {"class", "id", "type", "width", "lang", "viewBox"} <= ALLOWED_ATTRIBUTES
    assert {ATTRIBUTES[name] for name in ALLOWED_ATTRIBUTES} == set(KEPT)
    assert not {"href", "src", "style", "value", "srcdoc"} & ALLOWED_ATTRIBUTES


@pytest.mark.parametrize(
    ("name", "value"),
    [("href", "text"), ("value", "1"), ("style", "color:red"), ("src", ""), ("TYPE", "text")],
)
def test_what_is_rewritten_is_no_structure(name, value):
    assert not is_structural(name, value)


def test_words_are_words():
    assert all(are_words(word) for word in COLORS)
    assert all(are_words(color.upper()) for color in COLORS)
    assert not [word for word in WORDS if " " in word or not word]


def test_doctypes_are_pairs_of_well_known_identifiers():
    assert ("", "") in DOCTYPES
    assert all(public == "" or public.startswith("-//W3C//DTD ") for public, _ in DOCTYPES)


def test_the_allow_lists_are_pinned():
    """Each entry is a promise to users: change the digest only if you mean the change."""
    lists = (sorted(WORDS), sorted((name, kind.word) for name, kind in ATTRIBUTES.items()))
    digests = [hashlib.sha256(repr(listed).encode()).hexdigest()[:12] for listed in lists]
    assert digests == ["d7c28114f878", "8a321161accc"]
