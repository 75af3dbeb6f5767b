"""``python -m benchmarks.outputs``: digests of the redacted form of many recordings.

Two commits do the same if their output is the same, byte by byte, under policies that use every
part of the package. Compare their digests.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path

from benchmarks import generate, streams
from replay_redact import DecodeError, Policy, redact_bytes

POLICIES = {
    "default": Policy(),
    "lockdown": Policy.lockdown(),
    "permissive": Policy.permissive(),
    "sentry": Policy.sentry(),
    "selectors": Policy(unmask=("p", ".card > a", "[role]"), block=("aside img",), mask=("input",)),
}

NODES = 300  # a deep page of more is too deep for the json module
EVENTS = 2_000


def recordings(folder: Path | None) -> Iterator[bytes]:
    """Yield all files below a folder, and generated recordings."""
    for file in sorted(folder.rglob("*")) if folder else ():
        if file.is_file():
            yield file.read_bytes()
    for kind in generate.KINDS:
        page = generate.page(NODES, kind)
        for stream in (streams.mutations(page, EVENTS), streams.mouse(page, EVENTS)):
            yield page[:-1] + b"," + stream[1:]


def digests(folder: Path | None) -> Iterator[str]:
    """Yield a line per policy: its name, how many recordings it redacted, and their digest."""
    inputs = list(recordings(folder))
    for name, policy in POLICIES.items():
        digest, redacted = hashlib.sha256(), 0
        for data in inputs:
            try:
                output = redact_bytes(data, policy)
            except DecodeError:  # notes about recordings are none
                continue
            digest.update(output)
            redacted += 1
        yield f"{name}: {redacted} recordings, {digest.hexdigest()}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.outputs", description=__doc__)
    parser.add_argument("--recordings", type=Path, metavar="DIR", help="folder of recordings")
    print(*digests(parser.parse_args().recordings), sep="\n")
