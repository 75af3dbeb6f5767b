r"""Which strings a pattern of Relay's may match, asked of RE2 over all strings together.

The patterns are in the syntax of the ``regex`` package, which takes 20 µs a string. RE2 takes one.
It means the same by a pattern if the string has printable ASCII only (so that `\s`, `\w`, `$` and
letter case cannot differ) and the pattern has nothing that RE2 reads in another way. All other
strings may match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from replay_redact.scrub.probes import (
    Fires,
    candidates,
    compiled_with,
    joined_probe,
    options,
    to_bytes,
)
from replay_redact.scrub.relay import defaults

Sieve = Callable[[Sequence[str]], list[int]]
"""Takes strings, and returns the numbers of those that may match."""

_ALIKE = re.compile(
    r"(?:\(\?i\))?(?:"
    r"\\[bBdDwWsS]|\\[^A-Za-z0-9]"  # classes, and signs as they are
    r"|\((?:\?:|\?i:|\?P<[A-Za-z]\w*>|(?!\?))"  # groups
    r"|\{\d{1,3}(?:,\d{0,3})?\}"  # counts
    r"|\[\^?\]?(?:\\[bBdDwWsS]|\\[^A-Za-z0-9]|(?!--|&&|\|\||~~)[^\[\]\\])*\]"
    r"|[^\\(\[{}]"
    r")*\Z",
    re.DOTALL | re.ASCII,
)


class Probe(NamedTuple):
    """What fires in every string that a pattern may match.

    ``own`` ones are RE2's, over bytes, and tell of any string. Others are patterns of Relay's
    themselves, which RE2 can only tell of in printable ASCII.
    """

    pattern: str
    own: bool


def probe_of(source: str) -> Probe | None:
    """Return the probe of a pattern of Relay's; ``None`` if it may match any string."""
    if source in defaults.PROBES:
        return Probe(defaults.PROBES[source], own=True)
    reads = _ALIKE.match(source) is not None and _line_probe([source]) is not None
    return Probe(source, own=False) if reads else None


def sieve_of(probes: Iterable[Probe | None]) -> Sieve:
    """Return what tells the strings in which one of some probes may fire.

    >>> sieve_of([probe_of("j.n"), probe_of("ä")])(["jane", "June", "jäne"])
    [0, 2]
    """
    given = set(probes)
    if None in given:
        return _all
    own = sorted(probe.pattern for probe in given if probe and probe.own)
    others = sorted(probe.pattern for probe in given if probe and not probe.own)
    sieves: list[Sieve] = []
    if own:
        sieves.append(partial(_by_own, joined_probe(own)))
    if others:
        lines = _line_probe(others)
        sieves.append(_all if lines is None else partial(_by_others, lines))
    if len(sieves) == 1:
        return sieves[0]
    return lambda texts: sorted({at for sieve in sieves for at in sieve(texts)})


def _all(texts: Sequence[str]) -> list[int]:
    return list(range(len(texts)))


def _by_own(fires: Fires, texts: Sequence[str]) -> list[int]:
    return [at for at, _ in candidates(fires, texts)]


_ODD = r"[^\x20-\x7e]"
"""What makes a string one of which RE2 cannot tell."""


@lru_cache(64)
def _compiled_lines(patterns: tuple[str, ...]) -> Any:
    chosen = options()
    chosen.never_nl = chosen.never_capture = True
    joined = "|".join((_ODD, *(f"(?:{pattern})" for pattern in patterns)))
    try:
        return compiled_with(f"(?m)(?:{joined})", chosen)
    except Exception:  # noqa: BLE001 - RE2 has an error of its own for each release
        return None


def _line_probe(patterns: Sequence[str]) -> Any:
    r"""Compile patterns so that each line of a text is a string of its own.

    No match reaches over the end of a line, whatever a pattern says of it: ``[^;]+`` does not, and
    ``^`` and ``$`` are the ends of a line. So strings without line breaks can be asked about
    together. What is not printable ASCII matches, too. ``None`` if RE2 cannot read them, or all of
    them are too much for it.
    """
    return _compiled_lines(tuple(patterns))


def _by_others(pattern: Any, texts: Sequence[str]) -> list[int]:
    """Return the numbers of strings that may match; those of several lines may."""
    joined = "\n".join(texts)
    if joined.count("\n") < len(texts):
        return _lines_with(pattern, joined)
    single = [at for at, text in enumerate(texts) if "\n" not in text]
    several = set(range(len(texts))).difference(single)
    caught = _lines_with(pattern, "\n".join(texts[at] for at in single)) if single else []
    return sorted({*several, *(single[at] for at in caught)})


def _lines_with(pattern: Any, lines: str) -> list[int]:
    """Return the numbers of the lines in which a pattern matches."""
    data = to_bytes(lines)
    found: list[int] = []
    number = start = 0
    while (match := pattern.search(data, start)) is not None:
        at = match.start()
        number += data.count(b"\n", start, at)
        found.append(number)
        start = data.find(b"\n", at) + 1
        number += 1
        if start == 0:
            break
    return found


_wiping = joined_probe([defaults.WHOLE_PROBE])


def with_passwords(texts: Sequence[str]) -> list[int]:
    """Return the numbers of the strings that Relay wipes for a word that they hold.

    >>> with_passwords(["a", "my secret"]), with_passwords(["a", "b"])
    ([1], [])
    """
    return [at for at, data in candidates(_wiping, texts) if defaults.wipes(data)]
