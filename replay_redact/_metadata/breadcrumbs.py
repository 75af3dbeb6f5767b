"""Masking breadcrumbs.

A breadcrumb of category ``ui.*`` copies text and attributes from the page. It names the node they
come from, and the decision about that node applies to the copy as well.
"""

from __future__ import annotations

import re
from typing import Any

from replay_redact._allowlists.forms import is_tag_name
from replay_redact._allowlists.identifiers import zeroed
from replay_redact._allowlists.words import HTML_TAGS
from replay_redact._metadata.forms import code_name
from replay_redact._metadata.masks import MetadataMasks, Rule
from replay_redact._metadata.mobile import MOBILE_CRUMB_DATA
from replay_redact._metadata.rules import key, number, numbers, object_of, url, word
from replay_redact._page.attribute_kinds import REMOVED
from replay_redact._page.refined import place_of
from replay_redact._rules.strict import Context

_STEP = r"(?:[a-zA-Z][\w:-]*+)(?:#[^\s#.\[\]\"'>]++)?(?:\.[^\s#.\[\]\"'>]++)*+"
_ATTRIBUTE = r"\[[a-zA-Z][a-zA-Z0-9_-]*=\"[^\"]*\"\]"
_MESSAGE = re.compile(rf"{_STEP}(?:{_ATTRIBUTE})*(?: > {_STEP}(?:{_ATTRIBUTE})*)*")
_MESSAGE_TAGS = re.compile(r"(?:^|(?<= > ))[a-zA-Z][\w:-]*")
_MESSAGE_PART = re.compile(
    r"\[(?P<name>[a-zA-Z][a-zA-Z0-9_-]*)=\"(?P<value>[^\"]*)\"\]"
    r"|(?P<sign>[#.])(?P<given>[^\s#.\[\]\"'>]+)"
)

_FLAGS = numbers("metaKey shiftKey ctrlKey altKey metric")

_UI_DATA: dict[str, Rule] = {
    **numbers("nodeId timeAfterClickMs clickCount"),
    **_FLAGS,
    "key": key,
    "code": key,
    "url": url,
    "route": url,
    "endReason": word,
    "view.class": code_name,
    **MOBILE_CRUMB_DATA,
}

_BREADCRUMB: dict[str, Rule] = {
    "timestamp": number,
    "type": word,
    "category": word,
    "level": word,
}

_OTHER_BREADCRUMB = object_of(
    {
        **_BREADCRUMB,
        "data": object_of(
            {
                **numbers("nodeId status_code count limit"),
                **dict.fromkeys(["url", "from", "to", "route"], url),
                "method": word,
                "logger": word,
                **MOBILE_CRUMB_DATA,
            }
        ),
    }
)


def breadcrumb(masks: MetadataMasks, payload: Any) -> Any:
    """Mask a breadcrumb. What it copies from a node is masked as that node is."""
    category = payload.get("category") if isinstance(payload, dict) else None
    if isinstance(category, str) and category.startswith("ui."):
        return _ui_breadcrumb(masks, payload)
    return _OTHER_BREADCRUMB(masks, payload)


def _ui_breadcrumb(masks: MetadataMasks, payload: dict[str, Any]) -> Any:
    data = payload.get("data")
    context = _node_context(masks, data if isinstance(data, dict) else {})
    rules: dict[str, Rule] = {
        **_BREADCRUMB,
        "message": lambda m, value: _ui_message(m, value, context),
        "data": object_of({**_UI_DATA, "node": lambda m, value: _node(m, value, context)}),
    }
    with masks.judged_by(context):
        return object_of(rules)(masks, payload)


def _node_context(masks: MetadataMasks, data: dict[str, Any]) -> Context:
    node_id = _named_node(data)
    mirror = masks.mirror
    return mirror.rules.unknown if node_id is None else mirror.of_copies(node_id).changed


def _named_node(data: dict[str, Any]) -> int | None:
    """Return the id of the node that the data names, or ``None`` if it names none, or two."""
    node = data.get("node")
    inner = node.get("id") if isinstance(node, dict) else None
    node_id = data.get("nodeId", inner)
    fits = type(node_id) is int and (inner is None or inner == node_id)
    return node_id if fits else None


def crumb_node(payload: Any) -> int | None:
    """Return the id of the node that a breadcrumb is about, or ``None``.

    >>> crumb_node({"category": "ui.click", "data": {"nodeId": 7}})
    7
    """
    data = payload.get("data") if isinstance(payload, dict) else None
    return _named_node(data) if isinstance(data, dict) else None


def _node(masks: MetadataMasks, value: Any, context: Context) -> Any:
    """Mask ``{id, tagName, textContent, attributes}``, as the node itself is masked."""
    if not isinstance(value, dict):
        return masks.scrub(value)
    rules: dict[str, Rule] = {
        "id": number,
        "tagName": _tag_name,
        "textContent": lambda m, text: _node_text(m, text, value, context),
        "attributes": lambda m, attributes: _node_attributes(m, attributes, context),
    }
    return object_of(rules)(masks, value)


def _node_text(masks: MetadataMasks, text: Any, node: dict[str, Any], context: Context) -> Any:
    is_text = isinstance(text, str)
    if is_text and not context.text_masked:
        return masks.masks.shown_text(text, context)
    if not is_text or masks.masks.policy.mask_fn is None:
        return masks.hide(text)
    tag, attributes = node.get("tagName"), node.get("attributes")
    classes = attributes.get("class") if isinstance(attributes, dict) else None
    shown = masks.attributes.mask_one("class", classes, context)
    return masks.masks.placed(text, place_of(_shown_tag(tag), shown, "metadata"))


def _tag_name(masks: MetadataMasks, value: Any) -> Any:
    return _shown_tag(value) or masks.scrub(value)


def _shown_tag(value: Any) -> str:
    """Return the name of a tag as it may go out; the empty string if it is none."""
    return zeroed(value) if isinstance(value, str) and is_tag_name(value) else ""


def _node_attributes(masks: MetadataMasks, value: Any, context: Context) -> Any:
    if not isinstance(value, dict):
        return masks.scrub(value)
    masked = dict(value)
    masks.attributes.mask_counted(masked, context)
    return masked


def _ui_message(masks: MetadataMasks, value: Any, context: Context) -> Any:
    """Mask a path such as ``div#x.y > button[title="Jane"]``, but keep its public names.

    The last step is the node itself. The message gives no ids for the steps before it, so nothing
    is known about them and their attributes are masked.
    """
    if not isinstance(value, str) or not _MESSAGE.fullmatch(value):
        return masks.scrub(value)
    if not all(name in HTML_TAGS for name in _MESSAGE_TAGS.findall(value)):
        return masks.scrub(value)
    last = value.rfind(" > ") + 1
    unknown = masks.mirror.rules.unknown

    def mask(match: re.Match[str]) -> str:
        name = match["name"]
        if not name:
            return match["sign"] + zeroed(match["given"])
        if not masks.attributes.is_public(name):
            masks.attributes.count_dropped(1)
            return ""
        known = masks.attributes.mask_one(
            name, match["value"], context if match.start() >= last else unknown
        )
        return f'[{name}="{"" if known is REMOVED else known}"]'

    return _MESSAGE_PART.sub(mask, value)
