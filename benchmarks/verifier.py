"""Section ``verifier``: `find_leaks` beside a redaction of the same pages, private and not.

All is cold: a check in a test suite sees a recording once, in a new process.
"""

from __future__ import annotations

from benchmarks import generate, timing
from benchmarks.pages import real_pages
from benchmarks.results import Bar, Options, Result, Row
from benchmarks.scaling import SAME_NODES
from replay_redact import redact_bytes
from replay_redact.testing import find_leaks

MAX_RATIO = {"private": 1.5, "full of leaks": 2.2}
"""Times a redaction: more, and a check in a test suite is felt."""


def verifier(options: Options) -> Result:
    leaking = real_pages(options.recordings) or [generate.page(SAME_NODES)]
    sets = {"private": [redact_bytes(page) for page in leaking], "full of leaks": leaking}
    rows: list[Row] = []
    bars: list[Bar] = []
    for name, recordings in sets.items():
        redaction, search = timing.best(
            [
                timing.cold_clock(timing.redaction(), recordings),
                timing.cold_clock(find_leaks, recordings),
            ],
            options.repeat,
        )
        ratio = search / redaction
        rows.append({"": name, "redaction, s": redaction, "verifier, s": search, "ratio": ratio})
        bars.append(Bar(f"verifier / redaction, {name}", ratio, MAX_RATIO[name]))
    found = sum(len(find_leaks(recording)) for recording in leaking)
    note = f"{len(leaking)} recordings, before ({found:,} leaks) and after redaction"
    return Result(note, rows, bars)
