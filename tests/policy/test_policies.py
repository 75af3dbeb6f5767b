"""Policies: which options make sense, and which rule wins."""

import pickle
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers import (
    OPEN,
    Page,
    attributes_of,
    change,
    mutation,
    redact,
    remove,
    say,
    shown,
    text_in,
    typed,
)

from replay_redact import Level, Policy, PolicyError
from replay_redact.policy import ALLOWED_ATTRIBUTES, OPTIONS
from replay_redact.scrub import Scrub

# --- options ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [{"mask_all_text": "no"}, {"mask": 5}, {"mask": [5]}, {"public_paths": "users"}, {"public_paths": "/a*"},
     {"metadata": "hide"}, {"mask_fn": "x"}],
    ids=str,
)  # fmt: skip
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(PolicyError):
        Policy(**options)


@pytest.mark.parametrize(
    "name", sorted(name for name, value in vars(Policy()).items() if isinstance(value, bool))
)
@pytest.mark.parametrize("value", ["true", 1, None])
def test_switches_are_true_or_false(name, value):
    with pytest.raises(PolicyError, match=f"{name} must be true or false"):
        Policy(**{name: value})


@pytest.mark.parametrize(
    "name", ["mask", "unmask", "block", "show_media", "ignore_inputs", "mask_attributes"]
)
def test_lists_take_one_string_or_several(name):
    for value in ("p", ["p"], ("p",), {"p"}, iter(["p"])):
        assert getattr(Policy(**{name: value}), name) == ("p",)
    for value in (5, None, [5], b"p", [["p"]]):
        with pytest.raises(PolicyError, match=f"{name} must be a string or several strings"):
            Policy(**{name: value})


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        *[(text, "must begin with /") for text in ("users", "", "https://a.example/x", ":id", "*")],
        *[(text, "write :id") for text in ("/orders/{id}", "/orders/*", "/**", "#/orders/{id}", "/a{b}c")],
        *[(text, "must be a path such as") for text in ("//", "/a//b", "/a b", "/:", "/:a-b", "/a/:1")],
        *[(text, "must stand behind the ?") for text in ("?", "/a?", "?a=1", "?a&", "#/a?")],
        *[(text, "must stand behind the #") for text in ("#", "#a b", "#*")],
        ("/a#b", "one pattern for the path"),
    ],
    ids=str,
)  # fmt: skip
def test_public_paths_that_cannot_be_read(pattern, why):
    with pytest.raises(PolicyError, match=re.escape(why)) as caught:
        Policy(public_paths=[pattern])
    assert repr(pattern) in str(caught.value)


@pytest.mark.parametrize(
    ("option", "text"),
    [("mask_hosts", text) for text in ("", "*", "a*", "*.*.example", "https://a.example", "a.example/x", "a b", "a..b", "a.", ".a", "a" * 254)]
    + [("app_schemes", text) for text in ("", "shop:", "1a", "shop://", "a b")],
)  # fmt: skip
def test_hosts_and_schemes_that_cannot_be_read(option, text):
    with pytest.raises(PolicyError, match=f"{option} .* must be"):
        Policy(**{option: text})


def test_selectors_that_redaction_would_falsify_are_refused():
    with pytest.raises(PolicyError, match="'href', which redaction rewrites"):
        Policy(unmask="a[href='/public']")
    with pytest.raises(PolicyError, match="unsupported selector 'p:hover'"):
        Policy(mask=["p", "p:hover"])


def test_options_are_keywords_and_known():
    with pytest.raises(TypeError):
        Policy(True)
    with pytest.raises(TypeError):
        Policy(maks="p")


def test_the_default_is_private():
    assert "Jane" not in text_in("p", "Jane", title="Jane", href="/jane")
    assert Policy() == Policy(
        mask_all_text=True, mask_all_inputs=True, block_all_media=True, metadata="safe"
    )
    assert Policy().unmask == (".sentry-unmask", "[data-sentry-unmask]")


def test_lockdown_takes_no_opt_out():
    assert text_in("p", "Jane Roe", Policy.lockdown(), **{"class": "sentry-unmask"}) == "***"


def test_open_shows_all_but_what_is_never_shown():
    assert text_in("p", "Jane", Policy.permissive()) == "Jane"
    assert attributes_of("p", {"title": "Jane", "href": "/jane"}, Policy.permissive()) == {
        "title": "Jane",
        "href": "/jane",
    }
    assert (
        attributes_of("input", {"type": "password", "value": "Jane"}, Policy.permissive())["value"]
        == "****"
    )
    assert text_in("p", "Jane", Policy.permissive(), **{"class": "sentry-mask"}) == "****"


def test_presets_are_policies_like_any_other():
    class Own(Policy):
        pass

    for preset in (Policy.permissive, Policy.lockdown, Own.permissive):
        assert preset() == preset()
        assert hash(preset()) == hash(preset())
    assert type(Own.permissive()) is Own


def test_published_names():
    assert {"class", "id", "type"} <= ALLOWED_ATTRIBUTES
    assert Level.DEFAULT < Level.UNMASK < Level.MASK < Level.BLOCK


def test_a_policy_is_data():
    policy = Policy(mask=["p"], public_paths="/a/:id")
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
    path.write_text("mask_fn = 'x'")
    with pytest.raises(PolicyError, match="unknown option 'mask_fn'"):
        Policy.from_toml(path)
    path.write_text("mask = 'p:hover'")
    with pytest.raises(PolicyError, match=r"policy\.toml: .*cannot be decided"):
        Policy.from_toml(str(path))
    path.write_bytes(b"mask = '\xff'")
    with pytest.raises(PolicyError, match="not a TOML file"):
        Policy.from_toml(path)
    with pytest.raises(FileNotFoundError):
        Policy.from_toml(tmp_path / "none.toml")
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
@pytest.mark.parametrize(
    "policy", [Policy(unmask="form"), Policy.permissive()], ids=["unmask", "permissive"]
)
def test_sensitive_fields_are_never_unmasked(attributes, policy):
    page = Page()
    field = page.element("input", {**attributes, "value": "Jane", "class": "sentry-unmask"})
    entry = typed(field, "Jane")
    changed = mutation(
        attributes=[{"id": field["id"], "attributes": {"value": "Jane", "title": "Jane"}}]
    )
    assert "Jane" not in shown(
        [page.snapshot(page.element("form", {}, field)), entry, changed], policy
    )


def test_a_password_stays_one_when_it_is_shown():
    page = Page()
    field = page.element("input", {"type": "password"})
    show = mutation(attributes=[{"id": field["id"], "attributes": {"type": "text"}}])
    entry = typed(field, "Jane")
    assert "Jane" not in shown([page.snapshot(field), show, entry], Policy.permissive())


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
    events += [typed(field, "x") for field in fields]
    assert [
        event["data"]["id"] for event in redact(events, Policy(ignore_inputs="form > .mine"))[1:]
    ] == [fields[2]["id"]]


def test_a_class_change_moves_the_level_of_all_below_from_then_on():
    page = Page()
    text = page.text("Jane 1")
    box = page.element("div", {"class": "x"}, page.element("p", {}, text))

    def give(name):
        return change(box, **{"class": name})

    events = [
        page.snapshot(box),
        say(text, "Jane 2"),
        give("sentry-unmask"),
        say(text, "Jane 3"),
        give("x"),
        say(text, "Jane 4"),
    ]
    found = shown(events)
    assert [number for number in "1234" if f"Jane {number}" in found] == ["3"]


def test_a_removed_region_is_forgotten():
    page = Page()
    text = page.text("hello")
    region = page.element("div", {"class": "sentry-unmask"}, text)
    body = page.element("body", {}, region)
    found = shown([page.snapshot(body), remove(body, region), say(text, "Jane")])
    assert "hello" in found
    assert "Jane" not in found


def test_mask_attributes_adds_names():
    page = Page()
    events = [
        page.snapshot(page.element("p", {"class": "jane", "title": "Jane", "style": "--x: Jane"}))
    ]
    policy = Policy.permissive().replace(mask_attributes=["class", "title", "style"])
    assert "jane" not in shown(events, policy).lower()
    assert "jane" in shown(events, Policy.permissive()).lower()


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


# --- the SDK's rules ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [{"public_paths": ["/a"]}, {"mask_urls": False}, {"mask_css": False}, {"keep_fonts": True}, {"hide_length": True},
     {"hide_state": True}, {"hide_pointer": True}, {"metadata": "mask"}, {"unheard_of": 1}, {"rules": "strict"},
     {"mask": "p:hover"}],
)  # fmt: skip
def test_what_is_no_option_of_the_sdk_is_an_error(options):
    with pytest.raises(PolicyError):
        Policy.sentry(**options)


def test_there_are_three_kinds_of_rules():
    with pytest.raises(PolicyError, match='rules must be "strict" or "sentry-11"'):
        Policy(rules="loose")
    assert Policy.sentry() == Policy.sentry()
    assert Policy.sentry(mask_attributes=["Alt"]).mask_attributes == ("alt",)
    assert Policy.sentry().replace(mask=".x").rules == "sentry-11"


# --- the table of options ---------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")


def test_every_option_is_read_as_its_kind_demands():
    wrong = {
        "flag": 1,
        "selectors": 7,
        "strings": 7,
        "attributes": 7,
        "choice": "x",
        "scrub": 7,
        "function": "x",
        "character": "x",
        "words": 7,
        "pages": "/x",
    }
    for name, option in OPTIONS.items():
        with pytest.raises(PolicyError, match=name):
            Policy(**{name: wrong[option.kind]})


def test_a_choice_that_is_no_string_is_an_error():
    for value in ([], {}, None, 7):
        with pytest.raises(PolicyError, match='metadata must be "mask" or "safe" or "scrub"'):
            Policy(metadata=value)


def test_what_the_sdk_does_not_have_is_refused_for_its_rules():
    more = {
        "flag": True,
        "selectors": "p",
        "attributes": "title",
        "strings": ["/x"],
        "choice": "mask",
        "scrub": Scrub.none(),
        "character": "#",
        "words": "Home",
        "pages": [{"url": "/x"}],
    }
    refused = set()
    for name, option in OPTIONS.items():
        value = "digits" if name == "mask_text" else more.get(option.kind, ())
        if option.kind == "flag":
            value = not getattr(Policy(), name)
        if option.kind == "function" or name == "rules":
            continue
        try:
            Policy.sentry(**{name: value})
        except PolicyError as error:
            refused.add(name)
            assert "is not an option of Sentry's SDK" in str(error)  # noqa: PT017 - most do not raise
    assert refused == {name for name, option in OPTIONS.items() if not option.sdk}


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        *[(name, "other options decide") for name in ("value", "STYLE", "href", "src", "srcset", "onclick", "srcdoc")],
        *[(pattern, "means too much") for pattern in ("data*", "a*", "p@on*")],
        *[(pattern, "must be a name") for pattern in ("", "*", "p@", "@title", "p@*", "Jane Roe", "title,alt", "a b*")],
        *[(pattern, "selector") for pattern in ("p:hover@title", "p..x@title", "[href='/x']@title")],
    ],
    ids=str,
)  # fmt: skip
def test_attributes_that_cannot_be_allowed(pattern, why):
    with pytest.raises(PolicyError, match=why):
        Policy(allow_attributes=[pattern])


def test_attributes_of_selectors_with_an_at():
    assert Policy(allow_attributes="[data-x='a@b']@title").allow_attributes == (
        "[data-x='a@b']@title",
    )


def test_a_class_of_ones_own_may_have_more_fields():
    @dataclass(frozen=True, kw_only=True)
    class Own(Policy):
        team: str = ""

    assert Own(team="a", rules="sentry-11", mask="p").mask == ("p",)


@pytest.mark.parametrize("kind", ["mask", "block", "ignore"])
@pytest.mark.parametrize("mark", [".sentry-{}", "[data-sentry-{}]", ".rr-{}"])
@pytest.mark.parametrize(
    "policy",
    [Policy.permissive(), Policy.sentry(mask_all_text=False, mask_all_inputs=False)],
    ids=["strict", "sentry"],
)
def test_every_policy_honours_the_marks_of_pages(policy, mark, kind):
    name = mark.format(kind).strip(".[]")
    marked = {name: ""} if name.startswith("data-") else {"class": name}

    def shown(attributes):
        page = Page()
        field = page.element("input", attributes)
        region = page.element("div", attributes, page.text("Jane"))
        return str(redact([page.snapshot(region, field), typed(field, "Roe")], policy))

    assert "Jane" in shown({})
    assert "Roe" in shown({})
    assert "Roe" not in shown(marked)
    assert ("Jane" in shown(marked)) is (kind == "ignore")
