"""A worker that redacts session replays between two topics of Kafka, each segment exactly once.

Run as many as there are partitions::

    export KAFKA=localhost:9092
    python docs/examples/kafka_worker.py

Three topics have the same number of partitions:

* ``replays``: what comes in. Key: the session. Value: a segment. Header ``segment``: its number,
  from 0. Give it a short retention: it is in clear;
* ``replays-redacted``: what goes out, with the same key and header;
* ``replay-states``: the state of each session, compacted (``cleanup.policy=compact``).

Output, state and offset are written in one transaction. If a worker dies in between, nothing of it
counts, and the next one begins with the same segment and the same state. A segment that cannot be
redacted is left out, and said on standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from confluent_kafka import Consumer, KafkaError, Message, Producer, TopicPartition

from replay_redact import Policy, RedactError, Redactor, StateError

POLICY = Policy()
RAW, REDACTED, STATES = "replays", "replays-redacted", "replay-states"
SECONDS = 10  # to wait for the brokers
NONE: Mapping[str, Any] = MappingProxyType({})


class Worker:
    """Redacts the segments of its partitions.

    ``name`` stays the same when the worker starts again. ``settings`` are those of its consumer
    that differ.
    """

    def __init__(
        self, brokers: str, name: str, policy: Policy = POLICY, settings: Mapping[str, Any] = NONE
    ) -> None:
        self._brokers = brokers
        self._policy = policy
        self._states: dict[bytes, bytes] = {}
        self._consumer = Consumer(
            {
                "bootstrap.servers": brokers,
                "group.id": "replay-redact",
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
                **settings,
            }
        )
        self._producer = Producer({"bootstrap.servers": brokers, "transactional.id": name})
        self._producer.init_transactions(SECONDS)
        self._consumer.subscribe([RAW], on_assign=self._restore)

    def step(self, seconds: float = 1.0) -> bool:
        """Redact the next segment, if one comes; tell whether one came."""
        message = self._consumer.poll(seconds)
        if message is None:
            return False
        if message.error():
            raise RuntimeError(message.error())
        self._producer.begin_transaction()
        try:
            self._handle(message)
            place = TopicPartition(RAW, message.partition(), message.offset() + 1)
            group = self._consumer.consumer_group_metadata()
            self._producer.send_offsets_to_transaction([place], group, SECONDS)
            self._producer.commit_transaction(SECONDS)
        except BaseException:
            self._producer.abort_transaction(SECONDS)
            raise
        return True

    def close(self) -> None:
        """Leave the group, so that others take the partitions at once."""
        self._consumer.close()

    def _handle(self, message: Message) -> None:
        session, place = message.key(), message.partition()
        headers = dict(message.headers() or ())
        redactor = self._redactor_of(session)
        try:
            output = redactor.process_bytes(message.value(), segment=int(headers["segment"]))
        except (RedactError, KeyError, ValueError) as error:
            reason = str(error) if isinstance(error, RedactError) else "it has no number"
            sys.stderr.write(f"left out: offset {message.offset()} of {place}: {reason}\n")
            return
        state = redactor.state()
        self._producer.produce(REDACTED, output, session, place, headers=headers)
        self._producer.produce(STATES, state, session, place)
        self._states[session] = state

    def _redactor_of(self, session: bytes) -> Redactor:
        state = self._states.get(session)
        try:
            return Redactor.from_state(self._policy, state) if state else Redactor(self._policy)
        except StateError:  # of another policy or version: masked until the next full snapshot
            return Redactor(self._policy)

    def _restore(self, _consumer: Consumer, places: list[TopicPartition]) -> None:
        """Read the states of partitions that this worker gets."""
        reader = Consumer(
            {
                "bootstrap.servers": self._brokers,
                "group.id": "replay-states-are-read-by-nobody-else",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "isolation.level": "read_committed",
            }
        )
        reader.assign([TopicPartition(STATES, place.partition, 0) for place in places])
        left = {place.partition for place in places}
        while left:
            message = reader.poll(SECONDS)
            if message is None:
                raise RuntimeError("the states cannot be read")
            if message.error() and message.error().code() != KafkaError._PARTITION_EOF:
                raise RuntimeError(message.error())
            if message.error():
                left.discard(message.partition())
            else:
                self._states[message.key()] = message.value()
        reader.close()


def main() -> None:
    """Work until the process is ended."""
    worker = Worker(os.environ.get("KAFKA", "localhost:9092"), os.environ.get("WORKER", "worker-0"))
    while True:
        worker.step()


if __name__ == "__main__":
    main()
