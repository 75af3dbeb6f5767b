r"""Segments as rows of a table, for engines that work on more than one machine.

Such an engine passes in rows, sorted by session and number, and gets rows back. This module knows
no particular engine, and holds no session in memory: one `Redactor` goes from row to row, and a new
one begins where the session changes.

>>> rows = [("a", 0, b'[{"type":1,"data":{},"timestamp":1}]'), ("a", 1, b"<html>")]
>>> for row in redact_rows(rows, Policy()):
...     print(row.number, row.content, row.error)
0 b'[{"type":1,"timestamp":1,"data":{}}]' None
1 None the input is not valid JSON: it looks like HTML or XML; check the address; ...
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from replay_redact.errors import RedactError
from replay_redact.policy import Policy
from replay_redact.redactor import Redactor
from replay_redact.report import Report
from replay_redact.testing import Leak, find_secrets

__all__ = ["Row", "RowFound", "find_in_rows", "in_batches", "redact_rows"]

BATCH_BYTES = 8 << 20
"""Bytes of content in one batch of rows: few enough for memory, enough to be worth a call."""

_MOST_ROWS = 1000


class Row(NamedTuple):
    """A segment that was redacted.

    * ``session``, ``number``: as in the row that came in;
    * ``content``: the redacted segment, or ``None`` if it could not be read;
    * ``error``: why it could not be read, or ``None``;
    * ``report``: what was changed in it.
    """

    session: str
    number: int
    content: bytes | None
    error: str | None
    report: Report


class RowFound(NamedTuple):
    """A place in a segment where a secret can be read."""

    session: str
    number: int
    leak: Leak


def redact_rows(rows: Iterable[tuple[str, int, bytes]], policy: Policy) -> Iterator[Row]:
    """Redact rows of session, number and content; yield one row for each, in the same order.

    The rows of a session must follow each other, in the order of their numbers. Otherwise more is
    masked, never less: after a gap everything is, until the next full snapshot.

    A row that cannot be read gets an error and no content. So does a row without a session, without
    a number from 0, or without bytes.
    """
    known: str | None = None
    redactor = Redactor(policy)
    for session, number, content in rows:
        if session is None or session != known:
            known, redactor = session, Redactor(policy)
        yield _redacted(redactor, session, number, content)


def _redacted(redactor: Redactor, session: Any, number: Any, content: Any) -> Row:
    before = Report()
    before.add(redactor.report)
    output: bytes | None = None
    error = _odd(session, number, content)
    if error is None:
        try:
            output = redactor.process_bytes(content, segment=number)
        except RedactError as trouble:
            error = str(trouble)
    if output is None:
        redactor.reset()
    return Row(session, number, output, error, redactor.report.since(before))


def _odd(session: Any, number: Any, content: Any) -> str | None:
    """Return the fault of a row, or ``None``."""
    checks = (
        (type(session) is str, "the row has no session"),
        (
            type(number) is int and 0 <= number < 1 << 63,
            "the row has no number that is an integer from 0",
        ),
        (isinstance(content, bytes | bytearray | memoryview), "the row has no content"),
    )
    return next((trouble for holds, trouble in checks if not holds), None)


def find_in_rows(
    rows: Iterable[tuple[str, int, bytes]], secrets: Iterable[str] | Mapping[str, str]
) -> Iterator[RowFound]:
    """Yield the places where secrets can be read, as `find_secrets` does. Rows may be in any order.

    >>> rows = [("a", 0, b'[{"type":5,"timestamp":1,"data":{"tag":"jane  roe"}}]')]
    >>> [(found.session, found.leak.secret) for found in find_in_rows(rows, {"name": "Jane Roe"})]
    [('a', 'name')]
    """
    wanted = dict(secrets) if isinstance(secrets, Mapping) else list(secrets)
    for session, number, content in rows:
        for leak in find_secrets(content or b"", wanted):
            yield RowFound(session, number, leak)


def in_batches(rows: Iterable[Row], size: int = BATCH_BYTES) -> Iterator[list[Row]]:
    """Yield rows in lists, each of which holds about ``size`` bytes of content.

    >>> rows = [Row("a", number, b"12", None, Report()) for number in range(3)]
    >>> [[row.number for row in batch] for batch in in_batches(rows, size=4)]
    [[0, 1], [2]]
    """
    batch: list[Row] = []
    held = 0
    for row in rows:
        batch.append(row)
        held += len(row.content or b"")
        if held >= size or len(batch) == _MOST_ROWS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
