"""The options of the ``archive`` commands: each function adds one option or one group."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from replay_redact.cli.files import STANDARD, count


def add_sessions(parser: Any) -> None:
    """Which recordings."""
    parser.add_argument(
        "sessions",
        nargs="+",
        metavar="SESSION",
        help="names of sessions, or - to read them line by line from standard input",
    )


def add_some_sessions(parser: Any) -> None:
    """Add the recordings; all if none is named."""
    parser.add_argument(
        "sessions", nargs="*", metavar="SESSION", help="names of sessions (default: all)"
    )


def add_subject(parser: Any) -> None:
    """Whose recordings."""
    parser.add_argument(
        "--subject",
        required=True,
        metavar="ID",
        help="the person, named as at ingestion; - reads the name from standard input, where"
        " neither the shell's history nor ps shows it",
    )


def read_subject(text: str) -> str:
    """Return the person; ``-`` means the first line of standard input."""
    return sys.stdin.readline().rstrip("\r\n") if text == STANDARD else text


def add_by(parser: Any) -> None:
    """Add who does this, and why."""
    parser.add_argument(
        "--by", required=True, metavar="WHO", help="who does this, such as an e-mail address"
    )


def add_reason(parser: Any) -> None:
    """Why."""
    parser.add_argument(
        "--reason", required=True, metavar="WHY", help="why, such as the number of a ticket"
    )


def add_age(parser: Any) -> None:
    """Add how long recordings are kept."""
    ages = parser.add_mutually_exclusive_group(required=True)
    for unit in ("days", "hours"):
        ages.add_argument(
            f"--{unit}", type=count, metavar="N", help=f"keep recordings for this many {unit}"
        )
    parser.add_argument("--reason", default="", metavar="WHY", help="why")


def add_certificate(parser: Any) -> None:
    """Add a file for the certificate."""
    parser.add_argument(
        "--certificate", metavar="FILE", help="also write the certificate to this file"
    )


def add_until(parser: Any) -> None:
    """Add until when recordings are held."""
    parser.add_argument(
        "--until",
        type=day,
        metavar="YYYY-MM-DD",
        help="hold until this day (default: until release)",
    )


def add_policy(parser: Any) -> None:
    """Add the policy."""
    parser.add_argument("--policy", metavar="NAME|FILE.toml", help="a preset, or a policy file")


def add_redaction(parser: Any) -> None:
    """Add how recordings are redacted."""
    parser.add_argument("--jobs", type=count, default=1, metavar="N", help="processes at a time")
    parser.add_argument(
        "--again",
        action="store_true",
        help="also redact recordings that this policy has redacted before",
    )


def add_output(parser: Any) -> None:
    """Add the folder for copies."""
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="the folder for the copies"
    )


def day(text: str) -> datetime:
    """Read a day from the command line; return its beginning, in UTC."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day: write it like 2026-12-31"
        ) from None
