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
from typing import Any

from replay_redact._allowlists.identifiers import zeroed
from replay_redact._css.policy_selectors import TAG, Atom, parse, words_of
from replay_redact._masks.text import MASK, is_mask_char
from replay_redact._rules.matching import Compiler, Rule

FIRST_OWN_BIT = 2  # where an engine's own facts begin

_CONTAINERS = (dict, list)  # a tuple, since a union would be made anew each time
_SIGN_TWICE = re.compile(r"([^\w\s])\1")
_MAX_CACHED_VALUES = 8192
_MAX_CACHED_LENGTH = 1024

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
        self.lists: dict[str, frozenset[str]] = {}  # the same, where nothing else is asked
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
        compiler = Compiler(self._bit, option, strict=strict)
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
        self.lists = {
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
        quiet, lists, known = self._quiet, self.lists, self._value_facts
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


def _css_of(entry: Any) -> str:
    """Return the value of a property in a style diff; false stands for one that is removed."""
    first = entry[0] if entry and type(entry) is list else entry
    return first if type(first) is str else "false" * (first is False)
