"""One record per fault that an attack on a finished build found: id, what leaked, test."""

import gzip
import json

import pytest
from helpers import Page, add, change, incremental, redact, say
from steps import in_proportion

from replay_redact import LimitError, Policy, PolicyError, ScrubRule, redact_bytes
from replay_redact._css.sheets import mask_declarations, mask_sheet
from replay_redact.scrub import Scrub
from replay_redact.scrub.scanner import scanner_of
from replay_redact.testing import recording_from_html

OPEN = Policy(unmask="main")


def shown(events, policy=OPEN):
    once = redact(events, policy)
    assert redact(once, policy) == once
    return json.dumps(once, ensure_ascii=False)


def joined(*parts):
    """Merge several mutations into one."""
    data = {name: [item for part in parts for item in part["data"][name]] for name in ("texts", "attributes", "removes", "adds")}  # fmt: skip
    return incremental(0, **data)


def a_page():
    page = Page()
    text, field = page.text("a"), page.element("input", {"type": "text"})
    region = page.element("p", {}, text)
    main = page.element("main", {"class": "open"}, region, field)
    return page, main, region, text, field


@pytest.mark.parametrize("mark", ["sentry-mask", "sentry-block"])
def test_a01_a_region_that_is_masked_in_the_same_mutation_showed_what_came_with_it(mark):
    page, main, region, text, _ = a_page()
    closing = change(region, **{"class": mark})
    for other in (
        say(text, "Jane"),
        change(region, title="Jane"),
        add(region, page.text("Jane")),
        add(region, page.element("b", {"title": "Jane"}, page.text("Jane"))),
    ):
        for parts in ((other, closing), (closing, other)):
            assert "Jane" not in shown([page.snapshot(main), joined(*parts)])


def test_a01_for_a_region_that_is_no_longer_opened():
    page, main, _, text, _ = a_page()
    policy = Policy(unmask=".open")
    closed = joined(say(text, "Jane"), change(main, **{"class": ""}))
    assert "Jane" not in shown([page.snapshot(main), closed], policy)


def test_a01_for_a_field_that_becomes_a_password():
    page, main, _, _, field = a_page()
    parts = joined(change(field, value="Jane"), change(field, type="password"))
    assert "Jane" not in shown([page.snapshot(main), parts])


def test_a01_for_a_node_that_comes_and_is_masked_at_once():
    page, main, _, _, _ = a_page()
    new = page.element("b", {"class": "x"}, page.text("Jane"))
    closing = joined(add(main, new), change(new, **{"class": "sentry-mask"}))
    assert "Jane" not in shown([page.snapshot(main), closing])
    gone = joined(add(main, new), change(new, **{"class": None}))
    assert "Jane" in shown([page.snapshot(main), gone])
    text = page.text("Roe")
    assert "Roe" in shown(
        [page.snapshot(main), joined(add(main, text), change(text, **{"class": "x"}))]
    )


def test_a02_a_node_that_moves_after_something_was_put_into_it():
    page, main, region, _, _ = a_page()
    masked = page.element("div", {"class": "sentry-mask"})
    moved = joined(add(region, page.text("Jane")), add(masked, region))
    body = page.element("body", {}, main, masked)
    assert "Jane" not in shown([page.snapshot(body), moved])
    in_order = joined(add(main, page.text("Roe")), add(main, page.text("Doe")))
    assert "Roe" in shown([page.snapshot(body), in_order])


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("a", {"rel": "stylesheet", "href": "/u/Jane"}),
        ("a", {"as": "font", "href": "/u/Jane"}),
        ("form", {"rel": "stylesheet", "action": "/u/Jane"}),
        ("base", {"rel": "stylesheet", "href": "/u/Jane"}),
        ("link", {"rel": "stylesheet", "cite": "/u/Jane"}),
    ],
)
def test_a03_what_is_no_style_sheet_kept_its_path(tag, attributes):
    page = Page()
    assert "Jane" not in shown([page.snapshot(page.element(tag, attributes))])


def test_a03_style_sheets_keep_theirs():
    page = Page()
    link = page.element("link", {"rel": "stylesheet", "href": "https://a.example/main.css"})
    assert "main.css" in shown([page.snapshot(link)])


@pytest.mark.parametrize("space", ["\u2028", "\xa0", "\u3000", "\ufeff"])
def test_a04_white_space_that_is_none_to_css_made_an_address_of_a_function(space):
    page = Page()
    box = page.element("p")
    value = f"{space}url(https://a.example/x)"
    declaration = incremental(13, id=box["id"], index=[0], set={"property": "background", "value": value})  # fmt: skip
    events = [page.snapshot(box), declaration, change(box, style={"background": value})]
    assert '": "url(' not in shown(events)


def test_a05_unblock_won_over_a_mask_around_it():
    page = Page()
    image = page.element("img", {"class": "u", "src": "https://a.example/jane.png"})
    masked = page.element("div", {"class": "sentry-mask"}, image)
    policy = Policy(show_media=".u")
    assert "jane" not in shown([page.snapshot(masked)], policy)
    assert "jane" in shown([page.snapshot(image)], policy)


@pytest.mark.parametrize(
    "attributes",
    [
        {"Type": "password"},
        {"TYPE": "hidden"},
        {"Autocomplete": "cc-number"},
        {"type": ["password"]},
        {"Class": "sentry-mask"},
        {"class": ["sentry-mask"]},
        {"class": ["sentry-mask x", None, [[]]]},
        {"DATA-SENTRY-MASK": ""},
        {"data-sentry-mask": {}},
    ],
)
def test_a06_capitals_and_odd_values_hid_what_an_attribute_says(attributes):
    page = Page()
    field = page.element("input", attributes | {"value": "Jane"})
    assert "Jane" not in json.dumps(redact([page.snapshot(page.element("main", {}, field))], OPEN))
    plain = page.element("input")
    events = [page.snapshot(page.element("main", {}, plain)), change(plain, **attributes)]
    assert "Roe" not in json.dumps(redact([*events, change(plain, value="Roe")], OPEN))


def test_a07_a_window_id_may_be_a_uuid_and_nothing_else():
    for window, kept in (("0198c2ba-7e1a-7c3b-8d4e-5f6a7b8c9d0e", True), ("Jane_Roe_4111", False)):
        line = json.dumps([window, {"type": 1, "timestamp": 1, "data": {}}]).encode() + b"\n"
        assert (window.encode() in redact_bytes(line + line)) is kept


@pytest.mark.parametrize("mask", [mask_sheet, mask_declarations])
@pytest.mark.parametrize(("before", "after"), [("", ";"), ("", "{"), ("--x:", "{")])
def test_b01_a_segment_was_read_again_at_each_of_its_ends(mask, before, after):
    assert in_proportion(lambda size: mask("/**/" * size + before + after * size), 200)


@pytest.mark.parametrize("data", [b"{}\n" * 1_000_002, b"[" + b"1," * 1_000_001 + b"1]"])
def test_b02_a_million_items_are_counted_before_they_are_opened(data):
    with pytest.raises(LimitError, match="more than 1000000 events"):
        redact_bytes(gzip.compress(data, 1))


def test_b04_a_pattern_without_end_is_the_policys_fault():
    with pytest.raises(PolicyError, match="calls a group or itself"):
        ScrubRule(pattern="(?R)")


@pytest.mark.parametrize(
    "css", ['a{--x:format("woff")}', 'a{--x:url(x.woff) format("woff")}', 'a{--x:tech("x")}']
)
def test_c01_formats_in_custom_properties_were_masked_the_second_time_only(css):
    page = Page()
    shown([page.snapshot(page.element("style", {}, page.text(css)))])


@pytest.mark.parametrize("css", ["a(}", ":is(a}b", "a{url(x)]", "a)", "a[(])"])
def test_c02_brackets_that_do_not_match_are_no_whole_style(css):
    page = Page()
    text = page.text("p{}")
    shown([page.snapshot(page.element("style", {}, text)), say(text, css)])


@pytest.mark.parametrize(
    "text",
    [
        "jane.roe&commat;shop&period;example",
        "jane.roe&#64shop.example",
        "078&hyphen;05&hyphen;1120",
        "ghp&lowbar;" + "aB3dE5gH7jK9" * 3,
    ],
)
def test_d01_character_references_hid_secrets(text):
    clean = scanner_of(Scrub.default()).string(text)
    assert clean in {"[email]", "[us_ssn]", "[github]"}


# --- PostHog's selected options ------------------------------------------------------------


def a_select(page, *options):
    select = page.element("select", {}, *options)
    chosen = [options[0]["id"]]
    event = incremental(5, id=select["id"], text="Jane", isChecked=False, selectedOptionIds=chosen)
    return [page.snapshot(select), event]


def test_a_selected_option_of_posthogs_recorder_was_cut_so_that_a_select_looked_blank():
    page = Page()
    events = a_select(page, page.element("option", {}), page.element("option", {}))
    chosen = events[1]["data"]["selectedOptionIds"]
    shown_data = redact(events, Policy())[1]["data"]
    assert (shown_data["text"], shown_data["selectedOptionIds"]) == ("****", chosen)
    for policy in (Policy(hide_state=True), Policy.sentry(), Policy(block="option")):
        [_, typed] = redact(events, policy)
        assert "selectedOptionIds" not in typed["data"]
        assert redact(redact(events, policy), policy) == redact(events, policy)


@pytest.mark.parametrize("ids", [["Jane"], "Jane", {"Jane": 1}, [1.5], [None], [True]])
def test_selected_options_that_are_no_ids_take_their_event_with_them(ids):
    events = a_select(Page(), Page().element("option", {}))
    events[1]["data"]["selectedOptionIds"] = ids
    assert len(redact(events, Policy())) == 1


def test_an_option_that_is_blocked_in_the_same_moment_is_not_named():
    page = Page()
    option = page.element("option", {})
    opened, typed = a_select(page, option)
    closing = change(option, **{"class": "sentry-block"})
    typed["timestamp"] = closing["timestamp"]
    events = [opened, typed, closing]
    masked = json.loads(redact_bytes(json.dumps(events).encode()))
    assert "selectedOptionIds" not in masked[1]["data"]


@pytest.mark.parametrize("policy", [Policy(), Policy.lockdown()], ids=["strict", "lockdown"])
@pytest.mark.parametrize(
    "css",
    [
        "@font-face{font-family:a;src:url(https://jane.shop.example/f.woff2)}",
        "@import url(//jane.shop.example./a.css);",
        '@import "https://jane.shop.example/a.css";',
        "p{background:url(https://JANE.shop.example)}",
    ],
)
def test_a_style_sheet_named_hosts_that_the_policy_masks(css, policy):
    page = recording_from_html(f"<style>{css}</style>")
    output = redact_bytes(page, policy.replace(mask_hosts="*.shop.example"))
    assert b"jane" not in output.lower()
    assert redact_bytes(output, policy.replace(mask_hosts="*.shop.example")) == output
