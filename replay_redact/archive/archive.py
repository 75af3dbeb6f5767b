"""The archive: what users call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from replay_redact.archive.checks import Problem, check
from replay_redact.archive.deletion import Deletion, check_reason, found_before
from replay_redact.archive.fsspec_store import store_of
from replay_redact.archive.layout import Layout, encode_name
from replay_redact.archive.ledger import Ledger
from replay_redact.archive.ledger.certificates import Certificate
from replay_redact.archive.ledger.records import Run
from replay_redact.archive.owners import LEASE
from replay_redact.archive.recordings import Recordings
from replay_redact.archive.redaction import Redacted, Redaction
from replay_redact.archive.search import Found, Wanted, find, wanted_of
from replay_redact.archive.store import FolderStore, Store, is_full
from replay_redact.errors import ArchiveError, Deleted
from replay_redact.policy import Policy

__all__ = ["Archive"]

_OPEN_FOR = timedelta(hours=1)


def _now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """Recordings that are kept: stored, read, redacted again, held, and deleted for good.

    ``root`` is a folder, a URL such as ``s3://bucket/replays``, or a `Store` of another kind.
    ``layout`` names its objects; fields other than ``{session}`` and ``{number}`` are labels that
    `put` is given. ``index_key``, of 16 bytes or more, finds the recordings of a person, and signs
    certificates: keep it elsewhere. ``open_for``: a recording that got a segment within this time
    is still being recorded, and `redact` leaves it. ``clock`` gives the time.

    Several processes and threads may use one archive at once. What the archive has to remember
    stands beside the recordings, in ``.replay-redact``. Whatever one verb left when its process
    died, the next one finishes.

    Sessions are named by whoever records, so their names are encoded: `name_of` tells how.

    Raises `ArchiveError` for a layout that is none, for a key that is too short, and for another
    layout or key than the archive was made with.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> archive = Archive(folder.name, index_key=b"a key of 16 bytes or more")
    >>> archive.put("a", 0, b"[]", subjects=["jane@shop.example"])
    True
    >>> certificate = archive.erase("Jane@Shop.example", by="dpo", reason="ticket 17")
    >>> [(one.session, one.objects) for one in certificate.recordings]
    [('a', 1)]
    >>> archive.put("a", 1, b"[]")
    Traceback (most recent call last):
    ...
    replay_redact.archive.Deleted: the recording is deleted
    >>> folder.cleanup()
    """

    def __init__(
        self,
        root: str | os.PathLike[str] | Store,
        *,
        layout: str = "{session}/{number}.json.gz",
        index_key: bytes | None = None,
        open_for: timedelta = _OPEN_FOR,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        store = store_of(root)
        names = Layout(layout)
        self._ledger = Ledger(store, layout, index_key)
        self._recordings = Recordings(store, names, self._ledger, clock)
        self._deletion = Deletion(self._recordings, index_key)
        self._redaction = Redaction(self._recordings, open_for)

    # --- storing and reading ----------------------------------------------------------

    def put(
        self,
        session: str,
        number: int,
        segment: bytes,
        *,
        subjects: Iterable[str] = (),
        labels: Mapping[str, str] | None = None,
    ) -> bool:
        """Store a segment that a `Redactor` gave; tell whether it was stored.

        ``number`` is its place in the recording, from 0. A segment that is there already stays: it
        was stored in order, and shows more. ``subjects`` are the persons that are known to be in
        the recording, see `subjects_of`; from now on they are found by it, whole. One string is one
        person. ``labels`` are what else the layout asks for. A name that ends with ``.gz`` gets a
        segment compressed.

        This does not redact. Raises `Deleted` if the recording is deleted, and `ArchiveError` for
        a name, a number or labels that the layout cannot have, or for subjects without a key.
        """
        persons = (subjects,) if isinstance(subjects, str) else subjects
        tokens = [self._ledger.subjects.token(person) for person in persons]
        return self._recordings.put(session, number, segment, tokens, labels or {})

    def read(self, session: str) -> Iterator[bytes]:
        """Return the segments of a recording, in order, as they are stored.

        Raises `Deleted` if the recording is deleted, `ArchiveError` if there is none.
        """
        return self._recordings.read(session)

    def deleted(self, session: str) -> bool:
        """Tell whether a recording is deleted: whoever writes by other means than `put` asks this.

        Ask before *and after* you write. If it is deleted then, remove what you wrote.
        """
        return self._recordings.is_deleted(session)

    def name_of(self, session: str, number: int, labels: Mapping[str, str] | None = None) -> str:
        """Return the name of the object of a segment, for those who write by other means.

        >>> Archive("replays").name_of("../Jane", 3)
        '%2e.%2f%4aane/3.json.gz'
        """
        return self._recordings.layout.name(session, number, labels or {})

    def sessions(self) -> Iterator[str]:
        """Yield the name of each recording. This lists all of the archive."""
        return self._recordings.sessions()

    def sessions_of(self, subject: str) -> tuple[str, ...]:
        """Return the names of a person's recordings. Raises `ArchiveError` without a key."""
        found = self._ledger.subjects.sessions(self._ledger.subjects.token(subject))
        return tuple(one for one in found if not self._recordings.is_deleted(one))

    # --- deletion ---------------------------------------------------------------------

    def delete(
        self, sessions: Iterable[str], *, by: str, reason: str, dry_run: bool = False
    ) -> Certificate:
        """Delete recordings; return the certificate.

        Nothing more of them is taken or given afterwards, and none comes back. A recording that
        is held is skipped. One that is gone already, or was never there, counts as deleted.
        ``dry_run`` changes nothing, and returns what the certificate would say.
        """
        order = self._deletion.order("delete", by, reason, _names(sessions))
        return self._run(order, dry_run=dry_run)

    def erase(self, subject: str, *, by: str, reason: str, dry_run: bool = False) -> Certificate:
        """Delete every recording of a person, and all that says which they were.

        ``by`` and ``reason`` stay in the certificate, so they must not name the person. Raises
        `ArchiveError` if they do, and without a key.
        """
        token = self._ledger.subjects.token(subject)
        check_reason(subject, (by, reason))
        order = self._deletion.order("erase", by, reason, subject=token)
        return self._run(order, dry_run=dry_run)

    def expire(
        self,
        *,
        days: float = 0,
        hours: float = 0,
        by: str = "retention",
        reason: str = "",
        dry_run: bool = False,
    ) -> Certificate:
        """Delete the recordings that were first stored so long ago.

        The clock of a recording starts with its first segment, and redaction does not start it
        anew. Of those that were stored by other means than `put`, the oldest object tells. This
        lists all of the archive.
        """
        try:
            age = timedelta(days=days, hours=hours)
            limit = self._recordings.now() - age
        except OverflowError:
            raise ValueError("no recording can be so old") from None
        if age <= timedelta(0):
            raise ValueError("say how old a recording may be: days=30, or hours=48")
        told = reason or f"older than {age / timedelta(hours=1):g} hours"
        old = found_before(self._recordings, limit)
        return self._run(self._deletion.order("expire", by, told, old), dry_run=dry_run)

    def _run(self, order: Run, *, dry_run: bool) -> Certificate:
        if dry_run:
            return self._deletion.plan(order)
        try:
            self._recover()
        except OSError as error:
            if not is_full(error):
                raise  # on a full disk, the deletion comes first: it makes space for the rest
        return self._deletion.start(order)

    def certificates(self) -> Iterator[Certificate]:
        """Yield the certificates of all deletions that are done, the oldest first."""
        for key in sorted(self._ledger.certificates.keys()):
            found = self._ledger.certificates.get(key)
            if found is not None:
                yield found

    # --- holds ------------------------------------------------------------------------

    def hold(
        self,
        sessions: Iterable[str],
        *,
        by: str,
        reason: str,
        until: datetime | None = None,
        dry_run: bool = False,
    ) -> tuple[str, ...]:
        """Have recordings stay, whatever else is asked for, until a time or until `release`.

        Return those that were not held before, or not for so long: the longer of two holds counts.
        Raises `Deleted` for one that is deleted, and
        `ArchiveError` for one whose deletion has begun; those before it are held then. Raises
        ``ValueError`` for a time that has passed, or that has no zone.
        """
        if until is not None and (until.tzinfo is None or until <= self._recordings.now()):
            raise ValueError("a hold ends at a time to come, with its zone")
        until = None if until is None else until.astimezone(UTC)
        if not dry_run:
            self._recover()
        fresh = [name for name in _names(sessions) if not self._recordings.is_held(name, until)]
        for session in fresh:
            self._recordings.check_deleted(session)
            if not dry_run:
                self._deletion.hold(session, by, reason, until)
        return tuple(fresh)

    def release(
        self, sessions: Iterable[str], *, by: str, dry_run: bool = False
    ) -> tuple[str, ...]:
        """Let go of recordings; return those that were held."""
        if not dry_run:
            self._recover()
        held = [name for name in _names(sessions) if self._recordings.is_held(name)]
        for session in () if dry_run else held:
            self._deletion.release(session, by)
        return tuple(held)

    # --- redaction --------------------------------------------------------------------

    def redact(
        self,
        policy: Policy,
        sessions: Iterable[str] | None = None,
        *,
        again: bool = False,
        dry_run: bool = False,
    ) -> Redacted:
        """Redact recordings again, under a stricter policy; without ``sessions``, all of them.

        What the policy shows and an earlier one masked stays masked. A recording is replaced
        whole or not at all. Those that this policy has redacted before are left, unless ``again``
        says otherwise. Those that are held, still being recorded, claimed by another process or
        unreadable are skipped, and named.

        Attributes may have lost what a selector compares them with. Such a comparison counts
        where it masks, and does not count where it shows.

        Raises `ArchiveError` for the rules of Sentry's SDK, which are none for what is stored.
        """
        if policy.rules != "strict":
            raise ArchiveError("the rules of Sentry's SDK do not redact what was redacted before")
        if not dry_run:
            self._recover()
        names = self.sessions() if sessions is None else _names(sessions)
        return self._redaction.redact(policy, names, again=again, dry_run=dry_run)

    # --- looking ----------------------------------------------------------------------

    def find(  # noqa: PLR0913 - the conditions, each by its name
        self,
        *,
        subject: str | None = None,
        sessions: Iterable[str] | None = None,
        before: datetime | None = None,
        after: datetime | None = None,
        secrets: Iterable[str] | Mapping[str, str] = (),
        spread: bool = False,
        leaks: Policy | None = None,
    ) -> Iterator[Found]:
        """Yield the recordings that meet all of these conditions, of which there is at least one.

        * ``subject``: they are of this person, by the index;
        * ``sessions``: they have one of these names;
        * ``before``, ``after``: their first segment was stored before a time, or not before one;
        * ``secrets``: one of these texts can be read in them, in any spelling that `find_secrets`
          knows. Only with ``spread`` that includes what is spread over several texts, or typed key
          by key, and the search takes fifty times as long;
        * ``leaks``: they are not private under this policy, or unreadable.

        In recordings that were redacted there is nothing in clear to find: whose they are, the
        index knows. Without ``subject`` and ``sessions`` this lists all of the archive.

        Raises ``ValueError`` without a condition, and for secrets of fewer than 4 characters.

        >>> import tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> archive = Archive(folder.name)
        >>> _ = archive.put("a", 0, b'[{"type":5,"timestamp":1,"data":{"tag":"Jane Roe"}}]')
        >>> for found in archive.find(secrets={"name": "jane roe"}):
        ...     print(found.session, [(spot.segment, spot.leak.secret) for spot in found.spots])
        a [(0, 'name')]
        >>> folder.cleanup()
        """
        wanted = Wanted(wanted_of(secrets), spread, leaks, before, after)
        if subject is sessions is None and not any(wanted._replace(spread=False)):
            raise ValueError("say what to find: a subject, secrets, a time, or what leaks")
        names: Iterable[str] = self.sessions() if sessions is None else _names(sessions)
        if subject is not None:
            own = self.sessions_of(subject)
            names = own if sessions is None else [name for name in names if name in own]
        return find(self._recordings, names, wanted)

    def check(self, policy: Policy | None = None, *, dry_run: bool = False) -> list[Problem]:
        """Return what is wrong with the archive; mend what crashes and late writers left.

        With a policy, each recording is redacted once more, in memory: those that this would
        change are not private under it. This lists all of the archive.
        """
        if not dry_run:
            self._recover()
        return list(check(self._recordings, self._deletion, policy, dry_run=dry_run))

    def export(self, subject: str, to: str | os.PathLike[str]) -> tuple[str, ...]:
        """Copy a person's recordings, as they are stored, into a folder; return their names.

        Beside them stands ``index.json``, which lists them. It does not name the person.
        """
        target = FolderStore(to)
        index: list[dict[str, Any]] = []
        for session in self.sessions_of(subject):
            try:
                index.append(self._export(session, target))
            except Deleted:
                continue
        target.write("index.json", msgspec.json.format(msgspec.json.encode(index)))
        return tuple(one["session"] for one in index)

    def _export(self, session: str, target: FolderStore) -> dict[str, Any]:
        segments = self._recordings.segments(session)
        record = self._recordings.record(session, segments)
        files = []
        for number, entry in segments.items():
            end = entry.name.rpartition("/")[2].partition(".")[2]
            name = f"{encode_name(session)}/{number}{end and '.'}{end}"
            target.write(name, self._recordings.content(session, entry))
            files.append(name)
        return {"session": session, "first_stored": record.first, "segments": files}

    def _recover(self) -> None:
        """Finish what processes that are gone have left."""
        self._recordings.store.sweep("", self._recordings.now() - LEASE)
        self._deletion.finish()
        self._redaction.finish()


def _names(sessions: Iterable[str]) -> tuple[str, ...]:
    """Return names in order, each once; one string is one name."""
    found = (sessions,) if isinstance(sessions, str) else tuple(sessions)
    for name in found:
        encode_name(name)  # before anything is done to any of them
    return tuple(dict.fromkeys(found))
