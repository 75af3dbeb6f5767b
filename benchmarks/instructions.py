"""Section ``instructions``: how many instructions it takes, which no other program can disturb.

Counted by valgrind's callgrind, so it is slow and measured on request only. The same
build of everything gives the same counts to a few in a million, so that two
commits can be compared on a busy machine: ``--json`` and ``--compare``.
A count is a difference of two processes, one of which did the work once more.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from benchmarks import children, generate
from benchmarks.results import Options, Result, Row, Skipped

NODES = 2_000


def instructions(options: Options) -> Result | Skipped:  # noqa: ARG001 - as every section
    if shutil.which("valgrind") is None:
        return Skipped("valgrind is not installed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.json")
        path.write_bytes(generate.page(NODES))
        floor = [_count("floor", times, path) for times in (1, 2)]
        whole = [_count("redaction", times, path) for times in (0, 1)]
    named = {
        "floor": floor[1] - floor[0],
        "redaction": whole[1] - whole[0],
    }
    rows: list[Row] = [
        {
            "": name,
            "instructions": count,
            "per node": count / NODES,
            "ratio": count / named["floor"],
        }
        for name, count in named.items()
    ]
    note = f"a generated page of {NODES:,} nodes; redaction also compiles the policy"
    return Result(note, rows)


def _count(what: str, times: int, page: Path) -> int:
    """Return the instructions of a whole process that does the work so many times."""
    found = page.with_name("callgrind.out")
    valgrind = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={found}"]
    children.call("repeat", what, str(times), page, under=valgrind, PYTHONHASHSEED="0")
    total = re.search(r"^(?:summary|totals): (\d+)", found.read_text("utf-8"), re.MULTILINE)
    assert total is not None
    return int(total[1])
