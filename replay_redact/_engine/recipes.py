"""What makes an engine of each rule set: its memory and masks, its handlers, and its decoder."""

from __future__ import annotations

from typing import Any, NamedTuple

from replay_redact._engine.handlers import HANDLERS, JUDGED_AGAIN, Strict
from replay_redact._engine.sentry import SENTRY_HANDLERS, Sentry
from replay_redact._engine.windows import Again
from replay_redact._wire import raw
from replay_redact._wire.containers import Decoder
from replay_redact._wire.lenient import EVENTS_DECODER


class Recipe(NamedTuple):
    """What makes the engine of one rule set."""

    engine: Any
    """Takes a policy and a report; makes rules, memory and masks for one window."""

    handlers: dict[type, Any]
    judged_again: Again
    decoder: Decoder
    """Makes the events that the handlers take fastest."""


RECIPES = {
    "strict": Recipe(Strict, HANDLERS, JUDGED_AGAIN, raw.EVENTS_DECODER),
    "sentry": Recipe(Sentry, SENTRY_HANDLERS, {}, EVENTS_DECODER),  # no event is judged twice
}
"""By the option ``rules``."""
