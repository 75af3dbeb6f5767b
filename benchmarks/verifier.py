"""Section ``verifier``: `find_leaks` beside a redaction of the same pages, private and not.

Cold is judged: a check in a test suite sees a recording once, in a new process.
"""

from __future__ import annotations

from benchmarks import generate, timing
from benchmarks.pages import real_pages
from benchmarks.results import Bar, Options, Result, Row
from benchmarks.scaling import SAME_NODES
from replay_redact import Policy, redact_bytes
from replay_redact.testing import find_leaks


def verifier(options: Options) -> Result:
    leaking = real_pages(options.recordings) or [generate.page(SAME_NODES)]
    sets = {"private": [redact_bytes(page) for page in leaking], "full of leaks": leaking}
    rows: list[Row] = []
    for name, recordings in sets.items():
        search = timing.each(find_leaks, recordings)
        searches = [
            timing.clock(search, lambda: timing.forget(Policy())),
            timing.clock(search),
        ]
        cold, warm, cold_search, warm_search = timing.best(
            [*timing.cold_and_warm(recordings, Policy()), *searches], options.repeat
        )
        rows += [
            {
                "": f"{name}, {state}",
                "redaction, s": base,
                "verifier, s": found,
                "ratio": found / base,
            }
            for state, base, found in (("cold", cold, cold_search), ("warm", warm, warm_search))
        ]
    found = sum(len(find_leaks(recording)) for recording in leaking)
    note = f"{len(leaking)} recordings, before ({found:,} leaks) and after redaction"
    cold_rows = [row for row in rows if "cold" in str(row[""])]
    bars = [Bar(f"verifier / redaction, {row['']}", float(row["ratio"]), 2) for row in cold_rows]
    return Result(note, rows, bars)
