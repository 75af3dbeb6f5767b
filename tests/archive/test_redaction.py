"""Recordings that are redacted again, and others that come between."""

import json
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from archives import (
    AT_FIRST,
    BY,
    JANE,
    KEY,
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
    segment,
    segments_of,
)

from replay_redact import Policy
from replay_redact.archive import (
    Archive,
    ArchiveError,
    FolderStore,
    Problem,
    Skipped,
    redaction,
)
from replay_redact.archive.ledger.records import Run
from replay_redact.archive.owners import LEASE, Owner

# --- redaction -------------------------------------------------------------------------------


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


def test_two_redactions_do_not_share_what_they_stage(archive, root, monkeypatch):
    """Each wrote over what the other had staged, and removed it when done."""
    fill(archive, {"a": []})
    age(root)
    other = ".replay-redact/staged/a/0123456789abcdef/0"

    def stage():
        FolderStore(root).write(other, b"of another redaction")

    at_stage(archive, monkeypatch, stage)
    assert archive.redact(STRICTER).sessions == ("a",)
    assert read(archive, "a") == one_pass(segments_of("a"))
    assert in_flight(root) == [other]
    archive.check()
    assert in_flight(root) == []


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


def test_a_damaged_claim_is_told(archive, root):
    fill(archive, {"a": []})
    age(root)
    FolderStore(root).create(".replay-redact/claims/a/1", b"{")
    [skipped] = (
        archive_at(root)._redaction.redact(STRICTER, "a", again=False, dry_run=False).skipped
    )
    assert "a claim below .replay-redact/claims/ is damaged" in skipped.why
    with pytest.raises(ArchiveError, match="is damaged"):
        archive.check()


def test_a_claim_that_comes_between_look_and_claim(root, monkeypatch):
    """Whoever claims looks again afterwards."""
    fill(archive_at(root), {"a": []})
    age(root)
    before = objects(root)
    archive = archive_at(root)
    real = archive._recordings.store.write

    def write(name, data):
        if "/claims/" in name:
            claim_of(root, "0" * 16)
        real(name, data)

    monkeypatch.setattr(archive._recordings.store, "write", write)
    assert archive.redact(STRICTER).skipped == (Skipped("a", "claimed"),)
    assert objects(root) == before
    assert [name for name in in_flight(root) if "/claims/" not in name] == []


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


# --- others come between ---------------------------------------------------------------------


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
    assert archive._deletion.sweep("never")
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

    owner = Owner.me(START)

    def renew(self):
        """Go on."""

    def check(self):
        """Go on."""
