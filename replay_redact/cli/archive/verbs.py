"""The ``archive`` commands: work on stored recordings.

Exit status:

* 0: success;
* 1: ``find`` found something, a recording that was to be deleted was skipped, or ``check`` found
  something that it did not mend;
* 2: an error, or something could not be deleted or read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from replay_redact._runtime.plural import counted
from replay_redact.cli.archive import options
from replay_redact.cli.archive.find import add_conditions, find
from replay_redact.cli.archive.settings import SETTINGS, Settings, read_settings
from replay_redact.cli.files import STANDARD, UsageError, write
from replay_redact.cli.parallel import in_parallel
from replay_redact.cli.report import BAD_INPUT
from replay_redact.cli.terminal.messages import complain, one_line, warn
from replay_redact.policy import Policy, named_policy

if TYPE_CHECKING:
    from replay_redact.archive import Certificate, Redacted, Skipped

__all__ = ["add_archive"]

SKIPPED = 1
_NOBODY = "no recording of this person is known: give the name as ingestion got it"


class _Verb(NamedTuple):
    """A command: its name, its help text, its options, and what it does."""

    name: str
    help: str
    options: tuple[Callable[[Any], None], ...]
    run: Callable[[argparse.Namespace, Settings], int]
    changes: bool = True  # so that it has a dry run


def add_archive(commands: Any) -> None:
    """Add the commands."""
    command = commands.add_parser(
        "archive",
        help="find, delete, hold, export and redact stored recordings",
        description="Work on the recordings that are stored under a root. Optional settings"
        f" in ROOT/{SETTINGS}: layout, policy, index_key_variable (the environment"
        " variable with the key of the index).",
        epilog="example: replay-redact archive expire replays --days 30 --by cron",
    )
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB", help="what to do")
    for verb in _VERBS:
        parser = verbs.add_parser(verb.name, help=verb.help, description=verb.help)
        parser.add_argument(
            "root",
            metavar="ROOT",
            help="the archive: a folder, or a URL such as s3://bucket/replays",
        )
        for option in verb.options:
            option(parser)
        if verb.changes:
            parser.add_argument(
                "--dry-run", action="store_true", help="print what would be done, and do nothing"
            )
        parser.set_defaults(run=_runner(verb))


def _runner(verb: _Verb) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        return verb.run(arguments, read_settings(arguments.root))

    return run


# --- what the verbs share --------------------------------------------------------------


def _policy_of(arguments: argparse.Namespace, settings: Settings) -> Policy | None:
    name = arguments.policy or settings.policy
    return None if name is None else named_policy(name)


def _lines(texts: list[str]) -> list[str]:
    """Return the names; ``-`` means the lines of standard input."""
    if texts != [STANDARD]:
        return texts
    return [name for line in sys.stdin.read().split("\n") if (name := line.removesuffix("\r"))]


# --- verbs ----------------------------------------------------------------------------


def _delete(arguments: argparse.Namespace, settings: Settings) -> int:
    certificate = settings.open().delete(
        _lines(arguments.sessions),
        by=arguments.by,
        reason=arguments.reason,
        dry_run=arguments.dry_run,
    )
    return _told(certificate, arguments)


def _erase(arguments: argparse.Namespace, settings: Settings) -> int:
    certificate = settings.open().erase(
        options.read_subject(arguments.subject),
        by=arguments.by,
        reason=arguments.reason,
        dry_run=arguments.dry_run,
    )
    if not certificate.recordings + certificate.skipped:
        warn(_NOBODY)
    return _told(certificate, arguments)


def _expire(arguments: argparse.Namespace, settings: Settings) -> int:
    days, hours = arguments.days or 0, arguments.hours or 0
    if not days + hours:
        raise UsageError("keep recordings for at least one hour")
    try:
        certificate = settings.open().expire(
            days=days,
            hours=hours,
            by=arguments.by,
            reason=arguments.reason,
            dry_run=arguments.dry_run,
        )
    except ValueError as error:
        raise UsageError(str(error)) from None
    return _told(certificate, arguments)


def _told(certificate: Certificate, arguments: argparse.Namespace) -> int:
    """Print what was deleted; return the status."""
    if arguments.certificate:  # first: printing may fail on a closed pipe
        write(arguments.certificate, certificate.as_json() + b"\n", private=True)
    verb = "would delete" if certificate.dry_run else "deleted"
    for one in certificate.recordings:
        objects = counted(one.objects, "object")
        print(f"{verb} {one_line(one.session)}: {objects}, {one.size} bytes")
    _tell_skipped(certificate.skipped)
    left = [one for one in certificate.recordings if one.versions_remain or not one.verified]
    for one in left:
        complain(f"{one_line(one.session)}: could not be deleted completely")
    if left and not certificate.dry_run:
        return BAD_INPUT
    return SKIPPED if certificate.skipped else 0


def _tell_skipped(skipped: Iterable[Skipped]) -> None:
    for one in skipped:
        complain(f"{one_line(one.session)}: skipped: {one.why}")


def _hold(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.until is not None and arguments.until <= datetime.now(UTC):
        raise UsageError("--until must be a day in the future")
    archive = settings.open()
    held = archive.hold(
        _lines(arguments.sessions),
        by=arguments.by,
        reason=arguments.reason,
        until=arguments.until,
        dry_run=arguments.dry_run,
    )
    there = {one.session for one in archive.find(sessions=held)}
    for session in held:
        if session not in there:
            warn(f"{one_line(session)}: there is no such recording yet; check the name")
    return _listed("would hold" if arguments.dry_run else "holding", held)


def _release(arguments: argparse.Namespace, settings: Settings) -> int:
    released = settings.open().release(
        _lines(arguments.sessions), by=arguments.by, dry_run=arguments.dry_run
    )
    return _listed("would release" if arguments.dry_run else "released", released)


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    copied = settings.open().export(options.read_subject(arguments.subject), arguments.output)
    if not copied:
        warn(_NOBODY)
    return _listed("copied", copied)


def _listed(verb: str, sessions: Iterable[str]) -> int:
    for session in sessions:
        print(f"{verb} {one_line(session)}")
    return 0


_TO_DO = {
    "unreadable": "nobody knows what is in it, and no policy can redact it: restore the segment"
    " from its source, or delete the recording with `replay-redact archive delete`",
    "shown": "redact it with `replay-redact archive redact`",
    "foreign": "the name does not fit the layout, so no verb touches the object: move or remove it",
    "late": "a process writes to a deleted recording, or a link is there: stop or remove it, and"
    " check again",
}
"""What the user has to do about a problem that `check` did not mend."""


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    policy = _policy_of(arguments, settings)
    problems = settings.open().check(policy, dry_run=arguments.dry_run)
    for problem in problems:
        print(f"{one_line(problem.where)}: {problem.what}{' (mended)' if problem.mended else ''}")
    left = dict.fromkeys(problem.what for problem in problems if not problem.mended)
    for what in left:
        if not (arguments.dry_run and what == "late"):  # that would be mended
            complain(f"{what}: {_TO_DO[what]}")
    return SKIPPED if any(not problem.mended for problem in problems) else 0


# --- redact ---------------------------------------------------------------------------


class _Part(NamedTuple):
    """Recordings that one process redacts."""

    settings: Settings
    policy: Policy
    sessions: list[str]
    again: bool
    dry_run: bool


def _redact(arguments: argparse.Namespace, settings: Settings) -> int:
    policy = _policy_of(arguments, settings)
    if policy is None:
        raise UsageError(f"name a policy: with --policy, or as policy in {SETTINGS}")
    sessions = _lines(arguments.sessions) or list(settings.open().sessions())
    jobs = max(1, min(arguments.jobs, len(sessions)))
    parts = [
        _Part(settings, policy, sessions[at::jobs], arguments.again, arguments.dry_run)
        for at in range(jobs)
    ]
    outcomes = list(in_parallel(_redact_part, parts, len(parts)))
    _listed(
        "would redact" if arguments.dry_run else "redacted",
        (session for outcome in outcomes for session in outcome.sessions),
    )
    doubted = sum((Counter(outcome.doubted) for outcome in outcomes), Counter())
    for selector, times in doubted.items():
        complain(
            f"{selector} met masked values {times} times: it counted as met where it masks, not"
            " where it shows"
        )
    skipped = [one for outcome in outcomes for one in outcome.skipped]
    _tell_skipped(skipped)
    unreadable = any(one.why.startswith("unreadable") for one in skipped)
    if unreadable:
        complain(f"unreadable: {_TO_DO['unreadable']}")
    return BAD_INPUT if unreadable else 0


def _redact_part(part: _Part) -> Redacted:
    archive = part.settings.open()
    return archive.redact(part.policy, part.sessions, again=part.again, dry_run=part.dry_run)


_VERBS = (
    _Verb(
        "find",
        "list the recordings that meet all conditions",
        (add_conditions,),
        find,
        changes=False,
    ),
    _Verb(
        "redact",
        "redact again, under a stricter policy",
        (options.add_some_sessions, options.add_policy, options.add_redaction),
        _redact,
    ),
    _Verb(
        "delete",
        "delete recordings",
        (options.add_sessions, options.add_by, options.add_reason, options.add_certificate),
        _delete,
    ),
    _Verb(
        "erase",
        "delete every recording of a person",
        (options.add_subject, options.add_by, options.add_reason, options.add_certificate),
        _erase,
    ),
    _Verb(
        "expire",
        "delete recordings that are too old",
        (options.add_age, options.add_by, options.add_certificate),
        _expire,
    ),
    _Verb(
        "hold",
        "protect recordings from deletion and redaction",
        (options.add_sessions, options.add_by, options.add_reason, options.add_until),
        _hold,
    ),
    _Verb("release", "release held recordings", (options.add_sessions, options.add_by), _release),
    _Verb(
        "export",
        "copy the recordings of a person",
        (options.add_subject, options.add_output),
        _export,
        changes=False,
    ),
    _Verb("check", "list problems, and mend what crashes left", (options.add_policy,), _check),
)
