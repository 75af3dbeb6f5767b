"""The data of incremental snapshots: a struct for each source."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from replay_redact.nodes import (
    Attributes,
    CssString,
    Dropped,
    InputString,
    Metadata,
    Model,
    Node,
    Number,
    Role,
    Structure,
    TextString,
    UrlString,
)

__all__ = [
    "Addition",
    "AdoptedStyle",
    "AdoptedStyleSheet",
    "AttributeMutation",
    "CanvasMutation",
    "CustomElement",
    "CustomElementDefinition",
    "Drag",
    "Font",
    "IncrementalData",
    "Input",
    "Log",
    "MediaInteraction",
    "MouseInteraction",
    "MouseMove",
    "Mutation",
    "Position",
    "PropertyRemoval",
    "PropertySet",
    "Range",
    "Removal",
    "RuleAddition",
    "RuleRemoval",
    "Scroll",
    "Selection",
    "StyleDeclaration",
    "StyleSheetRule",
    "TextMutation",
    "TouchMove",
    "ViewportResize",
]

Optional = UnsetType
"""The type of an absent field. rrweb leaves out fields that have no value."""


class _Source(Model, tag_field="source", kw_only=True):
    pass


class TextMutation(Model, kw_only=True):
    """The new text of one text node, or ``None`` if the recorder had none."""

    id: int
    value: TextString | None = None


class AttributeMutation(Model, kw_only=True):
    """Changed attributes of one element. A value is a string, any JSON, or null if removed."""

    id: int
    attributes: Attributes


class Removal(Model, kw_only=True):
    """A node that was removed from its parent."""

    parent_id: int
    id: int
    is_shadow: bool | Optional = UNSET


class Addition(Model, kw_only=True):
    """A node that was added to a parent, before ``next_id``, or last if that is null."""

    parent_id: int
    next_id: int | None = None
    previous_id: int | Optional | None = UNSET
    node: Node


class Mutation(_Source, tag=0, kw_only=True):
    """Changes of the DOM. A player applies removes, adds, texts and attributes, in this order."""

    texts: list[TextMutation] = msgspec.field(default_factory=list)
    attributes: list[AttributeMutation] = msgspec.field(default_factory=list)
    removes: list[Removal] = msgspec.field(default_factory=list)
    adds: list[Addition] = msgspec.field(default_factory=list)
    is_attach_iframe: bool | Optional = UNSET


class Position(Model, kw_only=True):
    """A pointer position in pixels, the node there, and the time in ms relative to the event."""

    x: Number
    y: Number
    id: int
    time_offset: Number


class _Path(_Source, kw_only=True):
    positions: list[Position]
    pointer_id: int | Optional = UNSET


class MouseMove(_Path, tag=1, kw_only=True):
    """Positions of the mouse."""


class TouchMove(_Path, tag=6, kw_only=True):
    """Positions of a touch."""


class Drag(_Path, tag=12, kw_only=True):
    """Positions of something that is dragged."""


class MouseInteraction(_Source, tag=2, kw_only=True):
    """A press, click, focus, blur or touch. ``type`` is rrweb's number for it."""

    type: int
    id: int
    x: Number | Optional = UNSET
    y: Number | Optional = UNSET
    pointer_type: int | Optional = UNSET
    pointer_id: int | Optional = UNSET


class Scroll(_Source, tag=3, kw_only=True):
    """A scroll position in pixels."""

    id: int
    x: Number
    y: Number


class ViewportResize(_Source, tag=4, kw_only=True):
    """A new viewport size in pixels."""

    width: Number
    height: Number


class Input(_Source, tag=5, kw_only=True):
    """The new value of a form field, whether it is checked, and which options are selected."""

    id: int
    text: InputString
    is_checked: bool
    user_triggered: bool | Optional = UNSET
    selected_option_ids: list[int] | Optional = UNSET


class MediaInteraction(_Source, tag=7, kw_only=True):
    """A media element was played, paused or sought, or its volume or rate changed."""

    type: int
    id: int
    current_time: Number | Optional | None = UNSET
    volume: Number | Optional | None = UNSET
    muted: bool | Optional | None = UNSET
    loop: bool | Optional | None = UNSET
    playback_rate: Number | Optional | None = UNSET


class RuleAddition(Model, kw_only=True):
    """A CSS rule, and the place where it is inserted."""

    rule: CssString
    index: int | list[int] | Optional | None = UNSET


class RuleRemoval(Model, kw_only=True):
    """The place from which a CSS rule was removed."""

    index: int | list[int]


class StyleSheetRule(_Source, tag=8, kw_only=True):
    """Rules inserted, deleted or replaced through the CSSOM."""

    id: int | Optional | None = UNSET
    style_id: int | Optional | None = UNSET
    adds: list[RuleAddition] | Optional | None = UNSET
    removes: list[RuleRemoval] | Optional | None = UNSET
    replace: CssString | Optional | None = UNSET
    replace_sync: CssString | Optional | None = UNSET


class CanvasMutation(_Source, tag=9, kw_only=True):
    """Drawing commands. They carry text and pixels, so redaction drops them."""

    id: Annotated[int, Role.DROPPED]
    type: int | Optional = UNSET
    commands: Dropped = UNSET
    property: Dropped = UNSET
    args: Dropped = UNSET
    setter: Dropped = UNSET
    display_width: Dropped = UNSET
    display_height: Dropped = UNSET


class Font(_Source, tag=10, kw_only=True):
    """A font face: its CSS source or, if ``buffer`` is true, its bytes as a JSON list."""

    family: Structure
    font_source: UrlString
    buffer: bool
    descriptors: Dropped = UNSET


class Log(_Source, tag=11, kw_only=True):
    """A console line of rrweb 1. Later releases use a plugin event."""

    level: Metadata = UNSET
    trace: Metadata = UNSET
    payload: Metadata = UNSET


class PropertySet(Model, kw_only=True):
    """A CSS property that was set on a rule."""

    property: Structure
    value: CssString | None = None
    priority: Structure | Optional | None = UNSET


class PropertyRemoval(Model, kw_only=True):
    """A CSS property that was removed from a rule."""

    property: Structure


class StyleDeclaration(_Source, tag=13, kw_only=True):
    """A change of one declaration in one rule. ``index`` is the path to the rule."""

    id: int | Optional | None = UNSET
    style_id: int | Optional | None = UNSET
    index: list[int]
    set: PropertySet | Optional = UNSET
    remove: PropertyRemoval | Optional = UNSET


class Range(Model, kw_only=True):
    """A selected range. Offsets count UTF-16 units."""

    start: int
    start_offset: int
    end: int
    end_offset: int


class Selection(_Source, tag=14, kw_only=True):
    """The selected ranges: nodes and offsets, no text."""

    ranges: list[Range]


class AdoptedStyle(Model, kw_only=True):
    """The rules of a constructed style sheet."""

    style_id: int
    rules: list[RuleAddition]


class AdoptedStyleSheet(_Source, tag=15, kw_only=True):
    """Constructed style sheets that a document or shadow root adopted."""

    id: int
    style_ids: list[int]
    styles: list[AdoptedStyle] | Optional = UNSET


class CustomElementDefinition(Model, kw_only=True):
    """The name of a custom element that was defined."""

    name: Structure


class CustomElement(_Source, tag=16, kw_only=True):
    """A custom element was defined."""

    define: CustomElementDefinition | Optional = UNSET


IncrementalData = (
    Mutation
    | MouseMove
    | MouseInteraction
    | Scroll
    | ViewportResize
    | Input
    | TouchMove
    | MediaInteraction
    | StyleSheetRule
    | CanvasMutation
    | Font
    | Log
    | Drag
    | StyleDeclaration
    | Selection
    | AdoptedStyleSheet
    | CustomElement
)
