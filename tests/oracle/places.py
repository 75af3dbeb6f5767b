"""The places of strings in an event, and the rule that would show each.

A `Claim` says about one string: these private words may be read if a rule shows that node. The
words of a place without a claim may not be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.oracle.dom import ELEMENT, TEXT, Node, bodies
from tests.oracle.levels import Decision, Levels

Rule = Callable[[Levels, Decision], bool]

_FIELDS = {"input", "textarea", "select", "option"}
_CODE_TAGS = {"script", "template", "noscript"}
_URLS = frozenset(
    """action cite classid codebase formaction href icon longdesc manifest ping profile usemap
    xlink:href""".split()
)
_SOURCES = frozenset("archive background data dynsrc lowsrc poster rr_dataurl rr_src src".split())
_SOURCE_SETS = {"imagesrcset", "srcset"}
_STYLES = {"style", "_csstext"}
_CLOSED = frozenset(
    """srcdoc nonce integrity checked selected hidden disabled readonly required data-sentry-block
    data-sentry-mask data-sentry-unmask data-sentry-ignore data-rr-is-password""".split()
)


class Claim:
    """One string about one node, the rule that shows it, and whether that rule held so far.

    ``at`` is the node; ``None`` where there is none, so that nothing can change later. ``node``
    is the node itself, where the event brings it. ``css``: it stood in a style sheet when it was
    said, so it goes out as CSS, wherever its node went since. ``changing``: it changed in place, or
    came without an element of its own.
    """

    __slots__ = ("at", "changing", "css", "node", "opened", "rule", "words")

    def __init__(self, words: list[str], at: object, rule: Rule) -> None:
        self.words = words
        self.at = at
        self.rule = rule
        self.node: Node | None = None
        self.css = False
        self.changing = False
        self.opened = True

    def ask(self, levels: Levels) -> None:
        """Judge again, by the present page."""
        if not self.opened:
            return
        node, dom = self.node, levels.dom
        if node is not None and (dom.nodes.get(node.id) is node or node.id in dom.new_twice):
            decision = levels.of(node)
        else:
            decision = levels.of_id(self.at)
        self.css = self.css or decision.css
        if self.css:
            decision = decision._replace(code=False)
        levels.changing, levels.partly = self.changing, False
        self.opened = self.rule(levels, decision)
        if levels.partly:
            self.words = [word for word in self.words if not word.isdigit()]


def bearers_of(root: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Return, for each text of a style element, the first one: the output has all CSS there."""
    bearers = {}
    for body in bodies(root):
        if str(body.get("tagName", "")).lower() == "style":
            texts = [below for below in body.get("childNodes") or () if below["type"] == TEXT]
            bearers.update({id(text): texts[0] for text in texts})
    return bearers


class Places:
    """Finds claims in events; ``private`` finds private words in a text."""

    def __init__(self, private: re.Pattern[str]) -> None:
        self.words = private.findall

    def claim(self, value: Any, at: object, rule: Rule) -> Iterator[Claim]:
        """Claim a string, a number, or all values in a list or an object, but no keys."""
        if isinstance(value, dict | list):
            inside = value.values() if isinstance(value, dict) else value
            for item in inside:
                yield from self.claim(item, at, rule)
        elif value is not None and not isinstance(value, bool):
            words = self.words(value if isinstance(value, str) else str(value))
            if words:
                yield Claim(words, at, rule)

    # --- nodes ---------------------------------------------------------------------------

    def of_node(self, body: dict[str, Any]) -> Iterator[Claim]:
        """Claim the content of one recorded node, without its children."""
        if body["type"] == TEXT:
            yield from self.claim(body.get("textContent"), body["id"], inner_text)
        elif body["type"] == ELEMENT:
            tag = str(body.get("tagName", "")).lower()
            yield from self.of_attributes(body.get("attributes") or {}, tag, body["id"])

    def of_attributes(self, given: dict[str, Any], tag: str, at: object) -> Iterator[Claim]:
        """Claim the values of attributes of an element with this tag."""
        for name, value in given.items():
            yield from self.of_attribute(name.lower(), value, tag, at)

    def of_attribute(self, name: str, value: Any, tag: str, at: object) -> Iterator[Claim]:
        if name in _SOURCES and tag not in _CODE_TAGS and isinstance(value, str):
            path, mark, query = value.partition("?")
            yield from self.claim(path, at, attribute_rule(name, tag))
            yield from self.claim(mark + query, at, _shown_query(name))
        elif isinstance(value, dict | list) and name not in _STYLES:
            return
        elif isinstance(value, int | float):
            return  # 0 in place of a number tells only that there is one
        else:
            yield from self.claim(value, at, attribute_rule(name, tag))

    # --- payloads ------------------------------------------------------------------------

    def of_payload(self, name: str, payload: Any) -> Iterator[Claim]:
        """Claim the payload of a custom or a plugin event."""
        if name not in KNOWN or not isinstance(payload, dict | list):
            known = name in KNOWN
            yield from self.claim(payload, None, scanned if known else never)
            return
        category = payload.get("category") if isinstance(payload, dict) else None
        if name == "breadcrumb" and isinstance(category, str) and category.startswith("ui."):
            yield from self._of_crumb(payload)
            return
        for path, value in _leaves(payload):
            yield from self.claim(value, None, address if path in KNOWN[name] else scanned)

    def _of_crumb(self, payload: Any) -> Iterator[Claim]:
        """Claim what a breadcrumb copies from a node."""
        data = payload.get("data")
        data = data if isinstance(data, dict) else {}
        node = data.get("node")
        node = node if isinstance(node, dict) else {}
        at = data.get("nodeId", node.get("id"))
        if node.get("id", at) != at:
            at = None
        for path, value in _leaves(payload):
            match path:
                case ("message",) if isinstance(value, str):
                    yield from self._of_message(value, at)
                case ("data", "node", "textContent"):
                    yield from self.claim(value, at, plain_text)
                case ("data", "node", "attributes", str() as name):
                    tag = str(node.get("tagName", "")).lower()
                    yield from self.of_attribute(name.lower(), value, tag, at)
                case ("data", "url") | ("data", "route"):
                    yield from self.claim(value, None, address)
                case ("data", "key") | ("data", "code"):
                    pass
                case _:
                    yield from self.claim(value, at, scanned_copy)

    def _of_message(self, message: str, at: object) -> Iterator[Claim]:
        """Claim attribute values of the last step in ``div.a > p[title="…"]``."""
        last = message.rfind(" > ") + 1
        for found in _MESSAGE_ATTRIBUTE.finditer(message):
            if found.start() >= last:
                yield from self.of_attribute(found[1].lower(), found[2], "", at)
        rest = _MESSAGE_ATTRIBUTE.sub("", message)
        yield from self.claim(rest, at, scanned_copy)


_MESSAGE_ATTRIBUTE = re.compile(r"\[([a-zA-Z][\w-]*)=\"([^\"]*)\"\]")


def _leaves(payload: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield values in a payload with the keys that lead to them; ``*`` is a place in a list."""
    todo: list[tuple[tuple[str, ...], Any]] = [((), payload)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, dict):
            todo += [((*path, name), item) for name, item in value.items()]
        elif isinstance(value, list):
            todo += [((*path, "*"), item) for item in value]
        else:
            yield path, value


_PAGE: set[tuple[str, ...]] = {("url",), ("href",), ("referrer",)}
KNOWN: dict[str, set[tuple[str, ...]]] = {
    "breadcrumb": {("data", name) for name in ("url", "from", "to", "route")},
    "performanceSpan": {("description",), ("data", "previous")},
    **{name: set() for name in ("options", "page-visible", "page-hidden")},
    **{name: set() for name in ("close-permanent", "close-temporary")},
    **dict.fromkeys(["recording-meta", "pageview-meta", "$pageview", "$url_changed"], _PAGE),
    "rrweb/console@1": set(),
    "rrweb/network@1": {("requests", "*", "name"), ("requests", "*", "url")},
    "rrweb/sequential-id@1": set(),
}
"""Payloads that are known, and where addresses stand in them."""


# --- rules ---------------------------------------------------------------------------------


def never(_levels: Levels, _decision: Decision) -> bool:
    return False


def plain_text(levels: Levels, decision: Decision) -> bool:
    return levels.shows_text(decision)


def inner_text(levels: Levels, decision: Decision) -> bool:
    """Tell what shows the text of a node. Code is emptied, and CSS has its own rule."""
    if decision.code or decision.blocked:
        return False
    if decision.css:
        return levels.shows_css(decision)
    return levels.shows_inner_text(decision)


def entered(levels: Levels, decision: Decision) -> bool:
    return levels.shows_input(decision)


def sheet(levels: Levels, decision: Decision) -> bool:
    return levels.shows_css(decision)


def free_sheet(levels: Levels, _decision: Decision) -> bool:
    """Tell what shows CSS that belongs to no node."""
    return not levels.options.mask_css


def font(levels: Levels, _decision: Decision) -> bool:
    return levels.options.keep_fonts


def address(levels: Levels, _decision: Decision) -> bool:
    return not levels.options.mask_urls and levels.options.metadata != "mask"


def page_address(levels: Levels, _decision: Decision) -> bool:
    return not levels.options.mask_urls


def scanned(levels: Levels, _decision: Decision) -> bool:
    return levels.options.metadata == "scrub"


def scanned_copy(levels: Levels, decision: Decision) -> bool:
    return levels.options.metadata == "scrub" and levels.shows_text(decision)


def attribute_rule(name: str, tag: str) -> Rule:
    """Return what shows the value of an attribute."""
    if name in _CLOSED or name.startswith(("on", "_on")):
        return never
    if name in _STYLES:
        return _unless_listed(name, sheet)
    if name in _SOURCE_SETS:
        return _unless_listed(name, _source_set)
    if name in _SOURCES and tag not in _CODE_TAGS:
        return _unless_listed(name, _media)
    if name in _SOURCES or name in _URLS:
        return _unless_listed(name, _link)
    if name in {"value", "label"} and tag in _FIELDS:
        return _unless_listed(name, entered)
    return _unless_listed(name, _said_or_allowed(name))


def _said_or_allowed(name: str) -> Rule:
    def opens(levels: Levels, decision: Decision) -> bool:
        gray = decision.picture and not levels.shows_media(decision)
        return (decision.allows(name) and not gray) or said(levels, decision)

    return opens


def _unless_listed(name: str, rule: Rule) -> Rule:
    def opens(levels: Levels, decision: Decision) -> bool:
        return name not in levels.options.listed and rule(levels, decision)

    return opens


def _media(levels: Levels, decision: Decision) -> bool:
    return levels.shows_media(decision)


def said(levels: Levels, decision: Decision) -> bool:
    """Tell what shows texts such as ``alt``. Those of a picture show only with the picture."""
    shows = not decision.picture or levels.shows_media(decision)
    return shows and levels.shows_text(decision)


def _source_set(levels: Levels, decision: Decision) -> bool:
    return levels.shows_media(decision) and not levels.options.mask_urls


def _link(levels: Levels, decision: Decision) -> bool:
    return not levels.options.mask_urls and not decision.forced


def _shown_query(name: str) -> Rule:
    return _unless_listed(name, _source_set)
