"""The look itself: it runs the programs over a text, with and without its escapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from replay_redact.testing.planted import Pattern, in_digits, patterns
from replay_redact.testing.prefilter.encoded import TRIGGERS, without_encodings
from replay_redact.testing.prefilter.programs import expression_of, is_short
from replay_redact.testing.prefilter.texts import (
    is_packed,
    packed_expression,
    plain_text,
    rewritten,
    unescaped,
)

_LAYERS = 5
"""Strings within strings whose escapes are taken off; what has more gets an exact search."""

_LARGEST = 2_000_000
"""Characters of one program, for some fifty secrets of several scripts. A larger one has more
states than fit its memory."""

NEVER = r"[^\x00-\x{10ffff}]"
"""Matches nothing."""

_ESCAPED = r"\\u(?:[^0]|0[^0]|00[^01])"


class Prefilter:
    r"""Tells quickly that a text holds none of the secrets, in no spelling.

    >>> from replay_redact.testing.planted import patterns
    >>> look = Prefilter(patterns({"name": "Jane Roe"}))
    >>> [look.may_hold(text) for text in (b'["jane  ROE"]', b'["jane\\u0020roe"]', b'["John Doe"]')]
    [True, True, False]
    """

    def __init__(self, wanted: list[Pattern]) -> None:
        self._wanted = wanted
        self._is_blind = _re2() is None or any(is_short(pattern.text) for pattern in wanted)
        self._programs: dict[bool, list[tuple[Any, Any]]] = {}

    def may_hold(self, text: bytes) -> bool:
        """Tell whether an exact search of a JSON text, in UTF-8, may find something."""
        if self._is_blind:
            return True
        if self._fires(text):
            return True
        if self._escaped.search(text):
            text = rewritten(text)
            if self._fires(text):
                return True
        return self._may_be_encoded(text) or self._may_be_escaped(text)

    def _may_be_encoded(self, text: bytes) -> bool:
        """Tell whether what strings say without their encodings may hold a secret."""
        there = [trigger.search(text) for trigger in self._triggers]
        inside = without_encodings(text, there) if any(there) else b""
        return bool(inside) and self._fires(inside)

    def _may_be_escaped(self, text: bytes) -> bool:
        """Tell whether what strings within strings say may hold a secret."""
        for _ in range(_LAYERS):
            if not self._escaped.search(text):
                return False
            text = unescaped(text)
            if self._fires(text):
                return True
        return True

    def may_be_in(self, data: bytes) -> bool:
        """Tell whether an exact search of a recording, as it was sent, may find something."""
        text = plain_text(data)
        return text is None or self.may_hold(text)

    def _fires(self, text: bytes) -> bool:
        in_ascii = text.isascii()
        if in_ascii not in self._programs:
            self._programs[in_ascii] = [
                (_compile(f"{some}|{packed_expression()}"), _compile(some))
                for some in _joined(self._expressions(in_ascii=in_ascii))
            ]
        return any(self._stops(text, *programs) for programs in self._programs[in_ascii])

    def _stops(self, text: bytes, both: Any, spelled: Any) -> bool:
        """Run two programs: all that stops the look and, if that does, the spellings alone."""
        if not both.search(text):
            return False
        return bool(spelled.search(text)) or any(
            is_packed(text, match.span()) for match in self._packed.finditer(text)
        )

    def _expressions(self, *, in_ascii: bool) -> Iterator[str]:
        for pattern in self._wanted:
            expression = expression_of(
                pattern.text,
                in_ascii=in_ascii,
                is_number=pattern.reading is in_digits,
                lowered=pattern.reading is str.lower and pattern.text.isascii(),
            )
            if expression is not None:
                yield expression

    @cached_property
    def _triggers(self) -> list[Any]:
        return list(map(_compile, TRIGGERS))

    @cached_property
    def _escaped(self) -> Any:
        return _compile(_ESCAPED)

    @cached_property
    def _packed(self) -> Any:
        return _compile(packed_expression())


@lru_cache(4)
def prefilter_of(secrets: tuple[tuple[str, str], ...]) -> Prefilter:
    """Return the prefilter for secrets and their names; it is made once for many recordings."""
    return Prefilter(patterns(dict(secrets)))


def _joined(expressions: Iterable[str]) -> Iterator[str]:
    """Yield expressions joined to as few as their size allows, and at least one."""
    some, size = [NEVER], 0
    for expression in dict.fromkeys(expressions):
        if size > _LARGEST:
            yield "|".join(some)
            some, size = [], 0
        some.append(expression)
        size += len(expression)
    yield "|".join(some)


@lru_cache(1)
def _re2() -> Any:
    """Return RE2, or ``None`` where it is not installed: every text gets an exact search then."""
    try:
        import re2  # noqa: PLC0415 - takes a while, and only a look for secrets wants it
    except ImportError:
        return None
    return re2


def _compile(expression: str) -> Any:
    from replay_redact.scrub.probes import options  # noqa: PLC0415 - imports RE2, too

    chosen = options(latin1=False)
    chosen.max_mem = 256 << 20  # of which little is taken: as much as the states of a few pages
    return _re2().compile(expression.encode(), chosen)
