"""An HTTP endpoint that stores session replays, and only in redacted form.

Workers share states in Redis. Without Redis, run a single worker::

    export REPLAY_REDIS=redis://localhost:6379/0
    uvicorn --app-dir docs/examples --workers 4 ingest:app

It takes what SDKs send, and segments of a recorder of your own::

    POST /api/42/envelope/              an envelope: Sentry.init({tunnel: "/api/42/envelope/"})
    POST /s/  /e/  /i/v0/e/  /batch/    PostHog's bodies: its api_host
    POST /replays/{session}             a Sentry segment, whose header has its number
    POST /replays/{session}?segment=3   a batch of rrweb events with its number, from 0

`make_handle` is all there is to it; `views` makes views of it for Starlette, FastAPI, Flask and
Django.

Answers, each with a reason in JSON; docs/ingestion.md says what the SDKs do then:

* 200: the segment is stored, by this request or an earlier one; or it is no recording;
* 400: it cannot be read; 404: nothing is stored at this path; 413: it is too large;
* 410: the recording was deleted;
* 503: other workers keep changing the session, or the archive is in trouble. Send it again.

Decide who may send, and how much, before a request comes here.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import threading
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlsplit

import redis
from views import SDK_PATHS, Answer, Handle, make_app, said

from replay_redact import LimitError, Policy, RedactError, Redactor, StateError
from replay_redact.errors import ArchiveError, Deleted
from replay_redact.ingest import Ingested
from replay_redact.ingest import ingest as redact

POLICY = Policy()
KEEP_SECONDS = 24 * 60 * 60  # a session ends when nothing comes for so long
TRIES = 10
KEY = os.environ.get("REPLAY_KEY", secrets.token_hex()).encode()[:64]
"""Key of the digests by which a body without a number is known again: the same for all workers.

Without a key, whoever has the store could test guesses of what is masked.
"""

_OWN_PATHS = re.compile(r"/replays/([^/]+)")
_SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NO_SESSION = "a session is 1 to 64 letters, digits, - or _"


class Store(Protocol):
    """Redacted segments, and the state of each session after its last segment."""

    def has(self, session: str, name: str) -> bool:
        """Tell whether a segment is stored."""

    def state(self, session: str) -> bytes | None:
        """Return the state of a session, if it has one."""

    def commit(
        self, session: str, name: str, found: Ingested, before: bytes | None, after: bytes | None
    ) -> bool:
        """Store output and state together, unless the state is no longer what it was ``before``."""


class RedisStore:
    """A store that workers share. In production, segments would go to a store of objects."""

    def __init__(self, address: str) -> None:
        self._redis = redis.Redis.from_url(address)

    def has(self, session: str, name: str) -> bool:
        return bool(self._redis.hexists(f"replay:{session}:segments", name))

    def state(self, session: str) -> bytes | None:
        return self._redis.get(f"replay:{session}:state")

    def commit(
        self, session: str, name: str, found: Ingested, before: bytes | None, after: bytes | None
    ) -> bool:
        segments, state = f"replay:{session}:segments", f"replay:{session}:state"
        with self._redis.pipeline() as pipe:
            try:
                pipe.watch(state)
                if pipe.get(state) != before:
                    return False
                pipe.multi()
                pipe.hsetnx(segments, name, found.body)
                pipe.expire(segments, KEEP_SECONDS)
                if after is not None:
                    pipe.set(state, after, ex=KEEP_SECONDS)
                pipe.execute()
            except redis.WatchError:
                return False
        return True


class MemoryStore:
    """A store of one process, to try things out; it forgets nothing until it ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.segments: dict[tuple[str, str], bytes] = {}
        self.states: dict[str, bytes] = {}

    def has(self, session: str, name: str) -> bool:
        return (session, name) in self.segments

    def state(self, session: str) -> bytes | None:
        return self.states.get(session)

    def commit(
        self, session: str, name: str, found: Ingested, before: bytes | None, after: bytes | None
    ) -> bool:
        with self._lock:
            if self.states.get(session) != before:
                return False
            self.segments.setdefault((session, name), found.body)
            if after is not None:
                self.states[session] = after
        return True


def make_handle(store: Store) -> Handle:
    """Return the function that answers requests: path with query, headers, body."""

    def handle(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        own = _OWN_PATHS.fullmatch(urlsplit(path).path)
        if own is None and not SDK_PATHS.fullmatch(urlsplit(path).path):
            return said(404, "nothing is stored at this path")
        try:
            return _store(store, path, headers, body, own[1] if own else None)
        except LimitError as error:
            return said(413, str(error))
        except Deleted as error:
            return said(410, str(error))
        except ArchiveError as error:  # such as a damaged record: the message says it
            return said(503, str(error))
        except RedactError as error:  # its message holds no recorded content
            return said(400, str(error))

    return handle


def _store(
    store: Store, path: str, headers: Mapping[str, str], body: bytes, own: str | None
) -> Answer:
    if own is not None:
        if not _SESSION.fullmatch(own):
            return said(400, _NO_SESSION)
        path = f"{path}{'&' if '?' in path else '?'}session={own}"
    for _ in range(TRIES):
        answer = _try_to_store(store, path, headers, body, own)
        if answer is not None:
            return answer
    return said(503, "other workers keep changing this session")


def _try_to_store(
    store: Store, path: str, headers: Mapping[str, str], body: bytes, own: str | None
) -> Answer | None:
    """Return the answer; none if another worker has changed the session since."""
    before: bytes | None = None

    def resume(session: object) -> Redactor:
        nonlocal before
        before = store.state(str(session))
        return _resume(before)

    found = redact(path, headers, body, resume)
    unwanted = _unwanted(found, own)
    if unwanted is not None:
        return unwanted
    session = str(found.session)
    name = _name(found, body)
    if store.has(session, name):
        return said(200, "stored before")
    # Bodies without numbers may come late, when the state is that of another page.
    after = None if found.segment is None else found.redactor.state()
    return said(200, "stored") if store.commit(session, name, found, before, after) else None


def _unwanted(found: Ingested, own: str | None) -> Answer | None:
    """Return the answer to what is not to be stored; none to what is."""
    if own is not None and found.segment is None:
        return said(400, "which segment is this? send its head, or ?segment=, from 0")
    if found.session is None and found.redactor.report.events:
        return said(400, "which session is this of? An envelope says it by event_id, a UUID")
    if found.session is None:
        return said(200, "not stored: it is no recording, and names no session")
    return None if _SESSION.fullmatch(str(found.session)) else said(400, _NO_SESSION)


def _name(found: Ingested, body: bytes) -> str:
    """Return the number of a segment, or what it is known by when an SDK sends it again.

    A number has fewer digits than the other has.
    """
    if found.segment is not None:
        return str(found.segment)
    return hashlib.blake2b(body, key=KEY, digest_size=16).hexdigest()


def _resume(state: bytes | None) -> Redactor:
    """Go on from a state; without one that fits, mask until the next full snapshot."""
    if state is not None:
        try:
            return Redactor.from_state(POLICY, state)
        except StateError:  # damaged, or older than a change of policy or release: count these
            pass
    return Redactor(POLICY)


_address = os.environ.get("REPLAY_REDIS")
store = RedisStore(_address) if _address else MemoryStore()
handle = make_handle(store)
app = make_app(handle)
