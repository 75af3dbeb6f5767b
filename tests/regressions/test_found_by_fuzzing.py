"""Records of faults that fuzzing of segments, states and the compiled build found."""

import itertools
import json

import pytest
from helpers import Page, mutation, say
from hostile import levels_of_a_page
from steps import in_proportion

from replay_redact import DecodeError, LimitError, Policy, Redactor, Scrub, ScrubRule, redact_bytes
from replay_redact._css.sheets import mask_sheet
from replay_redact._page import attributes
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.masking import Masks
from replay_redact._rules.strict import Rules
from replay_redact.events import FullSnapshot, FullSnapshotData
from replay_redact.nodes import Document, Element, Text
from replay_redact.report import Report


def sent(*events):
    return json.dumps(list(events)).encode()


def put(parent, node):
    return {"parentId": parent["id"], "nextId": None, "node": node}


def taken(parent, node):
    return {"parentId": parent["id"], "id": node["id"]}


def former(field, kind):
    """Return what takes the place of a password field: a hidden node, or another node."""
    return {"element": {**field, "attributes": {**field["attributes"], "type": "text", "value": "Jane"}},
            "text": {"type": 3, "id": field["id"], "textContent": ""},
            "comment": {"type": 5, "id": field["id"], "textContent": ""}}[kind]  # fmt: skip


@pytest.mark.parametrize("kind", ["element", "text", "comment"])
def test_f01_a_state_forgot_a_password_field_whose_id_was_hidden_or_another_nodes(kind):
    page = Page()
    field = page.element("input", {"class": "sentry-unmask", "type": "password"})
    block, form = page.element("div", {"class": "sentry-block"}), page.element("form")
    away = block if kind == "element" else form
    plain = former(field, "element")
    steps = [
        page.snapshot(field, block, form),
        mutation(
            removes=[{"parentId": 4, "id": field["id"]}], adds=[put(away, former(field, kind))]
        ),
        mutation(removes=[taken(away, field)], adds=[put(form, plain)]),
    ]
    redactor = Redactor()
    for step in steps:
        output = redactor.process_bytes(sent(step))
        again = Redactor.from_state(Policy(), redactor.state())
        assert again.state() == redactor.state()
        redactor = again
    assert b"Jane" not in output


@pytest.mark.parametrize("number", [10**309, -(10**400), 10**30, 1e300])
@pytest.mark.parametrize("name", ["width", "tabindex", "rr_scrollTop", "viewBox"])
def test_f02_an_integer_beyond_any_float_was_a_type_error_in_the_compiled_build(name, number):
    page = Page()
    redacted = redact_bytes(sent(page.snapshot(page.element("p", {name: number}))))
    assert json.loads(redacted)[0]["data"]["node"]["childNodes"][0]["attributes"] == {name: 0}


@pytest.mark.parametrize(
    "encoded", ["123-45-6789%E2", "123-45-6789%80 \u00e9", "\u00e9%ff123-45-6789"]
)
def test_f03_a_pattern_over_decoded_bytes_that_are_no_text_was_an_error_that_held_them(encoded):
    rule = ScrubRule(pattern=r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b", text="[ssn]")
    policy = Policy(metadata="scrub", scrub=Scrub.default().with_rules(rule))
    event = {
        "type": 5,
        "timestamp": 1,
        "data": {"tag": "breadcrumb", "payload": {"message": encoded}},
    }
    assert b"6789" not in redact_bytes(sent(event), policy)


@pytest.mark.parametrize("selector", [".a .c", ".a .b .c", ".c .c .a", ".a > .c .c", ".a .c > .c"])
def test_f04_selectors_of_descendants_took_the_square_of_the_depth(selector):
    assert in_proportion(lambda depth: levels_of_a_page(selector, depth), 500)


@pytest.mark.no_cover  # the same few lines, a million times
@pytest.mark.parametrize(
    "selector", [".a .b .c", ".a > .b .c", ".a .b > .c", ".a > .b > .c", ".a .a .c"]
)
def test_f04_what_is_remembered_is_what_is_found_anew(selector):
    """Walk all chains of a few classes, each with and without what was remembered of others."""
    classes = ["a", "b", "c", "a b", ""]
    policy = Policy(unmask=selector)
    rules = Rules(policy)
    for chain in itertools.product(classes, repeat=4):
        assert levels(rules, chain) == levels(Rules(policy), chain)


def levels(rules, chain):
    context = rules.root
    found = []
    for one in chain:
        context = rules.child(context, rules.facts("p", {"class": one}))
        found.append(context.level)
    return found


def test_f05_a_segment_that_broke_in_a_later_piece_counted_as_the_one_that_was_due():
    page = Page()
    text = page.text("Jane")
    snapshot = page.snapshot(page.element("p", {"class": "sentry-unmask"}, text))
    redactor = Redactor()
    redactor.process_bytes(sent(snapshot), segment=0)
    counts = redactor.report.as_dict()
    load = json.dumps({"type": 1, "timestamp": 1, "data": {}})
    for broken in (f'{load}\n{{"type":', "\n".join([load] * 450 + ["{"])):
        with pytest.raises(DecodeError):
            redactor.process_bytes(broken.encode(), segment=1)
        assert redactor.report.as_dict() == counts
    redactor.process_bytes(sent(snapshot), segment=1)
    assert b"Open" in redactor.process_bytes(sent(say(text, "Open")), segment=2)


def test_f06_an_event_that_could_not_be_copied_left_the_page_before_it_known():
    page = Page()
    text = page.text("open")
    snapshot = page.snapshot(page.element("p", {"class": "sentry-unmask"}, text))
    deep = Element(id=9, tag_name="p", attributes={}, child_nodes=[])
    root = deep
    for level in range(6_000):
        root = Element(id=10 + level, tag_name="p", attributes={}, child_nodes=[root])
    odd = Text(id=9, text_content="\ud800")
    for node, error in ((root, LimitError), (odd, DecodeError)):
        redactor = Redactor()
        redactor.process_bytes(sent(snapshot))
        event = FullSnapshot(
            timestamp=1, data=FullSnapshotData(node=Document(id=1, child_nodes=[node]))
        )
        with pytest.raises(error):
            redactor.process(event)
        assert b"Jane" not in redactor.process_bytes(sent(say(text, "Jane")))


class Word(str):
    __slots__ = ()


@pytest.mark.parametrize("rules", ["strict", "sentry-11"])
@pytest.mark.parametrize(("given", "masked", "dropped"), [(Word("xx"), "xx", {}), ("\ud800", "****", {"mask_fn did not return a string": 1}), (5, "****", {"mask_fn did not return a string": 1})])  # fmt: skip
def test_f07_a_mask_of_the_callers_own_that_cannot_be_written(given, masked, dropped, rules):
    page = Page()
    policy = Policy(mask_fn=lambda _: given, rules=rules)
    redactor = Redactor(policy)
    output = redactor.process_bytes(sent(page.snapshot(page.element("p", {}, page.text("Jane")))))
    assert (
        json.loads(output)[0]["data"]["node"]["childNodes"][0]["childNodes"][0]["textContent"]
        == masked
    )
    assert redactor.report.dropped == dropped


@pytest.mark.parametrize(
    "css",
    ['@import url("/a.css")\na[title="Jane Roe"]{top:0}', '@import "/a.css" "Jane Roe";',
     '@import "/a.css" url(/Jane/Roe);', '@import url(/a.css) supports(content: "Jane Roe");', '@layer [title="Jane Roe"]{}'],
)  # fmt: skip
def test_f08_all_strings_behind_an_import_were_addresses_of_style_sheets(css):
    masked = mask_sheet(css)
    assert "Jane" not in masked
    assert ("/a.css" in masked) is ("/a.css" in css)
    assert mask_sheet(masked) == masked


def test_f09_a_blank_text_was_given_to_mask_fn_if_another_blank_was_odd():
    page = Page()
    policy = Policy(mask_fn=lambda text: "#" * len(text))
    blank, odd = page.text("\n "), page.text("\x1c")
    events = [page.snapshot(blank), page.snapshot(odd), page.snapshot(blank), say(blank, "\n ")]
    redactor = Redactor(policy)
    pieces = [json.loads(redactor.process_bytes(sent(event)))[0] for event in events]
    assert json.loads(redact_bytes(sent(*events), policy)) == pieces
    texts = [piece["data"]["node"]["childNodes"][0]["textContent"] for piece in pieces[:3]]
    assert [*texts, pieces[3]["data"]["texts"][0]["value"]] == ["\n ", "#", "\n ", "\n "]


def test_f10_a_field_that_moved_and_was_blocked_was_marked_the_second_time_only():
    page = Page()
    field = page.element("input", {"type": "password"})
    form = page.element("form", {}, field)
    moved = {**field, "attributes": {"type": "text", "data-sentry-block": ""}}
    step = mutation(removes=[taken(form, field)], adds=[put(form, moved)])
    once = redact_bytes(sent(page.snapshot(form), step))
    assert redact_bytes(once) == once


@pytest.mark.parametrize("tag", ["script", "template", "style"])
def test_f11_code_at_the_top_of_a_shadow_root_was_text(tag):
    page = Page()
    text = page.text("a{content:'Jane'}", isShadow=True)
    policy = Policy(mask_all_text=False)
    output = redact_bytes(sent(page.snapshot(page.element(tag, {}, text))), policy)
    changed = redact_bytes(
        sent(page.snapshot(page.element(tag, {}, text)), say(text, "b{content:'Jane'}")), policy
    )
    assert b"Jane" not in output + changed
    assert (b"a{content:'****'}" in output) is (tag == "style")
    assert (b"b{content:'****'}" in changed) is (tag == "style")


def test_f12_what_contexts_remember_had_a_bound_for_each_and_none_for_all(monkeypatch):
    monkeypatch.setattr(attributes, "_MAX_KNOWN", 20)
    rules = Rules(Policy())
    masks = AttributeMasks(rules, Masks(rules.policy), Report())
    contexts = [rules.child(rules.root, 1 << bit) for bit in range(7, 17)]
    for number in range(300):
        values = {"href": f"/{number}", "action": "/" * 300}
        masks.mask(values, contexts[number % len(contexts)])
        assert 0 < len(masks._known) <= 20
