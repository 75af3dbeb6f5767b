"""Evidence as one self-contained HTML page, for the person who is responsible for privacy.

It names the policy, the date, and the recordings with their hashes. It counts leaks by channel and
by place, the worst first. Each place has a picture of where it stands in its page.

Nothing recorded can run or load in it. The content security policy allows one script, by its hash.
The script opens a recorded page in its sandboxed frame when the reader clicks, since opening eight
pages at once takes longer than everything else. Without scripts, only these pages are missing.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape

from replay_redact._masks.differences import CHANNELS
from replay_redact.evidence.drawing import listed_places
from replay_redact.evidence.findings import Checked, Evidence, Place, places_of
from replay_redact.evidence.outline import Outline
from replay_redact.evidence.style import STYLE
from replay_redact.evidence.text import amount, channel_counts, number, outcome, quiet
from replay_redact.preview.inert import CONTENT_POLICY, shown

_SCRIPT = """addEventListener("toggle", ({ target }) => {
  const frame = target.open && target.querySelector("iframe[data-page]");
  if (frame) {
    frame.srcdoc = frame.dataset.page;
    delete frame.dataset.page;
  }
}, true);"""
_HASH = b64encode(sha256(_SCRIPT.encode()).digest()).decode()
_CONTENT_POLICY = f"{CONTENT_POLICY}; script-src 'sha256-{_HASH}'"

MAX_RECORDINGS = 5_000
"""Most rows of the table of recordings. Recordings with leaks or trouble come first."""


def html_page(evidence: Evidence) -> bytes:
    """Return the page, in UTF-8."""
    places = places_of(evidence.recordings)
    parts = [
        _head(evidence),
        _facts(evidence),
        _channels(places),
        _secrets(evidence, places),
        _places(evidence, places),
        _pages(evidence),
        _recordings(evidence),
        f"</main><script>{_SCRIPT}</script></body></html>\n",
    ]
    return "".join(parts).encode("utf-8", "replace")


def _text(text: str) -> str:
    return escape(shown(text))


def _head(evidence: Evidence) -> str:
    verdict, said = _verdict(evidence)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_CONTENT_POLICY)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Privacy of {number(len(evidence.recordings), "recording")}</title>
<style>{STYLE}{_filters()}</style></head><body><main>
<header class="{verdict}"><h1>{said}</h1><p>{_text(outcome(evidence))}</p></header>
"""


def _verdict(evidence: Evidence) -> tuple[str, str]:
    """Return the class of the heading, and its text."""
    count = number(len(evidence.recordings), "recording")
    what = "hold a secret" if evidence.only_secrets else "leak"
    if evidence.leaking:
        return "bad", f"{evidence.leaking:,} of {count} {what}"
    if evidence.troubled:
        return "trouble", f"{evidence.troubled:,} of {count} could not be checked"
    return "good", f"No secret in {count}" if evidence.only_secrets else f"Private: {count}"


def _facts(evidence: Evidence) -> str:
    places = places_of(evidence.recordings)
    leaks = sum(place.times for place in places)
    facts = {
        "Policy": evidence.policy,
        "Its fingerprint": evidence.fingerprint,
        "Checked": evidence.date.replace("T", " ").replace("+00:00", " UTC"),
        "With": f"replay_redact {evidence.version}",
        "Looked for": "secrets only" if evidence.only_secrets else "all that redaction changes",
        "Found": amount(leaks, len(places)),
    }
    rows = "".join(f"<dt>{name}</dt><dd>{_text(value)}</dd>" for name, value in facts.items())
    return f'<dl class="facts">{rows}</dl>\n'


def _channels(places: list[Place]) -> str:
    """Return the totals by channel, with what to do about each."""
    if not places:
        return ""
    counts = channel_counts(places)
    own = Counter(place.leak.channel for place in places)
    most = max(counts.values())
    rows = [
        f'<tr><th>{channel}</th><td class="n">{count:,}</td><td class="n">{own[channel]:,}</td>'
        f'<td><span class="bar {channel}" style="width:{max(count / most, 0.01):.1%}"></span></td>'
        f"<td>{_text(CHANNELS[channel])}</td></tr>"
        for channel, count in counts.most_common()
    ]
    heads = "<tr><th>Channel</th><th>Leaks</th><th>Places</th><th></th><th>What to do</th></tr>"
    return f'<h2>By channel</h2><table class="channels">{heads}{"".join(rows)}</table>\n'


def _secrets(evidence: Evidence, places: list[Place]) -> str:
    """List the secrets by name, with the number of places where each can be read."""
    if not evidence.secrets:
        return ""
    found: Counter[str | None] = Counter()
    for place in places:
        found[place.leak.secret] += place.times
    rows = [
        f"<tr><th>{_text(name)}</th><td>"
        + (f"<b>{number(found[name], 'place')}</b>" if found[name] else "not found")
        + "</td></tr>"
        for name in sorted(evidence.secrets, key=lambda name: -found[name])
    ]
    return f"<h2>Secrets</h2><table>{''.join(rows)}</table>\n"


# --- places ---------------------------------------------------------------------------


def _filters() -> str:
    """Return the rules by which the buttons show the places of one channel."""
    return "".join(
        f"body:has(#only-{channel}:checked) .place:not(.of-{channel}){{display:none}}"
        for channel in CHANNELS
    )


def _places(evidence: Evidence, places: list[Place]) -> str:
    if not places:
        return ""
    listed = listed_places(evidence.recordings)
    channels = [name for name in CHANNELS if any(name == own.leak.channel for own in listed)]
    buttons = [
        f'<label><input type="radio" name="only" id="only-{name}"{checked}>{name}</label>'
        for name, checked in (("all", " checked"), *((channel, "") for channel in channels))
    ]
    cards = [_card(evidence, at, place) for at, place in enumerate(listed, 1)]
    rest = len(places) - len(listed)
    more = sum(place.times for place in places) - sum(place.times for place in listed)
    left = f"<p>Not listed: {amount(more, rest)}. <code>check --json</code> lists them all.</p>"
    return (
        f'<h2>By place, the worst first</h2><div class="only">{"".join(buttons)}</div>'
        f'<div class="places">{"".join(cards)}</div>{left if rest else ""}\n'
    )


def _card(evidence: Evidence, at: int, place: Place) -> str:
    leak = place.leak
    checked = evidence.recordings[place.first]
    spread = f" in {number(place.recordings, 'recording')}" if place.recordings > 1 else ""
    secret = f'<b class="secret">holds {_text(leak.secret)}</b> ' if leak.secret else ""
    return (
        f'<article class="place of-{leak.channel}" id="place-{at}"><h3><span class="number">{at}'
        f'</span> <span class="badge {leak.channel}">{leak.channel}</span> '
        f"<code>{_text(leak.field or leak.kind)}</code>"
        f'<span class="often">{number(place.times, "leak")}{spread}</span></h3>'
        f"<p>{secret}{_text(leak.rule)}</p>{_picture(evidence, place)}"
        f'<p class="first">first in event {leak.event} ({_text(leak.kind)}) of '
        f"{_text(checked.name)}</p></article>\n"
    )


def _picture(evidence: Evidence, place: Place) -> str:
    """Draw where a place stands, with its redacted content."""
    leak = place.leak
    drawn = evidence.drawn.get(place.first)
    outline = None if drawn is None else drawn.outlines.get((leak.event, leak.node or 0))
    content = f'<span class="content">{_text(leak.excerpt) or "(nothing to show)"}</span>'
    if not outline:
        where = leak.path or f"event {leak.event}: {leak.kind}, not in the page itself"
        return f'<div class="picture"><div class="here"><i>{_text(where)}</i>{content}</div></div>'
    return f'<div class="picture">{_boxes(outline)}{content}</div>'


def _boxes(outline: Outline) -> str:
    """Draw nested boxes, the place itself innermost, where its content would not fit."""
    inner = ""
    for depth, level in enumerate(reversed(outline)):
        kind = "here" if depth == 0 else "around"
        beside = "".join(_beside(level.before, level.left_out[0], first=True))
        behind = "".join(_beside(level.after, level.left_out[1], first=False))
        box = f'<div class="{kind}"><i>{_text(level.name)}</i>{inner}</div>'
        inner = f'<div class="row">{beside}{box}{behind}</div>'
    return inner


def _beside(names: tuple[str, ...], left_out: int, *, first: bool) -> Iterator[str]:
    more = f'<u class="more">+{left_out:,}</u>' if left_out else ""
    chips = [f"<u>{_text(name)}</u>" for name in names]
    yield from [more, *chips] if first else [*chips, more]


# --- pages and recordings ---------------------------------------------------------------


def _pages(evidence: Evidence) -> str:
    """Show the redacted pages of the recordings with the most places."""
    shown_ = [
        (evidence.recordings[index].name, *drawn.page)
        for index, drawn in evidence.drawn.items()
        if drawn.page is not None
    ]
    if not shown_:
        return ""
    frames = [
        f"<details><summary>{_text(name)}, event {event}</summary>"
        f'<iframe sandbox="" title="redacted page" data-page="{escape(document)}">'
        "</iframe></details>"
        for name, event, document in shown_
    ]
    note = "Everything in them is masked. The red numbers refer to the places above."
    return f"<h2>Pages with most places</h2><p>{note}</p>{''.join(frames)}\n"


def _recordings(evidence: Evidence) -> str:
    ranked = sorted(evidence.recordings, key=lambda own: (not own.trouble, -own.leaks))
    said = quiet(only_secrets=evidence.only_secrets)
    rows = "".join(_row(own, said) for own in ranked[:MAX_RECORDINGS])
    rest = len(ranked) - MAX_RECORDINGS
    left = f"<p>Not listed: {number(rest, 'recording')}. --junit FILE lists them all.</p>"
    heads = (
        "<tr><th>Recording</th><th></th><th>Leaks</th><th>Places</th><th>Bytes</th>"
        "<th>SHA-256</th></tr>"
    )
    table = f'<table class="recordings">{heads}{rows}</table>'
    return f"<h2>Recordings</h2>{table}{left if rest > 0 else ''}\n"


def _row(checked: Checked, quiet_: str) -> str:
    kind, said = ("bad", "leaks") if checked.findings else ("good", quiet_)
    if checked.trouble:
        kind, said = "trouble", checked.trouble
    cells: Iterable[str] = (
        f"<td>{_text(checked.name)}</td>",
        f'<td><span class="verdict {kind}">{_text(said)}</span></td>',
        f'<td class="n">{checked.leaks or "":,}</td>' if checked.leaks else "<td></td>",
        f'<td class="n">{len(checked.findings):,}</td>' if checked.findings else "<td></td>",
        f'<td class="n">{checked.size:,}</td>',
        f"<td><code>{checked.sha256}</code></td>",
    )
    return f"<tr>{''.join(cells)}</tr>"
