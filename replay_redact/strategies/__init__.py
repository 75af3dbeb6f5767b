"""Hypothesis strategies for recordings and policies: test your own code against all of rrweb.

Recordings are drawn as plain JSON values, in wire form, so that they can be fed
to anything that reads rrweb. `recordings` are what a real page and rrweb's recorder
would give, and `LivingDomMachine` is the same as a state machine; `wild_recordings`
are what they never would. `twins` are drawn twice with different private content,
and `planted` have a secret of its own at every private place, and tell which.
"""

from __future__ import annotations

from replay_redact.strategies.public import (
    LivingDomMachine,
    mutations,
    nodes,
    planted,
    policies,
    recordings,
    secrets,
    snapshots,
    twins,
    wild_recordings,
)

__all__ = [
    "LivingDomMachine",
    "mutations",
    "nodes",
    "planted",
    "policies",
    "recordings",
    "secrets",
    "snapshots",
    "twins",
    "wild_recordings",
]
