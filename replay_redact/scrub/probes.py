r"""One linear pass over many strings at once, to find the few that are worth a closer look.

RE2 runs one automaton of all probes over all strings joined, at several hundred megabytes a second.
One call per string would cost more than the search. After a match, the search goes on behind the
string that matched. The automaton tells only where a match ends: where it began would take a second
one.

Each string has a separator on both sides, so that equal strings give the same answer. A probe may
see a separator as the first or the last character of a match, but never within one. If a probe
matches in a string that holds the separator itself, all strings of its piece get a closer look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

try:
    import re2
except ImportError:  # no wheel for this system, such as Alpine
    from replay_redact._runtime import plain_re2 as re2

SEPARATOR = "\0"
"""Stands between the strings of a batch."""

PIECE = 2048
"""Strings that are joined at once: few enough for the memory of the last to be used again."""

MANY, UNASKED = 16, 240
"""Where so many strings, of at most twice as many, fire one by one, the next are taken unasked."""

Fires = Callable[[bytes, int], int]
"""Returns where the first match after a position ends, -1 if there is none."""


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
    return compiled_with(pattern, options(latin1=latin1))


def compiled_with(pattern: str, chosen: Any) -> Any:
    """Compile a pattern with options of its own."""
    return re2.compile(pattern.encode(), chosen)


def pattern_set(patterns: Sequence[str]) -> Any:
    """Compile patterns to a set, whose ``Match`` returns the numbers of those that match."""
    chosen = re2.Set.SearchSet(options())
    for pattern in patterns:
        chosen.Add(pattern.encode())
    chosen.Compile()
    return chosen


def joined_probe(probes: Sequence[str]) -> Fires:
    """Compile probes into one; the first match of any counts."""
    pattern = compiled(f"(?s:.*?)(?:{'|'.join(f'(?:{probe})' for probe in probes)})")
    if _has_bare_match():
        bare = _bare_match(pattern)
        return lambda data, at: bare(data, at, len(data))[0][1]

    def fires(data: bytes, at: int) -> int:
        match = pattern.match(data, at)
        return -1 if match is None else match.end()

    return fires


def first_place(pattern: str) -> Callable[[bytes, int], tuple[int, int]]:
    """Return what finds the first match of a pattern behind a position; (-1, -1) is none.

    >>> place = first_place("ab+")
    >>> place(b"xabb", 0), place(b"xabb", 2)
    ((1, 4), (-1, -1))
    """
    engine = compiled(pattern)
    if _has_bare_match():
        bare = _bare_match(engine, "UNANCHORED")
        return lambda data, at: bare(data, at, len(data))[0]

    def place(data: bytes, at: int) -> tuple[int, int]:
        match = engine.search(data, at)
        return (-1, -1) if match is None else match.span()

    return place


def _bare_match(
    pattern: Any, anchor: str = "ANCHOR_START"
) -> Callable[[bytes, int, int], list[tuple[int, int]]]:
    """Return what the package's own ``match`` wraps, in twice the time of the call itself."""
    regexp = pattern._regexp
    return partial(regexp.Match, type(regexp).Anchor.__members__[anchor])


@lru_cache(1)
def _has_bare_match() -> bool:
    """Tell whether this version of the package has it, and means the same by it."""
    try:
        match = _bare_match(compiled("a+b"))
        return match(b"xaab", 1, 4) == [(1, 4)] and match(b"xaab", 1, 3) == [(-1, -1)]
    except (AttributeError, TypeError):
        return False


def candidates(fires: Fires, texts: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Yield the strings in which one of the probes fires, with their index, and maybe others."""
    for first in range(0, len(texts), PIECE):
        yield from _in_piece(fires, texts[first : first + PIECE], first)


def is_silent(fires: Fires, texts: Sequence[str]) -> bool:
    """Tell whether no probe fires in any of a few strings.

    >>> is_silent(joined_probe(["ab"]), ["a", "b"]), is_silent(joined_probe(["ab"]), ["xab"])
    (True, False)
    """
    return fires(_joined(texts), 0) < 0


def _joined(texts: Sequence[str]) -> bytes:
    """Return strings with separators between them and around all."""
    return to_bytes(f"{SEPARATOR}{SEPARATOR.join(texts)}{SEPARATOR}")


def _in_piece(fires: Fires, texts: Sequence[str], first: int) -> list[tuple[int, bytes]]:
    joined = _joined(texts)
    found: list[tuple[int, bytes]] = []
    end, at = 0, -1
    while (stop := fires(joined, end)) >= 0:
        last = stop - 1  # maybe the separator after a string
        start = joined.rfind(b"\0", end, last) + 1
        end = joined.find(b"\0", max(start, last))
        data = joined[start:end]
        try:  # a string that is the same would have been found before
            at = texts.index(to_text(data), at + 1)
        except ValueError:  # it is part of one that holds separators
            return list(enumerate(map(to_bytes, texts), first))
        found.append((first + at, data))
        if len(found) % MANY == 0 and at - found[-MANY][0] + first < 2 * MANY:
            unasked = list(map(to_bytes, texts[at + 1 : at + 1 + UNASKED]))
            found += enumerate(unasked, first + at + 1)
            end += sum(map(len, unasked)) + len(unasked)
            at += len(unasked)
    return found
