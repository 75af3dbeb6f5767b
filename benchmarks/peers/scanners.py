"""Scanners of source code: in which lines each finds a secret, where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Find = Callable[[Path], set[int]]
"""Returns the numbers of the lines of a file in which something is found."""


def scanners() -> dict[str, Find]:
    """Return the scanners that are installed, by name."""
    known = {"gitleaks": _gitleaks, "secretlint": _secretlint, "detect-secrets": _detect_secrets}
    return {name: find for name, find in known.items() if shutil.which(name)}


def lines_found(find: Find, lines: list[str]) -> set[int]:
    """Return the indexes of the lines in which a scanner finds something."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.txt"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return {number - 1 for number in find(path)}


def _run(*command: str, folder: Path) -> str:
    answer = folder / "answer"  # a file: one of them does not wait until a pipe is read
    with answer.open("wb") as file:
        subprocess.run(  # noqa: S603 - a fixed command
            command, cwd=folder, stdout=file, stderr=subprocess.DEVNULL, check=False
        )
    return answer.read_text("utf-8")


def _gitleaks(path: Path) -> set[int]:
    report = path.parent / "report.json"
    options = ("-f", "json", "-r", str(report), "--exit-code", "0")
    _run("gitleaks", "dir", path.name, *options, folder=path.parent)
    found: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))
    return {line for item in found for line in range(item["StartLine"], item["EndLine"] + 1)}


def _secretlint(path: Path) -> set[int]:
    rules = {"rules": [{"id": "@secretlint/secretlint-rule-preset-recommend"}]}
    (path.parent / ".secretlintrc.json").write_text(json.dumps(rules), "utf-8")
    answer = json.loads(_run("secretlint", "--format", "json", path.name, folder=path.parent))
    return {message["loc"]["start"]["line"] for file in answer for message in file["messages"]}


def _detect_secrets(path: Path) -> set[int]:
    command = ("detect-secrets", "scan", "--all-files", path.name)
    answer = json.loads(_run(*command, folder=path.parent))
    return {item["line_number"] for items in answer["results"].values() for item in items}
