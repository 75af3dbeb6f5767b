"""Redacted recordings in rrweb's stock player: it accepts them, and shows nothing private."""

import gzip
import json

import pytest
from test_recordings import OWN, SHARED_FILES, found, needs_shared, own, secrets_of

from replay_redact import redact_bytes

PLAY = """
(events) => {
  const root = document.getElementById("stage");
  root.innerHTML = "";
  window.replayer = new rrweb.Replayer(events, { root, showWarning: true, mouseTail: false });
  window.replayer.pause(window.replayer.getMetaData().totalTime);
}
"""

BUILT = "() => window.replayer.iframe.contentDocument.body?.childNodes.length > 0"

# What somebody who looks at the page, its source or its accessibility tree can read.
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


def play(player, data):
    player.evaluate(PLAY, json.loads(data))
    player.wait_for_function(BUILT, timeout=10_000)
    player.wait_for_timeout(200)  # events up to the end are cast in a later task
    return [problem for problem in player.problems if not problem.startswith(ABOUT_RECORDINGS)]


# Of frames, said of unredacted recordings too; and of fields for numbers and dates, which stay empty
# where asterisks are put into them.
ABOUT_RECORDINGS = (
    "error: Blocked script execution",
    "warning: An iframe which has both",
    "warning: The specified value",
)


@pytest.mark.parametrize("recording", OWN, ids=lambda r: r["file"])
def test_own_recordings_play_and_show_no_canary(player, recording):
    secrets = secrets_of(recording)
    assert play(player, redact_bytes(own(recording))) == []
    assert found(secrets, player.evaluate(READ).encode()) == []


def test_the_reading_sees_what_is_not_redacted(player):
    recording = OWN[0]
    secrets = secrets_of(recording)
    play(player, own(recording))
    seen = found(secrets, player.evaluate(READ).encode())
    print(
        f"{len(seen)} of {len(secrets)} canaries can be read in the unredacted recording's last state"
    )
    assert len(seen) > 10


@needs_shared
@pytest.mark.parametrize(
    "path", [p for p in SHARED_FILES if ".sentry." not in p.name], ids=lambda p: p.name
)
def test_real_recordings_play(player, path):
    raw = gzip.decompress(path.read_bytes())
    ours = play(player, redact_bytes(raw))
    player.problems.clear()
    assert [problem for problem in ours if problem not in play(player, raw)] == []
