"""What Sentry's SDK remembers of elements, beside their places and facts.

* Fields: the SDK leaves out an input event that says the same as the last one of its field. It
  compares what it records, so if four letters replace four others, the asterisks are the same.
  Version 10 records the attribute ``value`` of an empty field as it is, see `Sdk`.
* Hosts of shadow roots: in a breadcrumb, the SDK joins the texts right below an element. It masks
  them, but not those right below the shadow root.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable
from typing import Any, NamedTuple

import msgspec

from replay_redact._masks.text import MASK, mask_text
from replay_redact._page.compared import ComparedWords
from replay_redact._runtime.utf16 import from_units, to_units
from replay_redact.nodes import Element, Text
from replay_redact.policy import Policy
from replay_redact.report import Report


class Judged(NamedTuple):
    """What happens to an input event: whether it passes, and whether its text is masked."""

    passes: bool
    masked: bool


_Packed = tuple[dict[int, tuple[int, bool]], dict[int, list[int]], Judged | None]


class SentryMemory(ComparedWords):
    """The last masked values of fields, and the texts of hosts of shadow roots: lengths only.

    The mirror keeps it where it keeps the words of style sheets under the strict rules: it is
    forgotten with the nodes, and is in the state.

    >>> memory = SentryMemory()
    >>> memory.note_input(7, 4, checked=False), memory.note_input(7, 4, checked=False)
    (True, False)
    """

    def __init__(self) -> None:
        super().__init__(Report(), Policy(hide_state=True))  # there are no public words
        self._inputs: dict[int, tuple[int, bool]] = {}
        self._labels: dict[int, list[int]] = {}
        self._removed: tuple[dict[int, Any], ...] = ({}, {})  # what was kept of nodes just removed
        self.chosen: Judged | None = None  # of the radio button that the last event checked

    # --- form fields ---

    def note_input(self, node_id: int, length: int, *, checked: bool) -> bool:
        """Note a masked value; return whether it differs from the last."""
        said = (length, checked)
        if self._inputs.get(node_id) == said:
            return False
        self._inputs[node_id] = said
        return True

    def forget_input(self, node_id: int) -> None:
        """Forget a field: what it said last was not masked."""
        self._inputs.pop(node_id, None)

    def note_unsaid(self, node_id: int, *, emptied: bool, checked: bool) -> None:
        """Note what a field holds whose events are left out."""
        if emptied:
            self._inputs[node_id] = (0, checked)
        elif self.is_emptied(node_id):
            self.forget_input(node_id)

    def is_emptied(self, node_id: int) -> bool:
        """Tell whether a field, which may just be on the move, said last that it is empty.

        >>> memory = SentryMemory()
        >>> memory.note_input(7, 0, checked=False), memory.is_emptied(7)
        (True, True)
        """
        length, _ = self._inputs.get(node_id) or self._removed[0].get(node_id, (1, False))
        return length == 0

    # --- hosts of shadow roots ---

    def note_label(self, host: Element) -> None:
        """Note the texts right below a host, if there are any right below its shadow root."""
        texts = [node for node in host.child_nodes if isinstance(node, Text)]
        lengths = [-said if node.is_shadow is True else said for node, said in _trimmed(texts)]
        if min(lengths, default=0) < 0:
            self._labels[host.id] = lengths

    def split_label(self, node_id: int, label: str) -> list[tuple[str, bool]] | None:
        """Return the parts of the text in a breadcrumb, and whether each is of the shadow root.

        ``None`` means that it cannot be told.
        """
        units = to_units(label)
        lengths = self._labels.get(node_id, [len(units)])
        if sum(map(abs, lengths)) != len(units):
            return None
        ends = itertools.accumulate(map(abs, lengths))
        parts = [
            (from_units(units[end - abs(length) : end]), length < 0)
            for length, end in zip(lengths, ends, strict=True)
        ]
        whole = "".join([part for part, _ in parts]) == label  # else an end splits a character
        return parts if whole else None

    # --- what the mirror asks for ---

    def _pairs(self) -> Iterable[tuple[dict[int, Any], dict[int, Any]]]:
        """Pair what is kept of nodes with what was kept of those just removed."""
        kept: tuple[dict[int, Any], ...] = (self._inputs, self._labels)
        return zip(kept, self._removed, strict=True)

    def clear(self) -> None:
        """Forget all: another page begins."""
        super().clear()
        self.chosen = None
        for kept, removed in self._pairs():
            kept.clear()
            removed.clear()

    def remove(self, node_ids: Iterable[int]) -> None:
        """Forget nodes that are removed; see `keep_moved`."""
        for node_id in node_ids:
            for kept, removed in self._pairs():
                if node_id in kept:
                    removed[node_id] = kept.pop(node_id)

    def keep_moved(self, known: Container[int]) -> None:
        """Remember nodes again that were removed and added since the last call."""
        for kept, removed in self._pairs():
            kept.update((at, said) for at, said in removed.items() if at in known)
            removed.clear()

    def packed(self) -> bytes:
        """Return all as bytes, for a state; none if there is nothing."""
        kept = [dict(sorted(kept.items())) for kept in (self._inputs, self._labels)]
        known = any(kept) or self.chosen is not None
        return msgspec.msgpack.encode((*kept, self.chosen)) if known else b""

    def unpack(self, packed: bytes) -> None:
        """Take over what a state holds. Raises ``ValueError`` if the bytes are not such."""
        try:
            kept = msgspec.msgpack.decode(packed, type=_Packed) if packed else ({}, {}, None)
        except msgspec.DecodeError as error:
            raise ValueError("these are no lengths of texts") from error
        self._inputs, self._labels, self.chosen = kept


def _trimmed(texts: Iterable[Text]) -> Iterable[tuple[Text, int]]:
    """Yield texts and their lengths in UTF-16 units, without white space at both ends."""
    for node in texts:
        masked = mask_text(node.text_content)
        yield node, masked.rfind(MASK) - masked.find(MASK) + (MASK in masked)
