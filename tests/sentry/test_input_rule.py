"""Which form values the SDK masks, by type and options, in snapshots, changes and events."""

import pytest
from helpers import Page, change, redact, typed

from replay_redact import Policy

COVERED = ["color", "date", "datetime-local", "email", "month", "number", "range", "search", "tel",
           "text", "time", "url", "week", "radio", "checkbox", None, "unheard-of", "EMAIL"]  # fmt: skip
LEFT_OUT = ["image", "reset"]
BUTTONS = ["submit", "button", "SUBMIT", "Button"]


def said(tag, attributes, policy):
    """Return the value of a field in a snapshot, in a change, and in an input event."""
    page = Page()
    field = page.element(tag, {**attributes, "value": "Jane Roe"})
    events = [page.snapshot(field), change(field, value="Jane Roe"), typed(field, "Jane Roe")]
    snapshot, changed, typing = redact(events, policy)
    return (
        snapshot["data"]["node"]["childNodes"][0]["attributes"]["value"],
        changed["data"]["attributes"][0]["attributes"]["value"],
        typing["data"]["text"],
    )


MASKED = ("********",) * 3
SHOWN = ("Jane Roe",) * 3


def of_type(kind):
    return {} if kind is None else {"type": kind}


@pytest.mark.parametrize("kind", COVERED)
def test_covered_types(kind):
    assert said("input", of_type(kind), Policy.sentry()) == MASKED
    assert said("input", of_type(kind), Policy.sentry(mask_all_inputs=False)) == SHOWN
    assert said("input", of_type(kind), Policy.sentry(unmask="input")) == SHOWN
    assert (
        said("input", of_type(kind), Policy.sentry(mask_all_inputs=False, mask="input")) == MASKED
    )


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_types_that_the_sdk_leaves_out(kind):
    assert said("input", of_type(kind), Policy.sentry()) == SHOWN
    assert said("input", of_type(kind), Policy.sentry(mask="input")) == MASKED


@pytest.mark.parametrize(("sdk", "expected"), [("10", SHOWN), ("11", MASKED)])
def test_hidden_fields_are_covered_since_version_11(sdk, expected):
    assert said("input", {"type": "hidden"}, Policy.sentry(sdk=sdk)) == expected
    assert said("input", {"type": "hidden"}, Policy.sentry(sdk=sdk, mask_all_inputs=False)) == SHOWN
    assert said("input", {"type": "hidden"}, Policy.sentry(sdk=sdk, mask="input")) == MASKED


@pytest.mark.parametrize("kind", BUTTONS)
def test_labels_of_buttons_are_attributes(kind):
    exact = kind == kind.lower()
    label = "**** ***" if exact else "Jane Roe"
    assert said("input", of_type(kind), Policy.sentry()) == (label, label, "Jane Roe")
    assert said("input", of_type(kind), Policy.sentry(mask_all_text=False)) == SHOWN


@pytest.mark.parametrize("tag", ["textarea", "select"])
def test_other_fields(tag):
    assert said(tag, {}, Policy.sentry()) == MASKED
    assert said(tag, {}, Policy.sentry(mask_all_inputs=False)) == SHOWN
    assert said(tag, {}, Policy.sentry(unmask=tag)) == SHOWN


def test_options_say_their_value_like_a_select():
    page = Page()
    option = page.element("option", {"value": "Jane Roe", "selected": True})
    for policy, expected in (
        (Policy.sentry(), {"value": "********"}),
        (Policy.sentry(mask_all_inputs=False), {"value": "Jane Roe", "selected": True}),
    ):
        [event] = redact([page.snapshot(option)], policy)
        assert event["data"]["node"]["childNodes"][0]["attributes"] == expected


@pytest.mark.parametrize(
    "attributes",
    [{"type": "password"}, {"type": "PassWord"}, {"type": "text", "data-rr-is-password": "true"}],
)
def test_passwords_are_masked_unless_a_rule_unmasks_them(attributes):
    assert said("input", attributes, Policy.sentry(mask_all_inputs=False)) == MASKED
    assert said("input", attributes, Policy.sentry(unmask="input")) == SHOWN


def test_a_password_that_becomes_text_is_marked_by_the_recorder():
    page = Page()
    field = page.element("input", {"type": "password"})
    events = [
        page.snapshot(field),
        change(field, type="text", **{"data-rr-is-password": "true"}),
        typed(field, "Jane"),
    ]
    assert redact(events, Policy.sentry(mask_all_inputs=False))[-1]["data"]["text"] == "****"


def test_a_type_that_changes_counts_from_then_on():
    page = Page()
    field = page.element("input", {"type": "reset"})
    events = [
        page.snapshot(field),
        typed(field, "Jane"),
        change(field, type="text"),
        typed(field, "Jane"),
    ]
    redacted = redact(events, Policy.sentry())
    assert [event["data"].get("text") for event in redacted] == [None, "Jane", None, "****"]


def test_of_what_the_function_returns_the_length_counts():
    assert said("input", {}, Policy.sentry(mask_fn=lambda _: "abc")) == ("***",) * 3


@pytest.mark.parametrize("tag", ["li", "progress", "button", "x-field"])
def test_values_of_other_elements_are_not_masked(tag):
    page = Page()
    element = page.element(tag, {"value": "Jane"})
    snapshot, changed = redact(
        [page.snapshot(element), change(element, value="Jane")], Policy.sentry()
    )
    assert snapshot["data"]["node"]["childNodes"][0]["attributes"] == {"value": "Jane"}
    assert changed["data"]["attributes"][0]["attributes"] == {"value": "Jane"}


@pytest.mark.parametrize(
    ("attributes", "passes"),
    [({}, True), ({"class": "rr-ignore"}, False), ({"data-sentry-ignore": ""}, False), ({"class": "mine"}, False),
     ({"type": "file"}, False), ({"class": "sentry-block"}, False)],
)  # fmt: skip
def test_ignored_fields_have_no_input_events(attributes, passes):
    page = Page()
    field = page.element("input", attributes)
    assert (
        len(redact([page.snapshot(field), typed(field, "x")], Policy.sentry(ignore_inputs=".mine")))
        == 1 + passes
    )


def test_a_field_that_nobody_recorded_has_no_input_events():
    page = Page()
    assert (
        len(redact([page.snapshot(page.element("p")), typed({"id": 99}, "Jane")], Policy.sentry()))
        == 1
    )
