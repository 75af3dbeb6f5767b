"""Every container that can hold two windows: how it is written, and how its events are read.

A writer takes pairs of a window's id and an event. A reader gives such pairs back.
"""

import json
import uuid
from urllib.parse import parse_qs, quote

import cramjam

SESSION = str(uuid.UUID(int=3))


def lines(items):
    return b"".join(json.dumps(item).encode() + b"\n" for item in items)


def read_lines(data):
    return [json.loads(line) for line in data.splitlines()]


def array(items):
    return json.dumps(list(items)).encode()


# --- events with ids of their own --------------------------------------------------------------


def with_fields(event, **ids):
    return {**event, **ids} if isinstance(event, dict) else event


def fields(items):
    return [with_fields(event, windowId=window) for window, event in items]


def read_fields(events):
    return [(event.pop("windowId"), event) for event in events]


def envelope(items):
    """Return an envelope with a recording, such as Sentry's SDKs send."""
    payload = b'{"segment_id":0}\n' + array(fields(items))
    head = {"type": "replay_recording", "length": len(payload)}
    return b"{}\n" + json.dumps(head).encode() + b"\n" + payload + b"\n"


# --- objects around events -----------------------------------------------------------------------


def wrapped(window, session, event):
    return {"session_id": session, "window_id": window, "data": [event]}


def read_objects(objects, window="window_id"):
    return [(o[window], *o["data"]) for o in objects if o["data"]]


def captured(items, name="$snapshot_data"):
    """Return events of PostHog's, each with one event of a recording."""
    return [
        {"event": "$snapshot", "properties": {"$session_id": SESSION, "$window_id": window, name: [event]}}
        for window, event in items
    ]  # fmt: skip


def read_captured(objects, name="$snapshot_data"):
    properties = [o["properties"] for o in objects]
    return [(own["$window_id"], *own[name]) for own in properties if own[name]]


# --- PostHog's store, exports and answers ------------------------------------------------------------


def pairs(items):
    return lines([window, event] for window, event in items)


def blocks(items):
    """Return blocks of lines, each after its length."""
    parts = [bytes(cramjam.snappy.compress_raw(pairs([item]))) for item in items]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def read_blocks(data):
    """Read the one block that several become; its length comes first."""
    return read_lines(bytes(cramjam.snappy.decompress_raw(data[4:])))


def form(items):
    return b"data=" + quote(array(captured(items)), safe="").encode()


def read_form(data):
    return read_captured(json.loads(parse_qs(data.decode())["data"][0]))


CONTAINERS = {
    "pairs": (pairs, read_lines),
    "pairs in an array": (
        lambda items: array([[window, event] for window, event in items]),
        json.loads,
    ),
    "snappy blocks": (blocks, read_blocks),
    "objects": (
        lambda items: lines({"window_id": window, "data": [event]} for window, event in items),
        lambda data: read_objects(read_lines(data)),
    ),
    "objects of two sessions": (
        lambda items: lines(wrapped(SESSION, window, event) for window, event in items),
        lambda data: read_objects(read_lines(data), "session_id"),
    ),
    "fields in an array": (
        lambda items: array(fields(items)),
        lambda data: read_fields(json.loads(data)),
    ),
    "fields in lines": (
        lambda items: lines(with_fields(e, sessionId=w) for w, e in items),
        lambda data: [(e.pop("sessionId"), e) for e in read_lines(data)],
    ),
    "fields in an object": (
        lambda items: json.dumps({"events": fields(items)}).encode(),
        lambda data: read_fields(json.loads(data)["events"]),
    ),
    "fields in arrays of an array": (
        lambda items: array([event] for event in fields(items)),
        lambda data: read_fields(event for events in json.loads(data) for event in events),
    ),
    "fields in a segment": (
        lambda items: b'{"segment_id":0}\n' + array(fields(items)),
        lambda data: read_fields(json.loads(data.splitlines()[1])),
    ),
    "fields in an envelope": (
        envelope,
        lambda data: read_fields(json.loads(data.splitlines()[3])),
    ),
    "captures in lines": (
        lambda items: lines(captured(items)),
        lambda data: read_captured(read_lines(data)),
    ),
    "captures in an array": (
        lambda items: array(captured(items, "$snapshot_items")),
        lambda data: read_captured(json.loads(data), "$snapshot_items"),
    ),
    "captures in a batch": (
        lambda items: json.dumps({"api_key": "phc_test", "batch": captured(items)}).encode(),
        lambda data: read_captured(json.loads(data)["batch"]),
    ),
    "captures in a form": (form, read_form),
    "an export": (
        lambda items: json.dumps({"version": "2023-04-28", "data": {
            "id": SESSION, "person": {"name": "Jane Roe"}, "snapshots": fields(items)}}).encode(),
        lambda data: read_fields(json.loads(data)["data"]["snapshots"]),
    ),
    "an answer of an API": (
        lambda items: json.dumps({"result": {"snapshots": [[w, e] for w, e in items]}}).encode(),
        lambda data: json.loads(data)["result"]["snapshots"],
    ),
}  # fmt: skip

NOT_IN_PIECES = {"snappy blocks"}  # which `redact_stream` refuses
