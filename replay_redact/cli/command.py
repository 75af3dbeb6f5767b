"""The ``replay-redact`` command.

`terminal.arguments` has the table of exit codes. An output file appears whole or not at all; an
input that cannot be redacted gets no output.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from replay_redact._runtime import native
from replay_redact._version import __version__
from replay_redact.cli.archive.verbs import add_archive
from replay_redact.cli.check import add_check
from replay_redact.cli.explain import add_explain
from replay_redact.cli.files import UsageError
from replay_redact.cli.policy import add_policy
from replay_redact.cli.preview import add_demo, add_preview
from replay_redact.cli.redaction.verb import add_redact
from replay_redact.cli.report import BAD_INPUT
from replay_redact.cli.scrub import add_scrub
from replay_redact.cli.terminal.arguments import (
    Parser,
    add_completion,
    add_verbosity_below,
    epilog,
)
from replay_redact.cli.terminal.messages import LEVEL, complain
from replay_redact.errors import RedactError

__all__ = ["main"]

INTERRUPTED = 130  # this and the next: as a shell reports a program that a signal ended
CLOSED_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, or with those of the process; return its status."""
    arguments = _parser().parse_args(argv)
    LEVEL.set(arguments.level)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a file may have any name
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status: int = arguments.run(arguments)
    except BrokenPipeError:  # the reader of our output has closed it, as ``head`` does
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
        return CLOSED_PIPE
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}")
        return BAD_INPUT
    except (UsageError, RedactError) as error:
        complain(str(error))
        return BAD_INPUT
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="replay-redact",
        description="Keep private data out of rrweb session-replay recordings.",
        epilog=epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    version = f"%(prog)s {__version__} ({native.status})"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_redact(commands)
    add_check(commands)
    add_explain(commands)
    add_scrub(commands)
    add_preview(commands)
    add_policy(commands)
    add_archive(commands)
    add_demo(commands)
    add_verbosity_below(parser)
    add_completion(parser)
    return parser
