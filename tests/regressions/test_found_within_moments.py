"""Records of faults that fuzzing found within moments."""

import json
import re

import pytest
from helpers import (
    OPEN,
    Page,
    add,
    at_once,
    change,
    custom,
    incremental,
    mutation,
    redact,
    remove,
    say,
    typed,
)

from replay_redact import Policy, Redactor, redact_bytes
from tests.oracle import Options, judge


def once_and_for_all(events, policy=None):
    """Redact events of one moment, check that the output is a fixed point, and return it."""
    once = redact(at_once(*events), policy)
    assert redact(once, policy) == once
    return once


def put_last(above, node, below):
    """Add a node to a parent before the parent itself is added, as no recorder does."""
    return mutation(adds=[*add(node, below)["data"]["adds"], *add(above, node)["data"]["adds"]])


def move(old, new, *nodes):
    """Move nodes from their parent to another."""
    return mutation(
        **{
            name: event["data"][name]
            for name, event in (("removes", remove(old, *nodes)), ("adds", add(new, *nodes)))
        }
    )


@pytest.mark.parametrize("tag", ["img", "embed", "video", "input", "p"])
def test_f13_a_box_that_moved_below_a_block_was_gray_by_its_id_alone(tag):
    page = Page()
    box = page.element(tag, {"class": "sentry-block"})
    block = page.element("aside", {"class": "sentry-block"})
    body = page.element("body", {}, block, box)
    snapshot = page.snapshot(body)
    alone = redact([snapshot], OPEN)
    assert once_and_for_all([snapshot, move(body, block, box)], OPEN)[0] == alone[0]


@pytest.mark.parametrize("whole", [True, False])
def test_f14_a_style_sheet_that_left_was_masked_as_text(whole):
    page = Page()
    sheet = page.text("p::after { content: 'Jane' }")
    style = page.element("style", {}, *([sheet] if whole else []))
    card = page.element("a")
    body = page.element("body", {}, card)
    put = add(card, style) if whole else add(card, style, sheet)
    if not whole:
        put["data"]["adds"][1]["parentId"] = style["id"]
    said = str(once_and_for_all([page.snapshot(body), put, remove(body, card)]))
    assert "p::after { content: '****' }" in said.replace('\\"', "'")


@pytest.mark.parametrize("leaves", [True, False])
def test_f15_a_text_left_a_field_before_it_became_a_password(leaves):
    page = Page()
    text = page.text("Jane")
    field, button = page.element("textarea", {}, text), page.element("button")
    snapshot = page.snapshot(field, button)
    secret = change(field, type="password")
    steps = [move(field, button, text), secret] if leaves else [secret]
    assert "Jane" not in str(once_and_for_all([snapshot, *steps], OPEN)[0])


@pytest.mark.parametrize("block", [{"class": "sentry-block"}, {"class": "rr-block"}])
def test_f16_a_mark_that_a_block_took_out_opened_what_came_when_the_block_was_lifted(block):
    page = Page()
    card = page.element("main", {"data-sentry-unmask": "", **block})
    lifted = [page.snapshot(card), change(card, class_="note"), add(card, page.text("Jane")),
              change(card, alt="Jane")]  # fmt: skip
    apart = redact(lifted)
    assert redact(apart) == apart
    for once in (apart, once_and_for_all(lifted)):
        assert "Jane" not in str(once)


@pytest.mark.parametrize("then", ["apart", "with the block", "with its end", "at once"])
@pytest.mark.parametrize(
    ("mark", "before"), [({"data_sentry_unmask": ""}, {}), ({"data_sentry_mask": None}, {"data-sentry-mask": ""})]
)  # fmt: skip
def test_f17_a_change_that_a_block_took_out_opened_what_came_later(then, mark, before):
    page = Page()
    policy = OPEN if before else Policy()
    card = page.element("main", before)
    block, lift = change(card, class_="sentry-block"), change(card, class_="")
    marked = change(card, **mark)
    events = {
        "apart": [block, marked, lift],
        "with the block": [change(card, class_="sentry-block", **mark), lift],
        "with its end": [block, change(card, class_="", **mark)],
        "at once": [*at_once(marked, block), lift],
    }[then]
    once = redact([page.snapshot(card), *events, add(card, page.text("Jane"))], policy)
    assert redact(once, policy) == once
    assert "Jane" not in str(once)


@pytest.mark.parametrize("comes_back", [True, False])
@pytest.mark.parametrize("how", ["say", "alt", "type", "crumb", "set"])
def test_f18_changes_of_what_stood_in_a_tree_that_came_to_be_blocked_stayed(how, comes_back):
    page = Page()
    text = page.text("Open")
    field = page.element("input")
    style = page.element("style")
    option = page.element("div", {}, text, field, style)
    block = page.element("aside", {"class": "sentry-block"})
    body = page.element("body", {}, option, block)
    happens = {
        "say": say(text, "Jane"),
        "alt": change(field, alt="Jane"),
        "type": typed(field, "Jane"),
        "crumb": custom("breadcrumb", {"category": "ui.click", "message": "p[title='Jane']",
                                       "data": {"nodeId": field["id"]}}),
        "set": {**say(text, ""), "data": {"source": 13, "id": style["id"], "index": [0],
                "set": {"property": "--a", "value": "'Jane'", "priority": ""}}},
    }[how]  # fmt: skip
    alone = {**option, "childNodes": []}
    steps = [happens, move(body, block, alone)]
    if comes_back:
        steps.append(add(body, text, field, style))
    policy = OPEN.replace(mask_css=False)
    assert "Jane" not in str(once_and_for_all([page.snapshot(body), *steps], policy))


def test_f18_what_was_put_into_what_came_to_be_blocked_and_left_is_not_there():
    page = Page()
    outer, inner = page.element("div"), page.element("p")
    body = page.element("body", {}, outer)
    steps = [add(outer, inner), add(inner, page.text("Jane")), change(outer, class_="sentry-block"),
             remove(body, outer)]  # fmt: skip
    once = once_and_for_all([page.snapshot(body), *steps], OPEN)
    assert "Jane" not in str(once)
    assert [event["data"]["adds"] for event in once[1:] if event["data"]["adds"]] == []


@pytest.mark.parametrize("value", [["x"], {"x": "y"}])
@pytest.mark.parametrize("tag", ["p", "input"])
def test_f19_a_list_that_a_rule_asks_about_closed_more_under_the_looser_policy(value, tag):
    page = Page()
    events = [page.snapshot(page.element(tag, {"title": value, "alt": "Jane"}))]
    shows = ["Jane" in str(redact(events, policy)) for policy in (
        OPEN.replace(mask=["[title]"], unmask=[":not([title])"]), OPEN.replace(mask=["[title]"]),
        OPEN.replace(unmask=[":not([title])"]), OPEN, Policy(unmask=[":not([title])"]),
        Policy(unmask=["[title]"]), OPEN.replace(mask=[":not([title])"]),
        OPEN.replace(mask=["[title]"], unmask=["[title]"]),
    )]  # fmt: skip
    assert shows == [False, False, True, True, False, False, False, False]


def test_f20_what_an_event_withheld_from_itself_was_withheld_from_the_next_but_not_in_pieces():
    page = Page()
    lost, block = page.element("main"), page.element("aside", {"class": "sentry-block"})
    inner, body = page.element("p"), page.element("body")
    late = [put_last(body, block, lost), put_last(lost, inner, page.element("p"))]
    events = [page.snapshot(body), *late]
    whole, redactor, pieces = redact(events), Redactor(), []
    for event in events:
        pieces += json.loads(redactor.process_bytes(json.dumps([event]).encode()))
        redactor = Redactor.from_state(Policy(), redactor.state())
    assert pieces == whole


def test_f21_what_left_a_region_and_had_come_to_it_with_another_node_was_judged_without_it():
    page = Page()
    text = page.text("Jane")
    card, away, body = page.element("p", {}, text), page.element("a"), page.element("body")
    body["childNodes"] += [card, away]
    steps = [move(body, away, {**card, "childNodes": []}), change(away, class_="sentry-mask")]
    assert "Jane" not in str(once_and_for_all([page.snapshot(body), *steps], OPEN))


@pytest.mark.parametrize("attributes", [{}, {"class": "rr-block"}])
def test_f22_the_oracle_left_where_it_was_what_had_gone_to_where_nobody_knows(attributes):
    page = Page()
    text, nowhere = page.text("Jane"), page.element("p")
    block = page.element("p", {"class": "sentry-block"}, text)
    events = [page.snapshot(block), add(nowhere, page.element("p", attributes, text))]
    for number, event in enumerate(events):
        event["delay"] = number  # so that the oracle can find events again
    data = json.dumps(events).encode()
    assert judge(data, redact_bytes(data), Options()) == []


@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("tag", ["p", "script", "textarea"])
def test_f23_the_oracle_asked_of_a_style_sheet_that_left_what_holds_for_texts(tag, last):
    page = Page()
    sheets = [page.text("p::after { content: 'Jane' }"), page.text("p { top: 0 }")][
        :: 1 if last else -1
    ]
    style, other = page.element("style", {}, *sheets), page.element(tag)
    gone = {**sheets[1], "textContent": "Roe"}
    data = json.dumps(at_once(page.snapshot(style, other), add(other, gone))).encode()
    policy = {"mask_css": False}
    output = redact_bytes(data, Policy(**policy))
    assert b"Jane" in output
    assert b"Roe" not in output
    assert judge(data, output, Options(**policy), private=re.compile("Jane|Roe")) == []


@pytest.mark.parametrize("tag", ["style", "img", "aside"])
def test_f24_what_came_just_before_a_full_snapshot_was_judged_as_if_it_had_no_tag(tag):
    page = Page()
    attributes = {"src": "https://shop.example/jane.png"} if tag == "img" else {}
    inner = page.element(tag, attributes, page.text("p::after { content: 'Jane' }"))
    inner["isShadow"] = tag == "aside"
    frame = page.element("iframe")
    body = page.element("body", {}, frame)
    before, after = page.snapshot(body), page.snapshot(body)
    added = add(frame, {"type": 0, "id": 900, "childNodes": [inner, page.element("p")]})
    apart = redact([before, added])
    assert once_and_for_all([before, added, after])[1]["data"] == apart[1]["data"]


FIELDS = {
    "textarea": ({}, {"type": "password"}),
    "select": ({}, {"autocomplete": "cc-number"}),
    "div": ({"contenteditable": ""}, {"style": "-webkit-text-security: disc"}),
    "p": ({}, {"data_rr_is_password": ""}),
}


@pytest.mark.parametrize("tag", FIELDS)
@pytest.mark.parametrize("depth", [1, 150])
@pytest.mark.parametrize("leaves", ["moves", "moves apart", "goes", "moves into a block"])
@pytest.mark.parametrize("how", ["say", "alt", "add", "link", "css"])
def test_f25_what_changed_in_a_field_left_it_before_it_became_sensitive(how, leaves, depth, tag):
    page = Page()
    before, secret = FIELDS[tag]
    text, sheet = page.text("Open"), page.text("p { top: 0 }")
    deep = inner = page.element("p", {}, text, page.element("style", {}, sheet))
    for _ in range(depth - 1):
        inner = page.element("p", {}, inner)
    field = page.element(tag, before, inner)
    block = page.element(
        "aside", {"class": "sentry-block"} if leaves == "moves into a block" else {}
    )
    body = page.element("body", {}, field, block)
    said = {
        "say": say(text, "Jane"),
        "alt": change(deep, alt="Jane"),
        "add": add(deep, page.element("p", {}, page.text("Jane"))),
        "link": change(deep, href="https://shop.example/Jane"),
        "css": say(sheet, "p::after { content: 'Jane' }"),
    }[how]
    steps = {
        "moves": [move(field, body, inner)],
        "moves apart": [remove(field, inner), add(body, inner)],
        "goes": [remove(field, inner)],
        "moves into a block": [move(field, block, inner)],
    }[leaves]
    become = change(field, **secret)
    assert "Jane" not in str(once_and_for_all([page.snapshot(body), said, *steps, become], OPEN))


@pytest.mark.parametrize("depth", [1, 150])
def test_f25_what_changed_after_it_had_left_a_field_stays(depth):
    page = Page()
    text = page.text("Open")
    inner = page.element("p", {}, text)
    for _ in range(depth - 1):
        inner = page.element("p", {}, inner)
    field = page.element("textarea", {}, inner)
    body = page.element("body", {}, field)
    steps = [move(field, body, inner), say(text, "Jane"), change(field, type="password")]
    assert "Jane" in str(once_and_for_all([page.snapshot(body), *steps], OPEN))


SHEET = "[data-kind=warm] { top: 0 } p::after { content: 'Jane' }"


@pytest.mark.parametrize(
    ("tag", "attributes"), [("p", {"data-kind": "warm"}), ("style", {"_cssText": SHEET})]
)
def test_f26_an_element_that_one_of_two_places_blocked_had_no_value_to_put_a_word_back_into(
    tag, attributes
):
    page = Page()
    item = page.element(tag, attributes)
    card = page.element("main", {}, item)
    body = page.element("body", {}, page.element("style", {}, page.text(SHEET)))
    steps = [add(body, card), move(card, body, item), change(card, class_="a")]
    policy = Policy(block=[f".a {tag}"])
    [_, added, *_] = once_and_for_all([page.snapshot(body), *steps], policy)
    [box] = added["data"]["adds"][0]["node"]["childNodes"]
    assert list(box["attributes"]) == ["style"]


def test_f27_a_shown_style_text_that_left_for_a_masked_place_was_put_back_as_recorded():
    page = Page()
    sheet = page.text(SHEET)
    style, note = page.element("style", {}, sheet), page.element("p")
    body, aside = page.element("body", {}, note), page.element("aside")
    snapshot = page.snapshot(page.element("html", {}, body, aside))
    steps = [add(body, style), move(style, aside, sheet), change(note, class_="sentry-block")]
    assert "Jane" not in str(once_and_for_all([snapshot, *steps], Policy(mask_css=False)))


def test_f28_a_sheet_that_two_decisions_masked_lost_the_words_that_attributes_kept():
    page = Page()
    style = page.element("style", {}, page.text(SHEET))
    note = page.element("p", {"data-kind": "warm"})
    card, body, aside = page.element("main", {}, style, note), page.element("body"), page.element("aside")  # fmt: skip
    snapshot = page.snapshot(page.element("html", {}, body, aside))
    steps = [add(body, card), move(card, aside, style, note), change(body, class_="sentry-mask")]
    [_, added, *_] = once_and_for_all([snapshot, *steps])
    [sheet, note] = added["data"]["adds"][0]["node"]["childNodes"]
    assert '[data-kind="warm"]' in sheet["childNodes"][0]["textContent"]
    assert note["attributes"] == {"data-kind": "warm"}


RULES = [{"rule": "p::after { content: 'Jane' }", "index": 0}]
COPIES = {
    "crumb": lambda inner, _: custom("breadcrumb", {
        "category": "ui.click", "message": "p[title='Jane']",
        "data": {"nodeId": inner["id"], "node": {
            "id": inner["id"], "tagName": "p", "textContent": "Jane", "attributes": {"alt": "Jane"}}},
    }),
    "set": lambda inner, _: incremental(
        13, id=inner["id"], index=[0], set={"property": "--a", "value": "'Jane'", "priority": ""}),
    "rule": lambda inner, _: incremental(8, id=inner["id"], adds=RULES),
    "adopted": lambda inner, _: incremental(
        15, id=inner["id"], styleIds=[1], styles=[{"styleId": 1, "rules": RULES}]),
    "type": lambda _, box: typed(box, "Jane"),
}  # fmt: skip
"""Events that copy something out of a node, or out of a box in it."""


@pytest.mark.parametrize("tag", FIELDS)
@pytest.mark.parametrize("leaves", ["moves", "goes", "snapshot", "snapshot without it"])
@pytest.mark.parametrize("how", COPIES)
def test_f29_what_an_event_copied_from_a_field_stayed_when_its_node_had_left(how, leaves, tag):
    page = Page()
    before, secret = FIELDS[tag]
    box = page.element("input")
    inner = page.element("p", {}, box)
    field = page.element(tag, before, inner)
    body = page.element("body", {}, field)
    first, copied = page.snapshot(body), COPIES[how](inner, box)
    then = {
        "moves": [move(field, body, inner), change(field, **secret)],
        "goes": [remove(field, inner), change(field, **secret)],
    }.get(leaves) or [snapshot_with(page, field, secret, [inner] * (leaves == "snapshot"))]
    policy = OPEN.replace(mask_css=False)
    assert "Jane" in str(once_and_for_all([first, copied], policy))
    assert "Jane" not in str(once_and_for_all([first, copied, *then], policy))


def snapshot_with(page, field, secret, beside):
    """Return a snapshot in which a field is sensitive, and what was in it stands beside it."""
    names = {name.replace("_", "-"): value for name, value in secret.items()}
    told = {**field, "attributes": {**field["attributes"], **names}, "childNodes": []}
    return page.snapshot(page.element("body", {}, told, *beside))


@pytest.mark.parametrize("tag", FIELDS)
@pytest.mark.parametrize("stays", [True, False])
def test_f30_a_text_left_a_field_by_a_snapshot_that_said_it_was_sensitive(stays, tag):
    page = Page()
    before, secret = FIELDS[tag]
    text = page.text("Open")
    field = page.element(tag, before, text)
    first = page.snapshot(page.element("body", {}, field))
    second = snapshot_with(page, field, secret, [text] * stays)
    steps = [first, say(text, "Jane"), add(field, page.element("b", {}, page.text("Jane"))), second]
    assert "Jane" not in str(once_and_for_all(steps, OPEN))


@pytest.mark.parametrize("block", [{"class": "rr-block"}, {"data-sentry-block": ""}])
def test_f31_what_a_block_hid_below_an_id_that_two_nodes_had_was_masked_but_stayed(block):
    page = Page()
    text = page.text("Jane")
    inner = page.element("main", block, text)
    outer, body = page.element("p", {}, inner), page.element("body")
    inner["id"] = outer["id"]
    said = say(text, "Jane")
    once = redact([page.snapshot(body), add(body, outer), said, change(outer, class_="note")], OPEN)
    assert "Jane" not in str(once)
    assert len(once) == 3
    assert once[2]["data"]["attributes"]
