r"""The text of a recording as it was written, and its escapes.

`planted` looks at decoded strings of JSON. Here the text stays in one piece, as it was written.
Only if ``\u`` stands for something other than a control character, escapes are decoded, layer by
layer, as the decoder of an event in a string in an array would do.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from replay_redact._wire.compression import COMPRESSIONS, STREAMED, Budget, compression_of
from replay_redact._wire.containers import BOM, SEGMENT
from replay_redact._wire.forms.form_data import is_form_data
from replay_redact._wire.lenient import JSON_DECODER, repair_text
from replay_redact.errors import RedactError
from replay_redact.testing.encodings import BASE64_HEADS

_MAX_DEPTH = 6
_ESCAPES = re.compile(rb"(?:\\(?:u[0-9a-fA-F]{4}|[\"\\/bfnrt]))+|\\.", re.DOTALL)

_ENCODER = msgspec.json.Encoder()
_STRING = msgspec.json.Decoder(str)

_WINDOW = 64  # bytes that show whether something inflates, as `everything` takes
_WRITTEN = 6 * _WINDOW  # as escapes
_LEAST = 8  # bytes of compressed nothing


def plain_text(data: bytes) -> bytes | None:
    r"""Return what a recording says, without its compression; none if that is no plain text.

    >>> plain_text(zlib.compress(b"[]")), plain_text(b"data=W10%3D"), plain_text(b"[\xff]")
    (b'[]', None, None)
    """
    budget = Budget()
    for _ in range(_MAX_DEPTH):
        name = compression_of(data)
        segment = None if name else SEGMENT.match(data.removeprefix(BOM))
        if name is None and segment is None:
            return data if _is_text(data) else None
        if segment is not None:
            data = data[segment.end() :]
            continue
        try:
            data = COMPRESSIONS[str(name)].inflate(data, budget)
        except RedactError:
            return None
    return None


def _is_text(data: bytes) -> bool:
    if b"\0" in data or is_form_data(data) or re.match(BASE64_HEADS.encode(), data.lstrip()[:8]):
        return False
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def rewritten(text: bytes) -> bytes:
    r"""Write JSON without escapes that it can do without; what is no JSON gets `unescaped`.

    >>> rewritten(rb'["\u0041/"]')
    b'["A/"]'
    """
    try:
        return _ENCODER.encode(JSON_DECODER.decode(text))
    except (msgspec.DecodeError, RecursionError):
        return unescaped(text)


def unescaped(text: bytes) -> bytes:
    r"""Take off one layer of JSON's escapes, wherever they stand.

    >>> unescaped(rb'"\u0041\\u0042\n"')
    b'"A\\u0042\n"'
    """
    return _ESCAPES.sub(_unescaped_run, text)


def _unescaped_run(match: re.Match[bytes]) -> bytes:
    run = b'"%b"' % match[0]
    try:
        return _STRING.decode(run).encode()
    except msgspec.DecodeError:
        pass
    try:
        return _STRING.decode(repair_text(run)).encode()
    except msgspec.DecodeError:  # a backslash that begins no escape
        return match[0]


# --- what is compressed within the text ---------------------------------------------------


def _packed_heads() -> Iterator[tuple[int, int]]:
    """Yield the two bytes by which gzip and zlib data is told."""
    firsts = [first for first in range(256) if first == 0x1F or first & 0x8F == 8]
    pairs = itertools.product(firsts, range(256))
    return (pair for pair in pairs if any(COMPRESSIONS[n].matches(bytes(pair)) for n in STREAMED))


def _heads(*, printable: bool) -> str:
    """Return an expression for these bytes as characters, written as they are or escaped."""
    pairs = [pair for pair in _packed_heads() if printable == all(0x20 <= b < 0x7F for b in pair)]
    return "|".join("".join(map(_byte, pair)) for pair in pairs)


def _byte(value: int) -> str:
    return rf"(?:\x{{{value:x}}}|(?i:\\u00{value:02x}))"


@lru_cache(1)
def packed_expression() -> str:
    """Return an expression that matches where a string, or a line, may hold compressed data.

    Printable heads begin many a string. Those count as elements of an array, and before what is no
    printable ASCII.
    """
    odd, plain = _heads(printable=False), f"(?:{_heads(printable=True)})"
    return (
        rf"\"(?:{odd})|[\[,\n]\s*\\*\"{plain}|\n{plain}"
        rf"|\"{plain}[^\"]{{0,{_WINDOW}}}(?:[^\x20-\x7e]|\\u)"
        rf"|\"(?:{BASE64_HEADS})[0-9A-Za-z+/_\\-]{{12}}"
    )


def is_packed(text: bytes, place: tuple[int, int]) -> bool:
    """Tell whether compressed data begins in the match of `packed_expression` at a place."""
    start, end = place
    quote = text.find(b'"', start, end)
    begin = (start if quote < 0 else quote) + 1
    head = unescaped(text[begin : min(begin + _WRITTEN, _string_end(text, begin))])
    packed = head.decode("utf-8", "ignore")[:_WINDOW].encode("latin-1", "ignore")
    if re.match(BASE64_HEADS.encode(), packed):
        return True
    if len(packed) < _LEAST:
        return False
    try:
        zlib.decompressobj(wbits=47).decompress(packed)  # either of the two
    except zlib.error:
        return False
    return True


def _string_end(text: bytes, begin: int) -> int:
    """Return where a string ends whose quote stands before ``begin``, itself escaped or not."""
    escapes = len(text[:begin].rstrip(b'"')) - len(text[:begin].rstrip(b'"').rstrip(b"\\"))
    closing = re.compile(rb'(?<!\\)\\{%d}"|\n' % escapes).search(text, begin, begin + _WRITTEN)
    return len(text) if closing is None else closing.start()
