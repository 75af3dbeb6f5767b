"""Marks for a reviewer: what was masked, at which element and why, and what can be read."""

import json

import pytest
from helpers import Page, add, change, mutation, say, typed

from replay_redact import Policy
from replay_redact.preview.review import Mark, Region, review
from replay_redact.testing import recording_from_html

DEFAULT = "defaults of the policy"
UNMASK = "unmask .sentry-unmask"


def marked(html, policy=None):
    [snapshot], *_ = review(recording_from_html(html), policy or Policy(), "auto")
    return snapshot


def masked(html, policy=None):
    """Return the marks by the path of their element, without html and body."""
    return sorted(
        (mark.channel, mark.rule, count)
        for marks in marked(html, policy).masked.values()
        for mark, count in marks.items()
    )


def clear(html, policy=None):
    return [
        (region.path.removeprefix("html > body > "), region.rule)
        for region in marked(html, policy).clear.values()
    ]


# --- what was masked --------------------------------------------------------------------------


def test_marks_say_channel_and_rule():
    assert masked("<p title=Jane>Jane</p><a href=/jane>*</a><b class=rr-mask>Roe</b>") == [
        ("attribute", DEFAULT, 1), ("text", DEFAULT, 1), ("text", "mask .rr-mask", 1),
        ("url", "address and CSS rules", 1),
    ]  # fmt: skip


def test_what_is_gone_is_marked_at_the_box_that_stands_for_it():
    snapshot = marked("<div class=rr-block><p>Jane</p><p>Roe</p></div>")
    [(node, marks)] = snapshot.masked.items()
    assert node == snapshot.after.child_nodes[0].child_nodes[1].child_nodes[0].id
    assert marks == {Mark("media", "block .rr-block"): 2}


def test_media_is_masked_by_the_option_that_blocks_media():
    image = "<nav class=sentry-unmask><img src=jane.png></nav>"
    assert masked(image) == [("media", "block_all_media", 1)]
    assert masked("<img class=rr-mask src=jane.png>") == [("media", "mask .rr-mask", 1)]
    assert masked("<img src=jane.png>", Policy(block_all_media=False)) == []


def test_the_rules_of_the_sdk_have_one_name():
    found = {(channel, rule) for channel, rule, _ in masked("<p title=x>Jane</p><img src=x>", Policy.sentry())}  # fmt: skip
    assert found == {("attribute", "mask_attributes"), ("text", "defaults of the policy"), ("media", "block_all_media")}  # fmt: skip


def test_an_id_that_nobody_knows_is_not_marked():
    """A recording may put two nodes below each other."""
    page = Page()
    inner = {
        "type": 2,
        "id": 8,
        "tagName": "p",
        "attributes": {},
        "childNodes": [page.text("Jane")],
    }
    outer = {
        "type": 2,
        "id": 9,
        "tagName": "p",
        "attributes": {"class": "rr-block"},
        "childNodes": [inner],
    }
    again = {**inner, "childNodes": [{**outer, "childNodes": [page.text("Roe")]}]}
    data = json.dumps([page.snapshot(outer, again)]).encode()
    [snapshot], leaks, *_ = review(data, Policy(), "auto")
    assert leaks
    assert all(node in {8, 9} for node in snapshot.masked)


def test_what_is_about_no_element_is_counted_only():
    page = Page()
    event = page.snapshot(page.element("p", {}))
    event["data"]["node"]["compatMode"] = "Jane"
    [snapshot], leaks, *_ = review(json.dumps([event]).encode(), Policy(), "auto")
    assert snapshot.masked == {}
    assert [leak.channel for leak in leaks] == ["structure"]


# --- what is in clear ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "regions"),
    [
        ("<p>Jane</p>", []),
        ("<nav class=sentry-unmask>Shop</nav>", [("nav.sentry-unmask", UNMASK)]),
        ("<nav class=sentry-unmask><b>Shop</b> <i>Cart</i></nav>", [("nav.sentry-unmask", UNMASK)]),
        ("<nav class=sentry-unmask><b>Shop</b><i class=rr-mask>x</i></nav>", [("nav.sentry-unmask > b", UNMASK)]),
        ("<nav class=sentry-unmask>Shop<i class=rr-mask>x</i></nav>", [("nav.sentry-unmask", UNMASK)]),
        ("<nav class=sentry-unmask>Shop<img src=x></nav>", [("nav.sentry-unmask", UNMASK)]),
        ("<nav class=sentry-unmask><b></b> </nav>", []),
        ("<nav class=sentry-unmask>***</nav>", []),
        ("<nav class=sentry-unmask title=Shop></nav>", [("nav.sentry-unmask", UNMASK)]),
        ("<input class=sentry-unmask value=Jane>", [("input.sentry-unmask", UNMASK)]),
        ("<input class=sentry-unmask type=password value=Jane>", []),
        ("<p class=sentry-unmask><script>jane()</script></p>", []),
        ("<p class=sentry-unmask><iframe src=x></iframe></p>", []),
    ],
)  # fmt: skip
def test_the_outermost_elements_that_can_be_read(html, regions):
    assert clear(html) == regions


def test_media_that_is_shown_is_in_clear():
    policy = Policy(block_all_media=False)
    assert clear("<img src='data:image/png;base64,iVBORw0K'><p>Jane</p>", policy) == [
        ("img", DEFAULT)
    ]


def test_a_whole_page_in_clear_is_one_region():
    assert clear("<p>Jane</p><div><p>Roe</p></div>", Policy.permissive()) == [("html", DEFAULT)]


def test_what_the_sdk_leaves_open_is_in_clear():
    assert clear("<a data-user=jane>Jane</a>", Policy.sentry()) == [("a", "defaults of the policy")]


def test_regions_are_data():
    [region] = marked("<nav class=sentry-unmask>Shop</nav>").clear.values()
    assert region == Region("html > body > nav.sentry-unmask", UNMASK)


def test_what_later_changes_show():
    page = Page()
    field = page.element("input")
    text, quiet, css = page.text("a"), page.text("b"), page.text("p {}")
    style = page.element("style", {}, css)
    region = page.element("main", {}, field, text, style)
    other = page.element("p", {}, quiet)
    events = [
        page.snapshot(region, other),
        typed(field, "Jane"),
        say(text, "Roe"),
        say(quiet, "Doe"),
        say(css, "p { color: red }"),
        add(region, page.text("new")),
        add(region, page.element("b", {}, page.text("new"))),
        add(other, page.element("b", {}, page.text("new"))),
        change(region, title="Jane"),
        change(other, title="Jane"),
        mutation(),
    ]
    seen = review(json.dumps(events).encode(), Policy(unmask="main"), "auto")
    assert seen.later == {
        Region("main > input", "unmask main"): 1,
        Region("main", "unmask main"): 3,
        Region("main > b", "unmask main"): 1,
    }
    assert review(json.dumps(events).encode(), Policy(), "auto").later == {}
