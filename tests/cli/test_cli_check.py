"""``replay-redact check``: what it reads, prints and writes, and its exit status."""

import gzip
import io
import json
import os
import sys

import pytest

from replay_redact import redact_bytes
from replay_redact.cli import check, main
from replay_redact.cli.secrets import secrets_of
from replay_redact.cli.sources import sources_of
from replay_redact.testing import recording_from_html

PAGE = recording_from_html("<ul id='people'><li>Jane Roe<li>Bob Doe<li>Eve Poe</ul>")
PRIVATE = redact_bytes(PAGE)


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "in.json"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def folder(tmp_path):
    """Return a folder with two recordings that leak and one that does not, on two levels."""
    folder = tmp_path / "all"
    (folder / "below").mkdir(parents=True)
    (folder / "a.json").write_bytes(PAGE)
    (folder / "b.json.gz").write_bytes(gzip.compress(PRIVATE))
    (folder / "below" / "c.json").write_bytes(PAGE)
    (folder / ".git").mkdir()
    (folder / ".git" / "index").write_bytes(b"no recording")
    (folder / ".hidden").write_bytes(b"no recording")
    return folder


def run(capsys, *arguments):
    """Run the command; return its status, and what it printed."""
    status = main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


# --- one recording --------------------------------------------------------------------


def test_leaks_of_one_place_are_one_line(recording, capsys):
    status, out, err = run(capsys, recording)
    assert (status, err) == (1, "")
    assert out.splitlines() == [
        f"{recording}: 3 leaks in 1 place: text 3",
        "3 leaks in 1 place:",
        (
            "  text: 3 leaks in 1 place; redact, or mask it: outside of unmasked regions, or by the class"
            " sentry-mask"
        ),
        (
            "    event 1 FullSnapshot html > body > ul#people > li textContent: **** ***"
            " (defaults of the policy), 3 times"
        ),
    ]


def test_what_was_redacted_is_private(tmp_path, capsys):
    path = tmp_path / "out.json"
    path.write_bytes(PRIVATE)
    assert run(capsys, path, "--secret", "Jane Roe") == (0, f"{path}: private\n", "")


def test_json_has_a_line_for_each_place(recording, capsys):
    status, out, _ = run(capsys, recording, "--json", "--secret", "Jane Roe")
    assert status == 1
    found = [json.loads(line) for line in out.splitlines()]
    assert [(one["secret"], one["count"]) for one in found] == [("secret 1", 1), (None, 3)]
    assert {one["input"] for one in found} == {str(recording)}
    assert "Jane" not in out


def test_examples_can_be_left_out(recording, capsys):
    status, out, _ = run(capsys, recording, "--unmask", "p", "--examples", "0")
    assert status == 1
    assert "textContent" not in out
    assert "and 1 more place\n" in out
    assert main(["check", str(recording), "--policy", "loose"]) == 2


def test_a_policy_that_shows_too_much_is_warned_of(recording, capsys):
    for more, warns in (
        (["--unmask", ".none"], True),
        (["--policy", "sentry", "--unmask", ".none"], True),
        (["--policy", "sentry"], False),
    ):
        _, _, err = run(capsys, recording, *more)
        assert ("warning: unmask '.none' matches no node" in err) is warns


# --- many recordings ------------------------------------------------------------------


def test_a_folder_is_all_that_is_below_it_but_hidden_files(folder, capsys):
    status, out, err = run(capsys, folder)
    assert (status, err) == (1, "")
    assert out.splitlines()[:6] == [
        f"{folder}/a.json: 3 leaks in 1 place: text 3",
        f"{folder}/b.json.gz: private",
        f"{folder}/below/c.json: 3 leaks in 1 place: text 3",
        "3 recordings: 1 private, 2 with leaks",
        "6 leaks in 1 place:",
        (
            "  text: 6 leaks in 1 place; redact, or mask it: outside of unmasked regions, or by the class"
            " sentry-mask"
        ),
    ]
    assert out.endswith("(defaults of the policy), 6 times in 2 recordings\n")


def test_a_pattern_is_what_it_matches(folder):
    assert sources_of([f"{folder}/**/*.json"]) == [f"{folder}/a.json", f"{folder}/below/c.json"]
    assert sources_of([f"{folder}/*"]) == [
        f"{folder}/a.json",
        f"{folder}/b.json.gz",
        f"{folder}/below/c.json",
    ]


def test_an_input_is_taken_once(folder):
    again = sources_of([f"{folder}/a.json", str(folder), "-", f"{folder}/*.json", "-"])
    assert again[:1] == [f"{folder}/a.json"]
    assert sorted(again) == sorted(set(again))
    assert "-" in again


def test_a_file_may_be_named_like_a_pattern(tmp_path):
    odd = tmp_path / "a[1].json"
    odd.write_bytes(PAGE)
    assert sources_of([str(odd)]) == [str(odd)]


def test_links_that_go_round_end(folder):
    (folder / "below" / "up").symlink_to(folder)
    assert len(sources_of([str(folder)])) == 3


def test_what_stands_for_nothing_is_named(tmp_path, capsys):
    for nothing in (tmp_path, tmp_path / "*.json"):
        status, _, err = run(capsys, nothing)
        assert (status, err) == (2, f"replay-redact: {nothing}: there is no such file\n")


def test_what_cannot_be_read_does_not_stop_the_rest(folder, capsys):
    (folder / "broken.json").write_bytes(b"{")
    (folder / "empty.json").write_bytes(b"[]")
    status, out, err = run(capsys, folder, folder / "missing.json", "--jobs", 2)
    assert status == 2
    assert "6 recordings: 1 private, 2 with leaks, 3 not checked\n" in out
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        f"{folder}/broken.json",
        f"{folder}/empty.json",
        f"{folder}/missing.json",
    ]
    assert "was anything recorded" in err
    assert "No such file" in err
    for name in ("broken", "empty", "missing"):
        assert f"{name}.json" not in out


def test_an_error_of_the_system_without_words(recording, capsys, monkeypatch):
    def fails(_source):
        raise OSError

    monkeypatch.setattr(check, "read", fails)
    status, _, err = run(capsys, recording)
    assert (status, err) == (2, f"replay-redact: {recording}: cannot be read\n")


def test_standard_input(monkeypatch, capsys):
    class Standard:
        buffer = io.BytesIO(PAGE)

    monkeypatch.setattr(sys, "stdin", Standard)
    status, out, _ = run(capsys, "-")
    assert (status, out.splitlines()[0]) == (1, "-: 3 leaks in 1 place: text 3")


def test_several_processes_say_the_same_as_one(folder, capsys):
    alone = run(capsys, folder, "--jobs", 1)
    assert run(capsys, folder, "--jobs", 3) == alone == run(capsys, folder)
    for wrong in ("0", "-1", "x"):
        with pytest.raises(SystemExit):
            main(["check", str(folder), "--jobs", wrong])
        assert "is not a number from" in capsys.readouterr().err


def test_progress_shows_on_a_terminal_only(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    status, out, err = run(capsys, folder, "--jobs", 1)
    assert status == 1
    assert "3 recordings" in out
    assert f"checking {'.' * 24} 0 of 3" in err


def test_leaks_that_are_accepted(folder, capsys):
    assert run(capsys, folder, "--max-leaks", 5)[0] == 1
    assert run(capsys, folder, "--max-leaks", 6)[0] == 0
    status, out, _ = run(capsys, folder, "--max-leaks", 99, "--secret", "Eve Poe")
    assert status == 1, "a secret never passes"
    assert "secret 1 can be read in 2 places" in out


# --- secrets --------------------------------------------------------------------------


def test_only_secrets(folder, capsys):
    status, out, _ = run(capsys, folder, "--only-secrets", "--secret", "Eve Poe")
    assert status == 1
    assert "3 recordings: 1 without a secret, 2 with leaks\n" in out
    assert "2 leaks in 1 place:" in out
    assert run(capsys, folder, "--only-secrets", "--secret", "Ann Moe")[0] == 0
    status, _, err = run(capsys, folder, "--only-secrets")
    assert (status, "--only-secrets needs secrets" in err) == (2, True)


FILES = {
    "lines": "# people\nname = Jane Roe\n\ncard=4111 1111 1111 1111\n",
    "quotes": "name = \"Jane Roe\"\ncard = '4111 1111 1111 1111'\n",
    "TOML": 'name = """Jane Roe"""\n"card" = "4111 1111 1111 1111"\n',
    "mixed": 'name = "Jane Roe"  # the visitor\ncard = 4111 1111 1111 1111\n',
    "a mark": "\ufeffname = Jane Roe\ncard = 4111 1111 1111 1111\n",
}


@pytest.mark.parametrize("form", FILES)
def test_files_of_secrets(form, tmp_path):
    file = tmp_path / "secrets.txt"
    file.write_text(FILES[form], "utf-8")
    assert secrets_of([], [str(file)]) == {"name": "Jane Roe", "card": "4111 1111 1111 1111"}


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("x = 4111111111111111", "4111111111111111"),
        ("x = 0612345678", "0612345678"),
        ("x = 1980-01-31  # born", "1980-01-31"),
        ("x = a=b", "a=b"),
        ("x = '  blanks '", "  blanks "),
        ("x = it's", "it's"),
    ],
)
def test_a_secret_is_taken_as_it_stands(text, secret, tmp_path):
    file = tmp_path / "secrets.txt"
    file.write_text(text, "utf-8")
    assert secrets_of([], [str(file)]) == {"x": secret}


def test_names_of_tables_and_of_the_command_line(tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text('[jane]\nname = "Jane Roe"\n', "utf-8")
    named = secrets_of(["Bob Doe"], [str(file)])
    assert named == {"secret 1": "Bob Doe", "jane.name": "Jane Roe"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "names no secret"),
        (b"# nothing\n", "names no secret"),
        (b"Jane Roe\n", "line 1: write name = secret"),
        (b"ok = Jane Roe\nname =\n", "line 2: write name = secret"),
        (b"= Jane Roe\n", "line 1: write name = secret"),
        (b'names = ["Jane Roe", "Bob Doe"]\n', "line 1: write one secret for each name"),
        (b"name = Jane Roe\nname = Bob Doe\n", "the name 'name' comes twice"),
        (b"name = \xff\xfe\n", "is not text in UTF-8"),
        (b"name = Jan\n", "name is shorter than 4 characters"),
    ],
)
def test_a_file_of_secrets_that_cannot_be_used(data, reason, recording, tmp_path, capsys):
    file = tmp_path / "secrets.txt"
    file.write_bytes(data)
    status, out, err = run(capsys, recording, "--secrets", file)
    assert (status, out) == (2, "")
    assert reason in err
    assert "Jane" not in err


def test_secrets_from_standard_input(recording, capsys, monkeypatch):
    class Standard:
        buffer = io.BytesIO(b"visitor = Jane Roe\n")

    monkeypatch.setattr(sys, "stdin", Standard)
    status, out, _ = run(capsys, recording, "--secrets", "-")
    assert (status, "  visitor can be read in 1 place\n" in out) == (1, True)
    assert "Jane" not in out
    status, _, err = run(capsys, "-", "--secrets", "-")
    assert (status, "not both" in err) == (2, True)


def test_a_secret_that_was_not_found_is_named_beside_one_that_was(recording, capsys):
    _, out, _ = run(capsys, recording, "--secret", "Jane Roe", "--secret", "Ann Moe")
    assert "  secret 1 can be read in 1 place\n  secret 2 was not found\n" in out


def test_a_name_of_a_file_that_holds_a_secret_is_masked(tmp_path, capsys):
    path = tmp_path / "jane-roe.json"
    path.write_bytes(PAGE)
    for given in (path, tmp_path / "no-jane-roe.json"):
        _, out, err = run(capsys, given, "--secret", "jane-roe")
        assert "roe" not in (out + err).lower()


UNREADABLE = {
    "text": b"Dear JANE  ROE\n",
    "JSON without events": b'[{"name": "Jane Roe"}]',
    "gzip of text": gzip.compress(b"Jane Roe"),
    "gzip that is cut off": gzip.compress(os.urandom(64) + b"Jane Roe " * 99)[:-9],
    "an array that is cut off": PAGE[:-40],
    "UTF-16": '[{"name": "Jane Roe"}]'.encode("utf-16"),
    "UTF-16 without a mark": '["Jane Roe"]'.encode("utf-16-be"),
    "UTF-32": '[{"name": "Jane Roe"}]'.encode("utf-32"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_secrets_are_found_in_an_input_of_which_nothing_can_be_read(name, tmp_path, capsys):
    broken = tmp_path / "broken"
    broken.write_bytes(UNREADABLE[name])
    status, out, err = run(capsys, broken, "--secret", "Jane Roe", "--secret", "Ann Moe")
    assert status == 2
    assert f"replay-redact: {broken}: " in err
    assert "secret 1 can be read in 1 place" in out
    assert "what cannot be read holds secret 1" in out
    assert "Jane" not in out + err
    status, out, _ = run(capsys, broken, "--json", "--secret", "Jane Roe")
    [line] = out.splitlines()
    assert (status, json.loads(line)["secret"]) == (2, "secret 1")
    status, out, _ = run(capsys, broken, "--secret", "Ann Moe")
    assert (status, out) == (2, "")


def test_a_short_secret_is_refused_before_anything_is_read(tmp_path, capsys):
    status, out, err = run(capsys, tmp_path / "missing.json", "--secret", "x")
    assert (status, out) == (2, "")
    assert "secret 1 is shorter" in err


# --- reports --------------------------------------------------------------------------


def test_reports_are_written_to_files(folder, tmp_path, capsys):
    targets = {name: tmp_path / f"report.{name}" for name in ("sarif", "junit", "html")}
    options = [f"--{name}={target}" for name, target in targets.items()]
    assert run(capsys, folder, *options)[0] == 1
    assert json.loads(targets["sarif"].read_bytes())["version"] == "2.1.0"
    assert targets["junit"].read_bytes().startswith(b"<?xml")
    page = targets["html"].read_text("utf-8")
    assert "2 of 3 recordings leak" in page
    assert "ul#people" in page
    assert "Jane" not in page


def test_a_private_recording_has_reports_too(tmp_path, capsys):
    path, page = tmp_path / "in.json", tmp_path / "out.html"
    path.write_bytes(PRIVATE)
    assert run(capsys, path, "--html", page)[0] == 0
    assert "Private: 1 recording" in page.read_text("utf-8")


def test_a_report_takes_no_other_files_place(recording, tmp_path, capsys):
    secrets = tmp_path / "secrets.txt"
    secrets.write_bytes(b"name = Jane Roe")
    for options, reason in (
        (["--html", recording], f"--html would overwrite {recording}"),
        (["--secrets", secrets, "--junit", secrets], f"--junit would overwrite {secrets}"),
        (["--sarif", tmp_path / "x", "--html", tmp_path / "x"], "--html would overwrite"),
        (["--html", "-"], "--html needs a file"),
    ):
        status, out, err = run(capsys, recording, *options)
        assert (status, out) == (2, "")
        assert reason in err
    assert recording.read_bytes() == PAGE


def test_nothing_is_drawn_of_a_file_that_has_changed(recording, tmp_path, capsys, monkeypatch):
    reads = iter([PAGE, PRIVATE])
    monkeypatch.setattr(check, "read", lambda _source: next(reads))
    page = tmp_path / "out.html"
    assert run(capsys, recording, "--html", page)[0] == 1
    assert "html &gt; body &gt; ul#people &gt; li" in page.read_text("utf-8"), "the path at least"


def test_nothing_is_drawn_of_a_file_that_is_gone(recording, tmp_path, capsys, monkeypatch):
    def once(_source, reads=[PAGE]):  # noqa: B006 - it is to be remembered
        if not reads:
            raise FileNotFoundError
        return reads.pop()

    monkeypatch.setattr(check, "read", once)
    page = tmp_path / "out.html"
    assert run(capsys, recording, "--html", page)[0] == 1
    assert "ul#people" in page.read_text("utf-8")


def test_options_of_the_command_line_are_told_from_the_policy(recording, tmp_path, capsys):
    page = tmp_path / "out.html"
    run(capsys, recording, "--html", page)
    assert "<dd>strict</dd>" in page.read_text("utf-8")
    run(capsys, recording, "--mask", "p", "--html", page)
    assert "<dd>strict, with options of the command line</dd>" in page.read_text("utf-8")
