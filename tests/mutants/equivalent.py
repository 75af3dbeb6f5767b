"""Faults that make no visible difference: module, line before, line after, reason.

Each has its reason. A line that the source no longer has is reported when the tool runs.
"""

_LEVELS = "_LEVELS = {}  # as deep as the events nest that add one node: event, data, adds, node, attributes"
_DEEPER = "what nests deeper is read by the loop around the pattern: only the time differs"
_INSIDE = r'inside = flat + rb"(?:[\[{]" + inside + rb"[\]}]" + flat + rb")*+"'

EQUIVALENT: dict[str, dict[tuple[str, str], str]] = {
    "_wire.array_splitter": {
        **{(_LEVELS.format(6), _LEVELS.format(n)): _DEEPER for n in (5, 7)},
        (_INSIDE, _INSIDE.replace(")*+", ")++")): _DEEPER,
    },
}
