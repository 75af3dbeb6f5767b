"""Putting the literals of the policy's selectors back into masked values.

A policy is public, and so is what its selectors compare with. If ``[data-role=cart]`` matched an
element before redaction, ``cart`` stays in the value, so the selector matches the output, too. Thus
redacting the output again decides the same. Putting literals back twice changes nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from replay_redact._allowlists.attributes import kind_of
from replay_redact._css.policy_selectors import Atom, ascii_lower
from replay_redact._masks.text import mask_text
from replay_redact._runtime.utf16 import from_units, to_units, utf16_length


def literals_of(atoms: Iterable[Atom]) -> dict[str, list[Atom]]:
    """Return, by attribute, the values that selectors spell out: public, as the policy is."""
    literals: dict[str, list[Atom]] = {}
    for atom in atoms:
        for name in {atom.name, atom.name.lower()} if atom.value else ():
            if not kind_of(name).rewritten:
                literals.setdefault(name, []).append(atom)
    return literals


def keep_only(value: str, masked: str, literals: list[Atom], hidden: str) -> str:
    """Like `keep_literals`, but do not show how long the masked part is: ``hidden`` is there."""
    for atom in literals:
        if atom.holds(value):
            return _AFFIXED[atom.operator].format(atom.value, hidden)
    return masked


_AFFIXED = {
    "=": "{0}",
    "~=": "{1} {0}",
    "|=": "{0}-{1}",
    "^=": "{0}{1}",
    "$=": "{1}{0}",
    "*=": "{1}{0}{1}",
}


def keep_literals(
    value: str, masked: str, literals: list[Atom], mask: Callable[[str], str] = mask_text
) -> str:
    """Put the literals that matched back into a masked value, each where it was.

    Positions count UTF-16 units, since a mask keeps the length in these. A literal that minds no
    case is put back as the selector spells it, which does not tell how the value did. One that
    minds comes later, since it must match.
    """
    units = to_units(value)
    if utf16_length(masked) != len(units):
        masked = mask(value)
    for atom in sorted(literals, key=_minds_case):
        if atom.holds(value):
            wanted = atom._replace(value=to_units(atom.value))
            masked = _PUT_BACK[atom.operator](units, masked, wanted)
    return from_units(masked)


def _minds_case(atom: Atom) -> bool:
    return not atom.ignore_case


def _put_at(start: int, value: str, masked: str, atom: Atom) -> str:
    end = start + len(atom.value)
    return masked[:start] + (atom.value if atom.ignore_case else value[start:end]) + masked[end:]


def _folded(text: str, atom: Atom) -> str:
    return ascii_lower(text) if atom.ignore_case else text


def _put_first(value: str, masked: str, atom: Atom) -> str:
    return _put_at(_folded(value, atom).index(_folded(atom.value, atom)), value, masked, atom)


def _put_word(value: str, masked: str, atom: Atom) -> str:
    wanted = re.escape(_folded(atom.value, atom))
    found = re.search(rf"(?<![^ \t\n\r\f]){wanted}(?![^ \t\n\r\f])", _folded(value, atom))
    return _put_at(found.start(), value, masked, atom) if found else masked


def _put_part(value: str, masked: str, atom: Atom) -> str:
    end = len(atom.value)
    masked = masked[:end] + value[end : end + 1] + masked[end + 1 :]  # the hyphen
    return _put_at(0, value, masked, atom)


_PUT_BACK: dict[str, Callable[[str, str, Atom], str]] = {
    "=": lambda value, masked, atom: _put_at(0, value, masked, atom),
    "~=": _put_word,
    "|=": _put_part,
    "^=": lambda value, masked, atom: _put_at(0, value, masked, atom),
    "$=": lambda value, masked, atom: _put_at(len(value) - len(atom.value), value, masked, atom),
    "*=": _put_first,
}
