"""Marks by which pages ask the recorders of other vendors for more privacy.

A page that says ``class="fs-mask"`` to one recorder does not want another one to show the region
either. So every policy except `Policy.sentry` honours these marks, as the vendor means them or
more strictly.

* Marks that ask for less privacy are not here. They count only if a policy names them.
* A mark that hides both text and images counts as a block.
* Names are exact. A wildcard could match a page's own names.
* A source is the title of a page or file of the vendor. Marks with the source ``pages`` are used
  on pages but not documented. Honouring them can only hide more.

Looked up on 27 November 2026.
"""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """One mark: ``effect`` is ``mask``, ``block``, ``mask inputs`` or ``ignore``."""

    vendor: str
    selector: str
    effect: str
    source: str


_TABLE = """
Amplitude | mask | .amp-mask [data-amp-mask] | session-replay-browser, constants.ts
Amplitude | block | .amp-block [data-amp-block] | the same
Clarity | mask | [data-clarity-mask] .clarity-mask | Clarity masking; the class: pages
Contentsquare | block | [data-cs-mask] | Personal data handling
Contentsquare | mask | [data-cs-encrypt] | Personal data handling
Datadog | mask | .dd-privacy-mask [data-dd-privacy=mask] | browser-sdk, privacyConstants.ts
Datadog | block | .dd-privacy-hidden [data-dd-privacy=hidden] | the same
Datadog | mask inputs | .dd-privacy-mask-user-input [data-dd-privacy=mask-user-input] | the same
Datadog | mask inputs | .dd-privacy-input-masked .dd-privacy-input-ignored | the same, formerly
Datadog | mask inputs | [data-dd-privacy=input-masked] | the same, formerly
Datadog | mask inputs | [data-dd-privacy=input-ignored] | the same, formerly
Decibel | mask | [data-di-mask] | pages
Dynatrace | mask | [data-dtrum-mask] | URL exclusion and masking
Dynatrace | block | [data-dtrum-block] | pages
FullStory | mask | .fs-mask .fs-mask-without-consent | Privacy in Fullstory
FullStory | block | .fs-exclude .fs-exclude-without-consent | the same
FullStory | block | .fs-block .fs-hide | pages
Glassbox | mask | .cls_mask | the shipped recorder
Guance | mask | .gc-privacy-mask [data-gc-privacy=mask] | browser SDK, constants
Guance | block | .gc-privacy-hidden [data-gc-privacy=hidden] | the same
Guance | mask inputs | .gc-privacy-mask-user-input [data-gc-privacy=mask-user-input] | the same
Heap | block | [data-heap-redact-text] | Session replay data privacy
Heap | block | [data-heap-redact-attributes] | the same
Heap | mask | .heap-ignore [heap-ignore] | Heap leaves events out; taken more strictly
Highlight | mask | .highlight-mask [data-hl-mask] | highlight.run, index.tsx; the attribute: pages
Highlight | block | .highlight-block | the same
Highlight | ignore | .highlight-ignore | the same
Hotjar | block | [data-hj-suppress] .data-hj-suppress | How to suppress text and images
Hotjar | mask | [data-hj-masked] | pages
Inspectlet | mask | .inspectlet-sensitive .inspectletIgnore | Excluding sensitive data
LiveSession | block | [data-ls-disabled] | pages
LogRocket | block | [data-private] .lr-hide ._lr-hide | Sanitize DOM data
LogRocket | mask | .LogRocket-private | pages
Lucky Orange | block | .lo-sensitive .losensitive | Privacy tools
Matomo | mask | [data-matomo-mask] [data-piwik-mask] | Heatmap and Session Recording: masking
Mixpanel | mask | .mp-mask [data-mp-mask] | mixpanel-js, masking.js; the attribute: pages
Mixpanel | block | .mp-block | the same
Mouseflow | block | .mf-excluded .mf-masked [data-mf-replace] | Excluding and masking via code
Mouseflow | mask | [data-mf-replace-inner] [data-mouseflow-mask] | the same; the second: pages
New Relic | mask | .nr-mask [data-nr-mask] | newrelic-browser-agent, config/init.js
New Relic | block | .nr-block [data-nr-block] | the same
New Relic | ignore | .nr-ignore | the same
OpenObserve | mask | .oo-privacy-mask [data-oo-privacy=mask] | browser SDK, constants.ts
OpenObserve | block | .oo-privacy-hidden [data-oo-privacy=hidden] | the same
OpenObserve | mask inputs | .oo-privacy-mask-user-input [data-oo-privacy=mask-user-input] | the same
OpenReplay | mask | [data-openreplay-obscured] [data-openreplay-masked] | Sanitize data
OpenReplay | block | [data-openreplay-hidden] [data-openreplay-htmlmasked] | Sanitize data
Pendo | block | .pendo-sr-ignore | pages
PostHog | block | .ph-no-capture .ph-sensitive | posthog-js, session recorder and autocapture
PostHog | mask | .ph-mask [data-ph-mask] | the same; the attribute: pages
PostHog | ignore | .ph-ignore-input | the same
Quantum Metric | mask | [data-qm-encrypt] | the shipped recorder
Quantum Metric | block | [data-qm-block] [data-qm-freeze-exclude] | the shipped recorder
rrweb | mask | [data-rr-mask] | pages
SessionStack | mask | .sessionstack-sensitive | Sensitive data
Session Rewind | block | [data-sr-redact] | Privacy settings
Smartlook | mask | [data-sl=mask] [data-recording-sensitive] | Web privacy API, now and formerly
Smartlook | block | [data-sl=exclude] [data-recording-disable] | the same
Smartlook | block | .smartlook-hide | its recorders in apps
Smartlook, Smartsupp | mask inputs | [data-recording-ignore] | Video recordings
Smartlook, Smartsupp | ignore | [data-recording-ignore] | the same
Tag managers | mask | .gtm-mask | pages
Userback | block | .userback-block | Session replay
Userback | ignore | .userback-ignore | Session replay
VWO | mask | .nls_protected | the shipped recorder
Yandex Metrica | block | .ym-hide-content | pages
Yandex Metrica | mask inputs | .ym-disable-keys | pages
Zipy | block | .zipy-block | Sensitive user data
"""


def _marks(line: str) -> list[Mark]:
    vendor, effect, selectors, source = (cell.strip() for cell in line.split(" | "))
    return [Mark(vendor, selector, effect, source) for selector in selectors.split()]


MARKS = tuple(mark for line in _TABLE.strip().splitlines() for mark in _marks(line))
"""All marks that ask for more privacy, except those of Sentry and of rrweb's own options."""


def selectors(effect: str) -> tuple[str, ...]:
    """Return the selectors of all marks with this effect.

    >>> ".fs-mask" in selectors("mask"), ".fs-mask" in selectors("block")
    (True, False)
    """
    return tuple(mark.selector for mark in MARKS if mark.effect == effect)
