"""Breadcrumbs of what the user did, as Sentry's browser SDK makes them.

Such a breadcrumb copies the element: its texts and some of its attributes as they were recorded,
masked, and a path such as ``form.pay > button[title="Jane"]``, in which attributes are masked by
name. The path has the live attributes of five elements at most, also below a block.

The path is made of what pages say, without quoting. What is ambiguous counts as the value of an
attribute, and is masked if the name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from replay_redact._allowlists.words import HTML_TAGS
from replay_redact._masks.text import MASK
from replay_redact._rules.sentry import SentryDecision, records_key

if TYPE_CHECKING:
    from replay_redact._engine.sentry import Sentry

_MODIFIERS = ("metaKey", "ctrlKey", "altKey")
_FIELDS = ("input", "textarea")  # no set, since what is looked for may be any JSON
_OF_NODE = ("nodeId", "node")
_COMPONENT = ("data-sentry-component", "data-sentry-element")
_RECORDED_AS = {"testId": ("data-testid", "data-test-id"), _COMPONENT[0]: _COMPONENT}
"""Names of attributes in breadcrumbs that stand for others."""

_NAMED = r"\[(?:aria-label|type|name|title|alt)=\""
_END = rf"\"\](?={_NAMED}| > |\Z)"
# A value goes up to its end or, so that no text is looked at twice, to the end of all.
_PART = re.compile(
    rf"(?P<between> > )"
    rf"|\[(?P<name>aria-label|type|name|title|alt)=\"(?P<value>(?:(?!{_END}).)*+)(?P<end>{_END}|\Z)"
    rf"|(?P<other>[^\[ ]++|.)",
    re.DOTALL,
)
_HEAD = re.compile(r"(?P<tag>[^#.]*)(?P<id>#[^.]*)?(?P<classes>\..*)?", re.DOTALL)
_NOT_DOT = re.compile(r"[^\s.]")
_NOT_SPACE = re.compile(r"\S")


def masked_crumb(sentry: Sentry, payload: dict[str, Any]) -> dict[str, Any] | None:
    """Return a breadcrumb about an element, masked; ``None`` if the SDK does not make it."""
    data = payload.get("data")
    if payload.get("category") == "ui.keyDown" and not _is_recorded_key(data):
        return None
    masked = dict(payload)
    if isinstance(payload.get("message"), str):
        node_id = data.get("nodeId") if isinstance(data, dict) else None
        masked["message"] = _message(sentry, payload["message"], node_id)
    if isinstance(data, dict):
        masked["data"] = _masked_data(sentry, data)
    return masked


def _masked_data(sentry: Sentry, data: dict[str, Any]) -> dict[str, Any]:
    node_id, node = data.get("nodeId"), data.get("node")
    if node_id is not None and not _is_recorded(sentry, node_id):
        return {name: value for name, value in data.items() if name not in _OF_NODE}
    return {**data, "node": _masked_node(sentry, node, node_id)} if isinstance(node, dict) else data


def _is_recorded(sentry: Sentry, node_id: Any) -> bool:
    return type(node_id) is int and sentry.knows(node_id)


def _is_recorded_key(data: Any) -> bool:
    if not isinstance(data, dict):
        return False
    node = data.get("node")
    tag = node.get("tagName") if isinstance(node, dict) else None
    held = any(data.get(name) is True for name in _MODIFIERS)
    return records_key(data.get("key"), in_field=tag in _FIELDS, held=held)


def _masked_node(sentry: Sentry, node: dict[str, Any], node_id: Any) -> dict[str, Any]:
    """Mask ``{id, tagName, textContent, attributes}`` of an element."""
    masked = dict(node)
    decision = sentry.rules.unknown if node_id is None else sentry.mirror.context(node_id)
    label = node.get("textContent")
    if isinstance(label, str):
        empty = node_id is None or decision.boxed
        masked["textContent"] = "" if empty else sentry.label(label, node_id, decision)
    attributes = node.get("attributes")
    if isinstance(attributes, dict):
        kept = {"class"} if decision.boxed else attributes.keys()
        masked["attributes"] = {
            name: _attribute(sentry, name, value, decision)
            for name, value in attributes.items()
            if name in kept
        }
    return masked


def _attribute(sentry: Sentry, name: str, value: Any, decision: SentryDecision) -> Any:
    for recorded in _RECORDED_AS.get(name, (name,)):
        value = sentry.attribute(recorded, value, decision)
    return value


# --- paths ---------------------------------------------------------------------------------


def _message(sentry: Sentry, message: str, node_id: Any) -> str:
    """Mask the attributes that a path says; its last step is the element itself."""
    steps = _steps(message)
    chain = _chain(sentry, node_id)
    masked = [_step(sentry, step, next(chain)) for step in reversed(steps)]
    return " > ".join(reversed(masked))


def _chain(sentry: Sentry, node_id: Any) -> Iterator[SentryDecision]:
    """Yield the decisions about an element and what is above it; after that, the unknown one."""
    mirror = sentry.mirror
    at = node_id if type(node_id) is int else None
    while at is not None and at in mirror.parents:
        yield mirror.context(at)
        at = mirror.parents[at]
    while True:
        yield sentry.rules.unknown


def _steps(message: str) -> list[list[re.Match[str]]]:
    steps: list[list[re.Match[str]]] = [[]]
    for part in _PART.finditer(message):
        if part["between"]:
            steps.append([])
        else:
            steps[-1].append(part)
    return steps


def _step(sentry: Sentry, parts: list[re.Match[str]], decision: SentryDecision) -> str:
    head = "".join(part[0] for part in parts if not part["name"])
    return _head(sentry, head, decision) + "".join(
        f'[{part["name"]}="{sentry.attribute(part["name"], part["value"], decision)}{part["end"]}'
        for part in parts
        if part["name"]
    )


def _head(sentry: Sentry, head: str, decision: SentryDecision) -> str:
    """Mask the id, the classes, or the name of a component that stands for all of a step."""

    def masks(name: str) -> bool:
        return sentry.rules.masks_attribute(decision, name, head)

    match = _HEAD.fullmatch(head)
    assert match is not None  # it fits any text
    tag, id_, classes = match["tag"], match["id"] or "", match["classes"] or ""
    if tag not in HTML_TAGS and any(map(masks, _COMPONENT)):
        tag = _NOT_SPACE.sub(MASK, tag)
    if masks("id"):
        id_ = id_[:1] + _NOT_SPACE.sub(MASK, id_[1:])
    return tag + id_ + (_NOT_DOT.sub(MASK, classes) if masks("class") else classes)
