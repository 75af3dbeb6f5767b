"""One request in, what is to be stored or sent on out, and to whom it belongs."""

import gzip
import json

import pytest
from wire.bodies import BODIES, EVENTS, PAGEVIEW, POSTHOG, REPLAY, SENTRY, SESSION, WINDOW

from replay_redact import DecodeError, LimitError, Policy, Redactor, redact_bytes
from replay_redact._wire import compression
from replay_redact.ingest import ingest

EXPECTED = {
    "envelope of a replay": (REPLAY, None, 7),
    "envelope, gzip": (REPLAY, None, 7),
    "envelope of an error": (None, None, None),
    "segment": (None, None, 7),
    "capture": (SESSION, WINDOW, None),
    "capture, gzip": (SESSION, WINDOW, None),
    "batch": (SESSION, WINDOW, None),
    "page view": (SESSION, WINDOW, None),
    "form": (SESSION, WINDOW, None),
    "pairs": (None, WINDOW, None),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_who_sent_it_and_which_segment_it_is(name):
    found = ingest("/api/42/envelope/?sentry_key=abc", {}, BODIES[name])
    assert (found.session, found.window, found.segment) == EXPECTED[name]
    assert found.body == redact_bytes(BODIES[name])
    assert found.redactor.report.events.total() == len(EVENTS) * (name not in {"envelope of an error", "page view"})  # fmt: skip


def test_a_session_goes_on_from_its_state():
    states = {}

    def redactor_of(session):
        return Redactor.from_state(Policy(), states[session]) if session in states else Redactor()

    for name in ("capture", "captures in lines"):
        found = ingest("/s/", {}, POSTHOG[name], redactor_of)
        states[found.session] = found.redactor.state()
    assert list(states) == [SESSION]


def test_plain_events_have_ids_in_their_path():
    body = json.dumps(EVENTS).encode()
    found = ingest("/replays?session=jane&segment=3", {}, body)
    assert (found.session, found.segment) == ("jane", 3)
    assert ingest("/replays", {}, body).segment is None
    for number in ("x", "-1", "9" * 10, "\u0663"):
        with pytest.raises(DecodeError, match="no number"):
            ingest(f"/replays?segment={number}", {}, body)


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "identity", "deflate, gzip"])
def test_codings_that_are_read(coding):
    body = gzip.compress(json.dumps(EVENTS).encode())
    assert ingest("/s/", {"Content-Encoding": coding}, body).body[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(("coding", "said"), [("br", "Brotli"), ("gzip, Jane", "a coding")])
def test_another_coding_is_an_error(coding, said):
    with pytest.raises(DecodeError, match=f"in {said}.*: send gzip"):
        ingest("/s/", {"content-encoding": coding}, b"Jane")


def test_a_body_as_lz64_is_an_error_that_says_so():
    with pytest.raises(DecodeError, match="lz64: have the SDK send gzip"):
        ingest("/e/?compression=lz64", {}, b"NobwRAdghgtgpmAXGKAX")


def test_a_body_that_names_another_session_or_segment_than_its_path_is_an_error():
    name, body = "envelope of a replay", BODIES["envelope of a replay"]
    assert ingest(f"/?session={REPLAY}&segment=7", {}, body).body == redact_bytes(BODIES[name])
    for path, what in (("/?session=jane", "session"), ("/?segment=6", "segment")):
        with pytest.raises(DecodeError, match=f"another {what} than the path"):
            ingest(path, {}, body)


def test_errors_are_the_callers_to_answer(monkeypatch):
    with pytest.raises(DecodeError):
        ingest("/s/", {}, b'[{"name": "Jane"}]')
    monkeypatch.setattr(compression, "MAX_BYTES", 100)
    with pytest.raises(LimitError):
        ingest("/s/", {}, SENTRY["envelope of a replay"])


@pytest.mark.parametrize("properties", [None, {"$session_id": 7, "$window_id": ["Jane"]}])
def test_properties_that_name_nobody(properties):
    odd = {**PAGEVIEW, "properties": properties}
    found = ingest("/e/", {}, json.dumps(odd).encode())
    assert (found.session, found.window) == (None, None)
