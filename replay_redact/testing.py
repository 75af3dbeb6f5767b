"""Checks for your own test suite: what of a recording is not private, where, and what to do.

`find_leaks` lists every place that redaction would still change, and every
place where a secret that your test typed can be read. `assert_no_leaks` fails
with a readable list. Neither shows what leaked unless asked to.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from replay_redact import _lint
from replay_redact import events as ev
from replay_redact._codec import decode, encode, open_recording, read_all
from replay_redact._deep import call_deep
from replay_redact._leaks import CHANNELS, Found, changes
from replay_redact._masks import mask_text
from replay_redact._names import Names
from replay_redact._pause import paused_collector
from replay_redact._redactor import Redactor
from replay_redact._repair import JSON_DECODER, decode_repaired
from replay_redact._secrets import Hit, Piece, patterns, search, spread
from replay_redact._tree_leaks import TreeChanges
from replay_redact.policy import Level, Policy

__all__ = [
    "Leak",
    "Recording",
    "Step",
    "assert_no_leaks",
    "explain",
    "find_leaks",
    "is_empty",
    "lint",
    "recording_from_html",
    "summary",
]

Recording = bytes | Iterable[Any]
"""A recording: bytes in any form that `decode` reads, events of JSON, or typed events."""

DEFAULT_POLICY = Policy()
SENTRY_RULE = "rules of Sentry's SDK"
_EXCERPT = 40
_ENCODER = msgspec.json.Encoder()


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


def find_leaks(
    recording: Recording,
    policy: Policy = DEFAULT_POLICY,
    *,
    secrets: Iterable[str] | Mapping[str, str] = (),
    reveal: bool = False,
    format: str = "auto",  # noqa: A002 - as in `decode`
) -> list[Leak]:
    """Return every place where a recording is not private under a policy, in recording order.

    A place leaks if redaction would change it, or if a secret can be read there,
    in any of these spellings: plain or in another case, percent-encoded once or
    twice, base64 at any alignment, escaped for JSON or HTML, spread over
    neighbouring text nodes or text changes, or typed key by key. ``secrets`` may
    be named by a mapping; else they are called ``secret 1`` and so on. With
    ``reveal``, leaks hold what leaked.

    Raises `DecodeError` or `LimitError` for what is no recording, ``ValueError`` for
    a secret of fewer than 4 characters.

    >>> recording = recording_from_html("<p title='For Jane'>Hello</p>")
    >>> for leak in find_leaks(recording, secrets=["For Jane"]):
    ...     print(leak)
    event 1 FullSnapshot html > body > p attributes.title: *** **** (defaults of the policy)
    event 1 FullSnapshot html > body > p textContent: ***** (defaults of the policy)
    event 1 FullSnapshot html > body > p attributes.title holds secret 1: *** **** (plain)
    """
    named = _named(secrets)
    data = _to_bytes(recording)

    def search() -> list[Leak]:
        finder = _Finder(policy, data, format, named, reveal=reveal)
        return [*finder.changes(), *finder.secrets()]

    with paused_collector():
        leaks = call_deep(search)
    if named:  # what redaction would change comes in order
        leaks.sort(key=lambda leak: (leak.event, leak.secret is not None))
    return leaks


def assert_no_leaks(
    recording: Recording,
    policy: Policy = DEFAULT_POLICY,
    *,
    secrets: Iterable[str] | Mapping[str, str] = (),
    reveal: bool = False,
) -> None:
    """Raise ``AssertionError``, with a list by channel, if a recording is not private.

    So it does if the recording holds no event at all: then nothing was recorded, and
    the test that wanted it checked proves nothing.

    >>> assert_no_leaks(recording_from_html("<p>*****</p>"))
    """
    data = _to_bytes(recording)
    leaks = find_leaks(data, policy, secrets=secrets, reveal=reveal)
    if leaks:
        raise AssertionError(summary(leaks))
    if is_empty(data):
        raise AssertionError(NOTHING)


NOTHING = "the recording holds no event: was anything recorded?"


def is_empty(recording: Recording) -> bool:
    """Tell whether a recording holds no event, so that it is private for want of anything.

    >>> is_empty(b"[]"), is_empty(recording_from_html("<p>Jane</p>"))
    (True, False)
    """
    return not decode(_to_bytes(recording))


def summary(leaks: list[Leak], *, examples: int = 3) -> str:
    """Return leaks as text for people: by channel, with examples and what to do.

    Where secrets were looked for and found, these come first.
    """
    events = len({leak.event for leak in leaks})
    lines = [f"{_count(len(leaks), 'leak')} in {_count(events, 'event')}:"]
    named = Counter(leak.secret for leak in leaks if leak.secret is not None)
    lines += [f"  {name} can be read in {_count(count, 'place')}" for name, count in named.items()]
    for channel, count in Counter(leak.channel for leak in leaks).most_common():
        lines.append(f"  {channel}: {count}; {CHANNELS[channel]}")
        own = [leak for leak in leaks if leak.channel == channel]
        shown = sorted(own, key=lambda leak: leak.secret is None)[:examples]
        lines += [f"    {leak}" for leak in shown]
        if count > len(shown):
            lines.append(f"    and {count - len(shown)} more")
    return "\n".join(lines)


class Step(NamedTuple):
    """What was decided about a node on the way to another: its name, level and rule."""

    node: int
    name: str
    level: Level
    rule: str


def explain(recording: Recording, node: int, policy: Policy = DEFAULT_POLICY) -> list[Step]:
    """Return which rules decided about a node and all above it, the outermost first.

    Decisions are those at the end of the recording, or when the node was last
    there. The list is empty if it never was: such a node is masked.

    >>> page = recording_from_html("<nav class='sentry-unmask'><b>Shop</b></nav>")
    >>> for step in explain(page, 5):
    ...     print(step.name, step.level.name, step.rule)
    html DEFAULT defaults of the policy
    body DEFAULT defaults of the policy
    nav.sentry-unmask UNMASK unmask .sentry-unmask
    b UNMASK unmask .sentry-unmask
    """
    redactor, names = Redactor(policy), Names()
    steps: list[Step] = []
    for event in decode(_to_bytes(recording)):
        names.learn(event)
        redactor.process(event)
        path = redactor.ancestors_of(node)
        if path:
            decisions = [(at, redactor.context_of(at)) for at in reversed(path)]
            steps = [
                Step(at, names.label(at), context.level, context.rule)
                for at, context in decisions
                if names.label(at)
            ]
    return steps


def lint(recording: Recording, policy: Policy) -> list[str]:
    """Return warnings about a policy, seen beside a recording of the page that it is for.

    Warns of options without effect, selectors that decide about no node, and
    unmask rules that show form fields, editable regions or text that changes.

    >>> page = recording_from_html("<form><input name='q'></form>")
    >>> for warning in lint(page, Policy(unmask=["form", "nav"])):
    ...     print(warning)
    unmask 'nav' decides about no node of this recording
    unmask form shows form fields, such as html > body > form > input
    """
    return _lint.lint(policy, decode(_to_bytes(recording)))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _named(secrets: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    if isinstance(secrets, Mapping):
        return dict(secrets)
    listed = [secrets] if isinstance(secrets, str) else list(secrets)
    return {f"secret {number}": secret for number, secret in enumerate(listed, 1)}


def _to_bytes(recording: Recording) -> bytes:
    if isinstance(recording, bytes | bytearray | memoryview):
        return bytes(recording)
    events = list(recording)
    if events and isinstance(events[0], msgspec.Struct):
        return encode(events)
    return json.dumps(events).encode()


class _Finder:
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
        self._redactor = Redactor(policy)
        decoder = self._redactor.decoder
        self._own, self._cut = read_all(open_recording(data, format_, decoder))  # masked in place
        self.events, _ = read_all(open_recording(data, format_, decoder))
        self._secrets = named
        self._wanted = patterns(named)
        self.reveal = reveal
        self.names = Names()
        self._named = 0
        self._kinds = [
            type(event.data if isinstance(event, ev.IncrementalSnapshot) else event).__name__
            for event in self.events
        ]

    def changes(self) -> Iterator[Leak]:
        """Yield what redaction would change."""
        trees = TreeChanges()
        for index, own in enumerate(self._own):
            before = self.events[index]
            if isinstance(before, ev.Unreadable):
                yield Leak(index, "Unreadable", None, "", "event", "structure", before.reason, "")
                continue
            after = self._redactor.process_own(own)
            found: Iterable[Found]
            if isinstance(before, ev.FullSnapshot) and isinstance(after, ev.FullSnapshot):
                found = trees.of(before.data.node, after.data.node)
            else:
                found = _changes_in_json(before, after)
            for change in found:
                yield self._changed(index, change)
        if self._cut:
            message = f"{self._cut} unknown fields"
            yield Leak(len(self.events), "recording", None, "", message, "structure", message, "")

    def _changed(self, index: int, found: Found) -> Leak:
        node, field, channel, value, shown = found
        rule = "address and CSS rules" if channel in {"url", "css"} else self._rule(found)
        field = field.removeprefix("data.")
        return self._leak(
            index, node=node, field=field, channel=channel, rule=rule, value=value, shown=shown
        )

    def _rule(self, found: Found) -> str:
        if found.node is None or found.channel in {"event", "metadata"}:
            return "defaults of the policy"
        if self._redactor.policy.rules == "sentry":  # decides elsewhere, and keeps no reasons
            return SENTRY_RULE
        context = self._redactor.context_of(found.node)
        media = found.channel == "media" and context.media_masked
        return "block_all_media" if media and context.level < Level.MASK else context.rule

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
        low = text.lower()
        return mask_text(text) if any(p.text in low for p in self._wanted) else text

    def _path(self, index: int, node: int) -> str:
        """Name a node as it stands at an event; names are learned only as far as needed."""
        while self._named <= index:
            self.names.learn(self.events[self._named])
            self._named += 1
        return self.names.path(node)

    # --- secrets ---

    def secrets(self) -> Iterator[Leak]:
        """Yield where planted secrets can be read."""
        if not self._wanted:
            return
        texts: list[Piece] = []
        typed: dict[int, list[Piece]] = {}
        for index, event in enumerate(self.events):
            if isinstance(event, ev.Unreadable):
                continue
            plain = decode_repaired(JSON_DECODER, _ENCODER.encode(event))
            for hit in search(plain, self._wanted):
                yield self._hit(index, plain, hit)
            texts += [Piece(index, node, text) for node, text in _texts(plain)]
            if isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Input):
                data = event.data
                typed.setdefault(data.id, []).append(Piece(index, data.id, data.text))
        for name, piece in spread(texts, self._secrets):
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


def _changes_in_json(before: ev.Event, after: ev.Event | None) -> Iterable[Found]:
    encoded = _ENCODER.encode(before)
    masked = None if after is None else _ENCODER.encode(after)
    if masked == encoded:
        return ()
    redacted = None if masked is None else msgspec.json.decode(masked)
    return changes(decode_repaired(JSON_DECODER, encoded), redacted)


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


# --- recordings from HTML ---------------------------------------------------------------


def recording_from_html(html: str, *, url: str = "https://page.example/") -> bytes:
    """Return the recording of a page that is loaded and left alone, from its HTML.

    ``html`` may be a whole document or a part of one; it is read as lxml reads it.
    Scripts are not run and no style sheets are loaded.

    >>> recording_from_html("<p>Jane</p>")[:60]
    b'[{"type":4,"timestamp":0,"data":{"href":"https://page.exampl'
    """
    from lxml.html import document_fromstring  # noqa: PLC0415 - wanted here only

    root = document_fromstring(html or "<html></html>")
    document: dict[str, Any] = {"type": 0, "id": 1, "childNodes": []}
    todo: list[tuple[Any, dict[str, Any]]] = [(root, document)]
    count = 1

    def put(parent: dict[str, Any], **node: Any) -> dict[str, Any]:
        nonlocal count
        count += 1
        fresh = {**node, "id": count}
        parent["childNodes"].append(fresh)
        return fresh

    while todo:
        item, parent = todo.pop()
        if isinstance(item, str):
            put(parent, type=3, textContent=item)
        elif isinstance(item.tag, str):
            element = put(
                parent, type=2, tagName=item.tag, attributes=dict(item.attrib), childNodes=[]
            )
            inner = [(item.text, element)] if item.text else []
            for child in item:
                inner.append((child, element))
                inner += [(child.tail, element)] if child.tail else []
            todo += reversed(inner)
        else:  # a comment; HTML has no processing instructions, they are read as comments
            put(parent, type=5, textContent=item.text or "")
    meta = {"href": url, "width": 1280, "height": 720}
    snapshot = {"node": document, "initialOffset": {"top": 0, "left": 0}}
    return _ENCODER.encode(
        [
            {"type": 4, "timestamp": 0, "data": meta},
            {"type": 2, "timestamp": 1, "data": snapshot},
        ]
    )
