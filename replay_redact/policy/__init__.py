"""Policies: what is masked, what is blocked, and what stays readable."""

from replay_redact.policy.fields import OPTIONS, SENTRY_RULES
from replay_redact.policy.functions import TextPlace
from replay_redact.policy.levels import (
    ALLOWED_ATTRIBUTES,
    ALWAYS_BLOCK,
    ALWAYS_IGNORE,
    ALWAYS_MASK,
    APP_SCHEMES,
    ATTRIBUTE_NAMES,
    COMPONENT_NAMES,
    VENDOR_MARKS,
    Level,
)
from replay_redact.policy.options import Option
from replay_redact.policy.page_entries import Page
from replay_redact.policy.policies import (
    PRESETS,
    Policy,
    StoredPolicy,
    named_policy,
    policy_of_no_page,
)

__all__ = [
    "ALLOWED_ATTRIBUTES",
    "ALWAYS_BLOCK",
    "ALWAYS_IGNORE",
    "ALWAYS_MASK",
    "APP_SCHEMES",
    "ATTRIBUTE_NAMES",
    "COMPONENT_NAMES",
    "OPTIONS",
    "PRESETS",
    "SENTRY_RULES",
    "VENDOR_MARKS",
    "Level",
    "Option",
    "Page",
    "Policy",
    "StoredPolicy",
    "TextPlace",
    "named_policy",
    "policy_of_no_page",
]
