"""Rules: the facts of an element are one number, and its decision follows from them."""

import pytest

from replay_redact import Level, Policy
from replay_redact._rules import decisions, facts, matching, sentry, strict
from replay_redact._rules.matching import BOUNDARY, OTHER
from replay_redact._rules.strict import (
    AMBIGUOUS,
    COMMENT,
    EDITABLE,
    EMBED,
    FIELD,
    FONT,
    FRAME,
    ICON,
    IMAGE,
    IMAGE_BUTTON,
    LINK,
    MEDIA,
    NOT_CSS,
    PICTURE,
    PLACEHOLDER,
    PLAYED,
    SCRIPT,
    SECRET_NAME,
    SENSITIVE,
    SHEET,
    SLOT,
    STYLE,
    USE,
    Rules,
    compile_rules,
)

POLICY = Policy(
    mask_all_text=False, mask=".mask", unmask=".unmask", block=".block", show_media=".unblock", never_unmask=".never", ignore_inputs="form .ignore"
)  # fmt: skip


def path(rules, *elements):
    """Return the context of the last of nested elements: tag, ``tag.class`` or (tag, attributes, bits)."""
    context = rules.root
    for element in elements:
        if isinstance(element, str):
            tag, _, names = element.partition(".")
            element = (tag or "p", {"class": names.replace(".", " ")} if names else {}, 0)  # noqa: PLW2901
        tag, attributes, bits = element
        context = rules.child(context, bits | rules.facts(tag, attributes))
    return context


def in_shadow(element):
    tag, _, names = element.partition(".")
    return (tag, {"class": names} if names else {}, BOUNDARY)


# --- facts --------------------------------------------------------------------------------

TAGS = {
    "p": 0, "style": STYLE, "STYLE": STYLE, "script": SCRIPT, "input": FIELD | IMAGE, "textarea": FIELD, "select": FIELD,
    "option": FIELD, "img": IMAGE | PICTURE, "image": IMAGE | PICTURE, "feImage": IMAGE | PICTURE, "iframe": FRAME | PICTURE, "frame": FRAME | PICTURE, "link": LINK,
    "slot": SLOT, "use": USE, "svg": MEDIA, "video": MEDIA | PLAYED, "audio": MEDIA | PLAYED, "object": MEDIA,
    "embed": MEDIA | EMBED,
    "canvas": MEDIA, "applet": MEDIA, "button": 0, "source": PICTURE, "area": PICTURE, "x-input": strict.CUSTOM,
}  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
def test_facts_of_a_tag(tag):
    assert Rules(Policy()).facts(tag, {}) == TAGS[tag]


ATTRIBUTES = [
    ("type", "password", SENSITIVE), ("type", "PassWord", SENSITIVE), ("type", " hidden\n", SENSITIVE),
    ("type", "file", SENSITIVE), ("type", "text", 0), ("type", "passwords", 0), ("type", None, 0), ("type", True, 0),
    ("autocomplete", "cc-number", SENSITIVE), ("autocomplete", "CC-CSC", SENSITIVE), ("autocomplete", "cc-anything", SENSITIVE),
    ("autocomplete", "section-a billing cc-exp", SENSITIVE), ("autocomplete", "cc-name webauthn", SENSITIVE),
    ("autocomplete", "current-password", SENSITIVE), ("autocomplete", "new-password", SENSITIVE),
    ("autocomplete", "one-time-code", SENSITIVE), ("autocomplete", "name", 0), ("autocomplete", "acc-number", 0),
    ("autocomplete", "off", 0), ("data-rr-is-password", "true", SENSITIVE), ("data-rr-is-password", "", SENSITIVE),
    ("data-rr-is-password", True, SENSITIVE), ("data-rr-is-password", None, 0),
    ("rel", "stylesheet", SHEET), ("rel", "alternate StyleSheet", SHEET), ("rel", "stylesheet jane", 0), ("rel", "icon", ICON),
    ("rel", "shortcut icon", ICON), ("rel", "apple-touch-icon", ICON), ("rel", "mask-icon", ICON), ("rel", "next", 0),
    ("rr_width", "40px", PLACEHOLDER), ("as", "font", FONT), ("as", " Font ", FONT), ("as", "script", 0),
    ("name", "cvv", SECRET_NAME), ("ID", "card-cvc", SECRET_NAME), ("aria-label", "Security code", SECRET_NAME), ("placeholder", "Mot de passe", SECRET_NAME),
    ("autocomplete", "my-otp", SECRET_NAME), ("name", "q", 0), ("name", None, 0), ("id", "shipping", 0), ("class", "password", 0),
    ("contenteditable", "", EDITABLE), ("contenteditable", "plaintext-only", EDITABLE), ("contenteditable", "FALSE", 0),
    ("style", "color: red; -WEBKIT-text-security : disc", SENSITIVE), ("style", {"-webkit-text-security": "disc"}, SENSITIVE),
    ("style", {"text-security": ["disc", ""]}, SENSITIVE), ("style", {"text-security": ["none", ""]}, 0),
    ("style", {"-webkit-text-security": False}, 0), ("style", {"text-security": []}, SENSITIVE), ("style", "security: text-securit", 0), ("style", ["text-security"], 0),
    ("type", "image", IMAGE_BUTTON), ("type", "IMAGE ", IMAGE_BUTTON),
    ("title", "password", 0), ("type", {"a": "password"}, SENSITIVE), ("type", ["password"], SENSITIVE), ("style", {"color": "red"}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "bits"), ATTRIBUTES, ids=str)
def test_facts_of_an_attribute(name, value, bits):
    assert Rules(Policy()).facts("p", {name: value}) & ~NOT_CSS == bits


def test_facts_add_up():
    facts = Rules(Policy()).facts("input", {"type": "password", "rr_width": "1px", "title": "x"})
    assert facts == FIELD | IMAGE | SENSITIVE | PLACEHOLDER | NOT_CSS


SECRETS = [
    ("input", {"name": "cvv"}, True), ("textarea", {"placeholder": "Your secret"}, True), ("select", {"id": "expMonth"}, True),
    ("div", {"id": "pin", "contenteditable": ""}, True), ("div", {"id": "pin", "contenteditable": "false"}, False), ("section", {"id": "password"}, False),
    ("input", {"type": "submit", "name": "password"}, False), ("input", {"name": "q", "type": "search"}, False), ("input", {}, False),
    ("x-input", {"name": "cvv"}, False), ("p", {"style": "-webkit-text-security:disc"}, True),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "attributes", "secret"), SECRETS, ids=str)
def test_names_make_fields_sensitive(tag, attributes, secret):
    rules = Rules(Policy())
    assert bool(rules.facts(tag, attributes) & SENSITIVE) is secret
    bits = rules.facts(tag, {})
    for name, value in attributes.items():
        bits = rules.changed_facts(bits, name, value)
    assert bool(bits & SENSITIVE) is secret


def test_a_field_stays_sensitive_under_another_name_and_becomes_it_as_another_kind():
    rules = Rules(Policy())
    bits = rules.changed_facts(rules.facts("input", {"name": "cvv"}), "name", "q")
    assert bits & SENSITIVE
    button = rules.facts("input", {"name": "cvv", "type": "button"})
    assert rules.changed_facts(button, "type", "text") & SENSITIVE


def bits_of(module):
    return {
        name: bit
        for name, bit in vars(module).items()
        if name.isupper() and not name.startswith(("_", "FIRST_")) and type(bit) is int
    }


@pytest.mark.parametrize(
    ("rules", "some"),
    [(strict, {"SLOT", "ICON", "IMAGE_BUTTON"}), (sentry, {"INPUT", "CELL", "EXACT_BUTTON"})],
)
def test_the_bits_of_facts_are_distinct(rules, some):
    """Two facts in one bit would be one: an icon would be a slot, and show its name."""
    own = bits_of(decisions) | bits_of(rules)
    own.pop("FORM_FIELD", None)  # four in one
    assert {"SENSITIVE", "HIDDEN", "BOUNDARY", "OTHER"} | some <= own.keys()
    assert all(bit.bit_count() == 1 for bit in own.values())
    assert len(set(own.values())) == len(own)
    assert max(own.values()) < 1 << rules._FIRST_POLICY_BIT


CHANGES = [
    ("a class that matters", {"class": "mask"}, {"class": "x"}, {"class": "x"}),
    ("a class that is removed", {"class": "mask"}, {"class": None}, {}),
    ("another class", {"class": "mask"}, {"class": "unmask"}, {"class": "unmask"}),
    ("nothing that matters", {"class": "mask"}, {"title": "x"}, {"class": "mask"}),
    ("a sheet that is none", {"rel": "stylesheet"}, {"rel": "next"}, {}),
    ("an icon that is a sheet", {"rel": "icon"}, {"rel": "stylesheet"}, {"rel": "stylesheet"}),
    ("a font that is none", {"as": "font"}, {"as": "script"}, {}),
    ("a password that is shown", {"type": "password"}, {"type": "text"}, {"type": "password"}),
    ("a card field renamed", {"autocomplete": "cc-csc"}, {"autocomplete": None}, {"autocomplete": "cc-csc"}),
    ("a text that is hidden", {"type": "text"}, {"type": "password"}, {"type": "password"}),
    ("a box that lost its size", {"rr_width": "1px"}, {"rr_width": None}, {"rr_width": "1px"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "change", "after"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_facts_after_a_change(before, change, after):
    rules = Rules(POLICY)
    bits = rules.facts("input", before)
    for name, value in change.items() if change.keys() <= rules.names else ():
        bits = rules.changed_facts(bits, name, value)
    assert bits == rules.facts("input", after)


def test_what_is_remembered_of_values_is_bounded(monkeypatch):
    monkeypatch.setattr(facts, "_MAX_CACHED_VALUES", 3)
    rules = Rules(POLICY)
    masked = rules.facts("p", {"class": "mask"})
    for number in range(10):
        assert rules.facts(f"x{number}", {"id": f"a{number}"}) == 0
        assert len(rules._facts._value_facts) <= 3
        assert len(rules._facts._tag_facts) <= 3
    assert rules.facts("p", {"class": "mask"}) == masked != 0


@pytest.mark.parametrize("attribute", ["data-x", "DATA-X", "Data-x"])
def test_words_that_several_selectors_ask_for_are_facts_of_each(attribute):
    tests = {"[data-x~=a]", "[Data-X~=a]", "[DATA-X~=a]", "[data-x~=b]", "[data-x~=a i]", "[data-x=a]"}  # fmt: skip
    compiled = Rules(Policy(block=tuple(sorted(tests)), mask_all_text=False))
    blocks = compiled.of_option("block")[-len(tests) :]
    found = {
        value: {rule.label for rule in blocks if matching.matches(rule, None, compiled.facts("p", {attribute: value}))}
        for value in ("a", "x a", "A\tx", "b", "xa", "")
    }  # fmt: skip
    assert {value: len(labels) for value, labels in found.items()} == {
        "a": 5, "x a": 4, "A\tx": 1, "b": 1, "xa": 0, "": 0
    }  # fmt: skip


def test_a_long_value_is_judged_and_not_remembered():
    rules = Rules(POLICY)
    assert rules.facts("p", {"class": "x " * 5000 + "mask"}) == rules.facts("p", {"class": "mask"})
    assert all(len(value) < 1024 for _, value in rules._facts._value_facts)


@pytest.mark.parametrize("first", ["[data-x]", "p:is([data-x])"])
def test_a_value_of_which_nobody_can_tell_what_it_says_opens_nothing(first):
    rules = Rules(Policy(unmask=(first, "p:not([data-x])")))
    assert path(rules, ("p", {"data-x": "1"}, 0)).level is Level.UNMASK
    assert path(rules, ("p", {}, 0)).level is Level.UNMASK
    assert path(rules, ("p", {"data-x": {"a": 1}}, 0)).level is not Level.UNMASK


def test_to_the_sdk_an_object_is_no_value():
    rules = sentry.SentryRules(Policy.sentry(mask="[data-x]"))
    assert rules.facts("p", {"data-x": {"a": 1}, "type": ["x"], "title": {}}) == 0


# --- decisions ----------------------------------------------------------------------------

DEFAULT, UNMASK, MASK, BLOCK = Level.DEFAULT, Level.UNMASK, Level.MASK, Level.BLOCK

DECISIONS = {
    "nothing": (["p"], DEFAULT, "defaults of the policy"),
    "own rule": (["p.mask"], MASK, "mask .mask"),
    "inherited": (["p.mask", "p", "p"], MASK, "mask .mask"),
    "nearest wins inwards": (["p.mask", "p.unmask", "p"], UNMASK, "unmask .unmask"),
    "nearest wins outwards": (["p.unmask", "p.mask", "p"], MASK, "mask .mask"),
    "a tie is strict": (["p.mask.unmask"], MASK, "mask .mask"),
    "a tie with block is strict": (["p.block.mask.unmask.unblock"], BLOCK, "block .block"),
    "block is final": (["p.block", "p.unmask"], BLOCK, "block .block"),
    "what pages ask for": (["p.unmask", "p.sentry-mask"], MASK, "mask .sentry-mask"),
    "what pages block": (["p.unmask", "p.rr-block"], BLOCK, "block .rr-block"),
    "media": (["video"], BLOCK, "block_all_media"),
    "media in an unmasked region": (["p.unmask", "video"], BLOCK, "block_all_media"),
    "media shown": (["video.unblock"], DEFAULT, "defaults of the policy"),
    "media shown but blocked": (["video.unblock.block"], BLOCK, "block .block"),
    "media shown within blocked media": (["object", "video.unblock"], BLOCK, "block_all_media"),
    "an image is no container": (["img"], DEFAULT, "defaults of the policy"),
    "blocked by the recorder": ([("p", {"rr_width": "1px", "class": "show_media unmask"}, 0)], BLOCK, "blocked by the recorder"),
    "a password": ([("input", {"type": "password", "class": "unmask"}, 0)], MASK, "never unmasked: password, card, hidden or file field"),
    "a password in an unmasked region": (["form.unmask", ("input", {"type": "password"}, 0)], MASK,
                                         "never unmasked: password, card, hidden or file field"),
    "below a card field": ([("select", {"autocomplete": "cc-exp"}, 0), "option.unmask"], MASK,
                           "never unmasked: password, card, hidden or file field"),
    "a password below a mask": (["form.mask", ("input", {"type": "password"}, 0)], MASK, "mask .mask"),
    "unmask ends at a shadow root": (["x-y.unmask", in_shadow("p")], DEFAULT, "unmask ends at a shadow root or iframe"),
    "and goes on beside it": (["x-y.unmask", "p"], UNMASK, "unmask .unmask"),
    "unmask begins within": (["x-y", in_shadow("p.unmask")], UNMASK, "unmask .unmask"),
    "mask crosses": (["x-y.mask", in_shadow("p")], MASK, "mask .mask"),
    "block crosses": (["x-y.block", in_shadow("p.unmask")], BLOCK, "block .block"),
    "an outer mask comes back": (["p.mask", "x-y.unmask", in_shadow("p"), "p"], MASK, "unmask ends at a shadow root or iframe"),
    "and can be undone there": (["p.mask", "x-y.unmask", in_shadow("p.unmask")], UNMASK, "unmask .unmask"),
    "a region that nothing opens": (["p.never", "p.unmask"], MASK, "never_unmask .never"),
    "also as the same element": (["p.never.unmask"], MASK, "never_unmask .never"),
    "without any unmask": (["p.never", "b"], MASK, "never_unmask .never"),
    "a mask in it is named": (["p.never", "b.mask"], MASK, "mask .mask"),
    "a block in it": (["p.never", "b.block"], BLOCK, "block .block"),
    "nothing opens beyond a border": (["p.never", in_shadow("p.unmask")], MASK, "never_unmask .never"),
    "nor media": (["p.never", "video.unblock"], MASK, "never_unmask .never"),
    "locked beyond a border": ([("x-y", {"type": "file"}, 0), in_shadow("p.unmask")], MASK,
                               "never unmasked: password, card, hidden or file field"),
}  # fmt: skip


@pytest.mark.parametrize("name", DECISIONS)
def test_decisions(name):
    elements, level, rule = DECISIONS[name]
    context = path(Rules(POLICY), *elements)
    assert (context.level, context.rule) == (level, rule)


SWITCHES = [
    ({}, [], (True, True, True)),
    ({"mask_all_text": False}, [], (False, True, True)),
    ({"mask_all_inputs": False}, [], (True, False, True)),
    ({"block_all_media": False}, [], (True, True, False)),
    ({"unmask": ".u"}, ["p.u"], (False, False, True)),
    ({"show_media": ".u"}, ["p.u"], (True, True, False)),
    ({"mask_all_text": False, "mask_all_inputs": False, "mask": ".m"}, ["p.m"], (True, True, True)),
    ({"block_all_media": False, "block": ".b"}, ["p.b"], (True, True, True)),
    ({"show_media": ".u"}, ["p.u", "p"], (True, True, True)),
]


@pytest.mark.parametrize(("options", "elements", "masked"), SWITCHES, ids=str)
def test_what_a_decision_means_for_text_inputs_and_media(options, elements, masked):
    context = path(Rules(Policy(**options)), *elements)
    assert (context.text_masked, context.input_masked, context.media_masked) == masked


@pytest.mark.parametrize(
    ("element", "css", "silent"),
    [("p", False, False), ("style", True, False), ("script", False, True), (("", {}, OTHER | COMMENT), False, True)],
    ids=["p", "style", "script", "comment"],
)  # fmt: skip
def test_what_text_below_a_node_is(element, css, silent):
    context = path(Rules(Policy()), element)
    assert (context.css, context.silent) == (css, silent)
    assert context.plain_text is not (css or silent)


LINKED = [
    ("main p", ["main", "i", "p"], True), ("main > p", ["main", "i", "p"], False), ("main > p", ["main", "p"], True),
    ("main p", ["p", "p"], False), ("main > i p", ["main", "i", "i", "p"], True), ("main > i > p", ["main", "i", "i", "p"], False),
    ("main i > p", ["main", "main", "i", "p"], True), (".a > .b .c", ["p.a", "p.b", "p.b", "p.c"], True),
    (".a .b .a", ["p.a", "p.a", "p.b", "p.a"], True), (".a .b .a", ["p.b", "p.a"], False),
    ("* p", ["p"], False), ("p p p", ["p", "p"], False),
]  # fmt: skip


@pytest.mark.parametrize(("selector", "elements", "matches"), LINKED, ids=str)
def test_rules_that_ask_about_ancestors(selector, elements, matches):
    rules = Rules(Policy(mask=selector, unmask=()))
    assert (path(rules, *elements).level is MASK) is matches


@pytest.mark.parametrize(
    ("option", "crosses"), [("mask", True), ("block", True), ("unmask", False)]
)
@pytest.mark.parametrize("combinator", [" ", " > "])
def test_ancestors_beyond_a_border_count_for_strict_rules_only(option, crosses, combinator):
    rules = Rules(Policy(**{option: f"x-y{combinator}p"}))
    assert (path(rules, "x-y", in_shadow("p")).rule == f"{option} x-y{combinator}p") is crosses


@pytest.mark.parametrize(
    ("option", "exempts"), [("mask", False), ("block", False), ("unmask", True)]
)
def test_ancestors_beyond_a_border_count_in_a_not_where_that_is_stricter(option, exempts):
    rules = Rules(Policy(**{option: "p:not(x-y *)"}))
    label = f"{option} p:not(x-y *)"
    assert path(rules, "x-y", "p").rule != label
    assert (path(rules, "x-y", in_shadow("p")).rule != label) is exempts
    assert path(rules, "i", in_shadow("p")).rule == label


NESTED = [
    ("p:not(main > p)", ["main", "p"], False), ("p:not(main > p)", ["main", "i", "p"], True),
    ("p:is(main p, .a)", ["main", "i", "p"], True), ("p:is(main p, .a)", ["i", "p"], False),
    (":root", ["main"], True), (":root > p", ["main", "p"], True), ("p:root", ["main", "p"], False),
    ("p:is(:root > p)", ["main", "i", "p"], False), (":not(.a .b) > i", ["p.a", "p.b", "i"], False),
    (":not(.a .b) > i", ["p.b", "p.a", "i"], True),
]  # fmt: skip


@pytest.mark.parametrize(("selector", "elements", "matches"), NESTED, ids=str)
def test_rules_with_selectors_in_brackets(selector, elements, matches):
    rules = Rules(Policy(mask=selector, unmask=()))
    document = ("", {}, OTHER | BOUNDARY)
    assert (path(rules, *elements).level is MASK) is matches
    assert (path(rules, "iframe", document, *elements).level is MASK) is matches


def test_the_top_of_a_shadow_root_is_no_root():
    rules = Rules(Policy(mask=":root", unmask=()))
    assert path(rules, "x-y", in_shadow("p")).rule == "mask :root"  # the host is the root here
    rules = Rules(Policy(mask="p:root", unmask=()))
    assert path(rules, "x-y", in_shadow("p")).level is DEFAULT


def test_selectors_in_brackets_that_repeat_take_no_exponential_time():
    text = ".a"
    for _ in range(8):
        text = f":is({text} .a)"
    rules = Rules(Policy(mask=f"{text} .z"))
    assert path(rules, *["p.a"] * 8, *["p"] * 200, "p.z").level is DEFAULT
    assert path(rules, *["p.a"] * 9, *["p"] * 200, "p.z").level is MASK


def test_a_document_between_is_no_element():
    frame, document = "iframe", ("", {}, OTHER | BOUNDARY)
    assert path(Rules(Policy(mask="iframe p")), frame, document, "p").level is MASK
    assert path(Rules(Policy(mask="iframe > p")), frame, document, "p").level is DEFAULT
    assert path(Rules(Policy(mask="*")), ("", {}, OTHER)).level is DEFAULT


def test_ancestors_that_repeat_take_no_exponential_time():
    rules = Rules(Policy(mask=" ".join([".a"] * 20) + " .z"))
    assert path(rules, *["p.a"] * 19, *["p"] * 200, "p.z").level is DEFAULT
    assert path(rules, *["p.a"] * 20, *["p"] * 200, "p.z").level is MASK


@pytest.mark.parametrize(
    ("elements", "ignored"),
    [(["input.sentry-ignore"], True), (["input.rr-ignore"], True), (["form", "input.ignore"], True),
     (["p", "input.ignore"], False), (["form", in_shadow("input.ignore")], True), (["input"], False)],
    ids=str,
)  # fmt: skip
def test_ignored_fields(elements, ignored):
    rules = Rules(POLICY)
    assert rules.ignores(path(rules, *elements)) is ignored


# --- unknown nodes, and memory --------------------------------------------------------------


def test_below_an_unknown_node_all_is_unknown():
    rules = Rules(Policy.permissive())
    for bits in (0, OTHER, rules.facts("p", {"class": "sentry-unmask"}), AMBIGUOUS):
        assert rules.child(rules.unknown, bits) is rules.unknown
    assert rules.unknown.text_masked
    assert rules.unknown.input_masked
    assert not rules.unknown.blocked


def test_an_id_that_several_nodes_claim_is_unknown():
    rules = Rules(Policy.permissive())
    assert rules.child(rules.root, AMBIGUOUS) is rules.unknown


@pytest.mark.parametrize(
    ("policy", "shared"), [(Policy(), True), (Policy(mask="p p"), False)], ids=["plain", "linked"]
)
def test_contexts_are_shared_unless_a_rule_asks_about_ancestors(policy, shared):
    rules = Rules(policy)
    assert path(rules, "p", "i") is path(rules, "p", "i")
    assert (path(rules, "p", "i") is path(rules, "p")) is shared


def test_decisions_are_made_anew_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(decisions, "_MAX_DECISIONS", 8)
    rules = Rules(Policy(mask="p p"))
    first = rules.root
    for _ in range(3):
        path(rules, "p", "p", "p", "p")
        path(rules, "i", "p")
    assert rules.root is first
    path(rules, *["p", "i"] * 5)
    assert rules.root is not first
    assert path(rules, "p", "p").level is MASK
    assert path(rules, "i", "p").level is DEFAULT


def test_a_policy_is_compiled_once():
    assert compile_rules(Policy(mask=".a")) is compile_rules(Policy(mask=[".a"]))
    assert compile_rules(Policy(mask=".a")) is not compile_rules(Policy(mask=".b"))


def test_no_content_is_kept():
    rules = Rules(POLICY)
    context = path(rules, ("p", {"class": "mask", "title": "Jane"}, 0))
    assert "Jane" not in f"{context.bits} {context.rule} {rules._facts._value_facts}"


def test_values_that_redaction_rewrites_are_not_kept_for_selectors():
    kept = Rules(Policy(mask="[href^='/a'], [data-x='b']", unmask=())).literals
    assert "data-x" in kept
    assert "href" not in kept
