"""One record per secret that the scrubber let through in an event, or that made it fail.

Records are never deleted. Those from s31 on were found by attacking `Scrubber`.
"""

import logging

import pytest

from replay_redact import Scrubber
from replay_redact.scrub import ScrubFilter, structlog_processor


@pytest.mark.parametrize(
    ("rule", "secret"),
    [
        ({"type": "pattern", "pattern": "case=.*"}, "case=jane"),
        ({"type": "pattern", "pattern": "case=[^;]+"}, "case=jane"),
        ({"type": "pattern", "pattern": r"case=\S+"}, "case=jane"),
        ({"type": "pattern", "pattern": "^jane$"}, "jane"),
        ({"type": "redact_pair", "keyPattern": "case.*"}, "case jane"),
        ({"type": "cookies"}, "theme=dark; session=jane"),
    ],
)
def test_s31_patterns_of_relay_went_on_into_the_next_string(rule, secret):
    """So the string that they began in was not looked at."""
    rules = {"mine": rule | {"redaction": {"method": "replace"}}}
    scrubber = Scrubber.from_relay({"rules": rules, "applications": {"$string": ["mine"]}})
    event = {"extra": {"a": secret, "b": "other", "c": secret, "d": "last"}}
    clean = scrubber.event(event)["extra"]
    assert "jane" not in str(clean)
    assert (clean["b"], clean["d"]) == ("other", "last")


CARD, SSN = "4111 1111 1111 1111", "078-05-1120"


@pytest.mark.parametrize("metadata", ["safe", "scrub"])
@pytest.mark.parametrize(
    "event",
    [
        {"environment": CARD},
        {"release": f"shop@{SSN}"},
        {"dist": 4111111111111111},
        {"sdk": {"integrations": [CARD]}},
        {"request": {"headers": {"Sec-Fetch-Mode": CARD, "Accept": f"password={SSN}"}}},
        {"contexts": {"app": {"app_identifier": CARD}}},
        {"exception": {"values": [{"stacktrace": {"frames": [{"image_addr": CARD}]}}]}},
    ],
)
def test_s32_facts_were_not_searched_for_cards_and_the_like(event, metadata):
    clean = Scrubber(metadata=metadata).event(event)
    assert [secret for secret in (CARD, SSN, "4111111111111111") if secret in str(clean)] == []


def test_s32_versions_and_pointers_stay():
    """They look like addresses, and like cards in one of a thousand."""
    frame = {"image_addr": "0x4111111111111111", "function": "add(token=1)"}
    event = {"release": "shop@1.2.3.4", "dist": "4.12.0.1", "stacktrace": {"frames": [frame]}}
    assert Scrubber().event(event) == event


def test_s32_headers_of_items_were_not_either():
    data = b'{}\n{"type":"event","content_type":"078-05-1120"}\n{"level":"info"}\n'
    assert SSN.encode() not in Scrubber().envelope(data)


def test_s33_ids_were_taken_for_such_though_they_were_cards():
    event = {"event_id": "4111111111111111", "tags": [["trace_id", "4111111111111111"]]}
    assert "4111111111111111" not in str(Scrubber().event(event))
    plain = {"event_id": "4111111111111112", "spans": [{"span_id": "1234567890123456"}]}
    assert Scrubber().event(plain) == plain


@pytest.mark.parametrize("key", ["4111111111111111", "jane@shop.example"])
def test_s34_names_of_what_was_logged_were_not_scrubbed(key):
    record = logging.makeLogRecord({"msg": "x", key: "y", "line2": "z"})
    ScrubFilter().filter(record)
    assert key not in str(vars(record))
    assert record.line2 == "z"
    assert key not in str(structlog_processor()(None, "info", {"event": "x", key: 1}))


def test_s34_rules_of_relay_change_no_names():
    scrubber = Scrubber.from_relay({"applications": {"**": ["@anything:remove"]}})
    clean = structlog_processor(scrubber)(None, "info", {"line2": "Jane"})
    assert clean == {"line2": None}


def test_s35_values_that_rules_of_relay_removed_with_all_around_them():
    """What they stand in for a rule is gone, too; that was a `TypeError`."""
    scrubber = Scrubber.from_relay({"applications": {"**": ["@anything:mask"]}})
    assert scrubber.value({"a": "Jane"}) is None
    assert scrubber.text("Jane") == ""


@pytest.mark.parametrize("event", [{"environment": "of Jane"}, {"logger": "of Jane"}])
def test_s36_sentences_are_no_environments_and_no_loggers(event):
    assert "Jane" not in str(Scrubber().event(event))


@pytest.mark.parametrize("inner", [lambda value: {"a": value}, lambda value: [value]])
def test_s37_deep_events_were_too_deep_for_rules_of_relay(inner):
    """That was a `RecursionError`."""
    deep = "jane@shop.example"
    for _ in range(20_000):
        deep = inner(deep)
    scrubber = Scrubber.from_relay({"applications": {"$string": ["@email"]}})
    clean = scrubber.value(deep)
    depth = 0
    while clean is not None:
        clean = clean["a"] if isinstance(clean, dict) else clean[0]
        depth += 1
    assert 100 < depth < 250


def test_s37_what_is_not_deeper_than_relay_reads_is_scrubbed():
    deep = "jane@shop.example"
    for _ in range(120):
        deep = {"a": deep}
    scrubber = Scrubber.from_relay({"applications": {"$string": ["@email"]}})
    assert "[email]" in str(scrubber.value(deep))


@pytest.mark.parametrize(
    "message", [{"a": '[["password","hunter2xyz"]]'}, [["password", "hunter2xyz"]]]
)
def test_s38_objects_as_messages_were_read_as_text_only(message):
    record = logging.makeLogRecord({"msg": message})
    ScrubFilter().filter(record)
    assert "hunter2xyz" not in record.getMessage()
