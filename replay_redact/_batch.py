r"""One linear pass over many strings at once, to find the few that are worth a look.

Theory: RE2 runs an automaton of all probes over all strings joined, several hundred
megabytes a second; asking string by string would cost more for the calls than for
the work. Where a probe matches, the search goes on after the string that it matched in.

Invariant: every string that a match touches is looked at. A probe may see a separator
as the character before or after it, or even match across one: then its neighbour is
looked at for nothing.
Failure direction: if a string holds the separator itself, all strings of its piece are
looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import re2

SEPARATOR = "\0"
"""Stands between the strings of a batch."""

PIECE = 2048
"""Strings that are joined at once: few enough for the memory of the last to be used again."""


def to_bytes(text: str) -> bytes:
    """Return a string as UTF-8, lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")


def to_text(data: bytes) -> str:
    """Return what `to_bytes` was given."""
    return data.decode("utf-8", "surrogatepass")


def options(*, latin1: bool = True) -> re2.Options:
    """Return how patterns are compiled: over the bytes of UTF-8, or over its characters."""
    chosen = re2.Options()
    encoding = re2.Options.Encoding
    chosen.encoding = encoding.LATIN1 if latin1 else encoding.UTF8
    chosen.max_mem = 64 << 20
    chosen.log_errors = False
    return chosen


@lru_cache(512)
def compiled(pattern: str, *, latin1: bool = True) -> Any:
    """Compile a pattern for RE2; see `options`."""
    return re2.compile(pattern.encode(), options(latin1=latin1))


def joined_probe(probes: Sequence[str]) -> Any:
    """Compile probes into one pattern."""
    return compiled("|".join(f"(?:{probe})" for probe in probes))


def candidates(probe: Any, texts: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Yield the strings in which one of the probes fires, with their index."""
    for first in range(0, len(texts), PIECE):
        yield from _in_piece(probe, texts[first : first + PIECE], first)


def _in_piece(probe: Any, texts: Sequence[str], first: int) -> list[tuple[int, bytes]]:
    joined = to_bytes(SEPARATOR.join(texts))
    found: list[tuple[int, bytes]] = []
    end = done = passed = 0
    while (hit := probe.search(joined, end)) is not None:
        start, end = hit.span()
        start = joined.rfind(b"\0", done, start + 1) + 1 or done
        end = joined.find(b"\0", max(start, end - 1))
        passed += joined.count(0, done, start)
        done = start
        end = end if end >= 0 else len(joined)
        found += enumerate(joined[start:end].split(b"\0"), first + passed)
    if passed + joined.count(0, done) != len(texts) - 1:
        return list(enumerate(map(to_bytes, texts), first))
    return found
