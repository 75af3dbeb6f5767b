"""Archives: putting and reading, persons, retention, dry runs, looking."""

import gzip
import json
import subprocess
import sys

import pytest
from archives import (
    BY,
    JANE,
    LABELS,
    OTHER,
    SENTRY,
    STRICTER,
    age,
    archive_at,
    files,
    fill,
    in_flight,
    objects,
    one_pass,
    read,
    segment,
    segments_of,
)

from replay_redact import archive as archive_module
from replay_redact.archive import (
    ArchiveError,
    Deleted,
    FolderStore,
    Problem,
    Skipped,
    subjects_of,
)

# --- put and read ----------------------------------------------------------------------------


def test_segments_are_stored_and_read_in_order(archive, root):
    stored = segments_of("a", 12)
    for number in (11, 0, *range(1, 11)):
        assert archive.put("a", number, stored[number]) is True
    assert read(archive, "a") == stored
    assert "a/11.json.gz" in objects(root)
    assert in_flight(root) == []


def test_the_first_segment_stays(archive):
    assert archive.put("a", 0, segment(0)) is True
    assert archive.put("a", 0, segment(1)) is False
    assert read(archive, "a") == [segment(0)]


def test_what_is_compressed_is_stored_as_it_is(archive):
    packed = gzip.compress(segment(), mtime=7)
    archive.put("a", 0, packed)
    assert list(archive.read("a")) == [packed]


def test_other_names_get_segments_as_they_are(root):
    archive = archive_at(root, layout="{session}/{number}")
    archive.put("a", 0, segment())
    assert objects(root) == {"a/0": segment()}


def test_there_is_no_such_recording(archive):
    with pytest.raises(ArchiveError, match="no such recording"):
        archive.read("a")


def test_a_recording_that_goes_while_it_is_read(archive, root):
    fill(archive, {"a": [], "b": []})
    found = archive.read("a"), archive.read("b")
    assert [len(next(one)) > 0 for one in found] == [True, True]
    archive.delete("a", **BY)
    with pytest.raises(Deleted) as caught:
        list(found[0])
    assert caught.value.session == "a"
    assert str(caught.value) == "the recording is deleted"
    (root / "b/1.json.gz").unlink()
    with pytest.raises(ArchiveError, match="this archive did not delete it"):
        list(found[1])


def test_names_from_outside_stay_inside(archive, root):
    for session in ("../../x", "A", "a", "/etc/passwd", "con", "é", ".replay-redact"):
        archive.put(session, 0, session.encode())
    assert set(archive.sessions()) == {"../../x", "A", "a", "/etc/passwd", "con", "é", ".replay-redact"}  # fmt: skip
    assert read(archive, "A") == [b"A"]
    assert all(path.is_relative_to(root) for path in root.parent.rglob("*.json.gz"))
    archive.delete("../../x", **BY)
    assert archive.deleted("../../x")
    with pytest.raises(ArchiveError, match="180 are allowed"):
        archive.put("x" * 300, 0, b"")


def test_one_object_for_each_recording(root):
    archive = archive_at(root, layout="{session}.json.gz")
    fill(archive, {"a": [JANE], "b": []}, 1)
    assert set(objects(root)) == {"a.json.gz", "b.json.gz"}
    age(root)
    assert archive.redact(STRICTER).sessions == ("a", "b")
    with pytest.raises(ArchiveError, match="one object"):
        archive.put("a", 1, segment())
    assert [one.session for one in archive.erase(JANE, **BY).recordings] == ["a"]
    assert set(objects(root)) == {"b.json.gz"}
    assert archive.redact(STRICTER, ["c"]).skipped == (Skipped("c", "missing"),)


def test_labels(root):
    archive = archive_at(root, layout=SENTRY)
    for number, one in enumerate(segments_of("a")):
        archive.put("a", number, one, labels=LABELS, subjects=[JANE])
    assert list(objects(root)) == ["30/7/a/0", "30/7/a/1", "30/7/a/2"]
    with pytest.raises(ArchiveError, match="first segment of this recording has other labels"):
        archive.put("a", 3, segment(), labels={**LABELS, "retention": "90"})
    with pytest.raises(ArchiveError, match="which needs: retention, project"):
        archive.put("a", 3, segment())
    age(root)
    assert archive.redact(STRICTER).sessions == ("a",)
    assert read(archive, "a") == one_pass(segments_of("a"))
    assert archive.erase(JANE, **BY).recordings[0].objects == 3
    assert objects(root) == {}
    with pytest.raises(Deleted):
        archive.put("a", 3, segment(), labels=LABELS)


def test_labels_are_looked_for_where_nobody_noted_them(root):
    """Others have stored these, and one of them at two places."""
    archive = archive_at(root, layout=SENTRY)
    store = FolderStore(root)
    for number, one in enumerate(segments_of("a")):
        store.create(archive.name_of("a", number, LABELS), one)
    store.create("90/7/b/0", segment())
    store.create("30/7/b/0", segment())
    age(root)
    assert read(archive, "a") == segments_of("a")
    assert archive.redact(STRICTER, ["a"]).sessions == ("a",)
    assert read(archive, "a") == one_pass(segments_of("a"))
    assert archive.redact(STRICTER, ["b"]).skipped == (
        Skipped("b", "unreadable: a segment is stored twice, under different labels"),
    )
    assert archive.delete(["a", "b"], **BY).is_whole
    assert objects(root) == {}


# --- persons ---------------------------------------------------------------------------------


def test_a_person_is_found_in_any_spelling_and_nobody_else(archive, root):
    fill(archive, {"a": [JANE, OTHER], "b": [JANE], "c": [OTHER]}, 1)
    archive.put("c", 1, segment(), subjects=["\uff2aane@shop.EXAMPLE "])
    assert archive.sessions_of("Jane@SHOP.example") == ("a", "b", "c")
    assert archive.sessions_of(OTHER) == ("a", "c")
    assert archive.sessions_of("nobody") == ()
    assert not any(JANE in name or JANE.encode() in data for name, data in files(root).items())


def test_another_key_is_refused(archive, root):
    """By it, nobody would be found."""
    fill(archive, {"a": [JANE]}, 1)
    with pytest.raises(ArchiveError, match="another index_key"):
        archive_at(root, index_key=b"another key of sixteen bytes")


def test_keys_and_persons_that_are_none(root):
    with pytest.raises(ArchiveError, match="fewer than 16 bytes"):
        archive_at(root, index_key=b"k" * 15)
    archive = archive_at(root, index_key=None)
    with pytest.raises(ArchiveError, match="give an index_key"):
        archive.put("a", 0, segment(), subjects=[JANE])
    with pytest.raises(ArchiveError, match="name of a person is empty"):
        archive_at(root).erase(" ", **BY)
    assert files(root) == {}


def test_who_is_named():
    event = {
        "user": {"id": 17, "email": JANE, "username": "jane", "ip_address": "192.0.2.1"},
        "distinct_id": "jane",
        "properties": {"distinct_id": "p-1", "$user_id": True},
    }
    assert subjects_of(event) == ("17", JANE, "jane", "p-1")
    assert subjects_of({}) == subjects_of({"user": "x", "properties": []}) == ()


@pytest.mark.parametrize(
    "name", ["", " ", "null", "NULL", "undefined", "[object Object]", "0", None]
)
def test_nobody_is_named(name):
    assert subjects_of({"user": {"id": name}, "distinct_id": name}) == ()


# --- retention -------------------------------------------------------------------------------


def test_retention_counts_from_the_first_segment(root):
    """Redaction yesterday does not start the clock anew, nor does a segment that came later."""
    for hours, session in ((0, "old"), (1, "redacted"), (3, "young"), (30, "new")):
        fill(archive_at(root, hours), {session: []}, 1)
    archive_at(root, 29).put("old", 1, segment(1))
    age(root)
    assert archive_at(root, 26).redact(STRICTER, ["redacted"]).sessions == ("redacted",)
    archive = archive_at(root, 50.5)
    planned = archive.expire(hours=48, dry_run=True)
    assert len(list(archive.sessions())) == 4
    certificate = archive.expire(hours=48)
    assert {one.session for one in planned.recordings} == {"old", "redacted"}
    assert {one.session for one in certificate.recordings} == {"old", "redacted"}
    assert certificate.by == "retention"
    assert certificate.reason == "older than 48 hours"
    assert set(archive.sessions()) == {"young", "new"}
    assert archive.expire(days=30).recordings == ()


def test_what_others_have_stored_is_as_old_as_its_objects(root):
    store = FolderStore(root)
    for number, one in enumerate(segments_of("a")):
        store.create(f"a/{number}.json.gz", one)
    age(root)
    archive = archive_at(root, 47)
    assert archive.expire(hours=48).recordings == ()
    [planned] = archive_at(root, 49).expire(hours=48, dry_run=True).recordings
    assert planned.session == "a"
    assert archive.redact(STRICTER).sessions == ("a",)  # which writes the objects anew
    assert archive_at(root, 49).expire(hours=48).recordings[0].session == "a"
    store.create("a/9.json.gz", b"late")
    assert archive_at(root, 500).expire(hours=48).recordings == ()


def test_an_age_has_to_be_given(archive):
    for ages in ({}, {"days": -1}, {"hours": 0}):
        with pytest.raises(ValueError, match="how old a recording may be"):
            archive.expire(**ages)


# --- dry runs --------------------------------------------------------------------------------


def test_dry_runs_change_nothing(root):
    archive = archive_at(root)
    fill(archive, {"a": [JANE], "b": [], "gone": []})
    archive.delete(["gone"], **BY)
    FolderStore(root).create("gone/1.json.gz", segment())
    archive.hold(["b"], **BY)
    age(root)
    archive = archive_at(root, 50)
    before = files(root)
    told = archive.erase(JANE, **BY, dry_run=True)
    assert [(one.session, one.objects, one.verified) for one in told.recordings] == [("a", 3, True)]
    assert told.dry_run
    assert archive.delete(["a", "b"], **BY, dry_run=True).skipped == (Skipped("b", "held"),)
    assert archive.expire(hours=1, dry_run=True).recordings[0].session == "a"
    assert archive.hold(["a"], **BY, dry_run=True) == ("a",)
    assert archive.release(["b"], by="x", dry_run=True) == ("b",)
    assert archive.redact(STRICTER, dry_run=True).sessions == ("a",)
    assert archive.check(dry_run=True) == [Problem("late", "gone")]
    assert files(root) == before
    assert archive.check() == [Problem("late", "gone", mended=True)]


# --- export and check ------------------------------------------------------------------------


def test_export(archive, root, tmp_path):
    fill(archive, {"a": [JANE], "B/": [JANE], "c": [OTHER], "gone": [JANE]})
    archive.delete(["gone"], **BY)
    assert archive.export(JANE, tmp_path / "copies") == ("B/", "a")
    found = files(tmp_path / "copies")
    index = json.loads(found.pop("index.json"))
    assert found == {name: data for name, data in objects(root).items() if name[0] in "a%"}
    assert [one["session"] for one in index] == ["B/", "a"]
    assert sorted(name for one in index for name in one["segments"]) == sorted(found)
    assert JANE not in json.dumps(index)


def test_export_of_names_without_an_end(root, tmp_path):
    archive = archive_at(root, layout="{session}/{number}")
    fill(archive, {"a": [JANE]}, 1)
    archive.export(JANE, tmp_path / "copies")
    assert set(files(tmp_path / "copies")) == {"a/0", "index.json"}


def test_what_is_deleted_while_it_is_copied_is_left_out(archive, tmp_path, monkeypatch):
    fill(archive, {"a": [JANE]}, 1)

    def content(session, _):
        raise Deleted(session)

    monkeypatch.setattr(archive._recordings, "content", content)
    assert archive.export(JANE, tmp_path / "copies") == ()


def test_other_objects_are_told(archive, root):
    fill(archive, {"a": []}, 1)
    for name in ("archive.toml", "notes.txt", "A/1.json.gz"):
        FolderStore(root).create(name, b"")
    assert archive.check() == [Problem("foreign", "A/1.json.gz"), Problem("foreign", "notes.txt")]


def test_a_recording_that_is_deleted_while_it_is_checked(archive, monkeypatch):
    fill(archive, {"a": []}, 1)

    def read_of(session):
        raise Deleted(session)

    monkeypatch.setattr(archive._recordings, "read", read_of)
    assert archive.check(STRICTER) == []


def test_writers_of_their_own(archive, root):
    """The two looks, as the docs show them."""
    name = archive.name_of("a", 0)
    FolderStore(root).create(name, segment())
    assert not archive.deleted("a")
    archive.delete(["a"], **BY)
    FolderStore(root).create(name, segment())
    assert archive.deleted("a")
    assert archive.check() == [Problem("late", "a", mended=True)]


# --- the package -----------------------------------------------------------------------------


def test_the_package_is_light():
    """Nothing of this is imported before it is asked for, nor what URLs and keys would need."""
    code = "import sys, replay_redact; print([n for n in sys.modules if 'archive' in n or n in ('fsspec', 'cryptography', 'pyarrow', 'pyspark')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
    code = "import sys, replay_redact.archive; print([n for n in sys.modules if n in ('fsspec', 'cryptography', 'pyarrow', 'pyspark', 'lxml', 'rich')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_all_names_are_there():
    assert [name for name in archive_module.__all__ if not hasattr(archive_module, name)] == []
    assert issubclass(Deleted, ArchiveError)
