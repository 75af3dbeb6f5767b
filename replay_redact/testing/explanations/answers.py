"""What an explanation says, and the page that it prints.

It names elements by tag, id and class, attributes by name, and rules; it shows no other content.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from replay_redact.policy import Level

_MOST_GROUPS = 10  # that are printed
_MOST_PATHS = 3  # of one group
_MOST_EVENTS = 4  # of one verdict
_MOST_NEAR = 5


_NAMES = {"tagName": "tag", "isChecked": "checked", "selectedOptionIds": "selected"}


class Step(NamedTuple):
    """The decision about one element on the path: its id, name, level and rule.

    The name is ``""`` if the output does not have the element.
    """

    node: int
    name: str
    level: Level
    rule: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Verdict:
    """What becomes of one place of an element, and why.

    * ``channel``: as in `Leak`: text, attribute, input, url, media, css, pointer, …
    * ``field``: the place in the event, such as ``attributes.title``.
    * ``fate``: ``kept``, ``masked``, ``masked in part``, ``blocked``, ``emptied`` or ``dropped``.
    * ``rule``: why.
    * ``element``: the element on which the rule stands, or ``""``: it is about all of them.
    * ``page``: the page whose options held, if the policy has ``pages``: ``page '/admin/**'``.
    * ``events``: indices of the events in which this holds, from 0.
    """

    channel: str
    field: str
    fate: str
    rule: str
    element: str = ""
    page: str = ""
    events: tuple[int, ...] = ()

    def __str__(self) -> str:
        return _told(self, self.events)

    @property
    def name(self) -> str:
        """The name of the place for people: that of the attribute, or of the channel.

        >>> Verdict(channel="attribute", field="attributes.title", fate="masked", rule="").name
        'title'
        """
        _, attribute, name = self.field.partition("attributes.")
        if attribute:
            return name
        return "metadata" if "payload" in self.field else _NAMES.get(self.field, self.channel)


class Inside(NamedTuple):
    """How many places below an element share a fate, a reason and the page that says so."""

    channel: str
    fate: str
    rule: str
    places: int
    page: str = ""

    def __str__(self) -> str:
        places = _count(self.places, "place", "places")
        return f"{self.channel:<14}  {self.fate:<14}  {self.rule}{_on(self.page)} ({places})"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Match:
    """One node that was asked for, or one element or event in which a text stands.

    * ``node``: its id, or ``None`` if the event is about no node.
    * ``path``: the element in the form of a CSS selector, or the kind of the event.
    * ``window``: the number of the window (tab), from 1.
    * ``steps``: the decisions about its ancestors and itself, the outermost first, as they were
      when it was last on the page.
    * ``verdicts``: what becomes of its own places, or of those in which the text stands.
    * ``inside``: the same of what is below it, in figures.
    """

    node: int | None
    path: str
    window: int = 1
    steps: tuple[Step, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    inside: tuple[Inside, ...] = ()

    def _lines(self) -> Iterator[str]:
        if self.steps:
            yield f"{'decided by':<14}  {_chain(self.steps)}"
        yield from _merged(self.verdicts)
        if self.inside:
            yield "inside:"
            yield from (f"  {inside}" for inside in self.inside)
        elif not self.verdicts:
            yield "it holds nothing: no text, no attribute, no event about it"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Near:
    """A place that comes near to a text that is found nowhere: how, its element and event."""

    how: str
    path: str
    event: int | None = None

    def __str__(self) -> str:
        where = "" if self.event is None else f" (event {self.event})"
        return f"{self.how}: {self.path}{where}" if self.path else self.how + where


@dataclasses.dataclass(frozen=True, kw_only=True)
class Explanation:
    """What a policy does with what was asked for; ``str`` is a page to read.

    * ``asked``: what was asked for, and how it was read: ``selector nav``.
    * ``matches``: all that was found, in recording order, up to a limit.
    * ``more``: how many further matches were left out.
    * ``near``: where a text that was not found nearly is.
    * ``hint``: what else could have been meant, or ``""``.
    """

    asked: str
    matches: tuple[Match, ...] = ()
    more: int = 0
    near: tuple[Near, ...] = ()
    hint: str = ""

    def __bool__(self) -> bool:
        return bool(self.matches or self.more)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        total = len(self.matches) + self.more
        yield f"{self.asked}: {_count(total, 'match', 'matches') if total else 'found nowhere'}"
        yield from [self.hint] if self.hint else []
        groups = self.groups()
        for group in groups[:_MOST_GROUPS]:
            yield ""
            yield from _heads(group)
            yield from (f"  {line}" for line in group[0]._lines())
        left = sum(map(len, groups[_MOST_GROUPS:])) + self.more
        yield from ["", f"and {_count(left, 'match', 'matches')} more"] if left else []
        yield from _bounded(list(map(str, self.near)), _MOST_NEAR)

    def groups(self) -> list[list[Match]]:
        """Return the matches in groups: those of a group have the same verdicts.

        Events, and the elements on which rules stand, may differ.
        """
        found: dict[Any, list[Match]] = {}
        for match in self.matches:
            found.setdefault(_signature(match), []).append(match)
        return list(found.values())

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        plain = dataclasses.asdict(self)
        for match in plain["matches"]:
            match["steps"] = [
                {**step._asdict(), "level": step.level.name.lower()} for step in match["steps"]
            ]
            match["inside"] = [inside._asdict() for inside in match["inside"]]
        return plain


def _signature(match: Match) -> Any:
    verdicts = ((own.channel, own.field, own.fate, own.rule, own.page) for own in match.verdicts)
    rules = (step.rule for step in match.steps[-1:])
    return (*rules, None, *verdicts, *match.inside)


def _heads(group: list[Match]) -> Iterator[str]:
    """Yield the paths of a group, each with the ids of its nodes."""
    nodes: dict[tuple[str, int], list[int]] = {}
    for match in group:
        own = nodes.setdefault((match.path, match.window), [])
        own += [] if match.node is None else [match.node]
    several = {window for _, window in nodes} != {1}
    yield from _bounded(
        [
            path + (f", window {window}" if several else "") + _ids(ids)
            for (path, window), ids in nodes.items()
        ],
        _MOST_PATHS,
    )


def _ids(ids: list[int]) -> str:
    return f" ({_listed('node', ids)})" if ids else ""


def _told(verdict: Verdict, events: Iterable[int]) -> str:
    on = _on(verdict.element) + _on(verdict.page)
    where = _listed("event", sorted(events))
    return f"{verdict.name:<14}  {verdict.fate:<14}  {verdict.rule}{on} ({where})"


def _on(name: str) -> str:
    return f", on {name}" if name else ""


def _merged(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Yield one line for verdicts that read alike: those about several fields of an event."""
    found: dict[Any, tuple[Verdict, set[int]]] = {}
    for own in verdicts:
        alike = (own.name, own.fate, own.rule, own.element, own.page)
        _, events = found.setdefault(alike, (own, set()))
        events.update(own.events)
    yield from (_told(first, events) for first, events in found.values())


def _listed(noun: str, numbers: list[int]) -> str:
    """Name numbers, the first few of them.

    >>> _listed("node", [7]), _listed("node", [1, 2, 3, 4, 5, 6])
    ('node 7', 'nodes 1, 2, 3, 4 and 2 more')
    """
    shown = ", ".join(map(str, numbers[:_MOST_EVENTS]))
    left = len(numbers) - _MOST_EVENTS
    return f"{noun}{'s' * (len(numbers) > 1)} {shown}" + (f" and {left} more" if left > 0 else "")


def _chain(steps: tuple[Step, ...]) -> str:
    """Name the rule that decided, and those around it that it overrides, the nearest first."""
    runs = itertools.groupby(steps, key=lambda step: (step.rule, step.level))
    nearest, *around = [next(run) for _, run in runs][::-1]  # each where its rule stands
    kept = [step for step in around if step.level is not Level.DEFAULT]
    named = [
        step.rule if step.level is Level.DEFAULT else step.rule + _on(step.name)
        for step in (nearest, *kept)
    ]
    return ", inside of ".join(named[:_MOST_PATHS])


def _bounded(lines: list[str], most: int) -> Iterator[str]:
    yield from lines[:most]
    if len(lines) > most:
        yield f"and {len(lines) - most} more"


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
