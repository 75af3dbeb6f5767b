"""Parsing the selectors of policies into tests of an element and its ancestors.

A recording shows a node and its ancestors for as long as the node lives, but siblings and positions
change with every mutation. So a selector must be decidable from the types, classes, ids and
attributes of a node and its ancestors. Any other selector is a `PolicyError` that names the
selector and the place. It is never accepted and then silently unmatched.

A selector becomes steps of compounds, and a compound becomes a few atoms. An atom is one fact about
one element: its tag name, or a test of an attribute (classes and ids are attributes, too). The
rules give each atom one bit, so that they remember an element as a number and not as content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from cssselect import SelectorError, parser

from replay_redact._css.tokens import tokens
from replay_redact.errors import PolicyError

MAX_SELECTOR_LENGTH = 2_000
"""Characters of one selector list: more than any hand writes, little enough to parse at once."""


class Atom(NamedTuple):
    """One fact about one element: ``name`` is a tag (no operator) or an attribute."""

    name: str
    operator: str
    value: str
    ignore_case: bool

    def holds(self, value: str) -> bool:
        """Tell whether an attribute value passes this test."""
        if self.ignore_case:
            return OPERATORS[self.operator](ascii_lower(value), ascii_lower(self.value))
        return OPERATORS[self.operator](value, self.value)


_MARK = "\ue000"  # begins the name of an attribute that stands for brackets
_MARKED = re.compile(rf"\[{_MARK}(\d+)\]")
_HOLDERS = frozenset({"not", "is", "where", "matches"})
_MAX_DEPTH = 8

TAG = "tag"
EXISTS = "exists"

_SPACES = re.compile(r"[ \t\n\r\f]+")


_UPPER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def ascii_lower(text: str) -> str:
    """Lower-case ASCII letters and no others, as CSS compares; the length stays."""
    return text.translate(_UPPER)


def words_of(value: str) -> list[str]:
    """Cut a value into words, as for a class list; some may be empty."""
    return _SPACES.split(value)


def _includes(value: str, wanted: str) -> bool:
    return bool(wanted) and wanted in value and wanted in words_of(value)


OPERATORS: dict[str, Callable[[str, str], bool]] = {
    EXISTS: lambda _value, _wanted: True,
    "=": lambda value, wanted: value == wanted,
    "~=": _includes,
    "|=": lambda value, wanted: value == wanted or value.startswith(f"{wanted}-"),
    "^=": lambda value, wanted: bool(wanted) and value.startswith(wanted),
    "$=": lambda value, wanted: bool(wanted) and value.endswith(wanted),
    "*=": lambda value, wanted: bool(wanted) and wanted in value,
}

CASELESS_ATTRIBUTES = frozenset(
    """
    accept accept-charset align alink axis bgcolor charset checked clear codetype color compact
    declare defer dir direction disabled enctype face frame hreflang http-equiv lang language
    link media method multiple nohref noresize noshade nowrap readonly rel rev rules scope
    scrolling selected shape target text type valign valuetype vlink
    """.split()
)
"""Attributes whose values HTML compares without regard to case."""


class Compound(NamedTuple):
    """What one element must be: all atoms, none of ``excluded``, one of each of ``any_of``.

    ``root`` asks for the outermost element of a document.
    """

    atoms: frozenset[Atom]
    excluded: tuple[Selector, ...] = ()
    any_of: tuple[tuple[Selector, ...], ...] = ()
    root: bool = False


class Selector(NamedTuple):
    """Compounds from the subject upwards; ``combinators[i]`` leads from i to i + 1."""

    text: str
    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]


class _Nested(NamedTuple):
    """A pseudo-class that holds selectors: its name in small letters, and they."""

    name: str
    selectors: tuple[Selector, ...]

    @property
    def text(self) -> str:
        return f":{self.name}({', '.join(selector.text for selector in self.selectors)})"


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Selector, ...]:
    """Parse a selector list; raise `PolicyError` for what a recording cannot decide.

    >>> [selector.text for selector in parse(".a > b, #c:not(nav *, .d)")]
    ['.a > b', '#c:not(nav *, .d)']
    """
    if len(text) > MAX_SELECTOR_LENGTH:
        raise PolicyError(f"a selector list is longer than {MAX_SELECTOR_LENGTH} characters")
    if _MARK in text:
        raise PolicyError(f"invalid selector {text!r}: a character for private use")
    return _selectors(text, text, 0)


def _selectors(part: str, text: str, depth: int) -> tuple[Selector, ...]:
    """Parse a part of a selector list, at a depth of brackets."""
    if depth > _MAX_DEPTH:
        raise PolicyError(f"a selector nests more than {_MAX_DEPTH} brackets")
    outer, arguments = _lift(part, text)
    nested = [_Nested(name, _selectors(own, text, depth + 1)) for name, own in arguments]
    try:
        trees = parser.parse(outer)
    except SelectorError as error:
        raise PolicyError(f"invalid selector {text!r}: {_readable(str(error), nested)}") from None
    except RecursionError:
        raise PolicyError("a selector nests too deep") from None
    return tuple(_Builder(text, nested).selector(tree) for tree in trees)


def _lift(part: str, text: str) -> tuple[str, list[tuple[str, str]]]:
    """Put a marked attribute in the place of each pseudo-class that holds selectors.

    `cssselect` reads only some selectors within such brackets. So each pair of brackets is read
    alone.

    >>> _lift("a:not(.b, c d)", "")[1]
    [('not', '.b, c d')]
    """
    outer: list[str] = []
    lifted: list[tuple[str, list[str]]] = []
    opened, before = 0, ""
    for token in tokens(part):
        name = token.text[:-1].lower()
        if opened:
            opened += (token.text[-1] == "(") - (token.text == ")")
            if opened:
                lifted[-1][1].append(token.text)
        elif token.kind == "function" and before == ":" and name in _HOLDERS:
            outer[-1] = f"[{_MARK}{len(lifted)}]"
            lifted.append((name, []))
            opened = 1
        else:
            outer.append(token.text)
        before = token.text
    if opened:
        raise PolicyError(f"invalid selector {text!r}: a bracket is not closed")
    return "".join(outer), [(name, "".join(inner)) for name, inner in lifted]


def _readable(marked: str, nested: Sequence[_Nested]) -> str:
    """Write the pseudo-classes back in the places of their marks."""
    return _MARKED.sub(lambda match: nested[int(match[1])].text, marked)


class _Builder:
    """Turns the trees of one selector list into selectors."""

    def __init__(self, text: str, nested: Sequence[_Nested]) -> None:
        self._text = text
        self._nested = nested

    def selector(self, tree: parser.Selector) -> Selector:
        """Return the selector that a tree stands for."""
        if tree.pseudo_element is not None:
            name = getattr(tree.pseudo_element, "name", tree.pseudo_element)
            part = f"::{name}" if f"::{name}" in self._text else f":{name}"
            raise _unsupported(part, self._text)
        compounds: list[Compound] = []
        combinators: list[str] = []
        node: Any = tree.parsed_tree
        while isinstance(node, parser.CombinedSelector):
            if node.combinator not in {" ", ">"}:
                raise _unsupported(node.combinator, self._text)
            compounds.append(self._compound(node.subselector))
            combinators.append(node.combinator)
            node = node.selector
        compounds.append(self._compound(node))
        text = _readable(tree.canonical(), self._nested)
        return Selector(text, tuple(compounds), tuple(combinators))

    def _compound(self, node: Any) -> Compound:
        atoms: set[Atom] = set()
        excluded: list[Selector] = []
        any_of: list[tuple[Selector, ...]] = []
        root = False
        while not isinstance(node, parser.Element):
            match node:
                case parser.Class():
                    atoms.add(Atom("class", "~=", node.class_name, ignore_case=False))
                case parser.Hash():
                    atoms.add(Atom("id", "=", node.id, ignore_case=False))
                case parser.Attrib() if node.attrib.startswith(_MARK):
                    nested = self._nested[int(node.attrib[1:])]
                    if nested.name == "not":
                        excluded += nested.selectors
                    else:
                        any_of.append(nested.selectors)
                case parser.Attrib():
                    atoms.add(_attribute(node, self._text))
                case parser.Pseudo() if node.ident == "root":
                    root = True
                case _:
                    raise _unsupported(_name_of(node), self._text)
            node = node.selector
        if node.namespace not in {None, "*"}:
            raise _unsupported(f"{node.namespace}|", self._text)
        if node.element is not None:
            atoms.add(Atom(node.element.lower(), TAG, "", ignore_case=False))
        return Compound(frozenset(atoms), tuple(excluded), tuple(any_of), root)


def _attribute(node: parser.Attrib, text: str) -> Atom:
    if node.namespace is not None:
        raise _unsupported(f"[{node.namespace}|", text)
    if node.operator == EXISTS:
        return Atom(node.attrib, EXISTS, "", ignore_case=False)
    if node.operator not in OPERATORS:
        raise _unsupported(node.operator, text)
    value = str(node.value.value) if node.value is not None else ""
    if "*" in value:
        raise PolicyError(f"invalid selector {text!r}: an asterisk cannot be told from a mask")
    flag = getattr(node, "flag", None)
    ignore_case = flag == "i" or (flag is None and node.attrib.lower() in CASELESS_ATTRIBUTES)
    return Atom(node.attrib, node.operator, value, ignore_case)


def _name_of(node: Any) -> str:
    match node:
        case parser.Pseudo():
            return f":{node.ident}"
        case parser.Function():
            return f":{node.name}("
        case parser.Relation():
            return ":has("
        case _:  # brackets whose name is not spelled plainly
            return "an escape or a comment in the name of a pseudo-class"


def _unsupported(part: str, text: str) -> PolicyError:
    place = text.lower().find(part.lower())
    where = f"\n  {text}\n  {' ' * place}^" if place >= 0 else ""
    return PolicyError(
        f"unsupported selector {text!r}: {part} cannot be decided from a node and its ancestors"
        f" in a recording; use type, class, id, attributes, :not, :is, :where,"
        f" descendant and child{where}"
    )


def atoms_of(selector: Selector) -> Iterator[Atom]:
    """Yield every atom of a selector, those within brackets included."""
    for compound in selector.compounds:
        yield from compound.atoms
        for inner in (*compound.excluded, *chain(*compound.any_of)):
            yield from atoms_of(inner)


def negated_atoms(selector: Selector) -> Iterator[Atom]:
    """Yield the atoms that stand inside a ``:not``."""
    for compound in selector.compounds:
        for inner in compound.excluded:
            yield from atoms_of(inner)
        for inner in chain(*compound.any_of):
            yield from negated_atoms(inner)
