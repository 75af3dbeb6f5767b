"""The published allow-lists: which attribute values are structure, and which words.

Theory: an attribute name is structure; its value is private unless this file
says what such a value may look like and the value does. Every kind is a test on
the value alone, so the same value is judged alike in an element, in a mutation
and in a CSS attribute selector.

Failure direction: a name that is not listed is `Kind.TEXT`, a value that fails
its test is masked.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable

from replay_redact._allowlists import words
from replay_redact._allowlists.references import (
    are_parts,
    are_references,
    is_reference,
    is_slot_name,
)


class Kind(enum.Enum):
    """How the value of an attribute is judged."""

    __hash__ = object.__hash__  # of enums it is a function of Python's, and slow

    NAME = "name"
    """A name that style sheets refer to: kept, with zeros for long numbers."""
    PART = "part"
    """Names of parts, which style sheets refer to: kept if they look like names."""
    SLOT = "slot"
    """The name of a slot: kept if it looks like a name."""
    REFERENCE = "reference"
    """One id: kept if code would write it so."""
    REFERENCES = "references"
    """Several ids: kept if code would write each of them so."""
    WORDS = "words"
    """Kept if every word in it is in `WORDS`."""
    NUMBER = "number"
    """Kept if it is one short number, with a unit."""
    NUMBERS = "numbers"
    """Kept if it is a list of short numbers, with units."""
    PAINT = "paint"
    """A part of a drawing: kept if it is words, or refers to a paint or shape of the page."""
    SHAPE = "shape"
    """Kept if it is an SVG path or transform list."""
    LANGUAGE = "language"
    """Kept if it is a language tag."""
    FLAG = "flag"
    """Present or absent; the value is emptied."""
    STATE = "state"
    """Checked, selected: kept as true or false."""
    URL = "url"
    """Masked by the URL rule."""
    SOURCE = "source"
    """Pixels, sound or a document: replaced by a placeholder."""
    SOURCE_SET = "source-set"
    """Several sources: emptied."""
    STYLE = "style"
    """Masked by the CSS pass, as declarations."""
    SHEET = "sheet"
    """Masked by the CSS pass, as a style sheet."""
    VALUE = "value"
    """What a form field holds: masked to its length."""
    CODE = "code"
    """Script or markup: emptied."""
    TEXT = "text"
    """Everything else: masked like text."""


def _names(kind: Kind, names: str) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), kind)


ATTRIBUTES: dict[str, Kind] = {
    **_names(Kind.NAME, "class id"),
    **_names(Kind.PART, "part exportparts"),
    **_names(Kind.SLOT, "slot"),
    **_names(
        Kind.REFERENCE,
        """for form list popovertarget commandfor aria-activedescendant aria-details
        aria-errormessage""",
    ),
    **_names(
        Kind.REFERENCES,
        """headers itemref aria-controls aria-describedby aria-flowto aria-labelledby
        aria-owns""",
    ),
    **_names(
        Kind.WORDS,
        """accept-charset align allow allowtransparency aria-atomic aria-autocomplete aria-busy
        aria-checked aria-current aria-disabled aria-dropeffect aria-expanded
        aria-grabbed aria-haspopup aria-hidden aria-invalid aria-live aria-modal
        aria-multiline aria-multiselectable aria-orientation aria-pressed aria-readonly
        aria-relevant aria-required aria-selected aria-sort as autocapitalize
        autocomplete autocorrect axis bgcolor border behavior bordercolor charset clear
        clip-path-units clip-rule color color-interpolation color-interpolation-filters
        colorspace contenteditable crossorigin decoding dir direction display
        dominant-baseline draggable enctype enterkeyhint face fetchpriority
        fill-rule filterUnits font-style font-weight formenctype formmethod frame
        frameborder gradientUnits hidefocus http-equiv imagesizes inputmode kind
        lengthAdjust link loading maskContentUnits
        maskUnits media method overflow patternContentUnits patternUnits pointer-events
        popover preload preserveAspectRatio primitiveUnits referrerpolicy rel rev role
        rr_mediaState rr_open_mode rules sandbox scope scrolling shape shape-rendering
        sizes spellcheck spreadMethod stop-color stroke-linecap stroke-linejoin
        target text text-anchor text-rendering translate type valign vector-effect
        visibility vlink alink wrap writing-mode xml:space xmlns xmlns:xlink""",
    ),
    **_names(
        Kind.NUMBER,
        """aria-colcount aria-colindex aria-colspan aria-level aria-posinset aria-rowcount
        aria-rowindex aria-rowspan aria-setsize bottommargin cellpadding cellspacing char
        charoff cols colspan cx cy fill-opacity font-size fr framespacing fx fy height
        hspace leftmargin letter-spacing marginheight marginwidth markerHeight
        markerWidth maxlength minlength offset opacity order orient pathLength r refX
        refY rightmargin rows rowspan rr_height rr_mediaCurrentTime rr_mediaPlaybackRate
        rr_mediaVolume rr_scrollLeft rr_scrollTop rr_width rx ry size span start
        startOffset stop-opacity stroke-dashoffset stroke-miterlimit stroke-opacity
        stroke-width tabindex textLength topmargin version vspace width x1 x2 y1 y2 z""",
    ),
    **_names(
        Kind.NUMBERS,
        "coords dx dy rotate stdDeviation stroke-dasharray viewBox x y",
    ),
    **_names(
        Kind.PAINT, "clip-path fill filter marker marker-end marker-mid marker-start mask stroke"
    ),
    **_names(Kind.SHAPE, "d gradientTransform patternTransform points transform"),
    **_names(Kind.LANGUAGE, "hreflang lang srclang xml:lang"),
    **_names(
        Kind.FLAG,
        """allowfullscreen async autofocus autoplay compact controls default defer disabled
        disablepictureinpicture disableremoteplayback formnovalidate hidden inert ismap itemscope
        loop multiple muted nohref nomodule noresize noshade novalidate nowrap open playsinline
        readonly required reversed rr_mediaLoop rr_mediaMuted shadowrootmode
        data-sentry-block data-sentry-ignore data-sentry-mask data-sentry-unblock
        data-sentry-unmask data-rr-is-password""",
    ),
    **_names(Kind.STATE, "checked selected"),
    **_names(
        Kind.URL,
        """action cite classid codebase formaction href icon longdesc manifest ping profile
        usemap xlink:href""",
    ),
    **_names(Kind.SOURCE, "archive background data dynsrc lowsrc poster rr_dataURL rr_src src"),
    **_names(Kind.SOURCE_SET, "imagesrcset srcset"),
    **_names(Kind.STYLE, "style"),
    **_names(Kind.SHEET, "_cssText"),
    **_names(Kind.VALUE, "value label"),  # an option shows its label
    **_names(Kind.CODE, "integrity nonce srcdoc"),
}
"""Attribute names by the kind of their value. A name that is not here is `Kind.TEXT`."""

REWRITTEN = frozenset(
    {Kind.URL, Kind.SOURCE, Kind.SOURCE_SET, Kind.STYLE, Kind.SHEET, Kind.VALUE, Kind.CODE}
)
"""Kinds whose values redaction may replace by something of another shape."""

MEDIA_FEATURES = frozenset(
    """
    any-hover any-pointer aspect-ratio block-size color color-gamut color-index device-aspect-ratio
    device-height device-posture device-width display-mode dynamic-range environment-blending
    forced-colors grid height horizontal-viewport-segments hover inline-size inverted-colors
    monochrome nav-controls orientation overflow-block overflow-inline pointer
    prefers-color-scheme prefers-contrast prefers-reduced-data prefers-reduced-motion
    prefers-reduced-transparency resolution scan scripting stuck snapped scrollable update
    vertical-viewport-segments video-color-gamut video-dynamic-range width
    min-aspect-ratio max-aspect-ratio min-block-size max-block-size min-color max-color
    min-color-index max-color-index min-device-aspect-ratio max-device-aspect-ratio
    min-device-height max-device-height min-device-width max-device-width min-height max-height
    min-inline-size max-inline-size min-monochrome max-monochrome min-resolution max-resolution
    min-width max-width device-pixel-ratio min-device-pixel-ratio max-device-pixel-ratio
    -webkit-device-pixel-ratio -webkit-min-device-pixel-ratio -webkit-max-device-pixel-ratio
    -moz-device-pixel-ratio min--moz-device-pixel-ratio max--moz-device-pixel-ratio
    -o-min-device-pixel-ratio -o-max-device-pixel-ratio transform-3d -webkit-transform-3d
    -ms-high-contrast active black-on-white white-on-black coarse fine fast interlace
    minimal-ui browser standalone p3 rec2020 srgb more custom standard high initial-only enabled
    """.split()
)
"""What a media or container query may ask, and the answers."""

WORDS = words.WORDS
COLORS = words.COLORS

CODE_TAGS = frozenset({"script", "template", "noscript"})
"""Tags whose text is code, or markup that no one sees."""

NAMESPACES = frozenset(
    {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1998/Math/MathML",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2000/xmlns/",
    }
)

DOCTYPES = frozenset(
    {
        ("", ""),
        ("", "about:legacy-compat"),
        ("-//W3C//DTD HTML 3.2 Final//EN", ""),
        ("-//W3C//DTD HTML 4.0 Transitional//EN", ""),
        ("-//W3C//DTD HTML 4.0 Transitional//EN", "http://www.w3.org/TR/REC-html40/loose.dtd"),
        ("-//W3C//DTD HTML 4.01//EN", ""),
        ("-//W3C//DTD HTML 4.01//EN", "http://www.w3.org/TR/html4/strict.dtd"),
        ("-//W3C//DTD HTML 4.01 Frameset//EN", "http://www.w3.org/TR/html4/frameset.dtd"),
        ("-//W3C//DTD HTML 4.01 Transitional//EN", ""),
        ("-//W3C//DTD HTML 4.01 Transitional//EN", "http://www.w3.org/TR/html4/loose.dtd"),
        ("-//W3C//DTD XHTML 1.0 Strict//EN", "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"),
        (
            "-//W3C//DTD XHTML 1.0 Transitional//EN",
            "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd",
        ),
        (
            "-//W3C//DTD XHTML 1.0 Frameset//EN",
            "http://www.w3.org/TR/xhtml1/DTD/xhtml1-frameset.dtd",
        ),
        ("-//W3C//DTD XHTML 1.1//EN", "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"),
        (
            "-//W3C//DTD XHTML Basic 1.1//EN",
            "http://www.w3.org/TR/xhtml-basic/xhtml-basic11.dtd",
        ),
    }
)
"""Public and system identifiers that decide a browser's rendering mode."""

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]{0,127}")
_HEX_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
_WORD_GLUE = re.compile(r"[\s\d.,:;()%/*+=<>'-]*")
_LONG_NUMBER = re.compile(r"\d{7}")
_COLOR = re.compile(r"(?:rgba?|hsla?|hwb|(?:ok)?(?:lab|lch))\([^()]*\)", re.IGNORECASE)
_MEASURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[A-Za-z]{1,4}|%)")
_MOST_DIGITS = 6  # that measure nothing: more of them are a telephone number, or a date of birth
_PAINT_SERVER = re.compile(
    r"url\(\s?(?P<quote>[\"']?)#(?P<id>[^\s\"'()\\]{1,128})(?P=quote)\s?\)(?P<rest>.*)"
)
_NUMBER = (
    r"(?:[-+]?(?:[0-9]{1,6}+(?:\.[0-9]{0,17}+)?|\.[0-9]{1,17}+)"
    r"(?:e[-+]?[0-9]{1,2}+)?(?:px|em|rem|pt|%|deg|\*)?|\*)"
)
_ONE_NUMBER = re.compile(rf"\s*+(?:{_NUMBER})?\s*+")
_NUMBERS = re.compile(rf"\s*+(?:{_NUMBER}(?:[\s,;]++{_NUMBER})*+)?[\s,;]*+")
_SHAPE = re.compile(
    r"(?:\s*+(?:[zZ]|(?:translate|scale|rotate|matrix|skew[XY]|[A-Za-z])?+\s*+\(?"
    r"(?:[\s,]*+[-+]?(?:[0-9]{1,6}+(?![0-9])(?:\.[0-9]{0,17}+)?|\.[0-9]{1,17}+)(?![0-9])"
    r"(?:[eE][-+]?[0-9]{1,2}+(?![0-9]))?)++\s*+\)?))*+\s*"
)
# Language, script and region: what comes after them may be of somebody's own making.
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?|x-default")


def are_words(value: str) -> bool:
    """Tell whether a value is made of published words, short numbers and punctuation.

    >>> are_words("(max-width: 600px) and (color)"), are_words("Maya"), are_words("#c0ffee")
    (True, False, True)
    """
    if value in NAMESPACES:
        return True
    rest = _HEX_COLOR.sub("", value)
    if _LONG_NUMBER.search(rest):
        return False
    if not all(word.lower() in WORDS for word in _WORD.findall(rest)):
        return False
    bare = _WORD.sub("", _MEASURE.sub("", _COLOR.sub("", rest)))
    if sum(map(str.isdigit, bare)) > _MOST_DIGITS:
        return False
    return _WORD_GLUE.fullmatch(_WORD.sub("", rest)) is not None


def paint_reference(value: str) -> tuple[str, str] | None:
    """Return the id that a paint refers to, and what is painted if it is not there.

    >>> paint_reference("url(#gradient-1) none"), paint_reference("url(https://a.example/#x)")
    (('gradient-1', ' none'), None)
    """
    match = _PAINT_SERVER.fullmatch(value)
    if match is None or not is_reference(match["id"]) or not are_words(match["rest"]):
        return None
    return match["id"], match["rest"]


def _is_paint(value: str) -> bool:
    return are_words(value) or paint_reference(value) is not None


def is_tag_name(name: str) -> bool:
    """Tell whether a string has the form of a tag name.

    >>> is_tag_name("my-menu"), is_tag_name("jan\u00e9"), is_tag_name("Jane Roe")
    (True, False, False)
    """
    return _TAG_NAME.fullmatch(name) is not None


def _fits(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


TESTS: dict[Kind, Callable[[str], bool]] = {
    Kind.NAME: lambda _: True,
    Kind.PART: are_parts,
    Kind.SLOT: is_slot_name,
    Kind.REFERENCE: is_reference,
    Kind.REFERENCES: are_references,
    Kind.WORDS: are_words,
    Kind.NUMBER: _fits(_ONE_NUMBER),
    Kind.NUMBERS: _fits(_NUMBERS),
    Kind.PAINT: _is_paint,
    Kind.SHAPE: _fits(_SHAPE),
    Kind.LANGUAGE: _fits(_LANGUAGE),
}
"""For the kinds that may stay: does this value have the shape its kind allows?"""


def is_structural(name: str, value: str) -> bool:
    """Tell whether an attribute's value is public by the allow-list.

    >>> is_structural("type", "checkbox"), is_structural("type", "Maya")
    (True, False)
    >>> is_structural("title", "checkbox")
    False
    """
    test = TESTS.get(ATTRIBUTES.get(name, Kind.TEXT))
    return test is not None and test(value)


def kind_of(name: str) -> Kind:
    """Return the kind of an attribute, whatever letter case its name is written in.

    >>> kind_of("SRC"), kind_of("onclick"), kind_of("data-user")
    (<Kind.SOURCE: 'source'>, <Kind.CODE: 'code'>, <Kind.TEXT: 'text'>)
    """
    kind = ATTRIBUTES.get(name)
    if kind is not None:
        return kind
    low = name.lower()
    if low.startswith(("on", "_on")):
        return Kind.CODE
    kind = ATTRIBUTES.get(low, Kind.TEXT)
    return Kind.TEXT if kind is Kind.SHEET else kind  # recorders write it in one way
