"""The configuration of scrubbing: which secrets to look for, and how to replace them.

A `Scrub` is part of a `Policy`. It says which detectors and patterns search strings, which keys
make their values secret, and what replaces a secret.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Self

from replay_redact.errors import PolicyError
from replay_redact.scrub.known_secrets import DETECTORS, NAMES
from replay_redact.scrub.relay.defaults import RULES
from replay_redact.scrub.secret_keys import DEFAULT_KEYS

METHODS = ("replace", "mask", "remove", "hash", "keep")
"""What can be done with a secret: put a text in its place, put an asterisk for each of its
UTF-16 units, take it out, put its keyed hash there, by which equal secrets can be told, or leave
it as it is."""

Detect = Callable[[list[str]], Iterable[Iterable[tuple[int, int]]]]
"""Finds secrets in a batch of strings: of each string the spans that are secret, in characters."""

KEYS = "key"
"""The name of the detector that looks at keys."""


OF_PAGES = ("custom", "plugin", "meta", "text", "input", "attribute")
"""Where paths in recordings begin."""

OF_EVENTS = (
    *("event", "transaction", "span", "log", "trace_metric", "replay_event", "feedback"),
    *("user_report", "session", "sessions", "check_in", "client_report", "envelope", "value"),
)
"""Where paths in what a `Scrubber` is given begin."""

_PLACES = (*OF_PAGES, *OF_EVENTS)


def _check_place(where: str) -> None:
    """Raise `PolicyError` for a path that begins where nothing is: its rule would never hold."""
    first, *_ = keys = where.split(".")
    if first.lower() not in {"*", "**", *_PLACES}:
        raise PolicyError(f"where begins with {', '.join(_PLACES)}, * or **, not with {first!r}")
    if "" in keys:
        raise PolicyError(f"a key of where is empty: {where!r}")


def _is_unicode(text: str) -> bool:
    return text == text.encode("utf-8", "replace").decode()


@dataclasses.dataclass(frozen=True, kw_only=True)
class ScrubRule:
    """What to do with one kind of secret.

    * ``detector``: the name of a detector (see `detectors`), or ``"key"`` for values
      whose key says that they are secret; or a function of your own, which takes a list of
      strings and returns for each the spans that are secret, as pairs of positions. Where it
      raises, or returns something else, the strings are masked.
    * ``pattern``: in place of it, a regular expression in the syntax of the ``regex``
      package; if it has a group, the group is the secret. It may be slow: a string over
      which it takes longer than a second, or too much memory, is one secret. It may not
      call itself or a group, as ``(?R)`` and ``(?1)`` do, nor repeat too much.
    * ``method``: ``"replace"``, ``"mask"``, ``"remove"``, ``"hash"``, or ``"keep"``, by which
      a detector is off where the rule holds.
    * ``text``: what ``"replace"`` puts; by default the name in brackets, as ``[card]``.
    * ``where``: the only places where the rule holds: a path of keys such as
      ``custom.breadcrumb.data.**``, where ``*`` is any one key and ``**`` any number.
      It begins with ``custom`` or ``plugin`` and the name of the event, or is ``meta``,
      ``text``, ``input`` or ``attribute`` and a name. For a `Scrubber` it begins with the
      kind of an event, as in ``event.extra.**``, or with ``value`` for text and JSON values.

    Raises `PolicyError` if that makes no sense.

    >>> ScrubRule(detector="email", method="mask").where
    '**'
    >>> ScrubRule(detector="key", method="keep", where="event.extra.session").method
    'keep'
    """

    detector: str | Detect | None = None
    pattern: str | None = None
    method: str = "replace"
    text: str | None = None
    where: str = "**"

    def __post_init__(self) -> None:
        if (self.detector is None) == (self.pattern is None):
            raise PolicyError("a scrub rule has either a detector or a pattern")
        own = callable(self.detector)
        if not (own or self.detector is None or self.detector in detectors()):
            raise PolicyError(f"unknown detector {self.detector!r}: use {', '.join(detectors())}")
        if self.method not in METHODS:
            raise PolicyError(f"unknown method {self.method!r}: use {', '.join(METHODS)}")
        if self.method == "keep" and (own or self.detector is None):
            raise PolicyError("the method keep is for detectors that have a name")
        if self.text is not None and self.method != "replace":
            raise PolicyError(f"text is for the method replace, not for {self.method}")
        for value in (self.text, self.where):
            if value is not None and not isinstance(value, str):
                raise PolicyError("text and where are strings")
            if value is not None and not _is_unicode(value):
                raise PolicyError("text and where cannot have lone surrogates")
        _check_place(self.where)
        if self.pattern is not None:
            _check_pattern(self.pattern)

    @property
    def label(self) -> str:
        """What ``"replace"`` puts in the place of a secret."""
        if self.text is not None:
            return self.text
        if callable(self.detector):
            name = getattr(self.detector, "__name__", "")
            return f"[{name}]" if name.isidentifier() else "[detector]"
        return f"[{self.detector or 'pattern'}]"


_LEAST_KEY = 16  # bytes: with a key that can be guessed, so can be what was hashed


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scrub:
    """What to scrub.

    * ``rules``: `ScrubRule` objects. The first that holds for a place and a detector
      decides; without one, a detector is off.
    * ``keys``: words, and phrases such as ``api_key``, that make a value secret if they
      are words of its key. Only looked at if there is a rule for ``"key"``.
    * ``hash_key``: the key of the method ``"hash"``, which needs one: 16 random bytes or more.
    * ``style``: ``"words"`` as above; ``"relay"`` for keys and whole strings as Sentry's
      Relay judges them, see `Scrub.relay`.

    Raises `PolicyError` if that makes no sense.

    >>> Scrub.default().with_rules(ScrubRule(detector="email", method="mask")).rules[0].method
    'mask'
    """

    PRESETS: ClassVar = ("default", "relay", "none")
    """The presets by the names that files have for them."""

    rules: Iterable[ScrubRule] = ()
    keys: Iterable[str] = ()
    hash_key: bytes | str | None = dataclasses.field(default=None, repr=False)
    style: str = "words"

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", tuple(self.rules))
        keys = (self.keys,) if isinstance(self.keys, str) else tuple(self.keys)
        object.__setattr__(self, "keys", keys)
        if not all(isinstance(rule, ScrubRule) for rule in self.rules):
            raise PolicyError("the rules of a Scrub are ScrubRule objects")
        if not all(isinstance(key, str) and key for key in keys):
            raise PolicyError("keys are words, as strings")
        self._take_key()
        if self.style not in {"words", "relay"}:
            raise PolicyError(f"unknown style {self.style!r}: use words, relay")

    def __hash__(self) -> int:
        """Return a hash that is quick: policies are looked up for each call, rules are many."""
        rules, keys = tuple(self.rules), tuple(self.keys)  # they are, no copy is made
        return hash((len(rules), len(keys), self.style))

    def _take_key(self) -> None:
        """Check the key of hashes, and keep it as bytes."""
        key = self.hash_key.encode() if isinstance(self.hash_key, str) else self.hash_key
        if not key and any(rule.method == "hash" for rule in self.rules):
            raise PolicyError("the method hash needs a hash_key")
        if key is None:
            return
        if not isinstance(key, bytes):
            raise PolicyError("a hash_key is bytes or a string")
        if len(key) < _LEAST_KEY:
            raise PolicyError(f"a hash_key has {_LEAST_KEY} bytes or more, and is random")
        object.__setattr__(self, "hash_key", key)

    @classmethod
    def default(cls, *, hash_key: bytes | str | None = None) -> Self:
        """Return what policies have: every detector but phone numbers, and secret keys.

        ``hash_key`` is for rules with the method ``"hash"`` that are added.
        """
        names = dict.fromkeys(detector.name for detector in DETECTORS)
        rules = [ScrubRule(detector=name) for name in names]
        key = ScrubRule(detector=KEYS, text="[filtered]")
        return cls(rules=(key, *rules), keys=DEFAULT_KEYS, hash_key=hash_key)

    @classmethod
    def relay(cls) -> Self:
        """Return what Sentry's Relay does by default, to compare: few patterns, no checks.

        A string is removed whole if it holds one of Relay's key words, so is what
        stands under a key that does; card-like, IBAN-like and SSN-like parts, PEM keys,
        and passwords in addresses are replaced by ``[Filtered]``.
        """
        return cls(rules=[ScrubRule(pattern=p, text="[Filtered]") for p in RULES], style="relay")

    @classmethod
    def none(cls) -> Self:
        """Return what scrubs nothing."""
        return cls()

    def with_rules(self, *rules: ScrubRule) -> Self:
        """Return a copy with more rules, which come before those that are there."""
        return dataclasses.replace(self, rules=(*rules, *self.rules))

    @classmethod
    def from_options(cls, options: dict[str, Any]) -> Self:
        """Return the Scrub of a table of a TOML file.

        ``preset`` is ``"default"``, ``"relay"`` or ``"none"``; ``rules`` is a list of
        tables with the fields of `ScrubRule`, which come before the preset's;
        ``keys`` adds words, and ``hash_key`` is as above.

        >>> Scrub.from_options({"preset": "none", "rules": [{"detector": "card"}]}).rules[0].label
        '[card]'
        """
        known: dict[str, Any] = {"preset": "default", "rules": [], "keys": [], "hash_key": None}
        check_names(options, known, " of scrub:")
        given = known | options
        if given["preset"] not in cls.PRESETS:
            raise PolicyError(f"unknown preset of scrub: use {', '.join(cls.PRESETS)}")
        base: Self = getattr(cls, given["preset"])()
        tables, keys = given["rules"], given["keys"]
        if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
            raise PolicyError("the rules of scrub are tables")
        if not isinstance(keys, list | tuple):
            raise PolicyError("the keys of scrub are a list of words")
        rules = [_rule_of(table) for table in tables]
        return dataclasses.replace(
            base,
            rules=(*rules, *base.rules),
            keys=(*base.keys, *keys),
            hash_key=given["hash_key"],
        )


def _rule_of(table: dict[str, Any]) -> ScrubRule:
    known = {field.name for field in dataclasses.fields(ScrubRule)}
    check_names(table, known, " of a rule of scrub:")
    return ScrubRule(**table)


def check_names(given: Iterable[str], known: Iterable[str], whose: str = "") -> None:
    """Raise `PolicyError` for a name that is not known, with the known name that is most like it.

    >>> check_names(["unmsk"], ["mask", "unmask"])
    Traceback (most recent call last):
    ...
    replay_redact.PolicyError: unknown option 'unmsk': did you mean 'unmask'?
    """
    unknown = sorted(set(given).difference(known))
    if unknown:
        alike = difflib.get_close_matches(unknown[0], list(known), n=1)
        hint = f": did you mean {alike[0]!r}?" if alike else ""
        raise PolicyError(f"unknown option{whose} {unknown[0]!r}{hint}")


def detectors() -> tuple[str, ...]:
    """Return the names of the detectors that rules may name.

    >>> detectors()[:3], "phone" in detectors()
    (('key', 'private_key', 'url_credentials'), True)
    """
    return (KEYS, *NAMES)


def _check_pattern(pattern: str) -> None:
    import regex  # noqa: PLC0415 - wanted by custom patterns only

    if not isinstance(pattern, str):
        raise PolicyError("a pattern is a string")
    if _CALL.search(pattern):
        raise PolicyError(f"pattern {pattern!r} calls a group or itself, which may never end")
    if _unrolled(pattern) > MOST_UNROLLED:
        raise PolicyError(f"pattern {pattern!r} repeats too much: {MOST_UNROLLED} items at most")
    try:
        compiled = regex.compile(pattern)
    except (ValueError, LookupError, ArithmeticError, RecursionError, regex.error) as error:
        raise PolicyError(f"pattern {pattern!r} is no regular expression: {error}") from None
    try:
        empty = compiled.search("", timeout=1)
    except (TimeoutError, MemoryError):
        raise PolicyError(f"pattern {pattern!r} takes too much over nothing at all") from None
    if empty is not None:
        raise PolicyError(f"pattern {pattern!r} matches the empty string, so it matches everywhere")


_BLANK = r"\s|#[^\n]*\n"  # which the flag x allows anywhere
_CALL = re.compile(rf"\(\?(?:R|[+-]?(?:{_BLANK})*[0-9]|&|P(?:{_BLANK})*[>&])")
"""What begins a call: with one, the engine may take memory until none is left."""

MOST_UNROLLED = 100_000
"""Items of a pattern once all that it has to repeat is written out, as the engine does: each
takes up to 800 bytes, and time."""

_COUNT = rf"\{{((?:[0-9]|{_BLANK})+)"
_PARTS = re.compile(rf"\\.|(\()|(\))(?:{_BLANK})*(?:(\+)|{_COUNT})?|{_COUNT}", re.DOTALL)
_IN_CLASS = re.compile(r"\[\^?\]?[^\]]*[()]|V1|#")
"""Where brackets of groups may be none: in a class of characters, or in a comment."""


def _unrolled(pattern: str) -> int:
    """Return how many items a pattern has at most, once what it repeats is written out.

    Where it cannot tell what is in which group, every count multiplies all.

    >>> _unrolled("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")
    28
    """
    surely = _IN_CLASS.search(re.sub(r"\\.", "", pattern)) is None
    size, times = 1, 1
    around: list[int] = []
    for opens, closes, plus, group, count in _PARTS.findall(pattern):
        factor = 2 if plus else _copies(group)
        if opens:
            around.append(size)
            size = 1
        elif closes and surely:
            size = (around.pop() if around else 0) + size * factor
        elif closes:
            times *= factor
        else:
            size += _copies(count)
    return (sum(around) + size) * times


def _copies(count: str) -> int:
    """Return how often what has to come so many times is written."""
    least = int(re.sub(_BLANK, "", count).lstrip("0")[:9] or 0)
    return max(least + (least > 1), 1)
