"""Attributes, one by one: what stays, what is masked, what is removed."""

import pytest
from helpers import OPEN, Page, attributes_of, change, children, mutation, redact, report

from replay_redact import Policy
from replay_redact._masks.media import BLOCK_STYLE, PLAYED_STYLE, UNKNOWN, Size, gray_image
from replay_redact._page import attributes as engine_attributes

GRAY = gray_image()
GIF = "data:image/gif;base64,R0lGODlhAgADAIAAAAAAAP///ywAAAAAAgADAAACAgRRADs="
GIF_GRAY = gray_image(Size(2, 3))
GONE = "(no attribute)"

URL, MASKED_URL = "https://a.example/jane?q=roe#x", "https://a.example/****?q=***#*"

DEFAULTS = {
    # structure stays
    "class": [("p", "jane roe", "jane roe"), ("p", "order-4711123 mjx-c1D44E css-123456a", "order-0000000 mjx-c00000 css-123456a")],
    "CLASS": [("p", "order-4711123", "order-0000000")],
    "id": [("p", "jane", "jane"), ("p", 5, 0), ("p", "order-4711123", "order-0000000"), ("p", "data-v-12345678", "data-v-12345678")],
    "for": [("label", "jane", "jane")],
    "type": [("input", "checkbox", "checkbox"), ("input", "Jane", "****"), ("input", 5, 0), ("input", True, True)],
    "width": [("p", "40px", "40px"), ("p", 40, 40), ("p", 1.5, 1.5), ("p", "jane", "****"), ("p", [1], GONE)],
    "rr_scrollTop": [("p", 10, 10), ("p", "10", "10")],
    "d": [("path", "M0 0L1 1", "M0 0L1 1"), ("path", "jane", "****")],
    "lang": [("p", "en-US", "en-US"), ("p", "jane", "****"), ("p", "en-US-jane", "**********")],
    "name": [("slot", "jane", "jane"), ("input", "jane", "****"), ("slot", "jane roe", "**** ***"), ("slot", "s-4711123", "s-0000000")],
    # flags and state
    "disabled": [("input", "", ""), ("input", "jane", ""), ("input", True, True), ("input", False, False), ("input", 5, True),
                 ("input", {}, GONE)],
    "data-sentry-mask": [("p", "jane", "")],
    "rr_mediaMuted": [("p", False, False)],
    "checked": [("input", True, True), ("input", "", ""), ("input", "checked", "checked"), ("input", "jane", "true"),
                ("input", False, False), ("input", 5, True), ("input", [], GONE)],
    "selected": [("option", True, True), ("option", "FALSE", "FALSE"), ("option", "selected", "selected")],
    # text
    "title": [("p", "Jane Roe", "**** ***"), ("p", "", ""), ("p", True, True), ("p", False, True), ("p", 41, 0), ("p", 1.5, 0),
              ("p", {"a": "Jane"}, GONE), ("p", ["Jane"], GONE), ("p", None, None)],
    "data-user": [("p", "Jane", "****")],
    "placeholder": [("input", "Jane", "****")],
    "content": [("meta", "Jane", "****")],
    "data-x": [("p", "Jane", "****")],
    "xlink:title": [("a", "Jane", "****")],
    # addresses
    "href": [("a", URL, MASKED_URL), ("a", "mailto:jane", "mailto:****"), ("a", "javascript:x", "javascript:*"), ("use", "#icon", "#icon"), ("use", "#icon-4711123", "#icon-0000000"),
             ("use", "sprite.svg#jane", "**********#****"), ("a", "#jane", "#****"), ("a", 5, 0), ("a", None, None)],
    "xlink:href": [("use", "#icon", "#icon"), ("a", URL, MASKED_URL)],
    "action": [("form", URL, MASKED_URL)],
    "cite": [("q", URL, MASKED_URL)],
    # media
    "src": [("img", "jane.png", GRAY), ("img", GIF, GIF_GRAY), ("img", "", GRAY), ("img", GRAY, GRAY), ("input", "jane.png", GRAY),
            ("source", "jane.mp4", GRAY), ("script", URL, MASKED_URL), ("iframe", URL, "about:blank"), ("frame", "about:blank", "about:blank")],
    "srcset": [("img", "jane.png 2x", "")],
    "imagesrcset": [("link", "jane.png 2x", "")],
    "background": [("body", "jane.png", GRAY)],
    "poster": [("p", "jane.png", GRAY)],
    "data": [("p", "jane.pdf", GRAY)],
    "rr_dataURL": [("p", GIF, GONE)],
    "rr_src": [("iframe", URL, "about:blank")],
    # CSS and code
    "style": [("p", "--x: Jane; color: red", "--x: ××××; color: red"), ("p", "", "")],
    "_cssText": [("style", "a{content:'Jane'}", "a{content:'****'}")],
    "value": [("input", "a b", "***"), ("textarea", "Jane", "****"), ("select", "Jane", "****"), ("option", "a b", "***"),
              ("button", "a b", "* *"), ("li", "5", "*"), ("progress", 5, 0)],
    "srcdoc": [("iframe", "<p>Jane", "")],
    "nonce": [("script", "Jane", "")],
    "integrity": [("link", "Jane", "")],
    "onclick": [("p", "jane()", ""), ("p", "", "")],
    "_onclick": [("p", "jane()", "")],
    "onfocusin": [("p", "jane()", "")],
    # names that are not public
    "x-unheard-of": [("p", "Jane", GONE), ("p", None, GONE), ("p", 41, GONE), ("p", {}, GONE)],
    "onJane": [("p", "jane()", GONE)],
    "roe's": [("p", "", GONE), ("p", True, GONE)],
    "diabetes": [("a", "", GONE)],
    "data-4711123": [("p", "", GONE)],
    # identifiers
    "aria-describedby": [("p", "name-label name-help", "name-label name-help"), ("p", "Jane Roe has diabetes", "**** *** *** ********")],
    "headers": [("td", "c1 c2", "c1 c2"), ("td", "Jane 4111 1111", "**** **** ****")],
    "list": [("input", "cities", "cities"), ("input", "jane@a.example", "*" * 14), ("input", "list-4711123", "list-0000000")],
    "slot": [("p", "side", "side"), ("p", "Jane Roe", "**** ***"), ("p", "s-4711123", "s-0000000")],
    "part": [("p", "thumb track", "thumb track"), ("p", "it's jane", "**** ****")],
    # letter case of names does not matter
    "HREF": [("a", URL, MASKED_URL)],
    "STYLE": [("p", "--x: Jane", "--x: ××××")],
    "SrcDoc": [("p", "Jane", "")],
    "Src": [("img", "jane.png", GRAY)],
    "_CSSTEXT": [("p", "Jane", "****")],
    "Title": [("p", "Jane", "****")],
}  # fmt: skip
ROWS = [(tag, name, *case) for name, cases in DEFAULTS.items() for tag, *case in cases]


@pytest.mark.parametrize(("tag", "name", "value", "masked"), ROWS, ids=str)
def test_the_default(tag, name, value, masked):
    found = attributes_of(tag, {name: value})
    assert found == ({} if masked is GONE else {name: masked})
    assert type(found.get(name)) is type(None if masked is GONE else masked)
    assert attributes_of(tag, found) == found


@pytest.mark.parametrize(("tag", "name", "value", "masked"), ROWS, ids=str)
def test_a_change_is_masked_like_a_snapshot(tag, name, value, masked):
    page = Page()
    element = page.element(tag)
    event = change(element)
    event["data"]["attributes"][0]["attributes"] = {name: value}
    found = redact([page.snapshot(element), event])[1:]
    if masked is GONE:
        assert found == []
    else:
        assert found[0]["data"]["attributes"][0]["attributes"] == {name: masked}


LINKS = [
    ("stylesheet", "/css/a.css?v=jane", "/css/a.css?v=****"), ("StyleSheet", "/a.css", "/a.css"), ("icon", "/jane.png", ""),
    ("shortcut icon", "/jane.png", ""), ("apple-touch-icon", "/jane.png", ""), ("next", "/jane", "/****"), ("stylesheet jane", "/jane", "/****"),
]  # fmt: skip


@pytest.mark.parametrize(("rel", "href", "masked"), LINKS)
def test_links(rel, href, masked):
    assert attributes_of("link", {"rel": rel, "href": href})["href"] == masked


def test_links_to_fonts_keep_their_path():
    font = {"rel": "preload", "as": "font", "href": "/f/inter.woff2?u=jane"}
    assert attributes_of("link", font)["href"] == "/f/inter.woff2?u=****"


def test_an_icon_is_an_address_where_media_is_shown():
    icon = {"rel": "icon", "href": "/jane.png"}
    assert attributes_of("link", icon, OPEN)["href"] == "/****.***".replace(".", "*")


STYLE_OBJECTS = [
    ({"color": "red"}, {"color": "red"}), ({"content": "'Jane'"}, {"content": "'****'"}), ({"--x": "Jane"}, {"--x": "××××"}),
    ({"color": ["red", "important"]}, {"color": ["red", "important"]}), ({"color": ["red", ""]}, {"color": ["red", ""]}),
    ({"--x": ["Jane", "important"]}, {"--x": ["××××", "important"]}), ({"color": False}, {"color": False}),
    ({"color": ["red", "jane"]}, {}), ({"color": True}, {}), ({"color": 5}, {}), ({"color": {"a": "Jane"}}, {}), ({"color": ["Jane"]}, {}),
    ({"jane roe": "x", "color": "red"}, {"color": "red"}), ({}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("value", "masked"), STYLE_OBJECTS, ids=str)
def test_style_objects(value, masked):
    page = Page()
    element = page.element("p")
    for before, after in ((value, masked), (masked, masked)):
        _, event = redact([page.snapshot(element), change(element, style=before)])
        assert event["data"]["attributes"][0]["attributes"] == {"style": after}


def test_a_style_that_is_a_list_is_removed():
    assert attributes_of("p", {"style": ["Jane"]}) == {}


# --- options ------------------------------------------------------------------------------

OPTIONS = [
    ("p", {"title": "Jane"}, {"mask_all_text": False}, {"title": "Jane"}),
    ("input", {"value": "Jane"}, {"mask_all_text": False}, {"value": "****"}),
    ("input", {"value": "Jane"}, {"mask_all_inputs": False}, {"value": "Jane"}),
    ("button", {"value": "Jane"}, {"mask_all_inputs": False}, {"value": "****"}),
    ("img", {"src": GIF, "alt": "Jane"}, {"block_all_media": False}, {"src": GIF, "alt": "****"}),
    ("img", {"src": "https://a.example/x.png?u=jane"}, {"block_all_media": False}, {"src": "https://a.example/x.png?u=****"}),
    ("img", {"src": "data:text/html,Jane"}, {"block_all_media": False}, {"src": "data:,"}),
    ("img", {"srcset": "jane.png 2x"}, {"block_all_media": False}, {"srcset": ""}),
    ("img", {"srcset": "jane.png 2x"}, {"block_all_media": False, "mask_urls": False}, {"srcset": "jane.png 2x"}),
    ("img", {"src": "x.png", "class": "u"}, {"show_media": ".u"}, {"src": "x.png", "class": "u"}),
    ("canvas", {"rr_dataURL": GIF}, {"block_all_media": False}, {"rr_dataURL": GIF}),
    ("iframe", {"rr_src": URL}, {"block_all_media": False}, {"rr_src": "https://a.example/jane?q=***#*"}),
    ("a", {"href": URL}, {"mask_urls": False}, {"href": URL}),
    ("p", {"style": "--x: Jane"}, {"mask_css": False}, {"style": "--x: Jane"}),
    ("style", {"_cssText": "a{content:'Jane'}"}, {"mask_css": False}, {"_cssText": "a{content:'Jane'}"}),
    ("p", {"onclick": "jane()", "srcdoc": "Jane", "disabled": "Jane"}, {"mask_all_text": False}, {"onclick": "", "srcdoc": "", "disabled": ""}),
    ("input", {"checked": True, "selected": "x", "class": "a"}, {"hide_state": True}, {"class": "a"}),
    ("p", {"title": "Jane Roe", "data-x": ""}, {"hide_length": True}, {"title": "***", "data-x": ""}),
    ("a", {"href": URL}, {"hide_length": True}, {"href": "https://a.example/***?q=***#***"}),
    ("p", {"class": "jane"}, {"mask_attributes": "class"}, {"class": "****"}),
    ("p", {"class": "jane", "id": "jane"}, {"mask_all_text": False, "mask_attributes": "class"}, {"class": "****", "id": "jane"}),
    ("p", {"title": "Jane", "alt": "Roe"}, {"mask_all_text": False, "mask_attributes": ["title"]}, {"title": "****", "alt": "Roe"}),
    ("a", {"href": URL}, {"mask_urls": False, "mask_attributes": "href"}, {"href": MASKED_URL}),
    ("input", {"value": "Jane"}, {"mask_all_inputs": False, "mask_attributes": "value"}, {"value": "****"}),
    ("p", {"width": 40}, {"mask_attributes": "width"}, {"width": 0}),
    ("p", {"jane": "x", "Roe": 1}, {"mask_attributes": ["jane", "ROE"]}, {"jane": "*", "Roe": 0}),
    ("p", {"jane": "x", "roe": "y"}, {"unmask": "[jane]", "mask_all_text": False}, {"jane": "x"}),
    ("p", {"id": "order-4711123"}, {"mask": "#order-4711123"}, {"id": "order-4711123"}),
    ("p", {"class": "a order-4711123 b-4711123"}, {"mask": ".order-4711123", "hide_length": True}, {"class": "a order-4711123 b-0000000"}),
    ("img", {"src": GIF, "alt": "Jane", "title": "Jane", "data-x": "Jane", "aria-label": "Jane", "class": "x"}, {"mask_all_text": False},
     {"src": GIF_GRAY, "alt": "****", "title": "****", "data-x": "****", "aria-label": "****", "class": "x"}),
    ("img", {"src": "x.png", "alt": "Jane"}, {"mask_all_text": False, "block_all_media": False}, {"src": "x.png", "alt": "Jane"}),
    ("img", {"src": "x.png", "alt": "Jane"}, {"mask_all_text": False, "show_media": "img"}, {"src": "x.png", "alt": "Jane"}),
    ("input", {"type": "image", "src": "x.png", "alt": "Jane"}, {"mask_all_text": False}, {"type": "image", "src": GRAY, "alt": "****"}),
    ("input", {"type": "search", "placeholder": "Find"}, {"mask_all_text": False}, {"type": "search", "placeholder": "Find"}),
    ("iframe", {"title": "Jane", "src": "/x"}, {"mask_all_text": False}, {"title": "****", "src": "about:blank"}),
    ("area", {"alt": "Jane", "coords": "0,0,9,9"}, {"mask_all_text": False}, {"alt": "****", "coords": "0,0,9,9"}),
    ("source", {"title": "Jane"}, {"mask_all_text": False}, {"title": "****"}),
    ("p", {"title": "Jane", "alt": "Roe"}, {"allow_attributes": "title"}, {"title": "Jane", "alt": "***"}),
    ("p", {"TITLE": "Jane"}, {"allow_attributes": "Title"}, {"TITLE": "Jane"}),
    ("p", {"data-test": "Jane", "data-user": "Roe"}, {"allow_attributes": "data-test*"}, {"data-test": "Jane", "data-user": "***"}),
    ("p", {"data-test": "Jane", "data-user": "Roe"}, {"allow_attributes": "data-*"}, {"data-test": "Jane", "data-user": "Roe"}),
    ("p", {"title": "Jane"}, {"allow_attributes": "p@title"}, {"title": "Jane"}),
    ("b", {"title": "Jane"}, {"allow_attributes": ["p@title", ".x@title"]}, {"title": "****"}),
    ("b", {"title": "Jane", "class": "x"}, {"allow_attributes": ["p@title", ".x@title"]}, {"title": "Jane", "class": "x"}),
    ("p", {"title": "Jane", "class": "x"}, {"allow_attributes": "title", "mask": ".x"}, {"title": "Jane", "class": "x"}),
    ("p", {"title": "Jane"}, {"allow_attributes": "title", "mask_attributes": "title"}, {"title": "****"}),
    ("p", {"title": "Jane", "class": "x"}, {"allow_attributes": "title", "never_unmask": ".x"}, {"title": "****", "class": "x"}),
    ("p", {"jane-roe": "x"}, {"allow_attributes": "jane-roe"}, {"jane-roe": "x"}),
    ("p", {"jane-roe": "x"}, {"allow_attributes": "b@jane-*"}, {"jane-roe": "*"}),
    ("p", {"data-x": "jane@shop.example"}, {"allow_attributes": "data-x"}, {"data-x": "[email]"}),
    ("p", {"data-key": "4711"}, {"allow_attributes": "data-key"}, {"data-key": "4711"}),
    ("p", {"tabindex": "Jane"}, {"allow_attributes": "tabindex"}, {"tabindex": "Jane"}),
    ("img", {"alt": "Jane", "src": GIF}, {"allow_attributes": "alt"}, {"alt": "****", "src": GIF_GRAY}),
    ("img", {"alt": "Jane", "src": GIF}, {"allow_attributes": "alt", "show_media": "img"}, {"alt": "Jane", "src": GIF}),
    ("input", {"placeholder": "Jane", "value": "Roe"}, {"allow_attributes": "placeholder"}, {"placeholder": "Jane", "value": "***"}),
    ("input", {"type": "password", "title": "Jane"}, {"allow_attributes": "title"}, {"type": "password", "title": "****"}),
    ("input", {"name": "cvv", "title": "Jane"}, {"allow_attributes": ["title", "name"]}, {"name": "***", "title": "****", "data-rr-is-password": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "attributes", "options", "masked"), OPTIONS, ids=str)
def test_options(tag, attributes, options, masked):
    found = attributes_of(tag, attributes, Policy(**options))
    assert found == masked
    assert attributes_of(tag, found, Policy(**options)) == masked


def test_what_is_dropped_for_its_name_is_counted():
    page = Page()
    nodes = [
        page.element("a", {"title": "", "roe's": "", "diabetes": "", "href": "/x"})
        for _ in range(3)
    ]
    top = page.element("b", {"jane": None}, isShadow=True)
    node = {"id": nodes[0]["id"], "attributes": {"jane": 1, "roe": None}}
    events = [page.snapshot(*nodes, top), mutation(attributes=[node])]
    assert redact(events) == redact(redact(events))
    [event] = redact(events)
    assert [list(node["attributes"]) for node in children(event)] == [["title", "href"]] * 3 + [[]]
    assert report(events).dropped == {"attribute name": 9, "Mutation": 1}


def test_attributes_follow_the_elements_own_level():
    page = Page()
    inner = page.element("p", {"class": "sentry-mask", "title": "Jane"})
    outer = page.element("div", {"class": "sentry-unmask", "title": "Roe"}, inner)
    [event] = redact([page.snapshot(outer)])
    found = children(event)[0]
    assert found["attributes"]["title"] == "Roe"
    assert found["childNodes"][0]["attributes"]["title"] == "****"


def test_no_attribute_below_a_block_or_of_an_unknown_node_is_allowed():
    page = Page()
    box = page.element("p", {"class": "sentry-block", "title": "Jane"})
    policy = Policy(allow_attributes="title")
    snapshot, unknown = redact([page.snapshot(box), change({"id": 99}, title="Jane")], policy)
    assert "title" not in children(snapshot)[0]["attributes"]
    assert unknown["data"]["attributes"] == [{"id": 99, "attributes": {"title": "****"}}]


def test_an_allowed_attribute_follows_the_class_of_its_element():
    page = Page()
    node = page.element("p", {"class": "x", "title": "Jane"})
    events = [page.snapshot(node), change(node, **{"class": "y"}), change(node, title="Roe")]
    policy = Policy(allow_attributes=".x@title")
    snapshot, _, last = redact(events, policy)
    assert children(snapshot)[0]["attributes"]["title"] == "Jane"
    assert last["data"]["attributes"][0]["attributes"] == {"title": "***"}


# --- the gray box --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "masked"),
    [("", BLOCK_STYLE), ("width: 9px", f"width: 9px; {BLOCK_STYLE}"), ("width: 9px;", f"width: 9px; {BLOCK_STYLE}"),
     ("--x: Jane", f"--x: ××××; {BLOCK_STYLE}"), (BLOCK_STYLE, BLOCK_STYLE), (f"top: 0; {BLOCK_STYLE}", f"top: 0; {BLOCK_STYLE}")],
)  # fmt: skip
def test_a_blocked_element_is_gray(style, masked):
    assert attributes_of("p", {"class": "rr-block", "style": style})["style"] == masked


def test_a_blocked_element_keeps_class_id_and_size():
    attributes = {"class": "rr-block", "id": "x", "width": "40", "height": "30", "rr_width": "40px", "title": "Jane", "href": URL,
                  "onclick": "jane()", "checked": True, "data-x": "Jane"}  # fmt: skip
    assert attributes_of("a", attributes) == {
        "class": "rr-block", "id": "x", "width": "40", "height": "30", "rr_width": "40px", "style": BLOCK_STYLE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "masked"),
    [({"src": GIF}, GIF_GRAY), ({"src": "jane.png"}, GRAY), ({}, GRAY), ({"src": 5}, GRAY)],
    ids=str,
)
def test_a_blocked_image_is_a_gray_image(source, masked):
    assert attributes_of("img", {"class": "rr-block", **source})["src"] == masked


@pytest.mark.parametrize("tag", ["video", "audio"])
@pytest.mark.parametrize("style", ["", "width: 9px", BLOCK_STYLE, PLAYED_STYLE])
def test_a_box_with_controls_is_gray_all_over(tag, style):
    """Browsers draw black controls over the background of a video without an address."""
    once = attributes_of(tag, {"style": style, "controls": "jane", "src": "jane.mp4"})
    assert once["style"].endswith(PLAYED_STYLE)
    assert once["controls"] == ""  # without it, audio is not there at all
    assert "src" not in once
    assert attributes_of(tag, once) == once


def test_a_drawing_keeps_its_shape():
    """Without its own size, it is as wide as it can be, and high in proportion."""
    assert attributes_of("svg", {"viewBox": "0 0 16 16"})["viewBox"] == "0 0 16 16"
    assert attributes_of("svg", {"viewBox": "0 0 Jane"})["viewBox"] == "* * ****"


def test_an_embedded_object_is_a_box():
    """Browsers do not show an image without an address."""
    assert attributes_of("embed", {"src": "jane.swf"})["src"] == "about:blank"
    assert attributes_of("embed", {})["src"] == "about:blank"


@pytest.mark.parametrize(
    ("change_of", "passed"),
    [({"class": "rr-block x"}, {"class": "rr-block x"}), ({"style": "--x: Jane"}, {"style": f"--x: ××××; {BLOCK_STYLE}"}),
     ({"width": "50", "title": "Jane"}, {"width": "50"}), ({"title": "Jane", "src": "jane.png"}, None), ({"style": {"--x": "Jane"}}, None),
     ({"style": None}, None)],
    ids=str,
)  # fmt: skip
def test_of_a_change_to_a_blocked_element_only_the_box_passes(change_of, passed):
    page = Page()
    box = page.element("p", {"class": "rr-block"})
    found = redact([page.snapshot(box), change(box, **change_of)])[1:]
    assert [event["data"]["attributes"][0]["attributes"] for event in found] == (
        [] if passed is None else [passed]
    )


def test_a_flag_that_a_selector_compares_says_nothing_else():
    found = attributes_of("p", {"hidden": "Jane Roe"}, Policy(mask="[hidden=x]"))
    assert "Jane" not in found["hidden"]


def test_a_box_is_gray_under_every_policy():
    found = attributes_of("p", {"class": "rr-block", "style": "--x: Jane"}, Policy.permissive())
    assert found["style"] == f"--x: ××××; {BLOCK_STYLE}"


def test_a_name_that_was_text_in_one_place_is_judged_anew_in_another():
    page = Page()
    shown = page.element("div", {"class": "sentry-unmask"}, page.element("p", {"title": "Menu"}))
    nodes = [
        page.element("p", {"title": "Jane", "name": "Roe"}),
        page.element("p", {"title": "Ann"}),
        page.element("slot", {"name": "top", "title": "Sue"}),
        shown,
    ]
    first, second, slot, region = children(redact([page.snapshot(*nodes)])[0])
    assert first["attributes"] == {"title": "****", "name": "***"}
    assert second["attributes"] == {"title": "***"}
    assert slot["attributes"] == {"name": "top", "title": "***"}
    assert region["childNodes"][0]["attributes"] == {"title": "Menu"}


# --- literals of selectors -------------------------------------------------------------------

LITERALS = [
    ("[data-x=Jane]", "Jane", "Jane", "Jane"), ("[data-x=Jane]", "Roe", "***", "***"), ("[data-x~=a]", "x a y", "**a**", "*** a"),
    ("[data-x|=en]", "en-jane", "en-****", "en-***"), ("[data-x^=pub]", "pub jane", "pub*****", "pub***"),
    ("[data-x$=pub]", "jane pub", "*****pub", "***pub"), ("[data-x*=pub]", "a pub b", "**pub**", "***pub***"),
    ("[data-x*=PUB i]", "a pub b", "**PUB**", "***PUB***"), ("[data-x~=A i]", "x a y", "**A**", "*** A"),
    ("[data-x]", "Jane", "****", "***"), ("[data-x='']", "Jane", "****", "***"),
]  # fmt: skip


@pytest.mark.parametrize(("selector", "value", "masked", "hidden"), LITERALS)
def test_literals_of_selectors_stay(selector, value, masked, hidden):
    for policy, expected in (
        (Policy(mask=selector), masked),
        (Policy(mask=selector, hide_length=True), hidden),
    ):
        found = attributes_of("p", {"data-x": value}, policy)["data-x"]
        assert found.replace("*", "").split() == expected.replace("*", "").split()
        assert len(found) == len(expected)
        assert attributes_of("p", {"data-x": found}, policy)["data-x"] == found


def test_a_literal_with_an_unusual_space_lets_nothing_else_stay():
    policy = Policy(mask="[data-x~='a\u00a0b']")
    assert "Jane" not in attributes_of("p", {"data-x": "a\u00a0b Jane"}, policy)["data-x"]


@pytest.mark.parametrize(
    ("kind", "masked"),
    [
        ("submit", "**** ***"),
        ("RESET", "**** ***"),
        ("button", "**** ***"),
        (" submit", "********"),
        ("text", "********"),
    ],
)
def test_labels_of_buttons_keep_their_white_space(kind, masked):
    assert attributes_of("input", {"type": kind, "value": "Jane Roe"})["value"] == masked
    hidden = Policy(mask_attributes=["type"])  # then the output does not tell that it is a button
    assert (
        attributes_of("input", {"type": kind, "value": "Jane Roe"}, hidden)["value"] == "********"
    )


def test_what_is_remembered_of_names_is_bounded(monkeypatch):
    monkeypatch.setattr(engine_attributes, "_MAX_NAMES", 0)
    assert attributes_of("p", {"data-x": "Jane", "jane": ""}) == {"data-x": "****"}


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("url(#sky-1)", "url(#sky-1)"),
        ("url('#sky-4711123') none", "url(#sky-0000000) none"),
        ("url(#Jane Roe)", "********* ****"),
        ("url(https://a.example/b.svg#c)", "******************************"),
        ("#123456", "#123456"),
        ("none", "none"),
        ("Jane", "****"),
    ],
)
def test_a_drawing_keeps_what_it_is_painted_with(value, masked):
    policy = Policy(show_media=["svg"])
    for name in ("fill", "stroke", "clip-path", "mask", "filter", "marker-end"):
        page = Page()
        path = page.element("path", {name: value})
        [event] = redact([page.snapshot(page.element("svg", {}, path))], policy)
        assert children(event)[0]["childNodes"][0]["attributes"] == {name: masked}
        assert redact([event], policy) == [event]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ({"width": "1200", "height": "630"}, Size(1200, 630)),
        ({"width": "40px", "height": "30"}, Size(40, 30)),
        ({"width": "100%", "height": "30"}, UNKNOWN),
        ({"width": "40"}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_gray_image_has_the_ratio_that_its_attributes_tell(attributes, size):
    shown = attributes_of("img", {**attributes, "src": "https://a.example/jane.png"})
    assert shown == {**attributes, "src": gray_image(size)}
    assert attributes_of("img", shown) == shown
