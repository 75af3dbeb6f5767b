"""The CSS properties that browsers know, as a published allow-list.

The value of a known property is layout. A browser ignores an unknown property, so its value can
only carry data: it is masked like a custom property.

Source: the properties that Chromium enumerates on the style of an element, plus descriptors of
at-rules and older vendor spellings.
"""

from __future__ import annotations

CSS_PROPERTIES = frozenset(
    """
    -khtml-opacity -khtml-user-select -moz-animation -moz-animation-delay
    -moz-animation-duration -moz-animation-fill-mode -moz-animation-iteration-count
    -moz-animation-name -moz-animation-timing-function -moz-appearance -moz-backface-visibility
    -moz-background-clip -moz-background-size -moz-binding -moz-border-radius
    -moz-border-radius-bottomleft -moz-border-radius-bottomright -moz-border-radius-topleft
    -moz-border-radius-topright -moz-box-align -moz-box-flex -moz-box-orient -moz-box-pack
    -moz-box-shadow -moz-box-sizing -moz-column-count -moz-column-gap -moz-column-width
    -moz-force-broken-image-icon -moz-hyphens -moz-opacity -moz-osx-font-smoothing
    -moz-outline-radius -moz-perspective -moz-tab-size -moz-text-size-adjust -moz-transform
    -moz-transform-origin -moz-transform-style -moz-transition -moz-transition-duration
    -moz-transition-property -moz-user-select -ms-animation -ms-behavior -ms-box-shadow
    -ms-content-zooming -ms-filter -ms-flex -ms-flex-align -ms-flex-direction
    -ms-flex-item-align -ms-flex-line-pack -ms-flex-negative -ms-flex-order -ms-flex-pack
    -ms-flex-positive -ms-flex-preferred-size -ms-flex-wrap -ms-grid-column
    -ms-grid-column-align -ms-grid-column-span -ms-grid-columns -ms-grid-row -ms-grid-row-align
    -ms-grid-row-span -ms-grid-rows -ms-hyphens -ms-interpolation-mode -ms-overflow-style
    -ms-scroll-chaining -ms-text-size-adjust -ms-touch-action -ms-transform -ms-transform-origin
    -ms-transition -ms-user-select -ms-word-break -o-animation -o-background-size
    -o-border-image -o-border-radius -o-box-shadow -o-object-fit -o-tab-size -o-text-overflow
    -o-transform -o-transform-origin -o-transition -webkit-align-content -webkit-align-items
    -webkit-align-self -webkit-animation -webkit-animation-delay -webkit-animation-direction
    -webkit-animation-duration -webkit-animation-fill-mode -webkit-animation-iteration-count
    -webkit-animation-name -webkit-animation-play-state -webkit-animation-timing-function
    -webkit-app-region -webkit-appearance -webkit-backdrop-filter -webkit-backface-visibility
    -webkit-background-clip -webkit-background-origin -webkit-background-size
    -webkit-border-after -webkit-border-after-color -webkit-border-after-style
    -webkit-border-after-width -webkit-border-before -webkit-border-before-color
    -webkit-border-before-style -webkit-border-before-width -webkit-border-bottom-left-radius
    -webkit-border-bottom-right-radius -webkit-border-end -webkit-border-end-color
    -webkit-border-end-style -webkit-border-end-width -webkit-border-horizontal-spacing
    -webkit-border-image -webkit-border-radius -webkit-border-start -webkit-border-start-color
    -webkit-border-start-style -webkit-border-start-width -webkit-border-top-left-radius
    -webkit-border-top-right-radius -webkit-border-vertical-spacing -webkit-box-align
    -webkit-box-decoration-break -webkit-box-direction -webkit-box-flex -webkit-box-flex-group
    -webkit-box-lines -webkit-box-ordinal-group -webkit-box-orient -webkit-box-pack
    -webkit-box-reflect -webkit-box-shadow -webkit-box-sizing -webkit-clip-path
    -webkit-column-break-after -webkit-column-break-before -webkit-column-break-inside
    -webkit-column-count -webkit-column-gap -webkit-column-rule -webkit-column-rule-color
    -webkit-column-rule-style -webkit-column-rule-width -webkit-column-span -webkit-column-width
    -webkit-columns -webkit-filter -webkit-flex -webkit-flex-basis -webkit-flex-direction
    -webkit-flex-flow -webkit-flex-grow -webkit-flex-shrink -webkit-flex-wrap
    -webkit-font-feature-settings -webkit-font-smoothing -webkit-hyphenate-character
    -webkit-hyphens -webkit-justify-content -webkit-line-break -webkit-line-clamp -webkit-locale
    -webkit-logical-height -webkit-logical-width -webkit-margin-after -webkit-margin-before
    -webkit-margin-collapse -webkit-margin-end -webkit-margin-start -webkit-margin-top-collapse
    -webkit-marquee -webkit-mask -webkit-mask-box-image -webkit-mask-box-image-outset
    -webkit-mask-box-image-repeat -webkit-mask-box-image-slice -webkit-mask-box-image-source
    -webkit-mask-box-image-width -webkit-mask-clip -webkit-mask-composite -webkit-mask-image
    -webkit-mask-origin -webkit-mask-position -webkit-mask-position-x -webkit-mask-position-y
    -webkit-mask-repeat -webkit-mask-size -webkit-max-logical-height -webkit-max-logical-width
    -webkit-min-logical-height -webkit-min-logical-width -webkit-nbsp-mode -webkit-opacity
    -webkit-order -webkit-overflow-scrolling -webkit-padding-after -webkit-padding-before
    -webkit-padding-end -webkit-padding-start -webkit-perspective -webkit-perspective-origin
    -webkit-perspective-origin-x -webkit-perspective-origin-y -webkit-print-color-adjust
    -webkit-rtl-ordering -webkit-ruby-position -webkit-shape-image-threshold
    -webkit-shape-margin -webkit-shape-outside -webkit-tap-highlight-color -webkit-text-combine
    -webkit-text-decoration -webkit-text-decoration-color -webkit-text-decoration-line
    -webkit-text-decoration-skip -webkit-text-decoration-skip-ink -webkit-text-decoration-style
    -webkit-text-decorations-in-effect -webkit-text-emphasis -webkit-text-emphasis-color
    -webkit-text-emphasis-position -webkit-text-emphasis-style -webkit-text-fill-color
    -webkit-text-orientation -webkit-text-security -webkit-text-size-adjust -webkit-text-stroke
    -webkit-text-stroke-color -webkit-text-stroke-width -webkit-touch-callout -webkit-transform
    -webkit-transform-origin -webkit-transform-origin-x -webkit-transform-origin-y
    -webkit-transform-origin-z -webkit-transform-style -webkit-transition
    -webkit-transition-delay -webkit-transition-duration -webkit-transition-property
    -webkit-transition-timing-function -webkit-user-drag -webkit-user-modify -webkit-user-select
    -webkit-writing-mode accent-color additive-symbols align-content align-items align-self
    alignment-baseline all anchor-name anchor-scope animation animation-composition
    animation-delay animation-direction animation-duration animation-fill-mode
    animation-iteration-count animation-name animation-play-state animation-range
    animation-range-end animation-range-start animation-timeline animation-timing-function
    animation-trigger app-region appearance ascent-override aspect-ratio azimuth backdrop-filter
    backface-visibility background background-attachment background-blend-mode background-clip
    background-color background-image background-origin background-position
    background-position-x background-position-y background-repeat background-size base-palette
    baseline-shift baseline-source behavior block-size border border-block border-block-color
    border-block-end border-block-end-color border-block-end-style border-block-end-width
    border-block-start border-block-start-color border-block-start-style
    border-block-start-width border-block-style border-block-width border-bottom
    border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style
    border-bottom-width border-collapse border-color border-end-end-radius
    border-end-start-radius border-image border-image-outset border-image-repeat
    border-image-slice border-image-source border-image-width border-inline border-inline-color
    border-inline-end border-inline-end-color border-inline-end-style border-inline-end-width
    border-inline-start border-inline-start-color border-inline-start-style
    border-inline-start-width border-inline-style border-inline-width border-left
    border-left-color border-left-style border-left-width border-radius border-right
    border-right-color border-right-style border-right-width border-shape border-spacing
    border-start-end-radius border-start-start-radius border-style border-top border-top-color
    border-top-left-radius border-top-right-radius border-top-style border-top-width
    border-width bottom box-decoration-break box-shadow box-sizing break-after break-before
    break-inside buffered-rendering caption-side caret-animation caret-color caret-shape clear
    clip clip-path clip-rule color color-adjust color-interpolation color-interpolation-filters
    color-rendering color-scheme column-count column-fill column-gap column-height column-rule
    column-rule-break column-rule-color column-rule-inset column-rule-inset-cap
    column-rule-inset-cap-end column-rule-inset-cap-start column-rule-inset-end
    column-rule-inset-junction column-rule-inset-junction-end column-rule-inset-junction-start
    column-rule-inset-start column-rule-style column-rule-visibility-items column-rule-width
    column-span column-width column-wrap columns contain contain-intrinsic-block-size
    contain-intrinsic-height contain-intrinsic-inline-size contain-intrinsic-size
    contain-intrinsic-width container container-name container-type content content-visibility
    corner-block-end-shape corner-block-start-shape corner-bottom-left-shape
    corner-bottom-right-shape corner-bottom-shape corner-end-end-shape corner-end-start-shape
    corner-inline-end-shape corner-inline-start-shape corner-left-shape corner-right-shape
    corner-shape corner-start-end-shape corner-start-start-shape corner-top-left-shape
    corner-top-right-shape corner-top-shape counter-increment counter-reset counter-set cue
    cue-after cue-before cursor cx cy d descent-override direction display dominant-baseline
    dynamic-range-limit elevation empty-cells enable-background fallback field-sizing fill
    fill-opacity fill-rule filter flex flex-basis flex-direction flex-flow flex-grow
    flex-line-count flex-shrink flex-wrap float flood-color flood-opacity font font-display
    font-effect font-family font-feature-settings font-kerning font-language-override
    font-optical-sizing font-palette font-size font-size-adjust font-stretch font-style
    font-synthesis font-synthesis-small-caps font-synthesis-style font-synthesis-weight
    font-variant font-variant-alternates font-variant-caps font-variant-east-asian
    font-variant-emoji font-variant-ligatures font-variant-numeric font-variant-position
    font-variation-settings font-weight forced-color-adjust frame-sizing gap grid grid-area
    grid-auto-columns grid-auto-flow grid-auto-rows grid-column grid-column-end grid-column-gap
    grid-column-start grid-gap grid-row grid-row-end grid-row-gap grid-row-start grid-template
    grid-template-areas grid-template-columns grid-template-rows height hyphenate-character
    hyphenate-limit-chars hyphens image-orientation image-rendering ime-mode inherits
    initial-letter initial-value inline-size inset inset-block inset-block-end inset-block-start
    inset-inline inset-inline-end inset-inline-start interactivity interest-delay
    interest-delay-end interest-delay-start interpolate-size isolation justify-content
    justify-items justify-self layout-flow layout-grid left letter-spacing lighting-color
    line-break line-gap-override line-height list-style list-style-image list-style-position
    list-style-type margin margin-block margin-block-end margin-block-start margin-bottom
    margin-inline margin-inline-end margin-inline-start margin-left margin-right margin-top
    margin-trim marker marker-end marker-mid marker-start mask mask-clip mask-composite
    mask-image mask-mode mask-origin mask-position mask-repeat mask-size mask-type math-depth
    math-shift math-style max-block-size max-height max-inline-size max-width min-block-size
    min-height min-inline-size min-width mix-blend-mode nav-down nav-left nav-right nav-up
    navigation negative object-fit object-position object-view-box offset offset-anchor
    offset-distance offset-path offset-position offset-rotate opacity order orphans outline
    outline-color outline-offset outline-style outline-width overflow overflow-anchor
    overflow-block overflow-clip-margin overflow-inline overflow-wrap overflow-x overflow-y
    overlay override-colors overscroll-behavior overscroll-behavior-block
    overscroll-behavior-inline overscroll-behavior-x overscroll-behavior-y pad padding
    padding-block padding-block-end padding-block-start padding-bottom padding-inline
    padding-inline-end padding-inline-start padding-left padding-right padding-top page
    page-break-after page-break-before page-break-inside page-margin-safety page-orientation
    paint-order pause pause-after pause-before perspective perspective-origin pitch pitch-range
    place-content place-items place-self play-during pointer-events position position-anchor
    position-area position-try position-try-fallbacks position-try-order position-visibility
    prefix print-color-adjust quotes r range reading-flow reading-order resize result richness
    right rotate row-gap row-rule row-rule-break row-rule-color row-rule-inset
    row-rule-inset-cap row-rule-inset-cap-end row-rule-inset-cap-start row-rule-inset-end
    row-rule-inset-junction row-rule-inset-junction-end row-rule-inset-junction-start
    row-rule-inset-start row-rule-style row-rule-visibility-items row-rule-width ruby-align
    ruby-overhang ruby-position rule rule-break rule-color rule-inset rule-inset-cap
    rule-inset-end rule-inset-junction rule-inset-start rule-overlap rule-style
    rule-visibility-items rule-width rx ry scale scroll-axis-lock scroll-behavior
    scroll-initial-target scroll-margin scroll-margin-block scroll-margin-block-end
    scroll-margin-block-start scroll-margin-bottom scroll-margin-inline scroll-margin-inline-end
    scroll-margin-inline-start scroll-margin-left scroll-margin-right scroll-margin-top
    scroll-marker-group scroll-padding scroll-padding-block scroll-padding-block-end
    scroll-padding-block-start scroll-padding-bottom scroll-padding-inline
    scroll-padding-inline-end scroll-padding-inline-start scroll-padding-left
    scroll-padding-right scroll-padding-top scroll-snap-align scroll-snap-stop scroll-snap-type
    scroll-target-group scroll-timeline scroll-timeline-axis scroll-timeline-name
    scrollbar-3dlight-color scrollbar-arrow-color scrollbar-base-color scrollbar-color
    scrollbar-darkshadow-color scrollbar-face-color scrollbar-gutter scrollbar-highlight-color
    scrollbar-shadow-color scrollbar-track-color scrollbar-width shape-image-threshold
    shape-margin shape-outside shape-rendering size size-adjust speak speak-as speech-rate src
    stop-color stop-opacity stress stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width suffix symbols syntax system
    tab-size table-layout text-align text-align-last text-anchor text-autospace text-box
    text-box-edge text-box-trim text-combine-upright text-decoration text-decoration-color
    text-decoration-line text-decoration-skip-ink text-decoration-style
    text-decoration-thickness text-emphasis text-emphasis-color text-emphasis-position
    text-emphasis-style text-fit text-indent text-justify text-kashida text-kashida-space
    text-orientation text-overflow text-rendering text-shadow text-size-adjust text-spacing-trim
    text-transform text-underline-offset text-underline-position text-wrap text-wrap-mode
    text-wrap-style timeline-scope timeline-trigger timeline-trigger-activation-range
    timeline-trigger-activation-range-end timeline-trigger-activation-range-start
    timeline-trigger-active-range timeline-trigger-active-range-end
    timeline-trigger-active-range-start timeline-trigger-name timeline-trigger-source top
    touch-action transform transform-box transform-origin transform-style transition
    transition-behavior transition-delay transition-duration transition-property
    transition-timing-function translate trigger-scope types unicode-bidi unicode-range
    user-select vector-effect vertical-align view-timeline view-timeline-axis
    view-timeline-inset view-timeline-name view-transition-class view-transition-group
    view-transition-name view-transition-scope visibility voice-family volume white-space
    white-space-collapse widows width will-change window-drag word-break word-spacing word-wrap
    writing-mode x y z-index zoom
    """.split()
)

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
"""What a media or container query may ask for, and the values it may compare with."""
