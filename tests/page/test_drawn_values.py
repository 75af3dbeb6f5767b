"""Values that browsers draw: asterisks would be black fields and empty bars."""

import json

import pytest
from helpers import OPEN, Page, at_once, attributes_of, change, redact, typed

from replay_redact import Policy

GRAY = "#808080"


@pytest.mark.parametrize(
    ("tag", "attributes", "masked"),
    [
        ("input", {"type": "color", "value": "#c0ffee"}, GRAY),
        ("input", {"type": "COLOR ", "value": "Jane"}, GRAY),
        ("input", {"type": "color", "value": ""}, ""),
        ("input", {"type": "text", "value": "#c0ffee"}, "*******"),
        ("input", {"type": "date", "value": "2001-02-03"}, "**********"),
        ("progress", {"value": "72", "max": "100"}, "0.5"),
        ("meter", {"value": "0.1"}, "0.5"),
        ("meter", {"value": ""}, ""),
        ("li", {"value": "72"}, "**"),
    ],
)
def test_drawn_values_are_neutral(tag, attributes, masked):
    for policy in (Policy(), Policy.lockdown(), Policy(mask=["*"])):
        expected = "***" if "*" in masked and policy.hide_length else masked
        got = attributes_of(tag, attributes, policy)["value"]
        assert got == expected
        assert attributes_of(tag, {**attributes, "value": got}, policy)["value"] == got


def test_drawn_values_that_are_shown_stay():
    assert attributes_of("input", {"type": "color", "value": "#c0ffee"}, OPEN)["value"] == "#c0ffee"
    assert attributes_of("meter", {"value": "0.1"}, OPEN)["value"] == "0.1"


def test_a_masked_type_draws_nothing():
    policy = Policy(mask_attributes=["Type"])
    attributes = attributes_of("input", {"type": "color", "value": "#c0ffee"}, policy)
    assert attributes == {"type": "*****", "value": "*******"}


def test_a_listed_value_of_a_bar_is_neutral():
    policy = OPEN.replace(mask_attributes=["value"])
    assert attributes_of("meter", {"value": "0.1"}, policy)["value"] == "0.5"


def test_an_entered_color_is_neutral():
    page = Page()
    field = page.element("input", {"type": "color", "value": "#c0ffee"})
    events = [page.snapshot(field), typed(field, "#123456"), typed(field, "")]
    assert [event["data"]["text"] for event in redact(events)[1:]] == [GRAY, ""]
    assert redact(redact(events)) == redact(events)


def test_a_color_whose_field_changes_its_type_is_still_masked():
    page = Page()
    field = page.element("input", {"type": "text"})
    for first, second in (("text", "color"), ("color", "text")):
        field["attributes"]["type"] = first
        moment = at_once(typed(field, "#123456"), change(field, type=second))
        events = [page.snapshot(field), *moment]
        got = redact(events)
        assert "123456" not in json.dumps(got)
        assert redact(got) == got
