"""What a rule for payloads needs: the masks of the policy, and where in a payload it stands."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from replay_redact._masks.json import mask_json
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.mirror import Mirror
from replay_redact._rules.strict import Context

Rule = Callable[["MetadataMasks", Any], Any]
"""Takes any JSON value, and scrubs what it does not expect."""


class MetadataMasks:
    """The metadata masks of one redactor."""

    def __init__(self, mirror: Mirror[Context], attributes: AttributeMasks) -> None:
        self.mirror = mirror
        self.attributes = attributes
        self.masks = attributes.masks
        self.all = attributes.policy.metadata == "mask"
        self._scans = attributes.policy.metadata == "scrub"
        self._place: tuple[str, ...] = ()
        self._named = ""  # the secret key that stands beside the value, if there is one

    def hide(self, value: Any) -> Any:
        """Mask all that is in a value."""
        return mask_json(value, self.masks.text)

    def scrub(self, value: Any) -> Any:
        """Scan what nobody can name as safe, if the policy says so; else mask it."""
        if not self._scans:
            return self.hide(value)
        key = self._named or self._place[-1]
        return self.masks.scanner.value(value, self._place, key=key)

    def name_of(self, value: dict[str, Any]) -> str:
        """Return what an object names as the key of its value, if that is secret."""
        return self.masks.scanner.named(value, self._place) if self._scans else ""

    @contextlib.contextmanager
    def judged_by(self, context: Context) -> Iterator[None]:
        """Mask what was copied from a masked node, though the policy has payloads scanned."""
        outer, self._scans = self._scans, self._scans and not context.text_masked
        try:
            yield
        finally:
            self._scans = outer

    def within(self, channel: str, name: str, rule: Rule, payload: Any) -> Any:
        """Apply a rule to a whole payload."""
        self._place = (channel,)
        return self.inside(name, rule, payload)

    def inside(self, name: str, rule: Rule, value: Any, named: str = "") -> Any:
        """Apply a rule to what stands under a key, or is named by what stands beside it."""
        outer = self._place, self._named
        self._place, self._named = (*self._place, name), named
        try:
            return rule(self, value)
        finally:
            self._place, self._named = outer
