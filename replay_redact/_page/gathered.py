"""Gathering texts and masking them together: one long string is faster than many short ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import not_
from typing import Any

from replay_redact._masks.text import has_odd_space
from replay_redact._page.masking import IN_TEXT, Masks
from replay_redact._page.tally import Tally
from replay_redact._rules.decisions import Decision
from replay_redact.events import TextMutation
from replay_redact.nodes import Text
from replay_redact.policy import TextPlace


class GatheredTexts:
    """The texts of trees and changes that still have to be masked or scrubbed."""

    def __init__(self, masks: Masks, tally: Tally) -> None:
        self.masks = masks
        self.tally = tally
        self.texts: list[Text] = []
        self._decided: list[tuple[Decision, int]] = []  # each with the number of its first text
        self.changes: list[TextMutation] = []
        self._of_changes: list[Decision] = []  # decisions
        self._shown: list[Text] = []  # the policy shows these, so they are scrubbed
        self._of_shown: list[Decision] = []

    def decide(self, decision: Decision) -> None:
        """Say what was decided about the texts that follow."""
        self._decided.append((decision, len(self.texts)))

    def text(self, node: Text, decision: Decision) -> None:
        """Gather one text. The decision about those that follow is the one before."""
        following = self._decided[-1][0] if self._decided else decision
        self.decide(decision)
        self.texts.append(node)
        self.decide(following)

    def change(self, change: TextMutation, decision: Decision) -> None:
        """Gather a changed text."""
        self.changes.append(change)
        self._of_changes.append(decision)

    def show(self, node: Text, decision: Decision) -> None:
        """Gather a text that the policy shows."""
        self._shown.append(node)
        self._of_shown.append(decision)

    def needs_mask(self, text: str) -> bool:
        """Tell whether a text is not masked yet. Perhaps it is waiting."""
        return self.masks.text(text) != text

    def scan_shown(self) -> None:
        """Scrub the texts of one tree that the policy shows."""
        if not self._shown:
            return
        nodes, decisions, self._shown, self._of_shown = self._shown, self._of_shown, [], []
        scanned = self._scan(nodes, decisions)
        for node, text, decision in zip(nodes, scanned, decisions, strict=True):
            if text != node.text_content:
                self.tally.field(node, "text_content", node.text_content, "text", decision)
                node.text_content = text

    def _scan(self, nodes: list[Text], _decisions: list[Decision]) -> list[str]:
        return self.masks.shown_texts([node.text_content for node in nodes])

    def mask(self) -> None:
        """Mask all gathered texts."""
        if not (self.texts or self.changes):
            self._decided.clear()
            return
        nodes, decisions = self._without_blanks()
        changes = self.changes
        texts = [node.text_content for node in nodes]
        texts += [change.value or "" for change in changes]
        items = [*nodes, *changes]
        decisions += self._of_changes
        masked = self._mask_all(items, texts, decisions)
        for node, text in zip(nodes, masked, strict=False):  # changes follow
            node.text_content = text
        for change, text in zip(changes, masked[len(nodes) :], strict=True):
            change.value = text
        self.tally.texts(items, texts, masked, decisions)
        self.texts, self._decided, self.changes, self._of_changes = [], [], [], []

    def _without_blanks(self) -> tuple[list[Text], list[Decision]]:
        """Return the texts that are more than white space, about half of all, with decisions.

        If any of the others has a character that is white space to Python but not to JavaScript,
        return all texts.
        """
        decisions = self._decisions()
        texts = [node.text_content for node in self.texts]
        blank = list(map(str.isspace, texts))
        if has_odd_space("".join(compress(texts, blank))):
            return self.texts, decisions
        kept = list(map(not_, blank))
        return list(compress(self.texts, kept)), list(compress(decisions, kept))

    def _decisions(self) -> list[Decision]:
        """Return the decision about each text."""
        decisions: list[Decision] = []
        ends = (start for _, start in (*self._decided[1:], (None, len(self.texts))))
        for (decision, start), end in zip(self._decided, ends, strict=False):
            decisions += [decision] * (end - start)
        return decisions

    def _mask_all(
        self, items: Sequence[Any], texts: list[str], _decisions: list[Decision]
    ) -> list[str]:
        if self.masks.policy.mask_fn is None:
            return self.masks.texts(texts)
        return list(map(self.masks.placed, texts, map(self._place_of, items)))

    def _place_of(self, _item: Any) -> TextPlace:
        """Return the place of a text or a changed text, as far as it is known."""
        return IN_TEXT
