"""The options of the ``archive`` commands: each function adds one, or some that go together."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from replay_redact.cli.files import STANDARD, count


def add_sessions(parser: Any) -> None:
    """Which recordings."""
    parser.add_argument(
        "sessions", nargs="+", metavar="SESSION", help="names, or - to read them line by line"
    )


def add_some_sessions(parser: Any) -> None:
    """Which recordings; all if none is named."""
    parser.add_argument(
        "sessions", nargs="*", metavar="SESSION", help="names; all if none is given"
    )


def add_subject(parser: Any) -> None:
    """Whose recordings."""
    parser.add_argument(
        "--subject",
        required=True,
        metavar="ID",
        help="the person, as ingestion named her; - reads it from standard input, where neither"
        " a shell's history nor ps can see it",
    )


def read_subject(text: str) -> str:
    """Return the person; ``-`` stands for the one on the first line of standard input."""
    return sys.stdin.readline().rstrip("\r\n") if text == STANDARD else text


def add_by(parser: Any) -> None:
    """Who does this."""
    parser.add_argument("--by", required=True, metavar="WHO", help="who does this")


def add_reason(parser: Any) -> None:
    """Why."""
    parser.add_argument("--reason", required=True, metavar="WHY", help="why, such as a ticket")


def add_age(parser: Any) -> None:
    """How long recordings are kept."""
    ages = parser.add_mutually_exclusive_group(required=True)
    for unit in ("days", "hours"):
        ages.add_argument(f"--{unit}", type=count, metavar="N", help=f"how many {unit} are kept")
    parser.add_argument("--reason", default="", metavar="WHY", help="why")


def add_certificate(parser: Any) -> None:
    """Where the certificate goes."""
    parser.add_argument("--certificate", metavar="FILE", help="write the certificate there, too")


def add_until(parser: Any) -> None:
    """Until when recordings are held."""
    parser.add_argument(
        "--until", type=day, metavar="YYYY-MM-DD", help="until this day; without it, until release"
    )


def add_policy(parser: Any) -> None:
    """By which policy."""
    parser.add_argument("--policy", metavar="NAME|FILE.toml", help="a preset, or a file of options")


def add_redaction(parser: Any) -> None:
    """How recordings are redacted."""
    parser.add_argument("--jobs", type=count, default=1, metavar="N", help="processes at a time")
    parser.add_argument(
        "--again", action="store_true", help="also what this policy has redacted before"
    )


def add_output(parser: Any) -> None:
    """Where copies go."""
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="where copies go")


def day(text: str) -> datetime:
    """Read a day off the command line: its beginning, in UTC."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day, such as 2026-12-31") from None
