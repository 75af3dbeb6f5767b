"""Masking payloads of custom and plugin events, by name.

Recorders and SDKs give their events names. For each known name, a table says which keys hold
numbers, flags, words of a protocol or addresses.

* A value under any other key is masked, or scrubbed if the policy says so.
* Keys, their order and nesting stay.
* An event with an unknown name has its name and its whole payload masked.
"""

from __future__ import annotations

from typing import Any

from replay_redact._metadata.breadcrumbs import breadcrumb
from replay_redact._metadata.masks import MetadataMasks, Rule
from replay_redact._metadata.mobile import MOBILE
from replay_redact._metadata.rules import (
    list_of,
    number,
    numbers,
    object_of,
    scrub,
    url,
    word,
    word_or_url,
)
from replay_redact._wire.event_forms import WIREFRAMES

_BODY = object_of(
    {"size": number, "_meta": object_of({"warnings": list_of(word)}), "headers": scrub}
)

_SPAN = object_of(
    {
        "op": word,
        "description": word_or_url,
        **numbers("startTimestamp endTimestamp"),
        "data": object_of(
            {
                **numbers(
                    """statusCode size value duration decodedBodySize encodedBodySize
                    domInteractive domContentLoadedEventStart domContentLoadedEventEnd
                    loadEventStart loadEventEnd domComplete redirectCount nodeId"""
                ),
                "nodeIds": list_of(number),
                "method": word,
                "rating": word,
                "previous": url,
                "request": _BODY,
                "response": _BODY,
                "memory": object_of(numbers("jsHeapSizeLimit totalJSHeapSize usedJSHeapSize")),
            }
        ),
    }
)

_OPTIONS = object_of(
    numbers(
        """shouldRecordCanvas sessionSampleRate errorSampleRate useCompressionOption blockAllMedia
        maskAllText maskAllInputs useCompression networkDetailHasUrls networkCaptureBodies
        networkRequestHasHeaders networkResponseHasHeaders"""
    )
)

_PAGE_META = object_of(
    {**dict.fromkeys(["url", "href", "referrer"], url), **numbers("width height")}
)

CUSTOM: dict[str, Rule] = {
    "breadcrumb": breadcrumb,
    "performanceSpan": _SPAN,
    "options": _OPTIONS,
    **MOBILE,
    **dict.fromkeys(["recording-meta", "pageview-meta"], _PAGE_META),
    **dict.fromkeys(["page-visible", "page-hidden", "close-permanent", "close-temporary"], scrub),
    **dict.fromkeys(["$pageview", "$url_changed"], _PAGE_META),
}
"""Rules for the custom events that recorders and SDKs define, by tag."""

_REQUEST = object_of(
    {
        "name": url,
        "url": url,
        "method": word,
        "initiatorType": word,
        "entryType": word,
        **numbers(
            """status startTime endTime duration timeOrigin timestamp transferSize
            encodedBodySize decodedBodySize isInitial"""
        ),
    }
)

PLUGINS: dict[str, Rule] = {
    "rrweb/console@1": object_of({"level": word, "trace": scrub, "payload": scrub}),
    "rrweb/network@1": object_of({"requests": list_of(_REQUEST), "isInitial": number}),
    "rrweb/sequential-id@1": object_of(numbers("id")),
}
"""Rules for the plugins that rrweb defines, by name."""

TAGS = frozenset(CUSTOM) | frozenset(PLUGINS)
"""Names of events that stay. Any other name is masked."""


def mask_custom(masks: MetadataMasks, tag: str, payload: Any) -> tuple[str, Any]:
    """Mask the tag and payload of a custom event."""
    return _masked(masks, "custom", CUSTOM, tag, payload)


def mask_plugin(masks: MetadataMasks, name: str, payload: Any) -> tuple[str, Any]:
    """Mask the name and payload of a plugin event."""
    return _masked(masks, "plugin", PLUGINS, name, payload)


def _masked(
    masks: MetadataMasks, channel: str, rules: dict[str, Rule], name: str, payload: Any
) -> tuple[str, Any]:
    rule = rules.get(name)
    if rule is None:
        return masks.masks.text(name), masks.hide(payload)
    hides = masks.all and name != WIREFRAMES  # these are the screen itself
    return name, masks.hide(payload) if hides else masks.within(channel, name, rule, payload)
