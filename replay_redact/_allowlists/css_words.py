"""The words that CSS itself defines, as published allow-lists. Generated: do not edit.

A word that CSS defines says nothing about a person. A word that is missing here is masked
wherever a word could be speech.

`tests/generate_css_words.py` took these words on 2026-11-27 from the grammars in webref-css-8.7.5,
mdn-data-2.37.2 and css-tree-3.2.1 (npm). It also lists the few words that no grammar has.
"""

from __future__ import annotations

CSS_FUNCTIONS = frozenset(
    """
    -moz-calc -moz-element -moz-image-rect -moz-linear-gradient -moz-radial-gradient
    -moz-repeating-linear-gradient -moz-repeating-radial-gradient -ms-linear-gradient
    -ms-radial-gradient -o-linear-gradient -o-radial-gradient -o-repeating-linear-gradient
    -o-repeating-radial-gradient -webkit-calc -webkit-canvas -webkit-cross-fade -webkit-gradient
    -webkit-image-set -webkit-linear-gradient -webkit-radial-gradient
    -webkit-repeating-linear-gradient -webkit-repeating-radial-gradient abs acos add alpha anchor
    anchor-size annotation asin at-rule atan atan2 attr blur brightness calc calc-interpolate
    calc-mix calc-size character-variant circle clamp color color-hdr color-interpolate
    color-layers color-mix color-stop conic-gradient constant content contrast contrast-color
    control-value cos counter counters cross-fade cross-origin cubic-bezier cycle device-cmyk
    drop-shadow dynamic-range-limit-mix element ellipse env exp expression fade filter first-valid
    fit-content font-format font-tech format frames from generic grayscale hdr-color hsl hsla
    hue-rotate hwb hypot ictcp ident if image image-set inherit inset integrity interpolate invert
    jzazbz jzczhz keypress lab layer lch leader light-dark linear linear-gradient local log matrix
    matrix3d max media min minmax mod named-feature oklab oklch opacity ornaments paint
    palette-mix param path perspective pointer polygon pow progid progress radial-gradient random
    random-item ray rect referrer-policy rem repeat repeating-conic-gradient
    repeating-linear-gradient repeating-radial-gradient reversed rgb rgba rotate rotate3d rotatex
    rotatey rotatez round running saturate scale scale3d scalex scaley scalez scope scroll
    scroll-state selector sepia shape sibling-count sibling-index sign sin skew skewx skewy
    snap-block snap-inline snapinterval snaplist sqrt src steps string stripes style styleset
    stylistic superellipse supports swash symbols tan target-counter target-counters target-text
    tech to transform-interpolate transform-mix translate translate3d translatex translatey
    translatez type url url-pattern var view wcag2 xywh
    """.split()
)
"""Names of functions in values."""

CSS_KEYWORDS = frozenset(
    """
    -apple-pay-button -apple-system -apple-system-body -apple-system-caption1
    -apple-system-caption2 -apple-system-footnote -apple-system-headline -apple-system-short-body
    -apple-system-short-caption1 -apple-system-short-footnote -apple-system-short-headline
    -apple-system-short-subheadline -apple-system-subheadline -apple-system-tall-body -infinity
    -moz-activehyperlinktext -moz-available -moz-box -moz-buttondefault -moz-buttonhoverface
    -moz-buttonhovertext -moz-cellhighlight -moz-cellhighlighttext -moz-center -moz-combobox
    -moz-comboboxtext -moz-crisp-edges -moz-default-background-color -moz-default-color
    -moz-dialog -moz-dialogtext -moz-dragtargetzone -moz-eventreerow -moz-field -moz-fieldtext
    -moz-fit-content -moz-grab -moz-grabbing -moz-hidden-unscrollable -moz-html-cellhighlight
    -moz-html-cellhighlighttext -moz-hyperlinktext -moz-initial -moz-inline-box -moz-inline-stack
    -moz-isolate -moz-isolate-override -moz-left -moz-mac-accentdarkestshadow
    -moz-mac-accentdarkshadow -moz-mac-accentface -moz-mac-accentlightesthighlight
    -moz-mac-accentlightshadow -moz-mac-accentregularhighlight -moz-mac-accentregularshadow
    -moz-mac-chrome-active -moz-mac-chrome-inactive -moz-mac-focusring -moz-mac-menuselect
    -moz-mac-menushadow -moz-mac-menutextselect -moz-mac-unified-toolbar -moz-max-content
    -moz-menubarhovertext -moz-menubartext -moz-menuhover -moz-menuhovertext -moz-min-content
    -moz-nativehyperlinktext -moz-none -moz-oddtreerow -moz-plaintext -moz-right
    -moz-scrollbars-horizontal -moz-scrollbars-none -moz-scrollbars-vertical
    -moz-visitedhyperlinktext -moz-win-borderless-glass -moz-win-browsertabbar-toolbox
    -moz-win-communications-toolbox -moz-win-communicationstext -moz-win-exclude-glass
    -moz-win-glass -moz-win-media-toolbox -moz-win-mediatext -moz-window-button-box
    -moz-window-button-box-maximized -moz-window-button-close -moz-window-button-maximize
    -moz-window-button-minimize -moz-window-button-restore -moz-window-frame-bottom
    -moz-window-frame-left -moz-window-frame-right -moz-window-titlebar
    -moz-window-titlebar-maximized -moz-zoom-in -moz-zoom-out -ms-autohiding-scrollbar -ms-flexbox
    -ms-grid -ms-inline-flexbox -ms-inline-grid -n -n- -o-crisp-edges -webkit-activelink
    -webkit-auto -webkit-baseline-middle -webkit-box -webkit-center -webkit-fill-available
    -webkit-fit-content -webkit-flex -webkit-focus-ring-color -webkit-grab -webkit-grabbing
    -webkit-inline-box -webkit-inline-flex -webkit-isolate -webkit-isolate-override -webkit-left
    -webkit-legacy -webkit-link -webkit-match-parent -webkit-max-content -webkit-min-content
    -webkit-optimize-contrast -webkit-paged-x -webkit-paged-y -webkit-plaintext -webkit-right
    -webkit-sticky -webkit-text -webkit-zoom-in -webkit-zoom-out a3 a4 a5 a98-rgb aa aaa above
    absolute absolute-colorimetric accent-color accentcolor accentcolortext accumulate activate
    active activeborder activecaption activetext add additive after after-edge alias aliceblue all
    all-petite-caps all-scroll all-small-caps allow-discrete allow-end allow-keywords alpha
    alphabetic alternate alternate-reverse always anchor-center anchor-valid anchor-visible
    anchors-valid anchors-visible and angle anonymous antialiased antiquewhite any anywhere
    appworkspace aqua aquamarine arc arcs around at auto auto-add auto-fill auto-fit auto-flow
    auto-phrase avoid avoid-column avoid-flex avoid-line avoid-page avoid-region
    avoid-short-last-line azure b4 b5 back background backwards balance balance-all bar base
    base-select base-url baseline before before-edge beige below between bevel bicubic
    bidi-override bisque black blanchedalmond blank blink blinkmacsystemfont block block-axis
    block-end block-start blue blueviolet bold bolder boolean-expr border border-area border-box
    both both-block both-edges both-inline bottom bottom-to-top bounding-box box-decoration break
    break-all break-spaces break-word brown browser bt bullets burlywood butt button
    button-arrow-down button-arrow-next button-arrow-previous button-arrow-up button-bevel
    button-focus buttonborder buttonface buttonhighlight buttonshadow buttontext by cadetblue
    canvas canvastext cap cap-height capitalize caps-lock-indicator caption captiontext caret ccw
    cell center central ch ch-width chain chained chartreuse checkbox checkbox-container
    checkbox-label checkmenuitem chocolate circle clamp clear click clip clone close close-quote
    closed closest-corner closest-side cm coarse col-resize collapse collection color color-burn
    color-cbdt color-colrv0 color-colrv1 color-dodge color-profile color-sbix color-svg column
    column-over-row column-reverse committed common-ligatures compact compress condensed
    consistent constrained contain content content-block-size content-box content-height
    content-inline-size content-width contents context-fill context-menu context-stroke contextual
    copy coral corners cornflowerblue cornsilk cover create crimson crisp-edges crispedges crop
    cross crosshair current currentcolor cursive curve custom custom-ident custom-properties cw
    cyan cyclic dark darkblue darkcyan darken darkgoldenrod darkgray darkgreen darkgrey darkkhaki
    darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue
    darkslategray darkslategrey darkturquoise darkviolet dashed dashes dblclick decimal
    decimal-leading-zero decreasing deeppink deepskyblue default default-button definite-first deg
    dense destination-atop destination-in destination-out destination-over device-cmyk
    diagonal-fractions difference digits dimgray dimgrey disabled disc discard discard-after
    discard-before discard-inner disclosure-closed disclosure-open discretionary-ligatures display
    display-p3 display-p3-linear distribute document dodgerblue dot dotted double double-circle
    down drag drop dualbutton e e-resize each-line ease ease-in ease-in-out ease-out economy edges
    element element-scoped ellipse ellipsis else em embed embedded-opentype emoji enabled end
    entry entry-crossing even evenodd ew-resize ex ex-height exact exclude exclusion exit
    exit-crossing expanded extends extra-condensed extra-expanded fade fallback false fangsong
    fantasy farthest-corner farthest-side fast features-aat features-graphite features-opentype
    field fieldtext fill fill-box fill-opacity filled fine firebrick first first-except
    first-letter first-line fit-content fixed fixed-position flat flex flex-end flex-flow
    flex-start flex-visual flip flip-block flip-inline flip-start flip-x flip-y floralwhite flow
    flow-root focus footnote force-end force-hidden forestgreen forward forwards fragments
    frequency from from-font from-image fuchsia full-size-kana full-width fullscreen gainsboro
    gaps geometricprecision ghostwhite gold goldenrod grab grabbing grad grammar-error gray
    grayscale graytext green greenyellow grey grid grid-columns grid-lanes grid-order grid-rows
    grippers groove groupbox grow hairline half-border-box hand hanging hard-light hash height
    help hidden hide high high-quality highlight highlighttext historical-forms
    historical-ligatures history hline honeydew horizontal horizontal-tb hostname hotpink hover
    hsl hue hwb hz i ic ic-height ic-width icon ideograph-alpha ideograph-numeric
    ideograph-parenthesis ideograph-space ideographic ideographic-ink ideographic-space ignore
    image important in in-flow inactive inactiveborder inactivecaption inactivecaptiontext
    increasing incremental indianred indigo inert infinite infinity infobackground infotext
    inherit initial initial-only inline inline-axis inline-block inline-end inline-flex
    inline-grid inline-grid-lanes inline-list-item inline-size inline-start inline-table inner
    inner-spin-button insert inset inside integer inter-character inter-word interest interlace
    intersect intersection intrinsic inverted isolate isolate-override italic ivory jis-b4 jis-b5
    jis04 jis78 jis83 jis90 jump-both jump-end jump-none jump-start justify justify-all kai keep
    keep-all keyboard-inset-bottom keyboard-inset-height keyboard-inset-left keyboard-inset-right
    keyboard-inset-top keyboard-inset-width khaki khmer-mul khz lab landscape large larger last
    last-baseline lavender lavenderblush lawngreen layout lch leading leading-spaces ledger left
    left-to-right leftwards legacy legal lemonchiffon length length-percentage less letter lh
    light lightblue lightcoral lightcyan lighten lighter lightgoldenrodyellow lightgray lightgreen
    lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey
    lightsteelblue lightyellow lime limegreen line line-through line-width linear linearrgb linen
    lining-nums links linktext list-item listbox listitem literal-punctuation loading local longer
    loose loud low lower-alpha lower-greek lower-latin lower-roman lowercase lr lr-tb ltr
    luminance luminosity magenta mandatory manipulation manual margin-box mark marker markers
    marktext maroon match-element match-parent match-self match-source math math-auto mathematical
    max max-content maximized maximum media-controls-background
    media-controls-fullscreen-background media-current-time-display media-enter-fullscreen-button
    media-exit-fullscreen-button media-fullscreen-button media-mute-button
    media-overlay-play-button media-play-button media-seek-back-button media-seek-forward-button
    media-slider media-sliderthumb media-time-remaining-display
    media-toggle-closed-captions-button media-volume-slider media-volume-slider-container
    media-volume-sliderthumb medium mediumaquamarine mediumblue mediumorchid mediumpurple
    mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred menu
    menuarrow menubar menucheckbox menuimage menuitem menuitemtext menulist menulist-button
    menulist-text menulist-textfield menupopup menuradio menuseparator menutext merge message-box
    meter meterbar meterchunk middle midnightblue min min-content min-intrinsic minimal-ui
    minimized minimum mintcream mistyrose miter miter-clip mixed mm moccasin moderate monospace
    more most-block-size most-height most-inline-size most-width move ms multiple multiply n n-
    n-resize nan narrow nastaliq navajowhite navy ne-resize near nearest nearest-neighbor
    nesw-resize neutral never next no-autospace no-change no-clamp no-clip no-close-quote
    no-common-ligatures no-compress no-contextual no-discretionary-ligatures no-drag no-drop
    no-ellipsis no-historical-ligatures no-limit no-open-quote no-overflow no-preference
    no-punctuation no-referrer no-referrer-when-downgrade no-repeat no-skip non-rotation
    non-scaling-size non-scaling-stroke none nonzero normal not not-allowed notch nowrap ns-resize
    number numbers numeric numeric-only nw-resize nwse-resize objects oblique oblique-only odd of
    off oklab oklch oldlace oldstyle-nums olive olivedrab on only opaque open open-quote opentype
    optimize-contrast optimizelegibility optimizequality optimizespeed optional or orange
    orangered orchid ordered ordinal origin origin-when-cross-origin outer outset outside
    outside-shape over overflow overlap-join overlay overline p3 pack padding padding-box page
    paged paginate paint painted pair palegoldenrod palegreen palettes paleturquoise palevioletred
    pan-down pan-left pan-right pan-up pan-x pan-y papayawhip parent pathname pattern pause paused
    pc peachpuff per-line per-line-all percentage perceptual peru petite-caps phase pi
    picture-in-picture pinch-zoom pink pixelated plaintext play play-backwards play-forwards
    play-once plum plus-darker plus-lighter pointer port portrait position powderblue pre pre-line
    pre-wrap preferred-text-scale preserve preserve-3d preserve-breaks preserve-parent-color
    preserve-spaces pretty prev progress progress-bar progress-bar-value progressbar
    progressbar-vertical progresschunk progresschunk-vertical progressive property-index-scoped
    property-scoped prophoto-rgb proportional-nums proportional-width protocol proximity pt
    punctuation purple push-button px q rad radial radio radio-container radio-label radiomenuitem
    railed raise range range-thumb raw-string read-only read-write read-write-plaintext-only ready
    rebeccapurple rec2020 rec2100-hlg rec2100-linear rec2100-pq rect recto red reduce reduced
    region relative relative-colorimetric reload rem repeat repeat-block repeat-inline repeat-x
    repeat-y replace replay reset reset-size resizer resizerpanel resolution returns reverse
    revert revert-layer revert-rule ridge right right-to-left rightwards rl rl-tb rlh root
    rosybrown rotate rotate-left rotate-right round row row-over-column row-resize row-reverse
    royalblue rtl ruby ruby-base ruby-base-container ruby-text ruby-text-container run-in running
    s s-resize saddlebrown safe safe-area-inset-bottom safe-area-inset-left safe-area-inset-right
    safe-area-inset-top safe-area-max-inset-bottom safe-area-max-inset-left
    safe-area-max-inset-right safe-area-max-inset-top salmon same-origin sandybrown sans-serif
    saturation scale-down scale-horizontal scale-vertical scalethumb-horizontal
    scalethumb-vertical scalethumbend scalethumbstart scalethumbtick scoop screen scroll
    scroll-position scroll-state scrollbar scrollbarbutton-down scrollbarbutton-left
    scrollbarbutton-right scrollbarbutton-up scrollbargripper-horizontal scrollbargripper-vertical
    scrollbarthumb-horizontal scrollbarthumb-vertical scrollbartrack-horizontal
    scrollbartrack-vertical se-resize seagreen search searchfield searchfield-cancel-button
    searchfield-decoration searchfield-results-button searchfield-results-decoration seashell
    select select-after select-all select-before select-menu select-same selecteditem
    selecteditemtext self self-block self-block-end self-block-start self-end self-inline
    self-inline-end self-inline-start self-start self-x-end self-x-start self-y-end self-y-start
    semi-condensed semi-expanded separate separator serif sesame shape-box sheet shorter show
    shrink sides sideways sideways-lr sideways-rl sienna silent silver simplified single size
    skip-all skip-line-through skip-overline skip-underline skyblue slashed-zero slateblue
    slategray slategrey slice slider-horizontal slider-vertical sliderthumb-horizontal
    sliderthumb-vertical slow small small-caps small-caption smaller smooth snap snap-block
    snap-inline snow soft soft-light solid source-atop source-in source-order source-out
    source-over space space-all space-around space-between space-evenly space-first spaces span
    span-all span-block-end span-block-start span-bottom span-end span-inline-end
    span-inline-start span-left span-right span-self-block-end span-self-block-start span-self-end
    span-self-inline-end span-self-inline-start span-self-start span-self-x-end span-self-x-start
    span-self-y-end span-self-y-start span-start span-top span-x-end span-x-self-end
    span-x-self-start span-x-start span-y-end span-y-self-end span-y-self-start span-y-start
    spell-out spelling-error spinner spinner-downbutton spinner-textfield spinner-upbutton
    splitter spread springgreen square square-button squircle srgb srgb-linear stable
    stacked-fractions standalone standard start static status-bar statusbar statusbarpanel
    steelblue step-end step-start sticky stopped stretch stretch-to-fit strict strict-origin
    strict-origin-when-cross-origin string stroke stroke-box stroke-opacity strong style
    stylesheet sub subgrid subpixel-antialiased subtract subtractive super svg sw-resize swap
    symbolic symbols system-ui tab tab-scroll-arrow-back tab-scroll-arrow-forward table
    table-caption table-cell table-column table-column-group table-footer-group table-header-group
    table-row table-row-group tabpanel tabpanels tabs tabular-nums tan tb tb-rl tbd-bg tbd-fg teal
    text text-after-edge text-before-edge text-bottom text-top textarea textfield
    textfield-multiline thick thin thistle threeddarkshadow threedface threedhighlight
    threedlightshadow threedshadow time titlebar-area-height titlebar-area-width titlebar-area-x
    titlebar-area-y titling-caps to to-zero tomato toolbar toolbarbutton toolbarbutton-dropdown
    toolbargripper toolbox tooltip top top-to-bottom touch traditional trailing-spaces
    transform-function transform-list transparent traverse treeheader treeheadercell
    treeheadersortarrow treeitem treeline treetwisty treetwistyopen treeview triangle trim-all
    trim-both trim-end trim-start true truetype turn turquoise ui-monospace ui-rounded
    ui-sans-serif ui-serif ultra-condensed ultra-expanded under underline underscore unicase
    unicode unsafe unsafe-url unset up upper-alpha upper-latin upper-roman uppercase upright url
    use-credentials use-script variations vb verso vertical vertical-lr vertical-rl vertical-text
    vertical-to-horizontal vh vi view-box viewport-segment-bottom viewport-segment-height
    viewport-segment-left viewport-segment-right viewport-segment-top viewport-segment-width
    violet visible visiblefill visiblepainted visiblestroke visitedtext vline vmax vmin vw
    w-resize wait wavy weak weight wheat white whitesmoke width window windowframe windowtext with
    woff woff2 words wrap wrap-reverse write-only x x-end x-fast x-high x-large x-loud x-low
    x-self-end x-self-start x-slow x-small x-soft x-start x-strong x-weak xor xx-large xx-small
    xxx-large xyz xyz-d50 xyz-d65 y y-end y-self-end y-self-start y-start yellow yellowgreen z
    zero-if-extrinsic zero-if-scroll zoom zoom-in zoom-out
    """.split()
)
"""Keywords of values."""

CSS_UNITS = frozenset(
    """
    % cap ch cm cqb cqh cqi cqmax cqmin cqw db deg dpcm dpi dppx dvb dvh dvi dvmax dvmin dvw em ex
    fr grad hz ic in khz lh lvb lvh lvi lvmax lvmin lvw mm ms pc pt px q rad rcap rch rem rex ric
    rlh s st svb svh svi svmax svmin svw turn vb vh vi vmax vmin vw x
    """.split()
)
"""Units of numbers, and the percent sign."""

CSS_PSEUDOS = frozenset(
    """
    -khtml-any-link -moz-any -moz-any-link -moz-broken -moz-color-swatch -moz-drag-over
    -moz-first-node -moz-focus-inner -moz-focus-outer -moz-focusring -moz-full-screen
    -moz-last-node -moz-list-bullet -moz-list-number -moz-loading -moz-meter-bar
    -moz-only-whitespace -moz-page -moz-page-sequence -moz-placeholder -moz-progress-bar
    -moz-range-progress -moz-range-thumb -moz-range-track -moz-scrolled-page-sequence
    -moz-selection -moz-suppressed -moz-svg-foreign-content -moz-ui-invalid -moz-ui-valid
    -moz-user-disabled -moz-window-inactive -ms-backdrop -ms-browse -ms-check -ms-clear -ms-expand
    -ms-fill -ms-fill-lower -ms-fill-upper -ms-fullscreen -ms-input-placeholder -ms-reveal
    -ms-thumb -ms-ticks-after -ms-ticks-before -ms-tooltip -ms-track -ms-value
    -webkit-animating-full-screen-transition -webkit-any -webkit-any-link -webkit-autofill
    -webkit-calendar-picker-indicator -webkit-caps-lock-indicator -webkit-clear-button
    -webkit-color-swatch -webkit-color-swatch-wrapper -webkit-contacts-auto-fill-button
    -webkit-credentials-auto-fill-button -webkit-date-and-time-value -webkit-datetime-edit
    -webkit-datetime-edit-ampm-field -webkit-datetime-edit-day-field
    -webkit-datetime-edit-fields-wrapper -webkit-datetime-edit-hour-field
    -webkit-datetime-edit-meridiem-field -webkit-datetime-edit-millisecond-field
    -webkit-datetime-edit-minute-field -webkit-datetime-edit-month-field
    -webkit-datetime-edit-second-field -webkit-datetime-edit-text -webkit-datetime-edit-week-field
    -webkit-datetime-edit-year-field -webkit-details-marker -webkit-file-upload-button
    -webkit-full-page-media -webkit-full-screen -webkit-full-screen-ancestor
    -webkit-full-screen-document -webkit-inner-editor -webkit-inner-spin-button
    -webkit-input-placeholder -webkit-media-controls -webkit-media-controls-current-time-display
    -webkit-media-controls-enclosure -webkit-media-controls-fullscreen-button
    -webkit-media-controls-mute-button -webkit-media-controls-overlay-play-button
    -webkit-media-controls-panel -webkit-media-controls-play-button
    -webkit-media-controls-seek-back-button -webkit-media-controls-seek-forward-button
    -webkit-media-controls-start-playback-button -webkit-media-controls-time-remaining-display
    -webkit-media-controls-timeline -webkit-media-controls-timeline-container
    -webkit-media-controls-toggle-closed-captions-button -webkit-media-controls-volume-slider
    -webkit-media-controls-volume-slider-container -webkit-media-slider-container
    -webkit-media-slider-thumb -webkit-media-text-track-container -webkit-media-text-track-display
    -webkit-meter-bar -webkit-meter-even-less-good-value -webkit-meter-inner-element
    -webkit-meter-optimum-value -webkit-meter-suboptimum-value -webkit-outer-spin-button
    -webkit-progress-bar -webkit-progress-inner-element -webkit-progress-inner-value
    -webkit-progress-value -webkit-resizer -webkit-scrollbar -webkit-scrollbar-button
    -webkit-scrollbar-corner -webkit-scrollbar-thumb -webkit-scrollbar-track
    -webkit-scrollbar-track-piece -webkit-search-cancel-button -webkit-search-decoration
    -webkit-search-results-button -webkit-search-results-decoration -webkit-slider-container
    -webkit-slider-runnable-track -webkit-slider-thumb -webkit-strong-password-auto-fill-button
    -webkit-textfield-decoration-container -webkit-validation-bubble
    -webkit-validation-bubble-message active active-view-transition active-view-transition-type
    after animated-image any-link autofill backdrop before blank buffering checked checkmark
    clear-icon color-swatch column content corner-present cue cue-region current decrement deep
    default defined details-content dir disabled double-button empty enabled end field-component
    field-content field-separator file-selector-button first first-child first-letter first-line
    first-of-page first-of-type focus focus-visible focus-within fullscreen future global
    grammar-error has has-slotted heading high-value highlight horizontal host host-context hover
    in-range increment indeterminate interest-source interest-target invalid is lang last-child
    last-of-page last-of-type left link link-to local-link low-value marker matches modal muted
    navigation-source ng-deep no-button not nth nth-child nth-col nth-fragment nth-last-child
    nth-last-col nth-last-of-type nth-of-page nth-of-type only-child only-of-type open
    optimal-value optional out-of-range part past paused picker picker-icon picture-in-picture
    placeholder placeholder-shown playing popover-open read-only read-write required reveal-icon
    right root scope scroll-button scroll-marker scroll-marker-group search-text seeking selection
    shadow single-button slider-fill slider-thumb slider-track slotted snapped snapped-block
    snapped-inline snapped-x snapped-y spelling-error stalled start start-of-page state
    step-control step-down step-up target target-after target-before target-current target-text
    target-within unchecked user-invalid user-valid v-deep v-global v-slotted valid vertical
    view-transition view-transition-group view-transition-group-children
    view-transition-image-pair view-transition-new view-transition-old visited volume-locked where
    window-inactive xr-overlay
    """.split()
)
"""Pseudo-classes and pseudo-elements, without colons."""

CSS_AT_RULES = frozenset(
    """
    -webkit-keyframes annotation apply bottom-center bottom-left bottom-left-corner bottom-right
    bottom-right-corner character-variant charset color-profile container contents counter-style
    custom-media custom-selector else font-face font-feature-values font-palette-values function
    historical-forms import keyframes layer left-bottom left-middle left-top location media mixin
    namespace navigation ornaments page position-try private property right-bottom right-middle
    right-top scope starting-style styleset stylistic supports supports-condition swash top-center
    top-left top-left-corner top-right top-right-corner view-transition when
    """.split()
)
"""Names of at-rules."""

CSS_DESCRIPTORS = frozenset(
    """
    additive-symbols ascent-override base-palette bleed components descent-override fallback
    font-display font-family font-feature-settings font-language-override font-named-instance
    font-size font-style font-variation-settings font-weight font-width inherits initial-value
    line-gap-override marks navigation negative override-colors pad page-margin-safety
    page-orientation prefix range rendering-intent result size size-adjust speak-as src
    subscript-position-override subscript-size-override suffix superscript-position-override
    superscript-size-override symbols syntax system types unicode-range
    """.split()
)
"""What the blocks of at-rules declare."""

FONT_FAMILIES = frozenset(
    """
    android_emoji apple_color_emoji apple_sd_gothic_neo arial arial_black arial_narrow arial_nova
    avenir avenir_next bahnschrift baskerville bitstream_vera_sans_mono blinkmacsystemfont
    book_antiqua bookman bookman_old_style calibri cambria candara cantarell cascadia_code
    cascadia_mono century_gothic charter comic_sans_ms consolas constantia corbel courier
    courier_new dejavu_sans dejavu_sans_mono dejavu_serif droid_sans droid_sans_mono
    emojione_mozilla fira_code fira_mono fira_sans franklin_gothic_medium futura garamond geist
    geist_mono geneva georgia gill_sans gill_sans_mt hack helvetica helvetica_neue
    hiragino_kaku_gothic_pro hiragino_sans hiragino_sans_gb ibm_plex_mono ibm_plex_sans impact
    inconsolata inter inter_var inter_variable iowan_old_style jetbrains_mono lato liberation_mono
    liberation_sans liberation_serif lucida_console lucida_grande lucida_sans_unicode
    malgun_gothic meiryo menlo microsoft_yahei monaco montserrat ms_gothic ms_pgothic
    nimbus_mono_ps nimbus_roman nimbus_sans noto_color_emoji noto_emoji noto_sans noto_sans_arabic
    noto_sans_cjk_jp noto_sans_jp noto_sans_kr noto_sans_mono noto_sans_sc noto_serif nunito
    nunito_sans open_sans optima oxygen oxygen-sans palatino palatino_linotype pingfang_sc
    pingfang_tc poppins raleway roboto roboto_flex roboto_mono roboto_slab rockwell san_francisco
    segoe_ui segoe_ui_emoji segoe_ui_historic segoe_ui_mono segoe_ui_symbol segoe_ui_variable
    sf_mono sf_pro sf_pro_display sf_pro_text sfmono-regular simsun sitka_text source_code_pro
    source_sans_3 source_sans_pro source_serif_pro tahoma times times_new_roman trebuchet_ms
    twemoji_mozilla ubuntu ubuntu_mono urw_palladio_l verdana work_sans yu_gothic
    """.split()
)
"""Well-known font families, in lower case, with an underscore for each blank."""

SYNTAX_TYPES = frozenset(
    """
    angle color custom-ident image integer length length-percentage number percentage resolution
    string time transform-function transform-list url
    """.split()
)
"""Types that ``syntax`` of `@property` can name."""
