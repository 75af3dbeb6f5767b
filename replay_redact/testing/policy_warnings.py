"""Warnings about a policy, seen beside a recording of the page that it is for.

Theory: a selector that matches nothing is a typing error or out of date; one that
unmasks form fields, editable regions or text that keeps changing shows what users
write. A recording tells which nodes each rule matches, and about which it decides.

Invariant: a warning names options, selectors and public words, and nodes by tag, id and class.
Failure direction: what a recording does not show is not warned of; the absence of
warnings proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from replay_redact import events as ev
from replay_redact._rules.facts import matches
from replay_redact._rules.strict import FIELD, Context
from replay_redact._wire.codec import decode
from replay_redact.nodes import Document, Element, Node
from replay_redact.policy import Level, Policy
from replay_redact.redactor import Redactor
from replay_redact.scrub.config import Scrub
from replay_redact.testing.node_paths import WindowNames
from replay_redact.testing.recordings import Recording, to_bytes

_WRITABLE_ROLES = frozenset({"textbox", "log", "feed", "searchbox", "combobox"})
_EDITABLE = frozenset({"", "true", "plaintext-only"})
_DEFAULTS = frozenset(Policy().unmask)


def lint(recording: Recording, policy: Policy) -> list[str]:
    """Return warnings about a policy, seen beside a recording of the page that it is for.

    Warns of options without effect, selectors that decide about no node, unmask rules that
    show form fields, editable regions or text that changes, and words that become public since
    a style sheet of the page compares an attribute with them.

    >>> from replay_redact.testing import recording_from_html
    >>> page = recording_from_html("<form><input name='q'></form>")
    >>> for warning in lint(page, Policy(unmask=["form", "nav"])):
    ...     print(warning)
    unmask 'nav' matches no node of this recording
    unmask form shows form fields, such as html > body > form > input
    """
    seen = _Seen(policy)
    for event in decode(to_bytes(recording)):
        seen.take(event)
    useless = [*_useless_options(policy), *_useless_scrub_rules(policy)]
    return [*useless, *seen.idle_rules(), *seen.revealing_rules(), *seen.public_words()]


def _useless_options(policy: Policy) -> Iterator[str]:
    shows_all = not (policy.mask_all_text or policy.mask_all_inputs or policy.mask)
    checks = {
        "routes have no effect while mask_urls is false": policy.routes and not policy.mask_urls,
        "unblock has no effect while block_all_media is false": policy.unblock
        and not (policy.block_all_media or policy.mask),
        "unmask has no effect while nothing is masked": shows_all
        and not _DEFAULTS.issuperset(policy.unmask),
        "mask_fn has no effect while nothing is masked": policy.mask_fn is not None and shows_all,
        "hide_length has no effect on what mask_fn returns": policy.hide_length
        and policy.mask_fn is not None,
    }
    yield from (warning for warning, holds in checks.items() if holds)


def _useless_scrub_rules(policy: Policy) -> Iterator[str]:
    """Warn of rules for payloads that are masked, and thus never scanned."""
    scrub = cast("Scrub", policy.scrub)  # of a table, a policy makes one
    for rule in () if policy.metadata == "scrub" else scrub.rules:
        if rule.where.split(".")[0] in {"custom", "plugin"}:
            what = rule.detector or "a pattern"
            yield (
                f"the scrub rule for {what} at {rule.where} has no effect"
                f" while metadata is {policy.metadata!r}"
            )


class _Seen:
    """What the rules of a policy decided about in one recording."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._redactor = Redactor(policy)
        self._names = WindowNames()
        options = ("mask", "unmask", "block")
        self._idle = [rule for name in options for rule in self._redactor.rules_of(name)]
        self._revealing: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], None] = {}  # the first first

    def take(self, event: ev.Event) -> None:
        self._names.learn(event)
        attributes = {node.id: node.attributes.copy() for node in _elements(event)}
        self._redactor.process(event)
        window = ev.window_of(event)
        names = self._names.of(window)
        self._words.update(dict.fromkeys(self._redactor.public_words(window)))
        for node_id, own in attributes.items():
            context = self._redactor.context_of(node_id, window)
            self._idle = [rule for rule in self._idle if not matches(rule, context, context.bits)]
            if context.level is Level.UNMASK:
                self._check_element(names.path(node_id), own, context)
        for node_id in _changed_texts(event):
            context = self._redactor.context_of(node_id, window)
            if context.level is Level.UNMASK:
                self._reveal(context.rule, "text that changes", names.path(node_id))

    def _check_element(self, path: str, own: dict[str, Any], context: Context) -> None:
        if context.bits & FIELD:
            self._reveal(context.rule, "form fields", path)
        if own.get("contenteditable") in _EDITABLE or own.get("role") in _WRITABLE_ROLES:
            self._reveal(context.rule, "regions that users write in", path)

    def _reveal(self, rule: str, what: str, path: str) -> None:
        self._revealing.setdefault((rule, what), path)

    def idle_rules(self) -> Iterator[str]:
        """Yield the user's own selectors that match no node."""
        for option in ("mask", "unmask", "block"):
            for text in getattr(self._policy, option):
                if text not in _DEFAULTS and not self._matches(option, text):
                    yield f"{option} {text!r} matches no node of this recording"

    def _matches(self, option: str, text: str) -> bool:
        none = Policy(unmask=())
        built_in, both = (
            [rule.label for rule in Redactor(policy).rules_of(option)]
            for policy in (none, none.replace(**{option: text}))
        )
        labels = both[len(built_in) :]  # those of the user's selector come last
        idle = {rule.label for rule in self._idle}
        return not idle.issuperset(labels)

    def public_words(self) -> Iterator[str]:
        """Yield what style sheets compare, and so make public."""
        for name, word in self._words:
            yield f'a style sheet makes {name}="{word}" public'

    def revealing_rules(self) -> Iterator[str]:
        """Yield the rules that show what users write."""
        for (rule, what), path in self._revealing.items():
            yield f"{rule} shows {what}, such as {path}"


def _elements(event: ev.Event) -> Iterator[Element]:
    roots: list[Node] = []
    if isinstance(event, ev.FullSnapshot):
        roots = [event.data.node]
    elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
        roots = [addition.node for addition in event.data.adds]
    while roots:
        node = roots.pop()
        if isinstance(node, Element):
            yield node
        if isinstance(node, Element | Document):
            roots += node.child_nodes


def _changed_texts(event: ev.Event) -> Iterator[int]:
    if isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
        yield from (change.id for change in event.data.texts)
