"""What is public in recordings of mobile apps: boxes, kinds, and styles of an allow-list.

PostHog's mobile SDKs send wireframes: boxes with positions, a type and a style, in place of a
tree. Text and values become asterisks, images and screenshots gray boxes of the same size.
"""

from __future__ import annotations

import re
from typing import Any

from replay_redact._masks.media import placeholder
from replay_redact._metadata.forms import Table, of_form, of_words, table_of
from replay_redact._metadata.masks import PayloadMasks, Rule
from replay_redact._metadata.rules import list_of, number, object_of
from replay_redact._wire.event_forms import WIREFRAMES

_SIZE = re.compile(r"\d{1,5}(?:\.\d{1,4})?(?:px|vw|vh|%)?")
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|transparent")
_FONTS = "sans-serif serif monospace system-ui Roboto Helvetica Arial"


def _image(masks: PayloadMasks, value: Any) -> Any:
    """Put a gray image of the same size in the place of one."""
    if not isinstance(value, str) or not value:
        return masks.hide(value)
    return placeholder(value if value.startswith("data:") else f"data:image/png;base64,{value}")


def _text(masks: PayloadMasks, value: Any) -> Any:
    """Mask text of the screen, whatever the policy shows of metadata."""
    return masks.hide(value)


_size = of_form(_SIZE, other=number)
_color = of_form(_COLOR, other=_text)

_STYLE: Rule = object_of(
    {
        **table_of(_color, "color backgroundColor borderColor"),
        **table_of(
            _size,
            "borderWidth borderRadius fontSize paddingLeft paddingRight paddingTop paddingBottom",
        ),
        **table_of(_image, "backgroundImage iconLeft iconRight"),
        "backgroundSize": of_words("contain cover auto", _text),
        "verticalAlign": of_words("top bottom center", _text),
        "horizontalAlign": of_words("left right center", _text),
        "fontFamily": of_words(_FONTS, _text),
        "bar": of_words("horizontal vertical circular rating", _text),
    }
)
_TYPES = """text image screenshot rectangle placeholder web_view input div radio_group status_bar
    navigation_bar radio_button"""
_INPUTS = """text_area phone text email number search button checkbox radio toggle password url
    progress select"""

_WIREFRAME: Table = {
    **table_of(number, "id max disabled checked"),
    **table_of(_size, "x y width height"),
    "type": of_words(_TYPES, _text),
    "inputType": of_words(_INPUTS, _text),
    **table_of(_text, "text value label url options"),
    "base64": _image,
    "style": _STYLE,
}


def _wireframe(masks: PayloadMasks, value: Any) -> Any:
    return _shown_only(object_of(_WIREFRAME))(masks, value)


def _shown_only(rule: Rule) -> Rule:
    """Return a rule under which keys that nobody knows are masked and never scrubbed."""

    def mask(masks: PayloadMasks, value: Any) -> Any:
        with masks.never_scanned():
            return rule(masks, value)

    return mask


_WIREFRAME["childWireframes"] = list_of(_wireframe)
_CHANGE = object_of({"parentId": number, "wireframe": _wireframe})

MOBILE: dict[str, Rule] = {
    WIREFRAMES: _shown_only(
        object_of(
            {
                "wireframes": list_of(_wireframe),
                "initialOffset": object_of(table_of(number, "top left")),
                "source": number,
                **table_of(list_of(_CHANGE), "adds updates"),
                "removes": list_of(object_of(table_of(number, "id parentId"))),
            }
        )
    ),
    "video": object_of(
        {
            **table_of(
                number,
                "segmentId size duration height width frameCount frameRate left top",
            ),
            "encoding": of_words("h264 hevc h265 vp8 vp9 av1"),
            "container": of_words("mp4 webm"),
            "frameRateType": of_words("constant variable"),
        }
    ),
    "keyboard": object_of({"open": number, "height": number, "styles": _STYLE}),
    "$recording_started": object_of(
        {
            "reason": of_words(
                "recording_initialized session_id_changed sampled linked_flag_matched"
                " linked_flag_overridden sampling_overridden url_trigger_matched"
                " event_trigger_matched"
            )
        }
    ),
    "$remote_config_received": object_of(
        {
            **table_of(number, "cache_timestamp minimumDurationMilliseconds sampleRate"),
            "recorderVersion": of_words("v1 v2"),
        }
    ),
    "$session_options": object_of(
        {
            "sessionRecordingOptions": object_of(
                {
                    **table_of(number, "inlineStylesheetBudgetRules"),
                    **table_of(
                        of_words("ph-no-capture ph-ignore-input ph-mask"),
                        "blockClass ignoreClass maskTextClass",
                    ),
                }
            ),
            "activePlugins": list_of(of_words("rrweb/console@1 rrweb/network@1")),
        }
    ),
    "$posthog_config": object_of({}),
}
"""Custom events of mobile SDKs and of PostHog, by tag."""

MOBILE_CRUMB_DATA: Table = {
    **table_of(number, "level charging x y"),
    "state": of_words(
        "foreground background active inactive connected disconnected offline online wifi cellular"
        " ethernet none"
    ),
    "direction": of_words("left right up down forward backward"),
    "action": of_words("tap swipe scroll click"),
    "network_type": of_words("wifi cellular ethernet none"),
    "orientation": of_words("portrait landscape"),
    "position": of_words("portrait landscape"),
}
"""Data of breadcrumbs about the device, the app and gestures."""
