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

from replay_redact._css.glance import (
    ATTRIBUTE,
    COMMENT,
    DECLARATIONS,
    NO_ATTRIBUTE,
    PIECE,
    PIECE_OF_STYLE,
    RULE,
    VALUE,
    all_stay,
    is_plain_at_rule,
    is_plain_selector,
    stays,
)
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
from replay_redact._css.selectors import Literal, attribute_selector
from replay_redact._css.tokens import BLANK, Token, is_broken, token_at, tokens, unescape
from replay_redact._css.values import CROSS, mask_image, mask_property, mask_tokens
from replay_redact._runtime import native
from replay_redact._runtime.cache import StringCache

SPLIT_MARKER = "/* rr_split */"
"""rrweb joins the text children of a style element with this comment."""

# Names that a style sheet gives. A pattern that begins with letters looks for them much faster.
_ANIMATION = re.compile(r"@(?:-[a-z]+-)?keyframes\s+([-\w]+)")
_COUNTERS_AND_LINES = (
    re.compile(r"counter-(?<![-\w]counter-)(?:reset|increment|set)\s*:([^;{}]*)"),
    re.compile(r"grid-template(?<![-\w]grid-template)(?:-rows|-columns)?\s*:([^;{}]*)"),
)
_NAME = re.compile(r"[-\w]*[A-Za-z_][-\w]*")

_WORD = re.compile(r"[\w-]+")
_CACHE_CHARACTERS = 16 * 1024 * 1024  # some dozens of web sites' style sheets

_sheets = StringCache(_CACHE_CHARACTERS)
_declarations = StringCache(_CACHE_CHARACTERS)
_values = StringCache(_CACHE_CHARACTERS)
CACHES = (_sheets, _declarations, _values)


class Sheet(NamedTuple):
    """A masked style sheet, but for the words in attribute selectors that may be public.

    ``pieces`` are what stands before, between and behind these words.
    """

    pieces: tuple[str, ...]
    literals: tuple[Literal, ...]

    def shown(self, public: Container[Atom]) -> str:
        """Return the style sheet with those of its words that are public."""
        if not self.literals:
            return self.pieces[0]
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
        sheet = _native_sheet(css) or _read_sheet(css)
        _sheets.put(css, sheet, len(css) + sum(map(len, sheet.pieces)))
    return sheet


def _read_sheet(css: str) -> Sheet:
    parts = _Pass().sheet(css)
    masked = "".join(parts)
    names = frozenset(_names(masked)) if CROSS in masked else frozenset()
    if _lost(names, css, masked):
        # they are in the output, so the values that use them may say them
        parts = _Pass(names).sheet(css)
    return _cut(parts) if "[" in css else Sheet(("".join(parts),), ())


def _native_sheet(css: str) -> Sheet | None:
    """Let the kernel mask a sheet, if there is one and it knows all that is in the sheet."""
    found = native.kernels and native.kernels.css_sheet(css, mask_image)
    if not found:
        return None
    pieces, words = found
    return Sheet(tuple(pieces), tuple(Literal.of(Atom(*atom), quote) for atom, quote in words))


def _names(masked: str) -> Iterator[str]:
    """Yield the names that a masked style sheet gives to something."""
    yield from _ANIMATION.findall(masked)
    for pattern in _COUNTERS_AND_LINES:
        yield from _NAME.findall(" ".join(pattern.findall(masked)))


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
        if native.kernels is not None:
            masked = native.kernels.css_declarations(css, mask_image)
        if masked is None:
            whole = DECLARATIONS.fullmatch(css) and all_stay(css, inline=True)
            masked = css if whole else "".join(_Pass().declarations(css))
        _declarations.put(css, masked, len(css) + len(masked))
    return masked


def mask_value(name: str, value: str) -> str:
    """Mask the value of one declaration of a property, in the style of one element or rule.

    >>> mask_value("content", "'Jane'"), mask_value("color", "red")
    ("'****'", 'red')
    """
    masked: str | None = _values.found.get((name, value))
    if masked is None:
        if native.kernels is not None:
            masked = native.kernels.css_value(name, value, mask_image)
        if masked is None:
            plain = VALUE.fullmatch(value) and stays(name, value, inline=True)
            masked = (value if plain else _masked_value(name, list(tokens(value)))).strip(BLANK)
        _values.put((name, value), masked, len(name) + len(value) + len(masked))
    return masked


def _masked_value(name: str, value: list[Token]) -> str:
    known = unescape(name.strip(BLANK)).lower()
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
        self.attributes: dict[str, list[str]] = {}  # attribute selectors met, masked

    def sheet(self, css: str) -> list[str]:
        """Mask a style sheet."""
        masked: list[str] = []
        at = 0
        while at < len(css):
            end = at if self.segment or css[at - 1 : at] == ";" else _end_of_plain(css, at)
            if end > at:
                masked.append(css[at:end])
                at = end
                continue
            piece = None if self.segment else PIECE.match(css, at)
            parts = piece and self._piece(*piece.groups())
            if piece and parts:
                masked += parts
                at = piece.end()
                continue
            token, at = token_at(css, at)
            if token.text == SPLIT_MARKER:
                self._append(Token("mark", SPLIT_MARKER))
            elif token.kind == "delim" and self._ends(token.text):
                masked += self._flush(token.text)
            else:
                self._append(token)
        if self.segment:
            masked += self._flush("")
        return masked

    def declarations(self, css: str) -> list[str]:
        """Mask the declarations of a style attribute."""
        self.blocks = 1
        self.inline = True
        masked: list[str] = []
        at = 0
        while at < len(css):
            piece = None if self.segment else PIECE_OF_STYLE.match(css, at)
            parts = piece and self._piece(*piece.groups())
            if piece and parts:
                masked += parts
                at = piece.end()
                continue
            token, at = token_at(css, at)
            if token.text == ";" and self._ends(";"):
                masked += self._flush(";")
            else:
                self._ends(token.text)
                self._append(token)
        if self.segment:
            masked += self._flush("")
        return masked

    def _piece(self, comments: str, body: str, end: str) -> list[str] | None:
        """Mask a whole segment, unless it depends on more than these tell."""
        start = body.lstrip(BLANK)
        if end == "{":
            parts = None if start.startswith("--") else self._prelude(body)  # or a property's block
        else:
            parts = self._declaration(body) if self.blocks and start[:1] != "@" else None
        if parts is None:
            return None
        if comments:
            parts.insert(0, COMMENT.sub("/**/" if end == "{" else "", comments))
        parts.append(end)
        self.blocks += {"{": 1, "}": -1}.get(end, 0)
        return parts

    def _prelude(self, body: str) -> list[str]:
        if _is_plain_prelude(body):
            return [body]
        if _has_plain_attributes(body):
            return [part for text in ATTRIBUTE.split(body) for part in self._attribute(text)]
        return list(mask_prelude(list(tokens(body))))

    def _attribute(self, text: str) -> list[str]:
        """Mask an attribute selector; what stands between them stays."""
        if not text.startswith("["):
            return [text]
        parts = self.attributes.get(text)
        if parts is None:
            parts = self.attributes[text] = [*attribute_selector(list(tokens(text[:-1]))), "]"]
        return parts

    def _declaration(self, body: str) -> list[str]:
        name, colon, value = body.partition(":")
        if stays(name, value, inline=self.inline) if colon else not body.strip(BLANK):
            return [body]
        return list(_declaration(list(tokens(body)), self.names, inline=self.inline))

    def _append(self, token: Token) -> None:
        self.brackets += token.kind == "function"
        self.segment.append(token)
        if len(self.lead) < _LEAD and token.kind not in SILENT:
            self.lead.append(token)

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


def _end_of_plain(css: str, at: int) -> int:
    """Return where the rules end that begin here and stay as they are."""
    while (rule := RULE.match(css, at)) and all_stay(rule[2]) and is_plain_selector(rule[1]):
        at = rule.end()
    return at


def _has_plain_attributes(body: str) -> bool:
    """Tell whether a selector stays, but for what each attribute selector says by itself."""
    if "[" not in body or "@" in body or "slot" in body.lower():  # names of slots are an exception
        return False
    return is_plain_selector(ATTRIBUTE.sub(NO_ATTRIBUTE, body))


def _is_plain_prelude(body: str) -> bool:
    """Tell whether what stands before a block stays as it is."""
    if "@" in body:
        return is_plain_at_rule(body)
    return "[" not in body and not body.lstrip(BLANK).startswith("--") and is_plain_selector(body)


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
