"""Where the objects of an archive lie: a store, with the few effects that every verb is made of.

An object has a name with slashes, and bytes. A `Store` promises:

* **Whole.** An object is the old one or the new one, never a part of one, even after a crash.
* **Durable.** When a method returns, its effect survives a crash of the machine.
* **Seen.** A listing shows each object that was written before the listing began.

So a crash or a race can only come between two effects, never within one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from replay_redact.archive.owners import host, is_running
from replay_redact.errors import ArchiveError

__all__ = ["RESERVED", "Entry", "FolderStore", "Store"]

RESERVED = ".replay-redact"
"""The folder under the root in which the archive keeps its own data."""

_RESERVE = f"{RESERVED}/reserve"
_RESERVE_SIZE = 64 << 10
"""Bytes kept free for a deletion on a full disk: it has to write before it can free space."""

_FOR_DELETION = tuple(f"{RESERVED}/{table}/" for table in ("runs", "tombstones", "certificates"))
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

_TEMPORARY = f"{RESERVED}/writing"
_TEMPORARY_NAME = re.compile(r"~([^~]*)~([0-9]{1,10})~[^~]*$")
_TRIES = 100  # another process may remove a folder just before this one writes there
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_SYNCS_FOLDERS = hasattr(os, "O_DIRECTORY")  # Windows cannot


class Entry(NamedTuple):
    """An object of a listing: its name, its size in bytes, when it was written."""

    name: str
    size: int
    modified: datetime


class Store(Protocol):
    """The effects on objects.

    Names are relative paths with ``/``; `Layout` makes sure that they are safe. Methods raise
    ``OSError``; the effect may then have taken place or not.
    """

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an object; ``None`` if it does not exist."""

    def create(self, name: str, data: bytes) -> bool:
        """Write an object unless one of this name exists. Tell whether it was written."""

    def write(self, name: str, data: bytes) -> None:
        """Write an object, or replace the one of this name."""

    def delete(self, name: str) -> int:
        """Delete an object; do nothing if it does not exist.

        Return how many of its versions could not be deleted: 0 if the store keeps no versions.
        """

    def entry(self, name: str) -> Entry | None:
        """Return the entry of an object in a listing; ``None`` if it does not exist."""

    def list(self, folder: str = "") -> Iterator[Entry]:
        """List the objects below a folder, in any order.

        ``prefix`` is a name that ends with ``/``, or ``""`` for the root. A listing of the root
        leaves out the objects below `RESERVED`.
        """

    def sweep(self, prefix: str, before: datetime) -> int:
        """Remove what interrupted writes left of objects whose names begin with a prefix.

        What a living process is writing stays, unless it is older than ``before``. Return how many
        files there were.
        """


class FolderStore:
    """Objects as files below a local folder.

    Each file is written under a temporary name in `RESERVED`, synced, and then given its name. So
    the whole folder must be on one file system that supports hard links.

    `RESERVED` also holds a small file as a reserve of space. If the disk is full, a deletion gives
    it up to write down what it is about to do.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = FolderStore(folder)
    ...     store.create("a/1", b"first"), store.create("a/1", b"second"), store.read("a/1")
    (True, False, b'first')
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self._root = Path(root).absolute()
        self._has_reserve = False

    def read(self, name: str) -> bytes | None:
        """Return the content of a file."""
        self._check_link(name)
        try:
            with open(os.open(self._path(name), _READ), "rb") as file:  # noqa: PTH123 - a handle
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _told(error) from None

    def create(self, name: str, data: bytes) -> bool:
        """Write a file unless it exists."""
        return self._put(name, data, _link)

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        self._put(name, data, _replace)

    def delete(self, name: str) -> int:
        """Remove a file, and folders that this empties. Remove a link, never its target."""
        path = self._path(name)
        if path.is_symlink() or self._link_above(name) is not None:
            return 1
        try:
            path.unlink()
            _sync_folder(path.parent)
        except (FileNotFoundError, NotADirectoryError):
            pass
        self._prune(path.parent)
        return 0

    def entry(self, name: str) -> Entry | None:
        """Look at a file."""
        if self._link_above(name) is not None:
            return None
        try:
            return _entry(name, self._path(name).lstat())
        except (FileNotFoundError, NotADirectoryError):
            return None

    def list(self, folder: str = "") -> Iterator[Entry]:
        """List files, in the order of their names. A link is listed, and not followed."""
        link = self._link_above(folder)
        if link is not None:
            yield _entry(link, self._path(link).lstat())
            return
        try:
            found = sorted(os.scandir(self._path(folder)), key=lambda one: one.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        for one in found:
            name = folder + one.name
            if one.is_dir(follow_symlinks=False):
                if name != RESERVED:
                    yield from self.list(f"{name}/")
                continue
            entry = self.entry(name)  # another process may have removed it
            if entry is not None:
                yield entry

    def sweep(self, prefix: str, before: datetime) -> int:
        """Remove temporary files of processes that are gone."""
        below = f"{_TEMPORARY}/{prefix}"
        folder = below[: below.rindex("/") + 1]
        found = [
            entry.name
            for entry in self.list(folder)
            if entry.name.startswith(below)
            and (entry.modified < before or not _is_being_written(entry.name))
        ]
        for name in found:
            self.delete(name)
        for path, _, _ in os.walk(self._path(folder), topdown=False):
            self._prune(Path(path))  # a process that has just made it makes it again
        return len(found)

    def _path(self, name: str) -> Path:
        """Return the path of an object; the last guard against names that lead elsewhere."""
        parts = name.removesuffix("/").split("/")
        if name and (any(part in {"", ".", ".."} for part in parts) or "\0" in name):
            raise ValueError("not a valid name of an object")
        return self._root / name

    def _link_above(self, name: str) -> str | None:
        """Return a folder above the object that is a symbolic link, which leads elsewhere."""
        parts = name.split("/")[:-1]
        above = ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
        return next((folder for folder in above if self._path(folder).is_symlink()), None)

    def _check_link(self, name: str) -> None:
        if self._link_above(name) is not None:
            raise ArchiveError(
                "a folder in the archive is a symbolic link, which the archive does not follow"
            )

    def _put(self, name: str, data: bytes, place: Callable[[Path, Path], bool]) -> bool:
        """Write an object; on a full disk, a deletion uses the reserve."""
        try:
            placed = self._place(name, data, place)
        except OSError as error:
            if not (is_full(error) and name.startswith(_FOR_DELETION) and self._give_up_reserve()):
                raise
            placed = self._place(name, data, place)
        if name.startswith(f"{RESERVED}/"):
            self._keep_reserve(again=name.startswith(f"{RESERVED}/certificates/"))
        return placed

    def _give_up_reserve(self) -> bool:
        """Free the space of the reserve; tell whether there was any."""
        try:
            self._path(_RESERVE).unlink()
        except FileNotFoundError:
            return False
        return True

    def _keep_reserve(self, *, again: bool) -> None:
        """Make a reserve, or as much of it as there is space for."""
        if self._has_reserve and not again:
            return
        self._has_reserve = True
        path = self._path(_RESERVE)
        with contextlib.suppress(OSError):
            if not path.is_file() or path.stat().st_size < _RESERVE_SIZE:
                with path.open("wb") as file:
                    file.write(secrets.token_bytes(_RESERVE_SIZE))  # cannot be compressed
                    file.flush()
                    os.fsync(file.fileno())

    def _place(self, name: str, data: bytes, place: Callable[[Path, Path], bool]) -> bool:
        """Write a temporary file, and move it to its place."""
        path = self._path(name)
        self._check_link(name)
        own = f"{host()}~{os.getpid()}~{secrets.token_hex(4)}"
        temporary = self._path(f"{_TEMPORARY}/{name}~{own}")
        for _ in range(_TRIES):
            try:
                self._write_synced(temporary, data)
                self._make_folder(path.parent)
                placed = place(temporary, path)
            except FileNotFoundError:
                continue  # another process removed an empty folder, or swept: try again
            finally:
                temporary.unlink(missing_ok=True)
                self._prune(temporary.parent)
            _sync_folder(path.parent)  # also if it existed: its writer may not have synced it yet
            return placed
        raise OSError(errno.ENOENT, "another process removes the folder again and again")

    def _write_synced(self, path: Path, data: bytes) -> None:
        self._make_folder(path.parent, durable=False)
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _make_folder(self, path: Path, *, durable: bool = True) -> None:
        """Make a folder and those above it; if they are to stay, each before the next."""
        if path.is_dir():
            return
        self._make_folder(path.parent, durable=durable)
        try:
            path.mkdir()
        except FileExistsError:
            if path.is_file():
                raise
            return  # another process made it just now, and may have removed it again
        if durable:
            _sync_folder(path.parent)

    def _prune(self, path: Path) -> None:
        """Remove folders that are empty, from this one up to the root."""
        while path != self._root:
            try:
                path.rmdir()
            except FileNotFoundError:
                pass  # another process did
            except OSError:
                return  # it is not empty
            path = path.parent


def is_full(error: OSError) -> bool:
    """Tell whether a write failed because the disk, or a quota on it, is full."""
    return error.errno in _FULL


def _link(temporary: Path, path: Path) -> bool:
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    return True


def _replace(temporary: Path, path: Path) -> bool:
    temporary.replace(path)
    return True


def _sync_folder(path: Path) -> None:
    """Sync a folder, so that the names of its files survive a crash."""
    if not _SYNCS_FOLDERS:
        return
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return  # it was empty, and another process removed it
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(error: OSError) -> Exception:
    if error.errno == errno.ELOOP:
        return ArchiveError("an object is a symbolic link, which the archive does not follow")
    return error


def _entry(name: str, status: os.stat_result) -> Entry:
    return Entry(name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def _is_being_written(name: str) -> bool:
    """Tell whether the process that writes a temporary file may still run."""
    found = _TEMPORARY_NAME.search(name)
    return found is None or found[1] != host() or is_running(int(found[2]))
