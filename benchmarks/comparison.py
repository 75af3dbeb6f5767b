"""Section ``peers``: other tools over the same files, in turns with redaction.

A peer does less, or something else; docs/performance.md says what. It shows the scale. Our own rows
run in this process. Each peer runs in its own process, which waits in between. All are measured in
processor time, with all threads of a process.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from benchmarks import generate, timing
from benchmarks.pages import real_pages
from benchmarks.peers import programs
from benchmarks.results import Options, Result, Row, Skipped
from benchmarks.scaling import SAME_NODES
from replay_redact._runtime import native

FLOOR, OURS = "codec floor", "replay_redact, cold"
PURE = "replay_redact without kernels, cold"
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
    rows: list[Row] = [
        {
            "": name,
            "seconds": seconds,
            "MB/s": size / seconds / 1e6,
            "speed / ours": times[OURS] / seconds,
        }
        for name, seconds in times.items()
    ]
    kind = "real pages" if real else "generated pages"
    notes = [
        f"{len(recordings)} {kind}, {size:,} bytes, default policy; processor time; {native.status}"
    ]
    notes += [
        f"{name} skipped: {command.reason}"
        for name, command in commands.items()
        if isinstance(command, Skipped)
    ]
    return Result("; ".join(notes), rows)


def _times(
    recordings: list[bytes], commands: dict[str, programs.Command | Skipped], repeat: int
) -> dict[str, float]:
    """Return the best time of each by name; what fails is replaced by the reason."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        files = []
        for at, recording in enumerate(recordings):
            files.append(Path(folder, f"{at:04}.json"))
            files[-1].write_bytes(recording)
        clocks = {
            FLOOR: timing.floor_clock(recordings),
            OURS: timing.cold_clock(timing.redaction(), recordings),
        }
        if native.kernels is not None:
            clocks[PURE] = timing.without_kernels(clocks[OURS])
        for name, command in list(commands.items()):
            if isinstance(command, Skipped):
                continue
            peer = running.enter_context(programs.started(command, files))
            if isinstance(peer, Skipped):
                commands[name] = peer
            else:
                clocks[name] = peer
        return dict(zip(clocks, timing.best(list(clocks.values()), repeat), strict=True))
