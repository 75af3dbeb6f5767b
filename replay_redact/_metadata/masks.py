"""Masking what stands beside the DOM: payloads of custom and plugin events.

Theory: recorders and SDKs have payloads of a known form. For each of them a
table says which keys hold numbers, flags, words of a protocol or addresses;
those are judged here, and what stands under any other key is masked, or scanned if
the policy says so. What a payload copies from the page (`ui.*` breadcrumbs) is judged by the
level of the node it was copied from.

Invariant: the shape (keys, order, nesting) stays.
Failure direction: a tag, a key, a word or a type that the tables do not have is
scrubbed, and a key press that is a character becomes an asterisk.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from replay_redact._allowlists.attributes import is_tag_name
from replay_redact._allowlists.identifiers import zeroed
from replay_redact._allowlists.words import HTML_TAGS
from replay_redact._masks.json import mask_json, masked_keys
from replay_redact._masks.text import MASK
from replay_redact._page.attributes import REMOVED, AttributeMasks
from replay_redact._page.mirror import Mirror
from replay_redact._rules.strict import Context

Rule = Callable[["MetadataMasks", Any], Any]

WORDS = frozenset(
    """
    default navigation http user debug info log warn warning error fatal critical
    ui.click ui.input ui.keyDown ui.multiClick ui.slowClickDetected ui.blur ui.focus
    replay.mutations replay.throttled replay.hydrate-error sentry.feedback console fetch xhr
    GET HEAD POST PUT PATCH DELETE OPTIONS CONNECT TRACE
    navigation.push navigation.navigate navigation.reload navigation.back_forward
    navigation.prerender resource.fetch resource.xhr resource.script resource.img resource.css
    resource.link resource.iframe resource.other resource.video resource.audio resource.beacon
    resource.image resource.input resource.body resource.frame resource.icon resource.use
    paint web-vital memory first-paint first-contentful-paint largest-contentful-paint
    cumulative-layout-shift interaction-to-next-paint first-input-delay
    good needs-improvement poor timeout mutation
    URL_SKIPPED BODY_PARSE_ERROR BODY_PARSE_TIMEOUT UNPARSEABLE_BODY_TYPE TEXT_TRUNCATED
    MAYBE_JSON_TRUNCATED CONSOLE_ARG_TRUNCATED
    script img css link iframe other video audio beacon image input body frame icon use
    xmlhttprequest resource mark measure element event
    assert clear count countReset dir dirxml group groupCollapsed groupEnd table time timeEnd
    timeLog trace
    """.split()
)
"""Words of the protocols: levels, categories, operations, methods, ratings, warnings."""

NAMED_KEYS = frozenset(
    """
    Alt AltGraph CapsLock Control Fn FnLock Hyper Meta NumLock ScrollLock Shift Super Symbol
    SymbolLock Enter Tab ArrowDown ArrowLeft ArrowRight ArrowUp End Home PageDown PageUp Backspace
    Clear Copy CrSel Cut Delete EraseEof ExSel Insert Paste Redo Undo Cancel ContextMenu Escape
    Execute Find Help Pause Play Props Select ZoomIn ZoomOut PrintScreen Unidentified Dead Process
    F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20
    AltLeft AltRight ControlLeft ControlRight MetaLeft MetaRight OSLeft OSRight ShiftLeft
    ShiftRight NumpadEnter
    """.split()
)
"""Keys that write nothing."""

_STEP = r"(?:[a-zA-Z][\w:-]*+)(?:#[^\s#.\[\]\"'>]++)?(?:\.[^\s#.\[\]\"'>]++)*+"
_ATTRIBUTE = r"\[[a-zA-Z][a-zA-Z0-9_-]*=\"[^\"]*\"\]"
_MESSAGE = re.compile(rf"{_STEP}(?:{_ATTRIBUTE})*(?: > {_STEP}(?:{_ATTRIBUTE})*)*")
_MESSAGE_TAGS = re.compile(r"(?:^|(?<= > ))[a-zA-Z][\w:-]*")
_MESSAGE_PART = re.compile(
    r"\[(?P<name>[a-zA-Z][a-zA-Z0-9_-]*)=\"(?P<value>[^\"]*)\"\]"
    r"|(?P<sign>[#.])(?P<given>[^\s#.\[\]\"'>]+)"
)


class MetadataMasks:
    """The metadata masks of one redactor."""

    def __init__(self, mirror: Mirror, attributes: AttributeMasks) -> None:
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

    def inside(self, name: str, rule: Rule, value: Any, named: str = "") -> Any:
        """Apply a rule to what stands under a key, or is named by what stands beside it."""
        outer = self._place, self._named
        self._place, self._named = (*self._place, name), named
        try:
            return rule(self, value)
        finally:
            self._place, self._named = outer

    def _event(
        self, channel: str, rules: dict[str, Rule], name: str, payload: Any
    ) -> tuple[str, Any]:
        rule = rules.get(name)
        if rule is None:
            return self.masks.text(name), self.hide(payload)
        self._place = (channel,)
        return name, self.hide(payload) if self.all else self.inside(name, rule, payload)

    def custom(self, tag: str, payload: Any) -> tuple[str, Any]:
        """Mask a custom event's tag and payload."""
        return self._event("custom", CUSTOM, tag, payload)

    def plugin(self, name: str, payload: Any) -> tuple[str, Any]:
        """Mask a plugin event's name and payload."""
        return self._event("plugin", PLUGINS, name, payload)


# --- rules for values: each takes any JSON and scrubs what it does not expect -----------


def _scrub(masks: MetadataMasks, value: Any) -> Any:
    return masks.scrub(value)


def _number(masks: MetadataMasks, value: Any) -> Any:
    return value if isinstance(value, int | float) else masks.scrub(value)


def _word(masks: MetadataMasks, value: Any) -> Any:
    return value if isinstance(value, str) and value in WORDS else masks.scrub(value)


def _url(masks: MetadataMasks, value: Any) -> Any:
    return masks.masks.url(value) if isinstance(value, str) else masks.scrub(value)


def _word_or_url(masks: MetadataMasks, value: Any) -> Any:
    return value if isinstance(value, str) and value in WORDS else _url(masks, value)


def _key(_masks: MetadataMasks, value: Any) -> Any:
    return value if isinstance(value, str) and value in NAMED_KEYS else MASK


def _list_of(rule: Rule) -> Rule:
    def mask(masks: MetadataMasks, value: Any) -> Any:
        return (
            [rule(masks, item) for item in value] if isinstance(value, list) else masks.scrub(value)
        )

    return mask


def _object(rules: dict[str, Rule]) -> Rule:
    def mask(masks: MetadataMasks, value: Any) -> Any:
        if not isinstance(value, dict):
            return masks.scrub(value)
        named = masks.name_of(value)
        return {
            shown: masks.inside(
                name, rules.get(name, _scrub), item, named if name.lower() == "value" else ""
            )
            for shown, (name, item) in zip(masked_keys(value, rules), value.items(), strict=True)
        }

    return mask


def _numbers(names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), _number)


# --- ui.* breadcrumbs: copied from the page, so judged by the node ----------------------


def _breadcrumb(masks: MetadataMasks, payload: Any) -> Any:
    category = payload.get("category") if isinstance(payload, dict) else None
    if isinstance(category, str) and category.startswith("ui."):
        return _ui_breadcrumb(masks, payload)
    return _OTHER_BREADCRUMB(masks, payload)


def _ui_breadcrumb(masks: MetadataMasks, payload: dict[str, Any]) -> Any:
    data = payload.get("data")
    context = _node_context(masks, data if isinstance(data, dict) else {})
    rules: dict[str, Rule] = {
        **_BREADCRUMB,
        "message": lambda m, value: _ui_message(m, value, context),
        "data": _object({**_UI_DATA, "node": lambda m, value: _node(m, value, context)}),
    }
    with masks.judged_by(context):
        return _object(rules)(masks, payload)


def _node_context(masks: MetadataMasks, data: dict[str, Any]) -> Context:
    node_id = _named_node(data)
    return masks.mirror.rules.unknown if node_id is None else masks.mirror.context(node_id)


def _named_node(data: dict[str, Any]) -> int | None:
    """Return the id of the node that a payload's data names; none if it names two."""
    node = data.get("node")
    inner = node.get("id") if isinstance(node, dict) else None
    node_id = data.get("nodeId", inner)
    fits = type(node_id) is int and (inner is None or inner == node_id)
    return node_id if fits else None


def crumb_node(payload: Any) -> int | None:
    """Return the id of the node that a breadcrumb is about, if there is one.

    >>> crumb_node({"category": "ui.click", "data": {"nodeId": 7}})
    7
    """
    data = payload.get("data") if isinstance(payload, dict) else None
    return _named_node(data) if isinstance(data, dict) else None


def _node(masks: MetadataMasks, value: Any, context: Context) -> Any:
    """Mask ``{id, tagName, textContent, attributes}`` as the node itself is masked."""
    if not isinstance(value, dict):
        return masks.scrub(value)
    shown = not context.text_masked
    rules: dict[str, Rule] = {
        "id": _number,
        "tagName": _tag_name,
        "textContent": lambda _, text: (
            masks.masks.shown(text, "text") if shown and isinstance(text, str) else masks.hide(text)
        ),
        "attributes": lambda m, attributes: _node_attributes(m, attributes, context),
    }
    return _object(rules)(masks, value)


def _tag_name(masks: MetadataMasks, value: Any) -> Any:
    fits = isinstance(value, str) and is_tag_name(value)
    return zeroed(value) if fits else masks.scrub(value)


def _node_attributes(masks: MetadataMasks, value: Any, context: Context) -> Any:
    if not isinstance(value, dict):
        return masks.scrub(value)
    masked = dict(value)
    masks.attributes.mask_counted(masked, context)
    return masked


def _ui_message(masks: MetadataMasks, value: Any, context: Context) -> Any:
    """Mask what ``div#x.y > button[title="Jane"]`` says beside names that are public.

    The last step is the node; what stands before it are ancestors, whose levels
    the message does not tell, so they are masked.
    """
    if not isinstance(value, str) or not _MESSAGE.fullmatch(value):
        return masks.scrub(value)
    if not all(name in HTML_TAGS for name in _MESSAGE_TAGS.findall(value)):
        return masks.scrub(value)
    last = value.rfind(" > ") + 1
    unknown = masks.mirror.rules.unknown

    def mask(match: re.Match[str]) -> str:
        name = match["name"]
        if not name:
            return match["sign"] + zeroed(match["given"])
        if not masks.attributes.is_public(name):
            masks.attributes.count_dropped(1)
            return ""
        known = masks.attributes.mask_one(
            name, match["value"], context if match.start() >= last else unknown
        )
        return f'[{name}="{"" if known is REMOVED else known}"]'

    return _MESSAGE_PART.sub(mask, value)


# --- tables ---------------------------------------------------------------------------

_FLAGS = _numbers("metaKey shiftKey ctrlKey altKey metric")

_UI_DATA: dict[str, Rule] = {
    **_numbers("nodeId timeAfterClickMs clickCount"),
    **_FLAGS,
    "key": _key,
    "code": _key,
    "url": _url,
    "route": _url,
    "endReason": _word,
}

_BREADCRUMB: dict[str, Rule] = {
    "timestamp": _number,
    "type": _word,
    "category": _word,
    "level": _word,
}

_OTHER_BREADCRUMB = _object(
    {
        **_BREADCRUMB,
        "data": _object(
            {
                **_numbers("nodeId status_code count limit"),
                **dict.fromkeys(["url", "from", "to", "route"], _url),
                "method": _word,
                "logger": _word,
            }
        ),
    }
)

_BODY = _object(
    {"size": _number, "_meta": _object({"warnings": _list_of(_word)}), "headers": _scrub}
)

_SPAN = _object(
    {
        "op": _word,
        "description": _word_or_url,
        **_numbers("startTimestamp endTimestamp"),
        "data": _object(
            {
                **_numbers(
                    """statusCode size value duration decodedBodySize encodedBodySize
                    domInteractive domContentLoadedEventStart domContentLoadedEventEnd
                    loadEventStart loadEventEnd domComplete redirectCount nodeId"""
                ),
                "nodeIds": _list_of(_number),
                "method": _word,
                "rating": _word,
                "previous": _url,
                "request": _BODY,
                "response": _BODY,
                "memory": _object(_numbers("jsHeapSizeLimit totalJSHeapSize usedJSHeapSize")),
            }
        ),
    }
)

_OPTIONS = _object(
    _numbers(
        """shouldRecordCanvas sessionSampleRate errorSampleRate useCompressionOption blockAllMedia
        maskAllText maskAllInputs useCompression networkDetailHasUrls networkCaptureBodies
        networkRequestHasHeaders networkResponseHasHeaders"""
    )
)

_PAGE_META = _object(
    {**dict.fromkeys(["url", "href", "referrer"], _url), **_numbers("width height")}
)

CUSTOM: dict[str, Rule] = {
    "breadcrumb": _breadcrumb,
    "performanceSpan": _SPAN,
    "options": _OPTIONS,
    **dict.fromkeys(["recording-meta", "pageview-meta"], _PAGE_META),
    **dict.fromkeys(["page-visible", "page-hidden", "close-permanent", "close-temporary"], _scrub),
    **dict.fromkeys(["$pageview", "$url_changed"], _PAGE_META),
}
"""Custom events that recorders and SDKs define, by tag."""

_REQUEST = _object(
    {
        "name": _url,
        "url": _url,
        "method": _word,
        "initiatorType": _word,
        "entryType": _word,
        **_numbers(
            """status startTime endTime duration timeOrigin timestamp transferSize
            encodedBodySize decodedBodySize isInitial"""
        ),
    }
)

PLUGINS: dict[str, Rule] = {
    "rrweb/console@1": _object({"level": _word, "trace": _scrub, "payload": _scrub}),
    "rrweb/network@1": _object({"requests": _list_of(_REQUEST), "isInitial": _number}),
    "rrweb/sequential-id@1": _object(_numbers("id")),
}
"""Plugins that rrweb defines, by name."""

TAGS = frozenset(CUSTOM) | frozenset(PLUGINS)
"""Names of events that stay as they are; any other is masked."""
