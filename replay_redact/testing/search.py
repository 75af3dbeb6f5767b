"""One search of one recording for leaks: what redaction would change, and where secrets are.

Theory: a recording is private if redacting it again changes nothing. So it is redacted,
and each difference is a leak with its place and rule; secrets are looked for in what was
recorded, in every spelling, whether redaction would change that place or not.

Invariant: a leak shows nothing of what leaked unless asked to.
Failure direction: what cannot be compared field by field is a leak as a whole.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._masks.text import mask_text
from replay_redact._wire.codec import open_recording, read_all
from replay_redact._wire.lenient import JSON_DECODER, decode_repaired
from replay_redact.policy import Policy
from replay_redact.testing.difference import Found, changes
from replay_redact.testing.node_paths import WindowNames
from replay_redact.testing.planted import Hit, Piece, patterns, search, spread
from replay_redact.testing.tree_difference import TreeChanges

_EXCERPT = 40
_ENCODER = msgspec.json.Encoder()
_STRING_OR_NUMBER = re.compile(
    rb'"(?:[^"\\]|\\.)*+"|(?P<large>-?(?:[\d.]*+[eE][-+]?\d++|[\d.]{300,}+))', re.DOTALL
)


class Leak(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One place in a recording that is not private.

    * ``event``: index of the event, from 0; ``kind``: its kind or source.
    * ``node``: id of the node it is about, and ``path`` of that node, as a CSS
      selector would name it; ``None`` and ``""`` if there is none.
    * ``field``: where in the event, such as ``attributes.title``.
    * ``channel``: one of text, input, attribute, css, url, media, code, metadata,
      pointer, event, structure.
    * ``rule``: why redaction would change it, or how a secret is spelled.
    * ``excerpt``: the beginning, masked.
    * ``secret``: the name of the secret that was found, if one was.
    * ``value``: what leaked, only with ``reveal``.
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
        """Tell whether this is the same leak, whether revealed or not."""
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
        """Return plain data for JSON, without what leaked unless it was revealed."""
        found = msgspec.structs.asdict(self)
        if self.value is None:
            del found["value"]
        return found


class LeakSearch:
    """One search of one recording."""

    def __init__(
        self,
        policy: Policy,
        data: bytes,
        format_: str,
        named: dict[str, str],
        *,
        reveal: bool,
    ) -> None:
        self._engine = Engine(policy)
        decoder = self._engine.decoder
        self._own, self._cut = read_all(open_recording(data, format_, decoder))  # masked in place
        self.events, _ = read_all(open_recording(data, format_, decoder))
        self._secrets = named
        self._wanted = patterns(named)
        self.reveal = reveal
        self.names = WindowNames()
        self._named = 0
        self._kinds = [
            type(event.data if isinstance(event, ev.IncrementalSnapshot) else event).__name__
            for event in self.events
        ]

    def changes(self) -> Iterator[Leak]:
        """Yield what redaction would change."""
        trees = TreeChanges()
        redacted = self._engine.redact_lists([own] for own in self._own)
        for index, [after] in enumerate(redacted):
            before = self.events[index]
            if isinstance(before, ev.Unreadable):
                yield Leak(index, "Unreadable", None, "", "event", "structure", before.reason, "")
                continue
            found: Iterable[Found]
            if isinstance(before, ev.FullSnapshot) and isinstance(after, ev.FullSnapshot):
                tree = trees.of(before.data.node, after.data.node)
                found = itertools.chain(_ids(before, after), tree)
            else:
                found = _changes_in_json(before, after)
            for change in found:
                yield self._changed(index, change)
        if self._cut:
            message = f"{self._cut} unknown fields"
            yield Leak(len(self.events), "recording", None, "", message, "structure", message, "")

    def _changed(self, index: int, found: Found) -> Leak:
        node, field, channel, value, shown = found
        rule = "address and CSS rules" if channel in {"url", "css"} else self._rule(index, found)
        field = field.removeprefix("data.")
        return self._leak(
            index, node=node, field=field, channel=channel, rule=rule, value=value, shown=shown
        )

    def _rule(self, index: int, found: Found) -> str:
        if found.node is None or found.channel in {"event", "metadata"}:
            return "defaults of the policy"
        window = ev.window_of(self.events[index])
        return self._engine.decision(found.node, window).reason(found.channel)

    def _leak(  # noqa: PLR0913 - all that a leak is made of
        self,
        index: int,
        *,
        node: int | None,
        field: str,
        channel: str,
        rule: str,
        value: Any,
        shown: Any = None,
        secret: str | None = None,
    ) -> Leak:
        kind = self._kinds[index]
        path = "" if node is None else self._path(index, node)
        kept = value if self.reveal else None
        excerpt = shown[:_EXCERPT] if isinstance(shown, str) and shown else _excerpt(value)
        if self._wanted:
            path, field, excerpt = map(self._without_secrets, (path, field, excerpt))
        return Leak(index, kind, node, path, field, channel, rule, excerpt, secret, kept)

    def _without_secrets(self, text: str) -> str:
        """Mask a name or an excerpt that holds what the caller says is secret."""
        return mask_text(text) if any(p.text in p.reading(text) for p in self._wanted) else text

    def _path(self, index: int, node: int) -> str:
        """Name a node as it stands at an event; names are learned only as far as needed."""
        while self._named <= index:
            self.names.learn(self.events[self._named])
            self._named += 1
        return self.names.of(ev.window_of(self.events[index])).path(node)

    # --- secrets ---

    def secrets(self) -> Iterator[Leak]:
        """Yield where planted secrets can be read."""
        if not self._wanted:
            return
        texts: defaultdict[ev.WindowKey, list[Piece]] = defaultdict(list)
        typed: defaultdict[tuple[ev.WindowKey, int], list[Piece]] = defaultdict(list)
        for index, event in enumerate(self.events):
            if isinstance(event, ev.Unreadable):
                continue
            plain = _plain(_ENCODER.encode(event))
            for hit in search(plain, self._wanted):
                yield self._hit(index, plain, hit)
            window = ev.window_of(event)
            texts[window] += [Piece(index, node, text) for node, text in _texts(plain)]
            if isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Input):
                data = event.data
                typed[window, data.id].append(Piece(index, data.id, data.text))
        for pieces in texts.values():
            for name, piece in spread(pieces, self._secrets):
                yield self._spread(piece, name, "text", "spread over several texts")
        for pieces in typed.values():
            for name, piece in spread(pieces, self._secrets):
                yield self._spread(piece, name, "input", "typed key by key")

    def _spread(self, piece: Piece, name: str, channel: str, how: str) -> Leak:
        index, node, text = piece
        return self._leak(
            index, node=node, field=channel, channel=channel, rule=how, value=text, secret=name
        )

    def _hit(self, index: int, plain: Any, hit: Hit) -> Leak:
        node, value = None, plain
        shown: list[str] = []
        for key in hit.place:
            node = value.get("id", node) if isinstance(value, dict) else node
            value = value[key]
            if isinstance(key, str) and key not in {"data", "node", "childNodes"}:
                shown.append(key)
        found = next(changes(_nested(hit.place, "x"), _nested(hit.place, "y")))
        text = value if isinstance(value, str) else str(hit.place[-1])
        field = ".".join(shown) if value is not None and isinstance(value, str) else "key"
        known = node if isinstance(node, int) else None
        return self._leak(
            index,
            node=known,
            field=field,
            channel=found.channel,
            rule=hit.spelling,
            value=text,
            secret=hit.name,
        )


def _ids(before: ev.FullSnapshot, after: ev.FullSnapshot) -> Iterator[Found]:
    """Yield the ids of session and window that got a stand-in."""
    if before.session_id != after.session_id:
        yield Found(None, "sessionId", "structure", before.session_id, after.session_id)
    if before.window_id != after.window_id:
        yield Found(None, "windowId", "structure", before.window_id, after.window_id)


def _changes_in_json(before: ev.Event, after: ev.Event | None) -> Iterable[Found]:
    encoded = _ENCODER.encode(before)
    masked = None if after is None else _ENCODER.encode(after)
    if masked == encoded:
        return ()
    redacted = None if masked is None else msgspec.json.decode(masked)
    return changes(_plain(encoded), redacted)


def _plain(encoded: bytes) -> Any:
    """Return the JSON values of an event, as it was recorded.

    Attributes may hold numbers that no double holds. Redaction drops such an event; what
    can be read in it is read here all the same, numbers of that kind as text.
    """
    try:
        return decode_repaired(JSON_DECODER, encoded)
    except msgspec.ValidationError:
        return decode_repaired(JSON_DECODER, _STRING_OR_NUMBER.sub(_quoted, encoded))


def _quoted(match: re.Match[bytes]) -> bytes:
    return b'"%b"' % match[0] if match["large"] else match[0]


def _nested(place: tuple[Any, ...], leaf: str) -> Any:
    """Build the smallest value in which a leaf stands at a place."""
    value: Any = leaf
    for key in reversed(place):
        value = {key: value} if isinstance(key, str) else [value]
    return value


def _texts(event: Any) -> Iterator[tuple[int, str]]:
    """Yield the texts of an event by node, in document order."""
    todo = [event]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo += reversed(value)
        elif isinstance(value, dict):
            if value.get("type") == 3 and isinstance(value.get("textContent"), str):
                yield value["id"], value["textContent"]
            elif isinstance(value.get("value"), str) and "id" in value:
                yield value["id"], value["value"]
            todo += [item for item in reversed(value.values()) if isinstance(item, dict | list)]


def _excerpt(value: Any) -> str:
    """Return the beginning of a masked value, on one line."""
    text = value if isinstance(value, str) else json.dumps(value)
    masked = " ".join(mask_text(text[: 4 * _EXCERPT]).split())
    return masked if len(masked) <= _EXCERPT else f"{masked[:_EXCERPT]}…"
