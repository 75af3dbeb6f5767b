"""Secrets in text, events, logs and what a policy shows: what is looked for, what replaces it.

`Scrub` is the configuration, `ScrubRule` one rule of it, `detectors` the names of what is known.
`Scrubber` applies it to text, JSON values, Sentry events and envelopes, `ScrubFilter` to the
records of ``logging``, and `structlog_processor` to those of structlog.
"""

from __future__ import annotations

from replay_redact.scrub.config import Scrub, ScrubRule, detectors
from replay_redact.scrub.logs import ScrubFilter, structlog_processor
from replay_redact.scrub.scrubber import Scrubber

__all__ = ["Scrub", "ScrubFilter", "ScrubRule", "Scrubber", "detectors", "structlog_processor"]
