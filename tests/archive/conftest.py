"""What most tests of archives begin with."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import archive_at

from replay_redact.archive import Archive


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder that is not there yet."""
    return tmp_path / "root"


@pytest.fixture
def archive(root: Path) -> Archive:
    """Return an archive with nothing in it."""
    return archive_at(root)
