"""``replay-redact policy``: what helps to write a policy file."""

from __future__ import annotations

import argparse
import json
from typing import Any

from replay_redact.cli.files import STANDARD, add_inputs, read, write
from replay_redact.policy.schema import schema


def add_policy(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "policy",
        help="write a policy file",
        description="Help to write a policy file.",
        epilog="example: replay-redact policy init session.json.gz -o policy.toml",
    )
    parts = command.add_subparsers(
        dest="part", required=True, metavar="COMMAND", help="init or schema"
    )
    init = parts.add_parser(
        "init",
        help="make a commented policy file out of recordings",
        description="Make a policy file out of recordings. It lists the regions, fields, attributes"
        " and paths that the recordings have, all of them masked. Take the # from what may be"
        " shown. The file holds names that the page gives its ids and attributes: look through"
        " it before you share it.",
        epilog="example: replay-redact policy init session.json.gz -o policy.toml",
    )
    add_inputs(init)
    init.add_argument(
        "-o", "--output", default=STANDARD, metavar="FILE", help="a file, or - (default)"
    )
    init.set_defaults(run=_init)
    printed = parts.add_parser(
        "schema",
        help="print the JSON Schema of policy files, for editors",
        description="Print the JSON Schema of policy files, with which editors complete and check"
        " them.",
        epilog="example: replay-redact policy schema > policy.schema.json",
    )
    printed.set_defaults(run=_schema)


def _init(arguments: argparse.Namespace) -> int:
    from replay_redact.cli.drafts import draft  # noqa: PLC0415 - wanted here only

    text = draft([read(source) for source in arguments.inputs])
    write(arguments.output, text.encode())
    return 0


def _schema(_arguments: argparse.Namespace) -> int:
    print(json.dumps(schema(), indent=2))
    return 0
