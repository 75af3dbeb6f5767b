"""Nodes that are neither elements nor plain text, and marks: what is masked without any policy."""

from __future__ import annotations

from msgspec import UNSET

from replay_redact._allowlists.doctypes import DOCTYPES
from replay_redact._page.tally import Tally
from replay_redact._rules.decisions import Decision
from replay_redact._rules.strict import SCRIPT, STYLE
from replay_redact.nodes import CData, Comment, Document, DocumentType, Element, Node, Text

MARK = {"data-rr-is-password": ""}  # the value is empty, as masking leaves it

_COMPAT_MODES = frozenset({"BackCompat", "CSS1Compat"})
_DOCTYPE_NAMES = frozenset({"html", "svg", "math"})


def mask_leaf(node: Node, tally: Tally, channel: str, decision: Decision) -> None:
    """Mask a node without its children. ``channel`` is that of a text in its place."""
    if isinstance(node, CData | Comment):
        tally.field(node, "text_content", node.text_content, channel, decision)
        node.text_content = ""
    elif isinstance(node, DocumentType):
        for field in ("name", "public_id", "system_id"):
            tally.field(node, field, getattr(node, field), "structure", decision)
        _mask_doctype(node)
    elif isinstance(node, Document) and node.compat_mode not in _COMPAT_MODES:
        tally.field(node, "compat_mode", node.compat_mode, "structure", decision)
        node.compat_mode = UNSET


def channel_below(parent: Decision) -> str:
    """Return the channel of a text right below an element."""
    if parent.bits & STYLE:
        return "css"
    return "code" if parent.bits & SCRIPT else "text"


def gather_style(children: list[Node], tally: Tally, decision: Decision) -> None:
    """Move all CSS of a style element into its first text, so that no token is split."""
    texts = [child for child in children if type(child) is Text]
    if len(texts) > 1:
        tally.judged_twice()  # each of them is masked, too
        for text in texts:
            tally.field(text, "text_content", text.text_content, "css", decision)
        texts[0].text_content = "".join([text.text_content for text in texts])
        for text in texts[1:]:
            text.text_content = ""


def mark(node: Node) -> None:
    """Mark an element as a sensitive field: add the attribute that recorders use for passwords.

    It comes before all other attributes.
    """
    if isinstance(node, Element):
        node.attributes = MARK | node.attributes


def _mask_doctype(node: DocumentType) -> None:
    if node.name not in _DOCTYPE_NAMES:
        node.name = "html"
    if (node.public_id, node.system_id) not in DOCTYPES:
        node.public_id = node.system_id = ""
