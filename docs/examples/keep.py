"""The storing endpoint, with its output in an archive, where persons are found and erased.

One worker, since states are in its memory::

    export REPLAY_ARCHIVE=replays REPLAY_INDEX_KEY=...   # 16 bytes or more, not kept in the archive
    uvicorn --app-dir docs/examples keep:app

Every day, and when somebody asks for it::

    replay-redact archive expire replays --days 30 --by cron
    replay-redact archive erase replays --subject - --by dpo@shop.example --reason "ticket 17"

What `ingest` answers holds here, too. A session that was deleted gets 410.
"""

from __future__ import annotations

import os

from ingest import MemoryStore, make_handle
from views import make_app

from replay_redact.archive import Archive
from replay_redact.ingest import Ingested

_DIGEST = 32  # digits of a name that is no number


class ArchiveStore(MemoryStore):
    """Redacted segments in an archive, with the persons that they name; states in memory."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self.archive = archive

    def commit(
        self, session: str, name: str, found: Ingested, before: bytes | None, after: bytes | None
    ) -> bool:
        with self._lock:
            if self.states.get(session) != before:
                return False
            self.archive.put(session, _number(name), found.body, subjects=found.subjects)
            if after is not None:  # the output first: if it is lost, the segment is redacted again
                self.states[session] = after
        return True

    def has(self, session: str, name: str) -> bool:  # noqa: ARG002 - the first segment stays
        return False


def _number(name: str) -> int:
    """Return the place of a segment. Bodies without numbers come after all that have one."""
    return (1 << 62) + int(name[:15], 16) if len(name) == _DIGEST else int(name)


def open_archive() -> Archive:
    """Return the archive that the environment names."""
    key = os.environ["REPLAY_INDEX_KEY"].encode()
    return Archive(os.environ["REPLAY_ARCHIVE"], index_key=key)


def __getattr__(name: str) -> object:
    """Make ``app`` when a server asks for it: only then the environment has to be there."""
    if name != "app":
        raise AttributeError(name)
    return make_app(make_handle(ArchiveStore(open_archive())))
