"""Which text the SDK masks: the nearest of mask and unmask wins, a tie masks."""

import pytest
from helpers import Page, mutation, redact, shown

from replay_redact import Policy

ALL = {"unmask": ".unmask", "mask": ".mask"}
NONE = {**ALL, "mask_all_text": False}


def masked(classes, options, tag="p", **flags):
    """Tell whether text below elements of these classes, outermost first, is masked."""
    page = Page()
    inner = page.element(tag, {"class": classes[-1]}, page.text("Jane", **flags))
    for name in reversed(classes[:-1]):
        inner = page.element("div", {"class": name}, inner)
    return "Jane" not in shown([page.snapshot(inner)], Policy.sentry(**options))


@pytest.mark.parametrize(
    ("classes", "by_default", "if_shown"),
    [
        ([""], True, False),
        (["mask"], True, True),
        (["unmask"], False, False),
        (["mask unmask"], True, True),
        (["mask", ""], True, True),
        (["unmask", ""], False, False),
        (["unmask", "mask"], True, True),
        (["mask", "unmask"], False, False),
        (["mask", "unmask", ""], False, False),
        (["unmask", "mask", ""], True, True),
        (["mask unmask", ""], True, True),
        (["unmask", "mask", "unmask"], False, False),
        (["sentry-mask"], True, True),
        (["rr-mask", ""], True, True),
        (["sentry-unmask"], True, False),
    ],
    ids=str,
)
def test_the_nearest_rule_wins(classes, by_default, if_shown):
    assert masked(classes, ALL) is by_default
    assert masked(classes, NONE) is if_shown


@pytest.mark.parametrize("options", [ALL, NONE], ids=["default", "shown"])
def test_text_right_below_a_shadow_root_is_never_masked(options):
    assert not masked(["mask"], options, isShadow=True)


def shadow(host, inner):
    page = Page()
    paragraph = page.element("p", {"class": inner}, page.text("Jane"), isShadow=True)
    return [page.snapshot(page.element("x-card", {"class": host}, paragraph, isShadowHost=True))]


def test_rules_reach_into_a_shadow_root():
    assert "Jane" in shown(shadow("unmask", ""), Policy.sentry(**ALL))
    assert "Jane" not in shown(shadow("mask", ""), Policy.sentry(**NONE))
    assert "Jane" in shown(shadow("mask", "unmask"), Policy.sentry(**ALL))
    assert "Jane" not in shown(shadow("unmask", "mask"), Policy.sentry(**ALL))


def test_a_selector_does_not_look_beyond_a_shadow_root():
    assert "Jane" not in shown(shadow("x", "y"), Policy.sentry(unmask=".x .y"))


def test_rules_do_not_cross_a_frame():
    page = Page()
    frame = page.element("iframe", {"class": "unmask"})
    document = page.document(page.element("p", {}, page.text("Jane")))
    attached = mutation(adds=[{"parentId": frame["id"], "nextId": None, "node": document}])
    assert "Jane" not in shown([page.snapshot(frame), attached], Policy.sentry(**ALL))


TEXT = "Jane Roe"


@pytest.mark.parametrize(
    ("tag", "options", "expected"),
    [
        ("p", {}, "**** ***"),
        ("style", {}, TEXT),
        ("script", {}, "SCRIPT_PLACEHOLDER"),
        ("textarea", {}, "**** ***"),
        ("textarea", {"unmask": "textarea"}, "**** ***"),  # though its value would be shown
        ("textarea", {"mask_all_text": False}, "**** ***"),
        ("textarea", {"mask_all_inputs": False, "mask_all_text": False}, TEXT),
        ("option", {}, "********"),
        ("option", {"unmask": "option"}, TEXT),
        ("option", {"mask_all_inputs": False}, "**** ***"),
        ("option", {"mask_all_inputs": False, "mask_all_text": False}, TEXT),
        ("noscript", {}, "**** ***"),
        ("title", {}, "**** ***"),
    ],
)
def test_text_by_parent(tag, options, expected):
    page = Page()
    [event] = redact(
        [page.snapshot(page.element(tag, {}, page.text(TEXT)))], Policy.sentry(**options)
    )
    assert event["data"]["node"]["childNodes"][0]["childNodes"][0]["textContent"] == expected


@pytest.mark.parametrize("flag", ["isStyle", "isShadowHost"])
def test_svg_has_other_styles(flag):
    page = Page()
    style = page.element(
        "style", {}, page.text(TEXT, **({flag: True} if flag == "isStyle" else {})), isSVG=True
    )
    assert TEXT not in shown([page.snapshot(style)], Policy.sentry(block_all_media=False))


@pytest.mark.parametrize(
    ("tag", "options", "expected"),
    [
        ("p", {}, "**** ***"),
        ("style", {}, "**** ***"),  # the rule for changes has no exceptions
        ("textarea", {"mask_all_text": False}, TEXT),
        ("option", {"mask_all_text": False}, TEXT),
        ("option", {}, "**** ***"),
        ("textarea", {"unmask": "textarea"}, TEXT),
    ],
)
def test_changed_text_by_parent(tag, options, expected):
    page = Page()
    text = page.text("x")
    snapshot = page.snapshot(page.element(tag, {}, text))
    _, change = redact(
        [snapshot, mutation(texts=[{"id": text["id"], "value": TEXT}])], Policy.sentry(**options)
    )
    assert change["data"]["texts"] == [{"id": text["id"], "value": expected}]


def test_white_space_is_javascripts_and_units_are_utf16():
    page = Page()
    text = "a\ufeffb\x85\U0001f600"
    [event] = redact([page.snapshot(page.element("p", {}, page.text(text)))], Policy.sentry())
    assert event["data"]["node"]["childNodes"][0]["childNodes"][0]["textContent"] == "*\ufeff****"


@pytest.mark.parametrize(
    ("mask_fn", "expected"),
    [(lambda _: "XX", "XX"), (lambda _: 5, "**** ***"), (lambda text: text[99], "**** ***")],
)
def test_the_function_masks_text_as_it_likes(mask_fn, expected):
    page = Page()
    [event] = redact(
        [page.snapshot(page.element("p", {}, page.text(TEXT)))], Policy.sentry(mask_fn=mask_fn)
    )
    assert event["data"]["node"]["childNodes"][0]["childNodes"][0]["textContent"] == expected


def test_a_rule_may_ask_about_ancestors():
    assert not masked(["a", "", "b"], {"unmask": ".a .b"})
    assert masked(["c", "", "b"], {"unmask": ".a .b"})
