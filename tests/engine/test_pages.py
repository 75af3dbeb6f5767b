"""Rules by page: which page a window shows, what holds there, and what holds in between."""

import json

import pytest

from replay_redact import Policy, Redactor, StateError, decode, redact_bytes, redact_events
from replay_redact._engine.pages.mirror import PagedMirror
from replay_redact._masks.media import BLOCK_STYLE
from replay_redact._rules.pages import compile_page_rules
from replay_redact.report import Report
from replay_redact.scrub import Scrub, ScrubRule
from replay_redact.testing import explain, find_leaks

HOME, ADMIN, CARD, HELP = (
    f"https://shop.example/{path}" for path in ("home", "admin/7", "card/x", "help/a")
)
POLICY = Policy(
    mask_all_text=False,
    pages=[{"url": "/admin/**", "mask_all_text": True}, {"url": "/card/:id", "drop": True}],
)
NO_DROP = POLICY.replace(pages=POLICY.pages[:1])
GRAY = {
    "type": 0,
    "id": 1,
    "childNodes": [
        {
            "type": 2,
            "id": 2,
            "tagName": "html",
            "attributes": {"style": BLOCK_STYLE},
            "childNodes": [
                {"type": 2, "id": 3, "tagName": "head", "attributes": {}, "childNodes": []},
                {"type": 2, "id": 4, "tagName": "body", "attributes": {}, "childNodes": []},
            ],
        }
    ],
}


def meta(href, **more):
    return {"type": 4, "data": {"href": href, "width": 800, "height": 600}, **more}


def tree(text, **attributes):
    child = {"type": 3, "id": 3, "textContent": text}
    body = {"type": 2, "id": 2, "tagName": "p", "attributes": attributes, "childNodes": [child]}
    return {"type": 0, "id": 1, "childNodes": [body]}


def full(text, **attributes):
    return {"type": 2, "data": {"node": tree(text, **attributes)}}


def say(text):
    texts = [{"id": 3, "value": text}]
    data = {"source": 0, "texts": texts, "attributes": [], "removes": [], "adds": []}
    return {"type": 3, "data": data}


def custom(tag, payload):
    return {"type": 5, "data": {"tag": tag, "payload": payload}}


def crumb(to):
    return custom("breadcrumb", {"category": "navigation", "data": {"from": "/a", "to": to}})


def log(text):
    return {"type": 6, "data": {"plugin": "rrweb/console@1", "payload": {"payload": [text]}}}


def timed(*events):
    """Give each event a time of its own."""
    return [{"timestamp": time, **event} for time, event in enumerate(events)]


def at_once(*events):
    return [{"timestamp": 0, **event} for event in events]


def shown(events, policy=POLICY):
    """Return what can be read of each event that goes out: its text, or its kind."""
    return [_read(event) for event in json.loads(redact_bytes(json.dumps(events).encode(), policy))]


def _read(event):
    data = event["data"]
    if event["type"] == 2:
        return (
            "gray"
            if data["node"] == GRAY
            else data["node"]["childNodes"][0]["childNodes"][0]["textContent"]
        )
    if event["type"] == 3:
        return data["texts"][0]["value"]
    if event["type"] == 4:
        return data.get("href")
    return data.get("payload", data)


# --- on a page ----------------------------------------------------------------------------


def test_each_page_has_its_own_rules():
    for at, there in ((HOME, "Jane"), (ADMIN, "****"), ("https://shop.example/card", "Jane")):
        assert shown(timed(meta(at), full("Jane"), say("Jane")))[1:] == [there, there]


def test_the_first_page_that_fits_wins():
    policy = Policy(
        pages=[{"url": "/help/a", "mask_all_text": False}, {"url": "/help/*", "drop": True}]
    )
    assert shown(timed(meta(HELP), full("Jane")), policy)[1] == "Jane"
    assert shown(timed(meta("/help/b"), full("Jane")), policy)[1] == "gray"


def test_a_dropped_page_is_gray_and_all_else_of_it_counts_as_dropped():
    redactor = Redactor(POLICY)
    events = timed(meta(CARD), full("Jane"), say("Jane"), log("Jane"), meta(CARD), full("Roe"))
    output = json.loads(redactor.process_bytes(json.dumps(events).encode()))
    assert list(map(_read, output)) == ["https://shop.example/card/*", "gray"] * 2
    assert redactor.report.dropped == {"Mutation": 1, "Plugin": 1}
    assert (
        sum(redactor.report.masked.values())
        == len(find_leaks(json.dumps(events).encode(), POLICY))
        == 6
    )
    assert find_leaks(json.dumps(output).encode(), POLICY) == []


def test_an_address_that_tells_a_page_keeps_the_words_of_the_pattern():
    assert shown(timed(meta(ADMIN), meta(HOME), meta(CARD))) == [
        "https://shop.example/admin/*",
        "https://shop.example/****",
        "https://shop.example/card/*",
    ]


def test_an_address_is_masked_by_the_page_that_it_says():
    policy = POLICY.replace(
        mask_urls=False, pages=[{"url": "/admin/**"}, {"url": "/help/**", "mask_urls": True}]
    )
    assert shown(timed(meta(ADMIN), meta(HELP), meta(ADMIN)), policy) == [
        ADMIN,
        "https://shop.example/help/*",
        ADMIN,
    ]


def test_a_scrubbed_address_still_tells_its_page():
    scrub = Scrub(rules=[ScrubRule(pattern="shop")])
    policy = Policy(mask_urls=False, scrub=scrub, pages=[{"url": "https://shop.example/**"}])
    [once] = shown(timed(meta("https://shop.example/x")), policy)
    assert once == "https://shop.example/*" == shown(timed(meta(once)), policy)[0]


@pytest.mark.parametrize(
    "events",
    [
        timed(
            meta(HOME),
            full("a"),
            {"type": 0, "data": {}},
            meta(HOME),
            crumb("/x"),
            say("Jane"),
            full("b"),
        ),
        timed(meta(HOME), full("a"), crumb("/home?x=1"), say("Jane")),
    ],
)
def test_another_address_of_the_same_page_changes_nothing(events):
    assert "Jane" in shown(events)


# --- between pages ------------------------------------------------------------------------


def test_from_a_change_to_the_next_full_snapshot_the_strictest_options_hold():
    for first, second in ((HOME, ADMIN), (ADMIN, HOME)):
        events = timed(
            meta(first), full("a"), meta(second), say("Jane"), meta(first), say("Jane"), full("b")
        )
        assert shown(events)[3::2] == ["****", "****"]
        assert shown(events)[-1] == ("b" if first == HOME else "*")


def test_a_change_from_or_to_a_dropped_page_drops():
    there = timed(
        meta(HOME), full("a"), say("b"), crumb("/card/7"), say("Jane"), log("Jane"), full("Jane")
    )
    assert shown(there) == ["https://shop.example/****", "a", "b", "gray"]
    back = timed(meta(CARD), full("a"), meta(HOME), say("Jane"), log("Jane"), full("b"), say("c"))
    assert shown(back)[2:] == ["https://shop.example/****", "b", "c"]


def test_only_meta_leaves_a_dropped_page():
    events = timed(meta(CARD), full("a"), crumb("/home"), full("Jane"), meta(HOME), full("b"))
    assert shown(events)[2:] == ["gray", "https://shop.example/****", "b"]


def test_a_gray_page_stays_gray_whatever_blocks_it():
    policy = POLICY.replace(block=":root")
    events = timed(meta(HOME), full("a"), crumb("/card/7"), full("Jane"))
    once = redact_bytes(json.dumps(events).encode(), policy)
    assert redact_bytes(once, policy) == once
    assert json.loads(once)[-1]["data"]["node"] == GRAY


def test_while_nobody_knows_the_page_the_strictest_options_hold():
    assert shown(timed(full("Jane"), say("Jane")), NO_DROP) == ["****", "****"]
    assert shown(timed(full("Jane"), say("Jane"), log("Jane"))) == ["gray"]
    assert shown(timed(full("Jane"), meta(HOME), say("Jane"), full("a")), NO_DROP)[2:] == [
        "****",
        "a",
    ]


@pytest.mark.parametrize("address", ["about:blank", "", "/Admin/7", "/x/../admin/7", 7, None])
def test_an_address_that_is_none_or_unclear_leaves_the_page_unknown(address):
    events = timed(meta(HOME), full("a"), meta(address), say("Jane"), full("Jane"), say("Jane"))
    assert shown(events, NO_DROP)[1] == "a"
    assert "Jane" not in json.dumps(shown(events, NO_DROP))
    assert shown(events)[-1] == "gray"


def test_a_broken_meta_leaves_the_page_unknown():
    broken = {"type": 4, "data": {"href": HOME}}
    events = timed(meta(HOME), full("a"), broken, full("Jane"))
    assert shown(events, NO_DROP)[1:] == ["a", "****"]
    in_windows = [
        {"windowId": name, **event} for event in timed(meta(HOME), full("a")) for name in "ab"
    ]
    for lost, there in ((broken, "Jane"), ({**broken, "windowId": "a"}, "Jane")):
        [*_, last] = shown(
            [
                *in_windows,
                {**lost, "timestamp": 8},
                {**say(there), "timestamp": 9, "windowId": "b"},
            ],
            NO_DROP,
        )
        assert last == ("****" if lost is broken else "Jane")


def test_an_event_of_an_unknown_kind_says_no_address():
    events = timed(meta(HOME), full("a"), {"type": 99, "data": {}}, say("b"))
    assert shown(events)[1:] == ["a", "b"]


def test_after_a_gap_the_page_is_unknown():
    redactor = Redactor(NO_DROP)
    redactor.process_bytes(json.dumps(timed(meta(HOME), full("a"))).encode(), segment=0)
    output = redactor.process_bytes(json.dumps(timed(full("Jane"))).encode(), segment=2)
    assert _read(json.loads(output)[0]) == "****"


# --- what says an address -----------------------------------------------------------------

SAYING = [
    crumb,
    lambda to: custom(
        "performanceSpan", {"op": "navigation.push", "description": to, "data": {"previous": "/a"}}
    ),
    *(lambda to, tag=tag: custom(tag, {"href": to}) for tag in ("$pageview", "$url_changed")),
    *(lambda to, tag=tag: custom(tag, {"url": to}) for tag in ("recording-meta", "pageview-meta")),
]


@pytest.mark.parametrize("saying", SAYING)
@pytest.mark.parametrize("metadata", ["safe", "scrub", "mask"])
def test_events_that_say_an_address(saying, metadata):
    policy = NO_DROP.replace(metadata=metadata)
    events = timed(meta(HOME), full("a"), saying(ADMIN), full("Jane"), saying("/home"), full("b"))
    once = redact_bytes(json.dumps(events).encode(), policy)
    assert [_read(event) for event in json.loads(once) if event["type"] == 2] == ["a", "****", "b"]
    assert "https://shop.example/admin/*" in once.decode()
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy) == []


@pytest.mark.parametrize(
    "event",
    [
        custom("breadcrumb", {"category": "navigation"}),
        custom("breadcrumb", {"category": "navigation", "data": {"to": 7}}),
        custom("$pageview", {"href": "/home", "url": "/admin"}),
        custom("$pageview", 7),
        custom("$url_changed", {}),
    ],
)
def test_an_event_that_does_not_say_which_address_leaves_the_page_unknown(event):
    assert shown(timed(meta(HOME), full("a"), event, full("Jane")), NO_DROP)[-1] == "****"


@pytest.mark.parametrize(
    "event",
    [
        custom("performanceSpan", {"op": "navigation.navigate", "description": "/admin"}),
        custom("breadcrumb", {"category": "ui.click", "data": {"to": "/admin"}}),
        custom("breadcrumb", 7),
        custom("own", {"href": "/admin"}),
        log("/admin"),
    ],
)
def test_events_that_say_nothing_about_the_page(event):
    assert shown(timed(meta(HOME), full("a"), event, say("b")))[-1] == "b"


def test_events_that_agree_on_the_page():
    event = custom("$pageview", {"href": "/admin/1", "url": "/admin/2"})
    assert shown(timed(meta(ADMIN), full("a"), event, meta(HOME), full("b")))[-1] == "b"


# --- moments ------------------------------------------------------------------------------


def test_what_comes_before_a_change_in_a_moment_is_judged_by_the_strictest_options():
    start = [{**event, "timestamp": -1} for event in (meta(HOME), full("a"))]
    events = at_once(say("Jane"), log("Jane"), meta(ADMIN), full("b"), say("c"))
    assert shown([*start, *events], NO_DROP.replace(metadata="scrub"))[2:] == [
        "****",
        {"payload": ["Jane"]},
        "https://shop.example/admin/*",
        "*",
        "*",
    ]
    policy = NO_DROP.replace(metadata="scrub", pages=[{"url": "/admin/**", "metadata": "mask"}])
    assert shown([*start, *events], policy)[3] == {"payload": ["****"]}


def test_what_said_a_page_in_a_moment_still_says_it():
    start = [{**event, "timestamp": -1} for event in (meta(HOME), full("a"))]
    events = [
        *start,
        *at_once(crumb("/admin/1"), custom("own", {"a": "Jane"}), meta(HOME), full("b")),
    ]
    once = redact_bytes(json.dumps(events).encode(), NO_DROP)
    said, own = (event["data"]["payload"] for event in json.loads(once)[2:4])
    assert said == {"category": "navigation", "data": {"from": "/*", "to": "/admin/*"}}
    assert own == {"a": "****"}
    assert redact_bytes(once, NO_DROP) == once


def test_an_event_that_cannot_be_read_drops_what_comes_before_in_the_moment():
    start = [{**event, "timestamp": -1} for event in (meta(HOME), full("a"))]
    lost = {"type": 2, "data": {"node": 7}}
    assert shown([*start, *at_once(say("Jane"), full("Jane"), lost)], NO_DROP)[2:] == ["gray"]


def test_what_comes_behind_the_snapshot_in_a_moment_is_judged_by_its_page():
    start = [{**event, "timestamp": -1} for event in (meta(ADMIN), full("a"))]
    assert shown([*start, *at_once(say("Jane"), meta(HOME), full("b"), say("c"))])[2:] == [
        "****",
        "https://shop.example/****",
        "b",
        "c",
    ]


def test_a_change_to_a_dropped_page_drops_what_comes_before_in_the_moment():
    start = [{**event, "timestamp": -1} for event in (meta(HOME), full("a"))]
    events = [*start, *at_once(say("Jane"), full("Jane"), meta(CARD), full("b"))]
    assert shown(events)[2:] == ["gray", "https://shop.example/card/*", "gray"]
    redactor = Redactor(POLICY)
    redactor.process_bytes(json.dumps(events).encode())
    assert sum(redactor.report.masked.values()) == len(
        find_leaks(json.dumps(events).encode(), POLICY)
    )


def test_a_node_that_went_in_the_moment_of_a_change_is_masked():
    start = [{**event, "timestamp": -1} for event in (meta(HOME), full("a", title="b"))]
    gone = say("Jane")
    removed = {
        "type": 3,
        "data": {**say("x")["data"], "texts": [], "removes": [{"id": 2, "parentId": 1}]},
    }
    events = [*start, *at_once(gone, removed, crumb("/admin"))]
    first = json.loads(redact_bytes(json.dumps(events).encode(), NO_DROP))[2]
    assert first["data"]["texts"][0]["value"] == "****"


# --- windows, states ----------------------------------------------------------------------


def test_each_window_is_on_a_page_of_its_own():
    events = [
        {"windowId": name, **event}
        for pair in zip(
            timed(meta(HOME), full("a"), say("b")),
            timed(meta(ADMIN), full("a"), say("b")),
            strict=True,
        )
        for name, event in zip("xy", pair, strict=True)
    ]
    assert shown(events)[2:] == ["a", "*", "b", "*"]


def test_a_state_may_be_taken_after_every_event():
    events = timed(
        *(
            meta(HOME),
            full("a"),
            say("b"),
            crumb("/admin"),
            say("c"),
            meta(CARD),
            full("d"),
            say("e"),
        ),
        *(
            meta("https://other.example/x"),
            crumb("/home"),
            full("f"),
            say("g"),
            meta("nowhere"),
            full("h"),
        ),
    )
    for policy in (
        POLICY,
        NO_DROP,
        POLICY.replace(pages=[*POLICY.pages, {"url": "https://other.example/**"}]),
    ):
        whole = list(redact_events(events, policy))
        redactor, output = Redactor(policy), []
        for event in events:
            output += json.loads(redactor.process_bytes(json.dumps([event]).encode()))
            state = redactor.state()
            redactor = Redactor.from_state(policy, state)
            assert redactor.state() == state
        assert output == whole


def test_a_state_of_another_policy_is_refused():
    redactor = Redactor(POLICY)
    redactor.process_bytes(json.dumps(timed(meta(HOME), full("a"))).encode())
    with pytest.raises(StateError):
        Redactor.from_state(NO_DROP, redactor.state())


@pytest.mark.parametrize(
    "packed",
    [
        *(b"", b"x", b"\x94\x63\x00\x00\xc4\x00", b"\x94\x00\x63\x00\xc4\x00"),
        *(b"\x94\x01\x00\x00\xc4\x00", b"\x94\x00\x00\x09\xc4\x00", b"\x94\x00\x00\x00\xc4\x01x"),
        b"\x94\x00\x04\x00\xc4\x00",
    ],
)  # fmt: skip
def test_hostile_states_name_no_page(packed):
    mirror = PagedMirror(compile_page_rules(POLICY), Report())
    with pytest.raises(ValueError, match=r"these are no|there is no such page"):
        mirror.unpack(packed)


# --- words of style sheets ----------------------------------------------------------------


def test_words_of_style_sheets_are_public_where_the_rules_show_them():
    def page(*children):
        return {"type": 2, "data": {"node": {"type": 0, "id": 1, "childNodes": list(children)}}}

    css = {"type": 3, "id": 3, "textContent": "[data-kind=warm]{top:0}"}
    style = {"type": 2, "id": 2, "tagName": "style", "attributes": {}, "childNodes": [css]}
    element = {
        "type": 2,
        "id": 4,
        "tagName": "p",
        "attributes": {"data-kind": "warm"},
        "childNodes": [],
    }
    change = {
        "type": 3,
        "data": {
            **say("")["data"],
            "texts": [],
            "attributes": [{"id": 4, "attributes": {"data-kind": "warm"}}],
        },
    }
    events = timed(meta(HOME), page(style, element), change, crumb("/admin"), change)
    for own, last in (
        ({"hide_state": True}, "****"),
        ({"mask_attributes": "data-kind"}, "****"),
        ({}, "warm"),
    ):
        policy = Policy(pages=[{"url": "/admin/**", **own}])
        output = json.loads(redact_bytes(json.dumps(events).encode(), policy))
        kinds = [output[at]["data"]["attributes"][0]["attributes"]["data-kind"] for at in (2, 4)]
        assert kinds == ["warm", last]


# --- the test kit -------------------------------------------------------------------------


def test_explanations_and_leaks_know_the_page():
    policy = Policy(mask_all_text=False, pages=[{"url": "/admin/**", "mask": "p"}])
    events = timed(meta(ADMIN), full("Jane"))
    assert "decided by      mask p, on p" in str(explain(events, 2, policy))
    home = str(explain(timed(meta(HOME), full("Jane")), 2, policy))
    assert "decided by      defaults of the policy" in home
    assert "mask_all_text is false" in home
    dropped = str(explain(timed(meta(CARD), full("Jane"), say("Jane")), 2, POLICY))
    assert "Jane" not in dropped
    assert "kept" not in dropped
    leaks = find_leaks(events, policy)
    assert [leak.rule for leak in leaks if leak.channel == "text"] == ["mask p"]
    [gray] = find_leaks(timed(meta("/card/7"), full("Jane")), POLICY)[1:]
    assert (gray.channel, gray.field) == ("media", "data")


def test_events_in_memory_know_the_page():
    redactor = Redactor(POLICY)
    for event in decode(json.dumps(timed(meta(HOME), full("a"))).encode()):
        redactor.process(event)
    [event] = decode(json.dumps(timed(say("b"))).encode())
    assert redactor.process(event).data.texts[0].value == "b"
