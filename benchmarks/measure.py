"""The table of sections: what ``python -m benchmarks`` measures, in this order."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.archive import archive
from benchmarks.checking import checking
from benchmarks.comparison import comparison
from benchmarks.events import events
from benchmarks.instructions import instructions
from benchmarks.memory import memory, stream
from benchmarks.mutations import mutations, states
from benchmarks.pages import pages, sessions
from benchmarks.peers.rrweb import recorder
from benchmarks.phases import phases
from benchmarks.policies import policies
from benchmarks.results import Options, Result, Skipped
from benchmarks.scaling import scaling
from benchmarks.scrubbing import scrubbing
from benchmarks.verifier import verifier

SECTIONS: dict[str, Callable[[Options], Result | Skipped]] = {
    "pages": pages,
    "sessions": sessions,
    "phases": phases,
    "scaling": scaling,
    "policies": policies,
    "mutations": mutations,
    "states": states,
    "memory": memory,
    "stream": stream,
    "peers": comparison,
    "recorder": recorder,
    "verifier": verifier,
    "archive": archive,
    "check": checking,
    "scrub": scrubbing,
    "events": events,
    "instructions": instructions,
}
"""The sections by name; one that lacks what it needs says what."""

ON_REQUEST = frozenset({"instructions"})
"""Sections that are measured only if ``--only`` names them."""
