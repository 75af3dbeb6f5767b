"""One record per fault of archives that an attack on a finished build found."""

import gzip
import json
from datetime import timedelta

import pytest
from archives import (
    JANE,
    KEY,
    START,
    STRICTER,
    Clock,
    age,
    archive_at,
    in_flight,
    objects,
    one_pass,
    segments_of,
)

from replay_redact import Policy
from replay_redact.archive import ArchiveError, Certificate, FolderStore
from replay_redact.archive.ledger.records import Run
from replay_redact.archive.owners import Owner

BY = {"by": "dpo", "reason": "ticket 17"}


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
        with pytest.raises(ArchiveError, match="not a certificate"):
            read(value | changed)


def test_b02_a_certificate_that_says_a_thing_twice_verified(archive):
    data = archive.erase(JANE, **BY).as_json()
    twice = data.replace(b'"by"', b'"by": "somebody else", "by"', 1)
    with pytest.raises(ArchiveError, match="not a certificate"):
        Certificate.from_json(twice)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"[" * 100_000])
def test_b03_what_is_no_certificate_is_told(data):
    with pytest.raises(ArchiveError, match="not a certificate"):
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
        with pytest.raises(ArchiveError, match="an integer from 0"):
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
    with pytest.raises(ArchiveError, match="its own data"):
        archive.put(session, 0, b"[]")
    (root / "archive.toml").write_text("")
    assert list(archive.sessions()) == ["a"]
    archive.delete([session, "a"], **BY)
    assert (root / "archive.toml").exists()
    assert archive.deleted("a")


# --- holds ------------------------------------------------------------------------------------


def test_b07_a_hold_for_longer_was_dropped_where_a_shorter_one_stood(archive):
    """It said nothing, and the recording went when the shorter one ended."""
    day = timedelta(days=1)
    assert archive.hold(["a"], by="c", reason="r", until=START + day) == ("a",)
    assert archive.hold(["a"], by="c", reason="r", until=START + day / 2) == ()
    assert archive.hold(["a"], by="c", reason="r", until=START + 2 * day, dry_run=True) == ("a",)
    assert archive.hold(["a"], by="c", reason="r", until=START + 2 * day) == ("a",)
    assert archive.hold(["a"], by="c", reason="r") == ("a",)
    assert archive.hold(["a"], by="c", reason="r") == ()
    assert archive.hold(["a"], by="c", reason="r", until=START + 3 * day) == ()
    archive._recordings._clock.time += 9 * day
    assert [one.why for one in archive.delete(["a"], **BY).skipped] == ["held"]


def test_b07_the_shorter_hold_stays_if_a_deletion_has_begun(archive):
    """That deletion has met the shorter hold, or will."""
    archive.hold(["a"], by="c", reason="r", until=START + timedelta(days=1))
    owner = Owner("f" * 16, "another machine", 1, START + timedelta(hours=1))
    archive._ledger.runs.set(owner.id, Run("delete", "x", "y", START, owner, ("a",)))
    with pytest.raises(ArchiveError, match="has begun"):
        archive.hold(["a"], by="c", reason="r")
    assert archive._ledger.holds.get("a").until == START + timedelta(days=1)


# --- links and what others left ---------------------------------------------------------------


def test_b08_a_linked_folder_led_out_of_the_root(archive, root, tmp_path):
    """Segments were written to and deleted from a place that no listing of the archive shows."""
    away = tmp_path / "away"
    away.mkdir()
    (away / "0.json.gz").write_bytes(b"[]")
    (root / "b").symlink_to(away)
    archive._ledger.subjects.add("b", [archive._ledger.subjects.token(JANE)])
    for verb in (
        lambda: archive.put("b", 1, b"[]"),
        lambda: archive._recordings.store.read("b/0.json.gz"),
    ):
        with pytest.raises(ArchiveError, match="a symbolic link"):
            verb()
    with pytest.raises(ArchiveError, match="no such recording"):
        archive.read("b")
    assert archive._recordings.store.entry("b/0.json.gz") is None
    assert archive._recordings.store.delete("b/0.json.gz") == 1
    certificate = archive.erase(JANE, **BY)
    assert {one.session: one.verified for one in certificate.recordings} == {"a": True, "b": False}
    assert [path.name for path in away.iterdir()] == ["0.json.gz"]
    assert ("foreign", "b") in [problem[:2] for problem in archive.check()]


def test_b09_one_link_stopped_every_verb_for_good(archive, root, tmp_path):
    """The deletion that met it was tried again by each, also by ``check``."""
    (tmp_path / "away").write_bytes(b"[]")
    (root / "a" / "7.json.gz").symlink_to(tmp_path / "away")
    archive.put("b", 0, b"[]")
    [one] = archive.erase(JANE, **BY).recordings
    assert not one.verified
    assert one.versions_remain == 1
    assert archive.delete(["b"], **BY).is_whole
    assert [name for name in objects(root) if not name.endswith("7.json.gz")] == []
    for dry_run in (True, False):
        assert ("late", "a", False) in archive.check(dry_run=dry_run)


def test_b10_a_copy_in_the_folder_of_a_recording_did_not_count_as_left(archive, root):
    (root / "a" / "0.json.gz.bak").write_bytes(b"[]")
    certificate = archive.erase(JANE, **BY)
    assert not certificate.is_whole
    (root / "a" / "0.json.gz.bak").unlink()
    assert archive.delete(["a"], **BY).is_whole


# --- another layout, another key --------------------------------------------------------------


@pytest.mark.usefixtures("archive")
def test_b11_by_another_layout_an_erasure_said_that_all_was_gone(root):
    """No object was found, so none was left; and the index was gone for good."""
    with pytest.raises(ArchiveError, match=r"another layout: open it with '\{session\}/\{number\}"):
        archive_at(root, layout="{session}.json.gz")
    fresh = archive_at(root.parent / "fresh"), archive_at(root.parent / "fresh", layout="{session}")
    fresh[0].put("a", 0, b"[]")
    with pytest.raises(ArchiveError, match="another layout"):
        fresh[1].put("a", 0, b"[]")


@pytest.mark.usefixtures("archive")
def test_b12_by_another_key_an_erasure_said_that_all_was_gone(root):
    with pytest.raises(ArchiveError, match="another index_key"):
        archive_at(root, index_key=KEY + b"x")
    assert archive_at(root, index_key=None).delete(["a"], **BY).is_whole
    late = archive_at(root.parent / "late", index_key=None)
    late.put("a", 0, b"[]")
    archive_at(root.parent / "late").put("b", 0, b"[]", subjects=[JANE])
    with pytest.raises(ArchiveError, match="another index_key"):
        archive_at(root.parent / "late", index_key=KEY + b"x")


# --- clocks that jump -------------------------------------------------------------------------


class JumpingStore(FolderStore):
    """While a segment is read, the clock jumps, and somebody else redacts."""

    def read(self, name):
        if name == "a/1.json.gz" and self.jump:
            jump, self.jump = self.jump, None
            jump()
        return super().read(name)


def test_b18_a_claim_that_others_took_for_dead_came_alive_again(archive, root):
    """So two had it, and what the laxer one had staged was stored as redacted by the stricter."""
    clock, outcomes = Clock(), []

    def jump():
        clock.time += timedelta(hours=2)
        outcomes.append(archive_at(root, clock=clock).redact(Policy.lockdown(), ["a"]))

    stored = list(archive.read("a"))
    age(root)
    first = archive_at(root, clock=clock, store=JumpingStore)
    first._recordings.store.jump = jump
    assert [one.why for one in first.redact(STRICTER, ["a"]).skipped] == ["claimed"]
    assert outcomes[0].sessions == ("a",)
    plain = [gzip.decompress(one) for one in stored]
    outputs = [gzip.decompress(one) for one in first.read("a")]
    assert outputs == one_pass(plain, Policy.lockdown())
    assert in_flight(root) == []


# --- spellings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    [
        "\ufeffjane roe",
        "jane roe\u200b",
        "jane\u00ad roe",
        "jane   roe",
        "Jane\u00a0\u2009Roe",
        "\u202ajane roe\u202c",
        "\uff2a\uff21\uff2e\uff25 roe",
    ],
)
def test_b19_a_person_was_not_found_by_a_name_with_something_unseen_in_it(archive, spelling):
    archive.put("b", 0, b"[]", subjects=["Jane Roe"])
    assert archive.sessions_of(spelling) == ("b",)


def test_b19_nor_by_another_order_of_marks(archive):
    archive.put("b", 0, b"[]", subjects=["\u0391\u0345\u0342"])
    assert archive.sessions_of("\u1fb7") == ("b",)


def test_b19_a_person_of_nothing_seen_is_nobody(archive):
    with pytest.raises(ArchiveError, match="name of a person is empty"):
        archive.sessions_of("\u200b \ufeff")


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("O'Brien", "O&#39;Brien"),
        ("O'Brien", "O&#039;Brien"),
        ("O'Brien", "o&apos;brien"),
        ("Jane Roe", "Jane&nbsp;Roe"),
        ("Jane O'Brien", "Jane&nbsp;O&#39;Brien"),
        ("A&B 'n' C", "A&amp;B 'n' C"),
    ],
)
def test_b20_a_name_as_html_has_it_was_not_found(archive, secret, text):
    event = [{"type": 5, "timestamp": 1, "data": {"tag": "t", "payload": text}}]
    archive.put("b", 0, json.dumps(event).encode())
    assert [found.session for found in archive.find(secrets=[secret])] == ["b"]


# --- reasons ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("jane@x.example", "of jane%40x.example"),
        ("jane@x.example", "jane @ x.example"),
        ("jane roe", "for Jane-Roe"),
        ("jane", "jane_17"),
        ("user-17", "user 17"),
        ("c++", "c++ asked"),
    ],
)
def test_b21_a_reason_named_the_person_otherwise_and_stayed(archive, subject, reason):
    with pytest.raises(ArchiveError, match="must not name the person"):
        archive.erase(subject, by="dpo", reason=reason)


@pytest.mark.parametrize(
    ("subject", "reason"),
    [("jane@x.example", "xjane@x.example"), ("17", "ticket 17"), ("c++", "case c 7"), ("jo", "a")],
)
def test_b21_a_reason_may_say_what_is_near_a_name(archive, subject, reason):
    assert archive.erase(subject, by="dpo", reason=reason).is_whole
