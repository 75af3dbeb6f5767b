"""The counts of a report are those of `find_leaks`, and so of ``check`` and the preview."""

import gzip
import json
from collections import Counter

import pytest
from helpers import Page, custom, incremental, say, typed
from hypothesis import given
from real_recordings import OWN, SHARED_FILES, needs_shared, own, shared

from replay_redact import Policy, Redactor, Report
from replay_redact.preview.review import review
from replay_redact.strategies import policies, recordings
from replay_redact.testing import find_leaks

POLICIES = {
    "default": Policy(),
    "lockdown": Policy.lockdown(),
    "open": Policy.permissive(),
    "sentry": Policy.sentry(),
    "rules": Policy(
        metadata="scrub", mask_all_inputs=False, unmask="p, .a", mask="nav", block="footer, .card"
    ),
}


def to_bytes(recording):
    return json.dumps(recording).encode()


def report_of(data, policy):
    redactor = Redactor(policy)
    redactor.process_bytes(data)
    return redactor.report


def agree(data, policy):
    report = report_of(data, policy)
    listed = Counter(leak.channel for leak in find_leaks(data, policy))
    assert report.masked == listed
    assert report.rules.total() == report.masked.total()
    return report


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("recording", OWN, ids=lambda recording: recording["file"])
def test_recordings_of_our_own(recording, policy):
    assert agree(own(recording), policy).masked.total() > 0


@needs_shared
@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("path", SHARED_FILES, ids=lambda path: path.name)
def test_recordings_of_real_pages(path, policy):
    agree(shared(path), policy)


def test_the_preview_lists_the_same():
    data = own(OWN[0])
    listed = Counter(leak.channel for leak in review(data, Policy(), "auto").leaks)
    assert report_of(data, Policy()).masked == listed


@given(recordings(), policies())
def test_generated_recordings(recording, policy):
    if policy.mask_fn is None:
        agree(to_bytes(recording), policy)


# --- what happens twice, or is dropped after it was masked --------------------------------------

PAGE = Page()
NAME, FIELD = PAGE.text("Jane"), PAGE.element("input", {"value": "Jane", "title": "Jane"})
BOX = PAGE.element("div", {"class": "a"}, NAME, FIELD, PAGE.element("p", {"title": "Roe"}))
SNAPSHOT = PAGE.snapshot(BOX)
OPEN = Policy(unmask=".a", block=".b", mask=".c")


def changed(node, **attributes):
    return incremental(
        0, adds=[], removes=[], texts=[], attributes=[{"id": node["id"], "attributes": attributes}]
    )


@pytest.mark.parametrize(
    "events",
    [
        [SNAPSHOT, changed(BOX, **{"class": "c"})],
        [SNAPSHOT, changed(BOX, **{"class": "b"})],
        [SNAPSHOT, say(NAME, "jane@shop.example"), changed(BOX, **{"class": "c"})],
        [SNAPSHOT, say(NAME, "jane@shop.example"), changed(BOX, **{"class": "b"})],
        [SNAPSHOT, typed(FIELD, "4111 1111 1111 1111"), changed(FIELD, type="password")],
        [SNAPSHOT, typed(FIELD, "Jane"), changed(BOX, **{"class": "b"})],
        [SNAPSHOT, changed(FIELD, title="jane@shop.example"), changed(BOX, **{"class": "c"})],
        [SNAPSHOT, changed(FIELD, **{"jané roe": "Jane"})],
        [SNAPSHOT, changed(FIELD, style={"content": "'Jane'", "color": "red"})],
        [custom("Jane", {"Jane Roe": {"a": ["Jane"]}, "n": 7, "ok": True})],
    ],
)
@pytest.mark.parametrize("policy", [OPEN, Policy(), Policy.lockdown()])
@pytest.mark.parametrize("together", [True, False])
def test_moments(events, policy, together):
    times = [1] * len(events) if together else range(1, len(events) + 1)
    agree(
        to_bytes([{**event, "timestamp": at} for event, at in zip(events, times, strict=True)]),
        policy,
    )


def test_a_moment_that_goes_on_in_the_next_list_is_corrected():
    events = [SNAPSHOT, *[say(NAME, f"jane{n}@shop.example") for n in range(450)]]
    events.append(changed(BOX, **{"class": "b"}))
    moment = [{**event, "timestamp": 1} for event in events]
    report = agree(to_bytes(moment), OPEN)
    assert report.masked == {"event": 450, "media": 3}
    following = [{**say(NAME, "Jane"), "timestamp": 2}, {**custom("Jane", {}), "timestamp": 3}]
    report = agree(to_bytes([*moment, *following]), OPEN)
    assert report.masked == {"event": 451, "media": 3, "metadata": 1}


@pytest.mark.parametrize(
    "event",
    [
        {"type": 5, "data": {"tag": "x", "payload": "deep"}},
        {"type": 6, "data": {"plugin": "x", "payload": "deep"}},
        {"type": 3, "data": {"source": 11, "level": "log", "trace": [], "payload": "deep"}},
    ],
)
def test_payloads_that_nest_deeper_than_python_compares(event):
    deep = "[" * 2_000 + '"Jane"' + "]" * 2_000
    data = to_bytes([{**event, "timestamp": 1}]).replace(b'"deep"', deep.encode())
    assert report_of(data, Policy()).masked["metadata"] > 0


# --- rules, and what is known of the input ------------------------------------------------------


def test_places_are_counted_by_rule():
    page = Page()
    secret = page.element("p", {"class": "secret", "title": "Jane"}, page.text("Jane"))
    image = page.element("img", {"src": "https://shop.example/jane.png"})
    public = page.element("p", {"class": "public"}, page.text("mail jane@shop.example"))
    gone = page.element("p", {"class": "gone"}, page.text("Jane"), page.text("Roe"))
    events = [page.snapshot(secret, image, public, gone, page.text("Jane")), {"type": 99}]
    report = report_of(to_bytes(events), Policy(unmask=".public", mask=".secret", block=".gone"))
    assert report.masked == {"text": 3, "attribute": 1, "media": 3, "structure": 1}
    assert report.rules == {
        "mask .secret": 2,
        "block_all_media": 1,
        "unmask .public": 1,
        "block .gone": 2,
        "defaults of the policy": 2,
    }


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b'[{"type":1,"timestamp":1,"data":{}}]', "array"),
        (b'{"type":1,"timestamp":1,"data":{}}\n{"type":1,"timestamp":1,"data":{}}', "lines"),
        (b'{"events":[{"type":1,"timestamp":1,"data":{}}]}', "object"),
        (b'{"segment_id":0}\n[{"type":1,"timestamp":1,"data":{}}]', "array in segment"),
        (b'{}\n{"type":"event"}\n{"message":"Jane"}', "envelope"),
    ],
)
def test_a_report_tells_form_and_size_of_the_input(data, form):
    report = report_of(data, Policy())
    assert report.forms == {form: 1}
    assert report.size == len(data)
    assert report_of(gzip.compress(data), Policy()).forms == {f"{form} in gzip": 1}


def test_reports_are_added():
    data = b'[{"type":1,"timestamp":1,"data":{}}]'
    one, other = report_of(data, Policy()), report_of(data, Policy.lockdown())
    assert one.policy
    assert one.policy == report_of(data, Policy()).policy != other.policy
    both = one + other
    assert (both.events, both.size, both.policy) == ({"Load": 2}, 2 * len(data), "")
    assert (one + one).policy == one.policy
    assert one.events == {"Load": 1}
    assert sum([one, one], Report(policy=one.policy)) == one + one
    with pytest.raises(TypeError):
        one + 1


def test_a_text_counts_though_its_moment_is_judged_again():
    """A text that was masked with others and then again by itself was not counted."""
    page = Page()
    text = page.text("Jane Roe")
    events = [{"type": 4}, page.snapshot(page.element("p", {}, text)), say(text, "Eve Doe")]
    agree(to_bytes([{**event, "timestamp": 5} for event in events]), Policy())
