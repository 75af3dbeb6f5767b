"""Makes the links of the README absolute, and names the home of the project, for a package index.

Relative links lead nowhere there. Where the repository is, only a release knows: its workflow says
so in ``REPLAY_REDACT_HOME``, such as ``https://example.org/owner/replay_redact``. A build that is
not told so names no addresses: links become plain text, and the picture is left out.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

HOME = "REPLAY_REDACT_HOME"

_LINK = re.compile(r"(?P<image>!)?\[(?P<text>[^\]]*)\]\((?!https?:)(?P<path>[^)]+)\)")


class Home(MetadataHookInterface):
    """Adds the description and the addresses of the project."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add what depends on where the project lives."""
        home = os.environ.get(HOME, "").rstrip("/")
        readme = Path(self.root, "README.md").read_text("utf-8")
        text = absolute(readme, home, _version(Path(self.root)))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        if home:
            metadata["urls"] = addresses(home)


def addresses(home: str) -> dict[str, str]:
    """Return the addresses that a package index shows beside a project."""
    return {
        "Repository": home,
        "Documentation": f"{home}/blob/main/docs/index.md",
        "Changelog": f"{home}/blob/main/CHANGELOG.md",
        "Issues": f"{home}/issues",
        "Security": f"{home}/security/policy",
    }


def absolute(readme: str, home: str, version: str) -> str:
    """Return a README whose links lead into the repository, at the tag of a version.

    >>> absolute("[a](b.md#c) ![d](e.png) [f](https://g.example)", "https://h.example/i", "1.0")
    '[a](https://h.example/i/blob/v1.0/b.md#c) ![d](https://h.example/i/raw/v1.0/e.png) [f](https://g.example)'
    >>> absolute("[a](b.md) ![d](e.png)", "", "1.0")
    'a '
    """

    def link(found: re.Match[str]) -> str:
        image, text, path = found["image"] or "", found["text"], found["path"]
        if not home:
            return "" if image else text
        kind = "raw" if image else "blob"
        return f"{image}[{text}]({home}/{kind}/v{version}/{path})"

    return _LINK.sub(link, readme)


def _version(root: Path) -> str:
    found = re.search(
        r'__version__ = "([^"]+)"', (root / "replay_redact" / "_version.py").read_text("utf-8")
    )
    if found is None:
        raise ValueError("replay_redact/_version.py has no version")
    return found[1]
