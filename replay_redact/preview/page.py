"""The static HTML page for reviewers.

A reviewer wants to see the page as it was recorded, and why each place looks as it does. So each
full snapshot is in a sandboxed frame, an element under the pointer tells its channel and rule, and
what can be read is outlined. Tables beside the frames say the same in words; styles of the
recording cannot change them, and they also count what the frames leave out.

Without ``compare``, the page holds redacted content only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree, html

from replay_redact._masks.differences import CHANNELS
from replay_redact._masks.media import GRAY
from replay_redact.events import Event, FullSnapshot
from replay_redact.policy import Policy
from replay_redact.preview.inert import (
    CONTENT_POLICY,
    OUTLINE,
    Hint,
    inert_document,
    serialize,
    shown,
)
from replay_redact.preview.review import Mark, Marked, Region, review

__all__ = ["preview_page", "snapshot_documents"]

DEFAULT_POLICY = Policy()

MAX_ROWS = 200
"""Most rows of a table. A line below it tells how many more there are."""

_CLEAR_WARNING = (
    "The left side shows the recording in clear, on purpose. Keep this file as private as the"
    " recording itself."
)
_KEY = (
    ("***", "", "masked text; point at it to see the channel and the rule"),
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

    The page shows each full snapshot after redaction and, with ``compare``, also before it, in
    clear. Tables list what was masked, in which channel and by which rule, and where something is
    shown in clear. Nothing of the recording can run or load when the page is opened.

    Raises `DecodeError` or `LimitError` if the input is not a recording.

    >>> from replay_redact.testing import recording_from_html
    >>> page = preview_page(recording_from_html("<p>Jane</p>"))
    >>> "****" in page, "Jane" in page
    (True, False)
    """
    seen = review(recording, policy, format)
    page: Any = html.document_fromstring(_PAGE)
    page.head.find("title").text = shown(title)
    body = page.body
    _put(body, "h1", title)
    if compare:
        _put(body, "p", _CLEAR_WARNING, {"class": "warning"})
    top = _put(body, "div", attributes={"class": "tables"})
    _counts(top, Counter(leak.channel for leak in seen.leaks))
    _key(top)
    for number, snapshot in enumerate(seen.snapshots, 1):
        _section(body, number, snapshot, compare=compare)
    _later(body, seen.later)
    if not seen.snapshots:
        _put(body, "p", "The recording has no full snapshot, so there is no page to show.")
    return serialize(page)


_PAGE = f"""<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">
<meta name="referrer" content="no-referrer">
<title></title><style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 1rem; background: #f4f4f4; color: #111; }}
h1 {{ font-size: 1.3rem; }} h2, h3 {{ font-size: 1.1rem; }}
.warning {{ background: #fdecea; border-left: 4px solid #b3261e; padding: .5rem .75rem; }}
.key {{ list-style: none; padding: 0; }} .key b {{ display: inline-block; min-width: 3rem;
  text-align: center; margin-right: .5rem; padding: 3px; font-weight: normal; }}
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


def _counts(body: Any, counts: Counter[str]) -> None:
    rows = [(channel, str(counts[channel])) for channel in CHANNELS if counts[channel]]
    _table(body, "Masked or dropped in the whole recording", ("channel", "places"), rows)


def _later(body: Any, later: Counter[Region]) -> None:
    """List what no frame shows: what later typing and changes show in clear."""
    _put(body, "h3", "Between the snapshots")
    if not later:
        _put(body, "p", "No later change, typed or made by the page, shows anything in clear.")
        return
    rows = [(*region, str(count)) for region, count in later.most_common()]
    heads = ("element", "rule", "changes")
    _table(body, f"Shown in clear by {later.total()} later changes", heads, rows)


def _section(body: Any, number: int, snapshot: Marked, *, compare: bool) -> None:
    section = _put(body, "section")
    _put(section, "h2", f"Full snapshot {number} (event {snapshot.event})")
    hints = _hints(snapshot)
    panes = _put(section, "div", attributes={"class": "panes"})
    sides = [("After redaction", snapshot.after)]
    if compare:
        sides.insert(0, ("Before, in clear", snapshot.before))
    for name, root in sides:
        cell = _put(panes, "figure")
        _put(cell, "figcaption", name)
        document = inert_document(root, hints)
        _put(cell, "iframe", attributes={"sandbox": "", "srcdoc": document, "title": name})
    _legend(section, snapshot)


def _legend(section: Any, snapshot: Marked) -> None:
    tables = _put(section, "div", attributes={"class": "tables"})
    totals = sum(snapshot.masked.values(), Counter[Mark]())
    masked = [(*mark, str(count)) for mark, count in totals.most_common()]
    _table(tables, "Masked in this snapshot", ("channel", "rule", "places"), masked)
    clear = list(snapshot.clear.values())
    _table(tables, f"Shown in clear: {len(clear)}", ("element", "rule"), clear)


def _hints(snapshot: Marked) -> dict[int, Hint]:
    """Return the hint for each element: a tooltip that says what was done to it."""
    lines: dict[int, list[str]] = {}
    for node, marks in snapshot.masked.items():
        lines[node] = [
            f"{channel}: {rule}" + (f" ({count} places)" if count > 1 else "")
            for (channel, rule), count in marks.most_common()
        ]
    for node, region in snapshot.clear.items():
        lines.setdefault(node, []).append(f"shown in clear: {region.rule}")
    return {node: Hint("\n".join(said), node in snapshot.clear) for node, said in lines.items()}
