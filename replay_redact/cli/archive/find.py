"""``replay-redact archive find``: which recordings are a person's, hold a secret, or leak."""

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
    """Add what recordings have to be like."""
    add = parser.add_argument
    add("--subject", metavar="ID", help="they are of this person; - reads it from standard input")
    add(
        "--secret",
        action="append",
        default=[],
        metavar="TEXT",
        help="this text can be read in them, in any case, spacing or encoding; may be repeated",
    )
    add(
        "--secrets",
        action="append",
        default=[],
        metavar="FILE",
        help="one of the texts of this file can be read in them: a line 'name = secret' for each,"
        " or TOML; - reads it from standard input",
    )
    add(
        "--spread",
        action="store_true",
        help="also texts in several pieces, and typed key by key; this takes fifty times as long",
    )
    add(
        "--leaks",
        metavar="NAME|FILE.toml",
        help="they are not private under this policy, or unreadable",
    )
    add("--after", type=day, metavar="YYYY-MM-DD", help="first stored on this day or later")
    add("--before", type=day, metavar="YYYY-MM-DD", help="first stored before this day")
    add("--json", action="store_true", help="print recordings as JSON, one per line")


def find(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the recordings that meet all conditions: 0 if there is none, 1 if there are.

    2 if something was not searched, since it cannot be read or its name does not have the layout.
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
            f"not searched, for their names do not have the layout {settings.layout}:"
            f" {unknown}; say another layout in {SETTINGS}"
        )
        status = BAD_INPUT
    return status


def _unknown(archive: Archive) -> int:
    """Count the objects that may be recordings of another layout; policies stand beside them."""
    foreign = [one.where for one in archive.check(dry_run=True) if one.what == "foreign"]
    return sum(not name.endswith(".toml") for name in foreign)


def _conditions(arguments: argparse.Namespace) -> dict[str, Any]:
    subject = arguments.subject
    if subject == STANDARD and STANDARD in arguments.secrets:
        raise UsageError("standard input cannot be both the person and the secrets")
    return {
        "subject": None if subject is None else read_subject(subject),
        "secrets": secrets_of(arguments.secret, arguments.secrets),
        "spread": arguments.spread,
        "leaks": None if arguments.leaks is None else named_policy(arguments.leaks),
        "before": arguments.before,
        "after": arguments.after,
    }


def _as_text(found: Found) -> str:
    """Say a recording on one line: its name, when it was stored, what was found how often.

    The name may hold a secret itself, and what is found is what the user has to delete: it stays.
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
