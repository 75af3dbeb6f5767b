"""The preview page in Chromium: nothing recorded runs or loads in a reviewer's browser."""

import html
import json

import pytest
from helpers import Page
from real_recordings import OWN, own

from browser.playing import keep_picture
from replay_redact import Policy, decode
from replay_redact.preview import preview_page, snapshot_documents
from replay_redact.preview.inert import CONTENT_POLICY

EVIL = "https://evil.example"
PATIENCE = 300  # tenths of a second for a hundred frames on a busy machine
RUN = f"document.title='run';new Image().src='{EVIL}/ran'"

# Ways to run a script or to fetch something: tag, attributes and text.
PAYLOADS = [
    ("script", {}, RUN),
    ("script", {"src": f"{EVIL}/a.js"}, ""),
    ("img", {"src": f"{EVIL}/a.png", "onerror": RUN}, ""),
    ("img", {"src": "data:image/png,x", "onerror": RUN}, ""),
    ("img", {"srcset": f"{EVIL}/b.png 1x"}, ""),
    ("svg", {"onload": RUN}, ""),
    ("iframe", {"src": f"{EVIL}/frame"}, ""),
    ("iframe", {"srcdoc": f"<script>{RUN}</script>"}, ""),
    ("iframe", {"src": f"javascript:{RUN}"}, ""),
    ("object", {"data": f"{EVIL}/o"}, ""),
    ("embed", {"src": f"{EVIL}/e"}, ""),
    ("video", {"src": f"{EVIL}/v", "onerror": RUN, "poster": f"{EVIL}/p.png"}, ""),
    ("audio", {"src": f"{EVIL}/u", "onerror": RUN}, ""),
    ("link", {"rel": "stylesheet", "href": f"{EVIL}/a.css"}, ""),
    ("link", {"rel": "icon", "href": f"{EVIL}/icon"}, ""),
    ("link", {"rel": "preconnect dns-prefetch", "href": EVIL}, ""),
    ("base", {"href": EVIL}, ""),
    ("meta", {"http-equiv": "refresh", "content": f"0;url={EVIL}/refresh"}, ""),
    ("form", {"action": f"{EVIL}/form", "id": "f"}, ""),
    ("button", {"formaction": f"{EVIL}/button", "autofocus": "", "onfocus": RUN}, ""),
    ("input", {"autofocus": "", "onfocus": RUN}, ""),
    ("details", {"open": "", "ontoggle": RUN}, ""),
    ("body", {"background": f"{EVIL}/body.png", "onload": RUN}, ""),
    ("table", {"background": f"{EVIL}/table.png"}, ""),
    ("style", {}, f"@import '{EVIL}/i.css'; body {{ background: url({EVIL}/s.png) }}"),
    ("style", {"_cssText": f"</style><script>{RUN}</script>"}, ""),
    ("style", {}, f'</style><img src=x onerror="{RUN}">'),
    ("p", {"style": f"background: url({EVIL}/inline.png)"}, ""),
    ("p", {"style": f"background: \\75rl({EVIL}/escaped.png)"}, ""),
    ("p", {"style": f'color: red"><script>{RUN}</script>'}, ""),
    ("p", {"class": f'"><script>{RUN}</script>'}, ""),
    ("p", {"alt": f"' onmouseover='{RUN}"}, ""),
    (f"p onclick={RUN}", {}, ""),
    (f"p><script>{RUN}</script", {}, ""),
    ("p", {f"x><script>{RUN}</script>": ""}, ""),
    ("p", {}, f"<script>{RUN}</script>"),
    ("textarea", {}, f"</textarea><script>{RUN}</script>"),
    ("textarea", {"value": f"</textarea><script>{RUN}</script>"}, ""),
    ("title", {}, f"</title><script>{RUN}</script>"),
    ("xmp", {}, f"</xmp><script>{RUN}</script>"),
    ("noscript", {}, f"</noscript><script>{RUN}</script>"),
    ("noembed", {}, f"</noembed><script>{RUN}</script>"),
    ("noframes", {}, f"</noframes><script>{RUN}</script>"),
    ("plaintext", {}, f"<script>{RUN}</script>"),
    ("template", {"shadowrootmode": "open"}, f"<script>{RUN}</script>"),
    ("math", {}, f"<mtext></mtext><mglyph><style><!--</style><img src onerror={RUN}>"),
    ("select", {}, f"</select><script>{RUN}</script>"),
    ("marquee", {"onstart": RUN}, "x"),
    ("animate", {"onbegin": RUN, "attributeName": "x", "dur": "1s"}, ""),
    ("a", {"href": f"javascript:{RUN}", "id": "x", "ping": EVIL}, "x"),
    ("portal", {"src": EVIL}, ""),
    ("rr-box", {"style": "--w: 1px;} </style>"}, ""),
]


def recording():
    """Return a recording that has every payload twice: in a common page, and in its own page."""
    page = Page()
    events = []
    for payloads in [PAYLOADS, *([payload] for payload in PAYLOADS)]:
        nodes = [
            page.element(tag, attributes, *([page.text(text)] if text else []))
            for tag, attributes, text in payloads
        ]
        events.append(page.snapshot(page.element("html", {}, page.element("body", {}, *nodes))))
    return json.dumps(events).encode()


@pytest.fixture
def reviewer(browser):
    """Return a page in a reviewer's browser; ``asked`` gathers what it tries to fetch."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.asked = []
    page.by = []

    def answer(route):
        page.asked.append(route.request.url)
        page.by.append((route.request.frame, route.request.url))
        route.fulfill(content_type="text/html", body="")

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: page.asked.append(dialog.message))
    page.on("popup", lambda popup: page.asked.append(f"popup {popup.url}"))
    yield page
    page.close()


def loaded(reviewer, page):
    """Return what a page asked for until half a second after its last frame was loaded."""
    reviewer.set_content(page, wait_until="load")
    for _ in range(PATIENCE):
        if all(frame.url for frame in reviewer.main_frame.child_frames):
            break
        reviewer.wait_for_timeout(100)
    for frame in reviewer.main_frame.child_frames:
        frame.wait_for_load_state("load")
    reviewer.wait_for_timeout(500)
    return [address for address in reviewer.asked if not address.startswith("data:")]


@pytest.mark.parametrize("policy", [Policy.permissive(), Policy.sentry()], ids=["open", "sentry"])
def test_a_hostile_recording_runs_and_loads_nothing(reviewer, policy):
    page = preview_page(recording(), policy, compare=True, title=f"</title><script>{RUN}</script>")
    assert loaded(reviewer, page) == []
    assert reviewer.title().startswith("</title>")
    assert len(reviewer.frames) == 1 + 2 * (1 + len(PAYLOADS))
    assert [frame.url for frame in reviewer.frames[1:]] == ["about:srcdoc"] * (
        len(reviewer.frames) - 1
    )


def test_the_allow_list_alone_runs_nothing(reviewer):
    """Without sandbox and content policy, only style sheets may still load something."""
    documents = [
        document.replace(CONTENT_POLICY, "") for document in snapshot_documents(decode(recording()))
    ]
    frames = "".join(
        f'<iframe srcdoc="{html.escape(document)}"></iframe>' for document in documents
    )
    assert set(loaded(reviewer, frames)) <= {f"{EVIL}/i.css", f"{EVIL}/s.png"}


def test_the_payloads_are_payloads(reviewer):
    """The control: put into frames without care, most of them run or load something."""
    frames = "".join(
        f'<iframe srcdoc="{html.escape(without_care(*payload))}"></iframe>' for payload in PAYLOADS
    )
    assert loaded(reviewer, frames) != []
    reached = {top(frame) for frame, address in reviewer.by if address.startswith(EVIL)}
    print(f"{len(reached)} of {len(PAYLOADS)} payloads reach out when nothing stops them")
    assert len(reached) > len(PAYLOADS) / 2


def without_care(tag, attributes, text):
    said = "".join(
        f""" {name}="{value.replace('"', "&quot;")}\"""" for name, value in attributes.items()
    )
    return f"<!doctype html><body><{tag}{said}>{text}</{tag}></body>"


def top(frame):
    """Return the frame of a payload that a request came from."""
    while frame.parent_frame.parent_frame is not None:
        frame = frame.parent_frame
    return frame


def test_what_a_reviewer_sees(reviewer):
    page = Page()
    body = page.element(
        "body", {},
        page.element("nav", {"class": "sentry-unmask"}, page.text("Shop")),
        page.element("p", {"style": "outline: none !important"}, page.text("Jane")),
        page.element("svg", {"width": "40", "height": "30"}, page.element("path", {})),
        page.element("canvas", {"width": "70", "height": "30", "rr_dataURL": "data:,x"}),
    )  # fmt: skip
    hostile = page.element(
        "style", {}, page.text("nav { outline: none !important; all: unset !important }")
    )
    data = [page.snapshot(page.element("html", {}, page.element("head", {}, hostile), body))]
    assert loaded(reviewer, preview_page(json.dumps(data).encode())) == []
    [_, frame] = reviewer.frames
    assert frame.locator("nav").evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    assert frame.locator("nav").get_attribute("title") == "shown in clear: unmask .sentry-unmask"
    assert frame.locator("p").inner_text() == "****"
    assert frame.locator("p").get_attribute("title") == "text: defaults of the policy"
    assert frame.locator("rr-box").inner_text() == "canvas"
    box = frame.locator("svg")
    assert box.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(200, 200, 200)"
    assert box.get_attribute("title") == "media: block_all_media"
    size = box.bounding_box()
    assert (size["width"], size["height"]) == (40, 30)


@pytest.mark.parametrize("recording", OWN[::4], ids=lambda r: r["file"])
def test_own_recordings_are_previewed(reviewer, recording):
    assert loaded(reviewer, preview_page(own(recording), compare=True)) == []
    keep_picture(reviewer, f"preview.{recording['page']}")
