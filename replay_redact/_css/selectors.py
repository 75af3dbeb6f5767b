"""Masking selectors: they keep the names of the page, and say nothing else.

* Classes and ids stay, and attributes are masked, exactly as in the page. So masked elements still
  meet their rules.
* A word that a selector compares an attribute with stays if the value would stay in the attribute.
  It is left open (`Literal`) if it may become public: that depends on all style sheets of the page.
* Names of elements stay if HTML, SVG or MathML has them, or if they have the hyphen of a custom
  element. Pseudo-classes stay if CSS has them.
* Any other word may be speech, as in ``Dear Jane Roe {``. It becomes ``×`` for each character, and
  so names no element. No masked value has a ``×``, so that such a selector matches nothing.

A masked selector has the same form as before. Masking twice gives the same as masking once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from replay_redact._allowlists.attribute_names import COMPONENT_NAMES, is_public_name
from replay_redact._allowlists.attributes import ATTRIBUTES, Kind, is_structural
from replay_redact._allowlists.compared import (
    is_public_literal,
    is_state_word,
    may_be_compared,
)
from replay_redact._allowlists.css_words import CSS_KEYWORDS, CSS_PSEUDOS
from replay_redact._allowlists.element_names import ELEMENT_NAMES
from replay_redact._allowlists.forms import paint_reference
from replay_redact._allowlists.identifiers import zeroed, zeroed_words
from replay_redact._allowlists.references import is_slot_name
from replay_redact._css.numbers import layout_number, number_and_unit, zeros
from replay_redact._css.policy_selectors import OPERATORS, Atom
from replay_redact._css.tokens import (
    Token,
    identifier,
    name_characters,
    quoted,
    string_value,
    unescape,
)
from replay_redact._css.values import CROSS, OPAQUE, crossed_out, mask_string, named

_URL_STARTS = frozenset(
    {"http", "http:", "http://", "https", "https:", "https://", "//", "/", "#", "mailto:", "tel:"}
)
_PREFIXES = ELEMENT_NAMES | {"xhtml", "mathml", "xlink", "xml", "html"}
_CUSTOM_ELEMENT = re.compile(r"[a-zA-Z][^\s-]*-\S*")
_WEBKIT = "-webkit-"
_BETWEEN_ELEMENTS = frozenset(",>+~()")
_DIGIT_FIRST = re.compile(r"-?[0-9]")
_STEPS = re.compile(r"[+-]?n(?:-[0-9]{0,6})?|odd|even|of|-", re.IGNORECASE)
_STEP_UNIT = re.compile(r"n?(?:-[0-9]{0,6})?", re.IGNORECASE)

# What stands in the brackets of pseudo-classes. Of others it is words of CSS.
_SELECTORS, _STEP, _NAMES, _LANGUAGE, _WORDS = "selectors", "step", "names", "language", "words"
_INSIDE: dict[str, str] = {
    **dict.fromkeys(
        """is not where has matches host host-context slotted cue cue-region current -moz-any
        -webkit-any deep ng-deep v-deep v-global v-slotted global""".split(),
        _SELECTORS,
    ),
    **dict.fromkeys(
        """nth-child nth-last-child nth-of-type nth-last-of-type nth-col nth-last-col nth-of-page
        nth""".split(),
        _STEP,
    ),
    **dict.fromkeys(
        """part highlight state view-transition-group view-transition-image-pair
        view-transition-new view-transition-old view-transition-group-children
        active-view-transition-type nth-fragment""".split(),
        _NAMES,
    ),
    "lang": _LANGUAGE,
}
PLAIN_FUNCTIONS = frozenset(name for name in CSS_PSEUDOS if _INSIDE.get(name) == _SELECTORS)
"""Pseudo-classes with selectors in their brackets."""


def is_element(name: str) -> bool:
    return name.lower() in ELEMENT_NAMES or _CUSTOM_ELEMENT.fullmatch(name) is not None


# --- token by token -------------------------------------------------------------------


def mask_selectors(segment: list[Token]) -> Iterator[str]:
    """Mask the selectors that stand before a block, or in the brackets of a condition."""
    if is_keyframe(segment):
        yield from map(_keyframe, segment)
        return
    selectors = _Selectors()
    at = 0
    while at < len(segment):
        if segment[at] == ("delim", "["):
            end = closing(segment, at)
            yield from attribute_selector(segment[at:end], selectors.tag)
            selectors.before = "]"
            at = end
            continue
        following = segment[at + 1].text if at + 1 < len(segment) else ""
        yield selectors.token(segment[at], following)
        at += 1


class _Selectors:
    """The tokens of selectors in order: what stands before and around tells what each is."""

    def __init__(self) -> None:
        self.inside: list[str] = []  # of the brackets that are open
        self.before = ""
        self.tag = ""  # of the element that is being described

    def token(self, token: Token, following: str) -> str:
        """Mask the next token."""
        kind, text = token
        masked = self._masked(kind, text, following)
        if kind == "function":
            name = unescape(text[:-1]).lower()
            self.inside.append(_INSIDE.get(name, _WORDS) if self.before == ":" else _WORDS)
        elif text == "(":
            self.inside.append(self.inside[-1] if self.inside else _SELECTORS)
        elif text == ")" and self.inside:
            self.inside.pop()
        if kind in {"space", "function"} or text in _BETWEEN_ELEMENTS:
            self.tag = ""
        elif kind == "ident" and self.before not in {".", ":"}:
            self.tag = unescape(text).lower()
        self.before = text
        return masked

    def _masked(self, kind: str, text: str, following: str) -> str:
        if kind == "ident":
            return self._word(text, following)
        if kind == "function":
            name = unescape(text[:-1])
            known = self.before == ":" and name.lower() in CSS_PSEUDOS
            return text if known else crossed_out(name) + "("
        if kind == "number":
            return self._number(text)
        if kind == "string":
            own = self.inside[-1:] == [_LANGUAGE] and is_structural("lang", string_value(text))
            return quoted(string_value(text), text[0]) if own else mask_string(text)
        return _OTHERS[kind](text) if kind in _OTHERS else text

    def _word(self, text: str, following: str) -> str:
        name = unescape(text)
        if self.before == ".":
            return named(text)
        if self.before == ":":
            return text if name.lower() in CSS_PSEUDOS else _unknown_pseudo(name)
        inside = self.inside[-1] if self.inside else _SELECTORS
        if inside == _STEP and _STEPS.fullmatch(name):
            if name.lower() == "of":
                self.inside[-1] = _SELECTORS
            return text
        if inside == _SELECTORS:
            return namespace_prefix(text) if following == "|" else _type_selector(text)
        if inside == _NAMES:
            return named(text)
        if inside == _LANGUAGE:
            return text if is_structural("lang", name) else crossed_out(name)
        return text if name.lower() in CSS_KEYWORDS else crossed_out(name)

    def _number(self, text: str) -> str:
        number, unit = number_and_unit(text)
        if not self.inside:  # no selector has a number but those of key frames
            return zeros(number) + crossed_out(unescape(unit))
        known = self.inside[-1] == _STEP and _STEP_UNIT.fullmatch(unescape(unit))
        return layout_number(number) + (unit if known else crossed_out(unescape(unit)))


_OTHERS: dict[str, Callable[[str], str]] = {
    "hash": lambda text: "#" + named_hash(text[1:]),
    "at": OPAQUE["at"],
    "url": lambda text: crossed_out(unescape(text.partition("(")[0])) + '("")',
    "comment": lambda _: "/**/",
}


def _unknown_pseudo(name: str) -> str:
    """Cross out a pseudo-element; browsers read a list in which one of -webkit- is unknown."""
    prefix = _WEBKIT if name.lower().startswith(_WEBKIT) else ""
    return prefix + crossed_out(name[len(prefix) :])


def named_hash(text: str) -> str:
    """Mask the name of an id as it is written; one that begins with a digit selects nothing."""
    masked = zeroed(unescape(text))
    if masked == unescape(text):
        return text
    return name_characters(masked) if _DIGIT_FIRST.match(text) else identifier(masked)


def namespace_prefix(text: str) -> str:
    """Mask the name that a style sheet gives to a namespace."""
    name = unescape(text)
    return text if name.lower() in _PREFIXES else crossed_out(name)


def _type_selector(text: str) -> str:
    name = unescape(text)
    return named(text) if is_element(name) else crossed_out(name)


# --- key frames -----------------------------------------------------------------------

_KEYFRAME_WORDS = frozenset(
    {"from", "to", "cover", "contain", "entry", "exit", "entry-crossing", "exit-crossing", "scroll"}
)
_KEYFRAME_KINDS = frozenset({"space", "comment", "mark"})


def is_keyframe(segment: list[Token]) -> bool:
    """Tell whether a selector has the form of those in ``@keyframes``."""
    return all(
        kind in _KEYFRAME_KINDS
        or (kind == "ident" and text.lower() in _KEYFRAME_WORDS)
        or (kind == "number" and text.endswith("%"))
        or text == ","
        for kind, text in segment
    )


def _keyframe(token: Token) -> str:
    kind, text = token
    if kind == "number":
        number, unit = number_and_unit(text)
        return layout_number(number) + unit
    return "/**/" if kind == "comment" else text


# --- attributes -----------------------------------------------------------------------


def closing(segment: list[Token], at: int) -> int:
    """Return where the bracket that opens at an index closes, or the end."""
    return next((i for i in range(at, len(segment)) if segment[i].text == "]"), len(segment))


class Literal(str):
    """A crossed-out word of an attribute selector, and how it is written if it is public.

    As a string it is the safe form, so whoever joins it with others shows nothing.
    """

    __slots__ = ("atom", "shown")

    atom: Atom
    shown: str

    @classmethod
    def of(cls, atom: Atom, quote: str) -> Literal:
        """Return what stands for the word that an atom compares."""
        literal = cls(quoted(crossed_out(atom.value), quote))
        literal.atom = atom
        literal.shown = quoted(atom.value, quote)
        return literal


_FLAGS: tuple[list[str], ...] = ([], ["i"], ["s"])


def attribute_selector(tokens: list[Token], tag: str = "") -> Iterator[str]:
    """Mask ``[name operator value`` (the closing bracket comes after); ``tag`` has it, if known."""
    equals = next((i for i, token in enumerate(tokens) if token.text == "="), len(tokens))
    names = [i for i, token in enumerate(tokens[:equals]) if token.kind == "ident"]
    for i, (kind, text) in enumerate(tokens[: equals + 1]):
        if i == equals:
            yield text
        elif kind != "comment":
            yield _before_operator(kind, text, own=i in names[-1:])
    value = [token for token in tokens[equals + 1 :] if token.kind not in {"space", "comment"}]
    if not value:
        return
    name = unescape(tokens[names[-1]].text) if names else ""
    flags = [text.lower() for _, text in value[1:]]
    kind, text = value[0]
    atom = Atom(
        name,
        "".join(text for kind, text in tokens[sum(names[-1:]) : equals + 1] if kind == "delim"),
        string_value(text) if kind == "string" else unescape(text),
        ignore_case=flags == ["i"],
    )
    quote = text[0] if kind == "string" else '"'
    if flags not in _FLAGS:  # browsers ignore the rule: [data-kind=Jane Roe]
        yield quoted(crossed_out(atom.value or CROSS), quote)
        return
    if tag == "slot" and name.lower() == "name" and is_slot_name(atom.value):
        yield quoted(zeroed(atom.value), quote)
    else:
        yield _compared(atom, quote, in_namespace=len(names) > 1)
    yield from (f" {flag}" for flag in flags)


def _before_operator(kind: str, text: str, *, own: bool) -> str:
    if kind == "ident":
        return _attribute_name(text) if own else namespace_prefix(text)
    if kind in {"delim", "space"}:
        return text
    return mask_string(text) if kind == "string" else ""


def _attribute_name(text: str) -> str:
    """Keep the name of an attribute that elements keep, and cross out any other."""
    name = unescape(text)
    known = is_public_name(name) or name.lower() in COMPONENT_NAMES
    return named(text) if known else crossed_out(name)


def _compared(atom: Atom, quote: str, *, in_namespace: bool) -> str:
    """Mask the word that an attribute selector compares."""
    name, value = atom.name, atom.value
    kind = ATTRIBUTES.get(name, Kind.TEXT)
    if kind is Kind.PAINT and paint_reference(value):
        return quoted(zeroed(value), quote)
    if is_structural(name, value):
        return quoted(zeroed_words(value) if kind.named else value, quote)
    if kind in {Kind.URL, Kind.SOURCE} and value.lower() in _URL_STARTS:
        return quoted(value, quote)
    own = atom._replace(name=name.lower())
    if atom.operator in OPERATORS and not in_namespace and _may_be_public(own):
        return Literal.of(own, quote)
    return quoted(crossed_out(value), quote)


def _may_be_public(atom: Atom) -> bool:
    if is_state_word(atom.name, atom.value):
        return True
    return may_be_compared(atom.name) and is_public_literal(atom.operator, atom.value)
