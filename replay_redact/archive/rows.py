r"""Segments as rows of a table, for engines that work on more than one machine.

Such an engine gives rows, sorted by session and number, and takes rows. Nothing here knows which
engine it is, and nothing holds a session in memory: one `Redactor` goes from row to row, and a new
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
"""Of the content of rows that are handed on together: few enough to hold, enough to be worth it."""

_MOST_ROWS = 1000


class Row(NamedTuple):
    """A segment that was redacted.

    * ``session`` and ``number`` are those of the row that came in;
    * ``content``: the segment, redacted, or ``None`` if it could not be read;
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

    Rows of a session have to come one after the other, in the order of their numbers. Where they
    do not, more is masked, and never less: after a gap everything is, until the next full snapshot.

    A row that cannot be read gets an error, and no content. So does one without a session, without
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
    """Return what is wrong with a row, if anything is."""
    checks = (
        (type(session) is str, "the row has no session"),
        (type(number) is int and 0 <= number < 1 << 63, "the row has no number from 0"),
        (isinstance(content, bytes | bytearray | memoryview), "the row has no content"),
    )
    return next((trouble for holds, trouble in checks if not holds), None)


def find_in_rows(
    rows: Iterable[tuple[str, int, bytes]], secrets: Iterable[str] | Mapping[str, str]
) -> Iterator[RowFound]:
    """Yield where secrets can be read in rows, in any order, as `find_secrets` finds them.

    >>> rows = [("a", 0, b'[{"type":5,"timestamp":1,"data":{"tag":"jane  roe"}}]')]
    >>> [(found.session, found.leak.secret) for found in find_in_rows(rows, {"name": "Jane Roe"})]
    [('a', 'name')]
    """
    wanted = dict(secrets) if isinstance(secrets, Mapping) else list(secrets)
    for session, number, content in rows:
        for leak in find_secrets(content or b"", wanted):
            yield RowFound(session, number, leak)


def in_batches(rows: Iterable[Row], size: int = BATCH_BYTES) -> Iterator[list[Row]]:
    """Yield rows some at a time: those whose content takes so many bytes.

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
