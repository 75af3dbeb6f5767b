"""Where the browser and the player are, if they are."""

import os
import shutil
from pathlib import Path

DIST = Path(__file__).parents[1] / "recorder" / "node_modules" / "rrweb" / "dist"
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
