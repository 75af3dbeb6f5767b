"""Secrets in text, events, logs and what a policy shows: what is looked for, what replaces it.

`Scrub` is the configuration, `ScrubRule` one rule of it, `detectors` the names of what is known.
`Scrubber` applies it to text, JSON values, Sentry events and envelopes, `ScrubFilter` to the
records of ``logging``, and `structlog_processor` to those of structlog.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from replay_redact.scrub.config import Scrub, ScrubRule, detectors

if TYPE_CHECKING:
    from replay_redact.scrub.logs import ScrubFilter, structlog_processor
    from replay_redact.scrub.scrubber import Scrubber

_LATE = {"ScrubFilter": "logs", "Scrubber": "scrubber", "structlog_processor": "logs"}
"""Names by the module that has them. The scanner in it takes long to import; few need it."""


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LATE[name]}"), name)


__all__ = ["Scrub", "ScrubFilter", "ScrubRule", "Scrubber", "detectors", "structlog_processor"]
