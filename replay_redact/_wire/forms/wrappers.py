"""Objects that hold an array of events: ``{"events": [...]}`` and the like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from replay_redact._wire.batches import Batch
from replay_redact._wire.compression import Budget
from replay_redact._wire.forms.windows import ids_of, window_batch
from replay_redact._wire.lenient import repair_text
from replay_redact.events import Id

_ENCODER = msgspec.json.Encoder()
_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])

OpenElements = Callable[..., Batch]


def open_wrapper(raw: bytes, budget: Budget, open_elements: OpenElements) -> Batch | None:
    """Open ``{"events": [...]}`` or ``{"window_id": …, "data": [...]}``; none if it is neither."""
    try:
        fields = _RAW_FIELDS.decode(repair_text(raw))
        name = "events" if "events" in fields else "data"
        raws = _RAW_LIST.decode(fields.pop(name, b"null"))
    except msgspec.DecodeError:
        return None
    found = ids_of(fields)
    if found is None:
        return None
    ids, called = found

    def wrap(shown: dict[str, Id], items: list[object]) -> bytes:
        wrapper: dict[str, Any] = {called[field]: shown[field] for field in shown}
        return _ENCODER.encode(wrapper | {name: items})

    batch = window_batch(ids, wrap, lambda inner: open_elements(raws, budget, inner))
    return batch._replace(cut=batch.cut + len(fields))
