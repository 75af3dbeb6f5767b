"""Taking regular expressions apart: strings that they match, and patterns without one part.

This covers the syntax that detectors use: RE2 over bytes, without look-around and back-references.
"""

from __future__ import annotations

import dataclasses
import random
import re
import string
from collections.abc import Iterable, Iterator

_ESCAPES = {"s": b" \t\n\r\f", "v": b"\v", "n": b"\n", "r": b"\r", "t": b"\t",
            "w": (string.ascii_letters + string.digits + "_").encode()}  # fmt: skip
_QUANTIFIER = re.compile(r"(?:([*+?])|\{([0-9]+)(,?)([0-9]*)\})\??")
_BOUNDS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_OPEN = re.compile(r"\((?:\?([is]*)(:|\)))?")
_ITEM = re.compile(r"\\x[0-9a-f]{2}|\\?[\s\S]")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)


@dataclasses.dataclass
class Part:
    """A part of a pattern and its place in the source.

    ``kind`` is ``"choice"``, ``"row"``, ``"repeat"``, ``"class"``, ``"not"``, ``"text"`` or ``"edge"``.
    """

    kind: str
    start: int
    end: int
    parts: list[Part] = dataclasses.field(default_factory=list)
    bytes: bytes = b""
    any_case: bool = False
    least: int = 1
    most: int | None = 1
    items: list[tuple[int, int]] = dataclasses.field(default_factory=list)


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def choice(self, *, any_case: bool) -> Part:
        start = self.at
        rows = [self.row(any_case=any_case)]
        while self.source[self.at : self.at + 1] == "|":
            self.at += 1
            rows.append(self.row(any_case=any_case))
        return Part("choice", start, self.at, rows)

    def row(self, *, any_case: bool) -> Part:
        start = self.at
        parts: list[Part] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            flags = re.compile(r"\(\?([is]+)\)").match(self.source, self.at)
            if flags:
                any_case = any_case or "i" in flags[1]
                self.at = flags.end()
                continue
            parts.append(self.repeat(any_case=any_case))
        return Part("row", start, self.at, parts)

    def repeat(self, *, any_case: bool) -> Part:
        start = self.at
        atom = self.atom(any_case=any_case)
        match = _QUANTIFIER.match(self.source, self.at)
        if match is None:
            return atom
        self.at = match.end()
        sign, least, comma, most = match.groups()
        bounds = _BOUNDS[sign] if sign else (int(least), int(most or least))
        if comma and not most:
            bounds = (bounds[0], None)
        return Part("repeat", start, self.at, [atom], least=bounds[0], most=bounds[1])

    def atom(self, *, any_case: bool) -> Part:
        start, source = self.at, self.source
        if source[start] == "(":
            match = _OPEN.match(source, start)
            assert match is not None
            self.at = match.end()
            inner = self.choice(any_case=any_case or "i" in (match[1] or ""))
            self.at += 1
            return Part("row", start, self.at, [inner])
        if source[start] == "[":
            return self.byte_class(any_case=any_case)
        if source[start] in "^$":
            self.at += 1
            return Part("edge", start, self.at)
        text, self.at = _item(source, start)
        known = bytes(range(256)) if source[start] == "." else text
        kind = "class" if len(known) > 1 else "text"
        return Part(kind, start, self.at, bytes=known, any_case=any_case)

    def byte_class(self, *, any_case: bool) -> Part:
        start = self.at
        match = _CLASS.match(self.source, start)
        assert match is not None
        self.at = match.end()
        negated = self.source[start + 1] == "^"
        at = start + 1 + negated
        known: set[int] = set()
        items: list[tuple[int, int]] = []
        while at < self.at - 1:
            first, end = _item(self.source, at)
            if self.source[end] == "-" and end + 1 < self.at - 1 and len(first) == 1:
                last, end = _item(self.source, end + 1)
                first = bytes(range(first[0], last[0] + 1))
            items.append((at, end))
            known.update(first)
            at = end
        if any_case:
            known.update(bytes(known).swapcase())
        chosen = set(range(256)) - known if negated else known
        kind = "not" if negated else "class"
        return Part(kind, start, self.at, bytes=bytes(sorted(chosen)), items=items)


def _item(source: str, at: int) -> tuple[bytes, int]:
    """Return the bytes that a character of a pattern stands for, and where it ends."""
    match = _ITEM.match(source, at)
    assert match is not None
    text = match[0]
    if text.startswith("\\x"):
        return bytes.fromhex(text[2:]), match.end()
    known = _ESCAPES.get(text[1:], text[1:].encode()) if len(text) == 2 else text.encode("latin-1")
    return known, match.end()


def parsed(source: str) -> Part:
    """Take a pattern apart."""
    parser = _Parser(source)
    whole = parser.choice(any_case=False)
    assert parser.at == len(source), source[parser.at :]
    return whole


_LIKELY = b" \0\n.:-_/\"'<>=,az019AFGZ"


def drawn(part: Part, rng: random.Random) -> bytes:
    """Return a string that a part matches at the beginning or end."""
    if part.kind == "choice":
        return drawn(rng.choice(part.parts), rng)
    if part.kind == "row":
        return b"".join([drawn(inner, rng) for inner in part.parts])
    if part.kind == "repeat":
        more = rng.choice((0, 0, 1, 2, rng.randrange(20)))
        times = part.least + more if part.most is None else min(part.least + more, part.most)
        return b"".join([drawn(part.parts[0], rng) for _ in range(times)])
    if part.kind == "edge":
        return b""
    if part.kind in {"class", "not"}:
        likely = bytes(set(_LIKELY).intersection(part.bytes)) if rng.random() < 0.5 else b""
        return bytes([rng.choice(likely or part.bytes)])
    return part.bytes.swapcase() if part.any_case and rng.random() < 0.5 else part.bytes


NEAR = [b"", b"\0", b" ", b"\n", b"\v", b"a", b"f", b"g", b"G", b"Z", b"0", b"1", b"9", b".", b",", b":", b";", b"-", b"_",
        b"/", b"\\", b"@", b"=", b"<", b">", b'"', b"'", b"(", b"]", b"{", b"+", b"%", b"*", b"\xc3\xa9", b"\xff"]  # fmt: skip


def edited(text: bytes, rng: random.Random) -> bytes:
    """Return a string with a few bytes added, removed or changed, or with a part doubled."""
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        at = rng.choice((0, len(text), rng.randrange(len(text) + 1)))
        size = rng.choice((0, 0, 1, 1, 3))
        other = rng.choice((rng.choice(NEAR), rng.choice(NEAR), text[at : at + 9]))
        text = text[:at] + other + text[at + size :]
    return text


def narrowed(source: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a pattern, and the pattern without it.

    A part is an alternative, an item of a class, the first or last of a range, or one of the
    allowed counts of a repeat.
    """
    yield from _edited(source, _without(source, parsed(source)))


def widened(source: str) -> Iterator[tuple[str, str]]:
    """Yield patterns in which a negated class admits one item, or one end of a range."""
    edits = (
        edit
        for part in _all_of(parsed(source))
        if part.kind == "not"
        for start, end in part.items
        for edit in ((start, end, ""), *_shorter_range(source, start, end))
        if len(part.items) > 1 or edit[2]
    )
    yield from _edited(source, edits)


def _edited(source: str, edits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    for start, end, text in edits:
        shorter = source[:start] + text + source[end:]
        yield f"{source[:start]}⟦{source[start:end]}→{text}⟧{source[end:]}", shorter


def _all_of(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _all_of(inner)


def _without(source: str, part: Part) -> Iterator[tuple[int, int, str]]:
    if part.kind == "choice" and len(part.parts) > 1:
        yield from (_alternative(source, row) for row in part.parts)
    elif part.kind == "class" and len(part.items) > 1:
        yield from ((start, end, "") for start, end in part.items)
    elif part.kind == "repeat":
        yield from _fewer(source, part)
    for start, end in part.items if part.kind == "class" else ():
        yield from _shorter_range(source, start, end)
    for inner in part.parts:
        yield from _without(source, inner)


def _alternative(source: str, row: Part) -> tuple[int, int, str]:
    first = source[row.start - 1 : row.start] != "|"
    return (row.start, row.end + 1, "") if first else (row.start - 1, row.end, "")


def _shorter_range(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    first, middle = _item(source, start)
    if source[middle : middle + 1] != "-" or middle + 1 >= end:
        return
    last, _ = _item(source, middle + 1)
    yield start, end, rf"\x{first[0] + 1:02x}-\x{last[0]:02x}"
    yield start, end, rf"\x{first[0]:02x}-\x{last[0] - 1:02x}"


def _fewer(source: str, part: Part) -> Iterator[tuple[int, int, str]]:
    """Yield an atom with a higher minimum, and one with a lower maximum."""
    [atom] = part.parts
    lazy = "?" if source[part.end - 1] == "?" and source[part.end - 2] in "*+?}" else ""
    most = "" if part.most is None else str(part.most)
    if part.most is None or part.least < part.most:
        yield atom.end, part.end, f"{{{part.least + 1},{most}}}{lazy}"
    if part.most is None:
        yield atom.end, part.end, f"{{{part.least},{max(part.least, 1)}}}{lazy}"
    elif part.least < part.most:
        yield atom.end, part.end, f"{{{part.least},{part.most - 1}}}{lazy}"
    else:
        yield atom.end, part.end, f"{{{part.least + 1}}}"
