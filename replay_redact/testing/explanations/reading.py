"""Reading a recording for the nodes that a user asks about, and for what is like a text.

`find` returns nodes as they are when they are last on the page. `near` looks for what is like a
text that stands nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._wire.batches import Item
from replay_redact._wire.codec import open_recording, read_all
from replay_redact.policy import Policy
from replay_redact.testing.explanations.answers import Near
from replay_redact.testing.explanations.pages import Page
from replay_redact.testing.explanations.places import Place, places
from replay_redact.testing.explanations.texts import Texts, Wanted, stands_in_unreadable
from replay_redact.testing.planted import Piece

_MOST_NEAR = 50

Subject = tuple[ev.WindowKey, int, int]
"""A node: its window, the number of the full snapshot that it came after, and its id."""


class Source:
    """A recording, the policy, and which part of it the question is about."""

    def __init__(self, data: bytes, policy: Policy, *, at: int | None, window: int | None) -> None:
        self.data = data
        self.policy = policy
        self._at = at
        events = read_all(open_recording(data)).events
        if at is not None and not 0 <= at < len(events):
            raise ValueError(f"there is no event {at}: the recording has {len(events)}, from 0")
        keys = list(dict.fromkeys(ev.window_of(event) for event in events))
        self.windows = {key: number for number, key in enumerate(keys, 1)}
        self.events = self._asked_about(events)
        self._window = window

    def _asked_about(self, events: list[ev.Event]) -> list[ev.Event]:
        return events if self._at is None else events[: self._at + 1]

    def read_again(self) -> tuple[list[ev.Event], list[Item]]:
        """Return the events to redact, which changes them, and what stands beside them.

        With ``at``, nothing stands beside them: that belongs to the whole recording.
        """
        events, _, items = read_all(open_recording(self.data))
        return self._asked_about(events), items if self._at is None else []

    def concerns(self, key: ev.WindowKey) -> bool:
        """Tell whether the question is about a window."""
        return self._window is None or self.windows.get(key) == self._window


# --- the first reading --------------------------------------------------------------------


class Finder(Protocol):
    """Finds nodes of a page."""

    def found(self, page: Page, node_ids: Iterable[int]) -> Iterator[int]:
        """Yield those of some nodes of a page that are asked for."""


def find(source: Source, finder: Finder) -> dict[Subject, str]:
    """Return the nodes that a finder finds, each with its path when it was last on the page.

    The path has names that the output hides: it tells nodes apart, and is not for people.
    """
    pages: defaultdict[ev.WindowKey, Page] = defaultdict(Page)
    subjects: dict[Subject, str] = {}

    def look(key: ev.WindowKey, node_ids: list[int]) -> None:
        page = pages[key]
        found = frozenset(finder.found(page, node_ids))
        for node_id in node_ids:
            subject = (key, page.number, node_id)
            if node_id in found:
                subjects[subject] = page.path(node_id, page)
            else:
                subjects.pop(subject, None)

    for event in source.events:
        key = ev.window_of(event)
        if source.concerns(key):
            look(key, pages[key].leaving(event))
            pages[key].learn(event)
    for key in list(pages):
        look(key, list(pages[key].nodes))
    ranked = sorted(subjects, key=lambda subject: (source.windows[subject[0]], *subject[1:]))
    return {subject: subjects[subject] for subject in ranked}


# --- what is nearly there -----------------------------------------------------------------


def near(source: Source, wanted: Wanted) -> Iterator[Near]:
    """Yield where a text nearly is: over several texts, masked, or one word of it alone."""
    found: list[Near] = []
    texts, words = Texts(), wanted.words()
    pages = Pages()
    for index, key, place in _all_places(source, pages):
        path = pages.path(key, place.node) if place.node is not None else ""
        if place.channel == "text" and place.node is not None:
            texts.add(key, Piece(index, place.node, str(place.before)))
        if wanted.may_be_masked_in(place.before) and len(found) < _MOST_NEAR:
            found.append(Near(how="masked text of this shape", path=path, event=index))
        for word in [word for word in words if word.stands_in(place.before)]:
            words.remove(word)
            found.append(Near(how=f"only {word.text!r}", path=path, event=index))
    for key, piece in texts.spread(wanted):
        path = pages.path(key, piece.node)
        yield Near(how="begins here, goes on in other texts", path=path, event=piece.event)
    yield from found
    if stands_in_unreadable(source.data, wanted):
        yield Near(how="it stands in what cannot be read, which is dropped", path="")


class Pages:
    """The page of each window as it was recorded, and as it goes out, which names its elements."""

    def __init__(self) -> None:
        self._of: defaultdict[ev.WindowKey, tuple[Page, Page]] = defaultdict(
            lambda: (Page(), Page())
        )

    def learn(self, event: ev.Event, after: ev.Event | None) -> None:
        """Change a page as an event and its redacted form say."""
        page, output = self._of[ev.window_of(event)]
        page.learn(event)
        output.learn_output(event, after)

    def path(self, window: ev.WindowKey, node_id: int) -> str:
        """Return the path of the element that a node belongs to, as the output names it."""
        page, output = self._of[window]
        return page.path(page.owner(node_id), output)


def _all_places(source: Source, pages: Pages) -> Iterator[tuple[int, ev.WindowKey, Place]]:
    """Yield every place with its event and window; the page is then as it is after the event."""
    own, _ = source.read_again()
    redacted = Engine(source.policy).redact_lists([event] for event in own)
    for index, (event, [after]) in enumerate(zip(source.events, redacted, strict=True)):
        key = ev.window_of(event)
        pages.learn(event, after)
        if not isinstance(event, ev.Unreadable) and source.concerns(key):
            yield from ((index, key, place) for place in places(event, event))
