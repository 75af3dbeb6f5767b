"""Writes the table of options into docs/policy.md, from the options themselves.

Run ``python -m tests.option_table`` after a change of an option. A test fails if the table in the
docs is another one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from replay_redact import Policy
from replay_redact.policy import OPTIONS, Option

PAGE = Path(__file__).parents[1] / "docs" / "policy.md"
HEAD = "| option | takes | default | meaning |\n|---|---|---|---|\n"
_TAKES = {
    "flag": "true or false",
    "selectors": "selectors",
    "strings": "strings",
    "attributes": "patterns",
    "scrub": "a `Scrub`, or a table",
    "function": "a function",
    "character": "a sign",
    "words": "strings, or a file",
    "pages": "tables",
}


def table():
    """Return the table in Markdown, one row for each option."""
    return HEAD + "".join(map(_row, OPTIONS, OPTIONS.values()))


def _row(name: str, option: Option) -> str:
    more = f"; [more]({option.see})" if option.see else ""
    takes = " or ".join(f'`"{word}"`' for word in option.words) or _TAKES[option.kind]
    default = _shown(getattr(Policy(), name))
    return f"| `{name}` | {takes} | {default} | {option.meaning}{more} |\n"


def _shown(default: Any) -> str:
    match default:
        case bool():
            return str(default).lower()
        case None:
            return "none"
        case tuple() | frozenset() if not default:
            return "none"
        case tuple():
            return ", ".join(f"`{text}`" for text in default)
        case str():
            return f'`"{default}"`'
        case _:
            return "`Scrub.default()`"


def table_in(page: str) -> str:
    """Return the table of options in a page.

    >>> table_in(f"Options:\\n\\n{HEAD}| `a` |\\n\\nMore.") == f"{HEAD}| `a` |\\n"
    True
    """
    begin = page.index(HEAD)
    return page[begin : page.index("\n\n", begin) + 1]


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text.replace(table_in(text), table()), "utf-8")
