"""Recording a page with the SDK, with masks and without."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.places import ARGUMENTS, CHROMIUM
from tests.parity.pages import Made, frame_page

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
ATTEMPTS = 4
SDKS = ("10", "11")
SITE = "http://shop.example"
OFF = {
    "maskAllText": False,
    "maskAllInputs": False,
    "blockAllMedia": False,
    "maskAttributes": [],
    "unmask": ["*"],  # passwords
    "unblock": ["*"],
}


def bundle(sdk: str) -> str:
    """Return the script of an SDK, made by esbuild."""
    program = MODULES / "esbuild" / "bin" / "esbuild"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sdk.js"
        command = [str(program), f"sentry-{sdk}", "--bundle", "--format=iife", "--global-name=Sentry",
                   "--log-level=error", f"--outfile={out}"]  # fmt: skip
        subprocess.run(command, cwd=HERE, check=True)  # noqa: S603 - of the lock file
        return out.read_text("utf-8")


def missing() -> str | None:
    """Return what is missing on this machine, or ``None``."""
    there = {
        "no Chromium: set CHROMIUM to the path of one": CHROMIUM,
        "no node": shutil.which("node"),
        "no SDKs: run npm ci in tests/parity": (MODULES / "sentry-11").exists(),
        "playwright is not installed": importlib.util.find_spec("playwright"),
    }
    return next((problem for problem, found in there.items() if not found), None)


@contextmanager
def launched() -> Iterator[Any]:
    """Yield a Chromium."""
    api = importlib.import_module("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Recorder:
    """Records pages with one SDK in one browser."""

    def __init__(self, browser: Any, sdk: str) -> None:
        self.sdk = sdk
        self.context = browser.new_context(viewport={"width": 1000, "height": 700})
        self.context.route("**/*", self._serve)
        driver = (HERE / "driver.js").read_text("utf-8")
        script = (
            f"{bundle(sdk)}\nglobalThis.Sentry = Sentry;\n{driver}\nglobalThis.record = record;"
        )
        self.context.add_init_script(f"if (window === top) {{ {script} }}")
        self.page = ""

    def _serve(self, route: Any) -> None:
        path = route.request.url.removeprefix(SITE)
        pages = {"/page": self.page, "/frame": frame_page()}
        route.fulfill(body=pages.get(path, ""), content_type="text/html; charset=utf-8")

    def record(self, made: Made) -> tuple[list[Any], list[Any]]:
        """Record a page without masks, and with those that its options ask for.

        On a busy machine a frame may load late in one run, and the visitor finds other elements.
        Such a pair is recorded again.
        """
        for _ in range(ATTEMPTS):
            plain, masked = self._run(made, OFF, overrule=True), self._run(made, made.options)
            if plain["done"] == masked["done"]:
                break
        else:
            raise RuntimeError(f"{made.name}: no two runs did the same")
        return plain["events"], masked["events"]

    def _run(
        self, made: Made, options: dict[str, Any], *, overrule: bool = False
    ) -> dict[str, Any]:
        self.page = made.text
        page = self.context.new_page()
        page.goto(f"{SITE}/page")
        job = {"options": options, "overrule": overrule, "seed": made.seed, "steps": made.steps}
        result: dict[str, Any] = page.evaluate("(job) => record(job)", job)
        page.close()
        return result

    def close(self) -> None:
        self.context.close()
