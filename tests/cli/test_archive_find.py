"""`replay-redact archive find`: conditions, what is printed, exit status."""

import io
import json

import pytest

from replay_redact import redact_bytes
from replay_redact.archive import Archive
from replay_redact.cli import main

KEY = "a key of sixteen bytes or more"
EVENT = '[{"type":5,"timestamp":1,"data":{"tag":"t","payload":["%s","%s"]}}]'


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("INDEX_KEY", KEY)
    archive = Archive(tmp_path, index_key=KEY.encode())
    archive.put("a", 0, (EVENT % ("Jane  ROE", "jane roe")).encode(), subjects=["user-17"])
    archive.put("b", 0, redact_bytes((EVENT % ("x", "y")).encode()))
    (tmp_path / "archive.toml").write_text('index_key_variable = "INDEX_KEY"')
    return tmp_path


def run(capsys, root, *arguments):
    status = main(["archive", "find", str(root), *arguments])
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def test_what_is_found_is_said_on_a_line_each(capsys, root):
    status, [line], error = run(capsys, root, "--secret", "Jane Roe")
    assert status == 1
    assert line.startswith("a: first stored 20")
    assert line.endswith("; secret 1 in 2 places")
    assert "jane" not in line.lower()
    assert error == ""


def test_nothing_found(capsys, root):
    assert run(capsys, root, "--secret", "John Doe") == (0, [], "")
    assert run(capsys, root, "--before", "2020-01-01") == (0, [], "")


def test_what_is_not_searched_is_said(capsys, root):
    (root / "policy.toml").write_text("")
    assert run(capsys, root, "--secret", "John Doe") == (0, [], "")
    (root / "export.json").write_text(EVENT % ("John Doe", ""))
    said = (
        "replay-redact: not searched, because their names do not fit the layout"
        " {session}/{number}.json.gz: 1; set another layout in archive.toml\n"
    )
    assert run(capsys, root, "--secret", "John Doe") == (2, [], said)
    status, [line], error = run(capsys, root, "--secret", "Jane Roe")
    assert (status, line[:2], error) == (2, "a:", said)
    assert run(capsys, root, "--subject", "user-18") == (0, [], "")


def test_secrets_with_names_and_json(capsys, root, tmp_path):
    (tmp_path.parent / "secrets").write_text("name = Jane Roe\ncard = 4111 1111 1111 1111\n")
    status, [line], _ = run(capsys, root, "--secrets", str(tmp_path.parent / "secrets"), "--json")
    found = json.loads(line)
    assert (status, found["session"], found["state"]) == (1, "a", None)
    assert [(spot["segment"], spot["secret"], spot["rule"]) for spot in found["spots"]] == [
        (0, "name", "spaced otherwise"),
        (0, "name", "plain"),
    ]


def test_a_person_from_standard_input(capsys, root, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("User-17\n"))
    status, [line], _ = run(capsys, root, "--subject", "-", "--after", "2020-01-01")
    assert (status, line[:2]) == (1, "a:")
    assert run(capsys, root, "--subject", "user-18")[:2] == (0, [])


def test_what_leaks_and_what_is_unreadable(capsys, root):
    Archive(root).put("c", 0, b"<html>")
    status, lines, error = run(capsys, root, "--leaks", "strict")
    assert status == 2
    assert [line.split("; ")[-1] for line in lines] == ["shown", "unreadable"]
    assert error == "replay-redact: c: cannot be read\n"
    status, [line], _ = run(capsys, root, "--leaks", "strict", "--secret", "jane roe")
    assert status == 1
    assert line == f"{lines[0].partition(';')[0]}; secret 1 in 2 places; shown"


def test_spread(capsys, root):
    text = '{"type":3,"timestamp":1,"data":{"source":5,"id":%d,"text":"%s","isChecked":false}}'
    Archive(root).put("d", 0, f"[{text % (3, 'John ')},{text % (3, 'Doe')}]".encode())
    assert run(capsys, root, "--secret", "John Doe")[0] == 0
    status, [line], _ = run(capsys, root, "--secret", "John Doe", "--spread")
    assert (status, line[:1]) == (1, "d")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "say what to find"), (("--secret", "abc"), "is shorter than 4 characters"), (("--subject", "-", "--secrets", "-"), "standard input can hold"),
        (("--leaks", "nothing"), "nothing"),
    ],
)  # fmt: skip
def test_trouble(capsys, root, arguments, message):
    status, lines, error = run(capsys, root, *arguments)
    assert (status, lines) == (2, [])
    assert message in error


def test_a_person_without_a_key(capsys, root):
    (root / "archive.toml").unlink()
    status, _, error = run(capsys, root, "--subject", "user-17")
    assert status == 2
    assert "index_key" in error
