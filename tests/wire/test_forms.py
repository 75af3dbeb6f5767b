"""Every form that SDKs and APIs write: form, ids and numbers are kept, nothing private is."""

import base64
import gzip
import json
import re
from urllib.parse import unquote_to_bytes

import pytest
from real_recordings import spellings
from wire.bodies import (
    ATTACHMENT,
    BODIES,
    ERROR_ITEM,
    EVENTS,
    HEADERS,
    META,
    POSTHOG,
    RECORDING,
    REPLAY,
    REPLAY_ITEM,
    SECRETS,
    SENTRY,
    SESSION,
    UUID,
    VIDEO,
    WINDOW,
    block,
    blocks,
    captured,
    envelope,
    form,
    item,
    lines,
)

from replay_redact import (
    DecodeError,
    LimitError,
    Policy,
    RedactError,
    Redactor,
    decode,
    redact_bytes,
    redact_stream,
)
from replay_redact._wire import compression, snappy
from replay_redact._wire.batches import Item
from replay_redact.cli import main
from replay_redact.testing import find_leaks
from replay_redact.testing.everything import everything


def said(data):
    """Return all that can be read in a body, whatever it is packed in, as one text."""
    return json.dumps(list(everything(data)), ensure_ascii=False).lower()


def shape(value):
    """Return the keys, numbers and nesting of JSON."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return None if isinstance(value, str) else value


@pytest.mark.parametrize("policy", [Policy(), Policy.lockdown()], ids=["default", "lockdown"])
@pytest.mark.parametrize("name", BODIES)
def test_nothing_private_is_left_and_the_form_is_kept(name, policy):
    body = BODIES[name]
    assert any(secret.lower() in said(body) for secret in SECRETS)  # the control
    redacted = redact_bytes(body, policy)
    found = said(redacted)
    for secret in SECRETS:
        assert [way for way in spellings(secret) if len(way) > 6 and way.lower() in found] == []
    assert redact_bytes(redacted, policy) == redacted
    assert len(decode(redacted)) == len(decode(body))
    assert redacted[:1] == body[:1] or name == "snappy block"  # there it is a size
    if policy == Policy():
        assert find_leaks(redacted, secrets=SECRETS) == []


@pytest.mark.parametrize("name", BODIES)
def test_a_stream_gives_the_same_or_says_what_to_use(name):
    body = BODIES[name]
    pieces = [body[:40], body[40:]]
    if name in {"zstd", "snappy block", "snappy blocks"}:
        with pytest.raises(DecodeError, match="use redact_bytes"):
            b"".join(redact_stream(pieces))
    else:
        assert said(b"".join(redact_stream(pieces))) == said(redact_bytes(body))


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("name", BODIES)
def test_the_command_redacts_and_checks_it(name, tmp_path, capsys):
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(BODIES[name])
    assert main(["redact", str(source), "-o", str(target)]) == 0
    assert target.read_bytes() == redact_bytes(BODIES[name])
    assert main(["check", str(source), "--secret", SECRETS[0]]) == 1
    assert main(["check", str(target), "--secret", SECRETS[0]]) == 0
    assert "private" in capsys.readouterr().out


PUBLIC = [
    REPLAY, SESSION, WINDOW, UUID, "sentry.javascript.react", "9.12.0", "2026-11-27T20:26:00.616Z",
    "shop@1.2.3", "production", "https://shop.example/", "de-AT", "Europe/Vienna", "abc123", "0.25",
    "1700000000.25", "1700000000003", "TypeError", "Mac OS X", "Mobile Safari", "18.2", "1.449.2",
    "phc_test", "$snapshot", "$pageview", "Chrome/131.0.0.0", "844", "1234", "buffer", "javascript",
]  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_what_is_public_is_there(name):
    before, after = said(BODIES[name]), said(redact_bytes(BODIES[name]))
    dropped = {"who", "filename"}
    assert [word for word in PUBLIC if word.lower() in before and word.lower() not in after] == []
    keys = set(re.findall(r'"([a-z$_]+)":', before))
    assert keys - dropped <= set(re.findall(r'"([a-z$_]+)":', after))


def test_window_ids_that_are_no_uuids_get_stand_ins_everywhere():
    one = captured(EVENTS)
    one["properties"] = {**one["properties"], "$window_id": "tab of Jane", "$session_id": 7}
    two = {"event": "$pageview", "properties": {"$window_id": "tab of Jane"}, "window_id": 5}
    first, second = json.loads(redact_bytes(json.dumps([one, two, one]).encode()))[:2]
    assert first["properties"]["$window_id"] == second["properties"]["$window_id"]
    assert re.fullmatch("_[a-z]", first["properties"]["$window_id"])
    assert "windowId" not in str(first["properties"]["$snapshot_data"])


def test_each_window_of_a_batch_is_judged_by_its_own_nodes():
    shown = {"type": 2, "id": 2, "tagName": "p", "attributes": {"class": "sentry-unmask"},
             "childNodes": [{"type": 3, "id": 3, "textContent": "Open"}]}  # fmt: skip
    page = {
        "type": 2,
        "timestamp": 1,
        "data": {"node": {"type": 0, "id": 1, "childNodes": [shown]}},
    }
    tabs = [captured([page]), captured(EVENTS[2:])]
    tabs[1]["properties"]["$window_id"] = UUID
    found = redact_bytes(json.dumps(tabs).encode())
    assert b"Open" in found
    assert b"jane" not in found


@pytest.mark.parametrize("own", [{"a": 1}, [1], True, 1.5])
def test_a_capture_with_an_id_that_is_none_is_dropped(own):
    odd = captured(EVENTS)
    odd["properties"] = {**odd["properties"], "$window_id": own}
    redactor = Redactor()
    data = json.dumps([odd, META]).encode()
    assert len(json.loads(redactor.process_bytes(data))) == 1
    assert redactor.report.dropped == {"malformed": 1}


def test_a_snapshot_that_is_no_event_is_dropped_and_counted():
    redactor = Redactor()
    for value in ({"name": "Jane Roe"}, "Jane Roe", None, [{"a": "Jane Roe"}]):
        data = json.dumps([captured(value), META]).encode()
        assert len(json.loads(redactor.process_bytes(data))) == 1
        with pytest.raises(DecodeError, match="no events"):
            redact_bytes(json.dumps([captured(value)]).encode())
    assert redactor.report.dropped == {"malformed": 4}


def test_a_capture_all_of_whose_events_are_dropped_stays():
    asset = {"type": 7, "timestamp": 1, "data": {"url": "Jane"}}
    [found] = json.loads(redact_bytes(json.dumps([captured([asset])]).encode()))
    assert found["properties"]["$snapshot_data"] == []


def test_wrappers_in_wrappers_end_somewhere():
    value = EVENTS
    for _ in range(9):
        value = [{"data": value}]
    with pytest.raises(DecodeError):
        redact_bytes(json.dumps(value).encode())


# --- envelopes --------------------------------------------------------------------------


def items_of(data):
    found, at = [], data.index(b"\n") + 1
    while at < len(data):
        end = data.index(b"\n", at) + 1
        headers = json.loads(data[at:end])
        found.append((headers, data[end : end + headers["length"]]))
        at = end + headers["length"] + 1
    return found


def test_lengths_are_those_of_the_payloads_and_items_keep_their_order():
    found = items_of(redact_bytes(SENTRY["envelope of several items"]))
    assert [headers["type"] for headers, _ in found] == ["event", "replay_event", "replay_recording", "event"]  # fmt: skip
    head, _, rest = found[2][1].partition(b"\n")
    assert head == b'{"segment_id":7}'
    assert len(json.loads(rest)) == 3


def test_what_is_dropped_is_counted_and_what_the_caller_lists_is_kept():
    unknown = item({"type": "jane_roe"}, b'{"a": 1}')
    broken = item({"type": "event"}, b"Jane Roe")
    data = envelope(ERROR_ITEM, ATTACHMENT, VIDEO, unknown, broken)
    redactor = Redactor()
    found = redactor.process_bytes(data)
    assert [headers["type"] for headers, _ in items_of(found)] == ["event"]
    assert redactor.report.dropped == {"attachment item": 1, "replay_video item": 1, "unknown item": 1, "event item": 1}  # fmt: skip
    assert b"jane_roe" not in found
    kept = Redactor(keep_items=["attachment"]).process_bytes(data)
    assert [headers["type"] for headers, _ in items_of(kept)] == ["event", "attachment"]
    assert b"for Jane Roe" in kept
    state = redactor.state()
    again = Redactor.from_state(Policy(), state, keep_items=["attachment"])
    assert b"for Jane Roe" in again.process_bytes(data)
    assert b"Jane Roe.txt" not in kept


def test_check_names_what_would_be_dropped():
    leaks = find_leaks(envelope(ERROR_ITEM, ATTACHMENT), secrets=["for Jane Roe"])
    assert "sentry attachment" in {leak.kind for leak in leaks}
    assert any(leak.secret for leak in leaks)
    revealed = find_leaks(envelope(ERROR_ITEM), reveal=True)
    assert "Jane Roe" in {leak.value for leak in revealed}


def test_the_number_of_an_envelope_is_that_of_its_segment():
    redactor = Redactor()
    redactor.process_bytes(SENTRY["envelope of a replay"])
    assert redactor._next == 8
    assert Redactor.from_state(Policy(), redactor.state())._next == 8
    late = redactor.process_bytes(SENTRY["envelope of a replay"])
    assert said(late) == said(redact_bytes(SENTRY["envelope of a replay"]))


def test_an_envelope_of_another_session_does_not_know_the_page():
    other = {**HEADERS, "event_id": "Jane Roe"}
    assert b"Jane" not in redact_bytes(envelope(RECORDING, headers=other))


@pytest.mark.parametrize("before", [b"", b"\n", b" \r\n "])
def test_an_envelope_may_have_a_header_that_nobody_knows(before):
    data = before + envelope(REPLAY_ITEM, RECORDING, headers={**HEADERS, "jane roe": "Jane Roe"})
    found = redact_bytes(data)
    assert [headers["type"] for headers, _ in items_of(found)] == [
        "replay_event",
        "replay_recording",
    ]
    assert "jane" not in said(found)
    assert redact_bytes(found) == found


def test_lines_that_begin_like_an_envelope_are_lines():
    other = [{"event_id": "Jane", "note": 1}, {"type": "jane"}, META]
    assert redact_bytes(lines(other)).count(b"\n") == 1


@pytest.mark.parametrize(
    "header", [b'{"segment_id":-1}', b'{"segment_id":"1"}', b'{"segment_id":1,"x":"Jane"}']
)
def test_a_segment_header_that_is_another_is_an_error(header):
    for rest in (json.dumps(EVENTS).encode(), gzip.compress(json.dumps(EVENTS).encode())):
        with pytest.raises(DecodeError, match="segment header"):
            redact_bytes(header + b"\n" + rest)


def test_an_empty_envelope_stays_one():
    assert redact_bytes(envelope(ERROR_ITEM)[: len(json.dumps(HEADERS)) + 1] + ATTACHMENT) != b""


BROKEN = {
    "two recordings": envelope(RECORDING, RECORDING),
    "a recording without its head": envelope(item({"type": "replay_recording"}, b"[]")),
    "a recording that is none": envelope(item({"type": "replay_recording"}, b'{"segment_id":1}\nJane')),
    "a length that is too long": envelope(RECORDING).replace(b'"length": ', b'"length": 9'),
    "a length that is too short": envelope(ERROR_ITEM).replace(b'"length": ', b'"length": 1, "x": '),
    "cut in a payload": envelope(REPLAY_ITEM, RECORDING)[:-40],
    "cut in zlib": envelope(item({"type": "replay_recording"}, b'{"segment_id":1}\nx\x9c\x03')),
    "an item without a type": envelope(ERROR_ITEM, b"{}\n{}\n"),
    "form, no base64": b"data=Jane",
    "form, lz64": b"compression=lz64&data=Jane",
    "form, of nothing": b"data=W3siYSI6MX1d",
    "snappy, cut": block(POSTHOG["pairs"])[:-9],
    "snappy, cut in a block": blocks(POSTHOG["pairs"])[:-9],
    "snappy, cut in a length": blocks(POSTHOG["pairs"]) + b"\0\0",
    "snappy, a block that is none": blocks(POSTHOG["pairs"]) + b"\0\0\0\4Jane",
    "gzip, cut": POSTHOG["capture, gzip"][:-9],
    "export of nothing": b'{"version": "2023-04-28", "data": {"person": {"name": "Jane"}}}',
    "batch of nothing": b'{"batch": [{"name": "Jane"}]}',
    "a list of sources": b'{"sources": [{"source": "blob_v2"}]}',
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_body_is_an_error_that_quotes_nothing(name):
    with pytest.raises(RedactError) as caught:
        redact_bytes(BROKEN[name])
    assert "Jane" not in str(caught.value)


def test_a_page_view_sent_twice_stays_twice():
    assert json.loads(redact_bytes(json.dumps([captured(EVENTS)] * 2).encode()))[1]["uuid"] == UUID


@pytest.mark.parametrize("name", BODIES)
def test_what_is_cut_anywhere_is_redacted_or_an_error(name):
    body = BODIES[name]
    for end in range(0, 100, 7):
        try:
            found = said(redact_bytes(body[: len(body) * end // 100]))
        except RedactError as error:
            found = str(error).lower()
        assert [(end, secret) for secret in SECRETS if secret.lower() in found] == []


def test_bombs_are_limit_errors_in_every_layer(monkeypatch):
    monkeypatch.setattr(compression, "MAX_BYTES", 100_000)
    blank = b"[" + b" " * 200_000 + b"]"
    packed = {**EVENTS[1], "cv": "2024-10", "data": gzip.compress(blank).decode("latin-1")}
    bombs = {
        "form": b"data=" + base64.b64encode(gzip.compress(blank)).replace(b"+", b"%2B"),
        "snappy": block(blank),
        "blocks": blocks(blank),
        "envelope": envelope(item({"type": "replay_recording"}, b'{"segment_id":1}\n' + gzip.compress(blank))),
        "capture": json.dumps([captured([packed])]).encode(),
        "zstd": compression.COMPRESSIONS["zstd"].deflate(blank, "small"),
    }  # fmt: skip
    for bomb in bombs.values():
        with pytest.raises(LimitError):
            redact_bytes(bomb)


# --- forms, snappy, items ---------------------------------------------------------------


def test_a_form_keeps_the_fields_that_sdks_write():
    redactor = Redactor()
    found = redactor.process_bytes(POSTHOG["form with fields"])
    assert found.startswith(b"compression=base64&ver=1.4.2&data=")
    assert redactor.report.dropped == {"unknown field": 1}
    assert b"{" not in unquote_to_bytes(found)
    assert form([]) == b"data=W10%3D"


def test_a_field_of_a_form_that_comes_twice_is_counted():
    redactor = Redactor()
    found = redactor.process_bytes(b"data=W10%3D&ip=1&ip=0&" + POSTHOG["form"])
    assert redactor.report.dropped == {"unknown field": 2}
    assert len(decode(found)) == len(EVENTS)


def test_several_blocks_become_one():
    redacted = redact_bytes(POSTHOG["snappy blocks"])
    assert len(decode(redacted)) == 6
    assert int.from_bytes(redacted[:4], "big") == len(redacted) - 4


def test_snappy_needs_its_package(monkeypatch):
    monkeypatch.setattr(snappy, "cramjam", None)
    with pytest.raises(DecodeError, match="cramjam"):
        redact_bytes(POSTHOG["snappy block"])


def test_json_is_not_taken_for_snappy():
    for text in (b"[ {}]", b' [{"type": 1, "timestamp": 1}]', b"\xef\xbb\xbf[ {}]"):
        assert not snappy.looks_like_snappy(text)
    with pytest.raises(DecodeError, match="snappy"):
        decode(b"[]", format="snappy")


def test_an_item_that_nobody_judged_cannot_be_written():
    with pytest.raises(AssertionError):
        assert Item("wrapper", {}).shown


def test_metadata_may_be_scanned_beside_events():
    body = json.dumps(captured(EVENTS, note="call jane.roe@shop.example")).encode()
    found = redact_bytes(body, Policy(metadata="scrub"))
    assert b"call [email]" in found


def test_lines_of_wrappers_all_of_whose_events_are_dropped_are_left_out():
    asset = {"type": 7, "timestamp": 1, "data": {"url": "Jane"}}
    assert redact_bytes(lines([{"data": [asset]}, META])).count(b"\n") == 1
