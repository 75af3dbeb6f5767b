"""The index of persons: it finds a person's recordings, and does not say who she is.

Senders name a person by a number, an e-mail address or a name. The index stores a token instead: a
keyed digest of that name. Whoever has the archive can see that two recordings are of one person,
and nothing else. Whoever also has the key can try out names, so keep the key elsewhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator

from replay_redact.archive.layout import decode_name, encode_name
from replay_redact.archive.store import RESERVED, Store
from replay_redact.errors import ArchiveError
from replay_redact.subjects import normal

__all__ = ["Subjects", "sign"]

_SHORTEST_KEY = 16
_TOKEN_BYTES = 16

_BY_TOKEN = f"{RESERVED}/subjects/"
_BY_SESSION = f"{RESERVED}/tokens/"


def sign(key: bytes, kind: bytes, data: bytes) -> bytes:
    """Return the keyed digest of data of one kind."""
    return hmac.digest(key, kind + b"\0" + data, "sha256")


class Subjects:
    """The index: for each person her recordings, and for each recording its persons.

    Raises `ArchiveError` for a key that is too short.
    """

    def __init__(self, store: Store, key: bytes | None) -> None:
        if key is not None and len(key) < _SHORTEST_KEY:
            raise ArchiveError(f"index_key has fewer than {_SHORTEST_KEY} bytes")
        self._store = store
        self._key = key

    def check_value(self) -> str:
        """Return a digest that identifies this key; an empty text without a key."""
        return "" if self._key is None else sign(self._key, b"key", b"")[:_TOKEN_BYTES].hex()

    def token(self, subject: str) -> str:
        """Return the token of a person. Raises `ArchiveError` without a key, or without a name."""
        if self._key is None:
            raise ArchiveError(
                "the archive needs a key to find persons: give an index_key, or have archive.toml"
                " name its index_key_variable"
            )
        name = normal(subject)
        if not name:
            raise ArchiveError("the name of a person is empty")
        data = name.encode("utf-8", "surrogatepass")
        return sign(self._key, b"subject", data)[:_TOKEN_BYTES].hex()

    def add(self, session: str, tokens: Iterable[str]) -> None:
        """Note who is in a recording.

        The entry by which a deletion finds the others is written first, so that a crash leaves
        no entry that nobody finds.
        """
        for token in tokens:
            for name in (_by_session(session, token), _by_token(token, session)):
                if self._store.entry(name) is None:
                    self._store.create(name, b"")

    def sessions(self, token: str) -> tuple[str, ...]:
        """Return the recordings of a person."""
        folder = _by_token(token, "")
        found = (decode_name(one.name.removeprefix(folder)) for one in self._store.list(folder))
        return tuple(sorted(name for name in found if name is not None))

    def forget(self, session: str, tokens: Iterable[str] = ()) -> None:
        """Remove every entry of a recording, and its entries for these persons.

        If `add` and `forget` run at the same time, one of the two entries of a person may be left
        over. So callers pass the persons that they know of.
        """
        folder = _by_session(session, "")
        listed = [entry.name.removeprefix(folder) for entry in self._store.list(folder)]
        for token in dict.fromkeys((*listed, *tokens)):
            self._store.delete(_by_token(token, session))
            self._store.delete(_by_session(session, token))

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield each recording with the token of a person in it. This lists the whole index."""
        for entry in self._store.list(_BY_TOKEN):
            token, _, name = entry.name.removeprefix(_BY_TOKEN)[3:].partition("/")
            session = decode_name(name)
            if session is not None:
                yield session, token

    def is_known(self, session: str) -> bool:
        """Tell whether the index has an entry for a recording."""
        return any(True for _ in self._store.list(_by_session(session, "")))


def _by_token(token: str, session: str) -> str:
    return f"{_BY_TOKEN}{token[:2]}/{token}/" + (session and encode_name(session))


def _by_session(session: str, token: str) -> str:
    return f"{_BY_SESSION}{encode_name(session)}/{token}"
