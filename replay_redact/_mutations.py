"""Mutations: removed and added nodes, changed texts and attributes.

Theory: a mutation is one batch, and its attributes may close a region whose texts come
before them, or open it; a node may move after something was put into it. So where that
may be, all is judged twice, by what was known and by what is known then.

Invariant: parts are applied in the order a player does: removes, adds, texts, attributes.
Failure direction: of two judgements the stricter counts, since what is masked, dropped
or gathered by one is never taken back by the other.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from replay_redact import events as ev
from replay_redact._rules import SENSITIVE
from replay_redact._visit import MARK, Visitor, change_attributes, nodes_of
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
    if not (adds or attributes):  # then there is nothing that could decide about texts anew
        if texts:
            data.texts = _texts(visitor, texts)
        return bool(data.removes or data.texts) or not (removes or texts)
    told = _told(visitor.rules.names, attributes) if attributes else None
    passes = _judge(visitor, data)
    if (told and _take_facts(visitor, data, told)) or (len(adds) > 1 and _puts_parents_last(adds)):
        passes = _judge(visitor, data)
    return passes or bool(data.removes)


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
    return bool(data.adds or data.texts or data.attributes)


def _take_facts(visitor: Visitor, data: ev.Mutation, told: Told) -> bool:
    """Learn what changed attributes say; return whether that may decide anything anew."""
    mirror, rules = visitor.mirror, visitor.rules
    decides = False
    if data.adds:
        told, decides = _tell_added(visitor, data, told)
    for node_id, name, value in told:
        known = mirror.facts.get(node_id, 0)
        facts = rules.changed_facts(known, name, value)
        if facts != known and node_id in mirror.parents:
            mirror.change_facts(node_id, facts)
            decides = True
    return decides


def _tell_added(visitor: Visitor, data: ev.Mutation, told: Told) -> tuple[Told, bool]:
    """Change nodes that are added in the same event; return what is told of others, and if any.

    They get the values as masked by the first judgement, for which rules hold as for the
    values themselves: the second may show more, and would not mask what it is given in clear.
    A block drops values, so what makes a field sensitive is marked in the words of recorders.
    """
    added = {node.id: node for item in data.adds for node in nodes_of(item.node)}
    asked = {(node_id, name) for node_id, name, _ in told if node_id in added}
    changes: dict[int, dict[str, Any]] = {}  # of a node, all at once
    for change in data.attributes if asked else ():
        for name, value in change.attributes.items():
            if (change.id, name) in asked:
                changes.setdefault(change.id, {})[name] = value
    for node_id, name, value in told:
        if node_id in added and visitor.rules.changed_facts(0, name, value) & SENSITIVE:
            changes.setdefault(node_id, {}).update(MARK)
    for node_id, attributes in changes.items():
        change_attributes(added[node_id], attributes)
    return [item for item in told if item[0] not in added], bool(changes)


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
            node.text_content = visitor.changed_text(node.text_content, above)
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
            change.value = visitor.changed_text(change.value, context)
            visitor.report.masked["text"] += 1
    return kept


def _attributes(
    visitor: Visitor, changes: list[ev.AttributeMutation]
) -> list[ev.AttributeMutation]:
    mirror, masks = visitor.mirror, visitor.attributes
    kept = []
    for change in changes:
        context = mirror.context(change.id)
        if not context.blocked:
            masks.mask(change.attributes, context)
        elif mirror.parent_context(change.id).blocked:
            continue
        else:
            change.attributes = masks.blocked_change(change.attributes, context)
        if change.attributes:
            kept.append(change)
    return kept
