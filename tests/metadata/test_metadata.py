"""Payloads: masked by tables, by the node that they were copied from, or whole."""

import json

import pytest
from helpers import Page, change, crumb, custom, redact, remove, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from replay_redact import Policy
from replay_redact._masks.json import mask_json, mask_key
from replay_redact._metadata.payloads import CUSTOM, PLUGINS, TAGS
from replay_redact.testing import find_leaks

URL, MASKED_URL = "https://a.example/jane?q=roe", "https://a.example/****?q=***"


def plugin(name, payload):
    return {"type": 6, "timestamp": 1, "data": {"plugin": name, "payload": payload}}


def payload_of(event, policy=None):
    [event] = redact([event], policy)
    return event["data"]["payload"]


# --- the scrub seam -----------------------------------------------------------------------

SCRUBBED = [
    ("Jane Roe", "**** ***"), ("", ""), (41, 0), (4.5, 0), (0, 0), (True, True), (False, False), (None, None), ([], []), ({}, {}),
    (["Jane", 1, [None, "x"]], ["****", 0, [None, "*"]]), ({"name": {"first": "Jane"}}, {"name": {"first": "****"}}),
    ({"content-type": "x", "$ref": "y", "a.b:c": 1}, {"content-type": "*", "$ref": "*", "a.b:c": 0}),
    ({"jane@a.example": 1}, {"**************": 0}), ({"Jane Roe": {"x y": "z"}}, {"**** ***": {"* *": "*"}}), ({"user42": 1}, {"******": 0}),
    ({"a" * 41: 1}, {"*" * 41: 0}), ({"": "x"}, {"": "*"}),
]  # fmt: skip


@pytest.mark.parametrize(("value", "masked"), SCRUBBED, ids=str)
def test_what_nobody_can_name_as_safe_is_masked(value, masked):
    before = repr(value)
    assert mask_json(value) == masked
    assert mask_json(masked) == masked
    assert repr(value) == before
    assert payload_of(custom("unheard of", value)) == masked


def test_the_order_of_keys_stays():
    assert list(mask_json({"b": 1, "a": {"d": 1, "c": 2}, "e": 3})) == ["b", "a", "e"]


def test_scrubbing_does_not_recurse():
    value = "Jane"
    for _ in range(20_000):
        value = [value]
    found = mask_json(value)
    while isinstance(found, list):
        [found] = found
    assert found == "****"


def test_scrubbing_with_another_mask():
    assert mask_json({"a": ["Jane"]}, lambda _: "x") == {"a": ["x"]}
    assert payload_of(custom("unheard of", ["Jane Roe"]), Policy(hide_length=True)) == ["***"]


@pytest.mark.parametrize(
    ("key", "shown_key"),
    [("name", "name"), ("a1", "**"), ("a b", "* *"), ("é", "*"), ("name\n", "****\n")],
)
def test_keys(key, shown_key):
    assert mask_key(key) == shown_key


# --- tables --------------------------------------------------------------------------------

SPAN_DATA = {
    "statusCode": 200,
    "size": 5,
    "method": "GET",
    "duration": 1.5,
    "rating": "good",
    "value": 3,
    "nodeIds": [1, 2],
}
CRUMB = {"type": "default", "category": "navigation", "timestamp": 1.5, "level": "info"}

PAYLOADS = {
    "a navigation": (crumb("navigation", timestamp=1.5, type="default", data={"from": URL, "to": URL}),
                     {"category": "navigation", "timestamp": 1.5, "type": "default", "data": {"from": MASKED_URL, "to": MASKED_URL}}),
    "a console line": (crumb("console", level="error", message="Hi Jane", data={"arguments": ["Jane", {"a": 1}], "logger": "console"}),
                       {"category": "console", "level": "error", "message": "** ****",
                        "data": {"arguments": ["****", {"a": 0}], "logger": "console"}}),
    "a request": (crumb("fetch", data={"url": URL, "method": "POST", "status_code": 201, "body": "Jane"}),
                  {"category": "fetch", "data": {"url": MASKED_URL, "method": "POST", "status_code": 201, "body": "****"}}),
    "unknown words": (crumb("jane", type="roe", level="jane", data={"method": "JANE"}),
                      {"category": "****", "type": "***", "level": "****", "data": {"method": "****"}}),
    "odd types": (crumb(5, type=["info"], data=["Jane"], timestamp="Jane"),
                  {"category": 0, "type": ["****"], "data": ["****"], "timestamp": "****"}),
    "unknown keys": (crumb("info", note="Jane", **{"jane roe": 1}), {"category": "info", "note": "****", "**** ***": 0}),
    "no object": (custom("breadcrumb", "Jane"), "****"),
    "null": (custom("breadcrumb", None), None),
    "a slow request": (custom("performanceSpan", {"op": "resource.fetch", "description": URL, "startTimestamp": 1.5, "endTimestamp": 2,
        "data": {**SPAN_DATA, "request": {"size": 1, "headers": {"cookie": "Jane"}, "body": {"a": "Jane"}, "_meta": {"warnings": ["URL_SKIPPED", "Jane"]}},
                 "response": "Jane"}}),
        {"op": "resource.fetch", "description": MASKED_URL, "startTimestamp": 1.5, "endTimestamp": 2,
         "data": {**SPAN_DATA, "request": {"size": 1, "headers": {"cookie": "****"}, "body": {"a": "****"},
                                           "_meta": {"warnings": ["URL_SKIPPED", "****"]}}, "response": "****"}}),
    "a web vital": (custom("performanceSpan", {"op": "web-vital", "description": "largest-contentful-paint", "data": {"nodeIds": ["Jane"]}}),
                    {"op": "web-vital", "description": "largest-contentful-paint", "data": {"nodeIds": ["****"]}}),
    "memory": (custom("performanceSpan", {"op": "memory", "description": "memory", "data": {"memory": {"jsHeapSizeLimit": 9, "x": 9}}}),
               {"op": "memory", "description": "memory", "data": {"memory": {"jsHeapSizeLimit": 9, "x": 0}}}),
    "a span that is none": (custom("performanceSpan", {"op": 5, "description": 5, "data": 5}), {"op": 0, "description": 0, "data": 0}),
    "options": (custom("options", {"maskAllText": True, "sessionSampleRate": 0.5, "user": "Jane"}),
                {"maskAllText": True, "sessionSampleRate": 0.5, "user": "****"}),
    "a page": (custom("$pageview", {"href": URL, "width": 5}), {"href": MASKED_URL, "width": 5}),
    "console plugin": (plugin("rrweb/console@1", {"level": "log", "trace": ["at jane.js"], "payload": ['"Jane"']}),
                       {"level": "log", "trace": ["** *******"], "payload": ["******"]}),
    "network plugin": (plugin("rrweb/network@1", {"requests": [{"name": URL, "method": "GET", "status": 200, "body": "Jane"}, 5], "isInitial": True}),
                       {"requests": [{"name": MASKED_URL, "method": "GET", "status": 200, "body": "****"}, 0], "isInitial": True}),
    "network plugin, odd": (plugin("rrweb/network@1", {"requests": "Jane"}), {"requests": "****"}),
    "sequential ids": (plugin("rrweb/sequential-id@1", {"id": 5}), {"id": 5}),
    "another plugin": (plugin("Jane", {"a": ["Jane"]}), {"a": ["****"]}),
}  # fmt: skip


@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads(name):
    event, masked = PAYLOADS[name]
    [found] = redact([event])
    assert found["data"]["payload"] == masked
    assert redact([found]) == [found]


@pytest.mark.parametrize("name", PAYLOADS)
def test_all_metadata_is_masked_on_request(name):
    event, _ = PAYLOADS[name]
    assert payload_of(event, Policy(metadata="mask")) == mask_json(event["data"]["payload"])


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_names_of_known_events_stay(tag):
    event, key = (plugin(tag, {}), "plugin") if tag in PLUGINS else (custom(tag, {}), "tag")
    for policy in (Policy(), Policy.lockdown()):
        assert redact([event], policy)[0]["data"][key] == tag


def test_names_of_unknown_events_are_masked():
    assert redact([custom("Jane Roe", 1)])[0]["data"]["tag"] == "**** ***"
    assert redact([plugin("rrweb/console@1", 1), plugin("Jane", 1)])[1]["data"]["plugin"] == "****"
    assert "rrweb/console@1" not in CUSTOM
    assert redact([custom("rrweb/console@1", 1)])[0]["data"]["tag"] == "*" * 15


def test_an_event_without_a_payload_stays_without():
    for tag in (*CUSTOM, "Jane"):
        [event] = redact([{"type": 5, "timestamp": 1, "data": {"tag": tag}}])
        assert "payload" not in event["data"]


# --- ui.* breadcrumbs ------------------------------------------------------------------------


def test_ui_breadcrumbs_are_judged_by_their_node():
    page = Page()
    secret, public = page.element("button", {}), page.element("button", {"class": "sentry-unmask"})
    message = 'form[title="Jane"] > button[aria-label="Roe"][type="submit"]'

    def click(node):
        data = {
            "nodeId": node["id"],
            "node": {
                "id": node["id"],
                "tagName": "button",
                "textContent": "Roe",
                "attributes": {"alt": "Roe"},
            },
        }
        return crumb("ui.click", message=message, data=data)

    _, first, second = redact([page.snapshot(secret, public), click(secret), click(public)])
    assert "Roe" not in str(first)
    assert (
        first["data"]["payload"]["message"]
        == 'form[title="****"] > button[aria-label="***"][type="submit"]'
    )
    assert (
        second["data"]["payload"]["message"]
        == 'form[title="****"] > button[aria-label="Roe"][type="submit"]'
    )
    assert second["data"]["payload"]["data"]["node"]["textContent"] == "Roe"


@pytest.mark.parametrize(
    "payload",
    [{"message": 5, "data": 5}, {"message": "Jane Roe", "data": {"node": 5}}, {"data": {"nodeId": "x", "node": {"id": 1, "attributes": 5, "tagName": "J R"}}}],
    ids=str,
)  # fmt: skip
def test_odd_ui_breadcrumbs_are_scrubbed(payload):
    assert not {"Jane", "Roe", "J R"} & set(str(redact([crumb("ui.input", **payload)])).split("'"))


def test_key_presses_that_write_become_asterisks():
    events = [
        crumb("ui.keyDown", data={"key": key, "code": code, "ctrlKey": True})
        for key, code in (("a", "KeyA"), ("Enter", "Enter"))
    ]
    first, second = (event["data"]["payload"]["data"] for event in redact(events))
    assert first == {"key": "*", "code": "*", "ctrlKey": True}
    assert second == {"key": "Enter", "code": "Enter", "ctrlKey": True}


def test_one_address_is_masked_alike_wherever_it_stands():
    address = "https://shop.example/users/jane?token=roe#doe"
    masked = "https://shop.example/*****/****?token=***#***"
    span = {"op": "navigation.push", "description": address, "data": {"previous": address}}
    page = Page()
    events = [
        {"type": 4, "timestamp": 1, "data": {"href": address, "width": 1, "height": 1}},
        page.snapshot(
            page.element("a", {"href": address}), page.element("form", {"action": address})
        ),
        crumb("navigation", data={"from": address, "to": address}),
        crumb("fetch", data={"url": address, "method": "GET"}),
        custom("performanceSpan", span),
        plugin("rrweb/network@1", {"requests": [{"name": address}]}),
    ]
    assert shown(events).count(masked) == 9


def click(subject, **changes):
    data = {
        "nodeId": subject["id"],
        "node": {
            "id": subject["id"],
            "tagName": "p",
            "textContent": "Jane",
            "attributes": {"title": "Jane"},
        },
    }
    return crumb("ui.click", message='p[title="Jane"]', data={**data, **changes})


def test_a_breadcrumb_is_judged_by_the_level_of_its_moment():
    page = Page()
    node = page.element("p", {"class": "sentry-unmask"})
    body = page.element("body", {}, node)
    events = [page.snapshot(body), click(node), change(node, **{"class": "x"}), click(node)]
    assert [str(event).count("Jane") for event in redact(events)] == [0, 3, 0, 0]


@pytest.mark.parametrize(
    "changes",
    [{"nodeId": 99, "node": {"textContent": "Jane"}}, {"nodeId": "1"}, {"nodeId": True}, {"nodeId": None}, {"node": {"id": 77, "textContent": "Jane"}},
     {"nodeId": 99}],
    ids=str,
)  # fmt: skip
def test_a_breadcrumb_of_no_certain_node_is_masked(changes):
    page = Page()
    node = page.element("p", {"class": "sentry-unmask"})
    _, event = redact([page.snapshot(node), click(node, **changes)])
    assert "Jane" not in str(event)


def test_a_breadcrumb_of_a_removed_node_is_masked():
    page = Page()
    node = page.element("p", {"class": "sentry-unmask"})
    body = page.element("body", {}, node)
    assert "Jane" not in shown([page.snapshot(body), remove(body, node), click(node)])


def test_the_id_within_the_node_is_enough():
    page = Page()
    node = page.element("p", {"class": "sentry-unmask"})
    event = click(node)
    del event["data"]["payload"]["data"]["nodeId"]
    assert str(redact([page.snapshot(node), event])[1]).count("Jane") == 3


MESSAGES = {
    "div#main.page > button.primary": "div#main.page > button.primary",
    'a[href="https://a.example/jane"]': 'a[href="https://a.example/****"]',
    'input[type="text"][name="jane"]': 'input[type="text"][name="****"]',
    'p[onclick="jane()"]': 'p[onclick=""]',
    'canvas[rr_dataURL="jane"]': 'canvas[rr_dataURL=""]',
    "Jane Roe": "**** ***",
    'p[title="Jane': "*************",
    "p > Jane Roe": "* * **** ***",
    "Jane said: <p>": "**** ***** ***",
    "": "",
}


@pytest.mark.parametrize("message", MESSAGES)
def test_messages(message):
    found = payload_of(crumb("ui.click", message=message))["message"]
    assert found == MESSAGES[message]
    assert payload_of(crumb("ui.click", message=found))["message"] == found


@pytest.mark.parametrize(
    ("data", "masked"),
    [({"key": "é", "shiftKey": True}, {"key": "*", "shiftKey": True}), ({"key": "ArrowUp", "code": "ArrowUp"}, {"key": "ArrowUp", "code": "ArrowUp"}),
     ({"key": "Jane"}, {"key": "*"}), ({"key": 5, "code": None}, {"key": "*", "code": "*"}), ({"key": "Dead", "code": "Digit4"}, {"key": "Dead", "code": "*"}),
     ({"url": URL, "route": "/jane", "endReason": "timeout", "clickCount": 2}, {"url": MASKED_URL, "route": "/****", "endReason": "timeout", "clickCount": 2}),
     ({"other": "Jane"}, {"other": "****"})],
    ids=str,
)  # fmt: skip
def test_data_of_ui_breadcrumbs(data, masked):
    assert payload_of(crumb("ui.keyDown", data=data))["data"] == masked


def test_a_node_of_a_breadcrumb_keeps_its_tag_name_only_if_it_is_one():
    found = payload_of(
        crumb(
            "ui.click",
            data={
                "node": {
                    "id": 1,
                    "tagName": "x-y",
                    "attributes": {"class": "a", "alt": "Jane"},
                    "other": "Jane",
                }
            },
        )
    )
    assert found["data"]["node"] == {
        "id": 1,
        "tagName": "x-y",
        "attributes": {"class": "a", "alt": "****"},
        "other": "****",
    }
    assert payload_of(crumb("ui.click", data={"node": {"tagName": "Jane Roe"}}))["data"][
        "node"
    ] == {"tagName": "**** ***"}


# --- any JSON at all -----------------------------------------------------------------------

_STRINGS = st.text(max_size=6) | st.sampled_from(
    ["ui.click", "ui.input", "navigation", "GET", "Jane", "jan\u00e9", "x-4711123", "password", "jane@a.example", "https://a.example/jane?q=roe",
     'div#a.b > p[title="Jane"]', 'a[diabetes="x"]', "p#order-4711123"]
)  # fmt: skip
_KEYS = st.sampled_from(
    """data node nodeId id tagName textContent attributes message category key value name type level request response
    headers url requests title description payload trace""".split()
)  # fmt: skip
_JSON = st.recursive(
    _STRINGS | st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | _STRINGS, inner, max_size=5),
    max_leaves=12,
)  # fmt: skip
_NODE = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from([1, 2]) | _JSON,
        "tagName": _JSON,
        "textContent": _JSON,
        "attributes": _JSON,
    },
)
_CRUMB = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from(["ui.click", "ui.input"]) | _JSON,
        "message": _JSON,
        "data": _JSON | st.fixed_dictionaries({}, optional={"nodeId": st.sampled_from([1, 2]) | _JSON, "node": _NODE | _JSON}),
    },
)  # fmt: skip
_POLICIES = [Policy(), Policy(metadata="scrub"), Policy.permissive(), Policy.lockdown(), Policy(unmask="p")]  # fmt: skip


@pytest.mark.parametrize(
    "policy", _POLICIES, ids=["strict", "scrub", "permissive", "lockdown", "unmask"]
)
@settings(max_examples=100)
@given(name=st.sampled_from([*sorted(TAGS), "x"]), payload=_JSON | _CRUMB)
def test_any_payload_is_masked_and_settles(policy, name, payload):
    page = Page()
    start = page.snapshot(page.element("p", {"class": "a"}))
    event = plugin(name, payload) if name in PLUGINS else custom(name, payload)
    once = redact([start, event], policy)
    assert redact(once, policy) == once
    assert not find_leaks(json.dumps(once).encode(), policy)
    find_leaks(json.dumps([start, event]).encode(), policy)


def test_a_message_says_nothing_beside_public_names():
    shown = 'p#order-0000000.row.o-0000000[title="****"]'
    for message in (
        'p#order-4711123.row.o-4711123[title="Jane"]',
        'p#order-9876543.row.o-9876543[diabetes="x"][title="John"][roe="y"]',
    ):
        assert payload_of(crumb("ui.click", message=message))["message"] == shown
        assert payload_of(crumb("ui.click", message=shown))["message"] == shown


@pytest.mark.parametrize(
    ("tag", "shown_tag"), [("p", "p"), ("x-4711123", "x-0000000"), ("jan\u00e9", "****"), ("Jane Roe", "**** ***"), (7, 0), (["p"], ["*"]), (None, None)], ids=str
)  # fmt: skip
def test_tags_of_copied_nodes(tag, shown_tag):
    node = {"id": 9, "tagName": tag}
    assert (
        payload_of(crumb("ui.click", data={"node": node}))["data"]["node"]["tagName"] == shown_tag
    )
