"""A recording as one static HTML page, before and after redaction.

Theory: the page is for a reviewer's browser and the recording is hostile, so
nothing of it may run or load. Each snapshot becomes a document of its own, built
node by node from an allow-list of elements and attributes, inside a sandboxed
frame, under a policy that forbids scripts and every address but ``data:``.

Invariant: recorded text reaches the page through lxml's serializer only.
Failure direction: an element, attribute or style that is not known to be inert
is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree, html

from replay_redact._allowed import ATTRIBUTES, Kind
from replay_redact.events import Event, FullSnapshot
from replay_redact.nodes import Document, Element, Node, Text

__all__ = ["compare_page", "snapshot_documents"]

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"

_DROPPED_TAGS = frozenset(
    """script noscript base meta iframe frame frameset object embed applet template portal
    fencedframe link""".split()
)
_SHOWN_KINDS = frozenset(
    {Kind.NAME, Kind.WORDS, Kind.NUMBERS, Kind.SHAPE, Kind.LANGUAGE, Kind.FLAG}
)
_SHOWN_NAMES = frozenset({"alt", "title", "placeholder", "label", "value", "aria-label"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_UNSHOWN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOADING_CSS = re.compile(r"@import|url\(|expression\(|image-set\(|src\(", re.IGNORECASE)
_STYLE_END = re.compile(r"</", re.IGNORECASE)


def snapshot_documents(events: Iterable[Event]) -> list[str]:
    """Return each full snapshot of a recording as one inert HTML document.

    >>> from replay_redact import decode
    >>> snapshot_documents(decode(b"[]"))
    []
    """
    return [_document(e.data.node) for e in events if isinstance(e, FullSnapshot)]


def compare_page(before: Sequence[str], after: Sequence[str], *, title: str = "Recording") -> str:
    """Return one page that shows documents before and after redaction side by side."""
    page: Any = html.document_fromstring(_PAGE)
    page.head.find("title").text = title
    body = page.body
    for number, (left, right) in enumerate(zip(before, after, strict=True), 1):
        row = etree.SubElement(body, "section")
        etree.SubElement(row, "h2").text = f"Full snapshot {number}"
        for name, document in (("Before", left), ("After", right)):
            cell = etree.SubElement(row, "figure")
            etree.SubElement(cell, "figcaption").text = name
            etree.SubElement(cell, "iframe", sandbox="", srcdoc=document, title=name)
    return _serialize(page)


_PAGE = f"""<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">
<title></title><style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 1rem; background: #f4f4f4; }}
section {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }}
h2 {{ grid-column: 1 / -1; margin: 0; }}
figure {{ margin: 0; }}
iframe {{ width: 100%; height: 80vh; border: 1px solid #999; background: #fff; }}
</style></head><body></body></html>"""


def _serialize(root: Any) -> str:
    text: str = etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return text


def _document(root: Node) -> str:
    page: Any = html.document_fromstring("<html><head></head><body></body></html>")
    policy = etree.SubElement(page.head, "meta", content=CONTENT_POLICY)
    policy.set("http-equiv", "Content-Security-Policy")
    etree.SubElement(page.head, "meta", charset="utf-8")
    holder = etree.Element("div")
    stack: list[tuple[Node, Any]] = [(root, holder)]
    while stack:
        node, parent = stack.pop()
        target = _append(node, parent, page)
        if isinstance(node, Element | Document) and target is not None:
            stack.extend(_with_targets(node, target))
    page.body.extend(list(holder))
    return _serialize(page)


def _with_targets(node: Element | Document, target: Any) -> list[tuple[Node, Any]]:
    """Pair the children with where they go, last first; shadow children go into a shadow root."""
    shadow = None
    if any(child.is_shadow is True for child in node.child_nodes):
        shadow = etree.SubElement(target, "template", shadowrootmode="open")
    pairs = [
        (child, shadow if child.is_shadow is True and shadow is not None else target)
        for child in node.child_nodes
    ]
    return pairs[::-1]


def _append(node: Node, parent: Any, page: Any) -> Any:
    """Append one node's inert likeness; return where its children go, or none if nowhere."""
    if isinstance(node, Document):
        return parent
    if isinstance(node, Text):
        _append_text(parent, _shown(node.text_content))
        return None
    if not isinstance(node, Element):
        return None
    tag = node.tag_name.lower()
    if tag in {"link", "style"} and isinstance(node.attributes.get("_cssText"), str):
        return _append_style(page, node.attributes["_cssText"])
    if tag == "style":
        texts = [child.text_content for child in node.child_nodes if isinstance(child, Text)]
        return _append_style(page, "".join(texts))
    if tag in _DROPPED_TAGS or not _NAME.fullmatch(tag):
        return None
    if tag in {"html", "head"}:
        return parent
    target = page.body if tag == "body" else etree.SubElement(parent, tag)
    _set_attributes(target, node.attributes)
    return parent if tag == "body" else target


def _append_style(page: Any, css: str) -> None:
    if not _STYLE_END.search(css):
        etree.SubElement(page.head, "style").text = _shown(css)


def _append_text(parent: Any, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _shown(text: str) -> str:
    return _UNSHOWN_CHARACTERS.sub("\ufffd", text)


def _set_attributes(target: Any, attributes: dict[str, Any]) -> None:
    sizes = [_size(name, attributes.get(name)) for name in ("rr_width", "rr_height")]
    style = attributes.get("style")
    own = style if isinstance(style, str) and not _LOADING_CSS.search(style) else ""
    target.set("style", _shown("".join(sizes) + own))
    for name, value in attributes.items():
        if isinstance(value, str | int | float) and value is not False and _is_shown(name, value):
            target.set(name, "" if value is True else _shown(str(value)))


def _size(name: str, value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch(r"\d{1,6}(\.\d{1,9})?px", value)
    return f"{name[3:]}: {value};" if fits else ""


def _is_shown(name: str, value: Any) -> bool:
    if not _NAME.fullmatch(name):
        return False
    if name == "src":
        return str(value).startswith("data:image/")
    return name in _SHOWN_NAMES or ATTRIBUTES.get(name) in _SHOWN_KINDS
