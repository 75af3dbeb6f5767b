"""The CSS pass, rule by rule: layout stays; text, images and addresses do not."""

import contextlib

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from replay_redact._css import sheets
from replay_redact._css.sheets import SPLIT_MARKER, mask_declarations, mask_sheet, mask_value
from replay_redact._css.tokens import tokens
from replay_redact._masks.media import gray_layer

GRAY, LAYER = (gray_layer("", fills=fills) for fills in (False, True))
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
    "a{background:url(jane.png)}": f'a{{background:url("{LAYER}")}}',
    "a{background:red url( 'https://a.example/jane.png' ) no-repeat}": f'a{{background:red url( "{LAYER}" ) no-repeat}}',
    f"a{{background:url({GIF})}}": f'a{{background:url("{gray_layer(GIF, fills=True)}")}}',
    f"a{{background:url({PNG})}}": f'a{{background:url("{gray_layer(PNG, fills=True)}")}}',
    'a{background:image-set("jane.png" 1x, url(roe.png) 2x)}': f'a{{background:image-set("{LAYER}" 1x, url("{LAYER}") 2x)}}',
    'a{background:image-set("jane.png" type("image/png"))}': f'a{{background:image-set("{LAYER}" type("image/png"))}}',
    "a{fill:url(#grad)}": 'a{fill:url("#grad")}',
    "a{cursor:url(data:text/html,Jane),auto}": f'a{{cursor:url("{GRAY}"),auto}}',
    r"a{background:u\72l(jane.png)}": f'a{{background:url("{LAYER}")}}',
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
    '[data-user="Jane"]{top:0}': '[data-user="××××"]{top:0}',
    "[data-user=Jane]{top:0}": '[data-user="××××"]{top:0}',
    "a[title^='Jane' i] b{top:0}": "a[title^='××××' i] b{top:0}",
    ":is([data-user=Jane]){top:0}": ':is([data-user="××××"]){top:0}',
    "[type=checkbox],[class~='jane'],[data-x]{top:0}": "[type=\"checkbox\"],[class~='jane'],[data-x]{top:0}",
    "[href^='https://']{top:0}": "[href^='https://']{top:0}",
    "[href*='jane']{top:0}": "[href*='××××']{top:0}",
    "[data-user=/* Jane */Jane/* Roe */]{top:0}": '[data-user="××××"]{top:0}',
    "[/* Jane */title=jane]{top:0}": '[title="××××"]{top:0}',
    "[data-user='Jane' Roe 'Roe']{top:0}": "[data-user='××××']{top:0}",
    "a url(jane){top:0}": 'a ×××(""){top:0}',
    ":lang('jane'){top:0}": ":lang('****'){top:0}",
    # at-rules
    "@jane Roe{top:0}": "@×××× ×××{top:0}",
    "@jane Roe;a{top:0}": " a{top:0}",
    "@supports (content: 'Jane'){a{top:0}}": "@supports (content: '****'){a{top:0}}",
    "@media /* Jane */ print{a{top:0}}": "@media /**/ print{a{top:0}}",
    "@-moz-document url(https://a.example/jane){a{top:0}}": '@-moz-document url("https://a.example/****"){a{top:0}}',
    '@document url("https://a.example/jane"){a{top:0}}': '@document url("https://a.example/****"){a{top:0}}',
    # numbers
    "a{z-index:2147483647;order:-2147483648;top:-1234567.125px}": "a{z-index:2147483647;order:-999999;top:-999999.0px}",
    "a{width:16.66666667%;opacity:.99999;flex:0.00005;top:999999.99999px}": "a{width:16.6667%;opacity:.9999;flex:0.0001;top:999999.9999px}",
    "a{top:1e400px;left:1.5e-400px;border-radius:3.40282e38px}": "a{top:1e99px;left:1.5e-99px;border-radius:3.4028e38px}",
    "a{--z:2147483647 12 34 56;--w:1234567px 0.1234567em;--f:scale(0.1234567)}": "a{--z:2147483647 12 34 56;--w:999999px 0.12346em;--f:scale(0.12346)}",
    "a{--l:123456.7;--e:123456e12}": "a{--l:123457.0;--e:9999e12}",
    "a{--ink:13,110,253;--ink-rgb:8.772, 9.6764, 11.628;--p:49.12% 0.3096 275.75/.5}": "a{--ink:13,110,253;--ink-rgb:8.772, 9.6764, 11.628;--p:49.12% 0.3096 275.75/.5}",
    "a{--ink:8.772, 9.6764, 11.628;--tel:299 300 1234;--v:var(--i, 255, 255, 255) !important}": "a{--ink:0.000, 0.0000, 00.000;--tel:000 000 0000;--v:var(--i, 255, 255, 255) !important}",
    "a{--n:" + "1 " * 99 + "}": "a{--n:" + "0 " * 99 + "}",
    "a{unicode-range:U+0025-00FF,U+1F600;top:1x1234567}": "a{unicode-range:U+0025-00FF,U+1F600;top:1x0000000}",
    "a{top:1\\65 1234567}": "a{top:1\\65 0000000}",
    "1234567%,from{top:0}12.34567%{top:1px}": "999999%,from{top:0}12.3457%{top:1px}",
    "/* Jane */from /* Jane */,to{top:0}": "/**/from /**/,to{top:0}",
    "5, from{top:0}": "0, ××××{top:0}",
    # what CSS defines and what the sheet itself names, in custom properties
    ":root{--c:oklch(from var(--b) calc(l + .1) c h / .5);--d:rgb(from red r g b / alpha);--l:f(l h)}": ":root{--c:oklch(from var(--b) calc(l + .1) c h / .5);--d:rgb(from red r g b / alpha);--l:×(× ×)}",
    "a{clip-path:path('M0 0 L80 0z');offset-path:path('Jane');--p:path(evenodd,'M0 0')}": "a{clip-path:path('M0 0 L80 0z');offset-path:path('****');--p:path(evenodd,'M0 0')}",
    ":root{--n:counter(step) jane}a{counter-reset:step 2}": ":root{--n:counter(step) ××××}a{counter-reset:step 2}",
    ".g{grid-template-columns:[full] 1fr;--g:[full] [jane]}": ".g{grid-template-columns:[full] 1fr;--g:[full] [××××]}",
    ":root{--t:'✓︎';--s:var(--own, Inter), 'Segoe UI', sans-serif;--f:Arial,Inter;--g:Arial,Jane}": ":root{--t:'✓︎';--s:var(--own, Inter), 'Segoe UI', sans-serif;--f:Arial,Inter;--g:×××××,××××}",
    "[fill='url(#g1)'],[fill='url(#jane roe)']{top:0}": "[fill='url(#g1)'],[fill='××××××××××××××']{top:0}",
    # names
    ".order-1234567,#o1234567{animation:a1234567;font-family:Foo1234567,'Bar 1234567'}": ".order-0000000,#o0000000{animation:a0000000;font-family:Foo0000000,'Bar 0000000'}",
    ".\\31 234567,#\\31 234567,#1234567,#-1234567{--o1234567:--o7654321}": ".\\30 000000,#\\30 000000,#0000000,#-0000000{--o0000000:--o0000000}",
    "[class~=o-1234567],[id='jsx-1234567']{fill:url(#g1234567)}": "[class~=\"o-0000000\"],[id='jsx-1234567']{fill:url(\"#g0000000\")}",
    "@keyframes k1234567{}@container c1234567{}@layer a1234567.b,c{}@page p1234567:first{}": "@keyframes k0000000{}@container c0000000{}@layer a0000000.b,c{}@page p0000000:first{}",
    "a{--f:--jane1234567(1);grid-template-areas:'a1234567 b'}": "a{--f:--jane0000000(1);grid-template-areas:'a0000000 b'}",
    "mjx-c.mjx-c1D44E.TEX-I{top:0}": "mjx-c.mjx-c00000.TEX-I{top:0}",
    # selectors
    "Jane,ul,my-Card,SVG,foreignObject,*{top:0}": "××××,ul,my-Card,SVG,foreignObject,*{top:0}",
    "svg|a,jane|b,*|c,|i{top:0}": "svg|a,××××|b,*|×,|i{top:0}",
    "li:nth-child(2n+1 of jane,.b),li:nth-child(even):nth-child(jane){top:0}": "li:nth-child(2n+1 of ××××,.b),li:nth-child(even):nth-child(××××){top:0}",
    "a:jane(b),a::-webkit-jane,a:Hover,a:dir(rtl),a:dir(jane){top:0}": "a:××××(×),a::-webkit-××××,a:Hover,a:dir(rtl),a:dir(××××){top:0}",
    "a:lang(de,jane,'fr'),b::part(jane tab),c:state(open){top:0}": "a:lang(de,××××,'fr'),b::part(jane tab),×:state(open){top:0}",
    "a:is((b) jane,.c) jane(b){top:0}": "a:is((b) ××××,.c) ××××(×){top:0}",
    "a @jane b{top:0}": "a @×××× b{top:0}",
    "[Jane Roe title=x],['Jane' title=x],[title|=x]{top:0}": '[×××× ××× title="×"],[\'****\' title="×"],[title|="×"]{top:0}',
    # custom properties
    "a{--t:color,opacity;--w:attr(data-tip) attr(jane);--e:env(safe-area-inset-top)}": "a{--t:color,opacity;--w:attr(data-tip) attr(××××);--e:env(safe-area-inset-top)}",
    "a{--s:Georgia,serif;--t:Georgia,Jane;--u:'Segoe UI', Segoe UI,jane,sans-serif;--v:(Arial,serif)}": "a{--s:Georgia,serif;--t:×××××××,××××;--u:'Segoe UI', Segoe UI,××××,sans-serif;--v:(×××××,serif)}",
    "@keyframes wave{}a{--a:wave 1s;--b:jane}": "@keyframes wave{}a{--a:wave 1s;--b:××××}",
    "/* @keyframes jane{} */a{--b:jane}": "/**/a{--b:××××}",
    "@property --a{syntax:'<length>+ | auto | jane | <jane> | *';initial-value:0px}": "@property --a{syntax:'<length>+ | auto | ×××× | <××××> | *';initial-value:0px}",
    "@counter-style c{system:fixed 3;symbols:A jane(1) '\u2022' url(jane.png);pad:2 '0';range:1 infinite;additive-symbols:10jane X}":
        f"@counter-style c{{system:fixed 3;symbols:× ××××(1) '\u2022' url(\"{GRAY}\");pad:2 '*';range:1 infinite;additive-symbols:10×××× ×}}",
    # conditions
    "@media jane and (min-width:1234567px) and (jane:3jane){a{top:0}}": "@media ×××× and (min-width:999999px) and (××××:3××××){a{top:0}}",
    "@supports selector(jane:hover > (b)) and jane(b){a{top:0}}": "@supports selector(××××:hover > (b)) and ××××(×){a{top:0}}",
    "@supports (a[b=jane]) or selector(jane{a{top:0}}": '@supports (×[×="××××"]) or selector(××××{a{top:0}}',
    "@supports not (top:/* Jane */[jane=jane]){a{top:0}}": '@supports not (top:/**/[××××="××××"]){a{top:0}}',
    "@scope (.a jane) to (.b){a{top:0}}": "@scope (.a ××××) to (.b){a{top:0}}",
    "@import 'a.css' layer(base.more jane) supports(color:red) jane;": '@import "a.css" layer(base.more ××××) supports(color:red) ××××;',
    "@import 'jane roe.css';": '@import "**** *******";',
    "@keyframes a jane{}@container a jane (width>1px){}@font-feature-values Font Two{}": "@keyframes a ××××{}@container a ×××× (width>1px){}@font-feature-values Font Two{}",
    "@page a1234567 :first{}@layer 1234567x12345678;": "@page a0000000 :first{}@layer 999999x00000000;",
    "@namespace jane url(http://www.w3.org/2000/svg);": '@namespace ×××× url("http://www.w3.org/2000/svg");',
    "a{@import 'jane';@layer b;top:0}": "a{ @layer b;top:0}",
    # CSS that no browser reads
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
    "a{background:url(jane.png": f'a{{background:url("{LAYER}")',
    "a{color:red": "a{color:red",
    "a{--x:Jane": "a{--x:××××",
    "[data-user=Jane": "",
    "[data-user=Jane{top:0}": '[data-user="××××"{top:0}',
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
    "background-image: url(jane.png)": f'background-image: url("{LAYER}")',
    "/* Jane */color:red": "color:red",
    "Jane Roe": " ",
    "color:red;Jane;width:1px": "color:red;;width:1px",
    "--o:{a:Jane;b:Roe};width:1px": "--o:{×:××××;×:×××};width:1px",
    "secret:Jane": "××××××:××××",
    "color:red !important": "color:red !important",
    "@import 'jane';color:red;@layer jane": " color:red; ",
    "--a:4;--b:-4 .5 5;--c:12px 50%;--d:calc(4 * 2px) var(--x,4);--e:4jane": "--a:1;--b:1 1 1;--c:12px 50%;--d:calc(1 * 2px) var(--x,1);--e:1××××",
    "--a:123-45-6789;--b:a.5;--c:#fff.5;--d:4.5.5px;--e:+ .5": "--a:1 1 1;--b:× 1;--c:#fff 1;--d:1 .5px;--e:+ 1",
    "--a:13,110,253;--z:2147483647;order:4;current:4": "--a:1,1,1;--z:1;order:4;×××××××:1",
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
    (" Content ", "'Jane'", "'****'"), ("jane", "Roe 1 #fff", "××× 1 #fff"), ("background", "url(jane.png)", f'url("{LAYER}")'),
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
    "--order-4711123", "rgb(1, 22.5, 3.75)", "rgba(", "0.1234567", "1e400", "2px 3px", "1234", "--x:", "r", "serif",
    "/* Jane */", "/**/", "/* rr_split */", ".a:not(.b)", ":is(", "p", "slot", "[name=jane]", "[data-state=open]",
    "[class*='x']", ":nth-child(2n + 1)", ".lg\\:p-1", "from", "12.5%", "@media (min-width: 40em)", "@supports (", " and ",
    "@keyframes ", "@layer ", "k1", "mjx-c1D44E",
]  # fmt: skip


@contextlib.contextmanager
def tokens_only():
    """Have nothing told at a glance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets._Pass, "_piece", lambda *_: None)
        patch.setattr(sheets, "_end_of_plain", lambda _, at: at)
        yield


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_needs_no_tokens_is_what_the_tokens_say(css):
    quick = mask_declarations(css), "".join(sheets._Pass().sheet(f"a{{{css}}}"))
    with tokens_only():
        assert "".join(sheets._Pass().declarations(css)) == quick[0]
        assert "".join(sheets._Pass().sheet(f"a{{{css}}}")) == quick[1]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_selectors_that_need_no_tokens_are_what_the_tokens_say(css):
    quick = "".join(sheets._Pass().sheet(f"{css}{{top:0}}"))
    with tokens_only():
        assert "".join(sheets._Pass().sheet(f"{css}{{top:0}}")) == quick


GLANCES = [
    ".menu > li:not(.on, [type=checkbox]):nth-child(2n + 1) { color: red; --gap: 2px }",
    "a[type=checkbox], b[type=checkbox] { top: 0; --x: \xe9 }",
    "slot[name=jane], SLOT[name=header], div[data-state=open] { top: 0 }",
    ".lg\\:p-1\\.5 > my-el::before, Dear Jane { top: 0; /* Jane */ --x: rgb(1, 22.5, 3.75) 1 }",
    "/* Jane */ a, /* rr_split */ b { /* Jane */ top: 0; jane: 1; /* Jane */ } a { } b { ; top: 0;; }",
    "a { --x: 1234 5678; --y: var(--z, Jane); --order-4711123: 0; --w: 'Jane'; --s: 1e400 0.1234567 }",
    "a { --x: red; color: blue; --Y: #FFF 50%; top: 1234567px } a { --x: red; src: Jane }",
    "@media (min-width: 40em) and (color) { from, 12.5% { top: 0 } } @media Jane { a { top: 0 } }",
    "@supports (display: grid) { @keyframes k1 { to { top: 0 } } } @layer a.b, c { } @layerjane x { }",
    "@media (width: 1234567px) { } @media and(color) { } @keyframes mjx-c1D44E { } @font-face { top: 0 }",
    "@media (min-width: 'x') { } \xe9 { top: 0 } mjx-c1D44E { top: 0 } a:jane { top: 0 } ::part(x) { top: 0 }",
    "a { color: red\\!x; grid-area: [x]; color: #jane; -mjx-c1: 0; content: mjx-c1D44E } ; top: 0; } a { }",
]


@pytest.mark.parametrize("css", GLANCES)
def test_glances_and_tokens_say_the_same(css):
    glance = mask_declarations(css), "".join(sheets._Pass().sheet(css))
    with tokens_only():
        assert "".join(sheets._Pass().declarations(css)) == glance[0]
        assert "".join(sheets._Pass().sheet(css)) == glance[1]


@given(st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_values_that_need_no_tokens_are_what_the_tokens_say(name, value):
    whole = sheets._masked_value(name, list(tokens(value)))
    assert mask_value(name, value) == whole.strip(" \t\n\r\f")
