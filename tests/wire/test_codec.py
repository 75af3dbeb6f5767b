"""Bytes in any form become events, or an error that says where and quotes nothing."""

import gzip
import json
import zlib

import pytest

from replay_redact import (
    DecodeError,
    LimitError,
    RedactError,
    Redactor,
    decode,
    encode,
    redact_bytes,
)
from replay_redact._wire import batches, compression
from replay_redact.events import Unreadable
from replay_redact.nodes import Text

META = {
    "type": 4,
    "timestamp": 1,
    "data": {"href": "https://a.example/jane", "width": 1, "height": 2.0},
}
SNAPSHOT = {"type": 2, "timestamp": 2, "data": {"node": {"type": 0, "id": 1, "childNodes": [
    {"type": 3, "id": 2, "textContent": "Jane"}]}}}  # fmt: skip
CHANGE = {"type": 3, "timestamp": 3, "data": {"source": 0, "texts": [{"id": 2, "value": "Jane R"}],
    "attributes": [], "removes": [], "adds": []}}  # fmt: skip
EVENTS = [META, SNAPSHOT, CHANGE]


def lines(values):
    return "\n".join(map(json.dumps, values))


def posthog(value):
    return gzip.compress(json.dumps(value).encode(), mtime=0).decode("latin-1")


def packed(event):
    return zlib.compress(json.dumps({**event, "v": "v1"}).encode()).decode("latin-1")


CONTAINERS = {
    "array": json.dumps(EVENTS),
    "pretty array": json.dumps(EVENTS, indent=2),
    "byte order mark": "\ufeff" + json.dumps(EVENTS),
    "lines": lines(EVENTS) + "\n\n",
    "lines of arrays": lines([EVENTS, EVENTS]),
    "events": json.dumps({"events": EVENTS}, indent=1),
    "window and data": lines([{"window_id": "w-1", "data": EVENTS}, {"window_id": "Jane?", "data": []}]),
    "window pairs": lines([["0191-aa", SNAPSHOT], ["0191-aa", CHANGE]]),
    "one window pair": lines([["0191-aa", SNAPSHOT]]),
    "strings": json.dumps([json.dumps(event) for event in EVENTS]),
    "packed": json.dumps([packed(event) for event in EVENTS]),
    "compressed parts": json.dumps([
        {**SNAPSHOT, "data": posthog(SNAPSHOT["data"]), "cv": "2024-10"},
        {**CHANGE, "cv": "2024-10", "data": {**CHANGE["data"], "texts": posthog(CHANGE["data"]["texts"])}},
    ]),
    "segment": '{"segment_id":7}\n' + json.dumps(EVENTS),
}  # fmt: skip
LAYERS = {
    "plain": lambda data: data,
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "gzip in zlib": lambda data: zlib.compress(gzip.compress(data)),
}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("container", CONTAINERS)
def test_output_has_the_form_of_the_input(container, layer):
    recording = LAYERS[layer](CONTAINERS[container].encode())
    events = decode(recording)
    assert len(events) >= 1
    assert not any(isinstance(event, Unreadable) for event in events)
    redacted = redact_bytes(recording)
    assert len(decode(redacted)) == len(events)
    assert redact_bytes(redacted) == redacted
    assert all("Jane" not in repr(encode([event])) for event in decode(redacted))
    assert layer != "plain" or redacted[:1] == recording.removeprefix(b"\xef\xbb\xbf")[:1]


def test_a_segment_keeps_its_number_and_its_compression():
    body = zlib.compress(json.dumps(EVENTS).encode())
    head, _, rest = redact_bytes(b'{"segment_id": 12}\n' + body).partition(b"\n")
    assert head == b'{"segment_id":12}'
    assert len(json.loads(zlib.decompress(rest))) == 3


@pytest.mark.parametrize("format_", ["gzip", "zlib"])
def test_a_named_compression(format_):
    data = LAYERS[format_](json.dumps(EVENTS).encode())
    assert len(decode(data, format=format_)) == 3


GZIP = gzip.compress(json.dumps(EVENTS).encode(), mtime=0)  # in names of tests, so not of now
STREAMS = {
    "one member": (GZIP, 3),
    "two members": (gzip.compress(b"[") + gzip.compress(b'{"type":0,"timestamp":1}]'), 1),
    "zeros after it": (GZIP + b"\0" * 512, 3),
    "zeros between members": (gzip.compress(b"[") + b"\0\0" + gzip.compress(b"]"), 0),
    "an empty member": (gzip.compress(b"") + GZIP, 3),
    "two zlib streams": (zlib.compress(b"[") + zlib.compress(b"]"), 0),
}


@pytest.mark.parametrize("name", STREAMS)
def test_streams_of_several_members_are_one_recording(name):
    data, count = STREAMS[name]
    assert len(decode(data)) == count
    assert len(decode(redact_bytes(data))) == count


BROKEN_STREAMS = {
    "only the magic": (GZIP[:2], "too early"),
    "cut in the header": (GZIP[:7], "too early"),
    "cut in the body": (GZIP[:-20], "too early"),
    "cut in the checksum": (GZIP[:-1], "too early"),
    "a wrong checksum": (GZIP[:-8] + b"JANE" + GZIP[-4:], "damaged"),
    "a wrong byte": (GZIP[:20] + bytes([GZIP[20] ^ 255]) + GZIP[21:], "damaged|too early"),
    "something after it": (GZIP + b"Jane", "damaged"),
    "a cut-off second member": (GZIP + GZIP[:15], "too early"),
    "zlib cut": (zlib.compress(b"[]")[:-2], "too early"),
}


@pytest.mark.parametrize("name", BROKEN_STREAMS)
def test_a_broken_stream_is_an_error(name):
    data, message = BROKEN_STREAMS[name]
    with pytest.raises(DecodeError, match=message) as caught:
        redact_bytes(data)
    assert "Jane" not in str(caught.value)


class FakeZstd:
    """Replaces the zstd module of newer Pythons: its streams are zlib streams with a mark."""

    ZstdError = zlib.error
    MAGIC = b"\x28\xb5\x2f\xfd"

    class ZstdDecompressor:
        def __init__(self):
            self.inner = zlib.decompressobj()

        def decompress(self, data, limit):
            return self.inner.decompress(data.removeprefix(FakeZstd.MAGIC), limit)

        @property
        def eof(self):
            return self.inner.eof

    @classmethod
    def compress(cls, data, level=3):
        return cls.MAGIC + zlib.compress(data, level)


def test_zstd_where_it_is_to_be_had(monkeypatch):
    monkeypatch.setattr(compression, "zstd", FakeZstd)
    recording = FakeZstd.compress(json.dumps(EVENTS).encode())
    redacted = redact_bytes(recording)
    assert redacted.startswith(FakeZstd.MAGIC)
    assert len(decode(redacted)) == len(decode(recording, format="zstd")) == 3
    with pytest.raises(DecodeError, match="too early"):
        decode(recording[:-9])
    with pytest.raises(DecodeError, match="damaged"):
        decode(FakeZstd.MAGIC + b"Jane")
    monkeypatch.setattr(compression, "MAX_BYTES", len(recording) + 10)
    with pytest.raises(LimitError):
        decode(recording)


@pytest.mark.parametrize(
    ("format_", "data"),
    [("json", GZIP), ("json", b'{"events": []}'), ("json", b"1\n2"), ("ndjson", GZIP), ("gzip", b"[]"), ("zlib", GZIP),
     ("segment", b'{"segment_id": -1}\n[]'), ("segment", b'{"segment_id": 1, "x": "Jane"}\n[]')],
)  # fmt: skip
def test_another_format_than_the_named_one_is_an_error(format_, data):
    with pytest.raises(DecodeError):
        decode(data, format=format_)


def test_lines_whose_events_are_dropped_are_left_out():
    asset = {"type": 7, "timestamp": 1, "data": {"url": "Jane"}}
    redacted = redact_bytes(lines([META, asset, [asset], [asset, META], []]).encode())
    assert [
        len(line) if isinstance(line, list) else 1
        for line in map(json.loads, redacted.splitlines())
    ] == [1, 1, 0]
    assert redacted.endswith(b"\n")


def test_an_unknown_format_is_the_callers_fault():
    with pytest.raises(ValueError, match="unknown format 'xml'"):
        decode(b"[]", format="xml")


NO_RECORDING = {
    "empty": b"",
    "blank": b" \n\t",
    "not JSON": b"Jane Roe",
    "a number": b"41",
    "an object": b'{"name": "Jane"}',
    "lines that are none": b'{"name": "Jane"}\n{"name": "Jane"}',
    "a line that is no JSON": b'{"type": 1}\nJane',
    "a line that is a number": b'{"type": 1, "timestamp": 1}\n41',
    "a cut-off array": b'[{"type": 1, "timestamp": 1, "note": "Jane',
    "NaN": b'[{"type": 1, "timestamp": NaN}]',
    "minus Infinity": b'[{"type": 1, "timestamp": -Infinity}]',
    "a string": b'"Jane"',
    "null": b"null",
    "two arrays": b'[][] "Jane"',
    "UTF-16": '["Jane"]'.encode("utf-16"),
    "Infinity": b'[{"type": 1, "timestamp": Infinity}]',
    "damaged gzip": b"\x1f\x8bJane",
    "cut-off gzip": gzip.compress(b"[]" * 50)[:-9],
    "a segment without a body": b'{"segment_id":1}\n',
    "four compressions": gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"[]")))),
    "zstd where it is not to be had": b"\x28\xb5\x2f\xfdJane",
}


@pytest.mark.parametrize("name", NO_RECORDING)
def test_what_is_no_recording_is_an_error_that_quotes_nothing(name, monkeypatch):
    monkeypatch.setattr(compression, "zstd", None)
    with pytest.raises(DecodeError) as caught:
        redact_bytes(NO_RECORDING[name])
    assert "Jane" not in str(caught.value)


def test_a_segment_must_begin_with_its_header():
    with pytest.raises(DecodeError, match="segment header"):
        decode(b"[]", format="segment")


def test_an_error_names_the_position():
    with pytest.raises(DecodeError, match=r"byte 3") as caught:
        decode(b"[1,x]")
    assert caught.value.position == 3


def test_bombs_are_a_limit_error_in_any_layer(monkeypatch):
    monkeypatch.setattr(compression, "MAX_BYTES", 100_000)
    blank = b" " * 200_000
    many = json.dumps([zlib.compress(b" " * 60_000).decode("latin-1")] * 3).encode()
    for bomb in (gzip.compress(blank), zlib.compress(gzip.compress(blank)), blank, many):
        with pytest.raises(LimitError):
            redact_bytes(bomb)


def test_too_many_events_are_a_limit_error(monkeypatch):
    monkeypatch.setattr(batches, "MAX_EVENTS", 2)
    with pytest.raises(LimitError, match="more than 2 events"):
        decode(json.dumps(EVENTS).encode())


ODD_EVENTS = {
    "a number": (1, "malformed"),
    "null": (None, "malformed"),
    "a string": ("Jane", "malformed"),
    "no type": ({"data": "Jane"}, "malformed"),
    "a boolean type": ({"type": True}, "malformed"),
    "an unknown kind": ({"type": 99, "data": "Jane"}, "unknown-kind"),
    "an unknown source": ({"type": 3, "timestamp": 1, "data": {"source": 99, "x": "Jane"}}, "unknown-source"),
    "an odd source": ({"type": 3, "timestamp": 1, "data": {"source": {"x": "Jane"}}}, "malformed"),
    "a missing field": ({"type": 4, "timestamp": 1, "data": {"href": "Jane"}}, "malformed"),
    "an id of another type": ({**SNAPSHOT, "data": {"node": {"type": 3, "id": "x", "textContent": ""}}}, "malformed"),
    "a packed event without its mark": (zlib.compress(json.dumps(META).encode()).decode("latin-1"), "malformed"),
    "a packed array": (zlib.compress(b'["Jane"]').decode("latin-1"), "malformed"),
    "a string of broken JSON": ('{"type": 4, "Jane', "malformed"),
    "a string that is no Latin-1": ("x\u2003Jane", "malformed"),
    "a compression that is none": ({**SNAPSHOT, "data": "Jane", "cv": "1"}, "malformed"),
    "a version that is none": ({**SNAPSHOT, "data": posthog(SNAPSHOT["data"]), "cv": 5}, "malformed"),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_EVENTS)
def test_one_odd_event_is_dropped_and_counted_and_the_rest_is_redacted(name):
    odd, reason = ODD_EVENTS[name]
    redactor = Redactor()
    redacted = json.loads(redactor.process_bytes(json.dumps([META, odd, SNAPSHOT]).encode()))
    assert [event["type"] for event in redacted] == [4, 2]
    assert redactor.report.dropped == {reason: 1}
    assert "Jane" not in str(redacted)


def test_unknown_fields_are_cut_off_and_counted():
    odd = json.loads(json.dumps(SNAPSHOT))
    odd["session"] = "Jane"
    odd["data"]["node"]["childNodes"][0]["note"] = {"deep": "Jane"}
    redactor = Redactor()
    redacted = redactor.process_bytes(json.dumps([odd]).encode())
    assert b"Jane" not in redacted
    assert redactor.report.dropped == {"unknown field": 2}


def test_lone_surrogates_and_broken_utf8_are_read_as_replacement_characters():
    surrogate = json.dumps([SNAPSHOT]).replace("Jane", r"\ud83d x").encode()
    broken = json.dumps([SNAPSHOT]).encode().replace(b"Jane", b"\xff x")
    for recording in (surrogate, broken):
        [event] = decode(recording)
        [text] = event.data.node.child_nodes
        assert isinstance(text, Text)
        assert text.text_content == "\ufffd x"
        assert b'"* *"' in redact_bytes(recording)


def test_the_last_of_duplicate_keys_counts_and_the_first_is_gone():
    twice = json.dumps([SNAPSHOT]).encode().replace(
        b'"textContent": "Jane"', b'"textContent": "Secret", "textContent": "Jane"'
    )  # fmt: skip
    assert (
        json.loads(redact_bytes(twice))[0]["data"]["node"]["childNodes"][0]["textContent"] == "****"
    )
    attributes = b'[{"type":2,"timestamp":1,"data":{"node":{"type":2,"id":1,"tagName":"p","attributes":%s}}}]'
    redacted = redact_bytes(attributes % b'{"class":"Secret", "class":"x"}')
    assert b"Secret" not in redacted
    assert b'{"class":"x"}' in redacted


NUMBERS = [
    "1",
    "0",
    "-1",
    "2.0",
    "2.5",
    "1e3",
    "-0.0",
    "9007199254740993",
    "18446744073709551616",
    "0.1",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_keep_their_type_and_value(number):
    data = f'{{"href":"","width":{number},"height":{{}}}}'
    recording = f'[{{"type":4,"timestamp":{number},"data":{data.replace("{}", "1")}}}]'.encode()
    [event], [back] = json.loads(recording), json.loads(encode(decode(recording)))
    for before, after in (
        (event["timestamp"], back["timestamp"]),
        (event["data"]["width"], back["data"]["width"]),
    ):
        assert after == before
        assert type(after) is type(before)


@pytest.mark.parametrize("field", ["timestamp", "payload"])
def test_a_number_beyond_all_numbers_makes_its_event_unreadable(field):
    odd = json.dumps({"type": 5, "timestamp": 1, "data": {"tag": "x", "payload": 1}})
    odd = odd.replace(f'"{field}": 1', f'"{field}": 1e999')
    events = decode(f"[{odd},{json.dumps(META)}]".encode())
    assert events[0].reason == "malformed"
    assert len(events) == 2


@pytest.mark.parametrize("data", ["[]", None, [{}]])
def test_what_is_not_bytes_is_named(data):
    with pytest.raises(TypeError, match=f"a recording is bytes, not {type(data).__name__}"):
        redact_bytes(data)


@pytest.mark.parametrize("policy", ["sentry", None, {}])
def test_what_is_no_policy_is_named(policy):
    with pytest.raises(TypeError, match=f"a policy is a Policy, not {type(policy).__name__}"):
        redact_bytes(b"[]", policy)


def test_any_bytes_will_do():
    assert redact_bytes(bytearray(b"[]")) == redact_bytes(memoryview(b"[]")) == b"[]"


def test_a_lone_surrogate_in_a_hand_made_event_is_an_error():
    [event] = decode(json.dumps([SNAPSHOT]).encode())
    event.data.node.child_nodes[0].text_content = "\ud83d"
    with pytest.raises(RedactError):
        encode([event])


def test_processing_does_not_change_the_callers_event():
    [event] = decode(json.dumps([SNAPSHOT]).encode())
    assert Redactor().process(event) is not event
    assert event.data.node.child_nodes[0].text_content == "Jane"
    assert Redactor().process(Unreadable("malformed")) is None
