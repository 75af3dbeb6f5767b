"""The recordings of an archive: their objects, with a look at the ledger around each effect.

No process waits for another. Instead:

* a writer looks for a tombstone *before and after* it writes. If there is one, it removes what it
  wrote;
* a deletion writes the tombstone before it removes anything.

So if the two run at the same time, at least one sees the other.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from replay_redact.archive.layout import Layout, encode_name
from replay_redact.archive.ledger import Ledger
from replay_redact.archive.ledger.records import Record
from replay_redact.archive.owners import LEASE
from replay_redact.archive.store import RESERVED, Entry, Store
from replay_redact.errors import ArchiveError, Deleted

__all__ = ["Recordings"]

_GZIP = b"\x1f\x8b"
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_EVER = datetime.max.replace(tzinfo=UTC)


class Recordings:
    """Store, layout and ledger together, and a clock."""

    def __init__(
        self, store: Store, layout: Layout, ledger: Ledger, clock: Callable[[], datetime]
    ) -> None:
        self.store = store
        self.layout = layout
        self.ledger = ledger
        self._clock = clock

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._clock().astimezone(UTC)

    # --- what there is ----------------------------------------------------------------

    def sessions(self) -> Iterator[str]:
        """Yield the name of each recording. This lists the root."""
        seen: set[str] = set()
        for entry in self.store.list():
            place = self.layout.place(entry.name)
            if place is not None and place.session not in seen:
                seen.add(place.session)
                yield place.session

    def segments(self, session: str) -> dict[int, Entry]:
        """Return the objects of a recording by number, in order.

        The labels say where to look; if they are unknown, this lists the whole archive. Raises
        `ArchiveError` if somebody has stored a segment twice, under different labels.
        """
        found = sorted(self._places(session, self.labels(session)))
        segments = dict(found)
        if len(segments) < len(found):
            raise ArchiveError("a segment is stored twice, under different labels")
        return segments

    def objects(self, session: str, labels: Mapping[str, str] | None) -> list[Entry]:
        """Return the objects of a recording, wherever they are."""
        return [entry for _, entry in self._places(session, labels)]

    def _places(
        self, session: str, labels: Mapping[str, str] | None
    ) -> Iterator[tuple[int, Entry]]:
        for entry in self._near(session, labels):
            place = self.layout.place(entry.name)
            if place is not None and place.session == session:
                yield place.number, entry

    def _near(self, session: str, labels: Mapping[str, str] | None) -> Iterable[Entry]:
        if labels is None:
            return self.store.list()
        prefix = self.layout.prefix(session, labels)
        if self.layout.is_numbered:
            return self.store.list(prefix)
        found = self.store.entry(prefix)
        return [] if found is None else [found]

    def labels(self, session: str) -> Mapping[str, str] | None:
        """Return the labels in the names of a recording's objects; ``None`` if unknown."""
        if not self.layout.labels:
            return {}
        record = self.ledger.records.get(session)
        return None if record is None else record.labels

    def record(self, session: str, segments: Mapping[int, Entry]) -> Record:
        """Return the record of a recording, and write nothing.

        A recording that was stored without `put` has no record: it is as old as its objects.
        """
        record = self.ledger.records.get(session)
        if record is not None:
            return record
        first = min((entry.modified for entry in segments.values()), default=self.now())
        return Record(first=first)

    def is_held(self, session: str, until: datetime | None = _EARLIEST) -> bool:
        """Tell whether a recording is held: now, or until ``until``; ``None`` means for ever."""
        hold = self.ledger.holds.get(session)
        return hold is not None and hold.holds(self.now()) and hold.lasts(until)

    def is_deleted(self, session: str) -> bool:
        """Tell whether a recording is deleted, or being deleted."""
        return self.ledger.tombstones.has(session)

    def check_deleted(self, session: str) -> None:
        """Raise `Deleted` if the recording is deleted."""
        if self.is_deleted(session):
            raise Deleted(session)

    # --- putting and reading ----------------------------------------------------------

    def put(
        self,
        session: str,
        number: int,
        segment: bytes,
        tokens: Iterable[str],
        labels: Mapping[str, str],
    ) -> bool:
        """Store a segment, after its persons are in the index (see `Archive.put`)."""
        name = self.layout.name(session, number, labels)
        self.store.sweep("", self.now() - LEASE)
        tokens = tuple(tokens)
        if self.is_deleted(session):
            self._take_back(session, name, tokens)
        self.ledger.note(persons=bool(tokens))
        self.ledger.subjects.add(session, tokens)
        self._note(session, labels)
        packed = segment.startswith(_GZIP) or not name.endswith(".gz")
        stored = self.store.create(name, segment if packed else gzip.compress(segment, mtime=0))
        if self.is_deleted(session):
            self._take_back(session, name, tokens)
        return stored

    def _note(self, session: str, labels: Mapping[str, str]) -> None:
        """Note when the first segment of a recording is stored."""
        record = self.ledger.records.get(session)
        if record is None:
            fresh = Record(first=self.now(), labels=dict(labels))
            if self.ledger.records.create(session, fresh):
                return
            record = self.ledger.records.get(session) or fresh
        if record.labels is not None and record.labels != labels:
            raise ArchiveError("the first segment of this recording has other labels")

    def _take_back(self, session: str, name: str, tokens: Iterable[str]) -> None:
        """Remove a segment that came after the deletion, and the entries of its persons."""
        self.store.delete(name)
        self.ledger.subjects.forget(session, tokens)
        self.ledger.records.delete(session)
        raise Deleted(session)

    def read(self, session: str) -> Iterator[bytes]:
        """Return the segments of a recording (see `Archive.read`)."""
        self.check_deleted(session)
        segments = self.segments(session)
        if not segments:
            raise ArchiveError("there is no such recording")
        return (self.content(session, entry) for entry in segments.values())

    def content(self, session: str, entry: Entry) -> bytes:
        """Return an object of a recording; raise `Deleted` if it has been deleted since."""
        data = self.store.read(entry.name)
        if data is None:
            self.check_deleted(session)
            raise ArchiveError(
                "a segment has disappeared since it was listed; this archive did not delete it"
            )
        return data

    # --- removing ---------------------------------------------------------------------

    def purge(self, session: str, labels: Mapping[str, str] | None) -> int:
        """Remove a recording except its tombstone; return how many old versions are left."""
        left = 0
        for entry in self.objects(session, labels):
            left += self.store.delete(entry.name)
        left += self.unstage(session)
        for prefix in self._prefixes(session, labels):
            self.store.sweep(prefix, _EVER)  # a living writer will find the tombstone
        self.ledger.subjects.forget(session)
        self.ledger.records.delete(session)
        self.ledger.holds.delete(session)
        return left

    def is_left(self, session: str, labels: Mapping[str, str] | None) -> bool:
        """Tell whether something is left of a recording that was purged."""
        near: Iterable[Entry] = self.objects(session, labels)
        if labels is not None:  # also objects with names that the layout does not know
            near = self._near(session, labels)
        return (
            any(True for _ in near)
            or any(True for _ in self.store.list(staged(session)))
            or self.ledger.subjects.is_known(session)
        )

    def _prefixes(self, session: str, labels: Mapping[str, str] | None) -> Iterator[str]:
        """Yield the prefixes of all names under which a process may be writing the recording."""
        yield staged(session)
        if labels is not None:
            yield self.layout.prefix(session, labels)

    def unstage(self, session: str, owner: str = "") -> int:
        """Remove what one redaction, or all of them, have staged; return the versions left."""
        folder = staged(session, owner)
        left = sum(self.store.delete(one.name) for one in list(self.store.list(folder)))
        if not owner:
            self.ledger.commits.delete(session)
        return left


def staged(session: str, owner: str = "") -> str:
    """Return the folder in which redactions stage a recording, or that of one redaction."""
    folder = f"{RESERVED}/staged/{encode_name(session)}/"
    return f"{folder}{owner}/" if owner else folder
