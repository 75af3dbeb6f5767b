"""Rules: compiled selectors, which ask bits of an element and of those above it.

A rule is matched from its subject upwards. What an ancestor was found to meet, it remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple, Protocol

from replay_redact._css.policy_selectors import Atom, Compound, Selector

BOUNDARY = 1 << 0  # first below a shadow root, or a document
OTHER = 1 << 1  # not an element, so no selector matches it

Asked = dict[tuple[str, int], bool]
"""Whether a place or one above it meets the rest of a rule, by its label and a step."""


class Place(Protocol):
    """An element as rules see it: its bits, and the place above it."""

    bits: int
    asked: Asked

    @property
    def parent(self) -> Place | None:
        """The place above, if there is one."""


class _Test(NamedTuple):
    """A compound over bits."""

    required: int
    excluded: tuple[Rule, ...]
    any_of: tuple[tuple[Rule, ...], ...]
    root: bool  # whether it asks for the outermost element of a document

    def holds(self, bits: int, parent: Place | None) -> bool:
        """Tell whether an element meets this, by its bits and the place above it."""
        return (
            bits & self.required == self.required
            and (not self.root or (parent is not None and parent.bits & OTHER != 0))
            and not any(matches(rule, parent, bits, subject=True) for rule in self.excluded)
            and all(
                any(matches(rule, parent, bits, subject=True) for rule in group)
                for group in self.any_of
            )
        )


class Rule(NamedTuple):
    """A compiled selector and what it is called in an explanation."""

    label: str
    tests: tuple[_Test, ...]
    combinators: tuple[str, ...]
    crosses: bool  # whether ancestors beyond a shadow root or iframe count

    @property
    def linked(self) -> bool:
        """Whether it asks about more than the element itself."""
        inner = (rule for test in self.tests for rule in _inner(test))
        asks_above = bool(self.combinators) or any(test.root for test in self.tests)
        return asks_above or any(rule.linked for rule in inner)


def _inner(test: _Test) -> tuple[Rule, ...]:
    """Return the rules that stand in the brackets of a compound."""
    return *test.excluded, *chain(*test.any_of)


class Compiler:
    """Turns the selectors of one option into rules."""

    def __init__(self, bit: Callable[[Atom], int], option: str, *, strict: bool) -> None:
        self._bit = bit
        self._option = option
        self._strict = strict

    def rule(self, selector: Selector, label: str, *, crosses: bool) -> Rule:
        tests = tuple(self._test(compound, crosses=crosses) for compound in selector.compounds)
        return Rule(label, tests, selector.combinators, crosses)

    def _test(self, compound: Compound, *, crosses: bool) -> _Test:
        required = 0
        for atom in sorted(compound.atoms):  # the same bits in every process
            required |= self._bit(atom)
        excluded = self._inner(compound.excluded, crosses=crosses is not self._strict)
        any_of = tuple(self._inner(group, crosses=crosses) for group in compound.any_of)
        return _Test(required, excluded, any_of, compound.root)

    def _inner(self, selectors: Iterable[Selector], *, crosses: bool) -> tuple[Rule, ...]:
        """Compile what stands in brackets.

        Ancestors remember by the label whether a rule matched, so both kinds need their own.
        """
        kind = f"{self._option} in brackets, {'across' if crosses else 'within'} borders: "
        return tuple(self.rule(own, kind + own.text, crosses=crosses) for own in selectors)


def wanted_bits(rules: Iterable[Rule]) -> int | None:
    """Return bits of which an element must have one for any of the rules to match it."""
    wanted = 0
    for rule in rules:
        if not rule.tests[0].required:  # it asks for none, as `*` or `:not(p)`
            return None
        wanted |= rule.tests[0].required
    return wanted


def _asked_bits(rules: Iterable[Rule]) -> tuple[int, int]:
    """Return the bits that rules want an element or one above it to have, and not to have."""
    wanted = unwanted = 0
    todo = [(test, True) for rule in rules for test in rule.tests]
    for test, positive in todo:
        wanted |= test.required if positive else 0
        unwanted |= 0 if positive else test.required
        todo += [(inner, not positive) for rule in test.excluded for inner in rule.tests]
        todo += [(inner, positive) for rule in chain(*test.any_of) for inner in rule.tests]
    return wanted, unwanted


def directions(
    options: Mapping[str, tuple[Rule, ...]], opening: Collection[str]
) -> tuple[int, int]:
    """Return the bits that can only open what an element holds, and those that only close.

    ``options`` are all rules by the option that they stand in; ``opening`` those options that open.
    """
    shown_with, hidden_with = _asked_bits(rule for name in opening for rule in options[name])
    closing = (rules for name, rules in options.items() if name not in opening)
    masked_with, open_with = _asked_bits(chain.from_iterable(closing))
    opens, closes = shown_with | open_with, masked_with | hidden_with
    return opens & ~closes, closes & ~opens


def matches(rule: Rule, context: Place | None, bits: int, *, subject: bool = False) -> bool:
    """Match a selector from its subject upwards.

    ``context`` is the subject's own, or its parent's where ``subject`` says that
    the subject has none yet.
    """
    parent = context if subject else context and context.parent
    if not rule.tests[0].holds(bits, parent):
        return False
    if not rule.combinators:
        return True
    return _matches_above(rule, 1, parent, bits)


def _matches_above(rule: Rule, step: int, parent: Place | None, bits: int) -> bool:
    """Try every ancestor that the combinator before ``step`` allows.

    Ancestors remember what was found, or a chain of nodes would take the square of its length.
    """
    todo = [_Tried(step, parent, bits, None)]
    seen: dict[tuple[int, int], _Tried] = {}
    while todo:
        tried = todo.pop()
        at, ancestor, below, _ = tried
        if at == len(rule.tests):
            return _remember_way(rule, tried)
        if ancestor is None or (below & BOUNDARY and not rule.crosses):
            continue
        known = ancestor.asked.get((rule.label, at))
        if known:
            return _remember_way(rule, tried)
        if known is False or (at, id(ancestor)) in seen:
            continue
        seen[at, id(ancestor)] = tried
        if not ancestor.bits & OTHER and rule.tests[at].holds(ancestor.bits, ancestor.parent):
            todo.append(_Tried(at + 1, ancestor.parent, ancestor.bits, tried))
        if rule.combinators[at - 1] == " ":
            todo.append(_Tried(at, ancestor.parent, ancestor.bits, tried))
    for tried in seen.values():
        _remember(rule, tried, met=False)
    return False


class _Tried(NamedTuple):
    """An ancestor at which a rule's test was tried, the bits below it, and the try before."""

    step: int
    ancestor: Place | None
    below: int
    before: _Tried | None


def _remember_way(rule: Rule, tried: _Tried) -> bool:
    """Remember that all on the way to what a rule ends with meet it."""
    way: _Tried | None = tried
    while way is not None:
        _remember(rule, way, met=True)
        way = way.before
    return True


def _remember(rule: Rule, tried: _Tried, *, met: bool) -> None:
    assert tried.ancestor is not None  # else nothing was tried there
    tried.ancestor.asked[rule.label, tried.step] = met
