"""The example for Selenium in the docs, as it stands there, in Chromium: masking on and off."""

import http.server
import json
import re
import shutil
import threading
from pathlib import Path

import pytest

from browser.places import ARGUMENTS, CHROMIUM

GUIDE = (Path(__file__).parents[2] / "docs" / "testing-your-app.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"### With Selenium.*?```python\n(.*?)```", GUIDE, re.DOTALL)
PAGE = b"<!doctype html><title>Checkout</title><label>Name <input id=name></label><p>Jane Roe</p>"
DRIVER = shutil.which("chromedriver")


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/checkout"
    server.shutdown()
    server.server_close()


@pytest.fixture
def driver():
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("no Chromium with its driver: install chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ["--headless=new", *ARGUMENTS]:
        options.add_argument(argument)
    service = webdriver.ChromeService(executable_path=DRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def run(example, driver, address):
    def check_out(driver):
        driver.get(address)
        driver.find_element("id", "name").send_keys("Jane Roe")

    exec(example, {"json": json, "driver": driver, "check_out": check_out})  # noqa: S102 - our docs


def test_what_is_masked_passes(driver, address):
    run(EXAMPLE, driver, address)


@pytest.mark.parametrize(
    ("masked", "shown", "told"),
    [
        ('"maskAllInputs": True', '"maskAllInputs": False', r"label > input#name text holds secret 1"),
        ('"maskTextSelector": "*"', '"maskTextSelector": "b"', r"body > p textContent holds secret 1"),
    ],
)  # fmt: skip
def test_what_is_not_masked_fails(driver, address, masked, shown, told):
    assert masked in EXAMPLE
    with pytest.raises(AssertionError, match=told):
        run(EXAMPLE.replace(masked, shown), driver, address)
