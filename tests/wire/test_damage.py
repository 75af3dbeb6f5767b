"""Every form of docs/forms.md, damaged in every way: redacted and counted, or an error."""

import gzip
import json
import re
import zlib
from pathlib import Path

import pytest
from backports import zstd
from real_recordings import spellings
from wire.bodies import (
    ATTACHMENT,
    CHANGE,
    COMPRESSED,
    ERROR_ITEM,
    EVENTS,
    META,
    PAGEVIEW,
    REPLAY_ITEM,
    SECRETS,
    SESSION,
    SNAPSHOT,
    WINDOW,
    block,
    blocks,
    captured,
    envelope,
    form,
    item,
    lines,
)
from wire.test_forms import said

from replay_redact import LimitError, RedactError, Redactor, decode, redact_bytes
from replay_redact._wire import compression

DOCS = Path(__file__).parents[2] / "docs" / "forms.md"
MOBILE = {"type": 2, "timestamp": 5, "data": {"initialOffset": {"top": 0, "left": 0}, "wireframes": [
    {"id": 1, "type": "text", "x": 0, "y": 0, "width": 90, "height": 20, "text": "Jane Roe"}]}}  # fmt: skip


def dumps(value):
    return json.dumps(value).encode()


def packed(event):
    return zlib.compress(dumps({**event, "v": "v1"})).decode("latin-1")


def segment(events):
    return b'{"segment_id":7}\n' + zlib.compress(dumps(events))


def recording(events):
    return envelope(ERROR_ITEM, REPLAY_ITEM, item({"type": "replay_recording"}, segment(events)))


def pairs(events):
    return lines([WINDOW, event] for event in events)


def compressed(events):
    """Return events of PostHog's SDK: the data of snapshots is packed."""
    return dumps([captured([COMPRESSED[1] if event == SNAPSHOT else event for event in events])])


FORMS = {
    "`[event, ...]`": dumps,
    "one event, over one or several lines": lambda events: json.dumps(events[-1], indent=1).encode(),
    "lines of events, arrays or objects": lines,
    '`["window", event]`, in lines or in an array': pairs,
    '`{"window_id": ..., "data": [...]}`': lambda events: dumps({"window_id": WINDOW, "data": events}),
    '`{"events": [...], ...}`': lambda events: dumps({"events": events, "sessionId": SESSION, "name": "Jane Roe"}),
    "`[[event, ...], [event, ...]]`": lambda events: dumps([events[:2], events[2:]]),
    '`{"segment_id": N}` and events, plain or compressed': segment,
    "envelope of items, plain or gzip": recording,
    '`{"event": "$snapshot", "properties": {"$snapshot_data": [...]}}`, also `$snapshot_items`':
        lambda events: dumps([captured(events)]),
    "any other PostHog event": lambda events: dumps([PAGEVIEW, *events]),
    "`data=<base64>` or `data=<JSON>`, as a form": lambda events: form([captured(events)]),
    "events with `cv`, parts of them in gzip": compressed,
    "strings that rrweb packed (zlib)": lambda events: dumps([packed(event) for event in events]),
    '`{"version", "data": {"person", "snapshots"}}`': lambda events: dumps(
        {"version": "2023-04-28", "data": {"person": {"name": "Jane Roe"}, "snapshots": events}}),
    '`{"snapshots": [...]}`, `{"result": {"snapshots": [...]}}`': lambda events: dumps({"result": {"snapshots": events}}),
    "raw snappy block, or blocks each after its length": lambda events: blocks(pairs(events)),
    "wireframes of mobile apps": lambda events: dumps([MOBILE, *events]),
    "gzip, zlib, zstd, around any of these": lambda events: gzip.compress(dumps(events), mtime=0),
}  # fmt: skip
"""Each row of the table, and how events are written in that form."""

EVERY = pytest.mark.parametrize("name", FORMS)
WAYS = {way.lower() for secret in SECRETS for way in spellings(secret) if len(way) > 6}


def private(text):
    return sorted(way for way in WAYS if way in text)


def attempt(data):
    """Redact what may be broken; return the report, if it could be read. Nothing private comes out."""
    redactor = Redactor()
    try:
        redacted = redactor.process_bytes(data)
    except RedactError as error:
        out, report = str(error).lower(), None
    else:
        out, report = said(redacted), redactor.report
    assert private(out) == []
    return report


def test_the_table_of_the_docs_has_just_these_forms():
    parts = DOCS.read_text("utf-8").split("\n\n")
    [table] = [part for part in parts if part.startswith("| form | who sends it |")]
    rows = [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines() if row[:2] == "| "]
    assert rows[0] == "form"
    assert rows[1:] == list(FORMS)


@EVERY
def test_whole(name):
    data = FORMS[name](EVENTS)
    assert private(said(data)) != []  # the control
    report = attempt(data)
    assert not report.dropped
    assert len(decode(redact_bytes(data))) == len(decode(data)) > 0


@pytest.mark.no_cover  # the same lines, thousands of times
@EVERY
def test_truncated(name):
    data = FORMS[name](EVENTS)
    for end in range(len(data)):
        attempt(data[:end])


@pytest.mark.no_cover  # the same lines, thousands of times
@EVERY
def test_wrong_lengths_and_numbers(name):
    """Every number of up to 9 digits in the first bytes and in headers is another one."""
    data = FORMS[name](EVENTS)
    for found in re.finditer(rb"(?<![\d.])\d{1,9}(?![\d.])", data[:3000]):
        for other in (b"0", b"1", b"%d" % (int(found[0]) + 1), b"-5", b"99999999", b"1e9", b'"7"'):
            attempt(data[: found.start()] + other + data[found.end() :])


@pytest.mark.no_cover  # the same lines, thousands of times
@EVERY
def test_wrong_header(name):
    """Every one of the first and last bytes is another one."""
    data = FORMS[name](EVENTS)
    for at in [*range(min(len(data), 40)), *range(-min(len(data), 12), 0)]:
        for other in (0, 0x20, 0x22, 0x5B, 0x7B, 0x7F, 0xFF, data[at] ^ 1):
            damaged = bytearray(data)
            damaged[at] = other
            attempt(bytes(damaged))


BOMB = {**META, "data": {**META["data"], "href": "x" * 300_000}}


@EVERY
def test_a_bomb(name, monkeypatch):
    data = FORMS[name]([BOMB])
    monkeypatch.setattr(compression, "MAX_BYTES", 100_000)
    with pytest.raises(LimitError):
        redact_bytes(data)
    for layer in (gzip.compress, zlib.compress, zstd.compress, block):
        with pytest.raises(LimitError):
            redact_bytes(layer(data if layer is not block else dumps([BOMB])))


@EVERY
def test_an_item_twice(name):
    """What comes twice is there twice."""
    once, twice = FORMS[name](EVENTS), FORMS[name]([*EVENTS, CHANGE, SNAPSHOT])
    assert not attempt(twice).dropped
    if name != "one event, over one or several lines":
        assert len(decode(redact_bytes(twice))) == len(decode(once)) + 2
    doubled = attempt(once + once)
    found = decode(redact_bytes(once + once)) if doubled is not None else []
    assert doubled is None or len(found) + doubled.dropped.total() >= 2 * len(decode(once))


UNKNOWN = [
    {"type": 77, "timestamp": 6, "data": "Jane Roe"},
    {"type": 3, "timestamp": 6, "data": {"source": 77, "text": "Jane Roe"}},
    {"note": "Jane Roe"},
    "Jane Roe",
    ["Jane Roe", 7],
    None,
]


@EVERY
@pytest.mark.parametrize("unknown", UNKNOWN, ids=range(len(UNKNOWN)))
def test_an_unknown_item_is_counted_or_an_error(name, unknown):
    if "packed" in name:
        events = [
            *map(packed, EVENTS),
            unknown if isinstance(unknown, str) else json.dumps(unknown),
        ]
        report = attempt(dumps(events))
    else:
        report = attempt(FORMS[name]([*EVENTS, unknown]))
    assert report is None or report.dropped.total() > 0


def test_items_of_an_envelope_that_are_unknown_are_counted():
    data = envelope(REPLAY_ITEM, ATTACHMENT, item({"type": "jane_roe"}, b"Jane Roe"), ATTACHMENT)
    assert attempt(data).dropped == {"attachment item": 2, "unknown item": 1}
