"""Redact stored recordings again, under a stricter policy, safe from crashes and other processes.

A segment is redacted with what the segments before it said. So a recording cannot be redacted in
place, one segment after the other: after a crash, the redaction would go on from its own output,
which says less. Instead it

1. stages all segments in a folder of their own;
2. writes a commit, which says that they are complete;
3. moves them to their places.

After a crash, the next verb carries a commit out. Without a commit, it removes what is staged, and
the untouched segments are redacted from the first.

A process claims a recording before it works on it: it writes a claim, and then looks for claims of
others. So if two processes claim it at once, at least one sees the other. If both do, the one whose
claim has the smaller id goes on as soon as the other has withdrawn.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

import msgspec

from replay_redact._engine.state import options_digest
from replay_redact._rules.doubts import Doubts
from replay_redact._wire.codec import decode
from replay_redact.archive.layout import decode_name, encode_name
from replay_redact.archive.ledger.certificates import Skipped
from replay_redact.archive.ledger.records import Commit
from replay_redact.archive.owners import LEASE, Owner, working
from replay_redact.archive.recordings import Recordings, staged
from replay_redact.archive.store import RESERVED
from replay_redact.errors import ArchiveError, Deleted, RedactError
from replay_redact.policy import Policy, StoredPolicy
from replay_redact.redactor import Redactor
from replay_redact.report import Report

__all__ = ["Redacted", "Redaction"]

_CLAIMS = f"{RESERVED}/claims/"
_IN_FLIGHT = (_CLAIMS, f"{RESERVED}/staged/", f"{RESERVED}/commits/")
_LOOKS, _PAUSE = 50, 0.01  # seconds to wait until another claim is withdrawn
_ROUNDS = 3  # if segments come while a recording is redacted
_RENEWAL = LEASE / 4


class Redacted(NamedTuple):
    """What `Archive.redact` did.

    * ``sessions``: recordings that were redacted, or would be in a dry run;
    * ``unchanged``: recordings that this policy had redacted before;
    * ``skipped``: recordings that were left as they are, and why;
    * ``report``: what was changed, in all recordings together;
    * ``doubted``: selectors that compared an attribute with a masked value, and how often. Each
      comparison counted as met where it masks, and as not met where it shows.
    """

    sessions: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    report: Report
    doubted: Mapping[str, int]


class _Skip(Exception):  # noqa: N818 - no error
    """Raised to skip a recording."""


class Redaction:
    """Redacts the stored recordings of an archive."""

    def __init__(self, recordings: Recordings, open_for: timedelta) -> None:
        self._recordings = recordings
        self._ledger = recordings.ledger
        self._store = recordings.store
        self._open_for = open_for

    def redact(
        self, policy: Policy, sessions: Iterable[str], *, again: bool, dry_run: bool
    ) -> Redacted:
        """Redact recordings (see `Archive.redact`)."""
        work = _Work(policy, again=again, dry_run=dry_run)
        done: dict[bool, list[str]] = {True: [], False: []}
        skipped: list[Skipped] = []
        for session in sessions:
            try:
                done[self._redact(session, work)].append(session)
            except Deleted:
                if not dry_run:
                    self._take_back(session)
                skipped.append(Skipped(session, "deleted"))
            except ArchiveError as error:
                skipped.append(Skipped(session, f"unreadable: {error}"))
            except _Skip as why:
                skipped.append(Skipped(session, str(why)))
        doubted = dict(work.doubts.met)
        return Redacted(tuple(done[True]), tuple(done[False]), tuple(skipped), work.report, doubted)

    def _redact(self, session: str, work: _Work) -> bool:
        """Redact one recording, unless this policy has redacted it before."""
        self._check(session)
        if not self._is_due(session, work):
            return False
        if work.dry_run:
            return True
        with self._claim(session) as claim:
            self._resolve(session)  # a process that died may have left something
            due = self._is_due(session, work)
            if due:
                self._adopt(session)
                self._stage(session, work, claim)
                self._put_in_place(session)
        self._recordings.check_deleted(session)  # the second look, after all is written
        return due

    def _check(self, session: str) -> None:
        self._recordings.check_deleted(session)
        if self._recordings.is_held(session):
            raise _Skip("held")

    def _is_due(self, session: str, work: _Work) -> bool:
        """Tell whether there is something to redact. Skip a recording that is still open."""
        segments = self._recordings.segments(session)
        if not segments:
            self._recordings.check_deleted(session)
            raise _Skip("missing")
        record = self._recordings.record(session, segments)
        known = set(record.segments)
        if record.policy == work.fingerprint and known == set(segments) and not work.again:
            return False
        fresh = [entry.modified for number, entry in segments.items() if number not in known]
        now = self._recordings.now()
        if fresh and now - max(fresh) < self._open_for:
            raise _Skip("open")
        return True

    def _adopt(self, session: str) -> None:
        """Note the age of a recording that was stored without `put`, before rewriting resets it."""
        record = self._recordings.record(session, self._recordings.segments(session))
        self._ledger.records.create(session, record)

    def _take_back(self, session: str) -> None:
        """Remove what was written if the recording was deleted meanwhile."""
        stone = self._ledger.tombstones.get(session)
        if stone is not None:
            self._recordings.purge(session, stone.labels)

    # --- staging ----------------------------------------------------------------------

    def _stage(self, session: str, work: _Work, claim: _Claim) -> None:
        """Redact all segments into the staging folder, and commit them."""
        for _ in range(_ROUNDS):
            numbers = self._stage_once(session, work, claim)
            if numbers == tuple(self._recordings.segments(session)):
                break
            self._recordings.unstage(session, claim.owner.id)
        else:
            raise _Skip("open")
        self._check(session)
        claim.check()
        labels = self._recordings.labels(session)
        known = None if labels is None else dict(labels)
        self._ledger.commits.set(session, Commit(work.fingerprint, numbers, known, claim.owner.id))

    def _stage_once(self, session: str, work: _Work, claim: _Claim) -> tuple[int, ...]:
        redactor = Redactor(work.policy)
        segments = self._recordings.segments(session)
        numbered = self._recordings.layout.is_numbered
        for number, entry in segments.items():
            content = self._recordings.content(session, entry)
            try:
                output = redactor.process_bytes(content, segment=number if numbered else None)
            except RedactError as error:
                self._recordings.unstage(session, claim.owner.id)
                raise _Skip(f"unreadable: segment {number}: {error}") from None
            for event in decode(content) if work.doubts.may_come else ():
                work.doubts.look(event)
            claim.renew()  # before each write: another process may have taken over
            self._store.write(f"{staged(session, claim.owner.id)}{number}", output)
        work.report.add(redactor.report)
        return tuple(segments)

    def _put_in_place(self, session: str) -> None:
        """Carry out a commit, from where a crash may have left it."""
        commit = self._ledger.commits.get(session)
        if commit is None:
            return
        names = self._names(session, commit)
        for number in commit.segments:
            own = f"{staged(session, commit.owner)}{number}"
            output = self._store.read(own)
            if output is not None and number in names:  # otherwise it is already in its place
                self._store.write(names[number], output)
                self._store.delete(own)
        record = self._ledger.records.get(session)
        if record is not None:
            done = msgspec.structs.replace(record, policy=commit.policy, segments=commit.segments)
            self._ledger.records.set(session, done)
        self._recordings.unstage(session, commit.owner)
        self._ledger.commits.delete(session)

    def _names(self, session: str, commit: Commit) -> dict[int, str]:
        """Return where the segments of a commit belong."""
        if commit.labels is None:
            found = self._recordings.segments(session).items()
            return {number: entry.name for number, entry in found}
        name = self._recordings.layout.name
        return {number: name(session, number, commit.labels) for number in commit.segments}

    # --- claims and what crashes left -------------------------------------------------

    def finish(self) -> None:
        """Finish, or remove, what dead processes have staged or committed."""
        sessions = (
            decode_name(entry.name.split("/")[2].removesuffix(".json"))
            for folder in _IN_FLIGHT
            for entry in list(self._store.list(folder))
        )
        for session in {session for session in sessions if session is not None}:
            try:
                with self._claim(session):
                    self._resolve(session)
                self._take_back(session)
            except _Skip:
                continue

    def _resolve(self, session: str) -> None:
        """Carry out a commit that a crash left, or remove what was staged without one."""
        if self._ledger.commits.has(session) and not self._recordings.is_deleted(session):
            self._put_in_place(session)
        else:
            self._recordings.unstage(session)

    @contextmanager
    def _claim(self, session: str) -> Iterator[_Claim]:
        """Claim a recording until the end of the block; skip it if another process has it."""
        claim = _Claim(self._recordings, session)
        if claim.others():
            raise _Skip("claimed")
        with working(claim.owner):
            claim.renew(at_once=True)
            try:
                claim.wait()
                yield claim
            finally:
                claim.withdraw()


class _Work:
    """The policy that one call applies to each recording, and its counts."""

    def __init__(self, policy: Policy, *, again: bool, dry_run: bool) -> None:
        self.policy = StoredPolicy.over(policy)
        self.fingerprint = options_digest(policy).hex()
        self.report = Redactor(policy).report
        self.doubts = Doubts(policy)
        self.again = again
        self.dry_run = dry_run


class _Claim:
    """The claim of this process on a recording."""

    def __init__(self, recordings: Recordings, session: str) -> None:
        self._recordings = recordings
        self._store = recordings.store
        self._folder = f"{_CLAIMS}{encode_name(session)}/"
        self.owner = Owner.me(recordings.now())

    def renew(self, *, at_once: bool = False) -> None:
        """Prolong the claim, if it is time to."""
        now = self._recordings.now()
        if not at_once:
            self.check()  # once others have taken a claim for dead, it must not be renewed
        if at_once or now > self.owner.until - LEASE + _RENEWAL:
            self.owner = msgspec.structs.replace(self.owner, until=now + LEASE)
            self._store.write(self._folder + self.owner.id, msgspec.json.encode(self.owner))

    def wait(self) -> None:
        """Return when nobody else has a claim; skip if another claim goes first."""
        for _ in range(_LOOKS):
            others = self.others()
            if not others:
                return
            if min(others) < self.owner.id:
                break
            time.sleep(_PAUSE)
        raise _Skip("claimed")

    def check(self) -> None:
        """Skip if another process has taken this claim for dead."""
        if self._store.entry(self._folder + self.owner.id) is None:
            raise _Skip("claimed")

    def withdraw(self) -> None:
        """Let others claim the recording."""
        self._store.delete(self._folder + self.owner.id)

    def others(self) -> list[str]:
        """Return the ids of living claims; remove the claims of dead processes."""
        alive = []
        for entry in list(self._store.list(self._folder)):
            data = self._store.read(entry.name)
            if data is None or entry.name.endswith(self.owner.id):
                continue
            owner = _owner(data)
            if owner.is_alive(self._recordings.now()):
                alive.append(owner.id)
            else:
                self._store.delete(entry.name)
        return alive


def _owner(data: bytes) -> Owner:
    try:
        return msgspec.json.decode(data, type=Owner)
    except msgspec.DecodeError:
        raise ArchiveError(f"a claim below {_CLAIMS} is damaged: remove it") from None
