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


class Kind(enum.Enum):
    """How the value of an attribute is judged."""

    __hash__ = object.__hash__  # of enums it is a function of Python's, and slow

    NAME = "name"
    """A name that other structure refers to: kept."""
    WORDS = "words"
    """Kept if every word in it is in `WORDS`."""
    NUMBER = "number"
    """Kept if it is one short number, with a unit."""
    NUMBERS = "numbers"
    """Kept if it is a list of short numbers, with units."""
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
    **_names(
        Kind.NAME,
        """class id for form headers list slot part exportparts itemref popovertarget commandfor
        aria-activedescendant aria-controls aria-describedby aria-details aria-errormessage
        aria-flowto aria-labelledby aria-owns""",
    ),
    **_names(
        Kind.WORDS,
        """accept-charset align allow aria-atomic aria-autocomplete aria-busy aria-checked
        aria-current aria-disabled aria-dropeffect aria-expanded aria-grabbed aria-haspopup
        aria-hidden aria-invalid aria-live aria-modal aria-multiline aria-multiselectable
        aria-orientation aria-pressed aria-readonly aria-relevant aria-required aria-selected
        aria-sort as autocapitalize autocomplete autocorrect axis bgcolor border behavior
        bordercolor charset clear clip-path-units clip-rule color color-interpolation
        color-interpolation-filters colorspace contenteditable crossorigin decoding dir direction
        display dominant-baseline draggable enctype enterkeyhint face fetchpriority fill fill-rule
        filterUnits font-style font-weight formenctype formmethod frame frameborder
        gradientUnits http-equiv imagesizes inputmode kind lengthAdjust link loading
        marker-end marker-mid marker-start maskContentUnits maskUnits media method
        overflow patternContentUnits patternUnits pointer-events popover preload
        preserveAspectRatio primitiveUnits referrerpolicy rel rev role rr_mediaState rr_open_mode
        rules sandbox scope scrolling shape shape-rendering sizes spellcheck spreadMethod
        stop-color stroke stroke-linecap stroke-linejoin target text text-anchor text-rendering
        translate type valign vector-effect visibility vlink alink wrap writing-mode xml:space
        xmlns xmlns:xlink""",
    ),
    **_names(
        Kind.NUMBER,
        """aria-colcount aria-colindex aria-colspan aria-level aria-posinset aria-rowcount
        aria-rowindex aria-rowspan aria-setsize bottommargin cellpadding cellspacing char
        charoff cols colspan cx cy fill-opacity font-size fr fx fy height hspace leftmargin
        letter-spacing marginheight marginwidth markerHeight markerWidth maxlength minlength
        offset opacity order orient pathLength r refX refY rightmargin rows rowspan rr_height
        rr_mediaCurrentTime rr_mediaPlaybackRate rr_mediaVolume rr_scrollLeft rr_scrollTop
        rr_width rx ry size span start startOffset stop-opacity stroke-dashoffset
        stroke-miterlimit stroke-opacity stroke-width tabindex textLength topmargin version
        vspace width x1 x2 y1 y2 z""",
    ),
    **_names(
        Kind.NUMBERS,
        "coords dx dy rotate stdDeviation stroke-dasharray viewBox x y",
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

COLORS = frozenset(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
    blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk
    crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki
    darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
    dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite
    gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
    lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen
    lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
    magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
    mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream
    mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
    powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown
    seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen
    steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
    transparent currentcolor
    """.split()
)

WORDS = COLORS | frozenset(
    """
    _blank _parent _self _top a absolute additional-name additions address-level1 address-level2
    address-level3 address-level4 address-line1 address-line2 address-line3 after alert
    alertdialog all all-scroll allow-forms allow-modals allow-popups allow-same-origin
    allow-scripts alternate alternate-icon alternate-reverse always amd and anonymous any
    apple-touch-icon apple-touch-startup-image application article aspect-ratio assertive async
    atom attr audio author auto autoplay avif backwards banner baseline bday bday-day bday-month
    bday-year before billing block block-end block-start body bold bolder bookmark border-box
    both bottom box break button calc canonical cap capitalize caption cc-additional-name cc-csc
    cc-exp cc-exp-month cc-exp-year cc-family-name cc-given-name cc-name cc-number cc-type cell
    center ch char charset checkbox circ circle clamp clip clipboard-read clipboard-write close
    closest-side cm code col colgroup collapse color color-mix cols column column-reverse
    columnheader combobox complementary contain content content-box content-type contents
    contextual copy counter counters country country-name cover cqb cqh cqi cqmax cqmin cqw
    cross-origin crossorigin css current-password cursive dark dashed date datetime
    datetime-local day decimal default default-src default-style deferred definition deg
    deletion dialog disc display-mode dns-prefetch document dotted double dpcm dpi dppx dvh dvw
    eager ease ease-in ease-in-out ease-out ellipse ellipsis em email emphasis encrypted-media
    end env environment evenodd ex execute external false family-name fantasy feed fetch figure
    file fill fill-box first fit-content fixed flex flex-end flex-start flow-root font form
    forwards fr fullscreen function generic geolocation get gif given-name grad grammar grid
    gridcell groove group gt gyroscope hand handheld heading height help hidden high home
    honorific-prefix honorific-suffix horizontal hover hsides hsl hsla html hz ic ico icon icons
    iframe image img immediate important impp in incremental infinite inherit initial inline
    inline-block inline-end inline-flex inline-grid inline-start insertion inset inside inter
    interactive internal invert ios-icon isolate italic javascript jpeg jpg json justify
    keep-all khz kind landscape large larger last latin layout lazy ld left legend less lh lhs
    license light lighter line line-through linear link list listbox listitem local log low
    lower-alpha lower-roman lowercase lt ltr lvh lvw main manifest manual mark marker marquee
    mask mask-icon math max max-content max-height max-width maximum-scale medium meet menu
    menubar menuitem menuitemcheckbox menuitemradio metadata meter mid middle min min-content
    min-height min-width minmax mixed mm mobile modal module modulepreload monospace month move
    mp4 mpeg ms multiline multipart multiply name navigation new-password next nickname no
    no-cors no-drop no-referrer no-referrer-when-downgrade no-repeat nofollow none nonzero
    noopener noreferrer normal not not-allowed note nowrap number numeric object
    objectboundingbox oblique oembed off ogg on once one-time-code only opener
    opensearchdescription option or organization organization-title orientation origin
    origin-when-cross-origin otf outline outset outside overline pad padding-box password paused
    payment pc photo picture-in-picture ping pingback plain play played png pointer polite poly
    portrait post postal-code postalcode pre preconnect prefers-color-scheme
    prefers-reduced-motion prefetch preload prerender presentation prev preview print profile
    progress progressbar progressive projection property pt px q rad radio radiogroup range rect
    reduce referrer reflect refresh region relative rem removals repeat repeat-x repeat-y reset
    resolution reverse revert revert-layer rgb rgba ridge right rlh role rotate round row
    row-reverse rowgroup rowheader rows rsd rss rtl running s same-origin sans-serif scale
    scale-down screen script scroll scrollbar search searchbox section sentences separate
    separator serif sex shipping shortcut sibling slice slider slow small smaller solid source
    space-around space-between space-evenly spacing spacingandglyphs spelling spinbutton square
    start static status step-end step-start sticky street-address stretch strict-origin
    strict-origin-when-cross-origin stroke-box strong style stylesheet sub submit subscript
    subtitles super superscript svg svh svw swap switch system-ui tab table table-cell table-row
    tablist tabpanel tag tel tel-area-code tel-country-code tel-extension tel-local tel-national
    term text text-bottom text-top textarea textbox textpath thick thin time timer toggle
    toolbar tooltip top transaction-amount transaction-currency translate translatex translatey
    tree treegrid treeitem true ttf tty turn tv ui-monospace ui-sans-serif ui-serif undefined
    underline unsafe-none unsafe-url unset up upper-alpha upper-roman uppercase url urlencoded
    use use-credentials user username userspaceonuse utf utf-8 var vb verbatim vertical
    vertical-lr vertical-rl vh vi video view viewport visible visiblefill visiblepainted
    visiblestroke vmax vmin vsides vw wait wbmp webm webp week weekday weight wheel width wifi
    wlwmanifest woff woff2 words work worker wrap wrap-reverse www x x-icon x-large x-small
    x-www-form-urlencoded xhtml xmaxymax xmaxymid xmaxymin xmidymax xmidymid xmidymin xminymax
    xminymid xminymin xml xx-large xx-small xxx-large y yes z zoom zoom-in zoom-out
    """.split()
)
"""Words that are markup, not speech. Attribute values and opaque CSS made of them are kept."""

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
_HEX_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
_WORD_GLUE = re.compile(r"[\s\d.,:;()%/*+=<>'-]*")
_LONG_NUMBER = re.compile(r"\d{7}")
_COLOR = re.compile(r"(?:rgba?|hsla?|hwb|(?:ok)?(?:lab|lch))\([^()]*\)", re.IGNORECASE)
_MEASURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[A-Za-z]{1,4}|%)")
_MOST_DIGITS = 6  # that measure nothing: more of them are a telephone number, or a date of birth
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
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}|x-default)(?:-(?:[a-z]{4}|[a-z]{2}|\d{3}))*", re.IGNORECASE)


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


def _fits(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


TESTS: dict[Kind, Callable[[str], bool]] = {
    Kind.NAME: lambda _: True,
    Kind.WORDS: are_words,
    Kind.NUMBER: _fits(_ONE_NUMBER),
    Kind.NUMBERS: _fits(_NUMBERS),
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
