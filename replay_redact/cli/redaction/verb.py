"""``replay-redact redact``: redact recordings in files and folders, session by session."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, NamedTuple

from replay_redact._wire.codec import FORMATS
from replay_redact.cli.files import (
    STANDARD,
    add_inputs,
    add_output,
    add_policy_options,
    check_report,
    policy_of,
    read,
    write,
)
from replay_redact.cli.parallel import add_jobs, in_parallel
from replay_redact.cli.redaction.sessions import DEFAULT_LAYOUT, Segment, Session, sessions_of
from replay_redact.cli.report import finish, report_of
from replay_redact.cli.terminal.messages import progress
from replay_redact.policy import Policy
from replay_redact.redactor import Redactor
from replay_redact.report import Report

SKIPPED = {"skipped": "its output is there already"}


class _Job(NamedTuple):
    """One session to redact. It can be pickled, so that a worker process can do it."""

    session: Session
    policy: Policy
    format: str
    skips_existing: bool


def add_redact(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "redact",
        help="redact recordings",
        description="Redact recordings: arrays of rrweb events, one event per line, Sentry"
        " segments or PostHog's stored lines, plain or compressed. The output has the form of the"
        " input. A file is a recording of its own. In and below a folder, files called 0, 1, 2"
        " and so on are the segments of one session, redacted in this order.",
        epilog="example: replay-redact redact session.json.gz -o redacted.json.gz",
    )
    add_inputs(command, what="a file, a folder, or - for standard input")
    add_output(command)
    command.add_argument("--format", choices=FORMATS, default="auto", help="form of the input")
    command.add_argument(
        "--layout",
        metavar="TEMPLATE",
        help="names of the files in a folder that are segments of one session (default:"
        f" {DEFAULT_LAYOUT}, if there is a number 0); {{session}}.* makes each file a recording",
    )
    command.add_argument(
        "--skip-existing",
        action="store_true",
        help="keep existing outputs, and go on where an earlier run stopped",
    )
    add_jobs(command)
    command.add_argument(
        "--report",
        metavar="FILE",
        help="write counts of what was masked and dropped as JSON; - prints them as a table on"
        " standard error",
    )
    add_policy_options(command)
    command.set_defaults(run=_redact)


def _redact(arguments: argparse.Namespace) -> int:
    policy = policy_of(arguments)
    sessions = sessions_of(arguments.inputs, arguments.output, arguments.layout)
    check_report(arguments.report, [(one.source, one.target) for own in sessions for one in own])
    jobs = [_Job(own, policy, arguments.format, arguments.skip_existing) for own in sessions]
    outcomes = in_parallel(_redact_session, jobs, arguments.jobs)
    reports: dict[str, dict[str, Any]] = {}
    for outcome in progress(outcomes, len(jobs), "redacting"):
        reports |= outcome
    return finish(reports, arguments.report)


def _redact_session(job: _Job) -> dict[str, dict[str, Any]]:
    """Redact the segments of a session in order; return the report of each by its source.

    With existing outputs, all segments up to the last missing one are redacted again: the missing
    ones depend on those before them.
    """
    redactor = Redactor(job.policy)
    there = [job.skips_existing and _exists(segment) for segment in job.session]
    last = max((at for at, exists in enumerate(there) if not exists), default=-1)
    reports: dict[str, dict[str, Any]] = {}
    for at, segment in enumerate(job.session):
        report = {} if at > last else _redact_one(redactor, job.format, segment, exists=there[at])
        reports[segment.source] = SKIPPED if there[at] else report
    return reports


def _exists(segment: Segment) -> bool:
    return segment.target != STANDARD and Path(segment.target).exists()


def _redact_one(
    redactor: Redactor, format_: str, segment: Segment, *, exists: bool
) -> dict[str, Any]:
    def work() -> dict[str, Any]:
        before = Report()
        before.add(redactor.report)
        data = read(segment.source)
        output = redactor.process_bytes(data, format=format_, segment=segment.number)
        if not exists:
            write(segment.target, output)
        return redactor.report.since(before).as_dict()

    report = report_of(work)
    if "error" in report:
        redactor.reset()
    return report
