"""Large recordings are opened batch by batch, and the batches make no difference."""

import gzip
import json

import pytest
from helpers import deep

from benchmarks import generate, streams
from replay_redact import (
    DecodeError,
    LimitError,
    Policy,
    Redactor,
    decode,
    redact_bytes,
    redact_stream,
)
from replay_redact._wire import batches, compression
from replay_redact._wire.codec import open_recording
from replay_redact.events import Unreadable

PAGE = generate.page(300)
CHANGES = json.loads(streams.mutations(PAGE, 700))
ODD = {
    50: {"type": 99, "data": "Jane", "timestamp": 1},
    250: {**CHANGES[250], "note": "Jane"},
    251: "Jane",
    450: {"type": 5, "timestamp": 1, "data": {"tag": "Jane", "payload": "\ud83d Jane"}},
    650: {"type": 4, "timestamp": 1, "data": {"href": "Jane"}},
}
EVENTS = json.loads(PAGE) + [ODD.get(at, event) for at, event in enumerate(CHANGES)]
FORMS = {
    "array": json.dumps(EVENTS).encode(),
    "bytes that are no UTF-8": json.dumps(EVENTS).encode().replace(b"\\ud83d", b"\xed\xa0\xbd"),
    "gzip": gzip.compress(json.dumps(EVENTS).encode()),
    "segment": b'{"segment_id": 3}\n' + json.dumps(EVENTS).encode(),
    "lines": "\n".join(json.dumps(event) for event in EVENTS if event != "Jane").encode(),
    "lines of arrays": "\n".join(json.dumps([event, event]) for event in EVENTS).encode(),
}


def sizes(data):
    return [len(batch.events) for batch in open_recording(data).batches]


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("policy", [Policy(), Policy.sentry()], ids=["strict", "sentry"])
@pytest.mark.parametrize("form", FORMS)
def test_batches_make_no_difference(form, policy, monkeypatch):
    assert len(sizes(FORMS[form])) > 3
    some = Redactor(policy)
    output = some.process_bytes(FORMS[form])
    monkeypatch.setattr(batches, "EVENTS_AT_ONCE", 10**6)
    assert len(sizes(FORMS[form])) == 1
    all_at_once = Redactor(policy)
    assert all_at_once.process_bytes(FORMS[form]) == output
    assert some.report == all_at_once.report
    assert some.state() == all_at_once.state()
    if policy.rules == "strict":
        assert "Jane" not in str(gzip.decompress(output) if form == "gzip" else output)


def test_events_that_are_few_or_large_are_decoded_in_one_go():
    assert sizes(PAGE) == [len(json.loads(PAGE))]
    assert sizes(json.dumps(CHANGES[:150]).encode()) == [150]
    large = json.loads(generate.page(2_000))
    assert sizes(json.dumps([*CHANGES, *large]).encode()) == [len(CHANGES) + len(large)]


def test_a_batch_of_which_nothing_is_left_leaves_nothing():
    canvas = {"type": 3, "timestamp": 1, "data": {"source": 9, "id": 2, "type": 0, "commands": []}}
    redacted = redact_bytes(
        json.dumps([*[canvas] * 250, *json.loads(PAGE), *[canvas] * 250]).encode()
    )
    assert [event["type"] for event in json.loads(redacted)] == [
        event["type"] for event in json.loads(PAGE)
    ]


@pytest.mark.parametrize("odd", [b"", b'"note":1,'], ids=["fast", "by itself"])
def test_a_deep_tree_in_a_later_batch(odd):
    snapshot = deep(3_000)[1:-1].replace(b'"data"', odd + b'"data"')
    changes = json.dumps(CHANGES[:300]).encode()[1:-1]
    text = b"[" + b",".join([changes, snapshot, changes]) + b"]"
    assert len(sizes(text)) == 4
    assert b"****" in redact_bytes(text)


def test_a_second_attempt_at_a_deep_batch_spends_no_budget_twice(monkeypatch):
    tree = deep(3_000).partition(b'"data":')[2].removesuffix(b"}]")
    packed = {
        "type": 2,
        "timestamp": 1,
        "cv": "2024-10",
        "data": gzip.compress(tree).decode("latin-1"),
    }
    text = "\n".join(json.dumps(event) for event in [*CHANGES[:300], packed]).encode()
    monkeypatch.setattr(compression, "MAX_BYTES", len(text) + len(tree) + 1_000)
    assert len(decode(text)) == 301


def test_too_many_events_over_all_batches(monkeypatch):
    monkeypatch.setattr(batches, "MAX_EVENTS", 500)
    for form in ("array", "gzip", "lines"):
        with pytest.raises(LimitError, match="more than 500 events"):
            redact_bytes(FORMS[form])
    pairs = "\n".join(json.dumps(CHANGES[:2]) for _ in range(300)).encode()
    with pytest.raises(LimitError, match="more than 500 events"):
        redact_bytes(pairs)


def test_lines_none_of_which_can_be_read_are_no_recording_however_many_they_are():
    with pytest.raises(DecodeError, match="no events"):
        redact_bytes(b'{"a": 1}\n' * 450)
    readable = [*[{"a": 1}] * 450, CHANGES[0]]
    assert type(decode("\n".join(map(json.dumps, readable)).encode())[0]) is Unreadable


def test_an_error_in_a_later_batch_returns_nothing_and_forgets():
    redactor = Redactor()
    redactor.process_bytes(PAGE)
    with pytest.raises(DecodeError):
        redactor.process_bytes(("\n".join(map(json.dumps, CHANGES[:300])) + "\n{").encode())
    assert redactor.state() == Redactor().state()


# --- how an output ends ----------------------------------------------------------------------------

STAYS, GOES = '{"type":1,"timestamp":1,"data":{}}', '{"type":8,"timestamp":2,"data":{}}'


@pytest.mark.parametrize(
    ("recorded", "wanted"),
    [
        (f"{STAYS}\n{GOES}\n", f"{STAYS}\n"),
        (f"{GOES}\n{STAYS}", f"{STAYS}\n"),
        (f"{GOES}\n{GOES}\n", ""),
        (f"{GOES}\n", ""),
        (f"{STAYS}\n", f"{STAYS}\n"),
        (STAYS, STAYS),
        (f"[{STAYS},{GOES}]", f"[{STAYS}]"),
        (f"[{STAYS}] \r\n ", f"[{STAYS}]\n"),
        (f"[{GOES}]\n[{STAYS}]", f"[{STAYS}]\n"),
        (f"[{GOES}]\n", "[]\n"),
        (f'["w",{GOES}]\n["w",{STAYS}]\n', f'["_a",{STAYS}]\n'),
        (f'{{"data":[{GOES}]}}\n{{"data":[{STAYS}]}}\n', f'{{"data":[{STAYS}]}}\n'),
        (f'{{"segment_id":3}}\n[{STAYS}]\n', f'{{"segment_id":3}}\n[{STAYS}]\n'),
        (f'{{"segment_id":3}}\n[{STAYS}]', f'{{"segment_id":3}}\n[{STAYS}]'),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_an_output_ends_its_last_line_if_the_input_does(recorded, wanted, size):
    data, output = recorded.encode(), wanted.encode()
    assert redact_bytes(data) == output
    if output:
        assert redact_bytes(output) == output
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert b"".join(redact_stream(pieces)) == output
