"""Why the SDK decides as it does: explanations, warnings, leaks and the command name its rule."""

import json

import pytest
from helpers import Page, add, change, engine_of, remove, say, typed

from replay_redact import Level, Policy, Redactor
from replay_redact.cli import main
from replay_redact.testing import explain, find_leaks, lint, recording_from_html

DEFAULT = "defaults of the policy"


def to_bytes(events):
    return json.dumps(events).encode()


def reason(events, node, **options):
    """Return level and rule of the last step to a node."""
    [match] = explain(to_bytes(events), node["id"], Policy.sentry(**options)).matches
    step = match.steps[-1]
    return step.level.name, step.rule


# --- explanations ---------------------------------------------------------------------------------


def test_an_explanation_names_the_rule_of_the_sdk():
    page = recording_from_html("<div class=menu><p>Jane</p></div>")
    [match] = explain(page, 5, Policy.sentry(mask=[".menu"])).matches
    assert [(step.name, step.level, step.rule) for step in match.steps] == [
        ("html", Level.DEFAULT, DEFAULT),
        ("body", Level.DEFAULT, DEFAULT),
        ("div.menu", Level.MASK, "mask .menu"),
    ]


@pytest.mark.parametrize(
    ("tag", "attributes", "options", "expected"),
    [
        ("p", {"class": "a"}, {"unmask": ".a"}, ("UNMASK", "unmask .a")),
        ("p", {"class": "a"}, {"unmask": ".a", "mask": "p"}, ("MASK", "mask p")),
        ("p", {"class": "a"}, {"block": ".a"}, ("BLOCK", "block .a")),
        ("p", {"class": "a"}, {"block": ".a", "show_media": "p"}, ("DEFAULT", DEFAULT)),
        ("p", {"class": "sentry-block"}, {"mask": "p"}, ("BLOCK", "block .sentry-block")),
        ("img", {}, {}, ("BLOCK", "block_all_media")),
        ("img", {}, {"block": "img"}, ("BLOCK", "block img")),
        ("img", {}, {"show_media": "img"}, ("DEFAULT", DEFAULT)),
        ("img", {}, {"block_all_media": False}, ("DEFAULT", DEFAULT)),
        ("input", {"autocomplete": "cc-csc"}, {"unmask": "*"}, ("MASK", "autocomplete of a password or a card")),
        ("input", {"autocomplete": "cc-csc"}, {"block": "*"}, ("BLOCK", "block *")),
        ("input", {"type": "password"}, {"unmask": "*"}, ("UNMASK", "unmask *")),
    ],
)  # fmt: skip
def test_the_nearest_rule_is_named(tag, attributes, options, expected):
    page = Page()
    element = page.element(tag, attributes)
    assert reason([page.snapshot(element)], element, **options) == expected


def test_rules_end_at_a_document_and_not_at_a_shadow_root():
    page = Page()
    below, deep, other = page.element("b"), page.element("i"), page.element("u")
    inner = page.element("p", {}, below, isShadow=True)
    framed = page.element("iframe", {}, page.document(page.element("html", {}, deep)))
    frame = page.element("iframe", {}, page.document(page.element("html", {}, other)))
    masked = page.element("div", {"class": "sentry-mask"}, inner, framed)
    events = [page.snapshot(masked, frame)]
    rule = ("MASK", "mask .sentry-mask")
    assert reason(events, masked) == reason(events, inner) == reason(events, below) == rule
    assert reason(events, deep) == ("DEFAULT", "rules end at an iframe")
    assert reason(events, other) == ("DEFAULT", DEFAULT)
    assert reason(events, below, unmask="b") == ("UNMASK", "unmask b")


def test_a_change_is_explained():
    page = Page()
    region = page.element("p")
    events = [page.snapshot(region), change(region, class_="sentry-mask")]
    assert reason(events, region) == ("MASK", "mask .sentry-mask")


def test_what_is_below_a_block_is_explained_by_the_block():
    page = Page()
    shown = page.element("b", {"class": "open"}, isShadow=True)
    box = page.element("div", {"class": "sentry-block"}, page.element("p", {}, shown))
    late = page.element("i")
    events = [page.snapshot(box), add(box, late)]
    blocked = ("BLOCK", "block .sentry-block")
    options = {"show_media": ".open", "unmask": ".open"}
    assert reason(events, shown, **options) == reason(events, late, **options) == blocked
    lifted = [*events, change(box, class_="x")]
    assert reason(lifted, shown) == reason(lifted, late) == ("BLOCK", "id of a blocked node")


# --- what is below a block stays unknown to the player --------------------------------------------


def passed(redactor, event):
    return json.loads(redactor.process_bytes(to_bytes([event])))


def boxed():
    """Return a page with a box, and redactors that know it: as it is, and with the block lifted."""
    page = Page()
    text = page.text("Jane")
    inner = page.element("input", {}, text)
    box = page.element("div", {"class": "sentry-block"}, inner)
    redactors = Redactor(Policy.sentry()), Redactor(Policy.sentry())
    for redactor in redactors:
        redactor.process_bytes(to_bytes([page.snapshot(box)]))
    redactors[1].process_bytes(to_bytes([change(box, class_="x")]))
    return page, box, inner, text, redactors


def test_events_about_what_is_below_a_block_are_dropped_though_it_is_lifted():
    page, box, inner, text, redactors = boxed()
    late = page.element("b")
    for redactor in redactors:
        for event in (say(text, "Roe"), typed(inner, "Roe"), change(inner, name="a"), add(inner, late), remove(box, inner)):  # fmt: skip
            assert passed(redactor, event) == []
        assert inner["id"] not in engine_of(redactor).mirror.parents
        assert text["id"] not in engine_of(redactor).mirror.parents


def test_a_pointer_over_what_is_below_a_block_is_over_nothing():
    _, box, inner, _, redactors = boxed()
    positions = [{"x": 1, "y": 1, "id": node["id"], "timeOffset": 0} for node in (box, inner)]
    moved = {"type": 3, "timestamp": 9, "data": {"source": 1, "positions": positions}}
    for redactor in redactors:
        [event] = passed(redactor, moved)
        assert [at["id"] for at in event["data"]["positions"]] == [box["id"], -1]


def test_what_leaves_a_block_is_recorded_where_it_arrives():
    _, box, inner, text, (redactor, _) = boxed()
    [added] = passed(redactor, add({"id": box["id"] + 1}, inner))  # the document
    assert added["data"]["adds"][0]["node"]["id"] == inner["id"]
    [said] = passed(redactor, say(text, "Roe"))
    assert said["data"]["texts"] == [{"id": text["id"], "value": "***"}]


def test_an_id_that_a_blocked_node_claims_too_is_that_of_a_blocked_node():
    page = Page()
    text = page.text("Jane")
    region = page.element("p", {}, text)
    claim = {**page.element("b"), "id": region["id"]}
    box = page.element("div", {"class": "sentry-block"})
    for events in ([page.snapshot(box, region), add(box, claim)], [page.snapshot({**box, "childNodes": [claim]}, region)]):  # fmt: skip
        redactor = Redactor(Policy.sentry())
        redactor.process_bytes(to_bytes(events))
        assert passed(redactor, change(region, title="Roe")) == []
        assert passed(redactor, say(text, "Roe")) == []


# --- unknown pages --------------------------------------------------------------------------------


def test_nothing_is_known_after_an_event_that_may_have_been_a_snapshot():
    page = Page()
    text = page.text("Jane")
    events = [page.snapshot(page.element("p", {}, text))]
    lost = {"type": 2, "timestamp": 2, "windowId": "a", "data": {"node": 5}}
    redactor = Redactor(Policy.sentry())
    redactor.process_bytes(to_bytes([{**event, "windowId": "a"} for event in [*events, lost]]))
    assert passed(redactor, {**say(text, "Roe"), "windowId": "a"}) == []
    assert redactor.report.dropped["malformed"] == 1


def test_a_node_below_what_nobody_knows_stays_unknown():
    page = Page()
    redactor = Redactor(Policy.sentry())
    text = page.text("Jane")
    assert passed(redactor, add({"id": 77}, page.element("p", {}, text))) == []
    assert engine_of(redactor).mirror.parents == {}


# --- warnings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["mask", "unmask", "block"])
def test_a_selector_of_the_sdk_that_matches_is_not_warned_of(option):
    page = recording_from_html(
        "<div class=menu><p>Jane</p></div><svg><text class=label>a</text></svg>"
    )
    assert lint(page, Policy.sentry(**{option: [".menu", "svg .label"]})) == []
    assert lint(page, Policy.sentry(**{option: [".menu", "nav"]})) == [
        f"{option} 'nav' matches no node of this recording"
    ]


def test_unmasked_fields_are_warned_of():
    page = recording_from_html("<form><input name=q></form>")
    assert lint(page, Policy.sentry(unmask="form")) == [
        "unmask form shows form fields, such as html > body > form > input"
    ]


def test_options_that_matter_to_the_sdk_always_are_not_warned_of():
    page = recording_from_html("<p class=a>Jane</p>")
    options = {"mask_all_text": False, "mask_all_inputs": False, "block_all_media": False}
    assert (
        lint(page, Policy.sentry(unmask=".a", show_media=".a", mask_fn=str.upper, **options)) == []
    )


# --- leaks and the command ------------------------------------------------------------------------


def test_leaks_name_the_rule():
    page = recording_from_html(
        "<p title=Jane class=a>Jane</p><img src=x><div class=b><i>Jane</i></div>"
    )
    leaks = find_leaks(page, Policy.sentry(mask=".a", block=".b"))
    assert {(leak.channel, leak.rule) for leak in leaks} == {
        ("attribute", "mask_attributes"),
        ("text", "mask .a"),
        ("media", "block_all_media"),
        ("media", "block .b"),
    }


def test_the_command_explains_too(tmp_path, capsys):
    path = tmp_path / "page.json"
    path.write_bytes(recording_from_html("<p class=menu>Jane</p>"))
    assert main(["explain", str(path), "5", "--policy", "sentry", "--mask", ".menu"]) == 0
    assert "decided by      mask .menu, on p.menu\n" in capsys.readouterr().out
