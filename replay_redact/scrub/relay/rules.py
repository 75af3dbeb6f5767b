"""Relay's rules: what is done with a value that a selector reaches.

An unknown rule, method or pattern is a `PolicyError`, where Relay leaves the
secret in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from replay_redact._masks.text import mask_text
from replay_redact.errors import PolicyError
from replay_redact.scrub.config import Scrub, ScrubRule
from replay_redact.scrub.relay import defaults
from replay_redact.scrub.relay.sieve import Probe, Sieve, probe_of, sieve_of, with_passwords
from replay_redact.scrub.scanner import scanner_of

FILTERED = "[Filtered]"
MOST_NESTED = 50
"""Rules that name rules, within each other."""


class Apply(NamedTuple):
    """What a rule does.

    * ``strings`` takes keys and the strings under them, and returns what becomes of the strings.
    * ``takes`` tells whether the rule removes what stands under a key, whatever it says.
    * ``probes`` fire in every other string that the rule changes; ``None`` if it may change any.
    """

    strings: Callable[[Sequence[str | None], list[str]], list[str | None]]
    takes: Callable[[str | None], bool]
    probes: tuple[Probe, ...] | None


_Part = Apply | ScrubRule


class _Method(NamedTuple):
    name: str
    text: str = FILTERED


_METHODS = frozenset({"default", "remove", "replace", "mask", "hash"})

_DETECTORS: dict[str, tuple[str, ...]] = {
    "imei": ("imei",),
    "mac": ("mac",),
    "email": ("email",),
    "ip": ("ipv4", "ipv6"),
    "creditcard": ("card",),
    "iban": ("iban",),
    "userpath": ("user_path",),
    "pemkey": ("private_key",),
    "url_auth": ("url_credentials",),
    "us_ssn": ("us_ssn",),
}
_UUID = r"(?i)\b[a-z0-9]{8}-?[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{12}\b"
_COOKIES = (
    r"(?i)\b(?:[a-z_]*(?:session|sessid|sentrysid|csrf|xsrf|jwt)[a-z_-]*|sudo|su|symfony)"
    r"(?:__\d+)?=([^;]+)"
)
_PATTERNS = {"uuid": _UUID, "bearer": defaults.BEARER, "cookies": _COOKIES}
_OWN_PATTERNS = frozenset({*_PATTERNS.values(), *defaults.RULES})
_SHORT = 10_000
"""Characters that patterns of our own search without a clock, which takes longer than they do."""

_PLAIN = frozenset({"anything", "password", *_DETECTORS, *_PATTERNS})

_BUILT_IN = {"urlauth": "url_auth", "usssn": "us_ssn"}
_LABELS = {
    "anything": FILTERED,
    "bearer": "Bearer [token]",
    "urlauth": "[auth]",
    "usssn": "[us-ssn]",
    "userpath": "[user]",
}
_MASKED = frozenset({"mac", "uuid", "usssn"})
_FILTERED_COMMON = "creditcard iban pemkey urlauth:legacy bearer password usssn".split()
_COMMON = "iban ip email creditcard pemkey urlauth userpath bearer password usssn".split()

_FILTERS = frozenset("anything bearer iban creditcard pemkey usssn password cookies".split())
"""Built-in rules that Relay has with ``:filter``, by which it scrubs unless told."""

_ALSO = {"creditcard": defaults.CARD, "iban": defaults.IBAN, "us_ssn": defaults.SSN}
"""Relay's own patterns of what detectors check: a rule asks for what looks like a card."""


class Rules:
    """The rules of one configuration, by their names.

    ``hash_key`` is the key of the method ``hash``, which needs one.
    """

    def __init__(self, rules: Mapping[str, Any], hash_key: bytes | str | None) -> None:
        self._rules = rules
        self._hash_key = hash_key

    def compiled(self, name: str) -> list[Apply]:
        """Return what a rule does, and those that it names; see `PolicyError`.

        Rules that look for parts of strings, one after the other, look together.
        """
        done: list[Apply] = []
        for together, group in groupby(self._named(name, None, 0), _is_rule):
            parts: list[Any] = list(group)
            done += [self._scrubbed(parts)] if together else parts
        return done

    def _named(self, name: Any, outer: _Method | None, depth: int) -> Iterator[_Part]:
        if depth > MOST_NESTED:
            raise PolicyError("rules of Relay that name each other in a circle")
        if isinstance(name, str) and name in self._rules:
            yield from self._own(self._rules[name], outer, depth)
        elif isinstance(name, str) and name.startswith("@"):
            yield from self._built_in(name, outer)
        else:
            raise PolicyError(f"unknown rule of Relay {name!r}")

    def _own(self, rule: Any, outer: _Method | None, depth: int) -> Iterator[_Part]:
        if not isinstance(rule, Mapping):
            raise PolicyError("a rule of Relay is an object")
        kind = rule.get("type")
        method = _method(rule.get("redaction"))
        used = outer if outer is not None and outer.name != "default" else method
        inner = used if rule.get("hideInner") else None
        if kind == "multiple" and isinstance(rule.get("rules"), list):
            for name in rule["rules"]:
                yield from self._named(name, inner, depth + 1)
        elif kind == "alias":
            yield from self._named(rule.get("rule"), inner, depth + 1)
        elif kind in {"redact_pair", "redactPair"}:
            yield self._pair(*_key_pattern(rule.get("keyPattern")), used)
        elif kind == "pattern":
            yield _pattern(rule.get("pattern"), rule.get("replaceGroups", [0]), used)
        elif kind in _PLAIN:
            yield from self._plain(str(kind), used)
        else:
            raise PolicyError(f"unknown type of a rule of Relay {kind!r}")

    def _built_in(self, name: str, outer: _Method | None) -> Iterator[_Part]:
        kind, colon, method = name[1:].partition(":")
        if kind == "common" and method in {"", "filter", "replace", "mask", "hash", "remove"}:
            filtered = method == "filter"
            for each in _FILTERED_COMMON if filtered else _COMMON:
                full = f"@{each}" if ":" in each else f"@{each}{colon}{method}"
                yield from self._built_in(full, outer)
            return
        own = _BUILT_IN.get(kind, kind)
        if own not in _PLAIN or not _has(kind, method):
            raise PolicyError(f"unknown rule of Relay {name!r}")
        used = _built_in_method(kind, method)
        yield from self._plain(own, outer if outer and outer.name != "default" else used)

    def _plain(self, kind: str, method: _Method) -> Iterator[_Part]:
        if kind == "anything":
            whole = self._whole(method)
            yield Apply(lambda _, texts: list(map(whole, texts)), lambda _: True, None)
        elif kind == "password":
            probe = Probe(defaults.WHOLE_PROBE, own=True)
            yield self._pair(_is_password_key, with_passwords, probe, method)
            yield _pattern(defaults.BEARER, [0], method)
        elif kind in _PATTERNS:
            yield _pattern(_PATTERNS[kind], [1 if kind == "cookies" else 0], method)
        else:
            yield from (_rule({"detector": name}, method) for name in _DETECTORS[kind])
            if kind in _ALSO:
                yield _pattern(_ALSO[kind], [0], method)

    # --- what is done ---

    def _whole(self, method: _Method) -> Callable[[str], str | None]:
        """Return what redacts a string as a whole."""
        return {
            "default": lambda _: None,
            "remove": lambda _: None,
            "replace": lambda _: method.text,
            "mask": mask_text,
            "hash": self._hashed,
        }[method.name]

    def _hashed(self, text: str) -> str:
        scrub = Scrub(rules=[ScrubRule(pattern="(?s).+", method="hash")], hash_key=self._hash_key)
        return scanner_of(scrub).string(text)

    def _pair(
        self,
        key_holds: Callable[[str], bool],
        text_hold: Sieve,
        probe: Probe | None,
        method: _Method,
    ) -> Apply:
        """Redact what stands under a key, or holds itself what the key may."""
        under_key = lru_cache(1024)(lambda key: key is not None and key_holds(key))
        whole = self._whole(method)

        def scrub(keys: Sequence[str | None], texts: list[str]) -> list[str | None]:
            done: list[str | None] = list(texts)
            for at in text_hold(texts):
                done[at] = whole(texts[at]) or ""
            for at, key in enumerate(keys):
                if under_key(key):
                    done[at] = whole(texts[at])
            return done

        return Apply(scrub, under_key, None if probe is None else (probe,))

    def _scrubbed(self, rules: list[Any]) -> Apply:
        """Have one scanner apply rules; a rule with a pattern of Relay's says by which probe."""
        scanner = scanner_of(Scrub(rules=rules, hash_key=self._hash_key))
        patterns = [rule.detector.probe for rule in rules if isinstance(rule.detector, _Pattern)]
        known = [probe for probe in patterns if probe is not None]
        own = [Probe(probe, own=True) for probe in scanner.at(()).probes]
        probes = (*own, *known) if len(known) == len(patterns) else None
        sieve = sieve_of([*own, *patterns])

        def scrub(_: Sequence[str | None], texts: list[str]) -> list[str | None]:
            done: list[str | None] = list(texts)
            caught = sieve(texts)
            clean = scanner.strings([texts[at] for at in caught]) if caught else ()
            for at, text in zip(caught, clean, strict=True):
                done[at] = text
            return done

        return Apply(scrub, lambda _: False, probes)


class _Pattern(NamedTuple):
    """A detector that looks for a pattern of Relay's, and the probe of that pattern."""

    find: Callable[[list[str]], list[list[tuple[int, int]]]]
    probe: Probe | None

    def __call__(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        return self.find(texts)


def _pattern(source: Any, groups: Any, method: _Method) -> ScrubRule:
    pattern = _regex(source)
    wanted = [0] if groups is None else groups
    if not isinstance(wanted, list) or not all(isinstance(g, int) for g in wanted):
        raise PolicyError("replaceGroups of a rule of Relay is a list of numbers")
    given = sorted(group for group in wanted if 0 <= group <= pattern.groups)

    probe = probe_of(source)
    sieve = sieve_of([probe])
    own = source in _OWN_PATTERNS

    def limit(text: str) -> int | None:
        return None if own and len(text) <= _SHORT else 1

    def find_in(text: str) -> list[tuple[int, int]]:
        return [
            match.span(group)
            for match in pattern.finditer(text, timeout=limit(text))
            for group in given
            if match.start(group) >= 0 and match[group] not in {"", method.text}
        ]

    def find(texts: list[str]) -> list[list[tuple[int, int]]]:
        found: list[list[tuple[int, int]]] = [[]] * len(texts)
        for at in sieve(texts):
            found[at] = find_in(texts[at])
        return found

    return _rule({"detector": _Pattern(find, probe)}, method)


def _is_rule(part: _Part) -> bool:
    return isinstance(part, ScrubRule)


def _rule(what: dict[str, Any], method: _Method) -> ScrubRule:
    name = "remove" if method.name == "default" else method.name
    return ScrubRule(**what, method=name, text=method.text if name == "replace" else None)


def _method(given: Any) -> _Method:
    """Return what a rule says is to be done."""
    if given is None:
        return _Method("default")
    if not isinstance(given, Mapping) or given.get("method") not in _METHODS:
        raise PolicyError(f"a method of Relay is one of {', '.join(sorted(_METHODS))}")
    text = given.get("text", FILTERED)
    if not isinstance(text, str):
        raise PolicyError("the text of a method of Relay is a string")
    return _Method(given["method"], text)


def _has(kind: str, method: str) -> bool:
    """Tell whether Relay has a built-in rule with a method."""
    if method in {"filter", "legacy"}:
        return kind in _FILTERS if method == "filter" else kind == "urlauth"
    return method in {"", *_METHODS - {"default"}}


def _built_in_method(kind: str, method: str) -> _Method:
    if method in {"filter", "legacy"}:
        return _Method("replace")
    if not method:
        method = "mask" if kind in _MASKED else "remove" if kind == "password" else "replace"
    return _Method(method, _LABELS.get(kind, f"[{kind}]"))


def _regex(source: Any) -> Any:
    """Compile a pattern of Relay's; see `ScrubRule` for what is refused."""
    import regex  # noqa: PLC0415 - wanted by such patterns only

    if not isinstance(source, str):
        raise PolicyError("a pattern of Relay is a string")
    try:
        return regex.compile(source)
    except (ValueError, LookupError, ArithmeticError, RecursionError, regex.error) as error:
        raise PolicyError(f"pattern {source!r} is no regular expression: {error}") from None


def _is_password_key(key: str) -> bool:
    return defaults.KEY.search(key) is not None


def _key_pattern(source: Any) -> tuple[Callable[[str], bool], Sieve, Probe | None]:
    """Return what tells whether a key, and which strings, hold what a pattern says; its probe."""
    pattern = _regex(source)
    probe = probe_of(source)
    sieve = sieve_of([probe])

    def holds(text: str) -> bool:
        return pattern.search(text, timeout=1) is not None

    return holds, lambda texts: [at for at in sieve(texts) if holds(texts[at])], probe
