"""Warnings about a policy, given a recording of the page that it is for.

A selector that matches nothing is mistyped or out of date. A selector that unmasks form fields,
editable regions or text that keeps changing shows what users write. One that unmasks a part of a
masked region may show what the region was masked for. A recording tells which nodes
each selector matches, and which it decides about.

A warning names options, selectors and public words, and nodes by tag, id and class, but shows no
other content. A recording shows only part of what a page can do, so no warning proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, cast

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._engine.pages.said import said_by
from replay_redact._rules.decisions import Decision, RuleSet
from replay_redact._rules.doubts import Doubts
from replay_redact._rules.matching import matches
from replay_redact._rules.pages import compile_page_rules
from replay_redact._rules.rule_sets import compile_rule_set
from replay_redact._wire.codec import copy_event, decode
from replay_redact.nodes import Document, Element, Node
from replay_redact.policy import Level, Policy
from replay_redact.policy.pages import pages_of
from replay_redact.scrub.config import Scrub
from replay_redact.testing.node_paths import WindowNames, hidden_by
from replay_redact.testing.recordings import Recording, to_bytes

_WRITABLE_ROLES = frozenset({"textbox", "log", "feed", "searchbox", "combobox"})
_EDITABLE = frozenset({"", "true", "plaintext-only"})
_SELECTING = ("mask", "unmask", "never_unmask", "block", "words_in")  # what selects regions
_DEFAULTS = frozenset(Policy().unmask)


def lint(recording: Recording, policy: Policy) -> list[str]:
    """Return warnings about a policy, given a recording of the page that it is for.

    It warns of options without effect, pages that no address is of, selectors that match no node,
    unmask rules that show form fields, editable regions, text that changes or part of a masked
    region, words that become public because a style sheet of the page compares an attribute
    with them, and selectors that compare what an earlier redaction has masked.

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
    useless = [*_useless_options(policy, seen.rules), *_useless_scrub_rules(policy)]
    idle = [*seen.idle_rules(), *seen.idle_pages()]
    told = [*seen.revealing_rules(), *seen.public_words()]
    return [*useless, *idle, *told, *seen.doubts()]


def _useless_options(policy: Policy, rules: RuleSet[Any]) -> Iterator[str]:
    masks = policy.mask_all_text or policy.mask_all_inputs or policy.mask or rules.always_masks
    blocks = policy.block_all_media or policy.mask or rules.always_blocks
    shows_all = not masks
    checks = {
        "public_paths has no effect while mask_urls is false": policy.public_paths
        and not policy.mask_urls,
        "show_media has no effect while block_all_media is false": policy.show_media and not blocks,
        "unmask has no effect while nothing is masked": shows_all
        and not _DEFAULTS.issuperset(policy.unmask),
        "mask_fn has no effect while nothing is masked": policy.mask_fn is not None and shows_all,
        "mask_text has no effect while mask_all_text is false": policy.mask_text != "all"
        and not policy.mask_all_text,
        "mask_text 'matches' masks nothing while scrub has no rules": policy.mask_text == "matches"
        and not cast("Scrub", policy.scrub).rules,
        "words_in has no effect without show_words": policy.words_in and not policy.show_words,
        "hide_length has no effect on what mask_fn returns": policy.hide_length
        and policy.mask_fn is not None,
    }
    yield from (warning for warning, holds in checks.items() if holds)


def _useless_scrub_rules(policy: Policy) -> Iterator[str]:
    """Warn of scrub rules for payloads that the policy masks and so never scrubs."""
    scrub = cast("Scrub", policy.scrub)  # a policy turns a table into a `Scrub`
    for rule in () if policy.metadata == "scrub" else scrub.rules:
        if rule.where.split(".")[0] in {"custom", "plugin"}:
            what = rule.detector or "a pattern"
            yield (
                f"the scrub rule for {what} at {rule.where} has no effect"
                f" while metadata is {policy.metadata!r}"
            )


class _Seen:
    """What the rules of a policy decided in one recording."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._engine = Engine(policy)
        self._names = WindowNames(hidden_by(policy))
        self.rules = self._engine.rules
        self._pages = pages_of(policy)
        compiled = compile_page_rules(policy)
        self._urls = compiled.urls
        sets = compiled.sets if self._pages else (self.rules,)
        self._idle = [
            rule for rules in sets for name in _SELECTING for rule in rules.of_option(name)
        ]
        self._visited: set[int | None] = set()
        self._shadowed: dict[int, int] = {}  # by page: one before it that its addresses fit, too
        self._revealing: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], None] = {}  # the first first
        self._doubts = Doubts(policy)

    def take(self, event: ev.Event) -> None:
        self._names.learn(event)
        self._doubts.look(event)
        attributes = {node.id: node.attributes.copy() for node in _elements(event)}
        self._engine.redact(copy_event(event))
        window = ev.window_of(event)
        names = self._names.of(window)
        self._visited.add(self._engine.page(window))
        for address in _addresses(event) if self._pages else ():
            first, *others = self._urls.fitting(address) or [-1]
            self._shadowed.update(dict.fromkeys(others, first))
        self._words.update(dict.fromkeys(self._engine.public_words(window)))
        for node_id, own in attributes.items():
            context = self._engine.decision(node_id, window)
            self._idle = [rule for rule in self._idle if not matches(rule, context, context.bits)]
            if context.level is Level.UNMASK:
                self._check_element(names.path(node_id), own, context)
        for node_id in _changed_texts(event):
            context = self._engine.decision(node_id, window)
            if context.level is Level.UNMASK:
                self._reveal(context.rule, "text that changes", names.path(node_id))

    def _check_element(self, path: str, own: dict[str, Any], context: Decision) -> None:
        if context.mask_seen:
            self._reveal(context.rule, "part of a masked region", path)
        if context.is_field:
            self._reveal(context.rule, "form fields", path)
        if own.get("contenteditable") in _EDITABLE or own.get("role") in _WRITABLE_ROLES:
            self._reveal(context.rule, "regions that users write in", path)

    def _reveal(self, rule: str, what: str, path: str) -> None:
        self._revealing.setdefault((rule, what), path)

    def idle_rules(self) -> Iterator[str]:
        """Yield the user's own selectors that match no node."""
        for option in _SELECTING:
            for text in getattr(self._policy, option):
                if text not in _DEFAULTS and not self._matches(option, text):
                    yield f"{option} {text!r} matches no node of this recording"

    def idle_pages(self) -> Iterator[str]:
        """Yield pages that no address is of, and their own selectors that match no node."""
        for number, page in enumerate(self._pages):
            if number not in self._visited:
                yield f"pages {page.url!r} {self._why_idle(number)}"
            elif not page.drop:
                for option, texts in page.options:
                    for text in texts if option in _SELECTING else ():
                        if not self._matches(option, text):
                            yield f"pages {page.url!r}: {option} {text!r} matches no node there"

    def _why_idle(self, number: int) -> str:
        """Say why a page has no address: the first one that fits wins."""
        own = self._urls.patterns[number]
        for before, other in zip(self._pages, self._urls.patterns[:number], strict=False):
            if other.covers(own):
                return f"has no effect: {before.url!r} stands before it and fits all its addresses"
        if number in self._shadowed:
            before = self._pages[self._shadowed[number]]
            return f"holds nowhere here: {before.url!r} stands before it and fits its addresses"
        return "fits no address of this recording"

    @cached_property
    def _built_in(self) -> RuleSet[Any]:
        """The rules of the policy without any selector of the user's."""
        selectors = dict.fromkeys(_SELECTING, ())
        return compile_rule_set(self._policy.replace(pages=(), show_words=(), **selectors))

    def _matches(self, option: str, text: str) -> bool:
        with_it = compile_rule_set(self._built_in.policy.replace(**{option: text}))
        own = with_it.of_option(option)[len(self._built_in.of_option(option)) :]  # it comes last
        idle = {rule.label for rule in self._idle}
        return not idle.issuperset(rule.label for rule in own)

    def public_words(self) -> Iterator[str]:
        """Yield what style sheets compare, and so make public."""
        for name, word in self._words:
            yield f'a style sheet makes {name}="{word}" public'

    def doubts(self) -> Iterator[str]:
        """Yield the selectors that compare masked values, as those of a redacted recording."""
        for label in self._doubts.met:
            yield f"{label} compares an attribute that is masked in this recording"

    def revealing_rules(self) -> Iterator[str]:
        """Yield the rules that show what users write."""
        for (rule, what), path in self._revealing.items():
            yield f"{rule} shows {what}, such as {path}"


def _addresses(event: ev.Event) -> Iterator[str]:
    """Yield the addresses that an event says the page has."""
    if isinstance(event, ev.Meta) and isinstance(event.data.href, str):
        yield event.data.href
    elif isinstance(event, ev.Custom):
        said = said_by(event.data.tag, event.data.payload)
        yield from said.addresses() if said else ()


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
