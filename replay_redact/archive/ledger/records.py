"""What an archive remembers, row by row. Times are in UTC."""

from __future__ import annotations

from datetime import datetime

import msgspec

from replay_redact.archive.owners import Owner

__all__ = ["Commit", "Hold", "Made", "Record", "Run", "Tombstone"]


class Record(msgspec.Struct, frozen=True):
    """A recording: when its first segment was stored, which is its clock of retention.

    ``policy`` is the fingerprint of the policy that it was redacted under again, and ``segments``
    are the numbers that this was done to. ``labels`` are ``None`` if they have to be looked for.
    """

    first: datetime
    labels: dict[str, str] | None = None
    policy: str = ""
    segments: tuple[int, ...] = ()


class Tombstone(msgspec.Struct, frozen=True):
    """A recording that is deleted, or being deleted (not ``done``). It stays."""

    by: str
    reason: str
    at: datetime
    run: str
    objects: int = 0
    size: int = 0
    labels: dict[str, str] | None = None
    done: bool = False


class Hold(msgspec.Struct, frozen=True):
    """A recording that must stay, until a time or until somebody releases it."""

    by: str
    reason: str
    at: datetime
    until: datetime | None = None
    released: datetime | None = None
    released_by: str = ""

    def holds(self, now: datetime) -> bool:
        """Tell whether the recording must stay now."""
        return self.released is None and (self.until is None or now < self.until)

    def lasts(self, until: datetime | None) -> bool:
        """Tell whether it ends no sooner than another; ``None`` is for ever."""
        return self.until is None or (until is not None and until <= self.until)


class Commit(msgspec.Struct, frozen=True):
    """Segments of a recording that are staged whole, and have to be put in their places.

    ``owner`` is the redaction that has staged them: each has a folder of its own.
    """

    policy: str
    segments: tuple[int, ...]
    labels: dict[str, str] | None
    owner: str = ""


class Run(msgspec.Struct, frozen=True):
    """A deletion that has begun: what it is about to do. It goes when that is done."""

    verb: str
    by: str
    reason: str
    begun: datetime
    owner: Owner
    sessions: tuple[str, ...] = ()
    subject: str | None = None  # the token of a person


class Made(msgspec.Struct, frozen=True):
    """What an archive was made with: its layout, or the digest of its key."""

    value: str
