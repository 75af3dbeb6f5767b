"""Secrets in text that the policy shows: what is looked for, and what replaces it.

`Scrub` is the configuration, `ScrubRule` one rule of it, `detectors` the names of what is known.
"""

from __future__ import annotations

from replay_redact.scrub.config import Scrub, ScrubRule, detectors

__all__ = ["Scrub", "ScrubRule", "detectors"]
