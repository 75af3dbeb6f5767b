"""The class `Archive`: every verb that users call."""

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
    """Stores recordings, reads them, redacts them again, holds them, and deletes them for good.

    * ``root``: a folder, a URL such as ``s3://bucket/replays``, or a `Store` of another kind;
    * ``layout``: how objects are named. `put` takes the values of fields other than ``{session}``
      and ``{number}`` as labels;
    * ``index_key``, 16 bytes or more: finds the recordings of a person, and signs certificates.
      Keep it elsewhere;
    * ``open_for``: a recording that got a segment within this time is still being recorded, so
      `redact` skips it;
    * ``clock``: returns the time.

    Several processes and threads may use one archive at once. The archive keeps its own data
    beside the recordings, in ``.replay-redact``. If a process dies in the middle of a verb, the
    next verb finishes the work.

    Whoever records chooses the names of sessions, so the archive encodes them: see `name_of`.

    Raises `ArchiveError` for an invalid layout, for a key that is too short, and for a layout or
    key other than the archive was made with.

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
        """Store a segment that a `Redactor` returned; tell whether it was stored.

        This does not redact.

        * ``number``: the place of the segment in the recording, from 0. A segment that is there
          already stays: it was stored in order, so it shows more;
        * ``subjects``: the persons who are known to be in the recording, see `subjects_of`. From
          now on `erase` and `find` find the whole recording by them. One string is one person;
        * ``labels``: values for the other fields of the layout.

        If the object's name ends with ``.gz``, the segment is compressed.

        Raises `Deleted` if the recording is deleted, and `ArchiveError` for a name, a number or
        labels that do not fit the layout, or for subjects without a key.
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
        """Tell whether a recording is deleted, for those who write without `put`.

        Ask before *and after* you write. If the recording is deleted, remove what you wrote.
        """
        return self._recordings.is_deleted(session)

    def name_of(self, session: str, number: int, labels: Mapping[str, str] | None = None) -> str:
        """Return the name of a segment's object, for those who write without `put`.

        >>> Archive("replays").name_of("../Jane", 3)
        '%2e.%2f%4aane/3.json.gz'
        """
        return self._recordings.layout.name(session, number, labels or {})

    def sessions(self) -> Iterator[str]:
        """Yield the name of each recording. This lists the whole archive."""
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

        Afterwards the archive neither stores nor returns segments of these recordings. A recording
        that is held is skipped. A recording that is already gone, or never existed, counts as
        deleted. ``dry_run`` changes nothing, and returns what the certificate would say.
        """
        order = self._deletion.order("delete", by, reason, _names(sessions))
        return self._run(order, dry_run=dry_run)

    def erase(self, subject: str, *, by: str, reason: str, dry_run: bool = False) -> Certificate:
        """Delete every recording of a person, and every entry that links her to them.

        ``by`` and ``reason`` stay in the certificate, so they must not name the person. Raises
        `ArchiveError` if they do, or if the archive has no key.
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
        """Delete the recordings that were first stored longer ago than this.

        The age of a recording counts from its first segment; redacting it again does not reset
        it. If it was stored without `put`, its oldest object gives the age. This lists the whole
        archive.
        """
        try:
            age = timedelta(days=days, hours=hours)
            limit = self._recordings.now() - age
        except OverflowError:
            raise ValueError("the age is too large: no recording can be that old") from None
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
                raise
            # On a full disk the deletion comes first: it frees the space that recovery needs.
        return self._deletion.start(order)

    def certificates(self) -> Iterator[Certificate]:
        """Yield the certificates of all finished deletions, the oldest first."""
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
        """Protect recordings from deletion and redaction, until a time or until `release`.

        Return those that were not held before, or not for as long: the longer of two holds counts.

        Raises `Deleted` for a recording that is deleted, and `ArchiveError` for one whose deletion
        has begun; the recordings before it are then held. Raises ``ValueError`` for a time that is
        past or has no time zone.
        """
        if until is not None and (until.tzinfo is None or until <= self._recordings.now()):
            raise ValueError("until must be in the future, and have a time zone")
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
        """Release held recordings; return those that were held."""
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

        * Content that an earlier policy masked stays masked, even if this policy shows it.
        * A recording is replaced whole or not at all.
        * A recording that this policy has redacted before is left alone, unless ``again`` is true.
        * A recording that is held, still being recorded, claimed by another process or unreadable
          is skipped, and listed as such.
        * A selector may compare an attribute whose value is already masked. Such a comparison
          counts as met where it masks, and as not met where it shows.

        Raises `ArchiveError` for the rules of Sentry's SDK, which cannot redact a recording twice.
        """
        if policy.rules != "strict":
            raise ArchiveError("the rules of Sentry's SDK cannot redact a stored recording again")
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
        """Yield the recordings that meet all of the given conditions. At least one is needed.

        * ``subject``: the index says that they are of this person;
        * ``sessions``: they have one of these names;
        * ``before``, ``after``: their first segment was stored before a time, or not before one;
        * ``secrets``: one of these texts can be read in them, in any spelling that `find_secrets`
          knows. With ``spread``, also if it is spread over several texts or typed key by key; the
          search then takes fifty times as long;
        * ``leaks``: they are not private under this policy, or unreadable.

        A redacted recording has nothing in clear to find; look for its person by ``subject``.
        Without ``subject`` and ``sessions`` this lists the whole archive.

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
        """Return the problems of the archive; mend what crashes and late writers left behind.

        With a policy, `check` redacts each recording once more, in memory. A recording that this
        changes is not private under the policy. This lists the whole archive.
        """
        if not dry_run:
            self._recover()
        return list(check(self._recordings, self._deletion, policy, dry_run=dry_run))

    def export(self, subject: str, to: str | os.PathLike[str]) -> tuple[str, ...]:
        """Copy a person's recordings, as they are stored, into a folder; return their names.

        ``index.json`` in that folder lists them. It does not name the person.
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
        """Finish the work that dead processes left behind."""
        self._recordings.store.sweep("", self._recordings.now() - LEASE)
        self._deletion.finish()
        self._redaction.finish()


def _names(sessions: Iterable[str]) -> tuple[str, ...]:
    """Return names in order, each once; one string is one name."""
    found = (sessions,) if isinstance(sessions, str) else tuple(sessions)
    for name in found:
        encode_name(name)  # an invalid name has to fail before any recording is touched
    return tuple(dict.fromkeys(found))
