"""Where an archive is, and the settings in its `archive.toml`."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from replay_redact.cli.files import UsageError

if TYPE_CHECKING:
    from replay_redact.archive import Archive

SETTINGS = "archive.toml"
_LAYOUT = "{session}/{number}.json.gz"
_SETTINGS = frozenset({"layout", "policy", "index_key_variable"})


class Settings(NamedTuple):
    """Where an archive is, and the settings in its `archive.toml`. It can be pickled."""

    root: str
    layout: str = _LAYOUT
    policy: str | None = None
    index_key: bytes | None = None

    def open(self) -> Archive:
        """Return the archive."""
        from replay_redact.archive import Archive  # noqa: PLC0415 - wanted here only

        return Archive(self.root, layout=self.layout, index_key=self.index_key)


def read_settings(root: str) -> Settings:
    """Read the settings of an archive, if it has any."""
    text, path = _read(root)
    if text is None:
        return Settings(root)
    try:
        found = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not a TOML file: {error}") from None
    wrong = [name for name, value in found.items() if not isinstance(value, str)]
    wrong += sorted(set(found) - _SETTINGS)
    if wrong:
        raise UsageError(
            f"{path}: {wrong[0]}: allowed are {', '.join(sorted(_SETTINGS))}, each a string"
        )
    policy = found.get("policy")
    if policy is not None and policy.endswith(".toml"):
        policy = str(path.parent / policy)
    key = _key(path, found.get("index_key_variable"))
    return Settings(root, found.get("layout", _LAYOUT), policy, key)


def _read(root: str) -> tuple[bytes | None, Path]:
    """Return the text of the settings file, if there is one, and its path.

    For a bucket, a policy file that the settings name is looked for in the working directory.
    """
    if "://" in root:
        from replay_redact.archive.fsspec_store import store_of  # noqa: PLC0415 - wanted here only

        return store_of(root).read(SETTINGS), Path(SETTINGS)
    path = Path(root, SETTINGS)
    if not path.parent.is_dir():
        raise UsageError(f"{root}: there is no such folder")
    return (path.read_bytes() if path.exists() else None), path


def _key(path: Path, variable: str | None) -> bytes | None:
    if variable is None:
        return None
    key = os.environ.get(variable)
    if not key:
        raise UsageError(f"{path}: set the environment variable {variable} to the key")
    return key.encode()
