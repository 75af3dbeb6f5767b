"""The CSS pass, rule by rule: layout stays, what speaks or shows or fetches does not."""

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import _css
from replay_redact._css import SPLIT_MARKER, mask_declarations, mask_sheet, mask_value
from replay_redact._css_tokens import tokens
from replay_redact._media import Size, gray_image

GRAY = gray_image()
PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAe"
GIF = "data:image/gif;base64,R0lGODlhAgADAIAAAAAAAP///ywAAAAAAgADAAACAgRRADs="

SHEETS = {
    # layout stays
    "": "",
    "a{color:red}": "a{color:red}",
    ".a > b:hover , #c::after { margin : 0 auto !important ; }": ".a > b:hover , #c::after { margin : 0 auto !important ; }",
    "a{color:#fff;width:calc(1px + 2%);transform:rotate(3deg)}": "a{color:#fff;width:calc(1px + 2%);transform:rotate(3deg)}",
    "@media (min-width: 9px) and (prefers-color-scheme: dark) { a { top: 0 } }": "@media (min-width: 9px) and (prefers-color-scheme: dark) { a { top: 0 } }",
    "@keyframes spin { from { top: 0 } 50.5% { top: 1px } }": "@keyframes spin { from { top: 0 } 50.5% { top: 1px } }",
    "a{&:hover{top:0} .b &{top:1px}}": "a{&:hover{top:0} .b &{top:1px}}",
    "@layer a, b;a{top:0}": "@layer a, b;a{top:0}",
    "*{animation:spin 1s infinite}": "*{animation:spin 1s infinite}",
    "a{grid-template-areas:\"a b\" 'c d'}": "a{grid-template-areas:\"a b\" 'c d'}",
    'a{font-family:"Open Sans",serif}': 'a{font-family:"Open Sans",serif}',
    "a{font-feature-settings:'liga' 1}": "a{font-feature-settings:'liga' 1}",
    "<!-- a{top:0}": "<!-- a{top:0}",
    # strings
    'a{content:"Jane Roe"}': 'a{content:"**** ***"}',
    "a{content:'Jane'}": "a{content:'****'}",
    r'a{content:"\4a ane"}': 'a{content:"****"}',
    'a{content:"Ja\\\nne"}': 'a{content:"****"}',
    'a{content:"\U0001f600"}': 'a{content:"**"}',
    'a{content:"→" "\\e900" " • "}': 'a{content:"→" "\ue900" " • "}',
    "a{content:attr(title) counter(x, 'J')}": "a{content:attr(title) counter(x, '*')}",
    'a{quotes:"Jane" "Roe"}': 'a{quotes:"****" "***"}',
    "a{font-feature-settings:'Jane Roe'}": "a{font-feature-settings:'**** ***'}",
    "a{color:'Jane'}": "a{color:'****'}",
    # comments
    "/* Jane */a{/* Jane */color:red/* Jane */}": "/**/a{color:red/**/}",
    "a /* Jane */ b{top:0}": "a /**/ b{top:0}",
    f"a{{top:0}}{SPLIT_MARKER}b{{top:0}}": f"a{{top:0}}{SPLIT_MARKER}b{{top:0}}",
    "a{top:0}/* Jane": "a{top:0}",
    # addresses
    "a{background:url(jane.png)}": f'a{{background:url("{GRAY}")}}',
    "a{background:red url( 'https://a.example/jane.png' ) no-repeat}": f'a{{background:red url( "{GRAY}" ) no-repeat}}',
    f"a{{background:url({GIF})}}": f'a{{background:url("{gray_image(Size(2, 3))}")}}',
    f"a{{background:url({PNG})}}": f'a{{background:url("{gray_image(Size(40, 30))}")}}',
    'a{background:image-set("jane.png" 1x, url(roe.png) 2x)}': f'a{{background:image-set("{GRAY}" 1x, url("{GRAY}") 2x)}}',
    'a{background:image-set("jane.png" type("image/png"))}': f'a{{background:image-set("{GRAY}" type("image/png"))}}',
    "a{fill:url(#grad)}": 'a{fill:url("#grad")}',
    "a{cursor:url(data:text/html,Jane),auto}": f'a{{cursor:url("{GRAY}"),auto}}',
    r"a{background:u\72l(jane.png)}": f'a{{background:url("{GRAY}")}}',
    "@import url(theme.css?u=jane);": '@import url("theme.css?u=****");',
    "@import 'https://jane@a.example/x.css' screen;": '@import "https://****@a.example/x.css" screen;',
    '@import url("data:text/css,Jane");': '@import url("data:,");',
    "@font-face{font-family:Jane;src:url(/f.woff2?u=jane) format('woff2'),local(\"Jane\")}":
        "@font-face{font-family:Jane;src:url(\"/f.woff2?u=****\") format('woff2'),local(\"Jane\")}",
    "@font-face{src:url(data:font/woff2;base64,SmFuZQ==)}": '@font-face{src:url("data:,")}',
    "@font-face{src:url(x) format('jane')}": "@font-face{src:url(\"x\") format('****')}",
    "@namespace svg url(http://www.w3.org/2000/svg);": '@namespace svg url("http://www.w3.org/2000/svg");',
    "@namespace url(https://a.example/jane);": '@namespace url("https://a.example/****");',
    '@charset "utf-8";a{top:0}': '@charset "utf-8";a{top:0}',
    '@charset "jane";a{top:0}': '@charset "utf-8";a{top:0}',
    # custom and unknown properties
    ":root{--who:Jane}": ":root{--who:××××}",
    ":root{--c:#fff;--w:12px;--n:none;--v:var(--c)}": ":root{--c:#fff;--w:12px;--n:none;--v:var(--c)}",
    ":root{--id:#jane;--n:5550100199;--u:3jane;--f:jane(1);--s:'Jane'}": ":root{--id:#××××;--n:999999;--u:3××××;--f:××××(1);--s:'****'}",
    ":root{--o:{a:Jane;b:'Roe'};--t:1px}": ":root{--o:{×:××××;×:'***'};--t:1px}",
    ":root{--u:url(jane.png)}": f':root{{--u:url("{GRAY}")}}',
    ":root{--at:@jane}": ":root{--at:@××××}",
    "a{secret:Jane Roe}": "a{××××××:×××× ×××}",
    "a{\\63 olor:red}": "a{\\63 olor:red}",
    "a{color:@jane #jane}": "a{color:@×××× #××××}",
    # attribute selectors
    '[data-user="Jane"]{top:0}': '[data-user="****"]{top:0}',
    "[data-user=Jane]{top:0}": '[data-user="****"]{top:0}',
    "a[title^='Jane' i] b{top:0}": "a[title^='****' i] b{top:0}",
    ":is([data-user=Jane]){top:0}": ':is([data-user="****"]){top:0}',
    "[type=checkbox],[class~='jane'],[data-x]{top:0}": "[type=\"checkbox\"],[class~='jane'],[data-x]{top:0}",
    "[href^='https://']{top:0}": "[href^='https://']{top:0}",
    "[href*='jane']{top:0}": "[href*='****']{top:0}",
    "[data-user=/* Jane */Jane/* Roe */]{top:0}": '[data-user="****"]{top:0}',
    "[data-user='Jane' Roe 'Roe']{top:0}": "[data-user='****'  ]{top:0}",
    "a url(jane){top:0}": 'a ×××(""){top:0}',
    ":lang('jane'){top:0}": ":lang('****'){top:0}",
    # at-rules
    "@jane Roe{top:0}": "@×××× ×××{top:0}",
    "@jane Roe;a{top:0}": " a{top:0}",
    "@supports (content: 'Jane'){a{top:0}}": "@supports (content: '****'){a{top:0}}",
    "@media /* Jane */ print{a{top:0}}": "@media /**/ print{a{top:0}}",
    "@-moz-document url(https://a.example/jane){a{top:0}}": '@-moz-document url("https://a.example/****"){a{top:0}}',
    '@document url("https://a.example/jane"){a{top:0}}': '@document url("https://a.example/****"){a{top:0}}',
    # what no browser reads
    "Jane Roe": " ",
    "Jane; Roe": " ",
    "a{Jane Roe}": "a{ }",
    "a{Jane Roe;color:red}": "a{ ;color:red}",
    "a{color:red}Jane": "a{color:red}",
    "}a{color:red}": "}a{color:red}",
    # unterminated
    'a{content:"Jane': 'a{content:"****"',
    "a{content:'Jane\n;color:red}": "a{\ncolor:red}",
    'p{content:"Jane\nRoe 4711";top:0}': "p{\n ",
    "a{background:url(jane.png": f'a{{background:url("{GRAY}")',
    "a{color:red": "a{color:red",
    "a{--x:Jane": "a{--x:××××",
    "[data-user=Jane": "",
    "[data-user=Jane{top:0}": '[data-user="****"{top:0}',
    "a{color:rgb(1": "a{color:rgb(1",
}  # fmt: skip


@pytest.mark.parametrize("css", SHEETS, ids=ascii)
def test_sheets(css):
    masked = mask_sheet(css)
    assert masked == SHEETS[css]
    assert mask_sheet(masked) == masked


DECLARATIONS = {
    "": "",
    "color:red": "color:red",
    " color : red ; width: 3px; ": " color : red ; width: 3px; ",
    "--who: Jane; width: 3px": "--who: ××××; width: 3px",
    "content:'Jane'": "content:'****'",
    "background-image: url(jane.png)": f'background-image: url("{GRAY}")',
    "/* Jane */color:red": "color:red",
    "Jane Roe": " ",
    "color:red;Jane;width:1px": "color:red;;width:1px",
    "--o:{a:Jane;b:Roe};width:1px": "--o:{×:××××;×:×××};width:1px",
    "secret:Jane": "××××××:××××",
    "color:red !important": "color:red !important",
    "content:'Jane": "content:'****'",
    "filter: progid:DXImageTransform.Microsoft.Alpha(opacity=50)": "filter: progid:DXImageTransform.Microsoft.Alpha(opacity=50)",
}  # fmt: skip


@pytest.mark.parametrize("css", DECLARATIONS, ids=ascii)
def test_declarations(css):
    masked = mask_declarations(css)
    assert masked == DECLARATIONS[css]
    assert mask_declarations(masked) == masked


VALUES = [
    ("color", "red", "red"), ("content", "'Jane'", "'****'"), ("--x", "Jane", "××××"), ("--x", " 1px ", "1px"),
    (" Content ", "'Jane'", "'****'"), ("jane", "Roe 1 #fff", "××× 1 #fff"), ("background", "url(jane.png)", f'url("{GRAY}")'),
    ("src", "url(/f.woff)", 'url("/f.woff")'), ("--x", "1.5e3px -2% +.5", "1.5e3px -2% 1"), ("--x", "1234567", "1"),
    ("--x", "/* Jane */", "/**/"), ("", "Jane", "××××"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "masked"), VALUES)
def test_values(name, value, masked):
    assert mask_value(name, value) == masked
    assert mask_value(name, masked) == masked


# --- the token types outside what is masked, by tinycss2 ------------------------------------

LAYOUT = [
    'body{margin:0;font:400 16px/1.5 Inter,sans-serif} .a:not(.b)>c~d+e::before{content:"\\201c";position:absolute;inset:0 auto 1px -2em}',
    "@media screen and (max-width:600px){.nav{display:none!important}@supports (display:grid){.g{display:grid;grid:auto/1fr 2fr}}}",
    "@font-face{font-family:\"X Y\";src:url(x.woff2) format(\"woff2\"),url('x.woff');unicode-range:U+26,U+0-7F}",
    ":root{--a:1px;--b:var(--a,2px);--c:#abc;--d:calc(1px*3)} a{width:calc(var(--a) + 10%);color:rgb(1 2 3/.5)}",
    "@keyframes k{0%{opacity:0;transform:translate3d(0,-1px,0) scale(.5)}to{opacity:1}} .k{animation:k 1s cubic-bezier(.1,.2,.3,.4) both}",
    '[type="text"],[data-state=open]>svg [d]{fill:url(#g);background:url(a.png),linear-gradient(45deg,red 0,blue 100%)}',
    ".\\31 0\\:a{width:1e3px}#a\\#b{z-index:-1}.é{left:+1px}",
    "/* head */ a /* mid */ b{/* in */color:red;} /* tail */",
    ".p{&.q{color:red}& > r{color:blue}@media print{color:black}}",
]  # fmt: skip


def shape(nodes):
    """Return the types of a token tree; comments are gone, an address is an address in any spelling."""
    found = []
    for node in nodes:
        if node.type == "comment":
            continue
        if node.type == "url" or (node.type == "function" and node.lower_name == "url"):
            found.append("url")
        elif node.type == "function":
            found.append(("function", shape(node.arguments)))
        elif node.type.endswith("block"):
            found.append((node.type, shape(node.content)))
        else:
            found.append(node.type)
    return found


def in_attribute_selectors_a_word_is_a_string(found):
    return [
        (item[0], ["string" if i and item[1][i - 1] == "literal" and kind == "ident" else kind for i, kind in enumerate(item[1])])
        if isinstance(item, tuple) and item[0] == "[] block"
        else (item[0], in_attribute_selectors_a_word_is_a_string(item[1])) if isinstance(item, tuple) else item
        for item in found
    ]  # fmt: skip


@pytest.mark.parametrize("css", LAYOUT)
def test_token_types_are_those_of_the_input(css):
    before, after = (
        shape(tinycss2.parse_component_value_list(text)) for text in (css, mask_sheet(css))
    )
    assert after == in_attribute_selectors_a_word_is_a_string(before)


@pytest.mark.parametrize("css", LAYOUT)
def test_declarations_of_layout_keep_their_values(css):
    masked = mask_sheet(css)
    for kept in (
        "margin:0",
        "1fr 2fr",
        "var(--a,2px)",
        "cubic-bezier(.1,.2,.3,.4)",
        "-2em",
        "-webkit",
        "z-index:-1",
    ):
        assert css.count(kept) == masked.count(kept)


PIECES = [
    "color", "height", "--who", "who", "*zoom", "font", ":", ": ", ";", "; ", " ", "\n", "!important", "3px",
    "-1.5em", "12345678", "50%", "red", "#fff", "#jane", "a b", ",", ">", "-->", "{", "}", "@media", "(", ")", "'x'", "\xe9", "\0",
    "calc(", "var(", "url(", "URL(", "curl(", "src(", "image-set(", "format(", "/", "*", "''", '""', "[", "]", "<!--", "\\",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_needs_no_tokens_is_what_the_tokens_say(css):
    quick = "".join(_css._Pass().declarations(css)), "".join(_css._Pass().sheet(f"a{{{css}}}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_css._Pass, "_is_plain", lambda *_: False)
        assert "".join(_css._Pass().declarations(css)) == quick[0]
        assert "".join(_css._Pass().sheet(f"a{{{css}}}")) == quick[1]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_selectors_that_need_no_tokens_are_what_the_tokens_say(css):
    quick = "".join(_css._Pass().sheet(f"{css}{{top:0}}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_css._Pass, "_is_plain", lambda *_: False)
        assert "".join(_css._Pass().sheet(f"{css}{{top:0}}")) == quick


@given(st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_values_that_need_no_tokens_are_what_the_tokens_say(name, value):
    whole = _css._masked_value(name, list(tokens(value)))
    assert mask_value(name, value) == whole.strip(" \t\n\r\f")
