"""Names of objects: safe for whatever a session is called, and read back as what they were."""

import pytest
from archives import LABELS, SENTRY
from hypothesis import given
from hypothesis import strategies as st

from replay_redact.archive import ArchiveError
from replay_redact.archive.layout import Layout, Place, decode_name, encode_name

DEFAULT = "{session}/{number}.json.gz"
WHOLE = "{session}.json.gz"


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("018f2b6e-7c41-7d3a-9f00-aa0000000001", "018f2b6e-7c41-7d3a-9f00-aa0000000001"),
        ("..", "%2e%2e"),
        ("../../etc/passwd", "%2e.%2f..%2fetc%2fpasswd"),
        (".hidden", "%2ehidden"),
        ("ends.", "ends%2e"),
        ("a.b", "a.b"),
        ("Jane", "%4aane"),
        ("jane", "jane"),
        ("é", "%c3%a9"),
        ("e\u0301", "e%cc%81"),
        ("a\\b:c*d?", "a%5cb%3ac%2ad%3f"),
        ("a\0b\n", "a%00b%0a"),
        ("100%", "100%25"),
        ("con", "%63on"),
        ("com1.json", "%63om1.json"),
        ("console", "console"),
        (" ", "%20"),
    ],
)
def test_names_are_encoded(text, encoded):
    assert encode_name(text) == encoded
    assert decode_name(encoded) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "without a name"),
        ("a" * 181, "takes 181 bytes as the name of a file; 180 are allowed"),
        ("Ä" * 31, "takes 186 bytes"),
        ("\ud800", "not valid Unicode"),
    ],
)
def test_names_that_cannot_be_stored_are_refused(text, reason):
    with pytest.raises(ArchiveError, match=reason) as caught:
        encode_name(text)
    assert not text or text not in str(caught.value)


@given(st.text(max_size=30), st.text(max_size=30))
def test_each_name_is_a_safe_file_of_its_own(one, other):
    names = []
    for text in (one, other):
        try:
            names.append(encode_name(text))
        except ArchiveError:
            return
        assert decode_name(names[-1]) == text
        assert names[-1] == names[-1].lower()
        assert names[-1].isascii()
        assert "/" not in names[-1]
        assert names[-1][0] != "."
        assert names[-1][-1] not in ". "
    assert (names[0] == names[1]) == (one == other)


@given(st.text(alphabet="aZ0%2e.-_/é ", max_size=12))
def test_only_one_spelling_of_a_name_is_read(encoded):
    text = decode_name(encoded)
    assert text is None or encode_name(text) == encoded


@given(
    st.sampled_from([DEFAULT, SENTRY, WHOLE]),
    st.text(min_size=1, max_size=20),
    st.integers(0, (1 << 63) - 1),
)
def test_places_are_read_back(template, session, number):
    layout = Layout(template)
    labels = {name: f"{name} {session}"[:25] for name in layout.labels}
    number = number if layout.is_numbered else 0
    try:
        name = layout.name(session, number, labels)
    except ArchiveError:
        return  # it has half a surrogate pair, or is too long
    assert layout.place(name) == Place(session, number, labels)
    assert name.startswith(layout.prefix(session, labels))


@pytest.mark.parametrize(
    "name",
    [
        "a/07.json.gz", "a/-1.json.gz", "a/1.json", "a/1.json.gz.tmp", "A/1.json.gz",
        "a/b/1.json.gz", "1.json.gz", "a/٣.json.gz", "%zz/1.json.gz", f"a/{1 << 63}.json.gz",
        "%ff/1.json.gz", "archive.toml",
    ],
)  # fmt: skip
def test_other_objects_are_no_segments(name):
    assert Layout(DEFAULT).place(name) is None


@pytest.mark.parametrize(
    ("template", "rule"),
    [
        ("{number}.json", "session} must occur exactly once"),
        ("{session}/{session}", "session} must occur exactly once"),
        ("{a}/{a}/{session}", "a field occurs twice"),
        ("{session}-{number}", "two fields need a / between them"),
        ("{number}/{session}", "{number} must be the next field after {session}"),
        ("{session}/{a}/{number}", "{number} must be the next field after {session}"),
        ("{session} of mine", "outside fields, only letters"),
        ("{session}/{Number}", "outside fields, only letters"),
        ("/{session}", "must be a relative path"),
        ("../{session}", "must be a relative path"),
        (".replay-redact/{session}", "the archive's own"),
    ],
)
def test_templates_that_are_none(template, rule):
    with pytest.raises(ArchiveError, match=rule.replace("{", r"\{").replace("}", r"\}")):
        Layout(template)


@pytest.mark.parametrize(
    ("template", "number", "labels", "reason"),
    [
        (DEFAULT, -1, {}, "an integer from 0"),
        (DEFAULT, 1 << 63, {}, "an integer from 0"),
        (WHOLE, 1, {}, "a recording is one object"),
        (DEFAULT, 0, LABELS, "which needs: none"),
        (SENTRY, 0, {}, "which needs: retention, project"),
    ],
)
def test_places_that_a_layout_does_not_have(template, number, labels, reason):
    with pytest.raises(ArchiveError, match=reason):
        Layout(template).name("a", number, labels)


def test_where_recordings_are():
    assert Layout(DEFAULT).prefix("a", {}) == "a/"
    assert Layout(WHOLE).prefix("a", {}) == "a.json.gz"
    assert Layout(SENTRY).prefix("a", LABELS) == "30/7/a/"
    assert Layout(SENTRY).name("a", 2, LABELS) == "30/7/a/2"
