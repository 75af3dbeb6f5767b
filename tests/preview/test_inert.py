"""Inert documents: nothing recorded can run or load in a reviewer's browser."""

import json

import pytest
from lxml import html

from replay_redact import decode
from replay_redact._masks.media import BLOCK_STYLE
from replay_redact.nodes import Element
from replay_redact.preview.inert import OUTLINE, Hint, inert_document


def document(*children, hints=None):
    node = {"type": 0, "id": 1, "childNodes": list(children)}
    event = {"type": 2, "timestamp": 1, "data": {"node": node}}
    [snapshot] = decode(json.dumps([event]).encode())
    return inert_document(snapshot.data.node, hints or {})


def first(tag, node, **hints):
    """Return the inert form of the element with id 2."""
    page = html.document_fromstring(document(element("body", {}, node), **hints))
    return page.body.find(f".//{tag}")


def element(tag, attributes=None, *children, **extra):
    return {"type": 2, "id": 2, "tagName": tag, "attributes": attributes or {},
            "childNodes": list(children), **extra}  # fmt: skip


def text(content):
    return {"type": 3, "id": 3, "textContent": content}


def test_a_page_is_shown():
    page = html.document_fromstring(
        document(
            element("html", {}, element("head"), element("body", {"class": "home"},
                element("p", {"title": "Jane", "alt": "hint", "style": "color: red"}, text("one"),
                        element("b", {}, text("two")), text("three")))),
        )
    )  # fmt: skip
    assert page.body.get("class") == "home"
    assert page.find(".//p").text_content() == "onetwothree"
    assert page.find(".//p").get("style") == "color: red;"
    assert page.find(".//p").get("alt") == "hint"
    assert page.find(".//p").get("title") is None  # only ours are shown


HOSTILE = [
    element("script", {}, text("alert(1)")),
    element("img", {"src": "x", "onerror": "alert(1)"}),
    element("iframe", {"src": "https://evil.example", "srcdoc": "<script>alert(1)</script>"}),
    element("a", {"href": "javascript:alert(1)"}, text("x")),
    element("form", {"action": "https://evil.example"}),
    element("base", {"href": "https://evil.example"}),
    element("meta", {"http-equiv": "refresh", "content": "0;url=https://evil.example"}),
    element("object", {"data": "https://evil.example"}),
    element("link", {"rel": "stylesheet", "href": "https://evil.example/a.css"}),
    element("p", {"style": "background: url(https://evil.example)"}),
    element("style", {"_cssText": "</style><script>alert(1)</script>"}),
    element("style", {}, text("</style><script>alert(1)</script>")),
    element("p><script>alert(1)</script><p"),
    element("p", {"x><script>alert(1)</script>": "1"}),
    element("p", {"title": '"><script>alert(1)</script>'}),
    element("p", {}, text("<script>alert(1)</script>")),
    element("svg", {}, element("script", {}, text("alert(1)"), isSVG=True), isSVG=True),
    element("textarea", {}, text("</textarea><script>alert(1)</script>")),
    element("title", {}, text("</title><script>alert(1)</script>")),
    element("xmp", {}, text("</xmp><script>alert(1)</script>")),
    element("plaintext", {}, text("<script>alert(1)</script>")),
    element("noembed", {}, text("</noembed><script>alert(1)</script>")),
]


@pytest.mark.parametrize("node", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_recorded_runs_or_loads(node):
    page = html.document_fromstring(document(element("body", {}, node)))
    assert page.findall(".//script") == []
    for found in page.iter(html.etree.Element):
        assert not any(name.startswith("on") for name in found.attrib)
        assert not {"href", "action", "srcdoc", "data"} & set(found.attrib)
        assert "evil.example" not in str(dict(found.attrib))


def test_every_document_forbids_scripts_and_addresses():
    page = html.document_fromstring(document())
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy


def test_shadow_children_go_into_a_shadow_root():
    host = element("my-card", {}, text("light"), {**text("dark"), "isShadow": True},
                   isShadowHost=True)  # fmt: skip
    page = document(element("body", {}, host))
    assert '<template shadowrootmode="open">dark</template>' in page
    assert "light" in page


def test_embedded_images_and_recorded_boxes_are_shown():
    page = document(
        element("img", {"src": "data:image/gif;base64,AAAA"}),
        element("div", {"rr_width": "40px", "rr_height": "3.5px", "hidden": True, "size": None}),
    )
    assert 'src="data:image/gif;base64,AAAA"' in page
    assert f'style="width: 40px;height: 3.5px;{BLOCK_STYLE}"' in page


def test_control_characters_do_not_break_the_page():
    assert "a\ufffdb" in document(element("p", {"title": "a\x00b"}, text("a\x0bb")))


def test_comments_doctypes_and_nested_documents():
    page = document(
        {"type": 1, "id": 4, "name": "html", "publicId": "", "systemId": ""},
        {"type": 5, "id": 5, "textContent": "Jane"},
        {"type": 0, "id": 6, "childNodes": [element("p", {}, text("inner"))]},
    )
    assert "Jane" not in page
    assert "inner" in page


def test_attributes_of_the_page_itself_are_kept():
    page = html.document_fromstring(document(
        element("html", {"class": "dark"}, element("head"), element("body", {"class": "home"})),
    ))  # fmt: skip
    assert page.get("class") == "dark"
    assert page.body.get("class") == "home"


def test_what_is_in_a_text_area_is_shown():
    assert first("textarea", element("textarea", {"value": "now"}, text("then"))).text == "now"
    assert first("textarea", element("textarea", {}, text("then"))).text == "then"


def test_a_tree_of_any_depth_is_shown():
    node = Element(id=1, tag_name="p")
    for _ in range(4900):
        node = Element(id=1, tag_name="div", child_nodes=[node])
    assert inert_document(node, {}).count("<div") == 4900


# --- hints ----------------------------------------------------------------------------------


def test_a_hint_is_what_a_pointer_shows():
    shown = first("p", element("p", {"title": "Jane"}), hints={2: Hint("text: why\x00", False)})
    assert shown.get("title") == "text: why\ufffd"
    assert shown.get("data-mark") == ""
    assert OUTLINE not in shown.get("style")


def test_what_is_in_clear_is_outlined_last():
    style = "color: red; outline: none !important"
    shown = first("p", element("p", {"style": style}), hints={2: Hint("clear", True)})
    assert shown.get("style") == f"{style};{OUTLINE}"


@pytest.mark.parametrize(
    "style",
    ["content: 'open", "color: red /* open", "width: calc(1px", "background: URL(x)", "b: \\75rl(x)", "", " ", 5, None],
    ids=str,
)  # fmt: skip
def test_a_style_that_is_not_whole_or_loads_something_is_left_out(style):
    shown = first("p", element("p", {"style": style}), hints={2: Hint("clear", True)})
    assert shown.get("style") == OUTLINE


# --- gray boxes -----------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["iframe", "object", "embed", "portal", "canvas"])
def test_what_brings_content_of_its_own_is_a_labelled_box(tag):
    attributes = {"width": "40px", "height": 30, "class": "x", "src": "https://evil.example", "rr_width": "9px"}  # fmt: skip
    box = first("rr-box", element(tag, attributes, text("Jane")))
    assert box.get("style") == f"--w: 40px;--h: 30px;width: 9px;{BLOCK_STYLE}"
    assert box.get("class") == "x"
    assert box.text_content() == tag


def test_a_canvas_that_is_not_blocked_shows_what_is_in_it():
    assert first("canvas", element("canvas", {}, text("drawn"))).text == "drawn"


@pytest.mark.parametrize("side", ["100%", "Jane", "", None, True, "12345678"], ids=str)
def test_a_size_that_is_none_is_left_out(side):
    box = first("rr-box", element("iframe", {"width": side, "rr_height": side}))
    assert box.get("style") == BLOCK_STYLE


@pytest.mark.parametrize(
    ("tag", "label"), [("div", "div"), ("td", "td"), ("tr", ""), ("svg", ""), ("x-card", "")]
)
def test_a_blocked_element_keeps_its_tag(tag, label):
    blocked = element(tag, {"style": f"top: 0; {BLOCK_STYLE}"}, text("Jane"))
    page = document(element("body", {}, blocked))
    assert f"<{tag} " in page
    assert "Jane" not in page
    assert (f"<rr-label>{label}</rr-label>" in page) == bool(label)


def test_an_image_without_a_source_is_a_box():
    assert first("rr-box", element("img", {"rr_width": "4px"})).text_content() == "img"
    gray = element("img", {"rr_width": "4px", "src": "data:image/gif,x"})
    assert first("img", gray).get("src") == "data:image/gif,x"
