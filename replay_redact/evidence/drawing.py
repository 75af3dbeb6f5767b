"""Pictures of the worst places: where each stands in its page, and the redacted pages themselves.

Only the HTML page has pictures, and only of the places that it lists. So this reads again only the
recordings that hold one of these places.

The reader of the page may not see as much as the person who ran the check. So pages are redacted by
the strictest policy there is, plus everything that the checked policy closes; see `_strictest`. A
page that still holds one of the secrets is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._masks.text import mask_text
from replay_redact._page.tree import nodes_of
from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import call_deep
from replay_redact._wire.codec import copy_event, decode
from replay_redact.evidence.checking import Question
from replay_redact.evidence.findings import Checked, Drawn, Place, places_of
from replay_redact.evidence.outline import Outline, Page
from replay_redact.nodes import Element, Node
from replay_redact.policy import Policy
from replay_redact.preview.inert import Hint, inert_document
from replay_redact.testing.node_paths import hidden_by
from replay_redact.testing.planted import Pattern, holds_any, patterns

MAX_PLACES = 250
"""Most places that the HTML page lists, besides some of each channel: nobody reads more."""

OF_EACH_CHANNEL = 10
"""Places of each channel that are listed even if others are worse."""

MAX_PAGES = 8
"""Most recordings of which a page is shown: those with most of the listed places."""

MAX_PAGE = 1_000_000
"""Most characters of a page that is shown: the report has to open at once."""

Spot = tuple[int, int]
"""An event and a node."""


class Wanted(NamedTuple):
    """What to draw of one recording: numbers of places by spot, and whether to show a page."""

    numbers: Mapping[Spot, tuple[int, ...]]
    shows_page: bool


def listed_places(recordings: Iterable[Checked]) -> list[Place]:
    """Return the places that the HTML page lists, the worst first."""
    places = places_of(recordings)
    seen: Counter[str] = Counter()
    listed = []
    for rank, place in enumerate(places):
        seen[place.leak.channel] += 1
        if rank < MAX_PLACES or seen[place.leak.channel] <= OF_EACH_CHANNEL:
            listed.append(place)
    return listed


def wanted(recordings: tuple[Checked, ...]) -> dict[int, Wanted]:
    """Return what to draw, by the index of the recording. Places are numbered from 1."""
    numbers: defaultdict[int, defaultdict[Spot, list[int]]]
    numbers = defaultdict(lambda: defaultdict(list))
    for number, place in enumerate(listed_places(recordings), 1):
        if place.leak.node is not None:
            numbers[place.first][place.leak.event, place.leak.node].append(number)
    most = sorted(numbers, key=lambda index: -len(numbers[index]))
    return {
        index: Wanted(
            {spot: tuple(own) for spot, own in numbers[index].items()},
            shows_page=rank < MAX_PAGES,
        )
        for rank, index in enumerate(most)
    }


def draw(question: Question, data: bytes, wanted_: Wanted) -> Drawn:
    """Draw the places of one recording."""
    with paused_collector():
        return call_deep(_draw, question, data, wanted_)


def _draw(question: Question, data: bytes, wanted_: Wanted) -> Drawn:
    secrets = patterns(question.named)
    hidden = hidden_by(question.policy)
    pages: defaultdict[ev.WindowKey, Page] = defaultdict(lambda: Page(hidden))
    snapshots: dict[ev.WindowKey, int] = {}  # the last one of each window
    outlines: dict[Spot, Outline] = {}
    marks: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    by_event: defaultdict[int, list[int]] = defaultdict(list)
    for index, node in wanted_.numbers:
        by_event[index].append(node)
    events = decode(data, format=question.format)
    for index, event in enumerate(events):
        window = ev.window_of(event)
        pages[window].learn(event)
        if isinstance(event, ev.FullSnapshot):
            snapshots[window] = index
        for node in by_event[index]:
            outlines[index, node] = _without_secrets(pages[window].outline(node), secrets)
            if window in snapshots:
                marks[snapshots[window]][node] += wanted_.numbers[index, node]
    shows_page = wanted_.shows_page and marks and not question.policy.pages
    page = _page(events, marks, _strictest(question.policy), secrets) if shows_page else None
    return Drawn(outlines, page)


def _without_secrets(outline: Outline, secrets: list[Pattern]) -> Outline:
    """Mask names that hold one of the secrets."""

    def shown(name: str) -> str:
        return mask_text(name) if holds_any(name, secrets) else name

    return tuple(
        level._replace(
            name=shown(level.name),
            before=tuple(map(shown, level.before)),
            after=tuple(map(shown, level.after)),
        )
        for level in outline
    )


# --- pages ----------------------------------------------------------------------------


def _strictest(policy: Policy) -> Policy:
    """Return the policy for pictures of pages: nothing is shown, whatever the checked one shows.

    * Lengths of texts stay if the checked policy keeps them: with three asterisks for each text,
      nobody would recognise the page.
    * No page is shown for a policy with options for some pages: it may drop that very page.
    """
    strict = Policy.lockdown()
    return strict.replace(
        hide_length=policy.hide_length,
        mask_attributes=(*strict.mask_attributes, *policy.mask_attributes),
        block=(*strict.block, *policy.block),
    )


def _page(
    events: list[ev.Event],
    marks: Mapping[int, Mapping[int, list[int]]],
    policy: Policy,
    secrets: list[Pattern],
) -> tuple[int, str] | None:
    """Return the page that holds the most places, redacted, with their numbers in it."""
    at = max(marks, key=lambda index: len(marks[index]))
    event = events[at]
    redacted = Engine(policy).redact(copy_event(event))
    if not isinstance(event, ev.FullSnapshot) or not isinstance(redacted, ev.FullSnapshot):
        return None
    root = redacted.data.node
    document = inert_document(root, _hints(event, root, marks[at]))
    if len(document) > MAX_PAGE or holds_any(document, secrets):
        return None
    return at, document.replace("</head>", f"<style>{_MARKS}</style></head>", 1)


_MARKS = """
[data-mark] { outline: 2px solid #b3261e !important; outline-offset: -2px !important; }
[data-mark]::before { content: attr(title); position: absolute; z-index: 2147483647;
  background: #b3261e; color: #fff; font: bold 10px/1.3 sans-serif; padding: 0 3px;
  border-radius: 0 0 4px 0; letter-spacing: 0; text-indent: 0; text-transform: none; }
"""
"""Marks places with their numbers. A style sheet of the recording cannot end this one."""


def _hints(event: ev.Event, after: Node, marks: Mapping[int, list[int]]) -> dict[int, Hint]:
    """Return the numbers for each element. A node that was dropped marks its parent."""
    known = Page()
    known.learn(event)
    standing = {node.id for node in nodes_of(after) if isinstance(node, Element)}
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for node, own in marks.items():
        at = next((at for at in known.ancestors(node) if at in standing), None)
        if at is not None:
            numbers[at] += own
    return {node: Hint(_listed(sorted(own)), clear=False) for node, own in numbers.items()}


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:4]))
    return f"{shown}, …" if len(numbers) > 4 else shown
