"""``replay-redact scrub``: take secrets out of JSON, logs, text and Sentry envelopes.

It refuses binary data and recordings: their output would look scrubbed without being private.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from replay_redact._masks.text import mask_text
from replay_redact._wire.compression import (
    COMPRESSIONS,
    DEFAULT_EFFORT,
    Budget,
    compression_of,
)
from replay_redact._wire.envelopes import may_be_envelope
from replay_redact.cli.files import (
    UsageError,
    add_inputs,
    add_output,
    add_policy_options,
    check_report,
    policy_of,
    read,
    targets,
    write,
)
from replay_redact.cli.report import finish, report_of
from replay_redact.errors import DecodeError, LimitError
from replay_redact.one_call import redact_bytes
from replay_redact.policy import Policy
from replay_redact.scrub.scrubber import Scrubber, is_event
from replay_redact.scrub.sentry.items import decoded, encoded

Form = Callable[["_Job", bytes], bytes | None]
"""Scrubs data of one form; ``None`` if the data does not have it."""


class _Job(NamedTuple):
    """The scrubber, and the policy for recordings in envelopes."""

    scrubber: Scrubber
    policy: Policy


def add_scrub(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "scrub",
        help="scrub logs, JSON and Sentry envelopes",
        description="Take secrets out of JSON, JSON lines, plain text and Sentry envelopes, plain"
        " or compressed. The output has the form of the input. Of Sentry events, only what is known"
        ' to be safe stays; a policy with metadata = "scrub" shows the rest'
        " without its secrets. Recordings within envelopes are redacted.",
        epilog="example: replay-redact scrub app.log -o clean.log",
    )
    add_inputs(command, "FILE")
    add_output(command)
    command.add_argument(
        "--format", choices=("auto", *_FORMS), default="auto", help="form of the input"
    )
    command.add_argument(
        "--report",
        metavar="FILE",
        help="write the form of each input and what was dropped as JSON; - prints it as a table on"
        " standard error",
    )
    add_policy_options(command)
    command.set_defaults(run=_scrub)


def _scrub(arguments: argparse.Namespace) -> int:
    policy = policy_of(arguments)
    pairs = targets(arguments.inputs, arguments.output)
    check_report(arguments.report, pairs)
    reports = {
        source: _scrub_one(policy, source, target, arguments.format) for source, target in pairs
    }
    return finish(reports, arguments.report)


def _scrub_one(policy: Policy, source: str, target: str, form: str) -> dict[str, Any]:
    metadata = "scrub" if policy.metadata == "scrub" else "safe"
    job = _Job(Scrubber(policy.scrub, metadata=metadata), policy)  # type: ignore[arg-type]

    def work() -> dict[str, Any]:
        name, data = scrub_bytes(job, read(source), form)
        write(target, data)
        return {"form": name, "dropped": dict(job.scrubber.dropped)}

    return report_of(work)


def scrub_bytes(job: _Job, data: bytes, form: str) -> tuple[str, bytes]:
    """Scrub data, plain or compressed; return the name of its form, and the scrubbed data."""
    packed = compression_of(data)
    if packed is None:
        return _scrub_plain(job, data, form)
    name, clean = _scrub_plain(job, COMPRESSIONS[packed].inflate(data, Budget()), form)
    return name, COMPRESSIONS[packed].deflate(clean, DEFAULT_EFFORT)


def _scrub_plain(job: _Job, data: bytes, form: str) -> tuple[str, bytes]:
    for name in (form,) if form != "auto" else _FORMS:
        clean = _FORMS[name](job, data)
        if clean is not None:
            return name, clean
    raise DecodeError(
        "it is binary" if form in {"auto", "text"} else f"it is not in the form {form}"
    )


def _envelope(job: _Job, data: bytes) -> bytes | None:
    if not may_be_envelope(data):
        return None
    return job.scrubber.envelope(data, recording=lambda body: redact_bytes(body, job.policy))


def _json(job: _Job, data: bytes) -> bytes | None:
    try:
        value = _loaded(data)
    except ValueError:
        return None
    end = b"\n" if data.endswith(b"\n") else b""
    return encoded(_value(job, value)) + end


def _lines(job: _Job, data: bytes) -> bytes | None:
    """Scrub JSON lines; blank ones stay."""
    lines = data.split(b"\n")
    try:
        values = [_loaded(line) if line.strip() else None for line in lines]
    except ValueError:
        return None
    if not any(isinstance(value, dict | list) for value in values):
        return None
    clean = (
        encoded(_value(job, value)) if line.strip() else line
        for line, value in zip(lines, values, strict=True)
    )
    return b"\n".join(clean)


def _text(job: _Job, data: bytes) -> bytes | None:
    if b"\0" in data:  # UTF-16 is binary too: no secret would be found in it
        return None
    text = data.decode("utf-8", "surrogateescape")
    return "".join(_pieces(job, text)).encode("utf-8", "surrogateescape")


def _pieces(job: _Job, text: str) -> Iterator[str]:
    """Scrub the lines between objects as one text, since a key may span several lines."""
    between = 0
    for line in _OBJECT.finditer(text):
        clean = _object(job, line[0])
        if clean is not None:
            yield job.scrubber.text(text[between : line.start()])
            yield clean
            between = line.end()
    yield job.scrubber.text(text[between:])


def _object(job: _Job, line: str) -> str | None:
    """Scrub a line that holds objects, and mask an event that is torn; ``None`` for any other.

    So one torn line, or a line of another program, does not turn the events around it into text.
    """
    try:
        value = _loaded(line.encode())
    except ValueError:
        if _RECORDED.match(line):
            raise _recording() from None
        return mask_text(line) if '"event_id"' in line else None
    return encoded(_value(job, value)).decode()


_OBJECT = re.compile(r"^(?:\[ *)*\{.*\S", re.MULTILINE)
"""A line that may be an object, or a list of them."""

_RECORDED = re.compile(r'(?=.*"type" *: *\d)(?=.*"timestamp" *: *\d)', re.DOTALL)
"""What a torn event of a recording contains."""

_FORMS: dict[str, Form] = {"envelope": _envelope, "json": _json, "lines": _lines, "text": _text}
"""Forms of input, in the order in which they are tried."""


def _loaded(data: bytes) -> Any:
    try:
        return decoded(data)
    except RecursionError:
        raise LimitError("the JSON is nested too deeply") from None


def _value(job: _Job, value: Any) -> Any:
    first = value[0] if isinstance(value, list) and value else value
    if _is_recorded(first):
        raise _recording()
    if isinstance(value, dict) and is_event(value):
        return job.scrubber.event(value)
    return job.scrubber.value(value)


def _recording() -> UsageError:
    return UsageError("it is a recording: use replay-redact redact")


def _is_recorded(value: Any) -> bool:
    """Tell an event of a recording, which has a number as its type."""
    return isinstance(value, dict) and type(value.get("type")) is int and "timestamp" in value
