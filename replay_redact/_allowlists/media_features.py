"""Features and values of media and container queries."""

from __future__ import annotations

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
