"""All that was sent, whether it can be read as a recording or not, for a search for secrets.

It knows no form: it takes off compression wherever some begins, reads JSON where there is
some, and takes the rest as text.

Failure direction: what does not open is searched as it stands.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import msgspec

from replay_redact._wire.compression import COMPRESSIONS, Budget
from replay_redact._wire.lenient import repair_text
from replay_redact.errors import RedactError

_MAX_DEPTH = 6
_PACKED = re.compile(r"[^\x09\x0a\x0d\x20-\x7e]")  # compressed bytes as Latin-1 have some
_FORM = re.compile(rb"(?:^|&)data=([^&]*)")


def everything(data: bytes) -> Iterator[Any]:
    r"""Yield all JSON values and texts of an input.

    >>> list(everything(b'{"a": 1}\nJane'))
    [{'a': 1}, 'Jane']
    """
    budget = Budget()
    todo = [(data, 0)]
    while todo:
        piece, depth = todo.pop()
        inner = _inflated(piece, budget)
        if inner is not None:
            todo += [(inner, depth + 1)] if depth < _MAX_DEPTH else []
            continue
        for value in _values(piece):
            yield value
            if depth < _MAX_DEPTH:
                todo += [(text, depth + 1) for text in _packed(value)]


def _inflated(piece: bytes, budget: Budget) -> bytes | None:
    form = _FORM.match(piece)
    if form is not None:
        return base64.b64decode(unquote_to_bytes(form[1]) + b"==")
    for compression in COMPRESSIONS.values():
        if compression.matches(piece):
            try:
                return compression.inflate(piece, budget)
            except RedactError:
                return None
    return None


def _values(piece: bytes) -> Iterator[Any]:
    """Yield one JSON value, or one for each line; a line that is none is a text."""
    try:
        yield _decoded(piece)
    except (msgspec.DecodeError, RecursionError):
        for line in piece.split(b"\n"):
            try:
                yield _decoded(line)
            except (msgspec.DecodeError, RecursionError):
                yield line.decode("latin-1") if _inflates(line) else line.decode("utf-8", "replace")


def _decoded(text: bytes) -> Any:
    return msgspec.json.decode(repair_text(text))


def _inflates(line: bytes) -> bool:
    return any(compression.matches(line) for compression in COMPRESSIONS.values())


def _packed(value: Any) -> Iterator[bytes]:
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
            if _inflates(packed):
                yield packed
