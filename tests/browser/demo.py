"""Record the page that ``replay-redact demo`` and the picture in the README show.

Run from the root of the repository: ``python tests/browser/demo.py``. It needs Chromium,
playwright and ``npm ci`` in ``tests/recorder``. Everybody on the page is made up.
"""

import base64
import gzip
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.places import ARGUMENTS, CHROMIUM, RECORDERS, bundle

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "replay_redact" / "demo" / "recording.json.gz"
MESSAGE = "I felt dizzy again last night. Should I take the new pills?"
FACES = {1: ("#fcd9b6", "#7c4a2d"), 2: ("#8d5a3b", "#1f2937"), 3: ("#f3d2b3", "#c9a227")}
FACE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44"><rect width="44" height="44" fill="#dbeafe"/>
<circle cx="22" cy="19" r="9" fill="{skin}"/><path d="M12 17a10 10 0 0 1 20 0c-6-5-14-5-20 0z" fill="{hair}"/>
<path d="M6 44a16 14 0 0 1 32 0z" fill="{hair}"/></svg>"""
RECORD = """
() => {
  window.events = [];
  window.rrweb.record({ emit: (event) => window.events.push(event), maskInputOptions: {}, blockClass: "nothing" });
}
"""
FIRST = 1_790_000_000_000  # a made-up time, so that recording again gives the same


def page():
    """Return the HTML of the page, with its pictures in it."""
    html = (HERE / "demo_page.html").read_text("utf-8")
    for number, (skin, hair) in FACES.items():
        picture = base64.b64encode(FACE.format(skin=skin, hair=hair).encode()).decode()
        html = html.replace(f"{{face {number}}}", f"data:image/svg+xml;base64,{picture}")
    return html


def main():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not there for plain tests

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        tab = browser.new_page(viewport={"width": 560, "height": 640})
        tab.route("**/*", lambda route: route.fulfill(body=page(), content_type="text/html"))
        tab.goto("https://harbour-clinic.example/patients/eleanor-whitfield/visits")
        tab.add_script_tag(content=bundle(RECORDERS["rrweb"], "rrweb"))
        tab.evaluate(RECORD)
        tab.click("textarea")
        tab.type("textarea", MESSAGE, delay=30)
        tab.wait_for_timeout(300)
        events = tab.evaluate("() => window.events")
        browser.close()
    began = events[0]["timestamp"]
    for event in events:
        event["timestamp"] += FIRST - began
    TARGET.write_bytes(
        gzip.compress(json.dumps(events, separators=(",", ":")).encode(), 9, mtime=0)
    )
    print(TARGET, len(events), "events,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
