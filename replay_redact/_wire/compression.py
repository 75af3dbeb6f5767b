"""From compressed bytes to plain ones and back: gzip, zlib and zstd, with one budget.

All layers and all packed events of one input share a budget of inflated bytes. So a bomb in any
layer, or many small ones, meets the same limit. Damaged or truncated data is a `DecodeError`, too
much data a `LimitError`. Neither gives partial output.

Only `inflate_stream` works piece by piece: each stream has a limit of its own, and what came before
an error is out.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from replay_redact._wire.snappy import (
    deflate_blocks,
    deflate_snappy,
    inflate_blocks,
    inflate_snappy,
    looks_like_blocks,
    looks_like_snappy,
)
from replay_redact.errors import DecodeError, LimitError


def _module(*names: str) -> Any:
    """Import the first of these modules that is there."""
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


zstd: Any = _module("compression.zstd", "backports.zstd")

MAX_BYTES = 512 * 1024 * 1024
"""Inflated size of one input: five times what Sentry accepts for a segment."""

MAX_STREAM_BYTES = 64 * 1024**3
"""Inflated size of one compressed layer of a stream."""

PIECE = 64 * 1024
"""Bytes that are inflated at a time."""

GZIP_BITS, ZLIB_BITS = 31, 15
STREAMED = {"gzip": GZIP_BITS, "zlib": ZLIB_BITS}
"""Compressions that can be read and written in pieces, with the bits that zlib calls them by."""


class _Deflater(NamedTuple):
    """What writes gzip and zlib: `zlib`, or a library with the same interface."""

    library: Any
    level: int


LIBRARIES = {
    "small": (("zlib_ng.zlib_ng", 6), ("zlib", 6)),
    "fast": (("isal.isal_zlib", 2), ("zlib_ng.zlib_ng", 2), ("zlib", 1)),
}
"""Libraries and their levels by what the caller prefers, the best first.

Of 20 MB of real pages, in processor time: zlib at level 6 makes 2.46 MB in 228 ms, zlib-ng at 6
2.45 MB in 144 ms, ISA-L at 2 2.99 MB in 21 ms, zlib at 1 3.04 MB in 83 ms.
"""


@lru_cache
def _deflater(effort: str) -> _Deflater:
    """Return the first of the libraries for an effort that is installed."""
    found = ((_module(name), level) for name, level in LIBRARIES[effort])
    return next(_Deflater(library, level) for library, level in found if library is not None)


_ZSTD_LEVELS = {"small": 3, "fast": 1}

DEFAULT_EFFORT = "small"


def check_effort(effort: str) -> str:
    """Return what a caller prefers of compressed output, if there is such a choice."""
    if effort not in LIBRARIES:
        known = ", ".join(map(repr, LIBRARIES))
        raise ValueError(f"unknown compression {effort!r}; expected one of {known}")
    return effort


class Budget:
    """How many bytes one input may still give."""

    def __init__(self, limit: int | None = None) -> None:
        self._limit = self.left = MAX_BYTES if limit is None else limit

    def spend(self, size: int) -> None:
        """Count bytes; raise `LimitError` when there are too many."""
        self.left -= size
        if self.left < 0:
            large = f"the recording is larger than {self._limit} bytes"
            raise LimitError(f"{large}: cut it into segments")


class Compression(NamedTuple):
    """A way to compress, and how its data begins."""

    matches: Callable[[bytes], bool]
    inflate: Callable[[bytes, Budget], bytes]
    deflate: Callable[[bytes, str], bytes]
    """Takes data and an effort, one of `LIBRARIES`."""


def slices(data: bytes) -> Iterator[bytes]:
    """Return data in pieces that are cheap to copy, since what follows a member is copied."""
    return (data[at : at + PIECE] for at in range(0, len(data), PIECE))


def inflate_pieces(pieces: Iterable[bytes], bits: int) -> Iterator[bytes]:
    """Inflate all members of a stream that comes in small pieces, one after the other."""
    inflater: Any = None
    ended = False
    for piece in pieces:
        data = piece.lstrip(b"\0") if ended and inflater is None else piece
        while data:
            if inflater is None:
                inflater = zlib.decompressobj(wbits=bits)
            yield from _inflate_some(inflater, data)
            if not inflater.eof:
                break
            data = inflater.unused_data.lstrip(b"\0")
            inflater, ended = None, True
    if inflater is not None:
        raise DecodeError("the compressed stream ends too early: send or fetch it again")


def _inflate_some(inflater: Any, data: bytes) -> Iterator[bytes]:
    """Inflate as much of a member as there is, in pieces."""
    size = PIECE
    while not inflater.eof and (data or size == PIECE):
        try:
            text = inflater.decompress(data, PIECE)
        except zlib.error:
            raise DecodeError("the compressed stream is damaged: send or fetch it again") from None
        size, data = len(text), inflater.unconsumed_tail
        yield text


def _inflate(data: bytes, budget: Budget, bits: int) -> bytes:
    parts: list[bytes] = []
    for part in inflate_pieces(slices(data), bits):
        budget.spend(len(part))
        parts.append(part)
    return b"".join(parts)


def inflate_gzip(data: bytes, budget: Budget) -> bytes:
    """Inflate gzip data."""
    return _inflate(data, budget, GZIP_BITS)


def inflate_zlib(data: bytes, budget: Budget) -> bytes:
    """Inflate zlib data."""
    return _inflate(data, budget, ZLIB_BITS)


def deflate_gzip(data: bytes, effort: str = DEFAULT_EFFORT) -> bytes:
    """Compress as gzip; with the same libraries, equal data gives equal bytes, header included."""
    return _deflate(data, effort, GZIP_BITS)


def deflate_zlib(data: bytes, effort: str = DEFAULT_EFFORT) -> bytes:
    """Compress as zlib."""
    return _deflate(data, effort, ZLIB_BITS)


def _deflate(data: bytes, effort: str, bits: int) -> bytes:
    library, level = _deflater(effort)
    compressed: bytes = library.compress(data, level, bits)
    return compressed


def inflate_stream(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Inflate a stream in pieces."""
    budget = Budget(MAX_STREAM_BYTES)
    for text in inflate_pieces(pieces, STREAMED[name]):
        budget.spend(len(text))
        yield text


def deflate_stream(pieces: Iterable[bytes], name: str, effort: str) -> Iterator[bytes]:
    """Compress a stream in pieces."""
    library, level = _deflater(effort)
    deflater = library.compressobj(level, zlib.DEFLATED, STREAMED[name])
    for piece in pieces:
        yield deflater.compress(piece)
    yield deflater.flush()


def _inflate_zstd(data: bytes, budget: Budget) -> bytes:
    if zstd is None:
        raise DecodeError("zstd needs Python 3.14 or the package backports.zstd")
    inflater = zstd.ZstdDecompressor()
    try:
        text: bytes = inflater.decompress(data, budget.left + 1)
    except zstd.ZstdError:
        raise DecodeError("the compressed stream is damaged: send or fetch it again") from None
    budget.spend(len(text))
    if not inflater.eof:
        raise DecodeError("the compressed stream ends too early: send or fetch it again")
    return text


def _deflate_zstd(data: bytes, effort: str) -> bytes:
    compressed: bytes = zstd.compress(data, _ZSTD_LEVELS[effort])
    return compressed


def _looks_like_zlib(data: bytes) -> bool:
    """Tell a zlib header: method, window and a checksum over both."""
    return len(data) > 1 and data[0] & 0x8F == 8 and (data[0] << 8 | data[1]) % 31 == 0


COMPRESSIONS: dict[str, Compression] = {
    "gzip": Compression(lambda d: d.startswith(b"\x1f\x8b"), inflate_gzip, deflate_gzip),
    "zlib": Compression(_looks_like_zlib, inflate_zlib, deflate_zlib),
    "zstd": Compression(lambda d: d.startswith(b"\x28\xb5\x2f\xfd"), _inflate_zstd, _deflate_zstd),
    "snappy": Compression(looks_like_snappy, inflate_snappy, deflate_snappy),
    "snappy-blocks": Compression(looks_like_blocks, inflate_blocks, deflate_blocks),
}
"""Compressions by the name of the format; none of them begins like JSON."""


def compression_of(head: bytes) -> str | None:
    """Return the name of the compression that data begins like, if there is one.

    >>> compression_of(zlib.compress(b"[]")), compression_of(b"[]")
    ('zlib', None)
    """
    return next((name for name, one in COMPRESSIONS.items() if one.matches(head)), None)
