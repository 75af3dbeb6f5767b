"""What stands beside the events: headers of envelopes, properties, people, wrappers.

A table for each kind says what in it is public: ids, times, SDK, browser, system, and
addresses as far as their host. All else is scrubbed, as payloads are, and people are masked.

A kind without a table is dropped and counted, unless the caller keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from replay_redact._allowlists.sentry.schema import TYPES
from replay_redact._masks.differences import compared
from replay_redact._metadata.masks import PayloadMasks, Rule
from replay_redact._metadata.posthog import POSTHOG
from replay_redact._metadata.sentry import SENTRY
from replay_redact._page.masking import Masks
from replay_redact._rules.decisions import DEFAULTS
from replay_redact._wire.batches import DROPPED, Item
from replay_redact.policy import Policy
from replay_redact.report import Report

_TABLES: dict[str, Rule] = {**POSTHOG, **SENTRY}


class ItemMasks(PayloadMasks):
    """The masks of one redactor for items; ``stand_in`` is for ids of sessions and windows."""

    def __init__(
        self,
        policy: Policy,
        report: Report,
        stand_in: Callable[[str | int], str | int],
        keep: Collection[str],
    ) -> None:
        super().__init__(Masks(policy, report))
        self._report = report
        self._keep = keep
        self.stand_in = stand_in

    def judge(self, item: Item) -> None:
        """Say what is to be written of an item; count what is dropped."""
        rule = _TABLES.get(item.kind)
        if isinstance(item.value, bytes):
            item.show(self._payload(item.kind, item.value))
        elif rule is None:
            item.show(self._dropped(item.kind))
        else:
            item.show(self.inside("item", rule, item.value))
            changes = sum(1 for _ in compared(item.value, item.shown))
            self._report.count("metadata", DEFAULTS, changes)

    def _payload(self, kind: str, payload: bytes) -> Any:
        """Keep bytes that the caller has listed by the type of their item."""
        return payload if kind.removeprefix("sentry ") in self._keep else self._dropped(kind)

    def _dropped(self, kind: str) -> Any:
        name = kind.removeprefix("sentry ")
        self._report.count("structure", DEFAULTS)
        self._report.dropped[f"{name} item" if name in TYPES else "unknown item"] += 1
        return DROPPED
