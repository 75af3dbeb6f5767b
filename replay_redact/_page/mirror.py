"""The mirror: what is remembered of the page between events.

An incremental event names nodes by id only. To decide about a node, the rules need its ancestors
and their facts. So the mirror keeps the parent of every live node and the facts (see
`_rules.decisions`) of the few nodes that have any. It keeps no content.

* Decisions follow from parents and facts, and are cached. A change of facts empties the cache.
* A value is judged when it is emitted. Unmasking a region later does not unmask what went out
  masked. Masking it later cannot take back what went out in clear.
* A field that was a password once stays sensitive until the next full snapshot, even if its type
  changes or it moves. Recorders write a move as a removal and an addition, so `fields` outlives
  removal.
* Every parent is itself a node of the mirror. So each chain of parents ends at the root, and there
  are no cycles.
* If the chain of a node does not reach a known document (never seen, removed, too deep), the
  decision is `Rules.unknown`: masked.

A *moment* is all events of a window with the same timestamp; see `_engine.windows`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Generic

from replay_redact._page.compared import ComparedWords
from replay_redact._page.packed.changes import (
    Changes,
    Children,
    Parents,
    SparseChildren,
)
from replay_redact._page.packed.columns import Columns
from replay_redact._page.packed.packing import packed_again, packed_anew
from replay_redact._rules.decisions import AMBIGUOUS, HIDDEN, SENSITIVE, D, RuleSet, is_code
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact.policy import TextPlace
from replay_redact.report import Report

_MOST_LEFT = 100  # ancestors that are remembered of a node that changed and left


class Branch:
    """A tree that is not yet part of the mirror: parents, facts, and the nodes below a block.

    The parent of a whole document is ``None``.
    """

    __slots__ = ("facts", "hidden", "parent_id", "parents", "root_id")

    def __init__(self, root_id: int, parent_id: int | None = None) -> None:
        self.root_id = root_id
        self.parent_id = parent_id
        self.parents: dict[int, int | None] = {root_id: parent_id}
        self.facts: dict[int, int] = {}
        self.hidden: list[int] = []

    def settle(self, shown: Iterable[int]) -> None:
        """Mark ids as ambiguous if several nodes of the tree claim them.

        ``shown`` lists the ids of the nodes that are in the output. The parents of such nodes
        overwrote each other and could form a cycle, so all of them go below the root.
        """
        repeated = [node_id for node_id, count in Counter(shown).items() if count > 1]
        self.facts.update(dict.fromkeys(repeated, AMBIGUOUS))
        for node_ids in (repeated, self.hidden):
            self.parents.update(dict.fromkeys(node_ids, self.root_id))
        self.parents[self.root_id] = self.parent_id

    def hide(self) -> None:
        """Mark the nodes below a block as hidden for good: no player ever gets them."""
        for node_id in self.hidden:
            self.facts[node_id] = self.facts.get(node_id, 0) | HIDDEN


class Mirror(Generic[D]):
    """Parents, facts and decisions of the live nodes of one window."""

    def __init__(self, rules: RuleSet[D], report: Report | None = None) -> None:
        self.rules = rules
        self.compared = ComparedWords(report or Report(), rules.policy)
        self.parents: dict[int, int | None] = {}
        self.facts: dict[int, int] = {}
        self.fields: set[int] = set()  # fields that were sensitive since the last full snapshot
        self.gone: dict[int, D] = {}  # the last decisions about nodes removed in this moment
        self.gone_texts: dict[int, D] = {}  # the same, for the case that they were texts
        self.code: set[int] = set()  # texts that were code or CSS when they changed in this moment
        self.changed: set[int] = set()  # nodes that changed in this moment, where they still are
        self.left: dict[int, set[int | None]] = {}  # by node: what it changed in, and then left
        self.absent: set[int] = set()  # see `withhold`
        self.places: dict[int, TextPlace] | None = None  # see `_page.refined`
        self.kept_words: tuple[bytes, Any] | None = None  # of the last state, and its section
        self.moment = 0  # number of the moment, to tell what is of the same
        self.version = 0  # grows whenever the decision about a known node may change
        self._contexts: dict[int | None, D] = {}
        self._children: Children | None = None

    def clear(self) -> None:
        """Forget all nodes: a full snapshot begins. All that changed in this moment leaves."""
        self._note_left(self.changed)
        self.version += 1
        self.compared.clear()
        self._hold({}, {}, set())
        if self.places:
            self.places.clear()

    def context(self, node_id: int) -> D:
        """Return the current decision about a node."""
        contexts = self._contexts
        known = contexts.get(node_id)
        if known is None:
            above = contexts.get(self.parents.get(node_id))  # cached for most nodes
            if above is None:
                return self._derive(node_id)
            known = contexts[node_id] = self.rules.child(above, self.facts.get(node_id, 0))
        return known

    def parent_context(self, node_id: int) -> D:
        """Return the decision about the parent of a node, or `RuleSet.unknown` if it has none."""
        parent = self.parents.get(node_id)
        return self.rules.unknown if parent is None else self.context(parent)

    def text_context(self, node_id: int) -> D:
        """Return the decision about a text: that of its parent, unless it has facts of its own.

        A text at the top of a shadow root has such facts. But inside code or CSS, the decision of
        the parent holds even then.
        """
        facts = self.facts.get(node_id)
        if facts:
            above = self.parent_context(node_id)
            return above if is_code(above, facts) else self.context(node_id)
        parent = self.parents.get(node_id)
        if parent is None:
            return self.rules.unknown
        return self._contexts.get(parent) or self.context(parent)

    def _derive(self, node_id: int) -> D:
        path: list[int] = []
        at: int | None = node_id
        context: D | None = None
        while context is None:
            if at is None:
                context = self.rules.root
            elif at not in self.parents:
                return self.rules.unknown
            elif len(path) > MAX_DEPTH:  # kept: else each event about the node climbs as far
                return self._keep(node_id, self.rules.unknown)
            else:
                path.append(at)
                at = self.parents[at]
                context = None if at is None else self._contexts.get(at)
        for step in reversed(path):
            context = self._keep(step, self.rules.child(context, self.facts.get(step, 0)))
        return context

    def _keep(self, node_id: int, context: D) -> D:
        self._contexts[node_id] = context
        return context

    def add(self, node_id: int, parent_id: int, facts: int) -> None:
        """Add a node that was unknown until now to a known parent."""
        self.parents[node_id] = parent_id
        if facts:
            self.facts[node_id] = facts
        if self._children is not None:
            self._children.enter({node_id: parent_id})

    def add_hidden(self, node_ids: Iterable[int], parent_id: int) -> None:
        """Put nodes that nobody will see below a known parent; those known elsewhere stay there."""
        for node_id in node_ids:
            if node_id in self.parents:
                self.hide([node_id])
            else:
                self.add(node_id, parent_id, HIDDEN)

    def remove(self, node_id: int) -> None:
        """Forget a node and all below it."""
        if node_id not in self.parents:
            return
        self.version += 1
        children = self._index()
        children.leave(node_id, self.parents[node_id])
        todo = [node_id]
        for gone in todo:
            todo += children.pop(gone, ())
        if self.changed:
            self._note_left(todo)
        self.gone.update({gone: self.context(gone) for gone in todo})
        self.gone_texts.update({gone: self.text_context(gone) for gone in todo})
        self.compared.remove(todo)
        facts, contexts = self.facts, self._contexts
        for gone in todo:
            self.parents.pop(gone, None)
            facts.pop(gone, None)
            contexts.pop(gone, None)

    def _note_left(self, gone: Iterable[int]) -> None:
        """Remember the ancestors of nodes that changed in this moment and leave now.

        ``None`` stands for more ancestors than are remembered.
        """
        left = self.changed.intersection(gone)
        self.changed -= left
        for node_id in left:
            if node_id not in self.parents:
                continue
            above = self.left.setdefault(node_id, set())
            at = self.parents[node_id]
            for _ in range(_MOST_LEFT):
                if at is None:
                    break
                above.add(at)
                at = self.parents.get(at)
            if at is not None:
                above.add(None)

    def left_fields(self, node_id: int) -> list[D]:
        """Return the decisions about sensitive fields in which a node changed before it left them.

        What it said there was said in the field, though the field may have become sensitive later
        in this moment. If the field is blocked, or may be farther up, the node counts as unknown.
        """
        left = self.left.get(node_id)
        if left is None:
            return []
        found = [self.latest(at) for at in left if at is not None and at in self.fields]
        found += [None] * (None in left)
        unknown = self.rules.unknown
        return list(dict.fromkeys(unknown if one is None or one.blocked else one for one in found))

    def of_copies(self, node_id: int) -> D:
        """Return the decision about what an event copies from a node, such as a label.

        If the node was in a sensitive field when it changed, and left it, the copy may tell what
        was entered: the decision masks everything.
        """
        return self.rules.unknown if self.left_fields(node_id) else self.now(node_id)

    def now(self, node_id: int) -> D:
        """Return the decision about a node, or `RuleSet.hidden` if the output lacks the node."""
        return self.rules.hidden if node_id in self.absent else self.context(node_id)

    def latest(self, node_id: int) -> D | None:
        """Return the decision about a node, or the last one if it was removed in this moment."""
        if node_id in self.absent:
            return self.rules.hidden
        return self.context(node_id) if node_id in self.parents else self.gone.get(node_id)

    def latest_text(self, node_id: int) -> D | None:
        """Return the decision about a text, or the last one if it was removed in this moment."""
        if node_id in self.absent:
            return self.rules.hidden
        known = node_id in self.parents
        return self.text_context(node_id) if known else self.gone_texts.get(node_id)

    def is_only_child(self, node_id: int, parent_id: int) -> bool:
        """Tell whether a parent has this child at most."""
        return self._index().get(parent_id, set()) <= {node_id}

    def _index(self) -> Children:
        """Return children by parent. The index is made when first needed, then kept up to date."""
        if self._children is None:
            if isinstance(self.parents, Parents):
                self._children = SparseChildren(self.parents)
            else:
                self._children = Children()
                self._children.enter(self.parents)
        return self._children

    def change_facts(self, node_id: int, facts: int) -> None:
        """Set the facts of a node. If they change, all cached decisions are void."""
        if facts == self.facts.get(node_id, 0):
            return
        self.version += 1
        self.facts[node_id] = facts
        if facts & SENSITIVE:
            self.fields.add(node_id)
        self._contexts.clear()

    def end_judgement(self) -> None:
        """Forget which nodes were withheld, at the end of a second judgement."""
        self.absent.clear()

    def end_moment(self) -> None:
        """Forget what only the second judgement of a moment needs."""
        self.moment += 1
        self.changed.clear()
        self.compared.end_moment()
        if self.gone or self.code or self.left:  # mostly there is nothing
            self.gone.clear()
            self.gone_texts.clear()
            self.code.clear()
            self.left.clear()

    def replace(self, branch: Branch) -> None:
        """Hold the tree of a full snapshot, and nothing else."""
        self._hold(branch.parents, branch.facts, _fields(branch.facts))

    def _hold(
        self, parents: dict[int, int | None], facts: dict[int, int], fields: set[int]
    ) -> None:
        self.parents, self.facts, self.fields = parents, facts, fields
        self._contexts = {}
        self._children = None

    def graft(self, branch: Branch) -> None:
        """Add a tree to its parent. Nodes that it shows leave their former places."""
        parents = self.parents
        if any(map(parents.__contains__, branch.parents)):
            self._make_way(branch)
        if branch.parent_id not in parents:  # the parent was one of them: the tree has no place
            return
        parents.update(branch.parents)
        if branch.facts:
            self.facts.update(branch.facts)
            self.fields |= _fields(branch.facts)
        if self._children is not None:
            self._children.enter(branch.parents)

    def _make_way(self, branch: Branch) -> None:
        """Remove the nodes that a tree shows from their former places.

        A hidden node of the tree may have the id of a node that shows elsewhere. Redaction drops
        the hidden one, so the other keeps its place, but is blocked from now on.
        """
        hidden = frozenset(branch.hidden)
        for node_id in branch.parents:
            if node_id in self.parents and node_id not in hidden:
                self.remove(node_id)
        claimed = {node_id for node_id in hidden if node_id in self.parents}
        for node_id in claimed:
            del branch.parents[node_id]
            branch.facts.pop(node_id, None)
        self.hide(claimed)

    def hide(self, node_ids: Iterable[int]) -> None:
        """Mark live nodes as hidden: events about them mean a blocked node with the same id."""
        known = [node_id for node_id in node_ids if node_id in self.parents]
        shown = [node_id for node_id in known if not self.context(node_id).blocked]
        if shown:
            self.version += 1
            self.facts.update(dict.fromkeys(shown, HIDDEN))
            self._contexts.clear()

    # --- states ---

    def columns(self) -> tuple[Columns, bytes]:
        """Return all nodes in columns, and what has changed since; rest on these from now on.

        Raises ``ValueError`` for an id that has too many digits.
        """
        parents, facts = self.parents, self.facts
        if not isinstance(parents, Parents):
            columns = packed_anew(self.rules, parents, facts, self.fields)
        elif parents.changes.are_many:
            columns = packed_again(self.rules, parents, facts, self.fields)
        else:
            return parents.changes.columns, parents.changes.packed(self.fields)
        self.rest_on(columns)
        return columns, b""

    @property
    def changed_nodes(self) -> int:
        """How many nodes have changed since there are columns."""
        return len(self.parents.changes.changed) if isinstance(self.parents, Parents) else 0

    def rest_on(self, columns: Columns, packed: bytes = b"") -> None:
        """Hold the nodes of columns and packed changes. Raises ``ValueError`` if they are none."""
        changes = Changes(columns, self.rules)
        self._hold(changes.parents, changes.facts, changes.unpack(packed))
        self._contexts = changes.contexts

    def packed(self) -> bytes:
        """Return what a state holds beside nodes: words of style sheets."""
        return self.compared.packed()

    def unpack(self, packed: bytes) -> None:
        """Take over what a state holds. Raises ``ValueError`` if the bytes are not such."""
        self.compared.unpack(packed)

    def withhold(self, node_ids: Iterable[int]) -> None:
        """Treat nodes that a second judgement drops as absent, until they are added again.

        They are dropped because they are below a block. The output does not have them, so it cannot
        have events about them either, wherever the nodes went since. Those that are still below the
        block are hidden for good: no player gets them. Cached decisions stay valid, since these
        nodes are blocked already.
        """
        facts = self.facts
        for node_id in node_ids:
            self.absent.add(node_id)
            if node_id in self.parents and self.context(node_id).blocked:
                facts[node_id] = facts.get(node_id, 0) | HIDDEN


def _fields(facts: Mapping[int, int]) -> set[int]:
    return {node_id for node_id, bits in facts.items() if bits & SENSITIVE}
