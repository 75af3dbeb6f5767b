"""Policies: what is masked, what is blocked, and what stays readable."""

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
from replay_redact.policy.policies import OPTIONS, PRESETS, SENTRY_RULES, Policy, named_policy

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
    "Policy",
    "TextPlace",
    "named_policy",
]
