"""Compressed bytes to plain bytes and back: gzip, zlib and zstd, with one budget.

Theory: what a compressed layer may inflate to is counted in a budget that all
layers and all packed events of one input share, so that a bomb in any layer, or
many small ones, meets the same limit.

Failure direction: damaged or cut-off data is a `DecodeError`, too much of it a
`LimitError`; neither ever gives partial output.
"""

from __future__ import annotations

import gzip
import importlib
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

from replay_redact._errors import DecodeError, LimitError

try:
    zstd: Any = importlib.import_module("compression.zstd")
except ImportError:  # before Python 3.14
    zstd = None

MAX_BYTES = 512 * 1024 * 1024
"""Inflated size of one input: five times what Sentry accepts for a segment."""

_GZIP_BITS, _ZLIB_BITS = 31, 15
_LEVEL = 6  # the common default of gzip and zlib


class Budget:
    """How many bytes one input may still give."""

    def __init__(self) -> None:
        self.left = MAX_BYTES

    def spend(self, size: int) -> None:
        """Count bytes; raise `LimitError` when there are too many."""
        self.left -= size
        if self.left < 0:
            raise LimitError(f"the recording is larger than {MAX_BYTES} bytes")


class Compression(NamedTuple):
    """A way to compress, and how its data begins."""

    matches: Callable[[bytes], bool]
    inflate: Callable[[bytes, Budget], bytes]
    deflate: Callable[[bytes], bytes]


def _inflate(data: bytes, budget: Budget, bits: int) -> bytes:
    """Inflate all members of a stream, one after the other."""
    parts: list[bytes] = []
    while data:
        inflater = zlib.decompressobj(wbits=bits)
        try:
            parts.append(inflater.decompress(data, budget.left + 1))
        except zlib.error:
            raise DecodeError("the compressed stream is damaged") from None
        budget.spend(len(parts[-1]))
        if not inflater.eof:
            raise DecodeError("the compressed stream ends too early")
        data = inflater.unused_data.lstrip(b"\0")
    return b"".join(parts)


def inflate_gzip(data: bytes, budget: Budget) -> bytes:
    """Inflate gzip data."""
    return _inflate(data, budget, _GZIP_BITS)


def inflate_zlib(data: bytes, budget: Budget) -> bytes:
    """Inflate zlib data."""
    return _inflate(data, budget, _ZLIB_BITS)


def deflate_gzip(data: bytes) -> bytes:
    """Compress as gzip; equal data gives equal bytes."""
    return gzip.compress(data, compresslevel=_LEVEL, mtime=0)


def deflate_zlib(data: bytes) -> bytes:
    """Compress as zlib."""
    return zlib.compress(data, _LEVEL)


def _inflate_zstd(data: bytes, budget: Budget) -> bytes:
    if zstd is None:
        raise DecodeError("zstd needs Python 3.14 or later")
    inflater = zstd.ZstdDecompressor()
    try:
        text: bytes = inflater.decompress(data, budget.left + 1)
    except zstd.ZstdError:
        raise DecodeError("the compressed stream is damaged") from None
    budget.spend(len(text))
    if not inflater.eof:
        raise DecodeError("the compressed stream ends too early")
    return text


def _deflate_zstd(data: bytes) -> bytes:
    compressed: bytes = zstd.compress(data)
    return compressed


def _looks_like_zlib(data: bytes) -> bool:
    """Tell a zlib header: method, window and a checksum over both."""
    return len(data) > 1 and data[0] & 0x8F == 8 and (data[0] << 8 | data[1]) % 31 == 0


COMPRESSIONS: dict[str, Compression] = {
    "gzip": Compression(lambda d: d.startswith(b"\x1f\x8b"), inflate_gzip, deflate_gzip),
    "zlib": Compression(_looks_like_zlib, inflate_zlib, deflate_zlib),
    "zstd": Compression(lambda d: d.startswith(b"\x28\xb5\x2f\xfd"), _inflate_zstd, _deflate_zstd),
}
"""Compressions by the name of the format; none of them begins like JSON."""
