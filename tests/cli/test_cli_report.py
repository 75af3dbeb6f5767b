"""The report of ``replay-redact redact``, as a table for people."""

from replay_redact.cli import main
from replay_redact.cli.report import write_report
from replay_redact.testing import recording_from_html


def test_a_table_on_standard_error(tmp_path, capsys):
    source, target = tmp_path / "a.json", tmp_path / "b.json"
    source.write_bytes(recording_from_html("<p>Jane</p><p>Roe</p>"))
    assert main(["redact", str(source), "-o", str(target), "--report", "-"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    name, *lines = said.err.splitlines()
    assert name == str(source)
    rows = [line.split() for line in lines]
    assert ["masked", "text", "2"] in rows
    assert ["events", "FullSnapshot", "1"] in rows
    assert ["Meta", "1"] in rows
    assert ["dropped", "nothing"] in rows


def test_the_most_come_first_and_large_numbers_can_be_read(capsys):
    write_report("-", {"[red]x.json": {"masked": {"text": 5, "input": 1234567, "css": 5}}})
    said = capsys.readouterr().err
    assert "[red]x.json" in said
    assert said.index("1,234,567") < said.index("css") < said.index("text")


def test_what_failed_says_why(capsys):
    write_report("-", {"bad.json": {"error": "not JSON"}})
    assert "not JSON" in capsys.readouterr().err


def test_most_of_an_input_is_lost(tmp_path, capsys):
    source = tmp_path / "lost.json"
    lost = ['{"type": 99, "timestamp": 1}'] * 3
    source.write_text("[" + ",".join([*lost, '{"type": 1, "data": {}, "timestamp": 2}']) + "]")
    assert main(["redact", str(source), "-o", str(tmp_path / "out.json")]) == 0
    said = capsys.readouterr().err
    assert f"{source}: warning: 3 of its 4 events cannot be read, so they are not" in said
