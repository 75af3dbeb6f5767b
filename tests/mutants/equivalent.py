"""Faults that make no visible difference: module, line before, line after, reason.

Each has its reason. A line that the source no longer has is reported when the tool runs.
"""

_LEVELS = "_LEVELS = {}  # as deep as the events nest that add one node: event, data, adds, node, attributes"
_DEEPER = "what nests deeper is read by the loop around the pattern: only the time differs"
_NO_STEMS = 'return rf"(?i:{\'|\'.join(stems)})" if stems else r"[^\\x00-\\xff]"'
_UNSEALED = (
    "self._closing, self._either = {}, -1  # bits that only close, and those that do not only"
)
_STRING = r'return rf"{quote}(?:[^{quote}\\\n\r\f]++|\\(?:\r\n|[\s\S])|\\\Z)*+(?:{quote}|(?=[\n\r\f])|\Z)"'
_INSIDE = r'inside = flat + rb"(?:[\[{]" + inside + rb"[\]}]" + flat + rb")*+"'


def _cache(line: str, size: int) -> dict[tuple[str, str], str]:
    """Return the faults in the size of a cache: only the time differs."""
    others = [line.replace(f"{size}", f"{other}") for other in (size - 1, size + 1)]
    return {(line, other): "what is forgotten is made again, and is the same" for other in others}


EQUIVALENT: dict[str, dict[tuple[str, str], str]] = {
    "_wire.array_splitter": {
        **{(_LEVELS.format(6), _LEVELS.format(n)): _DEEPER for n in (5, 7)},
        (_INSIDE, _INSIDE.replace(")*+", ")++")): _DEEPER,
    },
    "_css.glance": {
        (
            r'_COMMENT = r"/\*(?! rr_split \*/)(?:[^*]++|\*(?!/))*+\*/"',
            r'_COMMENT = r"/\*(?! rr_split \*)(?:[^*]++|\*(?!/))*+\*/"',
        ): "what no glance tells is read token by token, with the same result",
    },
    "_css.tokens": {
        (
            _STRING,
            _STRING.replace(r"\\\Z", r"\\"),
        ): "any other backslash is taken with what follows",
    },
    "_masks.page_urls": {
        (
            "path = ROUTE_END.split(route, maxsplit=1)[0]",
            f"path = ROUTE_END.split(route, maxsplit={number})[0]",
        ): "the first part is the same"
        for number in (0, 2)
    },
    "_page.attributes": _cache(
        "_MAX_KNOWN = 1024  # masked values that are remembered: addresses of menus, roles, styles",
        1024,
    ),
    "_page.tree": {
        ("count += len(children)", "pass"): "ids that repeat are then looked for in vain",
    },
    "_rules.facts": {
        **_cache("_MAX_CACHED_VALUES = 8192", 8192),
        (_UNSEALED.format(0), _UNSEALED.format(-1)): "`seal` sets both before anything is asked",
    },
    "scrub.relay.events": {
        (
            "below = self._item(spot, None, value[0])",
            f"below = self._item(spot, None, value[{number}])",
        ): "all are strings, and only the type counts"
        for number in (1, -1)
    },
    "testing.prefilter.foldings": {
        (
            "table = Foldings(made[0], made[1], made[2], made[3], made[4], [])",
            "table = Foldings(made[0], made[1], made[1], made[3], made[4], [])",
        ): "one letter and several share no key; a letter with marks passes, to be looked at exactly",
    },
    "scrub.validators": {
        ("return fits and len(set(number)) > 1", "return fits and len(set(number)) > 0"): (
            "no number of one digit has the first digits and the check digit of a brand"
        ),
    },
    "scrub.keys.in_text": {
        (
            _NO_STEMS,
            _NO_STEMS.replace("x00-", "x00"),
        ): "without keys no key is secret, however often asked",
    },
}
