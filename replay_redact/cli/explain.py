"""``replay-redact explain``: say what a policy does with a node, an element or a text, and why."""

from __future__ import annotations

import argparse
import json
from typing import Any

from replay_redact.cli.files import (
    UsageError,
    add_input,
    add_policy_options,
    count,
    policy_of,
    read,
)
from replay_redact.cli.report import BAD_INPUT


def add_explain(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser(
        "explain",
        help="say what is kept and masked, and why",
        description="Say of each channel of an element what a policy keeps and what it masks, and"
        " by which rule. The content itself is not printed. Exit status: 0 if there is an answer, 2"
        " if nothing was found, and for bad input or usage.",
        epilog="examples: replay-redact explain session.json.gz '#account .name';"
        " replay-redact explain session.json.gz 'Jane Roe' --policy policy.toml",
    )
    add_input(command)
    command.add_argument(
        "what",
        metavar="WHAT",
        help="a CSS selector, a text of the recording, or the id of a node; quote a"
        " text that could be one of the others: '\"57\"'",
    )
    command.add_argument(
        "--at",
        type=count,
        metavar="EVENT",
        help="stop after the event with this index, from 0",
    )
    command.add_argument(
        "--window",
        type=count,
        metavar="N",
        help="number of the window (tab), from 1 in order of appearance; default: all",
    )
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    add_policy_options(command)
    command.set_defaults(run=_explain)


def _explain(arguments: argparse.Namespace) -> int:
    from replay_redact.testing import explain  # noqa: PLC0415 - wanted here only

    what = int(arguments.what) if arguments.what.isdecimal() else arguments.what
    policy, recording = policy_of(arguments), read(arguments.input)
    try:
        answer = explain(recording, what, policy, at=arguments.at, window=arguments.window)
    except ValueError as error:  # there is no such event, or the question is empty
        raise UsageError(str(error)) from None
    if arguments.json:
        print(json.dumps(answer.as_dict()))
    elif answer:
        print(answer)
    else:
        raise UsageError(str(answer))
    return 0 if answer else BAD_INPUT
