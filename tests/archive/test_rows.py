"""Rows: one redactor a session, errors as rows, nothing held."""

import json

import pytest
from archives import AT_FIRST, segments_of
from helpers import Page, say

from replay_redact import Policy, Redactor
from replay_redact.archive.rows import Row, find_in_rows, in_batches, redact_rows
from replay_redact.report import Report


def recording():
    page = Page()
    text = page.text("some words")
    return [
        json.dumps(events).encode()
        for events in (
            [page.snapshot(page.element("main", {}, text))],
            [say(text, "other words")],
            [say(text, "last words")],
        )
    ]


def test_the_state_goes_from_row_to_row_and_not_from_session_to_session():
    first, second, third = recording()
    rows = [
        ("a", 0, first),
        ("a", 1, second),
        ("a", 2, third),
        ("b", 1, second),
        ("c", 0, first),
        ("c", 2, third),
    ]
    found = list(redact_rows(rows, AT_FIRST))
    redactor = Redactor(AT_FIRST)
    assert [row.content for row in found[:3]] == [
        redactor.process_bytes(one) for one in (first, second, third)
    ]
    shown = [b"words" in row.content for row in found]
    assert shown == [True, True, True, False, True, False]  # b has no page, c has a gap
    assert [(row.session, row.number) for row in found] == [row[:2] for row in rows]


def test_the_report_of_a_row_is_of_this_row():
    first, second, _ = recording()
    found = list(redact_rows([("a", 0, first), ("a", 1, second)], Policy()))
    whole = Redactor(Policy())
    for one in (first, second):
        whole.process_bytes(one)
    assert found[0].report + found[1].report == whole.report
    assert found[1].report.events == {"Mutation": 1}


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (("a", 1, b"<html>"), "the input is not valid JSON"), (("a", 1, None), "the row has no content"), (("a", 1, "[]"), "the row has no content"),
        (("a", None, b"[]"), "the row has no number"), (("a", -1, b"[]"), "the row has no number"), (("a", 1 << 63, b"[]"), "the row has no number"),
        ((None, 1, b"[]"), "the row has no session"), ((7, 1, b"[]"), "the row has no session"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_row_with_an_error(row, error):
    first, second, _ = recording()
    found = list(redact_rows([("a", 0, first), row, ("a", 2, second)], AT_FIRST))
    assert [one.content is None for one in found] == [False, True, False]
    assert found[1].error.startswith(error)
    assert found[1][:2] == row[:2]
    assert not found[1].report.events
    assert b"words" not in found[2].content  # of a page that may have changed since


def test_rows_without_a_session_are_not_one_recording():
    first, second, _ = recording()
    found = list(redact_rows([(None, 0, first), (None, 1, second)], AT_FIRST))
    assert [row.content for row in found] == [None, None]


def test_nothing_is_taken_before_it_is_needed():
    taken = []

    def rows():
        for number, content in enumerate(segments_of("a", 5)):
            taken.append(number)
            yield "a", number, content

    redacting = redact_rows(rows(), AT_FIRST)
    assert taken == []
    next(redacting)
    assert taken == [0]


def test_batches():
    rows = [Row("a", number, b"x" * number, None, Report()) for number in range(5)]
    assert [len(batch) for batch in in_batches(rows, 4)] == [4, 1]
    assert [len(batch) for batch in in_batches(rows[:1] * 1001)] == [1000, 1]
    assert list(in_batches([])) == []


def test_find_in_rows():
    rows = [("a", 1, recording()[1]), ("b", 2, None), ("c", 3, b"<html> OTHER  words")]
    found = list(find_in_rows(rows, {"x": "other words"}))
    assert [(one.session, one.number, one.leak.secret, one.leak.rule) for one in found] == [
        ("a", 1, "x", "plain"),
        ("c", 3, "x", "spaced otherwise"),
    ]
    assert len(list(find_in_rows(rows, iter(["other words"])))) == 2
