"""The examples of the docs, on a small page with Sentry's SDK in Chromium: masking on and off."""

import re
from pathlib import Path

import pytest

from browser.places import ARGUMENTS, CHROMIUM, MODULES

pytest_plugins = ["pytester"]

GUIDE = (Path(__file__).parents[2] / "docs" / "testing-your-app.md").read_text("utf-8")
[IN_BROWSERS] = re.findall(r"^## In a browser.*?^## ", GUIDE, re.MULTILINE | re.DOTALL)
SDK_TEST, RRWEB_TESTS, UNITTEST, _SELENIUM = re.findall(
    r"```python\n(.*?)```", IN_BROWSERS, re.DOTALL
)
SDK = MODULES.parents[1] / "ingestion" / "sdks" / "node_modules" / "bundles" / "sentry-11.js"

CONFTEST = """
import pytest
from pathlib import Path
from playwright.sync_api import sync_playwright

START = 'Sentry.init({{dsn: "https://abc@o1.ingest.example/42", replaysSessionSampleRate: 1, integrations: [' \
    'Sentry.replayIntegration({{{masks} minReplayDuration: 0, flushMinDelay: 300}})]}})'
PAGE = "<title>Checkout</title><label>Name <input id=name></label>" \
    f"<script src=/sdk.js></script><script>{{START}}</script>"

def answer(route):
    if route.request.url.endswith("/sdk.js"):
        route.fulfill(content_type="text/javascript", body=Path({sdk!r}).read_text("utf-8"))
    else:
        route.fulfill(content_type="text/html", body=PAGE)

@pytest.fixture
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path={chromium!r}, args={arguments!r})
        page = browser.new_page()
        page.route("**/*", answer)
        yield page
        browser.close()
"""

HEAD = """
import pytest
from replay_redact import Policy, redact_bytes

def check_out(page):
    page.goto("http://localhost:8000/checkout")
    page.fill("#name", "Jane Roe")
"""

TAIL = """
@pytest.fixture(autouse=True)
def its_page(page):
    CheckOut.page = page
"""


@pytest.fixture(autouse=True)
def _where_a_browser_is():
    if not SDK.exists():
        pytest.skip("no SDKs: run npm ci && npm run build in tests/ingestion/sdks")
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium: set CHROMIUM to the path of one")


def run(pytester, masks):
    told = {"chromium": CHROMIUM, "arguments": ARGUMENTS, "sdk": str(SDK), "masks": masks}
    pytester.makeconftest(CONFTEST.format(**told))
    pytester.makepyfile(test_example=HEAD + SDK_TEST + RRWEB_TESTS + UNITTEST + TAIL)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider")


def test_the_examples_fail_where_the_sdk_does_not_mask(pytester):
    result = run(pytester, "maskAllText: false, maskAllInputs: false,")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*test_the_browser_sends_nothing_private*",
            "*AssertionError: * leaks in what @sentry/browser recorded:",
            "*  secret 1 can be read in 1 place",
            "*  input: *",
            "*    in the browser: maskAllInputs*",
            "*    html > body > label > input#name text holds secret 1 (plain)",
        ]
    )
    result.stdout.fnmatch_lines(["FAILED *CheckOut::test_the_browser_sends_nothing_private*"])


def test_the_examples_pass_where_it_does(pytester):
    run(pytester, "").assert_outcomes(passed=4)
