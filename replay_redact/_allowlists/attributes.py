"""The allow-list of attribute values: the kind of each attribute, and what follows from it.

A value is private unless its kind has a form of public values and the value has that form. A name
that is not listed is `Kind.TEXT`, of which no value is public.
"""

from __future__ import annotations

import enum
from collections.abc import Callable

from replay_redact._allowlists.forms import (
    are_numbers,
    are_words,
    is_language,
    is_number,
    is_paint,
    is_shape,
)
from replay_redact._allowlists.references import (
    are_parts,
    are_references,
    is_reference,
    is_slot_name,
)

Fits = Callable[[str], bool]


def _anything(_value: str) -> bool:
    return True


class Kind(enum.Enum):
    """How the value of an attribute is judged, one row for each kind.

    * ``word``: its name in messages;
    * ``channel``: the channel of the value in reports;
    * ``fits``: the test of the form that public values have, or ``None`` if no value is public;
    * ``rewritten``: redaction may replace the value by one of another form, so selectors of a
      policy cannot compare it;
    * ``inert``: the masked value may stand in a preview;
    * ``named``: the value holds names that style sheets refer to.
    """

    __hash__ = object.__hash__  # the hash of enums is written in Python, and slow

    # word, channel, form of a public value, traits
    NAME = "name", "attribute", _anything, "inert named"  # with zeros for long numbers
    PART = "part", "attribute", are_parts, "inert named"
    SLOT = "slot", "attribute", is_slot_name, "inert named"
    REFERENCE = "reference", "attribute", is_reference, "inert named"  # one id
    REFERENCES = "references", "attribute", are_references, "inert named"  # several ids
    WORDS = "words", "attribute", are_words, "inert"
    NUMBER = "number", "attribute", is_number, "inert"
    NUMBERS = "numbers", "attribute", are_numbers, "inert"
    PAINT = "paint", "attribute", is_paint, "inert"  # of a drawing: words, or a reference
    SHAPE = "shape", "attribute", is_shape, "inert"  # an SVG path, or transforms
    LANGUAGE = "language", "attribute", is_language, "inert"
    # No value of these is public.
    FLAG = "flag", "attribute", None, "inert"  # present or absent; the value is emptied
    STATE = "state", "attribute", None, ""  # checked, selected: true or false
    URL = "url", "url", None, "rewritten"
    SOURCE = "source", "media", None, "rewritten"  # pixels, sound, a document: a placeholder
    SOURCE_SET = "source-set", "media", None, "rewritten"  # several sources: emptied
    STYLE = "style", "css", None, "rewritten"  # declarations
    SHEET = "sheet", "css", None, "rewritten"  # a whole style sheet
    VALUE = "value", "input", None, "rewritten"  # what a form field holds
    CODE = "code", "code", None, "rewritten"  # script or markup: emptied
    TEXT = "text", "attribute", None, ""  # everything else: masked like text

    def __init__(self, word: str, channel: str, fits: Fits | None, traits: str) -> None:
        self.word = word
        self.channel = channel
        self.fits = fits
        self.rewritten = "rewritten" in traits
        self.inert = "inert" in traits
        self.named = "named" in traits

    def __repr__(self) -> str:
        return f"Kind.{self.name}"


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
    **_names(Kind.VALUE, "value label"),  # ``label`` is what a user sees of an option
    **_names(Kind.CODE, "integrity nonce srcdoc"),
}
"""The kind of each attribute, by name. A name that is missing is `Kind.TEXT`."""


def is_structural(name: str, value: str) -> bool:
    """Tell whether the value of an attribute is public because of its form.

    >>> is_structural("type", "checkbox"), is_structural("type", "Maya")
    (True, False)
    >>> is_structural("title", "checkbox")
    False
    """
    fits = ATTRIBUTES.get(name, Kind.TEXT).fits
    return fits is not None and fits(value)


def kind_of(name: str) -> Kind:
    """Return the kind of an attribute. Upper and lower case are the same.

    >>> kind_of("SRC"), kind_of("onclick"), kind_of("data-user")
    (Kind.SOURCE, Kind.CODE, Kind.TEXT)
    """
    kind = ATTRIBUTES.get(name)
    if kind is not None:
        return kind
    low = name.lower()
    if low.startswith(("on", "_on")):
        return Kind.CODE
    kind = ATTRIBUTES.get(low, Kind.TEXT)
    return Kind.TEXT if kind is Kind.SHEET else kind  # recorders write ``_cssText`` exactly so
