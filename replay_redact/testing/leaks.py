"""What a leak is: one place in one event of a recording."""

from __future__ import annotations

from typing import Any

import msgspec


class Leak(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One place in a recording that is not private.

    * ``event``: index of the event, from 0.
    * ``kind``: its kind, or its incremental source.
    * ``node``: id of the node, or ``None``.
    * ``path``: the node in the form of a CSS selector, or ``""``.
    * ``field``: the place in the event, such as ``attributes.title``.
    * ``channel``: text, input, attribute, css, url, media, code, metadata, pointer, event or
      structure.
    * ``rule``: the rule by which redaction would change it, or how a secret is spelled.
    * ``excerpt``: the beginning of what leaked, masked.
    * ``secret``: the name of the secret that was found, or ``None``.
    * ``value``: what leaked, if the caller asked for it with ``reveal``.
    """

    event: int
    kind: str
    node: int | None
    path: str
    field: str
    channel: str
    rule: str
    excerpt: str
    secret: str | None = None
    value: Any = None

    def __eq__(self, other: object) -> bool:
        """Tell whether this is the same leak. ``value`` does not count."""
        return isinstance(other, Leak) and self._place() == other._place()

    def __hash__(self) -> int:
        return hash(self._place())

    def _place(self) -> tuple[Any, ...]:
        return msgspec.structs.astuple(self)[:-1]

    def __str__(self) -> str:
        where = f" {self.path}" if self.path else ""
        shown = self.excerpt if self.value is None else repr(self.value)
        named = f" holds {self.secret}" if self.secret else ""
        return f"event {self.event} {self.kind}{where} {self.field}{named}: {shown} ({self.rule})"

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON. It has ``value`` only if that was revealed."""
        found = msgspec.structs.asdict(self)
        if self.value is None:
            del found["value"]
        return found
