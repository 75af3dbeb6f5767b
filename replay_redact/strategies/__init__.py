"""Hypothesis strategies for recordings and policies: test your own code against all of rrweb.

Strategies draw recordings as plain JSON values, in wire form, for anything that reads rrweb.

* `recordings`: what rrweb's recorder sends from a real page. `LivingDomMachine` is the same as a
  state machine. `snapshots`, `nodes` and `mutations` are parts of them.
* `wild_recordings`: what no recorder sends.
* `twins`: two recordings that differ in private content only.
* `planted`: a recording with a different secret at every private place, and those secrets.
* `policies` and `secrets`: policies, and private text.
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
