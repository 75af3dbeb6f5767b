"""Pack what a mirror knows into columns, from scratch or from earlier columns and the changes.

The valid pieces of earlier columns are copied whole, and the trees that were added go between them.
So new columns cost little more than the changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import sub
from typing import Generic

from replay_redact._page.packed.changes import Changes, Parents
from replay_redact._page.packed.columns import Columns
from replay_redact._rules.decisions import D, RuleSet
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact.errors import LimitError

MAX_ROWS = 1_000_000
"""Most rows of a table. Pages have dozens; a string has no more different characters."""

_SPARE_ROWS = 1_024  # a depth that no node may reach

NO_NODES = Columns("", "", [], [], [])

_Children = Mapping[int | None, Sequence[int]]
"""Ids by that of their parent, ``None`` for roots."""


class Packing(Generic[D]):
    """Makes columns.

    ``known`` are earlier columns, of which some nodes may still be valid.
    """

    def __init__(self, rules: RuleSet[D], facts: dict[int, int], known: Columns) -> None:
        self._rules = rules
        self._facts = facts
        self._known = known
        self._depths: list[str] = []
        self._rows: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._table = list(known.table)
        self._row_of: dict[tuple[D, int], int] = {}
        self._rows_below: dict[int, dict[int, int]] = {}  # the row of a child, by row and facts
        self._decisions: list[D] = []
        for row, (above, bits) in enumerate(known.table):
            decision = rules.child(rules.root if above < 0 else self._decisions[above], bits)
            self._decisions.append(decision)
            self._row_of.setdefault((decision, bits), row)

    def columns(self, fields: Iterable[int]) -> Columns:
        """Return the columns."""
        depths, rows = "".join(self._depths), "".join(self._rows)
        return Columns(depths, rows, self._table, self._runs, sorted(fields))

    # --- trees that were added ---

    def roots(self, children: _Children) -> None:
        """Append the trees that have no parent."""
        self._trees(children.get(None, ()), children, 0, -1)

    def below(self, place: int, children: _Children, parent: int) -> None:
        """Append the trees below a node of the earlier columns."""
        depth = ord(self._known.depths[place]) + 1
        self._trees(children[parent], children, depth, self._known.row_at(place))

    def _trees(self, roots: Sequence[int], children: _Children, depth: int, row: int) -> None:
        """Append trees at a depth, below a node of a row; -1 means no parent.

        Nodes that are too deep are left out: a mirror does not climb from them to the root.
        """
        if depth > MAX_DEPTH:
            return
        facts_of, rows_of = self._facts, self._rows_below
        ids: list[int] = []
        depths: list[str] = []
        rows: list[int] = []
        # The remaining siblings of each level, the outermost first.
        todo = [(iter(roots), chr(depth), row)]
        while todo:
            siblings, mark, above = todo[-1]
            steps = rows_of.setdefault(above, {})
            for node_id in siblings:
                facts = facts_of.get(node_id, 0)
                row = steps.get(facts, -1)
                if row < 0:
                    row = steps[facts] = self._step(above, facts)
                ids.append(node_id)
                depths.append(mark)
                rows.append(row)
                below = children.get(node_id)
                if below and len(todo) + depth <= MAX_DEPTH:
                    todo.append((iter(below), chr(len(todo) + depth), row))
                    break
            else:
                todo.pop()
        self._depths.append("".join(depths))
        self._rows.append("".join(map(chr, rows)))
        self._number(ids)

    def _step(self, above: int, facts: int) -> int:
        """Return the row of nodes with these facts below a row."""
        rules = self._rules
        decision = rules.child(rules.root if above < 0 else self._decisions[above], facts)
        row = self._row_of.setdefault((decision, facts), len(self._table))
        if row == len(self._table):
            if row >= MAX_ROWS:
                raise LimitError(f"nodes of the pages differ in more than {MAX_ROWS} ways")
            self._table.append((above, facts))
            self._decisions.append(decision)
        return row

    def _number(self, ids: list[int]) -> None:
        """Append the runs of ids."""
        steps = map(sub, itertools.islice(ids, 1, None), ids)
        starts = [0, *(at for at, step in enumerate(steps, 1) if step != 1), len(ids)]
        for start, end in itertools.pairwise(starts):
            if start < end:
                self._run(ids[start], end - start)

    def _run(self, first: int, length: int) -> None:
        """Append a run of ids; extend the last run if the ids follow on."""
        if self._runs:
            last, before = self._runs[-1]
            if last + before == first:
                self._runs[-1] = last, before + length
                return
        self._runs.append((first, length))

    # --- what still counts ---

    def copy(self, begin: int, end: int) -> None:
        """Append a piece of the earlier columns."""
        if begin < end:
            known = self._known
            self._depths.append(known.depths[begin:end])
            self._rows.append(known.rows[begin:end])
            for first, length in known.runs(begin, end):
                self._run(first, length)


def packed_anew(
    rules: RuleSet[D],
    parents: Mapping[int, int | None],
    facts: dict[int, int],
    fields: Iterable[int],
) -> Columns:
    """Return columns of all nodes of a mirror."""
    packing = Packing(rules, facts, NO_NODES)
    packing.roots(_by_parent(parents, sorted(parents)))
    return packing.columns(fields)


def packed_again(
    rules: RuleSet[D], parents: Parents, facts: dict[int, int], fields: Iterable[int]
) -> Columns:
    """Return columns made of the valid nodes of earlier columns, and of the changes."""
    changes = parents.changes
    known = changes.columns
    if changes.stale or len(known.table) > len(known) + _SPARE_ROWS:
        return packed_anew(rules, parents, facts, fields)
    packing = Packing(rules, facts, known)
    children = _by_parent(parents, sorted(changes.changed))
    at = 0
    for place, is_gap, parent in sorted([*_joints(changes, children), *_gaps(changes)]):
        packing.copy(at, place)
        at = place + is_gap
        if not is_gap:
            packing.below(place - 1, children, parent)
    packing.copy(at, len(known))
    packing.roots(children)
    return packing.columns(fields)


def _by_parent(
    parents: Mapping[int, int | None], node_ids: Iterable[int]
) -> dict[int | None, list[int]]:
    children: dict[int | None, list[int]] = {}
    for node_id in node_ids:
        parent = parents[node_id]
        known = children.get(parent)
        if known is None:
            children[parent] = [node_id]
        else:
            known.append(node_id)
    return children


def _joints(changes: Changes, children: _Children) -> Iterator[tuple[int, bool, int]]:
    """Yield the places where trees were added, right behind a valid node, and the node's id."""
    for parent in children:
        place = changes.place(parent)
        if parent is not None and place >= 0:
            yield place + 1, False, parent


def _gaps(changes: Changes) -> Iterator[tuple[int, bool, int]]:
    """Yield the places of nodes that are no longer valid, and their ids."""
    for node_id in changes.void:
        place = changes.columns.place_of(node_id)
        if place >= 0:
            yield place, True, node_id
