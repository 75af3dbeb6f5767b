"""Hints about an element: why it looks as it does, and what would change that."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from replay_redact._rules.decisions import DEFAULTS
from replay_redact.preview.inert import Hint


class Mark(NamedTuple):
    """Why something was masked: its channel, and the rule."""

    channel: str
    rule: str


class Region(NamedTuple):
    """An element that shows something in clear: its path, and the rule that shows it."""

    path: str
    rule: str


Masked = dict[int, Counter[Mark]]
Clear = dict[int, Region]

WHAT_IT_DOES = {
    "text": "asterisks instead of text",
    "input": "asterisks instead of the value of a field",
    "attribute": "asterisks instead of the value",
    "css": "texts and addresses in style sheets are masked",
    "url": "only the scheme and host of an address stay",
    "media": "a gray box",
    "code": "emptied",
    "metadata": "masked, unless it is known to be safe",
    "pointer": "only the first and the last position of a path stay",
    "event": "dropped",
    "structure": "names of no known form are dropped or replaced",
}
"""What redaction does to each channel."""

_OPENED = frozenset({"text", "input", "attribute"})
_LOCKED = "never unmasked"
_OPENING = {DEFAULTS: "unmask", "block_all_media": "show_media"}
"""The option that shows what a rule masks. Any other rule has to be changed itself."""


def hints_of(masked: Masked, clear: Clear) -> dict[int, Hint]:
    """Return the hint for each element: a tooltip that says what was done to it."""
    lines: dict[int, list[str]] = {}
    for node, marks in masked.items():
        lines[node] = [
            f"{channel}: {rule}" + (f" ({count} places)" if count > 1 else "")
            for (channel, rule), count in marks.most_common()
        ]
    for node, region in clear.items():
        lines.setdefault(node, []).append(f"shown in clear: {region.rule}")
    return {
        node: Hint(
            "\n".join(said), node in clear, _ways(masked.get(node, ()), is_clear=node in clear)
        )
        for node, said in lines.items()
    }


def _ways(marks: Counter[Mark] | tuple[()], *, is_clear: bool) -> str:
    """Return what can be done about an element, in words that the script of the page knows.

    * ``unmask``, ``show_media``: this option shows it;
    * ``mask``: this option masks it;
    * ``rule``: only a change of the rule shows it;
    * ``locked``: nothing shows it.

    >>> _ways(Counter([Mark("text", "defaults of the policy")]), is_clear=True)
    'mask unmask'
    """
    found = {"mask"} if is_clear else set()
    for channel, rule in marks:
        if rule.startswith(_LOCKED):
            found.add("locked")
        elif channel in _OPENED or channel == "media":
            found.add(_OPENING.get(rule, "rule"))
    return " ".join(sorted(found))
