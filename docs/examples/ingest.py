"""An HTTP endpoint that stores session replays, and only in redacted form.

Workers share states in Redis. Without Redis, run a single worker::

    export REPLAY_REDIS=redis://localhost:6379/0
    uvicorn --app-dir docs/examples --workers 4 ingest:app

A recorder sends its segments in order, each after the answer to the one before::

    POST /replays/{session}             a Sentry segment, whose header has its number
    POST /replays/{session}?segment=3   a batch of rrweb events with its number, from 0

Answers:

* 200: the segment is stored, by this request or an earlier one;
* 400, with a reason: it is not a segment;
* 413: it is too large;
* 503: other workers keep changing the session. Send it again.

Decide who may send, and how much, before a request comes here.
"""

from __future__ import annotations

import os
import re
import threading
from typing import Protocol

import redis
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from replay_redact import Policy, RedactError, Redactor, StateError

POLICY = Policy()
MAX_BODY = 20 * 1024 * 1024  # bytes of one request
KEEP_SECONDS = 24 * 60 * 60  # a session ends when nothing comes for so long
TRIES = 10

_SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_HEAD = re.compile(rb'\s*\{\s*"segment_id"\s*:\s*([0-9]{1,9})\s*\}[ \t\r]*\n')


class Store(Protocol):
    """Redacted segments, and the state of each session after its last segment."""

    def has(self, session: str, number: int) -> bool:
        """Tell whether a segment is stored."""

    def state(self, session: str) -> bytes | None:
        """Return the state of a session, if it has one."""

    def commit(
        self, session: str, number: int, output: bytes, before: bytes | None, after: bytes
    ) -> bool:
        """Store output and state together, unless the state is no longer what it was ``before``."""


class RedisStore:
    """A store that workers share. In production, segments would go to a store of objects."""

    def __init__(self, address: str) -> None:
        self._redis = redis.Redis.from_url(address)

    def has(self, session: str, number: int) -> bool:
        return bool(self._redis.hexists(f"replay:{session}:segments", str(number)))

    def state(self, session: str) -> bytes | None:
        return self._redis.get(f"replay:{session}:state")

    def commit(
        self, session: str, number: int, output: bytes, before: bytes | None, after: bytes
    ) -> bool:
        segments, state = f"replay:{session}:segments", f"replay:{session}:state"
        with self._redis.pipeline() as pipe:
            try:
                pipe.watch(state)
                if pipe.get(state) != before:
                    return False
                pipe.multi()
                pipe.hsetnx(segments, str(number), output)
                pipe.expire(segments, KEEP_SECONDS)
                pipe.set(state, after, ex=KEEP_SECONDS)
                pipe.execute()
            except redis.WatchError:
                return False
        return True


class MemoryStore:
    """A store of one process, to try things out; it forgets nothing until it ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.segments: dict[tuple[str, int], bytes] = {}
        self.states: dict[str, bytes] = {}

    def has(self, session: str, number: int) -> bool:
        return (session, number) in self.segments

    def state(self, session: str) -> bytes | None:
        return self.states.get(session)

    def commit(
        self, session: str, number: int, output: bytes, before: bytes | None, after: bytes
    ) -> bool:
        with self._lock:
            if self.states.get(session) != before:
                return False
            self.segments.setdefault((session, number), output)
            self.states[session] = after
        return True


def ingest(store: Store, session: str, number: int, body: bytes) -> tuple[int, str]:
    """Redact a segment and store it. Return a status and a reason."""
    for _ in range(TRIES):
        if store.has(session, number):
            return 200, "stored before"
        before = store.state(session)
        redactor = _resume(before)
        try:
            output = redactor.process_bytes(body, number=number)
            after = redactor.state()
        except RedactError as error:  # its message holds no recorded content
            return 400, str(error)
        if store.commit(session, number, output, before, after):
            return 200, "stored"
    return 503, "other workers keep changing this session"


def _resume(state: bytes | None) -> Redactor:
    """Go on from a state; without one that fits, mask until the next full snapshot."""
    if state is not None:
        try:
            return Redactor.from_state(POLICY, state)
        except StateError:  # damaged, or older than a change of policy or release: count these
            pass
    return Redactor(POLICY)


async def receive(request: Request) -> JSONResponse:
    """Handle the request with one segment."""
    session = request.path_params["session"]
    if not _SESSION.fullmatch(session):
        return _answer(400, "a session is 1 to 64 letters, digits, - or _")
    body = await _body(request)
    if body is None:
        return _answer(413, f"a segment has at most {MAX_BODY} bytes")
    number = _number(request, body)
    if number is None:
        return _answer(400, "which segment is this? send its head, or ?segment=, from 0")
    status, reason = await run_in_threadpool(ingest, request.app.state.store, session, number, body)
    return _answer(status, reason)


async def _body(request: Request) -> bytes | None:
    """Return what was sent, none if it is too large."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            return None
        parts.append(part)
    return b"".join(parts)


def _number(request: Request, body: bytes) -> int | None:
    head = _HEAD.match(body)
    if head is not None:
        return int(head[1])
    given = request.query_params.get("segment", "")
    return int(given) if _NUMBER.fullmatch(given) else None


def _answer(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"reason": reason}, status)


def make_app(store: Store) -> Starlette:
    """Return the endpoint over a store."""
    app = Starlette(routes=[Route("/replays/{session}", receive, methods=["POST"])])
    app.state.store = store
    return app


_address = os.environ.get("REPLAY_REDIS")
app = make_app(RedisStore(_address) if _address else MemoryStore())
