"""A mirror over columns: it looks nodes up only when asked, and notes what changes.

`Parents`, `Facts` and `Contexts` are dictionaries whose entries mostly still lie in `Columns`. A
mirror uses them like plain dictionaries. The three share `Changes`, which knows

* which nodes of the columns are *void*: they were removed;
* which ids have *changed*: for these, the dictionaries hold the valid entries.

A node that leaves its place takes its descendants along (`Mirror.remove`). So the ancestors of
every valid node in the columns are valid too. Only their facts may have changed. Then the decisions
about nodes below differ from what their rows say: the columns are *stale*, and each decision
follows from that of the parent.

A dictionary that is iterated, counted or compared looks up everything first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Generic

import msgspec

from replay_redact._page.packed.columns import Columns, pack_numbers, unpack_numbers
from replay_redact._rules.decisions import D, RuleSet

# The most changes that are kept, and how many more per root of the number of nodes: beyond that,
# reading the changes costs more than making new columns.
_FEW = 64
_PER_ROOT = 5

_Packed = tuple[bytes, bytes, bytes, bytes, bytes, bool]


class Changes:
    """Which nodes of the columns are still valid."""

    __slots__ = ("_places", "changed", "columns", "contexts", "facts", "parents", "stale", "void")

    def __init__(self, columns: Columns, rules: RuleSet[Any]) -> None:
        self.columns = columns
        self.void: set[int] = set()
        self.changed: set[int] = set()
        self.stale = False
        self._places: dict[int, int] = {}  # of valid nodes, as far as they were looked up
        self.parents = Parents(self)
        self.facts = Facts(self)
        self.contexts: Contexts[Any] = Contexts(self, rules)

    def place(self, node_id: int | None) -> int:
        """Return the place of a node in the columns, or -1 if it is not valid there."""
        if node_id is None:
            return -1
        place = self._places.get(node_id)
        if place is None:
            place = self.columns.place_of(node_id)
            if place >= 0:
                if node_id in self.void:
                    return -1
                self._places[node_id] = place
        return place

    def look_up(self, node_id: int | None) -> bool:
        """Copy a node from the columns if it is valid there; tell whether it is."""
        place = self.place(node_id)
        if place < 0 or node_id in self.changed:
            return False
        columns = self.columns
        above = columns.parent_of(place)
        parent = None if above < 0 else columns.id_at(above)
        if parent is not None and parent not in self.void:
            self._places[parent] = above
        assert node_id is not None  # it has a place
        _put(self.parents, node_id, parent)
        _put(self.facts, node_id, columns.facts_at(place))
        return True

    def leave(self, node_id: int) -> None:
        """Mark a node of the columns as void, if it is there."""
        if self.place(node_id) >= 0:
            self.void.add(node_id)
            del self._places[node_id]
        self.changed.discard(node_id)

    @property
    def are_many(self) -> bool:
        """Whether there are so many changes that new columns would cost less."""
        most = _FEW + _PER_ROOT * math.isqrt(len(self.columns))
        return len(self.void) + len(self.changed) > most

    # --- bytes ---

    def packed(self, fields: set[int]) -> bytes:
        """Return all changes as bytes; empty bytes if there are none.

        ``fields`` are the ids that sensitive fields have had. A root is written as its own parent.
        Raises ``ValueError`` for an id that has too many digits.
        """
        new = fields.difference(self.columns.fields)
        if not (self.changed or self.void or new or self.stale):
            return b""
        ids = sorted(self.changed)
        above = [_get(self.parents, node_id) for node_id in ids]
        parts: _Packed = (
            pack_numbers(ids),
            pack_numbers([at if up is None else up for at, up in zip(ids, above, strict=True)]),
            pack_numbers([_get(self.facts, node_id, 0) for node_id in ids]),
            pack_numbers(sorted(self.void)),
            pack_numbers(sorted(new)),
            self.stale,
        )
        return msgspec.msgpack.encode(parts)

    def unpack(self, packed: bytes) -> set[int]:
        """Load packed changes; return the ids that sensitive fields have had.

        Raises ``ValueError`` if the bytes are not packed changes.
        """
        fields = set(self.columns.fields)
        if not packed:
            return fields
        try:
            *numbers, self.stale = msgspec.msgpack.decode(packed, type=_Packed)
        except msgspec.DecodeError as error:
            raise ValueError("these are no changes") from error
        ids, above, bits, void, new = map(unpack_numbers, numbers)
        if not len(ids) == len(above) == len(bits):
            raise ValueError("these are no changes")
        self.void, self.changed = set(void), set(ids)
        roots = [at for at, up in zip(ids, above, strict=True) if at == up]
        dict.update(self.parents, zip(ids, above, strict=True))
        dict.update(self.parents, dict.fromkeys(roots))
        dict.update(self.facts, zip(ids, bits, strict=True))
        return fields.union(new)


_has, _get, _put = dict.__contains__, dict.get, dict.__setitem__  # of what was looked up


class Parents(dict[int, int | None]):
    r"""The parents of live nodes, ``None`` for a root.

    >>> from replay_redact import Policy
    >>> from replay_redact._rules.rule_sets import compile_rule_set
    >>> page = Columns("\0\1", "\0\1", [(-1, 0), (0, 0)], [(1, 2)], [])
    >>> parents = Changes(page, compile_rule_set(Policy())).parents
    >>> parents.get(2), parents.get(3), 1 in parents, parents == {1: None, 2: 1}
    (1, None, True, True)
    """

    __slots__ = ("changes",)
    __hash__ = None

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes

    def __missing__(self, node_id: int) -> int | None:
        if self.changes.look_up(node_id):
            return self[node_id]
        raise KeyError(node_id)

    def __contains__(self, node_id: Any) -> bool:
        return _has(self, node_id) or self.changes.place(node_id) >= 0

    def get(self, node_id: Any, default: Any = None) -> Any:
        """Return a parent."""
        found = _get(self, node_id)
        if found is None and not _has(self, node_id):
            return self[node_id] if self.changes.look_up(node_id) else default
        return found

    def __setitem__(self, node_id: int, parent: int | None) -> None:
        if self.changes.place(node_id) >= 0:
            self.changes.leave(node_id)
            self.changes.stale = True  # descendants stay where they are
        self.changes.changed.add(node_id)
        _put(self, node_id, parent)

    def update(self, parents: Mapping[int, int | None]) -> None:  # type: ignore[override]
        """Enter nodes."""
        for node_id, parent in parents.items():
            self[node_id] = parent

    def pop(self, node_id: int, default: Any = None) -> Any:
        """Forget a node."""
        self.changes.leave(node_id)
        return super().pop(node_id, default)

    def _look_up_all(self) -> None:
        for node_id in self.changes.columns.ids():
            self.get(node_id)

    def __iter__(self) -> Iterator[int]:
        self._look_up_all()
        return iter(tuple(super().__iter__()))  # hostile columns may hold the id again

    def __len__(self) -> int:
        self._look_up_all()
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self._look_up_all()
        if isinstance(other, Parents):
            other._look_up_all()
        return super().__eq__(other)

    def items(self) -> Any:
        """Return all ids and parents."""
        self._look_up_all()
        return super().items()

    def keys(self) -> Any:
        """Return all ids."""
        self._look_up_all()
        return super().keys()


class Facts(dict[int, int]):
    """The facts of live nodes; 0, or no entry, for nodes without facts."""

    __slots__ = ("changes",)

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes

    def get(self, node_id: Any, default: Any = None) -> Any:
        """Return facts."""
        found = _get(self, node_id)
        if found is None:
            return _get(self, node_id) if self.changes.look_up(node_id) else default
        return found

    def __setitem__(self, node_id: int, facts: int) -> None:
        changes = self.changes
        if changes.look_up(node_id):
            changes.changed.add(node_id)
            changes.stale = True
        _put(self, node_id, facts)

    def update(self, facts: Mapping[int, int]) -> None:  # type: ignore[override]
        """Change facts of several nodes."""
        for node_id, bits in facts.items():
            self[node_id] = bits


class Contexts(dict[int | None, D], Generic[D]):
    """The decisions made so far; a node with a row has one, unless the columns are stale."""

    __slots__ = ("_of_rows", "_rules", "changes")

    def __init__(self, changes: Changes, rules: RuleSet[D]) -> None:
        super().__init__()
        self.changes = changes
        self._rules = rules
        self._of_rows: dict[int, D] = {-1: rules.root}

    def get(self, node_id: Any, default: Any = None) -> Any:
        """Return the decision about a node, if it is known."""
        found = _get(self, node_id)
        if found is not None:
            return found
        changes = self.changes
        place = -1 if changes.stale else changes.place(node_id)
        if place < 0 or node_id in changes.changed:
            return default
        row = ord(changes.columns.rows[place])
        found = self._of_rows.get(row) or self.of_row(row)
        _put(self, node_id, found)
        return found

    def of_row(self, row: int) -> D:
        """Return the decision about nodes of a row."""
        known, table = self._of_rows, self.changes.columns.table
        path = []
        while row not in known:
            path.append(row)
            row = table[row][0]
        decision = known[row]
        for step in reversed(path):
            decision = known[step] = self._rules.child(decision, table[step][1])
        return decision

    def clear(self) -> None:
        """Forget all decisions: facts have changed, or the rules have."""
        super().clear()
        self.changes.stale = True


class Children(dict[int | None, set[int]]):
    """Children by parent, for a mirror of plain dictionaries."""

    def enter(self, parents: Mapping[int, int | None]) -> None:
        """Enter nodes."""
        for node_id, parent in parents.items():
            if parent in self:
                self[parent].add(node_id)
            elif parent is not None:
                self[parent] = {node_id}

    def leave(self, node_id: int, parent: int | None) -> None:
        """Take a node from its parent."""
        if parent in self:
            self[parent].discard(node_id)


class SparseChildren(Children):
    """Children by parent. Children that lie in the columns are looked up when asked for."""

    def __init__(self, parents: Parents) -> None:
        super().__init__()
        self._changes = parents.changes
        self._new = Children()  # of parents that nobody has asked for
        self._new.enter({node_id: parents[node_id] for node_id in self._changes.changed})

    def get(self, parent: Any, default: Any = None) -> Any:
        """Return the children of a node."""
        if parent in self:
            return self[parent]
        changes = self._changes
        place = changes.place(parent)
        found = self._new.pop(parent, set())
        if place >= 0:
            ids = map(changes.columns.id_at, changes.columns.children_of(place))
            found.update(node_id for node_id in ids if changes.place(node_id) >= 0)
        self[parent] = found
        return found or default

    def pop(self, parent: Any, default: Any = None) -> Any:
        """Take all children from a node."""
        found = self.get(parent, default)
        self[parent] = set()  # so that nobody looks again
        return found

    def enter(self, parents: Mapping[int, int | None]) -> None:
        """Enter nodes."""
        for node_id, parent in parents.items():
            if parent in self:
                self[parent].add(node_id)
            else:
                self._new.enter({node_id: parent})

    def leave(self, node_id: int, parent: int | None) -> None:
        """Take a node from its parent."""
        super().leave(node_id, parent)
        self._new.leave(node_id, parent)
