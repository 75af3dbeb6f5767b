"""The places where redaction would change an event.

Redacting twice gives the same as redacting once. So a recording is private under a policy exactly
when redacting it changes nothing. This module walks the JSON of an event beside that of its
redacted form and yields each difference. What redaction only adds, such as the gray of a box, is
not a leak.

Items of two lists are paired by their ids. An item without a partner counts as dropped, so it is
reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from msgspec import Struct
from msgspec.structs import fields

from replay_redact._allowlists.attribute_names import is_public_name
from replay_redact._allowlists.attributes import kind_of
from replay_redact._allowlists.css_properties import CSS_PROPERTIES
from replay_redact._allowlists.words import CODE_TAGS
from replay_redact._masks.text import mask_text
from replay_redact.events import KINDS
from replay_redact.nodes import Node, roles_of, structs_of, wire_name

CHANNELS = {
    "text": "redact, or mask it: outside of unmasked regions, or by the class sentry-mask",
    "input": "redact, with mask_all_inputs and no unmask rule above the field",
    "attribute": "redact, or remove the attribute from the page",
    "css": "redact: text in style sheets is masked",
    "url": "redact: addresses keep scheme and host; list public paths in public_paths",
    "media": "redact, with block_all_media, or block it by the class sentry-block",
    "code": "redact: scripts and handlers are emptied",
    "metadata": "redact: custom and plugin events are masked unless known to be safe",
    "pointer": "redact: of a path of the pointer, only the first and last position stay",
    "event": "redact: events of this kind, or about blocked nodes, are dropped",
    "structure": "redact: names and fields of no known form are dropped or replaced",
}
"""The channels through which private content can come out, and what to do about each."""

_BY_FIELD = {
    "isChecked": "input",
    "selectedOptionIds": "input",
    "set": "css",
    "positions": "pointer",
    "childNodes": "media",
}
"""Channels of fields that hold no string themselves, by name."""

_BY_TAG = {"style": "css", **dict.fromkeys(CODE_TAGS, "code")}
_IDENTITY = ("id", "parentId", "start", "x", "y", "timeOffset")
MISSING = object()
_CONTAINERS = (dict, list)
_NODES = frozenset({"node", "childNodes"})


class Found(NamedTuple):
    """One place that redaction changes: its node, if any, its field, and both values."""

    node: int | None
    field: str
    channel: str
    before: Any
    after: Any


# Two values side by side, and their place: (before, after, node, field, key, tag). A plain tuple,
# since a leaking page makes a hundred thousand of them.
_Step = tuple[Any, Any, int | None, str, str, str]


def changes(before: Any, after: Any) -> Iterator[Found]:
    """Compare the JSON of an event with that of its redacted form, or ``None`` if dropped."""
    if after is None:
        yield Found(_node_of(before.get("data")), "event", "event", before, None)
        return
    yield from compared(before, after)


def compared(  # noqa: PLR0913, PLR0917 - the place of two values
    before: Any, after: Any, node: int | None = None, field: str = "", key: str = "", tag: str = ""
) -> Iterator[Found]:
    """Compare two values and all in them. The other arguments say where they stand."""
    todo: list[_Step] = [(before, after, node, field, key, tag)]
    while todo:
        step = todo.pop()
        before, after, node, field, key, tag = step
        if type(before) is dict and type(after) is dict:
            inside = _inside(step)
            inside.reverse()
            todo += inside
        elif type(before) is list and type(after) is list:
            todo += reversed(
                [(a, b, node, field, key, tag) for a, b in zip(before, after, strict=True)]
                if len(before) == len(after)
                else list(aligned(step))
            )
        elif before != after:
            shown = None if after is MISSING else after
            yield Found(node, field, channel_of(key, field, tag), before, shown)


def _inside(step: _Step) -> list[_Step]:
    """Pair the values under the same key. A key of the redacted form alone is not a leak."""
    before, after, node, field, key, tag = step
    own = before.get("id")
    node = own if isinstance(own, int) else node
    own_tag = before.get("tagName")  # in a payload it may be any JSON
    tag = own_tag if isinstance(own_tag, str) else tag
    attributes = key == "attributes" and "attributes" not in before
    value_of = key if key.startswith("@") else ""
    found: list[_Step] = []
    for name, value in before.items():
        other = after.get(name, MISSING)
        if value is other or (type(value) not in _CONTAINERS and value == other):
            continue
        shown = shown_name(name, of_attribute=attributes, is_kept=other is not MISSING)
        where = field if name in _NODES else f"{field}.{shown}".removeprefix(".")
        name_of = f"@{name}" if attributes else value_of or name
        found.append((value, other, node, where, name_of, tag))
    return found


def aligned(step: _Step) -> Iterator[_Step]:
    """Pair the items of two lists. The second one has lost some."""
    before, after, node, *place = step
    rest = iter(after)
    other = next(rest, MISSING)
    for item in before:
        if other is not MISSING and _identity(item) == _identity(other):
            yield item, other, node, *place
            other = next(rest, MISSING)
        else:
            yield item, MISSING, _node_of(item) or node, *place


def _identity(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    node = item.get("node")
    inner = node.get("id") if isinstance(node, dict) else None
    return [item.get(name) for name in _IDENTITY] + [inner]


def _node_of(value: Any) -> int | None:
    node = value.get("id") if isinstance(value, dict) else None
    return node if isinstance(node, int) else None


def channel_of(key: str, field: str, tag: str) -> str:
    """Return the channel of a value, by its key, its field in the event and the tag around it.

    The key of an attribute begins with ``@``.

    >>> channel_of("@title", "data.attributes.title", "p")
    'attribute'
    """
    if key.startswith("@"):
        return kind_of(key[1:]).channel
    if key == "textContent":
        return text_channel(tag)
    if ".payload" in field:
        return "metadata"
    return _CHANNELS.get(field) or _BY_FIELD.get(key, "structure")


def shown_name(name: str, *, of_attribute: bool, is_kept: bool = False) -> str:
    """Return how a message may show a key: masked, if it could be content itself.

    A page may take a name or a number as a key: ``{"Jane Roe": 3}``. Redaction masks such keys, and
    a key that it keeps can be shown.

    >>> shown_name("Jane Roe", of_attribute=False), shown_name("payload", of_attribute=False)
    ('**** ***', 'payload')
    """
    known = is_public_name(name) or (not of_attribute and (is_kept or name in _KEYS))
    return name if known else mask_text(name)


def _names(model: type[Struct]) -> Iterator[str]:
    """Yield the names of all fields of a model, and of those in it."""
    yield from (field.encode_name for field in fields(model))
    for _, inner in structs_of(model):
        yield from _names(inner)


_KEYS = CSS_PROPERTIES.union(
    """data node childNodes tag payload plugin category message level op description start end
    request response headers body url method statusCode properties event contexts user tags
    extra""".split(),
    *map(_names, (*KINDS.values(), *get_args(Node))),
)
"""Keys that rrweb, style sheets, Sentry and PostHog define."""


def _channels(model: type[Struct], path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the channel of each field of a model, by the roles of the fields."""
    for name, role in roles_of(model):
        yield f"{path}{wire_name(name)}", role.channel
    for name, inner in structs_of(model):
        yield from _channels(inner, f"{path}{wire_name(name)}.")


_CHANNELS = {
    field: channel
    for model in KINDS.values()
    for field, channel in _channels(model, "")
    if channel != "structure"
}
"""Channels by the path of a field in an event."""


@lru_cache(512)
def text_channel(tag: str) -> str:
    """Return the channel of a text in an element with this tag."""
    return _BY_TAG.get(tag.lower(), "text")
