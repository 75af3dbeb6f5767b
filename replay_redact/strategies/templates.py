"""Shapes of private content, and the content that fills them.

A strategy draws each private place of a recording as a shape first: a number of UTF-16 units, and
white space among them. A shape can then be filled once, twice with different content, or with a
secret that a test looks for.

No published word and no selector of `policies` consists of the letters that fill shapes. A shape
that nobody filled shows as Unicode noncharacters, so a test notices it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

from hypothesis import strategies as st

from replay_redact._allowlists.attributes import ATTRIBUTES, Kind

Template = Any
Templates = st.SearchStrategy[Any]

# --- shapes: Unicode noncharacters in place of private characters ----------------------

UNIT = "\ufdd0"  # any character of one UTF-16 unit
LETTER = "\ufdd1"  # one unit that is a letter to CSS and to the allow-lists
PAIR = "\ufdd2"  # two units: two letters, or one astral character
NUMBER = "\ufdd3"  # a string of just this becomes a number
_BASE64 = "\ufdd4{}\ufdd5"  # the content between the marks is encoded

_SLOT = re.compile("[\ufdd0-\ufdd2]+")
_ENCODED = re.compile("\ufdd4([^\ufdd5]*)\ufdd5")

SPACES = [" ", "\n", "\t", "\xa0", "\u3000", "\ufeff"]
_CSS_SPACES = [" ", "\xa0"]  # others end a CSS string, or a word in only one of the fillings


def shapes(unit: str, spaces: list[str], least: int = 1, most: int = 8) -> st.SearchStrategy[str]:
    """Draw shapes of text: units, pairs of units, white space."""
    characters = st.sampled_from([unit] * 8 + [PAIR] + spaces)
    return st.lists(characters, min_size=least, max_size=most).map("".join)


_LONGEST, _DRAWN = 8, 5


def _short_shapes(unit: str, spaces: list[str]) -> st.SearchStrategy[str]:
    """Draw shapes of a word or two from a single number: a recording has dozens of them.

    The number encodes the length of the shape and its first characters, which repeat in longer
    shapes. Zero is the simplest shape.
    """
    characters = [unit] * 8 + [PAIR] + spaces

    def shape(number: int) -> str:
        rest, length = divmod(number, _LONGEST)
        places = [len(characters) ** (at % _DRAWN) for at in range(length + 1)]
        return "".join(characters[rest // place % len(characters)] for place in places)

    return st.integers(0, _LONGEST * len(characters) ** _DRAWN - 1).map(shape)


TEXT = _short_shapes(UNIT, SPACES)
_WORD = _short_shapes(LETTER, _CSS_SPACES).map(lambda shape: LETTER + shape)


def filled(shapes: st.SearchStrategy[str], *forms: str) -> st.SearchStrategy[str]:
    """Draw one of several forms, with a shape in place of every ``{}``."""
    return st.builds(lambda form, shape: form.replace("{}", shape), st.sampled_from(forms), shapes)


class _Filling(NamedTuple):
    """Content for shapes: characters that are used one after the other."""

    units: str
    letters: str
    pairs: tuple[str, ...]
    number: int

    def write(self, shape: str, at: int) -> str:
        sources = {UNIT: self.units, LETTER: self.letters, PAIR: self.pairs}
        return "".join(sources[c][(at + i) % len(sources[c])] for i, c in enumerate(shape))


# No published word and no selector of `policies` consists of these letters.
_PLAIN = _Filling("jkv", "jkv", ("jk",), 7)
OTHERS = [
    _Filling("VKJ", "VKJ", ("KJ",), 4711),
    _Filling("0é1ж*\x85", "éжJ", ("\U0001f600", "\U00020bb7"), -3),
]


def _render(template: Template, write: Callable[[str], str], number: int) -> Any:
    """Fill all shapes of a template."""
    if isinstance(template, list):
        return [_render(item, write, number) for item in template]
    if isinstance(template, dict):
        items = template.items()
        return {_write(k, write): _render(v, write, number) for k, v in items}
    if template == NUMBER:
        return number
    return _write(template, write) if isinstance(template, str) else template


def _write(text: str, write: Callable[[str], str]) -> str:
    filled = _SLOT.sub(lambda slot: write(slot[0]), text)
    return _ENCODED.sub(lambda code: base64.b64encode(code[1].encode("utf-16-le")).decode(), filled)


def fill(template: Template, filling: _Filling = _PLAIN) -> Any:
    """Return a template with every shape filled."""
    at = count()
    return _render(template, lambda shape: filling.write(shape, next(at)), filling.number)


def plant(template: Template) -> tuple[Any, list[str]]:
    """Return a template with a different secret in every shape, and the secrets."""
    found: list[str] = []

    def write(_shape: str) -> str:
        number = len(found)
        found.append("Kvj" + "".join("bcdfghjklmnpqrst"[number >> i & 15] for i in (12, 8, 4, 0)))
        return found[-1]

    return _render(template, write, 271828), found


# --- content of attributes, style sheets, addresses and payloads ------------------------

URLS = filled(
    TEXT, "/u/{}", "{}", "?q={}&{}", "#{}", "https://shop.example/{}/{}?tab={}#{}",
    "//{}@cdn.example:8080/a?t={}", "mailto:{}", "javascript:{}", "data:text/html,{}",
    "blob:https://shop.example/{}", f"data:image/png;base64,{_BASE64}",
)  # fmt: skip
FILE_URLS = filled(_WORD, "https://cdn.example/a/b.css?v={}#{}", "/b.woff2?{}", "data:text/css,{}")
SHEETS = filled(
    _WORD, 'p::after{content:"{}";color:red}', "/*{}*/.a>b{--who:{};width:3px}",
    '[title="{}"]{background:url(https://cdn.example/{}.png)}', "q{quotes:'{}' \"{}\";k-j:{}}",
    '@import url("/a.css?{}");@media print{a{content:"{}"}}', "@k-{} {}{--j:{{}}}",
    f"@font-face{{font-family:Site;src:url(/f.woff2?{{}}),url(data:font/woff2;base64,{_BASE64})}}",
    f'i{{background:image-set("data:image/gif;base64,{_BASE64}" 1x)}}/* rr_split */b{{top:0}}',
    "[data-kind=warm],[data-kind~=hot],[data-kind^=cold],[data-user={}]{top:0}",
)  # fmt: skip
_STYLES = filled(
    _WORD, "--who:{};width:3px", 'content:"{}"', "color:red;/*{}*/top:0", "k-j:{} 3px",
    "background:url('/{}.png') no-repeat", "background-image:image-set('/{}.png' 1x)",
)  # fmt: skip
_STYLE_OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "content": filled(_WORD, '"{}"'),
        "--who": _WORD.map(lambda shape: [shape, "important"]),
        "background": filled(_WORD, "url(/{}.png)"),
        "width": st.just(value=False),
        "color": st.sampled_from(["red", ["#fff", ""]]),
    },
)
_JUDGED = filled(_WORD, "~{}", f"{{}}{LETTER * 4}")  # never passes the test of an attribute kind
NAMES = [
    "a", "sentry-unmask", "b", "a c", "sentry-mask", "b sentry-unmask", "sentry-block",
    "sentry-ignore"
]  # fmt: skip

_SPOKEN = filled(_WORD, "~{}")  # never has the form of an identifier; letters alone may have

_VALUES: dict[Kind, Templates] = {
    Kind.NAME: st.sampled_from([*NAMES, "order-4711123", "mjx-c1D44E"]),
    Kind.PART: st.sampled_from(["thumb", "a: b", "p-4711123"]) | _SPOKEN,
    Kind.SLOT: st.sampled_from(["icon", "", "s-4711123"]) | _SPOKEN,
    Kind.REFERENCE: st.sampled_from(["menu-3", "email", "m-4711123"]) | _SPOKEN,
    Kind.REFERENCES: st.sampled_from(["a-1 b-2", "m-4711123"]) | _SPOKEN,
    Kind.WORDS: st.sampled_from(["checkbox", "menu", "true", "stylesheet", "font"]) | _JUDGED,
    Kind.NUMBER: st.sampled_from(["3", "10px", 24, "50%"]) | _JUDGED,
    Kind.NUMBERS: st.sampled_from(["3", "10px", 24, "0 0 9 9"]) | _JUDGED,
    Kind.PAINT: st.sampled_from(["none", "#c0ffee", "url(#menu-3)", "url('#m-4711123') red"])
    | _JUDGED,
    Kind.SHAPE: st.just("M0 0L5 5") | _JUDGED,
    Kind.LANGUAGE: st.just("en-GB") | _JUDGED,
    Kind.FLAG: st.sampled_from(["", True, False]) | TEXT,
    Kind.STATE: st.sampled_from([True, False, ""]) | _JUDGED,
    Kind.URL: URLS,
    Kind.SOURCE: URLS,
    Kind.SOURCE_SET: filled(TEXT, "/{}.png 1x, {} 2x"),
    Kind.STYLE: _STYLES | _STYLE_OBJECTS,
    Kind.SHEET: SHEETS,
    Kind.VALUE: TEXT | st.just(NUMBER),
    Kind.CODE: TEXT,
    Kind.TEXT: TEXT
    | st.sampled_from([NUMBER, True, False, "warm"])
    | st.lists(TEXT, max_size=2)
    | filled(_WORD, "hot {}", "cold-{}"),  # which a style sheet may compare
}
_OTHER_NAMES = {
    Kind.TEXT: ["title", "data-user", "data-kind", "alt", "aria-label", "TITLE", "name"],
    Kind.CODE: ["onclick", "_onclick"],
}
_NAMES_OF = {
    kind: _OTHER_NAMES.get(kind, []) + [name for name, k in ATTRIBUTES.items() if k is kind]
    for kind in Kind
}


def _pairs(kind: Kind) -> Templates:
    return st.tuples(st.sampled_from(_NAMES_OF[kind]), _VALUES[kind] | st.none())


_COMMON = st.tuples(st.just("class"), _VALUES[Kind.NAME]) | _pairs(Kind.TEXT)
_UNPUBLISHED = st.tuples(filled(_WORD, "{}'", "~{}"), TEXT | st.none() | st.just(NUMBER))
ELEMENT_ATTRIBUTES: Templates = st.lists(
    _COMMON | st.sampled_from(Kind).flatmap(_pairs) | _UNPUBLISHED, max_size=4
).map(dict)
PAYLOADS: Templates = st.recursive(
    filled(TEXT, "{}", '{"user": "{}"}', "<b>{}</b>") | st.sampled_from([NUMBER, True, None]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.fixed_dictionaries(
            {},
            optional={
                "message": inner,
                "data": inner,
                "status": st.just(200),
                f"7 {UNIT}{PAIR}": inner,
            },
        )
    ),
    max_leaves=4,
)
