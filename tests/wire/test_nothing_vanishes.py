"""What cannot be read is an error that says what it looks like, never an empty result."""

import gzip
import json
import zlib

import pytest

from replay_redact import DecodeError, LimitError, Redactor, redact_bytes, redact_stream
from replay_redact._wire import compression
from replay_redact._wire.looks import _FORMS, looks_like
from replay_redact.cli import main
from replay_redact.testing import find_leaks
from replay_redact.testing.everything import everything

LOAD = {"type": 1, "data": {}, "timestamp": 1}
UNREADABLE = {
    "arrays of no events": (b'[["Jane"], [{"note": "Jane"}]]', "array of arrays"),
    "strings": (b'["Jane Roe"]', "array of strings"),
    "objects": (b'[{"name": "Jane"}]', "array of objects"),
    "numbers": (b"[1, 2]", "something else"),
    "null": (b"[null]", "something else"),
    "an object": (b'{"name": "Jane"}', "an object"),
    "lines": (b'{"name": "Jane"}\n{"name": "Jane"}\n', "lines of objects"),
    "arrays too deep": (b"[[[[[[[" + json.dumps(LOAD).encode() + b"]]]]]]]", "array of arrays"),
    "a HAR file": (b'{"log": {"entries": []}}', "a HAR file"),
    "an error": (b'{"detail": "Jane was not found"}', "an error that an API answered"),
    "HTML": (b"<!doctype html><p>Jane", "HTML"),
    "an image": (b"\x89PNG\r\n Jane", "an image"),
    "a ZIP archive": (b"PK\x03\x04 Jane", "a ZIP archive"),
    "multipart": (b'--x\r\nContent-Disposition: form-data; name="Jane"', "multipart"),
    "none": (b"Jane Roe", "not valid JSON"),
    "a string": (b'"Jane Roe"', "no events"),
    "an older answer": (b'{"snapshot_data_by_window_id": {"Jane": []}}', "older answer of PostHog"),
    "chunks": (b'[{"chunk_id": "Jane", "data": "H4s="}]', "chunks of PostHog's older snapshots"),
    "a chunk that was captured": (
        b'[{"event": "$snapshot", "properties": {"$snapshot_data": {"chunk_id": "Jane"}}}]',
        "chunks of PostHog's older snapshots",
    ),
    "LZ64": (b"NobwRAdghgtgpmAXGKAXAngBzgYWwPY", "base64 or LZ64"),
    **{
        f"{codec}{mark}": ((mark + '[{"name": "Jane"}]').encode(codec), "looks like UTF-16 or UTF-32")
        for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        for mark in ("", "\ufeff")
    },
    "in gzip": (gzip.compress(b'[{"name": "Jane"}]', mtime=0), "array of objects"),
    "a segment": (b'{"segment_id":1}\n[{"name": "Jane"}]', "array of objects"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_input_of_which_nothing_can_be_read_is_an_error_that_says_what_it_looks_like(name):
    data, looks = UNREADABLE[name]
    with pytest.raises(DecodeError, match=looks) as caught:
        redact_bytes(data)
    assert "Jane" not in str(caught.value)
    with pytest.raises((DecodeError, LimitError)):
        b"".join(redact_stream([data]))


def test_each_form_of_the_table_has_another_name():
    assert len({name for _, name, _ in _FORMS}) == len(_FORMS)
    assert looks_like(b"Jane") == ""


LOOKS = {
    "an image or a video": [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\0\n\0\x18ftyp"],
    "a ZIP archive": [b"PK\x03\x04"],
    "a Parquet file": [b"PAR1"],
    "HTML or XML": [b"<", b"\n <!doctype"],
    "multipart form data": [b"--x\ncontent-", b"--%s\r\nContent-" % (b"x" * 70)],
    "a form without": [b"a_z=", b"z=1&b=2"],
    "a HAR file": [b'{"log":{', b' { "log" : {'],
    "OpenTelemetry data": [b'{"resource%s"' % kind for kind in (b"Spans", b"Logs", b"Metrics")] + [b' { "resourceLogs"'],
    "an error that": [b'{"%s":' % word for word in (b"detail", b"error", b"errors", b"message", b"attr", b"code")] + [b' { "code" :'],
    "PostHog's list of": [b'{"sources":[', b' {"a": 1, "sources" : ['],
    "the description of": [b'%s"%s"' % (bracket, word) for bracket in (b"{", b" [{") for word in (b"project_id", b"projectId", b"count_segments", b"recording_duration")],
    "an older answer": [b'{"snapshot_data_by_window_id"', b' [{"a": 1, "snapshot_data_by_window_id"'],
    "chunks of PostHog": [b'{"chunk_%s":' % word for word in (b"id", b"index", b"count")] + [b' [{"chunk_id" :'],
    "base64 or LZ64": [b"azAZ09+/azAZ09+/", b"azAZ09+/azAZ09+/==\n"],
    "a segment of Datadog": [b'{"records":[', b' {"a": 1, "records" : ['],
    "an array of arrays": [b"[[", b" [ ["],
    "an array of strings": [b'["', b' [ "'],
    "an array of objects": [b"[{", b" [ {"],
    "an array of something else": [b"[1", b" [ 1"],
    "lines of objects": [b"{}\n{", b' {"a": 1} \n {'],
    "an object": [b"{", b" {"],
    "nothing": [b"Jane", b"PK", b"GIF", b"azAZ09+/azAZ09+", b"a=\nb", b"-x\ncontent-", b"--\ncontent-"],
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_what_inputs_look_like(name):
    said = f": it looks like {name}" if name != "nothing" else ""
    assert [head for head in LOOKS[name] if not looks_like(head).startswith(said)] == []
    assert bool(said) is all(map(looks_like, LOOKS[name])) is any(map(looks_like, LOOKS[name]))


def test_a_form_in_lz64_says_so():
    with pytest.raises(DecodeError, match="the form is compressed as lz64"):
        redact_bytes(b"compression=lz64&data=Jane")


EMPTY = [b"[]", b"[[]]", b"[[], []]", b'{"events":[]}']


@pytest.mark.parametrize("data", EMPTY)
def test_an_empty_list_of_events_is_a_recording(data):
    assert redact_bytes(data) == data.replace(b" ", b"")
    assert b"".join(redact_stream([data])) == data.replace(b" ", b"")


def test_an_event_that_is_dropped_for_its_kind_was_read():
    assert redact_bytes(b'[{"type": 99, "timestamp": 1}]') == b"[]"


SEGMENTS = json.dumps([[LOAD, {**LOAD, "timestamp": 2}], [], [{"type": 7}], [LOAD]]).encode()


def test_an_array_of_segments_stays_one():
    redactor = Redactor()
    found = redactor.process_bytes(SEGMENTS)
    assert [len(segment) for segment in json.loads(found)] == [2, 0, 1]
    assert redactor.report.dropped == {"malformed": 1}
    assert b"".join(redact_stream([SEGMENTS])) == found
    assert redact_bytes(found) == found


def test_an_array_of_pairs():
    pairs = json.dumps([["jane", LOAD], ["tom", LOAD], ["jane", LOAD]]).encode()
    assert [pair[0] for pair in json.loads(redact_bytes(pairs))] == ["_a", "_b", "_a"]


def test_one_event_over_several_lines():
    assert json.loads(redact_bytes(json.dumps(LOAD, indent=2).encode())) == {**LOAD}


@pytest.mark.parametrize(("good", "bad"), [(1, 2), (0, 1)])
def test_if_most_events_are_unreadable_report_and_command_say_so(good, bad, tmp_path, capsys):
    data = json.dumps([LOAD] * good + [{"type": 99}] * bad).encode()
    redactor = Redactor()
    redactor.process_bytes(data)
    assert redactor.report.mostly_unreadable
    assert redactor.report.as_dict()["mostly_unreadable"] is True
    (tmp_path / "in.json").write_bytes(data)
    arguments = ["redact", str(tmp_path / "in.json"), "-o", str(tmp_path / "out.json")]
    assert main([*arguments, "--report", "-"]) == 0
    said = capsys.readouterr().err
    assert "warning: " in said
    assert "be read, so" in said
    assert "mostly_unreadable" in said


def test_if_most_can_be_read_nothing_is_said():
    redactor = Redactor()
    redactor.process_bytes(json.dumps([LOAD, {"type": 99}]).encode())
    assert "mostly_unreadable" not in redactor.report.as_dict()


# --- secrets in what cannot be read ---------------------------------------------------------

PACKED = zlib.compress(b'{"note": "Jane Roe"}').decode("latin-1")
HOLDS = {
    "an element that is no event": [LOAD, {"note": "Jane Roe"}],
    "an event of an unknown kind": [LOAD, {"type": 99, "data": "Jane Roe"}],
    "a field that is cut off": [{**LOAD, "note": "Jane Roe"}],
    "what is packed": [LOAD, PACKED],
    "what is packed in an object": [LOAD, {"data": [PACKED, "\u2003", "\x80 abc"]}],
    "two places": [LOAD, {"a": "Jane Roe"}, {"b": ["Jane Roe", "Jane Roe"]}],
}


@pytest.mark.parametrize("name", HOLDS)
def test_secrets_are_found_in_what_cannot_be_read(name):
    data = json.dumps(HOLDS[name]).encode()
    for form in (data, gzip.compress(data)):
        named = [leak for leak in find_leaks(form, secrets=["Jane Roe", "Bob Doe"]) if leak.secret]
        assert [(leak.secret, leak.field) for leak in named] == [
            ("secret 1", "what cannot be read")
        ]
        assert "Jane" not in str(named)


def test_a_secret_that_was_found_where_it_can_be_read_is_named_once():
    custom = {"type": 5, "timestamp": 1, "data": {"tag": "x", "payload": "Jane Roe"}}
    data = json.dumps([custom, {"note": "Jane Roe"}]).encode()
    assert len([leak for leak in find_leaks(data, secrets=["Jane Roe"]) if leak.secret]) == 1


DEEP = b"Jane"
for _ in range(9):
    DEEP = zlib.compress(DEEP)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'{"a": 1}\nJane\n', [{"a": 1}, "Jane", ""]),
        (gzip.compress(b'"Jane"', mtime=0)[:-2], None),
        (b"data=IkphbmUi", ["Jane"]),
        (json.dumps(["\u2003"]).encode(), [["\u2003"]]),
        (DEEP, None),
    ],
)
def test_everything_that_was_sent(data, found):
    values = list(everything(data))
    assert found is None or values == found
    assert values


def test_everything_has_a_budget(monkeypatch):
    bomb = gzip.compress(b" " * 100_000, mtime=0)
    monkeypatch.setattr(compression, "MAX_BYTES", 1_000)
    assert len(list(everything(bomb))) >= 1
