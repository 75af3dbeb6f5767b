"""Where blocks end for the SDK: below shadow roots, and in frames."""

import pytest
from helpers import Page, add, at_once, change, mutation, redact, remove, say, typed

from replay_redact import Policy


def host(blocked="sentry-block"):
    """Return a page with a host of a shadow root."""
    page = Page()
    card = page.element("x-card", {"class": blocked}, isShadowHost=True)
    return page, card


def last(events, **options):
    """Return what the last event says, or ``None`` if it is dropped."""
    out = redact(events, Policy.sentry(**options))
    return out[-1]["data"] if out[-1]["timestamp"] == events[-1]["timestamp"] else None


def test_what_is_added_right_below_the_shadow_root_of_a_blocked_host_is_recorded():
    page, card = host()
    inner = page.element("p", {"title": "Jane"}, isShadow=True)
    text = page.text("Jane")
    both = mutation(
        adds=[
            {"parentId": card["id"], "nextId": None, "node": inner},
            {"parentId": inner["id"], "nextId": None, "node": text},
        ]
    )
    [first, second] = last([page.snapshot(card), both])["adds"]
    assert first["node"]["attributes"] == {"title": "****"}
    assert second["node"]["textContent"] == "****"


def test_what_is_added_elsewhere_is_not():
    page, card = host()
    inner = page.element("p", {}, isShadow=True)
    events = [page.snapshot(card), add(card, inner)]
    assert last([*events, add(inner, page.text("Jane"))]) is None
    assert last([*events, add(card, page.element("b"))]) is None
    assert last([*events, say(inner, "x")]) is not None
    assert last([*events, remove(card, {"id": inner["id"]})]) is None
    gone = mutation(removes=[{"parentId": card["id"], "id": inner["id"], "isShadow": True}])
    assert last([*events, gone])["removes"]


def test_before_a_neighbour_that_is_not_recorded_nothing_is_added():
    page, card = host()
    inner, other = page.element("p", {}, isShadow=True), page.element("b", {}, isShadow=True)
    card["childNodes"].append(inner)
    before = {"parentId": card["id"], "nextId": inner["id"], "node": other}
    events = [page.snapshot(card), mutation(adds=[before])]
    assert last(events) is None
    assert last([*events, change(other, title="Jane")]) is None
    behind = page.element("i", {}, isShadow=True)
    after = [mutation(adds=[{**before, "nextId": None, "node": behind}]), mutation(adds=[{**before, "nextId": behind["id"]}])]  # fmt: skip
    assert last([page.snapshot(card), *after])["adds"][0]["node"]["id"] == other["id"]


def test_a_blocked_element_that_is_added_has_nothing_below_it():
    page, card = host("x")
    box = page.element("div", {"class": "sentry-block"})
    text = page.text("Jane")
    both = mutation(
        adds=[
            {"parentId": card["id"], "nextId": None, "node": box},
            {"parentId": box["id"], "nextId": None, "node": text},
        ]
    )
    [only] = last([page.snapshot(card), both])["adds"]
    assert only["node"]["id"] == box["id"]


def test_fields_below_a_blocked_host_say_nothing():
    page, card = host()
    field = page.element("input", {}, isShadow=True)
    assert last([page.snapshot(card), add(card, field), typed(field, "Jane")]) is None
    page, card = host()
    inner = page.element("input", {}, isShadow=True)
    card["childNodes"].append(inner)
    assert last([page.snapshot(card), typed(inner, "Jane")]) is None


@pytest.mark.parametrize("attached", [False, True])
def test_frames_below_a_block_are_not_watched(attached):
    page = Page()
    field = page.element("input")
    document = page.document(page.element("html", {}, field))
    frame = page.element("iframe", {}, *([] if attached else [document]))
    box = page.element("div", {"class": "sentry-block"}, frame)
    events = [page.snapshot(box), *([add(frame, document)] if attached else [])]
    for more in ([], [change(box, class_="x")]):
        assert last([*events, *more, typed(field, "Jane")], show_media="input") is None


def test_what_moves_below_a_block_before_it_is_removed_is_removed_where_it_was():
    page = Page()
    moved = page.element("p", {"title": "Jane"})
    box, home = page.element("div", {"class": "sentry-block"}), page.element("div", {}, moved)
    events = [page.snapshot(box, home), add(box, moved)]
    assert last([*events, change(moved, title="Roe")]) is None
    assert last([*events, remove(home, moved)])["removes"] == [
        {"parentId": home["id"], "id": moved["id"]}
    ]


def test_what_was_added_before_its_removal_stays_where_it_came():
    page = Page()
    moved = page.element("p")
    old, new = page.element("div", {}, moved), page.element("div")
    events = [page.snapshot(old, new), *at_once(add(new, moved), remove(old, moved))]
    assert last([*events, change(moved, title="Jane")])["attributes"][0]["attributes"] == {
        "title": "****"
    }


def test_the_class_of_a_blocked_element_is_masked_if_its_name_is():
    page = Page()
    box = page.element("div", {"class": "sentry-block x"})
    data = last([page.snapshot(box)], mask_attributes=["class"])
    assert data["node"]["childNodes"][0]["attributes"]["class"] == "************ *"


def test_a_tree_that_is_added_below_a_block_is_judged_when_the_block_is_lifted():
    page = Page()
    text = page.text("Jane")
    field = page.element("input", {"class": "a"}, text)
    box = page.element("div", {"class": "sentry-block"})
    events = [page.snapshot(box), add(box, field), change(box, class_="x")]
    for event in (typed(field, "Jane"), say(text, "Roe"), change(field, class_="b")):
        assert last([*events, event]) is None


def test_changes_of_what_nobody_knows_are_dropped():
    page = Page()
    unknown = {"id": 77}
    for event in (change(unknown, title="Jane"), say(unknown, "Jane"), remove(unknown, {"id": 78})):
        assert last([page.snapshot(), event]) is None
