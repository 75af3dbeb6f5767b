"""Write ``src/tables.rs`` from the allow-lists of the Python package: they have one source.

Run it from the top of the repository: ``python -m native.generate``. A test fails if the file is
not what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from replay_redact._allowlists import css_properties, css_words
from replay_redact._allowlists.attributes import ATTRIBUTES
from replay_redact._allowlists.words import WORDS

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
}
"""Name in Rust, and words. ``Words::at`` gives the place of a word in the sorted list."""


def _quoted(word: str) -> str:
    if not word.isascii() or not word.isprintable() or len(word) > 64:  # see `Words::at_low`
        raise ValueError(f"{word!r} cannot be a word of a table")
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def word_set(name: str, words: Iterable[str]) -> str:
    listed = "".join(f"    {_quoted(word)},\n" for word in sorted(words))
    return f"\npub static {name}: Words = Words::new(&[\n{listed}]);\n"


def source() -> str:
    """Return what ``src/tables.rs`` has to be."""
    return _HEAD + "".join(word_set(name, words) for name, words in _SETS.items())


if __name__ == "__main__":
    TABLES.write_text(source(), "utf-8")
