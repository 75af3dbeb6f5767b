"""Applying Relay's rules to an event.

The event is walked along with the table of its fields. What stands in a pair is reached
by the pair's name. A rule for a container takes it whole; else its parts are looked at.

Ids and times stay, whatever a rule says.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from replay_redact.errors import PolicyError
from replay_redact.scrub.relay.rules import KEPT, Apply, Rules
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

        self._rules_at = lru_cache(4096)(self._reached)

    def event(self, event: dict[str, Any], kind: str) -> dict[str, Any]:
        """Apply the rules to an event of a kind; it is changed in place."""
        self.scrub(event, KINDS[kind], (kind,))
        return event

    def scrub(self, value: Any, node: Node, path: tuple[str, ...]) -> Any:
        """Apply the rules to what an envelope has: headers, an event, or a list of events."""
        types = frozenset({_ROOTS.get(path[-1], "event"), "object"})
        self._parts(value, node, (Place(None, None, types),))
        return value

    def text(self, text: str) -> str:
        """Apply the rules to a text, which stands where anything may."""
        clean: str = self.value({"text": text})["text"] or ""
        return clean

    def value(self, value: Any) -> Any:
        """Apply the rules to a value, as to ``extra``."""
        return self.event({"extra": {"value": value}}, "event")["extra"]["value"]

    def _visit(self, container: Any, key: Any, node: Node, way: Way) -> None:
        value = container[key]
        if value is None or isinstance(value, bool) or _stays(value, node, way):
            return
        for apply in self._at(value, way):
            value = container[key] = apply(way[-1].key, value)
            if value is None or (isinstance(value, str) and value in KEPT):
                return
        self._parts(value, node, way)

    def _at(self, value: Any, way: Way) -> list[Apply]:
        return [] if isinstance(value, str) and value in KEPT else self._rules_at(way)

    def _reached(self, way: Way) -> list[Apply]:
        return [a for selector, rules in self._applications if selector.matches(way) for a in rules]

    def _parts(self, value: Any, node: Node, way: Way) -> None:
        if isinstance(value, dict):
            for name, child in value.items():
                part = _child(node, name)
                place = _place(name, None, child)
                if isinstance(part, Pairs) or (name in _PAIRS and isinstance(child, list)):
                    place = place._replace(types=place.types | {"array", "object"})
                self._visit(value, name, part, (*way, place))
        elif isinstance(value, list):
            self._list(value, node, way)

    def _list(self, value: list[Any], node: Node, way: Way) -> None:
        if value and all(_is_pair(item) for item in value):
            for pair in value:
                self._visit(pair, 1, _child(node, pair[0]), (*way, _place(pair[0], None, pair[1])))
            return
        if way[-1].key in _LISTS:
            way = (*way, Place("values", None, frozenset({"array"})))
        item_node = (
            node.item if isinstance(node, Each) else node if isinstance(node, Role) else Role.ANY
        )
        named = _TYPES.get(way[-1].key or "") or _TYPES.get(way[-2].key or "")
        for at, child in enumerate(value):
            place = _place(None, at, child)
            if named and isinstance(child, dict):
                place = place._replace(types=place.types | {named})
            self._visit(value, at, item_node, (*way, place))


def _stays(value: Any, node: Node, way: Way) -> bool:
    """Tell ids, times and words of the protocol, which no rule changes."""
    if not isinstance(node, Role):
        return False
    never = node in _NEVER or (
        node is Role.WORD and all(place.key not in _OF_APPLICATIONS for place in way)
    )
    return never and FORMS[node](value)


def _is_pair(item: Any) -> bool:
    return isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)


def _place(key: str | None, index: int | None, value: Any) -> Place:
    types = {_basic(value)}
    if key in _TYPES and not isinstance(value, list):
        types.add(_TYPES[key])
    return Place(key, index, frozenset(types))


def _basic(value: Any) -> str:
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
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
