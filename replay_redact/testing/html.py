"""Making the recording of a page from its HTML.

A check of HTML must see everything that a browser makes of it, also in broken markup, before the
root, and after ``</html>``. So the parser is one that follows the standard, with scripting on, as
in a browser that records: the content of ``noscript`` is text.

Every doctype, element, attribute, text and comment that the standard makes of the HTML is in the
recording, in document order. That includes what recorders leave out, so that a check can see it:
scripts, the content of ``template``, and elements whose names cannot be names.
"""

from __future__ import annotations

import itertools
from typing import Any

import msgspec

from replay_redact._runtime.stack import MAX_DEPTH, call_deep
from replay_redact.errors import LimitError

_ENCODER = msgspec.json.Encoder()
_MISSING = "recording_from_html reads HTML with justhtml: pip install 'replay_redact[testing]'"


def recording_from_html(html: str, *, url: str = "https://page.example/") -> bytes:
    """Return the recording of a page that is loaded and not touched, from its HTML.

    ``html`` is a whole document or a part of one. It is parsed as browsers do, with scripting on,
    but scripts do not run and style sheets are not loaded. The content of a ``template`` becomes
    children of the element. Lone surrogates become U+FFFD.

    Raises `LimitError` if the page nests deeper than 5,000 levels, ``TypeError`` if ``html`` or
    ``url`` is not a string, and ``ImportError`` without the extra ``testing``.

    >>> recording_from_html("<p>Jane</p>")[:60]
    b'[{"type":4,"timestamp":0,"data":{"href":"https://page.exampl'
    """
    for name, value in {"html": html, "url": url}.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} is a string, not {type(value).__name__}: decode it first")
    meta = {"href": _valid(url), "width": 1280, "height": 720}
    snapshot = {"node": page_of(_parse(_valid(html))), "initialOffset": {"top": 0, "left": 0}}
    events = [
        {"type": 4, "timestamp": 0, "data": meta},
        {"type": 2, "timestamp": 1, "data": snapshot},
    ]
    return call_deep(_ENCODER.encode, events)


def _valid(text: str) -> str:
    """Join pairs of surrogates and replace single ones, which UTF-8 cannot encode."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _parse(html: str) -> Any:
    try:
        from justhtml import JustHTML  # noqa: PLC0415 - comes with the extra
    except ImportError as error:
        raise ImportError(_MISSING) from error
    return JustHTML(html, sanitize=False).root


def page_of(root: Any) -> dict[str, Any]:
    """Serialize a parsed document as rrweb does."""
    ids = itertools.count(1)
    document: dict[str, Any] = {"type": 0, "id": next(ids), "childNodes": []}
    if _is_in_quirks_mode(root):
        document["compatMode"] = "BackCompat"
    todo = [(child, document["childNodes"], 2) for child in reversed(root.children)]
    while todo:
        item, siblings, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise LimitError(f"the page nests deeper than {MAX_DEPTH} levels")
        node = {**_LEAVES.get(item.name, _element)(item), "id": next(ids)}
        siblings.append(node)
        todo += [(child, node["childNodes"], depth + 1) for child in reversed(_children(item))]
    return document


def _is_in_quirks_mode(root: Any) -> bool:
    from justhtml.core.doctype import doctype_error_and_quirks  # noqa: PLC0415 - as above

    doctypes = [child.data for child in root.children if child.name == "!doctype"]
    return not doctypes or doctype_error_and_quirks(doctypes[0])[1] == "quirks"


def _children(item: Any) -> list[Any]:
    content = getattr(item, "template_content", None)
    return [*(content.children if content else ()), *(item.children or ())]


def _element(item: Any) -> dict[str, Any]:
    attributes = {name: value or "" for name, value in item.attrs.items()}
    html = item.namespace == "html"
    element = {"type": 2, "tagName": item.name if html else item.name.lower()}
    flags = {"isSVG": True} if item.namespace == "svg" else {}
    return element | {"attributes": attributes, "childNodes": []} | flags


def _doctype(item: Any) -> dict[str, Any]:
    doctype = item.data
    public, system = doctype.public_id or "", doctype.system_id or ""
    return {"type": 1, "name": doctype.name or "", "publicId": public, "systemId": system}


_LEAVES = {
    "#text": lambda item: {"type": 3, "textContent": item.data},
    "#comment": lambda item: {"type": 5, "textContent": item.data},
    # Browsers read these as comments, and recordings have no other type for them.
    "#processing-instruction": lambda item: {"type": 5, "textContent": f"?{item.data}"},
    "!doctype": _doctype,
}
