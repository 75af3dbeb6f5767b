"""The ``archive`` commands, as they are typed."""

import io
import json
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "archive"))
from archives import JANE, KEY, OTHER, age, archive_at, fill, objects, one_pass, read, segments_of
from helpers import Page

from replay_redact.archive import Archive, Certificate, FolderStore
from replay_redact.cli import main

BY = ["--by", "dpo", "--reason", "a ticket"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Make an archive with settings, and three recordings: a and b are Jane's."""
    root = tmp_path / "replays"
    fill(archive_at(root), {"a": [JANE, OTHER], "b": [JANE], "c": []})
    (root / "archive.toml").write_text(
        'policy = "stricter.toml"\nindex_key_variable = "REPLAY_TEST_KEY"\n', "utf-8"
    )
    (root / "stricter.toml").write_text('unmask = "main"\nmask = ".secret"\n', "utf-8")
    monkeypatch.setenv("REPLAY_TEST_KEY", KEY.decode())
    age(root)
    return root


@pytest.fixture
def run(root, capsys):
    """Run a verb; return its status, and the lines that it printed."""

    def call(verb, *arguments, where=root):
        status = main(["archive", verb, str(where), *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out.splitlines(), err.splitlines()

    return call


def sessions(root):
    return sorted({name.split("/")[0] for name in objects(root) if "/" in name})


def test_delete(run, root, tmp_path):
    file = tmp_path / "certificate.json"
    planned = run("delete", "a", *BY, "--dry-run")
    assert planned == (0, [f"would delete a: 3 objects, {size(root, 'a')} bytes"], [])
    assert sessions(root) == ["a", "b", "c"]
    bytes_of_a = size(root, "a")
    assert run("delete", "a", *BY, "--certificate", file) == (
        0,
        [f"deleted a: 3 objects, {bytes_of_a} bytes"],
        [],
    )
    assert sessions(root) == ["b", "c"]
    assert Certificate.from_json(file.read_bytes()).verify(KEY)
    assert file.stat().st_mode & 0o077 == 0


def size(root, session):
    return sum(len(data) for name, data in objects(root).items() if name.startswith(f"{session}/"))


def test_names_may_come_from_standard_input(run, root, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\n\nc\n"))
    assert run("delete", "-", *BY)[0] == 0
    assert sessions(root) == ["b"]


def test_erase(run, root, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{JANE.upper()}\r\n"))
    status, out, err = run("erase", "--subject", "-", *BY)
    assert (status, [line.split(":")[0] for line in out], err) == (
        0,
        ["deleted a", "deleted b"],
        [],
    )
    assert sessions(root) == ["c"]
    fill(archive_at(root), {"d": [OTHER]}, 1)
    _, [line], _ = run("erase", "--subject", OTHER, *BY, "--dry-run")
    assert line == f"would delete d: 1 object, {size(root, 'd')} bytes"
    assert run("erase", "--subject", "nobody", *BY)[:2] == (0, [])


def test_what_is_held_is_skipped_and_told(run, root):
    assert run("hold", "a", "c", *BY, "--dry-run") == (0, ["would hold a", "would hold c"], [])
    assert run("hold", "a", *BY, "--until", "2999-01-01") == (0, ["holding a"], [])
    status, out, err = run("erase", "--subject", JANE, *BY)
    assert (status, len(out), err) == (1, 1, ["replay-redact: a: skipped: held"])
    assert sessions(root) == ["a", "c"]
    assert run("release", "a", "--by", "x", "--dry-run") == (0, ["would release a"], [])
    assert run("release", "a", "--by", "x") == (0, ["released a"], [])
    assert run("erase", "--subject", JANE, *BY)[0] == 0


def test_a_hold_ends_on_a_day_to_come(run):
    said = ["replay-redact: --until must be a day in the future"]
    assert run("hold", "a", *BY, "--until", "2026-01-01") == (2, [], said)


def test_selectors_that_met_masked_values_are_told(run, root):
    (root / "stricter.toml").write_text("mask = ['[title=Jane] main']", "utf-8")
    FolderStore(root).write("a/0.json.gz", segment_with_title())
    age(root)
    status, _, [said] = run("redact", "a")
    assert status == 0
    assert said.startswith("replay-redact: mask [title=Jane] main met masked values 1 times: it")


def segment_with_title():
    page = Page()
    return json.dumps([page.snapshot(page.element("p", {"title": "****"}))]).encode()


def test_a_day_is_a_day(run, capsys):
    with pytest.raises(SystemExit) as caught:
        run("hold", "a", *BY, "--until", "tomorrow")
    assert caught.value.code == 2
    assert "'tomorrow' is not a day: write it like 2026-12-31" in capsys.readouterr().err


def test_expire(run, root):
    ledger = root / ".replay-redact/sessions/a.json"
    record = json.loads(ledger.read_bytes())
    record["first"] = (datetime.now(UTC) - timedelta(hours=49)).isoformat()
    ledger.write_text(json.dumps(record), "utf-8")
    for name in "bc":
        path = root / f".replay-redact/sessions/{name}.json"
        path.write_text(json.dumps({**record, "first": datetime.now(UTC).isoformat()}), "utf-8")
    assert run("expire", "--days", 3, "--by", "cron")[:2] == (0, [])
    assert len(run("expire", "--hours", 48, "--by", "cron", "--dry-run")[1]) == 1
    assert run("expire", "--hours", 48, "--by", "cron", "--reason", "policy")[0] == 0
    assert sessions(root) == ["b", "c"]
    [certificate] = [one for one in Archive(root).certificates() if one.recordings]
    assert (certificate.by, certificate.reason) == ("cron", "policy")


def test_nothing_is_kept_for_no_time_at_all(run):
    assert run("expire", "--days", "0", "--by", "x") == (
        2,
        [],
        ["replay-redact: keep recordings for at least one hour"],
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_redact(run, root, jobs):
    planned = run("redact", "--dry-run")
    assert planned == (0, [f"would redact {name}" for name in "abc"], [])
    status, out, err = run("redact", "--jobs", jobs)
    assert (status, sorted(out), err) == (0, [f"redacted {name}" for name in "abc"], [])
    assert read(archive_at(root), "b") == one_pass(segments_of("b"))
    assert run("redact") == (0, [], [])
    assert run("redact", "b", "--policy", "lockdown")[1] == ["redacted b"]
    assert run("redact", "c", "--again")[1] == ["redacted c"]


def test_what_cannot_be_read_is_trouble(run, root):
    FolderStore(root).write("b/0.json.gz", b"no recording")
    age(root)
    status, out, err = run("redact")
    assert (status, out) == (2, ["redacted a", "redacted c"])
    assert err[0].startswith("replay-redact: b: skipped: unreadable: segment 0: ")
    assert "delete the recording with `replay-redact archive delete`" in err[1]
    status, out, err = run("check", "--policy", "lockdown")
    assert (status, "b: unreadable" in out) == (1, True)
    assert [line.split(": ")[1] for line in err] == ["foreign", "shown", "unreadable"]
    assert run("delete", "b", *BY)[0] == 0
    assert "b: unreadable" not in run("check", "--policy", "lockdown")[1]


def test_a_policy_has_to_be_named(run, root):
    (root / "archive.toml").unlink()
    status, _, err = run("redact")
    assert (status, err) == (
        2,
        ["replay-redact: name a policy: with --policy, or as policy in archive.toml"],
    )


def test_export(run, tmp_path):
    assert run("export", "--subject", OTHER, "-o", tmp_path / "copies") == (0, ["copied a"], [])
    assert (tmp_path / "copies/a/2.json.gz").exists()


def test_check(run, root):
    (root / "stricter.toml").rename(root.parent / "stricter.toml")
    assert run("check", "--policy", root.parent / "stricter.toml") == (
        1,
        ["a: shown", "b: shown", "c: shown"],
        ["replay-redact: shown: redact it with `replay-redact archive redact`"],
    )
    (root / "archive.toml").unlink()
    assert run("check") == (0, [], [])
    FolderStore(root).create("d/0.json.gz", b"x")
    archive_at(root).delete(["d"], by="x", reason="x")
    FolderStore(root).create("d/0.json.gz", b"x")
    FolderStore(root).create("notes", b"x")
    foreign = "replay-redact: foreign: the name does not fit the layout, so no verb touches the object: move or remove it"  # fmt: skip
    assert run("check", "--dry-run") == (1, ["notes: foreign", "d: late"], [foreign])
    assert run("check") == (1, ["notes: foreign", "d: late (mended)"], [foreign])
    (root / "notes").unlink()
    assert run("check") == (0, [], [])


def test_what_remains_is_trouble(run, monkeypatch):
    monkeypatch.setattr(FolderStore, "delete", lambda *_: 1)
    status, _, err = run("delete", "a", *BY)
    assert (status, err) == (2, ["replay-redact: a: could not be deleted completely"])


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("layout = ", "is not a TOML file"),
        ("layout = 7", "layout: allowed are index_key_variable, layout, policy, each a string"),
        ("layuot = 'x'", "layuot: allowed are index_key_variable, layout, policy, each a string"),
        ("policy = 'strict'\nlayout = 'x'", "layout 'x': {session} must occur exactly once"),
        ("index_key_variable = 'REPLAY_NO_SUCH'", "set the environment variable REPLAY_NO_SUCH"),
        ("policy = 'strictest'", "strictest"),
    ],
)
def test_settings_that_are_none(settings, said, run, root):
    (root / "archive.toml").write_text(settings, "utf-8")
    status, out, [err] = run("redact")
    assert (status, out) == (2, [])
    assert said in err


def test_a_root_that_is_none(run, tmp_path):
    status, _, [err] = run("check", where=tmp_path / "none")
    assert status == 2
    assert err.endswith("there is no such folder")


# --- found by an attack on a finished build ---------------------------------------------------


def test_b13_a_name_that_a_recorder_chose_is_one_line(run, root, monkeypatch):
    """It could clear the screen, or look like the line of another recording."""
    names = ["x\x1b[2Jy", "x\nb: first stored", "\u202eevil", "\u00e9"]
    for name in names:
        Archive(root, index_key=KEY).put(name, 0, b"[]")
    status, output, _ = run("delete", *names, "--by", "x", "--reason", "y")
    assert status == 0
    assert [line.partition(": ")[0] for line in output] == [
        r"deleted x\x1b[2Jy",
        r"deleted x\nb",
        r"deleted \u202eevil",
        "deleted \u00e9",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("x\u2028y\r\nz"))
    _, output, _ = run("delete", "-", "--by", "x", "--reason", "y", "--dry-run")
    assert len(output) == 2


def test_b14_the_certificate_was_lost_where_a_name_could_not_be_printed(root, tmp_path, capsys):
    Archive(root, index_key=KEY).put("\u00e9", 0, b"[]")
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    target = tmp_path / "certificate.json"
    with redirect_stdout(ascii_only):
        status = main(["archive", "delete", str(root), "\u00e9", "--by", "x", "--reason", "y", "--certificate", str(target)])  # fmt: skip
        ascii_only.flush()
    assert status == 0
    assert ascii_only.buffer.getvalue().startswith(rb"deleted \xe9: ")
    assert Certificate.from_json(target.read_bytes()).verify(KEY)
    assert capsys.readouterr().err == ""


def test_b15_that_nobody_was_found_was_not_said(run, tmp_path):
    """A name with a typing error was erased, with success and not a word."""
    for arguments in (["erase", "--by", "x", "--reason", "y"], ["export", "-o", str(tmp_path / "c")]):  # fmt: skip
        status, _, error = run(*arguments, "--subject", "jnae@shop.example")
        assert status == 0
        assert "no recording of this person is known" in error[0]


def test_b16_a_hold_on_a_name_with_a_typing_error_was_not_told(run):
    status, output, error = run("hold", "a", "typo", "--by", "x", "--reason", "y")
    assert status == 0
    assert output == ["holding a", "holding typo"]
    assert len(error) == 1
    assert error[0].startswith("replay-redact: typo: there is no such recording yet")


@pytest.mark.parametrize("days", ["99999999999", "5000000"])
def test_b17_an_age_beyond_all_calendars_was_an_overflow_error(run, days):
    status, _, error = run("expire", "--days", days, "--by", "x")
    assert (status, error) == (
        2,
        ["replay-redact: the age is too large: no recording can be that old"],
    )
