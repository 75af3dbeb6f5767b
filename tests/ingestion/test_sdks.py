"""The real SDKs record a page with a form, an error and a second tab; only what is redacted goes on.

Needs Chromium, and `npm install --no-package-lock && npm run build` in tests/ingestion/sdks.
"""

import importlib.util
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from real_recordings import spellings
from wire.test_forms import said

from replay_redact import decode

HERE = Path(__file__).parent
MODULES = HERE / "sdks" / "node_modules"
SCRIPTS = {"sentry": MODULES / "sentry.js", "posthog": MODULES / "posthog-js/dist/array.full.js"}
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
SITE = "http://shop.test"
TYPED = ["Jane Roe", "jane.roe@shop.example", "hunter2secret", "Winterfeld"]
PAGE = """<!doctype html><title>Dear Jane Roe</title><main><h1>Hello Jane Roe</h1>
<form><input id=name><input id=mail type=email><input id=word type=password></form>
<button id=go>Pay</button></main><script src="/sdk.js"></script><script>%s</script>"""
STARTS = {
    "sentry": """Sentry.init({dsn: "http://abc123@shop.test/42", tunnel: "/api/42/envelope/", release: "shop@1.2.3",
        integrations: [Sentry.replayIntegration({maskAllText: false, maskAllInputs: false, useCompression: %s})],
        replaysSessionSampleRate: 1, replaysOnErrorSampleRate: 1});
        Sentry.setUser({email: "jane.roe@shop.example"});""",
    "posthog": """posthog.init("phc_test", {api_host: "http://shop.test", disable_compression: !%s,
        session_recording: {maskAllInputs: false}, person_profiles: "always", opt_out_useragent_filter: true});
        posthog.identify("jane.roe@shop.example", {name: "Jane Roe"});
        posthog.startSessionRecording(true);""",
}
FLAGS = {"sessionRecording": {"endpoint": "/s/", "recorderVersion": "v2"}, "supportedCompression": ["gzip-js"],
         "featureFlags": {}, "config": {}, "hasFeatureFlags": False}  # fmt: skip


@pytest.fixture
def tunnel(monkeypatch):
    spec = importlib.util.spec_from_file_location(
        "tunnel", HERE.parents[1] / "docs/examples/tunnel.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.got = []

    def forward(path, _headers, body):
        module.got.append((path, body))
        return module.Answer(200, b"{}", {"content-type": "application/json"} | module._cors())

    monkeypatch.setattr(module, "_forward", forward)
    return module


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium: set CHROMIUM to the path of one")
    if not all(path.exists() for path in SCRIPTS.values()):
        pytest.skip(
            "no SDKs: run npm install --no-package-lock && npm run build in tests/ingestion/sdks"
        )
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


class Site:
    """A site with one page, its SDK, and the tunnel."""

    def __init__(self, tunnel, sdk, compresses):
        self.tunnel, self.sdk = tunnel, sdk
        self.page = PAGE.replace("%s", STARTS[sdk].replace("%s", compresses))
        self.answers, self.bodies = [], []

    def serve(self, route):
        request = route.request
        path = request.url.removeprefix(SITE)
        if request.method == "POST" and self.tunnel._PATHS.fullmatch(path.partition("?")[0]):
            self.take(route, path, request.post_data_buffer or b"")
        elif path.startswith(("/flags", "/decide", "/array")):
            route.fulfill(json=FLAGS, headers={"access-control-allow-origin": "*"})
        elif path.startswith("/static/"):
            script = MODULES / "posthog-js/dist" / path.partition("?")[0].rpartition("/")[2]
            route.fulfill(body=script.read_text("utf-8"), content_type="text/javascript")
        elif path == "/sdk.js":
            route.fulfill(body=SCRIPTS[self.sdk].read_text("utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body=self.page, content_type="text/html")

    def take(self, route, path, body):
        self.bodies.append(body)
        answer = self.tunnel.handle(path, route.request.headers, body)
        self.answers.append((path, answer.status, answer.body))
        route.fulfill(status=answer.status, body=answer.body, headers=answer.headers)


@pytest.mark.parametrize("compresses", ["true", "false"])
@pytest.mark.parametrize("sdk", SCRIPTS)
def test_what_an_sdk_records_goes_on_redacted(sdk, compresses, browser, tunnel):
    site = Site(tunnel, sdk, compresses)
    context = browser.new_context()
    context.route("**/*", site.serve)
    for tab in ("/users/Winterfeld", "/users/Winterfeld?tab=2"):
        page = context.new_page()
        page.goto(SITE + tab)
        for field, text in zip(("name", "mail", "word"), TYPED, strict=False):
            page.type(f"#{field}", text)
        page.click("#go")
        page.evaluate("setTimeout(() => { throw new Error('no money of Jane Roe') })")
        page.wait_for_timeout(6500)
    page.goto(SITE + "/bye")
    page.wait_for_timeout(500)
    context.close()
    assert {status for _, status, _ in site.answers} == {200}, site.answers
    before = "".join(map(said, site.bodies))
    assert "jane roe" in before  # the control
    kinds = set()
    for path, body in tunnel.got:
        found = said(body)
        for secret in TYPED:
            assert [way for way in spellings(secret) if len(way) > 6 and way.lower() in found] == []
        assert "Winterfeld" not in path
        kinds |= {type(event).__name__ for event in decode(body)}
    assert {"Meta", "FullSnapshot", "IncrementalSnapshot"} <= kinds
    for secret in re.findall(r"hunter2secret|no money", before):
        assert secret not in json.dumps([said(body) for _, body in tunnel.got])
