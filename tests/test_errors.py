"""Errors: one base class, and classes that say what is at fault, and where."""

import pickle
import re
import traceback
from pathlib import Path

import pytest

from replay_redact import (
    DecodeError,
    LimitError,
    PolicyError,
    RedactError,
    StateError,
    decode,
    errors,
)


@pytest.mark.parametrize("leaf", [DecodeError, LimitError, PolicyError, StateError])
def test_every_error_is_a_redact_error(leaf):
    assert issubclass(leaf, RedactError)
    assert issubclass(leaf, Exception)


@pytest.mark.parametrize("error", [ValueError, OSError, TypeError])
def test_a_redact_error_is_nothing_else(error):
    assert not issubclass(RedactError, error)


@pytest.mark.parametrize(
    ("position", "message"), [(None, "not JSON"), (0, "not JSON (byte 0)"), (7, "not JSON (byte 7)")]
)  # fmt: skip
def test_a_position_is_part_of_the_message(position, message):
    error = DecodeError("not JSON", position=position)
    assert str(error) == message
    assert error.position == position


@pytest.mark.parametrize(
    ("data", "position"), [(b"[1,x]", 3), (b'[{"a": Jane}]', 7), (b'["Jane', None)]
)
def test_decoding_names_the_position_where_it_can(data, position):  # fmt: skip
    with pytest.raises(DecodeError) as caught:
        decode(data)
    assert caught.value.position == position


def test_errors_cross_process_borders():
    with pytest.raises(DecodeError) as caught:
        decode(b"[1,x]")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own pickle
    assert (str(copy), copy.position) == (str(caught.value), 3)


@pytest.mark.parametrize(
    "data",
    [
        b'{"name": "Jane"}',
        b'["Jane", Jane]',
        b'{"type": 1}\n["Jane"',
        b"\x1f\x8bJane",
        b'"Jane"',
        b"Jane\xff",
    ],
)
def test_a_traceback_quotes_nothing_of_the_input(data):
    with pytest.raises(RedactError) as caught:
        decode(data)
    error = caught.value
    assert error.__context__ is None or error.__suppress_context__
    assert "Jane" not in repr(error)


@pytest.mark.parametrize("error", [RedactError, DecodeError, LimitError, PolicyError, StateError])
def test_tracebacks_show_the_name_that_users_import(error):
    assert traceback.format_exception_only(error("x")) == [f"replay_redact.{error.__name__}: x\n"]
    assert type(pickle.loads(pickle.dumps(error("x")))) is error  # noqa: S301 - our own pickle


def test_every_error_has_an_entry_on_the_page_of_errors():
    page = (Path(__file__).parents[1] / "docs" / "reference" / "errors.md").read_text("utf-8")
    assert [
        name
        for name in errors.__all__
        if not re.search(rf"^::: replay_redact\.(archive\.)?{name}$", page, re.MULTILINE)
    ] == []
