"""rrweb's player accepts the recordings that strategies draw, before and after redaction."""

import json

from drawing import drawn

from replay_redact import redact_bytes, strategies
from replay_redact.strategies.live_page import LivingDom

EXAMPLES = 300

# Plays one recording after the other, and keeps the complaints by the number of the recording.
PLAY_ALL = """
async (recordings) => {
  const root = document.getElementById("stage");
  const said = [];
  let at = 0;
  const note = (kind) => (...parts) => said.push([at, `${kind}: ${parts.map(String).join(" ").slice(0, 200)}`]);
  console.warn = note("warning");
  console.error = note("error");
  window.addEventListener("error", (event) => said.push([at, `uncaught: ${event.message}`]));
  const shown = [];
  for (const events of recordings) {
    root.innerHTML = "";
    const replayer = new rrweb.Replayer(events, { root, showWarning: true, mouseTail: false });
    replayer.pause(replayer.getMetaData().totalTime + 1);
    await new Promise((done) => setTimeout(done, 25));
    shown.push(replayer.iframe.contentDocument.body?.querySelectorAll("*").length ?? -1);
    replayer.destroy();
    at += 1;
  }
  return { said, shown };
}
"""


def played(player, recordings):
    """Return the number of elements that each recording shows, and what the player said."""
    result = player.evaluate(PLAY_ALL, recordings)
    return result["shown"], result["said"]


def test_every_drawn_recording_plays_before_and_after_redaction(player):
    recordings = drawn(strategies.recordings(max_steps=20), EXAMPLES)
    redacted = [json.loads(redact_bytes(json.dumps(events).encode())) for events in recordings]
    shown, said = played(player, recordings)
    events = sum(map(len, recordings))
    print(f"{len(recordings)} recordings, {events} events, {sum(shown)} elements at the end")
    assert said == []
    assert min(shown) >= 0
    assert sum(shown) > EXAMPLES
    shown_after, said = played(player, redacted)
    assert said == []
    assert min(shown_after) >= 0


def test_the_player_shows_what_the_page_has(player):
    page = LivingDom()
    for at, tag in enumerate(["div", "p", "input", "x-card"]):
        page.add_element(at, tag, {})
        page.add_text(at, "Jane")
    page.move(0, 3)
    page.remove(2)
    shown, said = played(player, [page.events])
    elements = [item for item in page.items.values() if item.body["type"] == 2]
    assert shown == [len(elements) - len(["html", "head", "body"])]
    assert said == []


def test_the_check_hears_what_the_player_says(player):
    recording = drawn(strategies.recordings(max_steps=0), 5)[0]
    lost = {"adds": [], "removes": [{"id": 99, "parentId": 98}], "texts": [], "attributes": []}
    broken = [*recording, {"type": 3, "timestamp": 999, "data": {"source": 0, **lost}}]
    assert played(player, [broken])[1] != []
