"""The places where redaction would change a tree, found without making JSON of it.

Most of a recording is trees, and a leaking one differs at half of its nodes. So trees are compared
node by node as they were decoded. Redaction changes texts, tags, attributes and children; a node
that is neither text nor element is compared as JSON. What is found, and in which order, is what
`differences.changes` finds in the JSON of the same trees, but a document's mode comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from replay_redact._allowlists.attribute_names import is_public_name
from replay_redact._allowlists.attributes import kind_of
from replay_redact._masks.differences import MISSING, Found, compared, text_channel
from replay_redact._masks.text import mask_text
from replay_redact._wire.lenient import JSON_DECODER, decode_repaired
from replay_redact.nodes import Document, Element, Node, Text

_ENCODER = msgspec.json.Encoder()
_FIELD = "data"  # of the event, in which the tree stands

_TEXT_FIELD = f"{_FIELD}.textContent"
_found = partial(tuple.__new__, Found)  # a leaking page makes a hundred thousand of them


def are_equal(before: Any, after: Any) -> bool:
    """Tell whether two objects of the model are equal, unless they nest too deep for that.

    >>> are_equal(Text(id=1, text_content="Jane"), Text(id=1, text_content="****"))
    False
    """
    try:
        return bool(before == after)
    except RecursionError:
        return False


class TreeChanges:
    """Compares trees with their redacted forms."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[str, str]] = {}  # field and channel of attributes, by name

    def of(self, before: Node, after: Node) -> Iterator[Found]:
        """Yield what redaction changed, in document order."""
        if are_equal(before, after):  # a private page: it takes a tenth of the walk
            return
        todo: list[Any] = [(before, after, "")]
        while todo:
            pair = todo.pop()
            if type(pair) is Found:  # a dropped child, in document order
                yield pair
                continue
            old, new, tag = pair
            kind = type(old)
            if kind is Text:
                one, other = old.text_content, new.text_content
                if one != other:
                    yield _found((old.id, _TEXT_FIELD, text_channel(tag), one, other))
            elif kind is Element:
                if old.attributes != new.attributes or old.tag_name != new.tag_name:
                    yield from self._element(old, new)
                todo += _children(old.child_nodes, new.child_nodes, old.tag_name)
            elif kind is Document:
                if old.compat_mode != new.compat_mode:
                    yield Found(old.id, f"{_FIELD}.compatMode", "structure", old.compat_mode, None)
                todo += _children(old.child_nodes, new.child_nodes, tag)
            else:
                yield from _leaf(old, new, tag)

    def _element(self, old: Element, new: Element) -> Iterator[Found]:
        if old.tag_name != new.tag_name:
            yield Found(old.id, f"{_FIELD}.tagName", "structure", old.tag_name, new.tag_name)
        if old.attributes != new.attributes:
            yield from self._attributes(old.id, old.attributes, new.attributes)

    def _attributes(self, node: int, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Found]:
        named = self._named
        for name, value in old.items():
            other = new.get(name)
            if type(value) is not str or name not in named:
                yield from self._attribute(node, name, value, new.get(name, MISSING))
            elif value != other:
                field, channel = named[name]
                yield _found((node, field, channel, value, other))

    def _attribute(self, node: int, name: str, value: Any, other: Any) -> Iterator[Found]:
        """Compare values of any kind; learn how a name and its channel are shown."""
        before, after = {name: value}, {} if other is MISSING else {name: other}
        place = f"{_FIELD}.attributes"
        if before != after:
            for _, *found in compared(before, after, None, place, "attributes"):
                yield Found(node, *found)
        shown = name if is_public_name(name) else mask_text(name)
        self._named[name] = f"{place}.{shown}", kind_of(name).channel


def _leaf(old: Node, new: Node, tag: str) -> Iterator[Found]:
    return compared(_json(old), _json(new), old.id, _FIELD, "", tag)


def _json(node: Node) -> Any:
    return decode_repaired(JSON_DECODER, _ENCODER.encode(node))


def _children(old: Sequence[Node], new: Sequence[Node], tag: str) -> Sequence[Any]:
    """Pair children with their redacted forms, the last first. A dropped child is a finding."""
    if len(old) == len(new) == 1:  # most lists: an element with a text
        return ((old[0], new[0], tag),)
    if len(old) == len(new):
        return [(one, other, tag) for one, other in zip(old, new, strict=True)][::-1]
    rest = iter(new)
    other = next(rest, None)
    pairs: list[Any] = []
    for one in old:
        if other is not None and one.id == other.id:
            pairs.append((one, other, tag))
            other = next(rest, None)
        else:
            pairs.append(_gone(one))
    return pairs[::-1]


def _gone(node: Node) -> Found:
    return Found(node.id, _FIELD, "media", _json(node), None)
