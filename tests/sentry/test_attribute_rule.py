"""Which attributes the SDK masks: three names by default, and the labels of buttons."""

import pytest
from helpers import Page, mutation, redact

from replay_redact import Policy

VALUE = "Jane Roe"
MASKED = "**** ***"


def both(tag, name, policy, value=VALUE, **others):
    """Return an attribute as redacted in a snapshot and in a change."""
    page = Page()
    element = page.element(tag, {name: value, **others})
    inner = page.element("div", {"class": "unmask mask"}, element)
    _, changed = events = redact(
        [
            page.snapshot(inner),
            mutation(attributes=[{"id": element["id"], "attributes": {name: value}}]),
        ],
        policy,
    )
    [div] = events[0]["data"]["node"]["childNodes"]
    return div["childNodes"][0]["attributes"][name], changed["data"]["attributes"][0]["attributes"][
        name
    ]


@pytest.mark.parametrize("name", ["title", "placeholder", "aria-label", "TITLE"])
def test_the_three_names(name):
    for policy in (
        Policy.sentry(),
        Policy.sentry(mask_all_text=False),
        Policy.sentry(unmask=".unmask"),  # on an ancestor, so it does not count
    ):
        assert both("p", name, policy) == (MASKED, MASKED)
    assert both("p", name, Policy.sentry(unmask="p")) == (VALUE, VALUE)
    assert both("p", name, Policy.sentry(mask_attributes=["alt"])) == (VALUE, VALUE)


@pytest.mark.parametrize(
    "name", ["alt", "data-user", "aria-description", "content", "label", "onclick", "id", "class"]
)
def test_others_are_shown(name):
    assert both("p", name, Policy.sentry(mask="p, .mask")) == (VALUE, VALUE)


@pytest.mark.parametrize("name", ["alt", "Data-User", "name"])
def test_listed_names(name):
    assert both("p", name, Policy.sentry(mask_attributes=[name])) == (MASKED, MASKED)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("a", "href"),
        ("img", "src"),
        ("img", "srcset"),
        ("p", "style"),
        ("td", "background"),
        ("object", "data"),
        ("use", "xlink:href"),
    ],
)
def test_addresses_leave_before_masks_are_asked_for(tag, name):
    policy = Policy.sentry(mask_attributes=[name], block_all_media=False)
    assert both(tag, name, policy) == (VALUE, VALUE)


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("use", "href", "#Jane"),
        ("use", "xlink:href", "#Jane"),
        ("body", "background", "Jane."),
        ("p", "data", "Jane."),
    ],
)
def test_what_is_no_address_is_masked_if_listed(tag, name, value):
    assert both(tag, name, Policy.sentry(mask_attributes=[name]), value) == ("*****", "*****")


@pytest.mark.parametrize(
    ("kind", "masked"),
    [("submit", True), ("button", True), ("SUBMIT", False), ("reset", False), ("image", False)],
)
def test_labels_of_buttons(kind, masked):
    shown = MASKED if masked else VALUE
    assert both("input", "value", Policy.sentry(), type=kind) == (shown, shown)
    assert both("input", "value", Policy.sentry(unmask="input"), type=kind) == (VALUE, VALUE)


@pytest.mark.parametrize("value", [None, "", 5, True])
def test_what_is_no_text_stays(value):
    assert both("p", "title", Policy.sentry(), value) == (value, value)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("background-image: url(a.png)", ""),
        ("color:red;;background-image: url(a.png);", "color:red;"),
        ("background: url(a.png);color:red", "background: url(a.png); color:red"),
        ("Background-Image: url(a.png)", "Background-Image: url(a.png)"),
        ("nonsense;a:b", "nonsense; a:b"),
        ("", ""),
    ],
)
def test_inline_style_loses_background_images_in_snapshots_only(style, expected):
    assert both("p", "style", Policy.sentry(), style) == (expected, style)
    assert both("p", "style", Policy.sentry(block_all_media=False), style) == (style, style)


def test_pixels_that_the_sdk_does_not_record():
    page = Page()
    element = page.element("canvas", {"rr_dataURL": "data:image/png;base64,Jane"})
    changes = [
        mutation(attributes=[{"id": element["id"], "attributes": {"rr_dataURL": "Jane", **more}}])
        for more in ({}, {"class": "x"})
    ]
    events = redact([page.snapshot(element), *changes], Policy.sentry())
    assert "Jane" not in str(events)
    assert len(events) == 2
