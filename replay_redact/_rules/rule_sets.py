"""Which rule set decides, by the policy's option ``rules``."""

from __future__ import annotations

from typing import Any

from replay_redact._rules.decisions import RuleSet
from replay_redact._rules.sentry import SDKS, compile_sentry_rules
from replay_redact._rules.strict import compile_rules
from replay_redact.policy import Policy

_COMPILERS: dict[str, Any] = {
    "strict": compile_rules,
    **dict.fromkeys(SDKS, compile_sentry_rules),
}


def compile_rule_set(policy: Policy) -> RuleSet[Any]:
    """Compile the rules of a policy, whichever they are."""
    rules: RuleSet[Any] = _COMPILERS[policy.rules](policy)
    return rules
