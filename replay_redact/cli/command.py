"""The ``replay-redact`` command.

`terminal.arguments` has the table of exit codes. An output file appears whole or not at all; an
input that cannot be redacted gets no output.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from replay_redact._version import __version__
from replay_redact._wire.codec import FORMATS
from replay_redact.cli.explain import add_explain
from replay_redact.cli.files import (
    UsageError,
    add_inputs,
    add_output,
    add_policy_options,
    check_report,
    count,
    policy_of,
    read,
    targets,
    write,
)
from replay_redact.cli.policy import add_policy
from replay_redact.cli.preview import add_demo, add_preview
from replay_redact.cli.report import BAD_INPUT, finish, report_of
from replay_redact.cli.scrub import add_scrub
from replay_redact.cli.terminal.arguments import (
    Parser,
    add_completion,
    add_verbosity_below,
    epilog,
)
from replay_redact.cli.terminal.messages import LEVEL, progress, warn
from replay_redact.errors import RedactError
from replay_redact.policy import Policy
from replay_redact.redactor import Redactor

if TYPE_CHECKING:
    from replay_redact.testing.search import Leak

__all__ = ["main"]

LEAKS = 1
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
    LEVEL.set(arguments.level)
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
    parser = Parser(
        prog="replay-redact",
        description="Keep private data out of rrweb session-replay recordings.",
        epilog=epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_redact(commands)
    _add_check(commands)
    add_explain(commands)
    add_scrub(commands)
    add_preview(commands)
    add_policy(commands)
    add_demo(commands)
    add_verbosity_below(parser)
    add_completion(parser)
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


def _add_check(commands: Any) -> None:
    command = commands.add_parser(
        "check",
        help="list what is not private in recordings",
        description="List every place that redaction would still change, and every place where a"
        " secret can be read. The leaked content is not printed. Exit status: 0 if all recordings"
        " are private, 1 if there are leaks, 2 for bad input or usage.",
        epilog="example: replay-redact check session.json.gz --secret 'Jane Roe'",
    )
    add_inputs(command)
    command.add_argument("--format", choices=FORMATS, default="auto", help="form of the input")
    command.add_argument(
        "--secret",
        action="append",
        default=[],
        metavar="TEXT",
        help="also look for this text, in any case, spacing or encoding; may be repeated",
    )
    command.add_argument("--json", action="store_true", help="print leaks as JSON, one per line")
    command.add_argument(
        "--examples", type=count, default=3, metavar="N", help="leaks to show of each channel"
    )
    add_policy_options(command)
    command.set_defaults(run=_check)


# --- redact ---------------------------------------------------------------------------


def _redact(arguments: argparse.Namespace) -> int:
    policy = policy_of(arguments)
    jobs = [
        _Job(source, target, policy, arguments.format)
        for source, target in targets(arguments.inputs, arguments.output)
    ]
    check_report(arguments.report, [(job.source, job.target) for job in jobs])
    outcomes = list(progress(_work(jobs), len(jobs), "redacting"))
    return finish({outcome.source: outcome.report for outcome in outcomes}, arguments.report)


# --- check ----------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from replay_redact.testing.checks import (  # noqa: PLC0415 - wanted here only
        NOTHING,
        find_in_unreadable,
        find_leaks,
        is_empty,
    )

    policy = policy_of(arguments)
    status = 0
    for source in arguments.inputs:
        data = b""
        try:
            data = read(source)
            leaks = find_leaks(data, policy, secrets=arguments.secret, format=arguments.format)
        except (RedactError, ValueError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            print(f"replay-redact: {source}: {reason}", file=sys.stderr)
            status = BAD_INPUT
            if isinstance(error, RedactError):  # what cannot be read was sent all the same
                _print_leaks(arguments, source, find_in_unreadable(data, arguments.secret))
            continue
        if not leaks and is_empty(data):
            print(f"replay-redact: {source}: {NOTHING}", file=sys.stderr)
            status = BAD_INPUT
            continue
        _warn(policy, data, source)
        if not leaks and not arguments.json:
            print(f"{source}: private")
        _print_leaks(arguments, source, leaks)
        status = max(status, LEAKS if leaks else 0)
    return status


def _print_leaks(arguments: argparse.Namespace, source: str, leaks: list[Leak]) -> None:
    from replay_redact.testing.checks import summary  # noqa: PLC0415 - wanted here only

    if arguments.json:
        for leak in leaks:
            print(json.dumps({"input": source, **leak.as_dict()}))
    elif leaks:
        print(f"{source}: {summary(leaks, examples=arguments.examples)}")


def _warn(policy: Policy, data: bytes, source: str) -> None:
    from replay_redact.testing import lint  # noqa: PLC0415 - wanted here only

    for warning in lint(data, policy):
        warn(f"{source}: warning: {warning}")


def _work(jobs: list[_Job]) -> Iterator[_Outcome]:
    if len(jobs) == 1:
        yield _redact_one(jobs[0])
        return
    processes = min(len(jobs), os.cpu_count() or 1)
    with ProcessPoolExecutor(processes, initializer=LEVEL.set, initargs=(LEVEL.get(),)) as pool:
        yield from pool.map(_redact_one, jobs)


def _redact_one(job: _Job) -> _Outcome:
    def work() -> dict[str, Any]:
        redactor = Redactor(job.policy)
        write(job.target, redactor.process_bytes(read(job.source), format=job.format))
        return redactor.report.as_dict()

    return _Outcome(job.source, report_of(work))
