"""All that was sent, whether it can be read as a recording or not, for a search for secrets.

It knows no form: it takes off compression wherever some begins, reads JSON where there is
some, and takes the rest as text.

What does not open is searched as it stands.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from replay_redact._wire.compression import COMPRESSIONS, STREAMED, Budget
from replay_redact._wire.forms.form_data import is_form_data, open_form_data
from replay_redact._wire.lenient import repair_text
from replay_redact.errors import RedactError
from replay_redact.testing.encodings import unpacked

_MAX_DEPTH = 6
_PACKED = re.compile(r"[^\x09\x0a\x0d\x20-\x7e]")  # compressed bytes as Latin-1 have some
_LINE_STARTS = re.compile(rb"^", re.MULTILINE)
_HEAD = 64  # bytes by which text in UTF-16 or UTF-32 is told
_WIDE = ("utf-16-le", "utf-16-be")  # UTF-32 is UTF-16 with zeros in between


def everything(data: bytes) -> Iterator[Any]:
    r"""Yield all JSON values and texts of an input.

    >>> list(everything(b'{"a": 1}\nJane'))
    [{'a': 1}, 'Jane']
    """
    budget = Budget()
    todo = [(data, 0)]
    while todo:
        piece, depth = todo.pop()
        inner = [] if depth > _MAX_DEPTH else list(_inside(piece, budget))
        todo += [(one, depth + 1) for one in inner]
        for value in () if inner else _values(piece):
            yield value
            todo += [(text, depth + 1) for text in _packed(value, budget)]


def _inside(piece: bytes, budget: Budget) -> Iterator[bytes]:
    """Yield what is packed in a piece, and what stands before and after that."""
    if is_form_data(piece):
        with contextlib.suppress(RedactError):
            yield open_form_data(piece, budget).inner
        return
    for name, compression in COMPRESSIONS.items():
        if name not in STREAMED and compression.matches(piece):
            with contextlib.suppress(RedactError):
                yield compression.inflate(piece, budget)
            return
    for start in _starts(piece) if budget.left else ():  # a limit of 0 would be none
        bits = next(
            STREAMED[n] for n in STREAMED if COMPRESSIONS[n].matches(piece[start : start + 4])
        )
        inflater = zlib.decompressobj(wbits=bits)
        with contextlib.suppress(zlib.error):
            text = inflater.decompress(piece[start:], budget.left)
            budget.left -= len(text)
            yield from filter(None, (piece[:start], text, inflater.unused_data))
            return


def _starts(piece: bytes) -> Iterator[int]:
    """Yield where lines begin as compressed data does."""
    for match in _LINE_STARTS.finditer(piece):
        head = piece[match.end() : match.end() + 4]
        if any(COMPRESSIONS[name].matches(head) for name in STREAMED):
            yield match.end()


def _values(piece: bytes) -> Iterator[Any]:
    """Yield one JSON value, or one for each line; a line that is none is a text."""
    try:
        yield _decoded(piece)
    except (msgspec.DecodeError, RecursionError):
        for line in piece.split(b"\n"):
            try:
                yield _decoded(line)
            except (msgspec.DecodeError, RecursionError):
                yield line.decode("utf-8", "replace")
        for codec in _WIDE if b"\0" in piece[:_HEAD] else ():
            yield piece.decode(codec, "replace").replace("\0", "")


def _decoded(text: bytes) -> Any:
    return msgspec.json.decode(repair_text(text))


def _packed(value: Any, budget: Budget) -> Iterator[bytes]:
    """Yield the bytes of strings that may be compressed."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            todo += item.values()
        elif isinstance(item, list):
            todo += item
        elif isinstance(item, str) and _PACKED.search(item[:64]):
            try:
                packed = item.encode("latin-1")
            except UnicodeEncodeError:
                continue
            if any(COMPRESSIONS[name].matches(packed) for name in STREAMED):
                yield packed
        elif isinstance(item, str):
            inner = unpacked(item, budget)
            if inner is not None:
                yield inner
