"""``replay-redact check``: list what is not private in recordings, for people and CI systems."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import msgpack

from replay_redact._runtime.collector import paused_collector
from replay_redact._wire.codec import FORMATS
from replay_redact.cli.files import (
    STANDARD,
    UsageError,
    add_policy_options,
    count,
    policy_of,
    read,
    write,
)
from replay_redact.cli.parallel import add_jobs, in_parallel
from replay_redact.cli.report import BAD_INPUT
from replay_redact.cli.secrets import secrets_of
from replay_redact.cli.sources import sources_of
from replay_redact.cli.terminal.messages import complain, progress, warn
from replay_redact.policy import named_policy

if TYPE_CHECKING:
    from replay_redact.evidence import Checked, Drawn, Evidence, Question, Wanted

LEAKS = 1

_REPORTS = {
    "sarif": "SARIF 2.1.0, for code scanning",
    "junit": "JUnit XML, with a test for each recording",
    "html": "one HTML page, with a picture of each place",
}


class _Job(NamedTuple):
    """One input to check. It can be pickled, so that a worker process can do it."""

    question: Question
    source: str
    data: bytes | None  # the content of standard input; a worker reads a file itself
    warns: bool


def add_check(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "check",
        help="list what is not private in recordings",
        description="List every place that redaction would still change, and every place where a"
        " secret can be read: one line for each recording, and a summary with the worst places of"
        " each channel. The leaked content is not printed. Exit status: 0 if all recordings are"
        " private, 1 if there are leaks, 2 if a recording cannot be read, and for bad usage.",
        epilog="examples: replay-redact check session.json.gz --secret 'Jane Roe';"
        " replay-redact check recordings/ --secrets secrets.txt --html report.html",
    )
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="a file, a folder (all files below it but hidden ones), a pattern such as"
        " 'recordings/**/*.gz', or - for standard input",
    )
    command.add_argument("--format", choices=FORMATS, default="auto", help="form of the inputs")
    _add_secrets(command)
    _add_reports(command)
    add_policy_options(command)
    command.set_defaults(run=_check)


def _add_secrets(command: Any) -> None:
    group = command.add_argument_group("secrets")
    group.add_argument(
        "--secret",
        action="append",
        default=[],
        metavar="TEXT",
        help="also look for this text, in any case, spacing or encoding; may be repeated",
    )
    group.add_argument(
        "--secrets",
        action="append",
        default=[],
        metavar="FILE",
        help="also look for the secrets of this file: a line 'name = secret' for each, or TOML; -"
        " reads standard input; may be repeated. Only the names are printed",
    )
    group.add_argument(
        "--only-secrets", action="store_true", help="look for nothing but the secrets"
    )


def _add_reports(command: Any) -> None:
    command.add_argument("--json", action="store_true", help="print places as JSON, one per line")
    command.add_argument(
        "--examples", type=count, default=3, metavar="N", help="places to show of each channel"
    )
    command.add_argument(
        "--max-leaks",
        type=count,
        default=0,
        metavar="N",
        help="allow this many leaks, in all recordings together, before the status is 1"
        " (default: 0); a secret that can be read always fails",
    )
    add_jobs(command)
    for name, what in _REPORTS.items():
        command.add_argument(f"--{name}", metavar="FILE", help=f"also write {what}")


def _check(arguments: argparse.Namespace) -> int:
    from replay_redact.evidence import REPORTS, evidence_of  # noqa: PLC0415 - wanted here only

    question = _question(arguments)
    sources = sources_of(arguments.inputs)
    reports = {name: getattr(arguments, name) for name in _REPORTS if getattr(arguments, name)}
    _check_targets(reports, [*sources, *arguments.secrets])
    jobs = [_job(question, source, warns=len(sources) == 1) for source in sources]
    with paused_collector():  # there are many findings, and no cycles to collect
        evidence = evidence_of(question, tuple(_checked(arguments, jobs)))
        if not arguments.json:
            _summarize(evidence, arguments.examples)
        if "html" in reports:
            evidence = evidence._replace(drawn=_drawn(evidence, jobs, arguments.jobs))
        for name, target in reports.items():
            write(target, REPORTS[name](evidence))
    return _status(evidence, arguments.max_leaks)


def _checked(arguments: argparse.Namespace, jobs: list[_Job]) -> Iterator[Checked]:
    """Check all inputs; print the findings of each as soon as all before it are printed."""
    outcomes = map(_unpacked, in_parallel(_check_packed, jobs, arguments.jobs))
    say = _say_as_json if arguments.json else partial(_say, only_secrets=arguments.only_secrets)
    for checked in progress(outcomes, len(jobs), "checking"):
        say(checked)
        yield checked


def _question(arguments: argparse.Namespace) -> Question:
    from replay_redact.evidence import Question  # noqa: PLC0415 - wanted here only
    from replay_redact.testing.planted import patterns  # noqa: PLC0415 - wanted here only

    if STANDARD in arguments.inputs and STANDARD in arguments.secrets:
        raise UsageError("standard input can hold a recording or the secrets, not both")
    policy, name = policy_of(arguments), arguments.policy
    if policy != named_policy(name):
        name = f"{name}, with options of the command line"
    named = secrets_of(arguments.secret, arguments.secrets)
    if arguments.only_secrets and not named:
        raise UsageError("--only-secrets needs secrets: --secret TEXT or --secrets FILE")
    try:
        patterns(named)
    except ValueError as error:  # a secret is too short
        raise UsageError(str(error)) from None
    return Question(policy, name, arguments.format, named, arguments.only_secrets)


def _check_targets(reports: dict[str, str], sources: list[str]) -> None:
    """Raise `UsageError` if a report cannot be written, or would overwrite an input or a report.

    This runs before the check, which may take long.
    """
    taken = {Path(name).resolve() for name in sources if name != STANDARD}
    for name, target in reports.items():
        if target == STANDARD:
            raise UsageError(f"--{name} needs a file: results are printed to standard output")
        path = Path(target).resolve()
        if path in taken:
            raise UsageError(f"--{name} would overwrite {target}, an input or another report")
        if path.is_dir() or not path.parent.is_dir():
            raise UsageError(f"--{name} {target}: give a file in a folder that exists")
        taken.add(path)


def _job(question: Question, source: str, *, warns: bool) -> _Job:
    return _Job(question, source, read(source) if source == STANDARD else None, warns)


def _check_packed(job: _Job) -> tuple[Checked, bytes]:
    """Check one input; return its findings as bytes, which is ten times as fast as pickling."""
    checked = _check_one(job)
    return checked._replace(findings=()), msgpack.encode(checked.findings)


def _unpacked(packed: tuple[Checked, bytes]) -> Checked:
    from replay_redact.evidence import Finding  # noqa: PLC0415 - wanted here only

    checked, findings = packed
    return checked._replace(findings=msgpack.decode(findings, type=tuple[Finding, ...]))


def _check_one(job: _Job) -> Checked:
    from replay_redact.evidence import check, unread  # noqa: PLC0415 - wanted here only

    question, source, data, warns = job
    try:
        data = read(source) if data is None else data
    except OSError as error:
        return unread(question, source, error.strerror or "cannot be read")
    checked = check(question, source, data)
    return checked._replace(warnings=_warnings(question, data)) if warns else checked


def _warnings(question: Question, data: bytes) -> tuple[str, ...]:
    from replay_redact.errors import RedactError  # noqa: PLC0415 - wanted here only
    from replay_redact.testing import lint  # noqa: PLC0415 - wanted here only

    try:
        return tuple(lint(data, question.policy))
    except RedactError:  # the check has printed why
        return ()


# --- pictures ---------------------------------------------------------------------------


class _Drawing(NamedTuple):
    """One input, and the places in it to draw."""

    job: _Job
    sha256: str
    wanted: Wanted


def _drawn(evidence: Evidence, jobs: list[_Job], processes: int | None) -> dict[int, Drawn]:
    """Draw the worst places, which reads some of the recordings again."""
    from replay_redact.evidence import wanted  # noqa: PLC0415 - wanted here only

    asked = wanted(evidence.recordings)
    drawings = [
        _Drawing(jobs[index], evidence.recordings[index].sha256, own)
        for index, own in asked.items()
    ]
    drawn = in_parallel(_draw_one, drawings, processes)
    return dict(zip(asked, progress(drawn, len(drawings), "drawing"), strict=True))


def _draw_one(drawing: _Drawing) -> Drawn:
    """Draw the places of one input; nothing if its file has changed since the check."""
    from replay_redact.evidence import Drawn, draw  # noqa: PLC0415 - wanted here only

    question, source, data, _ = drawing.job
    try:
        data = read(source) if data is None else data
    except OSError:
        return Drawn()
    if sha256(data).hexdigest() != drawing.sha256:
        return Drawn()
    return draw(question, data, drawing.wanted)


# --- what is printed --------------------------------------------------------------------


def _say(checked: Checked, *, only_secrets: bool) -> None:
    from replay_redact.evidence.text import line_of  # noqa: PLC0415 - wanted here only

    _complain(checked)
    if checked.findings or not checked.trouble:
        print(line_of(checked, only_secrets=only_secrets), flush=True)


def _say_as_json(checked: Checked) -> None:
    _complain(checked)
    for finding in checked.findings:
        print(json.dumps({"input": checked.name, **finding.as_dict()}))


def _complain(checked: Checked) -> None:
    from replay_redact.evidence.text import printable  # noqa: PLC0415 - wanted here only

    name = printable(checked.name)
    if checked.trouble:
        complain(f"{name}: {checked.trouble}")
    for warning in checked.warnings:
        warn(f"{name}: warning: {warning}")


def _summarize(evidence: Evidence, examples: int) -> None:
    from replay_redact.evidence.text import summary_lines  # noqa: PLC0415 - wanted here only

    for line in summary_lines(evidence, examples):
        print(line)


def _status(evidence: Evidence, most: int) -> int:
    if evidence.troubled:
        return BAD_INPUT
    findings = evidence.findings
    leaks = sum(finding.times for finding in findings)
    holds_secret = any(finding.leak.secret is not None for finding in findings)
    return LEAKS if holds_secret or leaks > most else 0
