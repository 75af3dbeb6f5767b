r"""A row of the table of token formats.

A token begins with a prefix of its own, and has a body of some characters. ``sample`` is an example:
``{A20}`` in it stands for twenty characters of the class ``A``. A token that is longer than its
format says is found whole.

>>> made("glpat-{B12}")
'glpat-0A9Zaz_-0A9Z'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle, islice
from typing import NamedTuple

CLASSES = {
    "A": "0A9Zaz",  # letters and digits
    "W": "0A9Zaz_",
    "B": "0A9Zaz_-",  # base64 for addresses
    "S": "0A9Zaz+/",  # base64
    "U": "0A9Z",
    "l": "0a9z",
    "L": "AZaz",
    "h": "0a9f",  # hexadecimal digits
    "H": "0A9F",
    "d": "09",
}
"""The ends of the ranges that a class of characters has."""

GITHUB = (
    "docs.github.com/code-security/reference/secret-security/supported-secret-scanning-patterns"
)
"""Where GitHub lists formats of many vendors."""

_PLACE = re.compile(r"\{([A-Za-z])([0-9]+)\}")


class TokenFormat(NamedTuple):
    """One kind of token.

    * ``source``: the page on which the vendor, or GitHub, describes the format. We wrote most of
      these addresses down from memory.
    * ``seen``: where we looked the format up. It names the rule of a published scanner that finds
      the same (gitleaks 8.30.1; Betterleaks and Veles as in Kingfisher 2.14.0; secretlint;
      detect-secrets), or says that the format was seen in public code. If it is empty, nobody has
      checked: read the page before you change the row.
    """

    name: str
    prefix: str
    body: str
    sample: str
    look_alike: str
    source: str
    probe: str
    around: str
    seen: str = ""

    @property
    def pattern(self) -> str:
        """What matches the token; if it has a group, the group is the token."""
        return self.around.format(self.prefix, self.body)


def _kind(around: str) -> Callable[..., TokenFormat]:
    def row(name: str, prefix: str, *more: str, probe: str = "", seen: str = "") -> TokenFormat:
        body, sample, look_alike, source = more
        probe = probe or prefix
        return TokenFormat(name, prefix, body, sample, look_alike, source, probe, around, seen)

    return row


token = _kind("{}{}")
"""Makes the row of a token with a prefix that nothing else has."""

bordered = _kind("(?:^|[^0-9A-Za-z]|%..)({}{})")
"""Makes the row of a token that must not follow a letter or digit: words may end as it begins."""

labelled = _kind("{}({})")
"""Makes the row of a token behind a prefix that says what it is, and stays."""


def made(sample: str) -> str:
    """Return a sample with its places filled, the same every time."""
    return filled(sample, lambda name, size: "".join(islice(cycle(CLASSES[name]), size)))


def filled(sample: str, fill: Callable[[str, int], str]) -> str:
    """Return a sample with its places filled by what the name of a class and a size give.

    >>> filled("key-{h4}", lambda name, size: size * "0")
    'key-0000'
    """
    return _PLACE.sub(lambda place: fill(place[1], int(place[2])), sample)
