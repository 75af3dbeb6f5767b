"""Rules for values in payloads. Each keeps what is public and scrubs everything else."""

from __future__ import annotations

from typing import Any

from replay_redact._masks.json import masked_keys
from replay_redact._metadata.masks import PayloadMasks, Rule
from replay_redact._metadata.words import NAMED_KEYS, WORDS


def scrub(masks: PayloadMasks, value: Any) -> Any:
    """Scrub or mask a value that no rule knows as safe; the policy says which."""
    return masks.scrub(value)


def number(masks: PayloadMasks, value: Any) -> Any:
    """Keep a number or a flag."""
    return value if isinstance(value, int | float) else masks.scrub(value)


def word(masks: PayloadMasks, value: Any) -> Any:
    """Keep a word of a protocol."""
    return value if isinstance(value, str) and value in WORDS else masks.scrub(value)


def url(masks: PayloadMasks, value: Any) -> Any:
    """Mask an address."""
    return masks.masks.url(value) if isinstance(value, str) else masks.scrub(value)


def word_or_url(masks: PayloadMasks, value: Any) -> Any:
    """Keep a word of a protocol; treat any other string as an address."""
    return value if isinstance(value, str) and value in WORDS else url(masks, value)


def key(masks: PayloadMasks, value: Any) -> Any:
    """Keep the name of a key that types no character, such as Tab. Mask any other key."""
    return value if isinstance(value, str) and value in NAMED_KEYS else masks.masks.sign


def list_of(rule: Rule) -> Rule:
    """Return the rule for a list whose items all follow one rule."""

    def mask(masks: PayloadMasks, value: Any) -> Any:
        return (
            [rule(masks, item) for item in value] if isinstance(value, list) else masks.scrub(value)
        )

    return mask


def object_of(rules: dict[str, Rule], other: Rule = scrub) -> Rule:
    """Return a rule for an object: a rule for each key, and one for those nobody knows."""

    def mask(masks: PayloadMasks, value: Any) -> Any:
        if not isinstance(value, dict):
            return masks.scrub(value)
        named = masks.name_of(value)
        return {
            shown: masks.inside(
                name, rules.get(name, other), item, named if name.lower() == "value" else ""
            )
            for shown, (name, item) in zip(masked_keys(value, rules), value.items(), strict=True)
        }

    return mask


def numbers(names: str) -> dict[str, Rule]:
    """Return the rule `number` for each of these keys."""
    return dict.fromkeys(names.split(), number)
