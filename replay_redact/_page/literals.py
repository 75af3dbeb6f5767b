"""Putting the literals of the policy's selectors back into masked values.

A policy is public, and so is what its selectors compare with. If ``[data-role=cart]`` matched an
element before redaction, ``cart`` stays in the value, so the selector matches the output, too. Thus
redacting the output again decides the same. Putting literals back twice changes nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from replay_redact._css.policy_selectors import Atom, ascii_lower
from replay_redact._masks.text import mask_text
from replay_redact._page.masking import HIDDEN
from replay_redact._runtime.utf16 import from_units, to_units, utf16_length


def keep_only(value: str, masked: str, literals: list[Atom]) -> str:
    """Like `keep_literals`, but do not show how long the masked part is."""
    for atom in literals:
        if atom.holds(value):
            return _AFFIXED[atom.operator].format(atom.value)
    return masked


_AFFIXED = {
    "=": "{}",
    "~=": f"{HIDDEN} {{}}",
    "|=": f"{{}}-{HIDDEN}",
    "^=": f"{{}}{HIDDEN}",
    "$=": f"{HIDDEN}{{}}",
    "*=": f"{HIDDEN}{{}}{HIDDEN}",
}


def keep_literals(value: str, masked: str, literals: list[Atom]) -> str:
    """Put the literals that matched back into a masked value, each where it was.

    Positions count UTF-16 units, since a mask keeps the length in these.
    """
    units = to_units(value)
    if utf16_length(masked) != len(units):
        masked = mask_text(value)
    for atom in literals:
        if atom.holds(value):
            wanted = atom._replace(value=to_units(atom.value))
            masked = _PUT_BACK[atom.operator](units, masked, wanted)
    return from_units(masked)


def _put_at(start: int, end: int, value: str, masked: str) -> str:
    return masked[:start] + value[start:end] + masked[end:]


def _folded(text: str, atom: Atom) -> str:
    return ascii_lower(text) if atom.ignore_case else text


def _put_first(value: str, masked: str, atom: Atom) -> str:
    at = _folded(value, atom).index(_folded(atom.value, atom))
    return _put_at(at, at + len(atom.value), value, masked)


def _put_word(value: str, masked: str, atom: Atom) -> str:
    wanted = re.escape(_folded(atom.value, atom))
    found = re.search(rf"(?<![^ \t\n\r\f]){wanted}(?![^ \t\n\r\f])", _folded(value, atom))
    return _put_at(*found.span(), value, masked) if found else masked


_PUT_BACK: dict[str, Callable[[str, str, Atom], str]] = {
    "=": lambda value, _masked, _atom: value,
    "~=": _put_word,
    "|=": lambda value, masked, atom: _put_at(0, len(atom.value) + 1, value, masked),
    "^=": lambda value, masked, atom: _put_at(0, len(atom.value), value, masked),
    "$=": lambda value, masked, atom: _put_at(
        len(value) - len(atom.value), len(value), value, masked
    ),
    "*=": _put_first,
}
