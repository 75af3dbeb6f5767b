"""What the SDK blocks: media and more; a tie between block and show_media shows."""

import pytest
from helpers import Page, add, change, children, custom, incremental, mutation, redact, remove, say

from replay_redact import Policy

MEDIA = ["img", "image", "svg", "video", "object", "picture", "embed", "map", "audio"]
NOT_MEDIA = ["canvas", "iframe", "source", "track", "frame", "area"]


def box(tag, attributes, policy):
    page = Page()
    [event] = redact([page.snapshot(page.element(tag, attributes, page.text("Jane")))], policy)
    [element] = children(event)
    return element["childNodes"] == []


@pytest.mark.parametrize("tag", MEDIA)
def test_media(tag):
    assert box(tag, {}, Policy.sentry())
    assert not box(tag, {}, Policy.sentry(block_all_media=False))
    assert not box(tag, {}, Policy.sentry(show_media=tag))


@pytest.mark.parametrize("tag", NOT_MEDIA)
def test_what_does_not_count_as_media(tag):
    assert not box(tag, {}, Policy.sentry())


@pytest.mark.parametrize(
    ("tag", "attributes", "blocked"),
    [
        ("link", {"rel": "icon"}, True),
        ("link", {"rel": "apple-touch-icon"}, True),
        ("link", {"rel": "shortcut icon"}, False),
        ("base", {}, True),
        ("iframe", {"srcdoc": "Jane"}, True),
        ("iframe", {"srcdoc": "Jane", "src": "a"}, False),
        ("div", {"class": "sentry-block"}, True),
        ("div", {"data-sentry-block": ""}, True),
        ("div", {"class": "rr-block"}, True),
        ("div", {"class": "mine"}, True),
        ("div", {"class": "mine shown"}, False),
    ],
)
def test_selectors(tag, attributes, blocked):
    assert box(tag, attributes, Policy.sentry(block=".mine", show_media=".shown")) is blocked


@pytest.mark.parametrize(
    ("tag", "attributes", "expected"),
    [
        ("img", {"class": "Jane", "src": "x", "width": "40", "height": "30"}, {"class": "Jane", "rr_width": "40px", "rr_height": "30px"}),
        ("img", {"rr_width": "5.5px"}, {"rr_width": "0px", "rr_height": "0px"}),
        ("img", {"rr_width": "5px", "width": "9"}, {"rr_width": "5px", "rr_height": "0px"}),
        ("video", {}, {"rr_width": "300px", "rr_height": "150px"}),
        ("svg", {"width": "100%", "viewBox": "Jane"}, {"rr_width": "300px", "rr_height": "150px"}),
    ],
)  # fmt: skip
def test_a_box_has_a_class_and_a_size(tag, attributes, expected):
    page = Page()
    [event] = redact([page.snapshot(page.element(tag, attributes))], Policy.sentry())
    assert children(event)[0]["attributes"] == expected


def block_page(page, **attributes):
    inner = page.element("p", {}, page.text("x"))
    return page.element("div", attributes, inner), inner


ABOUT = {
    "interaction": lambda node: incremental(2, type=2, id=node, x=1, y=1),
    "scroll": lambda node: incremental(3, id=node, x=1, y=1),
    "input": lambda node: incremental(5, id=node, text="x", isChecked=False),
    "media": lambda node: incremental(7, type=0, id=node),
    "selection": lambda node: incremental(14, ranges=[{"start": node, "startOffset": 0, "end": node, "endOffset": 1}]),
}  # fmt: skip


@pytest.mark.parametrize("kind", ABOUT)
@pytest.mark.parametrize(("blocked", "expected"), [({"class": "sentry-block"}, 1), ({}, 2)])
def test_events_about_blocked_nodes_are_dropped(kind, blocked, expected):
    page = Page()
    div, inner = block_page(page, **blocked)
    assert len(redact([page.snapshot(div), ABOUT[kind](inner["id"])], Policy.sentry())) == expected
    assert len(redact([page.snapshot(div), ABOUT[kind](div["id"])], Policy.sentry())) == expected


def test_a_selection_of_nothing_stays():
    page = Page()
    assert (
        len(redact([page.snapshot(page.element("p")), incremental(14, ranges=[])], Policy.sentry()))
        == 2
    )


def test_changes_below_a_block_are_dropped():
    page = Page()
    div, inner = block_page(page, **{"class": "sentry-block"})
    text = inner["childNodes"][0]
    body = page.element("body", {}, div)
    events = [page.snapshot(body), say(text, "Jane"), change(inner, title="Jane"), change(div, title="Jane"),
              add(div, page.text("Jane")), add(inner, page.text("Jane")), remove(div, inner), remove(inner, text)]  # fmt: skip
    assert len(redact(events, Policy.sentry())) == 1
    assert len(redact([*events, remove(body, div)], Policy.sentry())) == 2


def test_a_block_that_comes_late_hides_itself_but_not_changes_of_text_below_it():
    page = Page()
    div, inner = block_page(page)
    text = inner["childNodes"][0]
    late = change(div, **{"class": "sentry-block"})
    events = [
        page.snapshot(div),
        late,
        say(text, "Jane"),
        change(inner, title="x"),
        add(div, page.text("Jane")),
    ]
    _, changed, other = redact(events, Policy.sentry())
    assert changed["data"]["texts"][0]["value"] == "****"
    assert other["data"]["attributes"][0]["attributes"] == {"title": "*"}


def test_text_right_below_a_late_block_is_dropped():
    page = Page()
    div = page.element("div", {}, page.text("x"))
    events = [
        page.snapshot(div),
        change(div, **{"class": "rr-block"}),
        say(div["childNodes"][0], "Jane"),
    ]
    assert len(redact(events, Policy.sentry())) == 1


def test_a_block_that_ends_takes_new_children():
    page = Page()
    div, inner = block_page(page, **{"class": "sentry-block"})
    events = [
        page.snapshot(div),
        change(div, **{"class": "x"}),
        add(div, page.text("Jane")),
        say(inner, "Jane"),
    ]
    _, changed, added = redact(events, Policy.sentry())
    assert changed["data"]["attributes"][0]["attributes"] == {"class": "x"}
    assert added["data"]["adds"][0]["node"]["textContent"] == "****"


def test_a_node_below_itself_is_dropped():
    page = Page()
    div, inner = block_page(page)
    assert (
        len(redact([page.snapshot(div), add(inner, {**div, "childNodes": []})], Policy.sentry()))
        == 1
    )


def test_positions_over_unrecorded_nodes_have_no_node():
    page = Page()
    div, inner = block_page(page, **{"class": "sentry-block"})
    positions = [{"x": 1, "y": 1, "id": node["id"], "timeOffset": 0} for node in (div, inner)]
    _, move = redact([page.snapshot(div), incremental(1, positions=positions)], Policy.sentry())
    assert [position["id"] for position in move["data"]["positions"]] == [div["id"], -1]


@pytest.mark.parametrize("change_", ["set", "remove"])
@pytest.mark.parametrize(("name", "passes"), [("background-image", False), ("background", True)])
def test_background_images_of_rules_go_with_the_media(change_, name, passes):
    page = Page()
    style = page.element("style")
    part = {"property": name} | ({"value": "url(a.png)"} if change_ == "set" else {})
    events = [page.snapshot(style), incremental(13, id=style["id"], index=[0], **{change_: part})]
    assert len(redact(events, Policy.sentry())) == 1 + passes
    assert len(redact(events, Policy.sentry(block_all_media=False))) == 2


def test_sheets_of_nodes_that_were_not_recorded_are_dropped():
    page = Page()
    div = page.element("div", {"class": "rr-block"}, page.element("style"))
    rules = [{"rule": "p{}", "index": 0}]
    events = [
        page.snapshot(div),
        incremental(8, id=div["childNodes"][0]["id"], adds=rules),
        incremental(8, styleId=1, adds=rules),
    ]
    assert len(redact(events, Policy.sentry())) == 2


def test_what_the_sdk_does_not_record_is_dropped():
    plugin = {"type": 6, "timestamp": 1, "data": {"plugin": "x", "payload": "Jane"}}
    canvas = incremental(9, id=1, type=0, commands=[])
    log = incremental(11, level="log", trace=[], payload=["Jane"])
    asset = {"type": 7, "timestamp": 1, "data": {"url": "Jane"}}
    assert redact([plugin, canvas, log, asset], Policy.sentry()) == []


def test_what_the_sdk_leaves_as_it_is():
    page = Page()
    meta = {
        "type": 4,
        "timestamp": 1,
        "data": {"href": "https://a.example/?q=Jane", "width": 1, "height": 1},
    }
    comment = page.snapshot(page.comment("x"))
    own = custom("mine", {"name": "Jane"})
    font = incremental(10, family="F", fontSource="url(a)", buffer=False)
    kept = redact([meta, comment, own, font, mutation()], Policy.sentry())
    assert [kept[0]["data"]["href"], kept[2]["data"]["payload"]] == [
        "https://a.example/?q=Jane",
        {"name": "Jane"},
    ]
    assert len(kept) == 5
    assert children(kept[1])[0]["textContent"] == ""
