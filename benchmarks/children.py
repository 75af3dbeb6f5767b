"""Start ``benchmarks.child``, and write files for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def call(
    what: str, *arguments: str | Path, under: Sequence[str] = (), **environment: str
) -> dict[str, Any]:
    """Run one function of ``benchmarks.child`` in a new process and return what it found."""
    command = [*under, sys.executable, "-m", "benchmarks.child", what, *map(str, arguments)]
    done = subprocess.run(  # noqa: S603 - our own module
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout) or {}
    return found
