"""The ``replay-redact`` command.

Exit status: 0 for success, 1 for leaks that ``check`` found, 2 for bad input or
usage. What cannot be redacted is not written; an output file appears whole or not
at all.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from replay_redact._codec import FORMATS, decode
from replay_redact._errors import RedactError
from replay_redact._redactor import Redactor
from replay_redact.policy import PRESETS, Policy, named_policy

__all__ = ["main"]

STANDARD = "-"

LEAKS = 1
BAD_INPUT = 2


class _UsageError(Exception):
    pass


class _Job(NamedTuple):
    """One input to redact; picklable, so that a worker process can do it."""

    source: str
    target: str
    policy: Policy
    format: str


class _Outcome(NamedTuple):
    """What became of one input: its report, or what was wrong with it."""

    source: str
    report: dict[str, Any] | None
    error: str | None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (default: the process's own)."""
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except (_UsageError, RedactError, OSError) as error:
        print(f"replay-redact: {error}", file=sys.stderr)
        return BAD_INPUT
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="replay-redact",
        description="Keep private data out of rrweb session-replay recordings.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_redact(commands)
    _add_check(commands)
    _add_explain(commands)
    _add_demo(commands)
    return parser


def _add_redact(commands: Any) -> None:
    command = commands.add_parser(
        "redact",
        help="redact recordings",
        description="Redact recordings: arrays of rrweb events, one event per line, Sentry segments"
        " or PostHog batches, plain or compressed. The output has the form of the input.",
        epilog="example: replay-redact redact session.json.gz -o redacted.json.gz",
    )
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, or - for standard input"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="a file or - (default) for one input, a directory for several",
    )
    command.add_argument("--format", choices=FORMATS, default="auto", help="form of the input")
    command.add_argument(
        "--report", metavar="FILE", help="write counts of what was masked and dropped as JSON"
    )
    _add_policy_options(command)
    command.set_defaults(run=_redact)


def _add_check(commands: Any) -> None:
    command = commands.add_parser(
        "check",
        help="list what in recordings is not private",
        description="List every place that redaction would still change, and every place where a"
        " secret can be read. What leaked is not printed. Exit status: 0 if all recordings are"
        " private, 1 if there are leaks, 2 for bad input or usage.",
        epilog="example: replay-redact check session.json.gz --secret 'Jane Roe'",
    )
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, or - for standard input"
    )
    command.add_argument("--format", choices=FORMATS, default="auto", help="form of the input")
    command.add_argument(
        "--secret",
        action="append",
        default=[],
        metavar="TEXT",
        help="also look for this text, however it is spelled; may be repeated",
    )
    command.add_argument("--json", action="store_true", help="print leaks as JSON, one per line")
    command.add_argument(
        "--examples", type=int, default=3, metavar="N", help="leaks to show of each channel"
    )
    _add_policy_options(command)
    command.set_defaults(run=_check)


def _add_explain(commands: Any) -> None:
    command = commands.add_parser(
        "explain",
        help="say which rule decided about a node",
        description="Print what was decided about a node and all above it, and by which rule, as"
        " things stood when it was last there.",
        epilog="example: replay-redact explain session.json.gz --node 57",
    )
    command.add_argument("input", metavar="INPUT", help="a file, or - for standard input")
    command.add_argument("--node", type=int, required=True, metavar="ID", help="id of the node")
    _add_policy_options(command)
    command.set_defaults(run=_explain)


def _add_policy_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("policy")
    group.add_argument(
        "--policy",
        default="strict",
        metavar="NAME|FILE.toml",
        help=f"one of {', '.join(PRESETS)}, or a TOML file of options (default: strict)",
    )
    for name, what in (
        ("mask", "mask regions"),
        ("unmask", "show regions in clear"),
        ("block", "replace elements by gray boxes"),
    ):
        group.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="SEL",
            help=f"{what} that match a CSS selector; may be repeated",
        )


def _add_demo(commands: Any) -> None:
    command = commands.add_parser(
        "demo",
        help="redact a bundled recording and show it before and after",
        description="Redact a recording that comes with the package; write it, its redacted"
        " form, and a page that shows both side by side.",
    )
    command.add_argument(
        "-o", "--output", metavar="DIR", default="replay-redact-demo", help="default: %(default)s"
    )
    command.set_defaults(run=_demo)


# --- policy ---------------------------------------------------------------------------


def _policy(arguments: argparse.Namespace) -> Policy:
    policy = named_policy(arguments.policy)
    return policy.replace(
        mask=(*policy.mask, *arguments.mask),
        unmask=(*policy.unmask, *arguments.unmask),
        block=(*policy.block, *arguments.block),
    )


# --- redact ---------------------------------------------------------------------------


def _redact(arguments: argparse.Namespace) -> int:
    policy = _policy(arguments)
    jobs = [
        _Job(source, target, policy, arguments.format)
        for source, target in _targets(arguments.inputs, arguments.output)
    ]
    outcomes = list(_progress(_work(jobs), len(jobs)))
    for outcome in outcomes:
        if outcome.error is not None:
            print(f"replay-redact: {outcome.source}: {outcome.error}", file=sys.stderr)
    if arguments.report:
        _write_report(arguments.report, outcomes)
    return BAD_INPUT if any(outcome.error for outcome in outcomes) else 0


# --- check ----------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from replay_redact.testing import find_leaks, summary  # noqa: PLC0415 - wanted here only

    policy = _policy(arguments)
    status = 0
    for source in arguments.inputs:
        try:
            data = _read(source)
            leaks = find_leaks(data, policy, secrets=arguments.secret, format=arguments.format)
        except (RedactError, ValueError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            print(f"replay-redact: {source}: {reason}", file=sys.stderr)
            status = BAD_INPUT
            continue
        _warn(policy, data, source)
        if arguments.json:
            for leak in leaks:
                print(json.dumps({"input": source, **leak.as_dict()}))
        else:
            text = summary(leaks, examples=arguments.examples) if leaks else "private"
            print(f"{source}: {text}")
        status = max(status, LEAKS if leaks else 0)
    return status


def _warn(policy: Policy, data: bytes, source: str) -> None:
    if policy.rules == "strict":
        for warning in policy.lint(data):
            print(f"replay-redact: {source}: warning: {warning}", file=sys.stderr)


def _explain(arguments: argparse.Namespace) -> int:
    from replay_redact.testing import explain  # noqa: PLC0415 - wanted here only

    policy = _policy(arguments)
    if policy.rules != "strict":
        raise _UsageError("explain knows the strict rules only")
    steps = explain(_read(arguments.input), arguments.node, policy)
    if not steps:
        raise _UsageError(f"the recording has no node {arguments.node}")
    for step in steps:
        print(f"{step.node}\t{step.name}\t{step.level.name.lower()}\t{step.rule}")
    return 0


def _targets(sources: list[str], output: str | None) -> list[tuple[str, str]]:
    """Pair every input with where its output goes."""
    if len(sources) == 1 and (output is None or not Path(output).is_dir()):
        return [(sources[0], output or STANDARD)]
    if output is None or output == STANDARD:
        raise _UsageError("several inputs need a directory: use -o DIR")
    if STANDARD in sources:
        raise _UsageError("standard input has no name in a directory: use -o FILE")
    directory = Path(output)
    directory.mkdir(parents=True, exist_ok=True)
    pairs = [(source, str(directory / Path(source).name)) for source in sources]
    if len({target for _, target in pairs}) != len(pairs):
        raise _UsageError("two inputs have the same file name: redact them one by one")
    return pairs


def _work(jobs: list[_Job]) -> Iterator[_Outcome]:
    if len(jobs) == 1:
        yield _redact_one(jobs[0])
        return
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as pool:
        yield from pool.map(_redact_one, jobs)


def _redact_one(job: _Job) -> _Outcome:
    redactor = Redactor(job.policy)
    try:
        _write(job.target, redactor.process_bytes(_read(job.source), format=job.format))
    except RedactError as error:
        return _Outcome(job.source, None, str(error))
    except OSError as error:
        return _Outcome(job.source, None, error.strerror or "cannot be read or written")
    return _Outcome(job.source, redactor.report.as_dict(), None)


def _read(source: str) -> bytes:
    return sys.stdin.buffer.read() if source == STANDARD else Path(source).read_bytes()


def _write(target: str, data: bytes) -> None:
    if target == STANDARD:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    if path.exists() and not path.is_file():  # a device or a pipe: to rename over it would end it
        with path.open("wb") as file:
            file.write(data)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.chmod(0o666 & ~_umask())  # mkstemp is stricter than a plain new file
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_report(target: str, outcomes: list[_Outcome]) -> None:
    reports = {outcome.source: outcome.report or {"error": outcome.error} for outcome in outcomes}
    _write(target, json.dumps(reports, indent=2).encode() + b"\n")


def _progress(outcomes: Iterator[_Outcome], total: int) -> Iterator[_Outcome]:
    """Show progress on a terminal's standard error; elsewhere keep quiet."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import track  # noqa: PLC0415

    yield from track(
        outcomes, "redacting", total=total, console=Console(stderr=True), transient=True
    )


# --- demo -----------------------------------------------------------------------------


def _demo(arguments: argparse.Namespace) -> int:
    from replay_redact.preview import compare_page, snapshot_documents  # noqa: PLC0415 - lxml

    before = resources.files("replay_redact").joinpath("demo/recording.json.gz").read_bytes()
    after = Redactor().process_bytes(before)
    page = compare_page(
        snapshot_documents(decode(before)),
        snapshot_documents(decode(after)),
        title="replay_redact: before and after",
    )
    directory = Path(arguments.output)
    directory.mkdir(parents=True, exist_ok=True)
    files = {
        "recording.json.gz": before,
        "redacted.json.gz": after,
        "before-and-after.html": page.encode(),
    }
    for name, data in files.items():
        _write(str(directory / name), data)
        print(directory / name)
    return 0
