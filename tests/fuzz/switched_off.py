"""Redactors with one rule switched off, to see whether the oracle and `find_leaks` notice.

A switch replaces functions of the package, or changes the input and undoes the change in the
output. It has its own compiled rules, since rules remember decisions.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from replay_redact import Policy, redact_bytes
from replay_redact import events as ev
from replay_redact._engine import handlers as strict
from replay_redact._metadata import breadcrumbs
from replay_redact._page import mutations, tree
from replay_redact._page.attribute_kinds import ValueMasks
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.gathered import GatheredTexts
from replay_redact._page.masking import Masks
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.tree import Visitor
from replay_redact._rules import strict as rules
from replay_redact._rules.matching import BOUNDARY
from replay_redact._rules.strict import Context, Rules
from replay_redact.nodes import CData, Comment
from replay_redact.policy import Level
from tests.fuzz import rewrites
from tests.fuzz.streams import Stream
from tests.oracle.windows import events_of

Patch = tuple[Any, str | type, Any]
"""A module, a class or a dictionary; a name or a key in it; and what stands there instead."""

Change = Callable[[Stream], Stream]


class Switch(NamedTuple):
    """A rule that can be switched off: by patches, or by changes before and after redaction."""

    name: str
    patches: tuple[Patch, ...] = ()
    before: Change | None = None
    after: Callable[[Stream, Stream], Stream] | None = None
    """Takes the stream as it was and as it came out."""


@contextlib.contextmanager
def switched(switch: Switch) -> Iterator[None]:
    """Switch a rule off within this context."""
    patches = [*switch.patches, (strict, "compile_rules", _rules_of(switch.name))]
    saved: list[Patch] = []
    try:
        for target, name, value in patches:
            if isinstance(target, dict):
                saved.append((target, name, target[name]))
                target[name] = value
            else:
                saved.append((target, name, target.__dict__[name]))
                setattr(target, str(name), value)
        yield
    finally:
        for target, name, value in reversed(saved):
            if isinstance(target, dict):
                target[name] = value
            else:
                setattr(target, str(name), value)


@lru_cache(maxsize=128)
def _rules_of(_switch: str) -> Callable[[Policy], Rules]:
    return lru_cache(maxsize=64)(Rules)


def redact(switch: Switch, stream: Stream, policy: Policy) -> bytes:
    """Redact with a rule switched off."""
    given = switch.before(stream) if switch.before else stream
    with switched(switch):
        output = redact_bytes(given.encode(), policy)
    if switch.after is None:
        return output
    events = tuple(events_of(output))
    return switch.after(stream, stream._replace(events=events)).encode()


# --- patches -----------------------------------------------------------------------------------


def _keep(*_arguments: Any) -> bool:
    return True


def _as_it_is(_self: Any, text: str, *_arguments: Any, **_options: Any) -> str:
    return text


def _attributes_kept(*names: str) -> tuple[Patch, ...]:
    """Leave some attributes unmasked."""
    mask = AttributeMasks.mask

    def mask_others(
        self: AttributeMasks, attributes: dict[str, Any], context: Context, *more: Any
    ) -> int:
        kept = {name: attributes[name] for name in names if name in attributes}
        dropped = mask(self, attributes, context, *more)
        if not context.blocked:
            attributes.update(kept)
        return dropped

    return ((AttributeMasks, "mask", mask_others),)


def _contexts(**changes: Callable[[Context], bool]) -> tuple[Patch, ...]:
    """Change the meaning of a decision."""
    make = Context.__init__

    def make_other(self: Context, *arguments: Any) -> None:
        make(self, *arguments)
        for name, change in changes.items():
            setattr(self, name, change(self))
        self.plain_text = self.below_masked and not (self.css or self.silent)

    return ((Context, "__init__", make_other),)


def _inherited(change: Callable[[Any, Any, int], Any]) -> tuple[Patch, ...]:
    """Change what a node inherits; ``change`` takes decision, parent and bits."""
    inherit = rules._inherited

    def inherit_other(parent: Any, bits: int) -> Any:
        return change(inherit(parent, bits), parent, bits)

    return ((rules, "_inherited", inherit_other),)


def _levels(change: Callable[[list[Any]], list[Any]]) -> tuple[Patch, ...]:
    return ((rules, "_LEVELS", dict(change(list(rules._LEVELS.items())))),)


def _without(level: Level) -> tuple[Patch, ...]:
    return _levels(lambda levels: [pair for pair in levels if pair[1] is not level])


def _unmask_is_nearest() -> tuple[Patch, ...]:
    own_level = Rules._own_level

    def own_unless_shown(self: Rules, parent: Any, bits: int) -> Any:
        own = own_level(self, parent, bits)
        if own and own[0] is Level.MASK and parent is not None and parent.level is Level.UNMASK:
            return None
        return own

    return ((Rules, "_own_level", own_unless_shown),)


def _unknown_like_root() -> tuple[Patch, ...]:
    make = Rules.__init__

    def make_other(self: Rules, policy: Policy) -> None:
        make(self, policy)
        self.unknown = Context(policy, None, 0, rules.NO_OUTCOME)

    return ((Rules, "__init__", make_other),)


def _type_forgets() -> tuple[Patch, ...]:
    changed = Rules.changed_facts

    def forget(self: Rules, bits: int, name: str, value: Any) -> int:
        sensitive = rules.SENSITIVE if name == "type" else 0
        return changed(self, bits & ~sensitive, name, value)

    return ((Rules, "changed_facts", forget), *_moves_forget())


def _moves_forget() -> tuple[Patch, ...]:
    return ((Visitor, "_keep_fields", lambda _self, _node: None),)


def _trees_shown() -> tuple[Patch, ...]:
    mask = GatheredTexts.mask

    def mask_changes(self: GatheredTexts) -> None:
        self.texts, self._decided = [], []
        mask(self)

    return ((GatheredTexts, "mask", mask_changes),)


def _comments_kept() -> tuple[Patch, ...]:
    mask = tree.mask_leaf

    def keep(node: Any, *rest: Any) -> None:
        if not isinstance(node, CData | Comment):
            mask(node, *rest)

    return ((tree, "mask_leaf", keep),)


def _code_kept() -> tuple[Patch, ...]:
    text = Visitor._text

    def keep(self: Visitor, node: Any, context: Context, channel: str) -> None:
        if not context.silent:
            text(self, node, context, channel)

    return ((Visitor, "_text", keep),)


def _one_judgement() -> tuple[Patch, ...]:
    take = mutations._take_facts

    def take_only(*arguments: Any) -> tuple[bool, set[int]]:
        _, sensitive = take(*arguments)
        return False, sensitive

    return ((mutations, "_take_facts", take_only),)


def _additions_below_root() -> tuple[Patch, ...]:
    addition = Visitor.addition

    def add(self: Visitor, node: Any, parent_id: int, above: Context) -> bool:
        return addition(self, node, parent_id, above if above.blocked else self.rules.root)

    return ((Visitor, "addition", add),)


def _handled(*kinds: type) -> tuple[Patch, ...]:
    """Let events of these kinds pass unchanged."""
    return tuple((strict.HANDLERS, kind, _keep) for kind in kinds)


def _no_block_below(decision: Any, _parent: Any, _bits: int) -> Any:
    return decision._replace(level=Level.DEFAULT) if decision.level is Level.BLOCK else decision


def _unmask_crosses(decision: Any, parent: Any, _bits: int) -> Any:
    if parent is not None and parent.level is Level.UNMASK:
        return decision._replace(level=Level.UNMASK)
    return decision


def _mask_ends(decision: Any, parent: Any, bits: int) -> Any:
    ends = parent is not None and bits & BOUNDARY and decision.level is Level.MASK
    return decision._replace(level=Level.DEFAULT, lock="") if ends else decision


def _says_nothing(_value: str) -> int:
    return 0


SWITCHES: tuple[Switch, ...] = (
    Switch("windows are one page", before=rewrites.one_window, after=rewrites.windows_again),
    Switch("moments are not judged again", before=rewrites.times_apart, after=rewrites.times_again),
    Switch("a block by attribute is forgotten", before=rewrites.blocks_forgotten),
    Switch("removed nodes are not forgotten", before=rewrites.without_removes, after=rewrites.removes_again),
    Switch("types of fields say nothing", ((rules._BUILT_IN, "type", _says_nothing),)),
    Switch("autocomplete says nothing", ((rules._BUILT_IN, "autocomplete", _says_nothing),)),
    Switch("the recorder's password mark says nothing",
           ((rules._BUILT_IN, "data-rr-is-password", _says_nothing),)),
    Switch("a type that changes is forgotten", _type_forgets()),
    Switch("sensitive fields that move are forgotten", _moves_forget()),
    Switch("blocks end below their element", _inherited(_no_block_below)),
    Switch("no block rules", _without(Level.BLOCK)),
    Switch("no mask rules", _without(Level.MASK)),
    Switch("mask ends at boundaries", _inherited(_mask_ends)),
    Switch("unmask crosses boundaries", _inherited(_unmask_crosses)),
    Switch("a tie goes to the looser", _levels(lambda levels: levels[::-1])),
    Switch("unmask above wins over mask", _unmask_is_nearest()),
    Switch("selectors without their ancestors",
           ((rules, "matches", lambda rule, _parent, bits, **_: rule.tests[0].holds(bits, None)),)),
    Switch("sensitive fields do not lock", _inherited(lambda d, _p, _b: d._replace(lock=""))),
    Switch("media are shown", _contexts(media_masked=lambda _: False)),
    Switch("text in fields is text", _contexts(below_masked=lambda context: context.text_masked)),
    Switch("text is shown by default",
           _contexts(text_masked=lambda context: context.forced, below_masked=lambda context: context.forced)),
    Switch("digits are shown with words", _contexts(digits=lambda _: False)),
    Switch("changes are shown like pages", _contexts(changed=lambda context: context)),
    Switch("what people write in is text", ((rules._BUILT_IN, "contenteditable", _says_nothing),)),
    Switch("input is shown by default", _contexts(input_masked=lambda context: context.forced)),
    Switch("input events pass", _handled(ev.Input)),
    Switch("texts of mutations pass", ((mutations, "_texts", lambda _visitor, changes: changes),)),
    Switch("attributes of mutations pass",
           ((mutations, "_attributes", lambda _visitor, changes: changes),)),
    Switch("texts of trees pass", _trees_shown()),
    Switch("comments are kept", _comments_kept()),
    Switch("code is kept", _code_kept()),
    Switch("titles are kept", _attributes_kept("title", "alt", "aria-label", "placeholder")),
    Switch("data attributes are kept", _attributes_kept("data-user", "data-note")),
    Switch("odd values of structural attributes are kept", _attributes_kept("lang", "width", "role")),
    Switch("values are kept", _attributes_kept("value")),
    Switch("links are kept", _attributes_kept("href", "action", "cite")),
    Switch("sources are kept", _attributes_kept("src", "poster", "data", "srcset", "rr_dataURL")),
    Switch("styles of elements are kept", _attributes_kept("style", "_cssText")),
    Switch("handlers and frames' documents are kept", _attributes_kept("onclick", "srcdoc", "nonce")),
    Switch("addresses are kept", ((Masks, "url", _as_it_is),)),
    Switch("style sheets are kept", ((Masks, "sheet", _as_it_is),)),
    Switch("declarations are kept", ((Masks, "declarations", _as_it_is),)),
    Switch("values of properties are kept", ((Masks, "value", lambda _s, _n, value, **_: value),)),
    Switch("addresses of pages pass", _handled(ev.Meta)),
    Switch("custom events pass", _handled(ev.Custom)),
    Switch("plugin events pass", _handled(ev.Plugin)),
    Switch("breadcrumbs are not judged by their node",
           ((breadcrumbs, "_node_context", lambda masks, _data: masks.mirror.rules.root),)),
    Switch("logs pass", _handled(ev.Log)),
    Switch("fonts pass", _handled(ev.Font)),
    Switch("rules of style sheets pass", _handled(ev.StyleSheetRule, ev.AdoptedStyleSheet)),
    Switch("changed declarations pass", _handled(ev.StyleDeclaration)),
    Switch("unknown nodes are like the document", _unknown_like_root()),
    Switch("classes that change change nothing", ((Mirror, "change_facts", lambda *_: None),)),
    Switch("one judgement per mutation", _one_judgement()),
    Switch("added nodes are judged alone", _additions_below_root()),
    Switch("what stood below a block shows", ((Branch, "hide", lambda _self: None),)),
    Switch("listed attributes are not masked",
           ((ValueMasks, "lists", lambda *_: False),)),
    Switch("ignored fields are not ignored", ((Rules, "ignores", lambda *_: False),)),
    Switch("tag names of code say nothing", ((rules._TAGS, "script", 0), (rules._TAGS, "noscript", 0))),
    Switch("elements keep what a block takes",
           ((AttributeMasks, "blocked", lambda _self, _tag, attributes, _context: attributes),)),
)  # fmt: skip
"""Every rule that can be switched off."""
