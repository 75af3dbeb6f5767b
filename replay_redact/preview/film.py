"""The pages of a recording over time: a picture at each full snapshot, and one after each change.

A picture is an inert document. Pictures of one page differ little. So a picture is stored as its
difference from the one before: how many pieces of HTML stay at the beginning and at the end, and
the new pieces between. A script of the preview page puts them together again.

* The changes of one moment are one picture.
* Beyond `MAX_PICTURES`, or for large pages, neighboring moments share a picture.
* Beyond `MAX_TEXT`, only the last picture of each page is made.

The `Film` counts what it leaves out, and the preview says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from replay_redact.events import (
    Event,
    FullSnapshot,
    IncrementalSnapshot,
    Input,
    Mutation,
    WindowKey,
    window_of,
)
from replay_redact.nodes import Document, Element, Node
from replay_redact.preview.stage import Stage

MAX_PICTURES = 250
"""Most pictures of changes in a recording: more would take too long."""

MAX_NODES = 300_000
"""Most nodes in all pictures of changes. Drawing them takes about ten seconds."""

FEWEST_PICTURES = 10
"""Pictures that even the largest page gets."""

MAX_TEXT = 8_000_000
"""Most characters that pictures of changes add to the page."""

CUT = (
    "(?=<(?:article|button|div|footer|form|h[1-6]|header|li|main|nav|p|section|style|table|tr|ul)"
    "[ >])"
)
"""Cuts a document into pieces: a regular expression for Python and for JavaScript."""

_CUT = re.compile(CUT)

Draw = Callable[[list[Node]], list[str]]
"""Draws the trees of all panes as inert documents."""


class Picture(NamedTuple):
    """One stop of the slider: a section of the preview, a picture in it, and its caption."""

    section: int
    number: int
    caption: str


class Pane:
    """One page as it changes: its first document, and how the others are put together.

    * ``pieces``: the pieces that the first document does not have;
    * ``steps``: for each picture, how many pieces of the picture before to keep at the beginning
      and at the end, and the pieces between.
    """

    def __init__(self, document: str) -> None:
        self.document = document
        self.pieces: list[str] = []
        self.steps: list[tuple[int, int, list[int]]] = []
        first = _CUT.split(document)
        self._numbers: dict[str, int] = {}
        for number, piece in enumerate(first):
            self._numbers.setdefault(piece, number)
        self._last = [self._numbers[piece] for piece in first]
        self._next = len(first)

    def add(self, document: str) -> int:
        """Add a picture; return about how many characters it takes."""
        before, size = len(self.pieces), 0
        numbers = [self._number(piece) for piece in _CUT.split(document)]
        head = _same(self._last, numbers)
        tail = _same(self._last[head:][::-1], numbers[head:][::-1])
        middle = numbers[head : len(numbers) - tail]
        self.steps.append((head, tail, middle))
        self._last = numbers
        size += sum(map(len, self.pieces[before:])) + 6 * len(middle)
        return size

    def _number(self, piece: str) -> int:
        if piece not in self._numbers:
            self._numbers[piece] = self._next
            self._next += 1
            self.pieces.append(piece)
        return self._numbers[piece]


def _same(one: list[int], other: list[int]) -> int:
    """Return how many items two lists have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


class _Scene:
    """One window since its last full snapshot."""

    def __init__(self, section: int, trees: list[Node], draw: Draw) -> None:
        self.section = section
        self.stages = [Stage(tree) for tree in trees]
        self.draw = draw
        self.panes = [Pane(document) for document in draw(trees)]
        self.pending: Counter[str] = Counter()
        self.moments = 0
        self.moment: float | None = None
        self.event = 0


class Film:
    """The pictures of one recording, made event by event.

    * ``sections``: for each full snapshot, its panes.
    * ``pictures``: the stops of the slider, in the order of the recording.
    * ``changes``: how many events changed a page; ``moments``: at how many moments.
    * ``shared``: how many moments share a picture.
    * ``left_out``: how many pictures were not made because the page would be too large.
    """

    def __init__(self, events: Iterable[Event], panes: int) -> None:
        self.sections: list[list[Pane]] = []
        self.pictures: list[Picture] = []
        self._scenes: dict[WindowKey, _Scene] = {}
        self._room = MAX_TEXT
        self.left_out = 0
        self.changes, self.moments, nodes, self._began = _measure(events)
        fitting = MAX_NODES // (max(nodes, 1) * panes)
        most = min(MAX_PICTURES, max(FEWEST_PICTURES, fitting))
        self.shared = max(1, -(-self.moments // most))

    def snapshot(self, event: Event, index: int, trees: list[Node], draw: Draw) -> None:
        """Begin a new page with a full snapshot. The film changes the trees later."""
        window, section = window_of(event), len(self.sections)
        self.finish(window)
        scene = self._scenes[window] = _Scene(section, trees, draw)
        self.sections.append(scene.panes)
        self._note(section, 0, event.timestamp, index, "full snapshot")

    def change(self, window: WindowKey, index: int, forms: list[Event | None]) -> None:
        """Apply an event to the page of a window: each pane has its own form of the event.

        A form that is ``None`` means that the event is dropped in this pane.
        """
        event = next((form for form in forms if form is not None), None)
        scene = self._scenes.get(window)
        if event is None or scene is None or not what_changes(event):
            return
        if scene.moment != event.timestamp:
            self._draw_if(scene, self.shared)
            scene.moments += 1
        scene.moment, scene.event = event.timestamp, index
        scene.pending += what_changes(event)
        for stage, form in zip(scene.stages, forms, strict=True):
            if isinstance(form, IncrementalSnapshot) and isinstance(form.data, Mutation | Input):
                stage.apply(form.data)

    def finish(self, window: WindowKey) -> None:
        """End the page of a window: draw its last state."""
        scene = self._scenes.pop(window, None)
        if scene is not None:
            self._draw_if(scene, 1, last=True)

    def finish_all(self) -> None:
        """End the pages of all windows."""
        for window in list(self._scenes):
            self.finish(window)

    def _draw_if(self, scene: _Scene, moments: int, *, last: bool = False) -> None:
        """Draw the pending changes if there are enough of them."""
        if scene.moments < moments:
            return
        if self._room <= 0 and not last:
            self.left_out += 1
        else:
            documents = scene.draw([stage.root for stage in scene.stages])
            for pane, document in zip(scene.panes, documents, strict=True):
                self._room -= pane.add(document)
            told = ", ".join(f"{count} {what}" for what, count in scene.pending.items())
            number = len(scene.panes[0].steps)
            self._note(scene.section, number, scene.moment, scene.event, told)
            scene.pending.clear()
        scene.moments = 0

    def _note(self, section: int, number: int, time: float | None, index: int, what: str) -> None:
        when = _when(time or 0, self._began)
        self.pictures.append(Picture(section, number, f"event {index}, {when}: {what}"))


def _measure(events: Iterable[Event]) -> tuple[int, int, int, float]:
    """Measure a recording.

    Return how many events change a page, at how many moments, the number of nodes of the largest
    full snapshot, and when the first of them was taken.
    """
    changes, moments, nodes = 0, set[tuple[WindowKey, float | None]](), 0
    began: float | None = None
    for event in events:
        if isinstance(event, FullSnapshot):
            nodes = max(nodes, _count(event.data.node))
            began = (
                event.timestamp if began is None else began
            )  # SDKs give the time of other events in seconds
        if what_changes(event):
            changes += 1
            moments.add((window_of(event), event.timestamp))
    return changes, len(moments), nodes, began or 0


def what_changes(event: Event) -> Counter[str]:
    """Count what an event changes in a page, by its kind."""
    data = event.data if isinstance(event, IncrementalSnapshot) else None
    if isinstance(data, Input):
        return Counter(typed=1)
    if not isinstance(data, Mutation):
        return Counter()
    counts = Counter(
        added=len(data.adds),
        removed=len(data.removes),
        texts=len(data.texts),
        attributes=len(data.attributes),
    )
    return +counts or Counter({"empty change": 1})


def _count(root: Node) -> int:
    todo, count = [root], 0
    while todo:
        node = todo.pop()
        count += 1
        if isinstance(node, Element | Document):
            todo += node.child_nodes
    return count


def _when(time: float, began: float) -> str:
    """Return the time since the first event, in seconds.

    >>> _when(3500, 1000), _when(10**400, 1000)
    ('2.5 s', 'at a time that is none')
    """
    try:
        return f"{(float(time) - float(began)) / 1000:.1f} s"
    except OverflowError:  # an integer beyond the largest float
        return "at a time that is none"
