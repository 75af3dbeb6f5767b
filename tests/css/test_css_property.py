"""CSS drawn from a grammar, with private words and numbers planted: none of them comes out.

This file has its own grammar. If a style sheet has only words of CSS, tinycss2 must read the output
as the same tokens in the same order.
"""

import re

import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from replay_redact._css.sheets import mask_declarations, mask_sheet, mask_value

WORDS = ["Janessa", "krankheit", "Zahlungsziel", "b\xe9n\xe9fice", "\u0418\u0432\u0430\u043d", "Jane\\53 sa", "Ro\xdfwein"]  # fmt: skip
PLANTED = [w.lower() for w in (*WORDS, "JaneSsa")]
DIGITS = st.integers(10**6, 10**16).map(str).filter(lambda digits: digits != "2147483647")
LONG = re.compile(r"\d{7,}")
COLOR = re.compile(r"#[0-9a-fA-F]{8}(?![-\w])")

word = st.sampled_from(WORDS)
secret = st.one_of(
    word,
    DIGITS,
    DIGITS.map("-{}.5".format),
    st.builds("{}px".format, DIGITS),
    st.builds("{}{}".format, st.integers(0, 99), word),
    st.builds('"{}"'.format, word),
    st.builds("'{} {}'".format, word, DIGITS),
    st.builds("{}({} {})".format, word, word, DIGITS),
    st.builds("/*{}*/".format, word),
    st.builds("#{}".format, word),
    st.builds("@{}".format, word),
    st.builds("url({}.png)".format, word),
)
public = st.sampled_from(
    ["red", "#fff", "12px", ".5", "1e3", "calc(1px + 2%)", "rgb(1 2 3/.5)", "oklch(63.7% .237 25.331)", "var(--a)", "none",
     "auto", "50%", "solid", "inset", "linear-gradient(to right,red,blue)", "cubic-bezier(.4,0,.2,1)"]
)  # fmt: skip


def spaced(*kinds):
    return st.lists(st.one_of(*kinds), min_size=1, max_size=5).map(" ".join)


custom = st.sampled_from(["--a", "--card", "--tw-x", "--_1"])
known = st.sampled_from(["color", "width", "margin", "animation", "grid-area", "transform"])
lasting = st.builds("{}:{}".format, known, spaced(public))
declaration = st.one_of(
    lasting,
    st.builds("{}:{}".format, custom, spaced(public, secret)),
    st.builds("{}:{}".format, word, spaced(public, secret)),
    st.builds("{}:{}".format, known, spaced(public, DIGITS)),
    st.builds("content:'{}'".format, word),
    st.builds("{}:{} {}".format, st.sampled_from(["symbols", "prefix", "pad", "initial-value"]), word, DIGITS),
    st.builds("{} {}".format, word, spaced(public)),
)  # fmt: skip
declarations = st.lists(declaration, max_size=4).map(";".join)
pseudo = st.sampled_from([":hover", "::before", ":not(.x)", ":nth-child(2n + 1)", ":is(ul,ol)", ":lang(de)"])  # fmt: skip
simple = st.sampled_from(["a", "li", "*", ".card", "#top", "my-card", "[type=checkbox]", "svg"])
compound = st.builds("{}{}".format, simple, st.one_of(st.just(""), pseudo))
selector = st.one_of(
    compound,
    word,
    DIGITS,
    st.builds("{}:{}".format, simple, word),
    st.builds("{}:nth-child({}n + {})".format, simple, DIGITS, word),
    st.builds("{}:is({},{})".format, simple, word, DIGITS),
    st.builds(".order-{}".format, DIGITS),
    st.builds("#a{}b".format, DIGITS),
    st.builds("[title={}]".format, word),
    st.builds("[class~='n{}']".format, DIGITS),
    st.builds("{}|{}".format, word, word),
)
selectors = st.lists(selector, min_size=1, max_size=3).map(", ".join)
prelude = st.one_of(
    selectors,
    st.builds("@media {} and ({}:{})".format, word, st.sampled_from(["min-width", "hover"]), st.one_of(public, secret)),
    st.builds("@supports ({}:{})".format, st.one_of(known, word), st.one_of(public, secret)),
    st.builds("@supports selector({})".format, selectors),
    st.builds("@{} {}".format, word, spaced(word, DIGITS)),
    st.builds("@container a{} (width > {})".format, DIGITS, st.one_of(word, DIGITS)),
    st.builds("@keyframes spin {}".format, word),
    st.builds("@scope ({}) to ({})".format, selectors, selectors),
)  # fmt: skip
rule = st.builds("{}{{{}}}".format, prelude, declarations)
nested = st.builds("{}{{{}}}".format, prelude, st.lists(rule, max_size=2).map("".join))
other = st.one_of(
    st.builds("@import '{} {}';".format, word, word),
    st.builds("@{} {};".format, word, word),
    st.builds("{}{{}}".format, word),
    st.builds("@namespace {} url(https://a.example/{});".format, word, word),
)
sheets = st.lists(st.one_of(rule, nested, other), max_size=4).map("".join)

# Layout only: nothing may change except the spelling of strings.
plain_rule = st.builds(
    "{}{{{}}}".format,
    st.one_of(compound, st.just("@media print and (min-width:9px)")),
    st.lists(st.one_of(lasting, st.builds("{}:{}".format, custom, public)), max_size=4).map(";".join),
)  # fmt: skip


def says_nothing_private(masked):
    low = masked.lower()
    assert [planted for planted in PLANTED if planted in low] == []
    assert long_numbers(masked) == []


def long_numbers(masked):
    """Return runs of more than six digits but those of colors with an alpha, and of zeros."""
    return [run for run in LONG.findall(COLOR.sub("", masked)) if run.strip("0")]


def types(css):
    """Return the types of tokens, level by level; a word in an attribute selector may become a string."""
    found, todo = [], [tinycss2.parse_component_value_list(css, skip_comments=True)]
    while todo:
        for node in todo.pop():
            found.append("string" if node.type == "ident" else node.type)
            todo += [v for v in (getattr(node, "content", None), getattr(node, "arguments", None)) if v]  # fmt: skip
    return found


@settings(max_examples=300)
@given(sheets)
def test_nothing_private_comes_out_of_a_style_sheet(css):
    masked = mask_sheet(css)
    says_nothing_private(masked)
    assert mask_sheet(masked) == masked


WHOLE_COLOR = re.compile(
    r"url\(.*?\)|(?:rgb|hsl)a?\(\s*\d{1,3}(?:\s*,\s*\d{1,3}%?|\s+\d{1,3}%?){2}"
    r"(?:\s*[,/]\s*(?:\d?\.?\d{1,3}%?))?\s*\)",
    re.IGNORECASE,
)


@settings(max_examples=300)
@given(declarations)
def test_nothing_private_comes_out_of_the_style_of_an_element(css):
    masked = mask_declarations(css)
    says_nothing_private(masked)
    assert mask_declarations(masked) == masked
    for entry in masked.split(";"):
        name, _, value = entry.partition(":")
        if name.strip().startswith("--"):
            bare = re.findall(
                r"(?<![-\w.#%])[-+]?\.?\d[\d.]*(?![\w%.])", WHOLE_COLOR.sub("", value)
            )
            assert set(bare) <= {"1"}


@settings(max_examples=200)
@given(st.sampled_from(["--a", "symbols", "jane", "initial-value"]), spaced(public, secret))  # fmt: skip
def test_a_value_says_nothing_private_and_is_masked_to_itself(name, value):
    masked = mask_value(name, value)
    says_nothing_private(masked)
    assert mask_value(name, masked) == masked


@settings(max_examples=200)
@given(st.lists(plain_rule, max_size=4).map("".join))
def test_what_lays_out_stays_token_by_token(css):
    masked = mask_sheet(css)
    assert types(masked) == types(css)
    assert masked.replace('"', "").replace("'", "") == css.replace('"', "").replace("'", "")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(["1", "1234567", ".5", "+", "-", "e", "n", "px", "%", "u", "(", ")", "calc(", "--a:", "#", "@", ".", ":", "|", "\\65 ", "\\31 ", "[", "]", "=", "/**/", " ", ",", "é", "mjx-c", "a", "@media ", "order:", "@scope", "selector(", "@supports ", ";", "{", "}"]), max_size=14).map("".join))  # fmt: skip
def test_any_pieces_are_masked_to_themselves(css):
    """Numbers end where they ended, or a second pass would read other tokens."""
    for mask in (mask_sheet, mask_declarations, lambda css: mask_value("--a", css), lambda css: mask_value("order", css)):  # fmt: skip
        once = mask(css)
        assert mask(once) == once
        assert long_numbers(once) == []
