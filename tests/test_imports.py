"""Imports point one way, and importing the package stays light."""

import ast
import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import replay_redact

PACKAGE = Path(replay_redact.__file__).parent

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
ORDER = [
    "_version", "_errors", "_report", "_pause", "_cache", "_deep", "nodes", "events", "_masks",
    "_media", "_css_properties", "_identifiers", "_words", "_references", "_element_names", "_css_words", "_css_numbers",
    "_allowed", "_attribute_names", "_vendor_marks", "_css_tokens", "_field_names", "_css_fonts", "_css_values", "_css_selectors",
    "_css_preludes", "_css", "_selectors", "_repair", "_compression", "_slots", "_containers", "_codec",
    "_wire", "_checks", "_detectors", "_keys", "_views", "_relay", "scrub", "policy",
    "_json_masks", "_batch", "_finders", "_stand_ins", "_tier", "_scanner", "_policy_masks", "_facts",
    "_rules", "_literals", "_attributes", "_mirror", "_metadata", "_visit", "_mutations",
    "_strict", "_sentry_rules", "_sentry", "_windows", "_state", "_redactor", "_split", "_stream",
    "__init__", "_leaks", "_tree_leaks", "_secrets", "_names", "_lint", "_leak_search", "_html_page",
    "testing", "pytest_plugin", "_marks", "_inert", "preview", "_living", "_shapes", "_wild",
    "strategies", "_cli_files", "_cli_preview", "_cli_report", "cli", "__main__",
]  # fmt: skip
"""Every module may import those before it: bytes, events, decision, masked events, bytes."""

LATE = {("policy", "testing")}  # Policy.lint, a shortcut


def imported(path):
    """Return the modules of this package that a file imports, those in functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.startswith("replay_redact")
        ):
            _, _, module = node.module.partition(".")
            yield from (
                [module]
                if module
                else [alias.name for alias in node.names if (PACKAGE / f"{alias.name}.py").exists()]
            )


def test_every_module_has_a_place():
    assert sorted(ORDER) == sorted(path.stem for path in PACKAGE.glob("*.py"))


def test_imports_point_one_way():
    backwards = [
        (path.stem, module)
        for path in PACKAGE.glob("*.py")
        for module in imported(path)
        if ORDER.index(module) >= ORDER.index(path.stem) and (path.stem, module) not in LATE
    ]
    assert backwards == []


def test_the_table_of_imports_is_read_from_every_form():
    found = set(imported(PACKAGE / "_redactor.py"))
    assert {"_wire", "events", "_codec", "policy", "_strict"} <= found


def test_no_module_imports_the_package_by_plain_import():
    plain = [
        path.stem
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import)
        and any(alias.name.split(".")[0] == "replay_redact" for alias in node.names)
    ]
    assert plain == []


def test_importing_the_package_loads_no_test_kit_and_no_terminal():
    code = "import sys, replay_redact; print({'pytest', 'hypothesis', 'lxml', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "set()"


def test_all_names_exist():
    assert [name for name in replay_redact.__all__ if not hasattr(replay_redact, name)] == []
    assert replay_redact.__all__ == sorted(replay_redact.__all__, key=lambda n: (n[0].islower(), n))
    assert len(set(replay_redact.__all__)) == len(replay_redact.__all__)


def test_every_module_lists_names_that_exist():
    for path in PACKAGE.glob("*.py"):
        if path.stem != "__main__":
            name = "replay_redact" if path.stem == "__init__" else f"replay_redact.{path.stem}"
            module = importlib.import_module(name)
            assert [n for n in getattr(module, "__all__", []) if not hasattr(module, n)] == []


def test_the_package_is_typed():
    assert (PACKAGE / "py.typed").exists()


def test_a_page_of_which_nothing_is_shown_needs_no_scanner():
    code = (
        "import sys; from helpers import Page; from replay_redact import redact_bytes; import json;"
        "page = Page(); data = [page.snapshot(page.element('p', {'title': 'x'}, page.text('Jane')))];"
        "assert b'****' in redact_bytes(json.dumps(data).encode());"
        "print({'re2', 'regex', 'replay_redact._scanner'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent)  # fmt: skip # noqa: S603
    assert run.stdout == "set()\n"
