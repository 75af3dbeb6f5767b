"""Write `css_words.py` and `element_names.py`: the words of CSS, HTML, SVG and MathML.

    npm pack @webref/css@8.7.5 @webref/elements@2.9.0 mdn-data@2.37.2 css-tree@3.2.1
    for archive in *.tgz; do mkdir ${archive%.tgz}; tar xzf $archive -C ${archive%.tgz} --strip 1; done
    python tests/generate_css_words.py FOLDER

reads the unpacked packages in FOLDER. The words come from the grammars of values alone, not from
prose or examples: whatever is neither a type, a property nor a function there is a keyword.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLES = Path(__file__).parents[1] / "replay_redact" / "_allowlists"
WEBREF, ELEMENTS = "webref-css-8.7.5", "webref-elements-2.9.0"
MDN, CSS_TREE = "mdn-data-2.37.2", "css-tree-3.2.1"
READ_ON = "2026-11-27"

# <types>, 'properties' and quoted tokens, {repeats}, and functions with their bracket.
_NO_KEYWORD = re.compile(r"<[^<>]*>|'[^']*'|\{[^{}]*\}")
_FUNCTION = re.compile(r"(-?[A-Za-z][A-Za-z0-9-]*)\(")
_KEYWORD = re.compile(r"(?<![\w@:.-])-?[A-Za-z][A-Za-z0-9-]*(?![\w-]*\()")
_RANGE = re.compile(r"\[[^\[\]<>]*\](?=>)")  # of numbers that a type allows

# Words of CSS that only the prose of a specification names, or that are older than the grammars.
MORE_KEYWORDS = """
    ui-serif ui-sans-serif ui-monospace ui-rounded serif sans-serif cursive fantasy monospace
    system-ui math emoji fangsong -apple-system blinkmacsystemfont
    oblique normal important decimal decimal-leading-zero lower-alpha upper-alpha lower-latin
    upper-latin lower-roman upper-roman lower-greek
    inherit initial unset revert revert-layer revert-rule
    color-profile custom-properties transparent currentcolor
    -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex -moz-box -moz-inline-box
    -ms-flexbox -ms-inline-flexbox -ms-grid -ms-inline-grid -moz-none
    -webkit-sticky -webkit-fill-available -moz-available -webkit-auto -webkit-max-content
    -webkit-min-content -webkit-fit-content -moz-max-content -moz-min-content -moz-fit-content
    -webkit-optimize-contrast -moz-crisp-edges -o-crisp-edges -webkit-match-parent
    -webkit-center -webkit-left -webkit-right -moz-center -moz-left -moz-right
    -webkit-grab -webkit-grabbing -moz-grab -moz-grabbing -webkit-zoom-in -webkit-zoom-out
    -moz-zoom-in -moz-zoom-out -webkit-link -webkit-activelink -webkit-focus-ring-color
    -webkit-text -moz-initial -webkit-isolate -moz-isolate -webkit-plaintext -moz-plaintext
    -webkit-isolate-override -moz-isolate-override -webkit-baseline-middle
    -webkit-paged-x -webkit-paged-y
    safe-area-inset-top safe-area-inset-right safe-area-inset-bottom safe-area-inset-left
    safe-area-max-inset-top safe-area-max-inset-right safe-area-max-inset-bottom
    safe-area-max-inset-left titlebar-area-x titlebar-area-y titlebar-area-width
    titlebar-area-height keyboard-inset-top keyboard-inset-right keyboard-inset-bottom
    keyboard-inset-left keyboard-inset-width keyboard-inset-height viewport-segment-top
    viewport-segment-right viewport-segment-bottom viewport-segment-left viewport-segment-width
    viewport-segment-height preferred-text-scale
"""
MORE_FUNCTIONS = """
    -webkit-gradient -webkit-linear-gradient -webkit-radial-gradient -moz-linear-gradient
    -moz-radial-gradient -o-linear-gradient -o-radial-gradient -ms-linear-gradient
    -ms-radial-gradient -webkit-repeating-linear-gradient -webkit-repeating-radial-gradient
    -moz-repeating-linear-gradient -moz-repeating-radial-gradient -webkit-calc -moz-calc
    -webkit-cross-fade -webkit-image-set -moz-element -webkit-canvas -moz-image-rect
    from to color-stop counter counters attr env constant local format tech src url
    alpha frames expression progid matrix matrix3d
"""
# What CSS Values and Units and CSS Grid define; a test compares with the units of MDN.
UNITS = """
    % em rem ex rex cap rcap ch rch ic ric lh rlh vw svw lvw dvw vh svh lvh dvh vi svi lvi dvi
    vb svb lvb dvb vmin svmin lvmin dvmin vmax svmax lvmax dvmax cqw cqh cqi cqb cqmin cqmax
    cm mm q in pt pc px deg grad rad turn s ms hz khz dpi dpcm dppx x fr db st
"""
# Pseudo-classes and pseudo-elements that browsers read, and no table of these lists.
MORE_PSEUDOS = """
    -webkit-any -moz-any -webkit-autofill -moz-focusring -webkit-full-screen -moz-full-screen
    -ms-fullscreen -webkit-scrollbar -webkit-scrollbar-button -webkit-scrollbar-corner
    -webkit-scrollbar-thumb -webkit-scrollbar-track -webkit-scrollbar-track-piece
    -webkit-resizer horizontal vertical increment decrement start end double-button single-button
    no-button corner-present window-inactive -webkit-inner-spin-button -webkit-outer-spin-button
    -webkit-search-cancel-button -webkit-search-decoration -webkit-search-results-button
    -webkit-search-results-decoration -webkit-input-placeholder -moz-placeholder
    -ms-input-placeholder -webkit-file-upload-button -webkit-slider-thumb
    -webkit-slider-runnable-track -webkit-slider-container -moz-range-thumb -moz-range-track
    -moz-range-progress -ms-thumb -ms-track -ms-fill-lower -ms-fill-upper -ms-ticks-before
    -ms-ticks-after -ms-tooltip -ms-clear -ms-reveal -ms-expand -ms-check -ms-value -ms-browse
    -ms-backdrop -ms-fill -webkit-progress-bar -webkit-progress-value -webkit-progress-inner-element
    -moz-progress-bar -webkit-meter-bar -webkit-meter-optimum-value
    -webkit-meter-suboptimum-value -webkit-meter-even-less-good-value -webkit-meter-inner-element
    -webkit-calendar-picker-indicator -webkit-clear-button -webkit-date-and-time-value
    -webkit-datetime-edit -webkit-datetime-edit-ampm-field -webkit-datetime-edit-day-field
    -webkit-datetime-edit-fields-wrapper -webkit-datetime-edit-hour-field
    -webkit-datetime-edit-meridiem-field -webkit-datetime-edit-millisecond-field -webkit-datetime-edit-minute-field
    -webkit-datetime-edit-month-field -webkit-datetime-edit-second-field
    -webkit-datetime-edit-text -webkit-datetime-edit-week-field -webkit-datetime-edit-year-field
    -webkit-color-swatch -webkit-color-swatch-wrapper -moz-color-swatch
    -webkit-credentials-auto-fill-button -webkit-contacts-auto-fill-button
    -webkit-caps-lock-indicator -webkit-strong-password-auto-fill-button
    -webkit-details-marker -moz-list-bullet -moz-list-number -moz-focus-inner -moz-focus-outer
    -moz-selection -moz-ui-invalid -moz-ui-valid -moz-only-whitespace -moz-broken -moz-loading
    -moz-user-disabled -moz-suppressed -moz-first-node -moz-last-node -moz-any-link
    -webkit-any-link -moz-drag-over -moz-window-inactive -moz-svg-foreign-content
    -moz-meter-bar -moz-page -moz-page-sequence -moz-scrolled-page-sequence
    -webkit-media-controls -webkit-media-controls-enclosure -webkit-media-controls-panel
    -webkit-media-controls-play-button -webkit-media-controls-overlay-play-button
    -webkit-media-controls-start-playback-button -webkit-media-controls-mute-button
    -webkit-media-controls-timeline -webkit-media-controls-timeline-container
    -webkit-media-controls-current-time-display -webkit-media-controls-time-remaining-display
    -webkit-media-controls-volume-slider -webkit-media-controls-volume-slider-container
    -webkit-media-controls-fullscreen-button -webkit-media-controls-seek-back-button
    -webkit-media-controls-seek-forward-button -webkit-media-controls-toggle-closed-captions-button
    -webkit-media-text-track-container -webkit-media-text-track-display
    -webkit-media-slider-container -webkit-media-slider-thumb -webkit-full-page-media
    -webkit-full-screen-ancestor -webkit-full-screen-document -webkit-animating-full-screen-transition
    -webkit-textfield-decoration-container -webkit-validation-bubble
    -webkit-validation-bubble-message -webkit-inner-editor -khtml-any-link
    selection placeholder content shadow deep ng-deep v-deep v-global v-slotted global first left
    right blank nth-of-page host-context slotted cue cue-region
"""
# No specification of today has them; old pages do.
MORE_ELEMENTS = """
    content shadow image noindex command
    font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph glyph
    glyphRef hkern vkern altGlyph altGlyphDef altGlyphItem animateColor cursor tref hatch
    hatchpath solidcolor mesh meshgradient meshpatch meshrow discard color-profile
    maligngroup malignmark menclose mfenced mglyph mlabeledtr mlongdiv mscarries mscarry
    msgroup msline msrow mstack
"""

# Families that systems bring along, and those that frameworks ask for; one a line.
FONT_FAMILIES = """
    apple color emoji, apple sd gothic neo, android emoji, arial, arial black, arial narrow,
    arial nova, avenir, avenir next, bahnschrift, baskerville, bitstream vera sans mono, blinkmacsystemfont,
    book antiqua, bookman, bookman old style, calibri, cambria, candara, cantarell,
    cascadia code, cascadia mono, century gothic, charter, comic sans ms, consolas,
    constantia, corbel, courier, courier new, dejavu sans, dejavu sans mono, dejavu serif,
    droid sans, droid sans mono, emojione mozilla, fira code, fira mono, fira sans, franklin gothic medium,
    futura, garamond, geist, geist mono, geneva, georgia, gill sans, gill sans mt, hack,
    helvetica, helvetica neue, hiragino kaku gothic pro, hiragino sans, hiragino sans gb,
    ibm plex mono, ibm plex sans, impact, inconsolata, inter, inter var, inter variable,
    iowan old style, jetbrains mono, lato, liberation mono, liberation sans,
    liberation serif, lucida console, lucida grande, lucida sans unicode, malgun gothic,
    meiryo, menlo, microsoft yahei, monaco, montserrat, ms gothic, ms pgothic,
    nimbus mono ps, nimbus roman, nimbus sans, noto color emoji, noto emoji, noto sans, noto sans arabic, noto sans cjk jp,
    noto sans jp, noto sans kr, noto sans mono, noto sans sc, noto serif, nunito, nunito sans, open sans,
    optima, oxygen, oxygen-sans, palatino, palatino linotype, pingfang sc, pingfang tc, poppins, raleway,
    roboto, roboto flex, roboto mono, roboto slab, rockwell, san francisco, segoe ui, segoe ui emoji,
    segoe ui historic, segoe ui mono, segoe ui symbol, segoe ui variable, sf mono, sf pro, sf pro display, sf pro text,
    sfmono-regular, simsun, sitka text, source code pro, source sans 3, source sans pro, source serif pro, tahoma,
    times, times new roman, trebuchet ms, twemoji mozilla, ubuntu, ubuntu mono, urw palladio l,
    verdana, work sans, yu gothic
"""

TYPES_OF_SYNTAX = """
    length number percentage length-percentage string color image url integer angle time
    resolution transform-function transform-list custom-ident
"""


def load(folder: Path, *path: str) -> Any:
    """Read one file of data."""
    return json.loads(folder.joinpath(*path).read_text("utf-8"))


def grammars(data: object) -> Iterator[str]:
    """Yield every grammar of values in a file of data, and every value it names."""
    stack = [data]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            for key in ("syntax", "value", "prelude", "initial"):
                if isinstance(item.get(key), str) and key != "initial":
                    yield item[key]
            if item.get("type") == "value" and isinstance(item.get("name"), str):
                yield item["name"]
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def of_css_tree(data: dict[str, Any]) -> Iterator[str]:
    """Yield the grammars of css-tree's own corrections."""
    yield from grammars(data)
    for part in ("properties", "types"):
        yield from (entry for entry in data[part].values() if isinstance(entry, str))


def split(syntax: str) -> tuple[set[str], set[str]]:
    """Return the functions and the keywords of a grammar, in small letters.

    >>> functions, keywords = split("<color> | fade( <number [0,1]>, slow ) | auto")
    >>> sorted(functions), sorted(keywords)
    (['fade'], ['auto', 'slow'])
    """
    bare = _NO_KEYWORD.sub(" ", _RANGE.sub("", syntax))
    functions = {name.lower() for name in _FUNCTION.findall(bare)}
    return functions, {word.lower() for word in _KEYWORD.findall(bare)} - functions


def name_of(entry: str) -> str:
    """Return the bare name of ``::cue()`` and the like."""
    return entry.strip(":").removesuffix("()").lower()


def table(name: str, words: set[str], doc: str) -> str:
    """Write a frozen set of words."""
    lines = textwrap.wrap(
        " ".join(sorted(words)), 94, break_on_hyphens=False, break_long_words=False
    )
    body = "\n".join(f"    {line}" for line in lines)
    return f'{name} = frozenset(\n    """\n{body}\n    """.split()\n)\n"""{doc}"""\n'


def families() -> set[str]:
    """Return the names of font families, as single words."""
    names = " ".join(FONT_FAMILIES.split()).split(", ")
    return {name.replace(" ", "_") for name in names}


def descriptors(webref: dict[str, Any]) -> set[str]:
    """Return what at-rules declare; what ``@media`` and ``@container`` ask for is no declaration."""
    return {
        descriptor["name"]
        for rule in webref["atrules"]
        for descriptor in rule["descriptors"]
        if descriptor.get("type") != "discrete" and rule["name"] not in {"@media", "@container"}
    }


def syntaxes(folder: Path, webref: dict[str, Any]) -> list[str]:
    """Return the grammars of CSS, as three projects list them."""
    found = [
        *grammars({key: webref[key] for key in ("properties", "functions", "types", "atrules")})
    ]
    for file in ("properties", "functions", "syntaxes", "at-rules", "types"):
        entries = load(folder, MDN, "css", f"{file}.json").values()
        found += [e["syntax"] for e in entries if "syntax" in e and "\n" not in e["syntax"]]
        found += [own["syntax"] for e in entries for own in e.get("descriptors", {}).values()]
    return found + of_css_tree(load(folder, CSS_TREE, "data", "patch.json"))


def css_words(folder: Path) -> str:
    """Write the module of CSS's own words."""
    webref = load(folder, WEBREF, "css.json")
    functions, keywords = set(MORE_FUNCTIONS.split()), set(MORE_KEYWORDS.split())
    for syntax in syntaxes(folder, webref):
        own_functions, own_keywords = split(syntax)
        functions |= own_functions
        keywords |= own_keywords
    functions |= {name_of(entry["name"]) for entry in webref["functions"]}
    functions |= {name_of(name) for name in load(folder, MDN, "css", "functions.json")}
    pseudos = set(MORE_PSEUDOS.split())
    pseudos |= {name_of(s["name"]) for s in webref["selectors"] if s["name"].startswith(":")}
    pseudos |= {name_of(n) for n in load(folder, MDN, "css", "selectors.json") if n.startswith(":")}
    return "\n".join(
        (
            HEAD.format(webref=WEBREF, mdn=MDN, css_tree=CSS_TREE, date=READ_ON),
            table(
                "CSS_FUNCTIONS",
                functions - NOT_WORDS,
                "Names of functions in values.",
            ),
            table("CSS_KEYWORDS", keywords - NOT_WORDS, "Keywords of values."),
            table("CSS_UNITS", set(UNITS.split()), "Units of numbers, and the percent sign."),
            table("CSS_PSEUDOS", pseudos, "Pseudo-classes and pseudo-elements, without colons."),
            table(
                "CSS_AT_RULES",
                {rule["name"].strip("@") for rule in webref["atrules"]},
                "Names of at-rules.",
            ),
            table("CSS_DESCRIPTORS", descriptors(webref), "What the blocks of at-rules declare."),
            table(
                "FONT_FAMILIES",
                families(),
                "Well-known font families, in lower case, with an underscore for each blank.",
            ),
            table(
                "SYNTAX_TYPES",
                set(TYPES_OF_SYNTAX.split()),
                "Types that ``syntax`` of `@property` can name.",
            ),
        )
    )


# In the grammars, but also speech: names of voices. No browser reads them.
NOT_WORDS = frozenset({"female", "male", "child", "old", "young"})


def element_names(folder: Path) -> str:
    """Write the module of the names of elements."""
    names = set(MORE_ELEMENTS.split())
    for path in sorted((folder / ELEMENTS).glob("*.json")):
        names |= {entry["name"] for entry in load(path).get("elements", [])}
    return "\n".join(
        (
            ELEMENT_HEAD.format(elements=ELEMENTS, date=READ_ON),
            table(
                "ELEMENT_NAMES",
                {name.lower() for name in names},
                "Names of elements, in lower case.",
            ),
        )
    )


HEAD = '''"""The words that CSS itself defines, as published allow-lists. Generated: do not edit.

A word that CSS defines says nothing about a person. A word that is missing here is masked
wherever a word could be speech.

`tests/generate_css_words.py` took these words on {date} from the grammars in {webref},
{mdn} and {css_tree} (npm). It also lists the few words that no grammar has.
"""

from __future__ import annotations
'''

ELEMENT_HEAD = '''"""The names of elements that HTML, SVG and MathML have or had. Generated: do not edit.

`tests/generate_css_words.py` took these names on {date} from {elements} (npm).
It also lists older names that no current specification has.
"""

from __future__ import annotations
'''

if __name__ == "__main__":
    source = Path(sys.argv[1])
    (TABLES / "css_words.py").write_text(css_words(source), "utf-8")
    (TABLES / "element_names.py").write_text(element_names(source), "utf-8")
