"""Nodes of a page in columns, which can be searched without being unpacked.

Nodes stand in document order: each node before its descendants. Four columns hold everything:

* ``depths``: how deep each node is. The parent of a node is the last node before it that is one
  level higher. Its descendants are the deeper nodes that follow it directly.
* ``rows``: the row of each node in a small table. A row holds the facts of a node, and the row of
  its parent. A decision follows from the facts and from the parent's decision (`_rules.decisions`),
  so all nodes with the same row have the same decision.
* *Runs* of ids: recorders number nodes in document order, so a whole page is one run, and each tree
  that was added later is another.
* ``fields``: ids that sensitive fields have had. These fields may be gone.

Depths and rows are strings with one character for each node: Python searches strings fast.
"""

from __future__ import annotations

import functools
import itertools
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from replay_redact._runtime.stack import MAX_DEPTH

_WIDTHS = {b"B": 1, b"H": 2, b"I": 4, b"Q": 8}
_ANY = b"J"  # the mark of numbers that are too large for any width: they are written as JSON
_BYTES = bytes(range(256))
_ENCODINGS = ("latin-1", "utf-16-le", "utf-32-le")

_Packed = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes]


class Columns:
    r"""Nodes of a page that do not change.

    ``runs`` are pairs of a first id and a length, in document order. ``table`` are pairs of the row
    of a parent, -1 for none, and facts.

    >>> page = Columns("\0\1\2\1", "\0\1\1\1", [(-1, 8), (0, 0)], [(1, 4)], [])
    >>> [page.place_of(4), page.parent_of(3), page.end_of(1), page.id_at(2)]
    [3, 0, 3, 3]
    """

    __slots__ = (
        "_by_id",
        "_firsts",
        "_last",
        "_places",
        "_starts",
        "depths",
        "fields",
        "kept",
        "rows",
        "table",
    )

    def __init__(
        self,
        depths: str,
        rows: str,
        table: Sequence[tuple[int, int]],
        runs: Sequence[tuple[int, int]],
        fields: Sequence[int],
    ) -> None:
        self.depths = depths
        self.rows = rows
        self.table = table
        self.fields = fields
        self.kept: Any = None  # how a state holds them: made once, and the same from then on
        self._firsts: Sequence[int] = [first for first, _ in runs]
        self._places = _ends(length for _, length in runs)
        self._by_id: Sequence[int] = sorted(range(len(runs)), key=self._firsts.__getitem__)
        self._index()

    def _index(self) -> None:
        """Note in which order the runs are looked for."""
        self._starts = list(map(self._firsts.__getitem__, self._by_id))
        self._last = -1
        if self._by_id:
            run = self._by_id[-1]
            self._last = self._firsts[run] + self._places[run + 1] - self._places[run] - 1

    def __len__(self) -> int:
        return len(self.depths)

    # --- look-ups ---

    def place_of(self, node_id: int) -> int:
        """Return where a node stands, or -1 if it is not here."""
        if node_id > self._last:  # as most new ids are
            return -1
        at = bisect_right(self._starts, node_id)
        if not at:
            return -1
        run = self._by_id[at - 1]
        place = self._places[run] + node_id - self._firsts[run]
        return place if place < self._places[run + 1] else -1

    def id_at(self, place: int) -> int:
        """Return the id of the node at a place."""
        run = bisect_right(self._places, place) - 1
        return self._firsts[run] + place - self._places[run]

    def parent_of(self, place: int) -> int:
        """Return the place of a parent, or -1 if there is none."""
        depth = ord(self.depths[place])
        return self.depths.rfind(chr(depth - 1), 0, place) if depth else -1

    def end_of(self, place: int) -> int:
        """Return the place behind the last descendant of a node."""
        found = _not_below(self.depths[place]).search(self.depths, place + 1)
        return found.start() if found else len(self.depths)

    def children_of(self, place: int) -> Iterator[int]:
        """Yield the places of the children of a node."""
        depth = chr(ord(self.depths[place]) + 1)
        end = self.end_of(place)
        while (place := self.depths.find(depth, place + 1, end)) >= 0:
            yield place

    def row_at(self, place: int) -> int:
        """Return the row of the node at a place."""
        return ord(self.rows[place])

    def facts_at(self, place: int) -> int:
        """Return the facts of the node at a place."""
        return self.table[ord(self.rows[place])][1]

    # --- runs of ids ---

    def runs(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield first ids and lengths of the runs between two places."""
        run = bisect_right(self._places, begin) - 1
        while begin < end:
            stop = min(end, self._places[run + 1])
            yield self._firsts[run] + begin - self._places[run], stop - begin
            begin = stop
            run += 1

    def ids(self) -> Iterator[int]:
        """Yield all ids, in document order."""
        for first, length in self.runs(0, len(self)):
            yield from range(first, first + length)

    # --- bytes ---

    def packed(self) -> bytes:
        """Return the byte form. Raises ``ValueError`` for an id that has too many digits."""
        parts: _Packed = (
            _pack_text(self.depths),
            _pack_text(self.rows),
            pack_numbers([above + 1 for above, _ in self.table]),
            pack_numbers([facts for _, facts in self.table]),
            pack_numbers([length for _, length in self.runs(0, len(self))]),
            pack_numbers(self._firsts),
            pack_numbers(self._by_id),
            pack_numbers(self.fields),
        )
        return msgspec.msgpack.encode(parts)

    @classmethod
    def unpacked(cls, packed: bytes) -> Columns:
        """Return the columns. Raises ``ValueError`` if the bytes are not packed columns.

        This does not check the order of the nodes. In a wrong order, nodes are unknown or have the
        facts of others, which somebody who forges a state could write anyway.
        """
        try:
            depths, rows, *numbers = msgspec.msgpack.decode(packed, type=_Packed)
        except msgspec.DecodeError as error:
            raise ValueError("these are no columns") from error
        above, facts, lengths, firsts, by_id, fields = map(unpack_numbers, numbers)
        made = cls.__new__(cls)
        made.table = [(row - 1, bits) for row, bits in zip(above, facts, strict=True)]
        made.depths = _unpack_text(depths, MAX_DEPTH + 1)
        made.rows = _unpack_text(rows, len(made.table))
        made.kept = None
        made.fields, made._firsts, made._by_id = fields, firsts, by_id
        made._places = _ends(lengths)
        _check(made, lengths)
        made._index()
        return made


def _check(columns: Columns, lengths: Sequence[int]) -> None:
    """Raise ``ValueError`` if a look-up could fail, or never end."""
    count, runs = len(columns.depths), len(columns._firsts)
    whole = len(columns.rows) == count == columns._places[-1]
    whole = whole and len(columns._places) - 1 == runs == len(columns._by_id)
    climbs = all(-1 <= above < row for row, (above, _) in enumerate(columns.table))
    ordered = min(lengths, default=0) >= 0 and set(columns._by_id) <= set(range(runs))
    if not (whole and climbs and ordered):
        raise ValueError("these are no columns")


def _ends(lengths: Iterator[int] | Sequence[int]) -> Sequence[int]:
    return list(itertools.accumulate(lengths, initial=0))


@functools.lru_cache(maxsize=1024)
def _not_below(depth: str) -> re.Pattern[str]:
    return re.compile(f"[\\0-{re.escape(depth)}]")


# --- numbers and strings as bytes ---------------------------------------------------------------


def pack_numbers(values: Sequence[int]) -> bytes:
    """Return numbers as bytes of one width. Raises ``ValueError`` for a number that is too long."""
    if min(values, default=0) >= 0:
        bits = max(values, default=0).bit_length()
        for code, width in _WIDTHS.items():
            if bits <= 8 * width:
                return code + struct.pack(f"<{len(values)}{code.decode()}", *values)
    return _ANY + msgspec.json.encode(values)


def unpack_numbers(packed: bytes) -> Sequence[int]:
    """Return the numbers. Raises ``ValueError`` if the bytes are not packed numbers."""
    if packed[:1] == _ANY:
        try:
            return msgspec.json.decode(packed[1:], type=list[int])
        except msgspec.DecodeError as error:
            raise ValueError("these are no numbers") from error
    code, data = packed[:1], packed[1:]
    if code not in _WIDTHS or len(data) % _WIDTHS[code]:
        raise ValueError("these are no numbers")
    return struct.unpack(f"<{len(data) // _WIDTHS[code]}{code.decode()}", data)


def _pack_text(text: str) -> bytes:
    """Return a string in the narrowest encoding that has all its characters."""
    try:
        return b"\0" + text.encode(_ENCODINGS[0])
    except UnicodeEncodeError:
        number = 1 if max(text) < "\ud800" else 2
    return bytes([number]) + text.encode(_ENCODINGS[number], "surrogatepass")


def _unpack_text(packed: bytes, count: int) -> str:
    """Return a packed string. Raises ``ValueError`` for a character beyond the bound."""
    number, data = packed[:1], packed[1:]
    if number == b"\0" and not data.translate(None, _BYTES[:count]):
        return data.decode(_ENCODINGS[0])
    if number in {b"\1", b"\2"}:
        text = data.decode(_ENCODINGS[number[0]], "surrogatepass")
        if ord(max(text, default="\0")) < count:
            return text
    raise ValueError("this is no text")
