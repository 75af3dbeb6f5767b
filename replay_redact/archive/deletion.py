"""Delete recordings by name, by person or by age; a crash never leaves a deletion half-done.

A run of deletion takes these steps:

1. It writes down what it is about to do.
2. For each recording: write a tombstone, remove everything else, list the objects until none is
   left, and mark the tombstone as done.
3. It writes the certificate, and removes the note of step 1.

If the process dies in between, the note is still there, and the next verb finishes the run. To
repeat a step does no harm: deleting an object that is gone counts as success.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import unquote

import msgspec

from replay_redact.archive.ledger.certificates import Certificate, DeletedRecording, Skipped
from replay_redact.archive.ledger.records import Hold, Run, Tombstone
from replay_redact.archive.owners import Owner, working
from replay_redact.archive.recordings import Recordings
from replay_redact.errors import ArchiveError, Deleted
from replay_redact.subjects import normal

__all__ = ["Deletion"]

_SHORTEST_NUMBER = 6  # long enough to be a person's, such as a telephone number
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_WORDS = 6  # bounded by blanks: ``c++`` is not a word by itself
_PASSES = 5
"""How often a recording is listed before the certificate says that others still write to it."""


class Deletion:
    """Runs of deletion over the recordings of an archive; ``key`` signs their certificates."""

    def __init__(self, recordings: Recordings, key: bytes | None) -> None:
        self._recordings = recordings
        self._ledger = recordings.ledger
        self._key = key

    # --- runs -------------------------------------------------------------------------

    def order(
        self,
        verb: str,
        by: str,
        reason: str,
        sessions: Iterable[str] = (),
        subject: str | None = None,
    ) -> Run:
        """Return the run for these recordings, and for those of the person with this token."""
        begun = self._recordings.now()
        return Run(
            verb, by, reason, begun, Owner.me(begun), tuple(dict.fromkeys(sessions)), subject
        )

    def start(self, run: Run) -> Certificate:
        """Delete; return the certificate."""
        with working(run.owner):
            self._ledger.runs.set(run.owner.id, run)
            return self._work(run.owner.id, run)

    def plan(self, run: Run) -> Certificate:
        """Return the certificate that `start` would give, unsigned, and change nothing."""
        found = [self._planned(session) for session in self._of_person(run)]
        return msgspec.structs.replace(self._certificate("", run, found), dry_run=True)

    def finish(self) -> None:
        """Finish the runs whose process is gone."""
        now = self._recordings.now()
        for key in list(self._ledger.runs.keys()):
            run = self._ledger.runs.get(key)
            if run is not None and not run.owner.is_alive(now):
                self._work(key, run)

    def is_planned(self, session: str) -> bool:
        """Tell whether a run has begun that may delete this recording."""
        runs = (self._ledger.runs.get(key) for key in list(self._ledger.runs.keys()))
        return any(session in run.sessions for run in runs if run is not None)

    def _work(self, key: str, run: Run) -> Certificate:
        found = [self._delete(session, run, key) for session in run.sessions]
        while run.subject is not None:
            # Look at least once more: a listing may have missed new segments of this person.
            more = tuple(one for one in self._of_person(run) if one not in run.sessions)
            if not more:
                break
            run = msgspec.structs.replace(run, sessions=run.sessions + more)
            self._ledger.runs.set(key, run)
            found += [self._delete(session, run, key) for session in more]
        certificate = self._certificate(key, run, found).signed(self._key)
        name = f"{run.begun:%Y%m%dt%H%M%S}-{key}"
        self._ledger.certificates.set(name, certificate)
        self._ledger.runs.delete(key)
        return certificate

    def _of_person(self, run: Run) -> tuple[str, ...]:
        """Return the recordings of a run, including those that its person has by now."""
        more = () if run.subject is None else self._ledger.subjects.sessions(run.subject)
        return tuple(dict.fromkeys(run.sessions + more))

    def _certificate(
        self, key: str, run: Run, found: list[DeletedRecording | Skipped]
    ) -> Certificate:
        return Certificate(
            id=key,
            verb=run.verb,
            by=run.by,
            reason=run.reason,
            begun=run.begun,
            ended=self._recordings.now(),
            subject=run.subject,
            recordings=tuple(one for one in found if isinstance(one, DeletedRecording)),
            skipped=tuple(one for one in found if isinstance(one, Skipped)),
        )

    # --- one recording ----------------------------------------------------------------

    def _planned(self, session: str) -> DeletedRecording | Skipped:
        if self._recordings.is_held(session):
            return Skipped(session, "held")
        before = self._recordings.is_deleted(session)
        entries = self._recordings.objects(session, self._recordings.labels(session))
        size = sum(entry.size for entry in entries)
        return DeletedRecording(session=session, objects=len(entries), size=size, before=before)

    def _delete(self, session: str, run: Run, key: str) -> DeletedRecording | Skipped:
        """Delete a recording, unless it is held.

        `hold` writes the hold first and then looks for runs. The run was written before this looks
        for holds. So at least one of the two sees the other, and the hold wins.
        """
        if self._recordings.is_held(session):
            return Skipped(session, "held")
        stone = self._tombstone(session, run, key)
        left = self._remove(session, stone)
        if run.subject is not None:
            self._ledger.subjects.forget(session, [run.subject])
        verified = not self._recordings.is_left(session, stone.labels)
        if verified and not stone.done:
            self._ledger.tombstones.set(session, msgspec.structs.replace(stone, done=True))
        before = stone.run != key
        return DeletedRecording(
            session=session,
            objects=0 if before else stone.objects,
            size=0 if before else stone.size,
            versions_remain=left,
            verified=verified,
            before=before,
        )

    def _tombstone(self, session: str, run: Run, key: str) -> Tombstone:
        """Return the existing tombstone of a recording, or a new one."""
        found = self._ledger.tombstones.get(session)
        if found is not None:
            return found
        labels = self._recordings.labels(session)
        entries = self._recordings.objects(session, labels)
        size = sum(entry.size for entry in entries)
        known = None if labels is None else dict(labels)
        at = self._recordings.now()
        stone = Tombstone(run.by, run.reason, at, key, len(entries), size, known)
        if self._ledger.tombstones.create(session, stone):
            return stone
        return self._ledger.tombstones.get(session) or stone

    def _remove(self, session: str, stone: Tombstone) -> int:
        """Remove all of a recording, until a listing is empty; return how many versions remain."""
        left = self._recordings.purge(session, stone.labels)
        for _ in range(_PASSES):
            if not self._recordings.is_left(session, stone.labels):
                break
            left = max(left, self._recordings.purge(session, stone.labels))
        return left

    def sweep(self, session: str) -> bool:
        """Remove objects that came after the deletion; tell whether nothing is left."""
        stone = self._ledger.tombstones.get(session)
        if stone is None:
            return True
        if self._recordings.is_left(session, stone.labels) or self._ledger.records.has(session):
            self._remove(session, stone)
        return not self._recordings.is_left(session, stone.labels)

    # --- holds ------------------------------------------------------------------------

    def hold(self, session: str, by: str, reason: str, until: datetime | None) -> None:
        """Hold a recording (see `Archive.hold`); replace a hold that ends sooner."""
        if self._recordings.is_held(session, until):
            raise ArchiveError("the recording is held already: release it first")
        sooner = self._ledger.holds.get(session)
        now = self._recordings.now()
        self._ledger.holds.set(session, Hold(by, reason, now, until))
        deleted = self._recordings.is_deleted(session)
        if not deleted and not self.is_planned(session):
            return
        if sooner is not None and sooner.holds(now):  # so the deletion has left the recording
            self._ledger.holds.set(session, sooner)
        else:
            self._ledger.holds.delete(session)
        if deleted:
            raise Deleted(session)
        raise ArchiveError("a deletion of this recording has begun: see its certificate, and retry")

    def release(self, session: str, by: str) -> bool:
        """Release a recording; tell whether it was held."""
        hold = self._ledger.holds.get(session)
        now = self._recordings.now()
        if hold is None or not hold.holds(now):
            return False
        self._ledger.holds.set(session, msgspec.structs.replace(hold, released=now, released_by=by))
        return True


def check_reason(subject: str, texts: Iterable[str]) -> None:
    """Raise `ArchiveError` if ``by`` or ``reason``, which stay after an erasure, name the person.

    Characters between words, and the escapes of addresses, are ignored. A short number names
    nobody: it may be that of a ticket.
    """
    name = normal(subject)
    short = name.isdecimal() and len(name) < _SHORTEST_NUMBER
    if not short and any(_names(name, normal(unquote(text))) for text in texts):
        raise ArchiveError("by and reason stay in the certificate: they must not name the person")


def _names(name: str, text: str) -> bool:
    """Tell whether a text contains a name, literally or as the same words."""
    words, said = (f" {' '.join(_WORD.findall(one))} " for one in (name, text))
    exact = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    return exact or (len(words) >= _SHORTEST_WORDS and words in said)


def found_before(recordings: Recordings, limit: datetime) -> Iterator[str]:
    """Yield the recordings that were first stored before a time."""
    names = dict.fromkeys([*recordings.ledger.records.keys(), *recordings.sessions()])
    for session in names:
        record = recordings.ledger.records.get(session)
        if record is None and not recordings.is_deleted(session):
            record = recordings.record(session, recordings.segments(session))
        if record is not None and record.first < limit:
            yield session
