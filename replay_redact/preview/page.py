"""The HTML page for reviewers.

A reviewer wants to see the page as it was recorded, and why each place looks as it does. So:

* Each full snapshot is in a sandboxed frame, and a slider moves it through its changes.
* An element under the pointer shows its channel and rule; a click proposes rules to change it.
* Everything that can be read is outlined.
* Tables outside the frames say the same in words, and count what the frames leave out. Styles of
  the recording cannot change them.

One script may run, by its hash: ``timeline.js``. It uses recorded data as text and trees only.
Without it, the reader still sees every full snapshot.

Without ``compare``, the page holds redacted content only.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib import resources
from typing import Any

from lxml import etree, html

from replay_redact._masks.media import GRAY
from replay_redact.events import Event, FullSnapshot
from replay_redact.policy import Policy
from replay_redact.preview.facts import facts_of
from replay_redact.preview.film import CUT, Film, Pane
from replay_redact.preview.hints import WHAT_IT_DOES, Mark, Region
from replay_redact.preview.inert import (
    CONTENT_POLICY,
    OUTLINE,
    inert_document,
    serialize,
    shown,
)
from replay_redact.preview.review import Marked, review

__all__ = ["preview_page", "snapshot_documents"]

DEFAULT_POLICY = Policy()

MAX_ROWS = 200
"""Most rows of a table. A line below it says how many more there are."""

_CLEAR_WARNING = (
    "The left side shows the recording in clear, on purpose. Keep this file as private as the"
    " recording itself."
)
_KEY = (
    ("***", "", "masked text: point at it to see the rule, click to see what would show it"),
    ("svg", f"background: {GRAY}", "blocked: media, or a region that a rule blocks"),
    ("Aa", OUTLINE, "shown in clear: somebody who has the redacted recording can read it"),
)


def snapshot_documents(events: Iterable[Event]) -> list[str]:
    """Return each full snapshot of a recording as one inert HTML document.

    >>> from replay_redact import decode
    >>> snapshot_documents(decode(b"[]"))
    []
    """
    return [inert_document(e.data.node, {}) for e in events if isinstance(e, FullSnapshot)]


def preview_page(
    recording: bytes,
    policy: Policy = DEFAULT_POLICY,
    *,
    compare: bool = False,
    title: str = "Recording",
    format: str = "auto",  # noqa: A002 - as in `decode`
) -> str:
    """Return one self-contained HTML page that shows what a policy does to a recording.

    The page shows the recorded pages after redaction, at each event that changed them, and with
    ``compare`` also before it, in clear. Tables list what was masked, in which channel and by which
    rule, and where something is shown in clear. The top names the policy, a hash of the recording,
    and the time. Nothing in the recording can run or load when somebody opens the page.

    Raises `DecodeError` or `LimitError` if the input is not a recording.

    >>> from replay_redact.testing import recording_from_html
    >>> page = preview_page(recording_from_html("<p>Jane</p>"))
    >>> "****" in page, "Jane" in page
    (True, False)
    """
    seen = review(recording, policy, format, compare=compare)
    page: Any = html.document_fromstring(_PAGE)
    page.head.find("title").text = shown(title)
    body = page.body
    _put(body, "h1", title)
    if compare:
        _put(body, "p", _CLEAR_WARNING, {"class": "warning"})
    _facts(body, facts_of(recording, policy))
    _key(body)
    _time(body, seen.film)
    for number, (snapshot, panes) in enumerate(
        zip(seen.snapshots, seen.film.sections, strict=True)
    ):
        _section(body, number + 1, snapshot, panes)
    _put(body, "h2", "The whole recording")
    _counts(body, Counter(Mark(leak.channel, leak.rule) for leak in seen.leaks))
    _later(body, seen.later)
    if not seen.snapshots:
        _put(body, "p", "The recording has no full snapshot, so there is no page to show.")
    head, end, rest = serialize(page).rpartition("</body>")
    return f"{head}{_scripts(seen.film)}{end}{rest}"


_SIDES = ("Before, in clear", "After redaction")

# The script of the preview listens to clicks in a frame, so both have the same origin. Nothing in
# the frame runs: the sandbox allows no scripts.
_FRAME = {"sandbox": "allow-same-origin"}

_SCRIPT = resources.files("replay_redact.preview").joinpath("timeline.js").read_text("utf-8")
_HASH = b64encode(sha256(_SCRIPT.encode()).digest()).decode()
PAGE_POLICY = f"{CONTENT_POLICY}; script-src 'sha256-{_HASH}'"
"""The content security policy of the preview: that of its frames, plus its own script."""

_PAGE = f"""<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">
<meta name="referrer" content="no-referrer">
<title></title><style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 1rem; background: #f4f4f4; color: #111; }}
h1 {{ font-size: 1.3rem; }} h2, h3 {{ font-size: 1.1rem; }}
.warning {{ background: #fdecea; border-left: 4px solid #b3261e; padding: .5rem .75rem; }}
.key {{ list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 2rem; }}
.key b {{ display: inline-block; min-width: 3rem;
  text-align: center; margin-right: .5rem; padding: 3px; font-weight: normal; }}
.facts {{ display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }}
.facts dd {{ margin: 0; overflow-wrap: anywhere; }}
[hidden] {{ display: none !important; }}
#time {{ position: sticky; top: 0; display: flex; gap: .5rem; align-items: center; z-index: 1;
  background: #f4f4f4; padding: .5rem 0; border-bottom: 1px solid #999; }}
#slider {{ flex: 1; }} #caption {{ flex: 0 0 24rem; }}
#picked {{ position: fixed; inset: auto 0 0 0; max-height: 40vh; overflow: auto; z-index: 2;
  background: #fff; border-top: 2px solid #b3261e; padding: .5rem 1rem; }}
#picked p {{ margin: .2rem 0; white-space: pre-line; }} #picked h2 {{ margin: 0; }}
.panes {{ display: flex; gap: 1rem; }}
figure {{ margin: 0; flex: 1; min-width: 0; }}
iframe {{ width: 100%; height: 80vh; border: 1px solid #999; background: #fff; }}
table {{ border-collapse: collapse; background: #fff; margin: .5rem 0; }}
caption {{ text-align: left; font-weight: bold; white-space: nowrap; }}
.tables {{ display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: start; }}
th, td {{ border: 1px solid #ccc; padding: .2rem .6rem; text-align: left; }}
td:last-child {{ font-variant-numeric: tabular-nums; }}
</style></head><body></body></html>"""


def _put(parent: Any, tag: str, text: str = "", attributes: dict[str, str] | None = None) -> Any:
    child = etree.SubElement(parent, tag, attributes or {})
    child.text = shown(text)
    return child


def _key(body: Any) -> None:
    listed = _put(body, "ul", attributes={"class": "key"})
    for sample, style, meaning in _KEY:
        item = _put(listed, "li")
        _put(item, "b", sample, {"style": style}).tail = meaning


def _table(
    parent: Any, caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> None:
    holder = _put(parent, "div")
    table = _put(holder, "table")
    _put(table, "caption", caption)
    for tag, cells in [("th", heads), *(("td", row) for row in rows[:MAX_ROWS])]:
        row = _put(table, "tr")
        for cell in cells:
            _put(row, tag, cell)
    if len(rows) > MAX_ROWS:
        _put(holder, "p", f"and {len(rows) - MAX_ROWS} more")


def _facts(body: Any, facts: Mapping[str, str]) -> None:
    listed = _put(body, "dl", attributes={"class": "facts"})
    for name, value in facts.items():
        _put(listed, "dt", name)
        _put(listed, "dd", value)


def _counts(body: Any, counts: Counter[Mark]) -> None:
    rows = [
        (rule, channel, WHAT_IT_DOES[channel], str(count))
        for (channel, rule), count in counts.most_common()
    ]
    heads = ("rule", "channel", "what it does", "places")
    _table(body, "Masked or dropped in the whole recording", heads, rows)


def _time(body: Any, film: Film) -> None:
    """Add the slider, which the script makes visible, and a note on what it leaves out."""
    form = _put(body, "div", attributes={"id": "time", "hidden": ""})
    _put(form, "button", "\u25c0", {"id": "back", "title": "the picture before"})
    slider = {"id": "slider", "type": "range", "min": "0", "max": "0", "value": "0"}
    _put(form, "input", attributes=slider | {"title": "the page at each event that changed it"})
    _put(form, "button", "\u25b6", {"id": "on", "title": "the next picture"})
    _put(form, "output", attributes={"id": "caption"})
    if film.changes:
        _put(body, "p", _extent(film), {"class": "extent"})
    _put(body, "aside", attributes={"id": "picked", "hidden": ""})


def _extent(film: Film) -> str:
    """Say how much of the recording the pictures show."""
    parts = [
        f"{film.changes} events change a page, at {film.moments} moments.",
        "Scrolling, the pointer and style sheets that scripts change are not shown.",
    ]
    if film.shared > 1:
        parts.append(f"There are many, so {film.shared} moments share a picture.")
    if film.left_out:
        parts.append(
            f"{film.left_out} pictures are left out, since the page would be too large: each page"
            " goes on with its last one."
        )
    return " ".join(parts)


def _scripts(film: Film) -> str:
    """Return the script of the page, and the data that it reads, which cannot run."""
    panes = [
        [{"pieces": pane.pieces, "steps": pane.steps} for pane in one] for one in film.sections
    ]
    told = json.dumps({"cut": CUT, "pictures": film.pictures, "panes": panes})
    escaped = told.replace("<", "\\u003c")
    data = f'<script type="application/json" id="timeline">{escaped}</script>'
    return f"{data}<script>{_SCRIPT}</script>"


def _later(body: Any, later: Counter[Region]) -> None:
    """List what later typing and changes show in clear: no frame shows it."""
    _put(body, "h3", "Between the snapshots")
    if not later:
        _put(body, "p", "No later change, typed or made by the page, shows anything in clear.")
        return
    rows = [(*region, str(count)) for region, count in later.most_common()]
    heads = ("element", "rule", "changes")
    _table(body, f"Shown in clear by {later.total()} later changes", heads, rows)


def _section(body: Any, number: int, snapshot: Marked, panes: list[Pane]) -> None:
    section = _put(body, "section")
    _put(section, "h2", f"Full snapshot {number} (event {snapshot.event})")
    holder = _put(section, "div", attributes={"class": "panes"})
    for name, pane in zip(_SIDES[-len(panes) :], panes, strict=True):
        cell = _put(holder, "figure")
        _put(cell, "figcaption", name)
        _put(cell, "iframe", attributes={**_FRAME, "srcdoc": pane.document, "title": name})
    _legend(section, snapshot)


def _legend(section: Any, snapshot: Marked) -> None:
    tables = _put(section, "div", attributes={"class": "tables"})
    totals = sum(snapshot.masked.values(), Counter[Mark]())
    masked = [(*mark, str(count)) for mark, count in totals.most_common()]
    _table(tables, "Masked in this snapshot", ("channel", "rule", "places"), masked)
    clear = list(snapshot.clear.values())
    _table(tables, f"Shown in clear: {len(clear)}", ("element", "rule"), clear)
