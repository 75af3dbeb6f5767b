"""The looks of a mask: a sign of the policy's own, and functions that are told where a text is."""

import json
from functools import partial

import msgspec
import pytest
from helpers import Page, add, change, crumb, custom, mutation, redact, remove, say, shown, typed

from replay_redact import Policy, PolicyError, Redactor, StateError, redact_bytes
from replay_redact._page.refined import take_places
from replay_redact.policy import TextPlace
from replay_redact.preview.review import review
from replay_redact.testing import find_leaks, recording_from_html

DOTS = Policy(mask_char="\u2022")


def label(text):
    return "[hidden]" if text.strip() else text


def placed(_text, place):
    return f"[{place.channel} {place.tag} {'.'.join(place.classes)}]"


PLACED = Policy(mask_fn=placed)


def texts(events, policy):
    """Return what redaction says in texts, first of the trees and then of the changes."""
    found = []

    def walk(value):
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, dict | list):
                walk(inner)
        if isinstance(value, dict) and value.get("type") == 3 and "textContent" in value:
            found.append(value["textContent"])
        elif isinstance(value, dict) and "value" in value and "id" in value:
            found.append(value["value"])

    walk(redact(events, policy))
    return found


# --- a sign of the policy's own ------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["*", "#", "%", "\u2022", "\u2588", "\u00b7", "\uff0a", "\u20ac"])
def test_a_visible_sign_is_accepted(sign):
    assert shown([Page().snapshot(Page().text("Ja\U0001f600 R"))], Policy(mask_char=sign)).count(sign) == 5  # fmt: skip


@pytest.mark.parametrize(
    "sign",
    [
        *("", "**", "x", "0", "\u00e9", "\u0661", " ", "\u00a0", "\n", "\x00", "\u200b", "\u0301"),
        *("\ud800", "\U0001f600", '"', "'", "<", "&", "\\", "-", "_", ".", "\u00d7", "\u2800"),
        *("\ufffc", "\u02c6", "\ue000", "\ufdd0", 5, None, b"*"),
    ],
)
def test_any_other_character_is_refused(sign):
    with pytest.raises(PolicyError, match="mask_char must be one visible sign"):
        Policy(mask_char=sign)


@pytest.mark.parametrize("option", ["mask", "unmask", "never_unmask", "block", "show_media"])
def test_a_selector_may_not_compare_with_the_sign(option):
    with pytest.raises(PolicyError, match="compares with the mask_char '#'"):
        Policy(mask_char="#", **{option: "p:is([data-a='#1'])"})
    assert Policy(**{option: "p:is([data-a='#1'])"})


def test_a_pattern_of_attributes_may_not_compare_with_the_sign():
    with pytest.raises(PolicyError, match="compares with the mask_char"):
        Policy(mask_char="#", allow_attributes="[data-a='#']@title")
    assert Policy(mask_char="#", allow_attributes=["title", "p@data-a"])


def test_sentrys_sdk_has_no_such_sign():
    with pytest.raises(PolicyError, match="mask_char is not an option of Sentry's SDK"):
        Policy.sentry(mask_char="#")


PAGE = Page()
FIELD = PAGE.element("input", {"value": "Jane Roe", "placeholder": "Your name"})
COLOR = PAGE.element("input", {"type": "color", "value": "#ff0000"})
TEXT = PAGE.text("Jane\u3000Ro\U0001f600")
LINK = PAGE.element("a", {"href": "https://a.example/jane?q=roe", "title": "Jane", "style": "--a: 'Jane'"}, TEXT)  # fmt: skip
STYLE = PAGE.element("style", {}, PAGE.text("p::after { content: 'Jane' }"))
EVENTS = [
    PAGE.snapshot(LINK, FIELD, COLOR, STYLE),
    say(TEXT, "Roe"),
    typed(FIELD, "a b"),
    change(LINK, title="Roe", href="/roe"),
    custom("mine", {"a name": "Jane", "n": 5}),
    crumb("ui.keyDown", message="input", data={"nodeId": FIELD["id"], "key": "j"}),
]


def test_the_sign_stands_wherever_something_is_read():
    found = shown(EVENTS, DOTS)
    assert found.count("\u2022\u2022\u2022\u2022\\u3000\u2022\u2022\u2022\u2022") + found.count("\u2022\u2022\u2022\u2022\u3000\u2022\u2022\u2022\u2022") == 1  # fmt: skip
    text, *_ = texts(EVENTS, DOTS)
    assert text == "\u2022\u2022\u2022\u2022\u3000\u2022\u2022\u2022\u2022"
    changed = redact(EVENTS, DOTS)
    assert changed[1]["data"]["texts"][0]["value"] == "\u2022" * 3
    assert changed[2]["data"]["text"] == "\u2022" * 3
    assert changed[4]["data"]["payload"] == {"* ****": "\u2022" * 4, "n": 0}
    assert changed[5]["data"]["payload"]["data"]["key"] == "\u2022"


def test_addresses_sheets_keys_and_special_fields_stay_as_they_are():
    [snapshot, *_] = redact(EVENTS, DOTS)
    link, _, color, style = snapshot["data"]["node"]["childNodes"]
    assert link["attributes"]["href"] == "https://a.example/****?q=***"
    assert link["attributes"]["style"] == "--a: '****'"
    assert link["attributes"]["title"] == "\u2022" * 4
    assert color["attributes"]["value"] == "#808080"
    assert style["childNodes"][0]["textContent"] == "p::after { content: '****' }"


@pytest.mark.parametrize("options", [{}, {"hide_length": True}, {"metadata": "scrub"}])
def test_what_has_the_sign_is_private(options):
    policy = DOTS.replace(**options)
    once = redact_bytes(json.dumps(EVENTS).encode(), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy, secrets=["Jane", "Roe "]) == []
    assert find_leaks(json.dumps(EVENTS).encode(), policy)


def test_asterisks_are_no_masks_where_there_is_another_sign():
    leaks = find_leaks(recording_from_html("<p>Jane</p><p>****</p>"), DOTS)
    assert [leak.excerpt for leak in leaks] == ["\u2022\u2022\u2022\u2022"] * 2


def test_all_other_looks_are_those_of_asterisks():
    plain = json.dumps(redact(EVENTS, Policy()), ensure_ascii=False)
    dotted = json.dumps(redact(EVENTS, DOTS), ensure_ascii=False)
    assert dotted.replace("\u2022", "*") == plain


def test_words_of_selectors_and_sheets_stay_in_values_with_the_sign():
    page = Page()
    sheet = page.element("style", {}, page.text("[data-state~=open] { color: red }"))
    event = page.snapshot(sheet, page.element("p", {"data-role": "cart-9", "data-state": "open x"}))
    for hide in (False, True):
        policy = Policy(mask_char="#", mask="[data-role^=cart]", hide_length=hide)
        [found] = redact([event], policy)
        attributes = found["data"]["node"]["childNodes"][1]["attributes"]
        assert attributes["data-role"] == ("cart###" if hide else "cart##")
        assert attributes["data-state"] == ("### open" if hide else "open #")
        assert redact([found], policy) == [found]


def test_a_scrubbed_value_that_has_a_word_of_a_selector_is_masked_with_the_sign():
    policy = Policy(mask_char="#", unmask="p", mask="[data-role^=cart]:not(p)")
    page = Page()
    [found] = redact([page.snapshot(page.element("p", {"data-role": "cart jane@shop.example"}))], policy)  # fmt: skip
    value = found["data"]["node"]["childNodes"][0]["attributes"]["data-role"]
    assert value == "cart " + "#" * len("jane@shop.example")


def test_the_preview_tells_the_sign_from_what_is_in_clear():
    data = json.dumps(EVENTS).encode()
    assert not review(data, DOTS, "auto").snapshots[0].clear
    assert not review(data, DOTS, "auto").later
    [shows] = review(data, DOTS.replace(unmask="a"), "auto").snapshots
    assert [region.rule for region in shows.clear.values()] == ["unmask a"]


# --- functions ------------------------------------------------------------------------------------


class Two:
    def __call__(self, _text, place):
        return place.tag


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda text: text.upper(), "JANE"),
        (str.upper, "JANE"),
        (str, "Jane"),  # a type of C: it does not tell what it takes
        (lambda text, more="!": text[0] + more, "J!"),
        (lambda *texts: f"{len(texts)}", "1"),
        (lambda _text, place: place.tag, "p"),
        (Two(), "p"),
        (partial(placed), "[text p a.b]"),
    ],
)
def test_a_function_takes_a_text_or_a_text_and_its_place(function, said):
    page = Page()
    event = page.snapshot(page.element("p", {"class": "a  b"}, page.text("Jane")))
    assert texts([event], Policy(mask_fn=function)) == [said]


@pytest.mark.parametrize(
    "function",
    [
        lambda: "x",
        lambda a, b, c: a + b + c,
        lambda text, *, place: text + place,
        lambda *, text=1: text,
    ],
)
def test_a_function_that_takes_anything_else_is_refused(function):
    with pytest.raises(PolicyError, match="mask_fn must take a text, or a text and its place"):
        Policy(mask_fn=function)


def test_blank_texts_and_what_is_shown_are_not_for_the_function():
    seen = []
    policy = Policy(mask_fn=lambda text, _place: seen.append(text) or "x", unmask=".u")
    page = Page()
    events = [
        page.snapshot(
            page.element("p", {}, page.text(" \n"), page.text("Jane")),
            page.element("p", {"class": "u"}, page.text("Roe")),
        ),
        custom("mine", {"blank": " ", "name": "Doe"}),
    ]
    redact(events, policy)
    assert seen == ["Doe", "Jane"]


def test_a_function_is_told_what_the_output_shows():
    page = Page()
    text = page.text("Jane")
    event = page.snapshot(page.element("TD", {"class": "price user-1234567"}, text))
    assert texts([event, say(text, "Roe")], PLACED) == ["[text td price.user-0000000]"] * 2
    hidden = PLACED.replace(mask_attributes="class")
    assert texts([event], hidden) == ["[text td *****.************]"]


def test_a_function_is_told_the_present_classes():
    page = Page()
    text, moved = page.text("Jane"), page.text("Roe")
    box, other = page.element("p", {"class": "a"}, text), page.element("b", {}, moved)
    events = [
        page.snapshot(box, other),
        change(box, **{"class": "b c"}),
        say(text, "Doe"),
        change(box, **{"class": None}),
        say(text, "Doe"),
        change(box, title="x"),
        remove(other, moved),
        add(box, moved),
        say(moved, "Roe"),
    ]
    assert texts(events, PLACED) == [
        *("[text p a]", "[text b ]", "[text p b.c]"),
        *("[text p ]", "[text p ]", "[text p ]"),
    ]


def test_of_what_nobody_knows_a_function_is_told_nothing():
    page = Page()
    text = page.text("Jane")
    assert texts([say(text, "Jane"), change(page.element("p"), **{"class": "a"})], PLACED) == ["[text  ]"]  # fmt: skip
    box = page.element("p", {"class": "a"}, text)
    gone = [page.snapshot(box), mutation(removes=[{"parentId": 4, "id": box["id"]}]), say(text, "Doe")]  # fmt: skip
    assert texts(gone, PLACED) == ["[text p a]", "[text  ]"]
    assert texts([page.snapshot(page.text("Jane"))], PLACED) == ["[text  ]"]


def test_a_new_page_knows_nothing_of_the_old_one():
    page = Page()
    text = page.text("Jane")
    old, new = page.element("p", {"class": "a"}, text), page.element("b", {}, page.text("Roe"))
    events = [page.snapshot(old), {**page.snapshot(new), "timestamp": 5}, say(text, "Doe")]
    events[-1]["timestamp"] = 9
    assert texts(events, PLACED) == ["[text p a]", "[text b ]", "[text  ]"]


def test_a_text_in_a_shadow_root_stands_in_its_host():
    page = Page()
    host = page.element("x-card", {"class": "a"}, page.text("Jane", isShadow=True), isShadowHost=True)  # fmt: skip
    assert texts([page.snapshot(host)], PLACED) == ["[text x-card a]"]


def test_a_second_judgement_tells_the_same():
    page = Page()
    text = page.text("Jane")
    box = page.element("p", {"class": "a"}, text)
    events = [
        page.snapshot(page.element("div", {"class": "u"}, box)),
        mutation(
            texts=[{"id": text["id"], "value": "Roe"}],
            attributes=[{"id": box["id"], "attributes": {"class": "sentry-mask"}}],
        ),
    ]
    found = texts([{**event, "timestamp": 1} for event in events], PLACED.replace(unmask=".u"))
    assert found == ["[text p a]", "[text p sentry-mask]"]  # each as its event shows the element


def test_blocked_elements_have_no_texts_to_tell_of():
    page = Page()
    inner = page.element("p", {"class": "a"}, page.text("Jane"))
    box = page.element("div", {"class": "rr-block"}, inner)
    late = page.text("Roe")
    events = [page.snapshot(box), change(box, **{"class": "b"}), add(box, late), say(late, "Doe")]
    assert texts(events, PLACED) == ["[text div b]", "[text div b]"]


def test_places_of_what_is_gone_are_forgotten(monkeypatch):
    monkeypatch.setattr("replay_redact._page.refined._SPARE", 0)
    page = Page()
    body = page.element("body")
    redactor = Redactor(PLACED)
    redactor.process_bytes(json.dumps([page.snapshot(body)]).encode())
    for _ in range(9):
        leaf = page.element("p", {"class": "a"}, page.text("Jane"))
        events = [add(body, leaf), remove(body, leaf)]
        out = redactor.process_bytes(json.dumps(events).encode())
        assert b"[text p a]" in out
    [window] = redactor._engine._windows._known.values()
    assert len(window.engine.mirror.places) < 8


def test_any_cut_tells_the_same():
    page = Page()
    text, other = page.text("Jane"), page.text("Roe")
    box = page.element("p", {"class": "a b"}, text)
    events = [page.snapshot(box, page.element("i", {}, other)), say(text, "Doe"), change(box, **{"class": "c"}), say(text, "Roe"), say(other, "x")]  # fmt: skip
    whole, parts, state = redact(events, PLACED), [], None
    for event in events:
        redactor = Redactor.from_state(PLACED, state) if state else Redactor(PLACED)
        parts += json.loads(redactor.process_bytes(json.dumps([event]).encode()))
        state = redactor.state()
    assert parts == whole
    assert b"Jane" not in state
    assert texts(whole, PLACED) == texts(whole, Policy(mask_fn=str))


def test_a_state_of_the_other_form_of_function_is_refused():
    state = Redactor(PLACED).state()

    def placed(_text):
        return "x"

    placed.__qualname__ = PLACED.mask_fn.__qualname__
    with pytest.raises(StateError, match="another policy"):
        Redactor.from_state(Policy(mask_fn=placed), state)


@pytest.mark.parametrize(
    "packed", [b"", b"\xc1", msgspec.msgpack.encode((b"", [], b"B\0", b"B\0"))]
)
def test_damaged_places_are_a_state_error(packed):
    redactor = Redactor(PLACED)
    redactor.process_bytes(json.dumps([Page().snapshot()]).encode())
    [window] = redactor._engine._windows._known.values()
    with pytest.raises(ValueError, match="no places"):
        take_places(packed, window.engine.mirror)


# --- metadata -------------------------------------------------------------------------------------

CONSOLE = {
    "type": 6,
    "timestamp": 3,
    "data": {
        "plugin": "rrweb/console@1",
        "payload": {"level": "log", "payload": ['"Dear Jane"'], "trace": []},
    },
}
SPAN = custom("performanceSpan", {"op": "resource.mine", "description": "Hi Jane", "data": {}})


def test_a_function_masks_metadata():
    event, span, other = redact([CONSOLE, SPAN, custom("mine", {"a": ["Jane", 5], "b c": ""})], PLACED)  # fmt: skip
    assert event["data"]["payload"]["payload"] == ["[metadata  ]"]
    assert span["data"]["payload"]["op"] == "[metadata  ]"
    assert other["data"] == {"tag": "****", "payload": {"a": ["[metadata  ]", 0], "* *": ""}}


def test_a_breadcrumb_tells_the_element():
    node = {"id": 9, "tagName": "button", "textContent": "Pay Jane", "attributes": {"class": "buy c-1234567"}}  # fmt: skip
    events = [crumb("ui.click", message="button.buy", data={"nodeId": 9, "node": node})]
    [found] = redact(events, PLACED)
    assert found["data"]["payload"]["data"]["node"]["textContent"] == "[metadata button buy.c-0000000]"  # fmt: skip
    odd = {"id": 9, "tagName": "b<", "textContent": "Jane", "attributes": 5}
    [found] = redact([crumb("ui.click", data={"nodeId": 9, "node": odd})], PLACED)
    assert found["data"]["payload"]["data"]["node"]["textContent"] == "[metadata  ]"
    [found] = redact([crumb("ui.click", data={"nodeId": 9, "node": {**odd, "textContent": ["J"]}})], PLACED)  # fmt: skip
    assert found["data"]["payload"]["data"]["node"]["textContent"] == ["[metadata  ]"]


@pytest.mark.parametrize("broken", [lambda text: text / 2, lambda _: None, lambda _: "\ud800"])
def test_a_function_that_fails_on_metadata_is_counted(broken):
    redactor = Redactor(Policy(mask_fn=broken, mask_char="#"))
    out = redactor.process_bytes(json.dumps([custom("mine", {"a": "Jane"})]).encode())
    assert b'"####"' in out
    assert redactor.report.dropped.total() == 1


@pytest.mark.parametrize("policy", [Policy(mask_fn=label), Policy(mask_fn=placed), Policy(mask_fn=label, metadata="mask")])  # fmt: skip
def test_what_a_function_made_is_private(policy):
    once = redact_bytes(json.dumps([*EVENTS, CONSOLE, SPAN]).encode(), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy, secrets=["Jane"]) == []
    assert {leak.channel for leak in find_leaks(json.dumps([*EVENTS, CONSOLE]).encode(), policy)} >= {"text", "metadata", "attribute"}  # fmt: skip


def test_a_secret_that_a_function_shows_is_found():
    policy = Policy(mask_fn=lambda text: text)
    once = redact_bytes(json.dumps([CONSOLE]).encode(), policy)
    assert [leak.secret for leak in find_leaks(once, policy, secrets={"name": "Jane"})] == ["name"]


def test_the_preview_tells_what_a_function_made_from_what_is_in_clear():
    page = Page()
    text = page.text("Jane")
    events = [page.snapshot(page.element("p", {"class": "a"}, text)), say(text, "Roe"), add(text, page.text("Doe"))]  # fmt: skip
    data = json.dumps(events).encode()
    for function in (label, placed, lambda _: "*"):
        [snapshot] = review(data, Policy(mask_fn=function), "auto").snapshots
        assert not snapshot.clear
    assert not review(data, Policy(mask_fn=label), "auto").later
    for policy in (Policy(mask_fn=str), Policy(mask_fn=label, unmask="p"), Policy.sentry(mask_fn=label)):  # fmt: skip
        found = review(data, policy, "auto")
        assert found.snapshots[0].clear
        assert found.later


def test_the_rules_of_the_sdk_tell_the_channel_only():
    page = Page()
    event = page.snapshot(page.element("p", {"class": "a"}, page.text("Jane")))
    assert texts([event], Policy.sentry(mask_fn=placed)) == ["[text  ]"]
    assert TextPlace("", (), "text").channel == "text"
