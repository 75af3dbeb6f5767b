"""The handlers: what passes, what is changed and what is dropped, event by event."""

import json

import pytest
from helpers import Page, incremental, mutation, redact, shown

from replay_redact import Policy, Redactor
from replay_redact._media import BLOCK_STYLE


def blocked_page():
    page = Page()
    text = page.text("Jane")
    box = page.element(
        "div", {"class": "sentry-block", "title": "Jane", "style": "width: 9px"}, text
    )
    return page, box, text, page.snapshot(page.element("body", {}, box))


def test_a_blocked_element_is_an_empty_gray_box():
    *_, snapshot = blocked_page()
    [event] = redact([snapshot])
    box = event["data"]["node"]["childNodes"][0]["childNodes"][0]
    assert box["childNodes"] == []
    assert box["attributes"] == {"class": "sentry-block", "style": f"width: 9px; {BLOCK_STYLE}"}


def test_events_about_blocked_nodes_are_dropped():
    page, box, text, snapshot = blocked_page()
    inside, new = text["id"], page.text("Jane")
    events = [
        incremental(2, type=2, id=inside, x=1, y=2),
        incremental(3, id=inside, x=1, y=2),
        incremental(5, id=inside, text="Jane", isChecked=False),
        incremental(7, type=0, id=inside),
        incremental(8, id=inside, adds=[{"rule": "a{}"}]),
        incremental(13, id=inside, index=[0], set={"property": "color", "value": "red"}),
        incremental(
            14, ranges=[{"start": inside, "startOffset": 0, "end": inside, "endOffset": 1}]
        ),
        incremental(15, id=inside, styleIds=[1]),
        mutation(texts=[{"id": inside, "value": "Jane"}]),
        mutation(adds=[{"parentId": box["id"], "nextId": None, "node": new}]),
        mutation(removes=[{"parentId": box["id"], "id": inside}]),
        mutation(attributes=[{"id": box["id"], "attributes": {"title": "Jane"}}]),
    ]
    assert len(redact([snapshot, *events])) == 1
    change = {"id": box["id"], "attributes": {"class": "sentry-block wide", "style": "width: 3px"}}
    [_, passed] = redact([snapshot, mutation(attributes=[change])])
    assert passed["data"]["attributes"][0]["attributes"] == {
        "class": "sentry-block wide",
        "style": f"width: 3px; {BLOCK_STYLE}",
    }


def test_a_box_blocked_by_the_recorder_becomes_gray():
    page = Page()
    image = page.element("img", {"rr_width": "40px", "rr_height": "30px"})
    [event] = redact([page.snapshot(image)])
    attributes = event["data"]["node"]["childNodes"][0]["attributes"]
    assert attributes["src"].startswith("data:image/svg+xml,")
    assert (attributes["rr_width"], attributes["rr_height"]) == ("40px", "30px")


def test_mouse_paths_keep_their_ends():
    positions = [{"x": x, "y": 0, "id": 1, "timeOffset": x} for x in range(5)]
    for source in (1, 6, 12):
        [event] = redact([incremental(source, positions=positions)])
        assert [at["x"] for at in event["data"]["positions"]] == [0, 4]


@pytest.mark.parametrize(
    ("tag", "before", "after"),
    [("style", 'a{content:"Jane"}', 'a{content:"****"}'), ("style", 'a{content:"Jane', ""),
     ("script", "Jane", ""), ("textarea", "Jane", "****"), ("title", "Jane R", "**** *")],
)  # fmt: skip
def test_changed_text_is_judged_by_what_it_is_in(tag, before, after):
    page = Page()
    text = page.text("x")
    events = [
        page.snapshot(page.element(tag, {}, text)),
        mutation(texts=[{"id": text["id"], "value": before}]),
    ]
    assert redact(events)[1]["data"]["texts"][0]["value"] == after


def test_comments_are_emptied_and_stay_so():
    page = Page()
    comment = page.comment("Jane")
    change = mutation(texts=[{"id": comment["id"], "value": "Jane"}, {"id": 99, "value": None}])
    first, second = redact([page.snapshot(comment), change])
    assert first["data"]["node"]["childNodes"][0]["textContent"] == ""
    assert [text["value"] for text in second["data"]["texts"]] == ["", None]


def test_style_text_in_several_nodes_is_judged_as_one():
    page = Page()
    style = page.element(
        "style", {}, page.text('a::after{content:"Ja'), page.text("ne{}"), page.text('"}')
    )
    found = shown([page.snapshot(style)])
    assert "Ja" not in found
    assert "ne{}" not in found


def test_unknown_nodes_are_masked_whatever_the_policy():
    events = [
        mutation(
            texts=[{"id": 7, "value": "Jane"}],
            attributes=[{"id": 7, "attributes": {"title": "Jane"}}],
        ),
        mutation(
            adds=[{"parentId": 7, "nextId": None, "node": Page().element("p", {"title": "Jane"})}]
        ),
        incremental(5, id=7, text="Jane", isChecked=False),
    ]
    assert "Jane" not in shown(events, Policy.open())


def test_cycles_repeated_and_negative_ids_are_harmless():
    page = Page()
    one, two = page.element("p", {"class": "sentry-unmask"}), page.element("p")
    body = page.element("body", {}, one, two)
    add = [
        {"parentId": b["id"], "nextId": None, "node": {**a, "childNodes": []}}
        for a, b in ((one, two), (two, one), (one, one))
    ]
    late = [
        {
            "parentId": one["id"],
            "nextId": None,
            "node": {"type": 3, "id": -5, "textContent": "Jane"},
        }
    ]
    assert "Jane" not in shown([page.snapshot(body), mutation(adds=add), mutation(adds=late)])
    twice = page.element("div", {"class": "sentry-unmask"})
    clone = {**page.text("Jane"), "id": twice["id"]}
    say = mutation(adds=[{"parentId": twice["id"], "nextId": None, "node": page.text("Roe")}])
    assert "Roe" not in shown([page.snapshot(page.element("body", {}, twice, clone)), say])


def test_mask_fn_masks_text_and_falls_back_to_asterisks():
    page = Page()
    events = [page.snapshot(page.text("Jane"))]
    assert "<4>" in shown(events, Policy(mask_fn=lambda text: f"<{len(text)}>"))
    for broken in (lambda text: text / 2, len):
        redactor = Redactor(Policy(mask_fn=broken))
        assert b'"****"' in redactor.process_bytes(json.dumps(events).encode())
        assert redactor.report.dropped.total() == 1


def test_fonts_pass_only_by_opt_in():
    font = incremental(
        10,
        family="Inter",
        fontSource="https://a.example/x.woff2",
        buffer=False,
        descriptors={"x": "Jane"},
    )
    assert redact([font]) == []
    [kept] = redact([font], Policy(keep_fonts=True))
    assert "descriptors" not in kept["data"]


def test_hidden_state_pointer_and_lengths():
    page = Page()
    box = page.element("input", {"type": "checkbox", "checked": True, "value": "Jane"})
    text = page.text("Jane Roe was here")
    events = [
        page.snapshot(page.element("form", {"title": "Jane Roe", "style": "--x: Jane"}, box, text)),
        incremental(5, id=box["id"], text="Jane", isChecked=True),
        incremental(1, positions=[{"x": 1, "y": 1, "id": box["id"], "timeOffset": 0}]),
        incremental(2, type=2, id=box["id"], x=1, y=1),
        incremental(
            14, ranges=[{"start": text["id"], "startOffset": 3, "end": text["id"], "endOffset": 7}]
        ),
    ]
    snapshot, typed, move, click, selection = redact(events, Policy.lockdown())
    form = snapshot["data"]["node"]["childNodes"][0]
    assert form["attributes"] == {"title": "***", "style": "--x: ×××"}
    assert form["childNodes"][0]["attributes"] == {"type": "checkbox", "value": "***"}
    assert form["childNodes"][1]["textContent"] == "***"
    assert (typed["data"]["text"], typed["data"]["isChecked"]) == ("***", False)
    assert move["data"]["positions"] == []
    assert "x" not in click["data"]
    assert selection["data"]["ranges"][0] == {
        "start": text["id"],
        "startOffset": 0,
        "end": text["id"],
        "endOffset": 0,
    }


def crumb(category, **payload):
    return {
        "type": 5,
        "timestamp": 1,
        "data": {"tag": "breadcrumb", "payload": {"category": category, **payload}},
    }


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
        {"type": 5, "timestamp": 1, "data": {"tag": "performanceSpan", "payload": span}},
        {
            "type": 6,
            "timestamp": 1,
            "data": {"plugin": "rrweb/network@1", "payload": {"requests": [{"name": address}]}},
        },
    ]
    assert shown(events).count(masked) == 9
