"""The strict engine: one handler for each kind of event and each incremental source.

A handler in `HANDLERS` masks the event in place, with the help of mirror, visitor and masks, and
returns whether it passes. An event about a blocked node is dropped. An event about an unknown node
is masked. No handler catches all other events: what cannot be decoded arrives as `Unreadable`, and
is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import UNSET, Struct

from replay_redact import events as ev
from replay_redact._allowlists.forms import is_tag_name
from replay_redact._allowlists.identifiers import zeroed, zeroed_words
from replay_redact._css.fonts import is_family_name
from replay_redact._css.sheets import compared
from replay_redact._css.tokens import is_property_name
from replay_redact._engine.by_role import mask_by_role
from replay_redact._engine.field_state import show_state
from replay_redact._metadata.breadcrumbs import crumb_node
from replay_redact._metadata.masks import MetadataMasks
from replay_redact._metadata.payloads import mask_custom, mask_plugin
from replay_redact._page.compared import Owner
from replay_redact._page.mirror import Mirror
from replay_redact._page.mutations import mutation, mutation_again
from replay_redact._page.refined import visitor_of
from replay_redact._page.tally import Tally
from replay_redact._rules.strict import FIELD, Context, Rules, compile_rules
from replay_redact.nodes import roles_of
from replay_redact.policy import Policy
from replay_redact.report import Report

_FONT_BYTES = re.compile(r"[\[{][\d\s,:\"]*[\]}]")  # a list of bytes, or an object of them by index


class Strict:
    """The rules, the memory and the masks for one recording, as handlers need them."""

    def __init__(self, rules: Rules, mirror: Mirror[Context], tally: Tally) -> None:
        self.policy = rules.policy
        self.report = tally.report
        self.rules, self.mirror, self.tally = rules, mirror, tally
        self.visitor = visitor_of(rules, mirror, tally)
        self.masks = self.visitor.masks
        self.metadata = MetadataMasks(mirror, self.visitor.attributes)

    @classmethod
    def of(cls, policy: Policy, report: Report) -> Strict:
        """Return the engine of a policy, with a memory of its own."""
        rules = compile_rules(policy)
        return cls(rules, Mirror(rules, report), Tally(report))

    def clear(self) -> None:
        """Forget all nodes."""
        self.mirror.clear()
        self.visitor.waiting.clear()

    def mask_gathered(self) -> None:
        """Mask the texts that wait to be masked together."""
        self.visitor.gathered.mask()

    def hides_pointer(self, node_id: int) -> bool:
        """Tell whether a pointer over this node may tell what is entered in it.

        What is in a blocked element is gone, so nobody can tell whether it was a form field.
        """
        context = self.mirror.now(node_id)
        return context.blocked or (context.bits & FIELD != 0 and context.input_masked)

    def blocks(self, node_id: int) -> bool:
        """Tell whether a node is blocked, by itself or from above."""
        return self.mirror.now(node_id).blocked

    def url(self, address: str) -> str:
        """Mask an address by the policy's URL rule."""
        return self.masks.url(address)

    def forces(self, node_id: object) -> bool:
        """Tell whether a node is masked by a rule, or because nobody knows it."""
        return isinstance(node_id, int) and self.mirror.of_copies(node_id).forced

    def note(self, node_id: object) -> None:
        """Note that an event says something of a node, where it is now."""
        if isinstance(node_id, int):
            self.mirror.changed.add(node_id)

    def sheet(self, css: str, owner: object) -> str:
        """Mask CSS of a style element by the policy and the element's own level."""
        words = self.mirror.compared
        return self.masks.sheet(css, always=self.forces(owner), public=words)

    def take_in(self, owner: Owner, rules: list[str]) -> None:
        """Learn what the rules of a style sheet compare; nothing, if nobody knows its node."""
        kind, number = owner
        if kind != "node" or number in self.mirror.parents:
            for rule in rules:
                self.mirror.compared.add(owner, compared(rule))


# --- handlers: true if the event passes -----------------------------------------------


def _keep(_strict: Strict, _event: Any) -> bool:
    return True


def _drop(_strict: Strict, _event: Any) -> bool:
    return False


def _unreadable(strict: Strict, event: ev.Unreadable) -> bool:
    """Drop what cannot be read; after a lost change of the tree, nothing is known of it."""
    if event.may_change_tree:
        strict.clear()
    return False


def _full_snapshot(strict: Strict, event: ev.FullSnapshot) -> bool:
    strict.visitor.snapshot(event.data.node)
    return True


def _custom(strict: Strict, event: ev.Custom) -> bool:
    data = event.data
    strict.note(crumb_node(data.payload))
    tag, payload = data.tag, data.payload
    data.tag, data.payload = mask_custom(strict.metadata, tag, payload)
    strict.tally.field(data, "tag", tag, "metadata")
    strict.tally.payload(data, payload)
    return True


def _plugin(strict: Strict, event: ev.Plugin) -> bool:
    data = event.data
    plugin, payload = data.plugin, data.payload
    data.plugin, data.payload = mask_plugin(strict.metadata, plugin, payload)
    strict.tally.field(data, "plugin", plugin, "metadata")
    strict.tally.payload(data, payload)
    return True


def _input(strict: Strict, data: ev.Input) -> bool:
    strict.note(data.id)
    context = strict.mirror.context(data.id)
    if context.blocked or strict.rules.ignores(context):
        return False
    recorded = data.text
    if context.input_masked:
        data.text = strict.masks.entered(recorded, context.bits)
    else:
        data.text = strict.masks.read(recorded, "input")
    strict.tally.field(data, "text", recorded, "input", context)
    show_state(strict, data, context, hidden=strict.policy.hide_state)
    return True


def _path(strict: Strict, data: Any) -> bool:
    """Keep where the pointer began and ended, not the way in between.

    A path of which nothing is left is dropped: players cannot show one.
    """
    number = len(data.positions)
    if strict.policy.hide_pointer:
        data.positions = [at for at in data.positions if not strict.hides_pointer(at.id)]
    del data.positions[1:-1]
    if number and not data.positions:
        return False
    strict.tally.part(data, "pointer", number - len(data.positions))
    return True


def _mouse_interaction(strict: Strict, data: ev.MouseInteraction) -> bool:
    if strict.blocks(data.id):
        return False
    if strict.policy.hide_pointer and strict.hides_pointer(data.id):
        for axis in ("x", "y"):
            strict.tally.field(data, axis, getattr(data, axis), "structure")
        data.x = data.y = UNSET
    return True


def _if_not_blocked(strict: Strict, data: Any) -> bool:
    return not strict.blocks(data.id)


def _selection(strict: Strict, data: ev.Selection) -> bool:
    number = len(data.ranges)
    data.ranges = [
        item for item in data.ranges if not (strict.blocks(item.start) or strict.blocks(item.end))
    ]
    if strict.policy.hide_state:
        for item in data.ranges:
            _hide_offsets(strict, item)
    if number and not data.ranges:
        return False
    strict.tally.part(data, "structure", number - len(data.ranges))
    return True


def _hide_offsets(strict: Strict, item: ev.Range) -> None:
    """Move the ends of a range that stand in masked text to where the text begins."""
    for node_id, field in ((item.start, "start_offset"), (item.end, "end_offset")):
        if strict.mirror.text_context(node_id).below_masked:
            strict.tally.field(item, field, getattr(item, field), "structure")
            setattr(item, field, 0)


def _style_sheet_rule(strict: Strict, data: ev.StyleSheetRule) -> bool:
    if isinstance(data.id, int) and strict.blocks(data.id):
        return False
    strict.note(data.id)
    rules = [addition.rule for addition in data.adds or ()]
    rules += [text for text in (data.replace, data.replace_sync) if isinstance(text, str)]
    if isinstance(data.id, int):
        strict.take_in(("node", data.id), rules)
    elif isinstance(data.style_id, int):
        strict.take_in(("sheet", data.style_id), rules)
    return mask_by_role(strict, data)


def _style_declaration(strict: Strict, data: ev.StyleDeclaration) -> bool:
    strict.note(data.id)
    masks, always = strict.masks, strict.forces(data.id)
    if isinstance(data.id, int) and strict.blocks(data.id):
        return False
    changed = [change for change in (data.set, data.remove) if change is not UNSET]
    if not all(is_property_name(change.property) for change in changed):
        return False
    for change in changed:
        _note_fields(strict, change)
    if data.set is not UNSET:
        change = data.set
        if change.value is not None:
            change.value = masks.value(change.property, change.value, always=always)
        if change.priority not in {UNSET, None, "", "important"}:
            change.priority = ""
    for named in changed:
        named.property = masks.property(named.property, always=always)
    return True


def _adopted_style_sheet(strict: Strict, data: ev.AdoptedStyleSheet) -> bool:
    if strict.blocks(data.id):
        return False
    strict.note(data.id)
    for style in data.styles or ():
        strict.take_in(("sheet", style.style_id), [addition.rule for addition in style.rules])
    return mask_by_role(strict, data)


def _custom_element(strict: Strict, data: ev.CustomElement) -> bool:
    if data.define is UNSET:
        return True
    name = data.define.name
    if not is_tag_name(name):
        return False
    strict.tally.field(data.define, "name", name, "structure")
    data.define.name = zeroed(name)
    return True


def _font(strict: Strict, data: ev.Font) -> bool:
    """Keep a font only by opt-in; its address is masked like that of a font in CSS."""
    if not strict.policy.keep_fonts:
        return False
    if data.buffer and _FONT_BYTES.fullmatch(data.font_source) is None:
        return False
    _note_fields(strict, data)
    data.descriptors = UNSET
    data.family = _font_family(strict, data.family)
    if data.buffer:
        return True
    data.font_source = strict.masks.value("src", data.font_source, always=True)
    return True


def _note_fields(strict: Strict, struct: Struct) -> None:
    """Note the fields of a struct as they are now, before they are masked."""
    for name, role in roles_of(type(struct)):
        strict.tally.field(struct, name, getattr(struct, name), role.channel)


def _font_family(strict: Strict, family: str) -> str:
    """Keep the name of a font family, as style sheets do, if it has the form of one."""
    masks = strict.masks
    if is_family_name(family) and masks.shown(family, "css") == family:
        return zeroed_words(family)
    return masks.text(family)


_SUBJECTS = {*ev.KINDS.values(), *ev.SOURCES.values()} - {ev.IncrementalSnapshot}

HANDLERS: dict[type, Callable[[Strict, Any], bool]] = {
    **dict.fromkeys(_SUBJECTS, mask_by_role),  # unless a line below says something else
    ev.Unreadable: _unreadable,
    ev.DomContentLoaded: _keep,
    ev.Load: _keep,
    ev.FullSnapshot: _full_snapshot,
    ev.Custom: _custom,
    ev.Plugin: _plugin,
    ev.Asset: _drop,  # bytes of what the page showed
    ev.Mutation: mutation,
    ev.MouseMove: _path,
    ev.TouchMove: _path,
    ev.Drag: _path,
    ev.MouseInteraction: _mouse_interaction,
    ev.Scroll: _if_not_blocked,
    ev.ViewportResize: _keep,  # two numbers
    ev.Input: _input,
    ev.MediaInteraction: _if_not_blocked,
    ev.StyleSheetRule: _style_sheet_rule,
    ev.CanvasMutation: _drop,  # drawn text and pixels
    ev.Font: _font,
    ev.StyleDeclaration: _style_declaration,
    ev.Selection: _selection,
    ev.AdoptedStyleSheet: _adopted_style_sheet,
    ev.CustomElement: _custom_element,
}
"""What happens to each kind of event and each incremental source."""


# --- a second judgement, at the end of a moment: true if the event still passes ----------


def _snapshot_again(strict: Strict, event: ev.FullSnapshot) -> bool:
    strict.visitor.again(event.data.node)
    strict.visitor.waiting.settle()
    return True


def _input_again(strict: Strict, data: ev.Input) -> bool:
    """Judge what was entered anew; a field that is gone may have been sensitive in between."""
    mirror = strict.mirror
    context = mirror.latest(data.id)
    if context is not None and (context.blocked or strict.rules.ignores(context)):
        return False
    is_closed = data.id in mirror.fields or mirror.left_fields(data.id)
    if context is None or not context.input_masked:
        context = strict.rules.unknown if is_closed else context
    if context is not None and context.input_masked:
        strict.tally.field(data, "text", data.text, "input", context)
        data.text = strict.masks.entered(data.text, context.bits)
    show_state(strict, data, context, hidden=strict.policy.hide_state)
    return True


def _custom_again(strict: Strict, event: ev.Custom) -> bool:
    node_id = crumb_node(event.data.payload)
    return node_id is None or not _is_closed(strict, node_id) or _custom(strict, event)


def _if_there(strict: Strict, data: Any) -> bool:
    """Judge an event about a node as if it came now, unless the node went as open as it was."""
    return not _is_closed(strict, data.id) or HANDLERS[type(data)](strict, data)


def _sheet_again(strict: Strict, data: Any) -> bool:
    """Judge rules of a style sheet again; a sheet without a node is there for good."""
    has_node = isinstance(data.id, int)
    return _if_there(strict, data) if has_node else HANDLERS[type(data)](strict, data)


def _is_closed(strict: Strict, node_id: Any) -> bool:
    """Tell whether a node is there, and judges for itself, or was masked when it went."""
    mirror = strict.mirror
    if mirror.left_fields(node_id):
        return True
    latest = mirror.latest(node_id)
    if latest is None or node_id in mirror.parents:
        return latest is not None
    return latest.forced or latest.text_masked


JUDGED_AGAIN: dict[type, Callable[[Strict, Any], bool]] = {
    ev.FullSnapshot: _snapshot_again,
    ev.Mutation: mutation_again,
    ev.Input: _input_again,
    ev.Custom: _custom_again,
    ev.MouseMove: _path,
    ev.TouchMove: _path,
    ev.Drag: _path,
    ev.Selection: _selection,
    ev.StyleSheetRule: _sheet_again,
    **dict.fromkeys(
        [
            ev.MouseInteraction,
            ev.Scroll,
            ev.MediaInteraction,
            ev.StyleDeclaration,
            ev.AdoptedStyleSheet,
        ],
        _if_there,
    ),
}
"""What is judged again if decisions change before the timestamp does; all else asks no node."""
