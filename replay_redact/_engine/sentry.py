"""What Sentry's browser SDK would have recorded, made of a recording without masks.

The SDK decides when it serializes a node or a change, from the DOM as it then is. A recording
without masks holds that DOM, so the same decisions can be made again, event by event.
`_rules.sentry` decides; this module masks, and leaves out what the SDK would not have recorded.

Below a blocked element the SDK records nothing. The mirror keeps such nodes as hidden, so that
one can be asked why they are not there.

An event about a node that the SDK would not have serialized is dropped, since
the SDK could not have recorded it; so are plugin events, drawn pixels and assets, which it does
not record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from replay_redact import events as ev
from replay_redact._engine.handlers import HANDLERS
from replay_redact._engine.sentry_media import BACKGROUND_IMAGE, box, without_background_image
from replay_redact._masks.differences import text_channel
from replay_redact._masks.text import MASK, mask_text
from replay_redact._page.masking import masked_by
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.mutations import size_of
from replay_redact._page.tally import Tally
from replay_redact._page.tree import nodes_of
from replay_redact._rules.decisions import HIDDEN
from replay_redact._rules.facts import BOUNDARY, OTHER
from replay_redact._rules.sentry import (
    BUTTON,
    FORM_FIELD,
    OPTION,
    SCRIPT,
    STYLE,
    TEXTAREA,
    SentryDecision,
    compile_sentry_rules,
    html_only,
    records_key,
)
from replay_redact._runtime.utf16 import utf16_length
from replay_redact._wire.event_forms import WIREFRAMES
from replay_redact.nodes import CData, Comment, Document, Element, Node, Text
from replay_redact.policy import Policy
from replay_redact.report import Report

NOT_RECORDED = -1
"""The id that recorders give to a node that they do not know."""

_SCRIPT_TEXT = "SCRIPT_PLACEHOLDER"
_MODIFIERS = ("metaKey", "ctrlKey", "altKey")
_SAME = (
    ev.Unreadable,
    ev.DomContentLoaded,
    ev.Load,
    ev.Asset,
    ev.ViewportResize,
    ev.CanvasMutation,  # the SDK records canvas with another integration only
)
"""Kinds of which the SDK makes what the strict rules make of them."""


class Sentry:
    """The SDK's recorder for one recording."""

    def __init__(self, policy: Policy, report: Report) -> None:
        self.policy = policy
        self.report = report
        self.tally = Tally(report)
        self.rules = compile_sentry_rules(policy)
        self.mirror = Mirror(self.rules)

    # --- what is known ---

    def clear(self) -> None:
        """Forget all nodes."""
        self.mirror.clear()

    def mask_gathered(self) -> None:
        """Do nothing: texts are masked where they stand."""

    def knows(self, node_id: int) -> bool:
        """Tell whether the SDK would have serialized a node."""
        return node_id in self.mirror.parents and not self.is_hidden(node_id)

    def is_hidden(self, node_id: int) -> bool:
        """Tell whether a node stands, or stood, below a blocked element."""
        return self.mirror.facts.get(node_id, 0) & HIDDEN != 0

    def element(self, node_id: int) -> SentryDecision:
        """Return the decision about the element that judges a node: itself, or its parent."""
        decision = self.mirror.context(node_id)
        bits = decision.bits
        if bits & HIDDEN or not bits & OTHER:
            return decision
        return self.rules.root if bits & BOUNDARY else self.mirror.parent_context(node_id)

    def records(self, node_id: int) -> bool:
        """Tell whether events about a node are recorded: it is known and not blocked."""
        return not self.element(node_id).blocked

    def snapshot(self, root: Node) -> None:
        """Serialize a document anew."""
        self.clear()
        self.mirror.replace(self._serialize(root, None, self.rules.root))

    def add(self, node: Node, parent_id: int) -> bool:
        """Serialize a node that was added, unless its parent is blocked or not recorded."""
        if self.mirror.context(parent_id).blocked:
            if parent_id in self.mirror.parents:
                self.mirror.add_hidden([inner.id for inner in nodes_of(node)], parent_id)
            return False
        self.mirror.remove(node.id)
        above = self.mirror.context(parent_id)
        if above.blocked:  # it was below the node that it now contains
            return False
        self.mirror.graft(self._serialize(node, parent_id, above))
        return True

    # --- serializing ---

    def _serialize(self, root: Node, parent_id: int | None, above: SentryDecision) -> Branch:
        """Mask a tree, and return what the mirror has to know of it."""
        branch, shown = Branch(root.id, parent_id), []
        todo = [(root, parent_id, above, "text")]
        while todo:
            node, at, judge, channel = todo.pop()
            shown.append(node.id)
            decision = self.rules.child(judge, self._enter(node, at, branch))
            self._note_text(node, channel, judge)
            self._mask(node, judge, decision)
            if not isinstance(node, Element | Document):
                continue
            if decision.boxed:
                self.tally.part(node, "media", len(node.child_nodes), decision)
                self._enter_hidden(node, branch)
            inside = text_channel(node.tag_name) if isinstance(node, Element) else "text"
            todo.extend((child, node.id, decision, inside) for child in node.child_nodes)
        if len(shown) + len(branch.hidden) != len(branch.parents):
            branch.settle(shown)
        branch.hide()
        return branch

    def _enter(self, node: Node, parent_id: int | None, branch: Branch) -> int:
        branch.parents[node.id] = parent_id
        facts = self._facts(node)
        if facts:
            branch.facts[node.id] = facts
        return facts

    def _enter_hidden(self, box: Element | Document, branch: Branch) -> None:
        """Enter all below a blocked element, and take it out of the tree."""
        todo = [(child, box.id) for child in box.child_nodes]
        box.child_nodes = []
        for node, parent_id in todo:
            self._enter(node, parent_id, branch)
            branch.hidden.append(node.id)
            if isinstance(node, Element | Document):
                todo.extend((child, node.id) for child in node.child_nodes)

    def _facts(self, node: Node) -> int:
        boundary = BOUNDARY if node.is_shadow is True or isinstance(node, Document) else 0
        if not isinstance(node, Element):
            return OTHER | boundary
        facts = self.rules.facts(node.tag_name, node.attributes)
        return boundary | (html_only(facts) if node.is_svg is True else facts)

    def _note_text(self, node: Node, channel: str, above: SentryDecision) -> None:
        if isinstance(node, Text | CData | Comment):
            self.tally.field(node, "text_content", node.text_content, channel, above)

    def _mask(self, node: Node, above: SentryDecision, decision: SentryDecision) -> None:
        if isinstance(node, Element):
            recorded = dict(node.attributes)
            self._element(node, decision)
            self.tally.replaced(node, recorded, decision)
        elif isinstance(node, Text):
            judge = self.rules.root if decision.bits & BOUNDARY else above
            node.text_content = self._text(node.text_content, judge)
        elif isinstance(node, CData | Comment):
            node.text_content = ""

    def _element(self, element: Element, decision: SentryDecision) -> None:
        if decision.boxed:
            element.attributes = box(element)
            return
        attributes, bits = element.attributes, decision.bits
        value = attributes.get("value")
        for name, item in attributes.items():
            attributes[name] = self._attribute(name, item, decision)
        if bits & FORM_FIELD and not bits & BUTTON and value:
            attributes["value"] = self._value(value, decision)
        if bits & OPTION and self.policy.mask_all_inputs:
            attributes.pop("selected", None)
        if isinstance(attributes.get("style"), str) and self.policy.block_all_media:
            attributes["style"] = without_background_image(attributes["style"])
        attributes.pop("rr_dataURL", None)

    def _text(self, text: str, parent: SentryDecision) -> str:
        bits = parent.bits
        if bits & STYLE:
            return text
        if bits & SCRIPT:
            return _SCRIPT_TEXT
        if parent.text_masked or (bits & TEXTAREA and self.policy.mask_all_inputs):
            text = self.masked_text(text)
        if bits & OPTION and parent.input_masked:
            text = self.masked_input(text)
        return text

    def _value(self, value: Any, decision: SentryDecision) -> Any:
        if isinstance(value, str) and decision.input_masked:
            return self.masked_input(value)
        return value

    def _attribute(self, name: str, value: Any, decision: SentryDecision) -> Any:
        if isinstance(value, str) and self.rules.masks_attribute(decision, name, value):
            return mask_text(value)
        return value

    # --- changes ---

    def changed_text(self, mutation: ev.TextMutation) -> bool:
        """Mask a text change as the SDK does: style, script and fields are no exceptions."""
        judge = self.element(mutation.id)
        if judge.boxed:
            return False
        if mutation.value is not None and judge.text_masked:
            self.tally.field(mutation, "value", mutation.value, "text", judge)
            mutation.value = self.masked_text(mutation.value)
        return True

    def changed_attributes(self, mutation: ev.AttributeMutation) -> bool:
        """Mask an attribute change, judged by the element as it is afterwards."""
        if not self.knows(mutation.id):
            return False
        facts = self.mirror.facts.get(mutation.id, 0)
        for name, value in mutation.attributes.items():
            facts = self.rules.changed_facts(facts, name, value)
        self.mirror.change_facts(mutation.id, facts)
        decision = self.mirror.context(mutation.id)
        if decision.boxed:
            return False
        recorded = dict(mutation.attributes)
        mutation.attributes.pop("rr_dataURL", None)
        for name, value in mutation.attributes.items():
            live = self._value(value, decision) if name == "value" else value
            mutation.attributes[name] = self._attribute(name, live, decision)
        if mutation.attributes:
            self.tally.replaced(mutation, recorded, decision)
        return bool(mutation.attributes)

    # --- masks ---

    def masked_text(self, text: str) -> str:
        """Mask text, by the policy's function if it has one."""
        return self._by_function(text, mask_text(text))

    def masked_input(self, text: str) -> str:
        """Mask a form value: of what the policy's function returns, the length counts."""
        return MASK * utf16_length(self._by_function(text, text))

    def _by_function(self, text: str, otherwise: str) -> str:
        if self.policy.mask_fn is None:
            return otherwise
        own = masked_by(self.policy.mask_fn, text, self.report.dropped)
        return mask_text(text) if own is None else own


# --- handlers: true if the event passes -----------------------------------------------


def _drop(_sentry: Sentry, _event: Any) -> bool:
    return False


def _full_snapshot(sentry: Sentry, event: ev.FullSnapshot) -> bool:
    sentry.snapshot(event.data.node)
    return True


def _custom(_sentry: Sentry, event: ev.Custom) -> bool:
    """Keep custom events, but for key presses that the SDK makes no breadcrumb of."""
    payload = event.data.payload
    if event.data.tag == WIREFRAMES:  # of an SDK that has no such rules
        return False
    if not isinstance(payload, dict) or payload.get("category") != "ui.keyDown":
        return True
    data = payload.get("data")
    if not isinstance(data, dict):
        return False
    node = data.get("node")
    tag = node.get("tagName") if isinstance(node, dict) else None
    held = any(data.get(name) is True for name in _MODIFIERS)
    return records_key(data.get("key"), in_field=tag in {"input", "textarea"}, held=held)


def _mutation(sentry: Sentry, data: ev.Mutation) -> bool:
    number = size_of(data)
    data.removes = [removal for removal in data.removes if _removal(sentry, removal)]
    data.adds = [
        addition for addition in data.adds if sentry.add(addition.node, addition.parent_id)
    ]
    data.texts = [text for text in data.texts if sentry.changed_text(text)]
    data.attributes = [item for item in data.attributes if sentry.changed_attributes(item)]
    left = size_of(data)
    passes = left > 0 or not number
    if passes:
        sentry.tally.part(data, "structure", number - left)
    return passes


def _removal(sentry: Sentry, removal: ev.Removal) -> bool:
    passes = sentry.knows(removal.id) and not sentry.mirror.context(removal.parent_id).blocked
    if passes or sentry.is_hidden(removal.id):
        sentry.mirror.remove(removal.id)
    return passes


def _input(sentry: Sentry, data: ev.Input) -> bool:
    decision = sentry.mirror.context(data.id)
    if not sentry.records(data.id) or decision.ignored:
        return False
    if decision.input_masked:
        sentry.tally.field(data, "text", data.text, "input", decision)
        data.text = sentry.masked_input(data.text)
    return True


def _path(sentry: Sentry, data: Any) -> bool:
    for position in data.positions:
        if not sentry.knows(position.id):
            sentry.tally.field(position, "id", position.id, "structure")
            position.id = NOT_RECORDED
    return True


def _about_node(sentry: Sentry, data: Any) -> bool:
    return sentry.records(data.id)


def _selection(sentry: Sentry, data: ev.Selection) -> bool:
    number = len(data.ranges)
    data.ranges = [
        item for item in data.ranges if sentry.records(item.start) and sentry.records(item.end)
    ]
    passes = bool(data.ranges) or not number
    if passes:
        sentry.tally.part(data, "structure", number - len(data.ranges))
    return passes


def _sheet(sentry: Sentry, data: Any) -> bool:
    return not isinstance(data.id, int) or sentry.knows(data.id)


def _style_declaration(sentry: Sentry, data: ev.StyleDeclaration) -> bool:
    """Keep changes of rules, but background images go with the media."""
    changed = {part.property for part in (data.set, data.remove) if part is not UNSET}
    if sentry.policy.block_all_media and BACKGROUND_IMAGE in changed:
        return False
    return _sheet(sentry, data)


def _as_recorded(_sentry: Sentry, _event: Any) -> bool:
    return True


SENTRY_HANDLERS: dict[type, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(HANDLERS, _drop),  # unless a line below says something else
    **{kind: HANDLERS[kind] for kind in _SAME},
    ev.FullSnapshot: _full_snapshot,
    ev.Meta: _as_recorded,
    ev.Custom: _custom,
    ev.Mutation: _mutation,
    **dict.fromkeys([ev.MouseMove, ev.TouchMove, ev.Drag], _path),
    **dict.fromkeys([ev.MouseInteraction, ev.Scroll, ev.MediaInteraction], _about_node),
    ev.Input: _input,
    **dict.fromkeys([ev.StyleSheetRule, ev.AdoptedStyleSheet], _sheet),
    ev.Font: _as_recorded,
    ev.StyleDeclaration: _style_declaration,
    ev.Selection: _selection,
    ev.CustomElement: _as_recorded,
}
"""What the SDK makes of each kind of event and each incremental source."""
