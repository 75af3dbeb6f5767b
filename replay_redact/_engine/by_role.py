"""Masking by what the model declares: each string of a struct by the role of its field.

A kind of event or a source that needs nothing else has no handler of its own, and a field that is
added to the model is masked by its declaration.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from msgspec import Struct

from replay_redact._allowlists.forms import is_tag_name
from replay_redact._allowlists.identifiers import zeroed
from replay_redact._masks.differences import compared
from replay_redact._masks.json import mask_json
from replay_redact._page.masking import Masks
from replay_redact._page.tally import Tally
from replay_redact.nodes import Role, roles_of


class Judge(Protocol):
    """What masking by role asks of an engine."""

    masks: Masks
    tally: Tally

    def url(self, address: str) -> str:
        """Mask an address by the policy."""

    def sheet(self, css: str, owner: object) -> str:
        """Mask CSS by the policy and the level of the node that it belongs to."""

    def blocks(self, node_id: int) -> bool:
        """Tell whether a node is blocked, by itself or from above."""


def mask_by_role(judge: Judge, data: Any) -> bool:
    """Mask all strings of an event's data; return false if it is about a blocked node."""
    owner = getattr(data, "id", None)
    if isinstance(owner, int) and judge.blocks(owner):
        return False
    todo: list[Struct] = [data]
    for struct in todo:
        for name, role in roles_of(type(struct)):
            value = getattr(struct, name)
            if isinstance(value, str) or role is Role.METADATA:
                masked = _MASKS[role](judge, value, owner)
                _note(judge.tally, struct, name, role.channel, masked)
                setattr(struct, name, masked)
        todo += _inner(struct)
    return True


def _note(tally: Tally, struct: Struct, name: str, channel: str, masked: Any) -> None:
    """Note what is about to change in a field. JSON may nest deeper than Python compares values."""
    value = getattr(struct, name)
    if not isinstance(value, str):
        tally.part(struct, channel, sum(1 for _ in compared(value, masked)))
    elif value != masked:
        tally.field(struct, name, value, channel)


def _inner(struct: Struct) -> list[Struct]:
    """Return the structs that a struct holds, in fields and lists."""
    values = [getattr(struct, name) for name in struct.__struct_fields__]
    listed = [item for value in values if isinstance(value, list) for item in value]
    return [value for value in (*values, *listed) if isinstance(value, Struct)]


def _text(judge: Judge, value: Any, _owner: object) -> Any:
    return judge.masks.text(value)


def _structure(judge: Judge, value: str, _owner: object) -> str:
    return zeroed(value) if is_tag_name(value) else judge.masks.text(value)


_MASKS: dict[Role, Callable[[Judge, Any, object], Any]] = {
    Role.STRUCTURE: _structure,
    Role.TEXT: _text,
    Role.INPUT: _text,
    Role.URL: lambda judge, value, _owner: judge.url(value),
    Role.CSS: lambda judge, value, owner: judge.sheet(value, owner),
    Role.METADATA: lambda judge, value, _owner: mask_json(value, judge.masks.metadata),
    Role.WINDOW: lambda _judge, value, _owner: value,  # the stand-ins are given later
    Role.DROPPED: lambda _judge, _value, _owner: "",
}
"""How a string of each role is masked. Attributes are in trees only, which the visitor walks."""
