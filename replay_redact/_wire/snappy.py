r"""Raw snappy blocks to plain bytes and back, as PostHog stores recordings.

A block has no mark of its own: it begins with its inflated size, as a number of seven bits in
each byte, and with a literal, here the first bytes of JSON. In a file of blocks the four bytes
before each are its length.

A block that says it is too large is refused before anything is inflated.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any, Protocol

from replay_redact.errors import DecodeError

try:
    cramjam: Any = importlib.import_module("cramjam")
except ImportError:  # pragma: no cover - the tests have the extra
    cramjam = None


class Budget(Protocol):
    """What this module asks of the budget of inflated bytes."""

    left: int

    def spend(self, size: int) -> None:
        """Count bytes; raise `LimitError` when there are too many."""


_SIZE = rb"(?P<size>[\x80-\xff]{0,4}[\x00-\x7f])"
_SHORT = b"".join(re.escape(bytes([4 * length])) for length in range(60))
_LITERAL = rb"(?:[" + _SHORT + rb"]|\xf0.|\xf4.{2}|\xf8.{3}|\xfc.{4})"
_BLOCK = re.compile(_SIZE + _LITERAL + rb"[\[{]", re.DOTALL)
_TEXT = (b"[", b"{", b'"', b" ", b"\t", b"\r", b"\n", b"\xef\xbb\xbf")
_LENGTH = 4  # bytes before each block


def looks_like_snappy(data: bytes) -> bool:
    """Tell a block that holds JSON, unless it may be JSON itself."""
    return not data.startswith(_TEXT) and _BLOCK.match(data) is not None


def looks_like_blocks(data: bytes) -> bool:
    """Tell a file of blocks with their lengths; JSON has no zeros."""
    return data.startswith(b"\0") and _BLOCK.match(data, _LENGTH) is not None


def inflate_snappy(data: bytes, budget: Budget) -> bytes:
    """Inflate one block."""
    size = _BLOCK.match(data)
    if size is None:
        raise DecodeError("the input is no snappy block that holds JSON")
    budget.spend(_number(size["size"]))
    if cramjam is None:
        raise DecodeError("snappy needs the package cramjam: install replay_redact[snappy]")
    try:
        return bytes(cramjam.snappy.decompress_raw(data))
    except cramjam.DecompressionError:
        raise DecodeError("the compressed stream is damaged: send or fetch it again") from None


def _number(digits: bytes) -> int:
    return sum((byte & 0x7F) << 7 * at for at, byte in enumerate(digits))


def deflate_snappy(data: bytes, _effort: str = "") -> bytes:
    """Compress as one block; snappy knows one effort only."""
    return bytes(cramjam.snappy.compress_raw(data))


def inflate_blocks(data: bytes, budget: Budget) -> bytes:
    """Inflate all blocks of a file: lines, each block with whole ones."""
    texts = [inflate_snappy(block, budget) for block in _blocks(data)]
    return b"".join([text if text.endswith(b"\n") else text + b"\n" for text in texts])


def _blocks(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        end = at + _LENGTH + int.from_bytes(data[at : at + _LENGTH], "big")
        if end > len(data) or at + _LENGTH > len(data):
            raise DecodeError("the length of a block is not that of its bytes", position=at)
        yield data[at + _LENGTH : end]
        at = end


def deflate_blocks(data: bytes, _effort: str) -> bytes:
    """Compress as a file of one block."""
    block = deflate_snappy(data)
    return len(block).to_bytes(_LENGTH, "big") + block
