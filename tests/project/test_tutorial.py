"""The tutorials are run: files are saved, commands typed, and what they print is compared."""

import doctest
import re
import runpy
import shlex
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from replay_redact import Policy
from replay_redact.cli import main

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "tutorial-shop.md"
TYPED = sorted(page for page in DOCS.rglob("*.md") if "```console" in page.read_text("utf-8"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Command(NamedTuple):
    """A command, and what it is said to print."""

    words: list[str]
    expected: str


def blocks(page=PAGE):
    """Return the language and text of each block of a tutorial."""
    return BLOCK.findall(page.read_text("utf-8"))


def commands(text):
    """Return the commands of a console block."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert parts[0] == ""
    typed = (part.partition("\n") for part in parts[1:])
    return [Command(shlex.split(line), expected) for line, _, expected in typed]


class Shell:
    """Does what the commands of the tutorial do, in the current folder."""

    def __init__(self, capsys):
        self._capsys = capsys
        self._status = 0

    def run(self, words):
        """Run a command; return what it prints, errors last."""
        name, *arguments = words
        getattr(self, name.replace("-", "_"))(*arguments)
        printed = self._capsys.readouterr()
        return printed.out + printed.err

    def replay_redact(self, *arguments):
        try:
            self._status = main(arguments)
        except SystemExit as ended:  # wrong usage
            self._status = ended.code
            return
        if "-o" in arguments:
            assert Path(arguments[arguments.index("-o") + 1]).stat().st_size > 0

    def python(self, script):
        runpy.run_path(script)

    def head(self, number, file):
        lines = Path(file).read_text("utf-8").splitlines()
        print("\n".join(lines[: -int(number)]))

    def echo(self, what):
        assert what == "$?"
        print(self._status)


def save(text):
    """Save a block whose first line is a comment with the name of its file."""
    Path(re.match(r"# (\S+)\n", text)[1]).write_text(text, "utf-8")


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("page", TYPED, ids=lambda page: page.name)
def test_every_step_does_what_the_tutorial_says(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shell = Shell(capsys)
    wrong = []
    for language, text in blocks(page):
        if language in {"python", "toml"}:
            save(text)
        if language != "console":
            continue
        for words, expected in commands(text):
            printed = shell.run(words)
            if not doctest.OutputChecker().check_output(expected, printed, FLAGS):
                wrong.append(f"$ {shlex.join(words)}\n{printed}")
    assert "\n".join(wrong) == ""


def test_there_are_ten_steps_and_each_does_something():
    steps = re.split(r"^## Step (\d+): .*$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    assert list(map(int, steps[1::2])) == list(range(1, 11))
    assert [
        number
        for number, step in zip(steps[1::2], steps[2::2], strict=True)
        if "```console" not in step
    ] == []


def test_the_finished_policy_keeps_its_promises(tmp_path, monkeypatch):
    *_, last = [text for language, text in blocks() if language == "toml"]
    policy = Policy(**tomllib.loads(last))
    monkeypatch.chdir(tmp_path)
    save(next(text for language, text in blocks() if language == "python"))
    runpy.run_path("shop.py")
    assert main(["redact", "shop.json", "-o", "public.json", *_settings(policy)]) == 0
    output = Path("public.json").read_text("utf-8")
    kept = (
        "Home",
        "Teas",
        "Earl Grey",
        "Assam",
        "Add to cart",
        "add-to-cart",
        "/orders/",
        "Free returns",
    )
    assert [text for text in kept if text not in output] == []
    private = (
        "Jane",
        "Roe",
        "Tom Doe",
        "Mill Lane",
        "1042",
        "Log out",
        "log-out",
        "tea for",
        "5.20",
    )
    assert [text for text in private if text in output] == []


def _settings(policy):
    names = ("unmask", "mask", "never_unmask", "allow_attributes", "public_paths")
    return [word for name in names for word in ("--set", f"{name}={list(getattr(policy, name))!r}")]


def test_what_is_not_a_command_fails():
    with pytest.raises(AttributeError):
        Shell(None).run(["rm", "-rf"])
