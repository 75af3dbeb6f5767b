"""Selectors: they match what lxml matches; those that a recording cannot decide are refused."""

import pytest
import soupsieve
from bs4 import BeautifulSoup
from cssselect import HTMLTranslator, parser
from lxml import html

from replay_redact import Level, Policy, PolicyError
from replay_redact._css.policy_selectors import (
    MAX_SELECTOR_LENGTH,
    OPERATORS,
    Atom,
    Compound,
    Selector,
    atoms_of,
    negated_atoms,
    parse,
)
from replay_redact._rules.strict import Rules
from replay_redact.policy import ALWAYS_BLOCK, ALWAYS_IGNORE, ALWAYS_MASK

# --- conformance: lxml is the oracle ----------------------------------------------------

PAGES = {
    "page": """<main id="m" class="page a">
        <section class="b"><p class="a" data-x="one two">1</p><p class=" a
            b " data-x="one-two">2</p><b><i class="c" data-y="">3</i></b></section>
        <p class="a b" data-x="one">4</p><u data-x="">5</u>
        <A HREF="/x" class="A B">6</A></main>""",
    "nested": """<div class="a"><div class="b"><div class="a"><div class="c"><p class="a">1</p></div>
        </div><p class="c">2</p></div><div class="c a"><span class="b c">3</span></div></div>""",
    "form": """<form id="f" data-kind="order-eu"><label for="n">Name</label><input id="n" name="n" data-x="n.1">
        <select name="s"><option data-v="a">A</option><option data-v="a-b">B</option></select>
        <textarea name="t" data-x="x y  z">t</textarea></form>""",
    "words": """<div><b data-x="été">1</b><b data-x="a&quot;b">2</b><b data-x="ONE Two">3</b>
        <b class="été">4</b><b id="a:b">5</b><b data-x="a	b">6</b></div>""",
}  # fmt: skip

SELECTORS = [
    # type, class and id
    "*", "p", "P", "div", "nav", ".a", ".A", ".b", ".a.b", "p.a", "p.a.b", "#m", "#f", "#nobody", "main#m.page.a",
    r"#a\:b", ".été", "*.c",
    # attributes: presence and each operator
    "[data-x]", "[data-y]", "[id]", "p[data-x]", "[data-x][class]", "[data-x=one]", "[data-x='one two']", "[data-y='']",
    "[data-x~=two]", "[data-x~=y]", "[data-x~=z]", "[data-x~='one two']", "[data-x|=one]", "[data-v|=a]",
    "[data-kind|=order]", "[data-x^=one]", "[data-x^=n]", "[data-x$=two]", "[data-x$='1']", "[data-x*='e t']",
    "[data-x*='.']", "[data-x^='']", "[data-x$='']", "[data-x*='']", "[data-x=été]", "[data-x='a\"b']", "[data-x~=b]",
    "[class=a]", "[class~=a]", "[class^=a]", "[class$=b]", "[class*=' ']",
    # letter case
    "[data-x='ONE TWO' i]", "[data-x=ONE i]", "[data-x~=TWO i]", "[data-x^=ONE i]", "[data-x$=TWO i]", "[data-x*=E i]",
    "[data-x=ONE]", "[data-x=one s]",
    # combinators
    "main p", "main > p", "main > section > p", "section p", "section i", "section > i", "main b > i", "main > b i",
    ".a .b", ".a > .b", ".a .c", ".a .a", ".a > .b > .a", ".a .b .a .c p", ".b .a > p", ".b .c > p", ".a > .c.a > .b",
    "div div", "div > div > div", "form > [name]", "form option", "form > option", "main nav p", "* > p", "* * *",
    # :not
    ":not(p)", "p:not(.a)", "p:not(.b)", ":not([data-x])", ":not(*)", "div:not(.a):not(.b)", "section :not(.a)",
    ":not(#m) > p", "p:not([data-x|=one])", ".a:not(.b) .c",
    # :is and :where
    ":is(p, i)", ":is(.a, .c):not(.b)", ":where(u)", ":where(.a, #n)", "section > :is(p, b)", ":is(.a):is(.b)",
    ":not(:is(p, i))", "p:is(.a, .b):not(.b)", "div:is(.a, .b) > :where(p, span)",
    # lists
    "p, i", "p,i,u", "nav, u", "#m, .c", "section > p, main > u",
]  # fmt: skip

NESTED = [  # these `cssselect` does not read
    "p:not(.a, .b)", ":not(p, .a *)", "p:not(main p)", "p:not(main > p)", "i:not(section b > i)",
    ".c:not(.b .a .c)", ".a:not(.c > .a):not(.b)", ":is(main > p, section i)", "p:is(main p, .c)",
    ":where(.a > .b) .c", "section > :is(.b *, p.a)", ":is(.a, :not(main *)) > .b", ":is(:is(.a .b), i)",
    ":not(:not(.a .b))", ":not(:is(main, section) > *)", "div:not(.a .a *) .b", ":is(.a:not(.b *), u) *",
    ":root", ":root > .b", ":root p", ":not(:root)", ":is(:root > section, i)", "p:not(:root > p)", ":ROOT > *",
    ":NOT(.a, .b)", ":not( .a , .b )", ":not(/* a */ .a, .b)", ":is([data-x='a)b'], .a) > p",
]  # fmt: skip


def matched_by_us(tree, selector):
    """Return the elements that a ``mask`` rule reaches, including those below a match."""
    rules = Rules(Policy(mask_all_text=False, mask=selector, unmask=()))
    found, stack = set(), [(tree, rules.root)]
    while stack:
        element, above = stack.pop()
        context = rules.child(above, rules.facts(element.tag, dict(element.attrib)))
        if context.level is Level.MASK:
            found.add(element)
        stack.extend((child, context) for child in element)
    return found


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("selector", SELECTORS)
def test_what_matches_is_what_lxml_matches(selector):
    for page in PAGES.values():
        tree = html.fragment_fromstring(page)
        expected = {
            below
            for subject in tree.xpath(HTMLTranslator().css_to_xpath(selector))
            for below in subject.iter()
        }
        assert matched_by_us(tree, selector) == expected


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("selector", [*SELECTORS, *NESTED])
def test_what_matches_is_what_soupsieve_matches(selector):
    for page in PAGES.values():
        tree = html.fragment_fromstring(page)
        text = html.tostring(tree, encoding="unicode")
        elements = BeautifulSoup(text, "html.parser", multi_valued_attributes=None).find_all()
        expected = {
            ours
            for ours, theirs in zip(tree.iter(), elements, strict=True)
            if any(soupsieve.match(selector, above) for above in (theirs, *theirs.parents))
        }
        assert matched_by_us(tree, selector) == expected


MATCH_NOWHERE = {
    "nav", "#nobody", "[data-x~='one two']", "[data-x^='']", "[data-x$='']", "[data-x*='']", "[data-x=ONE]",
    "section > i", "main > b i", "i:not(section b > i)", ".b .a > p", "form > option", "main nav p", ":not(*)",
}  # fmt: skip


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_every_other_selector_of_the_table_matches_somewhere():
    trees = [html.fragment_fromstring(page) for page in PAGES.values()]
    nowhere = {
        selector
        for selector in [*SELECTORS, *NESTED]
        if not any(matched_by_us(tree, selector) for tree in trees)
    }
    assert nowhere == MATCH_NOWHERE


CASELESS = [
    ("type", "TEXT", "text"),
    ("lang", "en-US", "EN-us"),
    ("rel", "Stylesheet", "stylesheet"),
]


@pytest.mark.parametrize(("name", "value", "wanted"), CASELESS)
def test_values_that_html_compares_without_case(name, value, wanted):
    tree = html.fragment_fromstring(f'<p {name}="{value}">1</p>')
    assert matched_by_us(tree, f"[{name}={wanted}]") == {tree}
    assert matched_by_us(tree, f"[{name}={wanted} s]") == set()
    assert matched_by_us(tree, f"[data-x={wanted}]") == set()


@pytest.mark.parametrize(
    ("value", "selector", "matches"),
    [(True, "[data-x]", True), (True, "[data-x='']", True), (False, "[data-x]", True), (5, "[data-x='5']", True),
     (1.5, "[data-x^='1']", True), (None, "[data-x]", False), ({"a": 1}, "[data-x]", True), (["a"], "[data-x]", True)],
    ids=str,
)  # fmt: skip
def test_values_of_other_types(value, selector, matches):
    rules = Rules(Policy(mask=selector))
    context = rules.child(rules.root, rules.facts("p", {"data-x": value}))
    assert (context.level is Level.MASK) is matches


# --- the parsed form ----------------------------------------------------------------------


def atom(name, operator, value=""):
    return Atom(name, operator, value, ignore_case=False)


def test_a_selector_is_steps_from_the_subject_upwards():
    [selector] = parse("main > p .a")
    assert selector == Selector(
        "main > p .a",
        (
            Compound(frozenset({atom("class", "~=", "a")})),
            Compound(frozenset({atom("p", "tag")})),
            Compound(frozenset({atom("main", "tag")})),
        ),
        (" ", ">"),
    )


def test_a_compound_is_atoms_and_inner_compounds():
    [selector] = parse("P#x:not([a]):is(.b, i)")
    [compound] = selector.compounds
    assert compound.atoms == {atom("p", "tag"), atom("id", "=", "x")}
    assert [inner.compounds for inner in compound.excluded] == [
        (Compound(frozenset({atom("a", "exists")})),)
    ]
    names = [(found.name, found.value) for found in atoms_of(selector)]
    assert sorted(names) == [("a", ""), ("class", "b"), ("i", ""), ("id", "x"), ("p", "")]
    assert [found.name for found in negated_atoms(selector)] == ["a"]


def test_equal_text_is_parsed_once():
    assert parse(".a > .b") is parse(".a > .b")


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("value", ["", "ab", "ab cd", "ab-cd", "xab", "AB"])
def test_ignoring_case_is_comparing_lower_case(operator, value):
    strict = Atom("x", operator, "ab", ignore_case=False)
    loose = Atom("x", operator, "AB", ignore_case=True)
    assert loose.holds(value) == strict.holds(value.lower())


# --- what is refused ----------------------------------------------------------------------

UNDECIDABLE = {
    "a:hover": ":hover", "a:hover b": ":hover", "a + b": "+", "a ~ b": "~", "a::before": "::before",
    "a:before": "::before", "svg|a": "svg|", "[a|b]": "[a|", "[x!=y]": "!=", ":nth-child(2)": ":nth-child(",
    "p:first-child": ":first-child", "a:has(b)": ":has(", "p:lang(en)": ":lang(", ":scope > a": ":scope", "a:not(b + .c)": "+",
    ":is(a, p ~ b)": "~", ":not(:root:empty)": ":empty",
    "input:checked": ":checked", "a, b:focus": ":focus", "a:not(:hover)": ":hover", ":is(a, b:empty)": ":empty",
    ":host": ":host", "A:HOVER": ":HOVER",
}  # fmt: skip


@pytest.mark.parametrize("selector", UNDECIDABLE)
@pytest.mark.parametrize("option", ["mask", "unmask", "block", "show_media", "ignore_inputs"])
def test_what_a_recording_cannot_decide_is_refused(option, selector):
    with pytest.raises(PolicyError, match="cannot be decided") as caught:
        Policy(**{option: selector})
    assert repr(selector) in str(caught.value)


@pytest.mark.parametrize(
    "selector", [s for s, part in UNDECIDABLE.items() if part.lower() in s.lower()]
)
def test_a_refusal_points_at_the_place(selector):
    with pytest.raises(PolicyError) as caught:
        parse(selector)
    *_, line, caret = str(caught.value).split("\n")
    place = caret.index("^")
    assert line == f"  {selector}"
    assert line[place:].lower().startswith(UNDECIDABLE[selector].lower())


INVALID = ["", " ", "..a", "a,", ",a", "[x", "[x=]", "[x='y]", "a >", "> a", "a > > b", "a{", "a;", "#", ".", ".1", "a(",
           ":not()", ":not(", "a/b", "\\", '"a"', "//p", "p[@x]"]  # fmt: skip


@pytest.mark.parametrize("selector", INVALID)
def test_invalid_selectors_are_refused_with_a_reason(selector):
    with pytest.raises(PolicyError) as caught:
        Policy(mask=selector)
    assert repr(selector) in str(caught.value)


@pytest.mark.parametrize("selector", ["[x='*']", "[x^='a*']", ":not([x=\\*])"])
def test_an_asterisk_would_match_masked_values(selector):
    with pytest.raises(PolicyError, match="cannot be told from a mask"):
        Policy(unmask=selector)


@pytest.mark.parametrize(
    "selector",
    ["a" * (MAX_SELECTOR_LENGTH + 1), "a:not(" * 300, ":is(" * 400 + "a" + ")" * 400, "a, " * 700],
    ids=["long", "unclosed", "deep", "many"],
)
def test_enormous_selectors_are_refused(selector):
    with pytest.raises(PolicyError) as caught:
        Policy(mask=selector)
    assert len(str(caught.value)) < 3 * MAX_SELECTOR_LENGTH


@pytest.mark.parametrize(
    ("selector", "why"),
    [
        ("a\ue0000", "private use"),
        (r"a:n\6ft(.b)", "an escape or a comment"),
        (":is(" * 9 + "a" + ")" * 9, "nests more than 8 brackets"),
    ],
)
def test_what_is_refused_for_its_form(selector, why):
    with pytest.raises(PolicyError, match=why):
        parse(selector)


def test_a_selector_that_exhausts_the_stack_is_refused(monkeypatch):
    def exhaust(_text):
        raise RecursionError

    monkeypatch.setattr(parser, "parse", exhaust)
    with pytest.raises(PolicyError, match="nests too deep"):
        parse("a:not(.never-parsed-before)")


def test_a_long_list_within_the_limit_works():
    text = ", ".join(f".c{number}" for number in range(300))
    assert len(text) <= MAX_SELECTOR_LENGTH
    assert len(parse(text)) == 300


@pytest.mark.parametrize(
    "selector", [*ALWAYS_MASK, *ALWAYS_BLOCK, *ALWAYS_IGNORE, *Policy().unmask]
)
def test_the_selectors_that_every_policy_knows_are_valid(selector):
    [parsed] = parse(selector)
    assert parsed.text


REWRITTEN = [("unmask", "[src*=logo]"), ("unmask", "p [style^=x]"), ("show_media", "a[href='/x']"), ("show_media", ":is([srcset=x])"),
             ("mask", ":not([style='x'])"), ("block", "p:not([value=x]) b")]  # fmt: skip


@pytest.mark.parametrize(("option", "selector"), REWRITTEN)
def test_values_that_redaction_rewrites_cannot_decide_what_is_shown(option, selector):
    with pytest.raises(PolicyError, match="redaction rewrites"):
        Policy(**{option: selector})


@pytest.mark.parametrize(
    ("option", "selector"),
    [("mask", "[href*=account]"), ("block", "img[src='/x']"), ("unmask", "[href]"), ("unmask", ":not([src])"),
     ("unmask", "[data-x=y]"), ("show_media", "[alt=logo]")],
)  # fmt: skip
def test_other_comparisons_are_fine(option, selector):
    assert getattr(Policy(**{option: selector}), option) == (selector,)
