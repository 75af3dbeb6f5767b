"""Attributes of components: only custom elements keep them, and style sheets ask for them."""

import json

from helpers import Page, change, redact, report

from replay_redact import Policy
from replay_redact._allowlists.attribute_names import COMPONENT_NAMES, is_public_name
from replay_redact._allowlists.compared import STATE_WORDS, may_be_compared

CSS = ':host([active]){top:0}my-card[tone="warm"]{top:0}my-card[size="small"]{top:0}[jane]{top:0}'


def page_of(*tags, policy=None):
    page = Page()
    elements = [page.element(tag, attributes) for tag, attributes in tags]
    style = page.element("style", {}, page.text(CSS))
    events = [page.snapshot(style, *elements), *(change(one, active="jane") for one in elements)]
    out = redact(events, policy)
    assert redact(out, policy) == out
    return events, out


def test_only_custom_elements_keep_what_components_are_styled_by():
    own = {"active": "", "tone": "warm", "size": "small", "variant": "primary", "outline": "Jane"}
    events, out = page_of(("my-card", {**own, "jane": "x"}), ("p", own))
    sheet, card, other = out[0]["data"]["node"]["childNodes"]
    assert sheet["childNodes"][0]["textContent"] == CSS.replace("jane", "\u00d7" * 4)
    assert card["attributes"] == {**own, "outline": "****"}
    assert other["attributes"] == {"size": "small"}
    assert out[1]["data"]["attributes"][0]["attributes"] == {"active": "****"}
    assert "jane" not in json.dumps(out)
    assert report(events).dropped["attribute name"] == 6


def test_words_of_components_follow_the_policy():
    lockdown = page_of(
        ("my-card", {"tone": "warm", "variant": "primary"}), policy=Policy.lockdown()
    )
    assert "warm" not in json.dumps(lockdown[1])
    assert "primary" not in json.dumps(lockdown[1])
    listed = page_of(("my-card", {"tone": "warm"}), policy=Policy(mask_attributes=["tone"]))
    assert "warm" not in json.dumps(listed[1])


def test_names_of_components_tell_of_no_people():
    others = {name for name in COMPONENT_NAMES if not may_be_compared(name)}
    assert [name for name in COMPONENT_NAMES if is_public_name(name)] == []
    assert others & {"label", "name", "value", "title", "text", "user"} == set()
    assert {"variant", "placement", "size"} <= STATE_WORDS.keys()


def test_selectors_keep_the_names_of_slots_only():
    page = Page()
    css = "slot[name='end']{top:0}slot.a[name=i-4711123]{top:0}slot p[name=jane],p[name=roe]{top:0}"
    slot = page.element("slot", {"name": "end"})
    [event] = redact([page.snapshot(page.element("style", {}, page.text(css)), slot)])
    sheet, kept = event["data"]["node"]["childNodes"]
    assert kept["attributes"] == {"name": "end"}
    assert sheet["childNodes"][0]["textContent"] == (
        "slot[name='end']{top:0}slot.a[name=\"i-0000000\"]{top:0}"
        'slot p[name="\u00d7\u00d7\u00d7\u00d7"],p[name="\u00d7\u00d7\u00d7"]{top:0}'
    )
