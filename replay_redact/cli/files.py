"""What the commands share: reading, writing, and the policy options.

An output file appears whole or not at all: it is written under another name and renamed.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from replay_redact.cli.terminal.messages import tell
from replay_redact.policy import OPTIONS, PRESETS, Policy, named_policy

STANDARD = "-"


class UsageError(Exception):
    """The command cannot do what the user asked for. The message says why."""


def read(source: str) -> bytes:
    """Return the content of a file or of standard input."""
    tell(f"reads {source}")
    if source == STANDARD:
        return sys.stdin.buffer.read()
    path = Path(source)
    if path.is_symlink() and path.is_dir():
        reason = "is a link to a folder, and links are not followed: give the folder itself"
        raise IsADirectoryError(errno.EISDIR, reason, source)
    return path.read_bytes()


def write(target: str, data: bytes, *, private: bool = False) -> None:
    """Write to a file, a device or standard output.

    A ``private`` file can be read by its owner only. Raises `UsageError`, which names the target,
    if it cannot be written.
    """
    tell(f"writes {len(data):,} bytes to {target}")
    if target == STANDARD:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        _write_file(Path(target), data, 0o600 if private else 0o666 & ~_umask())
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror}") from None


def _write_file(path: Path, data: bytes, mode: int) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe: renaming would replace it
        with path.open("wb") as file:
            file.write(data)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.chmod(mode)  # mkstemp lets only the owner read
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def add_input(command: argparse.ArgumentParser) -> None:
    """Give a command one input."""
    command.add_argument("input", metavar="INPUT", help="a file, or - for standard input")


def add_inputs(
    command: argparse.ArgumentParser,
    metavar: str = "INPUT",
    what: str = "a file, or - for standard input",
) -> None:
    """Give a command one or several inputs."""
    command.add_argument("inputs", nargs="+", metavar=metavar, help=what)


def add_output(command: argparse.ArgumentParser) -> None:
    """Give a command the option for its output, which `targets` reads."""
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="a file or - (default) for one input, a directory for several",
    )


def count(text: str) -> int:
    """Read a number from 0 from the command line."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return int(text)


def add_policy_options(command: argparse.ArgumentParser) -> None:
    """Give a command the options that `policy_of` reads."""
    group = command.add_argument_group("policy")
    group.add_argument(
        "--policy",
        default="strict",
        metavar="NAME|FILE.toml",
        help=f"one of {', '.join(PRESETS)}, or a TOML file of options (default: strict)",
    )
    for name, what in (
        ("mask", "mask regions"),
        ("unmask", "show regions"),
        ("block", "show a gray box for elements"),
    ):
        group.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="SEL",
            help=f"{what} that match a CSS selector, in addition to those of the policy; may be"
            " repeated",
        )
    group.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="any option of a policy, its value as in TOML or as plain text, such as"
        " hide_length=true or public_paths=/orders/:id; may be repeated",
    )


def policy_of(arguments: argparse.Namespace) -> Policy:
    """Return the policy that these options describe."""
    policy = named_policy(arguments.policy).replace(**_settings(arguments.set))
    return policy.replace(
        mask=(*policy.mask, *arguments.mask),
        unmask=(*policy.unmask, *arguments.unmask),
        block=(*policy.block, *arguments.block),
    )


_SEVERAL = frozenset({"selectors", "strings", "attributes", "words"})
"""Kinds of options that take several strings."""


def _settings(texts: Iterable[str]) -> dict[str, Any]:
    """Read several settings. If an option takes several strings, its settings add up.

    >>> _settings(["mask=.a", "mask=['.b']"])
    {'mask': ['.a', '.b']}
    """
    settings: dict[str, Any] = {}
    for name, value in map(_setting, texts):
        if name not in settings:
            settings[name] = value
        elif _takes_several(name) and {type(value), type(settings[name])} <= {str, list}:
            settings[name] = [*_listed(settings[name]), *_listed(value)]
        elif value != settings[name]:
            raise UsageError(f"--set {name} is given twice, with two values: give it once")
    return settings


def _takes_several(name: str) -> bool:
    return name in OPTIONS and OPTIONS[name].kind in _SEVERAL


def _listed(value: str | list[Any]) -> list[Any]:
    return [value] if isinstance(value, str) else value


def _setting(text: str) -> tuple[str, Any]:
    """Read ``NAME=VALUE``: a value of TOML, or else a string.

    >>> _setting("hide_length=true"), _setting("public_paths=/orders/:id")
    (('hide_length', True), ('public_paths', '/orders/:id'))
    >>> _setting("show_words=1984")
    ('show_words', '1984')
    """
    name, equals, plain = text.partition("=")
    if not equals:
        raise UsageError(f"--set {text}: write NAME=VALUE, such as hide_length=true")
    try:
        value = tomllib.loads(f"value = {plain}")["value"]
    except (
        ValueError,
        RecursionError,
    ):  # not TOML, or a number or nesting that no option takes
        return name, plain
    is_word = _takes_several(name) and not isinstance(value, str | list | dict)
    return name, plain if is_word else value


def check_report(report: str | None, pairs: list[tuple[str, str]]) -> None:
    """Raise `UsageError` if the report would overwrite an input or an output."""
    if report in {None, STANDARD}:
        return
    files = {name for pair in pairs for name in pair} - {STANDARD}
    if Path(str(report)).resolve() in {Path(name).resolve() for name in files}:
        raise UsageError(f"the report would overwrite {report}")


def targets(sources: list[str], output: str | None) -> list[tuple[str, str]]:
    """Pair every input with the path of its output."""
    directory_meant = output is not None and (output.endswith("/") or Path(output).is_dir())
    if len(sources) == 1 and not directory_meant:
        return [(sources[0], output or STANDARD)]
    if output is None or output == STANDARD:
        raise UsageError("several inputs need a directory: use -o DIR")
    if STANDARD in sources:
        raise UsageError("standard input has no file name for a directory: use -o FILE")
    directory = Path(output)
    directory.mkdir(parents=True, exist_ok=True)
    pairs = [(source, str(directory / Path(source).name)) for source in sources]
    if len({target for _, target in pairs}) != len(pairs):
        raise UsageError("two inputs have the same file name: redact them one by one")
    return pairs
