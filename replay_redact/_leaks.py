"""Where redaction would still change something: the difference, located and explained.

Theory: redacting twice is redacting once, so a recording is private under a
policy exactly when redacting it changes nothing. What does change is found by
walking the JSON of an event beside that of its redacted form. What redaction only
adds (the gray of a box) is no leak.

Invariant: an event whose JSON stays the same is not walked.
Failure direction: where two lists cannot be brought together item by item, what
is left over counts as dropped, so it is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from replay_redact._allowed import ATTRIBUTES, Kind

CHANNELS = {
    "text": "mask it: take it out of unmasked regions, or give its element the class sentry-mask",
    "input": "mask it: mask_all_inputs, or no unmask rule above the field",
    "attribute": "redact, or remove the attribute from the page",
    "css": "redact: style sheets are private where they show or carry text",
    "url": "redact: addresses keep scheme and host; list public paths in routes",
    "media": "block it: block_all_media, or the class sentry-block",
    "code": "redact: scripts and handlers are emptied",
    "metadata": "redact: custom and plugin events are masked unless known to be safe",
    "pointer": "redact: paths of the pointer are cut to where they began and ended",
    "event": "redact: events of this kind, or about blocked nodes, are dropped",
    "structure": "redact: names and fields that are none are cut off",
}
"""The channels through which a recording can speak, and what to do about each."""

_BY_KIND = {
    Kind.URL: "url",
    Kind.SOURCE: "media",
    Kind.SOURCE_SET: "media",
    Kind.STYLE: "css",
    Kind.SHEET: "css",
    Kind.VALUE: "input",
    Kind.CODE: "code",
}
_BY_FIELD = {
    "href": "url",
    "text": "input",
    "isChecked": "input",
    "rule": "css",
    "replace": "css",
    "replaceSync": "css",
    "set": "css",
    "positions": "pointer",
    "payload": "metadata",
    "tag": "metadata",
    "plugin": "metadata",
    "trace": "metadata",
    "level": "metadata",
    "childNodes": "media",
}
_IDENTITY = ("id", "parentId", "start", "x", "y", "timeOffset")
_MISSING = object()
_CONTAINERS = (dict, list)


class Found(NamedTuple):
    """One place that redaction changes: a node if it is about one, a field, and both values."""

    node: int | None
    field: str
    channel: str
    before: Any
    after: Any


class _Step(NamedTuple):
    """Two values side by side, and where they stand."""

    before: Any
    after: Any
    node: int | None
    field: str
    key: str
    tag: str


def changes(before: Any, after: Any) -> Iterator[Found]:
    """Compare the JSON of an event with that of its redacted form; ``None`` if it was dropped."""
    if after is None:
        yield Found(_node_of(before.get("data")), "event", "event", before, None)
        return
    todo = [_Step(before, after, None, "", "", "")]
    while todo:
        step = todo.pop()
        if step.before == step.after:
            continue
        if isinstance(step.before, dict) and isinstance(step.after, dict):
            todo.extend(reversed(list(_inside(step))))
        elif isinstance(step.before, list) and isinstance(step.after, list):
            todo.extend(reversed(list(_aligned(step))))
        else:
            after_value = None if step.after is _MISSING else step.after
            yield Found(step.node, step.field, _channel(step), step.before, after_value)


def _inside(step: _Step) -> Iterator[_Step]:
    """Pair what stands under the same key; what is only in the redacted form is no leak."""
    node = step.before.get("id", step.node)
    if not isinstance(node, int):
        node = step.node
    tag = step.before.get("tagName", step.tag)
    for key, value in step.before.items():
        other = step.after.get(key, _MISSING)
        if type(value) not in _CONTAINERS and value == other:
            continue
        field = f"{step.field}.{key}" if step.field else key
        if key in {"node", "childNodes"}:
            field = step.field
        yield _Step(value, other, node, field, _key(step, key), tag)


def _key(step: _Step, key: str) -> str:
    if step.key == "attributes" and "attributes" not in step.before:
        return f"@{key}"
    return step.key if step.key.startswith("@") else key


def _aligned(step: _Step) -> Iterator[_Step]:
    """Pair the items of two lists, of which the second may have lost some."""
    rest = iter(step.after)
    other = next(rest, _MISSING)
    same_length = len(step.before) == len(step.after)
    for item in step.before:
        if same_length or (other is not _MISSING and _identity(item) == _identity(other)):
            yield step._replace(before=item, after=other)
            other = next(rest, _MISSING)
        else:
            yield step._replace(before=item, after=_MISSING, node=_node_of(item) or step.node)


def _identity(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    node = item.get("node")
    inner = node.get("id") if isinstance(node, dict) else None
    return [item.get(name) for name in _IDENTITY] + [inner]


def _node_of(value: Any) -> int | None:
    node = value.get("id") if isinstance(value, dict) else None
    return node if isinstance(node, int) else None


def _channel(step: _Step) -> str:
    key = step.key
    if key.startswith("@"):
        kind = ATTRIBUTES.get(key[1:], Kind.TEXT)
        code = key[1:].lower().startswith(("on", "_on"))
        return "code" if code else _BY_KIND.get(kind, "attribute")
    if key in {"textContent", "value"}:
        return {"style": "css", "script": "code"}.get(step.tag, "text")
    metadata = ".payload" in f".{step.field}"
    return "metadata" if metadata else _BY_FIELD.get(key, "structure")
