"""Which events Sentry's browser SDK would have recorded, and with which nodes.

An event about a node that the SDK would not have serialized is dropped. (Now and then the SDK
records one, about a node -1, which players pass over.) Dropped are also plugin events, drawn
pixels and assets, which it does not record.

A handler returns whether the event passes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from replay_redact import events as ev
from replay_redact._engine.field_state import name_no_options
from replay_redact._engine.handlers import HANDLERS
from replay_redact._engine.sentry import Sentry
from replay_redact._engine.sentry_crumbs import masked_crumb
from replay_redact._engine.sentry_media import BACKGROUND_IMAGE
from replay_redact._engine.sentry_memory import Judged
from replay_redact._page.mutations import size_of
from replay_redact._rules.sentry import RADIO
from replay_redact._wire.event_forms import WIREFRAMES

NOT_RECORDED = -1
"""The id that recorders give to a node that they do not know."""

_SAME = (
    ev.Unreadable,
    ev.DomContentLoaded,
    ev.Load,
    ev.Asset,
    ev.ViewportResize,
    ev.CanvasMutation,  # the SDK records canvas with another integration only
)
"""Kinds of which the SDK makes what the strict rules make of them."""


def _drop(_sentry: Sentry, _event: Any) -> bool:
    return False


def _full_snapshot(sentry: Sentry, event: ev.FullSnapshot) -> bool:
    sentry.snapshot(event.data.node)
    return True


def _custom(sentry: Sentry, event: ev.Custom) -> bool:
    """Keep custom events; of breadcrumbs, those that the SDK makes."""
    payload = event.data.payload
    if event.data.tag == WIREFRAMES:  # of an SDK that has no such rules
        return False
    is_crumb = isinstance(payload, dict) and str(payload.get("category")).startswith("ui.")
    if not is_crumb:
        return True
    masked = masked_crumb(sentry, payload)
    if masked is None:
        return False
    event.data.payload = masked
    sentry.tally.payload(event.data, payload)
    return True


def _mutation(sentry: Sentry, data: ev.Mutation) -> bool:
    number = size_of(data)
    data.removes = [removal for removal in data.removes if _removal(sentry, removal)]
    added: set[int] = set()
    data.adds = [item for item in data.adds if sentry.add(item, added)]
    sentry.memory.keep_moved(sentry.mirror.parents)
    data.texts = [text for text in data.texts if sentry.changed_text(text)]
    data.attributes = [item for item in data.attributes if sentry.changed_attributes(item)]
    left = size_of(data)
    passes = left > 0 or not number
    if passes:
        sentry.tally.part(data, "structure", number - left)
    return passes


def _removal(sentry: Sentry, removal: ev.Removal) -> bool:
    blocked = removal.is_shadow is not True and sentry.mirror.context(removal.parent_id).silenced
    passes = not blocked and sentry.is_there(removal.id)
    is_here = sentry.mirror.parents.get(removal.id) == removal.parent_id
    if is_here and (passes or sentry.is_unrecorded(removal.id)):
        sentry.mirror.remove(removal.id)
    return passes


def _input(sentry: Sentry, data: ev.Input) -> bool:
    memory, judged = sentry.memory, _judged(sentry, data)
    if not sentry.knows(data.id):
        return False
    if not judged.passes:
        memory.note_unsaid(data.id, emptied=not data.text, checked=data.is_checked)
        return False
    if not judged.masked:
        memory.forget_input(data.id)
        return bool(data.text) or memory.note_input(data.id, 0, checked=data.is_checked)
    recorded = data.text
    data.text = sentry.masked_input(data.text)
    passes = memory.note_input(data.id, len(data.text), checked=data.is_checked)
    if passes:
        decision = sentry.mirror.context(data.id)
        sentry.tally.field(data, "text", recorded, "input", decision)
        name_no_options(sentry.tally, data, decision)  # as the attribute selected is removed
    return passes


def _judged(sentry: Sentry, data: ev.Input) -> Judged:
    """Judge an input; radio buttons that another one unchecks are treated like that one."""
    decision, chosen = sentry.mirror.context(data.id), sentry.memory.chosen
    is_radio = bool(decision.bits & RADIO)
    if is_radio and not data.is_checked and chosen is not None:
        return chosen
    passes = not decision.silenced and not decision.ignored
    judged = Judged(passes, decision.input_masked)
    sentry.memory.chosen = judged if is_radio and data.is_checked else None
    return judged


def _path(sentry: Sentry, data: Any) -> bool:
    for position in data.positions:
        if not sentry.knows(position.id):
            sentry.tally.field(position, "id", position.id, "structure")
            position.id = NOT_RECORDED
    return True


def _about_node(sentry: Sentry, data: Any) -> bool:
    return sentry.records(data.id)


def _selection(sentry: Sentry, data: ev.Selection) -> bool:
    number = len(data.ranges)
    data.ranges = [
        item for item in data.ranges if sentry.records(item.start) and sentry.records(item.end)
    ]
    passes = bool(data.ranges) or not number
    if passes:
        sentry.tally.part(data, "structure", number - len(data.ranges))
    return passes


def _sheet(sentry: Sentry, data: Any) -> bool:
    return not isinstance(data.id, int) or sentry.knows(data.id)


def _style_declaration(sentry: Sentry, data: ev.StyleDeclaration) -> bool:
    """Keep changes of rules, but background images go with the media."""
    changed = {part.property for part in (data.set, data.remove) if part is not UNSET}
    if sentry.policy.block_all_media and BACKGROUND_IMAGE in changed:
        return False
    return _sheet(sentry, data)


def _as_recorded(_sentry: Sentry, _event: Any) -> bool:
    return True


def _ending_choice(handler: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Return a handler before which no radio button was checked, see `_judged`."""

    def handle(sentry: Sentry, event: Any) -> bool:
        sentry.memory.chosen = None
        return handler(sentry, event)

    return handle


_HANDLERS: dict[type, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(HANDLERS, _drop),  # unless a line below says something else
    **{kind: HANDLERS[kind] for kind in _SAME},
    ev.FullSnapshot: _full_snapshot,
    ev.Meta: _as_recorded,
    ev.Custom: _custom,
    ev.Mutation: _mutation,
    **dict.fromkeys([ev.MouseMove, ev.TouchMove, ev.Drag], _path),
    **dict.fromkeys([ev.MouseInteraction, ev.Scroll, ev.MediaInteraction], _about_node),
    **dict.fromkeys([ev.StyleSheetRule, ev.AdoptedStyleSheet], _sheet),
    ev.Font: _as_recorded,
    ev.StyleDeclaration: _style_declaration,
    ev.Selection: _selection,
    ev.CustomElement: _as_recorded,
}

SENTRY_HANDLERS: dict[type, Callable[[Any, Any], bool]] = {
    **{kind: _ending_choice(handler) for kind, handler in _HANDLERS.items()},
    ev.Input: _input,
}
"""What the SDK makes of each kind of event and each incremental source."""
