"""The facts at the top of a preview: its policy, its recording, the date and the version."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from hashlib import sha256

from replay_redact._engine.state import fingerprint
from replay_redact._version import __version__
from replay_redact.policy import Policy
from replay_redact.policy.policies import PRESETS


def facts_of(recording: bytes, policy: Policy) -> dict[str, str]:
    """Return the facts by their names.

    >>> facts_of(b"[]", Policy(unmask="nav"))["Policy"]
    'strict, with other unmask'
    """
    return {
        "Policy": name_of(policy),
        "Its fingerprint": fingerprint(policy).hex(),
        "Recording": f"{len(recording):,} bytes, sha256 {sha256(recording).hexdigest()}",
        "Made": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC with replay_redact {__version__}",
    }


def name_of(policy: Policy) -> str:
    """Return the preset that is nearest to a policy, and the names of the options that differ.

    >>> name_of(Policy.lockdown())
    'lockdown'
    """
    differences = {name: _other(policy, preset()) for name, preset in PRESETS.items()}
    name = min(differences, key=lambda name: len(differences[name]))
    options = differences[name]
    return f"{name}, with other {', '.join(options)}" if options else name


def _other(policy: Policy, preset: Policy) -> list[str]:
    names = [field.name for field in dataclasses.fields(policy)]
    return [name for name in names if getattr(policy, name) != getattr(preset, name)]
