"""Marks of other vendors: each does what its vendor means, or hides more."""

import re
from pathlib import Path

import pytest
from helpers import Page, children, redact, text_in, typed

from replay_redact import Policy
from replay_redact._allowlists.vendor_marks import MARKS, selectors
from replay_redact.policy import VENDOR_MARKS

SHOWN = Policy(unmask="main", mask_all_inputs=False)
LESS = [
    {"class": name} for name in ("fs-unmask", "amp-unmask", "nr-unmask", "dd-privacy-allow", "ph-include", "lo-not-sensitive")
] + [{"data-dd-privacy": "allow"}, {"data-public": ""}, {"data-hj-allow": ""}, {"data-clarity-unmask": ""},
     {"data-sl": "unmask"}, {"data-openreplay-unmask": ""}, {"data-matomo-unmask": ""}]  # fmt: skip


def attributes_for(selector):
    """Return the attributes that give an element a mark."""
    if selector.startswith("."):
        return {"class": f"x {selector[1:]}"}
    name, _, value = selector[1:-1].partition("=")
    return {name: value}


def page_of(attributes):
    page = Page()
    field = page.element("input", {"value": "Jane", "name": "q"})
    marked = page.element("p", {"title": "Jane", **attributes}, page.text("Jane"), field)
    return page, page.element("main", {}, marked), field


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"{mark.selector} {mark.effect}")
def test_each_mark(mark):
    page, main, field = page_of(attributes_for(mark.selector))
    for policy in (SHOWN, Policy.permissive(), Policy.permissive().replace(unmask="main")):
        once = redact([page.snapshot(main), typed(field, "Jane")], policy)
        assert redact(once, policy) == once
        [marked] = children(once[0])[0]["childNodes"]
        texts = [node.get("textContent") for node in marked["childNodes"]]
        if mark.effect == "block":
            assert (texts, len(once)) == ([], 1)
            assert "title" not in marked["attributes"]
        elif mark.effect == "mask":
            assert (texts[0], marked["attributes"]["title"], once[1]["data"]["text"]) == (
                "****",
                "****",
                "****",
            )
        elif mark.effect == "mask inputs":
            assert texts[0] == marked["attributes"]["title"] == "Jane"
            assert marked["childNodes"][1]["attributes"]["value"] == "****"
            assert all(event["data"]["text"] == "****" for event in once[1:])


@pytest.mark.parametrize("selector", selectors("ignore"))
def test_marks_that_keep_typing_out(selector):
    page = Page()
    field = page.element("input", attributes_for(selector))
    assert len(redact([page.snapshot(field), typed(field, "Jane")], SHOWN)) == 1


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.selector)
def test_the_sdk_knows_none_of_them(mark):
    policy = Policy.sentry(mask_all_text=False)
    assert text_in("p", "Jane", policy, **attributes_for(mark.selector)) == "Jane"


@pytest.mark.parametrize("attributes", LESS, ids=str)
def test_marks_that_ask_for_less_count_only_if_the_policy_names_them(attributes):
    assert text_in("p", "Jane", **attributes) == "****"
    [(name, value)] = attributes.items()
    named = Policy(unmask=f"[{name}~='{value}']" if value else f"[{name}]")
    assert text_in("p", "Jane", named, **attributes) == "Jane"


@pytest.mark.parametrize(
    "attributes",
    [
        {"class": "xfs-mask"},
        {"class": "fs-mask-x"},
        {"data-dd-privacy": "allow mask"},
        {"data-x": "mask"},
    ],
    ids=str,
)
def test_names_are_exact(attributes):
    assert text_in("p", "Jane", Policy(mask_all_text=False), **attributes) == "Jane"


def test_a_nearer_unmask_rule_wins_over_a_mask_of_inputs_and_the_stricter_on_one_element():
    page = Page()
    inner = page.element("input", {"class": "open", "value": "Jane"})
    both = page.element("input", {"class": "open dd-privacy-mask-user-input", "value": "Jane"})
    body = page.element("body", {"data-dd-privacy": "mask-user-input"}, inner, both)
    [event] = redact([page.snapshot(body)], Policy(unmask=".open"))
    values = [node["attributes"]["value"] for node in children(event)[0]["childNodes"]]
    assert values == ["Jane", "****"]


def test_the_table_is_published_and_documented():
    assert VENDOR_MARKS is MARKS
    assert len({(mark.selector, mark.effect) for mark in MARKS}) == len(MARKS)
    assert {mark.effect for mark in MARKS} == {"mask", "block", "mask inputs", "ignore"}
    assert all(
        re.fullmatch(r"\.[A-Za-z_][\w-]*|\[[a-z-]+(?:=[a-z-]+)?\]", mark.selector) for mark in MARKS
    )
    assert all(mark.vendor and mark.source for mark in MARKS)


def test_each_mark_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")
    assert [mark.selector for mark in MARKS if f"`{mark.selector}`" not in page] == []
