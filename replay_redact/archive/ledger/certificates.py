"""What a deletion did, for whoever has to prove it.

A certificate holds no name of a person and no digest of what was deleted: either would let a guess
be confirmed.
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
"""Where copies may be that this package does not reach: a person has to answer for them."""


class DeletedRecording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A recording that is gone.

    * ``objects``, ``size``: how much there was, ``size`` in bytes;
    * ``versions_remain``: old versions in the store that could not be deleted;
    * ``verified``: afterwards the listing was empty;
    * ``before``: an earlier run had deleted it.
    """

    session: str
    objects: int
    size: int
    versions_remain: int = 0
    verified: bool = True
    before: bool = False


class Skipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recording that was left as it is, and why: it is ``held``, ``open``, ``unreadable``."""

    session: str
    why: str


class Certificate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One run of `Archive.delete`, `Archive.erase` or `Archive.expire`.

    ``subject`` is the token of the person who was erased. ``unreached`` names where copies may be
    that this package does not reach. ``is_whole`` tells whether all that was asked for is gone.
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
        """Nothing was skipped, and no object and no version is left."""
        gone = all(one.verified and not one.versions_remain for one in self.recordings)
        return gone and not self.skipped

    def signed(self, key: bytes | None) -> Certificate:
        """Return the certificate with its signature; without a key it has none."""
        if key is None:
            return self
        return msgspec.structs.replace(self, signature=self._signature(key))

    def verify(self, key: bytes) -> bool:
        """Tell whether this is what the archive with this key wrote. That of a dry run is not."""
        given = self.signature.encode("utf-8", "surrogatepass")
        return hmac.compare_digest(given, self._signature(key).encode())

    def as_dict(self) -> dict[str, Any]:
        """Return the certificate as JSON has it."""
        value: dict[str, Any] = msgspec.to_builtins(self)
        return value

    def as_json(self) -> bytes:
        """Return the certificate to be kept; `from_json` reads it."""
        return msgspec.json.format(msgspec.json.encode(self))

    @classmethod
    def from_json(cls, data: bytes) -> Certificate:
        """Read a certificate.

        Raises `ArchiveError` if it is none. What no certificate says, or says twice, makes it none:
        the signature would not cover it.
        """
        try:
            return msgspec.convert(json.loads(data, object_pairs_hook=_once), cls)
        except (ValueError, RecursionError, msgspec.ValidationError):
            raise ArchiveError("this is no certificate") from None

    def _signature(self, key: bytes) -> str:
        plain = {name: value for name, value in self.as_dict().items() if name != "signature"}
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
        return sign(key, b"certificate", text.encode()).hex()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON. Raises ``ValueError`` for one that has a name twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found
