"""Inputs of a command that takes many: files, folders and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from replay_redact.cli.files import STANDARD, UsageError
from replay_redact.cli.terminal.messages import warn


def sources_of(given: list[str]) -> list[str]:
    """Return the names of all inputs, each once, in the order given.

    A folder stands for all files in it and below it, but for hidden ones; a pattern for what
    matches it. Both are in alphabetical order. Raises `UsageError` for one that stands for nothing.
    """
    return list(dict.fromkeys(name for one in given for name in _meant(one)))


def _meant(given: str) -> list[str]:
    if given != STANDARD and Path(given).is_dir():
        return _found(given, sorted(_below(given)))
    if glob.has_magic(given) and not os.path.lexists(given):
        matched = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - an absolute one, too
        return _found(given, [name for name in matched if Path(name).is_file()])
    return [given]


def _found(given: str, names: list[str]) -> list[str]:
    if not names:
        raise UsageError(f"{given}: no file is there")
    return names


def _below(folder: str) -> Iterator[str]:
    """Yield the files of a folder.

    Links to other folders are not followed, since they may go round; the user is told of each.
    """
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for linked in (path for name in folders if (path := Path(parent, name)).is_symlink()):
            warn(f"{linked}: a link to a folder is not followed: give it as an input of its own")
        yield from (str(Path(parent, name)) for name in files if not name.startswith("."))
