"""The endpoints of the docs, by each framework's view: what comes is redacted, and stored or passed on."""

import asyncio
import importlib
import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from wire.bodies import CHANGE, EVENTS, POSTHOG, REPLAY, SECRETS, SENTRY, SESSION, captured
from wire.test_forms import said

from replay_redact import redact_bytes
from replay_redact._wire import compression

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PLAIN = {"content-type": "text/plain"}
ENVELOPE = "/api/42/envelope/?sentry_key=abc&user=Jane"


class Sent(NamedTuple):
    path: str
    body: bytes
    method: str = "POST"
    headers: dict[str, str] = PLAIN


@pytest.fixture
def upstream():
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(
                (
                    self.path,
                    dict(self.headers),
                    self.rfile.read(int(self.headers["Content-Length"])),
                )
            )
            self.send_response(429 if "retry_count=429" in self.path else 200)
            self.send_header("Retry-After", "7")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()


@pytest.fixture
def tunnel(upstream, monkeypatch):
    monkeypatch.syspath_prepend(EXAMPLES)
    module = importlib.import_module("tunnel")
    monkeypatch.setattr(module, "UPSTREAM", upstream[0])
    module._states.clear()
    return module


@pytest.fixture
def stored(monkeypatch):
    """Return the storing endpoint, with a store of its own."""
    monkeypatch.syspath_prepend(EXAMPLES)
    module = importlib.import_module("ingest")
    store = module.MemoryStore()
    return module.make_handle(store), store


def asgi(handle, request):
    return sent_to(importlib.import_module("views").make_app(handle), request)


def fastapi(handle, request):
    api = importlib.import_module("fastapi").FastAPI()
    api.mount("/", importlib.import_module("views").make_app(handle))
    return sent_to(api, request)


def sent_to(app, request):
    async def call():
        sent, (path, body, method, headers) = [], request
        address, _, query = path.partition("?")
        size = len(body) // 3 + 1  # it comes in pieces
        parts = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
        named = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": address, "query_string": query.encode(),
                 "headers": named, "scheme": "http", "server": ("x", 80), "root_path": ""}  # fmt: skip

        async def receive():
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message):
            sent.append(message)

        await app(scope, receive, send)
        given = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], b"".join(part["body"] for part in sent[1:]), given

    return asyncio.run(call())


def flask(handle, request):
    client = importlib.import_module("views").make_flask(handle).test_client()
    path, body, method, headers = request
    response = client.open(path, method=method, data=body, headers=headers)
    return response.status_code, response.get_data(), dict_of(response.headers)


def django(handle, request):
    from django.conf import settings  # noqa: PLC0415 - configured before all else loads

    if not settings.configured:
        settings.configure(DEFAULT_CHARSET="utf-8", ALLOWED_HOSTS=["*"])
    from django.test import RequestFactory  # noqa: PLC0415

    path, body, method, headers = request
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    kind = headers.get("content-type", "")
    own = RequestFactory().generic(method, path, body, content_type=kind, **named)
    response = importlib.import_module("views").make_django(handle)(own, path)
    return response.status_code, response.content, dict_of(response.headers)


def dict_of(headers):
    return {name.lower(): value for name, value in headers.items()}


VIEWS = pytest.mark.parametrize("view", [asgi, fastapi, flask, django])


@VIEWS
@pytest.mark.parametrize(
    ("path", "body"),
    [
        (ENVELOPE, SENTRY["envelope of several items"]),
        ("/s/?compression=gzip-js&ver=Jane", POSTHOG["capture, gzip"]),
        ("/e/", POSTHOG["form"]),
    ],
)
def test_only_redacted_bodies_go_on(view, path, body, tunnel, upstream):
    status, answer, headers = view(tunnel.handle, Sent(path, body))
    assert (status, answer) == (200, b"{}")
    assert headers["access-control-allow-origin"] == "*"
    [(sent_path, headers, sent)] = upstream[1]
    assert [secret for secret in SECRETS if secret.lower() in said(sent)] == []
    assert sent_path.startswith(path.partition("?")[0])
    assert "Jane" not in sent_path
    assert headers["content-type"] == "text/plain"


@VIEWS
@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        (ENVELOPE, SENTRY["envelope of several items"], (REPLAY, "7")),
        ("/s/?compression=gzip-js", POSTHOG["capture, gzip"], (SESSION, None)),
        ("/e/", POSTHOG["form"], (SESSION, None)),
        ("/replays/visit?segment=3", b"[]", ("visit", "3")),
    ],
)
def test_only_redacted_bodies_are_stored_and_once(view, path, body, expected, stored):
    (handle, store), (session, name) = stored, expected
    said_by = [json.loads(view(handle, Sent(path, body))[1])["reason"] for _ in range(2)]
    assert said_by == ["stored", "stored before"]
    [((found, number), output)] = store.segments.items()
    assert found == session
    assert number == name or (name is None and len(number) == 32)
    assert set(store.states) == ({session} if name else set())
    assert [secret for secret in SECRETS if secret.lower() in said(output)] == []
    assert output == redact_bytes(body)


@VIEWS
def test_browsers_may_send_from_another_site(view, tunnel, stored, monkeypatch):
    """A browser asks first where a body is JSON; other methods are told what to send."""
    asked = {"origin": "https://shop.example", "access-control-request-method": "POST",
             "access-control-request-headers": "content-type"}  # fmt: skip
    for handle in (tunnel.handle, stored[0]):
        status, body, headers = view(handle, Sent("/s/", b"", "OPTIONS", asked))
        assert (status, body) == (204, b"")
        assert headers["access-control-allow-origin"] == "https://shop.example"
        assert headers["access-control-allow-credentials"] == "true"
        assert "POST" in headers["access-control-allow-methods"]
        assert "content-type" in headers["access-control-allow-headers"]
        assert "retry-after" in headers["access-control-expose-headers"]
        status, _, headers = view(handle, Sent("/s/", b"", "GET"))
        assert status == 405
        assert "POST" in headers["allow"]
    monkeypatch.setattr(importlib.import_module("views"), "ORIGIN", "https://own.example")
    headers = view(stored[0], Sent("/s/", b"", "OPTIONS", asked))[2]
    assert headers["access-control-allow-origin"] == "https://own.example"
    monkeypatch.setattr(importlib.import_module("views"), "ORIGIN", "*")
    for body in (b"[", POSTHOG["capture"]):
        assert view(stored[0], Sent("/s/", body))[2]["access-control-allow-origin"] == "*"


@VIEWS
def test_what_cannot_be_read_is_refused_with_a_reason(view, tunnel, stored, upstream, monkeypatch):
    for handle in (tunnel.handle, stored[0]):
        status, reason, _ = view(handle, Sent(ENVELOPE, b'[{"name": "Jane"}]'))
        assert status == 400
        assert b"no events" in reason
        assert view(handle, Sent("/other/", b"[]"))[0] == 404
        assert b"/api/PROJECT/envelope/" in view(tunnel.handle, Sent("/tunnel", b""))[1]
        brotli = {"content-type": "text/plain", "content-encoding": "br"}
        status, reason, _ = view(handle, Sent("/s/", b"Jane", headers=brotli))
        assert (status, b"Brotli" in reason) == (400, True)
        with monkeypatch.context() as patch:
            patch.setattr(importlib.import_module("views"), "MAX_BODY", 3)
            assert view(handle, Sent(ENVELOPE, b"[   ]"))[0] == 413
        with monkeypatch.context() as patch:
            patch.setattr(compression, "MAX_BYTES", 100)
            assert view(handle, Sent(ENVELOPE, SENTRY["envelope of a replay"]))[0] == 413
    assert upstream[1] == []
    assert stored[1].segments == {}


def test_limits_of_rate_are_passed_back_and_a_dead_upstream_is_named(tunnel):
    answer = tunnel.handle("/s/?retry_count=429", {}, POSTHOG["capture"])
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
    tunnel.UPSTREAM = "http://127.0.0.1:1"
    assert tunnel.handle("/s/", {}, POSTHOG["capture"]).status == 502


def test_an_upstream_that_breaks_off_once_is_asked_again(tunnel):
    with socket.create_server(("127.0.0.1", 0)) as broken:
        tunnel.UPSTREAM = f"http://127.0.0.1:{broken.getsockname()[1]}"
        seen = []

        def serve():
            for answer in (b"", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"):
                connection, _ = broken.accept()
                seen.append(connection.recv(1 << 20))
                connection.sendall(answer)
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        assert tunnel.handle("/s/", {}, b"[]").status == 200
        thread.join()
    assert len(seen) == 2


def test_a_session_goes_on_where_it_was_if_its_segments_have_numbers(tunnel, monkeypatch):
    tunnel.handle("/s/", {}, POSTHOG["capture"])
    assert tunnel._states == {}
    tunnel.handle(ENVELOPE, {}, SENTRY["envelope of a replay"])
    assert list(tunnel._states) == [REPLAY]
    monkeypatch.setattr(tunnel, "MOST_SESSIONS", 0)
    tunnel.handle(ENVELOPE, {}, SENTRY["envelope of a replay"])
    assert tunnel._states == {}


def test_a_body_of_posthog_that_comes_late_is_not_judged_by_another_page(tunnel, upstream):
    """Node 3 was private when it was changed, and is shown on the page that came first."""
    shown = {"type": 2, "id": 2, "tagName": "p", "attributes": {"class": "sentry-unmask"},
             "childNodes": [{"type": 3, "id": 3, "textContent": "Open"}]}  # fmt: skip
    page = {"type": 0, "id": 1, "childNodes": [shown]}
    first = {
        "type": 2,
        "timestamp": 9,
        "data": {"node": page, "initialOffset": {"top": 0, "left": 0}},
    }
    for events in ([first], [CHANGE]):
        assert tunnel.handle("/s/", {}, json.dumps([captured(events)]).encode()).status == 200
    assert "open" in said(upstream[1][0][2])
    assert "jane" not in said(upstream[1][1][2])


ODD = {
    "not stored": ("/s/", b"[]", 200),
    "an error": (ENVELOPE, SENTRY["envelope of an error"], 200),
    "no session": ("/s/", json.dumps(EVENTS).encode(), 400),
    "a session that is no name": ("/replays/a%20b?segment=0", b"[]", 400),
    "a session in the body that is no name": ("/s/", json.dumps({**captured(EVENTS), "properties": {
        **captured(EVENTS)["properties"], "$session_id": "Jane Roe"}}).encode(), 400),
    "no number": ("/replays/a", b"[]", 400),
    "another session": ("/replays/a?segment=7", SENTRY["envelope of a replay"], 400),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_stored_is_answered_with_a_reason(name, stored):
    handle, store = stored
    path, body, status = ODD[name]
    answer = handle(path, {}, body)
    assert answer.status == status
    assert "Jane" not in json.loads(answer.body)["reason"]
    assert store.segments == {}


def test_a_session_that_others_keep_changing_is_to_be_sent_again(stored, monkeypatch):
    handle, store = stored
    monkeypatch.setattr(store, "commit", lambda *_: False)
    assert handle("/s/", {}, POSTHOG["capture"]).status == 503
