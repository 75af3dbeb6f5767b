"""Comparisons of which nobody can tell what they would have given.

A selector may compare an attribute that an earlier redaction has masked. `Facts` decides for
privacy then. Here it is counted, so that whoever wrote the selector hears of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from replay_redact import events as ev
from replay_redact._css.policy_selectors import EXISTS, TAG, Atom, atoms_of, parse
from replay_redact._rules.facts import may_have_held
from replay_redact.nodes import Document, Element, Node
from replay_redact.policy import OPTIONS, Policy
from replay_redact.policy.pages import pages_of

_SELECTING = tuple(name for name, option in OPTIONS.items() if option.kind == "selectors")


class Doubts:
    """The selectors of a policy that compare attributes, and how often they met a masked value.

    ``met`` counts elements and changes by selector, as ``mask [data-tenant=acme]``.
    """

    def __init__(self, policy: Policy) -> None:
        self.met: Counter[str] = Counter()
        self._asked: dict[str, list[tuple[str, Atom]]] = {}
        for option, text in _selectors(policy):
            for atom in (atom for selector in parse(text) for atom in atoms_of(selector)):
                if atom.operator not in {TAG, EXISTS}:
                    self._asked.setdefault(atom.name.lower(), []).append((f"{option} {text}", atom))

    @property
    def may_come(self) -> bool:
        """Whether any selector compares an attribute."""
        return bool(self._asked)

    def look(self, event: ev.Event) -> None:
        """Count what the attributes of an event leave open."""
        for attributes in _attributes(event):
            found = {
                label
                for name, value in attributes.items()
                if isinstance(value, str)
                for label, atom in self._asked.get(name.lower(), ())
                if not atom.holds(value) and may_have_held(atom, value)
            }
            self.met.update(found)


def _selectors(policy: Policy) -> Iterator[tuple[str, str]]:
    for option in _SELECTING:
        yield from ((option, text) for text in getattr(policy, option))
    for page in pages_of(policy):
        for option, texts in page.options:
            yield from ((option, text) for text in (texts if option in _SELECTING else ()))


def _attributes(event: ev.Event) -> Iterator[Mapping[str, Any]]:
    """Yield the attributes of elements that an event brings, and those that it changes."""
    roots: list[Node] = []
    if isinstance(event, ev.FullSnapshot):
        roots = [event.data.node]
    elif isinstance(event, ev.IncrementalSnapshot) and isinstance(event.data, ev.Mutation):
        roots = [addition.node for addition in event.data.adds]
        yield from (change.attributes for change in event.data.attributes)
    while roots:
        node = roots.pop()
        if isinstance(node, Element):
            yield node.attributes
        if isinstance(node, Element | Document):
            roots += node.child_nodes
