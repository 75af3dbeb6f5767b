"""The tunnel of the docs: what comes is redacted and passed on, by each framework's view."""

import asyncio
import importlib.util
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from wire.bodies import POSTHOG, SECRETS, SENTRY
from wire.test_forms import said

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "tunnel.py"
ENVELOPE = "/api/42/envelope/?sentry_key=abc&user=Jane"


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
            self.send_response(429 if b"slow" in self.path.encode() else 200)
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
def tunnel(upstream):
    spec = importlib.util.spec_from_file_location("tunnel", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.UPSTREAM = upstream[0]
    return module


def asgi(tunnel, path, body):
    async def call():
        sent, (address, _, query) = [], path.partition("?")
        scope = {"type": "http", "method": "POST", "path": address, "query_string": query.encode(), "headers": [
            (b"content-type", b"text/plain")], "scheme": "http", "server": ("x", 80), "root_path": ""}  # fmt: skip

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            sent.append(message)

        await tunnel.make_app()(scope, receive, send)
        return sent[0]["status"], sent[1]["body"]

    return asyncio.run(call())


def flask(tunnel, path, body):
    response = tunnel.make_flask().test_client().post(path, data=body, content_type="text/plain")
    return response.status_code, response.get_data()


def django(tunnel, path, body):
    from django.conf import settings  # noqa: PLC0415 - configured before all else loads

    if not settings.configured:
        settings.configure(DEFAULT_CHARSET="utf-8", ALLOWED_HOSTS=["*"])
    from django.test import RequestFactory  # noqa: PLC0415

    response = tunnel.django_view(
        RequestFactory().post(path, body, content_type="text/plain"), path
    )
    return response.status_code, response.content


@pytest.mark.parametrize("view", [asgi, flask, django])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        (ENVELOPE, SENTRY["envelope of several items"]),
        ("/s/?compression=gzip-js", POSTHOG["capture, gzip"]),
        ("/e/", POSTHOG["form"]),
    ],
)
def test_only_redacted_bodies_go_on(view, path, body, tunnel, upstream):
    assert view(tunnel, path, body) == (200, b"{}")
    [(sent_path, headers, sent)] = upstream[1]
    assert [secret for secret in SECRETS if secret.lower() in said(sent)] == []
    assert sent_path.startswith(path.partition("?")[0])
    assert "Jane" not in sent_path
    assert headers["content-type"] == "text/plain"


@pytest.mark.parametrize("view", [asgi, flask, django])
def test_what_cannot_be_read_does_not_go_on(view, tunnel, upstream):
    status, reason = view(tunnel, ENVELOPE, b'[{"name": "Jane"}]')
    assert status == 400
    assert b"no events" in reason
    assert view(tunnel, "/other/", b"[]")[0] == 404
    tunnel.MAX_BODY = 3
    assert view(tunnel, ENVELOPE, b"[   ]")[0] == 413
    assert upstream[1] == []


def test_limits_of_rate_are_passed_back_and_a_dead_upstream_is_named(tunnel):
    answer = tunnel.handle("/s/?_=slow", {}, POSTHOG["capture"])
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
    tunnel.UPSTREAM = "http://127.0.0.1:1"
    assert tunnel.handle("/s/", {}, POSTHOG["capture"]).status == 502


def test_a_session_goes_on_where_it_was(tunnel, monkeypatch):
    tunnel.handle("/s/", {}, POSTHOG["capture"])
    [(session, state)] = tunnel._states.items()
    tunnel.handle("/s/", {}, POSTHOG["captures in lines"])
    assert tunnel._states[session] != b""
    monkeypatch.setattr(tunnel, "MOST_SESSIONS", 0)
    tunnel.handle("/s/", {}, json.dumps([json.loads(POSTHOG["capture"])]).encode())
    assert state
    assert tunnel._states == {}
