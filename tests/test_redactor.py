"""The handlers: what passes, what is changed and what is dropped, event by event."""

import json

import pytest
from helpers import (
    OPEN,
    Page,
    add,
    change,
    children,
    custom,
    incremental,
    mutation,
    redact,
    remove,
    report,
    say,
    shown,
    text_in,
    typed,
)

from replay_redact import (
    DecodeError,
    Policy,
    RedactError,
    Redactor,
    decode,
    encode,
    redact_bytes,
    redact_events,
)
from replay_redact import events as ev
from replay_redact._engine.handlers import HANDLERS
from replay_redact._masks.media import BLOCK_STYLE


def blocked_page():
    page = Page()
    text = page.text("Jane")
    box = page.element(
        "div", {"class": "sentry-block", "title": "Jane", "style": "width: 9px"}, text
    )
    return page, box, text, page.snapshot(page.element("body", {}, box))


def test_a_blocked_element_is_an_empty_gray_box():
    *_, snapshot = blocked_page()
    [event] = redact([snapshot])
    box = event["data"]["node"]["childNodes"][0]["childNodes"][0]
    assert box["childNodes"] == []
    assert box["attributes"] == {"class": "sentry-block", "style": f"width: 9px; {BLOCK_STYLE}"}


def test_events_about_blocked_nodes_are_dropped():
    page, box, text, snapshot = blocked_page()
    inside, new = text["id"], page.text("Jane")
    events = [
        incremental(2, type=2, id=inside, x=1, y=2),
        incremental(3, id=inside, x=1, y=2),
        incremental(5, id=inside, text="Jane", isChecked=False),
        incremental(7, type=0, id=inside),
        incremental(8, id=inside, adds=[{"rule": "a{}"}]),
        incremental(13, id=inside, index=[0], set={"property": "color", "value": "red"}),
        incremental(
            14, ranges=[{"start": inside, "startOffset": 0, "end": inside, "endOffset": 1}]
        ),
        incremental(15, id=inside, styleIds=[1]),
        mutation(texts=[{"id": inside, "value": "Jane"}]),
        mutation(adds=[{"parentId": box["id"], "nextId": None, "node": new}]),
        mutation(removes=[{"parentId": box["id"], "id": inside}]),
        mutation(attributes=[{"id": box["id"], "attributes": {"title": "Jane"}}]),
    ]
    assert len(redact([snapshot, *events])) == 1
    change = {"id": box["id"], "attributes": {"class": "sentry-block wide", "style": "width: 3px"}}
    [_, passed] = redact([snapshot, mutation(attributes=[change])])
    assert passed["data"]["attributes"][0]["attributes"] == {
        "class": "sentry-block wide",
        "style": f"width: 3px; {BLOCK_STYLE}",
    }


def test_a_box_blocked_by_the_recorder_becomes_gray():
    page = Page()
    image = page.element("img", {"rr_width": "40px", "rr_height": "30px"})
    [event] = redact([page.snapshot(image)])
    attributes = event["data"]["node"]["childNodes"][0]["attributes"]
    assert attributes["src"].startswith("data:image/svg+xml,")
    assert (attributes["rr_width"], attributes["rr_height"]) == ("40px", "30px")


def test_mouse_paths_keep_their_ends():
    positions = [{"x": x, "y": 0, "id": 1, "timeOffset": x} for x in range(5)]
    for source in (1, 6, 12):
        [event] = redact([incremental(source, positions=positions)])
        assert [at["x"] for at in event["data"]["positions"]] == [0, 4]


@pytest.mark.parametrize(
    ("tag", "before", "after"),
    [("style", 'a{content:"Jane"}', 'a{content:"****"}'), ("style", 'a{content:"Jane', ""),
     ("script", "Jane", ""), ("textarea", "Jane", "****"), ("title", "Jane R", "**** *")],
)  # fmt: skip
def test_changed_text_is_judged_by_what_it_is_in(tag, before, after):
    page = Page()
    text = page.text("x")
    events = [
        page.snapshot(page.element(tag, {}, text)),
        mutation(texts=[{"id": text["id"], "value": before}]),
    ]
    assert redact(events)[1]["data"]["texts"][0]["value"] == after


def test_comments_are_emptied_and_stay_so():
    page = Page()
    comment = page.comment("Jane")
    change = mutation(texts=[{"id": comment["id"], "value": "Jane"}, {"id": 99, "value": None}])
    first, second = redact([page.snapshot(comment), change])
    assert first["data"]["node"]["childNodes"][0]["textContent"] == ""
    assert [text["value"] for text in second["data"]["texts"]] == ["", None]


def test_style_text_in_several_nodes_is_judged_as_one():
    page = Page()
    style = page.element(
        "style", {}, page.text('a::after{content:"Ja'), page.text("ne{}"), page.text('"}')
    )
    found = shown([page.snapshot(style)])
    assert "Ja" not in found
    assert "ne{}" not in found


def test_unknown_nodes_are_masked_whatever_the_policy():
    events = [
        mutation(
            texts=[{"id": 7, "value": "Jane"}],
            attributes=[{"id": 7, "attributes": {"title": "Jane"}}],
        ),
        mutation(
            adds=[{"parentId": 7, "nextId": None, "node": Page().element("p", {"title": "Jane"})}]
        ),
        incremental(5, id=7, text="Jane", isChecked=False),
    ]
    assert "Jane" not in shown(events, Policy.permissive())


def test_cycles_repeated_and_negative_ids_are_harmless():
    page = Page()
    one, two = page.element("p", {"class": "sentry-unmask"}), page.element("p")
    body = page.element("body", {}, one, two)
    add = [
        {"parentId": b["id"], "nextId": None, "node": {**a, "childNodes": []}}
        for a, b in ((one, two), (two, one), (one, one))
    ]
    late = [
        {
            "parentId": one["id"],
            "nextId": None,
            "node": {"type": 3, "id": -5, "textContent": "Jane"},
        }
    ]
    assert "Jane" not in shown([page.snapshot(body), mutation(adds=add), mutation(adds=late)])
    twice = page.element("div", {"class": "sentry-unmask"})
    clone = {**page.text("Jane"), "id": twice["id"]}
    say = mutation(adds=[{"parentId": twice["id"], "nextId": None, "node": page.text("Roe")}])
    assert "Roe" not in shown([page.snapshot(page.element("body", {}, twice, clone)), say])


def test_mask_fn_masks_text_and_falls_back_to_asterisks():
    page = Page()
    events = [page.snapshot(page.text("Jane"))]
    assert "<4>" in shown(events, Policy(mask_fn=lambda text: f"<{len(text)}>"))
    for broken in (lambda text: text / 2, len):
        redactor = Redactor(Policy(mask_fn=broken))
        assert b'"****"' in redactor.process_bytes(json.dumps(events).encode())
        assert redactor.report.dropped.total() == 1


def test_fonts_pass_only_by_opt_in():
    font = incremental(
        10,
        family="Inter",
        fontSource="https://a.example/x.woff2",
        buffer=False,
        descriptors={"x": "Jane"},
    )
    assert redact([font]) == []
    [kept] = redact([font], Policy(keep_fonts=True))
    assert "descriptors" not in kept["data"]


def test_hidden_state_pointer_and_lengths():
    page = Page()
    box = page.element("input", {"type": "checkbox", "checked": True, "value": "Jane"})
    text = page.text("Jane Roe was here")
    events = [
        page.snapshot(page.element("form", {"title": "Jane Roe", "style": "--x: Jane"}, box, text)),
        incremental(5, id=box["id"], text="Jane", isChecked=True),
        incremental(1, positions=[{"x": 1, "y": 1, "id": box["id"], "timeOffset": 0}]),
        incremental(2, type=2, id=box["id"], x=1, y=1),
        incremental(
            14, ranges=[{"start": text["id"], "startOffset": 3, "end": text["id"], "endOffset": 7}]
        ),
    ]
    snapshot, typed, click, selection = redact(events, Policy.lockdown())
    form = snapshot["data"]["node"]["childNodes"][0]
    assert form["attributes"] == {"title": "***", "style": "--x: ×××"}
    assert form["childNodes"][0]["attributes"] == {"type": "checkbox", "value": "***"}
    assert form["childNodes"][1]["textContent"] == "***"
    assert (typed["data"]["text"], typed["data"]["isChecked"]) == ("***", False)
    assert "x" not in click["data"]
    assert selection["data"]["ranges"][0] == {
        "start": text["id"],
        "startOffset": 0,
        "end": text["id"],
        "endOffset": 0,
    }


# --- every kind has a handler --------------------------------------------------------------


def test_every_kind_and_every_source_has_a_handler():
    known = {*ev.KINDS.values(), *ev.SOURCES.values()} - {ev.IncrementalSnapshot}
    assert known <= set(HANDLERS)
    assert {cls.__name__ for cls in HANDLERS} == {cls.__name__ for cls in known} | {"Unreadable"}


NUMBERS = [
    {"type": 0, "timestamp": 1, "data": {}},
    {"type": 1, "timestamp": 1.5, "data": {}, "delay": 2},
    incremental(2, type=2, id=1, x=1, y=2.5, pointerType=1),
    incremental(3, id=1, x=0, y=100),
    incremental(4, width=800, height=600),
    incremental(7, type=1, id=1, currentTime=1.5, muted=True),
    incremental(14, ranges=[{"start": 1, "startOffset": 2, "end": 1, "endOffset": 3}]),
    incremental(16, define={"name": "x-card"}),
    incremental(13, id=1, index=[0], remove={"property": "color"}),
]


@pytest.mark.parametrize(
    "event", NUMBERS, ids=lambda event: str(event["data"].get("source", "kind"))
)
def test_numbers_and_structure_stay(event):
    assert redact([event]) == [event]
    assert redact([event], Policy.permissive()) == [event]


@pytest.mark.parametrize("policy", [Policy(), Policy.permissive()], ids=["default", "open"])
@pytest.mark.parametrize(
    "event",
    [incremental(9, id=1, type=0, commands=[{"property": "fillText", "args": ["Jane"]}]), incremental(9, id=1, property="x", args=["Jane"]),
     {"type": 7, "timestamp": 1, "data": {"url": "x", "payload": {"rr_type": "CssText", "cssTexts": ["Jane"]}}}],
    ids=["canvas", "canvas of old", "asset"],
)  # fmt: skip
def test_pixels_and_bytes_never_pass(event, policy):
    assert redact([event], policy) == []
    assert report([event], policy).dropped.total() == 1


def test_what_load_events_carry_is_cut_off():
    assert redact([{"type": 0, "timestamp": 1, "data": {"note": "Jane"}}]) == [
        {"type": 0, "timestamp": 1, "data": {}}
    ]


def test_console_lines_of_old_recorders_are_masked():
    line = incremental(11, level="log", trace=["at jane.js:1"], payload=['"Jane"', 5])
    [event] = redact([line], Policy.permissive())
    assert event["data"] == {
        "source": 11,
        "level": "***",
        "trace": ["** *********"],
        "payload": ["******", 0],
    }
    bare = incremental(11)
    assert redact([bare]) == [bare]


def test_payloads_are_masked_with_their_names():
    other = {"type": 6, "timestamp": 1, "data": {"plugin": "Jane", "payload": "Jane"}}
    found = redact([custom("Jane", "Jane"), other])
    assert [event["data"] for event in found] == [
        {"tag": "****", "payload": "****"},
        {"plugin": "****", "payload": "****"},
    ]


def test_the_address_of_the_page_is_masked():
    meta = {
        "type": 4,
        "timestamp": 1,
        "data": {"href": "https://a.example/u/jane", "width": 1, "height": 2},
    }
    assert redact([meta], Policy(public_paths="/u/:id"))[0]["data"] == {
        "href": "https://a.example/u/****",
        "width": 1,
        "height": 2,
    }
    assert redact([meta], Policy(mask_urls=False)) == [meta]


# --- style sheets -----------------------------------------------------------------------------

RULE, MASKED_RULE = "a{content:'Jane'}", "a{content:'****'}"


def test_rules_are_masked():
    inserted = incremental(
        8,
        id=5,
        adds=[{"rule": RULE, "index": 0}],
        replace=RULE,
        replaceSync=RULE,
        removes=[{"index": 1}],
    )
    adopted = incremental(
        15, id=5, styleIds=[1], styles=[{"styleId": 1, "rules": [{"rule": RULE}]}]
    )
    for event in (inserted, adopted):
        [masked] = redact([event])
        assert masked == json.loads(json.dumps(event).replace(RULE, MASKED_RULE))
        assert redact([event], Policy(mask_css=False)) == [masked]  # node 5 is unknown
    constructed = incremental(8, styleId=1, adds=[{"rule": RULE, "index": 0}])
    assert redact([constructed], Policy(mask_css=False)) == [constructed]
    for event in (incremental(8, styleId=1, replace=None), incremental(15, id=5, styleIds=[1])):
        assert redact([event]) == [event]


def test_a_rule_put_into_a_style_as_text_is_masked():
    page = Page()
    style = page.element("style")
    _, event = redact([page.snapshot(style), add(style, page.text(RULE))])
    assert event["data"]["adds"][0]["node"]["textContent"] == MASKED_RULE


SETS = [
    ({"property": "color", "value": "red", "priority": "important"}, {"property": "color", "value": "red", "priority": "important"}),
    ({"property": "content", "value": "'Jane'", "priority": ""}, {"property": "content", "value": "'****'", "priority": ""}),
    ({"property": "--x", "value": "Jane", "priority": None}, {"property": "--x", "value": "××××", "priority": None}),
    ({"property": "color", "value": None}, {"property": "color", "value": None}),
    ({"property": "color", "value": "red", "priority": "Jane"}, {"property": "color", "value": "red", "priority": ""}),
    ({"property": "jane roe", "value": "red"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), SETS, ids=str)
def test_changed_declarations_are_masked(before, after):
    found = redact([incremental(13, id=5, index=[0, 1], set=before)])
    changed = {"source": 13, "id": 5, "index": [0, 1], "set": after}
    assert [event["data"] for event in found] == ([] if after is None else [changed])


def test_removed_declarations_name_a_property():
    assert redact([incremental(13, index=[0], remove={"property": "jane roe"})]) == []


@pytest.mark.parametrize(("name", "passes"), [("x-card", True), ("jane roe", False), ("", False)])
def test_custom_elements_have_names_of_elements(name, passes):
    assert len(redact([incremental(16, define={"name": name})])) == passes
    assert len(redact([incremental(16)])) == 1


# --- pointers, selections and input -------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "kept"), [(0, []), (1, [0]), (2, [0, 1]), (3, [0, 2]), (50, [0, 49])]
)
@pytest.mark.parametrize("source", [1, 6, 12])
def test_paths_keep_where_they_began_and_ended(source, count, kept):
    positions = [{"x": x, "y": 0, "id": 1, "timeOffset": x} for x in range(count)]
    [event] = redact([incremental(source, positions=positions)], Policy.permissive())
    assert [at["x"] for at in event["data"]["positions"]] == kept


def test_pointers_over_fields_are_hidden_on_request():
    page = Page()
    field, other = page.element("input"), page.element("p")
    at = [
        {"x": x, "y": 0, "id": node["id"], "timeOffset": 0}
        for x, node in enumerate((field, other, field, other, field))
    ]
    events = [
        page.snapshot(field, other),
        incremental(1, positions=at),
        incremental(2, type=2, id=other["id"], x=1, y=1),
    ]
    policy = Policy(hide_pointer=True)
    _, move, click = redact(events, policy)
    assert [position["x"] for position in move["data"]["positions"]] == [1, 3]
    assert click["data"]["x"] == 1
    _, shown_move, _ = redact(events, policy.replace(mask_all_inputs=False))
    assert [position["x"] for position in shown_move["data"]["positions"]] == [0, 4]


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        (Policy(), "*" * 8),
        (Policy(mask_all_inputs=False), "Jane Roe"),
        (Policy(unmask="input"), "Jane Roe"),
    ],
)
def test_what_is_entered_is_masked_by_the_level_of_the_field(policy, text):
    page = Page()
    field = page.element("input")
    _, event = redact([page.snapshot(field), typed(field, "Jane Roe", checked=True)], policy)
    assert (event["data"]["text"], event["data"]["isChecked"]) == (text, True)


def test_selections_that_touch_a_blocked_node_are_dropped():
    page = Page()
    inside, outside = page.text("Jane"), page.text("Roe")
    box = page.element("p", {"class": "rr-block"}, inside)

    def reach(start, end):
        return {"start": start["id"], "startOffset": 0, "end": end["id"], "endOffset": 1}

    ranges = [reach(outside, outside), reach(inside, outside), reach(outside, inside)]
    _, event = redact([page.snapshot(box, outside), incremental(14, ranges=ranges)])
    assert event["data"]["ranges"] == ranges[:1]


def test_offsets_in_shown_text_stay_where_state_is_hidden():
    page = Page()
    masked, clear = page.text("Jane"), page.text("Roe")
    region = page.element("p", {"class": "sentry-unmask"}, clear)
    both = [{"start": masked["id"], "startOffset": 2, "end": clear["id"], "endOffset": 3}]
    back = [{"start": clear["id"], "startOffset": 2, "end": masked["id"], "endOffset": 3}]
    events = [
        page.snapshot(masked, region),
        incremental(14, ranges=both),
        incremental(14, ranges=back),
    ]
    _, first, second = redact(events, Policy(hide_state=True))
    assert first["data"]["ranges"][0] == {**both[0], "startOffset": 0}
    assert second["data"]["ranges"][0] == {**back[0], "endOffset": 0}


# --- changes over time ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then", "shown_in"),
    [("x", "sentry-mask", 0), ("sentry-mask", "x", 4), ("x", "sentry-block", 0), ("x", "x y", 4),
     ("sentry-block", "x", 1)],  # no player got what the block hid; what is added now shows
)  # fmt: skip
def test_a_late_class_moves_the_level_of_all_below(first, then, shown_in):
    page = Page()
    text, field = page.text("old"), page.element("input")
    box = page.element("div", {"class": first}, page.element("p", {}, text), field)
    events = [page.snapshot(box), change(box, **{"class": then}), say(text, "Jane"), typed(field, "Jane"), change(field, title="Jane"),
              add(box, page.text("Jane"))]  # fmt: skip
    found = redact(events, OPEN)[2:]
    assert str(found).count("Jane") == shown_in


def test_what_becomes_a_password_is_one():
    page = Page()
    field = page.element("input", {"type": "text"})
    events = [
        page.snapshot(field),
        typed(field, "one"),
        change(field, type="password"),
        typed(field, "two"),
        change(field, value="three"),
    ]
    found = shown(events, Policy.permissive())
    assert [word in found for word in ("one", "two", "three")] == [True, False, False]


def test_a_change_of_an_unknown_node_teaches_nothing():
    events = [
        change({"id": 9}, **{"class": "sentry-unmask"}),
        say({"id": 9}, "Jane"),
        change({"id": 9}, title="Jane"),
    ]
    assert "Jane" not in shown(events, Policy.permissive().replace(mask_urls=True))


def test_a_mutation_passes_if_anything_in_it_does():
    page = Page()
    inside, outside = page.text("Jane"), page.text("x")
    box = page.element("p", {"class": "rr-block"}, inside)
    snapshot = page.snapshot(box, outside)
    mixed = mutation(
        texts=[{"id": inside["id"], "value": "Jane"}, {"id": outside["id"], "value": "Jane"}]
    )
    _, event = redact([snapshot, mixed])
    assert event["data"]["texts"] == [{"id": outside["id"], "value": "****"}]
    for empty in (mutation(), mutation(isAttachIframe=True)):
        assert redact([empty]) == [empty]


def test_changes_of_nothing_that_may_stay_are_dropped():
    page = Page()
    node = page.element("p")
    assert len(redact([page.snapshot(node), change(node, title={"a": "Jane"})])) == 1


def test_the_parts_of_a_mutation_apply_in_the_order_of_a_player():
    page = Page()
    text = page.text("x")
    region = page.element("p", {"class": "sentry-unmask"})
    body = page.element("body", {}, region)
    added = {"parentId": region["id"], "nextId": None, "node": text}
    event = mutation(texts=[{"id": text["id"], "value": "Jane"}], adds=[added])
    assert "Jane" in str(redact([page.snapshot(body), event])[1])
    gone = mutation(
        removes=[{"parentId": body["id"], "id": region["id"]}],
        adds=[added],
        texts=[{"id": text["id"], "value": "Jane"}],
    )
    assert "Jane" not in str(redact([page.snapshot(body), gone])[1])


def test_attributes_change_after_texts():
    page = Page()
    text = page.text("x")
    region = page.element("p", {}, text)
    event = mutation(
        texts=[{"id": text["id"], "value": "Jane"}],
        attributes=[{"id": region["id"], "attributes": {"class": "sentry-unmask"}}],
    )
    _, first, second = redact([page.snapshot(region), event, event])
    assert first["data"]["texts"][0]["value"] == "****"
    assert second["data"]["texts"][0]["value"] == "Jane"


def test_removals_inside_a_blocked_node_are_dropped_and_count():
    page = Page()
    inside = page.element("p")
    box = page.element("div", {"class": "rr-block"}, inside)
    body = page.element("body", {}, box)
    found = redact([page.snapshot(body), remove(box, inside), remove(body, box)])
    assert [event["data"].get("removes") for event in found[1:]] == [
        [{"parentId": body["id"], "id": box["id"]}]
    ]


# --- callbacks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", [lambda _: 1 / 0, lambda _: None, lambda text: text.encode()])
def test_a_callback_that_fails_means_asterisks(broken):
    page = Page()
    text = page.text("Jane")
    redactor = Redactor(Policy(mask_fn=broken))
    redacted = redactor.process_bytes(json.dumps([page.snapshot(text), say(text, "Roe")]).encode())
    assert b'"****"' in redacted
    assert b'"***"' in redacted
    assert redactor.report.dropped.total() == 2


def test_a_callback_sees_masked_text_only():
    seen = []
    text_in(
        "p",
        "Jane",
        Policy(mask_fn=lambda text: seen.append(text) or "x", unmask=".u"),
        **{"class": "u"},
    )
    assert seen == []
    assert text_in("p", "Jane", Policy(mask_fn=lambda text: seen.append(text) or "x")) == "x"
    assert seen == ["Jane"]


# --- the calls ------------------------------------------------------------------------------------


def session():
    page = Page()
    text, field = page.text("Jane"), page.element("input", {"value": "Jane"})
    region = page.element("p", {"class": "sentry-unmask"}, text)
    return [
        page.snapshot(region, field),
        say(text, "Roe"),
        incremental(9, id=1),
        typed(field, "Jane"),
        custom("x", "Jane"),
    ]


def test_the_calls_agree():
    data = json.dumps(session()).encode()
    whole = redact_bytes(data)
    assert encode(redact_events(decode(data))) == whole
    redactor = Redactor()
    assert redactor.process_bytes(data) == whole
    redactor = Redactor()
    assert (
        encode(event for event in map(redactor.process, decode(data)) if event is not None) == whole
    )


def test_a_recording_in_pieces_is_redacted_like_the_whole():
    events = session()
    redactor = Redactor()
    pieces = [json.loads(redactor.process_bytes(json.dumps([event]).encode())) for event in events]
    assert [event for piece in pieces for event in piece] == redact(events)


def test_another_redactor_knows_nothing_of_earlier_events():
    snapshot, said, *_ = session()
    assert "Roe" in str(redact([snapshot, said]))
    assert "Roe" not in str(redact([said]))


def test_an_event_of_another_shape_never_passes():
    [event] = decode(
        b'[{"type": 4, "timestamp": 1, "data": {"href": "", "width": 1, "height": 1}}]'
    )
    event.data.width = "Jane"
    assert list(redact_events([event])) == []


def test_events_are_redacted_one_by_one():
    taken = []
    events = (taken.append(event) or event for event in decode(json.dumps(session()).encode()))
    redacted = redact_events(events)
    next(redacted)
    assert len(taken) == 2  # the second might have belonged to the moment of the first


def test_a_bad_event_among_the_callers_own_is_an_error():
    [event] = decode(json.dumps(session()[:1]).encode())
    event.data.node.child_nodes[1].attributes["value"] = "\ud83d"
    with pytest.raises(RedactError):
        list(redact_events([event]))


def test_snapshots_keep_everything_but_what_is_private():
    [event] = redact(session()[:1])
    region, field = children(event)
    assert region["childNodes"][0]["textContent"] == "Jane"
    assert field["attributes"] == {"value": "****"}


@pytest.mark.parametrize("event", [b"[]", "abc", [], None, 7])
def test_what_is_no_event_is_refused(event):
    with pytest.raises(TypeError, match="an event is what decode returns, not a"):
        Redactor().process(event)
    with pytest.raises(TypeError, match="an event is what decode returns"):
        list(redact_events(b"[]"))


def test_a_state_is_bytes():
    with pytest.raises(TypeError, match="a state is bytes, not NoneType"):
        Redactor.from_state(Policy(), None)


# --- dictionaries ------------------------------------------------------------------------------


def test_events_may_be_dictionaries_and_stay_so():
    page = Page()
    text = page.text("Jane")
    events = [page.snapshot(text), {**say(text, "Jane \ud83d"), "note": "Jane"}, {"type": 99}]
    before = json.dumps(events)
    found = list(redact_events(iter(events)))
    assert found == json.loads(redact_bytes(before.encode()))
    assert json.dumps(events) == before
    assert found[1]["data"]["texts"][0]["value"] == "**** *"


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), {}])
def test_a_dictionary_that_is_no_json_is_dropped(odd):
    good = {"type": 1, "timestamp": 1, "data": {}}
    if odd == {}:
        odd["self"] = odd
    assert list(redact_events([{**good, "data": odd}, good])) == [good]


def test_dictionaries_none_of_which_is_an_event_are_an_error():
    with pytest.raises(DecodeError, match="no events"):
        list(redact_events([{"name": "Jane"}]))
    assert list(redact_events([])) == []


def test_one_address_has_one_treatment_everywhere():
    address = "https://shop.example/users/jane-roe/orders?tab=paid"
    line = f'"GET {address} 404, from /users/jane-roe/orders"'
    events = [
        {"type": 4, "timestamp": 1, "data": {"href": address, "width": 1, "height": 1}},
        {"type": 6, "timestamp": 2, "data": {"plugin": "rrweb/console@1",
            "payload": {"level": "log", "trace": [], "payload": [line]}}},
        {"type": 5, "timestamp": 3, "data": {"tag": "breadcrumb", "payload":
            {"category": "console", "message": f"went to {address}", "data": {"a": [address]}}}},
        {"type": 6, "timestamp": 4, "data": {"plugin": "rrweb/network@1",
            "payload": {"requests": [{"name": address, "requestHeaders": {"Referer": address}}]}}},
    ]  # fmt: skip
    for paths, path in (
        ((), "*****/********/******"),
        ("/users/:id/orders", "users/********/orders"),
    ):
        policy = Policy(metadata="scrub", public_paths=paths)
        text = json.dumps(redact(events, policy))
        assert text.count(f"https://shop.example/{path}?tab=****") == 6
        assert text.count(f"from /{path}") == 1
        assert "jane" not in text
        assert redact(redact(events, policy), policy) == redact(events, policy)
