"""Fixtures: a Chromium with players in it. Without Chromium, these tests are skipped."""

import pytest

from browser.places import ARGUMENTS, CHROMIUM, DIST, PLAYERS, bundle


@pytest.fixture(scope="session")
def rrweb():
    """Return the text of rrweb's browser bundle."""
    if not DIST.exists():
        pytest.skip("no rrweb: run npm ci in tests/recorder")
    return bundle(DIST, "rrweb")


@pytest.fixture(scope="session")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium: set CHROMIUM to the path of one")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def player(browser, rrweb):
    """Return a page with rrweb's player; ``player.problems`` gathers its complaints."""
    page = _stage(browser, DIST, rrweb)
    yield page
    page.close()


@pytest.fixture(params=PLAYERS)
def stock_player(browser, request):
    """Return a page with a published player: rrweb's own, or that of Sentry's fork."""
    folder = PLAYERS[request.param]
    if not folder.exists():
        pytest.skip("no rrweb-player: run npm ci in tests/recorder")
    page = _stage(browser, folder, bundle(folder, "rrweb-player"))
    page.name = request.param
    yield page
    page.close()


def _stage(browser, folder, script):
    page = browser.new_page(viewport={"width": 1100, "height": 900}, offline=True)
    page.set_content("<div id=stage></div>")
    page.add_style_tag(path=str(folder / "style.css"))
    page.add_script_tag(content=script)
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(f"error: {error.message}"))
    page.on("console", lambda message: _note(page, message))
    return page


NETWORK = "Failed to load resource"  # style sheets and fonts of the recorded site are missing


def _note(page, message):
    if message.type in {"error", "warning"} and NETWORK not in message.text:
        page.problems.append(f"{message.type}: {message.text[:300]}")
