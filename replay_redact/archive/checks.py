"""Find the problems of an archive, and mend what crashes and late writers left behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from replay_redact._engine.state import options_digest
from replay_redact.archive.deletion import Deletion
from replay_redact.archive.layout import SETTINGS
from replay_redact.archive.recordings import Recordings
from replay_redact.errors import Deleted, RedactError
from replay_redact.policy import Policy, StoredPolicy
from replay_redact.redactor import Redactor

__all__ = ["Problem", "check", "look"]


class Problem(NamedTuple):
    """A problem of an archive.

    ``what`` is one of:

    * ``"late"``: a deleted recording has objects;
    * ``"foreign"``: the name of an object does not fit the layout;
    * ``"unreadable"``: no policy can redact the recording;
    * ``"shown"``: the recording is not private under the policy.

    ``where`` is a session; for ``"foreign"``, the name of the object. ``mended`` tells whether
    `Archive.check` has already put it right.
    """

    what: str
    where: str
    mended: bool = False


def check(
    recordings: Recordings, deletion: Deletion, policy: Policy | None, *, dry_run: bool
) -> Iterator[Problem]:
    """Yield the problems (see `Archive.check`)."""
    for entry in recordings.store.list():
        if entry.name != SETTINGS and recordings.layout.place(entry.name) is None:
            yield Problem("foreign", entry.name)
    yield from _late(recordings, deletion, dry_run=dry_run)
    if policy is None:
        return
    for session in list(recordings.sessions()):
        found = look(recordings, session, policy)
        if found is not None:
            yield Problem(found, session)


def _late(recordings: Recordings, deletion: Deletion, *, dry_run: bool) -> Iterator[Problem]:
    """Remove what came after a deletion, including entries of the index that have no objects."""
    stored = set(recordings.sessions())
    for session in list(recordings.ledger.tombstones.keys()):
        mended = not dry_run and deletion.sweep(session)
        if session in stored:
            yield Problem("late", session, mended)
    for session, token in () if dry_run else list(recordings.ledger.subjects.entries()):
        if recordings.is_deleted(session):
            recordings.ledger.subjects.forget(session, [token])


def look(recordings: Recordings, session: str, policy: Policy) -> str | None:
    """Redact a recording once more: it is private if that changes nothing.

    Return ``"shown"``, or ``"unreadable"`` if some segment is, or ``None`` if it is private.
    """
    try:
        segments = recordings.segments(session)
        contents = recordings.read(session)
        record = recordings.record(session, segments)
        known = record.policy == options_digest(policy).hex()
        done = known and set(record.segments) == set(segments)
        redactor = Redactor(policy if done else StoredPolicy.over(policy))
        numbered = recordings.layout.is_numbered
        for number, content in zip(segments, contents, strict=True):
            redactor.process_bytes(content, segment=number if numbered else None)
    except Deleted:
        return None
    except RedactError:
        return "unreadable"
    return "shown" if redactor.report.masked else None
