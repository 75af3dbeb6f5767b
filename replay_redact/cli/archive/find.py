"""``replay-redact archive find``: find recordings by person, by secret, or by what leaks."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from replay_redact._runtime.plural import counted
from replay_redact.cli.archive.options import day, read_subject
from replay_redact.cli.archive.settings import SETTINGS, Settings
from replay_redact.cli.files import STANDARD, UsageError
from replay_redact.cli.report import BAD_INPUT
from replay_redact.cli.secrets import secrets_of
from replay_redact.cli.terminal.messages import complain, one_line
from replay_redact.policy import named_policy

if TYPE_CHECKING:
    from replay_redact.archive import Archive, Found

FOUND = 1


def add_conditions(parser: Any) -> None:
    """Add the conditions that recordings have to meet."""
    add = parser.add_argument
    add(
        "--subject",
        metavar="ID",
        help="recordings of this person; - reads the name from standard input",
    )
    add(
        "--secret",
        action="append",
        default=[],
        metavar="TEXT",
        help="recordings in which this text can be read, in any case, spacing or encoding; may be"
        " repeated",
    )
    add(
        "--secrets",
        action="append",
        default=[],
        metavar="FILE",
        help="the same for each text of a file: a line 'name = secret' for each,"
        " or TOML; - reads it from standard input",
    )
    add(
        "--spread",
        action="store_true",
        help="also find secrets that are split into pieces or typed key by key; takes fifty times"
        " as long",
    )
    add(
        "--leaks",
        metavar="NAME|FILE.toml",
        help="recordings that are not private under this policy, or unreadable",
    )
    add(
        "--after",
        type=day,
        metavar="YYYY-MM-DD",
        help="recordings first stored on this day or later",
    )
    add("--before", type=day, metavar="YYYY-MM-DD", help="recordings first stored before this day")
    add("--json", action="store_true", help="print recordings as JSON, one per line")


def find(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the recordings that meet all conditions; return the exit status.

    * 0: no recording meets them;
    * 1: at least one does;
    * 2: something was not searched, since it cannot be read or its name does not fit the layout.
    """
    archive = settings.open()
    status = 0
    try:
        for found in archive.find(**_conditions(arguments)):
            print(_as_json(found) if arguments.json else _as_text(found))
            if found.state == "unreadable":
                complain(f"{one_line(found.session)}: cannot be read")
                status = BAD_INPUT
            status = max(status, FOUND)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if arguments.subject is None and (unknown := _unknown(archive)):
        complain(
            f"not searched, because their names do not fit the layout {settings.layout}:"
            f" {unknown}; set another layout in {SETTINGS}"
        )
        status = BAD_INPUT
    return status


def _unknown(archive: Archive) -> int:
    """Count the objects that may be recordings of another layout. Policy files are none."""
    foreign = [one.where for one in archive.check(dry_run=True) if one.what == "foreign"]
    return sum(not name.endswith(".toml") for name in foreign)


def _conditions(arguments: argparse.Namespace) -> dict[str, Any]:
    subject = arguments.subject
    if subject == STANDARD and STANDARD in arguments.secrets:
        raise UsageError("standard input can hold the person or the secrets, not both")
    return {
        "subject": None if subject is None else read_subject(subject),
        "secrets": secrets_of(arguments.secret, arguments.secrets),
        "spread": arguments.spread,
        "leaks": None if arguments.leaks is None else named_policy(arguments.leaks),
        "before": arguments.before,
        "after": arguments.after,
    }


def _as_text(found: Found) -> str:
    """Describe a recording on one line: its name, when it was stored, what was found how often.

    The name is printed even if it holds a secret: the user needs it to delete the recording.
    """
    counts: dict[str, int] = {}
    for spot in found.spots:
        name = str(spot.leak.secret)
        counts[name] = counts.get(name, 0) + 1
    said = [f"{name} in {counted(count, 'place')}" for name, count in counts.items()]
    said += [found.state] if found.state else []
    return f"{one_line(found.session)}: first stored {found.first:%Y-%m-%d %H:%M}{_joined(said)}"


def _joined(said: list[str]) -> str:
    return "".join(f"; {one}" for one in said)


def _as_json(found: Found) -> str:
    return json.dumps(
        {
            "session": found.session,
            "first_stored": found.first.isoformat(),
            "state": found.state,
            "spots": [{"segment": spot.segment, **spot.leak.as_dict()} for spot in found.spots],
        }
    )
