"""Warnings about policies, and explanations of decisions."""

import json

import pytest
from helpers import Page, add, change, mutation, say

from replay_redact import Level, Policy, Scrub, ScrubRule
from replay_redact.testing import explain, lint, recording_from_html


def warnings(html, **options):
    return lint(recording_from_html(html), Policy(**{"unmask": ()} | options))


@pytest.mark.parametrize(
    ("options", "warning"),
    [
        (
            {"public_paths": ["/a"], "mask_urls": False},
            "public_paths has no effect while mask_urls is false",
        ),
        (
            {"show_media": "img", "block_all_media": False},
            "show_media has no effect while block_all_media is false",
        ),
        (
            {"unmask": "p", "mask_all_text": False, "mask_all_inputs": False},
            "unmask has no effect while nothing is masked",
        ),
        (
            {"mask_fn": str, "mask_all_text": False, "mask_all_inputs": False},
            "mask_fn has no effect while nothing is masked",
        ),
        (
            {"mask_fn": str, "hide_length": True},
            "hide_length has no effect on what mask_fn returns",
        ),
        (
            {"scrub": Scrub(rules=[ScrubRule(detector="email", where="custom.**")])},
            "the scrub rule for email at custom.** has no effect while metadata is 'safe'",
        ),
        (
            {"scrub": Scrub(rules=[ScrubRule(pattern="x", where="plugin.*")]), "metadata": "mask"},
            "the scrub rule for a pattern at plugin.* has no effect while metadata is 'mask'",
        ),
    ],
)
def test_options_without_effect(options, warning):
    assert warnings("<p>a</p>", **options) == [warning]


def test_scrub_rules_with_effect():
    rules = [ScrubRule(detector="email", where="text"), ScrubRule(detector="email")]
    assert warnings("<p>a</p>", scrub=Scrub(rules=rules)) == []
    custom = Scrub(rules=[ScrubRule(detector="email", where="custom.**")])
    assert warnings("<p>a</p>", scrub=custom, metadata="scrub") == []


@pytest.mark.parametrize("option", ["mask", "unmask", "never_unmask", "block"])
def test_selectors_that_decide_about_nothing(option):
    assert warnings("<p>a</p>", **{option: "p"}) == []
    assert warnings("<p>a</p>", **{option: ["nav", "p"]}) == [
        f"{option} 'nav' matches no node of this recording"
    ]
    assert warnings("<p>a</p>", **{option: "nav, p"}) == []


@pytest.mark.parametrize("option", ["mask", "block"])
def test_what_the_page_asked_for_itself_is_no_decision_of_a_selector(option):
    html = "<p class=sentry-mask>a</p><p class=sentry-block>b</p>"
    assert warnings(html, **{option: "nav"}) == [
        f"{option} 'nav' matches no node of this recording"
    ]


def test_the_defaults_need_not_decide():
    assert lint(recording_from_html("<p>a</p>"), Policy()) == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<main><input></main>", "form fields, such as html > body > main > input"),
        (
            "<main><textarea></textarea></main>",
            "form fields, such as html > body > main > textarea",
        ),
        (
            "<main><p contenteditable>a</p></main>",
            "regions that users write in, such as html > body > main > p",
        ),
        (
            "<main><p role=log>a</p></main>",
            "regions that users write in, such as html > body > main > p",
        ),
    ],
)
def test_rules_that_show_what_users_write(html, what):
    assert warnings(html, unmask="main") == [f"unmask main shows {what}"]


@pytest.mark.parametrize(
    "html",
    [
        "<main><input type=password></main>",
        "<main><p contenteditable=false>a</p></main>",
        "<main>a</main><input>",
    ],
)
def test_what_is_no_reason_to_warn(html):
    assert warnings(html, unmask="main") == []


def test_an_unmask_that_opens_part_of_a_masked_region():
    page = "<main><p><b>a</b></p></main><b>b</b>"
    assert warnings(page, mask="main", unmask="b") == [
        "unmask b shows part of a masked region, such as html > body > main > p > b"
    ]
    assert warnings(page, never_unmask="main", unmask="b") == []
    assert warnings(page, mask="p", unmask="main") == []


def test_words_that_style_sheets_make_public():
    page = Page()
    style = page.element("style", {}, page.text("[data-kind=warm],[data-user=jane]{top:0}"))
    events = json.dumps([page.snapshot(style)]).encode()
    assert lint(events, Policy()) == ['a style sheet makes data-kind="warm" public']
    assert lint(events, Policy.lockdown()) == []
    assert lint(events, Policy.sentry()) == []


def test_text_that_changes():
    page = Page()
    text = page.text("a")
    region = page.element("main", {}, text)
    added = page.element("input")
    other = page.text("c")
    events = [
        page.snapshot(region, page.element("p", {}, other)),
        say(other, "d"),
        say(text, "b"),
        add(region, added),
        change(region, title="x"),
        mutation(),
    ]
    assert lint(json.dumps(events).encode(), Policy(unmask="main")) == [
        "unmask main shows text that changes, such as main",
        "unmask main shows form fields, such as main > input",
    ]


def test_an_explanation_walks_down_to_the_node():
    page = Page()
    text = page.text("a")
    inner = page.element("p", {"class": "sentry-mask"}, text)
    outer = page.element("main", {"id": "top"}, inner)
    events = [page.snapshot(outer), change(outer, id="x")]
    [match] = explain(json.dumps(events).encode(), text["id"], Policy(unmask="main")).matches
    assert [(step.node, step.name, step.level, step.rule) for step in match.steps] == [
        (outer["id"], "main#x", Level.UNMASK, "unmask main"),
        (inner["id"], "p.sentry-mask", Level.MASK, "mask .sentry-mask"),
    ]


def test_an_explanation_of_a_node_that_was_removed_is_of_when_it_was_there():
    page = Page()
    inner = page.element("p")
    body = page.element("body", {}, inner)
    gone = mutation(removes=[{"parentId": body["id"], "id": inner["id"]}])
    [match] = explain(json.dumps([page.snapshot(body), gone]).encode(), inner["id"]).matches
    assert [step.name for step in match.steps] == ["body", "p"]
    assert not explain(json.dumps([page.snapshot(body)]).encode(), 99)


def test_a_selector_that_matches_behind_another_is_no_mistake():
    html = "<nav class=sentry-unmask>a</nav>"
    assert warnings(html, unmask=[".sentry-unmask", "nav"]) == []


def test_the_defaults_of_open_are_no_option():
    assert lint(recording_from_html("<p>a</p>"), Policy.permissive()) == []
