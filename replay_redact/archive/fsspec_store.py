"""Objects in a bucket: S3, Google Cloud Storage, Azure, or any other store that fsspec knows.

An object store writes each object whole and durably with one request, and lists what it has
written. Only two things need care:

* A bucket may keep old versions. A deletion then only hides an object, so this deletes each of its
  versions.
* fsspec caches listings, so this drops the cache before each look.

Do not use this for local folders, where fsspec overwrites files in place: use `FolderStore`.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from replay_redact.archive.store import RESERVED, Entry, FolderStore, Store
from replay_redact.errors import ArchiveError

__all__ = ["FsspecStore", "store_of"]

_TIMES = ("LastModified", "last_modified", "updated", "modified", "mtime", "created")
"""The names that file systems give to the time when an object was written."""

_VERSIONED = {"Enabled", "Suspended"}  # a suspended bucket still has its old versions
_URL = re.compile(r"[a-z][a-z0-9+.-]*://")
_LOCAL = {"file", "local"}


class FsspecStore:
    """Objects below one path of an fsspec file system.

    ``root`` is a URL, or a path in ``filesystem`` if that is given. Raises `ArchiveError` for a
    local folder, and if fsspec or its package for such a URL is not installed.

    >>> store = FsspecStore("memory://replays")
    >>> store.create("a/1", b"first"), store.create("a/1", b"second"), store.read("a/1")
    (True, False, b'first')
    """

    def __init__(self, root: str, filesystem: Any = None) -> None:
        self._fs, path = _opened(root) if filesystem is None else (filesystem, root)
        names = self._fs.protocol
        if not _LOCAL.isdisjoint((names,) if isinstance(names, str) else names):
            raise ArchiveError("fsspec writes local files in place: give the folder as a path")
        self._root = str(self._fs._strip_protocol(path)).rstrip("/")

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an object."""
        path = self._path(name)
        with _as_os_errors():
            try:
                return bytes(self._fs.cat_file(path))
            except FileNotFoundError:
                return None

    def create(self, name: str, data: bytes) -> bool:
        """Write an object unless one of this name exists; the store itself checks that."""
        path = self._path(name)
        with _as_os_errors():
            if not self._creates_once:
                raise ArchiveError(
                    "this store overwrites existing objects, so it cannot hold an archive"
                )
            return self._create(path, data)

    def _create(self, path: str, data: bytes) -> bool:
        try:
            self._fs.pipe_file(path, data, mode="create")
        except FileExistsError:
            return False
        return True

    @cached_property
    def _creates_once(self) -> bool:
        """Whether the store refuses a second object of one name; some ignore the condition."""
        name = f"{RESERVED}/tries/{secrets.token_hex(8)}"
        made = [self._create(self._path(name), b"") for _ in range(2)]
        self.delete(name)
        return made == [True, False]

    def write(self, name: str, data: bytes) -> None:
        """Write an object."""
        path = self._path(name)
        with _as_os_errors():
            self._fs.pipe_file(path, data)

    def delete(self, name: str) -> int:
        """Delete an object and all its versions; return how many of these are left."""
        path = self._path(name)
        with _as_os_errors():
            if self._is_versioned:
                return self._delete_versions(path)
            self._remove(path)
        return 0

    def entry(self, name: str) -> Entry | None:
        """Look at an object."""
        path = self._path(name)
        with _as_os_errors():
            self._fs.invalidate_cache()
            try:
                info = self._fs.info(path)
            except FileNotFoundError:
                return None
        return _entry(name, info) if info["type"] == "file" else None

    def list(self, folder: str = "") -> Iterator[Entry]:
        """List objects, in the order of their names."""
        with _as_os_errors():
            self._fs.invalidate_cache()
            found = [
                _entry(self._name(path), info)
                for place in self._places(folder)
                for path, info in self._fs.find(place, detail=True).items()
                if info["type"] == "file"
            ]
        yield from sorted(entry for entry in found if entry.name.startswith(folder))

    def sweep(self, prefix: str, before: datetime) -> int:  # noqa: ARG002 - of the protocol
        """Do nothing: an interrupted write to a bucket leaves nothing behind."""
        return 0

    def _path(self, name: str) -> str:
        """Return the path of an object; the last guard against names that lead elsewhere."""
        if any(part in {"", ".", ".."} for part in name.split("/")) or "\0" in name:
            raise ValueError("not a valid name of an object")
        return f"{self._root}/{name}"

    def _name(self, path: str) -> str:
        """Return the name of an object that was listed."""
        name = path.removeprefix(f"{self._root}/")
        if name == path:
            raise ArchiveError("a listing names an object that is not below the root")
        return name

    def _places(self, folder: str) -> tuple[str, ...]:
        """Return the folders to list: a listing of the root leaves out the archive's own data."""
        if folder:
            return (self._path(folder.removesuffix("/")),)
        try:
            found = self._fs.ls(self._root, detail=False)
        except FileNotFoundError:
            return ()
        own = f"{self._root}/{RESERVED}"
        return tuple(path.rstrip("/") for path in found if path.rstrip("/") != own)

    # --- versions, on S3 ----------------------------------------------------------------

    @cached_property
    def _is_versioned(self) -> bool:
        """Whether old versions may exist. If the bucket refuses to say, assume that they do."""
        if not hasattr(self._fs, "call_s3"):
            return False
        bucket, _, _ = self._fs.split_path(self._root)
        try:
            told = self._fs.call_s3("get_bucket_versioning", Bucket=bucket)
        except PermissionError:
            return True
        return told.get("Status") in _VERSIONED

    def _delete_versions(self, path: str) -> int:
        """Delete all versions, the oldest first, so that the current one goes last."""
        bucket, key, _ = self._fs.split_path(path)
        try:
            versions = self._versions(bucket, key)
        except PermissionError:
            self._remove(path)
            return 1  # at least
        for version in versions:
            try:
                self._fs.call_s3("delete_object", Bucket=bucket, Key=key, VersionId=version)
            except PermissionError:
                continue
        self._fs.invalidate_cache()
        left = len(self._versions(bucket, key))
        if left:
            self._remove(path)  # hidden at least
        return left

    def _remove(self, path: str) -> None:
        with suppress(FileNotFoundError):
            self._fs.rm_file(path)

    def _versions(self, bucket: str, key: str) -> tuple[str, ...]:
        found: Any = []
        more: dict[str, Any] = {}
        while True:
            page = self._fs.call_s3("list_object_versions", Bucket=bucket, Prefix=key, **more)
            both = (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
            found += [(one["LastModified"], one["VersionId"]) for one in both if one["Key"] == key]
            if not page.get("IsTruncated"):
                return tuple(version for _, version in sorted(found))
            more = {
                "KeyMarker": page["NextKeyMarker"],
                "VersionIdMarker": page["NextVersionIdMarker"],
            }


def store_of(root: str | os.PathLike[str] | Store) -> Store:
    """Return the store of a folder or a URL."""
    if isinstance(root, str) and _URL.match(root):
        return FsspecStore(root)
    return FolderStore(root) if isinstance(root, str | os.PathLike) else root


def _opened(url: str) -> tuple[Any, str]:
    try:
        import fsspec  # noqa: PLC0415 - wanted for URLs only
    except ImportError:
        raise ArchiveError("a URL needs fsspec: pip install 'replay_redact[archive]'") from None
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ArchiveError(f"fsspec cannot open such a URL: {error}") from None
    return filesystem, path


def _entry(name: str, info: dict[str, Any]) -> Entry:
    time = next((info[key] for key in _TIMES if info.get(key) is not None), None)
    return Entry(name, int(info["size"]), _time(time))


def _time(value: Any) -> datetime:
    """Return a time in UTC. If the store tells none, it is now, so that nothing counts as old."""
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return datetime.now(UTC)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Raise every error as ``OSError``; a store may raise exceptions of any type."""
    try:
        yield
    except (OSError, ArchiveError):
        raise
    except Exception as error:
        raise OSError(f"the store failed: {type(error).__name__}") from error
