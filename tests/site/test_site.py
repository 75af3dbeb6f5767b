"""The site of the documentation builds without a warning, and all that is public can be found in it.

It needs the extra "docs", so it runs by its path: `pytest tests/site`.
"""

import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

import replay_redact

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir"]
HOME = "https://docs.example/"


def public_modules():
    """Return the modules that say in ``__all__`` what users may import from them."""
    found = pkgutil.iter_modules(replay_redact.__path__, "replay_redact.")
    names = ["replay_redact", *(module.name for module in found)]
    return [name for name in names if "._" not in name and name != "replay_redact.cli"]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    target = tmp_path_factory.mktemp("site")
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, target], cwd=ROOT, env=quiet, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return target


@pytest.fixture(scope="session")
def inventory(site):
    packed = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    return {line.split()[0] for line in zlib.decompress(packed).decode().splitlines()}


@pytest.mark.parametrize("module", public_modules())
def test_every_public_name_is_in_the_reference(module, inventory):
    names = importlib.import_module(module).__all__
    assert names
    assert [name for name in names if f"{module}.{name}" not in inventory] == []


class Page(HTMLParser):
    """What a page links to, and what may be linked to in it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], set()
        self.text = path.read_text("utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - a method of the parser
        given = dict(attrs)
        self.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        self.links += [given[name] for name in ("href", "src") if given.get(name)]


def address(site, path):
    return urljoin(HOME, path.relative_to(site).as_posix().removesuffix("index.html"))


def test_every_link_leads_somewhere(site):
    pages = {
        address(site, path): Page(path) for path in site.rglob("*.html") if path.name != "404.html"
    }
    links = [(page, urljoin(page, link)) for page, own in pages.items() for link in own.links]
    inner = [(page, urlsplit(link)) for page, link in links if link.startswith(HOME)]
    assert len(inner) > 1000
    assert [(page, link.geturl()) for page, link in inner if not leads(site, pages, link)] == []


def leads(site, pages, link):
    page = pages.get(urljoin(HOME, link.path))
    if page is None:
        return (site / unquote(link.path).lstrip("/")).is_file()
    return (
        not link.fragment
        or unquote(link.fragment) in page.anchors
        or link.fragment == "__codelineno"
    )


def test_nothing_is_loaded_from_elsewhere(site):
    loaded = re.compile(
        r"<(?:script|img|iframe)[^>]*\bsrc=[\"']?https?:|<link[^>]*\bhref=[\"']?https?:[^>]*stylesheet"
    )
    assert [path for path in site.rglob("*.html") if loaded.search(path.read_text("utf-8"))] == []


def test_examples_of_docstrings_are_code_and_no_quotations(site):
    pages = [path.read_text("utf-8") for path in (site / "reference").rglob("index.html")]
    assert sum(page.count('<span class="gp">&gt;&gt;&gt; </span>') for page in pages) > 100
    assert [page for page in pages if "<blockquote>" in page] == []


@pytest.mark.parametrize(
    "word", ["redact_bytes", "PolicyError", "process_bytes", "hide_length", "tunnel"]
)
def test_the_search_finds(word, site):
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    assert any(word in entry["title"] or word in entry["text"] for entry in index["docs"])
