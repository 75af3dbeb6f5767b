"""Write ``src/css/tables.rs``: what style sheets need beside the lists in ``src/tables.rs``.

Run it from the top of the repository: ``python -m native.generate_css``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from native.generate import word_set
from replay_redact._allowlists import attribute_names, compared
from replay_redact._allowlists.attributes import ATTRIBUTES
from replay_redact._allowlists.element_names import ELEMENT_NAMES
from replay_redact._css import preludes, selectors, values
from replay_redact._masks import media

TABLES = Path(__file__).parent / "src" / "css" / "tables.rs"

_HEAD = """\
//! What style sheets need. Written by `python -m native.generate_css`: change nothing here.

#![forbid(unsafe_code)]

pub use crate::tables::{
    ATTRIBUTES, CSS_FUNCTIONS, CSS_KEYWORDS, CSS_PROPERTIES, CSS_PSEUDOS, CSS_UNITS, FONT_FAMILIES,
    NAMESPACES, SYNTAX_TYPES, WORDS,
};
use crate::words::Words;
"""

_SETS: dict[str, Iterable[str]] = {
    "WORDS_OF_CSS": values.WORDS_OF_CSS,
    "CONDITIONS": preludes.CONDITIONS,
    "CONDITION_FUNCTIONS": preludes._CONDITION_FUNCTIONS,
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
    "STATE_WORDS": (
        f"{name}={word}" for name, words in compared.STATE_WORDS.items() for word in words
    ),
    "OF_PEOPLE": compared._OF_PEOPLE,
    "LONG_PARTS": compared._LONG_PARTS,
    "ENDINGS": compared._ENDINGS,
    "HARMLESS": compared._HARMLESS,
    "URL_STARTS": selectors._URL_STARTS,
}

_TEXTS = {
    "GRAY_BOX": media.gray_layer("", fills=True),
    "GRAY_LAYER": media.gray_layer("", fills=False),
    "GRAY_IMAGE": media.placeholder(""),
}


def source() -> str:
    """Return what ``src/css/tables.rs`` has to be."""
    sets = (word_set(name, words) for name, words in _SETS.items())
    texts = (f'\npub const {name}: &str = "{text}";\n' for name, text in _TEXTS.items())
    kinds = "".join(f'    "{kind.word}",\n' for _, kind in sorted(ATTRIBUTES.items()))
    table = f"\n/// The kinds of `ATTRIBUTES`.\npub static KINDS: &[&str] = &[\n{kinds}];\n"
    return "".join([_HEAD, *sets, *texts, table])


if __name__ == "__main__":
    TABLES.write_text(source(), "utf-8")
