"""The CSS pass: it keeps layout, and masks what style sheets say, show and load.

The pass splits CSS into tokens once, from left to right, and groups tokens into segments that end
at ``{``, ``}`` or ``;``. The end of a segment tells what it is:

* Selectors keep names of the page. They compare attributes with what the attributes say when they
  are masked, and with words that are public because a style sheet says them. So masked elements
  still meet their rules.
* Declarations of known properties keep everything except strings, addresses and long numbers.
* Custom and unknown properties can hold anything. They keep only what CSS itself defines, short
  numbers and colors; and no bare number in the style of one element.
* Comments are removed, images become gray, ``data:`` is dropped. Addresses of style sheets and
  fonts keep their path.

What fits no grammar is dropped, as a browser ignores it. No boundary of a token moves, and the pass
over its own output changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from typing import NamedTuple

from replay_redact._css.policy_selectors import Atom
from replay_redact._css.preludes import (
    SHEET_AT_RULES,
    SILENT,
    TOP_AT_RULES,
    at_rule,
    blanks,
    is_custom_property,
    leading,
    mask_at_rule,
    mask_prelude,
)
from replay_redact._css.selectors import Literal, is_plain_selector
from replay_redact._css.tokens import Token, is_broken, token_at, tokens, unescape
from replay_redact._css.values import CROSS, mask_property, mask_tokens, stays
from replay_redact._runtime.cache import StringCache

SPLIT_MARKER = "/* rr_split */"
"""rrweb joins the text children of a style element with this comment."""

_CHARACTERS = r"[^\"'\\/@(){};\[\]<]++|/(?!\*)"  # of what needs no tokens
_OPENED = r"(?<![uU][rR][lL])\("  # by no address
_CALL = rf"{_OPENED}(?:{_CHARACTERS}|{_OPENED}(?:{_CHARACTERS})*+\))*+\)"
_ORDINARY = rf"(?:{_CHARACTERS}|{_CALL}|\"\"|'')*+"
_PLAIN = re.compile(rf"({_ORDINARY})([{{}};])")
_PLAIN_DECLARATION = re.compile(rf"({_ORDINARY})(;|\Z)")
_PLAIN_VALUE = re.compile(_ORDINARY)

# Names that a style sheet gives: of animations, counters and lines of grids.
_NAMING = re.compile(
    r"@(?:-[a-z]+-)?keyframes\s+([-\w]+)"
    r"|(?<![-\w])(?:counter-(?:reset|increment|set)|grid-template(?:-rows|-columns)?)\s*:([^;{}]*)"
)
_NAME = re.compile(r"[-\w]*[A-Za-z_][-\w]*")

_WORD = re.compile(r"[\w-]+")
_CACHE_CHARACTERS = 16 * 1024 * 1024  # some dozens of web sites' style sheets
_ENTRY_OVERHEAD = 100  # characters' worth of memory for the objects around a short string

_sheets = StringCache(_CACHE_CHARACTERS)
_declarations = StringCache(_CACHE_CHARACTERS)
_values = StringCache(_CACHE_CHARACTERS)
_kept = StringCache(4 * 1024 * 1024)  # declarations of plain characters, and whether they stay
CACHES = (_sheets, _declarations, _values, _kept)


class Sheet(NamedTuple):
    """A masked style sheet, but for the words in attribute selectors that may be public.

    ``pieces`` are what stands before, between and behind these words.
    """

    pieces: tuple[str, ...]
    literals: tuple[Literal, ...]

    def shown(self, public: Container[Atom]) -> str:
        """Return the style sheet with those of its words that are public."""
        words = [word.shown if word.atom in public else word for word in self.literals]
        return "".join(
            [part for pair in zip(self.pieces, [*words, ""], strict=True) for part in pair]
        )


def mask_sheet(css: str, public: Container[Atom] = ()) -> str:
    """Mask a style sheet, or one rule of it; ``public`` is what attribute selectors may say.

    >>> mask_sheet('p::after { content: "Jane Roe"; color: red } /* Jane */')
    'p::after { content: "**** ***"; color: red } '
    >>> mask_sheet("[data-state=open] { top: 0 }")
    '[data-state="××××"] { top: 0 }'
    """
    return _sheet(css).shown(public)


def compared(css: str) -> frozenset[Atom]:
    """Return what attribute selectors of a style sheet compare, if it may be public.

    >>> [atom.value for atom in compared('[data-state="open"], [title="Jane"] { top: 0 }')]
    ['open']
    """
    return frozenset(word.atom for word in _sheet(css).literals) if "[" in css else frozenset()


def _sheet(css: str) -> Sheet:
    sheet: Sheet | None = _sheets.found.get(css)
    if sheet is None:
        parts = list(_Pass().sheet(css))
        masked = "".join(parts)
        names = frozenset(_names(masked)) if CROSS in masked else frozenset()
        if _lost(names, css, masked):
            # they are in the output, so the values that use them may say them
            parts = list(_Pass(names).sheet(css))
        sheet = _cut(parts)
        _sheets.put(css, sheet, len(css) + len(masked))
    return sheet


def _names(masked: str) -> Iterator[str]:
    """Yield the names that a masked style sheet gives to something."""
    for animation, others in _NAMING.findall(masked):
        yield from [animation] if animation else _NAME.findall(others)


def _cut(parts: list[str]) -> Sheet:
    """Join what stands between words that may be public."""
    at = [i for i, part in enumerate(parts) if isinstance(part, Literal)]
    pieces = ["".join(parts[i + 1 : j]) for i, j in zip([-1, *at], [*at, len(parts)], strict=True)]
    return Sheet(tuple(pieces), tuple(part for part in parts if isinstance(part, Literal)))


def _lost(names: frozenset[str], css: str, masked: str) -> bool:
    """Tell whether any of these names stands more often in a style sheet than in its mask."""
    if not names:
        return False
    before, after = (Counter(_WORD.findall(text)) for text in (css, masked))
    return any(before[name] > after[name] for name in names)


def mask_declarations(css: str) -> str:
    """Mask the declarations of a style attribute; bare numbers in custom properties become 1.

    >>> mask_declarations("--who: Jane; width: 3px")
    '--who: ××××; width: 3px'
    """
    masked: str | None = _declarations.found.get(css)
    if masked is None:
        masked = "".join(_Pass().declarations(css))
        _declarations.put(css, masked, len(css) + len(masked))
    return masked


_BLANK = " \t\n\r\f"  # other white space is part of a word to CSS


def mask_value(name: str, value: str) -> str:
    """Mask the value of one declaration of a property, in the style of one element or rule.

    >>> mask_value("content", "'Jane'"), mask_value("color", "red")
    ("'****'", 'red')
    """
    masked: str | None = _values.found.get((name, value))
    if masked is None:
        plain = _PLAIN_VALUE.fullmatch(value) and stays(name, value)
        masked = (value if plain else _masked_value(name, list(tokens(value)))).strip(_BLANK)
        _values.put((name, value), masked, len(name) + len(value) + len(masked))
    return masked


def _masked_value(name: str, value: list[Token]) -> str:
    known = unescape(name.strip(_BLANK)).lower()
    return "" if is_broken(value) else "".join(mask_tokens(known, value, inline=True))


_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}


# --- segments -------------------------------------------------------------------------


_LEAD = 2


class _Pass:
    """One pass over one piece of CSS."""

    def __init__(self, names: frozenset[str] = frozenset()) -> None:
        self.names = names  # words that custom properties may say
        self.segment: list[Token] = []
        self.lead: list[Token] = []  # the first two of the segment that say something
        self.blocks = 0  # open { of rules
        self.brackets = 0  # open ( and [ within the segment
        self.braces = 0  # open { within a custom property
        self.inline = False  # in the style of one element

    def sheet(self, css: str) -> Iterator[str]:
        """Mask a style sheet."""
        at = 0
        while at < len(css):
            end = at if self.segment else self._end_of_plain(_PLAIN, css, at)
            if end > at:
                yield css[at:end]
                at = end
                continue
            token, at = token_at(css, at)
            if token.text == SPLIT_MARKER:
                self._append(Token("mark", SPLIT_MARKER))
            elif token.kind == "delim" and self._ends(token.text):
                yield from self._flush(token.text)
            else:
                self._append(token)
        if self.segment:
            yield from self._flush("")

    def declarations(self, css: str) -> Iterator[str]:
        """Mask the declarations of a style attribute."""
        self.blocks = 1
        self.inline = True
        at = 0
        while at < len(css):
            end = at if self.segment else self._end_of_plain(_PLAIN_DECLARATION, css, at)
            if end > at:
                yield css[at:end]
                at = end
                continue
            token, at = token_at(css, at)
            if token.text == ";" and self._ends(";"):
                yield from self._flush(";")
            else:
                self._ends(token.text)
                self._append(token)
        if self.segment:
            yield from self._flush("")

    def _end_of_plain(self, pattern: re.Pattern[str], css: str, at: int) -> int:
        """Return where the segments end that begin here and stay as they are."""
        while at < len(css):
            plain = pattern.match(css, at)
            if plain is None or not self._is_plain(plain[1], plain[2]):
                break
            at = plain.end()
        return at

    def _append(self, token: Token) -> None:
        self.brackets += token.kind == "function"
        self.segment.append(token)
        if len(self.lead) < _LEAD and token.kind not in SILENT:
            self.lead.append(token)

    def _is_plain(self, body: str, end: str) -> bool:
        """Tell whether a segment without special characters stays as it is.

        Most selectors and declarations are like that; they need no tokens. What
        this cannot tell at a glance is left to the tokens.
        """
        if end == "{":
            plain = _is_kept_selector(body)
            self.blocks += plain
            return plain
        if not self.blocks:
            return False
        kept: bool | None = _kept.found.get(body)
        if kept is None:
            kept = stays(*body.split(":", 1)) if ":" in body else not body.strip()
            _kept.put(body, kept, len(body) + _ENTRY_OVERHEAD)
        self.blocks -= kept and end == "}"
        return kept

    def _ends(self, text: str) -> bool:
        """Count brackets; tell whether this character ends the segment."""
        if text in _BRACKETS:
            self.brackets = max(0, self.brackets + _BRACKETS[text])
            return False
        if text == "{" and is_custom_property(self.lead):
            self.braces += 1
            return False
        if text == "}" and self.braces:
            self.braces -= 1
            return False
        if text == ";":
            at_top = self.blocks == 0 and not at_rule(self.lead)
            return not (self.brackets or self.braces or at_top)
        return text in {"{", "}"}

    def _flush(self, end: str) -> Iterator[str]:
        segment, self.segment, self.lead = self.segment, [], []
        opened = self.blocks
        self.brackets = self.braces = 0
        self.blocks = max(0, self.blocks + {"{": 1, "}": -1}.get(end, 0))
        if is_broken(segment):
            yield from blanks(segment)
            end = end.strip(";")
        elif end == "{":
            yield from mask_prelude(segment)
        elif opened and not at_rule(segment):
            yield from _declaration(segment, self.names, inline=self.inline)
        elif at_rule(segment) in self._at_rules(opened):
            yield from mask_at_rule(at_rule(segment), segment)
        else:  # nothing that means anything here, for a browser either
            yield from blanks(segment)
            end = end.strip(";")
        yield end

    def _at_rules(self, blocks: int) -> frozenset[str]:
        """Return the at-rules without a block that mean something here."""
        if self.inline:
            return frozenset()
        return SHEET_AT_RULES - TOP_AT_RULES if blocks else SHEET_AT_RULES


def _is_kept_selector(body: str) -> bool:
    """Tell whether a selector of plain characters stays as it is."""
    if body.lstrip(_BLANK).startswith("--"):  # may be a property with a block
        return False
    return is_plain_selector(body) or "".join(mask_prelude(list(tokens(body)))) == body


def _declaration(segment: list[Token], names: frozenset[str], *, inline: bool) -> Iterator[str]:
    """Mask ``name: value``; leave out what is not of that form, as browsers do."""
    first = leading(segment, 2)
    if len(first) < 2 or first[0].kind != "ident" or first[1].text != ":":
        yield from blanks(segment)
        return
    colon = next(
        i for i, token in enumerate(segment) if token.text == ":" and token.kind == "delim"
    )
    for kind, text in segment[: colon + 1]:
        if kind != "comment":
            yield mask_property(text) if kind == "ident" else text
    name = unescape(first[0].text).lower()
    yield from mask_tokens(name, segment[colon + 1 :], names, inline=inline)
