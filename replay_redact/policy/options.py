"""What is known of a policy option: its kind, and how values of each kind are read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from replay_redact._allowlists import attributes
from replay_redact._css.attribute_patterns import EVERYWHERE, attribute_pattern
from replay_redact._css.policy_selectors import atoms_of, negated_atoms, parse
from replay_redact._masks import urls
from replay_redact._masks.public_paths import read_public_paths
from replay_redact._masks.text import is_mask_char
from replay_redact._masks.words import Words, one_line
from replay_redact.errors import PolicyError
from replay_redact.policy.functions import asks_for_place
from replay_redact.policy.page_entries import read_pages
from replay_redact.scrub.config import Scrub


class Option(NamedTuple):
    """What is known of a policy option, apart from its name and default.

    * ``kind``: ``"flag"``, ``"selectors"``, ``"strings"``, ``"attributes"``, ``"choice"``,
      ``"scrub"``, ``"function"``, ``"character"``, ``"words"`` or ``"pages"``.
    * ``opens``: whether a true flag, or a longer list, makes the output show more.
    * ``sdk``: whether Sentry's SDK has this option, too.
    * ``words``: the possible choices, the strictest first.
    * ``meaning``: what it means, in one line; the docs, the schema and drafts read it here.
    * ``see``: the part of the docs that says more, as docs/policy.md links it.
    * ``by_page``: whether an entry of ``pages`` may give it another value.
    """

    kind: str
    opens: bool = False
    sdk: bool = True
    words: tuple[str, ...] = ()
    meaning: str = ""
    see: str = ""
    by_page: bool = True


def read_option(name: str, option: Option, value: Any) -> Any:
    """Return the value of an option as a policy keeps it; raise `PolicyError` if it makes no sense.

    >>> read_option("mask", Option("selectors"), "p")
    ('p',)
    """
    return _READ[option.kind](name, option, value)


# --- checking the value of an option, by its kind -----------------------------------------


def _flag(name: str, _option: Option, value: Any) -> bool:
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        word = value.lower()
        raise PolicyError(
            f"{name} must be true or false: write {word}, in small letters, no quotes"
        )
    if not isinstance(value, bool):
        raise PolicyError(f"{name} must be true or false")
    return value


def _choice(name: str, option: Option, value: Any) -> str:
    words = option.words
    if not isinstance(value, str) or value not in words:
        raise PolicyError(f"{name} must be " + " or ".join(f'"{word}"' for word in words))
    return value


def _scrub(name: str, _option: Option, value: Any) -> Scrub:
    read = Scrub.from_options(dict(value)) if isinstance(value, Mapping) else value
    if not isinstance(read, Scrub):
        raise PolicyError(f"{name} must be a Scrub, or a table of its options")
    return read


def _function(name: str, _option: Option, value: Any) -> Any:
    if value is None:
        return None
    if not callable(value):
        raise PolicyError(f"{name} must be callable")
    asks_for_place(value)  # it raises if the function takes anything else
    return value


def _character(name: str, _option: Option, value: Any) -> str:
    if not (isinstance(value, str) and is_mask_char(value)):
        raise PolicyError(
            f"{name} must be one visible sign, such as •, █ or #: no letter or digit, no sign that"
            " names, numbers, JSON or HTML give a meaning, and none beyond U+FFFF"
        )
    return value


def _words(name: str, option: Option, value: Any) -> Words:
    if isinstance(value, Words):
        return value
    texts = _lines(name, value) if isinstance(value, Mapping) else _strings(name, option, value)
    try:
        return Words.of(texts)
    except ValueError as error:
        raise PolicyError(f"{name} {error}") from None


def _lines(name: str, value: Mapping[str, Any]) -> list[str]:
    """Read the lines of ``{"file": path}`` that are not blank."""
    if value.keys() != {"file"} or not isinstance(value["file"], str | Path):
        raise PolicyError(f'{name} must be several strings, or such as {{file = "words.txt"}}')
    path = Path(value["file"])
    try:
        if path.stat().st_size > MAX_FILE:
            raise PolicyError(f"{name} file {path} has more than {MAX_FILE} bytes")
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:  # it is not there, or is no text
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise PolicyError(f"{name} file {path} cannot be read: {reason}") from None
    return [line for line in text.split("\n") if one_line(line)]


MAX_FILE = 64 * 1024 * 1024
"""Bytes of a file of words."""


def _selectors(name: str, option: Option, value: Any) -> tuple[str, ...]:
    texts = _strings(name, option, value)
    for text in texts:
        _check_selectors(name, text, opens=option.opens)
    return texts


def _attributes(name: str, option: Option, value: Any) -> tuple[str, ...]:
    texts = _strings(name, option, value)
    for text in texts:
        selector = attribute_pattern(text).selector
        if selector != EVERYWHERE:
            _check_selectors(name, selector, opens=True)
    return texts


def _strings(name: str, _option: Option, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    try:
        items = tuple(sorted(value) if isinstance(value, set | frozenset) else value)
    except TypeError:
        items = (value,)
    for item in items:
        if not isinstance(item, str):
            hint = f': write "{item}", in quotes' if isinstance(item, int | float) else ""
            raise PolicyError(f"{name} must be a string or several strings{hint}")
    return items


def _check_selectors(option: str, text: str, *, opens: bool) -> None:
    """Refuse selectors that would match other elements once the recording is redacted."""
    for selector in parse(text):
        suspects = atoms_of(selector) if opens else negated_atoms(selector)
        for atom in suspects:
            compares = atom.operator not in {"tag", "exists"}
            if compares and attributes.kind_of(atom.name).rewritten:
                raise PolicyError(
                    f"{option} selector {text!r} compares the value of {atom.name!r},"
                    " which redaction rewrites; select by class, id or another attribute"
                )


_READ: dict[str, Callable[[str, Option, Any], Any]] = {
    "flag": _flag,
    "selectors": _selectors,
    "strings": _strings,
    "attributes": _attributes,
    "choice": _choice,
    "scrub": _scrub,
    "function": _function,
    "character": _character,
    "words": _words,
    "pages": lambda name, _option, value: read_pages(name, value),
}


def check_literals(mask_char: str, selectors: Iterable[str]) -> None:
    """Raise `PolicyError` if a selector compares with the character that masks.

    Of an asterisk, the parser refuses that in any case.
    """
    for text in selectors:
        for selector in parse(text):
            if any(mask_char in atom.value for atom in atoms_of(selector)):
                raise PolicyError(
                    f"selector {text!r} compares with the mask_char {mask_char!r}: it cannot be"
                    " told from a mask"
                )


def check_forms(options: Mapping[str, Any]) -> None:
    """Raise `PolicyError` for strings that do not have the form that their option asks for."""
    read_public_paths(options["public_paths"])
    for name, fits, form in _FORMS:
        for text in options[name]:
            if not fits(text):
                hint = urls.hint_for_host(text)
                raise PolicyError(f"{name} {text!r} must be {form}" + (hint and f"; {hint}"))


_FORMS: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("mask_hosts", urls.is_host_pattern, "a host, or such as *.shop.example, or ip"),
    ("app_schemes", re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}").fullmatch, "such as shop"),
)
"""What the strings of an option must look like."""
