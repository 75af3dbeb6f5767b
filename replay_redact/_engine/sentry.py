"""What Sentry's browser SDK would have recorded, made of a recording without masks.

The SDK decides when it serializes a node or a change, from the DOM as it then is. A recording
without masks holds that DOM, so the same decisions can be made again, event by event.
`_rules.sentry` decides; this module masks, and leaves out what the SDK would not have recorded.

Below a blocked element the SDK records nothing. The mirror keeps such nodes, marked as unrecorded:
rules still hold for them, as for nodes of the DOM that the SDK's recorder gave no id.

`_engine.sentry_events` has the handlers of events, `_engine.sentry_crumbs` breadcrumbs.
"""

from __future__ import annotations

from typing import Any

from replay_redact import events as ev
from replay_redact._engine.sentry_media import box, without_background_image
from replay_redact._engine.sentry_memory import SentryMemory
from replay_redact._masks.differences import text_channel
from replay_redact._masks.text import MASK, mask_text
from replay_redact._page.masking import IN_TEXT, masked_by
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.tally import Tally
from replay_redact._rules.decisions import HIDDEN
from replay_redact._rules.matching import BOUNDARY, OTHER
from replay_redact._rules.sentry import (
    BUTTON,
    FORM_FIELD,
    OPTION,
    SCRIPT,
    STYLE,
    TEXTAREA,
    UNRECORDED,
    SentryDecision,
    compile_sentry_rules,
    html_only,
)
from replay_redact._runtime.utf16 import utf16_length
from replay_redact.nodes import CData, Comment, Document, Element, Node, Text
from replay_redact.policy import Policy
from replay_redact.policy.functions import masking
from replay_redact.report import Report

_SCRIPT_TEXT = "SCRIPT_PLACEHOLDER"


class Sentry:
    """The SDK's recorder for one recording."""

    def __init__(self, policy: Policy, report: Report) -> None:
        self.policy = policy
        self.report = report
        self._function = masking(policy.mask_fn)
        self.tally = Tally(report)
        self.rules = compile_sentry_rules(policy)
        self.mirror = Mirror(self.rules)
        self.mirror.compared = self.memory = SentryMemory()

    # --- what is known ---

    def clear(self) -> None:
        """Forget all nodes."""
        self.mirror.clear()

    def mask_gathered(self) -> None:
        """Do nothing: texts are masked where they stand."""

    def knows(self, node_id: int) -> bool:
        """Tell whether the SDK would have serialized a node."""
        return node_id in self.mirror.parents and not self.is_unrecorded(node_id)

    def is_there(self, node_id: int) -> bool:
        """Tell whether the output has a node, even if a blocked node has its id as well."""
        unrecorded = self.mirror.facts.get(node_id, 0) & UNRECORDED
        return node_id in self.mirror.parents and not unrecorded

    def is_unrecorded(self, node_id: int) -> bool:
        """Tell whether a node stands, or stood, below a blocked element."""
        return self.mirror.facts.get(node_id, 0) & (HIDDEN | UNRECORDED) != 0

    def element(self, node_id: int) -> SentryDecision:
        """Return the decision about the element that judges a node: itself, or its parent."""
        decision = self.mirror.context(node_id)
        bits = decision.bits
        if not bits & OTHER:
            return decision
        return self.rules.root if bits & BOUNDARY else self.mirror.parent_context(node_id)

    def records(self, node_id: int) -> bool:
        """Tell whether events about a node are recorded: it is known and not blocked."""
        return self.knows(node_id) and not self.element(node_id).silenced

    def snapshot(self, root: Node) -> None:
        """Serialize a document anew."""
        self.clear()
        self.mirror.replace(self._serialize(root, None, self.rules.root))

    def add(self, item: ev.Addition, added: set[int]) -> bool:
        """Serialize a node that was added, if the SDK does; ``added`` came by the same event.

        It looks for blocks above what changed, but not from a shadow root: what is added right
        below one is recorded even if its host is blocked, with all that is below it. But it waits
        in vain for the id of a neighbour that it did not record.
        """
        node, parent_id = item.node, item.parent_id
        waits = item.next_id is not None and self.is_unrecorded(item.next_id)
        if waits or not self._adds(node, parent_id, added):
            if parent_id in self.mirror.parents:
                self._add_hidden(node, parent_id)
            return False
        self.mirror.remove(node.id)
        if parent_id not in self.mirror.parents:  # it was below the node that it now contains
            return False
        self.mirror.graft(self._serialize(node, parent_id, self.mirror.context(parent_id)))
        added.add(node.id)
        return True

    def _adds(self, node: Node, parent_id: int, added: set[int]) -> bool:
        if not self.knows(parent_id):
            return False
        above = self.mirror.context(parent_id)
        if parent_id in added:
            return not above.boxed
        return node.is_shadow is True or not above.silenced

    def _add_hidden(self, root: Node, parent_id: int) -> None:
        """Enter a tree that the SDK does not record; nodes that are known elsewhere stay there."""
        todo = [(root, parent_id)]
        for node, above in todo:
            if node.id in self.mirror.parents:
                self.mirror.hide([node.id])
            else:
                self.mirror.add(node.id, above, self._facts(node) | UNRECORDED)
            if isinstance(node, Element | Document):
                todo.extend((child, node.id) for child in node.child_nodes)

    # --- serializing ---

    def _serialize(self, root: Node, parent_id: int | None, above: SentryDecision) -> Branch:
        """Mask a tree, and return what the mirror has to know of it."""
        branch, entered = Branch(root.id, parent_id), []
        todo = [(root, parent_id, above, "text")]
        while todo:
            node, at, judge, channel = todo.pop()
            entered.append(node.id)
            decision = self.rules.child(judge, self._enter(node, at, branch))
            self._note_text(node, channel, judge)
            self._mask(node, judge, decision)
            if not isinstance(node, Element | Document):
                continue
            if isinstance(node, Element) and node.is_shadow_host is True and not decision.boxed:
                self.memory.note_label(node)
            if decision.boxed:
                self.tally.part(node, "media", len(node.child_nodes), decision)
                entered += self._enter_unrecorded(node, branch)
            inside = text_channel(node.tag_name) if isinstance(node, Element) else "text"
            todo.extend((child, node.id, decision, inside) for child in node.child_nodes)
        if len(entered) != len(branch.parents):
            branch.settle(entered)
        return branch

    def _enter(self, node: Node, parent_id: int | None, branch: Branch, more: int = 0) -> int:
        branch.parents[node.id] = parent_id
        facts = self._facts(node) | more
        if facts:
            branch.facts[node.id] = facts
        return facts

    def _enter_unrecorded(self, box: Element | Document, branch: Branch) -> list[int]:
        """Enter all below a blocked element, take it out of the tree, and return its ids."""
        todo = [(child, box.id) for child in box.child_nodes]
        box.child_nodes = []
        for node, parent_id in todo:
            self._enter(node, parent_id, branch, UNRECORDED)
            if isinstance(node, Element | Document):
                todo.extend((child, node.id) for child in node.child_nodes)
        return [node.id for node, _ in todo]

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
            node.text_content = self.text(node.text_content, judge)
        elif isinstance(node, CData | Comment):
            node.text_content = ""

    def _element(self, element: Element, decision: SentryDecision) -> None:
        if decision.boxed:
            element.attributes = box(element)
            if "class" in element.attributes:
                named = self.attribute("class", element.attributes["class"], decision)
                element.attributes["class"] = named
            return
        attributes, bits = element.attributes, decision.bits
        value = attributes.get("value")
        for name, item in attributes.items():
            attributes[name] = self.attribute(name, item, decision)
        old = self.rules.sdk.records_old_values and self.memory.is_emptied(element.id)
        if bits & FORM_FIELD and not bits & BUTTON and value and not old:
            attributes["value"] = self._value(value, decision)
        if bits & OPTION and self.policy.mask_all_inputs:
            attributes.pop("selected", None)
        if isinstance(attributes.get("style"), str) and self.policy.block_all_media:
            attributes["style"] = without_background_image(attributes["style"])
        attributes.pop("rr_dataURL", None)

    def text(self, text: str, parent: SentryDecision) -> str:
        """Mask a text as the element that holds it says."""
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

    def attribute(self, name: str, value: Any, decision: SentryDecision) -> Any:
        """Mask the value of an attribute if its name asks for it."""
        if isinstance(value, str) and self.rules.masks_attribute(decision, name, value):
            return mask_text(value)
        return value

    def label(self, label: str, node_id: int, element: SentryDecision) -> str:
        """Mask the texts right below an element as a breadcrumb has them, one behind the other."""
        parts = self.memory.split_label(node_id, label)
        if parts is None:
            return mask_text(label)
        return "".join(
            self.text(part, self.rules.root if in_shadow else element) for part, in_shadow in parts
        )

    # --- changes ---

    def changed_text(self, mutation: ev.TextMutation) -> bool:
        """Mask a text change as the SDK does: style, script and fields are no exceptions."""
        judge = self.element(mutation.id)
        if judge.boxed or not self.knows(mutation.id):
            return False
        if mutation.value is not None and judge.text_masked:
            self.tally.field(mutation, "value", mutation.value, "text", judge)
            mutation.value = self.masked_text(mutation.value)
        return True

    def changed_attributes(self, mutation: ev.AttributeMutation) -> bool:
        """Mask an attribute change, judged by the element as it is afterwards."""
        if mutation.id not in self.mirror.parents:
            return False
        facts = self.mirror.facts.get(mutation.id, 0)
        for name, value in mutation.attributes.items():
            facts = self.rules.changed_facts(facts, name, value)
        self.mirror.change_facts(mutation.id, facts)
        decision = self.mirror.context(mutation.id)
        if decision.boxed or not self.knows(mutation.id):
            return False
        recorded = dict(mutation.attributes)
        mutation.attributes.pop("rr_dataURL", None)
        for name, value in mutation.attributes.items():
            live = self._value(value, decision) if name == "value" else value
            mutation.attributes[name] = self.attribute(name, live, decision)
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
        if self._function is None:
            return otherwise
        own = masked_by(self._function, text, IN_TEXT, self.report.dropped)
        return mask_text(text) if own is None else own
