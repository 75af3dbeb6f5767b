"""What a package index shows: addresses that lead somewhere, or none; and what the core needs."""

import doctest
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LINKS = re.compile(r"\]\(([^)]*)\)")


@pytest.fixture
def hatch_build(monkeypatch):
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    monkeypatch.syspath_prepend(str(ROOT))
    import hatch_build  # noqa: PLC0415 - it needs hatchling

    return hatch_build


def metadata(hatch_build, monkeypatch, home):
    monkeypatch.setenv(hatch_build.HOME, home)
    found = {}
    hatch_build.Home(str(ROOT), {}).update(found)
    return found


def test_the_examples_hold(hatch_build):
    assert doctest.testmod(hatch_build) == (0, 2)


def test_with_a_home_every_link_is_absolute(hatch_build, monkeypatch):
    home = "https://code.example/someone/replay_redact/"
    found = metadata(hatch_build, monkeypatch, home)
    links = LINKS.findall(found["readme"]["text"])
    assert len(links) > 10
    assert [link for link in links if not link.startswith("https://")] == []
    inner = [re.sub(r"^.*/(?:blob|raw)/v[0-9.]+/|#.*", "", link) for link in links if home in link]
    assert [path for path in inner if not (ROOT / path).exists()] == []
    assert {"Repository", "Documentation", "Changelog", "Issues", "Security"} == set(found["urls"])
    assert all(address.startswith(home.rstrip("/")) for address in found["urls"].values())


def test_without_a_home_nothing_claims_to_lead_anywhere(hatch_build, monkeypatch):
    found = metadata(hatch_build, monkeypatch, "")
    assert "urls" not in found
    assert [link for link in LINKS.findall(found["readme"]["text"]) if "://" not in link] == []
    assert "before-and-after" not in found["readme"]["text"]


def test_the_core_is_light():
    names = {re.split(r"[<>=; ]", text)[0] for text in PROJECT["dependencies"]}
    assert names == {"backports.zstd", "cssselect", "google-re2", "lxml", "msgspec", "regex"}


def test_extras_stand_on_the_page_about_installing():
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    assert [name for name in PROJECT["optional-dependencies"] if f"| `{name}` |" not in page] == []
