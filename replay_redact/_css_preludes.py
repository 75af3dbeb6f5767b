"""What stands before a block of CSS, and at-rules: which names and conditions stay.

Theory: selectors name elements by tags, classes and ids, which stay as in the page, and
by attributes, which are masked as in the page, so that masked elements still meet their
rules. At-rules ask for features; what else they carry is masked by what it is.

Invariant: what is masked is masked to itself.
Failure direction: an at-rule that is not known is the value of an unknown property.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from replay_redact._allowed import ATTRIBUTES, MEDIA_FEATURES, Kind, is_structural
from replay_redact._css_properties import CSS_PROPERTIES
from replay_redact._css_tokens import Token, quoted, string_value, unescape
from replay_redact._css_values import OPAQUE, mask_string, mask_tokens, selector_number, url_value
from replay_redact._masks import mask_text, mask_url
from replay_redact._media import placeholder

_CONDITIONS = CSS_PROPERTIES | MEDIA_FEATURES
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
SHEET_AT_RULES = frozenset({"import", "charset", "namespace", "layer"})
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
    if not name or name == "scope":
        yield from _masked(segment, _selector_token)
    elif name in _KNOWN_AT_RULES:
        yield from mask_at_rule(name, segment)
    else:
        yield from mask_tokens("", segment)


def mask_at_rule(name: str, segment: list[Token]) -> Iterator[str]:
    """Mask what an at-rule's prelude can carry: strings, addresses, conditions in parentheses."""
    return _masked(segment, _AtRule(name).token)


def _masked(segment: list[Token], mask: Callable[[str, str], str]) -> Iterator[str]:
    """Mask attribute selectors as such, and every other token by a function of kind and text."""
    at = 0
    while at < len(segment):
        kind, text = segment[at]
        if text == "[" and kind == "delim":
            end = _closing(segment, at)
            yield from _attribute_selector(segment[at:end])
            at = end
            continue
        yield mask(kind, text)
        at += 1


def _closing(segment: list[Token], at: int) -> int:
    """Return where the bracket that opens at an index closes, or the end."""
    return next((i for i in range(at, len(segment)) if segment[i].text == "]"), len(segment))


def _condition(kind: str, text: str) -> str:
    """Judge a token of a condition: features and properties stay, other words do not."""
    if kind == "ident" and unescape(text).lower() in _CONDITIONS:
        return text
    if kind == "function" and unescape(text[:-1]).lower() in _CONDITION_FUNCTIONS:
        return text
    return OPAQUE[kind](text) if kind in OPAQUE else text


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


class _AtRule:
    """The tokens of one at-rule, told by the functions that they stand in."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.functions: list[str] = []
        self.selectors = 0  # of these that hold a selector

    def token(self, kind: str, text: str) -> str:
        """Mask the next token."""
        if kind == "function" or text == "(":
            self.functions.append(unescape(text[:-1]).lower())
            self.selectors += self.functions[-1] == "selector"
        elif text == ")" and self.functions:
            self.selectors -= self.functions.pop() == "selector"
        masked = self._masked(kind, text)
        if self.name == "import" and kind in {"string", "url"}:
            self.name = ""  # what comes after the address is none of a style sheet
        return masked

    def _masked(self, kind: str, text: str) -> str:
        address = _AT_ADDRESSES.get(self.name, placeholder)
        if kind == "url":
            return f"url({quoted(address(url_value(text)))})"
        if kind == "string":
            own = not self.functions and self.name in _AT_ADDRESSES
            in_address = own or self.functions[-1:] == ["url"]
            return quoted(address(string_value(text))) if in_address else mask_string(text)
        if kind == "comment":
            return "/**/"
        if self.selectors or not self.functions:  # words are names here
            return selector_number(text) if kind == "number" else text
        return _condition(kind, text)


def _selector_token(kind: str, text: str) -> str:
    if kind == "string":
        return mask_string(text)
    if kind == "number":
        return selector_number(text)
    if kind == "url":
        return 'url("")'
    return "/**/" if kind == "comment" else text


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
        elif i <= equals and kind in {"string", "url"}:
            yield mask_string(text) if kind == "string" else 'url("")'
        elif i <= equals or kind == "space" or text.lower() in {"i", "s"}:
            yield text


def _attribute_value(name: str, value: str, quote: str) -> str:
    if is_structural(name, value):
        return quoted(value, quote)
    if ATTRIBUTES.get(name) in {Kind.URL, Kind.SOURCE} and value.lower() in _URL_STARTS:
        return quoted(value, quote)
    return quoted(mask_text(value), quote)
