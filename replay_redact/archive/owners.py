"""Who does a piece of work, and whether anybody is still at it.

A crash leaves things behind: a temporary file, a claim, half a deletion. They may be cleared away
only if nobody works on them any more. On the same machine the process tells; on another one, only
the time that has passed does, so what is in doubt counts as alive.
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
"""Work that shows no sign of life for so long is taken over."""

_POSIX = os.name == "posix"
_at_work: set[str] = set()  # ids of what this process does now


@lru_cache(1)
def host() -> str:
    """Return what tells apart places whose process numbers differ: machine and container."""
    namespace = Path("/proc/self/ns/pid")
    inside = namespace.stat().st_ino if namespace.exists() else 0
    return blake2b(f"{socket.gethostname()}/{inside}".encode(), digest_size=6).hexdigest()


def is_running(process: int) -> bool:
    """Tell whether a process of this machine runs; in doubt, it does."""
    if not _POSIX:
        return True  # there, asking is done by a signal that ends it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


class Owner(msgspec.Struct, frozen=True):
    """Somebody at work, and until when others leave the work alone."""

    id: str
    host: str
    process: int
    until: datetime

    @classmethod
    def me(cls, now: datetime) -> Owner:
        """Return a new piece of work of this process."""
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
    """Count as at work until the end of the block."""
    _at_work.add(owner.id)
    try:
        yield
    finally:
        _at_work.discard(owner.id)
