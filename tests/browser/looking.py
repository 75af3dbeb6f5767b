"""How a page looks in a player: record one of `looks/`, read its computed styles, compare.

A page is recorded as it stands and through its `later()`, which opens dialogs, inserts rules and
changes themes; it is compared as it is at the end. Both players get one font in which asterisks are as
wide as letters, so that what differs was not changed by the width of a mask.
"""

import json
import os
import re
import struct
import subprocess
import zlib
from collections import Counter
from typing import NamedTuple

from browser.places import DIST, MODULES, SCREENSHOTS, bundle
from browser.playing import BUILT, SETTLED

PAGES = MODULES.parents[1] / "browser" / "looks"
BUILD = SCREENSHOTS.parent / "looks"
ADDRESS = "http://looks.example/"
VIEW = {"width": 1280, "height": 1000}

PROPERTIES = """
    color background-color background-image background-clip border-top-style border-top-width
    border-top-color border-bottom-style border-bottom-width border-left-style border-left-width
    border-left-color border-right-width border-top-left-radius border-bottom-right-radius
    border-collapse display visibility opacity position box-shadow text-shadow text-transform
    font-weight font-style font-size font-variant-numeric white-space text-decoration-line
    text-decoration-style text-decoration-color transition-timing-function transition-duration
    transition-property animation-name animation-duration animation-timing-function padding-top
    padding-left padding-right padding-bottom margin-top margin-left margin-right margin-bottom
    column-gap row-gap flex-direction flex-grow flex-wrap justify-content align-items order
    outline-style outline-width outline-color filter transform rotate scale translate mask-image
    clip-path offset-path backdrop-filter z-index overflow-x overflow-y cursor list-style-type
    list-style-position text-align letter-spacing line-height grid-column-start grid-row-start
    touch-action pointer-events user-select fill stroke stroke-width marker-end mask accent-color
    color-scheme appearance content-visibility text-overflow vertical-align object-fit
    aspect-ratio
""".split()

PNG_SIZE = (160, 80)


def png(width, height):
    """Return a picture of one color."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x30\x80\xd0" * width) * height)
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


# --- recording ------------------------------------------------------------------------

START = """
() => {
  window.events = [];
  window.rrweb.record({
    emit: (event) => window.events.push(event), maskAllInputs: false, maskAllText: false,
    maskInputOptions: {}, blockClass: "nothing", inlineImages: false,
  });
}
"""
# Beside what a page does itself: a late sheet, a rule inserted into an earlier one, and the state that
# both ask for. If a mask tears them apart, half of the page looks different.
EARLY = "body { --early: 1 }"
LATE = """
() => {
  const late = document.head.appendChild(document.createElement("style"));
  late.textContent = '[data-phase="late"] :is(button, input, li, td) { outline: 1px dotted teal }';
  const early = [...document.styleSheets].find((sheet) => sheet.cssRules[0]?.cssText.includes("--early"));
  early.insertRule('[data-phase="late"] :is(div, p, label, a) { column-gap: 7px }', 1);
  document.documentElement.dataset.phase = "late";
}
"""
REACT = '<!doctype html><html lang="en"><link rel="stylesheet" href="/bundle.css"><body><div id="root"></div><script src="/bundle.js"></script></body></html>'


def names():
    return sorted(path.stem for path in PAGES.iterdir() if path.suffix in {".html", ".jsx"})


def source(name):
    """Return the source of a page."""
    return next(path for path in PAGES.iterdir() if path.stem == name).read_text("utf-8")


def record(browser, name):
    """Record a page and what it does later; return the recording."""
    files = _files(name)
    page = browser.new_page(viewport=VIEW)
    page.route("**/*", lambda route: _serve(route, files))
    page.goto(ADDRESS)
    page.wait_for_timeout(500)  # frameworks make their styles
    page.add_style_tag(content=EARLY)
    page.add_script_tag(content=bundle(DIST, "rrweb"))
    page.evaluate(START)
    page.wait_for_timeout(100)
    page.evaluate(LATE)  # first: after it, a player loses the rules that MUI inserted
    page.wait_for_timeout(100)
    page.evaluate("async () => { await window.later() }")
    page.wait_for_timeout(300)
    events = page.evaluate("() => JSON.stringify(window.events)")
    page.close()
    return events.encode()


def _files(name):
    html = PAGES / f"{name}.html"
    if html.exists():
        return {"/": html.read_bytes()}
    target = BUILD / f"{name}.bundle"
    _bundle(PAGES / f"{name}.jsx", target)
    built = {"/": REACT.encode()}
    for suffix in ("js", "css"):
        path = target.with_name(f"{target.name}.{suffix}")
        built[f"/bundle.{suffix}"] = path.read_bytes() if path.exists() else b""
    return built


def _bundle(source, target):
    BUILD.mkdir(parents=True, exist_ok=True)
    command = ["node", MODULES / "esbuild" / "bin" / "esbuild", source, "--bundle", "--minify"]
    options = ["--jsx=automatic", '--define:process.env.NODE_ENV="production"']
    out = f"--outfile={target}.js"
    environment = os.environ | {"NODE_PATH": str(MODULES)}
    subprocess.run(  # noqa: S603 - our own page
        [*command, *options, out, "--log-level=error"], env=environment, check=True
    )


def _serve(route, files):
    path = "/" + route.request.url.removeprefix(ADDRESS)
    kinds = {"css": "text/css", "js": "text/javascript", "png": "image/png"}
    kind = kinds.get(path.rpartition(".")[2], "text/html; charset=utf-8")
    if path in files:
        route.fulfill(body=files[path], content_type=kind)
    elif path.startswith("/modules/"):
        route.fulfill(
            body=(MODULES / path.removeprefix("/modules/")).read_bytes(), content_type=kind
        )
    elif path == "/picture.png":
        route.fulfill(body=png(*PNG_SIZE), content_type=kind)
    else:
        route.fulfill(status=404, body=b"")


# --- playing --------------------------------------------------------------------------

PLAY = """
(events) => {
  const root = document.getElementById("stage");
  window.replayer?.destroy();
  root.innerHTML = "";
  const font = "* { font-family: monospace !important }";
  window.replayer = new rrweb.Replayer(events, { root, showWarning: true, mouseTail: false, insertStyleRules: [font] });
  window.replayer.pause(window.replayer.getMetaData().totalTime + 1);
}
"""

# Each element of the page by rrweb's id: what it is, whether it shows, and how it and its
# pseudo-elements look. Styles of fields are read as they are, so that nothing runs meanwhile.
STYLES = """
(properties) => {
  const mirror = window.replayer.getMirror();
  const left_out = new Set(["HEAD", "STYLE", "META", "TITLE", "LINK", "SCRIPT", "NOSCRIPT", "BASE"]);
  const found = {};
  const charts = /--[\\w-]+:[^;]*?(?<![\\w.#-])[-+]?(\\d+(\\.\\d+)?|\\.\\d+)(?![\\w.%])/;
  // What fields before an element, or it, say of their values: rules ask for that.
  const validity = (node) => {
    const fields = [...(node.parentElement?.querySelectorAll("input,select,textarea") ?? []), node];
    return fields.map((field) => field.matches(":valid")).join();
  };
  for (const id of mirror.getIds()) {
    const node = mirror.getNode(id);
    if (node?.nodeType !== Node.ELEMENT_NODE || !node.isConnected || left_out.has(node.tagName)) continue;
    const view = node.ownerDocument.defaultView;
    const look = (pseudo) => {
      const style = view.getComputedStyle(node, pseudo);
      return properties.map((name) => style.getPropertyValue(name));
    };
    const looks = { "": look(null) };
    for (const pseudo of ["::before", "::after", "::marker", "::placeholder", "::backdrop"]) {
      const { content } = view.getComputedStyle(node, pseudo);
      if (["::before", "::after"].includes(pseudo) && ["none", "normal"].includes(content)) continue;
      if (pseudo === "::marker" && view.getComputedStyle(node).display !== "list-item") continue;
      if (pseudo === "::placeholder" && !["INPUT", "TEXTAREA"].includes(node.tagName)) continue;
      if (pseudo === "::backdrop" && !["DIALOG"].includes(node.tagName) && !node.hasAttribute("popover")) continue;
      looks[pseudo] = look(pseudo);
    }
    const { x, y, width, height } = node.getBoundingClientRect();
    let data = false;
    for (let at = node; at && !data; at = at.parentElement ?? at.getRootNode().host) data = charts.test(at.getAttribute("style") ?? "");
    found[id] = {
      what: `${node.tagName.toLowerCase()}.${(node.getAttribute("class") ?? "").slice(0, 60)}`,
      tag: node.tagName.toLowerCase(), media: Boolean(node.closest("svg,img,video,audio,canvas,object,embed,iframe,[rr_width]")),
      data, valid: validity(node), shows: node.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
      box: [x, y, width, height], looks,
    };
  }
  return JSON.stringify(found);
}
"""


def looks(player, data, picture=None):
    """Play a recording to its end and return how its elements look, by node id."""
    player.problems.clear()
    player.set_viewport_size({"width": VIEW["width"] + 20, "height": VIEW["height"] + 20})
    player.evaluate(f"(text) => ({PLAY})(JSON.parse(text))", data.decode())
    player.wait_for_function(BUILT, timeout=10_000)
    player.evaluate(SETTLED)
    player.wait_for_timeout(300)
    player.evaluate(STOP)
    found = json.loads(player.evaluate(STYLES, PROPERTIES))
    if picture is not None:
        BUILD.mkdir(parents=True, exist_ok=True)
        player.screenshot(path=BUILD / f"{picture}.png")
    return found


# Animations and transitions stand still at their end, or they would differ by chance.
STOP = """
() => {
  const stop = (root) => {
    for (const animation of root.getAnimations?.({ subtree: true }) ?? []) {
      try { animation.finish(); } catch { animation.cancel(); }
    }
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) stop(element.shadowRoot);
    }
  };
  stop(window.replayer.iframe.contentDocument);
}
"""


# --- comparing ------------------------------------------------------------------------

PICTURED = frozenset(
    [
        "background-image",
        "mask-image",
        "mask",
        "fill",
        "stroke",
        "stroke-width",
        "aspect-ratio",
        "filter",
    ]
)
ADDRESSED = frozenset({"background-image", "mask-image", "mask", "cursor", "list-style-type"})


class Difference(NamedTuple):
    what: str
    where: str
    before: str
    after: str


class Looks(NamedTuple):
    elements: int
    differ: dict  # by node id, a list of `Difference`
    excepted: Counter  # what G9 excepts, by reason
    flipped: list  # visible that were hidden, and the other way
    moved: int


def compare(before, after):
    differ, excepted, flipped = {}, Counter(), []
    moved = elements = 0
    for key, old in before.items():
        new = after.get(key)
        if new is None:
            excepted["inside of media"] += 1
            continue
        elements += 1
        expected = old["what"] in PRIVATE or old["valid"] != new["valid"]
        if old["shows"] != new["shows"] and not expected:
            flipped.append(f"{old['what']}: {old['shows']} -> {new['shows']}")
        moved += any(abs(a - b) > 2 for a, b in zip(old["box"], new["box"], strict=True))
        found = list(_differences(old, new))
        if old["valid"] != new["valid"]:
            found = [("validity of a masked value", item) for _, item in found]
        counted = [item for reason, item in found if reason is None]
        for reason in {reason for reason, _ in found if reason}:
            excepted[reason] += 1
        if counted:
            differ[key] = counted
    return Looks(elements, differ, excepted, flipped, moved)


def _differences(old, new):
    for pseudo in old["looks"] | new["looks"]:
        left, right = old["looks"].get(pseudo), new["looks"].get(pseudo)
        if left is None or right is None:
            yield (
                _reason(old, "", "", ""),
                Difference(old["what"] + pseudo, "", str(bool(left)), str(bool(right))),
            )
            continue
        for name, was, is_now in zip(PROPERTIES, left, right, strict=True):
            if was != is_now and not _is_near(was, is_now):
                yield (
                    _reason(old, name, was, is_now),
                    Difference(old["what"] + pseudo, name, was, is_now),
                )


# What the page of plain CSS shows on purpose: elements, and why they may differ.
PRIVATE = {
    "p.zip": "word with four digits",
    "fancy-card.toned": "style sheet after its element",
}
LONG = re.compile(r"[0-9]{6,}")
NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(?:e-?[0-9]+)?")


def _is_near(was, is_now):
    """Tell whether two values differ in decimals only, which nobody sees."""
    left, right = (NUMBER.findall(value) for value in (was, is_now))
    same_form = NUMBER.sub("0", was) == NUMBER.sub("0", is_now)
    return same_form and all(
        abs(float(a) - float(b)) <= 0.01 for a, b in zip(left, right, strict=True)
    )


def _reason(old, name, was, is_now):
    """Return for which reason a difference is one that a mask must make, if it is one."""
    if old["what"] in PRIVATE:
        return PRIVATE[old["what"]]
    if old["media"] and (name in PICTURED or name.endswith("color")):
        return "media"
    if LONG.search(was) and LONG.sub("9", was) == LONG.sub("9", is_now):
        return "long number"
    if name in ADDRESSED and "url(" in was and "url(" in is_now:
        return "picture in CSS"
    if old["data"]:
        return "number of an inline style"
    return None


def listed(found):
    """Return all that differs as lines of text."""
    lines = [
        f"{what} {where}: {was[:120]} -> {is_now[:120]}"
        for items in found.differ.values()
        for what, where, was, is_now in items
    ]
    return "\n".join(["flipped:", *found.flipped, "differ:", *lines, ""])


def keep(name, data):
    """Keep a file for somebody to look at."""
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / name).write_bytes(data)


def table(rows):
    """Return lines of text about pages: ``rows`` has name, policy and `Looks`."""
    head = f"{'page':<11} {'policy':<15} {'elements':>8} {'differ':>7} {'share':>7} {'flipped':>7} {'moved':>6}  excepted"
    lines = [head]
    for page, policy, found in rows:
        share = 100 * len(found.differ) / max(found.elements, 1)
        excepted = ", ".join(
            f"{reason} {count}" for reason, count in sorted(found.excepted.items())
        )
        lines.append(
            f"{page:<11} {policy:<15} {found.elements:>8} {len(found.differ):>7} {share:>6.1f}%"
            f" {len(found.flipped):>7} {found.moved:>6}  {excepted}"
        )
    return "\n".join(lines)
