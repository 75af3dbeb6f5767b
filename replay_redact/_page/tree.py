"""The visitor: one iterative walk over a tree that the redactor owns, masking in place.

Theory: the decision for a node follows from its parent's and its own facts, so
it goes down the tree once. Text is gathered and masked in one go at the end,
because one long string is masked faster than many short ones. The visitor
decides nothing and masks nothing; it brings rules, masks and nodes together.

Invariant: every node is entered in the mirror, those below a blocked element
too, so that later events about them are known to concern blocked nodes.
Failure direction: a node type without a handler does not exist (the model is
closed); a text is masked unless its context says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, Raw

from replay_redact._allowlists.attributes import DOCTYPES, is_tag_name
from replay_redact._allowlists.identifiers import zeroed
from replay_redact._css.tokens import is_balanced
from replay_redact._masks.text import has_odd_space, is_blank
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.masking import Masks, masked_by
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.waiting import Waiting
from replay_redact._rules.facts import BOUNDARY, OTHER
from replay_redact._rules.strict import COMMENT, HIDDEN, SENSITIVE, Context, Rules, is_code
from replay_redact._runtime.stack import call_deep
from replay_redact._wire.lenient import decode_repaired
from replay_redact._wire.raw import RawElement
from replay_redact.events import TextMutation
from replay_redact.nodes import CData, Comment, Document, DocumentType, Element, Node, Text
from replay_redact.report import Report

_PARENTS = (Element, Document)  # a tuple, since a union would be made anew each time
_COMPAT_MODES = frozenset({"BackCompat", "CSS1Compat"})
_DOCTYPE_NAMES = frozenset({"html", "svg", "math"})


_ENCODER = msgspec.json.Encoder()
_ATTRIBUTES_DECODER = msgspec.json.Decoder(dict[str, Any])
_OBJECTS = (b"{", b"null")  # null stands for a field that is not there
MARK = {"data-rr-is-password": ""}  # as a mask leaves it
_SHAPE_OVERHEAD = 200  # characters' worth of memory for the objects around a shape


class Shape(NamedTuple):
    """What becomes of the attributes of a certain tag below a certain context.

    Contexts remember their shapes by the JSON of tag and attributes, in brief.
    """

    attributes: Raw  # masked
    facts: int
    context: Context
    dropped: int  # attributes, for their names
    compared: dict[str, str]  # values that style sheets may compare

    def in_brief(self, raw: bytes, above: Context) -> Any:
        """Return the context alone if nothing else changes, or the attributes alone, or all."""
        if self.facts or self.dropped or self.compared:
            return self
        if self.attributes == Raw(raw):
            return self.context
        return self.attributes if self.context is above else self


class MalformedTreeError(Exception):
    """An element has attributes that are no JSON object."""


class Visitor:
    """Masks trees for one redactor."""

    def __init__(self, rules: Rules, mirror: Mirror, report: Report) -> None:
        self.rules = rules
        self.mirror = mirror
        self.report = report
        self.masks = Masks(rules.policy)
        self.attributes = AttributeMasks(rules, self.masks, report)
        self.waiting = Waiting(rules, self.masks, mirror)
        self.changes: list[TextMutation] = []  # these three wait for `mask_gathered`
        self._texts: list[Text] = []
        self._blanks: list[Text] = []  # made of white space, as half of all texts are
        self._shown: list[Text] = []
        self._doubled = False  # whether something may wait twice

    def snapshot(self, root: Node) -> None:
        """Mask a whole document; the mirror holds this tree and nothing else afterwards."""
        self.mirror.clear()
        self.mirror.replace(self._branch(root, None, self.rules.root))
        self.waiting.settle()

    def addition(self, node: Node, parent_id: int, above: Context) -> bool:
        """Mask a node (with all below it) that was put under a parent of this context.

        Returns false if it must not be emitted, because the parent is blocked.
        """
        if above.blocked:
            self._hidden_addition(node, parent_id)
            return False
        if self.mirror.fields:
            self._keep_fields(node)
        if node.id in self.mirror.parents:
            self.mirror.remove(node.id)
            above = self.mirror.context(parent_id)  # which may have been below it
        self.mirror.graft(self._branch(node, parent_id, above))
        return True

    def _keep_fields(self, root: Node) -> None:
        """Mark fields that were sensitive before they moved, in the words of recorders."""
        fields = self.mirror.fields
        for node in nodes_of(root):
            if node.id in fields:
                mark(node)

    def _hidden_addition(self, node: Node, parent_id: int) -> None:
        """Enter nodes that nobody will see; those known elsewhere stay there, blocked."""
        _check_attributes(node)  # as if they were read
        for inner in nodes_of(node):
            if inner.id in self.mirror.parents:
                self.mirror.hide([inner.id])
            else:
                self.mirror.add(inner.id, parent_id, HIDDEN)

    def _branch(self, root: Node, parent_id: int | None, above: Context) -> Branch:
        """Mask a tree but for its plain text, and return what the mirror has to know of it."""
        branch = Branch(root.id, parent_id)
        count = self._tree([root], above, branch)
        if count != len(branch.parents):
            branch.settle([node.id for node in nodes_of(root)])
        if branch.hidden:
            branch.hide()
        if self._shown:
            self._scan_shown_texts()
        return branch

    def _node(self, node: Node, above: Context, branch: Branch) -> Context:
        """Mask one node, not what is below it; return its context."""
        if isinstance(node, Element):
            return self._enter(node, above, branch)
        facts = self._facts(node)
        if facts:
            branch.facts[node.id] = facts
        if type(node) is Text:
            of_parent = not facts or is_code(above, facts)
            self._text(node, above if of_parent else self.rules.child(above, facts))
            return above
        self._leaf(node)
        return self.rules.child(above, facts)

    def _facts(self, node: Node) -> int:
        """Return the facts of a node that is no element."""
        if isinstance(node, Document):
            return OTHER | BOUNDARY
        boundary = OTHER | BOUNDARY if node.is_shadow is True else 0
        return boundary | (OTHER | COMMENT if type(node) is Comment else 0)

    def _tree(  # noqa: C901, PLR0912, PLR0915 - the hot loop, in one piece
        self, roots: list[Any], context: Context, branch: Branch
    ) -> int:
        """Mask nodes of one parent and all below them; return how many nodes that were."""
        parents, facts_of = branch.parents, branch.facts
        gather_text, gather_blank = self._texts.append, self._blanks.append
        encode, wait = _ENCODER.encode, self.waiting.tag
        todo: list[tuple[list[Any], int | None, Context]] = [(roots, branch.parent_id, context)]
        put_off = todo.append
        count = 0
        for children, above_id, above in todo:
            if above.css:
                _gather_style(children)
            plain_text = Text if above.plain_text else None
            known_shapes = above.shapes.found.get
            apart = above.css or above.blocked
            parent_id = above_id
            nodes = children.copy()  # and what is below them, each list after its parent's id
            for child in nodes:
                kind = type(child)  # asked first: fields are found faster where types do not differ
                if kind is plain_text and child.is_shadow is not True:
                    parents[child.id] = parent_id
                    if child.text_content.isspace():  # `strip` takes eight times as long
                        gather_blank(child)
                    else:
                        gather_text(child)
                elif kind is RawElement and child.is_shadow is not True:
                    child_id = child.id
                    parents[child_id] = parent_id
                    key = encode((child.tag_name, child.attributes))
                    below = known_shapes(key)
                    if type(below) is Raw:
                        child.attributes, below = below, above
                    elif type(below) is not Context:
                        shape = below or self._learn_shape(child, key, above)
                        child.attributes, facts, below, dropped, compared = shape
                        if facts:
                            facts_of[child_id] = facts
                        if compared:
                            wait(child, child_id, compared)
                        if dropped:
                            self.attributes.count_dropped(dropped)
                    inner = child.child_nodes
                    if inner:
                        if below is not above or apart:
                            put_off((inner, child_id, below))
                        else:
                            nodes.append(child_id)
                            nodes += inner
                            count -= 1
                elif kind is int:
                    parent_id = child
                else:
                    parents[child.id] = parent_id
                    below = self._node(child, above, branch)
                    if isinstance(child, _PARENTS):
                        put_off((child.child_nodes, child.id, below))
            count += len(nodes)
            if above.blocked:
                branch.hidden.extend([child.id for child in children])
                children.clear()
        return count

    def _learn_shape(self, element: RawElement, key: bytes, above: Context) -> Shape:
        """Mask a tag and return its shape, which is remembered below this context."""
        tag, raw = element.tag_name, bytes(element.attributes)
        shape = self._shape(element, raw, above, 0)
        if element.tag_name == tag:  # one that had to be changed is counted each time
            size = len(key) + len(shape.attributes) + _SHAPE_OVERHEAD
            above.shapes.put(key, shape.in_brief(raw, above), size)
        return shape

    def _shape(self, element: RawElement, raw: bytes, above: Context, boundary: int) -> Shape:
        """Mask a tag, and return what becomes of its attributes."""
        element.tag_name = self._check_tag(element.tag_name)
        attributes = _read_attributes(raw)
        facts = boundary | self.rules.facts(element.tag_name, attributes)
        context = self.rules.child(above, facts)
        shown, dropped, compared = self._attributes(attributes, context)
        shown = self._marked(element.tag_name, shown, facts)
        return Shape(Raw(_ENCODER.encode(shown)), facts, context, dropped, compared)

    def _enter(self, element: Element, above: Context, branch: Branch) -> Context:
        """Mask an element's tag and attributes, enter its facts, and return its context."""
        boundary = BOUNDARY if element.is_shadow is True else 0
        if type(element) is RawElement:
            shape = self._shape(element, bytes(element.attributes), above, boundary)
            element.attributes, facts, context, dropped, compared = shape
        else:
            element.tag_name = self._check_tag(element.tag_name)
            facts = boundary | self.rules.facts(element.tag_name, element.attributes)
            context = self.rules.child(above, facts)
            shown, dropped, compared = self._attributes(element.attributes, context)
            element.attributes = self._marked(element.tag_name, shown, facts)
        if facts:
            branch.facts[element.id] = facts
        self.waiting.tag(element, element.id, compared)
        self.attributes.count_dropped(dropped)
        return context

    def _marked(self, tag: str, shown: dict[str, Any], facts: int) -> dict[str, Any]:
        """Mark a sensitive field, if what is left of its attributes does not tell that it is one.

        So a name such as ``cvv``, once masked, still locks the field when redacted again.
        """
        if not facts & SENSITIVE or self.rules.facts(tag, shown) & SENSITIVE:
            return shown
        return MARK | shown

    def _attributes(
        self, attributes: dict[str, Any], context: Context
    ) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Mask attributes; return them, and how many were dropped for their names.

        And the values that style sheets may compare.
        """
        if context.blocked:
            return self.attributes.blocked(attributes, context), 0, {}
        compared: dict[str, str] = {}
        dropped = self.attributes.mask(attributes, context, compared)
        return attributes, dropped, compared

    def _check_tag(self, tag: str) -> str:
        """Return a tag as it may go out, which counts if that is another one."""
        shown = zeroed(tag) if is_tag_name(tag) else "div"
        if shown == tag or tag.lower() in self.rules.tags:  # the policy spells it out
            return tag
        self.report.masked["tag name"] += 1
        return shown

    def _text(self, node: Text, context: Context) -> None:
        if context.silent:
            node.text_content = ""
        elif context.css:
            css = node.text_content
            node.text_content = self.masks.sheet(css, always=context.forced)
            if not context.blocked:
                self.waiting.text(node, "text_content", node.id, css)
        elif context.below_masked:
            self._texts.append(node)
        else:
            self._shown.append(node)

    def _leaf(self, node: Node) -> None:
        if isinstance(node, CData | Comment):
            node.text_content = ""
        elif isinstance(node, DocumentType):
            _mask_doctype(node)
        elif isinstance(node, Document) and node.compat_mode not in _COMPAT_MODES:
            node.compat_mode = UNSET

    def changed_text(self, text: str, context: Context) -> str:
        """Mask a new text that is neither CSS nor plain text, so not one of those gathered."""
        if context.silent:
            return ""
        return self.masks.text(text) if context.below_masked else self.masks.shown(text, "text")

    def whole_sheet(self, css: str, context: Context) -> str:
        """Return a new text of a style element, or nothing if it has to be masked and cannot be.

        It must be whole: a string that began in a sibling cannot be seen from here.
        """
        masked = self.rules.policy.mask_css or context.forced
        return "" if masked and not is_balanced(css) else css

    def change_sheet(self, change: TextMutation, css: str, context: Context) -> None:
        """Mask a new text of a style element."""
        whole = self.whole_sheet(css, context)
        change.value = self.masks.sheet(whole, always=context.forced)
        self.waiting.text(change, "value", change.id, whole)

    def _mask_by(self, mask_fn: Callable[[str], Any], text: str) -> str:
        """Mask by the policy's own function; asterisks, if that does not work."""
        own = masked_by(mask_fn, text, self.report.dropped)
        return self.masks.text(text) if own is None else own

    # --- a second judgement, by what is known later ---

    def again(self, root: Node, parent: Context | None = None) -> None:
        """Mask a masked tree by what has become known since.

        Facts are those that the mirror has: the tree no longer tells them. What is gone is
        judged by what is above it, as far as that is still there.
        """
        todo: list[tuple[Node, Context | None]] = [(root, parent)]
        for node, above in todo:
            decisions = self._latest(node, above)
            if type(node) is Text:
                for context in decisions:
                    self._text_again(node, context)
                if self._has_left_style(node, above):
                    node.text_content = self.masks.sheet(node.text_content, always=True)
            elif isinstance(node, _PARENTS):
                for context in decisions if isinstance(node, Element) else ():
                    self._element_again(node, context)
                below = decisions[-1] if decisions else None
                todo += [(child, below) for child in node.child_nodes]
        if self._shown:
            self._scan_shown_texts()

    def _has_left_style(self, node: Text, above: Context | None) -> bool:
        """Tell whether a text of a style element now stands where it would be masked as text."""
        if above is None or not above.css or node.id not in self.mirror.parents:
            return False
        now = self.mirror.text_context(node.id)
        return now.below_masked and not now.css

    def _latest(self, node: Node, above: Context | None) -> list[Context]:
        """Return by what a node is judged again: all of these, of which the strictest counts.

        That is where it is, or where it was last; what is above it may have moved since.
        """
        mirror = self.mirror
        is_text = type(node) is Text
        if is_text and above is not None and (above.css or above.silent):
            return [above]  # it was code here, wherever it is now
        if node.id in mirror.parents:
            return [mirror.text_context(node.id) if is_text else mirror.context(node.id)]
        gone = mirror.gone.get(node.id)
        here = above and self.rules.child(above, 0 if gone is None else gone.bits)
        return [context for context in (gone, here) if context is not None]

    def _element_again(self, element: Any, context: Context) -> None:
        raw = type(element) is RawElement
        attributes = _read_attributes(bytes(element.attributes)) if raw else element.attributes
        # what has to go is gone and counted
        masked, _, compared = self._attributes(attributes, context)
        masked = self._marked(element.tag_name, masked, self.mirror.facts.get(element.id, 0))
        element.attributes = Raw(call_deep(_ENCODER.encode, masked)) if raw else masked
        self.waiting.tag(element, element.id, compared)
        if context.blocked:
            self.mirror.bury(inner.id for inner in nodes_of(element)[1:])
            element.child_nodes.clear()

    def _text_again(self, node: Text, context: Context) -> None:
        if context.plain_text:
            self.gather_again(node, self._texts, node.text_content)
        else:
            self._text(node, context)

    def gather_again(self, item: Any, waiting: list[Any], text: str) -> None:
        """Have a text masked that may have been masked before, or may wait already."""
        if self.masks.text(text) != text:
            waiting.append(item)
            self._doubled = True

    def _scan_shown_texts(self) -> None:
        nodes, self._shown = self._shown, []
        scanned = self.masks.shown_texts([node.text_content for node in nodes])
        for node, text in zip(nodes, scanned, strict=True):
            node.text_content = text

    def mask_gathered(self) -> None:
        """Mask all plain text of the trees and changes since the last time, in one go."""
        if self._blanks:
            self._gather_odd_blanks()
        nodes, changes = self._texts, self.changes
        texts = [node.text_content for node in nodes]
        texts += [change.value or "" for change in changes]
        if not texts:
            return
        self.report.masked["text"] += (
            len({id(item) for item in (*nodes, *changes)}) if self._doubled else len(texts)
        )
        masked = self._mask_all(texts)
        for node, text in zip(nodes, masked, strict=False):  # the rest is of the changes
            node.text_content = text
        for change, text in zip(changes, masked[len(nodes) :], strict=True):
            change.value = text
        self._texts, self.changes, self._doubled = [], [], False

    def _gather_odd_blanks(self) -> None:
        """Gather blank texts after all if Python takes for white space what JavaScript does not."""
        nodes, self._blanks = self._blanks, []
        if has_odd_space("".join([node.text_content for node in nodes])):
            self._texts += [node for node in nodes if has_odd_space(node.text_content)]

    def _mask_all(self, texts: list[str]) -> list[str]:
        mask_fn = self.rules.policy.mask_fn
        if mask_fn is None:
            return self.masks.texts(texts)
        return [text if is_blank(text) else self._mask_by(mask_fn, text) for text in texts]


def _read_attributes(raw: bytes) -> dict[str, Any]:
    try:
        return decode_repaired(_ATTRIBUTES_DECODER, raw)
    except msgspec.ValidationError:
        if raw.strip() == b"null":  # for a field that is not there, as everywhere
            return {}
        raise MalformedTreeError from None


def _check_attributes(root: Node) -> None:
    """Raise `MalformedTreeError` if attributes in a tree are no JSON object."""
    for node in nodes_of(root):
        if type(node) is RawElement and not bytes(node.attributes).startswith(_OBJECTS):
            raise MalformedTreeError


def mark(node: Node) -> None:
    """Mark an element as a sensitive field, before all its other attributes."""
    if not isinstance(node, Element):
        return
    element: Any = node  # whose attributes are a dictionary, or its JSON
    raw = type(node) is RawElement
    old = _read_attributes(bytes(element.attributes)) if raw else element.attributes
    element.attributes = Raw(call_deep(_ENCODER.encode, MARK | old)) if raw else MARK | old


def _gather_style(children: list[Node]) -> None:
    """Put all CSS of a style element into its first text, so that no token is cut in two."""
    texts = [child for child in children if type(child) is Text]
    if len(texts) > 1:
        texts[0].text_content = "".join([text.text_content for text in texts])
        for text in texts[1:]:
            text.text_content = ""


def _mask_doctype(node: DocumentType) -> None:
    if node.name not in _DOCTYPE_NAMES:
        node.name = "html"
    if (node.public_id, node.system_id) not in DOCTYPES:
        node.public_id = node.system_id = ""


def nodes_of(root: Node) -> list[Node]:
    """Return a node and all below it."""
    found: list[Node] = [root]
    for node in found:
        if isinstance(node, _PARENTS):
            found.extend(node.child_nodes)
    return found
