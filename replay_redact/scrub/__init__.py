"""Secrets in text, events, logs and what a policy shows: what is looked for, what replaces it.

`Scrub` is the configuration, `ScrubRule` one rule of it, `detectors` the names of what is known.
`Scrubber` applies it to text, JSON values, Sentry events and envelopes.
"""

from __future__ import annotations

from replay_redact.scrub.config import Scrub, ScrubRule, detectors
from replay_redact.scrub.scrubber import Scrubber

__all__ = ["Scrub", "ScrubRule", "Scrubber", "detectors"]
