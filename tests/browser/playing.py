"""Playing a recording in a page with a player, and reading what the player shows."""

import json
import sys

from browser.places import SCREENSHOTS

# With rrweb's bare replayer.
PLAY = """
(events) => {
  const root = document.getElementById("stage");
  window.replayer?.destroy();
  root.innerHTML = "";
  window.replayer = new rrweb.Replayer(events, { root, showWarning: true, mouseTail: false });
  window.replayer.pause(window.replayer.getMetaData().totalTime + 1);
}
"""

# With a published player, including its controls.
PLAY_IN_PLAYER = """
(events) => {
  const target = document.getElementById("stage");
  window.replayer?.destroy();
  target.innerHTML = "";
  const Player = rrwebPlayer.default ?? rrwebPlayer;
  const props = { events, autoPlay: false, width: 1000, height: 700, showWarning: true, mouseTail: false };
  window.player = new Player({ target, props });
  window.replayer = window.player.getReplayer();
  window.player.goto(window.replayer.getMetaData().totalTime + 1, false);
}
"""

BUILT = "() => window.replayer.iframe.contentDocument.body?.childNodes.length > 0"

# All events have been cast, and the page is laid out.
SETTLED = """
() => new Promise((done) => setTimeout(
  () => window.replayer.iframe.contentWindow.requestAnimationFrame(() => setTimeout(done, 0)), 60))
"""

# What people can read on the page or in its source.
READ = """
() => {
  const parts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.COMMENT_NODE) parts.push(node.data);
    if (node.nodeType === Node.ELEMENT_NODE) {
      for (const { name, value } of node.attributes) parts.push(name, value);
      for (const pseudo of ["::before", "::after", "::marker"]) {
        parts.push(node.ownerDocument.defaultView.getComputedStyle(node, pseudo).content);
      }
      if (node.shadowRoot) walk(node.shadowRoot);
      if ("value" in node) parts.push(String(node.value));
      if (node.tagName === "IFRAME" && node.contentDocument) walk(node.contentDocument);
    }
    node.childNodes.forEach(walk);
  };
  walk(window.replayer.iframe.contentDocument);
  return parts.join("\\n");
}
"""

# Boxes by rrweb's node ids, from the mirror that the page has.
BOXES = """
() => {
  const mirror = window.replayer ? window.replayer.getMirror() : window.rrweb.record.mirror;
  const boxes = {};
  for (const id of mirror.getIds()) {
    const node = mirror.getNode(id);
    if (node?.nodeType === Node.ELEMENT_NODE && node.isConnected) {
      const { x, y, width, height } = node.getBoundingClientRect();
      boxes[id] = [x, y, width, height];
    }
  }
  return JSON.stringify(boxes);
}
"""

# Of frames, said of unredacted recordings too; and of fields for numbers and dates, which stay empty
# where asterisks are put into them.
ABOUT_RECORDINGS = (
    "error: Blocked script execution",
    "warning: An iframe which has both",
    "warning: The specified value",
)


def play(page, data, how=PLAY):
    """Play a recording to its end; return the complaints of the player."""
    page.problems.clear()
    page.evaluate(f"(text) => ({how})(JSON.parse(text))", data.decode())  # text is passed fastest
    page.wait_for_function(BUILT, timeout=10_000)
    page.evaluate(SETTLED)
    return [problem for problem in page.problems if not problem.startswith(ABOUT_RECORDINGS)]


def boxes(page):
    """Return x, y, width and height of all elements, by node id."""
    return json.loads(page.evaluate(BOXES))


def accessible(page):
    """Return all names, values and descriptions in the accessibility trees of all frames."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Page.getFrameTree")["frameTree"]
    todo, said = [tree], []
    while todo:
        frame = todo.pop()
        todo += frame.get("childFrames", [])
        nodes = session.send("Accessibility.getFullAXTree", {"frameId": frame["frame"]["id"]})[
            "nodes"
        ]
        said += [json.dumps(node, ensure_ascii=False) for node in nodes]
    session.detach()
    return "\n".join(said)


def keep_picture(page, name):
    """Save a picture of the page for people to look at; return its bytes."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    print(f"kept {path.relative_to(SCREENSHOTS.parents[1])}", file=sys.stderr)
    return page.screenshot(path=path)
