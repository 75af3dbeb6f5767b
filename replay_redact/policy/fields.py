"""The options of a policy: for each its type, its default, its kind and what it means.

Checks, files, generators and docs read these fields. To add an option, add a field here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

from replay_redact._masks.text import MASK
from replay_redact._masks.words import Words
from replay_redact.policy.functions import TextPlace
from replay_redact.policy.options import Option
from replay_redact.policy.page_entries import Page
from replay_redact.scrub.config import Scrub

SENTRY_RULES = {"11": "sentry-11", "10": "sentry-10"}
"""The rule set of each version of Sentry's SDK, the newest first."""

_SCRUB = Scrub.default()
_NO_WORDS = Words()


def _is(kind: str, meaning: str, **more: Any) -> dict[str, Option]:
    """Return the metadata of the field that holds an option. `Option` says what ``more`` can be."""
    return {"option": Option(kind, meaning=meaning, **more)}


@dataclasses.dataclass(frozen=True, kw_only=True, repr=False)
class PolicyFields:
    """The fields of `Policy`. They take what a user writes, and hold what is read from it.

    Meanings are one line each. Backticks mark code.
    """

    mask_all_text: bool = field(
        default=True,
        metadata=_is("flag", "mask text and attributes wherever no rule says otherwise"),
    )
    mask_text: str = field(
        default="all",
        metadata=_is(
            "choice",
            'how much of text is masked by default: `"all"`, `"digits"` the digits, `"matches"` '
            "what `scrub` finds",
            see="#text-by-content",
            words=("all", "digits", "matches"),
            sdk=False,
        ),
    )
    show_words: Iterable[str] | Mapping[str, Any] = field(
        default=_NO_WORDS,
        metadata=_is(
            "words",
            "words that are shown in the regions of `words_in`, where they are the whole text",
            see="#words-that-are-shown",
            opens=True,
            sdk=False,
            by_page=False,
        ),
    )
    words_in: Iterable[str] = field(
        default=(),
        metadata=_is(
            "selectors",
            "regions in which `show_words` counts",
            see="#words-that-are-shown",
            opens=True,
            sdk=False,
            by_page=False,
        ),
    )
    mask_all_inputs: bool = field(
        default=True, metadata=_is("flag", "mask form values wherever no rule says otherwise")
    )
    block_all_media: bool = field(
        default=True,
        metadata=_is(
            "flag", "show images, video, audio, svg, canvas and embedded objects as gray boxes"
        ),
    )
    mask: Iterable[str] = field(default=(), metadata=_is("selectors", "regions to mask"))
    unmask: Iterable[str] = field(
        default=(".sentry-unmask", "[data-sentry-unmask]"),
        metadata=_is(
            "selectors", "regions to show in clear; your value replaces the default", opens=True
        ),
    )
    never_unmask: Iterable[str] = field(
        default=(),
        metadata=_is(
            "selectors",
            "regions that stay masked whatever `unmask` and `allow_attributes` select in them",
            see="#a-region-that-nothing-opens",
            sdk=False,
        ),
    )
    block: Iterable[str] = field(
        default=(),
        metadata=_is("selectors", "elements to replace by a gray box, with all that is in them"),
    )
    show_media: Iterable[str] = field(
        default=(),
        metadata=_is(
            "selectors",
            "media elements to show; the selector must match the element itself",
            opens=True,
        ),
    )
    ignore_inputs: Iterable[str] = field(
        default=(), metadata=_is("selectors", "form fields whose input events are dropped")
    )
    mask_attributes: Iterable[str] = field(
        default=(),
        metadata=_is("strings", "names of attributes to mask, even where they would stay"),
    )
    allow_attributes: Iterable[str] = field(
        default=(),
        metadata=_is(
            "attributes",
            "attributes that stay, also where text is masked: `data-testid`, `data-test-*`, "
            "`button@aria-label`",
            see="#attributes-that-may-stay",
            opens=True,
            sdk=False,
        ),
    )
    public_paths: Iterable[str] = field(
        default=(),
        metadata=_is(
            "strings",
            "what stays in addresses: paths (`/orders/:id`), values of parameters "
            "(`?page&tab`), fragments (`#/orders/:id`)",
            see="#addresses",
            opens=True,
            sdk=False,
        ),
    )
    mask_hosts: Iterable[str] = field(
        default=(),
        metadata=_is(
            "strings",
            "hosts that are masked: `intranet.example`, `*.shop.example`, `ip`",
            see="#addresses",
            sdk=False,
        ),
    )
    app_schemes: Iterable[str] = field(
        default=(),
        metadata=_is(
            "strings",
            "schemes of your own apps, whose addresses are masked part by part",
            see="#addresses",
            opens=True,
            sdk=False,
        ),
    )
    mask_urls: bool = field(
        default=True, metadata=_is("flag", "mask addresses", see="#addresses", sdk=False)
    )
    mask_css: bool = field(
        default=True,
        metadata=_is(
            "flag", "mask what CSS says, but for what decides about the look of the page", sdk=False
        ),
    )
    keep_fonts: bool = field(
        default=False,
        metadata=_is("flag", "keep font files that the page loaded", opens=True, sdk=False),
    )
    hide_length: bool = field(
        default=False,
        metadata=_is(
            "flag", "do not show how long masked text is, nor the icons of style sheets", sdk=False
        ),
    )
    hide_state: bool = field(
        default=False,
        metadata=_is(
            "flag",
            "do not show what is checked and selected, where carets are in masked text, and "
            "words that style sheets compare",
            see="guarantees.md#what-is-public-and-what-is-private",
            sdk=False,
        ),
    )
    hide_pointer: bool = field(
        default=False,
        metadata=_is(
            "flag",
            "do not show pointer positions over masked form fields and blocked elements",
            sdk=False,
        ),
    )
    metadata: str = field(
        default="safe",
        metadata=_is(
            "choice",
            'payloads of custom and plugin events: `"safe"` keeps what is safe by its form and '
            'masks the rest, `"scrub"` scrubs the rest, `"mask"` masks everything',
            see="scrubbing.md",
            words=("mask", "safe", "scrub"),
            sdk=False,
        ),
    )
    scrub: Scrub | Mapping[str, Any] = field(
        default=_SCRUB,
        metadata=_is(
            "scrub",
            "secrets to look for in what the policy shows: text, fields, addresses, payloads",
            see="scrubbing.md",
            opens=True,
            sdk=False,
            by_page=False,
        ),
    )
    mask_char: str = field(
        default=MASK,
        metadata=_is(
            "character",
            "the sign in the place of each masked character; addresses, CSS and keys keep "
            "asterisks",
            see="#looks-of-a-mask",
            sdk=False,
            by_page=False,
        ),
    )
    mask_fn: Callable[[str], str] | Callable[[str, TextPlace], str] | None = field(
        default=None,
        metadata=_is(
            "function",
            "a function that masks text and metadata; if it fails, `mask_char` is used",
            see="#looks-of-a-mask",
            opens=True,
            by_page=False,
        ),
    )
    rules: str = field(
        default="strict",
        metadata=_is(
            "choice",
            '`"strict"` for all of the above; `"sentry-11"` and `"sentry-10"` for what Sentry\'s '
            "browser SDK of that version does",
            see="sentry-parity.md",
            words=("strict", *SENTRY_RULES.values()),
            by_page=False,
        ),
    )
    pages: Iterable[Mapping[str, Any] | Page] = field(
        default=(),
        metadata=_is(
            "pages",
            "options that hold on some pages only, or `drop`; the first `url` that fits wins",
            see="#rules-by-page",
            opens=True,
            sdk=False,
            by_page=False,
        ),
    )


OPTIONS: dict[str, Option] = {
    own.name: own.metadata["option"] for own in dataclasses.fields(PolicyFields)
}
"""Every policy option by name. Checks, files, generators and docs all use this table."""
