"""What a rule for payloads works with: the policy's masks, and its place in the payload."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from replay_redact._masks.json import map_strings, mask_json
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.masking import Masks
from replay_redact._page.mirror import Mirror
from replay_redact._rules.strict import Context

Rule = Callable[[Any, Any], Any]
"""Takes the masks and any JSON value and returns what may stand in its place.

A rule keeps the values that it expects, and hands any other to `MetadataMasks.scrub`.
"""


class PayloadMasks:
    """What a policy does to payloads, wherever they stand."""

    def __init__(self, masks: Masks) -> None:
        self.masks = masks
        self.all = masks.policy.metadata == "mask"
        self._scans = masks.policy.metadata == "scrub"
        self._place: tuple[str, ...] = ()
        self._named = ""  # the secret key that the object names beside its value, if any

    def hide(self, value: Any) -> Any:
        """Mask everything in a value."""
        return mask_json(value, self.masks.metadata)

    def scrub(self, value: Any) -> Any:
        """Scrub a value that no rule knows as safe, if the policy says so; else mask it."""
        if not self._scans:
            return self.hide(value)
        key = self._named or self._place[-1]
        value = map_strings(value, self.masks.addresses_in)
        return self.masks.scanner.value(value, self._place, key=key)

    @contextlib.contextmanager
    def never_scanned(self) -> Iterator[None]:
        """Mask what was copied from the page or the screen, though payloads are scrubbed."""
        outer, self._scans = self._scans, False
        try:
            yield
        finally:
            self._scans = outer

    def name_of(self, value: dict[str, Any]) -> str:
        """Return the key that ``{"name": …, "value": …}`` names, if it is a secret key."""
        return self.masks.scanner.named(value, self._place) if self._scans else ""

    def within(self, channel: str, name: str, rule: Rule, payload: Any) -> Any:
        """Apply a rule to a whole payload, which stands in a channel under a name."""
        self._place = (channel,)
        return self.inside(name, rule, payload)

    def inside(self, name: str, rule: Rule, value: Any, named: str = "") -> Any:
        """Apply a rule to the value under a key. ``named`` is the secret key beside it, if any."""
        outer = self._place, self._named
        self._place, self._named = (*self._place, name), named
        try:
            return rule(self, value)
        finally:
            self._place, self._named = outer


class MetadataMasks(PayloadMasks):
    """The metadata masks of one redactor: some payloads copy from the page."""

    def __init__(self, mirror: Mirror[Context], attributes: AttributeMasks) -> None:
        super().__init__(attributes.masks)
        self.mirror = mirror
        self.attributes = attributes

    @contextlib.contextmanager
    def judged_by(self, context: Context) -> Iterator[None]:
        """Within this block, mask instead of scrubbing if the node that was copied is masked."""
        hides = context.text_masked or context.digits
        outer, self._scans = self._scans, self._scans and not hides
        try:
            yield
        finally:
            self._scans = outer
