"""Which process does a piece of work, and whether it is still alive.

A crash leaves things behind: a temporary file, a claim, half a deletion. Another process may clear
them away only if their owner is dead. On the same machine, the process number tells; for another
machine, only the time that has passed does. In doubt, the owner counts as alive.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import msgspec

__all__ = ["LEASE", "Owner", "host", "is_running", "working"]

LEASE = timedelta(hours=1)
"""After this time without a sign of life, another process takes the work over."""

_POSIX = os.name == "posix"
_at_work: set[str] = set()  # ids of what this process does now


@lru_cache(1)
def host() -> str:
    """Return an id of this machine and container: process numbers mean nothing outside it."""
    namespace = Path("/proc/self/ns/pid")
    inside = namespace.stat().st_ino if namespace.exists() else 0
    return blake2b(f"{socket.gethostname()}/{inside}".encode(), digest_size=6).hexdigest()


def is_running(process: int) -> bool:
    """Tell whether a process of this machine runs; in doubt, say yes."""
    if not _POSIX:
        return True  # on Windows, ``os.kill`` would end the process instead of asking
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


class Owner(msgspec.Struct, frozen=True):
    """The owner of a piece of work, and until when others leave the work alone."""

    id: str
    host: str
    process: int
    until: datetime

    @classmethod
    def me(cls, now: datetime) -> Owner:
        """Return the owner of a new piece of work of this process."""
        return cls(secrets.token_hex(8), host(), os.getpid(), now + LEASE)

    def is_alive(self, now: datetime) -> bool:
        """Tell whether the work may still go on."""
        if now >= self.until:
            return False
        if self.host != host():
            return True
        if self.process == os.getpid():
            return self.id in _at_work  # an error may have ended the work, but not the process
        return is_running(self.process)


@contextmanager
def working(owner: Owner) -> Iterator[None]:
    """Count the owner as alive until the end of the block."""
    _at_work.add(owner.id)
    try:
        yield
    finally:
        _at_work.discard(owner.id)
