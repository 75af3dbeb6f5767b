"""Deep trees: a second try on a larger stack, then an error, never a crash."""

import sys
import threading

import pytest
from helpers import deep
from steps import steps

from replay_redact import LimitError, Redactor, decode, encode, redact_bytes
from replay_redact._runtime.stack import MAX_DEPTH, call_deep


def descend(levels):
    return 0 if levels == 0 else 1 + descend(levels - 1)


@pytest.fixture(autouse=True)
def _process_is_as_it_was():
    before = sys.getrecursionlimit(), threading.stack_size(), threading.active_count()
    yield
    assert (sys.getrecursionlimit(), threading.stack_size(), threading.active_count()) == before


def test_arguments_and_result_pass_through():
    assert call_deep(max, [3, 1], key=lambda value: -value) == 1


def test_a_call_that_runs_out_of_stack_is_made_again_with_more():
    levels = sys.getrecursionlimit() + 500
    with pytest.raises(RecursionError):
        descend(levels)
    assert call_deep(descend, levels) == levels


def test_a_call_that_runs_out_of_that_too_is_a_limit_error():
    with pytest.raises(LimitError, match=f"deeper than {MAX_DEPTH} levels"):
        call_deep(descend, 10**6)


def test_a_call_within_such_a_call_does_not_wait_for_it():
    def outer(levels):
        return call_deep(descend, 10**6) if levels == 0 else outer(levels - 1)

    with pytest.raises(LimitError, match=f"deeper than {MAX_DEPTH} levels"):
        call_deep(outer, sys.getrecursionlimit() + 500)


def test_other_errors_pass_through_from_either_stack():
    def fail(levels):
        if levels == 0:
            raise KeyError
        fail(levels - 1)

    for levels in (0, sys.getrecursionlimit() + 500):
        with pytest.raises(KeyError):
            call_deep(fail, levels)


def test_trees_of_400_levels_work():
    redacted = redact_bytes(deep(400))
    assert redacted.count(b"tagName") == 400
    assert b"Jane" not in redacted


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the interpreter limits the C stack itself")
def test_trees_of_5_000_levels_work():
    redacted = redact_bytes(deep(MAX_DEPTH))
    assert redacted.count(b"tagName") == MAX_DEPTH
    assert b"Jane" not in redacted
    [event] = decode(deep(MAX_DEPTH))
    assert encode([Redactor().process(event)]) == redacted


def test_trees_of_5_000_levels_work_or_are_a_limit_error():
    try:
        redacted = redact_bytes(deep(MAX_DEPTH))
    except LimitError:
        return
    assert redacted.count(b"tagName") == MAX_DEPTH


@pytest.mark.parametrize(
    "data",
    [deep(20_000), b"[" * 1_000_000, b'[{"a":' * 200_000, b'[{"type":5,"timestamp":1,"data":{"tag":"x","payload":' + b"[" * 1_000_000],
    ids=["elements", "arrays", "objects", "a payload"],
)  # fmt: skip
def test_deeper_nesting_is_a_limit_error_and_soon(data):
    def refused():
        with pytest.raises(LimitError):
            redact_bytes(data)

    refused()  # first-time imports do not count
    assert steps(refused) < 1_000


def test_threads_do_not_disturb_each_other():
    levels = sys.getrecursionlimit() + 500
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(call_deep(descend, levels))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [levels] * 8
