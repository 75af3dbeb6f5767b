"""Imports point one way, and importing the package stays light."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import replay_redact

PACKAGE = Path(replay_redact.__file__).parent
ROOT = PACKAGE.parent
MOST_MODULES = 12  # in a folder


def test_imports_point_one_way(capsys):
    """The layers are in pyproject.toml."""
    status = lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None)
    assert status == 0, capsys.readouterr().out


def test_a_folder_can_be_taken_in_at_a_glance():
    folders = [PACKAGE, *(path.parent for path in PACKAGE.rglob("__init__.py"))]
    crowded = [
        folder.name
        for folder in folders
        if len(
            [
                path
                for path in folder.glob("*.py")
                if path.stem.strip("_") not in {"init", "main", "version"}
            ]
        )
        > MOST_MODULES
    ]
    assert crowded == []


def names():
    return [name for _, name, _ in pkgutil.walk_packages(replay_redact.__path__, "replay_redact.")]


def test_no_module_imports_the_package_by_plain_import():
    plain = [
        path.stem
        for path in PACKAGE.rglob("*.py")
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
    modules = [importlib.import_module(n) for n in names() if not n.endswith("__main__")]
    assert len(modules) > 200
    listed = [(module, name) for module in modules for name in getattr(module, "__all__", [])]
    assert [(module, name) for module, name in listed if not hasattr(module, name)] == []


def test_the_package_is_typed():
    assert (PACKAGE / "py.typed").exists()


def test_a_page_of_which_nothing_is_shown_needs_no_scanner():
    code = (
        "import sys; from helpers import Page; from replay_redact import redact_bytes; import json;"
        "page = Page(); data = [page.snapshot(page.element('p', {'title': 'x'}, page.text('Jane')))];"
        "assert b'****' in redact_bytes(json.dumps(data).encode());"
        "print({'re2', 'regex', 'replay_redact.scrub.scanner'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])  # fmt: skip # noqa: S603
    assert run.stdout == "set()\n"


def test_the_test_kit_loads_re2_only_to_look_for_secrets():
    code = (
        "import sys; import replay_redact.evidence, replay_redact.preview, replay_redact.testing as kit;"
        "kit.find_leaks(kit.recording_from_html('<p>Jane')); print({'re2'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert run.stdout == "set()\n"


@pytest.mark.parametrize("module", [replay_redact, replay_redact.scrub])
def test_what_is_imported_late_is_there(module):
    assert module.Scrubber is replay_redact.scrub.scrubber.Scrubber
    with pytest.raises(AttributeError, match="has no attribute 'Scruber'"):
        module.Scruber  # noqa: B018 - a name that is not there
