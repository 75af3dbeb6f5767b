"""What Sentry's browser SDK would have recorded, made of a recording without masks.

Theory: the SDK decides when it serializes a node or a change, from the DOM as it
then is. A recording without masks holds that DOM, so the same decisions can be
made again, event by event. `_rules.sentry` decides; this module keeps the nodes
that the SDK would know, masks, and leaves out what the SDK would not have recorded.

Invariant: a node is known here exactly if the SDK would have serialized it.
Failure direction: an event about any other node is dropped, since the SDK could
not have recorded it; plugin events, drawn pixels and assets are dropped, since it
does not record those.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from replay_redact import events as ev
from replay_redact._masks.text import MASK, mask_text
from replay_redact._page.masking import masked_by
from replay_redact._rules.facts import BOUNDARY, OTHER
from replay_redact._rules.sentry import (
    BUTTON,
    FORM_FIELD,
    OPTION,
    SCRIPT,
    STYLE,
    TEXTAREA,
    Place,
    compile_sentry_rules,
    html_only,
    records_key,
)
from replay_redact._runtime.utf16 import utf16_length
from replay_redact.nodes import CData, Comment, Document, Element, Node, Text
from replay_redact.policy import Policy
from replay_redact.report import Report

NOT_RECORDED = -1
"""The id that recorders give to a node that they do not know."""

_SCRIPT_TEXT = "SCRIPT_PLACEHOLDER"
_DEFAULT_BOX = {"svg": (300, 150), "video": (300, 150), "object": (300, 150), "embed": (300, 150)}
_BACKGROUND_IMAGE = "background-image"
_MODIFIERS = ("metaKey", "ctrlKey", "altKey")


class Sentry:
    """The SDK's recorder for one recording."""

    def __init__(self, policy: Policy, report: Report) -> None:
        self.policy = policy
        self.report = report
        self.rules = compile_sentry_rules(policy)
        self.places: dict[int, Place] = {}
        self._below: dict[Place | None, set[int]] | None = None

    # --- what is known ---

    def clear(self) -> None:
        """Forget all nodes."""
        self.places = {}
        self._below = None

    def mask_gathered(self) -> None:
        """Do nothing: texts are masked where they stand."""

    def snapshot(self, root: Node) -> None:
        """Serialize a document anew."""
        self.clear()
        self._serialize(root, None)

    def add(self, node: Node, parent_id: int) -> bool:
        """Serialize a node that was added, unless its parent is blocked or not recorded."""
        parent = self.places.get(parent_id)
        if parent is None or self.rules.blocks_below(parent):
            return False
        self.forget(node.id)
        if parent_id not in self.places:  # it was below the node that it now contains
            return False
        self._serialize(node, parent)
        return True

    def forget(self, node_id: int) -> None:
        """Forget a node and all below it."""
        place = self.places.get(node_id)
        if place is None:
            return
        below = self._index()
        below[place.parent].discard(node_id)
        todo = [node_id]
        while todo:
            gone = todo.pop()
            todo.extend(below.pop(self.places.pop(gone), ()))

    def _index(self) -> dict[Place | None, set[int]]:
        """Return children by place; made when first needed, kept up to date from then on."""
        if self._below is None:
            self._below = {}
            for node_id, place in self.places.items():
                self._below.setdefault(place.parent, set()).add(node_id)
        return self._below

    def _enter(self, node_id: int, place: Place) -> None:
        """Give a node its place; a node of the same id that had one loses it."""
        old = self.places.get(node_id)
        self.places[node_id] = place
        if self._below is None:
            return
        if old is not None:
            self._below[old.parent].discard(node_id)
        self._below.setdefault(place.parent, set()).add(node_id)

    def records(self, node_id: int) -> bool:
        """Tell whether events about a node are recorded: it is known and not blocked."""
        place = self.places.get(node_id)
        return place is not None and not self.rules.blocks_below(_element(place))

    # --- serializing ---

    def _serialize(self, root: Node, parent: Place | None) -> None:
        todo: list[tuple[Node, Place | None]] = [(root, parent)]
        while todo:
            node, above = todo.pop()
            place = self._place(node, above)
            self._enter(node.id, place)
            if isinstance(node, Element):
                self._element(node, place)
            elif isinstance(node, Text):
                node.text_content = self._text(node.text_content, _element(place))
            elif isinstance(node, CData | Comment):
                node.text_content = ""
            if isinstance(node, Element | Document) and node.child_nodes:
                todo.extend((child, place) for child in node.child_nodes)

    def _place(self, node: Node, above: Place | None) -> Place:
        boundary = BOUNDARY if node.is_shadow is True or isinstance(node, Document) else 0
        if not isinstance(node, Element):
            return Place(above, OTHER | boundary)
        place = self.rules.place(above, node.tag_name, node.attributes)
        if node.is_svg is True:
            place.bits = html_only(place.bits)
        place.bits |= boundary
        return place

    def _element(self, element: Element, place: Place) -> None:
        if self.rules.blocks(place):
            element.attributes = _box(element)
            element.child_nodes = []
            return
        attributes = element.attributes
        value = attributes.get("value")
        for name, item in attributes.items():
            attributes[name] = self._attribute(name, item, place)
        if place.bits & FORM_FIELD and not place.bits & BUTTON and value:
            attributes["value"] = self._value(value, place)
        if place.bits & OPTION and self.policy.mask_all_inputs:
            attributes.pop("selected", None)
        if isinstance(attributes.get("style"), str) and self.policy.block_all_media:
            attributes["style"] = without_background_image(attributes["style"])
        attributes.pop("rr_dataURL", None)

    def _text(self, text: str, parent: Place | None) -> str:
        bits = 0 if parent is None else parent.bits
        if bits & STYLE:
            return text
        if bits & SCRIPT:
            return _SCRIPT_TEXT
        masked = self.rules.masks_text(parent, mask_all=self.policy.mask_all_text)
        if masked or (bits & TEXTAREA and self.policy.mask_all_inputs):
            text = self.masked_text(text)
        if bits & OPTION and parent is not None and self.rules.masks_input(parent):
            text = self.masked_input(text)
        return text

    def _value(self, value: Any, place: Place) -> Any:
        if isinstance(value, str) and self.rules.masks_input(place):
            return self.masked_input(value)
        return value

    def _attribute(self, name: str, value: Any, place: Place) -> Any:
        if isinstance(value, str) and self.rules.masks_attribute(place, name, value):
            self.report.masked["attribute"] += 1
            return mask_text(value)
        return value

    # --- changes ---

    def changed_text(self, mutation: ev.TextMutation) -> bool:
        """Mask a text change as the SDK does: style, script and fields are no exceptions."""
        place = self.places.get(mutation.id)
        if place is None:
            return False
        parent = _element(place)
        if parent is not None and self.rules.blocks(parent):
            return False
        masked = self.rules.masks_text(parent, mask_all=self.policy.mask_all_text)
        if mutation.value is not None and masked:
            mutation.value = self.masked_text(mutation.value)
        return True

    def changed_attributes(self, mutation: ev.AttributeMutation) -> bool:
        """Mask an attribute change, judged by the element as it is afterwards."""
        place = self.places.get(mutation.id)
        if place is None:
            return False
        for name, value in mutation.attributes.items():
            self.rules.change(place, name, value)
        if self.rules.blocks(place):
            return False
        mutation.attributes.pop("rr_dataURL", None)
        for name, value in mutation.attributes.items():
            live = self._value(value, place) if name == "value" else value
            mutation.attributes[name] = self._attribute(name, live, place)
        return bool(mutation.attributes)

    # --- masks ---

    def masked_text(self, text: str) -> str:
        """Mask text, by the policy's function if it has one."""
        self.report.masked["text"] += 1
        return self._by_function(text, mask_text(text))

    def masked_input(self, text: str) -> str:
        """Mask a form value: of what the policy's function returns, the length counts."""
        self.report.masked["input"] += 1
        return MASK * utf16_length(self._by_function(text, text))

    def _by_function(self, text: str, otherwise: str) -> str:
        if self.policy.mask_fn is None:
            return otherwise
        own = masked_by(self.policy.mask_fn, text, self.report.dropped)
        return mask_text(text) if own is None else own


def _element(place: Place) -> Place | None:
    """Return the element that judges a node: itself, or its parent if that is an element."""
    if not place.bits & OTHER:
        return place
    above = None if place.bits & BOUNDARY else place.parent
    return None if above is None or above.bits & OTHER else above


def without_background_image(style: str) -> str:
    """Take background images out of inline style, which the SDK splits at every semicolon.

    >>> without_background_image("color:red;background-image: url(a.png);")
    'color:red;'
    """
    parts = [part.strip() for part in style.split(";")]
    kept = [part for part in parts if part and part.split(":", 1)[0].strip() != _BACKGROUND_IMAGE]
    end = ";" if kept and style.endswith(";") else ""
    return "; ".join(kept) + end


def _box(element: Element) -> dict[str, Any]:
    """Return the attributes of an empty box; a recording seldom tells the size on the screen."""
    attributes = element.attributes
    kept = {"class": attributes["class"]} if "class" in attributes else {}
    default = _DEFAULT_BOX.get(element.tag_name, (0, 0))
    for name, size in zip(("width", "height"), default, strict=True):
        known = attributes.get(f"rr_{name}") or attributes.get(name)
        digits = str(known).removesuffix("px")
        kept[f"rr_{name}"] = f"{digits if digits.isdecimal() else size}px"
    return kept


# --- handlers: true if the event passes -----------------------------------------------


def _keep(_sentry: Sentry, _event: Any) -> bool:
    return True


def _drop(_sentry: Sentry, _event: Any) -> bool:
    return False


def _full_snapshot(sentry: Sentry, event: ev.FullSnapshot) -> bool:
    sentry.snapshot(event.data.node)
    return True


def _custom(_sentry: Sentry, event: ev.Custom) -> bool:
    """Keep custom events, but for key presses that the SDK makes no breadcrumb of."""
    payload = event.data.payload
    if not isinstance(payload, dict) or payload.get("category") != "ui.keyDown":
        return True
    data = payload.get("data")
    if not isinstance(data, dict):
        return False
    node = data.get("node")
    tag = node.get("tagName") if isinstance(node, dict) else None
    held = any(data.get(name) is True for name in _MODIFIERS)
    return records_key(data.get("key"), in_field=tag in {"input", "textarea"}, held=held)


def _mutation(sentry: Sentry, data: ev.Mutation) -> bool:
    had_any = data.removes or data.adds or data.texts or data.attributes
    data.removes = [removal for removal in data.removes if _removal(sentry, removal)]
    data.adds = [
        addition for addition in data.adds if sentry.add(addition.node, addition.parent_id)
    ]
    data.texts = [text for text in data.texts if sentry.changed_text(text)]
    data.attributes = [item for item in data.attributes if sentry.changed_attributes(item)]
    has_any = data.removes or data.adds or data.texts or data.attributes
    return bool(has_any) or not had_any


def _removal(sentry: Sentry, removal: ev.Removal) -> bool:
    parent = sentry.places.get(removal.parent_id)
    if parent is None or removal.id not in sentry.places or sentry.rules.blocks_below(parent):
        return False
    sentry.forget(removal.id)
    return True


def _input(sentry: Sentry, data: ev.Input) -> bool:
    place = sentry.places.get(data.id)
    if place is None or not sentry.records(data.id) or sentry.rules.own(place).ignore:
        return False
    if sentry.rules.masks_input(place):
        data.text = sentry.masked_input(data.text)
    return True


def _path(sentry: Sentry, data: Any) -> bool:
    for position in data.positions:
        if position.id not in sentry.places:
            position.id = NOT_RECORDED
    return True


def _about_node(sentry: Sentry, data: Any) -> bool:
    return sentry.records(data.id)


def _selection(sentry: Sentry, data: ev.Selection) -> bool:
    had_any = bool(data.ranges)
    data.ranges = [
        item for item in data.ranges if sentry.records(item.start) and sentry.records(item.end)
    ]
    return bool(data.ranges) or not had_any


def _sheet(sentry: Sentry, data: Any) -> bool:
    return not isinstance(data.id, int) or data.id in sentry.places


def _style_declaration(sentry: Sentry, data: ev.StyleDeclaration) -> bool:
    """Keep changes of rules, but background images go with the media."""
    changed = {part.property for part in (data.set, data.remove) if part is not UNSET}
    if sentry.policy.block_all_media and _BACKGROUND_IMAGE in changed:
        return False
    return _sheet(sentry, data)


SENTRY_HANDLERS: dict[type, Callable[[Sentry, Any], bool]] = {
    ev.Unreadable: _drop,
    ev.DomContentLoaded: _keep,
    ev.Load: _keep,
    ev.FullSnapshot: _full_snapshot,
    ev.Meta: _keep,
    ev.Custom: _custom,
    ev.Plugin: _drop,  # the SDK uses none
    ev.Asset: _drop,
    ev.Mutation: _mutation,
    ev.MouseMove: _path,
    ev.TouchMove: _path,
    ev.Drag: _path,
    ev.MouseInteraction: _about_node,
    ev.Scroll: _about_node,
    ev.ViewportResize: _keep,
    ev.Input: _input,
    ev.MediaInteraction: _about_node,
    ev.StyleSheetRule: _sheet,
    ev.CanvasMutation: _drop,  # the SDK records canvas with another integration only
    ev.Font: _keep,
    ev.Log: _drop,
    ev.StyleDeclaration: _style_declaration,
    ev.Selection: _selection,
    ev.AdoptedStyleSheet: _sheet,
    ev.CustomElement: _keep,
}
"""What the SDK makes of each kind of event and each incremental source."""
