"""Scrubbing strings and JSON values as a `Scrub` says.

A rule may hold at some places only. For each place, the rules that hold there are compiled
together. A JSON value is walked once, its strings are gathered by their rules, and strings with the
same rules are searched together. Keys, lengths and nesting stay. Everything under a secret key is
scrubbed, containers too. Scrubbing twice gives the same as scrubbing once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from replay_redact._masks.json import is_name
from replay_redact.scrub.active_rules import Found, Tier
from replay_redact.scrub.config import Scrub, ScrubRule
from replay_redact.scrub.secret_keys import Keys

Path = tuple[str, ...]

Way = tuple[frozenset[int], ...]
"""How far each rule that does not hold everywhere has come on the way to a value."""


class Scanner:
    """What one `Scrub` does to strings and values."""

    def __init__(self, scrub: Scrub) -> None:
        self.scrub = scrub
        self.rules = tuple(scrub.rules)
        self.keys = Keys(scrub.keys)
        self._places = {
            rule: tuple(rule.where.split(".")) for rule in self.rules if rule.where != "**"
        }
        self._tiers: dict[tuple[ScrubRule, ...], Tier] = {}
        self.at_end_of = lru_cache(1024)(self._held)
        """Returns the rules that hold where a way ends."""

    def tier(self, rules: tuple[ScrubRule, ...]) -> Tier:
        """Return rules, compiled."""
        tier = self._tiers.get(rules)
        if tier is None:
            tier = self._tiers[rules] = Tier(self, rules)
        return tier

    def at(self, path: Path) -> Tier:
        """Return the rules that hold at a place, compiled."""
        return self.at_end_of(self.way(path))

    def way(self, path: Path = ()) -> Way:
        """Return how far the rules come along a path."""
        if not self._places:
            return ()
        way = tuple(_reached(place, {0}) for place in self._places.values())
        for key in path:
            way = self.step(way, key)
        return way

    def step(self, way: Way, key: str) -> Way:
        """Return how far they come one key further; a step takes the same time at any depth."""
        if not way:
            return way
        places = self._places.values()
        return tuple(_further(place, at, key) for place, at in zip(places, way, strict=True))

    def rules_at(self, way: Way) -> tuple[ScrubRule, ...]:
        """Return the rules that hold where a way ends."""
        places = zip(self._places.items(), way, strict=True)
        without = {rule for (rule, place), at in places if len(place) not in at}
        return tuple(rule for rule in self.rules if rule not in without)

    def _held(self, way: Way) -> Tier:
        return self.tier(self.rules_at(way))

    def strings(self, texts: Sequence[str], path: Path = ()) -> list[str]:
        """Scrub many strings that stand at one place."""
        return self.at(path).strings(texts)

    def string(self, text: str, path: Path = ()) -> str:
        """Scrub one string."""
        return self.at(path).strings((text,))[0]

    def named(self, item: dict[str, Any], path: Path) -> str:
        """Return what an object says is the key of its value, if that is secret."""
        return _named(item, self.at(path))

    def value(
        self,
        value: Any,
        path: Path = (),
        *,
        key: str = "",
        nesting: int = 0,
        found: Found | None = None,
    ) -> Any:
        """Scrub a JSON value: strings by what they say, others by their keys.

        ``key`` is the key that the value itself stands under; ``found`` gets the secrets
        that keys told.
        """
        walk = Walk(self, nesting, found)
        holder = [value]
        way = self.way(path)
        walk.add(holder, 0, value, way, secret=self.at_end_of(way).hides(key, value))
        walk.run()
        return holder[0]


def _further(place: Path, states: frozenset[int], key: str) -> frozenset[int]:
    """Return where in a pattern with ``*`` and ``**`` one may be after a key, in any case."""
    low = key.lower()
    return _reached(
        place,
        {
            at + (place[at] != "**")
            for at in states
            if at < len(place) and (place[at] in {"*", "**"} or place[at].lower() == low)
        },
    )


def _reached(place: Path, states: set[int]) -> frozenset[int]:
    """Add what can be reached without a key: ``**`` may stand for nothing."""
    for at, step in enumerate(place):
        if at in states and step == "**":
            states.add(at + 1)
    return frozenset(states)


_NAMES = frozenset({"name", "key", "field", "header"})


class Walk:
    """One walk over one JSON value; strings are gathered, and scrubbed together."""

    def __init__(self, scanner: Scanner, nesting: int, found: Found | None = None) -> None:
        self.scanner = scanner
        self.nesting = nesting
        self.found: Found = set() if found is None else found
        self.todo: list[tuple[Any, Any, Any, Way, bool]] = []
        self.texts: dict[int, tuple[Tier, list[tuple[Any, Any, str]]]] = {}

    def add(self, container: Any, key: Any, item: Any, way: Way, *, secret: bool = False) -> None:
        """Note what is to be scrubbed in place: what a container holds under a key."""
        self.todo.append((container, key, item, way, secret))

    def gathered(self, tier: Tier) -> list[tuple[Any, Any, str]]:
        """Return the strings that wait for the rules of one place, and where they stand."""
        found = self.texts.get(id(tier))
        if found is None:
            found = self.texts[id(tier)] = (tier, [])
        return found[1]

    def run(self) -> None:
        """Scrub all that was noted."""
        while self.todo:
            container, key, item, way, secret = self.todo.pop()
            tier = self.scanner.at_end_of(way)
            kind = type(item)
            if kind is dict:
                container[key] = self._object(item, way, tier, secret=secret)
            elif kind is list:
                container[key] = self._array(item, way, tier, secret=secret)
            elif kind is str and not secret:
                self.gathered(tier).append((container, key, item))
            else:
                container[key] = tier.scalar(item, self.found, secret=secret)
        self._strings()

    def _strings(self) -> None:
        """Scrub the strings that were gathered, and then copies of what keys told."""
        clean = [
            tier.strings([text for _, _, text in places], self.nesting, self.found)
            for tier, places in self.texts.values()
        ]
        for (tier, places), texts in zip(self.texts.values(), clean, strict=True):
            for (container, key, _), text in zip(places, texts, strict=True):
                container[key] = tier.without_copies(text, self.found) if self.found else text

    def _object(
        self, item: dict[str, Any], way: Way, tier: Tier, *, secret: bool
    ) -> dict[str, Any]:
        names = shown_names(item, tier)
        fresh = dict(zip(names, item.values(), strict=True))
        named = _named(item, tier)
        for shown, (name, child) in zip(names, item.items(), strict=True):
            hides = tier.hides(name, child)
            if not hides and shown != name:
                hides = tier.hides(_label(name, tier), child)
            hidden = secret or hides or (named != "" and name.lower() == "value")
            self.add(fresh, shown, child, self.scanner.step(way, name), secret=hidden)
        return fresh

    def _array(self, item: list[Any], way: Way, tier: Tier, *, secret: bool) -> list[Any]:
        fresh = list(item)
        pair = len(item) == 2
        hides_next = False
        for at, child in enumerate(item):
            self.add(fresh, at, child, self.scanner.step(way, str(at)), secret=secret or hides_next)
            names_next = isinstance(child, str) and (_announces(child) or (pair and at == 0))
            hides_next = names_next and tier.announces(child)
        return fresh


def _label(name: str, tier: Tier) -> str:
    return name if is_name(name) else tier.name(name)


def shown_names(item: Iterable[str], tier: Tier) -> list[str]:
    """Scrub the keys of an object; two that become alike are two secrets, and get numbers."""
    return numbered(_label(name, tier) for name in item)


def numbered(labels: Iterable[str]) -> list[str]:
    """Tell labels that are alike apart.

    >>> numbered(["[email]", "a", "[email]"])
    ['[email]', 'a', '[email] (2)']
    """
    given = list(labels)
    if len(set(given)) == len(given):
        return given
    shown: dict[str, None] = {}
    taken: Counter[str] = Counter()
    for label in given:
        fresh = label
        while fresh in shown:
            taken[label] += 1
            fresh = f"{label} ({taken[label] + 1})"
        shown[fresh] = None
    return list(shown)


def _named(item: dict[str, Any], tier: Tier) -> str:
    """Return what an object says is the key of its value, if that is secret."""
    for name, child in item.items():
        if isinstance(child, str) and name.lower() in _NAMES and tier.announces(child):
            return child
    return ""


def _announces(text: str) -> bool:
    """Tell whether a string says what comes after it, as ``--password`` and ``password:`` do."""
    return text.startswith("-") or text.endswith(":")


@lru_cache(64)
def scanner_of(scrub: Scrub) -> Scanner:
    """Return the scanner of a Scrub, compiled once."""
    return Scanner(scrub)
