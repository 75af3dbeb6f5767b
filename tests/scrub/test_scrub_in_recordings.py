"""What a policy shows is scrubbed: text, attributes, fields, addresses, payloads."""

import gzip
import json
from pathlib import Path

import pytest
from helpers import Page, change, crumb, custom, mutation
from hypothesis import given

from replay_redact import Policy, Scrub, ScrubRule, decode, encode, redact_bytes, redact_events
from replay_redact.strategies import recordings, wild_recordings
from replay_redact.testing import find_leaks

CARD = "4111 1111 1111 1111"
SCRUBBED = Policy(metadata="scrub")
SESSIONS = Path(__file__).parents[3] / "shared" / "recordings" / "sessions"


def redacted(events, policy):
    """Redact, and require that the output is a fixed point without leaks."""
    clean = redact_bytes(json.dumps(events).encode(), policy)
    assert redact_bytes(clean, policy) == clean
    assert find_leaks(clean, policy) == []
    return clean.decode()


def test_what_is_shown_of_a_page_is_scanned():
    page = Page()
    field = page.element("input", {"value": f"my {CARD}", "title": "call jane@shop.example"})
    text = page.text(f"paid with {CARD}")
    link = page.element(
        "a", {"href": "https://shop.example/?token=abc"}, page.element("p", {}, text)
    )
    events = [
        page.snapshot(field, link),
        mutation(texts=[{"id": text["id"], "value": f"again {CARD}"}]),
        change(field, title="now jane@shop.example"),
        {
            "type": 3,
            "timestamp": 1,
            "data": {"source": 5, "id": field["id"], "text": CARD, "isChecked": False},
        },
    ]
    seen = redacted(events, Policy.permissive())
    for shown in (
        "my [card]",
        "call [email]",
        "?token=[filtered]",
        "paid with [card]",
        "again [card]",
        "now [email]",
    ):
        assert shown in seen
    assert "4111" not in seen
    unscanned = redacted(events, Policy.permissive().replace(scrub=Scrub.none()))
    assert "paid with 4111 1111 1111 1111" in unscanned


def test_what_is_masked_is_not_scanned_and_says_nothing():
    page = Page()
    assert "[card]" not in redacted([page.snapshot(page.text(CARD))], Policy())


def test_free_metadata_are_masked_unless_scanned():
    events = [
        crumb("console", message=f"hello {CARD}", data={"arguments": ["x", {"password": "y"}]})
    ]
    assert '"***** **** **** **** ****"' in redacted(events, Policy())
    seen = redacted(events, SCRUBBED)
    assert '"message":"hello [card]"' in seen
    assert '"arguments":["x",{"password":"[filtered]"}]' in seen
    assert "hello" not in redacted(events, Policy(metadata="mask"))


def test_a_key_above_known_parts_counts():
    span = {"op": "resource.fetch", "description": "https://a.example/", "data": {
        "request": {"headers": {"authorization": "abc", "accept": "text/html"}, "token": "abc"}}}  # fmt: skip
    seen = redacted([custom("performanceSpan", span)], SCRUBBED)
    assert (
        '"headers":{"authorization":"[filtered]","accept":"text/html"},"token":"[filtered]"' in seen
    )


def test_unknown_events_are_masked_all_the_same():
    assert "hello" not in redacted([custom("my-event", {"text": "hello"})], SCRUBBED)


def test_rules_for_a_place_in_an_event():
    rules = [ScrubRule(pattern="case [0-9]+", text="N", where="custom.breadcrumb.message")]
    policy = SCRUBBED.replace(scrub=Scrub(rules=rules))
    seen = redacted([crumb("console", message="case 1", data={"arguments": ["case 2"]})], policy)
    assert '"message":"N"' in seen
    assert "case 2" in seen


@given(recordings() | wild_recordings())
def test_scanning_is_a_fixed_point_on_both_paths(recording):
    data = json.dumps(recording).encode()
    for policy in (SCRUBBED, Policy.permissive()):
        clean = redact_bytes(data, policy)
        assert redact_bytes(clean, policy) == clean
        assert encode(redact_events(decode(data), policy)) == clean


needs_sessions = pytest.mark.skipif(not SESSIONS.exists(), reason="no shared recordings here")


def bodies(events):
    return [e["data"] for e in json.loads(encode(events)) if e["type"] in {5, 6}]


@needs_sessions
@pytest.mark.parametrize("path", sorted(SESSIONS.glob("*.sdk-*")), ids=lambda path: path.name)
def test_real_segments_lose_their_secrets_and_keep_their_shape(path):
    raw = path.read_bytes()
    before, after = bodies(decode(raw)), bodies(decode(redact_bytes(raw, SCRUBBED)))
    seen = json.dumps(after)
    secrets = ["maya@fern.example", "4111 1111 1111 1111", "078-05-1120", "hunter2", "k-9x", "tok-1234",
               "abcdef.ghijkl", "abc123"]  # fmt: skip
    assert [secret for secret in secrets if secret in seen] == []
    if path.name == "signup.sdk-raw.segment-0.bin":
        assert all(secret in json.dumps(before) for secret in secrets)
        assert "signed up [email] with [card]" in seen
        assert '"content-type": "application/json"' in seen
    assert [keys(part) for part in before] == [keys(part) for part in after]


def keys(value):
    """Return the keys and lengths of containers, without the values of leaves."""
    if isinstance(value, dict):
        return {name: keys(item) for name, item in value.items()}
    return [keys(item) for item in value] if isinstance(value, list) else isinstance(value, str)


@needs_sessions
def test_real_plugin_events_lose_their_secrets():
    raw = gzip.decompress((SESSIONS / "signup.rrweb.json.gz").read_bytes())
    seen = json.dumps(bodies(decode(redact_bytes(raw, SCRUBBED))))
    for secret in (
        "maya@fern",
        "4111 1111",
        "078-05",
        "hunter2",
        "tok-1234",
        "sk_live_",
        "abcdef.ghijkl",
    ):
        assert secret not in seen
    assert "signed up [email] with [card]" in seen
