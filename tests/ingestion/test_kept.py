"""The example that keeps the endpoint's output in an archive, and what is then done to it."""

import importlib
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from wire.bodies import POSTHOG, REPLAY, SECRETS, SENTRY, SESSION
from wire.test_forms import said

from replay_redact import Policy
from replay_redact.archive import Archive, Deleted
from replay_redact.cli import main

pytest.importorskip("redis", reason="redis is not installed: extra ingestion")
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
KEY = "sixteen bytes or more of a key"
JANE = "jane.roe@shop.example"
ENVELOPE = ("/api/42/envelope/", SENTRY["envelope of several items"])
OWN = [b'[{"type": 4, "timestamp": 1, "data": {"href": "https://a.example", "width": 1, "height": 1}}]',
       b'[{"type": 1, "timestamp": 2, "data": {}}]']  # fmt: skip


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """Return the endpoint, and the archive below it."""
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("REPLAY_ARCHIVE", str(tmp_path / "replays"))
    monkeypatch.setenv("REPLAY_INDEX_KEY", KEY)
    keep = importlib.import_module("keep")
    archive = keep.open_archive()
    return importlib.import_module("ingest").make_handle(keep.ArchiveStore(archive)), archive


def post(handle, path, body):
    answer = handle(path, {}, body)
    return answer.status, json.loads(answer.body)["reason"]


def fill(handle):
    """Send what SDKs of both kinds send, and a session of a recorder of one's own."""
    assert post(handle, *ENVELOPE) == (200, "stored")
    assert post(handle, "/s/", POSTHOG["capture"]) == (200, "stored")
    for number, body in enumerate(OWN):
        assert post(handle, f"/replays/visit?segment={number}", body) == (200, "stored")


def test_only_redacted_bodies_are_kept_and_in_order(kept):
    handle, archive = kept
    fill(handle)
    post(handle, *ENVELOPE)
    assert set(archive.sessions()) == {REPLAY, SESSION, "visit"}
    for session in (REPLAY, SESSION):
        [body] = archive.read(session)
        assert [secret for secret in SECRETS if secret.lower() in said(body)] == []
    assert len(list(archive.read("visit"))) == 2
    assert archive.check(Policy()) == []


def test_whoever_asks_is_erased(kept, monkeypatch, tmp_path, capsys):
    handle, archive = kept
    fill(handle)
    root = tmp_path / "replays"
    (root / "archive.toml").write_text('index_key_variable = "REPLAY_INDEX_KEY"', "utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{JANE}\n"))
    verb = ["archive", "erase", str(root), "--subject", "-", "--by", "dpo", "--reason", "ticket 17"]
    assert main(verb) == 0
    printed = capsys.readouterr().out
    assert REPLAY in printed
    assert SESSION in printed
    assert list(archive.sessions()) == ["visit"]
    assert subprocess.run(["grep", "-ri", JANE, root], check=False).returncode == 1  # noqa: S603, S607
    assert post(handle, *ENVELOPE) == (410, "the recording is deleted")
    with pytest.raises(Deleted):
        archive.read(REPLAY)
    [certificate] = archive.certificates()
    assert certificate.verify(KEY.encode())


def test_what_is_too_old_expires(kept, tmp_path, capsys):
    handle, archive = kept
    fill(handle)
    path = tmp_path / "replays/.replay-redact/sessions/visit.json"
    record = json.loads(path.read_bytes())
    record["first"] = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    path.write_text(json.dumps(record), "utf-8")
    assert (
        main(["archive", "expire", str(tmp_path / "replays"), "--days", "30", "--by", "cron"]) == 0
    )
    assert capsys.readouterr().out.startswith("deleted visit: 2 objects")
    assert set(archive.sessions()) == {REPLAY, SESSION}
    assert post(handle, "/replays/visit?segment=2", OWN[1])[0] == 410


@pytest.mark.usefixtures("kept")
def test_a_worker_serves_it():
    keep = importlib.import_module("keep")
    assert callable(keep.app)
    with pytest.raises(AttributeError):
        keep.ap  # noqa: B018 - a name that is not there
    assert isinstance(keep.open_archive(), Archive)


def test_an_archive_in_trouble_is_not_the_senders_fault(kept, tmp_path):
    """The answer was 400, by which SDKs give up what they have."""
    handle, _ = kept
    fill(handle)
    [record] = (tmp_path / "replays").glob(".replay-redact/sessions/visit.json")
    record.write_bytes(b"{")
    status, reason = post(handle, "/replays/visit?segment=2", OWN[1])
    assert status == 503
    assert "is damaged: restore or remove it" in reason
