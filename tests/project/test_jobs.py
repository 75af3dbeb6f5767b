"""The page of jobs shows each script as it is. `.ci/run` runs them in fresh virtual environments."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
SCRIPTS = sorted((DOCS / "jobs").glob("*.sh"))
SHOWN = re.findall(
    r"^```sh\n(.*?)^```$", (DOCS / "jobs.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_page_shows_each_script_as_it_is(script):
    assert script.read_text("utf-8") in SHOWN


def test_there_is_nothing_else_on_the_page():
    assert len(SHOWN) == len(SCRIPTS) >= 4


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_each_script_stops_at_the_first_error(script):
    assert "\nset -eu\n" in script.read_text("utf-8")
