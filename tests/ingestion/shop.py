"""A shop with private pages, its SDK, and the endpoint that the SDK sends to: all on this machine.

The page, the endpoint and its upstream are three servers, so that browsers ask for CORS as they
would on the web.
"""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "sdks" / "node_modules"
EXAMPLES = HERE.parents[1] / "docs" / "examples"

TYPED = ["Jane Roe", "jane.roe@shop.example", "hunter2secret", "Leave it at the Winterfeld gate"]
SHOWN = [
    "Winterfeld",
    "DE89370400440532013000",
    "sekret-token-4321",
    "Kurfurstendamm 7",
    "no money of",
]
"""What the page itself says: in its address, text, console, requests, canvas, frame and errors."""

PAGE = """<!doctype html><title>Dear Jane Roe</title><style>main { margin: 20px; color: navy }</style>
<main><h1>Hello Jane Roe</h1><p title="DE89370400440532013000">Your account is DE89370400440532013000.</p>
<form><input id=name placeholder="Jane Roe"><input id=mail type=email><input id=word type=password>
<textarea id=note></textarea><select id=pick><option>none<option>Kurfurstendamm 7</select></form>
<button id=go>Pay for Jane Roe</button> <a id=next href="/orders/Winterfeld">Orders</a>
<canvas id=board width=120 height=40></canvas>
<iframe srcdoc="<p>Kurfurstendamm 7</p><input id=inner>"></iframe></main>
<script>const pen = document.getElementById("board").getContext("2d"); pen.fillText("Kurfurstendamm 7", 4, 20);
document.getElementById("go").onclick = async () => {
  console.log("token", "sekret-token-4321");
  await fetch("/pay?who=Winterfeld", {method: "POST", body: '{"iban": "DE89370400440532013000"}',
    headers: {"content-type": "application/json", "x-token": "sekret-token-4321"}});
  document.querySelector("p").textContent = "Thank you, Jane Roe";
  pen.fillText("Kurfurstendamm 7", 4, 35);
  history.pushState({}, "", "/users/Winterfeld/paid");
  setTimeout(() => { throw new Error("no money of Jane Roe") });
};</script><script src="/sdk.js"></script><script>%s</script>"""

SENTRY = """Sentry.init({dsn: "%(scheme)s", release: "shop@1.2.3", environment: "production",
  integrations: [Sentry.replayIntegration({maskAllText: false, maskAllInputs: false, blockAllMedia: false,
    networkDetailAllowUrls: [location.origin], networkCaptureBodies: true, networkRequestHeaders: ["x-token"],
    flushMinDelay: 500, flushMaxDelay: 1000, minReplayDuration: 0, useCompression: %(compresses)s})].concat(
    Sentry.replayCanvasIntegration ? [Sentry.replayCanvasIntegration()] : []),
  tracesSampleRate: 1, replaysSessionSampleRate: 1, replaysOnErrorSampleRate: 1});
Sentry.setUser({email: "jane.roe@shop.example", username: "Jane Roe"});"""
POSTHOG = """posthog.init("phc_test", {api_host: "%(endpoint)s", disable_compression: !%(compresses)s,
  session_recording: {maskAllInputs: false, maskInputOptions: {password: false}, recordHeaders: true, recordBody: true,
    recordCrossOriginIframes: true, captureCanvas: {recordCanvas: true, canvasFps: 2, canvasQuality: "0.4"}},
  enable_recording_console_log: true, person_profiles: "always", opt_out_useragent_filter: true,
  loaded: (own) => own.startSessionRecording && own.startSessionRecording(true)});
posthog.identify("jane.roe@shop.example", {name: "Jane Roe"});"""

FLAGS = {
    "sessionRecording": {"endpoint": "/s/", "recorderVersion": "v2", "consoleLogRecordingEnabled": True,
                         "networkPayloadCapture": {"recordBody": True, "recordHeaders": True}},
    "supportedCompression": ["gzip-js"], "featureFlags": {}, "config": {}, "hasFeatureFlags": False,
    "capturePerformance": {"network_timing": True},
}  # fmt: skip


def script_of(sdk):
    """Return the path of the bundle of one version of an SDK."""
    if sdk.startswith("sentry"):
        return MODULES / "bundles" / f"{sdk}.js"
    return MODULES / sdk / "dist" / "array.full.js"


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.partition("?")[0]
        text = self.server.script if path == "/sdk.js" else self.server.page
        kind = "text/javascript" if path == "/sdk.js" else "text/html"
        self.answer(200, text.encode(), kind)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(
            200, b'{"owner": "Jane Roe", "iban": "DE89370400440532013000"}', "application/json"
        )

    def answer(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class _Upstream(_Site):
    """A stand-in for Sentry and PostHog: takes everything."""

    def do_POST(self):
        self.server.got.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer(200, b"{}", "application/json")


@contextlib.contextmanager
def serving(handler):
    """Run a server in a thread."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.got = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def site():
    """Run the shop; set ``page`` and ``script`` of the server."""
    return serving(_Site)


def upstream():
    """Run the stand-in upstream; ``got`` has paths and bodies."""
    return serving(_Upstream)


def address_of(server):
    return f"http://127.0.0.1:{server.server_address[1]}"


@contextlib.contextmanager
def running(app):
    """Run an ASGI application with uvicorn in a thread; yield its address."""
    import uvicorn  # noqa: PLC0415 - of the extra ingestion

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def start_of(sdk, endpoint, compresses):
    """Return the script by which a page starts an SDK."""
    values = {"endpoint": endpoint, "compresses": str(compresses).lower(),
              "scheme": endpoint.replace("://", "://abc123@") + "/42"}  # fmt: skip
    return (SENTRY if sdk.startswith("sentry") else POSTHOG) % values


def visit(browser, shop, sdk, endpoint, *, compresses):
    """Visit the shop with two tabs, a form, an error and a navigation; return what went wrong."""
    shop.script = script_of(sdk).read_text("utf-8")
    shop.page = PAGE.replace("%s", start_of(sdk, endpoint, compresses))
    context = browser.new_context()
    problems = []

    def other(route):
        path = route.request.url.removeprefix(endpoint)
        if path.startswith(("/flags", "/decide", "/array")):
            # as PostHog answers: its older SDKs send cookies
            origin = {
                "access-control-allow-origin": address_of(shop),
                "access-control-allow-credentials": "true",
            }
            route.fulfill(json=FLAGS, headers=origin)
        elif path.startswith("/static/"):
            script = MODULES / sdk / "dist" / path.partition("?")[0].rpartition("/")[2]
            route.fulfill(body=script.read_text("utf-8"), content_type="text/javascript")
        else:
            route.continue_()

    if not sdk.startswith("sentry"):
        context.route(f"{endpoint}/**", other)
    context.on("response", lambda response: _note(response, endpoint, problems))
    context.on("requestfailed", lambda request: _note_failure(request, problems))
    for tab in ("/users/Winterfeld", "/users/Winterfeld?tab=2"):
        page = context.new_page()
        page.goto(address_of(shop) + tab)
        page.wait_for_timeout(1200)
        for field, text in zip(("name", "mail", "word", "note"), TYPED, strict=True):
            page.type(f"#{field}", text)
        page.select_option("#pick", index=1)
        page.frame_locator("iframe").locator("#inner").type(TYPED[0])
        page.click("#go")
        page.wait_for_timeout(3500)
    page.click("#next")
    page.wait_for_timeout(3500)
    for page in context.pages:
        page.goto("about:blank")
    page.wait_for_timeout(300)
    context.close()
    return problems


def _note_failure(request, problems):
    """Note what failed, but for what a browser gave up because the page was left."""
    if request.failure != "net::ERR_ABORTED":
        problems.append(f"{request.url} {request.failure}")


def _note(response, endpoint, problems):
    if response.url.startswith(endpoint) and response.status not in {200, 204}:
        problems.append(f"{response.status} {response.url}")
