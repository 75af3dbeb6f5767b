"""Gathering texts and masking them together: one long string is faster than many short ones."""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress
from typing import Any

from replay_redact._masks.text import has_odd_space, is_blank
from replay_redact._page.masking import Masks, masked_by
from replay_redact._page.tally import Tally
from replay_redact._rules.decisions import Decision
from replay_redact.events import TextMutation
from replay_redact.nodes import Text


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
        scanned = self.masks.shown_texts([node.text_content for node in nodes])
        for node, text, decision in zip(nodes, scanned, decisions, strict=True):
            if text != node.text_content:
                self.tally.field(node, "text_content", node.text_content, "text", decision)
                node.text_content = text

    def mask(self) -> None:
        """Mask all gathered texts."""
        if not (self.texts or self.changes):
            self._decided.clear()
            return
        nodes, decisions = self._without_blanks()
        changes = self.changes
        texts = [node.text_content for node in nodes]
        texts += [change.value or "" for change in changes]
        masked = self._mask_all(texts)
        for node, text in zip(nodes, masked, strict=False):  # changes follow
            node.text_content = text
        for change, text in zip(changes, masked[len(nodes) :], strict=True):
            change.value = text
        self.tally.texts([*nodes, *changes], texts, masked, [*decisions, *self._of_changes])
        self.texts, self._decided, self.changes, self._of_changes = [], [], [], []

    def _without_blanks(self) -> tuple[list[Text], list[Decision]]:
        """Return the texts that are more than white space, about half of all, with decisions.

        If any of the others has a character that is white space to Python but not to JavaScript,
        return all texts.
        """
        decisions = self._decisions()
        blanks = [node.text_content for node in self.texts if node.text_content.isspace()]
        if not blanks or has_odd_space("".join(blanks)):
            return self.texts, decisions
        kept = [not node.text_content.isspace() for node in self.texts]
        return list(compress(self.texts, kept)), list(compress(decisions, kept))

    def _decisions(self) -> list[Decision]:
        """Return the decision about each text."""
        decisions: list[Decision] = []
        ends = (start for _, start in (*self._decided[1:], (None, len(self.texts))))
        for (decision, start), end in zip(self._decided, ends, strict=False):
            decisions += [decision] * (end - start)
        return decisions

    def _mask_all(self, texts: list[str]) -> list[str]:
        mask_fn = self.masks.policy.mask_fn
        if mask_fn is None:
            return self.masks.texts(texts)
        return [text if is_blank(text) else self._mask_by(mask_fn, text) for text in texts]

    def _mask_by(self, mask_fn: Callable[[str], Any], text: str) -> str:
        """Mask a text with the function of the policy, or with asterisks if that fails."""
        own = masked_by(mask_fn, text, self.tally.report.dropped)
        return self.masks.text(text) if own is None else own
