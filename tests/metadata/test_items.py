"""What stands beside the events: whatever a value says, under no name does a person come out."""

import json

import pytest
from wire.bodies import AGENT, ERROR, envelope, item

from replay_redact import redact_bytes
from replay_redact._allowlists.sentry.schema import KINDS
from replay_redact._metadata import posthog
from replay_redact._wire import compression
from replay_redact.events import ID_SPELLINGS

PRIVATE = [
    "Jane Roe", "jane.roe@shop.example", "4111111111111111", "4111 1111 1111 1111", "078-05-1120", "+1 555 867 5309",
    "Mozilla/5.0 (Jane Roe) Chrome/1.0", "Mozilla/5.0 (X11; Jane) Chrome/1.0", "Europe/Jane Roe", "https://shop.example/jane",
    "$Jane", "phc_Jane Roe", "jane roe@1.2", "Tuesday, 1984-03-12", ["Jane Roe"], {"Jane Roe": "Jane Roe"}, {"jane@x.example": 1},
]  # fmt: skip
WORDS = ["jane", "4111", "078-05", "867", "1984"]


def left(output):
    return [word for word in WORDS if word in output.decode().lower()]


# Where events and ids stand: see tests/wire and tests/engine/test_windows.py.
ELSEWHERE = {"data", "result", *(n for names in ID_SPELLINGS.values() for n in names)}


@pytest.mark.parametrize("value", PRIVATE, ids=str)
def test_properties_and_fields_of_wrappers_say_nothing_private(value):
    properties = dict.fromkeys(posthog.PROPERTIES, value)
    fields = dict.fromkeys(set(posthog._AROUND) - ELSEWHERE, value)
    for body in (
        {"event": "$pageview", "properties": properties, "$set": properties},
        {**fields, "events": []},
        {**fields, "event": "$x", "uuid": 1},
    ):
        assert left(redact_bytes(json.dumps([body, {"type": 1, "timestamp": 1}]).encode())) == []


@pytest.mark.parametrize("system", ["X11; Linux x86_64; rv:109.0", "iPhone; CPU iPhone OS 17_1 like Mac OS X", "Linux/Android, K", "Windows NT 10.0; Win64; x64"])  # fmt: skip
def test_the_name_of_a_browser_stays(system):
    name = (
        f"Mozilla/5.0 ({system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/604.1"
    )
    body = {"event": "$pageview", "properties": {"$raw_user_agent": name}}
    assert name in redact_bytes(json.dumps([body, {"type": 1, "timestamp": 1}]).encode()).decode()


def in_envelope(kind, value):
    return redact_bytes(envelope(item({"type": kind}, json.dumps(value).encode())))


@pytest.mark.parametrize("value", PRIVATE, ids=str)
def test_an_item_of_an_envelope_says_nothing_private(value):
    for name in KINDS["event"].known:
        assert left(in_envelope("event", {name: value})) == []
        assert left(in_envelope("transaction", {"contexts": {name: {name: value}}})) == []
    for name in KINDS["span"].known:
        assert left(in_envelope("span", {"items": [{name: value}]})) == []
    for name in KINDS["span"].known["attributes"].known:
        attributes = {name: {"value": value, "type": value}}
        assert left(in_envelope("span", {"attributes": attributes})) == []
    for name in KINDS["session"].known:
        assert left(in_envelope("session", {name: value})) == []
    for kind in ("client_report", "user_report", "check_in", "sessions", "feedback"):
        names = "timestamp name email comments event_id status attrs aggregates discarded_events"
        assert left(in_envelope(kind, dict.fromkeys(names.split(), value))) == []
    for name in ("event_id", "sent_at", "dsn", "sdk", "trace"):
        assert left(redact_bytes(envelope(item({"type": "event"}, b"{}"), headers={name: value}))) == []  # fmt: skip


def test_names_of_attributes_that_say_something_are_masked():
    spans = {"items": [{"attributes": {"jane@shop.example": {"value": 4111, "type": "integer"}}}]}
    assert left(in_envelope("span", spans)) == []
    assert b'"integer"' in in_envelope("span", spans)
    assert left(in_envelope("span", {"items": [{"attributes": "Jane"}]})) == []


def test_a_browser_is_named():
    headers = {"request": {"headers": {"User-Agent": AGENT}}}
    assert AGENT.encode() in in_envelope("event", {**ERROR, **headers})


def test_a_module_that_is_not_there_is_none():
    assert compression._module("no_such_module") is None
