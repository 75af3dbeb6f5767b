"""``replay-redact policy``: help to write a policy file."""

from __future__ import annotations

import argparse
import json
from typing import Any

from replay_redact.cli.files import (
    STANDARD,
    add_inputs,
    add_policy_options,
    policy_of,
    read,
    write,
)
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
        dest="part", required=True, metavar="COMMAND", help="init, lint or schema"
    )
    init = parts.add_parser(
        "init",
        help="draft a policy file from recordings",
        description="Draft a policy file from recordings. It lists the regions, fields, attributes"
        " and paths that the recordings have, all of them masked. Remove the # from what may be"
        " shown. The file holds ids and names of attributes from your pages: read through"
        " it before you share it.",
        epilog="example: replay-redact policy init session.json.gz -o policy.toml",
    )
    add_inputs(init)
    init.add_argument(
        "-o", "--output", default=STANDARD, metavar="FILE", help="a file, or - (default)"
    )
    init.set_defaults(run=_init)
    warned = parts.add_parser(
        "lint",
        help="warn of rules that do nothing or show too much",
        description="Warn of rules of a policy that do nothing in these recordings, or that show"
        " what users write. Exit status: 0 without a warning, 1 with one, 2 for bad input or"
        " usage.",
        epilog="example: replay-redact policy lint session.json.gz --policy policy.toml",
    )
    add_inputs(warned)
    add_policy_options(warned)
    warned.set_defaults(run=_lint)
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


def _lint(arguments: argparse.Namespace) -> int:
    from replay_redact.testing import lint  # noqa: PLC0415 - wanted here only

    policy = policy_of(arguments)
    found = [
        f"{source}: {warning}" if len(arguments.inputs) > 1 else warning
        for source in arguments.inputs
        for warning in lint(read(source), policy)
    ]
    print("\n".join(found) or "no warnings")
    return 1 if found else 0


def _schema(_arguments: argparse.Namespace) -> int:
    print(json.dumps(schema(), indent=2))
    return 0
