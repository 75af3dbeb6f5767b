"""The recorders of the test kit in Chromium: rrweb, and the SDKs of Sentry and PostHog from npm.

Each test is what a user writes. With masking off it has to fail and to say where, with masking on it
has to pass.
"""

import json

import pytest

from browser.places import MODULES
from browser.playing import play
from replay_redact import Policy, redact_bytes
from replay_redact.testing import assert_no_leaks
from replay_redact.testing.browser import ReplayRecorder, SdkRecorder, recorder_script, rrweb

SDKS = MODULES.parents[1] / "ingestion" / "sdks" / "node_modules"
SITE = "https://shop.example"
NAME, NOTE = "Jane Roe", "by the Winterfeld gate"
SECRETS = {"name": NAME, "note": NOTE}

PAGE = """<!doctype html><title>Orders</title><main><h1>Hello Jane Roe</h1>
<form><input id=name data-testid=name-field><label>Note <textarea class=note></textarea></label></form>
<button id=go>Go</button></main>%s<script>document.getElementById("go").onclick = () => {
document.querySelector("h1").textContent = "Thank you, Jane Roe"; };</script>"""

SENTRY = """Sentry.init({dsn: "https://abc@o1.ingest.example/42", %s integrations: [Sentry.replayIntegration({
  %s minReplayDuration: 0, flushMinDelay: 300, flushMaxDelay: 600})],
  tracesSampleRate: 1, replaysSessionSampleRate: 1});"""
POSTHOG = """posthog.init("phc_test", {api_host: "https://eu.i.posthog.example", %s
  session_recording: {%s}, opt_out_useragent_filter: true, person_profiles: "always"});"""

OFF = {
    "sentry": "maskAllText: false, maskAllInputs: false, blockAllMedia: false,",
    "posthog": "maskAllInputs: false",
}
ON = {"sentry": "", "posthog": 'maskAllInputs: true, maskTextSelector: "*"'}
SCRIPTS = {
    "sentry": SDKS / "bundles" / "sentry-11.js",
    "posthog": SDKS / "posthog-1.449" / "dist" / "array.full.js",
}
BOTH = pytest.mark.parametrize("sdk", ["sentry", "posthog"])


@pytest.fixture
def page(browser):
    """Return an empty page on a site without a server."""
    page = browser.new_page()
    page.asked = []
    page.text = PAGE % ""

    def answer(route):
        page.asked.append(route.request.url)
        address = route.request.url
        if address.startswith(SITE) and address.endswith(".js"):
            route.fulfill(content_type="text/javascript", body=page.script.read_text("utf-8"))
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=page.text)

    page.route("**/*", answer)
    yield page
    page.close()


def with_sdk(page, sdk, masks, more=""):
    if not SCRIPTS[sdk].exists():
        pytest.skip("no SDKs: run npm ci && npm run build in tests/ingestion/sdks")
    start = {"sentry": SENTRY, "posthog": POSTHOG}[sdk] % (more, masks)
    page.script = SCRIPTS[sdk]
    page.text = PAGE % f"<script src=/sdk.js></script><script>{start}</script>"


def check_out(page):
    page.goto(f"{SITE}/orders")
    page.fill("#name", NAME)
    page.type(".note", NOTE)
    page.click("#go")


def failing(recorder, **options):
    """Return the lines of the message with which a check fails."""
    with pytest.raises(AssertionError) as caught:
        recorder.check(**options)
    print(caught.value)
    assert NAME not in str(caught.value)
    assert NOTE not in str(caught.value)
    return str(caught.value).splitlines()


def line(lines, *parts):
    found = [line for line in lines if all(part in line for part in parts)]
    assert found, parts
    return found[0]


# --- what SDKs send ---


@BOTH
def test_an_sdk_without_masks_fails_and_the_message_says_where_and_what_to_do(
    page, sdk, sdk_recorder
):
    with_sdk(page, sdk, OFF[sdk])
    sent = sdk_recorder(page)
    check_out(page)
    lines = failing(sent, secrets=SECRETS)
    line(lines, "name can be read in")
    line(lines, "note can be read in")
    line(lines, "html > body > main > h1", "holds name")
    line(lines, 'input#name[data-testid="name-field"]', "holds name")
    line(lines, "textarea.note", "holds note")
    line(lines, "in the browser:", {"sentry": "maskAllText", "posthog": "maskTextSelector"}[sdk])
    line(lines, "in the browser:", "maskAllInputs")
    assert [url for url in page.asked if not url.startswith(SITE)] == []  # nothing got out


@BOTH
def test_an_sdk_with_masks_passes(page, sdk, sdk_recorder):
    with_sdk(page, sdk, ON[sdk])
    sent = sdk_recorder(page)
    check_out(page)
    sent.check(secrets=SECRETS)
    lines = failing(
        sent, policy=Policy()
    )  # the control: the page is there, and strict asks for more
    line(lines, "attributes.data-testid")


@BOTH
def test_a_second_check_sees_what_happened_since(page, sdk, sdk_recorder):
    with_sdk(page, sdk, ON[sdk])
    sent = sdk_recorder(page)
    check_out(page)
    sent.check(secrets=SECRETS)
    page.evaluate("document.querySelector('main').className = 'ann-miller'")
    lines = failing(sent, secrets={"class": "ann-miller"})
    line(lines, "class can be read in 1 place")


def test_what_stands_beside_the_events_is_searched(page, sdk_recorder):
    with_sdk(page, "posthog", ON["posthog"])
    page.text = page.text.replace("<title>Orders", f"<title>Orders of {NAME}")
    sent = sdk_recorder(page)
    check_out(page)
    lines = failing(sent, secrets=SECRETS)
    line(lines, "properties.title", "holds name")
    line(lines, "in the browser:", "property_denylist")


def test_an_sdk_that_records_nothing_fails(page, sdk_recorder, monkeypatch):
    monkeypatch.setattr("replay_redact.testing.browser.sdks.PATIENCE", 1.5)
    sent = sdk_recorder(page)
    check_out(page)
    assert "no SDK sent a recording in 2 s" in failing(sent)[0]


def test_a_tunnel_of_sentry_is_caught(page):
    with_sdk(page, "sentry", OFF["sentry"], more='tunnel: "/monitoring",')
    sent = SdkRecorder(page, secrets=SECRETS)
    check_out(page)
    line(failing(sent), "holds name")
    assert f"{SITE}/monitoring" not in page.asked


# --- rrweb ---


def test_rrweb_without_masks_fails_and_says_where(page, replay_recorder):
    recorder = replay_recorder(page)
    check_out(page)
    lines = failing(recorder, secrets=SECRETS)
    line(lines, 'input#name[data-testid="name-field"]', "holds name")
    line(lines, "textarea.note", "holds note")
    line(lines, "html > body > main > h1", "adds.textContent", "holds name")
    line(lines, "in the browser:", "maskTextSelector")


def test_rrweb_with_masks_passes_as_its_options_say(page, replay_recorder):
    recorder = replay_recorder(page, maskAllInputs=True, maskTextSelector="*")
    check_out(page)
    recorder.check(secrets=SECRETS, policy=Policy.sentry(block_all_media=False))


def test_what_rrweb_recorded_plays_and_is_private_once_redacted(page, replay_recorder, player):
    recorder = replay_recorder(page)
    check_out(page)
    stored = redact_bytes(recorder.recording())
    assert_no_leaks(stored, secrets=SECRETS)
    assert play(player, stored) == []


def test_documents_after_each_other_and_an_open_page_are_recorded(page):
    page.goto(SITE)
    recorder = ReplayRecorder(page)
    page.fill("#name", NAME)
    page.goto(f"{SITE}/next")
    events = json.loads(recorder.recording())
    assert [event["type"] for event in events].count(2) == 2
    assert NAME in [event["data"].get("text") for event in events]


def test_a_page_with_a_strict_content_policy_is_recorded(page):
    page.text = PAGE.replace("<title>", "<meta http-equiv=Content-Security-Policy "
                             "content=\"default-src 'none'\"><title>") % ""  # fmt: skip
    recorder = ReplayRecorder(page)
    page.goto(SITE)
    assert 2 in [event["type"] for event in json.loads(recorder.recording())]


@pytest.mark.parametrize("file", ["rrweb/dist/rrweb.umd.cjs", "rrweb/dist/rrweb.umd.min.cjs"])
def test_another_release_of_rrweb(page, file):
    path = MODULES / file
    if not path.exists():
        pytest.skip("no rrweb: run npm ci in tests/recorder")
    recorder = ReplayRecorder(page, rrweb=path)
    check_out(page)
    line(failing(recorder, secrets=SECRETS), "holds name")


def test_a_file_that_is_no_bundle_records_nothing(page, tmp_path):
    other = tmp_path / "other.js"
    other.write_text("export const record = 1;")
    recorder = ReplayRecorder(page, rrweb=other)
    check_out(page)
    assert "nothing was recorded" in failing(recorder)[0]


def test_the_script_for_other_drivers(page):
    page.add_init_script(recorder_script({"maskAllInputs": True}))
    check_out(page)
    events = [json.loads(text) for text in page.evaluate("window.replayRedactEvents")]
    with pytest.raises(AssertionError, match="name can be read in"):
        assert_no_leaks(events, secrets=SECRETS)


def test_the_bundled_recorder_is_that_of_npm():
    package = MODULES / rrweb.PACKAGE
    if not package.exists():
        pytest.skip("no rrweb: run npm ci in tests/recorder")
    assert json.loads((package / "package.json").read_text("utf-8"))["version"] == rrweb.VERSION
    assert (package / "umd" / "record.min.js").read_bytes() == rrweb.BUNDLED.read_bytes()
