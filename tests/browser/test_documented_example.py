"""The example of the docs, on a small page in Chromium: one test fails, one passes."""

import re
from pathlib import Path

import pytest

from browser.places import ARGUMENTS, CHROMIUM, DIST

pytest_plugins = ["pytester"]

GUIDE = (Path(__file__).parents[2] / "docs" / "testing-your-app.md").read_text("utf-8")
[EXAMPLE] = re.findall(
    r"^## With Playwright.*?```python\n(.*?)```", GUIDE, re.MULTILINE | re.DOTALL
)

CONFTEST = """
import pytest
from playwright.sync_api import sync_playwright

PAGE = "<title>Checkout</title><label>Name <input id=name></label>"

@pytest.fixture
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path={chromium!r}, args={arguments!r})
        page = browser.new_page()
        page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=PAGE))
        yield page
        browser.close()
"""


@pytest.fixture(autouse=True)
def _where_a_browser_is():
    if not DIST.exists():
        pytest.skip("no rrweb: run npm ci in tests/recorder")
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium: set CHROMIUM to the path of one")


def test_the_example(pytester):
    pytester.makeconftest(CONFTEST.format(chromium=CHROMIUM, arguments=ARGUMENTS))
    head = "import pytest\nfrom pathlib import Path\nfrom replay_redact import redact_bytes\n"
    bundle = f"RRWEB = Path({str(DIST / 'rrweb.umd.cjs')!r}).read_text('utf-8')\n"
    pytester.makepyfile(test_example=head + bundle + EXAMPLE)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*test_the_browser_sends_nothing_private*",
            "* leaks in * events:",
            "  input: *; mask it: *",
            "*Input html > body > label > input#name text holds secret 1: **** *** (plain)",
        ]
    )
