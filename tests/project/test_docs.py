"""The docs are complete. Their examples run as doctests."""

import dataclasses
import re
from pathlib import Path

import pytest

import replay_redact
from replay_redact import Policy
from replay_redact.cli import command
from replay_redact.events import KINDS, SOURCES
from replay_redact.policy import OPTIONS
from tests import option_table
from tests.option_table import table, table_in

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ALL_TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)


def test_readme_fits_on_a_few_screens():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


def test_the_table_of_options_is_that_of_the_code():
    assert table_in(option_table.PAGE.read_text("utf-8")) == table(), (
        "run python -m tests.option_table"
    )


def test_every_policy_option_has_a_meaning_which_the_docstring_tells():
    assert list(OPTIONS) == [field.name for field in dataclasses.fields(Policy)]
    docstring = " ".join(Policy.__doc__.split())
    meanings = {name: option.meaning for name, option in OPTIONS.items()}
    assert [n for n, meaning in meanings.items() if f"``{n}``: {meaning}." not in docstring] == []
    assert [n for n, meaning in meanings.items() if not meaning or meaning.endswith(".")] == []


def test_every_command_is_in_the_readme():
    action = next(a for a in command._parser()._actions if a.dest == "command")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in action.choices if f"replay-redact {name}" not in readme] == []


def test_every_public_name_has_a_docstring():
    names = replay_redact.__all__
    assert [name for name in names if not getattr(replay_redact, name).__doc__] == []
    models = [*KINDS.values(), *SOURCES.values()]
    assert [model.__name__ for model in models if not model.__doc__] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_headings(page):
    links = re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page.read_text("utf-8"))
    found = [(name, part, headings((page.parent / name) if name else page)) for name, part in links]
    assert [(name, part) for name, part, known in found if part not in known] == []


def headings(page):
    """Return the headings of a page as links name them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_changelog_has_a_security_heading_in_every_release():
    releases = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1:]
    assert releases
    assert all("### Security" in release for release in releases)
