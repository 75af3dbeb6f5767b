"""Files, functions and folders stay small, and modules do not import each other in a circle."""

import ast
import functools
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 400  # in a file
LONGEST_FUNCTION = 50  # lines, with its docstring
TOO_COMPLEX = {"C901", "PLR0912", "PLR0915", "PLR1702"}


@functools.cache
def files(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


CODE = [
    path
    for path in files("replay_redact", "benchmarks", "tests")
    if "node_modules" not in path.parts
]


def lines_of(path):
    return path.read_text("utf-8").splitlines()


def functions(path):
    """Return the functions of a file, methods and inner ones too."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, kinds)
    ]


def test_no_function_is_long():
    long = [
        f"{path.relative_to(ROOT)}: {one.name}"
        for path in CODE
        for one in functions(path)
        if one.end_lineno - one.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("folder", ["replay_redact", "benchmarks"])
def test_no_file_is_long(folder):
    long = [
        str(path.relative_to(ROOT)) for path in files(folder) if len(lines_of(path)) > MOST_LINES
    ]
    assert long == []


def test_no_complex_function_is_exempt_from_lint():
    exempt = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in CODE
        for number, line in enumerate(lines_of(path), 1)
        if "noqa" in line and any(rule in line.rpartition("noqa")[2] for rule in TOO_COMPLEX)
    ]
    assert exempt == []


def test_modules_import_each_other_in_no_circle():
    """Imports inside functions count, and those for types alone."""
    graph = grimp.build_graph("replay_redact", cache_dir=None)
    left = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while leaves := [module for module, imported in left.items() if not imported & left.keys()]:
        for module in leaves:
            del left[module]
    assert sorted(left) == []
