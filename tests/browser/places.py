"""Paths of the browser and the players, if they are installed, and of pictures of playback."""

import os
import shutil
from pathlib import Path

MODULES = Path(__file__).parents[1] / "recorder" / "node_modules"
DIST = MODULES / "rrweb" / "dist"
PLAYERS = {
    "rrweb-player": MODULES / "rrweb-player" / "dist",
    "sentry-player": MODULES / "@sentry-internal" / "rrweb-player" / "dist",
}
RECORDERS = {"rrweb": DIST, "sentry": MODULES / "@sentry-internal" / "rrweb" / "dist"}
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


def bundle(folder, name):
    """Return the text of a browser bundle, without the address of its source map."""
    return (folder / f"{name}.umd.cjs").read_text("utf-8").rpartition("//# sourceMappingURL")[0]
