"""Known leaks past blocks, through frames, images and canvas, and in CSS."""

import pytest
from helpers import add, change, incremental, remove, say, typed
from regressions.leaks import Leaks, name_of

from replay_redact import Policy

LEAKS = Leaks()
BLOCKED = Policy(block=".private", mask_all_text=False, mask_all_inputs=False)
OPEN = Policy.permissive()


@LEAKS.record(
    71,
    "getsentry/rrweb#49",
    "Below a parent blocked by a selector, new children were recorded; only classes were looked at.",
    policy=Policy(block="[data-private]", mask_all_text=False),
)
def child_of_a_parent_blocked_by_selector(page):
    block = page.element("div", {"data-private": ""}, page.text("Jane"))
    return [page.snapshot(block), add(block, page.element("p", {}, page.text("Jane")))]


@LEAKS.record(
    72, "rrweb-io/rrweb#894", "Interactions did not ask for blocking selectors.", policy=BLOCKED
)
def interaction_with_what_is_blocked(page):
    field = page.element("input", {"value": "Jane"})
    return [page.snapshot(page.element("div", {"class": "private"}, field)), typed(field, "Jane")]


@LEAKS.record(
    73, "rrweb-io/rrweb#452, #263", "Nobody looked at the parent of what was added.", policy=BLOCKED
)
def added_deep_inside_of_a_block(page):
    inner = page.element("p")
    block = page.element("div", {"class": "private"}, page.element("div", {}, inner))
    new = page.element("b")
    return [page.snapshot(block), add(inner, new), add(new, page.text("Jane"))]


@LEAKS.record(
    74,
    "rrweb-io/rrweb#867",
    "A node lost its block within a batch, and what followed was read wrongly.",
    policy=BLOCKED,
)
def block_that_ends_within_a_batch(page):
    text = page.text("Jane")
    block = page.element("div", {"class": "private"}, text)
    body = page.element("body", {}, block)
    batch = add(block, page.text("Jane"))
    batch["data"]["attributes"] = [{"id": block["id"], "attributes": {"class": ""}}]
    return [page.snapshot(body), batch, remove(body, block)]


@LEAKS.record(75, "getsentry/rrweb#201, #212, #240", "Documents of blocked frames were recorded.")
def document_of_a_blocked_frame(page):
    frame = page.element("iframe", {"class": "sentry-block"})
    text = page.text("Jane")
    attached = add(frame, page.document(page.element("body", {}, text)))
    attached["data"]["isAttachIframe"] = True
    return [page.snapshot(frame), attached, say(text, "Jane")]


@LEAKS.record(
    76,
    "getsentry/sentry-javascript#14760",
    "The content of a srcdoc frame was recorded.",
    policy=OPEN,
)
def frame_with_srcdoc(page):
    return [page.snapshot(page.element("iframe", {"srcdoc": "<p>Jane</p>"}))]


@LEAKS.record(77, "getsentry/sentry-replay#232, #236", "Images were clear while text was masked.")
def images(page):
    address = "https://a.example/Jane.png"
    plain = page.element("img", {"src": address, "srcset": f"{address} 2x", "alt": "Jane"})
    inlined = page.element("img", {"rr_dataURL": "data:image/svg+xml,Jane"})
    source = page.element("source", {"srcset": f"{address} 1x, {address}?w=2 2x"})
    return [
        page.snapshot(plain, inlined, page.element("picture", {}, source)),
        change(plain, src=address),
    ]


@LEAKS.record(
    78,
    "getsentry/sentry-javascript#18019",
    "Blocking all media left images that CSS shows, in sheets and in style attributes.",
)
def images_in_css(page):
    css = "background-image: url(https://a.example/Jane.png)"
    element = page.element("p", {"style": css})
    sheet = page.element(
        "style", {}, page.text(f"p {{ {css} }} q {{ cursor: image-set('Jane.png' 1x) }}")
    )
    return [page.snapshot(element, sheet), change(element, style={"background-image": "url(/Jane.png)"}),
            incremental(13, id=sheet["id"], index=[0], set={"property": "background", "value": "url(/Jane.png)"})]  # fmt: skip


@LEAKS.record(79, "getsentry/sentry-javascript#6519", "What a canvas shows could not be masked.")
def pixels_of_a_canvas(page):
    canvas = page.element("canvas", {"rr_dataURL": "data:image/png;base64,Jane"})
    blob = {"rr_type": "Blob", "data": [{"rr_type": "ArrayBuffer", "base64": "Jane"}]}
    draw = {"property": "drawImage", "args": [{"rr_type": "ImageBitmap", "args": [blob]}]}
    return [page.snapshot(canvas), incremental(9, id=canvas["id"], type=0, commands=[draw])]


@LEAKS.record(
    80,
    "PostHog/posthog-js#4270",
    "Text painted on a canvas was clear, and a second way around the mask led through rr_dataURL.",
    policy=OPEN,
)
def text_on_a_canvas(page):
    canvas = page.element("canvas")
    words = {"property": "fillText", "args": ["Jane", 0, 0]}
    return [page.snapshot(canvas), incremental(9, id=canvas["id"], type=0, commands=[words]),
            incremental(9, id=canvas["id"], type=0, property="strokeText", args=["Jane", 0, 0])]  # fmt: skip


SHEET = """
@import "https://a.example/a.css?Jane";
@namespace ns url("Jane:Jane");
/* Jane */
a::after { content: "Jane"; --user: Jane; background: image-set("Jane.png" 1x) }
[data-user="Jane"] { quotes: "Jane" "Jane" }
"""


@LEAKS.record(
    82,
    "grafana/pathfinder#1482",
    "Generated content, custom properties, imports, image sets and comments passed all masks.",
)
def everything_that_css_says(page):
    style = page.element("style", {}, page.text(SHEET))
    link = page.element("link", {"rel": "stylesheet", "_cssText": SHEET})
    rules = [{"rule": "a::before { content: 'Jane' }", "index": 0}]
    return [page.snapshot(style, link), incremental(8, id=style["id"], adds=rules),
            incremental(8, id=style["id"], replace=SHEET),
            incremental(15, id=1, styleIds=[1], styles=[{"styleId": 1, "rules": rules}])]  # fmt: skip


@LEAKS.record(
    84, "PostHog/posthog#65916", "Addresses in style text, and style text at all, passed."
)
def addresses_in_css(page):
    fonts = "@font-face { font-family: F; src: url(https://a.example/f.woff2?user=Jane#Jane) }"
    return [
        page.snapshot(
            page.element("style", {}, page.text(f"{fonts} p {{ mask: url(#a) url(/Jane.svg) }}"))
        )
    ]


@LEAKS.record(
    108,
    "getsentry/relay#1806",
    "Scrubbing style sheets by patterns broke them.",
    shows=["grid-template-areas", "4111 1111 1111 1111", "sans-serif"],
)
def css_still_lays_out(page):
    css = "p { order: 4111 1111 1111 1111; font-family: sans-serif; grid-template-areas: 'a b'; content: 'Jane' }"
    return [page.snapshot(page.element("style", {}, page.text(css)))]


@pytest.mark.parametrize("leak", LEAKS, ids=name_of)
def test_known_media_and_style_leaks(leak):
    leak.check()
