"""Policies, selectors and levels: what is refused, and which rule wins."""

import pickle

import pytest
from cssselect import HTMLTranslator
from helpers import Page, incremental, mutation, redact, shown
from lxml import html

from replay_redact import Policy, PolicyError
from replay_redact._selectors import parse

OPEN = Policy(mask_all_text=False, mask_all_inputs=False, block_all_media=False)


# --- selectors, with lxml as the oracle -------------------------------------------------

MARKUP = """<main id="m" class="page a"><section class="b"><p class="a" data-x="one two">1</p>
<p data-x="one-two" type="TEXT">2</p><b><i class="c" lang="en-US">3</i></b></section>
<p class="a b">4</p><u data-x="">5</u></main>"""

SELECTORS = [
    "p", "*", ".a", "#m", "p.a", "section p", "main > p", "main > section i", "b i", "main b > i",
    "[data-x]", "[data-x=one-two]", "[data-x~=two]", "[data-x|=one]", "[data-x^=one]",
    "[data-x$=two]", "[data-x*='e t']", "[data-x='ONE-TWO' i]", "[type=text]", "[data-x^='']",
    ":not(p)", "p:not(.a)", "section :not(.a)", ":is(p, i)", ":is(.a, .c):not(.b)", ":where(u)",
    "p, i", "section > :is(p, b)", ".page .b .c", "main > .b > b > i", "nav p",
]  # fmt: skip


@pytest.mark.parametrize("selector", SELECTORS)
def test_selectors_match_what_lxml_matches(selector):
    tree = html.fragment_fromstring(MARKUP)
    expected = {
        item.text
        for found in tree.xpath(
            HTMLTranslator().css_to_xpath(selector.replace("[type=text]", "[type=TEXT]"))
        )
        for item in found.iter()
        if item.text and item.text.strip()
    }
    page = Page()

    def build(item):
        children = [page.text(item.text)] if item.text and item.text.strip() else []
        return page.element(item.tag, dict(item.attrib), *children, *map(build, item))

    text = shown([page.snapshot(build(tree))], OPEN.replace(mask=selector))
    assert {digit for digit in "12345" if f'"textContent": "{digit}"' not in text} == expected


@pytest.mark.parametrize(
    "selector",
    ["a:hover", "a + b", "a ~ b", "a::before", "svg|a", "[a|b]", "[x!=y]", ":nth-child(2)", "a:has(b)",
     ".a:not(.b .c)", ":scope > a"],
)  # fmt: skip
def test_what_a_recording_cannot_decide_is_refused(selector):
    with pytest.raises(PolicyError, match="cannot be decided") as caught:
        Policy(mask=selector)
    assert selector in str(caught.value)


@pytest.mark.parametrize(
    "selector", ["", " ", "..a", "a,", "[x", "[x='*']", "a:not(" * 300, "a" * 3000]
)
def test_invalid_selectors_are_refused(selector):
    with pytest.raises(PolicyError):
        Policy(unmask=selector)


def test_a_refusal_points_at_the_place():
    with pytest.raises(PolicyError) as caught:
        parse("nav a:hover")
    assert str(caught.value).endswith("\n  nav a:hover\n       ^")


@pytest.mark.parametrize(
    ("option", "selector"),
    [("unmask", "[src*=logo]"), ("unblock", "a[href='/x']"), ("mask", ":not([style='x'])"),
     ("block", "p:not([value=x]) b")],
)  # fmt: skip
def test_values_that_redaction_rewrites_cannot_decide_what_is_shown(option, selector):
    with pytest.raises(PolicyError, match="redaction rewrites"):
        Policy(**{option: selector})


# --- options ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [{"mask_all_text": "no"}, {"mask": 5}, {"mask": [5]}, {"routes": "users"}, {"routes": "/a*"},
     {"metadata": "hide"}, {"mask_fn": "x"}],
    ids=str,
)  # fmt: skip
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(PolicyError):
        Policy(**options)


def test_a_policy_is_data():
    policy = Policy(mask=["p"], routes="/a/:id")
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301 - our own pickle
    assert hash(policy) == hash(policy.replace())
    assert policy.replace(mask=()).mask == ()
    with pytest.raises(AttributeError):
        policy.mask = ()
    with pytest.raises(PolicyError, match="unknown option"):
        policy.replace(maks="p")


def test_a_policy_from_a_file(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text('mask_all_text = false\nblock = [".map"]\n')
    assert Policy.from_toml(path) == Policy(mask_all_text=False, block=".map")
    path.write_text("maks = 1")
    with pytest.raises(PolicyError, match="unknown option 'maks'"):
        Policy.from_toml(path)
    path.write_text("= 1")
    with pytest.raises(PolicyError, match="not a TOML file"):
        Policy.from_toml(path)


# --- which rule wins --------------------------------------------------------------------


def classes(*names):
    """Return whether a text below nested elements of these classes is shown."""
    page = Page()
    node = page.text("Jane")
    for name in reversed(names):
        node = page.element("div", {"class": name}, node)
    return "Jane" in shown(
        [page.snapshot(node)], Policy(mask=".mask", unmask=".unmask", block=".block")
    )


@pytest.mark.parametrize(
    ("names", "is_shown"),
    [((), False), (("unmask",), True), (("unmask", "x"), True), (("unmask", "mask"), False),
     (("mask", "unmask"), True), (("mask unmask",), False), (("unmask", "block"), False),
     (("block", "unmask"), False), (("unmask", "sentry-mask"), False), (("unmask", "rr-block"), False)],
)  # fmt: skip
def test_the_nearest_rule_wins_and_a_tie_is_strict(names, is_shown):
    assert classes(*names) is is_shown


@pytest.mark.parametrize(
    ("outer", "policy", "is_shown"),
    [("unmask", Policy(unmask=".unmask"), False), ("x", OPEN, True),
     ("mask", OPEN.replace(mask=".mask"), False)],
)  # fmt: skip
def test_mask_crosses_a_shadow_root_and_unmask_does_not(outer, policy, is_shown):
    page = Page()
    inner = page.element("p", {}, page.text("Jane"), isShadow=True)
    bare = page.text("Jane", isShadow=True)
    host = page.element("my-card", {"class": outer}, inner, bare, isShadowHost=True)
    assert shown([page.snapshot(host)], policy).count("Jane") == (2 if is_shown else 0)


def test_a_mask_around_an_unmask_comes_back_in_a_shadow_root():
    page = Page()
    host = page.element(
        "b", {"class": "unmask"}, page.text("Jane", isShadow=True), isShadowHost=True
    )
    outer = page.element("div", {"class": "mask"}, host)
    assert "Jane" not in shown([page.snapshot(outer)], OPEN.replace(mask=".mask", unmask=".unmask"))


def test_unmask_ends_at_an_iframe():
    page = Page()
    frame = page.element("iframe", {"class": "sentry-unmask"})
    snapshot = page.snapshot(frame)
    inner = page.document(page.element("p", {}, page.text("Jane")))
    attach = mutation(
        adds=[{"parentId": frame["id"], "nextId": None, "node": inner}], isAttachIframe=True
    )
    assert "Jane" not in shown([snapshot, attach])


@pytest.mark.parametrize(
    "attributes",
    [{"type": "password"}, {"type": "PassWord"}, {"type": "hidden"}, {"type": "file"},
     {"autocomplete": "cc-number"}, {"autocomplete": "section-a billing cc-csc"},
     {"autocomplete": "one-time-code"}, {"data-rr-is-password": "true"}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("policy", [Policy(unmask="form"), Policy.open()], ids=["unmask", "open"])
def test_sensitive_fields_are_never_unmasked(attributes, policy):
    page = Page()
    field = page.element("input", {**attributes, "value": "Jane", "class": "sentry-unmask"})
    typed = incremental(5, id=field["id"], text="Jane", isChecked=False)
    changed = mutation(
        attributes=[{"id": field["id"], "attributes": {"value": "Jane", "title": "Jane"}}]
    )
    assert "Jane" not in shown(
        [page.snapshot(page.element("form", {}, field)), typed, changed], policy
    )


def test_a_password_stays_one_when_it_is_shown():
    page = Page()
    field = page.element("input", {"type": "password"})
    show = mutation(attributes=[{"id": field["id"], "attributes": {"type": "text"}}])
    typed = incremental(5, id=field["id"], text="Jane", isChecked=False)
    assert "Jane" not in shown([page.snapshot(field), show, typed], Policy.open())


def test_inputs_follow_their_own_default():
    page = Page()
    page_events = [page.snapshot(page.element("input", {"value": "Jane"}), page.text("Roe"))]
    assert "Roe" in shown(page_events, OPEN.replace(mask_all_inputs=True))
    assert "Jane" not in shown(page_events, OPEN.replace(mask_all_inputs=True))
    assert "Jane" in shown(page_events, OPEN)


def test_ignored_fields_send_no_input_events():
    page = Page()
    fields = [page.element("input", {"class": name}) for name in ("sentry-ignore", "mine", "other")]
    events = [page.snapshot(page.element("form", {}, *fields))]
    events += [incremental(5, id=field["id"], text="x", isChecked=True) for field in fields]
    assert [event["data"]["id"] for event in redact(events, Policy(ignore="form > .mine"))[1:]] == [
        fields[2]["id"]
    ]


def test_a_class_change_moves_the_level_of_all_below_from_then_on():
    page = Page()
    text = page.text("Jane 1")
    box = page.element("div", {"class": "x"}, page.element("p", {}, text))

    def say(value):
        return mutation(texts=[{"id": text["id"], "value": value}])

    def give(name):
        return mutation(attributes=[{"id": box["id"], "attributes": {"class": name}}])

    events = [
        page.snapshot(box),
        say("Jane 2"),
        give("sentry-unmask"),
        say("Jane 3"),
        give("x"),
        say("Jane 4"),
    ]
    found = shown(events)
    assert [number for number in "1234" if f"Jane {number}" in found] == ["3"]


def test_a_removed_region_is_forgotten():
    page = Page()
    text = page.text("hello")
    region = page.element("div", {"class": "sentry-unmask"}, text)
    body = page.element("body", {}, region)
    gone = mutation(removes=[{"parentId": body["id"], "id": region["id"]}])
    late = mutation(texts=[{"id": text["id"], "value": "Jane"}])
    found = shown([page.snapshot(body), gone, late])
    assert "hello" in found
    assert "Jane" not in found


def test_mask_attributes_adds_names():
    page = Page()
    events = [
        page.snapshot(page.element("p", {"class": "jane", "title": "Jane", "style": "--x: Jane"}))
    ]
    policy = Policy.open().replace(mask_attributes=["class", "title", "style"])
    assert "jane" not in shown(events, policy).lower()
    assert "jane" in shown(events, Policy.open()).lower()


def test_literals_of_selectors_stay_so_that_they_match_again():
    page = Page()
    rows = ["yes", "public-Jane", "Jane-public", "a Jane b", "pub-Jane", "x Jane\U0001f600 y"]
    nodes = [
        page.element("p", {"data-x": row}, page.element("b", {}, page.text("t"))) for row in rows
    ]
    selectors = ["[data-x=yes] b", "[data-x^=public] b", "[data-x$=public] b", "[data-x~=a] b",
                 "[data-x|=pub] b", "[data-x*=' y'] b"]  # fmt: skip
    for policy in (Policy(unmask=selectors), Policy(unmask=selectors, hide_length=True)):
        once = redact([page.snapshot(*nodes)], policy)
        assert "Jane" not in str(once)
        assert str(once).count("'t'") == len(rows)
        assert redact(once, policy) == once
