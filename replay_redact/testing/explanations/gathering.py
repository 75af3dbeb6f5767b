"""Gathering what redaction does to the nodes, or to the text, that a user asks about.

Events of one window with one timestamp are judged again at their end, and the stricter judgement
holds. So the reason for a place is asked for twice, too.
"""

from __future__ import annotations

import dataclasses
import itertools
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from typing import Any, NamedTuple

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._masks.differences import CHANNELS, MISSING
from replay_redact._rules.decisions import Decision
from replay_redact._wire.batches import DROPPED, Item
from replay_redact._wire.codec import copy_event
from replay_redact.policy.pages import page_named
from replay_redact.testing.explanations.answers import (
    Explanation,
    Inside,
    Match,
    Step,
    Verdict,
)
from replay_redact.testing.explanations.pages import Page
from replay_redact.testing.explanations.places import MASKED, Place, places, places_in
from replay_redact.testing.explanations.reading import Source, Subject
from replay_redact.testing.explanations.reasons import NO_ELEMENT, PUBLIC, Judge, judged
from replay_redact.testing.explanations.texts import Wanted
from replay_redact.testing.node_paths import kind_of_event

MOST_MATCHES = 500
"""Matches that are explained. The others are counted."""

_MOST_STEPS = 200  # pages are not as deep; hostile recordings are
_OF_SUBJECT = ("ignore_inputs ", "show_media ", "allow_attributes ")
_ORDER = {channel: number for number, channel in enumerate(CHANNELS)}


class _Target:
    """What is gathered of one match."""

    def __init__(self, path: str, window: int, node: int | None) -> None:
        self.path = path
        self.window = window
        self.node = node
        self.steps: tuple[Step, ...] = ()
        self.verdicts: defaultdict[Verdict, dict[int, None]] = defaultdict(dict)
        self.inside: Counter[tuple[str, str, str, str]] = Counter()

    def match(self) -> Match:
        verdicts = [
            dataclasses.replace(verdict, events=tuple(events))
            for verdict, events in self.verdicts.items()
        ]
        verdicts.sort(key=lambda own: (_ORDER[own.channel], own.field))
        listed = ((what, count) for what, count in self.inside.items() if what[2] != PUBLIC)
        ranked = sorted(listed, key=lambda item: (_ORDER[item[0][0]], item))
        return Match(
            node=self.node,
            path=self.path,
            window=self.window,
            steps=self.steps,
            verdicts=tuple(verdicts),
            inside=tuple(
                Inside(channel, fate, rule, count, page)
                for (channel, fate, rule, page), count in ranked
            ),
        )


class _Noted(NamedTuple):
    """A place, whose reason is asked for once more at the end of the moment.

    It is a place of its ``own`` targets, and stands inside of those ``around``.
    """

    place: Place
    event: int
    decision: Decision
    page: int | None
    own: list[_Target]
    around: list[_Target]


class _Gathering(ABC):
    """A reading that redacts, and gathers places."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.targets: list[_Target] = []
        self.more = 0
        self.pages: defaultdict[ev.WindowKey, Page] = defaultdict(Page)
        self.output: defaultdict[ev.WindowKey, Page] = defaultdict(Page)  # it names elements
        self.engine = Engine(source.policy)  # is asked after each event
        self._redacting = Engine(source.policy)  # makes what goes out
        self._times: dict[ev.WindowKey, Any] = {}
        self._noted: defaultdict[ev.WindowKey, list[_Noted]] = defaultdict(list)

    def answer(self, asked: str) -> Explanation:
        """Read the recording and return what was gathered."""
        own, items = self.source.read_again()
        redacted = self._redacting.redact_lists([event] for event in own)
        for index, (event, [after]) in enumerate(zip(self.source.events, redacted, strict=True)):
            key = ev.window_of(event)
            if event.timestamp != self._times.get(key):
                self._end_moment(key)
                self._times[key] = event.timestamp
            page = self.pages[key]
            self.leave(key, page.leaving(event))
            self.engine.redact(copy_event(event))
            page.learn(event)
            self.output[key].learn_output(event, after)
            if not isinstance(event, ev.Unreadable) and self.source.concerns(key):
                self.take(index, event, after)
        for key in list(self.pages):
            self._end_moment(key)
            self.leave(key, list(self.pages[key].nodes))
        self._redacting.judge_items(items)
        for item in items:
            self.take_item(item)
        matches = tuple(target.match() for target in self.targets)
        return Explanation(asked=asked, matches=matches, more=self.more)

    @abstractmethod
    def take(self, index: int, event: ev.Event, after: ev.Event | None) -> None:
        """Gather the places of an event."""

    def take_item(self, item: Item) -> None:  # noqa: B027 - there may be nothing to gather
        """Gather the places of what stands beside the events."""

    def leave(  # noqa: B027 - the same
        self, key: ev.WindowKey, node_ids: list[int]
    ) -> None:
        """Take note of nodes that are about to leave the page."""

    def note(
        self,
        place: Place,
        event: int,
        key: ev.WindowKey,
        own: list[_Target],
        around: list[_Target] | None = None,
    ) -> None:
        """Note a place of some targets; its reason is found at the end of the moment."""
        decision = self._decision(place.node, key)
        noted = _Noted(place, event, decision, self._page(event, key), own, around or [])
        self._noted[key].append(noted)

    def _page(self, event: int, key: ev.WindowKey) -> int | None:
        """Return the page whose options hold for an event: of an address, its own."""
        says = isinstance(self.source.events[event], ev.Meta)
        return self.engine.page(key) if says else self.engine.page_in_force(key)

    def _decision(self, node: int | None, key: ev.WindowKey) -> Decision:
        root: Decision = self.engine.rules.root
        return root if node is None else self.engine.decision(node, key)

    def _end_moment(self, key: ev.WindowKey) -> None:
        for noted in self._noted.pop(key, ()):
            node, decision = noted.place.node, noted.decision
            if node is not None and self.engine.ancestors(node, key):  # it is still there
                decision = max(decision, self._decision(node, key), key=lambda own: own.level)
            self._settle(noted, decision, key)

    def _settle(self, noted: _Noted, decision: Decision, key: ev.WindowKey) -> None:
        place = noted.place
        fate, rule = judged(place, Judge(self.engine, key, decision))
        same = noted.page == self._page(noted.event, key)  # else it changed in this moment
        page = page_named(self.source.policy, noted.page if same else None)
        for target in noted.around:
            target.inside[place.channel, fate, rule, page] += 1
        if noted.own:
            element = self._element(rule, decision, place.node, key)
            verdict = Verdict(
                channel=place.channel,
                field=place.field,
                fate=fate,
                rule=rule,
                element=element,
                page=page,
            )
            for target in noted.own:
                target.verdicts[verdict][noted.event] = None

    def _element(self, rule: str, decision: Decision, node: int | None, key: ev.WindowKey) -> str:
        """Return the element on which a rule stands, if it is on one."""
        output = self.output[key]
        if node is not None and rule.startswith(_OF_SUBJECT):
            return output.label(node)
        if node is None or rule != decision.rule or rule in NO_ELEMENT:
            return ""
        element = ""
        for at in self.engine.ancestors(node, key):
            if self.engine.decision(at, key).rule != rule:
                break
            element = output.label(at) or element
        return element

    def steps(self, key: ev.WindowKey, node: int) -> tuple[Step, ...]:
        """Return the decisions about an element and its ancestors, the outermost first."""
        page, engine = self.pages[key], self.engine
        near = list(itertools.islice(page.ancestors(node), _MOST_STEPS))
        elements = [at for at in reversed(near) if page.nodes[at].tag]
        decided = [(at, self.output[key].label(at), engine.decision(at, key)) for at in elements]
        return tuple(Step(at, name, own.level, own.rule) for at, name, own in decided)

    def target(self, path: str, key: ev.WindowKey | None, node: int | None) -> _Target | None:
        """Return a new target, or ``None`` if there are enough."""
        if len(self.targets) >= MOST_MATCHES:
            self.more += 1
            return None
        made = _Target(path, self.source.windows.get(key, 1) if key else 1, node)
        self.targets.append(made)
        return made


class OfNodes(_Gathering):
    """Gathers the places of nodes; a page that was recorded twice has each node once."""

    def __init__(self, source: Source, subjects: dict[Subject, str]) -> None:
        super().__init__(source)
        self._of: dict[Subject, _Target] = {}
        same: dict[tuple[ev.WindowKey, int, str], _Target | None] = {}
        for subject, path in subjects.items():
            key, _, node = subject
            place = (key, node, path)
            if place not in same:
                same[place] = self.target(path, key, node)
            target = same[place]
            if target is not None:
                self._of[subject] = target

    def take(self, index: int, event: ev.Event, after: ev.Event | None) -> None:
        """Gather the places of the nodes, and of what is in them."""
        key = ev.window_of(event)
        page = self.pages[key]
        for place in places(event, after):
            if place.node is None or _is_idle(place):
                continue
            nearest = {place.node, page.owner(place.node)}
            targets: dict[bool, list[_Target]] = {True: [], False: []}
            for at in page.ancestors(place.node) if place.node in page.nodes else [place.node]:
                target = self._of.get((key, page.number, at))
                if target is not None:
                    targets[at in nearest].append(target)
            if targets[True] or targets[False]:
                self.note(place, index, key, targets[True], targets[False])

    def leave(self, key: ev.WindowKey, node_ids: list[int]) -> None:
        """Note the decisions about nodes that are about to leave."""
        for node_id in node_ids:
            target = self._of.get((key, self.pages[key].number, node_id))
            if target is not None:
                target.path = self.pages[key].path(node_id, self.output[key])
                target.steps = self.steps(key, node_id)


class OfText(_Gathering):
    """Gathers the places in which a text stands."""

    def __init__(self, source: Source, wanted: Wanted) -> None:
        super().__init__(source)
        self._wanted = wanted
        self._of: dict[Any, _Target | None] = {}

    def take(self, index: int, event: ev.Event, after: ev.Event | None) -> None:
        """Gather the places of an event in which the text stands."""
        key = ev.window_of(event)
        page = self.pages[key]
        for place in places(event, after):
            if place.channel == "event" or not self._wanted.stands_in(place.before):
                continue
            owner = page.owner(place.node)
            path = kind_of_event(event) if owner is None else page.path(owner, self.output[key])
            target = self._target(path, key, owner)
            if target is not None:
                if owner in page.nodes and not target.steps:
                    target.steps = self.steps(key, owner)
                self.note(self._as_text(place), index, key, [target])

    def _target(self, path: str, key: ev.WindowKey | None, node: int | None) -> _Target | None:
        place = (key, path, node)
        if place not in self._of:
            self._of[place] = self.target(path, key, node)
        return self._of[place]

    def _as_text(self, place: Place) -> Place:
        """Return a place with what becomes of the text in it, whatever becomes of the rest."""
        if place.after is MISSING or place.after == "":
            return place
        if self._wanted.stands_in(place.after):
            return place._replace(after=place.before)
        return place._replace(after=MASKED)

    def take_item(self, item: Item) -> None:
        """Gather the places beside the events in which the text stands."""
        value = item.value
        plain = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        shown = MISSING if item.shown is DROPPED or isinstance(value, bytes) else item.shown
        for place in places_in(plain, shown):
            if self._wanted.stands_in(place.before):
                target = self._target(f"beside the events: {item.kind}", None, None)
                if target is not None:
                    self._put_item(target, self._as_text(place._replace(channel="metadata")))

    def _put_item(self, target: _Target, place: Place) -> None:
        judge = Judge(self.engine, (None, None), self.engine.rules.root)
        fate, rule = judged(place, judge)
        target.verdicts[Verdict(channel="metadata", field=place.field, fate=fate, rule=rule)] = {}


def _is_idle(place: Place) -> bool:
    """Tell whether a place is not worth a line: a name, white space, or a tag that stays."""
    is_blank = (
        isinstance(place.before, str) and place.channel == "text" and not place.before.strip()
    )
    return place.is_name or is_blank or (place.channel == "structure" and place.kept)
