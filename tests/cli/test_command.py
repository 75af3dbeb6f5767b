"""The command: what it reads and writes, and its exit status."""

import gzip
import io
import json
import os
import runpy
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import replay_redact
from replay_redact import __version__, decode, redact_bytes
from replay_redact._runtime import native
from replay_redact.cli import command as command_module
from replay_redact.cli import main
from replay_redact.cli.redaction import verb
from replay_redact.testing import find_leaks

RECORDING = (
    b'[{"type":4,"timestamp":1,"data":{"href":"https://shop.example/jane","width":8,"height":6}},'
    b'{"type":2,"timestamp":2,"data":{"node":{"type":0,"id":1,"childNodes":['
    b'{"type":2,"id":2,"tagName":"p","attributes":{"class":"note"},"childNodes":['
    b'{"type":3,"id":3,"textContent":"Jane Roe"}]}]},"initialOffset":{"top":0,"left":0}}},'
    b'{"type":99,"timestamp":3,"data":{}}]'
)


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "in.json"
    path.write_bytes(RECORDING)
    return path


class _Standard:
    """A text stream with a binary one below it, as ``sys.stdin`` and ``sys.stdout`` have."""

    def __init__(self, data=b""):
        self.buffer = io.BytesIO(data)


def test_one_file_to_a_file(recording, tmp_path):
    target = tmp_path / "out.json"
    assert main(["redact", str(recording), "-o", str(target)]) == 0
    assert target.read_bytes() == redact_bytes(RECORDING)
    assert b"Jane" not in target.read_bytes()


def test_output_of_gzip_is_gzip(tmp_path):
    source, target = tmp_path / "in.json.gz", tmp_path / "out.json.gz"
    source.write_bytes(gzip.compress(RECORDING))
    assert main(["redact", str(source), "-o", str(target)]) == 0
    assert gzip.decompress(target.read_bytes()) == redact_bytes(RECORDING)


def test_standard_input_to_standard_output(monkeypatch):
    stdout = _Standard()
    monkeypatch.setattr(sys, "stdin", _Standard(RECORDING))
    monkeypatch.setattr(sys, "stdout", stdout)
    assert main(["redact", "-"]) == 0
    assert stdout.buffer.getvalue() == redact_bytes(RECORDING)


def test_several_files_to_a_directory(recording, tmp_path):
    second = tmp_path / "second.json"
    second.write_bytes(RECORDING)
    out = tmp_path / "new" / "out"
    assert main(["redact", str(recording), str(second), "-o", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        "in.json": redact_bytes(RECORDING),
        "second.json": redact_bytes(RECORDING),
    }


def test_one_file_into_an_existing_directory(recording, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    assert main(["redact", str(recording), "-o", str(out)]) == 0
    assert (out / "in.json").read_bytes() == redact_bytes(RECORDING)


def test_one_bad_file_among_several_fails_but_the_rest_is_written(recording, tmp_path, capsys):
    bad = tmp_path / "bad.json"
    bad.write_bytes(b'{"name": "Jane Roe"}')
    out = tmp_path / "out"
    assert main(["redact", str(recording), str(bad), "-o", str(out)]) == 2
    assert [path.name for path in out.iterdir()] == ["in.json"]
    message = capsys.readouterr().err
    assert "bad.json" in message
    assert "Jane" not in message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in.json", "in.json"], "use -o DIR"),
        (["-", "in.json", "-o", "out"], "standard input has no file name"),
        (["in.json", "sub/in.json", "-o", "out"], "same file name"),
        (["in.json", "--policy", "lax"], "unknown policy 'lax'"),
        (["in.json", "--mask", "p:hover"], "unsupported selector 'p:hover'"),
        (["absent.json"], "absent.json: No such file"),
        (["in.json", "-o", "no/such/out.json"], "No such file"),
    ],
)
def test_bad_usage_is_explained(arguments, message, recording, monkeypatch, capsys):
    monkeypatch.chdir(recording.parent)
    assert main(["redact", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_nothing_is_left_behind_when_writing_fails(recording, tmp_path, monkeypatch):
    def fail(_self, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    target = tmp_path / "out.json"
    assert main(["redact", str(recording), "-o", str(target)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["in.json"]


def test_a_pipe_is_written_to_and_not_replaced(recording, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert main(["redact", str(recording), "-o", str(pipe)]) == 0
    reader.join(10)
    assert decode(got[0])
    assert pipe.is_fifo()


def test_policy_options(recording, tmp_path):
    target = tmp_path / "out.json"
    assert main(["redact", str(recording), "-o", str(target), "--unmask", ".note"]) == 0
    assert b"Jane Roe" in target.read_bytes()
    options = ["--unmask", ".note", "--mask", "p"]
    assert main(["redact", str(recording), "-o", str(target), *options]) == 0
    assert b"Jane" not in target.read_bytes()
    assert main(["redact", str(recording), "-o", str(target), "--block", "p"]) == 0
    assert b"textContent" not in target.read_bytes()
    assert main(["redact", str(recording), "-o", str(target), "--policy", "permissive"]) == 0
    assert b"Jane Roe" in target.read_bytes()


def test_policy_from_toml(recording, tmp_path):
    policy, target = tmp_path / "policy.toml", tmp_path / "out.json"
    policy.write_text('unmask = ["p"]\n')
    assert main(["redact", str(recording), "-o", str(target), "--policy", str(policy)]) == 0
    assert b"Jane Roe" in target.read_bytes()


def test_report_counts_and_never_quotes(recording, tmp_path):
    report = tmp_path / "report.json"
    target = tmp_path / "out.json"
    assert main(["redact", str(recording), "-o", str(target), "--report", str(report)]) == 0
    [(source, found)] = json.loads(report.read_bytes()).items()
    assert (source, found.pop("version")) == (str(recording), replay_redact.__version__)
    assert len(found.pop("policy")) == 32
    assert found == {
        "size": recording.stat().st_size,
        "events": {"FullSnapshot": 1, "Meta": 1, "Unreadable": 1},
        "masked": {"structure": 1, "text": 1, "url": 1},
        "rules": {"address and CSS rules": 1, "defaults of the policy": 2},
        "dropped": {"unknown-kind": 1},
        "public": {},
        "forms": {"array": 1},
    }


def test_report_names_what_failed(tmp_path):
    source, report = tmp_path / "bad.json", tmp_path / "report.json"
    source.write_bytes(b"Jane")
    arguments = ["redact", str(source), "-o", str(tmp_path / "out"), "--report", str(report)]
    assert main(arguments) == 2
    assert json.loads(report.read_bytes()) == {
        str(source): {"error": "the input is not valid JSON (byte 0)"}
    }


def test_progress_on_a_terminal(recording, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    target = tmp_path / "out.json"
    assert main(["redact", str(recording), "-o", str(target)]) == 0
    assert target.read_bytes() == redact_bytes(RECORDING)


def test_demo_writes_a_recording_before_and_after(tmp_path, capsys):
    assert main(["demo", "-o", str(tmp_path)]) == 0
    before, after = (tmp_path / name for name in ("recording.json.gz", "redacted.json.gz"))
    assert redact_bytes(before.read_bytes()) == after.read_bytes() != before.read_bytes()
    assert len(decode(before.read_bytes())) > 10
    page = (tmp_path / "before-and-after.html").read_text("utf-8")
    assert page.count("<iframe sandbox") == 2
    printed = capsys.readouterr().out
    assert (printed.count("\n"), str(tmp_path / "before-and-after.html") in printed) == (1, True)


def test_demo_writes_the_report_and_the_leaks_of_the_recording(tmp_path):
    assert main(["demo", "-o", str(tmp_path)]) == 0
    leaks = find_leaks((tmp_path / "recording.json.gz").read_bytes())
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert sum(report["masked"].values()) == len(leaks)
    written = (tmp_path / "leaks.txt").read_text("utf-8")
    assert [str(leak) for leak in leaks if str(leak) not in written] == []
    assert "Eleanor" not in written


def test_module_runs_as_a_command():
    command = [sys.executable, "-m", "replay_redact", "redact", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert "example: replay-redact redact" in done.stdout


def test_every_command_and_option_has_help():
    parser = command_module._parser()
    commands = next(
        action for action in parser._actions if hasattr(action, "choices") and action.choices
    )
    for each in commands.choices.values():
        assert each.description
        assert all(action.help for action in each._actions)


# --- explain ------------------------------------------------------------------------------


def test_explain_prints_a_page(recording, capsys):
    for what in ("3", "p", ".note"):
        assert main(["explain", str(recording), what, "--mask", "p"]) == 0
        assert (
            "text            masked          mask p, on p.note (event 1)\n"
            in capsys.readouterr().out
        )


def test_explain_tells_windows_apart(tmp_path, capsys):
    events = [{**event, "windowId": name} for name in ("a", "b") for event in json.loads(RECORDING)]
    path = tmp_path / "tabs.json"
    path.write_text(json.dumps(events))
    assert main(["explain", str(path), "2"]) == 0
    assert "p.note, window 1 (node 2)\np.note, window 2 (node 2)" in capsys.readouterr().out
    assert main(["explain", str(path), "2", "--window", "2", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [match["window"] for match in answer["matches"]] == [2]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["99"], "node 99: found nowhere"),
        (["99", "--policy", "sentry"], "node 99: found nowhere"),
        (["p:hover"], "unsupported selector"),
        (["p", "--at", "99"], "there is no event 99"),
        ([" "], "ask for an id, a selector or a text"),
    ],
)
def test_what_cannot_be_explained_is_an_error(recording, arguments, why, capsys):
    assert main(["explain", str(recording), *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"replay-redact: {why}")


def test_explain_says_in_json_that_there_is_nothing(recording, capsys):
    assert main(["explain", str(recording), "99", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["matches"] == []


MODULE = str(Path(replay_redact.__file__).with_name("__main__.py"))


def test_the_module_is_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["replay_redact", "--help"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_path(MODULE, run_name="__main__")
    assert caught.value.code == 0
    assert "COMMAND" in capsys.readouterr().out
    runpy.run_path(MODULE, run_name="imported")


def test_the_version(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"replay-redact {__version__} ({native.status})\n"


def test_a_recording_without_events_is_bad_input(tmp_path, capsys):
    path = tmp_path / "in.json"
    path.write_bytes(b"[]")
    assert main(["check", str(path)]) == 2
    assert "was anything recorded" in capsys.readouterr().err


def test_what_cannot_be_written_is_named(recording, tmp_path, capsys):
    target = tmp_path / "none" / "out.json"
    assert main(["redact", str(recording), "-o", str(target)]) == 2
    assert f"{target}: cannot be written: No such file or directory" in capsys.readouterr().err
    assert main(["preview", str(recording), "-o", str(target)]) == 2
    assert f"replay-redact: {target}: cannot be written" in capsys.readouterr().err
    assert main(["preview", str(tmp_path / "no.json"), "-o", "-"]) == 2
    assert (
        capsys.readouterr().err == f"replay-redact: {tmp_path}/no.json: No such file or directory\n"
    )


def test_a_slash_at_the_end_means_a_directory(recording, tmp_path):
    assert main(["redact", str(recording), "-o", f"{tmp_path}/new/"]) == 0
    assert (tmp_path / "new" / "in.json").is_file()


def test_a_reader_that_has_had_enough_is_no_complaint(recording):
    command = f"{sys.executable} -m replay_redact check {recording} {recording} | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert done.stderr == ""


def test_a_broken_pipe_while_working(recording, monkeypatch):
    def broken(*_args, **_options):
        raise BrokenPipeError

    monkeypatch.setattr(verb, "write", broken)
    monkeypatch.setattr(sys, "stdout", _Standard())
    assert main(["redact", str(recording)]) == 141
    sys.stdout.close()  # in place of ours, which nobody reads


def test_an_interruption_says_so(recording, monkeypatch, capsys):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(verb, "write", interrupted)
    assert main(["redact", str(recording)]) == 130
    assert capsys.readouterr().err == "replay-redact: interrupted\n"


def test_a_report_takes_no_other_files_place(recording, tmp_path, capsys):
    target = tmp_path / "out.json"
    for report in (target, recording):
        arguments = ["redact", str(recording), "-o", str(target), "--report", str(report)]
        assert main(arguments) == 2
        assert f"the report would overwrite {report}" in capsys.readouterr().err
    assert recording.read_bytes() == RECORDING
    assert main([*arguments[:-1], str(tmp_path / "report.json")]) == 0


def test_a_file_without_a_readable_event_is_warned_of(tmp_path, capsys):
    source = tmp_path / "in.json"
    source.write_bytes(b'[{"type": 99, "name": "Jane"}]')
    assert main(["redact", str(source), "-o", str(tmp_path / "out.json")]) == 0
    assert "warning: none of its events can be read" in capsys.readouterr().err


def test_examples_are_counted_from_0(recording, capsys):
    with pytest.raises(SystemExit):
        main(["check", str(recording), "--examples", "-1"])
    assert "'-1' is not a number from 0" in capsys.readouterr().err


def test_an_error_of_the_system_without_a_file(recording, monkeypatch, capsys):
    def fails(*_args, **_options):
        raise OSError("no room")

    monkeypatch.setattr(verb, "policy_of", fails)
    assert main(["redact", str(recording)]) == 2
    assert capsys.readouterr().err == "replay-redact: no room\n"
