"""What the attribute kernel may do under a policy, by the name of an attribute."""

from __future__ import annotations

from collections.abc import Iterable

from replay_redact._allowlists.attributes import Kind
from replay_redact._allowlists.compared import STATE_WORDS
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.kernels.bits import name_bits
from replay_redact._rules.facts import Facts
from replay_redact.policy import Policy

_MAX_NAMES = 4096
_ASKED = {
    **dict.fromkeys(["name", "id", "aria-label", "placeholder"], "SECRET"),
    "style": "DOTS",
    "rel": "LINK",
}
"""What the strict rules ask of an attribute, as far as the kernel can tell."""
_ADDRESSED = frozenset({Kind.URL, Kind.SOURCE, Kind.SOURCE_SET})


def suits(policy: Policy) -> bool:
    """Tell whether the kernel masks as a policy wants: asterisks that keep lengths."""
    return policy.mask_char == "*" and not policy.hide_length


class Names:
    """What the kernel knows of names. It grows with each name that is met."""

    def __init__(self, attributes: AttributeMasks, facts: Facts) -> None:
        self.known: dict[str, int] = {}
        self._attributes = attributes
        self._policy = attributes.policy
        self._facts = facts
        own = self._policy
        patterns = (own.public_paths, own.mask_hosts, own.app_schemes)
        self._plain_addresses = own.mask_urls and not any(patterns)
        self._plain_css = own.mask_css and not own.mask_hosts

    def learn(self, names: Iterable[str]) -> None:
        """Tell the kernel about names that it does not know."""
        for name in names:
            if name not in self.known and len(self.known) < _MAX_NAMES:
                kind = self._attributes.kind_if_alone(name)
                self.known[name] = name_bits(
                    kind if self._can_mask(name, kind) else None,
                    self._asked(name),
                    may_hold_words=self._attributes.may_hold_words(name),
                    has_words=name == "name" or name in STATE_WORDS,
                )

    def _can_mask(self, name: str, kind: Kind | None) -> bool:
        if kind in _ADDRESSED:
            return self._plain_addresses and name != "rr_dataURL"
        if kind is Kind.VALUE:
            return not self._attributes.values.lists("type")
        return self._plain_css if kind is Kind.STYLE else True

    def _asked(self, name: str) -> str:
        """Return what rules ask of an attribute."""
        low, facts = name.lower(), self._facts
        if low not in facts.names:
            return "NOTHING"
        if low in facts.lists:
            return "WORDS" if low == "class" else "ANYTHING"
        return "ANYTHING" if facts.selectors_of(low) else _ASKED.get(low, "ANYTHING")
