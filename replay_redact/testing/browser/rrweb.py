"""rrweb's recorder as a script for a page. It is bundled, with its license, in ``bundled``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

PACKAGE = "@rrweb/record"
"""The npm package of the bundled recorder."""

VERSION = "2.1.6"
"""Its release."""

BUNDLED = resources.files("replay_redact.testing.browser").joinpath("bundled/record.min.js")

# In frames nothing is started: rrweb records those of the same origin from the page around them.
# The bundle finds no `define` and no `module` of the page, so it puts itself into `holder`.
_SCRIPT = """(() => {
if (window !== window.top || window.replayRedactEvents) return;
const events = window.replayRedactEvents = [];
const holder = {};
(function (exports, module, define) {
%(bundle)s
}).call(holder);
const keep = window.replayRedactEmit || ((text) => { events.push(text); });
(holder.rrwebRecord || holder.rrweb).record({
  recordAfter: "DOMContentLoaded",
  ...%(options)s,
  emit: (event) => { keep(JSON.stringify(event)); },
});
})();
"""


def recorder_script(
    options: Mapping[str, Any] | None = None, *, rrweb: str | os.PathLike[str] | None = None
) -> str:
    """Return a script that records the page it runs in.

    It starts ``rrweb.record`` with ``options``, as they stand in JavaScript. ``rrweb`` is the path
    of another release of rrweb: a browser bundle (UMD) of the npm package ``rrweb`` or
    ``@rrweb/record``. Where nothing else takes the events, the page has them in
    ``window.replayRedactEvents``, each as JSON.

    Raises ``OSError`` if there is no such file.

    >>> '{"maskAllInputs": true}' in recorder_script({"maskAllInputs": True})
    True
    """
    bundle = (BUNDLED if rrweb is None else Path(rrweb)).read_text("utf-8")
    # "<" is escaped: a user may put the script into a page.
    chosen = json.dumps(dict(options or {})).replace("<", "\\u003c")
    return _SCRIPT % {"bundle": bundle, "options": chosen}
