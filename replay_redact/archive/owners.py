"""Who does a piece of work, and whether that process is still at it.

A crash leaves things behind: a temporary file, a claim, half a deletion. They may be cleared away
only if nobody works on them any more. On the same machine the process tells; on another one, only
the time that has passed does, so what is in doubt counts as alive.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

__all__ = ["LEASE", "Owner", "host", "is_running"]

LEASE = timedelta(hours=1)
"""Work that shows no sign of life for so long is taken over."""

_POSIX = os.name == "posix"


@cache
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
    """A process that does something, and until when others leave it alone."""

    host: str
    process: int
    until: datetime

    @classmethod
    def me(cls, now: datetime) -> Owner:
        """Return this process, from now on."""
        return cls(host(), os.getpid(), now + LEASE)

    def is_alive(self, now: datetime) -> bool:
        """Tell whether the work may still go on."""
        return now < self.until and (self.host != host() or is_running(self.process))
