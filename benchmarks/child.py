"""Measurements that need their own process: ``python -m benchmarks.child WHAT ARGUMENT...``.

The kernel tells the memory of this process; what it took after importing the package is subtracted.
``resource`` would not do: a child inherits its peak from a larger parent.
"""

from __future__ import annotations

import gc
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from replay_redact import Redactor, decode, encode, redact_bytes
from replay_redact._runtime.cache import StringCache

STATUS = Path("/proc/self/status")


def peak_bytes() -> int:
    """Return the peak of this process so far, in bytes."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


def peak(what: str, path: str) -> dict[str, int]:
    """Return the peak of one piece of work over a file, its bytes included, above the import's."""
    base = peak_bytes()
    WORK[what](Path(path).read_bytes())
    return {"peak": peak_bytes() - base}


def stream(page: str, segments: str, count: str, most: str) -> dict[str, list[list[int]]]:
    """Return, after each tenth of a stream, the peak so far and the characters in caches.

    ``segments`` holds ``count`` lines, a segment each. Caches hold at most ``most``
    characters, or what they do anyhow if that is 0.
    """
    base = peak_bytes()
    redactor = Redactor()
    redactor.process_bytes(Path(page).read_bytes())
    for cache in _caches() if int(most) else ():
        cache.max_characters = int(most)
    found = []
    with Path(segments).open("rb") as lines:
        for at, segment in enumerate(lines, 1):
            redactor.process_bytes(segment)
            if at % (int(count) // 10) == 0:
                characters = sum(cache._characters for cache in _caches())
                found.append([peak_bytes() - base, characters])
    return {"after each tenth": found}


def _caches() -> list[StringCache]:
    return [thing for thing in gc.get_objects() if isinstance(thing, StringCache)]


def repeat(what: str, times: str, path: str) -> None:
    """Do one piece of work ``times`` times; the first starts with empty caches."""
    recording = Path(path).read_bytes()
    for _ in range(int(times)):
        WORK[what](recording)


WORK: dict[str, Callable[[bytes], bytes]] = {
    "floor": lambda recording: encode(decode(recording)),
    "redaction": redact_bytes,
}

CHILDREN: dict[str, Callable[..., object]] = {"peak": peak, "stream": stream, "repeat": repeat}


if __name__ == "__main__":
    print(json.dumps(CHILDREN[sys.argv[1]](*sys.argv[2:])))
