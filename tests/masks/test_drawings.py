"""Icons in style sheets: shapes stay, and nothing else does."""

import base64
from urllib.parse import quote, unquote

import pytest

from replay_redact._css.sheets import mask_declarations, mask_sheet
from replay_redact._masks.drawings import LONGEST, drawing
from replay_redact._masks.media import embedded_text

NS = "xmlns='http://www.w3.org/2000/svg'"
CHECK = f"<svg {NS} viewBox='0 0 8 8'><path fill='#fff' d='M6.5.7L2.7 4.5 1.4 3.2z'/></svg>"


def address(svg, kind="percent"):
    if kind == "base64":
        return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    return f"data:image/svg+xml,{quote(svg)}"


def drawn(svg, kind="percent"):
    found = drawing(address(svg, kind))
    return found and unquote(found.partition(",")[2])


SHAPES = [
    (CHECK, CHECK),
    (CHECK.replace("'", '"'), CHECK),
    (f'<?xml version="1.0"?>\n<!-- Jane -->{CHECK}\n', CHECK),
    (CHECK.replace("<path", "<title>Jane</title><style>.a{}</style><path"), CHECK),
    (CHECK.replace("<path", "<path id='jane' class='jane' data-name='jane'"), CHECK),
    (f"<svg {NS}><circle r='1'><animate attributeName='r'/></circle></svg>", f"<svg {NS}><circle r='1'></circle></svg>"),
    (f"<svg {NS}><g style='transform:scale(0.8);transform-origin:50px 50%'></g></svg>", f"<svg {NS}><g transform='scale(0.8)' transform-origin='50px 50%'></g></svg>"),
    (f"<svg {NS}><g style='fill:red; stroke-width: 2;'><path d='M0 0'/></g></svg>", f"<svg {NS}><g fill='red' stroke-width='2'><path d='M0 0'/></g></svg>"),
]  # fmt: skip


@pytest.mark.parametrize(("svg", "kept"), SHAPES)
@pytest.mark.parametrize("kind", ["percent", "base64"])
def test_shapes_stay(svg, kept, kind):
    assert drawn(svg, kind) == kept
    again = drawing(address(svg, kind))
    assert drawing(again) == again


OTHERS = {
    "text": f"<svg {NS}><text>Jane</text></svg>",
    "words between": f"<svg {NS}>Jane<path d='M0 0'/></svg>",
    "words after": f"{CHECK}Jane",
    "a second drawing": CHECK + CHECK,
    "words for a path": f"<svg {NS}><path d='Jane'/></svg>",
    "a long number": f"<svg {NS}><path d='M4111111111111111 0'/></svg>",
    "words for paint": f"<svg {NS}><path fill='Jane'/></svg>",
    "a reference": f"<svg {NS}><path fill='url(#jane)'/></svg>",
    "a quote": f"""<svg {NS}><path fill="red'"/></svg>""",
    "an entity": f"<svg {NS}><path d='&jane;'/></svg>",
    "a link": f"<svg {NS}><a href='/jane'><path d='M0 0'/></a></svg>",
    "an image": f"<svg {NS}><image href='/jane.png'/></svg>",
    "a use": f"<svg {NS}><use href='#jane'/></svg>",
    "HTML": f"<svg {NS}><foreignObject><p>Jane</p></foreignObject></svg>",
    "a script": f"<svg {NS}><script>jane()</script></svg>",
    "a handler": f"<svg {NS} onload='jane()'/>",
    "a style": f"<svg {NS}><path style='font-family:jane'/></svg>",
    "another namespace": "<svg xmlns='http://jane.example/'><path d='M0 0'/></svg>",
    "a DOCTYPE": f"<!DOCTYPE svg [<!ENTITY jane 'jane'>]>{CHECK}",
    "words after a comment": f"<svg {NS}><!-- a --> Jane --></svg>",
    "attributes without a blank": f"<svg {NS}><path d='M0 0'fill='red'/></svg>",
    "no end": f"<svg {NS}><path d='M0 0'/>",
    "a wrong end": f"<svg {NS}><g></svg></g>",
    "an end without a beginning": f"</g>{CHECK}",
    "a drawing in a drawing": f"<svg {NS}><svg {NS}/></svg>",
    "no drawing": "<path d='M0 0'/>",
    "nothing": "",
    "long": CHECK.replace("z'", "z" + " " * LONGEST + "'"),
    "other letters": f"<svg {NS}><path d='M\u00e9'/></svg>",
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("kind", ["percent", "base64"])
def test_what_is_more_than_shapes_does_not_stay(name, kind):
    assert drawn(OTHERS[name], kind) is None
    masked = mask_sheet(f'.a{{background:url("{address(OTHERS[name], kind)}")}}')
    assert "jane" not in unquote(masked).lower()
    assert "fill-opacity" in masked


def test_what_is_no_svg_has_no_source():
    assert embedded_text("/icon.svg", 100) is None
    assert embedded_text("data:image/png;base64,AAAA", 100) is None
    assert drawing("/photo.png") is None


@pytest.mark.parametrize(
    "declaration",
    [
        'background: url("{}") no-repeat',
        'mask-image: url("{}")',
        "list-style-image: url({})",
        '--icon: url("{}")',
        'background-image: image-set("{}" 1x)',
    ],
)
def test_style_sheets_keep_icons_and_styles_of_elements_do_not(declaration):
    css = declaration.format(address(CHECK))
    masked = mask_sheet(f"i::before{{{css}}}")
    assert "M6.5.7L2.7 4.5 1.4 3.2z" in unquote(masked)
    assert mask_sheet(masked) == masked
    inline = mask_declarations(css)
    assert "M6.5" not in unquote(inline)
    assert mask_declarations(inline) == inline


@pytest.mark.parametrize("origin", ["jane", "4711px 0", "1px 2px 3px", "0.123px", ""])
def test_the_origin_of_a_turn_has_at_most_two_short_measures(origin):
    assert drawn(f"<svg {NS}><g transform-origin='{origin}'></g></svg>") is None


def test_other_images_become_a_layer_that_shows_what_is_below():
    masked = mask_sheet("body{background:#222 url(/paper.png);list-style-image:url(dot.gif)}")
    layer, dot = masked.partition("list")[::2]
    assert "width='3'" in dot
    assert "width='3'" not in layer
    assert masked.count("fill-opacity='.2'") == 2
    assert mask_sheet(masked) == masked
