"""The docs are complete. Their examples run as doctests."""

import dataclasses
import re
from pathlib import Path

import pytest

import replay_redact
from replay_redact import Policy, policy
from replay_redact.cli import command
from replay_redact.events import KINDS, SOURCES

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ALL_TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)


def test_readme_fits_on_a_few_screens():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


def test_every_policy_option_is_documented():
    text = (ROOT / "docs" / "policy.md").read_text("utf-8")
    missing = [field.name for field in dataclasses.fields(Policy) if f"`{field.name}`" not in text]
    assert missing == []
    docstring = policy.Policy.__doc__
    assert [f.name for f in dataclasses.fields(Policy) if f"``{f.name}``" not in docstring] == []


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


def test_changelog_has_a_security_heading_in_every_release():
    releases = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1:]
    assert releases
    assert all("### Security" in release for release in releases)
