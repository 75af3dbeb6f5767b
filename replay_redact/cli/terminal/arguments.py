"""The parser of the command, with three additions to that of the standard library.

* An error shows the usage of the right subcommand, and suggests a similar name.
* Every command takes ``--quiet`` and ``--verbose``.
* ``--print-completion`` prints a completion script for shells, which the package shtab writes.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from replay_redact.cli.terminal.messages import NORMAL, QUIET, VERBOSE

EXIT_CODES = {
    0: "done, and there is nothing to look at",
    1: "there is something to look at: leaks (check), warnings (policy lint), recordings (archive"
    " find), recordings that were skipped, problems (archive)",
    2: "bad input, a wrong policy or wrong usage; the other inputs are still processed",
    130: "interrupted (Ctrl-C)",
    141: "the reader of the output has closed it, as head does",
}
"""What each exit code means, in all commands."""

SHELLS = ("bash", "zsh", "tcsh")


class Parser(argparse.ArgumentParser):
    """A parser of a command or a subcommand; subcommands get this class, too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_abbrev=False, **kwargs)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and refuse unknown arguments here, where the usage to show is known."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            options = self._option_string_actions
            names = " ".join(unknown)
            self.error(f"unknown argument: {names}{suggestion(unknown[0], options)}")
        return found, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            choices = list(map(str, action.choices))
            hint = suggestion(str(value), choices)
            what = "command" if isinstance(action, argparse._SubParsersAction) else "value"
            known = f" (choose from {', '.join(choices)})"
            raise argparse.ArgumentError(action, f"unknown {what}: {value!r}{hint or known}")


def suggestion(given: str, names: Iterable[str]) -> str:
    """Return a question that suggests a similar name, if there is one.

    >>> suggestion("--unmaks", ["--mask", "--unmask"]), suggestion("x", ["--mask"])
    ('; did you mean --unmask?', '')
    """
    found = difflib.get_close_matches(given.partition("=")[0], list(names), 1)
    return f"; did you mean {found[0]}?" if found else ""


def add_verbosity(command: argparse.ArgumentParser) -> None:
    """Give a command ``--quiet`` and ``--verbose``."""
    group = command.add_mutually_exclusive_group()
    for short, name, level, what in (
        ("-q", "--quiet", QUIET, "print errors only"),
        ("-v", "--verbose", VERBOSE, "also print which files are read and written"),
    ):
        group.add_argument(
            short, name, dest="level", action="store_const", const=level, default=NORMAL, help=what
        )


def add_verbosity_below(command: argparse.ArgumentParser) -> None:
    """Give ``--quiet`` and ``--verbose`` to each subcommand that has none below it."""
    below = [a for a in command._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        add_verbosity(command)
    for action in below:
        for part in action.choices.values():
            add_verbosity_below(part)


class Completion(argparse.Action):
    """Prints a script that completes commands and options in a shell, and ends."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> NoReturn:
        """Print the script, or an error if shtab is missing."""
        try:
            import shtab  # noqa: PLC0415 - an extra, wanted here only
        except ImportError:
            parser.error("completion needs the package shtab: install replay_redact[cli]")
        print(shtab.complete(parser, str(values)))
        parser.exit()


def add_completion(command: argparse.ArgumentParser) -> None:
    """Give a command ``--print-completion``."""
    command.add_argument(
        "--print-completion",
        action=Completion,
        choices=SHELLS,
        help="print a script that completes commands and options in this shell, and exit",
    )


def epilog() -> str:
    """Return the table of exit codes, as the help shows it."""
    rows = (f"  {code:<5}{meaning}" for code, meaning in EXIT_CODES.items())
    return "\n".join(("exit codes:", *rows))
