"""The attribute names that are public, because a standard or a known framework defines them.

Developers write most attribute names, but a browser makes names out of anything: in
``title="Roe's "result" is in"`` the words after the second quote become attributes. So only a
defined name stays. An attribute with any other name is dropped whole.

Sources, as of 27 November 2026:

* HTML Living Standard and HTML 4.01: npm ``html-element-attributes`` 3.5.0,
  ``html-event-attributes`` 2.2.0;
* SVG 1.1, Tiny 1.2 and 2: npm ``svg-element-attributes`` 2.2.0, ``svg-event-attributes`` 2.0.2;
* WAI-ARIA 1.0 to 1.2: npm ``aria-attributes`` 2.0.1;
* components: the custom element manifests of npm ``@shoelace-style/shoelace`` 2.20.1,
  ``@awesome.me/webawesome`` 3.14.0, ``@material/web`` 2.5.0, ``@carbon/web-components`` 2.63.0,
  without names that tell of people or of what they say;
* by hand: WAI-ARIA 1.3, MathML Core and MathML 3, RDFa 1.1, Open Graph, pointer, touch and
  animation events, attributes of single browsers, and the documentation of each framework.

All names are in lower case, as HTML compares them.
"""

from __future__ import annotations

import re

from replay_redact._allowlists.attributes import ATTRIBUTES
from replay_redact._allowlists.identifiers import zeroed

_HTML = """
    abbr accept accept-charset accesskey action align alink allow allowfullscreen
    allowpaymentrequest allowusermedia alpha alt archive as async autocapitalize autocomplete
    autocorrect autofocus autoplay axis background bgcolor blocking border cellpadding cellspacing
    char charoff charset checked cite class classid clear closedby code codebase codetype color
    colorspace cols colspan command commandfor compact content contenteditable controls coords
    crossorigin data datetime declare decoding default defer dir dirname disabled download
    draggable enctype enterkeyhint exportparts face fetchpriority for form formaction formenctype
    formmethod formnovalidate formtarget frame frameborder headers height hidden high href
    hreflang hspace http-equiv id imagesizes imagesrcset inert inputmode integrity is ismap itemid
    itemprop itemref itemscope itemtype kind label lang language link list loading longdesc loop
    low manifest marginheight marginwidth max maxlength media method min minlength multiple muted
    name nohref nomodule nonce noresize noshade novalidate nowrap object open optimum part pattern
    ping placeholder playsinline popover popovertarget popovertargetaction poster preload profile
    prompt readonly referrerpolicy rel required rev reversed rows rowspan rules sandbox scheme
    scope scrolling selected shadowrootclonable shadowrootcustomelementregistry
    shadowrootdelegatesfocus shadowrootmode shadowrootserializable shape size sizes slot span
    spellcheck src srcdoc srclang srcset standby start step style summary tabindex target text
    title translate type typemustmatch usemap valign value valuetype version vlink vspace width
    wrap writingsuggestions
    anchor attributionsrc autopictureinpicture controlslist credentialless csp
    disablepictureinpicture disableremoteplayback elementtiming headingoffset headingreset
    interestfor itemid itemprop itemref itemscope itemtype virtualkeyboardpolicy xmlns
"""

_SVG_ONLY = """
    about accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form
    ascent attributename attributetype azimuth bandwidth basefrequency baseline-shift baseprofile
    bbox begin bias by calcmode cap-height clip clip-path clip-rule clippathunits
    color-interpolation color-interpolation-filters color-profile color-rendering
    contentscripttype contentstyletype cursor cx cy d datatype defaultaction descent
    diffuseconstant direction display divisor dominant-baseline dur dx dy edgemode editable
    elevation enable-background end event exponent externalresourcesrequired fill fill-opacity
    fill-rule filter filterres filterunits flood-color flood-opacity focusable focushighlight
    font-family font-size font-size-adjust font-stretch font-style font-variant font-weight format
    fr from fx fy g1 g2 glyph-name glyph-orientation-horizontal glyph-orientation-vertical
    glyphref gradienttransform gradientunits handler hanging horiz-adv-x horiz-origin-x
    horiz-origin-y ideographic image-rendering in in2 initialvisibility intercept k k1 k2 k3 k4
    kernelmatrix kernelunitlength kerning keypoints keysplines keytimes lengthadjust
    letter-spacing lighting-color limitingconeangle local marker-end marker-mid marker-start
    markerheight markerunits markerwidth mask maskcontentunits maskunits mathematical
    mediacharacterencoding mediacontentencodings mediasize mediatime mode nav-down nav-down-left
    nav-down-right nav-left nav-next nav-prev nav-right nav-up nav-up-left nav-up-right numoctaves
    observer offset opacity operator order orient orientation origin overflow overlay
    overline-position overline-thickness paint-order panose-1 path pathlength patterncontentunits
    patterntransform patternunits phase playbackorder pointer-events points pointsatx pointsaty
    pointsatz preservealpha preserveaspectratio primitiveunits propagate property r radius refx
    refy rendering-intent repeatcount repeatdur requiredextensions requiredfeatures requiredfonts
    requiredformats resource restart result rotate rx ry scale seed shape-rendering side slope
    snapshottime spacing specularconstant specularexponent spreadmethod startoffset stddeviation
    stemh stemv stitchtiles stop-color stop-opacity strikethrough-position strikethrough-thickness
    string stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width surfacescale syncbehavior syncbehaviordefault
    syncmaster synctolerance synctolerancedefault systemlanguage tablevalues targetx targety
    text-anchor text-decoration text-overflow text-rendering textlength timelinebegin to transform
    transformbehavior typeof u1 u2 underline-position underline-thickness unicode unicode-bidi
    unicode-range units-per-em v-alphabetic v-hanging v-ideographic v-mathematical values
    vector-effect vert-adv-y vert-origin-x vert-origin-y viewbox viewtarget visibility white-space
    widths word-spacing writing-mode x x-height x1 x2 xchannelselector y y1 y2 ychannelselector z
    zoomandpan
    href xlink:actuate xlink:arcrole xlink:href xlink:role xlink:show xlink:title xlink:type
    xml:base xml:lang xml:space xmlns:svg xmlns:xlink
"""

_ARIA = """
    activedescendant atomic autocomplete busy checked colcount colindex colspan controls current
    describedby details disabled dropeffect errormessage expanded flowto grabbed haspopup hidden
    invalid keyshortcuts label labelledby level live modal multiline multiselectable orientation
    owns placeholder posinset pressed readonly relevant required roledescription rowcount rowindex
    rowspan selected setsize sort valuemax valuemin valuenow valuetext
    braillelabel brailleroledescription colindextext description rowindextext
"""
"""What may follow ``aria-``."""

_MATHML = """
    accent accentunder actiontype align alignmentscope alttext altimg altimg-height altimg-valign
    altimg-width arg bevelled charalign charspacing close columnalign columnlines columnspacing
    columnspan columnwidth crossout decimalpoint denomalign depth dir display displaystyle edge
    encoding equalcolumns equalrows fence form frame framespacing groupalign indentalign
    indentalignfirst indentalignlast indentshift indentshiftfirst indentshiftlast indenttarget
    infixlinebreakstyle intent largeop length linebreak linebreakmultchar linebreakstyle
    lineleading linethickness location longdivstyle lquote lspace macros mathbackground mathcolor
    mathsize mathvariant maxsize maxwidth minlabelspacing minsize mode movablelimits mslinethickness
    notation numalign open overflow position rowalign rowlines rowspacing rowspan rquote rspace
    scriptlevel scriptminsize scriptsizemultiplier selection separator separators shift side
    stackalign stretchy subscriptshift superscriptshift symmetric voffset
    columnlines definitionurl
"""

_META_DATA = """
    about content datatype inlist prefix property rel resource rev typeof vocab
    xmlns:article xmlns:cc xmlns:content xmlns:dc xmlns:dcterms xmlns:fb xmlns:foaf xmlns:og
    xmlns:rdf xmlns:rdfs xmlns:schema xmlns:sioc xmlns:skos xmlns:v xmlns:xhtml xmlns:xsd
"""
"""RDFa, Open Graph, and the prefixes that pages declare for them."""

_BROWSERS = """
    allowtransparency autosave bordercolordark bordercolorlight directory framespacing galleryimg
    hidefocus marginbottom marginleft marginright margintop mayscript mozallowfullscreen
    mozactionhint msallowfullscreen oallowfullscreen results scrollamount scrolldelay srcobject
    truespeed unselectable webkit-airplay webkit-playsinline webkitallowfullscreen
    webkitdirectory x-webkit-airplay x-webkit-speech x-webkit-grammar datafld dataformatas datasrc
    leftmargin topmargin rightmargin bottommargin bordercolor behavior
"""
"""Attributes that single browsers define or once defined."""

_EVENTS = """
    abort activate afterprint auxclick beforematch beforeprint beforetoggle beforeunload begin
    blur cancel canplay canplaythrough change click close contextlost contextmenu contextrestored
    copy cuechange cut dblclick drag dragend dragenter dragexit dragleave dragover dragstart drop
    durationchange emptied end ended error focus focusin focusout formdata hashchange input
    invalid keydown keypress keyup languagechange load loadeddata loadedmetadata loadstart message
    messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel
    offline online pagehide pageshow paste pause play playing popstate progress ratechange
    rejectionhandled repeat reset resize scroll scrollend securitypolicyviolation seeked seeking
    select show slotchange stalled storage submit suspend timeupdate toggle unhandledrejection
    unload volumechange waiting wheel zoom
    animationcancel animationend animationiteration animationstart beforecopy beforecut
    beforeinput beforepaste beforexrselect command contentvisibilityautostatechange devicemotion
    deviceorientation fullscreenchange fullscreenerror gesturechange gestureend gesturestart
    gotpointercapture lostpointercapture orientationchange pagereveal pageswap pointercancel
    pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate
    pointerup propertychange readystatechange scrollsnapchange scrollsnapchanging search
    selectionchange selectstart touchcancel touchend touchmove touchstart transitioncancel
    transitionend transitionrun transitionstart webkitanimationend webkitanimationiteration
    webkitanimationstart webkitfullscreenchange webkitfullscreenerror webkittransitionend
"""
"""What may follow ``on`` in the name of a handler, and ``@`` in Vue and Alpine."""

_FRAMEWORKS = """
    amp amp4ads amp4email \u26a1 \u26a14ads \u26a14email heights layout on submitting
    await-children before-hydration-url client component-export component-url opts props
    renderer-url ssr uid
    formarrayname formcontrolname formgroupname fxflex fxhide fxlayout fxlayoutalign fxlayoutgap
    fxshow ngclass ngcspnonce ngfor ngforof ngh ngif ngmodel ngnonbindable ngskiphydration ngstyle
    ngswitch ngtemplateoutlet routerlink routerlinkactive matbadge matinput matprefix matripple
    matsort matsuffix mattooltip pbutton pinputtext pripple ptooltip
    jsan jsaction jscontroller jsdata jsinstance jsl jslog jsmodel jsname jsowner jspg
    jsrenderer jsshadow jsslot jstcache jsuid jsvs jswrap
    ng:cloak x-ng-cloak
    jax justify noic texclass ctxtmenu_counter
    c-id s-id qwik
"""
"""AMP, Astro, AngularJS, Angular and its libraries, Google, MathJax, Stencil, Qwik."""

COMPONENT_NAMES = frozenset(
    """
    activation active active-index active-tab-index alignment alignment-axis-offset
    allow-duplicates allow-empty allow-input allow-scripts always-focusable anchor-corner
    animation appearance arrow arrow-padding arrow-placement attention auto-activate auto-size
    auto-size-padding auto-width autoalign autoalign-boundary autoplay-interval autosubmit
    background-color badge-indicator batch-action batch-expansion block bordered bottom boundaries
    boundary boundary-count breadcrumb busy button-kind button-size caret char-data checkable
    child-list circle clamp-menu-width clearable clickable closable close-on-activation
    close-on-escape close-on-select collapse-mode color-scheme column-count complete completed
    condensed condensed-actions contained container-class count countdown counter-mode current
    current-index current-step custom-height custom-styles danger dark default-checked
    default-focus default-open delimiter dense density disable-navigation-toggle disable-overflow
    disable-stacking disable-wheel dismissable distance divider duration easing
    edit-always-visible effect elevated enable-counter enable-dialog-element
    enable-treeview-controllable enable-v12-overflowmenu enable-v12-release
    enable-v12-tile-default-icons enable-v12-tile-radio-icons enabled-range expandable expanded
    filled filtered first fixed-scroll-controls flip flip-fallback-placements
    flip-fallback-strategy flip-icon-in-rtl flip-padding flipped floating flush focused
    force-collapsed format-options four-color fraction-digits full-width gap ghost
    has-batch-actions has-close-icon has-custom-icon has-divider has-end has-focus has-icon
    has-leading-icon has-overflow has-rounded-corners has-selected-icon has-start
    has-three-buttons has-trailing-icon hide-checkbox hide-close-button hide-copy-button
    hide-single-page hide-steppers highlighted hoist horizontal hover-bridge icon-only
    icon-placement icon-size image-background image-padding inactive include-overlay indeterminate
    index indicator-offset inherit-typography inline inline-icon input-mode inset inset-end
    inset-start intersect-class invalid inward is-active is-condensed is-currentpage is-expanded
    is-expressive is-fluid is-flush is-inset is-last-page is-not-child-of-header is-not-persistent
    is-only-two is-quick-action is-select-all is-selectable is-selected is-sortable items-shown
    keep-open keyboard-only large last layers lazy left level lg library light light-dismiss
    linear lines loading-status locale locked low-contrast lowered max-count max-length
    max-options-visible max-tags max-width maximum-fraction-digits maximum-significant-digits md
    media-position media-width menu-align menu-alignment menu-border menu-corner menu-positioning
    min-tags minimum-fraction-digits minimum-integer-digits minimum-significant-digits modal
    mouse-dragging multiline multiselect narrow native nav-open navigation navigation-placement
    nested no-asterisk no-checkmark no-focus-trap no-format-toggle no-grouping no-header
    no-horizontal-flip no-navigation-wrap no-scroll-controls no-spin-buttons no-spinner
    no-trailing-slash no-vertical-flip numeric open-on-hover opened optional-classes outline
    overflow-menu-on-hover page page-actions-flush page-input-disabled page-size
    page-size-input-disabled pages-unknown pagination panel percentage persistent pill pivot
    placement play playback-rate populated position-in-pixels positioning precision pressed
    prevent-close prevent-close-on-click-outside primary pulse quick radio raised range ratio
    read-only removable remove-only resizable resize revert-active right root root-margin rounded
    row-count second segmented select-all selected-index selected-rows-count selection-mode
    selector-initial-focus selector-primary-focus shift-padding should-filter-item
    should-submit-on-enter show-badge show-header show-only-selected-icon show-toolbar
    sibling-count size-default size-max size-min skidding skip-restore-focus slide-in slides
    slides-per-move slides-per-page sm small snap snap-threshold soft-disabled solid sort-active
    sort-cycle sort-direction space-equally square stacked state static status
    stay-open-on-focusout stay-open-on-outside-click stay-open-on-select step-multiplier sticky
    strategy striped swap-opacity swatches tab-index tab-size theme threshold ticks timeout toggle
    toggled toggletip-alignment tone toolbar-action top trailing-icon trending trigger truncate
    typeahead unit uppercase use-static-width use-zebra-styles variant vertical view visible
    visited warn warning wide with-background with-caret with-clear with-count with-edges with-end
    with-footer with-footer-actions with-header with-header-actions with-icon with-icons
    with-markers with-mask with-media with-now with-remove with-row-gap with-start with-theme-sync
    within-grid without-arrow without-controls without-format-toggle without-grouping
    without-header without-nav without-scroll-controls without-scrollbar without-shadow
    without-spin-buttons without-steppers x-offset xlg y-offset zebra zoom zoom-levels
    """.split()
)
"""Attributes by which components of known libraries are styled. Only custom elements keep these:
elsewhere they may be words of a sentence after a broken quote."""

EVENT_NAMES = frozenset(_EVENTS.split())
"""Names of events, without ``on``."""

ATTRIBUTE_NAMES = frozenset(
    f"{_HTML}{_SVG_ONLY}{_MATHML}{_META_DATA}{_BROWSERS}{_FRAMEWORKS}".split()
) | frozenset(
    [name.lower() for name in ATTRIBUTES]
    + [f"aria-{name}" for name in _ARIA.split()]
    + [f"{on}{name}" for name in EVENT_NAMES for on in ("on", "_on")]  # recorders write _on
)
"""Attribute names that standards, browsers and frameworks define, in lower case."""

PREFIXES = tuple(
    """
    data- rr_
    hx- sse- ws- wire: up- uk- sveltekit: client:
    ng- mat- cdk- md- nz- clr- ion- _ngcontent- _nghost-
    q: on: on-document: on-window: lwc: wicket:
    amp- i-amphtml- fb: fb- g: b- lwc- _bl_
    """.split()
)
"""Prefixes of attribute names: of htmx, Livewire, Unpoly, UIkit, Svelte, Astro, Angular and its
libraries, Ionic, Qwik, Lightning, Wicket, AMP, Facebook, Google and Blazor, and of recorders."""

_AFTER_PREFIX = r"[a-z][a-z0-9_.:-]{0,39}"
_DIRECTIVES = """
    bind on model if else else-if for show html text slot pre once memo cloak is ref key
    data init modelable transition effect ignore teleport id mask intersect resize collapse trap
    anchor sort persist focus
"""
_MODIFIERS = """
    stop prevent capture self once passive left right middle enter tab delete esc escape space up
    down ctrl alt shift meta cmd exact outside away window document debounce throttle camel dot
    native sync prop attr lazy number trim
"""
_FORMS = re.compile(
    "|".join(
        (
            rf"(?:{'|'.join(map(re.escape, PREFIXES))}){_AFTER_PREFIX}",
            rf"[vx]-(?:{'|'.join(_DIRECTIVES.split())})(?:[.:]{_AFTER_PREFIX})?",  # Vue, Alpine
            r"b-[a-z0-9]{10}",  # Blazor: a hash
            r"lwc-[0-9a-z]{8,16}(?:-host)?",  # Lightning: a hash, too
            r"_bl_[0-9a-f-]{1,40}",
        )
    )
)
_SHORTHAND = re.compile(
    r"(?:(?P<event>@|\(|on-)|(?P<name>:|\[))(?P<what>[a-z][a-z-]{0,39})(?P<close>[])]?)"
    rf"(?:\.(?:{'|'.join(_MODIFIERS.split())}|[0-9]{{1,4}}ms)){{0,4}}"
)
_CLOSING = {"(": ")", "[": "]"}


def is_public_name(name: str) -> bool:
    """Tell whether a standard or a known framework defines an attribute name.

    After the prefix of a framework, any name may follow that has the form of an identifier. A
    long number in it is allowed only in the hash of a known framework.

    >>> is_public_name("aria-label"), is_public_name("data-user"), is_public_name("viewBox")
    (True, True, True)
    >>> is_public_name("diabetes"), is_public_name("roe's"), is_public_name("data-4711123")
    (False, False, False)
    """
    low = name.lower() if name.isascii() else name
    if low in ATTRIBUTE_NAMES:
        return True
    if _FORMS.fullmatch(low):
        return zeroed(low) == low
    return _is_shorthand(low)


def _is_shorthand(name: str) -> bool:
    """Tell whether a name is shorthand: ``@click.stop``, ``:class``, ``(click)``, ``[hidden]``."""
    match = _SHORTHAND.fullmatch(name)
    if match is None or _CLOSING.get(name[0], "") != match["close"]:
        return False
    if match["event"]:
        return match["what"] in EVENT_NAMES
    return match["what"] in ATTRIBUTE_NAMES or match["what"].startswith("data-")
