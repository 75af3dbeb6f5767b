"""The rows of the ledger. Times are in UTC."""

from __future__ import annotations

from datetime import datetime

import msgspec

from replay_redact.archive.owners import Owner

__all__ = ["Commit", "Hold", "Made", "Record", "Run", "Tombstone"]


class Record(msgspec.Struct, frozen=True):
    """A recording that exists.

    * ``first``: when its first segment was stored; retention counts from here;
    * ``policy``: the fingerprint of the policy under which it was redacted again;
    * ``segments``: the numbers of the segments that were redacted then;
    * ``labels``: ``None`` if they are unknown and have to be looked for.
    """

    first: datetime
    labels: dict[str, str] | None = None
    policy: str = ""
    segments: tuple[int, ...] = ()


class Tombstone(msgspec.Struct, frozen=True):
    """Says that a recording is deleted, or, if not ``done``, being deleted. It stays for ever."""

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
    """Says that all segments of a recording are staged, and have to be moved to their places.

    ``owner`` is the redaction that staged them. Each redaction has a folder of its own.
    """

    policy: str
    segments: tuple[int, ...]
    labels: dict[str, str] | None
    owner: str = ""


class Run(msgspec.Struct, frozen=True):
    """A deletion that has begun, and what it will do. It is removed when that is done."""

    verb: str
    by: str
    reason: str
    begun: datetime
    owner: Owner
    sessions: tuple[str, ...] = ()
    subject: str | None = None  # the token of a person


class Made(msgspec.Struct, frozen=True):
    """A setting that the archive was made with: its layout, or the digest of its key."""

    value: str
