"""Known leaks around the page: addresses, breadcrumbs, console, network, and in scrubbers."""

import gzip
import json

import pytest
from helpers import change, crumb, custom, mutation, redact
from regressions.leaks import Leaks, name_of

from replay_redact import LimitError, Policy, redact_bytes
from replay_redact._wire import compression

LEAKS = Leaks()
ADDRESS = "https://a.example/Jane?token=Jane#Jane"


def span(op, description, **data):
    return custom("performanceSpan", {"op": op, "description": description, "data": data})


def plugin(name, payload):
    return {"type": 6, "timestamp": 1, "data": {"plugin": name, "payload": payload}}


def network(**request):
    return plugin("rrweb/network@1", {"requests": [{"name": "https://a.example/", **request}]})


def meta(address):
    return {"type": 4, "timestamp": 1, "data": {"href": address, "width": 1, "height": 1}}


def pressed(page, category):
    button = page.element("button", {"aria-label": "Jane"}, page.text("Jane"))
    node = {"id": button["id"], "tagName": "button", "textContent": "Jane", "attributes": {"aria-label": "Jane"}}  # fmt: skip
    message = 'body > button[aria-label="Jane"]'
    data = {"nodeId": button["id"], "node": node, "url": ADDRESS, "route": "/Jane"}
    return page.snapshot(button), crumb(category, message=message, data=data), button


@LEAKS.record(
    85, "getsentry/sentry#45898", "The message of a click shows attributes of the live page."
)
def message_of_a_click(page):
    return list(pressed(page, "ui.click")[:2])


@LEAKS.record(
    86, "getsentry/sentry-javascript#16176", "So does the message of a click without effect."
)
def message_of_a_dead_click(page):
    return [*pressed(page, "ui.slowClickDetected")[:2], *pressed(page, "ui.multiClick")[:2]]


@LEAKS.record(
    87,
    "getsentry/sentry-javascript#20238",
    "A breadcrumb was judged by what the page had been before.",
    policy=Policy(unmask=".open"),
)
def breadcrumb_after_a_change(page):
    _, click, button = pressed(page, "ui.click")
    before = {**button, "attributes": {"class": "open"}, "childNodes": []}
    return [page.snapshot(before), change(button, **{"class": "closed"}), click]


@LEAKS.record(88, "getsentry/sentry#49495", "A token in a query was shown in lists of addresses.")
def token_in_an_address(_page):
    return [meta(ADDRESS), crumb("navigation", data={"from": ADDRESS, "to": ADDRESS})]


@LEAKS.record(89, "getsentry/sentry#49005", "Segments of a path name people.")
def people_in_paths(_page):
    return [
        meta("https://a.example/users/Jane/orders"),
        span("navigation.push", "/users/Jane", previous="/Jane"),
    ]


@LEAKS.record(
    90, "getsentry/sentry-javascript#9871", "An address stood in two places, and one was scrubbed."
)
def address_in_two_places(page):
    link = page.element("a", {"href": ADDRESS})
    return [meta(ADDRESS), page.snapshot(link), span("navigation.push", ADDRESS),
            span("resource.fetch", ADDRESS), crumb("replay.hydrate-error", data={"url": ADDRESS})]  # fmt: skip


@LEAKS.record(91, "getsentry/relay#1730", "The description of a span is an address.")
def description_of_a_span(_page):
    ops = (
        "resource.img",
        "resource.fetch",
        "navigation.navigate",
        "largest-contentful-paint",
        "memory",
    )
    return [span(op, ADDRESS, request={"body": "Jane"}) for op in ops]


@LEAKS.record(
    93,
    "getsentry/relay, first model",
    "Texts and attributes of mutations had no type, so nobody read them.",
)
def parts_of_mutations(page):
    element = page.element("p", {}, page.text("x"))
    texts = [{"id": element["childNodes"][0]["id"], "value": "Jane"}]
    attributes = [{"id": element["id"], "attributes": {"title": "Jane", "data-x": {"a": "Jane"}}}]
    return [page.snapshot(element), mutation(texts=texts, attributes=attributes)]


@LEAKS.record(94, "PostHog/posthog-js#811", "Addresses of pages were recorded as they were.")
def addresses_of_pages(_page):
    return [
        meta(ADDRESS),
        custom("$pageview", {"href": ADDRESS}),
        custom("$url_changed", {"href": ADDRESS}),
    ]


@LEAKS.record(95, "PostHog/posthog-js#891", "A list of headers was compared in lower case only.")
def headers_in_capitals(_page):
    return [network(requestHeaders={"AUTHORIZATION": "Jane", "Cookie": "Jane"})]


@LEAKS.record(96, "PostHog/posthog-js#3914", "Headers of an application's own carry tokens.")
def headers_of_ones_own(_page):
    headers = {"x-gist-encoded-user-token": "Jane", "set-cookie": "Jane"}
    return [network(requestHeaders=headers, responseHeaders=headers)]


@LEAKS.record(97, "PostHog/posthog-js#1059, #988, #1190", "Bodies of requests hold passwords.")
def bodies_of_requests(_page):
    body = json.dumps({"password": "Jane", "note": ["Jane"]})
    return [network(requestBody=body, responseBody="user=Jane"),
            span("resource.xhr", "/api", request={"body": {"user": "Jane"}}, response={"body": body})]  # fmt: skip


@LEAKS.record(
    98, "PostHog/posthog-js#4286", "First entries did not pass through the user's function."
)
def initial_entries(_page):
    request = {"name": ADDRESS, "initiatorType": "navigation", "entryType": "navigation"}
    return [plugin("rrweb/network@1", {"requests": [request], "isInitial": True})]


@LEAKS.record(99, "vellum-ai/vellum-assistant#35416", "One header is spelled in several ways.")
def spellings_of_a_header(_page):
    names = ("X-CSRFToken", "x-csrf-token", "X_CSRF_TOKEN", "csrfmiddlewaretoken")
    return [network(requestHeaders=dict.fromkeys(names, "Jane"))]


@LEAKS.record(
    100,
    "highlight/highlight#1015, #5288, #7807",
    "Keys that hold secrets were found one by one over years.",
)
def keys_nobody_listed(_page):
    return [custom("anything", {"session-key-of-my-app": "Jane", "Jane Roe": {"jane": ["Jane"]}})]


@LEAKS.record(
    101,
    "PostHog/posthog#70528",
    "A host that was hidden in one kind of event was shown in others.",
)
def hosts_in_free_text(_page):
    return [
        plugin(
            "rrweb/console@1",
            {"level": "log", "trace": ["Jane.example:1:1"], "payload": ['"https://Jane.example/"']},
        )
    ]


@LEAKS.record(102, "PostHog/posthog#71644", "Addresses can be read in more than one way.")
def addresses_of_odd_forms(page):
    addresses = ["https://Jane:Jane@a.example/", "https://a.example?Jane@b.example/", "data:text/html,Jane",
                 "mailto:Jane@roe.example", "tel:Jane", "javascript:alert('Jane')", "blob:https://a.example/Jane",
                 "https://a.example\\Jane", "//a.example/Jane", "?Jane", "#Jane", ";Jane", "%4aane/Jane"]  # fmt: skip
    return [
        page.snapshot(*(page.element("a", {"href": address}) for address in addresses)),
        *map(meta, addresses),
    ]


@LEAKS.record(
    103, "thunderbird/tbpro-add-on#992", "The fragment held a key; only queries were cut."
)
def fragments(_page):
    return [
        meta("https://a.example/#key=Jane"),
        crumb("navigation", data={"from": "/#Jane", "to": "#Jane"}),
    ]


@LEAKS.record(104, "openreplay/openreplay, sanitizer", "A function for strings failed on objects.")
def objects_in_place_of_strings(_page):
    return [crumb("console", message={"a": ["Jane"]}, data={"arguments": [{"a": "Jane"}, ["Jane"], None]}),
            span("resource.fetch", {"url": "Jane"}), custom("breadcrumb", "Jane"), custom("breadcrumb", ["Jane"])]  # fmt: skip


@LEAKS.record(
    112,
    "PostHog, fixture 'unknown event type passes through'",
    "An event without a known shape passed.",
)
def data_of_plain_events(_page):
    return [{"type": 0, "timestamp": 1, "data": {"href": "Jane"}}, {"type": 1, "timestamp": 1, "data": {"Jane": 1}},
            {"type": 99, "timestamp": 1, "data": {"href": "Jane"}},
            {"type": 3, "timestamp": 1, "data": {"source": 99, "text": "Jane"}}]  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS, ids=name_of)
def test_known_metadata_leaks(leak):
    leak.check()


def test_l092_a_scrubber_that_matched_nothing_looked_like_one_that_works():
    """getsentry/relay#1545: so each record, and each own recording, must show its secret first."""
    with pytest.raises(AssertionError):
        LEAKS[0]._replace(build=lambda _page: [meta("https://a.example/")]).check()


def test_l110_the_same_key_twice():
    """PostHog: the first of two equal keys was not scrubbed, and some readers take the first."""
    event = b'[{"type":4,"timestamp":1,"data":{"href":"https://a.example/Jane","href":"https://a.example/x","width":1,"height":1}}]'
    assert b"Jane" not in redact_bytes(event)


def test_l110_keys_that_are_written_with_escapes():
    event = (
        rb'[{"type":2,"timestamp":1,"data":{"node":{"type":3,"id":1,"text\u0043ontent":"Jane"}}}]'
    )
    assert b"Jane" not in redact_bytes(event)
    assert b"****" in redact_bytes(event)


def test_l110_lines_that_end_in_different_ways():
    line = json.dumps(meta(ADDRESS)).encode()
    assert b"Jane" not in redact_bytes(line + b"\r\n" + line + b"\n\n" + line)


def test_l110_bombs_within_events(monkeypatch):
    monkeypatch.setattr(compression, "MAX_BYTES", 100_000)
    packed = gzip.compress(b"0" * 10_000_000).decode("latin-1")
    event = {"type": 3, "timestamp": 1, "cv": "2024-10", "data": {"source": 0, "texts": packed}}
    with pytest.raises(LimitError):
        redact_bytes(json.dumps([event]).encode())


def test_l110_what_was_redacted_before_stays_as_it_is():
    once = redact([meta(ADDRESS)])
    assert redact(once) == once
