"""Gather what a reviewer must see: what was masked, where and why, and what is in clear.

* **Masked** is what `find_leaks` lists, so the preview and the checks cannot disagree.
* **In clear** is every text or value of the redacted tree that masking would still change,
  whichever rule shows it.
* The output of a ``mask_fn`` counts as masked only if the function leaves its own output as it is,
  and changes it once a letter is added.

A `Review` itself describes masked and clear places by channels, rules and paths of public names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from replay_redact._allowlists.attributes import Kind, kind_of
from replay_redact._engine.engine import Engine
from replay_redact._masks.media import placeholder
from replay_redact._masks.text import is_masked
from replay_redact._masks.urls import EMPTY_DATA
from replay_redact._page.masking import IN_TEXT, NEUTRAL_COLOR, Masks
from replay_redact._page.refined import place_of
from replay_redact._rules.decisions import Decision
from replay_redact._rules.strict import Context
from replay_redact._wire.codec import copy_event, decode
from replay_redact.events import (
    FullSnapshot,
    IncrementalSnapshot,
    Input,
    Mutation,
    WindowKey,
    window_of,
)
from replay_redact.nodes import Document, Element, Node, Text
from replay_redact.policy import Policy, TextPlace
from replay_redact.preview.film import Film
from replay_redact.preview.hints import Clear, Mark, Masked, Region, hints_of
from replay_redact.preview.inert import inert_document
from replay_redact.testing import Leak, find_leaks
from replay_redact.testing.node_paths import Names, WindowNames, hidden_by

_READ_KINDS = frozenset({Kind.TEXT, Kind.VALUE})
_SILENT_TAGS = frozenset({"style", "script", "template", "slot"})
_UNSEEN = frozenset({"event", "metadata", "pointer"})  # channels that no page shows
_NOTHING = frozenset({"about:blank", EMPTY_DATA, NEUTRAL_COLOR})


class Marked(NamedTuple):
    """One full snapshot before and after redaction, and what was done to each element."""

    event: int
    before: Node
    after: Node
    masked: Masked
    clear: Clear


class _Shown(NamedTuple):
    """What can be read in an element and its descendants.

    * ``rules``: the rules that show something.
    * ``masked``: whether anything is masked.
    * ``directly``: whether the element shows something itself.
    """

    rules: frozenset[str]
    masked: bool
    directly: bool


class Review(NamedTuple):
    """The full snapshots of a recording, all that was masked, and what later changes show.

    ``later`` counts typing and mutations that show something in clear, by region. No snapshot
    shows these.
    """

    snapshots: list[Marked]
    leaks: list[Leak]
    later: Counter[Region]
    film: Film


class Decided(NamedTuple):
    """The current decisions about the nodes of one window, and the masks of the policy."""

    engine: Engine
    window: WindowKey
    masks: Masks

    def context(self, node: int) -> Decision:
        """Return the decision about a node."""
        return self.engine.decision(node, self.window)

    def ancestors(self, node: int) -> list[int]:
        """Return the ids of a node and its ancestors, the outermost last."""
        return self.engine.ancestors(node, self.window)

    def shows(self, text: str) -> bool:
        """Tell whether a text or value has anything left to mask."""
        return not is_masked(text, self.engine.policy.mask_char)

    def shows_text(self, text: str, element: int | None, place: TextPlace = IN_TEXT) -> bool:
        """Tell whether a text of an element has anything left to mask."""
        if not self.shows(text) or self.engine.policy.mask_fn is None or element is None:
            return self.shows(text)
        context = self.context(element)
        masked = isinstance(context, Context) and context.plain_text
        return not (masked and self._is_made(text, place))

    def _is_made(self, text: str, place: TextPlace) -> bool:
        """Tell whether a text is an output of the policy's ``mask_fn``."""
        placed, longer = self.masks.placed, f"{text}x"
        return placed(text, place) == text and placed(longer, place) != longer

    def rule(self, node: int) -> str:
        """Return the rule that decided about a node."""
        return self.context(node).rule


def review(data: bytes, policy: Policy, format_: str, *, compare: bool = False) -> Review:
    """Redact a recording, and gather what a reviewer of the policy must see.

    With ``compare``, the pictures of the film have two panes: before and after redaction.
    """
    by_event: defaultdict[int, list[Leak]] = defaultdict(list)
    leaks = find_leaks(data, policy, format=format_)
    for leak in leaks:
        by_event[leak.event].append(leak)
    engine, masks = Engine(policy), Masks(policy)
    all_names = WindowNames(hidden_by(policy))
    events = decode(data, format=format_)
    film, pages = Film(events, panes=1 + compare), dict[WindowKey, _Page]()
    found: list[Marked] = []
    later: Counter[Region] = Counter()
    redacted = engine.redact_lists([event] for event in decode(data, format=format_))
    for index, (event, [after]) in enumerate(zip(events, redacted, strict=True)):
        all_names.learn(event)
        window = window_of(event)
        decided = Decided(engine, window, masks)
        if isinstance(event, FullSnapshot) and isinstance(after, FullSnapshot):
            page = pages[window] = _Page(decided, all_names.of(window))
            before, root = event.data.node, after.data.node
            page.masked = _masked(before, root, by_event[index])
            found.append(Marked(index, before, root, page.masked, page.clear(root)))
            trees = [_copy(event), _copy(after)] if compare else [_copy(after)]
            film.snapshot(event, index, trees, page.draw)
            continue
        if window in pages:
            seen = (leak for leak in by_event[index] if leak.channel not in _UNSEEN)
            pages[window].leaks += seen
        film.change(window, index, [event, after] if compare else [after])
        if isinstance(after, IncrementalSnapshot):
            shown = _shown_by_change(after.data, decided)
            names = all_names.of(window)
            later.update(Region(names.path(node), decided.rule(node)) for node in shown)
    film.finish_all()
    return Review(found, leaks, later, film)


def _copy(event: FullSnapshot) -> Node:
    copy = copy_event(event)
    assert isinstance(copy, FullSnapshot), "a copy is what it was"
    return copy.data.node


class _Page:
    """A page of one window, and what was done to its elements until now."""

    def __init__(self, decided: Decided, names: Names) -> None:
        self._decided = decided
        self._names = names
        self.masked: Masked = {}
        self.leaks: list[Leak] = []  # marks of changes since the last picture

    def clear(self, root: Node) -> Clear:
        """Return the outermost elements that show something in clear."""
        return _clear(root, self._decided, self._names)

    def draw(self, trees: list[Node]) -> list[str]:
        """Draw the trees, with hints for what is redacted in the last one."""
        root = trees[-1]
        self._mark_changes(root)
        hints = hints_of(self.masked, self.clear(root))
        return [inert_document(tree, hints) for tree in trees]

    def _mark_changes(self, root: Node) -> None:
        """Mark the elements that changes masked, or their nearest ancestors in the tree."""
        standing = _standing(root) if self.leaks else frozenset()
        masked = {node: Counter(marks) for node, marks in self.masked.items()}
        for leak in self.leaks:
            above = self._decided.ancestors(leak.node) if leak.node is not None else []
            at = next((node for node in (leak.node, *above) if node in standing), None)
            if at is not None:
                masked.setdefault(at, Counter())[Mark(leak.channel, leak.rule)] += 1
        self.masked, self.leaks = masked, []


# --- what was masked ------------------------------------------------------------------


def _masked(before: Node, after: Node, leaks: list[Leak]) -> Masked:
    """Gather marks by element. A mark of a dropped node goes to its nearest ancestor that stays."""
    above = {child.id: node.id for node, children in _parents(before) for child in children}
    standing = _standing(after)
    masked: Masked = {}
    for leak in leaks:
        at, seen = leak.node, set[int]()
        while at is not None and at not in standing and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at in standing:
            masked.setdefault(at, Counter())[Mark(leak.channel, leak.rule)] += 1
    return masked


def _standing(root: Node) -> frozenset[int]:
    return frozenset(node.id for node, _ in _parents(root) if isinstance(node, Element))


def _parents(root: Node) -> Iterator[tuple[Element | Document, list[Node]]]:
    """Yield every element and document with its children, parents first."""
    todo = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, Element | Document):
            yield node, node.child_nodes
            todo.extend(reversed(node.child_nodes))


# --- what is in clear -----------------------------------------------------------------


def _clear(root: Node, decided: Decided, names: Names) -> Clear:
    """Return the outermost elements that show something in clear."""
    rules = {node.id: decided.rule(node.id) for node, _ in _parents(root)}
    shown = _shown(root, rules, decided)
    regions: Clear = {}
    todo = [root]
    while todo:
        node = todo.pop()
        if not isinstance(node, Element | Document) or not shown[node.id].rules:
            continue
        rule, (inside, masked, directly) = rules[node.id], shown[node.id]
        whole = isinstance(node, Element) and not masked and inside == {rule}
        if whole or directly:
            regions[node.id] = Region(names.path(node.id), rule)
        if not whole:
            todo.extend(reversed(node.child_nodes))
    return regions


def _shown(root: Node, rules: dict[int, str], decided: Decided) -> dict[int, _Shown]:
    """Return what can be read in each element, working from children to parents."""
    shown: dict[int, _Shown] = {}
    for node, children in reversed(list(_parents(root))):
        below = [shown[child.id] for child in children if child.id in shown]
        own = list(_readable(node, decided)) if isinstance(node, Element) else []
        inside = frozenset[str]().union(*(item.rules for item in below))
        shown[node.id] = _Shown(
            rules=inside | {rules[node.id]} if any(own) else inside,
            masked=not all(own) or any(item.masked for item in below),
            directly=any(own),
        )
    return shown


def _shown_by_change(data: Any, decided: Decided) -> Iterator[int]:
    """Yield the nodes of which a redacted change shows something in clear."""
    sign = decided.engine.policy.mask_char
    if isinstance(data, Input) and data.text != NEUTRAL_COLOR and data.text.strip(sign):
        yield data.id
    if not isinstance(data, Mutation):
        return
    texts = [(text.id, text.value or "", decided.ancestors(text.id)[1:2]) for text in data.texts]
    for addition in data.adds:
        node = addition.node
        if isinstance(node, Text):
            texts.append((node.id, node.text_content, [addition.parent_id]))
        yield from (
            one.id
            for one, _ in _parents(node)
            if isinstance(one, Element) and any(_readable(one, decided))
        )
    for node_id, text, above in texts:
        silent = any(decided.context(parent).css for parent in above)
        if not silent and decided.shows_text(text, next(iter(above), None)):
            yield node_id
    for change in data.attributes:
        if any(_readable_attributes(change.attributes, decided)):
            yield change.id


def _readable(element: Element, decided: Decided) -> Iterator[bool]:
    """Yield, for each text and value that an element shows itself, whether it can be read."""
    if element.tag_name.lower() in _SILENT_TAGS:
        return
    for child in element.child_nodes:
        if isinstance(child, Text) and child.text_content.strip():
            place = place_of(element.tag_name, element.attributes.get("class"))
            yield decided.shows_text(child.text_content, element.id, place)
    yield from _readable_attributes(element.attributes, decided)


def _readable_attributes(attributes: dict[str, Any], decided: Decided) -> Iterator[bool]:
    for name, value in attributes.items():
        if isinstance(value, str) and value.strip() and value not in _NOTHING:
            kind = kind_of(name)
            if kind in _READ_KINDS:
                yield decided.shows(value)
            elif kind is Kind.SOURCE and placeholder(value) != value:
                yield True  # a gray box yields nothing: it does not make the element masked
