"""The visitor: every kind of node, in snapshots and in additions."""

import json
from collections import Counter

import pytest
from helpers import (
    OPEN,
    Page,
    add,
    change,
    children,
    engine_of,
    mutation,
    redact,
    remove,
    report,
    say,
    shown,
    text_in,
)

from replay_redact import Policy, Redactor, decode, encode, redact_bytes
from replay_redact._allowlists.forms import is_tag_name
from replay_redact._engine.engine import Engine
from replay_redact._page import tree
from replay_redact._rules import facts
from replay_redact.events import FullSnapshot, FullSnapshotData
from replay_redact.nodes import Document, Element
from replay_redact.testing import find_leaks

# --- kinds of nodes -------------------------------------------------------------------------

TEXTS = {
    "p": "**** ***", "title": "**** ***", "textarea": "**** ***", "option": "**** ***", "noscript": "", "template": "",
    "text": "**** ***", "mi": "**** ***", "x-card": "**** ***", "script": "", "SCRIPT": "", "style": "", "STYLE": "",
}  # fmt: skip


@pytest.mark.parametrize("tag", TEXTS)
def test_text_is_judged_by_what_it_is_in(tag):
    assert text_in(tag, "Jane Roe").strip() == TEXTS[tag]


def test_code_is_emptied_wherever_text_is_shown():
    for policy in (OPEN, Policy.permissive(), Policy(unmask="script")):
        assert text_in("script", "Jane", policy, type="application/ld+json") == ""


@pytest.mark.parametrize("policy", [Policy(), Policy.permissive()], ids=["default", "open"])
def test_comments_and_cdata_are_emptied(policy):
    page = Page()
    cdata = {"type": 4, "id": 99, "textContent": "Jane"}
    [event] = redact(
        [page.snapshot(page.comment("Jane"), cdata, page.comment("Jane", isShadow=True))], policy
    )
    assert [node["textContent"] for node in children(event)] == ["", "", ""]


XHTML = ("-//W3C//DTD XHTML 1.0 Strict//EN", "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd")


@pytest.mark.parametrize(
    ("before", "after"),
    [(("html", "", ""), ("html", "", "")), (("svg", "", ""), ("svg", "", "")), (("html", *XHTML), ("html", *XHTML)),
     (("html", "", "about:legacy-compat"), ("html", "", "about:legacy-compat")), (("jane", "", ""), ("html", "", "")),
     (("html", "Jane", ""), ("html", "", "")), (("html", XHTML[0], "http://a.example/jane"), ("html", "", ""))],
    ids=str,
)  # fmt: skip
def test_doctypes(before, after):
    doctype = {
        "type": 1,
        "id": 9,
        **dict(zip(("name", "publicId", "systemId"), before, strict=True)),
    }
    page = Page()
    [event] = redact([page.snapshot(doctype)], Policy.permissive())
    assert children(event) == [
        {"type": 1, "id": 9, **dict(zip(("name", "publicId", "systemId"), after, strict=True))}
    ]


@pytest.mark.parametrize(
    ("mode", "kept"), [("BackCompat", True), ("CSS1Compat", True), ("Jane", False)]
)
def test_compatibility_modes(mode, kept):
    page = Page()
    frame = page.element("iframe")
    attached = add(frame, page.document(compatMode=mode))
    event = {"type": 2, "timestamp": 1, "data": {"node": page.document(frame, compatMode=mode)}}
    outer, inner = redact([event, attached])
    assert ("compatMode" in outer["data"]["node"]) is kept
    assert ("compatMode" in inner["data"]["adds"][0]["node"]) is kept


@pytest.mark.parametrize("tag", ["p", "x-card", "svg:path", "h1", "FOO", "a.b", "a" * 128])
def test_names_of_elements_stay(tag):
    assert is_tag_name(tag)
    page = Page()
    [event] = redact([page.snapshot(page.element(tag))])
    assert children(event)[0]["tagName"] == tag


def test_long_numbers_in_names_of_elements_become_zeros_but_for_those_the_policy_spells_out():
    page = Page()
    recording = [
        page.snapshot(page.element("x-4711123"), page.element("x-4711124", {"title": "a"}))
    ]
    for policy, tags in (
        (Policy(), ["x-0000000"] * 2),
        (Policy(mask="X-4711124"), ["x-0000000", "x-4711124"]),
    ):
        [event] = once = redact(recording, policy)
        assert [node["tagName"] for node in children(event)] == tags
        assert redact(once, policy) == once
    assert report(recording).masked["structure"] == 2


@pytest.mark.parametrize(
    "tag", ["", "jane roe", "jané", "1a", "a" * 129, "<p>", "a\n", "jane@a.example"]
)
def test_what_is_no_name_of_an_element_is_a_div(tag):
    page = Page()
    body = page.element("body")
    events = [page.snapshot(page.element(tag), body), add(body, page.element(tag))]
    snapshot, addition = redact(events)
    assert (
        children(snapshot)[0]["tagName"] == addition["data"]["adds"][0]["node"]["tagName"] == "div"
    )


def test_structure_stays():
    page = Page()
    tree = page.element("div", {}, page.text(" \n"), page.element("p", {}, page.text("Jane"), page.element("br")), page.text("x"),
                        isShadowHost=True, isCustom=True, rootId=7)  # fmt: skip
    [event] = redact([page.snapshot(tree)])
    [found] = children(event)
    assert json.loads(json.dumps(found).replace("****", "Jane").replace('"*"', '"x"')) == tree


@pytest.mark.parametrize("content", ["", " ", "\n\t \r"])
def test_blank_text_stays(content):
    assert text_in("p", content) == content
    assert text_in("p", content, Policy.lockdown()) == content


@pytest.mark.parametrize("tag", ["script", "p"])
def test_a_changed_text_is_judged_like_one_in_a_snapshot(tag):
    page = Page()
    text = page.text("x")
    _, event = redact([page.snapshot(page.element(tag, {}, text)), say(text, "Jane Roe")])
    assert event["data"]["texts"][0]["value"] == TEXTS[tag]


# --- styles ---------------------------------------------------------------------------------


def test_css_in_several_texts_is_judged_as_one_and_gathered_in_the_first():
    page = Page()
    style = page.element(
        "style", {}, page.text('a{content:"Ja'), page.comment("x"), page.text('ne"}')
    )
    [event] = redact([page.snapshot(style)])
    assert [node["textContent"] for node in children(event)[0]["childNodes"]] == [
        'a{content:"****"}',
        "",
        "",
    ]


def test_css_is_as_it_was_where_the_policy_says_so():
    css = 'a{content:"Jane"}'
    assert text_in("style", css, Policy(mask_css=False)) == css
    page = Page()
    text = page.text("")
    events = [page.snapshot(page.element("style", {}, text)), say(text, css)]
    assert (
        css
        in json.loads(json.dumps(redact(events, Policy(mask_css=False))))[1]["data"]["texts"][0][
            "value"
        ]
    )


def test_css_in_an_unmasked_region_is_masked_all_the_same():
    assert text_in("style", "a{--x:Jane}", **{"class": "sentry-unmask"}) == "a{--x:××××}"


@pytest.mark.parametrize(
    ("css", "masked"), [("a{--x:Jane}", "a{--x:××××}"), ("a{--x:Jane", ""), ('"Jane', "")]
)
def test_a_text_put_into_a_style_must_be_whole(css, masked):
    page = Page()
    style = page.element("style")
    _, event = redact([page.snapshot(style), add(style, page.text(css))])
    assert event["data"]["adds"][0]["node"]["textContent"] == masked


def test_a_style_put_into_the_page_is_judged_like_one_in_a_snapshot():
    page = Page()
    style = page.element("style", {}, page.text('a{content:"Ja'), page.text('ne"}'))
    body = page.element("body")
    _, event = redact([page.snapshot(body), add(body, style)])
    assert [node["textContent"] for node in event["data"]["adds"][0]["node"]["childNodes"]] == [
        'a{content:"****"}',
        "",
    ]


# --- blocked ----------------------------------------------------------------------------------

BLOCKED = ["svg", "video", "audio", "object", "embed", "canvas", "applet"]


@pytest.mark.parametrize("tag", BLOCKED)
def test_media_is_an_empty_box(tag):
    page = Page()
    media = page.element(
        tag, {"src": "jane", "title": "Jane"}, page.element("p", {}, page.text("Jane"))
    )
    [event] = redact([page.snapshot(media)])
    assert children(event)[0]["childNodes"] == []
    assert "ane" not in str(event)


def test_what_is_below_a_blocked_node_is_known_to_be():
    page = Page()
    text = page.text("Jane")
    inner = page.element("p", {"class": "sentry-unmask"}, text)
    box = page.element("div", {"class": "sentry-block"}, page.element("div", {}, inner))
    events = [
        page.snapshot(box),
        say(text, "Jane"),
        change(inner, title="Jane"),
        add(inner, page.text("Jane")),
        remove(inner, text),
    ]
    assert len(redact(events)) == 1


def test_what_is_put_into_a_blocked_node_is_known_to_be():
    page = Page()
    box, text = page.element("div", {"class": "sentry-block"}), page.text("Jane")
    inner = page.element("p", {}, text)
    assert (
        len(
            redact(
                [page.snapshot(box), add(box, inner), say(text, "Jane"), change(inner, title="x")]
            )
        )
        == 1
    )


def test_a_blocked_node_that_is_added_is_an_empty_box():
    page = Page()
    body = page.element("body")
    box = page.element("div", {"class": "sentry-block", "title": "Jane"}, page.text("Jane"))
    _, event = redact([page.snapshot(body), add(body, box)])
    node = event["data"]["adds"][0]["node"]
    assert node["childNodes"] == []
    assert "Jane" not in str(node)


# --- additions, moves and removals --------------------------------------------------------------


def test_additions_within_one_event_build_on_each_other():
    page = Page()
    body, region, text = (
        page.element("body"),
        page.element("p", {"class": "sentry-unmask"}),
        page.text("Jane"),
    )
    adds = [
        {"parentId": body["id"], "nextId": None, "node": region},
        {"parentId": region["id"], "nextId": None, "node": text},
    ]
    _, event = redact([page.snapshot(body), mutation(adds=adds)])
    assert event["data"]["adds"][1]["node"]["textContent"] == "Jane"


@pytest.mark.parametrize(
    ("names", "is_shown"),
    [
        (("x", "sentry-unmask"), True),
        (("sentry-unmask", "x"), False),
        (("sentry-unmask", "sentry-mask"), False),
    ],
)
def test_a_moved_node_has_the_level_of_its_new_place(names, is_shown):
    page = Page()
    text = page.text("old")
    item = page.element("i", {}, text)
    old, new = page.element("p", {"class": names[0]}, item), page.element("p", {"class": names[1]})
    move = mutation(removes=[{"parentId": old["id"], "id": item["id"]}],
                    adds=[{"parentId": new["id"], "nextId": None, "node": {**item, "childNodes": [{**text, "textContent": "Jane"}]}}])  # fmt: skip
    snapshot = page.snapshot(old, new)
    for events in ([move], [mutation(adds=move["data"]["adds"])]):
        for late in ([], [say(text, "Jane")]):
            found = redact([snapshot, *events, *late])
            assert ("Jane" in str(found[1:])) is is_shown
            assert ("Jane" in str(found[-1])) is is_shown


def test_below_an_unknown_node_all_is_masked_and_stays_unknown():
    page = Page()
    text = page.text("Jane")
    region = page.element("p", {"class": "sentry-unmask", "title": "Jane"}, text)
    events = [
        page.snapshot(),
        add({"id": 999}, region),
        say(text, "Jane"),
        change(region, title="Jane"),
    ]
    assert "Jane" not in shown(events, Policy(mask_all_text=False))
    assert len(redact(events)) == 4


def test_an_iframes_document_is_attached():
    page = Page()
    frame = page.element("iframe", {"src": "https://a.example/jane"})
    text = page.text("Jane")
    document = page.document(
        page.element("html", {}, page.element("p", {"class": "sentry-unmask"}, text))
    )
    events = [page.snapshot(frame), add(frame, document), say(text, "Roe")]
    snapshot, attached, said = redact(events)
    assert children(snapshot)[0]["attributes"]["src"] == "about:blank"
    assert "Jane" in str(attached)
    assert said["data"]["texts"][0]["value"] == "Roe"


@pytest.mark.parametrize("level", ["sentry-mask", "sentry-block"])
def test_mask_and_block_reach_into_an_iframe(level):
    page = Page()
    frame = page.element("iframe", {"class": level})
    document = page.document(page.element("p", {}, page.text("Jane")))
    assert "Jane" not in shown([page.snapshot(frame), add(frame, document)], OPEN)


def test_a_new_snapshot_voids_what_was_known():
    page = Page()
    text = page.text("Jane")
    region = page.element("p", {"class": "sentry-unmask"}, text)
    events = [page.snapshot(region), page.snapshot(page.element("p")), say(text, "Jane")]
    assert "Jane" not in str(redact(events)[2])
    again = [page.snapshot(page.element("p", {}, text)), page.snapshot(region), say(text, "Jane")]
    assert "Jane" in str(redact(again)[2])


# --- hostile trees ------------------------------------------------------------------------------


def test_a_node_put_below_itself_is_unknown():
    page = Page()
    inner = page.element("p")
    outer = page.element("p", {"class": "sentry-unmask"}, inner)
    text = page.text("Jane")
    events = [page.snapshot(outer), add(inner, {**outer, "childNodes": [inner]}), add(inner, text)]
    assert "Jane" not in shown(events)
    itself = [page.snapshot(outer), add(outer, {**outer, "childNodes": []}), add(outer, text)]
    assert "Jane" not in shown(itself)


@pytest.mark.parametrize("where", ["snapshot", "addition"])
def test_ids_that_several_nodes_claim_are_unknown(where):
    page = Page()
    region = page.element("p", {"class": "sentry-unmask"})
    twin = page.element("p") | {"id": region["id"]}
    both, body = page.element("div", {}, region, twin), page.element("body")
    begin = [page.snapshot(both)] if where == "snapshot" else [page.snapshot(body), add(body, both)]
    assert "Jane" not in shown([*begin, add(region, page.text("Jane"))])


def test_negative_and_enormous_ids_are_ids():
    page = Page()
    for node_id in (-1, -2, 2**53, 10**30):
        text = page.text("x") | {"id": node_id}
        region = page.element("p", {"class": "sentry-unmask"}, text)
        _, event = redact([page.snapshot(region), say(text, "Jane")])
        assert event["data"]["texts"] == [{"id": node_id, "value": "Jane"}]


@pytest.mark.parametrize("raw", ["5", '"Jane"', "[]", '["Jane"]'])
def test_a_snapshot_with_attributes_that_are_no_object_is_dropped(raw):
    page = Page()
    data = json.dumps([page.snapshot(page.element("p", {"x": 1}))]).replace('{"x": 1}', raw)
    redactor = Redactor()
    assert redactor.process_bytes(data.encode()) == b"[]"
    assert redactor.report.dropped == {"malformed": 1}


def test_the_last_of_equal_attributes_counts():
    page = Page()
    snapshot = page.snapshot(page.element("p", {"class": "CLASS"}, page.text("Jane")))
    data = json.dumps([snapshot]).replace('"CLASS"', '"sentry-unmask", "class": "x"')
    assert "Jane" not in redact_bytes(data.encode()).decode()


@pytest.mark.parametrize("broken", [lambda _: 1 / 0, lambda _: None, lambda text: text.encode()])
def test_a_callback_that_fails_means_asterisks(broken):
    page = Page()
    text = page.text("Jane")
    events = [page.snapshot(text), say(text, "Roe")]
    snapshot, said = redact(events, Policy(mask_fn=broken))
    assert children(snapshot)[0]["textContent"] == "****"
    assert said["data"]["texts"][0]["value"] == "***"
    found = redact(events, Policy(mask_fn=lambda text: f"<{len(text)}>"))
    assert children(found[0])[0]["textContent"] == "<4>"
    assert found[1]["data"]["texts"][0]["value"] == "<3>"


def test_equal_elements_are_masked_once_and_alike():
    page = Page()
    items = [page.element("li", {"title": "Jane", "class": "a"}, page.text("x")) for _ in range(50)]
    [event] = redact([page.snapshot(page.element("ul", {}, *items))])
    found = children(event)[0]["childNodes"]
    assert len({json.dumps(item["attributes"]) for item in found}) == 1
    assert [item["id"] for item in found] == [item["id"] for item in items]


def test_equal_elements_below_different_levels_are_masked_by_their_level():
    page = Page()
    regions = [
        page.element("p", {"class": name}, page.element("i", {"title": "Jane"}))
        for name in ("x", "sentry-unmask", "x")
    ]
    [event] = redact([page.snapshot(*regions)])
    assert [str(node).count("Jane") for node in children(event)] == [0, 1, 0]


@pytest.mark.parametrize("selector", [".open i", ".open > i", "i.open"])
def test_what_is_remembered_of_equal_elements_stays_true_of_those_below_them(selector):
    page = Page()

    def inner(attributes):
        return page.element(
            "i", attributes, page.element("b", {}, page.element("u", {}, page.text("Jane")))
        )

    attributes = [{}, {"title": "Jane"}, {"type": "password"}, {"class": "open"}]
    regions = [
        page.element("p", {"class": name}, *map(inner, attributes * 2))
        for name in ("x", "open", "x")
    ]
    data = json.dumps([page.snapshot(*regions)]).encode()
    policy = Policy(unmask=(selector,))
    cold, warm = redact_bytes(data, policy), redact_bytes(data, policy)
    assert warm == cold
    [event] = json.loads(warm)
    shown = [[str(child).count("Jane") for child in node["childNodes"]] for node in children(event)]
    closed = [0, 0, 0, 0, 0, 0, 0, 0]
    opened = [1, 2, 0, 1, 1, 2, 0, 1]
    own = [0, 0, 0, 1, 0, 0, 0, 1]
    assert shown == ([own] * 3 if selector == "i.open" else [closed, opened, closed])


@pytest.mark.parametrize("odd", [7, None, "Jane", ["Jane"]])
def test_a_child_that_is_no_node_is_an_error_of_the_caller(odd):
    inner = Element(id=3, tag_name="p", child_nodes=[odd])
    document = Document(id=1, child_nodes=[Element(id=2, tag_name="p", child_nodes=[inner])])
    event = FullSnapshot(timestamp=1, data=FullSnapshotData(node=document))
    with pytest.raises((AttributeError, TypeError)):
        Engine(Policy()).redact(event)


def test_a_typed_tree_is_masked_like_bytes():
    page = Page()
    host = page.element("x-y", {"title": "Jane"}, page.element("p", {"data-x": "Jane"}, page.text("Jane"), isShadow=True),
                        page.text("Jane", isShadow=True), page.comment("Jane"), isShadowHost=True)  # fmt: skip
    events = [
        page.snapshot(host),
        add(host, page.element("p", {"class": "sentry-block"}, page.text("Jane"))),
    ]
    data = json.dumps(events).encode()
    redactor = Redactor()
    typed = [redactor.process(event) for event in decode(data)]
    assert isinstance(typed[0].data.node.child_nodes[0], Element)
    from_bytes = decode(redact_bytes(data))
    assert [type(event) for event in typed] == [type(event) for event in from_bytes]
    assert json.loads(encode(typed)) == json.loads(encode(from_bytes))


def test_what_is_remembered_of_tags_and_names_is_bounded(monkeypatch):
    """A hostile page has as many tags and attribute names as it likes."""
    monkeypatch.setattr(tree, "_MAX_TAGS", 3)
    monkeypatch.setattr(facts, "_MAX_CACHED_VALUES", 3)
    made = Page()
    tags = [made.element(f"x-{letter}", {f"data-{letter}": "Jane"}) for letter in "abcdefgh"]
    redactor = Redactor(Policy(unmask=".shown"))
    output = redactor.process_bytes(json.dumps([made.snapshot(*tags)]).encode())
    assert output.count(b"x-") == 8
    assert b"Jane" not in output
    engine = engine_of(redactor)
    assert len(engine.visitor._known_tags) == 3
    assert len(engine.rules._facts._quiet) <= 3


def test_trees_without_texts_leave_nothing_behind():
    page = Page()
    box = page.element("div")
    events = [
        page.snapshot(box),
        *(add(box, page.element("p", {}, page.element("b"))) for _ in "ab"),
    ]
    redactor = Redactor(Policy())
    for event in events:
        redactor.process_bytes(json.dumps([event]).encode())
        assert engine_of(redactor).visitor.gathered._decided == []


def test_a_tag_that_is_none_below_a_block_is_not_counted():
    page = Page()
    box = page.element("p", {"class": "rr-block"}, page.element("jan\u00e9", {}))
    redactor = Redactor(Policy())
    output = redactor.process_bytes(json.dumps([page.snapshot(box)]).encode())
    assert b"jan" not in output
    data = json.dumps([page.snapshot(box)]).encode()
    assert redactor.report.masked == Counter(leak.channel for leak in find_leaks(data))
