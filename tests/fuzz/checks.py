"""What must hold for every stream and policy. Each check yields what is wrong, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from replay_redact import Policy, RedactError, Redactor, redact_bytes, redact_stream
from replay_redact.testing import find_leaks
from tests.fuzz.shrink import shrink
from tests.fuzz.streams import Key, Stream
from tests.oracle import Options, judge
from tests.oracle.windows import WINDOW_FIELDS, events_of


class Case(NamedTuple):
    """A stream with a policy, and the same options for the oracle."""

    stream: Stream
    policy: Policy
    options: Options
    hostile: bool = False


def events(output: bytes) -> list[Any]:
    """Return the events of an output, without their windows."""
    return [
        {name: value for name, value in event.items() if name not in WINDOW_FIELDS}
        for _, event in events_of(output)
    ]


def oracle(case: Case) -> Iterator[str]:
    """Nothing can be read unless a rule shows it."""
    data = case.stream.encode()
    yield from map(str, judge(data, redact_bytes(data, case.policy), case.options))


def windows_apart(case: Case) -> Iterator[str]:
    """Mixed windows give what each window gives alone."""
    keys = case.stream.keys()
    if len(keys) < 2:
        return
    together = {event["delay"]: event for event in events(_redact(case.stream, case.policy))}
    for key in keys:
        own = case.stream.of(key)
        alone = {event["delay"]: event for event in events(_redact(own, case.policy))}
        mixed = {at: together[at] for at in _serials(own) if at in together}
        if alone != mixed:
            yield f"window {key} alone gives something else: {_difference(alone, mixed)}"


def _redact(stream: Stream, policy: Policy) -> bytes:
    return redact_bytes(stream.encode(), policy)


def _serials(stream: Stream) -> list[int]:
    return [event["delay"] for _, event in stream.events]


def _difference(one: dict[int, Any], other: dict[int, Any]) -> str:
    for at in sorted(one.keys() | other.keys()):
        if one.get(at) != other.get(at):
            return f"event {at}: {json.dumps(one.get(at))} and {json.dumps(other.get(at))}"
    return "in order"


def pieces_joined(case: Case) -> Iterator[str]:
    """Segments, with the state carried over, give the same as one pass."""
    stream = case.stream
    if len(stream.events) < 2:
        return
    whole = events_of(_redact(stream, case.policy))
    redactor, found = Redactor(case.policy), []
    for piece in _pieces(stream):
        output = redactor.process_bytes(piece.encode())
        found += events_of(output) if output.strip() else []
        redactor = Redactor.from_state(case.policy, redactor.state())
    if found != whole:
        one = {event["delay"]: event for _, event in whole}
        other = {event["delay"]: event for _, event in found}
        yield f"in pieces it gives something else: {_difference(one, other)}"


def _pieces(stream: Stream) -> Iterator[Stream]:
    """Cut a stream at about a third of the places where no window is in the middle of a moment."""
    random = Random(len(stream.events))
    at = 0
    for cut in sorted(cuts(stream)):
        if random.random() < 0.5:
            yield stream._replace(events=stream.events[at:cut])
            at = cut
    yield stream._replace(events=stream.events[at:])


def cuts(stream: Stream) -> set[int]:
    """Return the places between events where no window is in the middle of a moment."""
    places = set(range(1, len(stream.events)))
    last: dict[Key, tuple[int, Any]] = {}
    for at, (key, event) in enumerate(stream.events):
        before, time = last.get(key, (at, None))
        if event.get("timestamp") == time:
            places.difference_update(range(before + 1, at + 1))
        last[key] = at, event.get("timestamp")
    return places


def streamed(case: Case) -> Iterator[str]:
    """`redact_stream` gives the same bytes."""
    data = case.stream.encode()
    size = 1 + len(data) // 5
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    if b"".join(redact_stream(pieces, case.policy)) != redact_bytes(data, case.policy):
        yield "as a stream it gives something else"


def fixed_point(case: Case) -> Iterator[str]:
    """Redacting the output changes nothing, and it has no leak. Hostile streams are exempt."""
    if case.hostile:
        return
    once = _redact(case.stream, case.policy)
    if not once.strip():
        return
    for leak in find_leaks(once, case.policy)[:1]:
        yield f"a leak in the output: {leak}"
    twice = redact_bytes(once, case.policy)
    if twice != once:
        yield "redacting twice is not redacting once"


CHECKS: tuple[Callable[[Case], Iterator[str]], ...] = (
    oracle,
    windows_apart,
    pieces_joined,
    streamed,
    fixed_point,
)


def failures(case: Case, checks: tuple[Callable[[Case], Iterator[str]], ...] = CHECKS) -> list[str]:
    """Return everything that is wrong. An exception other than `RedactError` is wrong as well."""
    found = []
    for check in checks:
        try:
            found += [f"{check.__name__}: {message}" for message in check(case)]
        except RedactError as error:
            if not _nothing_readable(case.stream):
                found.append(f"{check.__name__}: refused: {error}")
        except Exception as error:  # noqa: BLE001 - the check looks for any exception
            found.append(f"{check.__name__}: {type(error).__name__}: {error}")
    return found


def least(case: Case, check: Callable[[Case], Iterator[str]]) -> tuple[Case, list[str]]:
    """Return the smallest case that still fails a check, and what is wrong with it."""

    def fails(stream: Stream) -> bool:
        return bool(failures(case._replace(stream=stream), (check,)))

    small = case._replace(stream=shrink(case.stream, fails))
    return small, failures(small, (check,))


def _nothing_readable(stream: Stream) -> bool:
    """Tell whether a redactor may refuse this as not a recording."""
    return not any(type(event.get("type")) is int for _, event in stream.events)
