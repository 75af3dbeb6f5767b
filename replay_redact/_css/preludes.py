"""Preludes of CSS blocks, and at-rules: which names and conditions stay.

`_css.selectors` masks selectors. At-rules test features, with words that CSS defines, or give a
name to what they define. These stay; the rest of an at-rule is masked as what it is. An unknown
at-rule is masked like the value of an unknown property. Masking twice gives the same as masking
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from replay_redact._allowlists.attributes import is_structural
from replay_redact._allowlists.css_properties import MEDIA_FEATURES
from replay_redact._allowlists.css_words import CSS_AT_RULES, CSS_FUNCTIONS, SYNTAX_TYPES
from replay_redact._css.numbers import layout_number, number_and_unit
from replay_redact._css.selectors import (
    attribute_selector,
    closing,
    mask_selectors,
    namespace_prefix,
)
from replay_redact._css.tokens import Token, quoted, string_value, unescape
from replay_redact._css.values import (
    OPAQUE,
    WORDS_OF_CSS,
    crossed_out,
    mask_string,
    mask_tokens,
    named,
    named_unit,
    sheet_address,
    url_value,
)
from replay_redact._masks.media import placeholder
from replay_redact._masks.urls import mask_url

CONDITIONS = WORDS_OF_CSS | MEDIA_FEATURES
_CONDITION_FUNCTIONS = CSS_FUNCTIONS | {
    "selector", "style", "scroll-state", "supports", "layer", "font-tech", "font-format",
    "url-prefix", "domain", "media-document", "regexp",
}  # fmt: skip
_KNOWN_AT_RULES = CSS_AT_RULES | frozenset(
    "document -moz-document -moz-keyframes -o-keyframes -ms-keyframes viewport -ms-viewport".split()
)
TOP_AT_RULES = frozenset({"import", "charset", "namespace"})
"""At-rules without a block that mean something at the top of a style sheet only."""
SHEET_AT_RULES = TOP_AT_RULES | {"layer"}
SILENT = frozenset({"space", "comment", "mark"})


def blanks(segment: list[Token]) -> Iterator[str]:
    """Return what of a segment that means nothing stays."""
    return (text for kind, text in segment if kind in {"space", "mark"})


def leading(segment: list[Token], count: int) -> list[Token]:
    """Return the first tokens of a segment that say something, or what there is."""
    found: list[Token] = []
    for token in segment:
        if token.kind not in SILENT:
            found.append(token)
            if len(found) == count:
                break
    return found


def at_rule(segment: list[Token]) -> str:
    """Return the name of the at-rule that a segment is, or the empty string."""
    first = leading(segment, 1)
    return unescape(first[0].text[1:]).lower() if first and first[0].kind == "at" else ""


def is_custom_property(segment: list[Token]) -> bool:
    """Tell whether a segment begins as the declaration of a custom property."""
    first = leading(segment, 2)
    return (
        len(first) == 2
        and first[0].kind == "ident"
        and unescape(first[0].text).startswith("--")
        and first[1].text == ":"
    )


def mask_prelude(segment: list[Token]) -> Iterator[str]:
    """Mask what stands before a block: selectors, or an at-rule."""
    name = at_rule(segment)
    if not name:
        yield from mask_selectors(segment)
    elif name in _KNOWN_AT_RULES:
        yield from mask_at_rule(name, segment)
    else:
        yield from mask_tokens("", segment)


def mask_at_rule(name: str, segment: list[Token]) -> Iterator[str]:
    """Mask what an at-rule's prelude can carry: strings, addresses, names, conditions."""
    start = next((i for i, token in enumerate(segment) if token.kind == "at"), 0) + 1
    yield from ("/**/" if kind == "comment" else text for kind, text in segment[:start])
    rule = _AtRule(name)
    at = start
    while at < len(segment):
        token = segment[at]
        if token == ("delim", "["):
            end = closing(segment, at)
            yield from map(str, attribute_selector(segment[at:end]))  # compares nothing here
            at = end
            continue
        yield rule.token(*token)
        at += 1
        if rule.holds_selectors():
            end = _end_of_brackets(segment, at)
            yield from mask_selectors(segment[at:end])
            at = end


def _end_of_brackets(segment: list[Token], at: int) -> int:
    """Return where the bracket closes that was opened before an index, or the end."""
    depth = 1
    for i in range(at, len(segment)):
        kind, text = segment[i]
        if kind == "function" or (kind == "delim" and text == "("):
            depth += 1
        elif kind == "delim" and text == ")":
            depth -= 1
            if not depth:
                return i
    return len(segment)


def _namespace(address: str) -> str:
    return address if is_structural("xmlns", address) else mask_url(address)


def _charset(name: str) -> str:
    return name if is_structural("charset", name) else "utf-8"


_AT_ADDRESSES: dict[str, Callable[[str], str]] = {
    "import": sheet_address,
    "namespace": _namespace,
    "charset": _charset,
    "document": mask_url,
    "-moz-document": mask_url,
}

# Outside of brackets: at-rules that ask have these words, others may give a name.
_GLUE = frozenset({"and", "or", "not"})
_MEDIA_WORDS = _GLUE | frozenset(
    """only all print screen speech aural braille embossed handheld projection tty tv
    layer""".split()
)
ASKING: dict[str, frozenset[str]] = {
    "media": _MEDIA_WORDS,
    "import": _MEDIA_WORDS,
    **dict.fromkeys(["supports", "when", "else", "navigation"], _GLUE),
    "function": SYNTAX_TYPES | {"returns", "auto", "none"},
    "scope": frozenset({"to"}),
    "document": frozenset(),
    "-moz-document": frozenset(),
}
_SELECTOR_FUNCTIONS: dict[str, str] = {"scope": "", "supports": "selector", "import": "selector"}


class _AtRule:
    """The tokens of one at-rule, told by the functions that they stand in."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.address = _AT_ADDRESSES.get(name, placeholder)
        self.has_address = name in _AT_ADDRESSES
        self.functions: list[str] = []
        self.after_name = False
        self.opened = False

    def holds_selectors(self) -> bool:
        """Tell whether the token before this one opened brackets that hold selectors."""
        return self.opened and self.functions[-1] == _SELECTOR_FUNCTIONS.get(self.name)

    def token(self, kind: str, text: str) -> str:
        """Mask the next token."""
        self.opened = kind == "function" or (kind == "delim" and text == "(")
        if self.opened:
            self.functions.append(unescape(text[:-1]).lower())
        elif kind == "delim" and text == ")" and self.functions:
            self.functions.pop()
        masked = self._masked(kind, text)
        if kind not in SILENT:
            self.after_name = kind == "ident" and unescape(text).lower() not in _GLUE
        if self.name == "import" and kind in {"string", "url"}:
            self.address, self.has_address = placeholder, False  # one sheet, before all else
        return masked

    def _masked(self, kind: str, text: str) -> str:
        if kind == "url":
            return f"url({quoted(self.address(url_value(text)))})"
        if kind == "string":
            own = not self.functions and self.has_address
            in_address = own or self.functions[-1:] == ["url"]
            return quoted(self.address(string_value(text))) if in_address else mask_string(text)
        if kind == "comment":
            return "/**/"
        if kind == "number":
            return self._number(text)
        if kind == "ident":
            return self._word(text) if not self.functions else self._condition(text)
        if kind == "function":
            name = unescape(text[:-1])
            return text if name.lower() in _CONDITION_FUNCTIONS else OPAQUE[kind](text)
        return OPAQUE[kind](text) if kind in OPAQUE else text

    def _word(self, text: str) -> str:
        """Judge a word outside of brackets."""
        name = unescape(text)
        words = ASKING.get(self.name)
        if words is not None:
            return text if name.lower() in words else crossed_out(name)
        if name.lower() in _GLUE:
            return text
        if self.name == "namespace":
            return namespace_prefix(text)
        apart = self.after_name and self.name != "font-feature-values"
        return crossed_out(name) if apart else named(text)

    def _condition(self, text: str) -> str:
        """Judge a word of a condition: features, properties and CSS's words stay."""
        if self.functions[-1] == "layer":
            return crossed_out(unescape(text)) if self.after_name else named(text)
        return text if unescape(text).lower() in CONDITIONS else OPAQUE["ident"](text)

    def _number(self, text: str) -> str:
        number, unit = number_and_unit(text)
        if not self.functions:
            return layout_number(number) + named_unit(unit)
        return OPAQUE["number"](text)
