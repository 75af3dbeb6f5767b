"""What a redactor remembers of one recording, as bytes that another process can go on from.

Later events are judged by which node is below which and by the facts that rules ask about
(`_page.mirror`); all else follows from these. They are three columns of numbers: ids in order,
the place of each node's parent among them, and which entry of a small table holds its facts.
Columns of small numbers compress to a byte or two per node. Each window of each session has
such columns. Which window they are of, and which ids have got a stand-in, is told by digests of
the ids under a key.

What facts mean depends on the policy and on the release, and a number read with another meaning
could open what is private. So a fingerprint of both stands in the head, and a checksum over
all.

The form, numbers little endian: ``RRS`` and a version byte; the fingerprint (16 bytes); a
checksum (BLAKE2b of all else, 8 bytes); and, compressed with zlib: the number of the next
segment plus one, or 0 (8); how many windows (4), how many stand-ins (4), how many were ever
given (8), how many nodes in all (4), how many bytes of words (4); for each stand-in a digest
(16) and its number (8); and the windows, the least recently used first. A window is a digest
(16); how many nodes (4), how many different facts (4), how many bytes of words (4); the columns
of id differences, of parents (0 for none, else one more than the parent's place) and of facts
(a place in the table); the first id; the table of facts; and the words that style sheets have
made public, as MessagePack: all comparisons, and for each style sheet where it is and which of
them it makes. A column is a width (1) and, for each byte of that width, that byte of all its
numbers; or, where a number needs more than 8 bytes, the width 0 and the numbers one by one. A
number that stands alone is a length (2) and as many bytes; the first id is signed.

A state holds ids of nodes, bits, numbers and digests; of what was recorded, only words of style
sheets that are public. Under the rules of Sentry's SDK, lengths of masked values and labels
stand in their place (`_engine.sentry_memory`). Bytes that are not exactly such a form are a
`StateError`; without a state, nothing is known, and so everything is masked.
"""

from __future__ import annotations

import dataclasses
import hmac
import itertools
import operator
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple, cast

from replay_redact._engine.windows import (
    DIGEST_BYTES,
    MAX_STAND_INS,
    MAX_WINDOWS,
    StandIns,
    Window,
    Windows,
    digest_of,
)
from replay_redact._page.mirror import Mirror
from replay_redact._page.refined import take_places, with_places
from replay_redact._rules.decisions import FORMER, GONE, SENSITIVE
from replay_redact._rules.rule_sets import compile_rule_set
from replay_redact._version import __version__
from replay_redact.errors import LimitError, StateError
from replay_redact.policy import Policy
from replay_redact.policy.functions import asks_for_place
from replay_redact.scrub.config import Scrub, ScrubRule

VERSION = 4
"""Version of the form, and of what facts mean: raise it if either changes."""

MAX_NODES = 5_000_000
"""Nodes of all windows: what a browser can hold, by far."""

MAX_WORD_BYTES = 64 * 1024 * 1024
"""Bytes of the words of all windows: those of a page with large frameworks are some thousands."""

_MAGIC = b"RRS"
_LENGTH = struct.Struct("<H")
_HEAD = struct.Struct("<QIIQII")
_STAND_IN = struct.Struct(f"<{DIGEST_BYTES}sQ")
_WINDOW = struct.Struct(f"<{DIGEST_BYTES}sIII")
_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
_FINGERPRINT, _CHECKSUM = 16, 8
_START = len(_MAGIC) + 1
_BODY = _START + _FINGERPRINT + _CHECKSUM
_BYTES_PER_NODE, _SPARE_BYTES = 32, 1024 * 1024  # no honest body is larger
_LEVEL = 1  # higher levels take several times as long and gain a tenth


class Memory(NamedTuple):
    """What is remembered of a window: the ids of its nodes, of each its parent, and its facts.

    ``ids`` are in ascending order. ``parents`` are positions in them plus one, 0 for none.
    ``words`` are what style sheets compare.
    """

    ids: Sequence[int]
    parents: Sequence[int]
    facts: Sequence[int]
    words: bytes = b""


class Remembered(NamedTuple):
    """What is remembered of a session: ``number`` of the next segment, windows, and stand-ins.

    Windows are by digest, the least recently used first, and so are the numbers of stand-ins;
    ``given`` says how many there ever were.
    """

    number: int | None
    windows: dict[bytes, Memory]
    stand_ins: dict[bytes, int]
    given: int


# --- from and to what an engine remembers -------------------------------------------------


def remember(policy: Policy, windows: Windows, ids: StandIns, number: int | None) -> Remembered:
    """Return what is to be remembered of a session."""
    key = window_key(policy)
    known = windows.in_order(lambda names: digest_of(key, *names))
    memories = {digest: of_mirror(window.engine.mirror) for digest, window in known.items()}
    return Remembered(number, memories, ids.given, ids.next)


def recall(
    policy: Policy,
    memory: Remembered,
    windows: Windows,
    ids: StandIns,
    make: Callable[[], Window],
) -> None:
    """Put what is remembered of a session into windows and stand-ins that know nothing yet."""
    saved = {}
    for digest, nodes in memory.windows.items():
        saved[digest] = window = make()
        fill_mirror(window.engine.mirror, nodes)
    key = window_key(policy)
    windows.restore(saved, lambda names: digest_of(key, *names))
    ids.given, ids.next = dict(memory.stand_ins), memory.given


def window_key(policy: Policy) -> bytes:
    """Return the key under which ids of windows are digested: as secret as the policy makes it.

    That is the key of its hashes, if it has one. If not, whoever has a state can try ids.
    """
    key = cast("Scrub", policy.scrub).hash_key or b""
    assert isinstance(key, bytes)  # made so when the Scrub was made
    return hmac.digest(key, b"replay_redact window", "sha256") if key else fingerprint(policy)


def of_mirror(mirror: Mirror[Any]) -> Memory:
    """Return what is to be remembered of the nodes of a mirror."""
    gone = mirror.fields - mirror.parents.keys()
    ids = sorted([*mirror.parents, *gone])
    position: dict[int | None, int] = dict(zip(ids, itertools.count(1)))
    position[None] = 0
    parents = list(map(position.__getitem__, map(mirror.parents.get, ids)))
    facts = mirror.facts | dict.fromkeys(gone, GONE)
    for node in mirror.fields - gone:  # hidden, or another node has the id
        known = facts.get(node, 0)
        facts[node] = known if known & SENSITIVE else known | FORMER
    words = with_places(mirror.packed(), mirror, ids)
    return Memory(ids, parents, list(map(facts.get, ids, itertools.repeat(0))), words)


def fill_mirror(mirror: Mirror[Any], memory: Memory) -> None:
    """Put remembered nodes into an empty mirror."""
    ids = memory.ids
    above: list[int | None] = [None, *ids]
    mirror.parents = dict(zip(ids, map(above.__getitem__, memory.parents), strict=True))
    mirror.facts = {node: facts for node, facts in zip(ids, memory.facts, strict=True) if facts}
    for node, facts in list(mirror.facts.items()):
        if facts & (GONE | FORMER | SENSITIVE):
            mirror.fields.add(node)
        mirror.facts[node] = facts & ~FORMER
        if facts & GONE:
            del mirror.parents[node], mirror.facts[node]
    try:
        mirror.unpack(take_places(memory.words, mirror, ids))
    except ValueError:  # hostile: the checksum fits
        raise StateError("the state is damaged: start a new Redactor") from None


# --- bytes ----------------------------------------------------------------------------


def pack(policy: Policy, memory: Remembered) -> bytes:
    """Return the byte form; raise `LimitError` for more than any session has."""
    count = sum(len(window.ids) for window in memory.windows.values())
    if count > MAX_NODES:
        raise LimitError(f"the pages have more than {MAX_NODES} nodes")
    words = sum(len(window.words) for window in memory.windows.values())
    if words > MAX_WORD_BYTES:
        raise LimitError(f"words of style sheets take more than {MAX_WORD_BYTES} bytes")
    number = 0 if memory.number is None else memory.number + 1
    try:
        parts = [
            _HEAD.pack(
                number, len(memory.windows), len(memory.stand_ins), memory.given, count, words
            ),
            *(_STAND_IN.pack(*stand_in) for stand_in in memory.stand_ins.items()),
            *(part for item in memory.windows.items() for part in _window(*item)),
        ]
    except (OverflowError, struct.error):
        raise LimitError("a number in the recording is too large") from None
    head = _MAGIC + bytes([VERSION]) + fingerprint(policy)
    packed = zlib.compress(b"".join(parts), _LEVEL)
    return head + _checksum(head, packed) + packed


def _window(digest: bytes, memory: Memory) -> Iterator[bytes]:
    ids = memory.ids
    table = sorted(set(memory.facts))
    entry = dict(zip(table, itertools.count()))
    yield _WINDOW.pack(digest, len(ids), len(table), len(memory.words))
    yield _column(list(map(operator.sub, ids[1:], ids)))
    yield _column(memory.parents)
    yield _column(list(map(entry.__getitem__, memory.facts)))
    yield _number(ids[0] if ids else 0, signed=True)
    yield from map(_number, table)
    yield memory.words


def unpack(policy: Policy, state: bytes) -> Remembered:
    """Return what a state holds; raise `StateError` if it is not one of this policy."""
    if not state.startswith(_MAGIC) or len(state) < _BODY:
        raise StateError("these bytes are not a state, or not a whole one: start a new Redactor")
    if state[len(_MAGIC)] != VERSION:
        raise StateError("the state is of another version of replay_redact: start a new Redactor")
    head, packed = state[: _START + _FINGERPRINT], state[_BODY:]
    if state[len(head) : _BODY] != _checksum(head, packed):
        raise StateError("the state is damaged: start a new Redactor")
    if head[_START:] != fingerprint(policy):
        raise StateError("the state is of another policy or another version: start a new Redactor")
    try:
        memory = _read(_inflate(packed))
    except (struct.error, zlib.error, IndexError, KeyError):  # hostile: the checksum fits
        raise StateError("the state is damaged: start a new Redactor") from None
    for window in memory.windows.values():
        _check_chains(window.parents)
    return memory


def _checksum(head: bytes, packed: bytes) -> bytes:
    return blake2b(head + packed, digest_size=_CHECKSUM).digest()


def _inflate(packed: bytes) -> bytes:
    """Inflate as many bytes as the head of the body asks for, and not one more."""
    inflater = zlib.decompressobj()
    start = inflater.decompress(packed, _HEAD.size)
    _, windows, stand_ins, _, count, words = _HEAD.unpack(start)
    too_many = count > MAX_NODES or windows > MAX_WINDOWS or stand_ins > MAX_STAND_INS
    if too_many or words > MAX_WORD_BYTES:
        raise StateError("the state is damaged: start a new Redactor")
    most = _SPARE_BYTES + count * _BYTES_PER_NODE + stand_ins * _STAND_IN.size + words
    rest = inflater.decompress(inflater.unconsumed_tail, most)
    if not inflater.eof or inflater.unused_data:
        raise StateError("the state is damaged: start a new Redactor")
    return start + rest


def _column(values: Sequence[int]) -> bytes:
    """Write numbers as planes of bytes: the high ones are all alike and compress to nothing."""
    largest = max(values, default=0)
    width = next((width for width in _CODES if not largest >> (8 * width)), 0)
    if not width:
        return b"\0" + b"".join(map(_number, values))
    data = struct.pack(f"<{len(values)}{_CODES[width]}", *values)
    return bytes([width]) + b"".join(data[plane::width] for plane in range(width))


def _number(value: int, *, signed: bool = False) -> bytes:
    size = value.bit_length() // 8 + 1
    return _LENGTH.pack(size) + value.to_bytes(size, "little", signed=signed)


class _Reader:
    """Takes a body apart from the front."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.at = _HEAD.size

    def take(self, size: int) -> bytes:
        taken = self.body[self.at : self.at + size]
        if len(taken) != size:
            raise StateError("the state is damaged: start a new Redactor")
        self.at += size
        return taken

    def fields(self, form: struct.Struct) -> tuple[Any, ...]:
        return form.unpack(self.take(form.size))

    def column(self, count: int) -> tuple[int, ...]:
        [width] = self.take(1)
        if not width:
            return tuple(self.number() for _ in range(count))
        planes = self.take(count * width)
        data = bytearray(len(planes))
        for plane in range(width):
            data[plane::width] = planes[plane * count : (plane + 1) * count]
        return struct.unpack(f"<{count}{_CODES[width]}", data)

    def number(self, *, signed: bool = False) -> int:
        [size] = _LENGTH.unpack(self.take(_LENGTH.size))
        return int.from_bytes(self.take(size), "little", signed=signed)


def _read(body: bytes) -> Remembered:
    number, window_count, stand_in_count, given, total, words = _HEAD.unpack_from(body)
    reader = _Reader(body)
    stand_ins = dict(reader.fields(_STAND_IN) for _ in range(stand_in_count))
    windows = dict(_read_window(reader) for _ in range(window_count))
    counts = sum(len(window.ids) for window in windows.values())
    whole = len(stand_ins) == stand_in_count and len(windows) == window_count
    whole = whole and sum(len(window.words) for window in windows.values()) == words
    if reader.at != len(body) or counts != total or not whole:
        raise StateError("the state is damaged: start a new Redactor")
    return Remembered(number - 1 if number else None, windows, stand_ins, given)


def _read_window(reader: _Reader) -> tuple[bytes, Memory]:
    digest, count, fact_count, word_bytes = reader.fields(_WINDOW)
    if fact_count > count:
        raise StateError("the state is damaged: start a new Redactor")
    steps = reader.column(max(count - 1, 0))
    parents = reader.column(count)
    entries = reader.column(count)
    first = reader.number(signed=True)
    table = [reader.number() for _ in range(fact_count)]
    words = reader.take(word_bytes)
    if 0 in steps:
        raise StateError("the state is damaged: start a new Redactor")
    ids = list(itertools.accumulate(steps, initial=first)) if count else []
    return digest, Memory(ids, parents, list(map(table.__getitem__, entries)), words)


def _check_chains(parents: Sequence[int]) -> None:
    """Raise `StateError` unless every chain of parents ends."""
    count = len(parents)
    if max(parents, default=0) > count:
        raise StateError("the state is damaged: start a new Redactor")
    if all(map(operator.le, parents, range(count))):  # each parent stands before its children
        return
    seen = [0] * (count + 1)  # by which walk a place was passed; place 0 is where chains end
    seen[0] = -1
    for start in range(1, count + 1):
        at = start
        while seen[at] == 0:
            seen[at] = start
            at = parents[at - 1]
        if at and seen[at] == start:
            raise StateError("the state is damaged: start a new Redactor")


# --- fingerprint ----------------------------------------------------------------------


def options_digest(policy: Policy) -> bytes:
    """Return a digest of the options of a policy, whatever the release is."""
    options = repr(tuple(_options(policy))).encode("utf-8", "surrogatepass")
    return blake2b(options, digest_size=_FINGERPRINT).digest()


@lru_cache(maxsize=64)
def fingerprint(policy: Policy) -> bytes:
    """Return a digest of all that decides what a state of this policy means.

    That is every option, the bits that tags and selectors have, and the release. The key
    of hashes goes in as a keyed digest, a callback by its name: no more can be told of it
    in another process, and no fact depends on it.
    """
    assignment = compile_rule_set(policy).assignment()
    parts = (VERSION, __version__, assignment, *_options(policy))
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=_FINGERPRINT).digest()


def _options(policy: Policy) -> Iterable[tuple[str, object]]:
    for field in dataclasses.fields(policy):
        value = getattr(policy, field.name)
        if isinstance(value, Scrub):
            value = _scrub(value)
        yield field.name, _named(value)
    if policy.mask_fn is not None:
        yield "places", asks_for_place(policy.mask_fn)  # then the words have them


def _named(value: object) -> object:
    """Return the name of a function of the user's in its place: no bytes tell a function."""
    return getattr(value, "__qualname__", type(value).__qualname__) if callable(value) else value


def _scrub(scrub: Scrub) -> tuple[object, ...]:
    key = scrub.hash_key or b""
    assert isinstance(key, bytes)  # made so when the Scrub was made
    proof = hmac.digest(key, b"replay_redact state", "sha256") if key else b""
    names = [field.name for field in dataclasses.fields(ScrubRule)]
    rules = [tuple(_named(getattr(rule, name)) for name in names) for rule in scrub.rules]
    return rules, sorted(scrub.keys), proof, scrub.style
