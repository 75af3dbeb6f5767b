"""Finding recordings: by person, by time, by what can be read in them, by what a policy would mask.

What costs least is asked first: the index of persons, then the clock, then the content. A recording
that nobody can read is found too: what is in it, nobody knows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from replay_redact._wire.codec import decode
from replay_redact.archive.checks import look
from replay_redact.archive.recordings import Recordings
from replay_redact.archive.store import Entry
from replay_redact.errors import Deleted, RedactError
from replay_redact.events import Unreadable
from replay_redact.policy import Policy
from replay_redact.testing.checks import find_secrets, named_secrets
from replay_redact.testing.leaks import Leak
from replay_redact.testing.planted import patterns
from replay_redact.testing.search import Pieces

__all__ = ["Found", "Spot", "Wanted", "find"]


class Spot(NamedTuple):
    """A place where a secret can be read: the number of the segment, and the place in it."""

    segment: int
    leak: Leak


class Found(NamedTuple):
    """A recording that was found.

    * ``session``: its name;
    * ``first``: when its first segment was stored;
    * ``spots``: where secrets can be read, if any were looked for;
    * ``state``: under the policy that was asked about, ``"shown"`` if it is not private, and
      ``"unreadable"`` if no policy can redact it.
    """

    session: str
    first: datetime
    spots: tuple[Spot, ...] = ()
    state: str | None = None


class Wanted(NamedTuple):
    """What a recording has to be like. Each is a condition, unless it is empty."""

    secrets: Mapping[str, str]
    spread: bool = False
    leaks: Policy | None = None
    before: datetime | None = None
    after: datetime | None = None


def wanted_of(secrets: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    """Return secrets with their names. Raises ``ValueError`` for one that is too short."""
    named = named_secrets(secrets)
    patterns(named)  # it complains
    return named


def find(recordings: Recordings, sessions: Iterable[str], wanted: Wanted) -> Iterator[Found]:
    """Yield those of some recordings that are wanted (see `Archive.find`)."""
    for session in sessions:
        try:
            found = _look_at(recordings, session, wanted)
        except Deleted:
            continue  # since it was listed
        if found is not None:
            yield found


def _look_at(recordings: Recordings, session: str, wanted: Wanted) -> Found | None:
    recordings.check_deleted(session)
    segments = recordings.segments(session)
    first = recordings.record(session, segments).first
    if not segments or not _is_between(first, wanted):
        return None
    spots: tuple[Spot, ...] = ()
    if wanted.secrets:
        spots = tuple(_spots(recordings, session, segments, wanted))
        if not spots:
            return None
    state = None
    if wanted.leaks is not None:
        state = look(recordings, session, wanted.leaks)
        if state is None:
            return None
    return Found(session, first, spots, state)


def _is_between(first: datetime, wanted: Wanted) -> bool:
    after, before = wanted.after, wanted.before
    return (after is None or first >= after) and (before is None or first < before)


def _spots(
    recordings: Recordings, session: str, segments: Mapping[int, Entry], wanted: Wanted
) -> Iterator[Spot]:
    pieces, begins = Pieces(), []
    count = 0
    for number, entry in segments.items():
        content = recordings.content(session, entry)
        for leak in find_secrets(content, wanted.secrets):
            yield Spot(number, leak)
        if wanted.spread:
            begins.append((count, number))
            count += _gather(content, pieces, count)
    for name, piece, channel, how in pieces.spread(wanted.secrets):
        begin, number = begins[bisect_right(begins, piece.event, key=itemgetter(0)) - 1]
        leak = Leak(piece.event - begin, channel, piece.node, "", channel, channel, how, "", name)
        yield Spot(number, leak)


def _gather(content: bytes, pieces: Pieces, count: int) -> int:
    """Gather the texts of a segment whose first event is the session's ``count``-th."""
    try:
        events = decode(content)
    except RedactError:
        return 0  # it was searched as it stands
    for index, event in enumerate(events):
        if not isinstance(event, Unreadable):
            pieces.gather(count + index, event)
    return len(events)
