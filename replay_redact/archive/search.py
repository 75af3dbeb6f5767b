"""Find recordings by person, by time, by text that stands in clear, or by what a policy would mask.

The cheapest condition is checked first: the index of persons, then the time, then the content. An
unreadable recording is found too, since nobody knows what is in it.
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
    * ``spots``: where the secrets of the search can be read;
    * ``state``: for a search by policy, ``"shown"`` if the recording is not private under it, and
      ``"unreadable"`` if no policy can redact it.
    """

    session: str
    first: datetime
    spots: tuple[Spot, ...] = ()
    state: str | None = None


class Wanted(NamedTuple):
    """The conditions that a recording has to meet; an empty field is no condition."""

    secrets: Mapping[str, str]
    spread: bool = False
    leaks: Policy | None = None
    before: datetime | None = None
    after: datetime | None = None


def wanted_of(secrets: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    """Return secrets with their names. Raises ``ValueError`` for one that is too short."""
    named = named_secrets(secrets)
    patterns(named)  # raises for one that is too short
    return named


def find(recordings: Recordings, sessions: Iterable[str], wanted: Wanted) -> Iterator[Found]:
    """Yield those of the named recordings that meet the conditions (see `Archive.find`)."""
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
        return 0  # the stored bytes have been searched
    for index, event in enumerate(events):
        if not isinstance(event, Unreadable):
            pieces.gather(count + index, event)
    return len(events)
