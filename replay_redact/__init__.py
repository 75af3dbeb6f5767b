"""Redact rrweb session-replay recordings: private by default, provable in your own tests.

Start with `redact_bytes`. A `Policy` says what stays readable. A `Redactor` works event by
event, or segment by segment. `replay_redact.events` and `replay_redact.nodes` hold the typed
model of a recording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replay_redact._version import __version__
from replay_redact._wire.codec import decode, encode
from replay_redact.errors import DecodeError, LimitError, PolicyError, RedactError, StateError
from replay_redact.one_call import redact_bytes, redact_events
from replay_redact.policy import Level, Policy
from replay_redact.redactor import Redactor
from replay_redact.report import Report
from replay_redact.scrub.config import Scrub, ScrubRule
from replay_redact.stream import redact_stream

if TYPE_CHECKING:
    from replay_redact.scrub import Scrubber

__all__ = [
    "DecodeError",
    "Level",
    "LimitError",
    "Policy",
    "PolicyError",
    "RedactError",
    "Redactor",
    "Report",
    "Scrub",
    "ScrubRule",
    "Scrubber",
    "StateError",
    "__version__",
    "decode",
    "encode",
    "redact_bytes",
    "redact_events",
    "redact_stream",
]


def __getattr__(name: str) -> Any:
    """Import the scrubber when it is first asked for: it takes longer than all else here."""
    if name != "Scrubber":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from replay_redact.scrub import Scrubber  # noqa: PLC0415 - see above

    return Scrubber
