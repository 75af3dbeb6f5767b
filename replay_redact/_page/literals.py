"""What the policy's own selectors spell out of a value: put back where it was masked.

Theory: a selector of the policy is as public as the policy. If what it compares stays in
the value, it matches the output as it matched the input, and redacting again decides alike.

Invariant: a masked value in which everything was put back once is its own result.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from replay_redact._css.policy_selectors import Atom, ascii_lower
from replay_redact._masks.text import mask_text
from replay_redact._page.masking import HIDDEN
from replay_redact._runtime.utf16 import from_units, to_units, utf16_length


def keep_only(value: str, masked: str, literals: list[Atom]) -> str:
    """Like `keep_literals`, but with nothing of the length of what is masked."""
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
    """Put back what the policy's own selectors spell out, so that they match again.

    Works on UTF-16 units, since these are what a mask keeps.
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
