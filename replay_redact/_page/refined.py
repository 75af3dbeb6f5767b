"""What only some policies ask for: a closer look at texts and where they stand.

* A ``mask_fn`` may ask for the place of a text. An event about a text names only its id, so tags
  and classes of elements are remembered, as the output shows them: redacting the output again then
  tells the same, and a state may hold them, since they are public.
* ``show_words`` shows a text that is all the text of its element. An event that brings or changes
  only a text tells nothing of its neighbours, so the element must have no other child.
* ``mask_text="matches"`` looks for secrets across the texts of one tree. A text that comes alone or
  changes is masked whole (`Context.changed`): with others, or with the next key, it may become one.

What is noted of a text is kept until the text is masked. Policies without these options use none of
this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

import msgspec

from replay_redact._masks.media import BLOCK_STYLE
from replay_redact._masks.text import is_blank
from replay_redact._masks.together import INLINE, beside_masked, spread
from replay_redact._masks.words import Words
from replay_redact._page.gathered import GatheredTexts
from replay_redact._page.kernels.names import suits
from replay_redact._page.kernels.visitor import KernelVisitor
from replay_redact._page.masking import IN_TEXT, Masks
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.packed.columns import pack_numbers, unpack_numbers
from replay_redact._page.tally import Tally
from replay_redact._page.tree import Visitor, nodes_of
from replay_redact._rules.decisions import Decision
from replay_redact._rules.strict import Context, Rules
from replay_redact._runtime import native
from replay_redact.events import AttributeMutation, TextMutation
from replay_redact.nodes import Document, Element, Node, Text
from replay_redact.policy import Policy, TextPlace
from replay_redact.policy.functions import asks_for_place

_ROUNDS = 4  # of searching again after something was masked; then all is masked
_UNKNOWN_PART = "****"  # of unknown length, or blocked: the groups of most numbers have four digits
_SPARE = 1024  # places of nodes that are gone, before they are forgotten

_Packed = tuple[bytes, list[tuple[str, str]], bytes, bytes]


def visitor_of(rules: Rules, mirror: Mirror[Context], tally: Tally) -> Visitor:
    """Return the visitor that a policy needs."""
    policy = rules.policy
    remember_places(mirror)
    plain = mirror.places is None and not policy.show_words and policy.mask_text == "all"
    if not plain:
        return _RefinedVisitor(rules, mirror, tally)
    kernels = native.kernels if suits(policy) else None
    return (
        KernelVisitor(rules, mirror, tally, kernels) if kernels else Visitor(rules, mirror, tally)
    )


def remember_places(mirror: Mirror[Context]) -> None:
    """Let a mirror remember places, if the function of its policy asks for them."""
    if mirror.places is None and _asks(mirror.rules.policy):
        mirror.places = {}


def _asks(policy: Policy) -> bool:
    return policy.mask_fn is not None and asks_for_place(policy.mask_fn)


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


class _RefinedTexts(GatheredTexts):
    """Gathers texts, with what is known of the place of each."""

    def __init__(self, masks: Masks, tally: Tally, mirror: Mirror[Context]) -> None:
        super().__init__(masks, tally)
        self.words = cast("Words", masks.policy.show_words)  # a policy turns strings into them
        self._mirror = mirror
        self._places: dict[int, tuple[Any, TextPlace]] = {}  # by identity of what is kept with it
        self._whole: dict[int, Any] = {}  # texts that are all the text of their element
        self._holders: dict[int, tuple[int, set[int]]] = {}  # by element: moment, and such texts
        self.shown: dict[int, Context] = {}  # by identity: texts in which secrets are looked for

    def put(self, item: Any, place: TextPlace) -> None:
        """Say where a text or a changed text stands. What was said first counts."""
        self._places.setdefault(id(item), (item, place))

    def _place_of(self, item: Any) -> TextPlace:
        known = self._places.get(id(item))
        return super()._place_of(item) if known is None else known[1]

    def change(self, change: TextMutation, decision: Decision) -> None:
        """Gather a changed text."""
        super().change(change, decision)
        self.alone(change, change.id, self._mirror.parents.get(change.id))

    def show(self, node: Text, decision: Decision) -> None:
        """Gather a text that the policy shows, or parts of it."""
        super().show(node, decision)
        if self.masks.policy.mask_text == "matches":
            self.shown[id(node)] = cast("Context", decision)

    def alone(self, item: Any, node_id: int, parent_id: int | None) -> None:
        """Say what is known of a text that came without its element."""
        if parent_id is None or parent_id not in self._mirror.parents:
            return
        if self._mirror.places is not None:
            self.put(item, self._mirror.places.get(parent_id, IN_TEXT))
        if self.words and self._mirror.is_only_child(node_id, parent_id):
            self._note_whole(item, parent_id)

    def together(self, element: Element, with_text: set[int]) -> None:
        """Say what is known of the texts in an element."""
        texts = [child for child in element.child_nodes if type(child) is Text]
        if self._mirror.places is not None:
            place = _place(element)
            for text in texts:
                self.put(text, place)
        full = [child for child in element.child_nodes if id(child) in with_text]
        if self.words and len(full) == 1:
            self._note_whole(full[0], element.id)  # an element is not asked for

    def _note_whole(self, item: Any, parent_id: int) -> None:
        moment, known = self._holders.get(parent_id, (-1, set()))
        now = self._mirror.moment
        self._holders[parent_id] = now, {*(known if moment == now else ()), id(item)}
        self._whole[id(item)] = item

    def joined(self, node: Node, parent_id: int | None) -> None:
        """Take back that a text is all of its element, if more comes into it in the same moment."""
        if parent_id not in self._holders or (type(node) is Text and is_blank(node.text_content)):
            return
        moment, known = self._holders[parent_id]
        if moment == self._mirror.moment:
            for other in known - {id(node)}:
                self._whole.pop(other, None)

    def mask(self) -> None:
        """Mask all gathered texts."""
        super().mask()
        self._places.clear()
        self._whole.clear()
        self._holders.clear()

    def _mask_all(
        self, items: Sequence[Any], texts: list[str], decisions: list[Decision]
    ) -> list[str]:
        """Mask texts, but for words that every decision about the text shows."""
        if not self.words:
            return super()._mask_all(items, texts, decisions)
        closed = {
            id(item)
            for item, decision in zip(items, decisions, strict=True)
            if not cast("Context", decision).words
        }
        masked = list(texts)
        left = [
            at
            for at, item in enumerate(items)
            if id(item) in closed or not self._is_word(item, texts[at])
        ]
        hidden = super()._mask_all(
            [items[at] for at in left], [texts[at] for at in left], [decisions[at] for at in left]
        )
        for at, text in zip(left, hidden, strict=True):
            masked[at] = text
        return masked

    def _is_word(self, item: Any, text: str) -> bool:
        return id(item) in self._whole and self.words.shows(text)

    def _scan(self, nodes: list[Text], decisions: list[Decision]) -> list[str]:
        """Scrub texts, and mask the digits of those whose decision says so."""
        texts = super()._scan(nodes, decisions)
        contexts = [cast("Context", decision) for decision in decisions]
        parts = [
            at
            for at, context in enumerate(contexts)
            if context.digits
            and not (context.words and self._is_word(nodes[at], nodes[at].text_content))
        ]
        hidden = self.masks.partly([texts[at] for at in parts], self.masks.shown_texts)
        for at, text in zip(parts, hidden, strict=True):
            texts[at] = text
        return texts


class _RefinedVisitor(Visitor):
    """A visitor that looks closer at texts."""

    def __init__(self, rules: Rules, mirror: Mirror[Context], tally: Tally) -> None:
        super().__init__(rules, mirror, tally)
        self.gathered = self._texts = _RefinedTexts(self.masks, self.tally, mirror)

    def _element(self, element: Element, above: Context, facts_of: dict[int, int]) -> Context:
        context = super()._element(element, above, facts_of)
        if self.mirror.places is not None and not above.blocked:
            self.mirror.places[element.id] = _place(element)
        return context

    def _branch(self, root: Node, parent_id: int | None, above: Context) -> Branch:
        branch = super()._branch(root, parent_id, above.changed if type(root) is Text else above)
        known, parents = self.mirror.places or {}, self.mirror.parents
        if len(known) > 2 * (len(parents) + len(branch.parents)) + _SPARE:
            for node_id in known.keys() - parents.keys() - branch.parents.keys():
                del known[node_id]
        return branch

    def _scan(self, root: Node, parent_id: int | None) -> None:
        self._look_at(root, parent_id)
        found = self._readable(root)
        together = self._spread(found)
        super()._scan(root, parent_id)
        self._hide(found, together)
        self._hide_spread(found)

    def again(self, root: Node, parent: Context | None = None) -> None:
        self._look_at(root, self.mirror.parents.get(root.id))
        super().again(root, parent)
        for node in self._texts.texts:  # these are masked soon
            self._texts.shown.pop(id(node), None)
        self._hide_spread(self._readable(root))

    def changed(self, change: AttributeMutation) -> None:
        places = self.mirror.places or {}
        known = places.get(change.id)
        if known is not None and "class" in change.attributes:
            places[change.id] = known._replace(classes=_classes(change.attributes["class"]))

    def _look_at(self, root: Node, parent_id: int | None) -> None:
        """Note what is to be known of the texts of a tree."""
        if self.mirror.places is None and not self._texts.words:
            return
        self._texts.joined(root, parent_id)
        if type(root) is Text:
            self._texts.alone(root, root.id, parent_id)
        with_text: set[int] = set()
        for node in reversed(nodes_of(root)):  # what is below comes first
            children = node.child_nodes if isinstance(node, Element | Document) else []
            full = any(id(child) in with_text for child in children)
            if full or (type(node) is Text and not is_blank(node.text_content)):
                with_text.add(id(node))
            if isinstance(node, Element):
                self._texts.together(node, with_text)

    def _readable(self, root: Node) -> list[_Placed]:
        """Return the texts of a tree in their order, if secrets are looked for in some."""
        return list(_in_order(root)) if self._texts.shown else []

    def _spread(self, found: Sequence[_Placed]) -> set[int]:
        """Return which texts hold a part of a secret that only several have.

        Texts that are masked, or will be, are so from the beginning. They part the others, or are
        themselves a part, of which nobody knows what it says.
        """
        if not found:
            return set()
        shown, mask = self._texts.shown, self._mask_of_part
        masked = [id(own.node) not in shown for own in found]
        texts = [
            " " * own.spaced + (mask(own.node.text_content) if hidden else own.node.text_content)
            for own, hidden in zip(found, masked, strict=True)
        ]
        blocks = [own.block for own in found]
        together = spread(texts, blocks, self.masks.starred)
        return together | beside_masked(texts, blocks, masked, self.masks.starred)

    def _mask_of_part(self, text: str) -> str:
        """Mask a text, if its mask tells how long it is, today and when it is masked again."""
        policy = self.masks.policy
        tells = policy.mask_fn is None and not policy.hide_length
        return self.masks.text(text) if tells else _UNKNOWN_PART

    def _hide_spread(self, found: Sequence[_Placed]) -> None:
        """Mask the texts that hold a secret together, until there are none."""
        for _ in range(_ROUNDS):
            if not self._hide(found, self._spread(found)):
                break
        else:
            self._hide(found, range(len(found)))
        self._texts.shown.clear()

    def _hide(self, found: Sequence[_Placed], numbers: Iterable[int]) -> bool:
        """Mask some of the texts as a whole; tell whether that changed any."""
        changed = False
        for node in (found[at].node for at in numbers):
            hidden, decision = self.masks.text(node.text_content), self._texts.shown.get(id(node))
            is_part = decision is not None and decision.changed is not decision  # else unmasked
            if is_part and hidden != node.text_content:
                self.tally.judged_twice()  # it may have been scrubbed before
                self.tally.field(node, "text_content", node.text_content, "text", decision)
                node.text_content, changed = hidden, True
        return changed


class _Placed(NamedTuple):
    """A text, the number of its paragraph, and whether white space stands before it."""

    node: Text
    block: int
    spaced: bool


def _in_order(root: Node) -> Iterator[_Placed]:
    """Yield the texts of a tree as one reads them, and one for each gray box; no blank ones."""
    block, spaced = 0, False
    todo: list[Node | None] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, Element) and _is_inline_box(node):
            yield _Placed(Text(id=node.id, text_content=_UNKNOWN_PART), block, spaced)
            spaced = False
        elif type(node) is Text:
            blank = is_blank(node.text_content)
            if not blank:
                yield _Placed(node, block, spaced)
            spaced = blank and (spaced or node.text_content != "")
        elif isinstance(node, Element | Document):
            inline = isinstance(node, Element) and node.tag_name.lower() in INLINE
            if not inline:
                block += 1
                todo.append(None)
            todo.extend(reversed(node.child_nodes))
        block += node is None  # a paragraph ends


def _is_inline_box(element: Element) -> bool:
    """Tell whether an element is blocked and stands within a line of text."""
    style = element.attributes.get("style")
    is_gray = isinstance(style, str) and style.endswith(BLOCK_STYLE)
    return is_gray and not element.child_nodes and element.tag_name.lower() in INLINE


# --- states -------------------------------------------------------------------------------


def with_places(words: bytes, mirror: Mirror[Any]) -> bytes:
    """Return words for a state, together with the places that a mirror knows, if it asks."""
    if mirror.places is None:
        return words
    places = mirror.places  # some may be of nodes that have gone
    ids = sorted(filter(mirror.parents.__contains__, places))
    there = [places[node_id] for node_id in ids]
    table = {place: row for row, place in enumerate(dict.fromkeys(there))}
    rows = [(place.tag, " ".join(place.classes)) for place in table]
    known = pack_numbers(ids), pack_numbers([table[place] for place in there])
    return msgspec.msgpack.encode((words, rows, *known))


def take_places(packed: bytes, mirror: Mirror[Any]) -> bytes:
    """Let a mirror learn the places of a state; return the words.

    Raises ``ValueError`` if the bytes are not such.
    """
    if mirror.places is None:
        return packed
    try:
        decoded: _Packed = msgspec.msgpack.decode(packed, type=_Packed)
        words, rows, ids, at = decoded
        table = [TextPlace(tag, _classes(classes), "text") for tag, classes in rows]
        known = [table[row] for row in unpack_numbers(at)]
    except (msgspec.DecodeError, IndexError) as error:
        raise ValueError("these are no places of texts") from error
    mirror.places.update(zip(unpack_numbers(ids), known, strict=True))
    return words
