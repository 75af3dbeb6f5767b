"""Section ``peers``: other tools over the same files, in turns with redaction.

A peer does less, or something else, as the docs say; it shows the scale. Our own rows run in this
process. Each peer runs in its own process, which waits in between. All are timed by the clock,
since Node.js has threads beside the one that works.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from benchmarks import generate, timing
from benchmarks.pages import real_pages
from benchmarks.peers import programs
from benchmarks.results import Bar, Options, Result, Row, Skipped
from benchmarks.scaling import SAME_NODES
from replay_redact import Policy

MIN_SPEED = 1.2
"""Warm throughput against Node.js, which does a fraction of the work: less, and the answer to
"can we do it in Python?" would be no."""

OURS = ["codec floor", "replay_redact, cold", "replay_redact, warm"]
NODE = "Node.js, by hand"
CRATE = "posthog-replay-anonymizer"


def comparison(options: Options) -> Result:
    real = real_pages(options.recordings)
    recordings = real or [generate.page(SAME_NODES)]
    commands = {
        NODE: programs.node(),
        CRATE: programs.anonymizer(build=options.build_peers),
    }
    times = _times(recordings, commands, options.repeat)
    size = sum(map(len, recordings))
    warm = times[OURS[-1]]
    rows: list[Row] = [
        {
            "": name,
            "seconds": seconds,
            "MB/s": size / seconds / 1e6,
            "time / ours, warm": seconds / warm,
        }
        for name, seconds in times.items()
    ]
    kind = "real pages" if real else "generated pages"
    notes = [f"{len(recordings)} {kind}, {size:,} bytes, default policy; by the wall"]
    notes += [
        f"{name} skipped: {command.reason}"
        for name, command in commands.items()
        if isinstance(command, Skipped)
    ]
    bars: list[Bar] = []
    if NODE in times:
        speed = times[NODE] / warm
        bars.append(
            Bar(f"{kind}, speed of warm redaction / {NODE}", speed, MIN_SPEED, at_least=True)
        )
    return Result("; ".join(notes), rows, bars)


def _times(
    recordings: list[bytes], commands: dict[str, programs.Command | Skipped], repeat: int
) -> dict[str, float]:
    """Return the best time of each by name; what fails is replaced by the reason."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        files = []
        for at, recording in enumerate(recordings):
            files.append(Path(folder, f"{at:04}.json"))
            files[-1].write_bytes(recording)
        clocks = dict(
            zip(
                OURS,
                [
                    timing.floor_clock(recordings, now=timing.WALL),
                    *timing.cold_and_warm(recordings, Policy(), now=timing.WALL),
                ],
                strict=True,
            )
        )
        for name, command in list(commands.items()):
            if isinstance(command, Skipped):
                continue
            peer = running.enter_context(programs.started(command, files))
            if isinstance(peer, Skipped):
                commands[name] = peer
            else:
                clocks[name] = peer
        return dict(zip(clocks, timing.best(list(clocks.values()), repeat), strict=True))
