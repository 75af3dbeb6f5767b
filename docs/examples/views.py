"""Views over one function, for Starlette, FastAPI, Flask and Django: CORS and the limit of size.

`ingest` and `tunnel` each have such a function: it takes path, headers and body of a request, and
returns an `Answer`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

ORIGIN = os.environ.get("REPLAY_ORIGIN", "*")  # the site that may send: name yours
MAX_BODY = 20 * 1024 * 1024  # bytes of one request
SDK_PATHS = re.compile(r"/api/[0-9]{1,20}/envelope/|/(?:s|e|batch|i/v0/e)/")
"""Where SDKs of Sentry and PostHog send to."""
NO_PATH = "no SDK sends to this path: the tunnel of Sentry's SDK is /api/PROJECT/envelope/"


class Answer(NamedTuple):
    """What the SDK is answered."""

    status: int
    body: bytes
    headers: dict[str, str]


Handle = Callable[[str, Mapping[str, str], bytes], Answer]


def said(status: int, reason: str) -> Answer:
    """Return an answer with a reason, as JSON: SDKs of PostHog read answers as such."""
    body = json.dumps({"reason": reason}).encode()
    return Answer(status, body, {"content-type": "application/json"})


def answer(
    handle: Handle, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> Answer:
    """Answer one request, or the question of a browser whether it may send one."""
    if method == "OPTIONS":
        found = Answer(204, b"", {})
    elif method != "POST":
        found = said(405, "send a POST")._replace(headers={"allow": "POST, OPTIONS"})
    elif len(body) > MAX_BODY:
        found = said(413, f"a request has at most {MAX_BODY} bytes")
    else:
        found = handle(path, headers, body)
    origin = next((value for name, value in headers.items() if name.lower() == "origin"), "*")
    return found._replace(headers=found.headers | _cors(origin if ORIGIN == "*" else ORIGIN))


def _cors(origin: str) -> dict[str, str]:
    """Return what browsers ask for: older SDKs of PostHog send cookies, which nobody reads."""
    return {
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "vary": "origin",
        "access-control-allow-methods": "POST, OPTIONS",
        "access-control-allow-headers": "content-type, content-encoding, x-sentry-auth",
        "access-control-expose-headers": "retry-after, x-sentry-rate-limits",
        "access-control-max-age": "86400",
    }


# --- Starlette, and FastAPI: app.mount("/", make_app(handle)) -----------------------------


def make_app(handle: Handle) -> Any:
    """Return an ASGI application."""
    from starlette.applications import Starlette  # noqa: PLC0415 - of three frameworks one is there
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415
    from starlette.requests import ClientDisconnect, Request  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    async def view(request: Request) -> Response:
        body = bytearray()
        try:
            async for part in request.stream():
                body += part
                if len(body) > MAX_BODY:  # refuse it before all of it is here
                    break
        except ClientDisconnect:
            return Response(status_code=400)
        path = f"{request.url.path}?{request.url.query}"
        found = await run_in_threadpool(
            answer, handle, request.method, path, request.headers, bytes(body)
        )
        return Response(found.body, found.status, found.headers)

    methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]
    return Starlette(routes=[Route("/{path:path}", view, methods=methods)])


# --- Flask: app = make_flask(handle) ------------------------------------------------------


def make_flask(handle: Handle) -> Any:
    """Return a Flask application."""
    from flask import Flask, Response, request  # noqa: PLC0415

    app = Flask(__name__)

    @app.route("/<path:path>", methods=["GET", "POST", "OPTIONS"])
    def view(path: str) -> Response:  # noqa: ARG001 - the request has it with its query
        body = request.stream.read(MAX_BODY + 1)
        found = answer(handle, request.method, request.full_path, request.headers, body)
        return Response(found.body, found.status, found.headers)

    return app


# --- Django: path("<path:path>", make_django(handle)) -------------------------------------


def make_django(handle: Handle) -> Any:
    """Return a view of Django's."""
    from django.http import HttpResponse  # noqa: PLC0415

    def view(request: Any, path: str) -> Any:  # noqa: ARG001 - the request has it with its query
        body = request.read(MAX_BODY + 1)
        found = answer(handle, request.method, request.get_full_path(), request.headers, body)
        return HttpResponse(found.body, status=found.status, headers=found.headers)

    view.csrf_exempt = True  # SDKs have no token
    return view
