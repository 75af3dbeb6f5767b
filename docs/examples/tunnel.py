"""A tunnel: takes what an SDK sends, redacts it, and passes it on to Sentry or PostHog.

Nothing private leaves the company's own network: the SDK is told to send here
(``Sentry.init({tunnel: "/api/42/envelope/"})`` with the number of your project, or PostHog's
``api_host``), and only redacted bodies go on::

    export REPLAY_UPSTREAM=https://o1.ingest.sentry.io   # or https://eu.i.posthog.com
    uvicorn --app-dir docs/examples tunnel:app

`handle` is all there is to it; `views` makes views of it for Starlette, FastAPI, Flask and Django.

Answers: those of the upstream, with its limits of rate, so that the SDK tries again as it would;
400 with a reason if the body cannot be read, 413 if it is too large, 404 for another path; 502 if
the upstream cannot be reached. docs/ingestion.md says what the SDKs do then.

States are in this process: run one worker, or keep them in Redis as in ingest.py.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from views import NO_PATH, SDK_PATHS, Answer, make_app, said

from replay_redact import LimitError, Policy, RedactError, Redactor, StateError
from replay_redact.ingest import ingest

POLICY = Policy()  # masks messages of errors, too; with metadata="scrub", only secrets in them
UPSTREAM = os.environ.get("REPLAY_UPSTREAM", "http://localhost:9000")
MOST_SESSIONS = 10_000  # whose state is known; one that is forgotten is masked until a snapshot
SECONDS = 10  # to wait for the upstream
TRIES = 2  # before the upstream cannot be reached: Sentry's SDK stops a replay after one 502

_PARAMETERS = {
    "_": r"[0-9]{1,16}",
    "beacon": "1",
    "compression": "gzip-js|gzip|base64",
    "ip": "[01]",
    "retry_count": "[0-9]{1,3}",
    "sentry_client": r"[a-z.]{1,64}/[0-9a-z.-]{1,32}",
    "sentry_key": "[0-9a-f]{1,64}",
    "sentry_version": "[0-9]",
    "ver": "[0-9]{1,4}(?:[.][0-9]{1,4}){0,3}",
}
_SENT = ("content-type", "content-encoding", "user-agent")
_ANSWERED = ("content-type", "retry-after", "x-sentry-rate-limits")

_states: dict[Any, bytes] = {}  # by session, the least recently used first
_lock = threading.Lock()


def handle(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Redact one request and pass it on; ``path`` has the query, ``headers`` any case."""
    address = urlsplit(path)
    if not SDK_PATHS.fullmatch(address.path):
        return said(404, NO_PATH)
    with _lock:  # one segment of a session after the other
        try:
            found = ingest(path, headers, body, _resume)
        except LimitError as error:
            return said(413, str(error))
        except RedactError as error:  # its message holds nothing of what was recorded
            return said(400, str(error))
        if found.session is not None and found.segment is not None:
            _remember(found.session, found.redactor.state())
    given = parse_qsl(address.query)
    query = [(k, v) for k, v in given if re.fullmatch(_PARAMETERS.get(k, "(?!)"), v)]
    asked = f"{address.path}?{urlencode(query)}" if query else address.path
    return _forward(asked, headers, found.body)


def _remember(session: Any, state: bytes) -> None:
    """Keep the state of a session whose segments have numbers.

    PostHog's have none, and come late after a failure: a state would judge them by another page.
    """
    _states.pop(session, None)
    _states[session] = state
    if len(_states) > MOST_SESSIONS:
        del _states[next(iter(_states))]


def _resume(session: Any) -> Redactor:
    """Go on from the state of a session; without one, mask until the next full snapshot."""
    try:
        return Redactor.from_state(POLICY, _states[session])
    except (KeyError, StateError):
        return Redactor(POLICY)


def _forward(path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    upstream = urlsplit(UPSTREAM)
    sent = {name.lower(): value for name, value in headers.items() if name.lower() in _SENT}
    for _ in range(TRIES):
        make = HTTPSConnection if upstream.scheme == "https" else HTTPConnection
        connection = make(upstream.netloc, timeout=SECONDS)
        try:
            connection.request("POST", path, body, sent)
            response = connection.getresponse()
            text = response.read()
        except (OSError, HTTPException):
            continue
        finally:
            connection.close()
        known = {name: response.headers[name] for name in _ANSWERED if name in response.headers}
        return Answer(response.status, text, known)
    return said(502, "the upstream cannot be reached")


try:
    app = make_app(handle)
except ImportError:  # with Flask: app = views.make_flask(tunnel.handle)
    app = None
