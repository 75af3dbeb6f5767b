r"""What of google-re2 is used here, in Python's own ``re``, for systems that have no wheel of it.

The output is the same, byte for byte. The time is not: RE2 takes a time that grows with the length,
whatever a string holds. ``re`` may take the square of it, and is slower on ordinary strings, too.

Patterns are in the syntax that both share, but for three things that `as_python` writes anew:

* ``$`` is the end of the text, and not also the place before a line break at its end;
* ``\s`` is no vertical tab;
* ``(?i)`` may stand anywhere, and holds to the end of its group.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SPACE = r"\t\n\f\r "
_TOKEN = re.compile(
    r"""\\. | \[\^?\]?(?:\\.|[^\]\\])*\] | \(\?(?P<flags>[a-z]+)\) | .""", re.VERBOSE | re.DOTALL
)
_ESCAPE = re.compile(r"\\.", re.DOTALL)


class Options:
    """Options of a pattern. Patterns that need ``never_nl`` are refused."""

    class Encoding(NamedTuple):
        """Patterns are always matched against bytes."""

        LATIN1: int = 1
        UTF8: int = 2

    def __init__(self) -> None:
        self.encoding = self.Encoding().LATIN1
        self.max_mem = 0
        self.log_errors = False
        self.never_nl = False
        self.never_capture = False


class Set:
    """Patterns of which those are asked for that match anywhere in a string."""

    def __init__(self) -> None:
        self._patterns: list[re.Pattern[bytes]] = []

    @classmethod
    def SearchSet(cls, _options: Options) -> Set:  # noqa: N802 - the name that RE2 gives
        """Return an empty set."""
        return cls()

    def Add(self, pattern: bytes) -> None:  # noqa: N802 - as above
        """Add a pattern; its number is that of those before it."""
        self._patterns.append(re.compile(as_python(pattern.decode()).encode()))

    def Compile(self) -> None:  # noqa: N802 - as above
        """Do nothing: each pattern is compiled when it is added."""

    def Match(self, data: bytes) -> list[int]:  # noqa: N802 - as above
        """Return the numbers of the patterns that match."""
        return [number for number, own in enumerate(self._patterns) if own.search(data)]


def compile(pattern: bytes, options: Options) -> re.Pattern[bytes]:  # noqa: A001 - the name that RE2 gives
    """Compile a pattern.

    Raises ``ValueError`` for ``never_nl``. Those are patterns of users, which ``re`` may never be
    done with.
    """
    if options.never_nl:
        raise ValueError("never_nl")
    return re.compile(as_python(pattern.decode()).encode())


def as_python(pattern: str) -> str:
    r"""Return a pattern of RE2's as Python's.

    >>> as_python(r"(?i)a|[\s$]\s(?:x|(?s).)$")
    '(?i:a|[\\t\\n\\f\\r $][\\t\\n\\f\\r ](?:x|(?s:.))\\Z)'
    """
    written: list[str] = []
    open_flags = [0]  # of each group around, how many flags in it have to be closed with it
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if token["flags"]:
            open_flags[-1] += 1
            text = f"(?{token['flags']}:"
        elif text == "(":
            open_flags.append(0)
        elif text == ")":
            text = ")" * (1 + open_flags.pop())
        elif text[0] == "[":
            text = _ESCAPE.sub(lambda escape: _SPACE if escape[0] == r"\s" else escape[0], text)
        else:
            text = _ALONE.get(text, text)
        written.append(text)
    return "".join(written) + ")" * open_flags[0]


_ALONE = {"$": r"\Z", r"\s": f"[{_SPACE}]"}
"""What is written anew outside of brackets."""
