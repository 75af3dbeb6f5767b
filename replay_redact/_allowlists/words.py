"""Words that are markup, not speech: attribute values that standards define, and tags.

A word that is missing here is private.
"""

from __future__ import annotations

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
    _blank _parent _self _top a absbottom absmiddle absolute additional-name additions
    address-level1 address-level2 address-level3 address-level4 address-line1 address-line2
    address-line3 after alert alertdialog all all-scroll allow-forms allow-modals allow-popups
    allow-same-origin allow-scripts alternate alternate-icon alternate-reverse always amd and
    anonymous any apple-touch-icon apple-touch-startup-image application article aspect-ratio
    assertive async atom attr audio author auto autoplay avif backwards banner baseline bday
    bday-day bday-month bday-year before billing block block-end block-start body bold bolder
    bookmark border-box both bottom box break button calc canonical cap capitalize caption
    cc-additional-name cc-csc cc-exp cc-exp-month cc-exp-year cc-family-name cc-given-name
    cc-name cc-number cc-type cell center ch char charset checkbox circ circle clamp clip
    clipboard-read clipboard-write close closest-side cm code col colgroup collapse color
    color-mix cols column column-reverse columnheader combobox complementary contain content
    content-box content-type contents contextual copy counter counters country country-name
    cover cqb cqh cqi cqmax cqmin cqw cross-origin crossorigin css current-password cursive dark
    dashed date datetime datetime-local day decimal default default-src default-style deferred
    definition deg deletion dialog disc display-mode dns-prefetch document dotted double dpcm
    dpi dppx dvh dvw eager ease ease-in ease-in-out ease-out ellipse ellipsis em email emphasis
    encrypted-media end env environment evenodd ex execute external false family-name fantasy
    feed fetch figure file fill fill-box first fit-content fixed flex flex-end flex-start
    flow-root font form forwards fr fullscreen function generic geolocation get gif given-name
    grad grammar grid gridcell groove group gt gyroscope hand handheld heading height help
    hidden high home honorific-prefix honorific-suffix horizontal hover hsides hsl hsla html hz
    ic ico icon icons iframe image img immediate important impp in incremental infinite inherit
    initial inline inline-block inline-end inline-flex inline-grid inline-start insertion inset
    inside inter interactive internal invert ios-icon isolate italic javascript jpeg jpg json
    justify keep-all khz kind landscape large larger last latin layout lazy ld left legend less
    lh lhs license light lighter line line-through linear link list listbox listitem local log
    low lower-alpha lower-roman lowercase lt ltr lvh lvw main manifest manual mark marker
    marquee mask mask-icon math max max-content max-height max-width maximum-scale medium meet
    menu menubar menuitem menuitemcheckbox menuitemradio metadata meter mid middle min
    min-content min-height min-width minmax mixed mm mobile modal module modulepreload monospace
    month move mp4 mpeg ms multiline multipart multiply name navigation new-password next
    nickname no no-cors no-drop no-referrer no-referrer-when-downgrade no-repeat nofollow none
    nonzero noopener noreferrer normal not not-allowed note nowrap number numeric object
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
"""Words that are markup, not speech. Attribute values and CSS made of them stay."""

HTML_TAGS = frozenset(
    """
    a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption
    cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset
    figcaption figure footer form frame g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img
    input ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup
    option output p path picture pre progress q rect rp rt ruby s samp search section select slot
    small source span strong style sub summary sup svg table tbody td template textarea tfoot th
    thead time title tr track u ul use var video wbr circle line polygon polyline ellipse text
    """.split()
)
"""Tags that a breadcrumb may name. Any other word in that place may be free text."""

CODE_TAGS = frozenset({"script", "template", "noscript"})
"""Tags whose text is code, or markup that the page does not show."""
