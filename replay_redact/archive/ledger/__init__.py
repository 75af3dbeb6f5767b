"""What an archive remembers beside its recordings, in `.replay-redact` under its root.

No database: it works the same on a folder and in a bucket, several processes may write, and a
backup of the root is a backup of all.
"""

from __future__ import annotations

from replay_redact.archive.ledger.certificates import Certificate
from replay_redact.archive.ledger.records import Commit, Hold, Record, Run, Tombstone
from replay_redact.archive.ledger.subjects import Subjects
from replay_redact.archive.ledger.tables import Table
from replay_redact.archive.store import Store

__all__ = ["Ledger"]


class Ledger:
    """The tables of an archive, and its index of persons."""

    def __init__(self, store: Store, key: bytes | None) -> None:
        self.records = Table(store, "sessions", Record)
        self.tombstones = Table(store, "tombstones", Tombstone)
        self.holds = Table(store, "holds", Hold)
        self.commits = Table(store, "commits", Commit)
        self.runs = Table(store, "runs", Run)
        self.certificates = Table(store, "certificates", Certificate)
        self.subjects = Subjects(store, key)
