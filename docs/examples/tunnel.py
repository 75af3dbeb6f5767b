"""A tunnel: takes what an SDK sends, redacts it, and passes it on to Sentry or PostHog.

Nothing private leaves the company's own network: the SDK is told to send here
(``Sentry.init({tunnel: "/t"})`` or PostHog's ``api_host``), and only redacted bodies go on::

    export REPLAY_UPSTREAM=https://o1.ingest.sentry.io   # or https://eu.i.posthog.com
    uvicorn --app-dir docs/examples tunnel:app

`handle` is all there is to it; below are views over it for Starlette, FastAPI, Flask and Django.
Answers: those of the upstream, with its limits of rate, so that the SDK tries again as it would;
400 with a reason if the body cannot be read, 413 if it is too large, 404 for another path; 502 if
the upstream is not to be reached. After a 400 the SDK does not send the body again.

States are in this process: run one worker, or keep them in Redis as in ingest.py.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from replay_redact import LimitError, Policy, RedactError, Redactor, StateError
from replay_redact.ingest import ingest

POLICY = Policy()
UPSTREAM = os.environ.get("REPLAY_UPSTREAM", "http://localhost:9000")
ORIGIN = os.environ.get("REPLAY_ORIGIN", "*")  # the site that may send: name yours
MAX_BODY = 20 * 1024 * 1024  # bytes of one request
MOST_SESSIONS = 10_000  # whose state is known; one that is forgotten is masked until a snapshot
SECONDS = 10  # to wait for the upstream

_PATHS = re.compile(r"/api/\d{1,20}/envelope/|/(?:s|e|batch|i/v0/e)/")
_PARAMETERS = {"sentry_version", "sentry_key", "sentry_client", "compression", "ver", "_"}
_SENT = ("content-type", "content-encoding", "user-agent")
_ANSWERED = ("content-type", "retry-after", "x-sentry-rate-limits")

_states: dict[Any, bytes] = {}  # by session, the least recently used first
_lock = threading.Lock()


class Answer(NamedTuple):
    """What the SDK is answered."""

    status: int
    body: bytes
    headers: dict[str, str]


def handle(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Redact one request and pass it on; ``path`` has the query, ``headers`` any case."""
    address = urlsplit(path)
    if not _PATHS.fullmatch(address.path):
        return _answer(404, "no SDK sends to this path")
    if len(body) > MAX_BODY:
        return _answer(413, f"a request has at most {MAX_BODY} bytes")
    with _lock:  # one segment of a session after the other
        try:
            found = ingest(path, headers, body, _resume)
        except LimitError as error:
            return _answer(413, str(error))
        except RedactError as error:  # its message holds nothing of what was recorded
            return _answer(400, str(error))
        if found.session is not None:
            _states.pop(found.session, None)
            _states[found.session] = found.redactor.state()
            if len(_states) > MOST_SESSIONS:
                del _states[next(iter(_states))]
    query = urlencode([(k, v) for k, v in parse_qsl(address.query) if k in _PARAMETERS])
    return _forward(f"{address.path}?{query}", headers, found.body)


def _resume(session: Any) -> Redactor:
    """Go on from the state of a session; without one, mask until the next full snapshot."""
    try:
        return Redactor.from_state(POLICY, _states[session])
    except (KeyError, StateError):
        return Redactor(POLICY)


def _forward(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    upstream = urlsplit(UPSTREAM)
    make = HTTPSConnection if upstream.scheme == "https" else HTTPConnection
    connection = make(upstream.netloc, timeout=SECONDS)
    sent = {name.lower(): value for name, value in headers.items() if name.lower() in _SENT}
    try:
        connection.request("POST", path, body, sent)
        response = connection.getresponse()
        text = response.read()
    except (OSError, HTTPException):
        return _answer(502, "the upstream cannot be reached")
    finally:
        connection.close()
    known = {name: response.headers[name] for name in _ANSWERED if name in response.headers}
    return Answer(response.status, text, known | _cors())


def _answer(status: int, reason: str) -> Answer:
    return Answer(status, reason.encode(), {"content-type": "text/plain"} | _cors())


def _cors() -> dict[str, str]:
    return {
        "access-control-allow-origin": ORIGIN,
        "access-control-allow-methods": "POST, OPTIONS",
        "access-control-allow-headers": "content-type, content-encoding, x-sentry-auth",
        "access-control-expose-headers": "retry-after, x-sentry-rate-limits",
    }


# --- Starlette, and FastAPI: app.mount("/", tunnel.app) -----------------------------------


def make_app() -> Any:
    """Return the tunnel as an ASGI application."""
    from starlette.applications import Starlette  # noqa: PLC0415 - of three frameworks one is there
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    async def view(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_cors())
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:  # refuse it before all of it is here
                break
        path = f"{request.url.path}?{request.url.query}"
        answer = await run_in_threadpool(handle, path, request.headers, bytes(body))
        return Response(answer.body, answer.status, answer.headers)

    return Starlette(routes=[Route("/{path:path}", view, methods=["POST", "OPTIONS"])])


# --- Flask: app = tunnel.make_flask() -----------------------------------------------------


def make_flask() -> Any:
    """Return the tunnel as a Flask application."""
    from flask import Flask, Response, request  # noqa: PLC0415

    app = Flask(__name__)

    @app.route("/<path:path>", methods=["POST", "OPTIONS"])
    def view(path: str) -> Response:  # noqa: ARG001 - the request has it with its query
        if request.method == "OPTIONS":
            return Response(status=204, headers=_cors())
        answer = handle(request.full_path, request.headers, request.get_data(cache=False))
        return Response(answer.body, answer.status, answer.headers)

    return app


# --- Django: path("<path:path>", tunnel.django_view) --------------------------------------


def django_view(request: Any, path: str) -> Any:  # noqa: ARG001 - the request has it with its query
    """Answer one request of Django's."""
    from django.http import HttpResponse  # noqa: PLC0415

    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_cors())
    answer = handle(request.get_full_path(), request.headers, request.body)
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


django_view.csrf_exempt = True  # SDKs have no token

try:
    app = make_app()
except ImportError:
    app = None
