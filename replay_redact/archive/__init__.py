"""Stored recordings: kept, redacted again, and deleted for good.

Start with `Archive`. `docs/archives.md` says what it guarantees, and what it leaves to you.
"""

from __future__ import annotations

from replay_redact.archive.archive import Archive
from replay_redact.archive.checks import Problem
from replay_redact.archive.fsspec_store import FsspecStore
from replay_redact.archive.ledger.certificates import Certificate, DeletedRecording, Skipped
from replay_redact.archive.redaction import Redacted
from replay_redact.archive.search import Found, Spot
from replay_redact.archive.store import Entry, FolderStore, Store
from replay_redact.errors import ArchiveError, Deleted
from replay_redact.subjects import subjects_of

__all__ = [
    "Archive",
    "ArchiveError",
    "Certificate",
    "Deleted",
    "DeletedRecording",
    "Entry",
    "FolderStore",
    "Found",
    "FsspecStore",
    "Problem",
    "Redacted",
    "Skipped",
    "Spot",
    "Store",
    "subjects_of",
]
