"""Bodies as SDKs and APIs write them, with what in them is private and what is public.

Nothing here was recorded: people, shops and tokens are invented.
"""

import base64
import gzip
import json
import zlib
from urllib.parse import quote

import cramjam
from backports import zstd

REPLAY = "0a1b2c3d4e5f4a6b8c9d0e1f2a3b4c5d"
SESSION = "01a21eb1-8bae-716a-9873-27a52c677c13"
WINDOW = "01a21eb1-8bae-716a-9873-27a6b1be9699"
UUID = "01a21eb1-ae99-7787-8ace-9c1589d31019"
SECRETS = ["Jane Roe", "jane.roe@shop.example", "jane.roe", "203.0.113.9", "DE89370400440532013000", "sekret-token-4321", "Winterfeld"]  # fmt: skip

META = {
    "type": 4,
    "timestamp": 1700000000001,
    "data": {"href": "https://shop.example/u/Winterfeld?t=sekret-token-4321", "width": 801, "height": 603},
}  # fmt: skip
SNAPSHOT = {
    "type": 2,
    "timestamp": 1700000000002,
    "data": {
        "node": {"type": 0, "id": 1, "childNodes": [
            {"type": 2, "id": 2, "tagName": "p", "attributes": {"title": "Jane Roe"}, "childNodes": [
                {"type": 3, "id": 3, "textContent": "Dear Jane Roe, DE89370400440532013000"}]}]},
        "initialOffset": {"top": 0, "left": 0},
    },
}  # fmt: skip
CHANGE = {
    "type": 3,
    "timestamp": 1700000000003,
    "data": {"source": 0, "texts": [{"id": 3, "value": "jane.roe@shop.example"}], "attributes": [],
             "removes": [], "adds": []},
}  # fmt: skip
EVENTS = [META, SNAPSHOT, CHANGE]


def lines(values):
    return "\n".join(map(json.dumps, values)).encode() + b"\n"


def packed(value):
    return gzip.compress(json.dumps(value).encode(), mtime=0).decode("latin-1")


COMPRESSED = [
    META,
    {**SNAPSHOT, "data": packed(SNAPSHOT["data"]), "cv": "2024-10"},
    {**CHANGE, "cv": "2024-10", "data": {**CHANGE["data"], "texts": packed(CHANGE["data"]["texts"])}},
]  # fmt: skip


# --- Sentry -----------------------------------------------------------------------------

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"  # fmt: skip
HEADERS = {
    "event_id": REPLAY,
    "sent_at": "2026-11-27T20:26:00.616Z",
    "sdk": {"name": "sentry.javascript.react", "version": "9.12.0"},
    "trace": {"trace_id": REPLAY, "public_key": "abc123", "release": "shop@1.2.3", "transaction": "/u/Winterfeld",
              "user_segment": "Jane Roe", "sample_rate": "0.25"},
}  # fmt: skip
REPLAY_EVENT = {
    "type": "replay_event",
    "timestamp": 1700000000.5,
    "replay_start_timestamp": 1700000000.25,
    "error_ids": [REPLAY],
    "trace_ids": [],
    "urls": ["https://shop.example/u/Winterfeld"],
    "replay_id": REPLAY,
    "segment_id": 7,
    "replay_type": "buffer",
    "platform": "javascript",
    "environment": "production",
    "release": "shop@1.2.3",
    "event_id": REPLAY,
    "request": {"url": "https://shop.example/u/Winterfeld", "headers": {"User-Agent": AGENT}},
    "user": {"id": "jane.roe", "email": "jane.roe@shop.example", "ip_address": "203.0.113.9"},
    "contexts": {"account": {"iban": "DE89370400440532013000"}, "culture": {"locale": "de-AT", "timezone": "Europe/Vienna"}},
    "tags": {"customer": "Jane Roe"},
    "sdk": HEADERS["sdk"],
}  # fmt: skip
ERROR = {
    "event_id": REPLAY,
    "timestamp": 1700000000.75,
    "platform": "javascript",
    "level": "error",
    "exception": {"values": [{"type": "TypeError", "value": "cannot pay for Jane Roe", "stacktrace": {
        "frames": [{"filename": "https://shop.example/u/Winterfeld", "function": "pay", "lineno": 12, "colno": 7}]}}]},
    "breadcrumbs": [{"timestamp": 1700000000.5, "category": "console", "message": "sekret-token-4321"}],
    "user": {"email": "jane.roe@shop.example"},
    "extra": {"name": "Jane Roe", "total": 41},
}  # fmt: skip


def item(headers, payload, *, length=True):
    own = {**headers, "length": len(payload)} if length else headers
    return json.dumps(own).encode() + b"\n" + payload + b"\n"


def envelope(*items, headers=HEADERS):
    return json.dumps(headers).encode() + b"\n" + b"".join(items)


SEGMENT = b'{"segment_id":7}\n' + json.dumps(EVENTS).encode()
SEGMENT_ZLIB = b'{"segment_id":7}\n' + zlib.compress(json.dumps(EVENTS).encode())
REPLAY_ITEM = item({"type": "replay_event"}, json.dumps(REPLAY_EVENT).encode(), length=False)
RECORDING = item({"type": "replay_recording"}, SEGMENT)
RECORDING_ZLIB = item({"type": "replay_recording"}, SEGMENT_ZLIB)
ERROR_ITEM = item({"type": "event"}, json.dumps(ERROR).encode())
ATTACHMENT = item({"type": "attachment", "filename": "Jane Roe.txt"}, b"for Jane Roe\n")
VIDEO = item({"type": "replay_video"}, b"\x83\xacJane Roe\n\n")

SENTRY = {
    "segments of the API": json.dumps([EVENTS[:2], EVENTS[2:]]).encode(),
    "segment": SEGMENT,
    "segment, zlib": SEGMENT_ZLIB,
    "envelope of a replay": envelope(REPLAY_ITEM, RECORDING),
    "envelope of a replay, zlib inside": envelope(REPLAY_ITEM, RECORDING_ZLIB),
    "envelope, gzip": gzip.compress(envelope(REPLAY_ITEM, RECORDING_ZLIB)),
    "envelope of an error": envelope(ERROR_ITEM),
    "envelope of several items": envelope(ERROR_ITEM, REPLAY_ITEM, RECORDING, ERROR_ITEM),
    "envelope with what is dropped": envelope(ERROR_ITEM, ATTACHMENT, VIDEO),
}

# --- PostHog ----------------------------------------------------------------------------

PROPERTIES = {
    "$session_id": SESSION,
    "$window_id": WINDOW,
    "$lib": "web",
    "$lib_version": "1.449.2",
    "$os": "Mac OS X",
    "$browser": "Mobile Safari",
    "$browser_version": 18.2,
    "$device_type": "Mobile",
    "$current_url": "https://shop.example/u/Winterfeld",
    "$host": "shop.example",
    "$raw_user_agent": AGENT,
    "$screen_height": 844,
    "$ip": "203.0.113.9",
    "$user_id": "jane.roe",
    "$set": {"email": "jane.roe@shop.example", "$initial_current_url": "https://shop.example/u/Winterfeld"},
    "plan": "Winterfeld",
    "distinct_id": "jane.roe@shop.example",
    "token": "phc_test",
}  # fmt: skip


def captured(events, name="$snapshot_data", **others):
    properties = {**PROPERTIES, name: events, "$snapshot_bytes": 1234}
    return {"uuid": UUID, "event": "$snapshot", "properties": properties, **others}


PAGEVIEW = {
    "uuid": UUID,
    "event": "$pageview",
    "properties": PROPERTIES,
    "timestamp": "2026-11-27T20:28:10.777Z",
}
BATCH = {
    "api_key": "phc_test",
    "batch": [PAGEVIEW, captured(EVENTS)],
    "sent_at": "2026-11-27T20:28:10.780Z",
}
EXPORT = {"version": "2023-04-28", "data": {
    "id": SESSION, "distinct_id": "jane.roe@shop.example",
    "person": {"id": UUID, "name": "Jane Roe", "distinct_ids": ["jane.roe"],
               "properties": {"email": "jane.roe@shop.example", "$browser": "Firefox"}},
    "snapshots": [{"windowId": WINDOW, **event} for event in EVENTS]}}  # fmt: skip
PAIRS = lines([WINDOW, event] for event in EVENTS)


def form(value, **others):
    data = base64.b64encode(json.dumps(value).encode()).decode()
    return "&".join([f"{name}={value}" for name, value in others.items()] + [f"data={quote(data, safe='')}"]).encode()  # fmt: skip


def block(data):
    return bytes(cramjam.snappy.compress_raw(data))


def blocks(*parts):
    return b"".join(len(part).to_bytes(4, "big") + part for part in map(block, parts))


POSTHOG = {
    "capture": json.dumps(captured(EVENTS)).encode(),
    "capture, one event": json.dumps(captured(SNAPSHOT)).encode(),
    "capture, compressed events": json.dumps([captured(COMPRESSED)]).encode(),
    "capture, items": json.dumps([captured(EVENTS, "$snapshot_items")]).encode(),
    "capture, gzip": gzip.compress(json.dumps([captured(EVENTS)]).encode()),
    "capture, pretty": json.dumps(captured(EVENTS), indent=1).encode(),
    "captures in lines": lines([captured(EVENTS), captured(EVENTS[2:])]),
    "batch": json.dumps(BATCH).encode(),
    "page view": json.dumps(PAGEVIEW).encode(),
    "form": form([captured(EVENTS)]),
    "form with fields": form([captured(EVENTS)], compression="base64", ver="1.4.2", who="Jane+Roe"),
    "form, plain": b"data=" + quote(json.dumps([captured(EVENTS)]), safe="").encode(),
    "pairs": PAIRS,
    "windows": lines([{"window_id": WINDOW, "data": EVENTS}]),
    "snappy block": block(PAIRS),
    "snappy blocks": blocks(PAIRS, PAIRS[:-1]),
    "export": json.dumps(EXPORT).encode(),
    "answer": json.dumps({"snapshots": EXPORT["data"]["snapshots"], "next": "https://shop.example/u/Winterfeld"}).encode(),
    "older answer": json.dumps({"result": {"snapshots": EXPORT["data"]["snapshots"], "next": None}}).encode(),
}  # fmt: skip

OTHERS = {
    "events and more": json.dumps({"events": EVENTS, "sessionId": SESSION, "name": "Jane Roe", "count": 3}, indent=2).encode(),
    "a pretty event": json.dumps(SNAPSHOT, indent=2).encode(),
    "zstd": zstd.compress(json.dumps(EVENTS).encode()),
}  # fmt: skip

BODIES = {**SENTRY, **POSTHOG, **OTHERS}
