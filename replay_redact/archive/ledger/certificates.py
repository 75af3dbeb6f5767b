"""Certificates: proof of what a deletion did.

A certificate holds no name of a person and no digest of deleted data: either would let somebody
confirm a guess.
"""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from typing import Any

import msgspec

from replay_redact._version import __version__
from replay_redact.archive.ledger.subjects import sign
from replay_redact.errors import ArchiveError

__all__ = ["UNREACHED", "Certificate", "DeletedRecording", "Skipped"]

UNREACHED = ("backups", "caches", "exports", "other stores")
"""Where copies may be that this package cannot reach; a person has to answer for them."""


class DeletedRecording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A recording that is gone.

    * ``objects``, ``size``: how many objects it had, and how many bytes;
    * ``versions_remain``: how many old versions in the store could not be deleted;
    * ``verified``: whether a listing afterwards was empty;
    * ``before``: whether an earlier run had deleted it.
    """

    session: str
    objects: int
    size: int
    versions_remain: int = 0
    verified: bool = True
    before: bool = False


class Skipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recording that was left as it is, and why, such as ``held``, ``open``, ``unreadable``."""

    session: str
    why: str


class Certificate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One run of `Archive.delete`, `Archive.erase` or `Archive.expire`.

    * ``subject``: the token of the person who was erased;
    * ``unreached``: where copies may be that this package cannot reach;
    * ``is_whole``: whether everything that was to be deleted is gone.
    """

    id: str
    verb: str
    by: str
    reason: str
    begun: datetime
    ended: datetime
    subject: str | None = None
    recordings: tuple[DeletedRecording, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unreached: tuple[str, ...] = UNREACHED
    dry_run: bool = False
    version: str = __version__
    signature: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was skipped, and no object or version is left."""
        gone = all(one.verified and not one.versions_remain for one in self.recordings)
        return gone and not self.skipped

    def signed(self, key: bytes | None) -> Certificate:
        """Return the certificate signed; without a key, unsigned."""
        if key is None:
            return self
        return msgspec.structs.replace(self, signature=self._signature(key))

    def verify(self, key: bytes) -> bool:
        """Tell whether the archive with this key signed it. A dry run signs nothing."""
        given = self.signature.encode("utf-8", "surrogatepass")
        return hmac.compare_digest(given, self._signature(key).encode())

    def as_dict(self) -> dict[str, Any]:
        """Return the certificate as plain data for JSON."""
        value: dict[str, Any] = msgspec.to_builtins(self)
        return value

    def as_json(self) -> bytes:
        """Return the certificate as JSON, to keep; `from_json` reads it."""
        return msgspec.json.format(msgspec.json.encode(self))

    @classmethod
    def from_json(cls, data: bytes) -> Certificate:
        """Read a certificate.

        Raises `ArchiveError` for anything else. An unknown field, or a field that occurs twice, is
        an error too: the signature would not cover it.
        """
        try:
            return msgspec.convert(json.loads(data, object_pairs_hook=_once), cls)
        except (ValueError, RecursionError, msgspec.ValidationError):
            raise ArchiveError("not a certificate") from None

    def _signature(self, key: bytes) -> str:
        plain = {name: value for name, value in self.as_dict().items() if name != "signature"}
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
        return sign(key, b"certificate", text.encode()).hex()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object as a dictionary. Raises ``ValueError`` if a name occurs twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name occurs twice")
    return found
