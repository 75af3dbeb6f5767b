"""Mutations: removed and added nodes, changed texts and attributes.

A mutation applies its parts in the order in which a player does: removes, adds, texts, attributes.
But its attributes may mask or unmask a region whose texts come before them, and a node may move
after something was added to it. Wherever that can be, the mutation is judged twice:

* The first judgement learns facts from what was recorded, and masks.
* The second sees only what the first has left. It asks the mirror, learns no facts of nodes, and
  masks again.

So the stricter judgement counts: neither takes back what the other masked, dropped or gathered.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from replay_redact import events as ev
from replay_redact._page.leaves import MARK, mark
from replay_redact._page.tree import Visitor, nodes_of
from replay_redact._rules.decisions import SENSITIVE
from replay_redact._rules.strict import EDITABLE, FIELD, Context
from replay_redact.nodes import Text

Told = list[tuple[ev.AttributeMutation, str, Any]]
"""Changes of attributes that the rules ask about: the change, the name, the new value."""


class HasVisitor(Protocol):
    """The part of an engine that mutations need."""

    visitor: Visitor


def mutation(engine: HasVisitor, data: ev.Mutation) -> bool:
    """Mask a mutation in place. Return whether anything of it passes."""
    before = size_of(data)
    passes = _mutation(engine.visitor, data)
    if passes and (dropped := before - size_of(data)):
        engine.visitor.tally.part(data, "structure", dropped)
    return passes


def size_of(data: ev.Mutation) -> int:
    """Return how many changes a mutation has."""
    return len(data.removes) + len(data.adds) + len(data.texts) + len(data.attributes)


def _mutation(visitor: Visitor, data: ev.Mutation) -> bool:
    removes, adds, texts, attributes = data.removes, data.adds, data.texts, data.attributes
    if removes:
        data.removes = [item for item in removes if _removal(visitor, item)]
    mark = visitor.mirror.compared.mark()
    if not (adds or attributes):  # nothing in it can change a decision about its texts
        if texts:
            data.texts = _texts(visitor, texts)
            visitor.waiting.settle()
        return bool(data.removes or data.texts) or not (removes or texts)
    told = _told(visitor.rules.names, attributes) if attributes else []
    passes = _judge(visitor, data)
    decides, sensitive = _take_facts(visitor, told)
    if decides or (len(adds) > 1 and _puts_parents_last(adds)):
        visitor.mirror.compared.take_back(mark)
        visitor.tally.judged_twice()
        passes = _judge_again(visitor, data)
        visitor.mirror.end_judgement()
    if sensitive:
        _mark(visitor, data, sensitive)
    return passes or bool(data.removes)


def mutation_again(engine: HasVisitor, data: ev.Mutation) -> bool:
    """Mask a mutation again, by what later events told. Return whether it still passes."""
    had_any = bool(data.adds or data.texts or data.attributes)
    before, tally = size_of(data), engine.visitor.tally
    passes = _judge_again(engine.visitor, data) or bool(data.removes) or not had_any
    tally.part(data, "structure", before - size_of(data))
    if not passes:
        tally.lose([data])
    return passes


def _told(names: frozenset[str], changes: list[ev.AttributeMutation]) -> Told:
    """Return the changes of attributes that the rules ask about, before they are masked."""
    told: Told = []
    for change in changes:
        for name, value in change.attributes.items():
            if name in names or name.lower() in names:
                told.append((change, name, value))
    return told


def _puts_parents_last(adds: list[ev.Addition]) -> bool:
    """Tell whether a node is added to a parent that is itself added only later."""
    to_come = Counter(addition.node.id for addition in adds)
    for addition in adds:
        if to_come[addition.parent_id]:
            return True
        to_come[addition.node.id] -= 1
    return False


def _judge(visitor: Visitor, data: ev.Mutation) -> bool:
    """Mask adds, texts and attributes of a mutation. Return whether anything is left of them."""
    if data.adds:
        data.adds = _additions(visitor, data.adds)
    if data.texts:
        data.texts = _texts(visitor, data.texts)
    if data.attributes:
        data.attributes = _attributes(visitor, data.attributes)
    visitor.waiting.settle()
    return bool(data.adds or data.texts or data.attributes)


def _judge_again(visitor: Visitor, data: ev.Mutation) -> bool:
    """Mask again what the first judgement left, by the latest decision about each node."""
    data.adds = [item for item in data.adds if _addition_again(visitor, item)]
    data.texts = [item for item in data.texts if _text_again(visitor, item)]
    data.attributes = [item for item in data.attributes if _attributes_again(visitor, item)]
    visitor.waiting.settle()
    return bool(data.adds or data.texts or data.attributes)


def _addition_again(visitor: Visitor, addition: ev.Addition) -> bool:
    mirror = visitor.mirror
    above = mirror.latest(addition.parent_id)
    if above is not None and above.blocked:
        below = nodes_of(addition.node)
        visitor.tally.lose(below)
        mirror.withhold(node.id for node in below)
        return False
    for field in mirror.left_fields(addition.parent_id):
        visitor.again(addition.node, field)
    visitor.again(addition.node, above)
    return True


def _text_again(visitor: Visitor, change: ev.TextMutation) -> bool:
    mirror = visitor.mirror
    context = mirror.latest_text(change.id)
    if context is not None and context.blocked:
        visitor.tally.lose([change])
        return False
    for decision in (*mirror.left_fields(change.id), context):
        if change.value and decision is not None:
            _mask_again(visitor, change, decision.changed)
    return True


def _mask_again(visitor: Visitor, change: ev.TextMutation, context: Context) -> None:
    """Mask a text again. If it was code when it changed, it is code, wherever it is now."""
    value = change.value or ""
    visitor.tally.field(change, "value", value, "text", context)
    if change.id in visitor.mirror.code and not (context.css or context.silent):
        moved = change.id in visitor.mirror.parents
        closed = context.below_masked if moved else context.forced
        change.value = visitor.masks.sheet(value, always=True) if closed else value
    elif context.plain_text:
        if visitor.gathered.needs_mask(value):
            visitor.gathered.change(change, context)
    elif context.css:
        visitor.change_sheet(change, value, context)
    else:
        change.value = visitor.changed_text(value, context)


def _attributes_again(visitor: Visitor, change: ev.AttributeMutation) -> bool:
    if change.id in visitor.mirror.absent:
        visitor.tally.lose([change])
        return False
    for field in visitor.mirror.left_fields(change.id):
        inside = _inside(visitor, field, change.id)
        visitor.attributes.mask_counted(change.attributes, inside, change)
    if change.id in visitor.mirror.parents:
        old = change.attributes
        passes = bool(_attributes(visitor, [change]))
        visitor.take_back(change.id, old.keys() - change.attributes.keys())
        return passes
    context = visitor.mirror.gone.get(change.id)
    if context is None:
        return True
    if context.blocked:
        _block(visitor, change, context)
    else:
        compared = visitor.attributes.mask_counted(change.attributes, context, change)
        visitor.waiting.tag(change, change.id, compared, None)
    return _is_left(visitor, change)


def _block(visitor: Visitor, change: ev.AttributeMutation, context: Context) -> None:
    """Leave of a change what concerns the box of a blocked element."""
    recorded = change.attributes
    change.attributes = visitor.attributes.blocked_change(recorded, context)
    visitor.tally.replaced(change, recorded, context)


def _is_left(visitor: Visitor, change: ev.AttributeMutation) -> bool:
    """Tell whether anything is left of a change. If not, it is dropped, and counts as one."""
    if not change.attributes:
        visitor.tally.lose([change])
    return bool(change.attributes)


def _inside(visitor: Visitor, field: Context, node_id: int) -> Context:
    """Return the decision about a node as if it were inside of a field."""
    latest = visitor.mirror.latest(node_id)
    return visitor.rules.child(field, 0 if latest is None else latest.bits)


def _take_facts(visitor: Visitor, told: Told) -> tuple[bool, set[int]]:
    """Learn facts from changed attributes.

    Return whether that can change a decision, and the fields that become sensitive. A change that a
    block dropped does not unmask anything: it is not in the output, so redacting the output again
    could not know of it once the block is lifted.
    """
    mirror, rules = visitor.mirror, visitor.rules
    decides = False
    sensitive = set()
    for change, name, value in told:
        node_id = change.id
        known = mirror.facts.get(node_id, 0)
        facts = rules.changed_facts(known, name, value)
        if name not in change.attributes:
            facts = rules.untold_facts(known, facts)
        if facts != known and node_id in mirror.parents:
            mirror.change_facts(node_id, facts)
            decides = True
            if facts & ~known & SENSITIVE:
                sensitive.add(node_id)
    return decides, sensitive


def _mark(visitor: Visitor, data: ev.Mutation, sensitive: set[int]) -> None:
    """Mark fields that become sensitive, with the attribute that recorders use for passwords.

    Without it, the output may not tell: a block drops a new ``type``, and a mask hides a name. If
    the event adds the node, the node gets the mark, not the change.
    """
    added = set()
    for addition in data.adds:
        for node in nodes_of(addition.node):
            added.add(node.id)
            if node.id in sensitive:
                mark(node)
    for change in data.attributes:
        if change.id in sensitive - added and not _tells(visitor, change):
            change.attributes = MARK | change.attributes


def _tells(visitor: Visitor, change: ev.AttributeMutation) -> bool:
    """Tell whether a masked change still says that its field is sensitive."""
    bits = visitor.mirror.facts.get(change.id, 0) & (FIELD | EDITABLE)
    for name, value in change.attributes.items():
        bits = visitor.rules.changed_facts(bits, name, value)
    return bits & SENSITIVE != 0


def _removal(visitor: Visitor, removal: ev.Removal) -> bool:
    mirror = visitor.mirror
    passes = not mirror.context(removal.parent_id).blocked
    if passes or mirror.parent_context(removal.id).blocked:
        mirror.remove(removal.id)
    else:  # the node shows elsewhere, and the output does not tell that it was removed
        mirror.hide([removal.id])
    return passes


def _additions(visitor: Visitor, adds: list[ev.Addition]) -> list[ev.Addition]:
    mirror = visitor.mirror
    kept = []
    for addition in adds:
        node = addition.node
        above = mirror.context(addition.parent_id)
        mirror.changed.add(addition.parent_id)
        if above.css and type(node) is Text:
            recorded, whole = node.text_content, visitor.whole_sheet(node.text_content, above)
            if whole != recorded:
                visitor.tally.field(node, "text_content", recorded, "text", above)
                node.text_content = whole
        if visitor.addition(node, addition.parent_id, above):
            kept.append(addition)
    return kept


def _texts(visitor: Visitor, changes: list[ev.TextMutation]) -> list[ev.TextMutation]:
    """Mask new texts. Plain text is gathered, and masked with all others later."""
    mirror = visitor.mirror
    kept = []
    for change in changes:
        context = mirror.text_context(change.id).changed
        if context.blocked:
            continue
        kept.append(change)
        if change.value is None:
            continue
        mirror.changed.add(change.id)
        if context.plain_text:
            visitor.gathered.change(change, context)
        else:
            if context.css or context.silent:
                mirror.code.add(change.id)
            recorded = change.value
            visitor.tally.field(change, "value", recorded, "text", context)
            if context.css:
                visitor.change_sheet(change, recorded, context)
            else:
                change.value = visitor.changed_text(recorded, context)
    return kept


def _attributes(
    visitor: Visitor, changes: list[ev.AttributeMutation]
) -> list[ev.AttributeMutation]:
    mirror, masks = visitor.mirror, visitor.attributes
    kept = []
    for change in changes:
        context = mirror.context(change.id).changed
        if not context.blocked:
            compared = masks.mask_counted(change.attributes, context, change)
            visitor.waiting.tag(change, change.id, compared, context)
        elif mirror.parent_context(change.id).blocked:
            visitor.tally.lose([change])
            continue
        else:
            _block(visitor, change, context)
        if _is_left(visitor, change):
            mirror.changed.add(change.id)
            if mirror.places is not None:
                visitor.changed(change)
            kept.append(change)
    return kept
