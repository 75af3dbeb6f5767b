"""The page about the architecture names only folders, files, modules and names that are there."""

import ast
import functools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PLACES = [ROOT, ROOT / "replay_redact", ROOT / "tests", ROOT / "docs", ROOT / "benchmarks"]
PLAIN = {
    "_a", "_b", "alt", "bytes", "check", "dropped", "input", "nav", "or", "sentry-10", "sentry-11", "strict", "tool.importlinter",
}  # fmt: skip
"""What is in code marks, but no name of the code: words of HTML, options, commands."""

PARTS = [
    part
    for part in re.split(r"\n\n|\n(?=\|)", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))
    if "`" in part
]


def marked(part):
    return re.findall(r"`([^`]+)`", part)


def is_path(text):
    return "/" in text or text.endswith((".py", ".js", ".md", ".toml", ".json"))


@functools.cache
def defined():
    """Return every name that the package or its tests define: functions, classes, assigned names."""
    names = set()
    for path in [*(ROOT / "replay_redact").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    names.add(node.name)
                case ast.Name(ctx=ast.Store()):
                    names.add(node.id)
                case ast.Attribute(ctx=ast.Store()):
                    names.add(node.attr)
    return names


def modules():
    return {path.stem for path in (ROOT / "replay_redact").rglob("*.py")} | {
        path.name for path in (ROOT / "replay_redact").rglob("*") if path.is_dir()
    }


def is_there(text, part):
    """Tell whether a path leads somewhere, from the root or from the folder of a path beside it."""
    own = marked(part)
    beside = [place / Path(path).parent for place in PLACES for path in own if "/" in path]
    folders = [place / name for place in PLACES for name in own if (place / name).is_dir()]
    return any((folder / text).exists() for folder in [*PLACES, *beside, *folders])


def faults(part):
    for text in marked(part):
        if text in PLAIN:
            continue
        if text.startswith("python -m "):
            name = text.split()[2].replace(".", "/")
            found = (ROOT / f"{name}.py").exists() or (ROOT / name).is_dir()
        elif is_path(text):
            found = is_there(text, part)
        else:
            last = re.split(r"[.(]", text.removesuffix("(…)").partition("(")[0])[-1]
            found = last in defined() or last in modules()
        if not found:
            yield text


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.strip("*| ").split("\n")[0][:40])
def test_what_the_page_names_is_there(part):
    assert list(faults(part)) == []


def test_a_name_that_is_not_there_is_found():
    assert list(faults("`_engine/engine.py` and `motor.py` call `Redactor` and `Redacter`")) == [
        "motor.py",
        "Redacter",
    ]


def test_every_folder_of_the_package_is_in_the_table():
    folders = {path.parent.name for path in (ROOT / "replay_redact").glob("*/__init__.py")}
    table = PAGE[PAGE.index("## The folders") : PAGE.index("## To add something")]
    named = {text.strip("/").split("/")[0] for text in marked(table)}
    assert folders - named == set()
