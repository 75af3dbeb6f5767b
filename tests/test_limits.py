"""The limits that the documentation states are those of the code."""

from pathlib import Path

import pytest

from replay_redact import _compression, _containers, _deep, _split, _stream

GUARANTEES = (Path(__file__).parents[1] / "docs" / "guarantees.md").read_text("utf-8")


@pytest.mark.parametrize(
    "stated",
    [
        f"{_compression.MAX_BYTES / 2**20:g} MiB inflated",
        f"{_containers.MAX_EVENTS:,} events",
        f"{_deep.MAX_DEPTH:,} levels",
        f"one event of more than {_split.MAX_EVENT_BYTES / 2**20:g} MiB",
        f"{_stream.MAX_STREAM_BYTES / 2**30:g} GiB inflated",
    ],
)
def test_a_limit_is_stated(stated):
    assert stated in GUARANTEES
