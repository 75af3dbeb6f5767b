"""What must be remembered of earlier events: which node is below which, and its facts.

Theory: an incremental event names nodes by id only. To judge it one needs the
node's ancestors and what the rules ask about them, so the mirror keeps a parent
for every live node and a number of facts (see `_rules.strict`) for those few that have
any. Decisions follow from that and are cached; a change of facts empties the
cache. Values are judged when they are emitted: loosening does not unmask what
went out masked, tightening cannot recall what went out in clear.

A field that was a password once stays one, though its type changes and the field
moves, which recorders write as removed and added again: so `fields` outlives removal.

Invariant: no recorded content is kept, only ids and facts, and the words of style sheets that
have become public. Every parent is itself
a node of the mirror, so chains end at the root and there are no cycles.
Failure direction: a node whose chain of parents does not reach a known document
(never seen, removed, too deep) has the unknown context: masked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from replay_redact._page.compared import ComparedWords
from replay_redact._rules.strict import AMBIGUOUS, HIDDEN, SENSITIVE, Context, Rules, is_code
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact.report import Report


class Branch:
    """A tree that is not yet part of the mirror: parents, facts, and what a block hides.

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
        """Decide about ids that several nodes of the tree claim; ``shown`` are those that show.

        The parents of such nodes overwrote each other and could make a cycle, so
        all of these go below the root.
        """
        repeated = [node_id for node_id, count in Counter(shown).items() if count > 1]
        self.facts.update(dict.fromkeys(repeated, AMBIGUOUS))
        for node_ids in (repeated, self.hidden):
            self.parents.update(dict.fromkeys(node_ids, self.root_id))
        self.parents[self.root_id] = self.parent_id

    def hide(self) -> None:
        """Count what a block hides as blocked for good: players never see it, come what may."""
        for node_id in self.hidden:
            self.facts[node_id] = self.facts.get(node_id, 0) | HIDDEN


class Mirror:
    """Parents, facts and decisions of the live nodes of one recording."""

    def __init__(self, rules: Rules, report: Report | None = None) -> None:
        self.rules = rules
        listed = frozenset(name.lower() for name in rules.policy.mask_attributes)
        shows = not rules.policy.hide_state  # what components compare is mostly their state
        self.compared = ComparedWords(report or Report(), shows=shows, without=listed)
        self.parents: dict[int, int | None] = {}
        self.facts: dict[int, int] = {}
        self.fields: set[int] = set()  # that are never unmasked, since the last full snapshot
        self.gone: dict[int, Context] = {}  # the last decision about nodes removed in this moment
        self.code: set[int] = set()  # texts that were code or CSS when they changed in this moment
        self.version = 0  # grows whenever a node that was known may be judged anew
        self._contexts: dict[int | None, Context] = {}
        self._children: dict[int, set[int]] | None = None

    def clear(self) -> None:
        """Forget everything: a full snapshot begins."""
        self.version += 1
        self.parents.clear()
        self.facts.clear()
        self.fields.clear()
        self.compared.clear()
        self._contexts.clear()
        self._children = None

    def context(self, node_id: int) -> Context:
        """Return the decision for a node as things stand now."""
        contexts = self._contexts
        known = contexts.get(node_id)
        if known is None:
            above = contexts.get(self.parents.get(node_id))  # of most nodes, the parent is known
            if above is None:
                return self._derive(node_id)
            known = contexts[node_id] = self.rules.child(above, self.facts.get(node_id, 0))
        return known

    def parent_context(self, node_id: int) -> Context:
        """Return the decision for a node's parent; unknown if it has none."""
        parent = self.parents.get(node_id)
        return self.rules.unknown if parent is None else self.context(parent)

    def text_context(self, node_id: int) -> Context:
        """Return what judges a text: its parent's decision, unless it has facts of its own.

        Code and CSS are that, at the top of a shadow root too.
        """
        facts = self.facts.get(node_id)
        if facts:
            above = self.parent_context(node_id)
            return above if is_code(above, facts) else self.context(node_id)
        parent = self.parents.get(node_id)
        if parent is None:
            return self.rules.unknown
        return self._contexts.get(parent) or self.context(parent)

    def _derive(self, node_id: int) -> Context:
        path: list[int] = []
        at: int | None = node_id
        context: Context | None = None
        while context is None:
            if at is None:
                context = self.rules.root
            elif at not in self.parents or len(path) > MAX_DEPTH:
                return self.rules.unknown
            else:
                path.append(at)
                at = self.parents[at]
                context = None if at is None else self._contexts.get(at)
        for step in reversed(path):
            context = self._keep(step, self.rules.child(context, self.facts.get(step, 0)))
        return context

    def _keep(self, node_id: int, context: Context) -> Context:
        self._contexts[node_id] = context
        return context

    def add(self, node_id: int, parent_id: int, facts: int) -> None:
        """Put one node, unknown until now, below a known parent."""
        self.parents[node_id] = parent_id
        if facts:
            self.facts[node_id] = facts
        if self._children is not None:
            self._children.setdefault(parent_id, set()).add(node_id)

    def remove(self, node_id: int) -> None:
        """Forget a node and all below it."""
        if node_id not in self.parents:
            return
        self.version += 1
        children = self._index()
        above = self.parents[node_id]
        if above is not None and above in children:
            children[above].discard(node_id)
        todo = [node_id]
        for gone in todo:
            todo += children.pop(gone, ())
        self.gone.update({gone: self.context(gone) for gone in todo})
        self.compared.remove(todo)
        facts, contexts = self.facts, self._contexts
        for gone in todo:
            self.parents.pop(gone, None)
            facts.pop(gone, None)
            contexts.pop(gone, None)

    def latest(self, node_id: int) -> Context | None:
        """Return the decision for a node, or the last one if it was removed in this moment."""
        return self.context(node_id) if node_id in self.parents else self.gone.get(node_id)

    def _index(self) -> dict[int, set[int]]:
        """Return children by parent; made when first needed, kept up to date from then on."""
        if self._children is None:
            self._children = {}
            self._enter_children(self._children, self.parents)
        return self._children

    @staticmethod
    def _enter_children(children: dict[int, set[int]], parents: Mapping[int, int | None]) -> None:
        for node_id, parent in parents.items():
            if parent in children:
                children[parent].add(node_id)
            elif parent is not None:
                children[parent] = {node_id}

    def change_facts(self, node_id: int, facts: int) -> None:
        """Give a node other facts; all decisions below it are void, if they are other ones."""
        if facts == self.facts.get(node_id, 0):
            return
        self.version += 1
        self.facts[node_id] = facts
        if facts & SENSITIVE:
            self.fields.add(node_id)
        self._contexts.clear()

    def end_moment(self) -> None:
        """Forget what only the second judgement of a moment asks."""
        self.gone.clear()
        self.code.clear()
        self.compared.end_moment()

    def replace(self, branch: Branch) -> None:
        """Forget everything and hold this tree: a full snapshot."""
        self.parents = branch.parents
        self.facts = branch.facts
        self.fields = _fields(branch.facts)
        self._contexts.clear()
        self._children = None

    def graft(self, branch: Branch) -> None:
        """Put a tree below its parent; nodes that show in it are no longer where they were."""
        parents = self.parents
        if not parents.keys().isdisjoint(branch.parents):
            self._make_way(branch)
        if branch.parent_id not in parents:  # it was one of them, so nobody knows where all this is
            return
        parents.update(branch.parents)
        if branch.facts:
            self.facts.update(branch.facts)
            self.fields |= _fields(branch.facts)
        if self._children is not None:
            self._enter_children(self._children, branch.parents)

    def _make_way(self, branch: Branch) -> None:
        """Take what shows in a tree from where it was, and out of the tree what it only claims.

        A hidden node may claim an id that shows elsewhere. Redaction takes the
        claim out, so the node that shows keeps its place, but counts as blocked.
        """
        hidden = frozenset(branch.hidden)
        for node_id in branch.parents:
            if node_id in self.parents and node_id not in hidden:
                self.remove(node_id)
        claimed = hidden.intersection(self.parents)
        for node_id in claimed:
            del branch.parents[node_id]
            branch.facts.pop(node_id, None)
        self.hide(claimed)

    def hide(self, node_ids: Iterable[int]) -> None:
        """Count live nodes as blocked: events about them mean a blocked node of the same id."""
        known = [node_id for node_id in node_ids if node_id in self.parents]
        shown = [node_id for node_id in known if not self.context(node_id).blocked]
        if shown:
            self.version += 1
            self.facts.update(dict.fromkeys(shown, HIDDEN))
            self._contexts.clear()

    def bury(self, node_ids: Iterable[int]) -> None:
        """Count nodes below a block as blocked for good: players never get them.

        Decisions stay: these nodes are blocked already.
        """
        facts = self.facts
        for node_id in node_ids:
            if node_id in self.parents and self.context(node_id).blocked:
                facts[node_id] = facts.get(node_id, 0) | HIDDEN


def _fields(facts: Mapping[int, int]) -> set[int]:
    return {node_id for node_id, bits in facts.items() if bits & SENSITIVE}
