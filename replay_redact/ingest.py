"""One request of an SDK, redacted: for an endpoint that stores recordings or forwards them.

It knows nothing of a web framework: path, headers and body go in, what is to be stored or sent on
comes out, and to whom it belongs. docs/examples has views over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from replay_redact._wire.codec import All, open_recording, read_all
from replay_redact.errors import DecodeError
from replay_redact.events import Id, window_of
from replay_redact.redactor import Redactor
from replay_redact.subjects import subjects_of

__all__ = ["Ingested", "ingest"]

_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "zstd"})
"""Codings of bodies that are read, and written as they were."""

_LZ64 = "lz64"  # of PostHog's SDK until 2023

_MOST_DIGITS = 9  # of the number of a segment


class Ingested(NamedTuple):
    """A redacted request.

    * ``body``: the redacted body, in the form and compression of the one that came.
    * ``session``, ``window``: their ids, as they were sent; ``None`` where the body names none.
    * ``segment``: which segment of the session this is, from 0; ``None`` where nobody says.
    * ``subjects``: the persons that the body names, before they were masked: for the index of an
      archive, and not to be stored anywhere.
    * ``redactor``: what redacted it; its ``state()`` belongs to the session, its ``report`` counts.
    """

    body: bytes
    session: Id
    window: Id
    segment: int | None
    redactor: Redactor
    subjects: tuple[str, ...] = ()


def _new(_session: Id) -> Redactor:
    return Redactor()


def ingest(
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    redactor_of: Callable[[Id], Redactor] = _new,
) -> Ingested:
    r"""Redact what an SDK has sent.

    ``path`` is that of the request, with its query; ``headers`` are those of the request, in any
    case. ``redactor_of`` gets the id of the session and returns its redactor: a new one, which
    is the default, or one that goes on from a stored state. A body of plain rrweb events may
    have ``?session=`` and ``?segment=`` in its path. A body that names another session or
    segment than its path is a `DecodeError`.

    Raises `DecodeError` or `LimitError`, see `redact_bytes`: answer 400 or 413 with the message,
    which holds nothing of what was recorded. Nothing is to be stored or forwarded then.

    >>> found = ingest("/?session=s1&segment=4", {}, b'[{"type": 1, "timestamp": 5}]')
    >>> found.body, found.session, found.segment
    (b'[{"type":1,"timestamp":5,"data":{}}]', 's1', 4)
    """
    _check_encoding(headers)
    query = parse_qs(urlsplit(path).query)
    if _LZ64 in query.get("compression", ()):
        raise DecodeError("the body is compressed as lz64: have the SDK send gzip or base64")
    opened = open_recording(body)
    found = read_all(opened)
    own, window = _ids(found)
    asked, place = query.get("session", [None])[0], _number(query.get("segment", [""])[0])
    _check_same("session", own, asked)
    _check_same("segment", opened.segment, place)
    session = asked if own is None else own
    segment = place if opened.segment is None else opened.segment
    redactor = redactor_of(session)
    output = redactor.process_bytes(body, segment=segment)
    return Ingested(output, session, window, segment, redactor, _subjects(found))


def _subjects(found: All) -> tuple[str, ...]:
    values = (item.value for item in found.items)
    named = (subjects_of(value) for value in values if isinstance(value, dict))
    return tuple(dict.fromkeys(chain.from_iterable(named)))


def _check_same(what: str, own: Id, asked: object) -> None:
    if own is not None and asked is not None and str(own) != str(asked):
        raise DecodeError(f"the body names another {what} than the path")


def _check_encoding(headers: Mapping[str, str]) -> None:
    given = (value for name, value in headers.items() if name.lower() == "content-encoding")
    for coding in next(given, "").split(","):
        name = coding.strip().lower()
        if name not in _ENCODINGS:
            what = "Brotli" if name == "br" else "a coding that is not read"
            raise DecodeError(f"the body is in {what}: send gzip, deflate or zstd")


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not text.isascii() or len(text) > _MOST_DIGITS:
        raise DecodeError("the segment in the path is no number from 0")
    return int(text)


def _ids(found: All) -> tuple[Id, Id]:
    """Return the first ids that events or properties name."""
    keys = [window_of(event) for event in found.events]
    keys += [_named(item.value) for item in found.items]
    return _first(session for session, _ in keys), _first(window for _, window in keys)


def _first(ids: Iterable[Id]) -> Id:
    return next((name for name in ids if name is not None), None)


def _named(value: object) -> tuple[str | None, str | None]:
    properties = value.get("properties") if isinstance(value, dict) else None
    if not isinstance(properties, dict):
        return None, None
    session, window = properties.get("$session_id"), properties.get("$window_id")
    return (
        session if isinstance(session, str) else None,
        window if isinstance(window, str) else None,
    )
