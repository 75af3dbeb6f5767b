"""Applying Relay's rules to an event.

The event is walked along with the table of its fields. What stands in a pair is reached
by the pair's name. A rule for a container takes it whole; else its parts are looked at.
Strings are gathered, and one search over all of them tells which may hold what any rule looks
for: few do, and only those are looked at by each rule.

Ids and times stay, whatever a rule says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from replay_redact._allowlists.sentry.roles import Node
from replay_redact._allowlists.sentry.schema import KINDS
from replay_redact.errors import PolicyError
from replay_redact.scrub.relay.defaults import KEPT
from replay_redact.scrub.relay.rules import Apply, Rules
from replay_redact.scrub.relay.selectors import Selector
from replay_redact.scrub.relay.spots import ALWAYS, IF_FOUND, LISTS, Group, Spot, Spots

_LEFT = frozenset({bool, type(None)})
"""Types of values that no rule changes."""

_CONTAINERS = frozenset({dict, list})
_TEXTS = {str}

_Found = tuple[Any, Any, str | None]
"""Where a string stands: its container, its key or number there, and what rules call its key."""


class RelayRules:
    """The rules of a project, as Relay has them.

    ``config`` has ``rules``, ``vars`` and ``applications``. Raises `PolicyError` for a selector,
    a rule, a method or a pattern that is none.
    """

    def __init__(self, config: Any, hash_key: bytes | str | None = None) -> None:
        if not isinstance(config, Mapping):
            raise PolicyError("a configuration of Relay is an object")
        given, applications = config.get("rules") or {}, config.get("applications") or {}
        if not isinstance(given, Mapping) or not isinstance(applications, Mapping):
            raise PolicyError("rules and applications of Relay are objects")
        said = config.get("vars") or {}
        key = hash_key or (said.get("hashKey") if isinstance(said, Mapping) else None)
        rules = Rules(given, key)
        for name in given:
            rules.compiled(name)
        compiled = [
            (
                Selector(selector),
                [apply for name in sorted(names) for apply in rules.compiled(name)],
            )
            for selector, names in applications.items()
        ]
        self._spots = Spots(compiled)

    def event(self, event: dict[str, Any], kind: str) -> dict[str, Any]:
        """Apply the rules to an event of a kind; it is changed in place."""
        self.scrub(event, KINDS[kind], (kind,))
        return event

    def scrub(self, value: Any, node: Node, path: tuple[str, ...]) -> Any:
        """Apply the rules to what an envelope has: headers, an event, or a list of events."""
        walk = _Walk(self._spots)
        walk.run(value, self._spots.root(node, path[-1]))
        for group in walk.gathered.values():
            places = list(group.found())
            if places:
                _scrub(group.rules.applies, places)
        return value

    def text(self, text: str) -> str:
        """Apply the rules to a text, which stands where anything may."""
        return self.value(text, "text") or ""

    def value(self, value: Any, key: str) -> Any:
        """Apply the rules to a value under a key, as to ``extra``; ``None`` if it is removed."""
        left = self.event({"extra": {"value": {key: value}}}, "event")
        for name in ("extra", "value", key):
            if left is not None:
                left = left[name]
        return left


Add = Callable[[Any], None]


class _Gathered:
    """The strings of one event for which the same rules hold.

    Where a string stands follows from its number: ``begins`` has the number of the first one of
    each container.
    """

    __slots__ = ("_add", "begins", "containers", "keys", "rules", "sure", "texts")

    def __init__(self, rules: Group) -> None:
        self.rules = rules
        self.sure: list[tuple[Any, Any, Spot]] = []
        """Where strings stand that the rules have to look at, and the spots there."""
        self.texts: list[str] = []
        """Strings that the rules have to look at if a probe fires in them."""
        self.keys: list[Any] = []
        self.begins: list[int] = []
        self.containers: list[tuple[Any, Spot]] = []
        self._add = self.texts.append, self.keys.append

    def begin(self, container: Any, spot: Spot) -> tuple[Add, Add]:
        """Say whose strings come next: an object's, by its spot, or a list's, by theirs.

        Returns what adds a string, and what adds its key.
        """
        self.begins.append(len(self.texts))
        self.containers.append((container, spot))
        return self._add

    def found(self) -> Iterator[_Found]:
        """Yield the strings that the rules have to look at."""
        for container, key, spot in self.sure:
            if not spot.stays(container[key]):
                yield container, key, spot.key
        for at in self.rules.sieve(self.texts):
            container, spot = self.containers[bisect_right(self.begins, at) - 1]
            key = self.keys[at]
            below = spot.texts[key] if type(container) is dict else spot
            if not below.stays(container[key]):
                yield container, key, below.key


class _Walk:
    """One walk over one event, which gathers the strings that rules may change."""

    def __init__(self, spots: Spots) -> None:
        self._spots = spots
        self._todo: list[tuple[Any, Spot]] = []
        self.gathered: dict[Group, _Gathered] = {}

    def run(self, value: Any, spot: Spot) -> None:
        """Gather what stands in a container; what rules remove whole is removed."""
        self._todo.append((value, spot))
        while self._todo:
            container, spot = self._todo.pop()
            if type(container) is list:
                self._list(container, spot)
            else:
                self._object(container, spot)

    def _of(self, rules: Group) -> _Gathered:
        gathered = self.gathered.get(rules)
        if gathered is None:
            gathered = self.gathered[rules] = _Gathered(rules)
        return gathered

    def _object(self, value: dict[str, Any], spot: Spot) -> None:
        known, others, add = spot.texts, spot.others, self._todo.append
        rules: Any = None
        add_text: Any = None
        add_key: Any = None
        for name, child in value.items():
            kind = type(child)
            if kind is str:
                below = known.get(name)
                if below is None:
                    below = known[name] = self._spots.under(spot, name, child)
                if below.asks == IF_FOUND:
                    if below.rules is not rules:
                        rules = below.rules
                        add_text, add_key = self._of(rules).begin(value, spot)
                    add_text(child)
                    add_key(name)
                elif below.asks == ALWAYS:
                    self._of(below.rules).sure.append((value, name, below))
            elif kind not in _LEFT:
                below = others[kind].get(name)
                if below is None or below.slow:
                    self._visit(value, name, child, self._below(spot, name, child))
                elif kind in _CONTAINERS:
                    add((child, below))

    def _below(self, spot: Spot, name: str, child: Any) -> Spot:
        """Return the spot of what is no string, under a name."""
        kind: Any = type(child)
        if kind is dict and name in LISTS and "values" in child:
            kind = "values"
        spots = spot.others[kind]
        below = spots.get(name)
        if below is None:
            below = spots[name] = self._spots.under(spot, name, child)
        return below

    def _visit(self, container: Any, key: Any, value: Any, below: Spot) -> None:
        if type(value) is str:
            self._text(container, key, value, below)
        elif below.takes:
            if below.in_form is None or not below.in_form(value):
                container[key] = None
        elif type(value) is dict or type(value) is list:
            self._todo.append((value, below))

    def _text(self, container: Any, key: Any, text: str, below: Spot) -> None:
        if below.asks == IF_FOUND:
            add_text, add_key = self._of(below.rules).begin(container, below)
            add_text(text)
            add_key(key)
        elif below.asks == ALWAYS:
            self._of(below.rules).sure.append((container, key, below))

    def _list(self, value: list[Any], spot: Spot) -> None:
        if value and type(value[0]) is list and all(map(_is_pair, value)):
            for pair in value:
                self._pair(pair, spot)
            return
        if spot.key in LISTS:
            if None not in spot.further:
                spot.further[None] = self._spots.values(spot)
            spot = spot.further[None]
        if not self._spots.indexed and set(map(type, value)) == _TEXTS:
            self._strings(value, spot)
        else:
            self._items(value, spot)

    def _strings(self, value: list[str], spot: Spot) -> None:
        """Gather the items of a list that has strings only."""
        below = self._item(spot, None, value[0])
        if below.asks == IF_FOUND:
            gathered = self._of(below.rules)
            gathered.begin(value, below)
            gathered.texts += value
            gathered.keys += range(len(value))
        elif below.asks == ALWAYS:
            self._of(below.rules).sure += [(value, at, below) for at in range(len(value))]

    def _items(self, value: list[Any], spot: Spot) -> None:
        for at, child in enumerate(value):
            if type(child) not in _LEFT:
                number = at if self._spots.indexed else None
                self._visit(value, at, child, self._item(spot, number, child))

    def _item(self, spot: Spot, number: int | None, child: Any) -> Spot:
        below = spot.further.get((number, type(child)))
        if below is None:
            below = spot.further[number, type(child)] = self._spots.at(spot, number, child)
        return below

    def _pair(self, pair: list[Any], spot: Spot) -> None:
        name, child = pair
        if type(child) in _LEFT:
            return
        step = ("pair", name, type(child))
        below = spot.further.get(step)
        if below is None:
            below = spot.further[step] = self._spots.paired(spot, name, child)
        self._visit(pair, 1, child, below)


def _scrub(rules: tuple[Apply, ...], places: list[_Found]) -> None:
    """Apply rules, one after the other, to the strings in some places."""
    texts = [container[key] for container, key, _ in places]
    names = [name for _, _, name in places]
    for apply in rules:
        clean = apply.strings(names, texts)
        if clean == texts:  # as most rules leave most events
            continue
        for (container, key, _), text in zip(places, clean, strict=True):
            container[key] = text
        left = [
            (place, text)
            for place, text in zip(places, clean, strict=True)
            if text is not None and text not in KEPT
        ]
        places, texts = [place for place, _ in left], [text for _, text in left]
        names = [name for _, _, name in places]


def _is_pair(item: Any) -> bool:
    return isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)
