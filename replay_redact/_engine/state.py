"""The state of a redactor: what it remembers of one recording, as bytes for another process.

The engine judges later events by the tree of nodes and by the facts that rules ask about
(`_page.mirror`); everything else follows from these. A state holds them for each window of each
session, in three sections, each compressed on its own:

* *columns*: all nodes at some earlier time (`_page.packed.columns`);
* *changes*: what has changed since then (`_page.packed.changes`);
* *words*: the words that style sheets have made public, and the rest of a mirror.

A section is inflated only when an event names its window, and copied if it has not changed. So a
state costs as much as the changes, plus some nanoseconds per node. If many nodes have changed, the
columns are made anew. Windows, and ids with a stand-in, are named by keyed digests of their ids.

The meaning of facts depends on the policy and on the release. A number that is read with another
meaning could show private content. So the head has a fingerprint of both, and a checksum of
everything.

The form, in this order, with numbers in little endian:

===================  =====  ==========================================================
part                 bytes  content
===================  =====  ==========================================================
magic                4      ``RRS`` and the version
fingerprint          16     of the policy and the release
checksum             8      BLAKE2b of everything else
segment              8      number of the next segment plus one, or 0
counts               4+4+8  windows, stand-ins, and stand-ins that were ever given
each stand-in        16+8   digest of the id, and number
each window          ...    the least recently used first
===================  =====  ==========================================================

A window is a digest (16), the most nodes that it can have (4), for each section its inflated and
its stored size (4 each), and the sections, as zlib; an empty section has no bytes.

What a state reveals:

* It holds ids of nodes, bits, numbers and digests. Of recorded content, it holds only public words
  of style sheets.
* Under the rules of Sentry's SDK, it holds no such words, but the lengths of masked values and of
  labels (`_engine.sentry_memory`).

How it fails:

* Other bytes raise `StateError`. Without a state nothing is known, so everything is masked.
* Sections are checked only when they are used: a window with invalid sections is forgotten. The
  checksum finds damage, so only a forged state gets that far.
"""

from __future__ import annotations

import dataclasses
import hmac
import itertools
import struct
import zlib
from collections.abc import Callable, Iterable
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
from replay_redact._page.packed.columns import Columns
from replay_redact._page.refined import take_places, with_places
from replay_redact._rules.rule_sets import compile_rule_set
from replay_redact._version import __version__
from replay_redact.errors import LimitError, StateError
from replay_redact.policy import Policy
from replay_redact.policy.functions import asks_for_place
from replay_redact.scrub.config import Scrub, ScrubRule

VERSION = 5
"""Version of the form, and of what facts mean: raise it if either changes."""

MAX_NODES = 5_000_000
"""Most nodes of all windows: far more than a browser can hold."""

MAX_WORD_BYTES = 64 * 1024 * 1024
"""Most bytes of the words of all windows. A page with large frameworks has some thousands."""

_MAGIC = b"RRS"
_HEAD = struct.Struct("<QIIQ")
_STAND_IN = struct.Struct(f"<{DIGEST_BYTES}sQ")
_WINDOW = struct.Struct(f"<{DIGEST_BYTES}sI6I")
_FINGERPRINT, _CHECKSUM = 16, 8
_START = len(_MAGIC) + 1
_BODY = _START + _FINGERPRINT + _CHECKSUM
_BYTES_PER_NODE, _SPARE_BYTES = 32, 1024 * 1024  # no honest section is larger
_LEVEL = 1  # higher levels take several times as long and save only a tenth

_DAMAGED = "the state is damaged: start a new Redactor"


class Section(NamedTuple):
    """A section of a window: deflated bytes, and their inflated size."""

    size: int
    packed: bytes


class Memory(NamedTuple):
    """What is remembered of a window, and the most nodes that it can have."""

    nodes: int
    columns: Section
    changes: Section
    words: Section


class Remembered(NamedTuple):
    """What is remembered of a session.

    * ``number``: of the next segment;
    * windows and stand-ins: by digest, the least recently used first;
    * ``given``: how many stand-ins there ever were.
    """

    number: int | None
    windows: dict[bytes, Memory]
    stand_ins: dict[bytes, int]
    given: int


# --- from and to what an engine remembers -------------------------------------------------


def remember(policy: Policy, windows: Windows, ids: StandIns, number: int | None) -> Remembered:
    """Return what to remember of a session. Raises `LimitError` for a number too large."""
    key = window_key(policy)
    known = windows.in_order(lambda names: digest_of(key, *names))
    try:
        memories = {
            digest: of_mirror(window.engine.mirror) if isinstance(window, Window) else window
            for digest, window in known.items()
        }
    except (OverflowError, ValueError):
        raise LimitError("a number in the recording is too large") from None
    return Remembered(number, memories, ids.given, ids.next)


def recall(
    policy: Policy,
    memory: Remembered,
    windows: Windows,
    ids: StandIns,
    make: Callable[[], Window],
) -> None:
    """Load a remembered session into empty windows and stand-ins."""

    def wake(saved: Memory) -> Window | None:
        window = make()
        try:
            fill_mirror(window.engine.mirror, saved)
        except (ValueError, zlib.error):  # hostile: the checksum fits
            window.engine.report.dropped["forgotten window"] += 1
            return None
        return window

    key = window_key(policy)
    windows.restore(memory.windows, lambda names: digest_of(key, *names), wake)
    ids.given, ids.next = dict(memory.stand_ins), memory.given


@lru_cache(maxsize=64)
def window_key(policy: Policy) -> bytes:
    """Return the key for digests of the ids of windows.

    It is the key of the policy's hashes. If the policy has none, the digests are not secret:
    somebody who has a state can try out ids.
    """
    key = cast("Scrub", policy.scrub).hash_key or b""
    assert isinstance(key, bytes)  # `Scrub` has made sure of it
    return hmac.digest(key, b"replay_redact window", "sha256") if key else fingerprint(policy)


def of_mirror(mirror: Mirror[Any]) -> Memory:
    """Return what to remember of the nodes of a mirror.

    Raises ``ValueError`` or ``OverflowError`` for a number that is too large.
    """
    columns, changes = mirror.columns()
    if columns.kept is None:
        columns.kept = _deflated(columns.packed())
    nodes = len(columns) + mirror.changed_nodes
    return Memory(nodes, columns.kept, _deflated(changes), _words(mirror))


def _words(mirror: Mirror[Any]) -> Section:
    words = with_places(mirror.packed(), mirror)
    if mirror.kept_words is None or mirror.kept_words[0] != words:
        mirror.kept_words = words, _deflated(words)
    return cast("Section", mirror.kept_words[1])


def fill_mirror(mirror: Mirror[Any], memory: Memory) -> None:
    """Load remembered nodes into an empty mirror.

    Raises ``ValueError`` or ``zlib.error`` if the bytes are not packed nodes.
    """
    words = _inflated(memory.words)
    mirror.unpack(take_places(words, mirror))
    mirror.kept_words = words, memory.words
    columns = Columns.unpacked(_inflated(memory.columns))
    columns.kept = memory.columns
    mirror.rest_on(columns, _inflated(memory.changes))


def _deflated(data: bytes) -> Section:
    return Section(len(data), zlib.compress(data, _LEVEL) if data else b"")


def _inflated(section: Section) -> bytes:
    """Inflate a section to its noted size, and not one byte more."""
    if not section.size:
        return b""
    inflater = zlib.decompressobj()
    data = inflater.decompress(section.packed, section.size + 1)
    if len(data) != section.size or not inflater.eof or inflater.unused_data:
        raise ValueError("a section has another size")
    return data


# --- bytes ----------------------------------------------------------------------------


def pack(policy: Policy, memory: Remembered) -> bytes:
    """Return the byte form. Raises `LimitError` for more than an honest session has."""
    windows = memory.windows.values()
    if sum(window.nodes for window in windows) > MAX_NODES:
        raise LimitError(f"the pages have more than {MAX_NODES} nodes")
    if sum(window.words.size for window in windows) > MAX_WORD_BYTES:
        raise LimitError(f"words of style sheets take more than {MAX_WORD_BYTES} bytes")
    if any(map(_is_too_large, windows)):
        raise LimitError("numbers in the recording are too large")
    number = 0 if memory.number is None else memory.number + 1
    parts = [
        _HEAD.pack(number, len(memory.windows), len(memory.stand_ins), memory.given),
        *itertools.starmap(_STAND_IN.pack, memory.stand_ins.items()),
    ]
    for digest, (nodes, *sections) in memory.windows.items():
        sizes = [size for section in sections for size in (section.size, len(section.packed))]
        parts.append(_WINDOW.pack(digest, nodes, *sizes))
        parts += [section.packed for section in sections]
    head, body = _MAGIC + bytes([VERSION]) + fingerprint(policy), b"".join(parts)
    return head + _checksum(head, body) + body


def _is_too_large(window: Memory) -> bool:
    most = _SPARE_BYTES + window.nodes * _BYTES_PER_NODE
    return window.columns.size > most or window.changes.size > most


def unpack(policy: Policy, state: bytes) -> Remembered:
    """Return what a state holds. Raises `StateError` if it is not a state of this policy."""
    if not state.startswith(_MAGIC) or len(state) < _BODY:
        raise StateError("these bytes are not a state, or not a whole one: start a new Redactor")
    if state[len(_MAGIC)] != VERSION:
        raise StateError("the state is of another version of replay_redact: start a new Redactor")
    head, body = state[: _START + _FINGERPRINT], state[_BODY:]
    if state[len(head) : _BODY] != _checksum(head, body):
        raise StateError(_DAMAGED)
    if head[_START:] != fingerprint(policy):
        raise StateError("the state is of another policy or another version: start a new Redactor")
    try:
        return _read(body)
    except struct.error:  # hostile: the checksum fits
        raise StateError(_DAMAGED) from None


def _checksum(head: bytes, body: bytes) -> bytes:
    digest = blake2b(head, digest_size=_CHECKSUM)
    digest.update(body)
    return digest.digest()


def _read(body: bytes) -> Remembered:
    number, window_count, stand_in_count, given = _HEAD.unpack_from(body)
    begin = _HEAD.size + stand_in_count * _STAND_IN.size
    if window_count > MAX_WINDOWS or stand_in_count > MAX_STAND_INS or begin > len(body):
        raise StateError(_DAMAGED)
    stand_ins = dict(_STAND_IN.iter_unpack(body[_HEAD.size : begin]))
    windows: dict[bytes, Memory] = {}
    for _ in range(window_count):
        digest, nodes, *sizes = _WINDOW.unpack_from(body, begin)
        begin += _WINDOW.size
        sections = []
        for size, length in zip(sizes[::2], sizes[1::2], strict=True):
            sections.append(Section(size, body[begin : begin + length]))
            begin += length
        windows[digest] = Memory(nodes, *sections)
    found = Remembered(number - 1 if number else None, windows, stand_ins, given)
    whole = len(stand_ins) == stand_in_count and len(windows) == window_count
    if begin != len(body) or not whole or not _is_within_limits(found):
        raise StateError(_DAMAGED)
    return found


def _is_within_limits(memory: Remembered) -> bool:
    windows = memory.windows.values()
    nodes = sum(window.nodes for window in windows)
    words = sum(window.words.size for window in windows)
    return nodes <= MAX_NODES and words <= MAX_WORD_BYTES and not any(map(_is_too_large, windows))


# --- fingerprint ----------------------------------------------------------------------


def options_digest(policy: Policy) -> bytes:
    """Return a digest of the options of a policy, the same in every release."""
    options = repr(tuple(_options(policy))).encode("utf-8", "surrogatepass")
    return blake2b(options, digest_size=_FINGERPRINT).digest()


@lru_cache(maxsize=64)
def fingerprint(policy: Policy) -> bytes:
    """Return a digest of everything that the meaning of a state depends on.

    These are all options, the bits of tags and selectors, and the release. The key of hashes goes
    in as a keyed digest. A callback goes in by its name: another process can compare nothing else
    of it, and no fact depends on it.
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
    """Return the name of a user's function in its place: a function has no bytes."""
    return getattr(value, "__qualname__", type(value).__qualname__) if callable(value) else value


def _scrub(scrub: Scrub) -> tuple[object, ...]:
    key = scrub.hash_key or b""
    assert isinstance(key, bytes)  # `Scrub` has made sure of it
    proof = hmac.digest(key, b"replay_redact state", "sha256") if key else b""
    names = [field.name for field in dataclasses.fields(ScrubRule)]
    rules = [tuple(_named(getattr(rule, name)) for name in names) for rule in scrub.rules]
    return rules, sorted(scrub.keys), proof, scrub.style
