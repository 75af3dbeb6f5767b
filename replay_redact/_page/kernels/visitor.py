"""The visitor where native kernels are in use: they mask the attributes of an element in one call.

What a kernel hands back is masked in Python. Both give the same.
"""

from __future__ import annotations

from replay_redact._masks.media import gray_image, give_size
from replay_redact._page.attribute_kinds import BLANK_DOCUMENT
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
        kernel = kernels.Attributes(self._names.known, words, BLANK_DOCUMENT, gray_image())
        self._mask = kernel.mask
        self._notes = tally.changed_attributes
        self._tags: dict[str, int] = {}  # facts of tags that stay as they are

    def _element(self, element: Element, above: Context, facts_of: dict[int, int]) -> Context:
        """Mask an element as `Visitor` does.

        The first question is whether its attributes have any fact: most have none, and the kernel
        knows. So the decision follows from the tag alone.
        """
        facts = self._tags.get(element.tag_name)
        if facts is None:
            facts = self._learn_tag(self._check_tag(element, above))
        if element.is_shadow is True:
            facts |= BOUNDARY
        context = above.children.get(facts) or self.rules.child(above, facts)
        attributes = element.attributes
        if attributes or context.blocked:
            if context.blocked:
                return super()._element(element, above, facts_of)
            bits = context.kernel_bits
            if bits is None:
                bits = context.kernel_bits = context_bits(context)
            done = self._mask(attributes, bits, element, context, self._notes)
            if done is None:
                return self._with_facts(element, above, facts_of)
            if done is not True:
                self._finish(element, context, *done)
            elif facts & IMAGE:
                give_size(attributes)
        if facts:
            facts_of[element.id] = facts
        return context

    def _learn_tag(self, tag: str) -> int:
        """Return the facts of a tag."""
        facts = self.rules.facts(tag, {})
        if tag in self._known_tags:
            self._tags[tag] = facts
        return facts

    def _with_facts(self, element: Element, above: Context, facts_of: dict[int, int]) -> Context:
        """Mask an element of which the attributes have facts."""
        attributes = element.attributes
        self._names.learn(attributes)
        facts = self.rules.facts(element.tag_name, attributes)
        if element.is_shadow is True:
            facts |= BOUNDARY
        context = above.children.get(facts) or self.rules.child(above, facts)
        if context.blocked or facts & SENSITIVE:
            return super()._element(element, above, facts_of)
        bits = context_bits(context) | RULES_ASKED
        done = self._mask(attributes, bits, element, context, self._notes)
        if done is None:
            return super()._element(element, above, facts_of)
        if done is not True:
            self._finish(element, context, *done)
        elif facts & IMAGE:
            give_size(attributes)
        if facts:
            facts_of[element.id] = facts
        return context

    def _finish(
        self, element: Element, context: Context, left: list[str], compared: dict[str, str]
    ) -> None:
        """Mask the attributes that the kernel left."""
        if left:
            self._names.learn(left)
            dropped = self.attributes.mask_some(
                element.attributes, left, context, compared, element
            )
            self.attributes.count_dropped(dropped)
        elif context.bits & IMAGE:
            give_size(element.attributes)
        self.waiting.tag(element, element.id, compared, context)
