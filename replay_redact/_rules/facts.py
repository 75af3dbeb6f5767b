"""Facts: each question that a rule can ask about an element has one bit.

Rules ask whether an element has a tag, a class, or an attribute that passes a test. So an element
is remembered as an integer, and a selector tests integers along a chain of ancestors. Equal tags
and attributes give equal bits. Content is kept only in bounded caches.

Two corner cases:

* An attribute whose value is an object or a list passes each test that can only mask, and none that
  can only unmask. If anything else asks about the attribute, it also sets the engine's ``odd``
  facts.
* Names are compared in lower case.

In recordings that were redacted before, values are masked, and nobody knows what they were. If
such a value could have met a test, the test counts as that of an object does: it closes, or is odd.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple, Protocol

from replay_redact._allowlists.identifiers import zeroed
from replay_redact._css.policy_selectors import TAG, Atom, Compound, Selector, parse, words_of
from replay_redact._masks.text import MASK, is_mask_char

BOUNDARY = 1 << 0  # first below a shadow root, or a document
OTHER = 1 << 1  # not an element, so no selector matches it
FIRST_OWN_BIT = 2  # where an engine's own facts begin

_CONTAINERS = (dict, list)  # a tuple, since a union would be made anew each time
_SIGN_TWICE = re.compile(r"([^\w\s])\1")
_MAX_CACHED_VALUES = 8192
_MAX_CACHED_LENGTH = 1024


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


CUSTOM_TAG = "-"
"""Stands in a table of tags for all custom elements."""


class Facts:
    """The facts of one engine: its own about tags and attributes, and those of its selectors.

    Compile all selectors first, then call `seal`. ``odd`` as above. ``doubts``: what is recorded
    was redacted before.
    """

    def __init__(
        self,
        tags: Mapping[str, int],
        built_in: Mapping[str, Callable[[str], int]],
        first_bit: int,
        odd: int = 0,
        *,
        doubts: bool = False,
    ) -> None:
        self._tags = tags
        self._built_in = built_in
        self._first_bit = first_bit
        self._odd = odd  # facts of an element with an attribute that is an object or a list
        self._doubts = doubts
        self._closing, self._either = 0, -1  # bits that only close, and those that do not only
        self._bits: dict[Atom, int] = {}
        self._latest: dict[Atom, None] = {}  # asked about since `take_latest`
        self._tests: dict[str, list[tuple[int, Atom]]] = {}  # by attribute
        self._words: dict[str, dict[str, int]] = {}  # by attribute, what asks for a word
        self._lists: dict[str, frozenset[str]] = {}  # the same, where nothing else is asked
        self._asked: dict[str, int] = {}  # by attribute, the bits of both
        self._tag_facts: dict[str, int] = {}
        self._value_facts: dict[tuple[str, str], int] = {}
        self.names: frozenset[str] = frozenset()
        self._quiet: set[str] = set()  # names met that nothing asks about

    def compile(
        self, option: str, texts: Iterable[str], *, crosses: bool, strict: bool = False
    ) -> tuple[Rule, ...]:
        """Compile the selectors of an option; ``crosses`` as in `Rule`.

        ``strict`` turns ``crosses`` around within a ``:not``, so that more is masked. For example,
        an unmask rule ``p:not(aside *)`` does not unmask a ``p`` in a shadow root below ``aside``.
        """
        compiler = _Compiler(self._bit, option, strict=strict)
        selectors = (selector for text in texts for selector in parse(text))
        return tuple(
            compiler.rule(selector, f"{option} {selector.text}", crosses=crosses)
            for selector in selectors
        )

    def _bit(self, atom: Atom) -> int:
        self._latest[atom] = None
        return self._bits.setdefault(atom, 1 << (self._first_bit + len(self._bits)))

    def seal(self, opening: int = 0, closing: int = 0) -> None:
        """Settle which attributes have to be looked at; no selector can be added from here on.

        ``opening`` are the bits that can only open what an element holds, ``closing`` those that
        can only close it.
        """
        self._closing, self._either = closing, ~(opening | closing)
        for atom, bit in self._bits.items():
            if atom.operator != TAG:
                self._ask(atom.name.lower(), bit, atom)
        self.names = frozenset(self._built_in) | frozenset(self._asked)
        self._lists = {
            name: frozenset(words)
            for name, words in self._words.items()
            if name not in self._built_in and name not in self._tests and not self._doubts
        }

    def _ask(self, name: str, bit: int, atom: Atom) -> None:
        """Have an attribute looked at for a test."""
        self._asked[name] = self._asked.get(name, 0) | bit
        if atom.operator == "~=" and not atom.ignore_case and atom.value.split() == [atom.value]:
            words = self._words.setdefault(name, {})
            words[atom.value] = words.get(atom.value, 0) | bit
        else:
            self._tests.setdefault(name, []).append((bit, atom))

    def assignment(self) -> tuple[object, ...]:
        """Return what tells which fact each bit stands for."""
        return sorted(self._tags.items()), self._first_bit, [tuple(atom) for atom in self._bits]

    def take_latest(self) -> list[Atom]:
        """Return what was asked about since the last call: rule sets may share their facts."""
        latest, self._latest = list(self._latest), {}
        return latest

    def of(self, tag: str, attributes: Mapping[str, Any]) -> int:
        """Return the bits of an element."""
        bits = self._tag_facts.get(tag)
        if bits is None:
            bits = self._learn_tag(tag)
        quiet, lists, known = self._quiet, self._lists, self._value_facts
        for name, value in attributes.items():
            if name in quiet:
                continue
            found = None
            if type(value) is str:
                if name in lists and lists[name].isdisjoint(value.split()):
                    continue
                found = known.get((name, value))
            bits |= self._of_item(name, value) if found is None else found
        return bits

    def _of_item(self, name: str, value: Any) -> int:
        """Return the bits of an attribute, whose name may have capitals: HTML does not mind."""
        low = name.lower()
        if low in self.names:
            return self.of_attribute(low, value)
        if len(self._quiet) < _MAX_CACHED_VALUES:
            self._quiet.add(name)
        return 0

    def _learn_tag(self, tag: str) -> int:
        name = tag.lower()
        bits = self._tags.get(name, 0) | self._bits.get(Atom(name, TAG, "", ignore_case=False), 0)
        bits |= self._tags.get(CUSTOM_TAG, 0) if "-" in name else 0
        if len(self._tag_facts) < _MAX_CACHED_VALUES:
            self._tag_facts[tag] = bits
        return bits

    def of_attribute(self, name: str, value: Any) -> int:
        """Return the bits that one attribute contributes; its name in small letters."""
        if type(value) is str:
            text = value
        elif value is None:
            return 0
        elif isinstance(value, _CONTAINERS):
            return self._of_style(value) if name == "style" else self._of_odd(name)
        else:
            text = "" if isinstance(value, bool) else str(value)
        bits = self._value_facts.get((name, text))
        if bits is None:
            built_in = self._built_in.get(name)
            bits = built_in(text) if built_in else 0
            bits |= self._selected(name, text)
            if len(self._value_facts) >= _MAX_CACHED_VALUES:
                self._value_facts.clear()
            if len(text) < _MAX_CACHED_LENGTH:
                self._value_facts[name, text] = bits
        return bits

    def _of_odd(self, name: str) -> int:
        """Return the bits of an object or a list: the strictest, whatever it may say."""
        asked = self.selectors_of(name)
        return self._untold(asked) | (self._odd if name in self._built_in else 0)

    def _untold(self, asked: int) -> int:
        """Return the bits of tests of which nobody can tell whether they hold."""
        return asked & self._closing | (self._odd if asked & self._either else 0)

    def _of_style(self, value: Any) -> int:
        """Return the bits of a style diff: property to value, or to a list that begins with it."""
        built_in = self._built_in.get("style")
        if built_in is None or type(value) is not dict:
            return 0
        return built_in(";".join([f"{name}:{_css_of(entry)}" for name, entry in value.items()]))

    def selectors_of(self, name: str) -> int:
        """Return the bits that selectors may have from an attribute."""
        return self._asked.get(name, 0)

    def without_selectors(self, bits: int, name: str) -> int:
        """Return bits without those that selectors had from an attribute."""
        return bits & ~self._asked.get(name, 0)

    def _selected(self, name: str, text: str) -> int:
        """Return the bits of the selectors' tests that an attribute passes."""
        bits = 0
        words = self._words.get(name)
        if words is not None:
            for word in words_of(text):
                bits |= words.get(word, 0)
        for bit, atom in self._tests.get(name, ()):
            bits |= bit if atom.holds(text) else 0
        return bits | self._untold(self._doubted(name, text)) if self._doubts else bits

    def _doubted(self, name: str, text: str) -> int:
        """Return the bits of tests that a value may have met before it was masked."""
        words = self._words.get(name, {}).items()
        tests = [(bit, Atom(name, "~=", word, ignore_case=False)) for word, bit in words]
        doubted = 0
        for bit, atom in (*tests, *self._tests.get(name, ())):
            if not atom.holds(text) and may_have_held(atom, text):
                doubted |= bit
        return doubted


def may_have_held(atom: Atom, text: str) -> bool:
    """Tell whether a value that is masked in part or whole may have passed a test.

    Long numbers in names were made zeros, and everything else asterisks, or another sign.
    """
    signs = (text, *_SIGN_TWICE.findall(text))
    if MASK in text or any(map(is_mask_char, signs)):
        return True
    known = zeroed(atom.value)
    return known != atom.value and atom._replace(value=known).holds(text)


class _Compiler:
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


def _css_of(entry: Any) -> str:
    """Return the value of a property in a style diff; false stands for one that is removed."""
    first = entry[0] if entry and type(entry) is list else entry
    return first if type(first) is str else "false" * (first is False)


def wanted_bits(rules: Iterable[Rule]) -> int | None:
    """Return bits of which an element must have one for any of the rules to match it."""
    wanted = 0
    for rule in rules:
        if not rule.tests[0].required:  # it asks for none, as `*` or `:not(p)`
            return None
        wanted |= rule.tests[0].required
    return wanted


def asked_bits(rules: Iterable[Rule]) -> tuple[int, int]:
    """Return the bits that rules want an element or one above it to have, and not to have."""
    wanted = unwanted = 0
    todo = [(test, True) for rule in rules for test in rule.tests]
    for test, positive in todo:
        wanted |= test.required if positive else 0
        unwanted |= 0 if positive else test.required
        todo += [(inner, not positive) for rule in test.excluded for inner in rule.tests]
        todo += [(inner, positive) for rule in chain(*test.any_of) for inner in rule.tests]
    return wanted, unwanted


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
