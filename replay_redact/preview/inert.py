"""Turn a recorded snapshot into an HTML document that cannot run or load anything.

A reviewer opens this document in a browser, and the recording may be hostile. So:

* The document is built node by node, from an allow-list of elements and attributes. Anything else
  is left out. An element that would load content becomes a gray box with a label.
* lxml's serializer alone writes recorded text.
* The document goes into a sandboxed frame, which allows no scripts. Its content security policy
  also forbids them, and every address except ``data:``.

The ``title`` of an element tells the reviewer what was masked. A recorded title never gets there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from lxml import etree, html

from replay_redact._allowlists.attributes import kind_of
from replay_redact._css.tokens import is_balanced
from replay_redact._masks.media import BLOCK_STYLE
from replay_redact.nodes import Document, Element, Node, Text

CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
    " form-action 'none'; base-uri 'none'"
)

OUTLINE = "outline: 2px solid #0a7d28 !important; outline-offset: -1px !important;"
"""Inline style of elements that show something in clear. No style sheet of a page overrides it."""


class Hint(NamedTuple):
    """What to tell the reviewer about an element, and whether it shows something in clear.

    ``ways`` are words for the script of the preview: they say what would change the element.
    """

    title: str
    clear: bool
    ways: str = ""


_DROPPED_TAGS = frozenset("script noscript base meta template link".split())
_FRAME_TAGS = frozenset("iframe frame frameset object embed applet portal fencedframe".split())
_REPLACED_TAGS = _FRAME_TAGS | {"canvas"}  # without scripts, browsers show no canvas
_LABELLED_TAGS = frozenset(
    """div p span section article aside header footer nav main figure form fieldset li dd dt td th
    a b i em strong label button h1 h2 h3 h4 h5 h6 blockquote""".split()
)
_SHOWN_NAMES = frozenset("alt placeholder label value aria-label checked selected".split())
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_UNSHOWN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOADING_CSS = re.compile(r"\\|@import|url\(|expression\(|image-set\(|src\(", re.IGNORECASE)
_STYLE_END = re.compile(r"</", re.IGNORECASE)
_PIXELS = re.compile(r"\d{1,6}(?:\.\d{1,9})?(?:px)?")

# The page's style sheets can override the size of a box, as they can that of an image.
_SHEET = """
rr-box { display: inline-block; width: var(--w, 300px); height: var(--h, 150px); overflow: hidden;
  box-sizing: border-box; }
rr-label { font: 10px/1.2 sans-serif; color: #333; }
[data-mark]:hover { outline: 2px dashed #b3261e; cursor: help; }
"""


def serialize(root: Any) -> str:
    """Return a page as HTML."""
    text: str = etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return text


def shown(text: str) -> str:
    """Replace the characters that an HTML page cannot hold."""
    return _UNSHOWN_CHARACTERS.sub("\ufffd", text)


def inert_document(root: Node, hints: Mapping[int, Hint]) -> str:
    """Return the HTML document of a snapshot. ``hints`` maps ids of nodes to hints."""
    return serialize(_Builder(hints).build(root))


class _Builder:
    """One document under construction."""

    def __init__(self, hints: Mapping[int, Hint]) -> None:
        self.hints = hints
        page: Any = html.document_fromstring("<html><head></head><body></body></html>")
        self.page, self.head, self.body = page, page.head, page.body
        policy = etree.SubElement(self.head, "meta", content=CONTENT_POLICY)
        policy.set("http-equiv", "Content-Security-Policy")
        etree.SubElement(self.head, "meta", charset="utf-8")
        etree.SubElement(self.head, "style").text = _SHEET

    def build(self, root: Node) -> Any:
        holder = etree.Element("div")
        stack: list[tuple[Node, Any]] = [(root, holder)]
        while stack:
            node, parent = stack.pop()
            target = self._append(node, parent)
            if isinstance(node, Element | Document) and target is not None:
                stack.extend(_with_targets(node, target))
        self.body.text = holder.text
        self.body.extend(list(holder))
        return self.page

    def _append(self, node: Node, parent: Any) -> Any:
        """Append the inert form of a node; return the parent of its children, or ``None``."""
        if isinstance(node, Document):
            return parent
        if isinstance(node, Text):
            _append_text(parent, shown(node.text_content))
            return None
        return self._element(node, parent) if isinstance(node, Element) else None

    def _element(self, node: Element, parent: Any) -> Any:
        tag = node.tag_name.lower()
        if tag == "style" or (tag == "link" and "_cssText" in node.attributes):
            return self._style(node)
        if tag in _DROPPED_TAGS or not _NAME.fullmatch(tag):
            return None
        if tag in _FRAME_TAGS or _is_blocked(node):
            return self._box(node, parent, tag)
        if tag == "head":
            return parent
        own = {"html": self.page, "body": self.body}.get(tag)
        target = etree.SubElement(parent, tag) if own is None else own
        self._dress(target, node)
        if tag == "textarea" and isinstance(node.attributes.get("value"), str):
            _append_text(target, shown(node.attributes["value"]))
            return None
        return target if own is None else parent

    def _style(self, node: Element) -> None:
        texts = [child.text_content for child in node.child_nodes if isinstance(child, Text)]
        inlined = node.attributes.get("_cssText")
        css = inlined if isinstance(inlined, str) else "".join(texts)
        if not _STYLE_END.search(css):
            etree.SubElement(self.head, "style").text = shown(css)

    def _box(self, node: Element, parent: Any, tag: str) -> None:
        """Append a gray box for a blocked element, or for a frame that would load something."""
        attributes = node.attributes
        replaced = tag in _REPLACED_TAGS or (tag == "img" and "src" not in attributes)
        target = etree.SubElement(parent, "rr-box" if replaced else tag)
        self._dress(target, node)
        sides = [(short, _pixels(attributes.get(name))) for short, name in _SIDES if replaced]
        sizes = "".join(f"--{short}: {pixels};" for short, pixels in sides if pixels)
        target.set("style", f"{sizes}{target.get('style', '')}{BLOCK_STYLE}")
        if replaced or tag in _LABELLED_TAGS:
            etree.SubElement(target, "rr-label").text = tag

    def _dress(self, target: Any, node: Element) -> None:
        """Set the attributes that are inert, and the hint for the reviewer."""
        hint = self.hints.get(node.id)
        attributes = node.attributes
        sizes = [_size(name, attributes.get(name)) for name in ("rr_width", "rr_height")]
        own = _own_style(attributes.get("style"))
        clear = OUTLINE if hint is not None and hint.clear else ""
        target.set("style", shown("".join(sizes) + own + clear))
        for name, value in attributes.items():
            scalar = isinstance(value, str | int | float) and value is not False
            if scalar and _is_shown(name, value):
                target.set(name, "" if value is True else shown(str(value)))
        if hint is not None:
            target.set("title", shown(hint.title))
            target.set("data-mark", hint.ways)


_SIDES = (("w", "width"), ("h", "height"))


def _is_blocked(node: Element) -> bool:
    style = node.attributes.get("style")
    blocked = isinstance(style, str) and style.endswith(BLOCK_STYLE)
    return blocked or "rr_width" in node.attributes


def _with_targets(node: Element | Document, target: Any) -> list[tuple[Node, Any]]:
    """Pair children with their parents, the last first. Shadow children get a shadow root."""
    shadow = None
    if any(child.is_shadow is True for child in node.child_nodes):
        shadow = etree.SubElement(target, "template", shadowrootmode="open")
    pairs = [
        (child, shadow if child.is_shadow is True and shadow is not None else target)
        for child in node.child_nodes
    ]
    return pairs[::-1]


def _append_text(parent: Any, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _own_style(style: Any) -> str:
    """Return a recorded inline style, if it loads nothing and leaves nothing open at its end."""
    if not isinstance(style, str) or _LOADING_CSS.search(style) or not is_balanced(style):
        return ""
    return f"{style};" if style.strip() else ""


def _pixels(value: Any) -> str:
    fits = isinstance(value, str | int) and _PIXELS.fullmatch(str(value))
    return f"{str(value).removesuffix('px')}px" if fits else ""


def _size(name: str, value: Any) -> str:
    fits = isinstance(value, str) and value.endswith("px") and _PIXELS.fullmatch(value)
    return f"{name[3:]}: {value};" if fits else ""


def _is_shown(name: str, value: Any) -> bool:
    if not _NAME.fullmatch(name):
        return False
    if name == "src":
        return str(value).startswith("data:image/")
    return name in _SHOWN_NAMES or kind_of(name).inert
