"""The visitor for native kernels, which mask all attributes of an element in one call.

Python masks what a kernel hands back. Both give the same output.
"""

from __future__ import annotations

from typing import Any

from replay_redact._masks.media import give_size
from replay_redact._page.kernels.bits import RULES_ASKED, context_bits
from replay_redact._page.kernels.names import Names
from replay_redact._page.kernels.texts import KernelTexts
from replay_redact._page.mirror import Mirror
from replay_redact._page.tally import Tally
from replay_redact._page.tree import Visitor
from replay_redact._rules.decisions import SENSITIVE
from replay_redact._rules.matching import BOUNDARY
from replay_redact._rules.strict import IMAGE, Context, Rules
from replay_redact._runtime.native import Kernels
from replay_redact.nodes import Element


class KernelVisitor(Visitor):
    """Masks trees with the help of kernels."""

    def __init__(
        self, rules: Rules, mirror: Mirror[Context], tally: Tally, kernels: Kernels
    ) -> None:
        super().__init__(rules, mirror, tally)
        self.gathered = KernelTexts(self.masks, tally, kernels)
        self._names = Names(self.attributes)
        words = list(rules.all_facts.lists.get("class", ()))
        self._mask = kernels.Attributes(self._names.known, words).mask
        self._notes = tally.changed_attributes
        self._tags: dict[str, int] = {}  # facts of tags that stay as they are

    def _element(self, element: Element, above: Context, facts_of: dict[int, int]) -> Context:
        """Mask an element as `Visitor` does.

        Most attributes give an element no fact, and the kernel can tell. So the first decision
        uses the tag alone.
        """
        facts = self._tags.get(element.tag_name)
        if facts is None:
            facts = self._learn_tag(self._check_tag(element, above))
        if element.is_shadow is True:
            facts |= BOUNDARY
        context = above.children.get(facts) or self.rules.child(above, facts)
        if context.blocked:
            return super()._element(element, above, facts_of)
        if element.attributes:
            bits = context.kernel_bits
            if bits is None:
                bits = context.kernel_bits = context_bits(context)
            done = self._mask(element.attributes, bits, element, context, self._notes)
            if done is not True:
                return self._go_on(done, element, above, facts, facts_of)
            if facts & IMAGE:
                give_size(element.attributes)
        if facts:
            facts_of[element.id] = facts
        return context

    def _learn_tag(self, tag: str) -> int:
        """Return the facts of a tag."""
        facts = self.rules.facts(tag, {})
        if tag in self._known_tags:
            self._tags[tag] = facts
        return facts

    def _go_on(
        self, done: Any, element: Element, above: Context, facts: int, facts_of: dict[int, int]
    ) -> Context:
        """Go on where the kernel stopped: at attributes with facts, or that it handed back."""
        context = self.rules.child(above, facts)
        if type(done) is list:
            facts |= self._facts_of(element, done)
            context = self.rules.child(above, facts)
            if context.blocked or facts & SENSITIVE:
                done = None
            else:
                bits = context_bits(context) | RULES_ASKED
                done = self._mask(element.attributes, bits, element, context, self._notes)
        if done is None:
            return super()._element(element, above, facts_of)
        if done is not True:
            self._finish(element, context, *done)
        elif facts & IMAGE:
            give_size(element.attributes)
        if facts:
            facts_of[element.id] = facts
        return context

    def _facts_of(self, element: Element, names: list[str]) -> int:
        """Return the facts that an element has from its tag and these attributes."""
        self._names.learn(names)
        asked = {name: element.attributes[name] for name in names}
        return self.rules.facts(element.tag_name, asked)

    def _finish(
        self, element: Element, context: Context, left: list[str], compared: dict[str, str]
    ) -> None:
        """Mask the attributes that the kernel handed back."""
        if left:
            self._names.learn(left)
            dropped = self.attributes.mask_some(
                element.attributes, left, context, compared, element
            )
            self.attributes.count_dropped(dropped)
        elif context.bits & IMAGE:
            give_size(element.attributes)
        self.waiting.tag(element, element.id, compared, context)
