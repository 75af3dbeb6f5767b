"""What a string says once its encodings are taken off, for the search for secrets.

Scrubbing looks through the same encodings: percent-encoding, references of HTML, escapes of JSON
and JavaScript, one upon the other. A string may also be the base64 of something compressed, as SDKs
send it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from replay_redact._wire.compression import COMPRESSIONS, Budget
from replay_redact.errors import RedactError
from replay_redact.scrub.decodings import MAX_LAYERS, decoded

BASE64_HEADS = "H4sI|eA[E-H]|eF[4-7]|eJ[w-z]|eN[o-r]|KLUv"
"""How the base64 of gzip, zlib and zstd begins, as compressors write them."""

_ENCODED = re.compile(r"[%&\\\x1b]")
_PACKED = re.compile(rf"(?:{BASE64_HEADS})[\w+/\s-]{{12,}}=*\s*", re.ASCII)
_COMPRESSED = ("gzip", "zlib", "zstd")


def decodings(text: str) -> Iterator[str]:
    r"""Yield what a string says without one layer of encodings, without two, and so on.

    >>> list(decodings("jane&#64;x")), list(decodings("a%26%2364%3Bb")), list(decodings("Jane"))
    (['jane@x'], ['a&#64;b', 'a@b'], [])
    """
    for _ in range(MAX_LAYERS):
        if not _ENCODED.search(text):
            return
        inner = decoded(text.encode("utf-8", "replace"))
        if inner is None:
            return
        text = inner.decode("utf-8", "replace")
        yield text


def unpacked(text: str, budget: Budget) -> bytes | None:
    """Return what is compressed in a string in base64; ``None`` if nothing is.

    >>> import gzip
    >>> unpacked(base64.b64encode(gzip.compress(b"Jane")).decode(), Budget())
    b'Jane'
    """
    if not _PACKED.fullmatch(text):
        return None
    try:
        data = base64.b64decode(text.replace("-", "+").replace("_", "/") + "==")
    except binascii.Error:
        return None
    for name in _COMPRESSED:
        if COMPRESSIONS[name].matches(data):
            try:
                return COMPRESSIONS[name].inflate(data, budget)
            except RedactError:
                return None
    return None
