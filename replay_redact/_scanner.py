"""Scanning strings and JSON values for what a `Scrub` says is secret.

Theory: a rule may hold at some places only. Rules that hold at the same place are a
tier, which scans the strings that stand there; a JSON value is walked once, its
strings are gathered by tier, and each tier scans all of its own together.

Invariant: scanning twice is scanning once; keys, lengths and nesting stay.
Failure direction: what stands under a secret key is scrubbed whole, containers too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from replay_redact._json_masks import is_name
from replay_redact._keys import Keys
from replay_redact._tier import MAX_NESTING, Tier
from replay_redact.scrub import Scrub, ScrubRule

Path = tuple[str, ...]


class Scanner:
    """What one `Scrub` does to strings and values."""

    def __init__(self, scrub: Scrub) -> None:
        self.scrub = scrub
        self.rules = tuple(scrub.rules)
        self.keys = Keys(scrub.keys)
        self._places = [tuple(rule.where.split(".")) for rule in self.rules]
        self._anywhere = all(rule.where == "**" for rule in self.rules)
        self._tiers: dict[tuple[ScrubRule, ...], Tier] = {}
        self._everywhere = self._tier(self.rules)

    def _tier(self, rules: tuple[ScrubRule, ...]) -> Tier:
        tier = self._tiers.get(rules)
        if tier is None:
            tier = self._tiers[rules] = Tier(self, rules)
        return tier

    def at(self, path: Path) -> Tier:
        """Return the rules that hold at a place, compiled."""
        if self._anywhere:
            return self._everywhere
        held = zip(self.rules, self._places, strict=True)
        return self._tier(tuple(rule for rule, place in held if _fits(place, path)))

    def at_end_of(self, way: _Way) -> Tier:
        """Return the rules that hold where a way ends."""
        return self._everywhere if self._anywhere else self.at(way.path())

    def strings(self, texts: Sequence[str], path: Path = ()) -> list[str]:
        """Scrub many strings that stand at one place."""
        return self.at(path).strings(texts)

    def string(self, text: str, path: Path = ()) -> str:
        """Scrub one string."""
        return self.at(path).strings((text,))[0]

    def named(self, item: dict[str, Any], path: Path) -> str:
        """Return what an object says is the key of its value, if that is secret."""
        return _named(item, self.at(path))

    def value(self, value: Any, path: Path = (), *, key: str = "", nesting: int = 0) -> Any:
        """Scrub a JSON value: strings by what they say, others by their keys.

        ``key`` is the key that the value itself stands under.
        """
        walk = _Walk(self, nesting)
        holder = [value]
        walk.add(holder, 0, value, _Way(None, path), secret=self.at(path).secret(key))
        walk.run()
        return holder[0]


def _fits(place: Path, path: Path) -> bool:
    """Tell whether a path of keys fits a pattern with ``*`` and ``**``, in any case."""
    states = _reached(place, {0})
    for key in path:
        low = key.lower()
        states = _reached(
            place,
            {
                at + (place[at] != "**")
                for at in states
                if at < len(place) and (place[at] in {"*", "**"} or place[at].lower() == low)
            },
        )
    return len(place) in states


def _reached(place: Path, states: set[int]) -> set[int]:
    """Add what can be reached without a key: ``**`` may stand for nothing."""
    for at, step in enumerate(place):
        if at in states and step == "**":
            states.add(at + 1)
    return states


_NAMES = frozenset({"name", "key", "field", "header"})


class _Way(NamedTuple):
    """The keys that lead to a value, as a step from its container: whole paths fill memory."""

    above: _Way | None
    steps: Path

    def path(self) -> Path:
        ways: list[Path] = []
        way: _Way | None = self
        while way is not None:
            ways.append(way.steps)
            way = way.above
        return tuple(step for steps in reversed(ways) for step in steps)


class _Walk:
    """One walk over one JSON value; strings are gathered, and scrubbed together."""

    def __init__(self, scanner: Scanner, nesting: int) -> None:
        self.scanner = scanner
        self.nesting = nesting
        self.todo: list[tuple[Any, Any, Any, _Way, bool]] = []
        self.texts: dict[int, tuple[Tier, list[tuple[Any, Any, str]]]] = {}

    def add(self, container: Any, key: Any, item: Any, way: _Way, *, secret: bool = False) -> None:
        self.todo.append((container, key, item, way, secret))

    def run(self) -> None:
        while self.todo:
            container, key, item, way, secret = self.todo.pop()
            tier = self.scanner.at_end_of(way)
            if isinstance(item, dict):
                container[key] = self._object(item, way, tier, secret=secret)
            elif isinstance(item, list):
                container[key] = self._array(item, way, tier, secret=secret)
            elif isinstance(item, str) and not secret:
                self.texts.setdefault(id(tier), (tier, []))[1].append((container, key, item))
            else:
                container[key] = tier.scalar(item, secret=secret)
        for tier, places in self.texts.values():
            clean = tier.strings([text for _, _, text in places], self.nesting)
            for (container, key, _), text in zip(places, clean, strict=True):
                container[key] = text

    def _object(
        self, item: dict[str, Any], way: _Way, tier: Tier, *, secret: bool
    ) -> dict[str, Any]:
        fresh: dict[str, Any] = {}
        named = _named(item, tier)
        taken: Counter[str] = Counter()
        for name, child in item.items():
            label = shown = name if is_name(name) else tier.strings((name,), MAX_NESTING)[0]
            while shown in fresh:  # two secrets, so both of them are kept apart
                taken[label] += 1
                shown = f"{label} ({taken[label] + 1})"
            fresh[shown] = child
            hidden = secret or tier.secret(name) or (named != "" and name.lower() == "value")
            self.add(fresh, shown, child, _Way(way, (name,)), secret=hidden)
        return fresh

    def _array(self, item: list[Any], way: _Way, tier: Tier, *, secret: bool) -> list[Any]:
        fresh = list(item)
        pair = len(item) == 2
        hides_next = False
        for at, child in enumerate(item):
            self.add(fresh, at, child, _Way(way, (str(at),)), secret=secret or hides_next)
            names_next = isinstance(child, str) and (_announces(child) or (pair and at == 0))
            hides_next = names_next and tier.secret(child)
        return fresh


def _named(item: dict[str, Any], tier: Tier) -> str:
    """Return what an object says is the key of its value, if that is secret."""
    for name, child in item.items():
        if isinstance(child, str) and name.lower() in _NAMES and tier.secret(child):
            return child
    return ""


def _announces(text: str) -> bool:
    """Tell whether a string says what comes after it, as ``--password`` and ``password:`` do."""
    return text.startswith("-") or text.endswith(":")


@lru_cache(64)
def scanner_of(scrub: Scrub) -> Scanner:
    """Return the scanner of a Scrub, compiled once."""
    return Scanner(scrub)
