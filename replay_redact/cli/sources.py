"""Inputs of a command that takes many: files, folders and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from replay_redact.cli.files import STANDARD, UsageError


def sources_of(given: list[str]) -> list[str]:
    """Return the names of all inputs, each once, in the order given.

    * A folder stands for all files in and below it, except hidden ones.
    * A pattern stands for the files and folders that match it.

    Both are in alphabetical order. A folder that cannot be opened stays as an input: reading it
    fails, so the user hears of it. Raises `UsageError` for an input that stands for nothing, and
    for a pipe or device in a folder, since reading it might never end.
    """
    return list(dict.fromkeys(name for one in given for name in _meant(one)))


def _meant(given: str) -> list[str]:
    if given != STANDARD and Path(given).is_dir():
        return _found(given, _below(given))
    if glob.has_magic(given) and not os.path.lexists(given):
        return _found(given, _matched(given))
    return [given]


def _found(given: str, names: Iterator[str]) -> list[str]:
    found = sorted(names)
    if not found:
        raise UsageError(f"{given}: there is no such file")
    for name in found:
        path = Path(name)
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UsageError(
                f"{name}: is not a regular file: move it away, or name the files to read"
            )
    return found


def _matched(pattern: str) -> Iterator[str]:
    """Yield what matches a pattern, including broken links, and the files of folders."""
    for name in glob.glob(pattern, recursive=True):  # noqa: PTH207 - an absolute one, too
        yield from _below(name) if Path(name).is_dir() else [name]


def _below(folder: str) -> Iterator[str]:
    """Yield the files of a folder, and the folders that this does not open.

    A folder is not opened if permissions forbid it, or if it is a link that leads out of the given
    one. A link within that folder is skipped: its target is read anyway.
    """
    root = Path(folder).resolve()
    closed: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if _leads_out(Path(parent, name), root)]
        shown = [name for name in files if not name.startswith(".")]
        yield from (str(Path(parent, name)) for name in shown + links)
    yield from (error.filename for error in closed)


def _leads_out(folder: Path, root: Path) -> bool:
    """Tell whether a folder is a link to a place that a walk through ``root`` does not reach."""
    if not folder.is_symlink():
        return False
    target = folder.resolve()
    if not target.is_relative_to(root):
        return True
    return any(part.startswith(".") for part in target.relative_to(root).parts)
