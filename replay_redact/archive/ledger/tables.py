"""Tables of the ledger: small objects of one type, each with a key such as a session or a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

from replay_redact.archive.layout import decode_name, encode_name
from replay_redact.archive.store import RESERVED, Store
from replay_redact.errors import ArchiveError

__all__ = ["Table"]

_Row = TypeVar("_Row", bound=msgspec.Struct)

_END = ".json"


class Table(Generic[_Row]):
    """Rows of one type, as JSON, below one folder of the ledger.

    >>> import tempfile
    >>> from replay_redact.archive.ledger.records import Hold
    >>> from replay_redact.archive.store import FolderStore
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     holds = Table(FolderStore(folder), "holds", Hold)
    ...     holds.get("a"), list(holds.keys())
    (None, [])
    """

    def __init__(self, store: Store, folder: str, kind: type[_Row]) -> None:
        self._store = store
        self._folder = f"{RESERVED}/{folder}/"
        self._kind = kind

    def get(self, key: str) -> _Row | None:
        """Return a row. Raises `ArchiveError` if it is damaged, which stops the verb."""
        data = self._store.read(self._name(key))
        if data is None:
            return None
        try:
            return msgspec.json.decode(data, type=self._kind)
        except msgspec.DecodeError:
            raise ArchiveError(f"{self._name(key)} is damaged: restore or remove it") from None

    def has(self, key: str) -> bool:
        """Tell whether there is a row, damaged or not."""
        return self._store.entry(self._name(key)) is not None

    def create(self, key: str, row: _Row) -> bool:
        """Add a row unless the key is taken; tell whether it was added."""
        return self._store.create(self._name(key), msgspec.json.encode(row))

    def set(self, key: str, row: _Row) -> None:
        """Add a row, or change it."""
        self._store.write(self._name(key), msgspec.json.encode(row))

    def delete(self, key: str) -> None:
        """Remove a row."""
        self._store.delete(self._name(key))

    def keys(self) -> Iterator[str]:
        """Yield the keys of all rows."""
        for entry in self._store.list(self._folder):
            key = decode_name(entry.name.removeprefix(self._folder).removesuffix(_END))
            if key is not None and entry.name.endswith(_END):
                yield key

    def _name(self, key: str) -> str:
        return f"{self._folder}{encode_name(key)}{_END}"
