"""Write ``src/tables.rs`` from the allow-lists of the Python package: they have one source.

Run it from the top of the repository: ``python -m native.generate``. A test fails if the file is
not what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from replay_redact._allowlists import css_properties, css_words, forms, references
from replay_redact._allowlists.attributes import ATTRIBUTES
from replay_redact._allowlists.compared import STATE_WORDS
from replay_redact._allowlists.words import WORDS
from replay_redact._masks.media import gray_image
from replay_redact._masks.urls import APP_SCHEMES
from replay_redact._page.attribute_kinds import BLANK_DOCUMENT
from replay_redact._page.kernels import bits
from replay_redact._rules.field_names import HINTS

TABLES = Path(__file__).parent / "src" / "tables.rs"

_HEAD = """\
//! Words and names that are public. Written by `python -m native.generate`: change nothing here.

#![forbid(unsafe_code)]

use crate::words::Words;
"""

_SETS: dict[str, Iterable[str]] = {
    "WORDS": WORDS,
    "CSS_PROPERTIES": css_properties.CSS_PROPERTIES,
    "MEDIA_FEATURES": css_properties.MEDIA_FEATURES,
    "CSS_FUNCTIONS": css_words.CSS_FUNCTIONS,
    "CSS_KEYWORDS": css_words.CSS_KEYWORDS,
    "CSS_UNITS": css_words.CSS_UNITS,
    "CSS_PSEUDOS": css_words.CSS_PSEUDOS,
    "CSS_AT_RULES": css_words.CSS_AT_RULES,
    "CSS_DESCRIPTORS": css_words.CSS_DESCRIPTORS,
    "FONT_FAMILIES": css_words.FONT_FAMILIES,
    "SYNTAX_TYPES": css_words.SYNTAX_TYPES,
    "ATTRIBUTES": ATTRIBUTES,
    "NAMESPACES": forms.NAMESPACES,
    "WRITTEN": references._WRITTEN,
    "APP_SCHEMES": APP_SCHEMES,
    "STATE_WORDS": frozenset().union(*STATE_WORDS.values()),
}
"""Name in Rust, and words. ``Words::at`` gives the place of a word in the sorted list."""
_TEXTS = {"BLANK_DOCUMENT": BLANK_DOCUMENT, "GRAY_IMAGE": gray_image()}


def _quoted(word: str) -> str:
    if not word.isascii() or not word.isprintable() or len(word) > 64:  # see `Words::at_low`
        raise ValueError(f"{word!r} cannot be a word of a table")
    return _literal(word)


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def word_set(name: str, words: Iterable[str]) -> str:
    """Return the source of a set of words."""
    listed = "".join(f"    {_quoted(word)},\n" for word in sorted(words))
    return f"\npub static {name}: Words = Words::new(&[\n{listed}]);\n"


def _constants(module: str, numbers: Mapping[str, int]) -> str:
    listed = "".join(
        f"    pub const {name}: u32 = {number:#x};\n" for name, number in numbers.items()
    )
    return f"\npub mod {module} {{\n{listed}}}\n"


def source() -> str:
    """Return what ``src/tables.rs`` has to be."""
    sets = "".join(word_set(name, words) for name, words in _SETS.items())
    hints = "".join(f"    {_quoted(hint)},\n" for hint in sorted(HINTS))
    constants = "".join(_constants(name, numbers) for name, numbers in bits.MODULES.items())
    texts = "".join(
        f"\npub const {name}: &str = {_literal(text)};\n" for name, text in _TEXTS.items()
    )
    return f"{_HEAD}{sets}\npub static HINTS: &[&str] = &[\n{hints}];\n{texts}{constants}"


if __name__ == "__main__":
    TABLES.write_text(source(), "utf-8")
