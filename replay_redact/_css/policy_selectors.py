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
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from cssselect import SelectorError, parser

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
    """What one element must be: all atoms, none of ``excluded``, one of each of ``any_of``."""

    atoms: frozenset[Atom]
    excluded: tuple[Compound, ...] = ()
    any_of: tuple[tuple[Compound, ...], ...] = ()


class Selector(NamedTuple):
    """Compounds from the subject upwards; ``combinators[i]`` leads from i to i + 1."""

    text: str
    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Selector, ...]:
    """Parse a selector list; raise `PolicyError` for what a recording cannot decide.

    >>> [selector.text for selector in parse(".a > b, #c")]
    ['.a > b', '#c']
    """
    if len(text) > MAX_SELECTOR_LENGTH:
        raise PolicyError(f"a selector list is longer than {MAX_SELECTOR_LENGTH} characters")
    try:
        return tuple(_selector(tree, text) for tree in parser.parse(text))
    except SelectorError as error:
        raise PolicyError(f"invalid selector {text!r}: {error}") from None
    except RecursionError:
        raise PolicyError("a selector nests too deep") from None


def _selector(tree: parser.Selector, text: str) -> Selector:
    if tree.pseudo_element is not None:
        name = getattr(tree.pseudo_element, "name", tree.pseudo_element)
        raise _unsupported(f"::{name}" if f"::{name}" in text else f":{name}", text)
    compounds: list[Compound] = []
    combinators: list[str] = []
    node: Any = tree.parsed_tree
    while isinstance(node, parser.CombinedSelector):
        if node.combinator not in {" ", ">"}:
            raise _unsupported(node.combinator, text)
        compounds.append(_compound(node.subselector, text))
        combinators.append(node.combinator)
        node = node.selector
    compounds.append(_compound(node, text))
    return Selector(tree.canonical(), tuple(compounds), tuple(combinators))


def _compound(node: Any, text: str) -> Compound:
    atoms: set[Atom] = set()
    excluded: list[Compound] = []
    any_of: list[tuple[Compound, ...]] = []
    while not isinstance(node, parser.Element):
        match node:
            case parser.Class():
                atoms.add(Atom("class", "~=", node.class_name, ignore_case=False))
            case parser.Hash():
                atoms.add(Atom("id", "=", node.id, ignore_case=False))
            case parser.Attrib():
                atoms.add(_attribute(node, text))
            case parser.Negation():
                excluded.append(_compound(node.subselector, text))
            case parser.Matching() | parser.SpecificityAdjustment():
                any_of.append(tuple(_compound(inner, text) for inner in node.selector_list))
            case _:
                raise _unsupported(_name_of(node), text)
        node = node.selector
    if node.namespace not in {None, "*"}:
        raise _unsupported(f"{node.namespace}|", text)
    if node.element is not None:
        atoms.add(Atom(node.element.lower(), TAG, "", ignore_case=False))
    return Compound(frozenset(atoms), tuple(excluded), tuple(any_of))


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
        case _:
            return "a combinator inside :not(), :is() or :where()"


def _unsupported(part: str, text: str) -> PolicyError:
    place = text.lower().find(part.lower())
    where = f"\n  {text}\n  {' ' * place}^" if place >= 0 else ""
    return PolicyError(
        f"unsupported selector {text!r}: {part} cannot be decided from a node and its ancestors"
        f" in a recording; use type, class, id, attributes, :not, :is, :where,"
        f" descendant and child{where}"
    )


def atoms_of(compound: Compound) -> Iterator[Atom]:
    """Yield every atom of a compound, those of inner compounds included."""
    yield from compound.atoms
    for inner in (*compound.excluded, *(c for group in compound.any_of for c in group)):
        yield from atoms_of(inner)


def negated_atoms(compound: Compound) -> Iterator[Atom]:
    """Yield the atoms that stand inside a ``:not``."""
    for inner in compound.excluded:
        yield from atoms_of(inner)
    for group in compound.any_of:
        for inner in group:
            yield from negated_atoms(inner)
