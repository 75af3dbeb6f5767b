"""The rule sets of a policy with rules by page: one for each page, over the same facts.

Rule sets are numbered: first those of the pages, in order; then that of the policy itself, for all
other pages; then the strictest, for the time between two pages; the strictest again, for where
everything is dropped; and rules that show no node. `PageRules.unknown` is the one that holds where
nobody knows the page.

All of them ask about one table of facts. So a change of page needs no new look at an element, only
other rules on the same bits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from replay_redact._masks.page_urls import PageUrls
from replay_redact._rules.matching import Rule, directions
from replay_redact._rules.strict import OPENING, Rules, strict_facts
from replay_redact.policy import Policy, policy_of_no_page
from replay_redact.policy.pages import pages_of, policies_of


class PageRules(NamedTuple):
    """What holds on each page: ``sets`` and ``drops``, by number."""

    urls: PageUrls
    sets: tuple[Rules, ...]
    drops: tuple[bool, ...]

    @property
    def between(self) -> int:
        """The number of what holds after a change, until the next full snapshot."""
        return self.urls.base + 1

    @property
    def dropping(self) -> int:
        """The same, if either of the pages is dropped."""
        return self.urls.base + 2

    @property
    def closed(self) -> int:
        """The number of what holds for what came in a moment before the page changed in it."""
        return self.urls.base + 3

    @property
    def unknown(self) -> int:
        """The number of what holds while nobody knows the page."""
        return self.dropping if any(self.drops[: self.urls.base]) else self.between


CLOSED: dict[str, Any] = {
    **dict.fromkeys(("mask_all_text", "mask_all_inputs", "block_all_media"), True),
    **dict.fromkeys(("unmask", "show_media", "allow_attributes"), ()),
}
"""All options that could show something of a node."""


@lru_cache(maxsize=64)
def compile_page_rules(policy: Policy) -> PageRules:
    """Compile the rules of all pages of a policy."""
    pages, hardest = pages_of(policy), policy_of_no_page(policy)
    policies = (*policies_of(policy), hardest, hardest, hardest.replace(**CLOSED))
    facts = strict_facts(policy)
    drafts = [Rules(own, facts) for own in policies]  # these give each test its bit
    facts.seal(*directions(_joined(drafts), OPENING))
    sets = [Rules(own, facts) for own in policies]
    linked = any(own.linked for own in sets)
    for own in sets:
        own.linked = linked
    urls = PageUrls([page.pattern for page in pages], hardest.app_schemes)
    drops = (*(page.drop for page in pages), False, False, True, False)
    return PageRules(urls, tuple(sets), drops)


def _joined(rule_sets: list[Rules]) -> dict[str, tuple[Rule, ...]]:
    """Return the compiled selectors of several rule sets, by option."""
    joined: dict[str, tuple[Rule, ...]] = {}
    for rules in rule_sets:
        for option, own in rules.options.items():
            joined[option] = (*joined.get(option, ()), *own)
    return joined
