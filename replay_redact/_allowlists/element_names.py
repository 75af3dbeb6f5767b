"""The names of elements that HTML, SVG and MathML have or had. Generated: do not edit.

`tests/generate_css_words.py` took these names on 2026-11-27 from webref-elements-2.9.0 (npm).
It also lists older names that no current specification has.
"""

from __future__ import annotations

ELEMENT_NAMES = frozenset(
    """
    a abbr acronym address altglyph altglyphdef altglyphitem animate animatecolor animatemotion
    animatetransform annotation annotation-xml applet area article aside audio b base basefont bdi
    bdo bgsound big blink blockquote body br button camera canvas caption center circle cite
    clippath code col colgroup color-profile command content cursor data datalist dd defs del desc
    details dfn dialog dir discard div dl dt ellipse em embed feblend fecolormatrix
    fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap
    fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage
    femerge femergenode femorphology fencedframe feoffset fepointlight fespecularlighting
    fespotlight fetile feturbulence fieldset figcaption figure filter font font-face
    font-face-format font-face-name font-face-src font-face-uri footer foreignobject form frame
    frameset g geolocation glyph glyphref h1 h2 h3 h4 h5 h6 hatch hatchpath head header hgroup
    hkern hr html i iframe image img input ins install isindex kbd keygen label legend li line
    lineargradient link listing maction main maligngroup malignmark map mark marker marquee mask
    math menclose menu menuitem merror mesh meshgradient meshpatch meshrow meta metadata meter
    mfenced mfrac mglyph mi microphone missing-glyph mlabeledtr mlongdiv mmultiscripts mn mo model
    mover mpadded mpath mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline mspace
    msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr multicol munder munderover
    nav nextid nobr noembed noframes noindex noscript object ol optgroup option output p param
    path pattern picture plaintext polygon polyline portal pre progress q radialgradient rb rect
    rp rt rtc ruby s samp script search section select selectedcontent semantics set shadow slot
    small solidcolor source spacer span stop strike strong style sub summary sup svg switch symbol
    table tbody td template text textarea textpath tfoot th thead time title tr track tref tspan
    tt u ul use usermedia var video view vkern wbr xmp
    """.split()
)
"""Names of elements, in lower case."""
