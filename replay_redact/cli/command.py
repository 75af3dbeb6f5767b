"""The ``replay-redact`` command.

Exit status: 0 for success, 1 if ``check`` found leaks, 2 for bad input or usage. An output file
appears whole or not at all; an input that cannot be redacted gets no output.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from replay_redact._version import __version__
from replay_redact._wire.codec import FORMATS
from replay_redact.cli.archive.verbs import add_archive
from replay_redact.cli.check import add_check
from replay_redact.cli.explain import add_explain
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
from replay_redact.cli.parallel import in_parallel, with_progress
from replay_redact.cli.policy import add_policy
from replay_redact.cli.preview import add_demo, add_preview
from replay_redact.cli.report import BAD_INPUT, finish, report_of
from replay_redact.cli.scrub import add_scrub
from replay_redact.errors import RedactError
from replay_redact.policy import Policy
from replay_redact.redactor import Redactor

__all__ = ["main"]

INTERRUPTED = 130  # this and the next as shells report a program that a signal ended
CLOSED_PIPE = 141


class _Job(NamedTuple):
    """One input to redact. It can be pickled, so that a worker process can do it."""

    source: str
    target: str
    policy: Policy
    format: str


class _Outcome(NamedTuple):
    """The result of one input: its report, or an error."""

    source: str
    report: dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, or with those of the process; return its status."""
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except BrokenPipeError:  # the reader of our output has closed it, as ``head`` does
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
        return CLOSED_PIPE
    except KeyboardInterrupt:
        print("replay-redact: interrupted", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"replay-redact: {where}{error.strerror or error}", file=sys.stderr)
        return BAD_INPUT
    except (UsageError, RedactError) as error:
        print(f"replay-redact: {error}", file=sys.stderr)
        return BAD_INPUT
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="replay-redact",
        description="Keep private data out of rrweb session-replay recordings.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_redact(commands)
    add_check(commands)
    add_explain(commands)
    add_scrub(commands)
    add_preview(commands)
    add_policy(commands)
    add_archive(commands)
    add_demo(commands)
    return parser


def _add_redact(commands: Any) -> None:
    command = commands.add_parser(
        "redact",
        help="redact recordings",
        description="Redact recordings: arrays of rrweb events, one event per line, Sentry"
        " segments or PostHog's stored lines, plain or compressed. The output has the form of the"
        " input. Each input is a recording of its own: a later segment of a session is masked"
        " wherever its page is not known (in Python, Redactor goes from segment to segment).",
        epilog="example: replay-redact redact session.json.gz -o redacted.json.gz",
    )
    add_inputs(command)
    add_output(command)
    command.add_argument("--format", choices=FORMATS, default="auto", help="form of the input")
    command.add_argument(
        "--report",
        metavar="FILE",
        help="write counts of what was masked and dropped as JSON; - prints them as a table on"
        " standard error",
    )
    add_policy_options(command)
    command.set_defaults(run=_redact)


# --- redact ---------------------------------------------------------------------------


def _redact(arguments: argparse.Namespace) -> int:
    policy = policy_of(arguments)
    jobs = [
        _Job(source, target, policy, arguments.format)
        for source, target in targets(arguments.inputs, arguments.output)
    ]
    check_report(arguments.report, [(job.source, job.target) for job in jobs])
    outcomes = with_progress(in_parallel(_redact_one, jobs), len(jobs), "redacting")
    return finish({outcome.source: outcome.report for outcome in outcomes}, arguments.report)


def _redact_one(job: _Job) -> _Outcome:
    def work() -> dict[str, Any]:
        redactor = Redactor(job.policy)
        write(job.target, redactor.process_bytes(read(job.source), format=job.format))
        return redactor.report.as_dict()

    return _Outcome(job.source, report_of(work))
