"""Write the tables of the native kernels from the allow-lists of the Python package: one source.

Run it from the top of the repository: ``python -m native.generate``. A test fails if a file is not
what this writes. ``src/css/tables.rs`` has what only the kernels for style sheets use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from replay_redact._allowlists import (
    attribute_names,
    compared,
    css_properties,
    css_words,
    forms,
    references,
)
from replay_redact._allowlists.attributes import ATTRIBUTES
from replay_redact._allowlists.element_names import ELEMENT_NAMES
from replay_redact._allowlists.words import WORDS
from replay_redact._css import preludes, selectors, values
from replay_redact._masks.media import gray_image, gray_layer
from replay_redact._masks.urls import APP_SCHEMES
from replay_redact._page.attribute_kinds import BLANK_DOCUMENT
from replay_redact._page.kernels import bits
from replay_redact._rules.field_names import HINTS

SOURCES = Path(__file__).parent / "src"

_HEAD = """\
//! Words and names that are public. Written by `python -m native.generate`: change nothing here.

#![forbid(unsafe_code)]

use crate::words::Words;
"""

_SETS: dict[str, Iterable[str]] = {
    "WORDS": WORDS,
    "ATTRIBUTES": ATTRIBUTES,
    "NAMESPACES": forms.NAMESPACES,
    "WRITTEN": references._WRITTEN,
    "APP_SCHEMES": APP_SCHEMES,
    "STATE_WORDS": frozenset().union(*compared.STATE_WORDS.values()),
}
"""Name in Rust, and words. ``Words::at`` gives the place of a word in the sorted list."""
_TEXTS = {"BLANK_DOCUMENT": BLANK_DOCUMENT, "GRAY_IMAGE": gray_image()}

_CSS_HEAD = """\
//! What style sheets need. Written by `python -m native.generate`: change nothing here.

#![forbid(unsafe_code)]

pub use crate::tables::ATTRIBUTES;
use crate::tables::kind;
use crate::words::Words;
"""

_CSS_SETS: dict[str, Iterable[str]] = {
    "CSS_PROPERTIES": css_properties.CSS_PROPERTIES,
    "MEDIA_FEATURES": css_properties.MEDIA_FEATURES,
    "CSS_FUNCTIONS": css_words.CSS_FUNCTIONS,
    "CSS_KEYWORDS": css_words.CSS_KEYWORDS,
    "CSS_UNITS": css_words.CSS_UNITS,
    "CSS_PSEUDOS": css_words.CSS_PSEUDOS,
    "FONT_FAMILIES": css_words.FONT_FAMILIES,
    "SYNTAX_TYPES": css_words.SYNTAX_TYPES,
    "WORDS_OF_CSS": values.WORDS_OF_CSS,  # one look-up instead of two, for each word of a sheet
    "ONLY_IN_CONDITIONS": preludes._CONDITION_FUNCTIONS - css_words.CSS_FUNCTIONS,
    "KNOWN_AT_RULES": preludes._KNOWN_AT_RULES,
    "ASKING_RULES": preludes.ASKING,
    "ASKING_WORDS": (f"{rule}={word}" for rule, all_ in preludes.ASKING.items() for word in all_),
    "ELEMENT_NAMES": ELEMENT_NAMES,
    "PREFIXES": selectors._PREFIXES,
    "INSIDE": (f"{name}={inside}" for name, inside in selectors._INSIDE.items()),
    "ATTRIBUTE_NAMES": filter(str.isascii, attribute_names.ATTRIBUTE_NAMES),
    "COMPONENT_NAMES": attribute_names.COMPONENT_NAMES,
    "ATTRIBUTE_PREFIXES": attribute_names.PREFIXES,
    "DIRECTIVES": attribute_names._DIRECTIVES.split(),
    "STATES": (f"{name}={word}" for name, words in compared.STATE_WORDS.items() for word in words),
    "OF_PEOPLE": compared._OF_PEOPLE,
    "LONG_PARTS": compared._LONG_PARTS,
    "ENDINGS": compared._ENDINGS,
    "HARMLESS": compared._HARMLESS,
    "URL_STARTS": selectors._URL_STARTS,
}
_CSS_TEXTS = {"GRAY_BOX": gray_layer("", fills=True), "GRAY_LAYER": gray_layer("", fills=False)}


_ALL_NUMBERS = "#[allow(dead_code)] // all of them, also those that only Python uses\n"


def _quoted(word: str) -> str:
    if not word.isascii() or not word.isprintable() or len(word) > 64:  # see `Words::at_low`
        raise ValueError(f"{word!r} cannot be a word of a table")
    return _literal(word)


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"    {line},\n" for line in lines)


def _sets(sets: Mapping[str, Iterable[str]]) -> str:
    return "".join(
        f"\npub static {name}: Words = Words::new(&[\n{_listed(map(_quoted, sorted(words)))}]);\n"
        for name, words in sets.items()
    )


def _texts(texts: Mapping[str, str]) -> str:
    return "".join(
        f"\npub const {name}: &str = {_literal(text)};\n" for name, text in texts.items()
    )


def _constants(module: str, numbers: Mapping[str, int]) -> str:
    listed = "".join(
        f"    pub const {name}: u32 = {number:#x};\n" for name, number in numbers.items()
    )
    return f"\n{_ALL_NUMBERS}pub mod {module} {{\n{listed}}}\n"


def tables() -> str:
    """Return what ``src/tables.rs`` has to be."""
    hints = f"\npub static HINTS: &[&str] = &[\n{_listed(map(_quoted, sorted(HINTS)))}];\n"
    constants = "".join(_constants(name, numbers) for name, numbers in bits.MODULES.items())
    return "".join([_HEAD, _sets(_SETS), hints, _texts(_TEXTS), constants])


def css_tables() -> str:
    """Return what ``src/css/tables.rs`` has to be."""
    kinds = _listed(f"kind::{kind.name}" for _, kind in sorted(ATTRIBUTES.items()))
    table = f"\n/// The kinds of `ATTRIBUTES`.\npub static KINDS: &[u32] = &[\n{kinds}];\n"
    return "".join([_CSS_HEAD, _sets(_CSS_SETS), _texts(_CSS_TEXTS), table])


FILES = {SOURCES / "tables.rs": tables(), SOURCES / "css" / "tables.rs": css_tables()}
"""What each file has to be."""

if __name__ == "__main__":
    for path, source in FILES.items():
        path.write_text(source, "utf-8")
