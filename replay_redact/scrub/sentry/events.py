"""Scrubbing one event by the table of fields.

The table says what a field may say. What has the form of an id, a time, a number or a
word of the protocol stays as it is; people are masked; addresses lose all but their host;
facts and code are looked through for secrets. The rest, which may be anything, is masked, or
scrubbed where the caller wants to read it.

Keys, order and nesting stay; a number is never replaced by another.
A field that is not in the table, and a value in another form than the
table says, may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from replay_redact._allowlists.sentry.attributes import TYPE
from replay_redact._allowlists.sentry.roles import (
    FACTS,
    FORMS,
    SPAN_NAMES,
    WORDS,
    Attributes,
    Each,
    Fields,
    Node,
    OneOf,
    Pairs,
    Role,
    finder,
    known_of,
)
from replay_redact._masks.json import mask_json, mask_key, masked_keys
from replay_redact._masks.text import mask_text
from replay_redact._masks.urls import mask_url, split_origin
from replay_redact.scrub.active_rules import Tier
from replay_redact.scrub.scanner import Path, Scanner, Walk, Way, shown_names
from replay_redact.scrub.validators import is_card

_LEFT = frozenset({bool, type(None)})
"""Types of values that say yes, no or nothing."""

_WHOLE = frozenset({Role.ANY, Role.PERSON})
"""Roles for which a list is one value."""

_IN_VERSIONS = frozenset({"ipv4", "ipv6", "mac", "imei", "phone"})
"""Detectors that versions and hashes may set off."""

_IN_CODE = _IN_VERSIONS | {"iban", "key"}
"""Detectors that words of the protocol and names in code may set off."""

_FACT = re.compile(r"[^\x00-\x1f\x7f]{0,512}\Z")
_IDENTIFIER = re.compile(
    r"(?!.*\d{6})[\w.$:<>/@\[\]-]{1,200}(?: \([\w.<>]{1,100}\))?\Z"
    r"|App Hanging\Z|Fatal App Hang (?:Non )?Fully Blocked\Z",
    re.ASCII,
)
_ENVIRONMENT = re.compile(r"[^\s/]{0,64}\Z")
_PACKAGE = re.compile(r"[@\w.:/+-]{1,100}\Z", re.ASCII)
_NOTHING = re.compile(r"(?!)")
_METHOD = re.compile(r"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) ")
_HAS_ORIGIN = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


class Events:
    """Scrubs events by the table; ``masks`` says whether what may be anything is masked."""

    def __init__(self, scanner: Scanner, *, masks: bool) -> None:
        self.scanner = scanner
        self.masks = masks
        self.facts_at = lru_cache(1024)(self._facts)
        """Returns the rules for facts, or for names in code, where a way ends."""
        self.is_clean = lru_cache(4096)(self._is_clean)
        """Tells whether a word holds no token; events have few words, again and again."""

    def _facts(self, way: Way, without: frozenset[str]) -> Tier:
        held = self.scanner.rules_at(way)
        return self.scanner.tier(
            tuple(rule for rule in held if rule.where != "**" or rule.detector not in without)
        )

    def _is_clean(self, way: Way, word: str) -> bool:
        """Look for tokens alone: a pattern of the user's changes no word of the protocol."""
        held = self.scanner.rules_at(way)
        tokens = (rule for rule in held if isinstance(rule.detector, str))
        tier = self.scanner.tier(tuple(rule for rule in tokens if rule.detector not in _IN_CODE))
        return tier.strings((word,)) == [word]

    def scrub(self, value: Any, node: Node, path: Path) -> Any:
        """Scrub what stands at a path, by what the table says of it."""
        return _Visit(self).run(value, node, path)


class _Visit:
    """One walk over one event: what is to be scrubbed is gathered, and scrubbed together."""

    def __init__(self, events: Events) -> None:
        self.events = events
        self.scanner = events.scanner
        self.walk = Walk(events.scanner, 0)
        self.origins: list[tuple[Any, Any, str]] = []
        self.facts: dict[int, tuple[Tier, list[tuple[Any, Any, str]]]] = {}

    def run(self, value: Any, node: Node, path: Path) -> Any:
        holder = [value]
        name = path[-1] if path else ""
        self.visit(holder, 0, node, self.scanner.way(path), name)
        self.walk.run()
        for container, key, origin in self.origins:
            container[key] = origin + container[key]
        for tier, places in self.facts.values():
            clean = tier.strings([text for _, _, text in places])
            for (container, key, _), text in zip(places, clean, strict=True):
                container[key] = text
        return holder[0]

    def visit(self, container: Any, key: Any, node: Any, way: Way, name: str) -> None:
        """Scrub in place what stands under a key; ``name`` is what the key was."""
        value = container[key]
        kind, said = type(value), type(node)
        if kind in _LEFT:
            return
        if said is Role:
            self._leaf(container, key, node, way, name)
        elif said is OneOf:
            self._one_of(container, key, node, way, name)
        elif said is Each:
            self._each(container, key, node, way, name)
        elif said is Pairs and kind is list:
            self._pairs(container, key, node.fields, way)
        elif kind is dict:
            self._object(container, key, node, way)
        else:
            people = isinstance(node, Fields) and node.rest is Role.PERSON
            self._leaf(container, key, Role.PERSON if people else Role.ANY, way, name)

    # --- containers ---

    def _object(self, container: Any, key: Any, node: Node, way: Way) -> None:
        item: dict[str, Any] = container[key]
        known = known_of(node)
        names, fresh = self._shown(item, known, node, way)
        container[key] = fresh
        find = finder(node)
        attributes = type(node) is Attributes
        step = self.scanner.step if way else None
        for shown, name in zip(names, item, strict=True):
            child = known.get(name) or find(name)
            further = step(way, name) if step else way
            if attributes and type(fresh[shown]) is dict:
                self._attribute(fresh, shown, child, further, name)
            else:
                self.visit(fresh, shown, child, further, name)

    def _shown(
        self, item: dict[str, Any], known: Mapping[str, Node], node: Node, way: Way
    ) -> tuple[Iterable[str], dict[str, Any]]:
        """Return the keys of an object as they go out, and the object with those keys."""
        if item.keys() <= known.keys() and self.events.masks:
            return item, item.copy()
        names = self._names(item, known, node, way)
        return names, dict(zip(names, item.values(), strict=True))

    def _names(
        self, item: dict[str, Any], known: Mapping[str, Node], node: Node, way: Way
    ) -> list[str]:
        if not self.events.masks:
            return shown_names(item, self.scanner.at_end_of(way))
        packages = isinstance(node, Fields) and node.rest is Role.FACT
        other = _PACKAGE if packages else _NOTHING
        clean = self.events.is_clean
        return masked_keys(
            item, {n for n in item if n.lower() in known or (other.match(n) and clean(way, n))}
        )

    def _attribute(self, container: Any, key: Any, node: Node, way: Way, name: str) -> None:
        """Scrub ``{"value": …, "type": …}``, where the name of the attribute says what it is."""
        known: Mapping[str, Node] = {"value": node, "type": TYPE, "unit": Role.WORD}
        item = container[key]
        names = masked_keys(item, known)
        fresh = container[key] = dict(zip(names, item.values(), strict=True))
        for shown, inner in zip(names, item, strict=True):
            said = name if inner == "value" else inner
            self.visit(fresh, shown, known.get(inner, Role.ANY), way, said)

    def _each(self, container: Any, key: Any, node: Each, way: Way, name: str) -> None:
        value = container[key]
        if isinstance(value, list):
            fresh = container[key] = list(value)
            if node.item is Role.SOURCE and not way and set(map(type, value)) == {str}:
                self._lines(fresh, way, name)
                return
            for at in range(len(fresh)):
                self.visit(fresh, at, node.item, self.scanner.step(way, str(at)), name)
        elif isinstance(value, dict) and "values" in value:
            self._object(container, key, Fields({"values": node}), way)
        else:
            self.visit(container, key, node.item, way, name)

    def _lines(self, lines: list[str], way: Way, name: str) -> None:
        """Scan lines of code, of which an event has hundreds."""
        tier = self.scanner.at_end_of(way)
        if tier.secret(name):
            for at in range(len(lines)):
                self._scan(lines, at, way, name)
        else:
            self.walk.gathered(tier).extend((lines, at, line) for at, line in enumerate(lines))

    def _pairs(self, container: Any, key: Any, fields: Fields, way: Way) -> None:
        fresh = container[key] = list(container[key])
        for at, pair in enumerate(fresh):
            parts = _parts(pair)
            if parts is None:
                self.visit(fresh, at, Role.ANY, way, "")
            else:
                self._pair(fresh, at, parts, fields, way)

    def _pair(self, pairs: Any, at: int, parts: tuple[Any, Any], fields: Fields, way: Way) -> None:
        """Scrub a value by the name beside it."""
        pair = pairs[at] = pairs[at].copy()
        first, second = parts
        name = pair[first]
        node = fields.known.get(name.lower(), fields.rest)
        self.visit(pair, second, node, self.scanner.step(way, name), name)
        if name.lower() not in fields.known:
            tier = self.scanner.at_end_of(way)
            pair[first] = mask_key(name) if self.events.masks else tier.name(name)

    # --- values ---

    def _one_of(self, container: Any, key: Any, node: OneOf, way: Way, name: str) -> None:
        value = container[key]
        if type(value) is not str or value not in node.words:
            self._leaf(container, key, node.other, way, name)

    def _leaf(self, container: Any, key: Any, role: Role, way: Way, name: str) -> None:
        value = container[key]
        form = FORMS.get(role)
        if form is not None and form(value) and self._stays(value, role, way):
            return
        if type(value) is list and role not in _WHOLE:
            nested = any(isinstance(item, list) for item in value)
            self._each(container, key, Each(Role.ANY if nested else role), way, name)
            return
        treatment: _Treatment = _TREATMENTS.get(role, _Visit._any)
        treatment(self, container, key, way, name)

    def _stays(self, value: Any, role: Role, way: Way) -> bool:
        """Tell whether what has the form of its role is that: tokens look like words, too."""
        if type(value) is not str:
            return True
        if role in WORDS:
            return self.events.is_clean(way, value)
        return role is not Role.ID or not (value.isdigit() and is_card(value.encode()))

    def _any(self, container: Any, key: Any, way: Way, name: str) -> None:
        if self.events.masks:
            self._person(container, key, way, name)
        else:
            self._scan(container, key, way, name)

    def _person(self, container: Any, key: Any, _way: Way, _name: str) -> None:
        value = container[key]
        text = type(value) is str
        container[key] = mask_text(value) if text else mask_json(value, number=None)

    def _scan(self, container: Any, key: Any, way: Way, name: str) -> None:
        value = container[key]
        tier = self.scanner.at_end_of(way)
        secret = tier.hides(name, value)
        if type(value) is str and not secret:
            self.walk.gathered(tier).append((container, key, value))
        else:
            self.walk.add(container, key, value, way, secret=secret)

    def _fact(self, container: Any, key: Any, way: Way, name: str) -> None:
        self._scan_fact(container, key, way, name, _IN_VERSIONS)

    def _function(self, container: Any, key: Any, way: Way, name: str) -> None:
        self._scan_fact(container, key, way, name, _IN_CODE)

    def _scan_fact(
        self, container: Any, key: Any, way: Way, name: str, without: frozenset[str]
    ) -> None:
        value = container[key]
        tier = self.events.facts_at(way, without)
        if isinstance(value, str) and _FACT.match(value):
            self.facts.setdefault(id(tier), (tier, []))[1].append((container, key, value))
        elif isinstance(value, int | float):
            container[key] = tier.scalar(value, self.walk.found, secret=False)
        else:
            self._any(container, key, way, name)

    def _identifier(self, container: Any, key: Any, way: Way, name: str) -> None:
        """Treat a name in code as such. Applications give errors and threads whole sentences."""
        value = container[key]
        named = isinstance(value, str) and _IDENTIFIER.match(value)
        (self._function if named else self._any)(container, key, way, name)

    def _environment(self, container: Any, key: Any, way: Way, name: str) -> None:
        """Treat what Sentry takes for the name of an environment as a fact: it has no blanks."""
        value = container[key]
        named = isinstance(value, str) and _ENVIRONMENT.match(value)
        (self._fact if named else self._any)(container, key, way, name)

    def _address(self, container: Any, key: Any, way: Way, name: str) -> None:
        value = container[key]
        if not isinstance(value, str):
            self._any(container, key, way, name)
        elif self.events.masks:
            container[key] = mask_url(value)
        else:
            self._scan_behind_origin(container, key, way, name)

    def _scan_behind_origin(self, container: Any, key: Any, way: Way, name: str) -> None:
        """Scan an address but for its host, which says where the program ran."""
        origin, container[key] = split_origin(container[key])
        self.origins.append((container, key, origin))
        self._scan(container, key, way, name)

    def _name(self, container: Any, key: Any, way: Way, name: str) -> None:
        value = container[key]
        if isinstance(value, str) and value in SPAN_NAMES:
            return
        method = _METHOD.match(value) if isinstance(value, str) and self.events.masks else None
        if method is None:
            self._address(container, key, way, name)
        else:
            container[key] = method[0] + mask_url(value[method.end() :])

    def _code(self, container: Any, key: Any, way: Way, name: str) -> None:
        value = container[key]
        if not isinstance(value, str):
            self._any(container, key, way, name)
            return
        if self.events.masks and _HAS_ORIGIN.match(value):
            container[key] = mask_url(value, keep_path=True)
        self._scan_behind_origin(container, key, way, name)

    def _source(self, container: Any, key: Any, way: Way, name: str) -> None:
        scans = isinstance(container[key], str)
        (self._scan if scans else self._any)(container, key, way, name)


_Treatment = Callable[[_Visit, Any, Any, Way, str], None]

_TREATMENTS: dict[Role, _Treatment] = {
    **dict.fromkeys(FACTS, _Visit._fact),
    Role.FUNCTION: _Visit._function,
    Role.ENVIRONMENT: _Visit._environment,
    Role.IDENTIFIER: _Visit._identifier,
    Role.NAME: _Visit._name,
    Role.ADDRESS: _Visit._address,
    Role.CODE: _Visit._code,
    Role.SOURCE: _Visit._source,
    Role.PERSON: _Visit._person,
}
"""What is done with what does not stay for its form; the rest may be anything."""


def _parts(pair: Any) -> tuple[Any, Any] | None:
    """Return where a pair has its name and its value; ``None`` if it is no pair."""
    if isinstance(pair, list) and len(pair) == 2:
        parts: tuple[Any, Any] = (0, 1)
    elif isinstance(pair, dict) and set(pair) == {"key", "value"}:
        parts = ("key", "value")
    else:
        return None
    return parts if isinstance(pair[parts[0]], str) else None
