"""Record a page in Chromium with masking off, redact, play: gray boxes where media was, all else in place."""

import base64
import json
import struct
import zlib

import pytest
from helpers import Page

from browser.places import RECORDERS, bundle
from browser.playing import PLAY_IN_PLAYER, READ, accessible, boxes, keep_picture, play
from replay_redact import redact_bytes

# No vowel, so that no word has them. In the page, `{n}` stands for the nth.
SECRETS = [f"kdwqz{number:02}" for number in range(20)]


def png(width, height):
    """Return a black picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" * (width + 1)) * height)
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PNG = f"data:image/png;base64,{base64.b64encode(png(48, 32)).decode()}"

# Fixed sizes and a monospaced font, so that asterisks are as wide as letters: whatever moves here
# moves for another reason.
SITE = """<!doctype html><title>{0}</title>
<style>
  * {{ font: 16px/20px monospace; }}
  body {{ margin: 8px; width: 900px; }}
  .name::after {{ content: "{1}"; }}
  .photo {{ width: 120px; height: 60px; background: url("/{2}.png") teal; }}
  canvas {{ display: block; }}
</style>
<h1 title="{3}">Hello {4}, it is now open</h1>
<p class=name data-user="{5}">Dear </p>
<p aria-label="{6}">Two lines that are <b>rather {7}</b> long, so that they are wrapped at the end of the
line, as lines of text usually are.</p>
<div><img id=img width=120 height=80 src="/{8}.png" alt="{9}"></div>
<div><img id=inlined src="{png}" alt=""></div>
<div><video id=video width=160 height=90 src="/{10}.mp4" controls></video></div>
<div><video id=silent width=96 height=54 poster="/{11}.png"></video></div>
<div><audio id=audio controls src="/{12}.mp3"></audio></div>
<div><svg id=svg width=64 height=64><text y=20>{13}</text><circle r=9 /></svg></div>
<div><object id=object width=80 height=60 data="/{14}.svg" type="image/svg+xml">{14}</object></div>
<div><embed id=embed width=70 height=50 src="/{15}.svg" type="image/svg+xml"></div>
<div class=photo></div>
<div id=region class=sentry-block style="width: 150px; height: 40px">{16}</div>
<form><input id=field value="{17}" placeholder="{18}"><button type=button>Send {19}</button></form>
<footer>The end</footer>
"""

ADDRESS = "https://site.example/"
MEDIA = ["img", "inlined", "video", "silent", "audio", "svg", "object", "embed", "region"]

RECORD = """
async () => {
  window.events = [];
  window.rrweb.record({
    emit: (event) => window.events.push(event), maskAllInputs: false, maskAllText: false,
    maskInputOptions: {}, blockClass: "nothing", inlineImages: false,
  });
  await new Promise((done) => setTimeout(done, 100));
  return window.events;
}
"""

IDS = """(names) => names.map((name) => window.rrweb.record.mirror.getId(document.getElementById(name)))"""

# The colors of points of a picture.
COLORS = """
async ([picture, points]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  return points.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)]);
}
"""

GRAY = 200


SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='60'><rect width='9' height='9'/></svg>"


def serve(route):
    """Be the network of the site."""
    address = route.request.url
    if address == ADDRESS:
        route.fulfill(content_type="text/html", body=SITE.format(*SECRETS, png=PNG))
    elif address.endswith(".svg"):
        route.fulfill(content_type="image/svg+xml", body=SVG)
    elif address.endswith(".png"):
        route.fulfill(content_type="image/png", body=png(30, 20))
    else:
        route.abort()


@pytest.fixture(scope="module", params=RECORDERS)
def recorded(browser, request):
    """Return a recording, the ids of its media, and the boxes that they had when recorded."""
    folder = RECORDERS[request.param]
    if not folder.exists():
        pytest.skip("no rrweb: run npm ci in tests/recorder")
    page = browser.new_page(viewport={"width": 1000, "height": 1200})
    page.route("**/*", serve)
    page.goto(ADDRESS)
    page.add_script_tag(content=bundle(folder, "rrweb"))
    events = page.evaluate(RECORD)
    ids = dict(zip(MEDIA, page.evaluate(IDS, MEDIA), strict=True))
    live = boxes(page)
    page.close()
    return json.dumps(events).encode(), ids, live, request.param


def moved(before, after, tolerance):
    """Return the ids in both whose boxes differ by more than a tolerance in pixels."""
    return [
        at
        for at in before.keys() & after.keys()
        if any(abs(a - b) > tolerance for a, b in zip(before[at], after[at], strict=True))
    ]


def readable(page):
    return (page.evaluate(READ) + accessible(page)).lower()


def test_a_page_is_recorded_redacted_and_played(stock_player, recorded):
    raw, ids, live, recorder = recorded
    name = f"live.{recorder}.{stock_player.name}"
    stock_player.route(f"{ADDRESS}**", serve)
    play(stock_player, raw, PLAY_IN_PLAYER)
    unredacted = boxes(stock_player)
    seen = readable(stock_player)
    assert [secret for secret in SECRETS if secret not in seen] == []  # the control
    keep_picture(stock_player, f"{name}.before")

    stock_player.unroute(f"{ADDRESS}**")
    assert play(stock_player, redact_bytes(raw), PLAY_IN_PLAYER) == []
    shown = readable(stock_player)
    assert [secret for secret in SECRETS if secret in shown] == []
    played = boxes(stock_player)
    assert moved(unredacted, played, 1) == []
    media = {str(at): live[str(at)] for at in ids.values()}
    assert {at: played[at][2:] for at in media} == {
        at: pytest.approx(box[2:], abs=1) for at, box in media.items()
    }
    picture = keep_picture(stock_player, f"{name}.after")
    assert (
        not_gray(stock_player, picture, {name: played[str(at)] for name, at in ids.items()}) == {}
    )


SCALE = """
() => {
  const { x, y, width } = window.replayer.iframe.getBoundingClientRect();
  return [x, y, width / window.replayer.iframe.offsetWidth];
}
"""


def not_gray(page, picture, boxes):
    """Return the boxes that are another color at one of nine points, with the colors."""
    left, top, scale = page.evaluate(SCALE)
    points = [
        (name, round(left + (x + width * across) * scale), round(top + (y + height * down) * scale))
        for name, (x, y, width, height) in boxes.items()
        for across in (0.1, 0.5, 0.9)
        for down in (0.15, 0.5, 0.85)
    ]
    encoded = base64.b64encode(picture).decode()
    colors = page.evaluate(COLORS, [encoded, [[x, y] for _, x, y in points]])
    return {
        name: color
        for (name, _, _), color in zip(points, colors, strict=True)
        if any(abs(part - GRAY) > 1 for part in color)
    }


def test_the_check_of_colors_sees_what_is_not_gray(player):
    page = Page()
    body = page.element("body", {"style": "background: teal"}, page.text("x"))
    play(player, json.dumps([
        {"type": 4, "timestamp": 0, "data": {"href": "", "width": 300, "height": 200}},
        page.snapshot(page.element("html", {}, body)),
    ]).encode())  # fmt: skip
    assert not_gray(player, player.screenshot(), {"x": [20, 20, 50, 50]}) == {"x": [0, 128, 128]}
