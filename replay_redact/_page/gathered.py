"""Gathering texts and masking them together: one long string is faster than many short ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from replay_redact._masks.text import has_odd_space, is_blank
from replay_redact._page.masking import Masks, masked_by
from replay_redact.events import TextMutation
from replay_redact.nodes import Text
from replay_redact.report import Report


class GatheredTexts:
    """The texts of trees and changes that still have to be masked or scrubbed."""

    def __init__(self, masks: Masks, report: Report) -> None:
        self.masks = masks
        self.report = report
        self.texts: list[Text] = []
        self.changes: list[TextMutation] = []
        self.shown: list[Text] = []  # the policy shows these, so they are scrubbed
        self._doubled = False  # whether an item may wait twice

    def take_again(self, item: Any, waiting: list[Any], text: str) -> None:
        """Gather a text, unless it is masked already. It may be waiting already."""
        if self.masks.text(text) != text:
            waiting.append(item)
            self._doubled = True

    def scan_shown(self) -> None:
        """Scrub the texts of one tree that the policy shows."""
        if not self.shown:
            return
        nodes, self.shown = self.shown, []
        scanned = self.masks.shown_texts([node.text_content for node in nodes])
        for node, text in zip(nodes, scanned, strict=True):
            node.text_content = text

    def mask(self) -> None:
        """Mask all gathered texts."""
        nodes, changes = self._without_blanks(), self.changes
        texts = [node.text_content for node in nodes]
        texts += [change.value or "" for change in changes]
        if texts:
            self.report.masked["text"] += (
                len({id(item) for item in (*nodes, *changes)}) if self._doubled else len(texts)
            )
            masked = self._mask_all(texts)
            for node, text in zip(nodes, masked, strict=False):  # changes follow
                node.text_content = text
            for change, text in zip(changes, masked[len(nodes) :], strict=True):
                change.value = text
        self.texts, self.changes, self._doubled = [], [], False

    def _without_blanks(self) -> list[Text]:
        """Return the texts that are more than white space: about half of all.

        If any of the others has a character that is white space to Python but not to JavaScript,
        return all texts.
        """
        blanks = [node.text_content for node in self.texts if node.text_content.isspace()]
        if not blanks or has_odd_space("".join(blanks)):
            return self.texts
        return [node for node in self.texts if not node.text_content.isspace()]

    def _mask_all(self, texts: list[str]) -> list[str]:
        mask_fn = self.masks.policy.mask_fn
        if mask_fn is None:
            return self.masks.texts(texts)
        return [text if is_blank(text) else self._mask_by(mask_fn, text) for text in texts]

    def _mask_by(self, mask_fn: Callable[[str], Any], text: str) -> str:
        """Mask a text with the function of the policy, or with asterisks if that fails."""
        own = masked_by(mask_fn, text, self.report.dropped)
        return self.masks.text(text) if own is None else own
