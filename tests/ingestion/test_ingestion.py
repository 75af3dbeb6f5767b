"""The example of docs/ingestion.md, run: real workers, a real Redis, sessions interleaved."""

import http.client
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers import Page, add, change, custom, remove, say, typed

from replay_redact import Policy, Redactor, redact_bytes

starlette = pytest.importorskip("starlette", reason="starlette is not installed: extra ingestion")
pytest.importorskip("uvicorn", reason="uvicorn is not installed: extra ingestion")
redis = pytest.importorskip("redis", reason="redis is not installed: extra ingestion")

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CANARY = "Jane"


def to_bytes(events):
    return json.dumps(events).encode()


def session(number):
    """Return segments of a session: unmasked text, private text, a page that changes."""
    page = Page()
    shown, hidden = page.text(f"open {number}"), page.text(CANARY)
    region = page.element("p", {"class": "sentry-unmask"}, shown)
    field = page.element("input", {"value": CANARY})
    secret = page.element("p", {"title": CANARY}, hidden)
    late = page.element("b", {}, page.text(CANARY))
    return [
        [page.snapshot(region, secret, field)],
        [say(shown, f"open {number} one"), say(hidden, CANARY)],
        [add(secret, late), typed(field, CANARY), custom("x", CANARY)],
        [say(shown, f"open {number} two"), say(hidden, f"{CANARY} again")],
        [remove(secret, late), change(secret, title=CANARY, class_="a")],
        [change(region, **{"class": ""}), say(shown, CANARY)],
        [page.snapshot(secret), say(hidden, CANARY)],
    ]


def as_sentry(number, events):
    return b'{"segment_id":%d}\n' % number + zlib.compress(to_bytes(events))


def events_of(output):
    """Return the events of a stored segment, in either form."""
    head, newline, rest = output.partition(b"\n")
    return json.loads(zlib.decompress(rest) if newline and b"segment_id" in head else output)


class Server:
    """Worker processes that share one local port. Any of them may answer."""

    def __init__(self, workers, address=None):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = address
        self.workers = [self.start() for _ in range(workers)]

    def start(self):
        environment = {name: value for name, value in os.environ.items() if name != "REPLAY_REDIS"}
        if self.address:
            environment["REPLAY_REDIS"] = self.address
        command = [sys.executable, "-m", "uvicorn", "--app-dir", str(EXAMPLES), "--fd"]
        command += [str(self.socket.fileno()), "--log-level", "warning", "ingest:app"]
        return subprocess.Popen(command, pass_fds=[self.socket.fileno()], env=environment)  # noqa: S603

    def kill(self, worker):
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def close(self):
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        self.socket.close()

    def post(self, path, body, tries=40):
        """Send a request as a recorder does, and repeat it if the connection breaks."""
        for _ in range(tries):
            connection = http.client.HTTPConnection(*self.socket.getsockname(), timeout=30)
            try:
                connection.request("POST", path, body)
                answer = connection.getresponse()
                return answer.status, json.loads(answer.read())["reason"]
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            finally:
                connection.close()
        raise AssertionError("no worker answers")


@pytest.fixture(scope="module")
def database():
    """Start our own Redis; yield its address."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    with tempfile.TemporaryDirectory(prefix="rr") as folder:
        path = f"{folder}/redis.sock"
        command = [program, "--port", "0", "--unixsocket", path, "--save", "", "--dir", folder]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
            client = redis.Redis(unix_socket_path=path)
            for _ in range(100):
                try:
                    client.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.05)
            yield f"unix://{path}"
            client.close()
            process.terminate()


@pytest.fixture
def client(database):
    with redis.Redis.from_url(database) as connection:
        connection.flushall()
        yield connection


@pytest.fixture
def server(database, client):
    assert client.dbsize() == 0
    running = Server(2, database)
    yield running
    running.close()


@pytest.fixture
def alone():
    running = Server(1)
    yield running
    running.close()


def everything(client):
    """Return all values in the database, inflated if they are compressed."""
    held = []
    for key in client.keys("*"):
        values = client.hvals(key) if client.type(key) == b"hash" else [client.get(key)]
        for value in values:
            held += [key, value]
            for start in (0, value.find(b"\n") + 1, 28):
                try:
                    held.append(zlib.decompress(value[start:]))
                except zlib.error:
                    continue
    return b"\n".join(held)


def stored(client, name):
    segments = client.hgetall(f"replay:{name}:segments")
    return {int(number): output for number, output in segments.items()}


def test_interleaved_sessions_survive_a_killed_worker(server, client):
    sessions = {f"s{n}": session(n) for n in range(8)}
    half, killed = threading.Event(), threading.Event()

    def record(name):
        for number, events in enumerate(sessions[name]):
            if number == 3:
                half.set()
            if number == 5:
                killed.wait(60)
            if int(name[1:]) % 2:
                answer = server.post(f"/replays/{name}", as_sentry(number, events))
            else:
                answer = server.post(f"/replays/{name}?segment={number}", to_bytes(events))
            assert answer in {(200, "stored"), (200, "stored before")}

    with ThreadPoolExecutor(len(sessions)) as pool:
        recorders = [pool.submit(record, name) for name in sessions]
        half.wait(60)
        server.kill(server.workers[0])
        server.workers.append(server.start())
        killed.set()
        for recorder in recorders:
            recorder.result()
    for name, segments in sessions.items():
        whole = json.loads(redact_bytes(to_bytes([event for part in segments for event in part])))
        output = stored(client, name)
        assert sorted(output) == list(range(len(segments)))
        pieces = [events_of(output[number]) for number in sorted(output)]
        assert list(itertools.chain.from_iterable(pieces)) == whole
        assert f"open {name[1:]} two" in str(pieces)
    assert CANARY.encode() not in everything(client)


def test_the_search_of_the_database_would_find_a_canary(client):
    client.hset("a", "1", as_sentry(0, [CANARY]))
    assert CANARY.encode() in everything(client)


def test_sessions_go_on_after_all_workers_are_gone(server, client):
    segments = session(1)
    for number, events in enumerate(segments):
        for worker in list(server.workers):
            server.kill(worker)
        server.workers = [server.start()] if number < 3 else server.workers
        if number == 3:
            server.workers = [server.start()]
        if number > 3:
            server.workers = [server.start()]
        assert server.post(f"/replays/x?segment={number}", to_bytes(events))[0] == 200
    whole = json.loads(redact_bytes(to_bytes([event for part in segments for event in part])))
    assert [
        event for n in range(len(segments)) for event in events_of(stored(client, "x")[n])
    ] == whole


def test_what_comes_twice_is_stored_once(server, client):
    segments = session(1)
    for number in (0, 1, 1, 0, 2, 1):
        assert server.post(f"/replays/x?segment={number}", to_bytes(segments[number]))[0] == 200
    redactor = Redactor()
    expected = {n: redactor.process_bytes(to_bytes(segments[n])) for n in range(3)}
    assert stored(client, "x") == expected


def test_what_comes_at_once_is_stored_once(server, client):
    """Two workers that have the same session at the same time do not overwrite each other."""
    segments = session(1)
    server.post("/replays/x?segment=0", to_bytes(segments[0]))
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(server.post, f"/replays/x?segment={n}", to_bytes(segments[n])) for n in (1, 2, 3, 4) * 4]  # fmt: skip
        answers = {future.result()[0] for future in sent}
    assert answers <= {200, 503}
    assert CANARY.encode() not in everything(client)


def test_a_gap_masks_until_the_next_full_snapshot(server, client):
    segments = session(1)
    for number in (0, 3, 6):
        server.post(f"/replays/x?segment={number}", to_bytes(segments[number]))
    output = stored(client, "x")
    assert b"open 1 two" not in output[3]
    assert b"open" in output[0]
    assert events_of(output[6])[0]["type"] == 2
    assert CANARY.encode() not in everything(client)


def test_a_state_that_does_not_fit_is_left_behind(server, client):
    segments = session(1)
    server.post("/replays/x?segment=0", to_bytes(segments[0]))
    other = Redactor(Policy.permissive())
    other.process_bytes(to_bytes(segments[0]), segment=0)
    client.set("replay:x:state", other.state())
    assert server.post("/replays/x?segment=1", to_bytes(segments[1])) == (200, "stored")
    assert b"open 1 one" not in stored(client, "x")[1]


BAD = {
    "no number": ("/replays/x", b"[]"),
    "a negative number": ("/replays/x?segment=-1", b"[]"),
    "a number that is none": ("/replays/x?segment=one", b"[]"),
    "a session that is none": ("/replays/a.b?segment=0", b"[]"),
    "nothing": ("/replays/x?segment=0", b""),
    "no JSON": ("/replays/x?segment=0", CANARY.encode()),
    "half a segment": ("/replays/x?segment=0", to_bytes(session(1)[0])[:-9]),
    "half of a deflated one": ("/replays/x", as_sentry(0, session(1)[0])[:-9]),
    "no events": ("/replays/x?segment=0", json.dumps({"name": CANARY}).encode()),
}


@pytest.mark.parametrize("path", ["server", "alone"])
def test_bad_input_is_refused_with_a_reason_and_not_stored(path, request):
    running = request.getfixturevalue(path)
    for name, (where, body) in BAD.items():
        status, reason = running.post(where, body)
        assert (name, status) == (name, 400)
        assert reason
        assert CANARY not in reason
    if path == "server":
        assert request.getfixturevalue("client").dbsize() == 0
    assert running.post("/replays/x?segment=0", to_bytes(session(1)[0])) == (200, "stored")


def test_too_much_is_refused(alone):
    assert alone.post("/replays/x?segment=0", b" " * (21 * 1024 * 1024), tries=3)[0] == 413


def test_without_redis_one_worker_remembers(alone):
    segments = session(1)
    answers = [alone.post(f"/replays/x?segment={n}", to_bytes(segments[n]))[1] for n in (0, 1, 0)]
    assert answers == ["stored", "stored", "stored before"]
