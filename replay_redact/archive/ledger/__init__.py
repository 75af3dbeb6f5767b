"""The ledger: what an archive remembers, in `.replay-redact` under its root.

There is no database. The ledger works the same in a folder and in a bucket, several processes may
write to it, and a backup of the root includes it.
"""

from __future__ import annotations

from replay_redact.archive.ledger.certificates import Certificate
from replay_redact.archive.ledger.records import Commit, Hold, Made, Record, Run, Tombstone
from replay_redact.archive.ledger.subjects import Subjects
from replay_redact.archive.ledger.tables import Table
from replay_redact.archive.store import Store
from replay_redact.errors import ArchiveError

__all__ = ["Ledger"]


_OTHER = {
    "layout": "the archive was made with another layout: open it with {0!r}",
    "key": "the archive was made with another index_key: this one would find nobody",
}


class Ledger:
    """The tables of an archive, and its index of persons.

    Raises `ArchiveError` for a layout or key other than the archive was made with. With another
    layout no object is found, and with another key no person; a deletion would then report success
    although everything is still there.
    """

    def __init__(self, store: Store, layout: str, key: bytes | None) -> None:
        self.records = Table(store, "sessions", Record)
        self.tombstones = Table(store, "tombstones", Tombstone)
        self.holds = Table(store, "holds", Hold)
        self.commits = Table(store, "commits", Commit)
        self.runs = Table(store, "runs", Run)
        self.certificates = Table(store, "certificates", Certificate)
        self.subjects = Subjects(store, key)
        self._made = Table(store, "made", Made)
        self._noted: set[str] = set()
        self._own = {"layout": layout, "key": self.subjects.check_value()}
        for name in self._own:
            self._check(name)

    def note(self, *, persons: bool) -> None:
        """Note the layout with the first segment, and the key with the first person."""
        for name in ("layout", "key") if persons else ("layout",):
            if name not in self._noted:
                self._made.create(name, Made(self._own[name]))
                self._check(name)

    def _check(self, name: str) -> None:
        made = self._made.get(name)
        if made is None or not self._own[name]:
            return
        if made.value != self._own[name]:
            raise ArchiveError(_OTHER[name].format(made.value))
        self._noted.add(name)
