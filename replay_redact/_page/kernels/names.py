"""Tell the attribute kernel what it may do under a policy, by the name of an attribute."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from replay_redact._allowlists.attributes import ATTRIBUTES, Kind
from replay_redact._allowlists.compared import STATE_WORDS, may_be_compared
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.kernels.bits import KINDS, NAME, asked_bits, name_bits
from replay_redact.policy import Policy

_MAX_NAMES = 4096
_PIXELS = "rr_dataURL"  # removed, not replaced by a gray image
_ASKED = {
    **dict.fromkeys(["name", "id", "aria-label", "placeholder"], "SECRET"),
    "style": "DOTS",
    "rel": "LINK",
}
"""What the strict rules ask of an attribute, as far as the kernel can tell."""
_ADDRESSED = frozenset({Kind.URL, Kind.SOURCE, Kind.SOURCE_SET})


def suits(policy: Policy) -> bool:
    """Tell whether the kernel can mask for a policy: it only writes asterisks that keep lengths."""
    return policy.mask_char == "*" and not policy.hide_length


class Names:
    """What the kernel knows of names. It grows with each new name."""

    def __init__(self, attributes: AttributeMasks) -> None:
        self._attributes = attributes
        self._facts = attributes.rules.all_facts
        policy = attributes.policy
        patterns = (policy.public_paths, policy.mask_hosts, policy.app_schemes)
        self._plain_addresses = policy.mask_urls and not any(patterns)
        self._plain_css = policy.mask_css and not policy.mask_hosts
        named = policy.mask_attributes or policy.allow_attributes or policy.hide_state
        usual = self._plain_addresses and self._plain_css and not named
        self.known = self._usual() if usual else {}

    def _usual(self) -> dict[str, int]:
        """Return what is known of standard names, if the policy says nothing about them."""
        known = published_names().copy()
        for name in self._facts.names & known.keys():
            known[name] |= asked_bits(self._asked(name))
        for name in self._attributes.rules.literals.keys() & known.keys():
            if known[name] & NAME["KIND"] != KINDS[Kind.NAME]:
                known[name] &= ~NAME["KIND"]
            known[name] |= NAME["HAS_WORDS"]
        return known

    def learn(self, names: Iterable[str]) -> None:
        """Teach the kernel the names that it does not know."""
        for name in names:
            if name not in self.known and len(self.known) < _MAX_NAMES:
                kind = self._attributes.kind_if_alone(name)
                words = NAME["HAS_WORDS"] if self._attributes.rules.literals.get(name) else 0
                self.known[name] = words | _bits(
                    name,
                    kind if self._can_mask(name, kind) else None,
                    self._asked(name),
                    may_hold_words=kind is not None and self._attributes.may_hold_words(name),
                )

    def _can_mask(self, name: str, kind: Kind | None) -> bool:
        if kind in _ADDRESSED:
            return self._plain_addresses and name != _PIXELS
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


@lru_cache(maxsize=1)
def published_names() -> dict[str, int]:
    """Return what the kernel has to know of the names in the allow-list."""
    return {
        name: _bits(
            name,
            None if name == _PIXELS else kind,
            "NOTHING",
            may_hold_words=may_be_compared(name),
        )
        for name, kind in ATTRIBUTES.items()
    }


def _bits(name: str, kind: Kind | None, asked: str, *, may_hold_words: bool) -> int:
    has_words = name == "name" or name in STATE_WORDS
    return name_bits(kind, asked, may_hold_words=may_hold_words, has_words=has_words)
