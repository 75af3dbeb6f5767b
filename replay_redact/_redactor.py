"""The redactor: one event in, one masked event or none out.

Theory: every kind of event and every incremental source has one handler in
`HANDLERS`; a handler is glue between mirror, visitor and masks. There is no
catch-all that passes: what has no handler cannot be decoded, and what cannot be
decoded arrives as `Unreadable` and is dropped and counted.

Invariant: events are changed in place only if the redactor owns them.
Failure direction: an exception inside a handler is a bug and stays loud; an
event about a blocked node is dropped, one about an unknown node is masked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn, Self

from msgspec import UNSET

from replay_redact import _state, _wire
from replay_redact import events as ev
from replay_redact._codec import copy_event, open_recording, seal
from replay_redact._containers import Decoder, Opened
from replay_redact._css_tokens import is_property_name
from replay_redact._deep import MAX_DEPTH
from replay_redact._facts import Rule
from replay_redact._json_masks import mask_json
from replay_redact._metadata import MetadataMasks
from replay_redact._mirror import Mirror
from replay_redact._pause import paused_collector
from replay_redact._repair import EVENTS_DECODER
from replay_redact._report import Report
from replay_redact._rules import FIELD, Context, compile_rules
from replay_redact._sentry import SENTRY_HANDLERS, Sentry
from replay_redact._visit import (
    TAG_NAME,
    MalformedTreeError,
    Visitor,
    change_attributes,
    check_attributes,
    nodes_of,
)
from replay_redact.nodes import Text
from replay_redact.policy import Policy

__all__ = ["Redactor", "redact_bytes", "redact_events"]

DEFAULT_POLICY = Policy()

_FONT_BYTES = re.compile(r"[\[{][\d\s,:\"]*[\]}]")  # a list of bytes, or an object of them by index


class Redactor:
    """Redacts one recording, event by event, in recording order.

    Keeps what later events need (which node is below which, and what rules ask
    about them), never content; `state` gives that as bytes, from which another
    process goes on. One redactor serves one recording and one thread at a time, and
    cannot be pickled; a `Policy` may be shared.

    ``report`` counts what this redactor has seen, masked and dropped.

    >>> redactor = Redactor(Policy())
    >>> redactor.process_bytes(
    ...     b'[{"type": 4, "data": {"href": "https://shop.example/u/42",'
    ...     b' "width": 800, "height": 600}, "timestamp": 1}]'
    ... )
    b'[{"type":4,"timestamp":1,"data":{"href":"https://shop.example/*/**","width":800,"height":600}}]'
    >>> redactor.report.events["Meta"]
    1
    """

    def __init__(self, policy: Policy = DEFAULT_POLICY) -> None:
        if not isinstance(policy, Policy):
            raise TypeError(f"a policy is a Policy, not {type(policy).__name__}")
        self.policy = policy
        self.report = Report()
        self._rules = compile_rules(policy)
        self._mirror = Mirror(self._rules)
        self._visitor = Visitor(self._rules, self._mirror, self.report)
        self._metadata = MetadataMasks(self._mirror, self._visitor.attributes)
        self._sentry = Sentry(policy, self.report) if policy.rules == "sentry" else None
        self._handlers: dict[type, Any] = SENTRY_HANDLERS if self._sentry else HANDLERS
        self._next: int | None = None  # number of the segment that would be in order

    def process(self, event: ev.Event) -> ev.Event | None:
        """Return the redacted form of an event, or ``None`` if it must not pass.

        The event itself is not changed. One that is not well-formed is dropped
        and counted. Raises `LimitError` if its tree is too deep.
        """
        return self.process_own(copy_event(event))

    def process_own(self, event: ev.Event) -> ev.Event | None:
        """Like `process`, but the event is masked in place: it is given away."""
        subject: Any = event.data if isinstance(event, ev.IncrementalSnapshot) else event
        kind = type(subject)
        self.report.events[kind.__name__] += 1
        try:
            if self._handlers[kind](self._sentry or self, subject):
                return event
        except MalformedTreeError:  # as if it could not be decoded
            self.forget()
            subject = ev.Unreadable("malformed")
        self.report.dropped[self._why(subject)] += 1
        return None

    def process_bytes(
        self,
        segment: bytes,
        *,
        format: str = "auto",  # noqa: A002 - reads best at the call
        number: int | None = None,
    ) -> bytes:
        """Redact a piece of a recording; the output has the container of the input.

        ``number`` is the piece's place in the recording, from 0; a Sentry segment has it
        in its head. Pieces with numbers may come in any order: after a gap nothing is
        known until a full snapshot, and one that comes late or again is redacted as if it
        were a recording of its own, which masks more and never less. Pieces without
        numbers have to be all there and in order; call `forget` if they may not be.

        Raises `DecodeError` or `LimitError`, see `redact_bytes`, and `ValueError` for a
        negative number. After an error nothing is known until a full snapshot.

        >>> redactor = Redactor()
        >>> redactor.process_bytes(b'[{"type": 1, "data": {}, "timestamp": 5}]', number=0)
        b'[{"type":1,"timestamp":5,"data":{}}]'
        """
        if number is not None and number < 0:
            raise ValueError("segments are numbered from 0")
        try:
            with paused_collector():
                return self._redact_piece(segment, format, number)
        except BaseException:
            self.forget()
            raise

    def _redact_piece(self, segment: bytes, format_: str, number: int | None) -> bytes:
        """Open, redact and close; what was decoded is gone before the collector is back."""
        opened = open_recording(segment, format_, self.decoder)
        return self._in_order(opened, opened.number if number is None else number)

    def _in_order(self, opened: Opened, number: int | None) -> bytes:
        """Redact a piece, unless it comes too late to be judged by what is known now."""
        if number is None:
            return self.redact_opened(opened)
        if self._next is not None and number < self._next:
            late = type(self)(self.policy)
            output = late.redact_opened(opened)
            self.report.add(late.report)
            return output
        if number != self._next:
            self.forget()
        self._next = number + 1
        return self.redact_opened(opened)

    def redact_opened(self, opened: Opened) -> bytes:
        """Redact the events of a container, and close it again."""
        if opened.cut:
            self.report.dropped["unknown field"] += opened.cut
        return seal(opened, [self.process_own(event) for event in opened.events])

    def forget(self) -> None:
        """Forget all nodes: what comes next is masked, until a full snapshot.

        For a recording of which a piece is known to be missing.
        """
        self._mirror.clear()
        if self._sentry is not None:
            self._sentry.clear()

    def state(self) -> bytes:
        """Return what has to be known of this recording to go on with it elsewhere.

        That is the ids of its live nodes, what is below what, which rules and tests of
        the policy hold for each, and the number of the next piece: some two bytes per
        node, nothing of what was recorded, and no counts of ``report``. A state is as
        safe as the place where it is kept: whoever can change it can open what is masked.

        Raises `LimitError` for more than 5,000,000 nodes.
        """
        if self._sentry is not None:
            return _state.pack(self.policy, _state.of_places(self._sentry.places, self._next))
        return _state.pack(self.policy, _state.of_mirror(self._mirror, self._next))

    @classmethod
    def from_state(cls, policy: Policy, state: bytes) -> Self:
        """Return a redactor that goes on where another of the same policy was.

        Raises `StateError` if the state is damaged, or was made by another policy or
        another version of this package. A new redactor is safe then: it masks until the
        next full snapshot.

        >>> redactor = Redactor()
        >>> _ = redactor.process_bytes(b'[{"type": 2, "timestamp": 1, "data": {"node": '
        ...     b'{"type": 0, "id": 1, "childNodes": []}}}]')
        >>> again = Redactor.from_state(Policy(), redactor.state())
        >>> again.state() == redactor.state()
        True
        >>> Redactor.from_state(Policy.lockdown(), redactor.state())
        Traceback (most recent call last):
        ...
        replay_redact._errors.StateError: the state is of another policy or another version ...
        """
        memory = _state.unpack(policy, bytes(state))
        redactor = cls(policy)
        redactor._next = memory.number
        if redactor._sentry is not None:
            redactor._sentry.places = _state.places_of(memory)
        else:
            _state.fill_mirror(redactor._mirror, memory)
        return redactor

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Redactor is not shared and not pickled: carry its state() instead")

    def _why(self, subject: Any) -> str:
        if isinstance(subject, ev.Unreadable):
            return subject.reason
        return type(subject).__name__

    @property
    def decoder(self) -> Decoder:
        """The decoder whose events `process_own` handles fastest."""
        return EVENTS_DECODER if self._sentry is not None else _wire.EVENTS_DECODER

    def context_of(self, node_id: int) -> Context:
        """Return the decision about a node as things stand now."""
        return self._mirror.context(node_id)

    def ancestors_of(self, node_id: int) -> list[int]:
        """Return a node's id and those of what is above it, outermost last; none if unknown."""
        found: list[int] = []
        at: int | None = node_id
        while at is not None and at in self._mirror.parents and len(found) <= MAX_DEPTH:
            found.append(at)
            at = self._mirror.parents[at]
        return found

    def rules_of(self, option: str) -> tuple[Rule, ...]:
        """Return the compiled selectors of ``mask``, ``unmask`` or ``block``."""
        return self._rules.of_option(option)

    # --- what handlers ask ---

    def hides_pointer(self, node_id: int) -> bool:
        """Tell whether a pointer over this node may tell what is entered in it.

        What is in a blocked element is gone from the output, so nobody can tell there
        whether it was a form field.
        """
        context = self._mirror.context(node_id)
        return context.blocked or (context.bits & FIELD != 0 and context.input_masked)

    def _text_context(self, node_id: int) -> Context:
        """Return the context that judges a text: its parent's, unless it has facts of its own."""
        if self._mirror.facts.get(node_id, 0):
            return self._mirror.context(node_id)
        return self._mirror.parent_context(node_id)

    def blocks(self, node_id: int) -> bool:
        """Tell whether a node is blocked, by itself or from above."""
        return self._mirror.context(node_id).blocked

    def url(self, address: str) -> str:
        """Mask an address by the policy's URL rule."""
        return self._visitor.masks.url(address)

    def forces(self, node_id: object) -> bool:
        """Tell whether a node is masked by a rule, or because nobody knows it."""
        return isinstance(node_id, int) and self._mirror.context(node_id).forced

    def sheet(self, css: str, owner: object) -> str:
        """Mask CSS of a style element by the policy and the element's own level."""
        return self._visitor.masks.sheet(css, always=self.forces(owner))


# --- handlers: true if the event passes -----------------------------------------------


def _keep(_redactor: Redactor, _event: Any) -> bool:
    return True


def _drop(_redactor: Redactor, _event: Any) -> bool:
    return False


def _unreadable(redactor: Redactor, event: ev.Unreadable) -> bool:
    """Drop what cannot be read; after a lost change of the tree, nothing is known of it."""
    if event.may_change_tree:
        redactor.forget()
    return False


def _full_snapshot(redactor: Redactor, event: ev.FullSnapshot) -> bool:
    redactor._visitor.snapshot(event.data.node)
    return True


def _meta(redactor: Redactor, event: ev.Meta) -> bool:
    event.data.href = redactor.url(event.data.href)
    return True


def _custom(redactor: Redactor, event: ev.Custom) -> bool:
    data = event.data
    data.tag, data.payload = redactor._metadata.custom(data.tag, data.payload)
    return True


def _plugin(redactor: Redactor, event: ev.Plugin) -> bool:
    data = event.data
    data.plugin, data.payload = redactor._metadata.plugin(data.plugin, data.payload)
    return True


def _log(redactor: Redactor, data: ev.Log) -> bool:
    for name in ("level", "trace", "payload"):
        setattr(data, name, mask_json(getattr(data, name), redactor._visitor.masks.text))
    return True


def _mutation(redactor: Redactor, data: ev.Mutation) -> bool:
    """Apply the parts in the order a player does: removes, adds, texts, attributes.

    A mutation is one batch, and its attributes may close a region whose texts come before
    them, or open it; a node may move after something was put into it. So where that may be,
    all is judged twice, by what was known and by what is known then, and the stricter counts.
    """
    if not (data.removes or data.adds or data.texts or data.attributes):
        return True
    for addition in data.adds:
        check_attributes(addition.node)  # before anything is done
    told = [
        (change.id, telling)
        for change in data.attributes
        if (telling := redactor._rules.telling(change.attributes))
    ]
    data.removes = data.removes and [item for item in data.removes if _removal(redactor, item)]
    late = len(data.adds) > 1 and _puts_parents_last(data.adds)
    _judge(redactor, data)
    if (told and _take_facts(redactor, data.adds, told)) or late:
        _judge(redactor, data)
    return bool(data.removes or data.adds or data.texts or data.attributes)


def _puts_parents_last(adds: list[ev.Addition]) -> bool:
    """Tell whether a node is put below another that is itself put somewhere only later."""
    to_come = Counter(addition.node.id for addition in adds)
    for addition in adds:
        if to_come[addition.parent_id]:
            return True
        to_come[addition.node.id] -= 1
    return False


def _judge(redactor: Redactor, data: ev.Mutation) -> None:
    """Mask the parts of a mutation but for removes, and leave out what must not pass."""
    if data.adds:
        data.adds = [addition for addition in data.adds if _addition(redactor, addition)]
    if data.texts:
        data.texts = [text for text in data.texts if _changed_text(redactor, text)]
    if data.attributes:
        data.attributes = [item for item in data.attributes if _changed_attributes(redactor, item)]


def _take_facts(
    redactor: Redactor, adds: list[ev.Addition], told: list[tuple[int, dict[str, Any]]]
) -> bool:
    """Learn what changed attributes say; return whether that may decide anything anew."""
    mirror, rules = redactor._mirror, redactor._rules
    added = {node.id: node for addition in adds for node in nodes_of(addition.node)}
    changed = False
    for node_id, telling in told:
        if node_id in added:
            change_attributes(added[node_id], telling)
            changed = True
        elif node_id in mirror.parents:
            old = facts = mirror.facts.get(node_id, 0)
            for name, value in telling.items():
                facts = rules.changed_facts(facts, name, value)
            mirror.change_facts(node_id, facts)
            changed = changed or facts != old
    return changed


def _removal(redactor: Redactor, removal: ev.Removal) -> bool:
    mirror = redactor._mirror
    passes = not redactor.blocks(removal.parent_id)
    if passes or mirror.parent_context(removal.id).blocked:
        mirror.remove(removal.id)
    else:  # it shows elsewhere, and nobody will be told that it is gone
        mirror.hide([removal.id])
    return passes


def _addition(redactor: Redactor, addition: ev.Addition) -> bool:
    node = addition.node
    if type(node) is Text and redactor._mirror.context(addition.parent_id).css:
        node.text_content = redactor._visitor.changed_text(
            node.text_content, redactor._mirror.context(addition.parent_id)
        )
    return redactor._visitor.addition(node, addition.parent_id)


def _changed_text(redactor: Redactor, mutation: ev.TextMutation) -> bool:
    own = redactor._mirror.context(mutation.id)
    if own.blocked:
        return False
    if mutation.value is not None:
        context = redactor._text_context(mutation.id)
        mutation.value = redactor._visitor.changed_text(mutation.value, context)
        redactor.report.masked["text"] += 1
    return True


def _changed_attributes(redactor: Redactor, mutation: ev.AttributeMutation) -> bool:
    mirror, visitor = redactor._mirror, redactor._visitor
    context = mirror.context(mutation.id)
    if not context.blocked:
        visitor.attributes.mask(mutation.attributes, context)
        return bool(mutation.attributes)
    parent = mirror.parent_context(mutation.id)
    if parent.blocked:
        return False
    mutation.attributes = visitor.attributes.blocked_change(mutation.attributes, context)
    return bool(mutation.attributes)


def _input(redactor: Redactor, data: ev.Input) -> bool:
    context = redactor._mirror.context(data.id)
    if context.blocked or redactor._rules.ignores(context):
        return False
    if context.input_masked:
        data.text = redactor._visitor.masks.input(data.text)
        redactor.report.masked["input"] += 1
    else:
        data.text = redactor._visitor.masks.shown(data.text, "input")
    if redactor.policy.hide_state:
        data.is_checked = False
    return True


def _path(redactor: Redactor, data: Any) -> bool:
    """Keep where the pointer began and ended, not the way in between.

    A path of which nothing is left is dropped: players cannot show one.
    """
    had_any = bool(data.positions)
    if redactor.policy.hide_pointer:
        data.positions = [at for at in data.positions if not redactor.hides_pointer(at.id)]
    del data.positions[1:-1]
    return bool(data.positions) or not had_any


def _mouse_interaction(redactor: Redactor, data: ev.MouseInteraction) -> bool:
    if redactor.policy.hide_pointer and redactor.hides_pointer(data.id):
        data.x = data.y = UNSET
    return not redactor.blocks(data.id)


def _if_not_blocked(redactor: Redactor, data: Any) -> bool:
    return not redactor.blocks(data.id)


def _selection(redactor: Redactor, data: ev.Selection) -> bool:
    had_any = bool(data.ranges)
    data.ranges = [
        item
        for item in data.ranges
        if not (redactor.blocks(item.start) or redactor.blocks(item.end))
    ]
    if redactor.policy.hide_state:
        for item in data.ranges:
            _hide_offsets(redactor, item)
    return bool(data.ranges) or not had_any


def _hide_offsets(redactor: Redactor, item: ev.Range) -> None:
    """Move the ends of a range that stand in masked text to where the text begins."""
    if redactor._text_context(item.start).below_masked:
        item.start_offset = 0
    if redactor._text_context(item.end).below_masked:
        item.end_offset = 0


def _style_sheet_rule(redactor: Redactor, data: ev.StyleSheetRule) -> bool:
    for addition in data.adds or ():
        addition.rule = redactor.sheet(addition.rule, data.id)
    if isinstance(data.replace, str):
        data.replace = redactor.sheet(data.replace, data.id)
    if isinstance(data.replace_sync, str):
        data.replace_sync = redactor.sheet(data.replace_sync, data.id)
    return not (isinstance(data.id, int) and redactor.blocks(data.id))


def _style_declaration(redactor: Redactor, data: ev.StyleDeclaration) -> bool:
    change = data.set
    if change is not UNSET:
        if not is_property_name(change.property):
            return False
        if change.value is not None:
            masks, always = redactor._visitor.masks, redactor.forces(data.id)
            change.value = masks.value(change.property, change.value, always=always)
        if change.priority not in {UNSET, None, "", "important"}:
            change.priority = ""
    if data.remove is not UNSET and not is_property_name(data.remove.property):
        return False
    return not (isinstance(data.id, int) and redactor.blocks(data.id))


def _adopted_style_sheet(redactor: Redactor, data: ev.AdoptedStyleSheet) -> bool:
    for style in data.styles or ():
        for addition in style.rules:
            addition.rule = redactor.sheet(addition.rule, data.id)
    return not redactor.blocks(data.id)


def _custom_element(_redactor: Redactor, data: ev.CustomElement) -> bool:
    return data.define is UNSET or TAG_NAME.fullmatch(data.define.name) is not None


def _font(redactor: Redactor, data: ev.Font) -> bool:
    """Keep a font only by opt-in; its address is masked like that of a font in CSS."""
    if not redactor.policy.keep_fonts:
        return False
    data.descriptors = UNSET
    if data.buffer:
        return _FONT_BYTES.fullmatch(data.font_source) is not None
    data.font_source = redactor._visitor.masks.value("src", data.font_source, always=True)
    return True


HANDLERS: dict[type, Callable[[Redactor, Any], bool]] = {
    ev.Unreadable: _unreadable,
    ev.DomContentLoaded: _keep,
    ev.Load: _keep,
    ev.FullSnapshot: _full_snapshot,
    _wire.FullSnapshot: _full_snapshot,
    ev.Meta: _meta,
    ev.Custom: _custom,
    ev.Plugin: _plugin,
    ev.Asset: _drop,  # bytes of what the page showed
    ev.Mutation: _mutation,
    _wire.Mutation: _mutation,
    ev.MouseMove: _path,
    ev.TouchMove: _path,
    ev.Drag: _path,
    ev.MouseInteraction: _mouse_interaction,
    ev.Scroll: _if_not_blocked,
    ev.ViewportResize: _keep,  # two numbers
    ev.Input: _input,
    ev.MediaInteraction: _if_not_blocked,
    ev.StyleSheetRule: _style_sheet_rule,
    ev.CanvasMutation: _drop,  # drawn text and pixels
    ev.Font: _font,
    ev.Log: _log,
    ev.StyleDeclaration: _style_declaration,
    ev.Selection: _selection,
    ev.AdoptedStyleSheet: _adopted_style_sheet,
    ev.CustomElement: _custom_element,
}
"""What happens to each kind of event and each incremental source."""


# --- the two one-call functions -------------------------------------------------------


def redact_bytes(
    data: bytes,
    policy: Policy = DEFAULT_POLICY,
    *,
    format: str = "auto",  # noqa: A002 - reads best at the call
) -> bytes:
    """Redact a whole recording, in any form that `decode` reads.

    The output has the form of the input. Unreadable events are dropped.

    Raises `DecodeError` if the input is not a recording, `LimitError` if it is
    too large or too deep; nothing is returned in part.

    >>> redact_bytes(b'[{"type": 1, "data": {"note": "Jane"}, "timestamp": 5}]')
    b'[{"type":1,"timestamp":5,"data":{}}]'
    """
    return Redactor(policy).process_bytes(data, format=format)


def redact_events(
    events: Iterable[ev.Event], policy: Policy = DEFAULT_POLICY
) -> Iterator[ev.Event]:
    """Redact events one by one, in order; those that must not pass are left out.

    >>> from replay_redact import decode
    >>> list(redact_events(decode(b'[{"type": 7, "data": {"url": "x"}, "timestamp": 1}]')))
    []
    """
    redactor = Redactor(policy)
    for event in events:
        masked = redactor.process(event)
        if masked is not None:
            yield masked
