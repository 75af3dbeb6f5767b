"""The slow path of the decoder: one event that the strict model refuses.

The fast path decodes a whole array with the strict model. What it refuses comes here: lone
surrogates (legal output of ``JSON.stringify``), bytes that are not UTF-8, unknown fields and kinds.
Unknown fields are dropped, and an unreadable event becomes `Unreadable`. Everything that is
returned was decoded by the strict model.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

import msgspec

from replay_redact._runtime.stack import call_deep
from replay_redact.events import (
    ID_SPELLINGS,
    KINDS,
    SOURCES,
    Event,
    FullSnapshot,
    IncrementalSnapshot,
    Mutation,
    Unreadable,
)

T = TypeVar("T")

REPLACEMENT = rb"\ufffd"  # six bytes, as any other escape: offsets do not move

_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)

WIRE_EVENTS: Any = tuple(KINDS.values())

_WireEvent: Any = WIRE_EVENTS[0]
for _kind in WIRE_EVENTS[1:]:
    _WireEvent = _WireEvent | _kind

EVENT_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(_WireEvent)
EVENTS_DECODER: msgspec.json.Decoder[list[Event]] = msgspec.json.Decoder(list[_WireEvent])

JSON_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder()

_NULLABLE = (msgspec.inspect.NoneType, msgspec.inspect.AnyType)

_MODEL = msgspec.inspect.type_info(_WireEvent)


def repair_text(data: bytes) -> bytes:
    r"""Return JSON text in which nothing keeps a strict decoder from reading strings.

    >>> repair_text(rb'["\ud83d", "\ud83d\ude00", "\\ud83d"]')
    b'["\\ufffd", "\\ud83d\\ude00", "\\\\ud83d"]'
    """
    text = data.decode("utf-8", "replace").encode()
    return _ESCAPE.sub(_replace_lone, text)


def decode_repaired(decoder: msgspec.json.Decoder[T], raw: bytes) -> T:
    """Decode JSON; if it holds strings that a strict decoder refuses, after repair.

    Raises ``msgspec.ValidationError`` if it is not of the decoder's type, and `LimitError`
    if it is too deep.
    """
    try:
        return call_deep(decoder.decode, raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return call_deep(decoder.decode, repair_text(raw))


def _replace_lone(match: re.Match[bytes]) -> bytes:
    return REPLACEMENT if match["lone"] else match[0]


def read_event(raw: bytes | msgspec.Raw) -> tuple[Event, int]:
    """Decode one event; return it (or `Unreadable`) and how many fields were cut off."""
    value: Any = None
    try:
        return EVENT_DECODER.decode(raw), 0
    except msgspec.ValidationError:
        pass
    try:
        value = msgspec.json.decode(raw)
        _name_ids(value)
        cut = prune(value)
        return msgspec.convert(value, _WireEvent), cut
    except msgspec.ValidationError:
        known = _loosely(raw) if value is None else value
        return msgspec.structs.replace(_unreadable(known), **_ids(known)), 0


def _loosely(raw: bytes | msgspec.Raw) -> Any:
    """Return JSON with numbers that no double holds, for what else stands in it."""
    try:
        return json.loads(bytes(raw))
    except (ValueError, RecursionError):
        return None


def _name_ids(value: Any) -> None:
    """Write ids of session and window in the model's way; two that differ make no event."""
    for name, *others in ID_SPELLINGS.values() if isinstance(value, dict) else ():
        for other in others:
            own = value.pop(other, None)
            if own is not None and value.setdefault(name, own) != own:
                raise msgspec.ValidationError


def _ids(value: Any) -> dict[str, Any]:
    """Return ids and timestamp of an event that cannot be read, as far as they can."""
    if not isinstance(value, dict):
        return {}
    found = {field: value.get(name) for field, (name, *_) in ID_SPELLINGS.items()}
    known = {field: own for field, own in found.items() if type(own) in {str, int}}
    time = value.get("timestamp")
    return known | ({"timestamp": time} if type(time) in {int, float} else {})


def _unreadable(value: Any) -> Unreadable:
    kind = value.get("type") if isinstance(value, dict) else None
    if type(kind) is not int:
        return Unreadable("malformed", may_change_tree=True, is_event=False)
    if kind not in KINDS:
        return Unreadable("unknown-kind")
    if KINDS[kind] is not IncrementalSnapshot:
        return Unreadable("malformed", may_change_tree=KINDS[kind] is FullSnapshot)
    data = value.get("data")
    source = data.get("source") if isinstance(data, dict) else None
    if type(source) is int and source not in SOURCES:
        return Unreadable("unknown-source")
    other = type(source) is int and SOURCES[source] is not Mutation
    return Unreadable("malformed", may_change_tree=not other)


def prune(value: Any) -> int:
    """Cut off, in place, every field the model does not name; return how many.

    Fields that are optional and null are cut off too, but say nothing and do not count.
    """
    cut = 0
    stack: list[tuple[Any, Any]] = [(value, _MODEL)]
    while stack:
        item, model = stack.pop()
        if isinstance(item, list):
            inner = _list_items(model)
            stack.extend((element, inner) for element in item)
            continue
        struct = _struct_for(item, model)
        if struct is None:
            continue
        fields = {field.encode_name: field for field in struct.fields}
        for name in [name for name in item if name not in fields and name != struct.tag_field]:
            del item[name]
            cut += 1
        for name in [name for name, child in item.items() if _is_absent(fields.get(name), child)]:
            del item[name]
        stack.extend((child, fields[name].type) for name, child in item.items() if name in fields)
    return cut


def _is_absent(field: msgspec.inspect.Field | None, value: Any) -> bool:
    """Tell whether null stands for a field that is not there, as where JavaScript had undefined."""
    if value is not None or field is None or field.required:
        return False
    return not any(isinstance(member, _NULLABLE) for member in _members(field.type))


def _members(model: Any) -> tuple[Any, ...]:
    return model.types if isinstance(model, msgspec.inspect.UnionType) else (model,)


def _list_items(model: Any) -> Any:
    lists = (m for m in _members(model) if isinstance(m, msgspec.inspect.ListType))
    return next((m.item_type for m in lists), None)


def _struct_for(item: Any, model: Any) -> Any:
    """Return the struct type that ``item`` claims to be, if the model has it here."""
    if not isinstance(item, dict):
        return None
    structs = [m for m in _members(model) if isinstance(m, msgspec.inspect.StructType)]
    if len(structs) == 1 and structs[0].tag_field is None:
        return structs[0]
    claims = (s for s in structs if item.get(s.tag_field) == s.tag)
    return next(claims, None)
