"""What each option of a policy means, in one line: for docs, docstring, schema and drafts.

Backticks mark code. The docs add a link where ``see`` names one.
"""

from __future__ import annotations

from typing import NamedTuple


class Meaning(NamedTuple):
    """What an option means, and the part of the docs that says more, as docs/policy.md links it."""

    text: str
    see: str = ""


MEANINGS: dict[str, Meaning] = {
    "mask_all_text": Meaning("mask text and attributes wherever no rule says otherwise"),
    "mask_text": Meaning(
        'how much of text is masked by default: `"all"`, `"digits"` the digits, `"matches"` what'
        " `scrub` finds",
        "#text-by-content",
    ),
    "show_words": Meaning(
        "words that are shown in the regions of `words_in`, where they are the whole text",
        "#words-that-are-shown",
    ),
    "words_in": Meaning("regions in which `show_words` counts", "#words-that-are-shown"),
    "mask_all_inputs": Meaning("mask form values wherever no rule says otherwise"),
    "block_all_media": Meaning(
        "show images, video, audio, svg, canvas and embedded objects as gray boxes"
    ),
    "mask": Meaning("regions to mask"),
    "unmask": Meaning("regions to show in clear; your value replaces the default"),
    "never_unmask": Meaning(
        "regions that stay masked whatever `unmask` and `allow_attributes` select in them",
        "#a-region-that-nothing-opens",
    ),
    "block": Meaning("elements to replace by a gray box, with all that is in them"),
    "show_media": Meaning("media elements to show; the selector must match the element itself"),
    "ignore_inputs": Meaning("form fields whose input events are dropped"),
    "mask_attributes": Meaning("names of attributes to mask, even where they would stay"),
    "allow_attributes": Meaning(
        "attributes that stay, also where text is masked: `data-testid`, `data-test-*`,"
        " `button@aria-label`",
        "#attributes-that-may-stay",
    ),
    "public_paths": Meaning(
        "what stays in addresses: paths (`/orders/:id`), values of parameters (`?page&tab`),"
        " fragments (`#/orders/:id`)",
        "#addresses",
    ),
    "mask_hosts": Meaning(
        "hosts that are masked: `intranet.example`, `*.shop.example`, `ip`", "#addresses"
    ),
    "app_schemes": Meaning(
        "schemes of your own apps, whose addresses are masked part by part", "#addresses"
    ),
    "mask_urls": Meaning("mask addresses", "#addresses"),
    "mask_css": Meaning("mask what CSS says, but for what decides about the look of the page"),
    "keep_fonts": Meaning("keep font files that the page loaded"),
    "hide_length": Meaning("do not show how long masked text is, nor the icons of style sheets"),
    "hide_state": Meaning(
        "do not show what is checked and selected, where carets are in masked text, and words that"
        " style sheets compare",
        "guarantees.md#what-is-public-and-what-is-private",
    ),
    "hide_pointer": Meaning(
        "do not show pointer positions over masked form fields and blocked elements"
    ),
    "metadata": Meaning(
        'payloads of custom and plugin events: `"safe"` keeps what is safe by its form and masks'
        ' the rest, `"scrub"` scrubs the rest, `"mask"` masks everything',
        "scrubbing.md",
    ),
    "scrub": Meaning(
        "secrets to look for in what the policy shows: text, fields, addresses, payloads",
        "scrubbing.md",
    ),
    "mask_char": Meaning(
        "the sign in the place of each masked character; addresses, CSS and keys keep asterisks",
        "#looks-of-a-mask",
    ),
    "mask_fn": Meaning(
        "a function that masks text and metadata; if it fails, `mask_char` is used",
        "#looks-of-a-mask",
    ),
    "rules": Meaning(
        '`"strict"` for all of the above; `"sentry-11"` and `"sentry-10"` for what Sentry\'s'
        " browser SDK of that version does",
        "sentry-parity.md",
    ),
}
"""The meaning of each option, in the order in which docs list them."""
