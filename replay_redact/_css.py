"""The CSS pass: keep layout, take out what style sheets say, show and fetch.

Theory: CSS is cut into tokens once, left to right, and the tokens into segments
that end at ``{``, ``}`` or ``;``. What a segment is (selector, at-rule, declaration)
follows from how it ends, and decides which strings lay out and may stay:

* declarations of known properties keep everything but strings and addresses;
* custom and unknown properties lay nothing out: only published words, short
  numbers and colors stay in them;
* attribute selectors are masked like the attributes they select, so that masked
  elements still meet their rules;
* comments go, images become gray, `data:` goes, style sheets and fonts keep their path.

Invariant: the pass over its own output changes nothing; no token boundary moves.
Failure direction: what fits no grammar is left out, as a browser would ignore it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from replay_redact._allowed import ATTRIBUTES, MEDIA_FEATURES, WORDS, Kind, is_structural
from replay_redact._cache import StringCache
from replay_redact._css_properties import CSS_PROPERTIES
from replay_redact._css_tokens import Token, quoted, string_value, token_at, tokens, unescape
from replay_redact._masks import mask_text, mask_url, utf16_length
from replay_redact._media import placeholder

SPLIT_MARKER = "/* rr_split */"
"""rrweb joins the text children of a style element with this comment."""

_SYMBOLS_ONLY = re.compile(
    "[\\s!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u2000-\u206f\u2190-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\ue000-\uf8ff\U000f0000-\U0010fffd]*"
)
_HEX_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![-\w])")
_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(.*)", re.DOTALL)
_LONGEST_NUMBER = 6  # digits; longer ones are no measures
_CHARACTERS = r"[^\"'\\/@(){};\[\]<]++|/(?!\*)"  # of what needs no tokens
_OPENED = r"(?<![uU][rR][lL])\("  # by no address
_CALL = rf"{_OPENED}(?:{_CHARACTERS}|{_OPENED}(?:{_CHARACTERS})*+\))*+\)"
_ORDINARY = rf"(?:{_CHARACTERS}|{_CALL}|\"\"|'')*+"
_PLAIN = re.compile(rf"({_ORDINARY})([{{}};])")
_PLAIN_DECLARATION = re.compile(rf"({_ORDINARY})(;|\Z)")
_PLAIN_VALUE = re.compile(_ORDINARY)
_LONG_NUMBER = re.compile(r"[0-9.]{7}")
_FRAGMENT = re.compile(r"#[\w-]{1,200}")
_FEATURE_TAG = re.compile(r"[A-Za-z0-9 ]{4}")

_FAMILY_PROPERTIES = frozenset(
    {"font-family", "font", "grid-template-areas", "grid-template", "grid"}
)
_FEATURE_PROPERTIES = frozenset(
    {"font-feature-settings", "font-variation-settings", "font-language-override"}
)
_ADDRESS_FUNCTIONS = frozenset({"url", "src"})
_IMAGE_FUNCTIONS = frozenset({"image-set", "-webkit-image-set", "image", "cross-fade"})
_FORMATS = frozenset(
    """
    woff woff2 truetype opentype embedded-opentype svg collection woff-variations
    woff2-variations truetype-variations opentype-variations image/png image/jpeg image/gif
    image/webp image/avif image/svg+xml
    """.split()
)
_CONDITION_FUNCTIONS = frozenset(
    {"selector", "style", "scroll-state", "supports", "layer", "font-tech", "font-format"}
)
_URL_STARTS = frozenset(
    {"http", "http:", "http://", "https", "https:", "https://", "//", "/", "#", "mailto:", "tel:"}
)
_KNOWN_AT_RULES = frozenset(
    """
    charset container counter-style document -moz-document font-face font-feature-values
    font-palette-values import keyframes -webkit-keyframes -moz-keyframes -o-keyframes
    -ms-keyframes layer media namespace page position-try property scope starting-style supports
    view-transition viewport -ms-viewport top-left top-center top-right bottom-left
    bottom-center bottom-right swash styleset stylistic annotation ornaments character-variant
    """.split()
)
_FORMAT_FUNCTIONS = frozenset({"format", "type", "tech"})
_SHEET_AT_RULES = frozenset({"import", "charset", "namespace", "layer"})


_CACHE_CHARACTERS = 16 * 1024 * 1024  # some dozens of web sites' style sheets

_ENTRY_OVERHEAD = 100  # characters' worth of memory for the objects around a short string

_sheets = StringCache(_CACHE_CHARACTERS)
_declarations = StringCache(_CACHE_CHARACTERS)
_values = StringCache(_CACHE_CHARACTERS)
_kept = StringCache(4 * 1024 * 1024)  # declarations of plain characters, and whether they stay
CACHES = (_sheets, _declarations, _values, _kept)


def mask_sheet(css: str) -> str:
    """Mask a style sheet, or one rule of it.

    >>> mask_sheet('p::after { content: "Jane Roe"; color: red } /* Jane */')
    'p::after { content: "**** ***"; color: red } '
    """
    return _remembered(_sheets, _Pass.sheet, css)


def mask_declarations(css: str) -> str:
    """Mask the declarations of a style attribute.

    >>> mask_declarations("--who: Jane; width: 3px")
    '--who: ××××; width: 3px'
    """
    return _remembered(_declarations, _Pass.declarations, css)


def _remembered(cache: StringCache, run: Callable[[_Pass, str], Iterator[str]], css: str) -> str:
    masked: str | None = cache.found.get(css)
    if masked is None:
        masked = "".join(run(_Pass(), css))
        cache.put(css, masked, len(css) + len(masked))
    return masked


_BLANK = " \t\n\r\f"  # other white space is part of a word to CSS


def mask_value(name: str, value: str) -> str:
    """Mask the value of one declaration of a property.

    >>> mask_value("content", "'Jane'"), mask_value("color", "red")
    ("'****'", 'red')
    """
    masked: str | None = _values.found.get((name, value))
    if masked is None:
        plain = _PLAIN_VALUE.fullmatch(value) and _stays(name, value)
        known = name.strip().lower()
        masked = (value if plain else "".join(_value(known, list(tokens(value))))).strip(_BLANK)
        _values.put((name, value), masked, len(name) + len(value) + len(masked))
    return masked


def _stays(name: str, value: str) -> bool:
    """Tell whether a value of plain characters stays: a known property's, but for odd hashes."""
    return name.strip().lower() in CSS_PROPERTIES and "#" not in _HEX_COLOR.sub("", value)


_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}


def _mask_string(text: str) -> str:
    value = string_value(text)
    if _SYMBOLS_ONLY.fullmatch(value):
        return quoted(value, text[0])
    return quoted(mask_text(value), text[0])


def _keep_string(text: str) -> str:
    return quoted(string_value(text), text[0])


# --- values ---------------------------------------------------------------------------


def _value(name: str, tokens: list[Token]) -> Iterator[str]:
    """Mask the value of a property, judged by the property's name."""
    opaque = name.startswith("--") or name not in CSS_PROPERTIES
    functions: list[str] = []
    for kind, text in tokens:
        if kind == "function" or text == "(":
            functions.append(unescape(text[:-1]).lower())
        elif text == ")" and functions:
            functions.pop()
        inside = functions[-1] if functions else ""
        if kind == "string":
            yield _value_string(name, inside, text)
        elif kind == "url":
            yield _address(name, _url_value(text))
        elif kind == "comment":
            yield "/**/"
        elif kind in (_OPAQUE if opaque else _NEVER_NAMES):
            yield _OPAQUE[kind](text)
        else:
            yield text


def _value_string(name: str, inside: str, text: str) -> str:
    value = string_value(text)
    if inside in _ADDRESS_FUNCTIONS:
        return quoted(_masked_address(name, value))
    if inside in _IMAGE_FUNCTIONS:
        return quoted(placeholder(value))
    if inside in _FORMAT_FUNCTIONS:
        return _keep_string(text) if value.lower() in _FORMATS else _mask_string(text)
    if name in _FAMILY_PROPERTIES or (name == "src" and inside == "local"):
        return _keep_string(text)
    if name in _FEATURE_PROPERTIES and _FEATURE_TAG.fullmatch(value):
        return _keep_string(text)
    return _mask_string(text)


def _url_value(text: str) -> str:
    inner = text.partition("(")[2]
    return unescape(inner.removesuffix(")")).strip(" \t\n\r\f")


def _address(name: str, address: str) -> str:
    return f"url({quoted(_masked_address(name, address))})"


def _masked_address(name: str, address: str) -> str:
    if _FRAGMENT.fullmatch(address):
        return address
    if name == "src":
        return mask_url(address, keep_path=True)
    return placeholder(address)


CROSS = "\u00d7"
"""Stands for each character of a masked word: a letter to CSS, and in no one's vocabulary."""


def _crossed_out(text: str, letter: str = CROSS) -> str:
    """Write a word of the same length: asterisks would be other tokens, or begin a comment."""
    return letter * utf16_length(text)


def _opaque_word(text: str) -> str:
    name = unescape(text)
    known = name.lower() in WORDS or name.startswith("--")
    return text if known else _crossed_out(name)


def _opaque_function(text: str) -> str:
    name = unescape(text[:-1])
    known = WORDS | _IMAGE_FUNCTIONS | _ADDRESS_FUNCTIONS | _FORMAT_FUNCTIONS
    return text if name.lower() in known else _crossed_out(name) + "("


def _opaque_hash(text: str) -> str:
    return text if _HEX_COLOR.fullmatch(text) else "#" + _crossed_out(unescape(text[1:]))


def _opaque_number(text: str) -> str:
    number, unit = _number_and_unit(text)
    known = unit.lower() in {"", "%"} | WORDS
    return _short_number(number) + (unit if known else _crossed_out(unit))


def _number_and_unit(text: str) -> tuple[str, str]:
    split = _NUMBER.fullmatch(text)
    return (split[1], unescape(split[2])) if split else (text, "")


def _short_number(number: str) -> str:
    """Keep the form of a number and, unless it is long, its digits."""
    is_long = sum(map(str.isdigit, number)) > _LONGEST_NUMBER
    return re.sub(r"[0-9]", "0", number) if is_long else number


def _selector_number(text: str) -> str:
    number, _ = _number_and_unit(text)
    return _short_number(number) + text[len(number) :]


_OPAQUE: dict[str, Callable[[str], str]] = {
    "ident": _opaque_word,
    "function": _opaque_function,
    "hash": _opaque_hash,
    "number": _opaque_number,
    "at": lambda text: "@" + _crossed_out(unescape(text[1:])),
}
_NEVER_NAMES = frozenset({"hash", "at"})  # in no value of any property anything but a color


# --- segments -------------------------------------------------------------------------


_LEAD = 2
_SILENT = frozenset({"space", "comment", "mark"})


class _Pass:
    """One pass over one piece of CSS."""

    def __init__(self) -> None:
        self.segment: list[Token] = []
        self.lead: list[Token] = []  # the first two of the segment that say something
        self.blocks = 0  # open { of rules
        self.brackets = 0  # open ( and [ within the segment
        self.braces = 0  # open { within a custom property

    def sheet(self, css: str) -> Iterator[str]:
        """Mask a style sheet."""
        at = 0
        while at < len(css):
            plain = self._plain(_PLAIN, css, at)
            if plain is not None:
                at = plain.end()
                yield plain[0]
                continue
            token, at = token_at(css, at)
            if token.text == SPLIT_MARKER:
                self._append(Token("mark", SPLIT_MARKER))
            elif token.kind == "delim" and self._ends(token.text):
                yield from self._flush(token.text)
            else:
                self._append(token)
        yield from self._flush("")

    def declarations(self, css: str) -> Iterator[str]:
        """Mask the declarations of a style attribute."""
        self.blocks = 1
        at = 0
        while at < len(css):
            plain = self._plain(_PLAIN_DECLARATION, css, at)
            if plain is not None:
                at = plain.end()
                yield plain[0]
                continue
            token, at = token_at(css, at)
            if token.text == ";" and self._ends(";"):
                yield from self._flush(";")
            else:
                self._ends(token.text)
                self._append(token)
        yield from self._flush("")

    def _plain(self, pattern: re.Pattern[str], css: str, at: int) -> re.Match[str] | None:
        """Return the segment that begins here, if it stays as it is."""
        plain = None if self.segment else pattern.match(css, at)
        return plain if plain is not None and self._is_plain(plain[1], plain[2]) else None

    def _append(self, token: Token) -> None:
        self.brackets += token.kind == "function"
        self.segment.append(token)
        if len(self.lead) < _LEAD and token.kind not in _SILENT:
            self.lead.append(token)

    def _is_plain(self, body: str, end: str) -> bool:
        """Tell whether a segment without special characters stays as it is.

        Most selectors and declarations are like that; they need no tokens. What
        this cannot tell at a glance is left to the tokens.
        """
        if end == "{":
            plain = not (body.lstrip().startswith("--") or _LONG_NUMBER.search(body))
            self.blocks += plain
            return plain
        if not self.blocks:
            return False
        stays: bool | None = _kept.found.get(body)
        if stays is None:
            stays = _stays(*body.split(":", 1)) if ":" in body else not body.strip()
            _kept.put(body, stays, len(body) + _ENTRY_OVERHEAD)
        self.blocks -= stays and end == "}"
        return stays

    def _ends(self, text: str) -> bool:
        """Count brackets; tell whether this character ends the segment."""
        if text in _BRACKETS:
            self.brackets = max(0, self.brackets + _BRACKETS[text])
            return False
        if text == "{" and _custom_property(self.lead):
            self.braces += 1
            return False
        if text == "}" and self.braces:
            self.braces -= 1
            return False
        if text == ";":
            at_top = self.blocks == 0 and not _at_rule(self.lead)
            return not (self.brackets or self.braces or at_top)
        return text in {"{", "}"}

    def _flush(self, end: str) -> Iterator[str]:
        segment, self.segment, self.lead = self.segment, [], []
        opened = self.blocks
        self.brackets = self.braces = 0
        self.blocks = max(0, self.blocks + {"{": 1, "}": -1}.get(end, 0))
        if end == "{":
            yield from _prelude(segment)
        elif opened and not _at_rule(segment):
            yield from _declaration(segment)
        elif _at_rule(segment) in _SHEET_AT_RULES:
            yield from _known_at_rule(_at_rule(segment), segment)
        else:  # nothing that means anything here, for a browser either
            yield from _blanks(segment)
            end = end.strip(";")
        yield end


def _blanks(segment: list[Token]) -> Iterator[str]:
    return (text for kind, text in segment if kind in {"space", "mark"})


def _first(segment: list[Token], count: int) -> list[Token]:
    found: list[Token] = []
    for token in segment:
        if token.kind not in _SILENT:
            found.append(token)
            if len(found) == count:
                break
    return found


def _at_rule(segment: list[Token]) -> str:
    """Return the name of the at-rule that a segment is, or the empty string."""
    first = _first(segment, 1)
    return unescape(first[0].text[1:]).lower() if first and first[0].kind == "at" else ""


def _custom_property(segment: list[Token]) -> bool:
    first = _first(segment, 2)
    return (
        len(first) == 2
        and first[0].kind == "ident"
        and unescape(first[0].text).startswith("--")
        and first[1].text == ":"
    )


def _prelude(segment: list[Token]) -> Iterator[str]:
    name = _at_rule(segment)
    if not name or name == "scope":
        yield from _selector(segment)
    elif name in _KNOWN_AT_RULES:
        yield from _known_at_rule(name, segment)
    else:
        yield from _value("", segment)


def _known_at_rule(name: str, segment: list[Token]) -> Iterator[str]:
    """Mask what an at-rule's prelude can carry: strings, addresses, conditions in parentheses."""
    functions: list[str] = []
    at = 0
    while at < len(segment):
        kind, text = segment[at]
        if text == "[" and functions:
            end = _closing(segment, at)
            yield from _attribute_selector(segment[at:end])
            at = end
            continue
        if kind == "function" or text == "(":
            functions.append(unescape(text[:-1]).lower())
        elif text == ")" and functions:
            functions.pop()
        yield _at_rule_token(name, kind, text, functions)
        at += 1


def _closing(segment: list[Token], at: int) -> int:
    """Return where the bracket that opens at an index closes, or the end."""
    return next((i for i in range(at, len(segment)) if segment[i].text == "]"), len(segment))


def _at_rule_token(name: str, kind: str, text: str, functions: list[str]) -> str:
    address = _AT_ADDRESSES.get(name, placeholder)
    if kind == "url":
        return f"url({quoted(address(_url_value(text)))})"
    if kind == "string":
        in_address = functions[-1:] == ["url"] or (not functions and name in _AT_ADDRESSES)
        return quoted(address(string_value(text))) if in_address else _mask_string(text)
    return "/**/" if kind == "comment" else _condition(kind, text, functions)


def _condition(kind: str, text: str, functions: list[str]) -> str:
    """Judge a token of a condition: features and properties stay, other words do not."""
    if not functions or "selector" in functions:
        return _selector_number(text) if kind == "number" else text
    if kind == "ident" and unescape(text).lower() in CSS_PROPERTIES | MEDIA_FEATURES:
        return text
    if kind == "function" and unescape(text[:-1]).lower() in _CONDITION_FUNCTIONS:
        return text
    return _OPAQUE[kind](text) if kind in _OPAQUE else text


def _sheet_address(address: str) -> str:
    return mask_url(address, keep_path=True)


def _namespace(address: str) -> str:
    return address if is_structural("xmlns", address) else mask_url(address)


def _charset(name: str) -> str:
    return name if is_structural("charset", name) else "utf-8"


_AT_ADDRESSES: dict[str, Callable[[str], str]] = {
    "import": _sheet_address,
    "namespace": _namespace,
    "charset": _charset,
    "document": mask_url,
    "-moz-document": mask_url,
}


def _declaration(segment: list[Token]) -> Iterator[str]:
    """Mask ``name: value``; leave out what is not of that form, as browsers do."""
    first = _first(segment, 2)
    if len(first) < 2 or first[0].kind != "ident" or first[1].text != ":":
        yield from _blanks(segment)
        return
    colon = next(
        i for i, token in enumerate(segment) if token.text == ":" and token.kind == "delim"
    )
    yield from (text for kind, text in segment[: colon + 1] if kind != "comment")
    yield from _value(unescape(first[0].text).lower(), segment[colon + 1 :])


def _selector(segment: list[Token]) -> Iterator[str]:
    at = 0
    while at < len(segment):
        kind, text = segment[at]
        if text == "[" and kind == "delim":
            end = _closing(segment, at)
            yield from _attribute_selector(segment[at:end])
            at = end
            continue
        if kind == "string":
            yield _mask_string(text)
        elif kind == "number":
            yield _selector_number(text)
        elif kind == "url":
            yield 'url("")'
        elif kind == "comment":
            yield "/**/"
        else:
            yield text
        at += 1


def _attribute_selector(tokens: list[Token]) -> Iterator[str]:
    """Mask ``[name operator value`` (the closing bracket comes after)."""
    equals = next((i for i, token in enumerate(tokens) if token.text == "="), len(tokens))
    names = [unescape(text) for kind, text in tokens[:equals] if kind == "ident"]
    name = names[-1] if names else ""
    masked = False
    for i, (kind, text) in enumerate(tokens):
        if kind == "comment":
            continue
        if i > equals and not masked and kind != "space":
            value = string_value(text) if kind == "string" else unescape(text)
            yield _attribute_value(name, value, text[0] if kind == "string" else '"')
            masked = True
        elif i <= equals or kind == "space" or text.lower() in {"i", "s"}:
            yield text


def _attribute_value(name: str, value: str, quote: str) -> str:
    if is_structural(name, value):
        return quoted(value, quote)
    if ATTRIBUTES.get(name) in {Kind.URL, Kind.SOURCE} and value.lower() in _URL_STARTS:
        return quoted(value, quote)
    return quoted(mask_text(value), quote)
