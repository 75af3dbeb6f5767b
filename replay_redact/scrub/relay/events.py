"""Applying Relay's rules to an event.

The event is walked along with the table of its fields. What stands in a pair is reached
by the pair's name. A rule for a container takes it whole; else its parts are looked at.

Ids and times stay, whatever a rule says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from replay_redact.errors import PolicyError
from replay_redact.scrub.relay.defaults import KEPT
from replay_redact.scrub.relay.rules import Apply, Rules
from replay_redact.scrub.relay.selectors import Place, Selector, Way
from replay_redact.scrub.sentry.roles import FORMS, Attributes, Each, Fields, Node, Pairs, Role
from replay_redact.scrub.sentry.schema import KINDS

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

_LISTS = frozenset({"exception", "threads", "breadcrumbs"})
"""Lists that Relay reads as ``{"values": […]}``."""

_PAIRS = frozenset({"cookies", "query_string", "headers", "tags"})
"""Lists of pairs, which are objects too."""

_LEFT = frozenset({bool, type(None)})
"""Types of values that no rule changes."""

_Found = tuple[Any, Any, str | None]
"""Where a string stands: its container, its key or number there, and what rules call its key."""

MAX_SPOTS = 20_000
"""Places whose rules are remembered; beyond it, all are forgotten."""

_ROOTS = {"replay_event": "replay", "span": "span", "log": "log"}


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
        self._applications = [
            (
                Selector(selector),
                [apply for name in sorted(names) for apply in rules.compiled(name)],
            )
            for selector, names in applications.items()
        ]

        self.indexed = any(selector.has_index for selector, _ in self._applications)
        self._spots: dict[tuple[str, int], _Spot] = {}
        self._groups: dict[tuple[int, ...], tuple[Apply, ...]] = {}
        self._made = 0

    def event(self, event: dict[str, Any], kind: str) -> dict[str, Any]:
        """Apply the rules to an event of a kind; it is changed in place."""
        self.scrub(event, KINDS[kind], (kind,))
        return event

    def scrub(self, value: Any, node: Node, path: tuple[str, ...]) -> Any:
        """Apply the rules to what an envelope has: headers, an event, or a list of events."""
        if self._made > MAX_SPOTS:
            self._spots, self._made = {}, 0
        root = _ROOTS.get(path[-1], "event")
        spot = self._spots.get((root, id(node)))
        if spot is None:
            way = (Place(None, None, frozenset({root, "object"})),)
            spot = self._spots[root, id(node)] = self._spot(way, node)
        _Visit(self).run(value, spot)
        return value

    def _spot(self, way: Way, node: Node) -> _Spot:
        self._made += 1
        reached = [
            at for at, (selector, _) in enumerate(self._applications) if selector.matches(way)
        ]
        rules = tuple(apply for at in reached for apply in self._applications[at][1])
        return _Spot(way, node, self._groups.setdefault(tuple(reached), rules))

    def under(self, spot: _Spot, name: str, child: Any) -> _Spot:
        """Return the spot of a value under a name."""
        node = _child(spot.node, name)
        types = {_basic(child)}
        listed = isinstance(child, list)
        holds = name in _LISTS and isinstance(child, dict) and "values" in child
        if name in _TYPES and not (listed or holds):
            types.add(_TYPES[name])
        if isinstance(node, Pairs) or (name in _PAIRS and listed):
            types |= {"array", "object"}
        return self._spot((*spot.way, Place(name, None, frozenset(types))), node)

    def paired(self, spot: _Spot, name: str, child: Any) -> _Spot:
        """Return the spot of a value that stands in a pair, behind its name."""
        types = {_basic(child)}
        if name in _TYPES and not isinstance(child, list):
            types.add(_TYPES[name])
        way = (*spot.way, Place(name, None, frozenset(types)))
        return self._spot(way, _child(spot.node, name))

    def at(self, spot: _Spot, number: int | None, child: Any) -> _Spot:
        """Return the spot of an item of a list."""
        node = spot.node
        item = node.item if isinstance(node, Each) else node if isinstance(node, Role) else Role.ANY
        types = {_basic(child)}
        named = [_TYPES[place.key] for place in spot.way[-2:] if place.key in _TYPES]
        if named and isinstance(child, dict):
            types.add(named[-1])
        return self._spot((*spot.way, Place(None, number, frozenset(types))), item)

    def values(self, spot: _Spot) -> _Spot:
        """Return the spot of a list that Relay reads as an object with ``values``."""
        place = Place("values", None, frozenset({"array"}))
        return self._spot((*spot.way, place), spot.node)

    def text(self, text: str) -> str:
        """Apply the rules to a text, which stands where anything may."""
        clean: str = self.value({"text": text})["text"] or ""
        return clean

    def value(self, value: Any) -> Any:
        """Apply the rules to a value, as to ``extra``."""
        return self.event({"extra": {"value": value}}, "event")["extra"]["value"]


class _Spot:
    """A place in events, as far as selectors tell places apart, and the rules for it."""

    __slots__ = ("further", "in_form", "key", "node", "rules", "takes", "texts", "way")

    def __init__(self, way: Way, node: Node, rules: tuple[Apply, ...]) -> None:
        self.way = way
        self.node = node
        self.key = way[-1].key
        self.rules = rules
        self.takes = any(apply.takes(self.key) for apply in rules)
        self.further: dict[Any, _Spot] = {}
        """The spots one step further, by the key or number and the type of what is there."""
        self.texts: dict[str, _Spot] = {}
        """The same for strings, by their keys alone: most of an event are strings."""

        own = node is Role.WORD and all(place.key not in _OF_APPLICATIONS for place in way)
        never = isinstance(node, Role) and (node in _NEVER or own)
        self.in_form = FORMS[node] if never and isinstance(node, Role) else None
        """Tells ids, times and words of the protocol, which no rule changes."""


class _Visit:
    """One walk over one event: strings are gathered, and scrubbed together."""

    def __init__(self, rules: RelayRules) -> None:
        self._rules = rules
        self._places: dict[int, list[_Found]] = {}
        self._applied: dict[int, tuple[Apply, ...]] = {}  # by the same numbers, the rules

    def run(self, value: Any, spot: _Spot) -> None:
        self._parts(value, spot)
        for one, places in self._places.items():
            _scrub(self._applied[one], places)

    def _text(self, container: Any, key: Any, text: str, spot: _Spot) -> None:
        """Have a string wait, unless no rule changes it."""
        rules = spot.rules
        if not rules or text in KEPT or (spot.in_form is not None and spot.in_form(text)):
            return
        one = id(rules)
        places = self._places.get(one)
        if places is None:
            places = self._places[one] = []
            self._applied[one] = rules
        places.append((container, key, spot.key))

    def _visit(self, container: Any, key: Any, value: Any, spot: _Spot) -> None:
        kind = type(value)
        if kind is str:
            self._text(container, key, value, spot)
        elif spot.in_form is not None and spot.in_form(value):
            return
        elif spot.takes:
            container[key] = None
        elif kind is dict or kind is list:
            self._parts(value, spot)

    def _parts(self, value: Any, spot: _Spot) -> None:
        if isinstance(value, list):
            self._list(value, spot)
            return
        texts, further = spot.texts, spot.further
        for name, child in value.items():
            kind: Any = type(child)
            if kind is str:
                below = texts.get(name)
                if below is None:
                    below = texts[name] = self._rules.under(spot, name, child)
                if below.rules:
                    self._text(value, name, child, below)
                continue
            if kind in _LEFT:
                continue
            if name in _LISTS and kind is dict and "values" in child:
                kind = "values"
            below = further.get((name, kind))
            if below is None:
                below = further[name, kind] = self._rules.under(spot, name, child)
            self._visit(value, name, child, below)

    def _list(self, value: list[Any], spot: _Spot) -> None:
        if value and type(value[0]) is list and all(map(_is_pair, value)):
            for pair in value:
                self._parts_of_pair(pair, spot)
            return
        if spot.key in _LISTS:
            if None not in spot.further:
                spot.further[None] = self._rules.values(spot)
            spot = spot.further[None]
        further, indexed = spot.further, self._rules.indexed
        below, of_kind = spot, None
        for at, child in enumerate(value):
            kind = type(child)
            if kind in _LEFT:
                continue
            if indexed or kind is not of_kind:
                number, of_kind = at if indexed else None, kind
                if (number, kind) not in further:
                    further[number, kind] = self._rules.at(spot, number, child)
                below = further[number, kind]
            self._visit(value, at, child, below)

    def _parts_of_pair(self, pair: list[Any], spot: _Spot) -> None:
        name, child = pair
        if type(child) in _LEFT:
            return
        step = ("pair", name, type(child))
        below = spot.further.get(step)
        if below is None:
            below = spot.further[step] = self._rules.paired(spot, name, child)
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


def _basic(value: Any) -> str:
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float):  # no rule changes booleans, so they never come here
        return "number"
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else ""


def _child(node: Node, name: str) -> Node:
    if isinstance(node, Each):
        return node if name == "values" else _child(node.item, name)
    fields = node.fields if isinstance(node, Pairs) else node
    if isinstance(fields, Attributes):
        return fields.known.get(name.lower(), Role.ANY)
    if isinstance(fields, Fields):
        return fields.known.get(name.lower(), fields.rest)
    return Role.ANY
