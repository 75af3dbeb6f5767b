"""The commands that write HTML pages: ``preview`` and ``demo``."""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path
from typing import Any

from replay_redact._wire.codec import FORMATS
from replay_redact.cli.files import (
    STANDARD,
    UsageError,
    add_input,
    add_policy_options,
    policy_of,
    read,
    write,
)
from replay_redact.redactor import Redactor

_DEMO_PAGE = "before-and-after.html"


def add_preview(commands: Any) -> None:
    """Add ``replay-redact preview``."""
    command = commands.add_parser(
        "preview",
        help="write an HTML page that shows what a policy does to a recording",
        description="Write one self-contained HTML page that shows the pages of a recording after"
        " redaction, at each event (move the slider). It says which rule masked what (point"
        " at it) and what would change that (click it), outlines what is shown in clear, and counts"
        " by rule. Nothing in the recording can run or load anything.",
        epilog="example: replay-redact preview session.json.gz -o page.html --unmask nav",
    )
    add_input(command)
    command.add_argument(
        "-o",
        "--output",
        metavar="PAGE.html",
        required=True,
        help="a file, or - for standard output",
    )
    command.add_argument(
        "--compare",
        action="store_true",
        help="show each page before and after redaction, side by side. THE PAGE THEN HOLDS THE"
        " RECORDING IN CLEAR: keep it as private as the recording (only its owner can read it)",
    )
    command.add_argument("--format", choices=FORMATS, default="auto", help="form of the input")
    add_policy_options(command)
    command.set_defaults(run=_preview)


def add_demo(commands: Any) -> None:
    """Add ``replay-redact demo``."""
    command = commands.add_parser(
        "demo",
        help="redact a bundled recording and show it before and after",
        description="Redact a recording that comes with the package: the page of a clinic, on which"
        " all people are made up. Write the recording, its redacted form, a page that shows both"
        " side by side, the report, and the list of what is not private in the recording.",
        epilog="example: replay-redact demo -o clinic",
    )
    command.add_argument(
        "-o", "--output", metavar="DIR", default="replay-redact-demo", help="default: %(default)s"
    )
    command.set_defaults(run=_demo)


def _preview(arguments: argparse.Namespace) -> int:
    from replay_redact.preview.page import preview_page  # noqa: PLC0415 - lxml

    source, target = arguments.input, arguments.output
    if STANDARD not in {source, target} and Path(source).resolve() == Path(target).resolve():
        raise UsageError(f"the page would overwrite {source}")
    page = preview_page(
        read(source),
        policy_of(arguments),
        compare=arguments.compare,
        title=f"Preview of {Path(source).name}",
        format=arguments.format,
    )
    write(target, page.encode(), private=arguments.compare)
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    directory = Path(arguments.output)
    directory.mkdir(parents=True, exist_ok=True)
    for name, data in _demo_files().items():
        write(str(directory / name), data)
    page = directory / _DEMO_PAGE
    print(f"Open {page} in a browser.")
    return 0


def _demo_files() -> dict[str, bytes]:
    """Return the content of each file that the demo writes."""
    from replay_redact.preview.page import preview_page  # noqa: PLC0415 - lxml
    from replay_redact.testing import find_leaks, summary  # noqa: PLC0415 - wanted here only

    before = resources.files("replay_redact").joinpath("demo/recording.json.gz").read_bytes()
    leaks = find_leaks(before)
    redactor = Redactor()
    after = redactor.process_bytes(before)
    page = preview_page(before, compare=True, title="replay_redact: before and after")
    return {
        "recording.json.gz": before,
        "redacted.json.gz": after,
        "report.json": json.dumps(redactor.report.as_dict(), indent=2).encode() + b"\n",
        "leaks.txt": summary(leaks, examples=len(leaks)).encode() + b"\n",
        _DEMO_PAGE: page.encode(),
    }
