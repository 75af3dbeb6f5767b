"""Words that the style sheets of a page compare attributes with: public while the sheet is there.

A style sheet that goes out spells out what it compares (``[data-state="open"]``). These words
tell nothing new in attributes of that name, and without them the page looks broken.
`_allowlists.compared` says which words may be public at all. Here is which of them the sheets of
this page have spelled out so far, in the order in which they went out. A name or a page with more
words than a design has gets no more of them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from replay_redact._allowlists.compared import MOST_LITERALS, is_state_word, may_be_compared
from replay_redact._css.policy_selectors import Atom
from replay_redact.policy import Policy
from replay_redact.report import Report

_Packed = tuple[list[Atom], list[tuple[str, int, list[int]]]]
"""All comparisons of a page; and for each sheet its kind, its id, and which of them it makes."""

MAX_ATOMS = 4_096
"""Comparisons of one page that count; large frameworks have some hundreds."""

PUBLIC_WORD = "word of a style sheet"
"""What a report calls a word that became public since a style sheet compares it."""

Owner = tuple[str, int]
"""Where a style sheet is: ``("node", id)``, or ``("sheet", id)`` for one without a node."""


class ComparedWords:
    """What the style sheets of one page compare, by the name of the attribute.

    >>> words = ComparedWords(Report(), Policy())
    >>> open_ = Atom("data-state", "=", "opened", ignore_case=False)
    >>> open_ in words
    False
    >>> words.add(("node", 7), [open_])
    >>> open_ in words, list(words.pairs())
    (True, [('data-state', 'opened')])
    >>> words.remove([7])
    >>> open_ in words
    False
    """

    def __init__(self, report: Report, policy: Policy) -> None:
        self._report = report
        self.obey(policy)
        self.sheets: dict[Owner, set[Atom]] = {}
        self._by_name: dict[str, Counter[Atom]] = {}  # how many sheets have each comparison
        self._total = 0  # of comparisons
        self._added: list[tuple[Owner, list[Atom]]] = []  # in this moment
        self._told: set[tuple[str, str]] = set()  # what was counted for the report
        self._found: dict[str, list[Atom]] = {}

    def obey(self, policy: Policy) -> None:
        """Show what a policy shows."""
        self._shows = not policy.hide_state  # what components compare is mostly their state
        self._without = frozenset(map(str.lower, policy.mask_attributes))

    def __contains__(self, atom: object) -> bool:
        """Tell whether a style sheet may say what it compares."""
        if not isinstance(atom, Atom) or not self._shows or atom.name in self._without:
            return False
        return atom in self._by_name.get(atom.name, ()) or is_state_word(atom.name, atom.value)

    def clear(self) -> None:
        """Forget all sheets: another page begins."""
        self.sheets.clear()
        self._by_name.clear()
        self._total = 0
        self._added.clear()
        self._told.clear()
        self._found.clear()

    # --- what comes and goes ---

    def add(self, owner: Owner, atoms: Iterable[Atom]) -> None:
        """Add what a style sheet compares: of each name all, or none if these would be too many."""
        if not self._shows:
            return
        own = self.sheets.get(owner, ())
        new: dict[str, list[Atom]] = {}
        for atom in sorted(set(atoms)):
            if atom not in own and atom.name not in self._without and may_be_compared(atom.name):
                new.setdefault(atom.name, []).append(atom)
        accepted: list[Atom] = []
        for name, items in new.items():
            if self._fits(name, items) and self._total + len(accepted) + len(items) <= MAX_ATOMS:
                accepted += items
        if accepted:
            self._enter(owner, accepted)
            self._added.append((owner, accepted))
            self._tell(accepted)

    def _fits(self, name: str, new: list[Atom]) -> bool:
        known = self._by_name.get(name, ())
        words = {atom.value for atom in (*new, *known)}
        return len(words) <= MOST_LITERALS

    def _enter(self, owner: Owner, atoms: Iterable[Atom]) -> None:
        own = self.sheets.setdefault(owner, set())
        for atom in atoms:
            known = self._by_name.setdefault(atom.name, Counter())
            self._total += atom not in known
            known[atom] += 1
            own.add(atom)
            self._found.pop(atom.name, None)

    def _tell(self, atoms: list[Atom]) -> None:
        for atom in atoms:
            pair = (atom.name, atom.value)
            if pair not in self._told and len(self._told) < MAX_ATOMS:
                self._told.add(pair)
                self._report.public[PUBLIC_WORD] += 1

    def remove(self, node_ids: Iterable[int]) -> None:
        """Forget the sheets of nodes that are gone."""
        if self.sheets:
            for node_id in node_ids:
                self._drop(("node", node_id), list(self.sheets.get(("node", node_id), ())))

    def mark(self) -> int:
        """Return where the additions of this moment end now, for `take_back`."""
        return len(self._added)

    def take_back(self, mark: int = 0) -> None:
        """Take back what was added in this moment since a mark: its events are judged anew."""
        for owner, atoms in self._added[mark:]:
            own = self.sheets.get(owner, ())
            self._drop(owner, [atom for atom in atoms if atom in own])
        del self._added[mark:]

    def end_moment(self) -> None:
        """Count what was added as settled."""
        self._added.clear()

    def _drop(self, owner: Owner, atoms: list[Atom]) -> None:
        for atom in atoms:
            self.sheets[owner].discard(atom)
            known = self._by_name[atom.name]
            known[atom] -= 1
            if not known[atom]:
                del known[atom]
                self._total -= 1
                self._found.pop(atom.name, None)
        if owner in self.sheets and not self.sheets[owner]:
            del self.sheets[owner]

    def packed(self) -> bytes:
        """Return all sheets as bytes, for a state; none if there are no sheets."""
        if not self.sheets:
            return b""
        atoms = sorted(set(itertools.chain.from_iterable(self.sheets.values())))
        at = dict(zip(atoms, itertools.count()))
        sheets = [(*owner, sorted(map(at.__getitem__, own))) for owner, own in self.sheets.items()]
        return msgspec.msgpack.encode((atoms, sheets))

    def unpack(self, packed: bytes) -> None:
        """Take over the sheets of a state. Raises ``ValueError`` if the bytes are not such."""
        if not packed:
            return
        try:
            atoms, sheets = msgspec.msgpack.decode(packed, type=_Packed)
            owned = [((kind, number), [atoms[at] for at in own]) for kind, number, own in sheets]
        except (msgspec.DecodeError, IndexError) as error:
            raise ValueError("these are no words of style sheets") from error
        for owner, own in owned:
            self._enter(owner, own)

    # --- what it means for attributes ---

    def of(self, name: str) -> list[Atom]:
        """Return what is compared with an attribute; HTML does not mind capitals in its name."""
        low = name.lower()
        if low not in self._by_name:
            return []
        found = self._found.get(low)
        if found is None:
            found = self._found[low] = sorted(self._by_name[low])
        return found

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the attribute names and words that style sheets have made public."""
        for name, atoms in self._by_name.items():
            for word in sorted({atom.value for atom in atoms}):
                yield name, word
