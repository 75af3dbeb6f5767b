"""One record per fault of archives that an attack on a finished build found."""

import json

import pytest
from archives import JANE, KEY, archive_at, files, objects, segments_of

from replay_redact.archive import ArchiveError, Certificate

BY = {"by": "dpo", "reason": "ticket 17"}


@pytest.fixture
def root(tmp_path):
    return tmp_path / "root"


@pytest.fixture
def archive(root):
    archive = archive_at(root)
    for number, segment in enumerate(segments_of("a")):
        archive.put("a", number, segment, subjects=[JANE])
    return archive


# --- certificates -----------------------------------------------------------------------------


def told(certificate):
    return json.loads(certificate.as_json())


def read(value):
    return Certificate.from_json(json.dumps(value).encode())


def test_b01_a_dry_run_gave_the_signature_of_a_deletion(archive):
    """Whoever wrote ``false`` for ``true`` had a certificate of a deletion that never was."""
    value = told(archive.erase(JANE, **BY, dry_run=True))
    assert value["dry_run"]
    assert not read(value | {"dry_run": False}).verify(KEY)


def test_b02_a_certificate_with_more_in_it_verified(archive):
    value = told(archive.erase(JANE, **BY))
    assert read(value).verify(KEY)
    [one] = value["recordings"]
    for changed in ({"backups": "gone"}, {"recordings": [one | {"backups": "gone"}]}):
        with pytest.raises(ArchiveError, match="no certificate"):
            read(value | changed)


def test_b02_a_certificate_that_says_a_thing_twice_verified(archive):
    data = archive.erase(JANE, **BY).as_json()
    twice = data.replace(b'"by"', b'"by": "somebody else", "by"', 1)
    with pytest.raises(ArchiveError, match="no certificate"):
        Certificate.from_json(twice)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"[" * 100_000])
def test_b03_what_is_no_certificate_is_told(data):
    with pytest.raises(ArchiveError, match="no certificate"):
        Certificate.from_json(data)


@pytest.mark.parametrize("signature", ["\u00e9", "\ud800", ""])
def test_b03_an_odd_signature_raised_a_type_error(archive, signature):
    value = told(archive.erase(JANE, **BY))
    assert not read(value | {"signature": signature}).verify(KEY)


# --- names and numbers ------------------------------------------------------------------------


def test_b04_one_person_who_was_no_list_was_never_found_again(archive):
    """Her letters were noted instead."""
    archive.put("b", 0, b"[]", subjects="user-18")
    assert archive.sessions_of("user-18") == ("b",)
    assert archive.sessions_of("u") == ()


def test_b05_a_segment_whose_number_was_a_float_survived_its_deletion(archive, root):
    for number in (1.0, "1", None):
        with pytest.raises(ArchiveError, match="numbered from 0"):
            archive.put("b", number, b"[]", subjects=[JANE])
    archive.put("b", True, b"[]")  # an int, as Python sees it
    archive.delete(["b"], **BY)
    assert not [name for name in objects(root) if name.startswith("b/")]


@pytest.mark.parametrize(
    ("layout", "session"),
    [
        (".{session}", "replay-redact"),
        (".{session}/{number}", "replay-redact"),
        ("{session}.toml", "archive"),
        ("{session}", "archive.toml"),
    ],
)
def test_b06_a_recorder_could_name_what_is_the_archives_own(root, layout, session):
    """Its segment vanished, or was read as the settings; and ``expire`` deleted the settings."""
    archive = archive_at(root, layout=layout)
    archive.put("a", 0, b"[]")
    with pytest.raises(ArchiveError, match="of its own"):
        archive.put(session, 0, b"[]")
    (root / "archive.toml").write_text("")
    assert list(archive.sessions()) == ["a"]
    archive.delete([session, "a"], **BY)
    assert (root / "archive.toml").exists()
    assert archive.deleted("a")
