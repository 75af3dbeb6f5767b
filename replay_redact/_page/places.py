"""Where texts stand: tag and classes of their elements, for a ``mask_fn`` that asks for them.

An event about a text names only its id. So the tags and classes of elements are remembered, as the
output shows them: redacting the output again then tells the same, and a state may hold them, since
they are public. Without such a function, nothing of this is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from replay_redact._page.gathered import GatheredTexts
from replay_redact._page.masking import IN_TEXT
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.tree import Visitor, nodes_of
from replay_redact._rules.decisions import Decision
from replay_redact._rules.strict import Context, Rules
from replay_redact.events import AttributeMutation, TextMutation
from replay_redact.nodes import Element, Node, Text
from replay_redact.policy import TextPlace
from replay_redact.policy.functions import asks_for_place
from replay_redact.report import Report

_SPARE = 1024  # places of nodes that are gone, before they are forgotten

_Packed = tuple[bytes, list[tuple[str, str]], list[tuple[int, int]]]


def visitor_of(rules: Rules, mirror: Mirror[Context], report: Report) -> Visitor:
    """Return the visitor of a policy: one that remembers places if a function asks for them."""
    function = rules.policy.mask_fn
    if function is None or not asks_for_place(function):
        return Visitor(rules, mirror, report)
    mirror.places = {}
    return _PlacedVisitor(rules, mirror, report, mirror.places)


def place_of(tag: str, classes: Any, channel: str = "text") -> TextPlace:
    """Return the place of what stands in an element; ``classes`` is its class attribute, if any.

    >>> place_of("TD", "price  old")
    TextPlace(tag='td', classes=('price', 'old'), channel='text')
    """
    return TextPlace(tag.lower(), _classes(classes), channel)


def _place(element: Element) -> TextPlace:
    return place_of(element.tag_name, element.attributes.get("class"))


def _classes(value: Any) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else ()


class _PlacedTexts(GatheredTexts):
    """Gathers texts, with the places of those that change."""

    mirror: Mirror[Context]
    known: dict[int, TextPlace]

    def change(self, change: TextMutation, decision: Decision) -> None:
        super().change(change, decision)
        self.put(change, self.of(self.mirror.parents.get(change.id)))

    def of(self, element_id: int | None) -> TextPlace:
        """Return the place of a text in an element that is on the page."""
        if element_id is None or element_id not in self.mirror.parents:
            return IN_TEXT
        return self.known.get(element_id, IN_TEXT)


class _PlacedVisitor(Visitor):
    """A visitor that remembers tags and classes."""

    def __init__(
        self, rules: Rules, mirror: Mirror[Context], report: Report, known: dict[int, TextPlace]
    ) -> None:
        super().__init__(rules, mirror, report)
        self._known = known
        self.gathered = self._texts = _PlacedTexts(self.masks, self.tally)
        self._texts.mirror, self._texts.known = mirror, known

    def _element(self, element: Element, above: Context, facts_of: dict[int, int]) -> Context:
        context = super()._element(element, above, facts_of)
        if not above.blocked:
            self._known[element.id] = _place(element)
        return context

    def _branch(self, root: Node, parent_id: int | None, above: Context) -> Branch:
        branch = super()._branch(root, parent_id, above)
        self._put(root, parent_id)
        known, parents = self._known, self.mirror.parents
        if len(known) > 2 * (len(parents) + len(branch.parents)) + _SPARE:
            for node_id in known.keys() - parents.keys() - branch.parents.keys():
                del known[node_id]
        return branch

    def again(self, root: Node, parent: Context | None = None) -> None:
        super().again(root, parent)
        self._put(root, self.mirror.parents.get(root.id))

    def changed(self, change: AttributeMutation) -> None:
        known = self._known.get(change.id)
        if known is not None and "class" in change.attributes:
            classes = _classes(change.attributes["class"])
            self._known[change.id] = known._replace(classes=classes)

    def _put(self, root: Node, parent_id: int | None) -> None:
        """Say where the texts of a tree stand."""
        if type(root) is Text:
            self._texts.put(root, self._texts.of(parent_id))
        for node in nodes_of(root):
            if isinstance(node, Element):
                place = _place(node)
                for child in node.child_nodes:
                    if type(child) is Text:
                        self._texts.put(child, place)


# --- states -------------------------------------------------------------------------------


def with_places(words: bytes, mirror: Mirror[Any], ids: Sequence[int]) -> bytes:
    """Return words for a state, together with the places that a mirror knows, if it asks."""
    if mirror.places is None:
        return words
    table = {place: at for at, place in enumerate(dict.fromkeys(mirror.places.values()))}
    known = [
        (at, table[mirror.places[node_id]])
        for at, node_id in enumerate(ids)
        if node_id in mirror.places
    ]
    rows = [(place.tag, " ".join(place.classes)) for place in table]
    return msgspec.msgpack.encode((words, rows, known))


def take_places(packed: bytes, mirror: Mirror[Any], ids: Sequence[int]) -> bytes:
    """Let a mirror learn the places of a state; return the words.

    Raises ``ValueError`` if the bytes are not such.
    """
    if mirror.places is None:
        return packed
    try:
        decoded: _Packed = msgspec.msgpack.decode(packed, type=_Packed)
        words, rows, known = decoded
        table = [TextPlace(tag, _classes(classes), "text") for tag, classes in rows]
        mirror.places.update((ids[at], table[row]) for at, row in known)
    except (msgspec.DecodeError, IndexError) as error:
        raise ValueError("these are no places of texts") from error
    return words
