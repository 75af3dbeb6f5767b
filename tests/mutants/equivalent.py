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
_MEMORY = "chosen.max_mem = {} << 20"
_WIPES = "return lambda data: surely(data, 0) >= 0 or (maybe(data, 0) >= 0 and relay_defaults.wipes(data))"
_OTP = r'r"|(?:^|\x00)(?i:otp|two[-_]factor)(?:\x00|$)"'
_IN_TAG = r'in_tag = rf"<[^<>\x00]*{stems}[^<>\x00]*[>\x00]"'
_BASIC = r"""r"(?i:basic):?[\s\v+]+[\"']?([A-Za-z0-9+/]{2,}={0,2})","""
_CARD = r'CARD: rf"(?:^|[^0-9A-Za-z_])(?:{_CARD_BEGINS})(?:(?:-|{_SPACE})?{_DIGIT}){{12}}",'
_CARD_BEGINS = (
    r'_CARD_BEGINS = rf"3[47]{_DIGIT}|4{_DIGIT}{{3}}|5[1-5]{_DIGIT}{{2}}|65{_DIGIT}{{2}}|6011"'
)
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
    "scrub.active_rules": {
        (
            "for at_once, text in zip(places, texts, strict=True):",
            "for at_once, text in zip(places, texts, strict=False):",
        ): "there is one text for each place",
        (
            "found.sort(key=itemgetter(0))",
            "found.sort(key=itemgetter(-1))",
        ): "in any order the same is found: only the time differs",
        (
            _WIPES,
            _WIPES.replace("surely(data, 0)", "surely(data, 1)"),
        ): "what is not sure is looked at exactly",
    },
    "scrub.finders": {
        (
            "return not own and compiled(detector.pattern).groups == 0",
            "return None",
        ): "the longer way has the same result",
    },
    "scrub.known_secrets": {
        (_BASIC, _BASIC.replace("{2,}", "{1,}")): "one character is no base64",
    },
    "scrub.probes": dict.fromkeys(
        [(_MEMORY.format(64), _MEMORY.format(number)) for number in (63, 65)],
        "our patterns take far less memory",
    ),
    "scrub.relay.defaults": dict.fromkeys(
        (
            (_CARD, _CARD.replace("[^0-9", "[^1-9")),
            (_CARD_BEGINS, _CARD_BEGINS.replace("|65", "|6")),
            (_OTP, _OTP.replace("^|\\x00)(", "^|)(")),
        ),
        "the probe fires more often: only the time differs",
    ),
    "scrub.relay.spots": dict.fromkeys(
        (
            ("self._made += 1", "self._made += 2"),
            ("self._roots, self._made = {}, 0", "self._roots, self._made = {}, -1"),
        ),
        "what is forgotten is made again, and is the same",
    ),
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
        (
            _IN_TAG,
            _IN_TAG.replace("*[>", "+[>"),
        ): "a key that the tag ends with fires by itself",
    },
}
