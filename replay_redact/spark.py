"""Redact and search stored segments on Apache Spark (extra ``spark``).

Segments are rows of a table: ``session`` (string), ``number`` (integer), ``content`` (binary).
Spark brings the rows of a session together and in order, and repeats the work if a worker dies.
`replay_redact.archive.rows` does the work itself, as on one machine.

Every worker needs this package, in the same version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from replay_redact.archive.rows import Row, RowFound, find_in_rows, in_batches, redact_rows
from replay_redact.policy import Policy
from replay_redact.testing.checks import named_secrets
from replay_redact.testing.planted import patterns

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["find", "redact"]

_COLUMNS = {"session": "string", "number": "long", "content": "binary"}

_REDACTED = {**_COLUMNS, "error": "string", "report": "string"}

_FOUND = {
    "session": "string",
    "number": "long",
    "secret": "string",
    "event": "long",
    "path": "string",
    "field": "string",
    "rule": "string",
}

_MOST_FOUND = 1000  # rows in a batch

Work = Callable[[Iterator["pa.RecordBatch"]], Iterator["pa.RecordBatch"]]


def redact(df: DataFrame, policy: Policy) -> DataFrame:
    """Redact segments; return a row for each: session, number, content, error and report.

    * If a segment cannot be read, ``content`` is null and ``error`` says why.
    * ``report`` is the JSON of `Report.as_dict`.
    * Other columns of ``df`` are left out: nothing has checked what they hold.

    The rows of a session are in one partition afterwards, in the order of their numbers. No session
    is held in memory, but a batch of rows is: for large segments, set
    ``spark.sql.execution.arrow.maxRecordsPerBatch`` to 100 or so.

    ::

        segments = spark.read.table("replays.segments")
        redact(segments, Policy()).write.saveAsTable("replays.redacted")
    """
    rows = _selected(df).repartition("session")
    ordered = rows.sortWithinPartitions("session", "number")
    return ordered.mapInArrow(_redaction(policy), _ddl(_REDACTED))


def find(df: DataFrame, secrets: Iterable[str] | Mapping[str, str]) -> DataFrame:
    """Look for secrets in segments; return a row for each place where one can be read.

    The columns are session, number, secret (its name), event, path, field and rule, as in a `Leak`.
    Rows may be in any order. A secret that is spread over several texts is not found.

    Raises ``ValueError`` for secrets of fewer than 4 characters.

    ::

        find(segments, {"name": "Jane Roe"}).show()
    """
    named = named_secrets(secrets)
    patterns(named)  # raises for a short secret here, not in a worker
    return _selected(df).mapInArrow(_search(named), _ddl(_FOUND))


def _selected(df: DataFrame) -> DataFrame:
    """Return the three columns, cast to their types."""
    return df.selectExpr(*(f"cast({name} as {kind}) as {name}" for name, kind in _COLUMNS.items()))


def _ddl(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


def _batch(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pa.RecordBatch:
    import pyarrow as pa  # noqa: PLC0415 - it comes with the extra, and is wanted in workers

    types = {"string": pa.string(), "long": pa.int64(), "binary": pa.binary()}
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    return pa.RecordBatch.from_pylist(rows, schema)


def _redaction(policy: Policy) -> Work:
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for rows in in_batches(redact_rows(_rows(batches), policy)):
            yield _batch(list(map(_written, rows)), _REDACTED)

    return work


def _search(secrets: dict[str, str]) -> Work:
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        found: list[dict[str, Any]] = []
        for one in find_in_rows(_rows(batches), secrets):
            found.append(_told(one))
            if len(found) == _MOST_FOUND:
                yield _batch(found, _FOUND)
                found = []
        yield _batch(found, _FOUND)

    return work


def _rows(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[str, int, bytes]]:
    for batch in batches:
        columns = [batch.column(name) for name in _COLUMNS]
        for at in range(batch.num_rows):  # copy one row at a time out of Arrow's memory
            session, number, content = (column[at].as_py() for column in columns)
            yield session, number, content


def _written(row: Row) -> dict[str, Any]:
    report = json.dumps(row.report.as_dict())
    return {**row._asdict(), "report": report}


def _told(found: RowFound) -> dict[str, Any]:
    leak = found.leak
    own = {name: getattr(leak, name) for name in ("secret", "event", "path", "field", "rule")}
    return {"session": found.session, "number": found.number, **own}
