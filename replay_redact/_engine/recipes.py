"""What makes an engine of each rule set: its memory and masks, and its handlers."""

from __future__ import annotations

from typing import Any, NamedTuple

from replay_redact._engine.handlers import HANDLERS, JUDGED_AGAIN, Strict
from replay_redact._engine.sentry import Sentry
from replay_redact._engine.sentry_events import SENTRY_HANDLERS
from replay_redact._engine.windows import Again
from replay_redact._rules.sentry import SDKS


class Recipe(NamedTuple):
    """What makes the engine of one rule set."""

    engine: Any
    """Takes a policy and a report; makes rules, memory and masks for one window."""

    handlers: dict[type, Any]
    judged_again: Again


RECIPES = {
    "strict": Recipe(Strict, HANDLERS, JUDGED_AGAIN),
    **dict.fromkeys(SDKS, Recipe(Sentry, SENTRY_HANDLERS, {})),  # no event is judged twice
}
"""By the option ``rules``."""
