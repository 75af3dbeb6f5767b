"""Places in events, as far as Relay's selectors tell them apart, and the rules for each.

A place is found once for each way of keys. Most keys are ordinary: neither a selector, nor a
rule, nor the table of fields names them, so all of them lead to one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from replay_redact._allowlists.sentry.roles import (
    FORMS,
    WORDS,
    Each,
    Node,
    OneOf,
    Pairs,
    Role,
    finder,
    known_of,
)
from replay_redact.scrub.relay.defaults import KEPT
from replay_redact.scrub.relay.rules import Apply
from replay_redact.scrub.relay.selectors import Place, Selector, Way, lower
from replay_redact.scrub.relay.sieve import sieve_of

_NEVER = frozenset({Role.ID, Role.TIME})
_OF_APPLICATIONS = frozenset(
    {"data", "tags", "contexts", "attributes", "sentry_tags", "request", "extra"}
)
"""Keys below which Relay takes words of the protocol for an application's own."""

_TYPES = {
    "stacktrace": "stack",
    "raw_stacktrace": "stack",
    "frames": "frame",
    "request": "http",
    "user": "user",
    "logentry": "logentry",
    "message": "message",
    "formatted": "message",
    "exception": "exception",
    "threads": "thread",
    "breadcrumbs": "breadcrumb",
    "spans": "span",
    "sdk": "sdk",
}
"""What Relay calls the values under a key, or the items of the list there."""

LISTS = frozenset({"exception", "threads", "breadcrumbs"})
"""Lists that Relay reads as ``{"values": […]}``."""

_PAIRS = frozenset({"cookies", "query_string", "headers", "tags"})
"""Lists of pairs, which are objects too."""

_NAMED = frozenset({*_TYPES, *LISTS, *_PAIRS, *_OF_APPLICATIONS})

MAX_SPOTS = 20_000
"""Keys whose places are remembered; beyond it, all are forgotten."""

MAX_DEPTH = 200
"""Levels that are looked at: what is deeper is removed. Relay refuses events of more than 128."""

_ROOTS = {"replay_event": "replay", "span": "span", "log": "log"}


NEVER, IF_FOUND, ALWAYS = range(3)
"""When rules have to look at a string: never; if a probe of theirs fires in it; or always, since
they go by its key, or by nothing."""


class Group:
    """The rules that hold at some places, and what tells the strings that they may change."""

    __slots__ = ("applies", "sieve")

    def __init__(self, applies: tuple[Apply, ...]) -> None:
        self.applies = applies
        self.sieve = sieve_of([probe for apply in applies for probe in apply.probes or ()])


class Spot:
    """A place in events, and the rules for it."""

    __slots__ = (
        *("asks", "further", "in_form", "key", "node", "others"),
        *("rules", "slow", "takes", "texts", "usual", "way"),
    )

    def __init__(self, way: Way, node: Node, rules: Group) -> None:
        self.way = way
        self.node = node
        self.key = way[-1].key
        self.rules = rules
        self.takes = any(apply.takes(self.key) for apply in rules.applies)
        sure = self.takes or any(apply.probes is None for apply in rules.applies)
        self.slow = self.takes or self.key in LISTS  # so the value itself has to be looked at
        self.asks = ALWAYS if sure else IF_FOUND if rules.applies else NEVER
        self.texts: dict[str, Spot] = {}
        """The spots of strings one step further, by their keys: most of an event are strings."""
        self.others: defaultdict[Any, dict[str, Spot]] = defaultdict(dict)
        """Those of other values, by their type, and their keys."""
        self.further: dict[Any, Spot] = {}
        """Those of items, of what stands in pairs, and of lists that are read as objects."""
        self.usual: dict[type, Spot] = {}
        """Those under ordinary keys."""
        self.in_form = _kept_form(node, way)
        """Tells ids, times and words of the protocol, which no rule changes."""

    def stays(self, text: str) -> bool:
        """Tell whether no rule changes a string, whatever it says."""
        return text in KEPT or (self.in_form is not None and self.in_form(text))


def _kept_form(node: Node, way: Way) -> Callable[[Any], bool] | None:
    """Return the form of what stays, whatever a rule says; ``None`` where nothing does."""
    if not isinstance(node, Role):
        return None
    own = node in WORDS and all(place.key not in _OF_APPLICATIONS for place in way)
    return FORMS[node] if own or node in _NEVER else None


_TOO_DEEP = Group((Apply(lambda _, texts: [None for _ in texts], lambda _: True, None),))
"""Rules that remove everything."""


class Spots:
    """The places of one configuration; ``applications`` pairs selectors with rules."""

    def __init__(self, applications: list[tuple[Selector, list[Apply]]]) -> None:
        self._applications = applications
        self.indexed = any(selector.has_index for selector, _ in applications)
        self._keys = frozenset().union(*(selector.keys for selector, _ in applications))
        self._roots: dict[tuple[str, int], Spot] = {}
        self._groups: dict[tuple[int, ...], Group] = {}
        self._made = 0

    def root(self, node: Node, kind: str) -> Spot:
        """Return the spot of an event of a kind."""
        if self._made > MAX_SPOTS:
            self._roots, self._made = {}, 0
        root = _ROOTS.get(kind, "event")
        spot = self._roots.get((root, id(node)))
        if spot is None:
            way = (Place(None, None, frozenset({root, "object"})),)
            spot = self._roots[root, id(node)] = self._spot(way, node)
        return spot

    def _spot(self, way: Way, node: Node) -> Spot:
        self._made += 1
        node = node.other if isinstance(node, OneOf) else node
        if len(way) > MAX_DEPTH:
            return Spot(way, Role.ANY, _TOO_DEEP)
        reached = tuple(
            at for at, (selector, _) in enumerate(self._applications) if selector.matches(way)
        )
        rules = self._groups.get(reached)
        if rules is None:
            every = (apply for at in reached for apply in self._applications[at][1])
            rules = self._groups[reached] = Group(tuple(every))
        return Spot(way, node, rules)

    def under(self, spot: Spot, name: str, child: Any) -> Spot:
        """Return the spot of a value under a name."""
        return self._usual(spot, name, child) or self._under(spot, name, child)

    def _usual(self, spot: Spot, name: str, child: Any) -> Spot | None:
        """Return the spot that a name shares with others that mean nothing; ``None`` if it does."""
        small = name.lower()
        if name in _NAMED or small in _known_below(spot.node) or lower(name) in self._keys:
            return None
        if isinstance(spot.node, Each) and small == "values":
            return None
        self._made += 1
        kind = type(child)
        usual = spot.usual.get(kind)
        if usual is None:
            way = (*spot.way, Place(None, None, frozenset(_types(spot, name, child))))
            usual = spot.usual[kind] = self._spot(way, child_of(spot.node, name))
        takes = any(apply.takes(name) for apply in usual.rules.applies)
        return None if takes else usual

    def _under(self, spot: Spot, name: str, child: Any) -> Spot:
        types = _types(spot, name, child)
        listed = isinstance(child, list)
        holds = name in LISTS and isinstance(child, dict) and "values" in child
        if name in _TYPES and not (listed or holds):
            types.add(_TYPES[name])
        if name in _PAIRS and listed:
            types |= {"array", "object"}
        way = (*spot.way, Place(name, None, frozenset(types)))
        return self._spot(way, child_of(spot.node, name))

    def paired(self, spot: Spot, name: str, child: Any) -> Spot:
        """Return the spot of a value that stands in a pair, behind its name."""
        types = {_basic(child)}
        if name in _TYPES and not isinstance(child, list):
            types.add(_TYPES[name])
        way = (*spot.way, Place(name, None, frozenset(types)))
        return self._spot(way, child_of(spot.node, name))

    def at(self, spot: Spot, number: int | None, child: Any) -> Spot:
        """Return the spot of an item of a list."""
        node = spot.node
        item = node.item if isinstance(node, Each) else node if isinstance(node, Role) else Role.ANY
        types = {_basic(child)}
        named = [_TYPES[place.key] for place in spot.way[-2:] if place.key in _TYPES]
        if named and isinstance(child, dict):
            types.add(named[-1])
        return self._spot((*spot.way, Place(None, number, frozenset(types))), item)

    def values(self, spot: Spot) -> Spot:
        """Return the spot of a list that Relay reads as an object with ``values``."""
        place = Place("values", None, frozenset({"array"}))
        return self._spot((*spot.way, place), spot.node)


def _types(spot: Spot, name: str, child: Any) -> set[str]:
    """Return what any value of a type is under a name."""
    pairs = isinstance(child_of(spot.node, name), Pairs)
    return {_basic(child), "array", "object"} if pairs else {_basic(child)}


def _basic(value: Any) -> str:
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float):  # no rule changes booleans, so they never come here
        return "number"
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else ""


def _known_below(node: Node) -> Mapping[str, Node]:
    """Return the fields that the table has of an object, or of the items of a list."""
    while isinstance(node, Each):
        node = node.item
    return known_of(node)


def child_of(node: Node, name: str) -> Node:
    """Return what the table says of a field."""
    if isinstance(node, Each):
        return node if name == "values" else child_of(node.item, name)
    return finder(node)(name)
