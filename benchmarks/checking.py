"""Section ``check``: 300 recordings of mixed forms, checked as ``replay-redact check`` does.

Small and large pages, with and without a stream of events, as arrays, lines, segments and gzip:
first as they were recorded, full of leaks, then after redaction. Each pass begins with empty
caches, as a check does that runs once a night. Redaction is that of the same bytes, forms and
compression included.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

from benchmarks import generate, streams, timing
from benchmarks.pages import real_pages
from benchmarks.results import Bar, Options, Result, Row
from replay_redact import Policy, redact_bytes
from replay_redact.evidence import Question, check

RECORDINGS = 300
SIZES = (100, 400, 1_500)  # nodes of a page
STREAM_LENGTHS = (0, 60, 300)  # after the page
SAME_KIND = 30_000  # leaks of one kind, in one list

MAX_PRIVATE = 1.5
"""A nightly check of what is stored must not cost more than storing it again."""

MAX_LEAKING = 2.2
"""A leak is named and placed, which redaction does not do."""


def checking(options: Options) -> Result:
    count = min(RECORDINGS, max(options.sizes))
    pages = real_pages(options.recordings)
    sets = {f"{count} of mixed forms": mixed(count)}
    if pages:
        sets[f"{len(pages)} real pages"] = pages
    sets[f"one list of {SAME_KIND:,}"] = [one_kind(min(SAME_KIND, max(options.sizes)))]
    rows: list[Row] = []
    bars: list[Bar] = []
    for name, leaking in sets.items():
        private = [redact_bytes(recording) for recording in leaking]
        for state, recordings, limit in (
            ("private", private, MAX_PRIVATE),
            ("leaking", leaking, MAX_LEAKING),
        ):
            row = _row(f"{name}, {state}", recordings, options.repeat)
            rows.append(row)
            bars.append(Bar(f"check / redaction, {row['']}", float(row["ratio"]), limit))
    return Result("default policy, cold; processor time", rows, bars)


def _row(name: str, recordings: list[bytes], repeat: int) -> Row:
    policy = Policy()
    question = Question(policy)

    def checked(recording: bytes) -> int:
        return check(question, "recording", recording).leaks

    def clock(function: Callable[[bytes], object]) -> timing.Clock:
        return timing.clock(timing.each(function, recordings), lambda: timing.forget(policy))

    redaction, search = timing.best([clock(redact_bytes), clock(checked)], repeat)
    return {
        "": name,
        "bytes": sum(map(len, recordings)),
        "leaks": f"{sum(map(checked, recordings)):,}",
        "redaction, s": redaction,
        "check, s": search,
        "ratio": search / redaction,
    }


def mixed(count: int) -> list[bytes]:
    """Return recordings of all sizes and forms in turn."""
    kinds, forms = list(generate.KINDS), list(FORMS.values())
    found = []
    for number in range(count):
        size, events = SIZES[number % len(SIZES)], STREAM_LENGTHS[number // 3 % len(STREAM_LENGTHS)]
        page = generate.page(size, kinds[number % len(kinds)], seed=number)
        recording = json.loads(page)
        if events:
            make = list(streams.STREAMS.values())[number % len(streams.STREAMS)]
            recording += json.loads(make(page, events))
        found.append(forms[number % len(forms)](recording))
    return found


def one_kind(count: int) -> bytes:
    """Return a page with one list, of which each item has a text of its own."""
    items = [
        {
            "type": 2,
            "id": 2 * number + 10,
            "tagName": "li",
            "attributes": {},
            "childNodes": [
                {"type": 3, "id": 2 * number + 11, "textContent": f"Item {number} here"}
            ],
        }
        for number in range(count)
    ]
    body = {"type": 2, "id": 3, "tagName": "ul", "attributes": {}, "childNodes": items}
    node = {"type": 0, "id": 1, "childNodes": [body]}
    return _array([{"type": 2, "timestamp": 1, "data": {"node": node}}])


def _array(events: list[object]) -> bytes:
    return json.dumps(events, separators=(",", ":")).encode()


def _lines(events: list[object]) -> bytes:
    return b"\n".join(json.dumps(event, separators=(",", ":")).encode() for event in events)


def _segment(events: list[object]) -> bytes:
    return b'{"segment_id":0}\n' + _array(events)


def _zipped(events: list[object]) -> bytes:
    return gzip.compress(_array(events))


FORMS = {"array": _array, "lines": _lines, "segment": _segment, "gzip": _zipped}
