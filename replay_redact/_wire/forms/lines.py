"""One event, pair, array or object in each line."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from replay_redact._wire.batches import Batch, Opened, batches_of, check_count, json_error
from replay_redact._wire.compression import Budget
from replay_redact._wire.forms.elements import elements_batch
from replay_redact._wire.lenient import repair_text
from replay_redact.errors import DecodeError

_ENCODER = msgspec.json.Encoder()
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])


def open_lines(text: bytes, budget: Budget) -> Opened:
    """Open one event, pair, array or object per line; perhaps none of it can be read."""
    check_count(text.count(b"\n"))
    lines = [line for line in text.split(b"\n") if line and not line.isspace()]
    return Opened(batches_of(_lines_batch, lines, budget), b"".join)


def _lines_batch(lines: list[bytes], budget: Budget) -> Batch:
    checked = [_checked(repair_text(line)) for line in lines]
    return elements_batch(checked, budget, _joined)


def _joined(written: list[object]) -> bytes:
    return b"".join([_ENCODER.encode(item) + b"\n" for item in written])


def _checked(line: bytes) -> bytes:
    """Return a line without white space around it; it has to be a JSON array or object."""
    line = line.strip()
    try:
        (_RAW_LIST if line.startswith(b"[") else _RAW_FIELDS).decode(line)
    except msgspec.ValidationError:
        raise DecodeError("a line is JSON, but holds no event") from None
    except msgspec.DecodeError as error:
        raise json_error(error, line) from None
    return line


def open_object(text: bytes, budget: Budget) -> Opened | None:
    """Open one JSON object, perhaps over several lines; none if there is more than one."""
    line = repair_text(text).strip()
    try:
        _RAW_FIELDS.decode(line)
    except msgspec.DecodeError:
        return None

    def batch(lines: list[bytes], budget: Budget) -> Batch:
        return elements_batch(lines, budget, _first)

    return Opened(batches_of(batch, [line], budget), b"".join)


def _first(written: Sequence[object]) -> bytes:
    return b"".join(map(_ENCODER.encode, written))


def is_object(text: bytes) -> bool:
    """Tell whether this is one whole JSON object."""
    try:
        _RAW_FIELDS.decode(repair_text(text))
    except msgspec.DecodeError:
        return False
    return True
