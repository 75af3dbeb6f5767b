"""The verbs of an archive, one by one."""

import gzip
import json
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from archives import (
    AT_FIRST,
    CANARY,
    JANE,
    KEY,
    OTHER,
    START,
    STRICTER,
    Clock,
    age,
    archive_at,
    files,
    fill,
    in_flight,
    objects,
    one_pass,
    read,
    segments_of,
)

from replay_redact import Policy
from replay_redact import archive as archive_module
from replay_redact.archive import (
    Archive,
    ArchiveError,
    Certificate,
    Deleted,
    FolderStore,
    Problem,
    Skipped,
    redaction,
    subjects_of,
)
from replay_redact.archive.ledger.records import Run
from replay_redact.archive.owners import LEASE, Owner

BY = {"by": "dpo@shop.example", "reason": "ticket 17"}
SENTRY = "{retention}/{project}/{session}/{number}"
LABELS = {"retention": "30", "project": "7"}


@pytest.fixture
def root(tmp_path):
    return tmp_path / "root"


@pytest.fixture
def archive(root):
    return archive_at(root)


def segment(number=0):
    return segments_of("x", number + 1)[number]


# --- put and read ---------------------------------------------------------------------------


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
    with pytest.raises(ArchiveError, match="not by this archive"):
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
    with pytest.raises(ArchiveError, match="those of its first segment"):
        archive.put("a", 3, segment(), labels={**LABELS, "retention": "90"})
    with pytest.raises(ArchiveError, match="which are: retention, project"):
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
        Skipped("b", "unreadable: a segment is there twice, under different labels"),
    )
    assert archive.delete(["a", "b"], **BY).is_whole
    assert objects(root) == {}


# --- persons --------------------------------------------------------------------------------


def test_a_person_is_found_in_any_spelling_and_nobody_else(archive, root):
    fill(archive, {"a": [JANE, OTHER], "b": [JANE], "c": [OTHER]}, 1)
    archive.put("c", 1, segment(), subjects=["\uff2aane@shop.EXAMPLE "])
    assert archive.sessions_of("Jane@SHOP.example") == ("a", "b", "c")
    assert archive.sessions_of(OTHER) == ("a", "c")
    assert archive.sessions_of("nobody") == ()
    assert not any(JANE in name or JANE.encode() in data for name, data in files(root).items())


def test_another_key_finds_nobody(archive, root):
    fill(archive, {"a": [JANE]}, 1)
    assert archive_at(root, index_key=b"another key of sixteen bytes").sessions_of(JANE) == ()


def test_keys_and_persons_that_are_none(root):
    with pytest.raises(ArchiveError, match="fewer than 16 bytes"):
        archive_at(root, index_key=b"k" * 15)
    archive = archive_at(root, index_key=None)
    with pytest.raises(ArchiveError, match="give the archive an index_key"):
        archive.put("a", 0, segment(), subjects=[JANE])
    with pytest.raises(ArchiveError, match="without a name"):
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


# --- deletion -------------------------------------------------------------------------------


def test_what_is_deleted_is_gone_and_stays_out(archive, root):
    fill(archive, {"a": [JANE], "b": []})
    known = objects(root)
    certificate = archive.delete(["a"], **BY)
    assert {name for name in known if name.startswith("b/")} == set(objects(root))
    assert archive.deleted("a")
    assert not archive.deleted("b")
    for call in (
        lambda: archive.put("a", 9, segment(), subjects=[JANE]),
        lambda: archive.read("a"),
    ):
        with pytest.raises(Deleted):
            call()
    assert archive.sessions_of(JANE) == ()
    [one] = certificate.recordings
    assert one.session == "a"
    assert one.objects == 3
    assert one.size == sum(len(data) for name, data in known.items() if name.startswith("a/"))
    assert one.verified
    assert not one.before
    assert certificate.is_whole
    assert in_flight(root) == []


def test_deleted_twice_and_what_was_never_there(archive):
    fill(archive, {"a": []}, 1)
    archive.delete(["a", "a"], **BY)
    again = archive.delete(["a", "never"], **BY)
    assert [(one.session, one.objects, one.before) for one in again.recordings] == [
        ("a", 0, True),
        ("never", 0, False),
    ]
    with pytest.raises(Deleted):
        archive.put("never", 0, segment())


def test_deleted_is_deleted(archive, root):
    """By grep: nothing of the person, and nothing of what was recorded of her."""
    secret = "Canary-of-Jane"  # noqa: S105 - it is what grep looks for
    fill(archive, {"a": [JANE, "jane-4711"], "b": [JANE], "c": [OTHER]})
    FolderStore(root).write("a/0.json.gz", secret.encode())
    FolderStore(root).create("a/7.json.gz", secret.encode())
    FolderStore(root).create(".replay-redact/staged/a/0", secret.encode())
    FolderStore(root).create(".replay-redact/writing/a/1.json.gz~elsewhere~1~00", secret.encode())
    others = {name: data for name, data in objects(root).items() if name.startswith("c/")}
    certificate = archive.erase("JANE@shop.example", **BY)
    for text in (JANE, "jane-4711", secret, f"{CANARY} of a", f"{CANARY} of b"):
        found = subprocess.run(["grep", "-ri", text, root], capture_output=True, check=False)  # noqa: S603, S607
        assert found.returncode == 1
    assert objects(root) == others
    assert archive.sessions_of(JANE) == archive.sessions_of("jane-4711") == ()
    assert [one.session for one in certificate.recordings] == ["a", "b"]
    assert certificate.verify(KEY)
    assert certificate.is_whole
    for session in ("a", "b"):
        with pytest.raises(Deleted):
            archive.read(session)
        with pytest.raises(Deleted):
            archive.put(session, 1, segment(), subjects=[JANE])
    assert archive.check() == []


def test_who_comes_while_she_is_erased_is_erased(archive, root, monkeypatch):
    """A listing may miss the newest, and a segment may come for another session."""
    fill(archive, {"a": [JANE]}, 1)
    real = archive._recordings.purge

    def purge(session, labels):
        if session == "a" and not archive._ledger.records.has("b"):
            fill(archive_at(root), {"b": [JANE]}, 1)
        return real(session, labels)

    monkeypatch.setattr(archive._recordings, "purge", purge)
    assert [one.session for one in archive.erase(JANE, **BY).recordings] == ["a", "b"]
    assert objects(root) == {}


@pytest.mark.parametrize(
    ("subject", "reason"),
    [(JANE, "asked by Jane@Shop.example"), ("jane", "Jane asked"), ("4915112345678", "tel 4915112345678")],
)  # fmt: skip
def test_what_stays_must_not_name_the_person(archive, subject, reason):
    with pytest.raises(ArchiveError, match="must not name the person"):
        archive.erase(subject, by="dpo", reason=reason)
    with pytest.raises(ArchiveError, match="must not name the person"):
        archive.erase(subject, by=reason, reason="x")


def test_a_short_number_may_be_that_of_a_ticket(archive):
    assert archive.erase("17", **BY).is_whole
    assert archive.erase("ane", by="Jane's office", reason="x").is_whole


def test_others_go_on_writing(archive, root, monkeypatch):
    """The certificate does not say that a recording is gone to which a foreign writer adds."""
    fill(archive, {"a": []}, 1)
    real = archive._recordings.purge

    def purge(session, labels):
        left = real(session, labels)
        FolderStore(root).write("a/5.json.gz", segment())
        return left

    monkeypatch.setattr(archive._recordings, "purge", purge)
    certificate = archive.delete(["a"], **BY)
    assert not certificate.recordings[0].verified
    assert not certificate.is_whole
    monkeypatch.undo()
    assert archive.check() == [Problem("late", "a", mended=True)]
    assert archive.check() == []
    assert objects(root) == {}


def test_versions_that_remain_are_told(root):
    class Versioned(FolderStore):
        def delete(self, name):
            super().delete(name)
            return 2 if name.endswith("1.json.gz") else 0

    archive = archive_at(root, store=Versioned)
    fill(archive, {"a": []})
    certificate = archive.delete(["a"], **BY)
    assert certificate.recordings[0].versions_remain == 2
    assert not certificate.is_whole


def test_certificates(archive, root):
    fill(archive, {"a": [JANE]}, 1)
    certificate = archive.erase(JANE, **BY)
    data = certificate.as_json()
    assert Certificate.from_json(data) == certificate
    assert certificate.verify(KEY)
    assert not certificate.verify(b"another key of sixteen bytes")
    told = json.loads(data)
    assert told["unreached"] == ["backups", "caches", "exports", "other stores"]
    assert JANE not in data.decode()
    for name in ("by", "reason", "subject", "id"):
        changed = Certificate.from_json(json.dumps({**told, name: "x"}).encode())
        assert not changed.verify(KEY)
    archive.delete(["b"], **BY)
    assert sorted(one.verb for one in archive.certificates()) == ["delete", "erase"]
    assert len([name for name in files(root) if "/certificates/" in name]) == 2
    with pytest.raises(ArchiveError, match="no certificate"):
        Certificate.from_json(b"{}")


def test_without_a_key_nothing_is_signed(root):
    certificate = archive_at(root, index_key=None).delete(["a"], **BY)
    assert certificate.signature == ""
    assert not certificate.verify(KEY)


def test_damaged_entries_stop_everything(archive, root):
    fill(archive, {"a": []}, 1)
    (root / ".replay-redact/sessions/a.json").write_bytes(b"{")
    [skipped] = archive.redact(STRICTER).skipped
    assert "sessions/a.json is damaged" in skipped.why
    with pytest.raises(ArchiveError, match=r"sessions/a.json is damaged"):
        archive.expire(hours=1)


def test_what_is_no_row_is_no_row(archive, root):
    fill(archive, {"a": []}, 1)
    for name in ("A.json", "b.txt", "%zz.json"):
        (root / ".replay-redact/tombstones").mkdir(exist_ok=True)
        (root / ".replay-redact/tombstones" / name).write_bytes(b"{}")
    assert list(archive._ledger.tombstones.keys()) == []


# --- retention ------------------------------------------------------------------------------


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
    assert archive.redact(STRICTER).sessions == ("a",)  # which writes the objects anew
    assert archive_at(root, 49).expire(hours=48).recordings[0].session == "a"
    store.create("a/9.json.gz", b"late")
    assert archive_at(root, 500).expire(hours=48).recordings == ()


def test_an_age_has_to_be_given(archive):
    for ages in ({}, {"days": -1}, {"hours": 0}):
        with pytest.raises(ValueError, match="how old a recording may be"):
            archive.expire(**ages)


# --- holds ----------------------------------------------------------------------------------


def test_what_is_held_survives_and_is_named(root):
    archive = archive_at(root, 0)
    fill(archive, {"a": [JANE], "b": [JANE]})
    known = {name: data for name, data in objects(root).items() if name.startswith("a/")}
    assert archive.hold(["a"], by="counsel", reason="case 4") == ("a",)
    assert archive.hold("a", by="counsel", reason="case 5") == ()
    age(root)
    archive = archive_at(root, 100)
    for certificate in (
        archive.delete(["a"], **BY),
        archive.erase(JANE, **BY),
        archive.expire(hours=48),
        archive.delete(["a"], **BY, dry_run=True),
    ):
        assert certificate.skipped == (Skipped("a", "held"),)
        assert not certificate.is_whole
    assert archive.redact(STRICTER).skipped == (Skipped("a", "held"),)
    assert objects(root) == known
    assert archive.release(["a", "never"], by="counsel") == ("a",)
    assert archive.release(["a"], by="counsel") == ()
    assert archive.erase(JANE, **BY).is_whole
    assert objects(root) == {}


def test_a_hold_may_end_by_itself(root):
    archive = archive_at(root, 0)
    fill(archive, {"a": []}, 1)
    archive.hold(["a"], **BY, until=START + timedelta(hours=5))
    for past in (START, datetime(2999, 1, 1)):  # noqa: DTZ001 - what is wrong with it
        with pytest.raises(ValueError, match="a time to come, with its zone"):
            archive.hold(["a"], **BY, until=past)
    assert archive_at(root, 4).delete(["a"], **BY).skipped
    assert archive_at(root, 6).delete(["a"], **BY).is_whole


def test_what_is_deleted_cannot_be_held(archive):
    archive.delete(["a"], **BY)
    with pytest.raises(Deleted):
        archive.hold(["a"], **BY)


def test_a_hold_that_meets_a_deletion(archive, monkeypatch):
    """Whoever comes second sees the other."""
    fill(archive, {"a": [], "b": []}, 1)
    owner = Owner("1", "elsewhere", 1, Clock()() + LEASE)
    run = Run("delete", "x", "x", Clock()(), owner, ("a",))
    archive._ledger.runs.set("1", run)
    with pytest.raises(ArchiveError, match="has begun"):
        archive.hold(["a"], **BY)
    assert not archive._recordings.is_held("a")
    assert archive.hold(["b"], **BY) == ("b",)
    with pytest.raises(ArchiveError, match="held already"):
        archive._deletion.hold("b", "x", "x", None)
    monkeypatch.setattr(archive._recordings, "is_deleted", lambda _: True)
    with pytest.raises(Deleted):
        archive._deletion.hold("a", "x", "x", None)


# --- dry runs -------------------------------------------------------------------------------


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


# --- redaction ------------------------------------------------------------------------------


def test_a_stricter_policy_gives_what_one_pass_gives(archive, root):
    fill(archive, {"a": [], "b": []})
    age(root)
    done = archive_at(root).redact(STRICTER, ["a"])
    assert done.sessions == ("a",)
    assert done.report.masked["text"] > 0
    assert read(archive, "a") == one_pass(segments_of("a"))
    assert read(archive, "b") == segments_of("b")
    again = archive.redact(STRICTER)
    assert (again.sessions, again.unchanged) == (("b",), ("a",))
    assert archive.check(STRICTER) == []
    assert archive.check(Policy()) == [Problem("shown", "a"), Problem("shown", "b")]
    assert in_flight(root) == []


def test_a_second_run_writes_nothing(archive, root):
    fill(archive, {"a": []})
    age(root)
    archive.redact(STRICTER)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    archive.redact(STRICTER)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    assert archive.redact(STRICTER, again=True).sessions == ("a",)


def test_open_recordings_are_left(root):
    archive = Archive(root, index_key=KEY)
    fill(archive, {"a": []})
    assert archive.redact(STRICTER).skipped == (Skipped("a", "open"),)
    age(root)
    assert archive.redact(STRICTER).sessions == ("a",)
    assert archive.redact(AT_FIRST).sessions == ("a",)  # redaction does not open it again
    archive.put("a", 3, segments_of("a", 4)[3])
    assert archive.redact(AT_FIRST).skipped == (Skipped("a", "open"),)
    age(root)
    assert archive.redact(AT_FIRST).sessions == ("a",)


def test_what_cannot_be_read_stays_and_is_named(archive, root):
    fill(archive, {"a": []})
    FolderStore(root).write("a/1.json.gz", b"no recording")
    age(root)
    before = files(root)
    [skipped] = archive.redact(STRICTER).skipped
    assert skipped.session == "a"
    assert re.match(r"unreadable: segment 1: ", skipped.why)
    assert {**files(root), **before} == files(root)
    assert objects(root) == {n: d for n, d in before.items() if n in objects(root)}
    assert archive.check(STRICTER) == [Problem("unreadable", "a")]
    assert in_flight(root) == []


def test_deleted_and_missing_recordings_are_named(archive):
    archive.delete(["a"], **BY)
    skipped = archive.redact(STRICTER, ["a", "b"]).skipped
    assert skipped == (Skipped("a", "deleted"), Skipped("b", "missing"))


def test_rules_of_the_sdk_do_not_redact_what_is_stored(archive):
    with pytest.raises(ArchiveError, match="the rules of Sentry's SDK"):
        archive.redact(Policy.sentry())


def at_stage(archive, monkeypatch, does, times=1):
    """Have something happen while a recording is staged."""
    real, left = archive._recordings.content, [times]

    def content(session, entry):
        if left[0]:
            left[0] -= 1
            does()
        return real(session, entry)

    monkeypatch.setattr(archive._recordings, "content", content)


def test_a_segment_that_comes_meanwhile_is_redacted_too(archive, root, monkeypatch):
    fill(archive, {"a": []})
    age(root)

    def put():
        archive.put("a", 3, segments_of("a", 4)[3])

    at_stage(archive, monkeypatch, put)
    assert archive.redact(STRICTER).sessions == ("a",)
    assert read(archive, "a") == one_pass(segments_of("a", 4))


def test_segments_that_come_on_and_on(archive, root, monkeypatch):
    fill(archive, {"a": []}, 1)
    age(root)
    numbers = iter(range(1, 100))
    at_stage(archive, monkeypatch, lambda: archive.put("a", next(numbers), segment()), 99)
    assert archive.redact(STRICTER).skipped == (Skipped("a", "open"),)
    assert in_flight(root) == []


def test_what_is_deleted_meanwhile_leaves_nothing(archive, root, monkeypatch):
    fill(archive, {"a": [JANE]})
    age(root)
    at_stage(archive, monkeypatch, lambda: archive_at(root).delete(["a"], **BY))
    assert archive.redact(STRICTER).skipped == (Skipped("a", "deleted"),)
    assert objects(root) == {}
    assert in_flight(root) == []


def test_what_is_held_meanwhile_is_left(archive, root, monkeypatch):
    fill(archive, {"a": []})
    age(root)
    before = objects(root)
    at_stage(archive, monkeypatch, lambda: archive_at(root).hold(["a"], **BY))
    assert archive.redact(STRICTER).skipped == (Skipped("a", "held"),)
    assert objects(root) == before


def test_who_is_taken_for_dead_stops(archive, root, monkeypatch):
    fill(archive, {"a": []})
    age(root)
    before = objects(root)

    def bury():
        for entry in list(FolderStore(root).list(".replay-redact/claims/")):
            FolderStore(root).delete(entry.name)

    at_stage(archive, monkeypatch, bury)
    assert archive.redact(STRICTER).skipped == (Skipped("a", "claimed"),)
    assert objects(root) == before


def test_a_claim_is_renewed(root):
    clock = Clock()
    claim = redaction._Claim(archive_at(root, clock=clock)._recordings, "a")
    claim.renew(at_once=True)
    first = claim.owner.until
    claim.renew()
    assert claim.owner.until == first
    clock.time += LEASE / 2
    claim.renew()
    assert claim.owner.until == first + LEASE / 2


def claim_of(root, name, *, alive=True):
    """Have somebody else claim a recording."""
    until = datetime.now(UTC) + timedelta(days=36500 if alive else -36500)
    owner = Owner(name, "elsewhere", 1, until)
    data = json.dumps({"id": name, "host": "elsewhere", "process": 1, "until": until.isoformat()})
    FolderStore(root).create(f".replay-redact/claims/a/{name}", data.encode())
    return owner


def test_what_another_process_has_claimed_is_left(archive, root):
    fill(archive, {"a": []})
    age(root)
    claim_of(root, "1")
    FolderStore(root).create(".replay-redact/staged/a/0", b"x")
    assert archive.redact(STRICTER).skipped == (Skipped("a", "claimed"),)
    archive.check()
    assert FolderStore(root).read(".replay-redact/staged/a/0") == b"x"


def test_of_two_that_come_at_once_one_goes_on(archive, root, monkeypatch):
    fill(archive, {"a": []})
    monkeypatch.setattr(redaction, "_LOOKS", 3)
    first = redaction._Claim(archive._recordings, "a")
    claim_of(root, "0" * 16)
    with pytest.raises(redaction._Skip):
        first.wait()  # the other one goes before
    FolderStore(root).delete(f".replay-redact/claims/a/{'0' * 16}")
    claim_of(root, "f" * 17)
    with pytest.raises(redaction._Skip):
        first.wait()  # the other one should withdraw, and does not
    gone = threading.Timer(0.005, FolderStore(root).delete, [f".replay-redact/claims/a/{'f' * 17}"])
    monkeypatch.setattr(redaction, "_LOOKS", 500)
    gone.start()
    first.wait()
    gone.join()


def test_what_a_dead_process_left_is_cleared(archive, root):
    fill(archive, {"a": [], "b": []})
    age(root)
    before = objects(root)
    claim_of(root, "1", alive=False)
    store = FolderStore(root)
    store.create(".replay-redact/staged/a/0", b"x")
    store.create(".replay-redact/staged/b/0", b"x")  # whose claim is gone
    store.create(".replay-redact/staged/%zz/0", b"x")
    archive.check()
    assert objects(root) == before
    assert in_flight(root) == [".replay-redact/staged/%zz/0"]


def test_a_deletion_that_others_work_on_is_left_to_them(archive):
    fill(archive, {"a": [], "b": []}, 1)
    for key, host, age_of in (("1", "elsewhere", timedelta(0)), ("2", "elsewhere", LEASE)):
        owner = Owner(key, host, 1, Clock()() + LEASE - age_of)
        run = Run("delete", "x", "x", Clock()(), owner, ("a" if key == "1" else "b",))
        archive._ledger.runs.set(key, run)
    archive.check()
    assert not archive.deleted("a")
    assert archive.deleted("b")
    assert list(archive._ledger.runs.keys()) == ["1"]


# --- export and check -----------------------------------------------------------------------


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


# --- the package ----------------------------------------------------------------------------


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


# --- others come between --------------------------------------------------------------------


def test_who_comes_second_finds_the_clock_started(archive, monkeypatch):
    real = archive._ledger.records.create

    def create(key, row):
        real(key, row)
        return real(key, row)

    monkeypatch.setattr(archive._ledger.records, "create", create)
    assert archive.put("a", 0, segment()) is True
    assert archive._ledger.records.get("a").first == START


def test_who_comes_second_finds_the_work_done(archive, root, monkeypatch):
    fill(archive, {"a": []})
    age(root)
    answers = iter([True, False])
    monkeypatch.setattr(archive._redaction, "_is_due", lambda *_: next(answers))
    before = objects(root)
    assert archive.redact(STRICTER).unchanged == ("a",)
    assert objects(root) == before


def test_what_is_gone_since_it_was_listed(archive, monkeypatch):
    archive.delete(["a"], **BY)
    assert not archive._deletion.sweep("never")
    assert not archive._deletion.release("never", "x")
    archive._redaction._put_in_place("never")
    monkeypatch.setattr(archive._ledger.certificates, "keys", lambda: iter(["never"]))
    assert list(archive.certificates()) == []


def test_a_commit_of_which_the_record_is_gone(archive, root):
    fill(archive, {"a": []}, 1)
    age(root)
    archive._redaction._stage("a", redaction._Work(STRICTER, again=False, dry_run=False), Claim())
    archive._ledger.records.delete("a")
    archive._redaction._put_in_place("a")
    assert read(archive, "a") == one_pass(segments_of("a", 1))
    assert archive._ledger.records.get("a") is None


class Claim:
    """A claim that nobody contests."""

    def renew(self):
        """Go on."""

    def check(self):
        """Go on."""
