"""Redaction of stored segments on Ray, Dask and Beam: the same rows, sorted by whoever calls.

Each function takes rows of session, number and content, and a policy, and returns rows. A session
has to fit in the memory of one worker. On Spark it need not: see `replay_redact.spark`.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

from replay_redact import Policy
from replay_redact.archive.rows import Row, redact_rows

Rows = list[tuple[str, int, bytes]]


def on_ray(rows: Rows, policy: Policy) -> list[Row]:
    """Redact on Ray, a task for each session; one whose worker dies runs again."""
    import ray  # noqa: PLC0415 - wanted here only

    task = ray.remote(max_retries=3)(_redact)
    return [
        row
        for done in ray.get([task.remote(own, policy) for own in _sessions(rows)])
        for row in done
    ]


def on_dask(rows: Rows, policy: Policy, client: Any) -> list[Row]:
    """Redact on Dask, a task for each session; one whose worker dies runs again."""
    tasks = [client.submit(_redact, own, policy, retries=3, pure=False) for own in _sessions(rows)]
    return [row for done in client.gather(tasks) for row in done]


def on_beam(rows: Any, policy: Policy) -> Any:
    """Redact a PCollection of rows; ``GroupByKey`` keeps no order, so each session is sorted."""
    import apache_beam as beam  # noqa: PLC0415 - wanted here only

    return (
        rows
        | beam.Map(lambda row: (row[0], row))
        | beam.GroupByKey()
        | beam.FlatMap(lambda pair: _redact(sorted(pair[1], key=itemgetter(1)), policy))
    )


def _sessions(rows: Rows) -> list[Rows]:
    ordered = sorted(rows, key=itemgetter(0, 1))
    return [list(own) for _, own in groupby(ordered, key=itemgetter(0))]


def _redact(rows: Rows, policy: Policy) -> list[Row]:
    return list(redact_rows(rows, policy))
