"""The public ways in: text, values, envelopes, and what SDKs call."""

import datetime as dt
import enum
import json
import os
import re
import threading
from pathlib import Path

import pytest

from replay_redact import DecodeError, LimitError, Policy, Scrubber, redact_bytes
from replay_redact._wire.envelopes import Envelope, Item, read_envelope, write_envelope
from replay_redact.scrub.sentry.plain import CYCLE, UNREADABLE, plain

ID = "0123456789abcdef0123456789abcdef"
SCRUBBER = Scrubber()
NAME, MAIL, ACCOUNT = "Jane Roe", "jane@shop.example", "u-1"  # far from lines that SDKs send


class Silent:
    def __str__(self):
        raise ValueError("Jane")


class Torn(dict):
    def items(self):
        raise ValueError("Jane")


# --- values -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"note": "call jane@shop.example", "n": 3}, {"note": "call [email]", "n": 3}),
        ({"token": {"a": ["x1", None]}}, {"token": {"a": ["[filtered]", None]}}),
        ((1, {2}), [1, [2]]),
        ({1: 2}, {"1": 2}),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (b"to jane@shop.example", "b'to [email]'"),
        (Silent(), UNREADABLE),
        ({Silent(): 1}, {UNREADABLE: 1}),
        (Torn(a=1), {}),
        ("x", "x"),
    ],
)
def test_values(given, expected):
    assert SCRUBBER.value(given) == expected


def test_a_value_is_judged_by_its_key():
    assert SCRUBBER.value("x1", key="password") == "[filtered]"
    assert SCRUBBER.value("x1", key="note") == "x1"


def test_containers_within_themselves_end():
    loop = [1]
    loop.append(loop)
    assert plain({"a": loop, "b": loop}) == {"a": [1, CYCLE], "b": [1, CYCLE]}


class Level(enum.StrEnum):
    HIGH = "high"


class Size(int):
    def __str__(self):
        return "Jane"


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ([Level.HIGH, Size(7)], ["high", 7]),
        ({Level.HIGH: Level.HIGH}, {"high": "high"}),
        ({7: True}, {"7": True}),
        (Level.HIGH, "high"),
    ],
)
def test_what_json_makes_of_subclasses(value, clean):
    made = plain(value)
    assert made == clean
    assert [type(made), *map(type, made)] == [type(clean), *map(type, clean)]


def test_nesting_has_no_limit():
    deep = "jane@shop.example"
    for _ in range(20_000):
        deep = [deep]
    deep = SCRUBBER.value(deep)
    while isinstance(deep, list):
        (deep,) = deep
    assert deep == "[email]"


# --- envelopes --------------------------------------------------------------------------


def envelope(*items, **headers):
    made = [
        Item({"type": kind}, p if isinstance(p, bytes) else json.dumps(p).encode())
        for kind, p in items
    ]
    return write_envelope(Envelope(headers, made))


def scrubbed(*items, scrubber=None, **headers):
    return read_envelope((scrubber or SCRUBBER).envelope(envelope(*items, **headers)))


def test_events_within_envelopes():
    clean = scrubbed(
        ("event", {"event_id": ID, "message": "Jane"}),
        ("session", {"sid": ID, "did": "Jane"}),
        ("span", {"version": 2, "items": [{"span_id": ID[:16], "name": "Jane"}], "ingest_settings": {"infer_ip": "auto"}, "other": "Jane"}),
        ("span", {"span_id": ID[:16], "description": "Jane"}),
        ("otel_log", {"items": [{"body": "Jane"}]}),
    )  # fmt: skip
    assert [json.loads(item.payload) for item in clean.items] == [
        {"event_id": ID, "message": "****"},
        {"sid": ID, "did": "****"},
        {"version": 2, "items": [{"span_id": ID[:16], "name": "****"}], "ingest_settings": {"infer_ip": "auto"}, "other": "****"},
        {"span_id": ID[:16], "description": "****"},
        {"items": [{"body": "****"}]},
    ]  # fmt: skip


def test_headers_of_envelopes():
    trace = {
        "trace_id": ID,
        "public_key": "abc",
        "user_id": "u-1",
        "transaction": "/u/7",
        "sampled": "true",
    }
    clean = scrubbed(event_id=ID, dsn="https://abc@o1.example/7", sent_at="2026-11-27T20:25:55Z", trace=trace, jane="Jane")  # fmt: skip
    assert clean.headers == {
        "event_id": ID,
        "dsn": "https://abc@o1.example/7",
        "sent_at": "2026-11-27T20:25:55Z",
        "trace": {**trace, "user_id": "***", "transaction": "/*/*"},
    }


def test_headers_of_items():
    data = b'{}\n{"type":"event","content_type":"application/json","item_count":1,"filename":"jane.txt"}\n{}\n'
    (item,) = read_envelope(SCRUBBER.envelope(data)).items
    assert item.headers == {"type": "event", "content_type": "application/json", "item_count": 1}


@pytest.mark.parametrize(
    ("kind", "payload", "counted"),
    [
        ("attachment", b"Jane", "attachment"),
        ("replay_video", b"Jane", "replay_video"),
        ("profile", {}, "profile"),
        ("jane roe", {}, "unknown item"),
        ("event", b"Jane", "event"),
        ("event", b"[1]", "event"),
        ("event", b'{"a":NaN}', "event"),
        ("event", b'{"timestamp":1e999}', "event"),
        ("event", b'{"a":"\xff"}', "event"),
        ("event", b'{"a":' * 9000 + b"1" + b"}" * 9000, "event"),
        ("replay_recording", b'{"segment_id":0}\n[]', "replay_recording"),
    ],
)
def test_what_does_not_pass_is_counted(kind, payload, counted):
    scrubber = Scrubber()
    clean = scrubbed((kind, payload), ("event", {"level": "error"}), scrubber=scrubber)
    assert [item.payload for item in clean.items] == [b'{"level":"error"}']
    assert scrubber.dropped == {counted: 1}


def test_recordings_are_for_the_caller_to_redact():
    def recording(payload):
        return redact_bytes(payload, Policy())

    body = b'{"segment_id":0}\n[{"type":5,"timestamp":1,"data":{"tag":"x","payload":{"a":"Jane"}}}]'
    data = envelope(("replay_recording", body), ("replay_recording", b"Jane"))
    scrubber = Scrubber()
    (item,) = read_envelope(scrubber.envelope(data, recording=recording)).items
    assert item.payload.startswith(b'{"segment_id":0}\n[{"type":5')
    assert b"Jane" not in item.payload
    assert scrubber.dropped == {"replay_recording": 1}


def test_a_recording_beyond_the_limits_is_told():
    def recording(_):
        raise LimitError("too large")

    with pytest.raises(LimitError):
        SCRUBBER.envelope(envelope(("replay_recording", b"[]")), recording=recording)


def test_what_is_no_envelope_is_told():
    with pytest.raises(DecodeError, match="no envelope"):
        SCRUBBER.envelope(b"[]")
    with pytest.raises(TypeError, match="an envelope is bytes, not str"):
        SCRUBBER.envelope("{}")


def test_lone_surrogates_are_written():
    clean = scrubbed(("event", b'{"release":"\\ud800","dist":"\xc3\xa4"}'))
    assert json.loads(clean.items[0].payload) == {"release": "\ud800", "dist": "\u00e4"}


# --- real bodies ------------------------------------------------------------------------

WIRE = Path(os.environ.get("REPLAY_REDACT_WIRE", Path(__file__).parents[3] / "shared" / "wire"))
BODIES = ["004", "005", "006", "007", "020", "022", "024"]
PERSON = ["jane", "roe", "u-991", "203.0.113", "DE8937", "abcd1234", "pay now"]


def public(value, name=""):
    """Yield the ids, times and facts of SDKs in a value, by name."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from public(child, f"{name}.{key}")
    elif isinstance(value, list):
        for child in value:
            yield from public(child, name)
    elif _PUBLIC.search(name) and not name.startswith((".user", ".tags.customer")):
        yield name, value


_PUBLIC = re.compile(
    "_id|timestamp|replayid|[.]sdk|sent_at|platform|user[-_]agent|[.]release|[.]culture|[.]type|__span",
    re.IGNORECASE,
)


@pytest.mark.skipif(not WIRE.is_dir(), reason="no bodies of requests; set REPLAY_REDACT_WIRE")
@pytest.mark.parametrize("body", BODIES)
def test_bodies_that_sdks_sent(body):
    data = (WIRE / f"{body}.bin").read_bytes()
    scrubber = Scrubber()
    out = scrubber.envelope(data, recording=lambda payload: redact_bytes(payload, Policy()))
    assert scrubber.dropped == {}
    before, after = read_envelope(data), read_envelope(out)
    assert dict(before.headers) == dict(after.headers)
    for old, new in zip(before.items, after.items, strict=True):
        if old.type == "replay_recording":
            continue
        text = new.payload.decode().lower()
        assert [word for word in PERSON if word.lower() in text] == []
        ids = list(public(json.loads(old.payload)))
        assert len(ids) > 10
        assert list(public(json.loads(new.payload))) == ids
    assert scrubber.envelope(out, recording=lambda payload: payload) == out
    sdk = pytest.importorskip("sentry_sdk.envelope")
    read = sdk.Envelope.deserialize(out)
    assert [item.headers["type"] for item in read.items] == [item.type for item in before.items]
    assert read.headers == dict(before.headers)


# --- what SDKs call ---------------------------------------------------------------------


@pytest.mark.parametrize("option", ["before_send", "event_scrubber"])
def test_sentry_sdk(option):
    sdk = pytest.importorskip("sentry_sdk")
    sent = []

    class Transport(sdk.transport.Transport):
        def capture_envelope(self, envelope):
            sent.append(envelope.serialize())

    given = {"before_send": SCRUBBER.before_send, "event_scrubber": SCRUBBER}[option]
    client = sdk.Client("https://abc@sentry.example/1", transport=Transport, default_integrations=False, **{option: given})  # fmt: skip
    scope = sdk.Scope()
    scope.set_user({"id": ACCOUNT, "email": MAIL})
    scope.set_tag("customer", NAME)
    scope.add_breadcrumb(category="auth", message=f"{NAME} came in")
    try:
        int(NAME)
    except ValueError as error:
        event, hint = sdk.utils.event_from_exception(error)
        client.capture_event(event, hint, scope)
    (data,) = sent
    for word in (*NAME.split(), MAIL, ACCOUNT):
        assert word.lower() not in data.decode().lower()
    event = json.loads(read_envelope(data).items[0].payload)
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert event["exception"]["values"][0]["stacktrace"]["frames"][0]["lineno"] > 1
    assert event["sdk"]["name"] == "sentry.python"


def test_breadcrumbs():
    crumb = {"category": "auth", "level": "info", "message": "Jane"}
    assert SCRUBBER.before_breadcrumb(crumb) == {
        "category": "auth",
        "level": "info",
        "message": "****",
    }


def test_one_scrubber_serves_threads():
    scrubber = Scrubber()
    data = envelope(("attachment", b"x"), ("event", {"message": "Jane"}))
    threads = [
        threading.Thread(target=lambda: [scrubber.envelope(data) for _ in range(50)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert scrubber.dropped == {"attachment": 200}
