"""One record per leak that attributes of real sessions had, each with a twin.

A twin has the same shape and other private content, so its output must be the same bytes.
"""

import json

import pytest
from helpers import Page, change, crumb, incremental, mutation, redact, typed

from replay_redact import Policy
from replay_redact.testing import find_leaks

OPEN = Policy(unmask="main")


def output(events, policy):
    once = redact(events, policy)
    assert redact(once, policy) == once
    assert not find_leaks(json.dumps(once).encode(), policy)
    return json.dumps(once, ensure_ascii=False)


def same(build, one, other, policy=None, *, shows=()):
    """Check that no private content shows, and that both give the same output."""
    policy = policy or Policy()
    first, second = (build(*said) for said in (one, other) if Page())  # times begin anew
    found = output(first, policy)
    assert output(second, policy) == found
    assert json.dumps(first) != json.dumps(second)
    assert [word for word in (*one, *other) if word in found] == []
    assert [word for word in shows if word not in found] == []


def one_element(tag, attributes, *inner):
    page = Page()
    return [page.snapshot(page.element("main", {}, page.element(tag, attributes, *inner)))]


def test_r01_a_broken_quote_made_attribute_names_of_a_sentence():
    def link(*words):
        return one_element("a", {"title": "", "href": "/x", **dict.fromkeys(words, "")})

    same(link, ('roe"s', "diabetes", 'result"'), ('doe"s', "migraine", 'report"'), shows=["href"])
    same(link, ("roe's", "diabetes"), ("doe's", "migraine"), OPEN, shows=["href"])


def test_r01_in_changes_additions_and_breadcrumbs():
    def events(word):
        page = Page()
        link = page.element("a", {"href": "/x"})
        named = {"id": link["id"], "attributes": {word: "", "href": "/y"}}
        only = {"id": link["id"], "attributes": {word: None}}
        node = {
            "id": link["id"],
            "tagName": "a",
            "textContent": "",
            "attributes": {word: "x", "id": "a"},
        }
        return [
            page.snapshot(link),
            mutation(attributes=[named]),
            mutation(attributes=[only]),
            mutation(
                adds=[
                    {"parentId": link["id"], "nextId": None, "node": page.element("b", {word: ""})}
                ]
            ),
            crumb(
                "ui.click",
                message=f'a[{word}="x"][title="y"]',
                data={"nodeId": link["id"], "node": node},
            ),
        ]

    same(events, ("diabetes",), ("migraine",))
    assert len(redact(events("diabetes"))) == 4  # nothing of the second change is left


@pytest.mark.parametrize(
    "name", ["aria-describedby", "aria-labelledby", "headers", "aria-owns", "itemref", "slot"]
)
def test_r02_references_held_free_text(name):
    def text(*words):
        return one_element("p", {name: " ".join(words)})

    same(text, ("Jane", "Roe", "diabetes"), ("John", "Doe", "migraine"))


@pytest.mark.parametrize("name", ["list", "for", "form", "popovertarget", "aria-activedescendant"])
def test_r02_references_held_addresses(name):
    same(
        lambda value: one_element("p", {name: value}),
        ("jane@shop.example",),
        ("john@shop.example",),
    )


def test_r03_ids_and_classes_held_long_numbers_and_references_still_agree():
    def page(number):
        icon = f"icon-{number}"
        inner = Page().element("use", {"href": f"#{icon}"})
        label = {
            "id": icon,
            "class": f"row order-{number}",
            "aria-labelledby": icon,
            "for": icon,
            "slot": icon,
            "part": icon,
        }
        return one_element("svg", label, {**inner, "id": 90})

    same(
        page,
        ("4711123",),
        ("9876543",),
        OPEN.replace(show_media="svg"),
        shows=["icon-0000000", "#icon-0000000"],
    )


def test_r04_glyphs_of_formulas_were_classes():
    same(
        lambda glyph: one_element("mjx-c", {"class": f"mjx-c{glyph}"}),
        ("1D44E",),
        ("1D456",),
        shows=["mjx-c00000"],
    )


def test_r05_languages_held_words_behind_the_region():
    same(lambda word: one_element("p", {"lang": f"en-US-{word}"}), ("jane",), ("john",))


@pytest.mark.parametrize("tag", ["img", "area", "iframe", "source"])
@pytest.mark.parametrize("name", ["alt", "title", "aria-label", "data-caption"])
def test_r06_a_gray_picture_said_what_it_shows(tag, name):
    def picture(who):
        return one_element(tag, {name: f"Passport of {who}", "class": "photo"})

    same(picture, ("Jane Roe",), ("John Doe",), OPEN, shows=["photo"])


FIELDS = [
    {"name": "cvv"}, {"id": "card-cvc"}, {"aria-label": "Security code"}, {"name": "cardnumber"}, {"name": "otp"}, {"name": "passwd"},
    {"id": "new_password"}, {"name": "pin"}, {"style": "-webkit-text-security:disc"}, {"placeholder": "Mot de passe"}, {"name": "exp-date"},
    {"autocomplete": "kennwort"}, {"name": "ssn"}, {"name": "api_key"},
]  # fmt: skip


@pytest.mark.parametrize(
    "policy",
    [OPEN, Policy.permissive(), Policy(mask_all_inputs=False)],
    ids=["unmask", "open", "inputs"],
)
@pytest.mark.parametrize("attributes", FIELDS, ids=str)
def test_r07_fields_for_secrets_were_shown_unless_their_type_said_so(attributes, policy):
    def form(secret, next_one):
        page = Page()
        field = page.element("input", {**attributes, "value": secret})
        area = page.element("div", {**attributes, "contenteditable": ""}, page.text(secret))
        start = page.snapshot(page.element("main", {}, field, area))
        return [start, typed(field, next_one), change(field, value=next_one)]

    same(form, ("tulip-Harbor", "Rose 4711"), ("lemon-Garden", "Mint 0815"), policy)


def test_r07_a_field_that_gets_its_name_later():
    def form(secret, style):
        page = Page()
        field = page.element("input", {"name": "q"})
        named = change(field, style=style) if style else change(field, placeholder="PIN")
        return [page.snapshot(page.element("main", {}, field)), named, typed(field, secret)]

    for style in ({"-webkit-text-security": "disc"}, "-webkit-text-security: disc", None):
        assert "tulip" not in output(form("tulip", style), OPEN)


@pytest.mark.parametrize("name", ["name", "placeholder"])
@pytest.mark.parametrize("policy", [OPEN, Policy(mask_all_inputs=False)], ids=["unmask", "inputs"])
def test_r07_a_field_that_gets_its_name_in_the_event_that_adds_it(name, policy):
    page = Page()
    main = page.element("main", {})
    field, text = page.element("input", {}), page.text("tulip")
    added = [{"parentId": main["id"], "nextId": None, "node": node} for node in (field, text)]
    named = [{"id": node["id"], "attributes": {name: "cvv"}} for node in (field, text)]
    events = [
        page.snapshot(main),
        mutation(adds=added, attributes=named[:1]),
        typed(field, "lemon"),
    ]
    assert "lemon" not in output(events, policy)
    assert redact([page.snapshot(main), mutation(adds=added, attributes=named)], policy)


def test_r07_other_fields_stay_shown():
    page = Page()
    field = page.element(
        "input", {"type": "search", "name": "q", "placeholder": "Find a lamp", "value": "green"}
    )
    found = output([page.snapshot(page.element("main", {}, field)), typed(field, "lamp")], OPEN)
    assert all(f'"{word}"' in found for word in ("Find a lamp", "green", "lamp", "q"))


MARKS = [
    {"class": "ph-no-capture"}, {"class": "fs-mask"}, {"data-dd-privacy": "mask"}, {"data-clarity-mask": "true"}, {"data-private": ""},
    {"data-hj-suppress": ""}, {"data-openreplay-obscured": ""}, {"class": "lr-hide"}, {"data-heap-redact-text": "true"},
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_r08_marks_of_other_vendors_were_not_seen(mark):
    def region(who):
        page = Page()
        return [
            page.snapshot(
                page.element("main", {}, page.element("p", {**mark, "title": who}, page.text(who)))
            )
        ]

    same(region, ("Jane",), ("John",), OPEN)
    same(region, ("Jane",), ("John",), Policy.permissive())


def test_r09_a_tag_name_in_a_breadcrumb_was_a_word_in_any_script():
    def click(tag):
        node = {"id": 9, "tagName": tag, "textContent": "", "attributes": {}}
        return [crumb("ui.click", message=tag, data={"nodeId": 9, "node": node})]

    same(click, ("jan\u00e9",), ("joh\u00f1",))
    same(
        lambda number: click(f"x-{number}") + one_element(f"x-{number}", {}),
        ("4711123",),
        ("9876543",),
    )


def test_r10_the_verifier_calls_channels_as_the_engine_judges_them():
    page = Page()
    nodes = [page.element("img", {"SRC": "/jane.png"}), page.element("p", {"ONCLICK": "jane()"})]
    nodes += [
        page.element(tag, {}, page.text("Jane")) for tag in ("noscript", "template", "SCRIPT", "p")
    ]
    found = find_leaks(json.dumps([page.snapshot(*nodes)]).encode(), Policy())
    assert [leak.channel for leak in found] == ["media", "code", "code", "code", "code", "text"]


def test_r10_the_verifier_does_not_print_names_that_nobody_published():
    [leak] = find_leaks(json.dumps(one_element("a", {"diabetes": ""})).encode(), Policy())
    assert "diabetes" not in str(leak)


@pytest.mark.parametrize("tag", [7, None, ["a"], {"a": 1}])
def test_r11_the_verifier_failed_over_a_tag_name_that_is_none(tag):
    node = {"id": 9, "tagName": tag, "textContent": "Jane", "attributes": {"title": "Jane"}}
    event = crumb("ui.click", data={"nodeId": 9, "node": node})
    assert find_leaks(json.dumps([event]).encode(), Policy())


def test_r12_the_name_of_a_font_family_was_not_looked_at():
    def font(family):
        return [incremental(10, family=family, fontSource="url(/a.woff2)", buffer=False)]

    keep = Policy(keep_fonts=True)
    same(font, ("jane@a.example",), ("john@a.example",), keep)
    same(font, ("Site 4711123",), ("Site 9876543",), keep, shows=["Site 0000000"])
    same(font, ("Card 4111 1111 1111 1111",), ("Card 5500 0000 0000 0004",), keep)
    assert "Helvetica Neue LT W01-55" in output(
        font("Helvetica Neue LT W01-55"), Policy.permissive()
    )
