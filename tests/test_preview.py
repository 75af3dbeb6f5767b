"""The before-and-after page: what was recorded cannot run or load in a reviewer's browser."""

import json

import pytest
from lxml import html

from replay_redact import decode
from replay_redact.preview import compare_page, snapshot_documents


def document(*children):
    node = {"type": 0, "id": 1, "childNodes": list(children)}
    event = {"type": 2, "timestamp": 1, "data": {"node": node}}
    [shown] = snapshot_documents(decode(json.dumps([event]).encode()))
    return shown


def element(tag, attributes=None, *children, **extra):
    return {"type": 2, "id": 2, "tagName": tag, "attributes": attributes or {},
            "childNodes": list(children), **extra}  # fmt: skip


def text(content):
    return {"type": 3, "id": 3, "textContent": content}


def test_a_page_is_shown():
    page = html.document_fromstring(
        document(
            element("html", {}, element("head"), element("body", {"class": "home"},
                element("p", {"title": "hint", "style": "color: red"}, text("one"),
                        element("b", {}, text("two")), text("three")))),
        )
    )  # fmt: skip
    assert page.body.get("class") == "home"
    assert page.find(".//p").text_content() == "onetwothree"
    assert page.find(".//p").get("style") == "color: red"


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
    assert 'style="width: 40px;height: 3.5px;"' in page


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


def test_before_and_after_stand_side_by_side():
    page = html.document_fromstring(compare_page(["<p>a</p>"], ["<p>*</p>"], title="T"))
    assert page.findtext(".//title") == "T"
    frames = page.findall(".//iframe")
    assert [frame.get("srcdoc") for frame in frames] == ["<p>a</p>", "<p>*</p>"]
    assert [frame.get("sandbox") for frame in frames] == ["", ""]
