"""The documentation states the limits of the code."""

from pathlib import Path

import pytest

from replay_redact._engine import state
from replay_redact._runtime import stack
from replay_redact._wire import array_splitter, batches, compression

GUARANTEES = (Path(__file__).parents[2] / "docs" / "guarantees.md").read_text("utf-8")
INGESTION = (Path(__file__).parents[2] / "docs" / "ingestion.md").read_text("utf-8")


@pytest.mark.parametrize(
    "stated",
    [
        f"{compression.MAX_BYTES / 2**20:g} MiB inflated",
        f"{batches.MAX_EVENTS:,} events",
        f"{stack.MAX_DEPTH:,} levels",
        f"one event of more than {array_splitter.MAX_EVENT_BYTES / 2**20:g} MiB",
        f"{compression.MAX_STREAM_BYTES / 2**30:g} GiB inflated",
    ],
)
def test_a_limit_is_stated(stated):
    assert stated in GUARANTEES


def test_the_version_of_states_is_stated():
    assert f"version of the format: {state.VERSION}," in INGESTION
