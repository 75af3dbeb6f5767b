r"""Which strings a pattern of Relay's may match, asked of RE2 over all strings together.

The patterns are in the syntax of the ``regex`` package, which takes 20 µs a string. RE2 takes one.
It means the same by a pattern if the string has printable ASCII only (so that `\s`, `\w`, `$` and
letter case cannot differ) and the pattern has nothing that RE2 reads in another way. All other
strings may match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from replay_redact.scrub.probes import candidates, compiled, joined_probe, to_bytes
from replay_redact.scrub.relay import defaults

Sieve = Callable[[Sequence[str]], list[int]]
"""Takes strings, and returns the numbers of those that may match."""

_ALIKE = re.compile(
    r"""(?:\(\?i\))?(?:
    \\[bBdDwWsS] | \\[^A-Za-z0-9]           # classes, and signs as they are
    | \((?:\?:|\?i:|\?P<[A-Za-z]\w*>|(?!\?))  # groups
    | \{\d{1,3}(?:,\d{0,3})?\}               # counts
    | \[\^?\]?(?:\\[bBdDwWsS]|\\[^A-Za-z0-9]|(?!--|&&|\|\||~~)[^\[\]\\])*\]
    | [^\\(\[{}]
    )*\Z""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ANCHOR = re.compile(r"(?<![\[\\])[\^$]")


def sieve_of(source: str) -> Sieve:
    """Return what tells the strings that a pattern may match."""
    if source in defaults.PROBES:
        return partial(_sieved, joined_probe([defaults.PROBES[source]]), joins=True, plain=False)
    if _ALIKE.match(source) is None:
        return _all
    try:
        compiled(source)
    except Exception:  # noqa: BLE001 - RE2 has an error of its own for each release
        return _all
    joins = _ANCHOR.search(source) is None
    return partial(_sieved, joined_probe([source]), joins=joins, plain=True)


def _all(texts: Sequence[str]) -> list[int]:
    return list(range(len(texts)))


def _sieved(
    fires: Callable[[bytes, int], int], texts: Sequence[str], *, joins: bool, plain: bool
) -> list[int]:
    """Return the numbers of strings that may match.

    ``joins`` says that the strings may be asked about together, ``plain`` that RE2 can only tell of
    printable ASCII.
    """
    odd: list[int] = []
    if plain and not _is_plain("".join(texts)):
        odd = [at for at, text in enumerate(texts) if not _is_plain(text)]
    if joins:
        return sorted({*odd, *(at for at, _ in candidates(fires, texts))})
    return sorted({*odd, *(at for at, text in enumerate(texts) if fires(to_bytes(text), 0) >= 0)})


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


_wiping = joined_probe([defaults.WHOLE_PROBE])


def with_passwords(texts: Sequence[str]) -> list[int]:
    """Return the numbers of the strings that Relay wipes for a word that they hold.

    >>> with_passwords(["a", "my secret"]), with_passwords(["a", "b"])
    ([1], [])
    """
    return [at for at, data in candidates(_wiping, texts) if defaults.wipes(data)]
