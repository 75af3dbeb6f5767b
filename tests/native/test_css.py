"""The kernels mask CSS as Python does, byte for byte, or hand it back."""

import gzip
import json
import random
import time

import pytest
from both import needs_kernels, only_python
from css_records import RECORDS
from hypothesis import given, settings
from hypothesis import strategies as st
from real_recordings import OWN, SHARED_FILES, needs_shared, own

from replay_redact._css import sheets
from replay_redact._css.sheets import mask_declarations, mask_value
from replay_redact._css.values import mask_image
from replay_redact._runtime import native

pytestmark = needs_kernels

PIECES = """
    --x: --a-rgb: color: COLOR: content: background: src: font: font-family: syntax: prefix: jane:
    initial-value: grid-template-rows: counter-reset: mask-image: a div slot Dear Jane my-el red
    Georgia serif important !important .a .a1234567 .lg\\:x #fff #a1234567 #1234567 mjx-c1D44E
    [data-x] [data-state=open] [data-kind='a'] [class*="a1234567"] [type=checkbox] [tabindex='-1']
    [fill='#fff'] [href^='http'] [x|y=z] [title=Jane_Roe] [name=jane] [data-x="y"i] [for=a-b]
    :hover ::before :not( :is( :nth-child( 2n+1 odd :jane :has( ::part( :lang( en :host( | * + > ~
    { } { } ; ; : , ( ) [ ] . # @ & = / " ' "" '' "Jane" 'x\\'y' "\\f101" "\\\n" é × → 微软 \u212a \u0661
    \\ \\4a \\2d- \\75rl( url( url(x.png) url("a") url(data:image/png;base64,iVBORw0KGgo=)
    url(https://a.example/x?y=z#q) src( var( var(--x) calc( rgb( rgba(1,2,3,.5) hsl( attr(data-x)
    format('woff') local('x') path('M0') image-set( foo( --f( 1 12 1234567 0.55555 .5 1e5 1e400 -1
    +2 5px 5PX 12jane 3% 1.2.3 2147483647 1--x 1,2,3 1_2_3/5 12.5%_0.1_250 e1234567 1e1234567
    @media @media(min-width:1px) @supports selector( @scope( @layer @layer_a; @keyframes_spin{}
    @font-face @import_url(x.css) @namespace @charset_'utf-8'; @property @container @jane spin
    /* /**/ /*Jane*/ /*_rr_split_*/ <!-- --> from to 50% jsx-1234567 css-1a2b3c data-v-1234567a
""".replace("_", " ").split(" ")
"""Of these any CSS is drawn; what has a blank in it is written with an underscore."""
SPACES = ["", "", "", " ", "\n", "\t", "\r\n", "\f", "\v", "\x1c", "\xa0", "\0"]
FRAMES = [
    "{}",
    "a{{{}}}",
    "a{{--x:{}}}",
    "a{{color:{};top:0}}",
    "{}{{top:0}}",
    "@media {}{{a{{}}}}",
    "a[{}]{{}}",
]
NAMES = [
    "color",
    "--x",
    "content",
    "font-family",
    "src",
    "--a-rgb",
    "initial-value",
    "jane",
    "mask",
]

drawn = st.lists(st.sampled_from(PIECES + SPACES) | st.text(max_size=3), max_size=25).map("".join)
framed = st.builds(str.format, st.sampled_from(FRAMES), drawn)


def read(sheet):
    return sheet.pieces, [(str(word), word.atom, word.shown) for word in sheet.literals]


def forget():
    for cache in sheets.CACHES:
        cache.empty()


def all_three(css, name):
    forget()
    return read(sheets._sheet(css)), mask_declarations(css), mask_value(name, css)


def assert_equal(css, name="color"):
    with only_python():
        expected = all_three(css, name)
    assert all_three(css, name) == expected
    assert native.kernels.panics() == 0


@given(framed, st.sampled_from(NAMES))
@settings(max_examples=600)
def test_drawn_css(css, name):
    assert_equal(css, name)


@given(st.text(), st.text(max_size=10))
@settings(max_examples=200)
def test_any_text(css, name):
    assert_equal(css, name)


@pytest.mark.parametrize("css", RECORDS)
def test_what_once_differed(css):
    for name in NAMES:
        assert_equal(css, name)


def css_of(value):
    """Yield all CSS of a recording."""
    if isinstance(value, dict):
        attributes = value.get("attributes")
        texts = (
            [attributes.get("_cssText"), attributes.get("style")]
            if isinstance(attributes, dict)
            else []
        )
        if value.get("tagName") == "style":
            texts += [child.get("textContent") for child in value.get("childNodes", ())]
        yield from (text for text in [*texts, value.get("rule")] if isinstance(text, str))
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from css_of(item)


def own_css():
    return sorted({css for file in OWN for css in css_of(json.loads(own(file)))})


def test_all_css_of_our_recordings():
    for css in own_css():
        assert_equal(css)


def test_mutations_of_css():
    drawing = random.Random(29)
    texts = own_css()
    for _ in range(1_500):
        assert_equal(mutated(drawing, texts), drawing.choice(NAMES))


def mutated(drawing, texts):
    """Cut a piece of CSS, and change it in a few places."""
    css = drawing.choice(texts)
    start = drawing.randrange(len(css) + 1)
    css = css[start : start + drawing.choice([20, 100, 500])]
    for _ in range(drawing.randrange(5)):
        at, end = sorted((drawing.randrange(len(css) + 1), drawing.randrange(len(css) + 1)))
        end = min(end, at + 9)
        new = ["", css[at:end] * 2, drawing.choice(PIECES), chr(drawing.randrange(128))]
        css = css[:at] + drawing.choice(new) + css[end:]
    return css


@needs_shared
def test_little_is_handed_back():
    texts = own_css()
    for path in SHARED_FILES:
        texts += css_of(json.loads(gzip.decompress(path.read_bytes())))
    back = [css for css in texts if native.kernels.css_sheet(css, mask_image) is None]
    print(f"{len(back)} of {len(texts)} pieces of CSS are handed back")
    assert sum(map(len, back)) < 0.01 * sum(map(len, texts))


@pytest.mark.parametrize(
    "piece", [*PIECES, "[a=", "@a ", "--x:{", "--x:", "serif,", "@keyframes a{}p{--b:a}"]
)
def test_any_css_takes_time_in_proportion(piece):
    assert_equal("a{" + piece * 60, "--x")
    css = "a{" + piece * (200_000 // max(1, len(piece)))
    start = time.process_time()
    native.kernels.css_sheet(css, mask_image)
    native.kernels.css_declarations(css, mask_image)
    native.kernels.css_value("--x", css, mask_image)
    assert time.process_time() - start < 1  # it takes some 10 milliseconds
