"""Mutations: removed and added nodes, changed texts and attributes.

Theory: a mutation is one batch, and its attributes may close a region whose texts come
before them, or open it; a node may move after something was put into it. So where that
may be, all is judged again, by what is known then. The first judgement learns what nodes
are from what was recorded; the second asks the mirror and learns nothing, since it sees
only what the first has left.

Invariant: parts are applied in the order a player does: removes, adds, texts, attributes.
Failure direction: of two judgements the stricter counts, since what is masked, dropped
or gathered by one is never taken back by the other.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from replay_redact import events as ev
from replay_redact._page.tree import MARK, Visitor, mark, nodes_of
from replay_redact._rules.strict import EDITABLE, FIELD, SENSITIVE, Context
from replay_redact.nodes import Text

Told = list[tuple[int, str, Any]]
"""Node, attribute and new value, of attributes that rules ask about."""


class HasVisitor(Protocol):
    """An engine, as far as mutations need it."""

    visitor: Visitor


def mutation(engine: HasVisitor, data: ev.Mutation) -> bool:
    """Mask a mutation in place; tell whether anything of it passes."""
    visitor = engine.visitor
    removes, adds, texts, attributes = data.removes, data.adds, data.texts, data.attributes
    if removes:
        data.removes = [item for item in removes if _removal(visitor, item)]
    mark = visitor.mirror.compared.mark()
    if not (adds or attributes):  # then there is nothing that could decide about texts anew
        if texts:
            data.texts = _texts(visitor, texts)
            visitor.waiting.settle()
        return bool(data.removes or data.texts) or not (removes or texts)
    told = _told(visitor.rules.names, attributes) if attributes else []
    passes = _judge(visitor, data)
    decides, sensitive = _take_facts(visitor, told)
    if decides or (len(adds) > 1 and _puts_parents_last(adds)):
        visitor.mirror.compared.take_back(mark)
        passes = _judge_again(visitor, data)
    if sensitive:
        _mark(visitor, data, sensitive)
    return passes or bool(data.removes)


def mutation_again(engine: HasVisitor, data: ev.Mutation) -> bool:
    """Judge a masked mutation by what has become known since; tell whether it still passes."""
    had_any = bool(data.adds or data.texts or data.attributes)
    return _judge_again(engine.visitor, data) or bool(data.removes) or not had_any


def _told(names: frozenset[str], changes: list[ev.AttributeMutation]) -> Told:
    """Return what changes say that rules ask about, before it is masked."""
    told: Told = []
    for change in changes:
        for name, value in change.attributes.items():
            if name in names or name.lower() in names:
                told.append((change.id, name, value))
    return told


def _puts_parents_last(adds: list[ev.Addition]) -> bool:
    """Tell whether a node is put below another that is itself put somewhere only later."""
    to_come = Counter(addition.node.id for addition in adds)
    for addition in adds:
        if to_come[addition.parent_id]:
            return True
        to_come[addition.node.id] -= 1
    return False


def _judge(visitor: Visitor, data: ev.Mutation) -> bool:
    """Mask the parts of a mutation but for removes; tell whether anything is left of them."""
    if data.adds:
        data.adds = _additions(visitor, data.adds)
    if data.texts:
        data.texts = _texts(visitor, data.texts)
    if data.attributes:
        data.attributes = _attributes(visitor, data.attributes)
    visitor.waiting.settle()
    return bool(data.adds or data.texts or data.attributes)


def _judge_again(visitor: Visitor, data: ev.Mutation) -> bool:
    """Mask what the first judgement has left, by the latest decision about each node."""
    data.adds = [item for item in data.adds if _addition_again(visitor, item)]
    data.texts = [item for item in data.texts if _text_again(visitor, item)]
    data.attributes = [item for item in data.attributes if _attributes_again(visitor, item)]
    visitor.waiting.settle()
    return bool(data.adds or data.texts or data.attributes)


def _addition_again(visitor: Visitor, addition: ev.Addition) -> bool:
    mirror = visitor.mirror
    there = addition.parent_id in mirror.parents
    above = mirror.context(addition.parent_id) if there else None
    if above is not None and above.blocked:
        mirror.bury(node.id for node in nodes_of(addition.node))
        return False
    visitor.again(addition.node, above)
    return True


def _text_again(visitor: Visitor, change: ev.TextMutation) -> bool:
    mirror = visitor.mirror
    known = change.id in mirror.parents
    context = mirror.text_context(change.id) if known else mirror.gone.get(change.id)
    if context is None:
        return True
    if change.value and not context.blocked:
        _mask_again(visitor, change, context)
    return not context.blocked


def _mask_again(visitor: Visitor, change: ev.TextMutation, context: Context) -> None:
    """Mask a text as what it was when it changed: code stays code, wherever it is now."""
    value = change.value or ""
    if change.id in visitor.mirror.code and not (context.css or context.silent):
        moved = change.id in visitor.mirror.parents
        closed = context.below_masked if moved else context.forced
        change.value = visitor.masks.sheet(value, always=True) if closed else value
    elif context.plain_text:
        visitor.gather_again(change, visitor.changes, value)
    elif context.css:
        visitor.change_sheet(change, value, context)
    else:
        change.value = visitor.changed_text(value, context)


def _attributes_again(visitor: Visitor, change: ev.AttributeMutation) -> bool:
    if change.id in visitor.mirror.parents:
        return bool(_attributes(visitor, [change]))
    context = visitor.mirror.gone.get(change.id)
    if context is None:
        return True
    if context.blocked:
        change.attributes = visitor.attributes.blocked_change(change.attributes, context)
    else:
        compared = visitor.attributes.mask_counted(change.attributes, context)
        visitor.waiting.tag(change, change.id, compared)
    return bool(change.attributes)


def _take_facts(visitor: Visitor, told: Told) -> tuple[bool, set[int]]:
    """Learn what changed attributes say; return whether that may decide anything anew.

    And the fields that they make sensitive.
    """
    mirror, rules = visitor.mirror, visitor.rules
    decides = False
    sensitive = set()
    for node_id, name, value in told:
        known = mirror.facts.get(node_id, 0)
        facts = rules.changed_facts(known, name, value)
        if facts != known and node_id in mirror.parents:
            mirror.change_facts(node_id, facts)
            decides = True
            if facts & ~known & SENSITIVE:
                sensitive.add(node_id)
    return decides, sensitive


def _mark(visitor: Visitor, data: ev.Mutation, sensitive: set[int]) -> None:
    """Mark fields that become sensitive, in the words of recorders, if nothing else tells it.

    A block drops a new type, and a mask hides a name. Of a node that the event adds, the node
    is marked, not the change.
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
    else:  # it shows elsewhere, and nobody will be told that it is gone
        mirror.hide([removal.id])
    return passes


def _additions(visitor: Visitor, adds: list[ev.Addition]) -> list[ev.Addition]:
    mirror = visitor.mirror
    kept = []
    for addition in adds:
        node = addition.node
        above = mirror.context(addition.parent_id)
        if above.css and type(node) is Text:
            node.text_content = visitor.whole_sheet(node.text_content, above)
        if visitor.addition(node, addition.parent_id, above):
            kept.append(addition)
    return kept


def _texts(visitor: Visitor, changes: list[ev.TextMutation]) -> list[ev.TextMutation]:
    """Mask new texts; what is plain text is gathered, to be masked with all others."""
    mirror = visitor.mirror
    kept = []
    for change in changes:
        context = mirror.text_context(change.id)
        if context.blocked:
            continue
        kept.append(change)
        if change.value is None:
            continue
        if context.plain_text:
            visitor.changes.append(change)
        else:
            if context.css or context.silent:
                mirror.code.add(change.id)
            recorded = change.value
            if context.css:
                visitor.change_sheet(change, recorded, context)
            else:
                change.value = visitor.changed_text(recorded, context)
            visitor.report.masked["text"] += change.value != recorded
    return kept


def _attributes(
    visitor: Visitor, changes: list[ev.AttributeMutation]
) -> list[ev.AttributeMutation]:
    mirror, masks = visitor.mirror, visitor.attributes
    kept = []
    for change in changes:
        context = mirror.context(change.id)
        if not context.blocked:
            visitor.waiting.tag(change, change.id, masks.mask_counted(change.attributes, context))
        elif mirror.parent_context(change.id).blocked:
            continue
        else:
            change.attributes = masks.blocked_change(change.attributes, context)
        if change.attributes:
            kept.append(change)
    return kept
