"""Deleted is deleted, and what is held stays."""

import json
import subprocess
from datetime import datetime, timedelta

import msgspec
import pytest
from archives import (
    BY,
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
    segment,
)

from replay_redact.archive import (
    ArchiveError,
    Certificate,
    Deleted,
    FolderStore,
    Problem,
    Skipped,
)
from replay_redact.archive.ledger.records import Run
from replay_redact.archive.owners import LEASE, Owner

# --- deletion --------------------------------------------------------------------------------


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
    assert not any("/subjects/" in name or "/tokens/" in name for name in files(root))
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


def test_two_who_delete_one_recording_write_one_tombstone(archive, monkeypatch):
    fill(archive, {"a": []})
    stones = archive._recordings.ledger.tombstones
    create = stones.create

    def late(session, stone):
        """The other one is a little quicker."""
        assert create(session, msgspec.structs.replace(stone, by="the other one"))
        return create(session, stone)

    monkeypatch.setattr(stones, "create", late)
    [one] = archive.delete(["a"], **BY).recordings
    assert one.verified
    assert stones.get("a").by == "the other one"


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
    with pytest.raises(ArchiveError, match="not a certificate"):
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


# --- holds -----------------------------------------------------------------------------------


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
        with pytest.raises(ValueError, match="in the future, and have a time zone"):
            archive.hold(["a"], **BY, until=past)
    assert archive_at(root, 4).delete(["a"], **BY).skipped
    assert archive_at(root, 6).delete(["a"], **BY).is_whole


def test_what_is_deleted_cannot_be_held(archive):
    archive.delete(["a"], **BY)
    with pytest.raises(Deleted):
        archive.hold(["a"], **BY)


@pytest.mark.parametrize("verb", ["hold", "release"])
def test_a_hold_first_finishes_what_the_dead_have_left(root, verb):
    archive = archive_at(root)
    fill(archive, {"a": [], "b": []}, 1)
    dead = Owner("1", "elsewhere", 1, Clock()() - LEASE)
    archive._ledger.runs.set("1", Run("delete", "x", "x", Clock()(), dead, ("a",)))
    more = {"by": "x", "reason": "x"} if verb == "hold" else {"by": "x"}
    getattr(archive, verb)(["b"], **more)
    assert archive.deleted("a")
    assert {name.split("/")[0] for name in objects(root)} == {"b"}


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
