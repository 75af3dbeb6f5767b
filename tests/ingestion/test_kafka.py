"""The Kafka worker of the docs, with a real client, against the broker that librdkafka brings for tests."""

import importlib
import json
import sys
import time
from pathlib import Path

import pytest

from replay_redact import Policy, Redactor, redact_bytes
from replay_redact.testing import recording_from_html

kafka = pytest.importorskip("confluent_kafka", reason="confluent-kafka is not installed")
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PAGE = "<p class=sentry-unmask>Open</p><p>Jane Roe</p>"
SETTINGS = {
    "session.timeout.ms": 6000,
    "heartbeat.interval.ms": 1000,
    "log_level": 0,
}  # this broker notices who leaves by that
TOPICS = ("replays", "replays-redacted", "replay-states")


@pytest.fixture
def worker_module(monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    yield importlib.import_module("kafka_worker")
    sys.modules.pop("kafka_worker", None)


@pytest.fixture
def brokers():
    cluster = kafka.Producer(
        {"bootstrap.servers": "none", "test.mock.num.brokers": 1, "log_level": 0}
    )
    [broker] = cluster.list_topics(timeout=10).brokers.values()
    address = f"{broker.host}:{broker.port}"
    producer = kafka.Producer({"bootstrap.servers": address, "log_level": 0})
    for topic in TOPICS:  # the broker makes a topic of what is asked for
        producer.list_topics(topic, timeout=10)
    yield address
    producer.flush(1)
    del cluster


def segments():
    """Return a page, and a change of a text that only who knows the page can show."""
    page = recording_from_html(PAGE)
    node = next(
        node["id"]
        for node in nodes(json.loads(page)[1]["data"]["node"])
        if node.get("textContent") == "Open"
    )
    texts = [{"id": node, "value": "Closed"}]
    change = {"source": 0, "removes": [], "adds": [], "attributes": [], "texts": texts}
    return page, json.dumps([{"type": 3, "timestamp": 9, "data": change}]).encode()


def nodes(node):
    yield node
    for child in node.get("childNodes", ()):
        yield from nodes(child)


def send(brokers, *messages):
    producer = kafka.Producer({"bootstrap.servers": brokers, "log_level": 0})
    for session, number, body in messages:
        headers = {} if number is None else {"segment": str(number)}
        producer.produce("replays", body, session, 0, headers=headers)
    assert producer.flush(10) == 0


def received(brokers, count):
    """Return what was written, once ``count`` messages are there."""
    config = {
        "bootstrap.servers": brokers,
        "group.id": "t",
        "isolation.level": "read_committed",
        "log_level": 0,
    }
    consumer = kafka.Consumer(config)
    consumer.assign([kafka.TopicPartition("replays-redacted", 0, 0)])
    got, end = [], time.monotonic() + 20
    while len(got) < count and time.monotonic() < end:
        message = consumer.poll(0.5)
        if message is not None and not message.error():
            got.append((message.key(), dict(message.headers())["segment"], message.value()))
    consumer.close()
    return got


def work(worker, count):
    end = time.monotonic() + 30
    done = 0
    while done < count and time.monotonic() < end:
        done += worker.step(0.5)
    assert done == count


def test_a_worker_that_starts_again_goes_on_with_the_state(brokers, worker_module):
    page, change = segments()
    send(brokers, (b"a", 0, page), (b"b", 0, page))
    first = worker_module.Worker(brokers, "worker-0", settings=SETTINGS)
    work(first, 2)
    first.close()
    send(brokers, (b"a", 1, change), (b"a", None, change), (b"a", 2, b"{"), (b"b", 5, change))
    second = worker_module.Worker(brokers, "worker-0", settings=SETTINGS)
    work(second, 6)  # this broker forgets offsets of transactions: the first two come again
    second.close()
    whole = Redactor(Policy())
    expected = [whole.process_bytes(page, segment=0), whole.process_bytes(change, segment=1)]
    assert b"Closed" in expected[1]
    pages = [(b"a", b"0", expected[0]), (b"b", b"0", expected[0])]
    assert received(brokers, 6) == [
        *pages,
        *pages,
        (b"a", b"1", expected[1]),
        (b"b", b"5", redact_bytes(change)),  # after a gap everything is masked
    ]


def test_a_worker_that_breaks_off_writes_nothing_in_part(brokers, worker_module, monkeypatch):
    page, _ = segments()
    send(brokers, (b"a", 0, page))
    first = worker_module.Worker(brokers, "worker-0", settings=SETTINGS)
    monkeypatch.setattr(Redactor, "state", broken)
    with pytest.raises(MemoryError):
        work(first, 1)
    first.close()
    monkeypatch.undo()
    monkeypatch.syspath_prepend(str(EXAMPLES))
    second = worker_module.Worker(brokers, "worker-0", settings=SETTINGS)
    work(second, 1)
    second.close()
    assert received(brokers, 1) == [(b"a", b"0", redact_bytes(page))]


def broken(_redactor):
    raise MemoryError
