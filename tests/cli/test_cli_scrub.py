"""``replay-redact scrub``: JSON, lines, envelopes and text, in the form in which they came."""

import gzip
import io
import json
import sys

import pytest

from replay_redact import Policy, cli
from replay_redact._wire.envelopes import read_envelope
from replay_redact.cli import scrub as cli_scrub

SCRUBBING = 'metadata = "scrub"\n'


@pytest.fixture
def scrub(tmp_path, capfd):
    def run(data, *arguments, status=0):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        assert cli.main(["scrub", str(source), "-o", str(target), *arguments]) == status
        return target.read_bytes() if status == 0 else capfd.readouterr().err

    return run


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (b'{"a":"j@x.example"}', b'{"a":"[email]"}'),
        (b'[{"password":"x1"}]\n', b'[{"password":"[filtered]"}]\n'),
        (b'{"event_id":"x","message":"Jane"}', b'{"event_id":"*","message":"****"}'),
        (b'{"a":"j@x.example"}\n\n{"level":"info"}\n', b'{"a":"[email]"}\n\n{"level":"info"}\n'),
        (b"in: j@x.example\npassword=x1\n", b"in: [email]\npassword=[filtered]\n"),
        (b"latin \xe4 j@x.example", b"latin \xe4 [email]"),
        (b"1\n2\n", b"1\n2\n"),
        (b"", b""),
        (b'{}\n{"type":"event"}\n{"message":"Jane"}', b'{}\n{"type":"event","length":18}\n{"message":"****"}\n'),
    ],
)  # fmt: skip
def test_forms(scrub, given, expected):
    assert scrub(given) == expected
    assert gzip.decompress(scrub(gzip.compress(given))) == expected


def test_the_policy_says_what_is_looked_for(scrub, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text(SCRUBBING + '[scrub]\nrules = [{ detector = "email", method = "mask" }]\n')
    given = b'{"event_id":"x","message":"from j@x.example"}'
    assert scrub(given, "--policy", str(policy)) == b'{"event_id":"x","message":"from ***********"}'


def test_recordings_within_envelopes_are_redacted(scrub, tmp_path):
    body = b'{"segment_id":0}\n[{"type":5,"timestamp":1,"data":{"tag":"x","payload":{"a":"Jane"}}}]'
    given = b'{}\n{"type":"replay_recording","length":%d}\n%s\n' % (len(body), body)
    report = tmp_path / "report.json"
    (item,) = read_envelope(scrub(given, "--report", str(report))).items
    assert b"Jane" not in item.payload
    assert list(json.loads(report.read_text()).values()) == [{"form": "envelope", "dropped": {}}]


def test_the_report_counts_what_was_dropped(scrub, capfd):
    scrub(b'{}\n{"type":"attachment"}\nJane\n', "--report", "-")
    shown = capfd.readouterr().err
    assert "attachment" in shown
    assert "envelope" in shown


@pytest.mark.parametrize(
    ("given", "arguments", "complaint"),
    [
        (b"\0\1", [], "it is binary"),
        ("Jane".encode("utf-16"), [], "it is binary"),
        (b"Jane", ["--format", "json"], "it is not in the form json"),
        (b'"Jane"', ["--format", "envelope"], "it is not in the form envelope"),
        (b"Jane", ["--format", "lines"], "it is not in the form lines"),
        (b'[{"type":4,"timestamp":1}]', [], "it is a recording"),
        (b'{"segment_id":0}\n[{"type":4,"timestamp":1}]', [], "it is a recording"),
        (b"[" * 200_000 + b"]" * 200_000, [], "too deep"),
        (b"\x1f\x8b\x08", [], "compressed stream"),
    ],
    ids=range(9),
)
def test_refusals(scrub, given, arguments, complaint):
    shown = scrub(given, *arguments, status=2)
    assert complaint in shown
    assert "Jane" not in shown


def test_several_inputs_need_a_folder(tmp_path, capfd):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"j@x.example")
    sources = [str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "none")]
    assert cli.main(["scrub", *sources]) == 2
    assert "use -o DIR" in capfd.readouterr().err
    assert cli.main(["scrub", *sources, "-o", f"{tmp_path}/clean/"]) == 2
    assert "No such file" in capfd.readouterr().err
    assert (tmp_path / "clean" / "b").read_bytes() == b"[email]"


def test_standard_input_and_output(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"j@x.example")))
    assert cli.main(["scrub", "-"]) == 0
    assert capfdbinary.readouterr().out == b"[email]"


def test_a_closed_pipe_is_for_the_command_to_tell(monkeypatch, tmp_path):
    def closed(*_):
        raise BrokenPipeError

    monkeypatch.setattr(cli_scrub, "write", closed)
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(BrokenPipeError):
        cli_scrub._scrub_one(Policy(), str(tmp_path / "a"), "-", "auto")
