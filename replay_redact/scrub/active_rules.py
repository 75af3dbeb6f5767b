"""The compiled rules that hold at one place: strings in, strings without secrets out.

Most strings hold no secret. One pass with the probes of all rules tells which strings are worth a
closer look. Only those are decoded, matched and checked. A secret is replaced in its place, and a
changed string is searched again until nothing more is found. So scrubbing twice gives the same as
scrubbing once. A string that keeps changing, and JSON that is too deep, are masked whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from replay_redact.scrub import decodings, finders, known_secrets
from replay_redact.scrub.config import KEYS, Scrub, ScrubRule
from replay_redact.scrub.finders import SHORT, Find
from replay_redact.scrub.keys.in_text import KeyFinder, key_probe
from replay_redact.scrub.keys.named import names_token
from replay_redact.scrub.known_secrets import Detector
from replay_redact.scrub.probes import (
    Fires,
    candidates,
    is_silent,
    joined_probe,
    pattern_set,
    to_bytes,
    to_text,
)
from replay_redact.scrub.relay import defaults as relay_defaults
from replay_redact.scrub.replacements import (
    Span,
    StandIns,
    asterisks,
    copies,
    fixed,
    is_telling,
    repeated,
    within_strings,
)
from replay_redact.scrub.secret_keys import Keys, says_little
from replay_redact.scrub.validators import looks_drawn

MAX_ROUNDS = 4
"""How often a string is looked at again after something in it was replaced."""

_FEW = 8
"""Strings in a call that are first asked as a whole whether a probe fires."""

MAX_NESTING = 4
"""JSON within strings of JSON that is parsed; what is further in is read as text."""


Found = set[bytes]
"""Secrets that keys told, so that copies of them are known in the same event."""

Hits = tuple[int, ...]
"""The numbers of the probes that fire in a string."""

_WIPED: Hits = (-1,)  # of a string that Relay wipes, whatever else is in it

_JSON_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[\]{\"0-9ntf-]|\")").match
_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"


class Scrubs(Protocol):
    """What a tier asks its scanner."""

    scrub: Scrub
    keys: Keys

    def value(self, value: Any, *, nesting: int, found: Found) -> Any:
        """Scrub a JSON value that stands in a string."""


class _Sought(NamedTuple):
    """What a probe fires for: the rule that it serves, and how to find it exactly."""

    rule: ScrubRule
    find: Find


class Tier:
    """The rules that hold at one place."""

    def __init__(self, scanner: Scrubs, rules: tuple[ScrubRule, ...]) -> None:
        scrub = scanner.scrub
        self._scanner = scanner
        self._wipes = _relay_wipes() if scrub.style == "relay" else None
        key_rule = next((rule for rule in rules if rule.detector == KEYS), None)
        self._key_rule = key_rule if key_rule and key_rule.method != "keep" else None
        self._names_tokens = self._key_rule is not None and any(
            rule.detector == "named_token" and rule.method != "keep" for rule in rules
        )
        self._own = [rule for rule in rules if callable(rule.detector)]
        self._stand_ins = StandIns(rules, scrub.hash_key)
        self._plain_labels = all(_is_plain(rule.label) for rule in rules)
        self._found: list[_Sought] = []
        self.probes: list[str] = []
        self._unprobed: list[_Sought] = []  # patterns of the user's, about which nothing is known
        self._quick: dict[Hits, Callable[[bytes], bytes]] = {}
        self._gather(rules)
        self._views_from = len(self.probes)
        if any(rule.detector is not None for rule in rules):
            self.probes += decodings.PROBES
        self._set = pattern_set(self.probes)
        self._fires = self._joined_probe()

    def _gather(self, rules: tuple[ScrubRule, ...]) -> None:
        for rule, detector in _chosen(rules):
            stand_in = fixed(rule)
            if stand_in is not None and finders.judges_whole_matches(detector):
                self._quick[(len(self.probes),)] = finders.replacing(detector, stand_in)
            self._add(rule, finders.of_detector(detector), detector.probe)
        self._key_probe = -1
        if self._key_rule is not None:
            keys, secret = self._scanner.scrub.keys, self._scanner.keys.secret
            marks = self._stand_ins
            finder = KeyFinder(keys, secret, marks.is_neutral, marks.labels)
            self._key_probe = len(self.probes)
            self._add(self._key_rule, finder.find, key_probe(keys))
        for rule in rules:
            if rule.pattern is not None:
                self._add(
                    rule, finders.of_pattern(rule.pattern), relay_defaults.PROBES.get(rule.pattern)
                )

    def _add(self, rule: ScrubRule, find: Find, probe: str | None) -> None:
        if probe is None:
            self._unprobed.append(_Sought(rule, find))
        else:
            self._found.append(_Sought(rule, find))
            self.probes.append(probe)

    def _joined_probe(self) -> Fires | None:
        probes = [*self.probes, *([relay_defaults.WHOLE_PROBE] if self._wipes else [])]
        return joined_probe(probes) if probes else None

    # --- keys ---

    def secret(self, key: str) -> bool:
        """Tell whether a key makes its value secret."""
        if self._wipes is not None:
            return relay_defaults.KEY.search(key) is not None
        return self._key_rule is not None and self._scanner.keys.secret(key)

    def name(self, text: str) -> str:
        """Scrub a key, which holds no JSON."""
        return self.strings((text,), MAX_NESTING)[0]

    def hides(self, key: str, value: Any) -> bool:
        """Tell whether a value is secret for its key: not if it says no more than a count."""
        if self.secret(key):
            return self._wipes is not None or not says_little(key, value)
        named = self._names_tokens and isinstance(value, str) and len(value) <= SHORT
        return named and names_token(key) and looks_drawn(to_bytes(value))

    def announces(self, text: str) -> bool:
        """Tell whether a string is a secret key, or becomes one: labels are words of keys."""
        return self.secret(text) or self.secret(self.name(text))

    def scalar(self, value: Any, found: Found, *, secret: bool) -> Any:
        """Scrub what is no container: a string under a secret key, a number, or neither."""
        if isinstance(value, bool) or value is None:
            return value
        if self._wipes is not None:
            return relay_defaults.scalar(value, secret=secret)
        if secret and self._key_rule is not None:
            if not isinstance(value, str):
                return None
            clean = self._stand_ins.whole(value, self._key_rule)
            if clean != value:
                _note(found, to_bytes(value))
            return clean
        long = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        digits = str(int(value)) if long and 10**11 <= abs(value) < 10**40 else ""
        return None if digits and self.strings((digits,)) != [digits] else value

    # --- strings ---

    def without_copies(self, text: str, found: Found) -> str:
        """Take copies of what was found out of a string of the same event."""
        data = to_bytes(text)
        rule = self._key_rule
        spans = [] if rule is None else [(*place, rule) for place in copies(data, found)]
        return to_text(self._stand_ins.replaced(data, spans)) if spans else text

    def strings(
        self, texts: Sequence[str], nesting: int = 0, found: Found | None = None
    ) -> list[str]:
        """Scrub many strings; ``found`` gets the secrets that keys told."""
        if len(texts) <= _FEW and self._is_clean(texts):
            return list(texts)
        found = set() if found is None else found
        for rule in self._own:
            texts = self._stand_ins.detected(texts, rule)
        result = list(texts)
        places: Sequence[Sequence[int]] = ()
        for _ in range(MAX_ROUNDS):
            changed: dict[bytes, list[int]] = {}
            for hits, at, data in self._alike_together(texts):
                clean = self._once(data, hits, nesting, found)
                if clean != data:
                    changed.setdefault(clean, []).extend(places[at] if places else (at,))
            if not changed:
                return result
            texts = list(map(to_text, changed))  # without their secrets, many are the same
            places = list(changed.values())
            _put(result, places, texts)
        _put(result, places, [to_text(asterisks(to_bytes(text))) for text in texts])
        return result

    def _is_clean(self, texts: Sequence[str]) -> bool:
        """Tell whether nothing can be in a few strings, at half the cost of finding where."""
        fires = self._fires
        return fires is not None and not (self._unprobed or self._own) and is_silent(fires, texts)

    def _candidates(self, texts: Sequence[str]) -> Iterable[tuple[int, bytes]]:
        if self._unprobed:
            return ((at, to_bytes(text)) for at, text in enumerate(texts))
        return candidates(self._fires, texts) if self._fires is not None else ()

    def _alike_together(self, texts: Sequence[str]) -> list[tuple[Hits, int, bytes]]:
        """Return what is worth a look, by the probes that fire.

        What looks for the same kind of secret is then still in the processor's own memory,
        which takes a quarter of the time off a large batch.
        """
        if len(texts) == 1 and self._wipes is None:
            data = to_bytes(texts[0])
            hits = self._match(data)
            return [(hits, 0, data)] if hits or self._unprobed else []
        found: list[tuple[Hits, int, bytes]] = []
        for at, data in list(self._candidates(texts)):
            wiped = self._wipes is not None and self._wipes(data)
            hits = _WIPED if wiped else self._match(data)
            if hits or self._unprobed:
                found.append((hits, at, data))
        found.sort(key=itemgetter(0))
        return found

    def _once(self, data: bytes, hits: Hits, nesting: int, found: Found) -> bytes:
        if hits == _WIPED:
            return relay_defaults.FILTERED
        if _JSON_BEGINS(data) and nesting < MAX_NESTING and self._wipes is None:
            return self._may_be_json(data, hits, nesting, found)
        quick = self._quick.get(hits)
        if quick is not None and len(data) <= SHORT and not self._unprobed:
            return quick(data)
        return self._as_text(data, hits, found)

    def _as_text(self, data: bytes, hits: Hits, found: Found) -> bytes:
        """Scrub a string as text, and copies of the values that its keys tell."""
        spans = self._spans(data, hits)
        rule = self._key_rule
        if spans and rule is not None and (self._key_probe in hits or self._has_view(hits)):
            told = {data[start:end] for start, end, other in spans if other is rule}
            told = {secret for secret in told if is_telling(secret)}
            found |= told
            spans += [(*place, rule) for place in copies(data, repeated(data, told))]
        return self._stand_ins.replaced(data, spans)

    def _may_be_json(self, data: bytes, hits: Hits, nesting: int, found: Found) -> bytes:
        """Scrub a string that may be JSON: as text, if that shows all and leaves JSON what it was.

        Read as text it shows all that it holds, but for secret keys and what is encoded.
        """
        if self._key_probe not in hits and not self._has_view(hits):
            spans = self._spans(data, hits)
            if self._plain_labels and within_strings(data, spans):
                return self._stand_ins.replaced(data, spans)
        inner = self._json(data, nesting, found)
        if inner is None:
            return self._as_text(data, hits, found)
        own = self._unprobed_spans(inner)
        fits = self._plain_labels and within_strings(inner, own)
        return self._stand_ins.replaced(inner, own) if fits else inner

    def _json(self, data: bytes, nesting: int, found: Found) -> bytes | None:
        """Scrub a string that is JSON itself; ``None`` if it is not."""
        try:
            begin = len(data) - len(data.lstrip(_BEFORE_JSON))
            value = _DECODE(to_text(data[begin:]))
            clean = self._scanner.value(value, nesting=nesting + 1, found=found)
            return data if clean == value else data[:begin] + to_bytes(_ENCODE(clean))
        except RecursionError:
            return asterisks(data)
        except ValueError:
            return None

    def _has_view(self, hits: Hits) -> bool:
        return bool(hits) and max(hits) >= self._views_from

    def _spans(self, data: bytes, hits: Hits) -> list[Span]:
        spans = self._found_by(data, hits) + self._unprobed_spans(data)
        if self._has_view(hits):
            spans += self._in_views(data, hits)
        return spans

    def _unprobed_spans(self, data: bytes) -> list[Span]:
        spans: list[Span] = []
        for rule, find in self._unprobed:
            spans += [(start, end, rule) for start, end in find(data) if start < end]
        return spans

    def _in_views(self, data: bytes, hits: Hits) -> Iterator[Span]:
        """Yield what is found once encodings are taken off, by its place in the string."""
        layers: list[decodings.View] = []
        plain = data
        while self._has_view(hits) and len(layers) < decodings.MAX_LAYERS:
            view = decodings.view(plain)
            if view is None:
                break
            layers.append(view)
            plain = view.data
            hits = self._match(plain)
            for start, end, rule in self._found_by(plain, hits):
                yield (*_outermost(layers, start, end), rule)

    def _match(self, data: bytes) -> Hits:
        """Return the numbers of the probes that fire; all, if RE2 ran out of memory."""
        hits: list[int] | None = self._set.Match(data) if self.probes else None
        if hits is None:  # nothing fires, or RE2 could not tell
            nothing = self._fires is None or self._fires(data, 0) < 0
            return () if nothing else tuple(range(len(self.probes)))
        return tuple(hits)

    def _found_by(self, data: bytes, hits: Hits) -> list[Span]:
        spans: list[Span] = []
        for hit in hits:
            if hit < self._views_from:
                rule, find = self._found[hit]
                spans += [(start, end, rule) for start, end in find(data)]
        return spans


def _note(found: Found, secret: bytes) -> None:
    if is_telling(secret):
        found.add(secret)


def _put(result: list[str], places: Iterable[Sequence[int]], texts: list[str]) -> None:
    for at_once, text in zip(places, texts, strict=True):
        for at in at_once:
            result[at] = text


@lru_cache(1)
def _relay_wipes() -> Callable[[bytes], bool]:
    """Return what tells whether Relay wipes a string: RE2 can tell of nearly all."""
    surely, maybe = (
        joined_probe([relay_defaults.SURELY]),
        joined_probe([relay_defaults.WHOLE_PROBE]),
    )
    return lambda data: surely(data, 0) >= 0 or (maybe(data, 0) >= 0 and relay_defaults.wipes(data))


def _is_plain(label: str) -> bool:
    """Tell whether a label may stand in a string of JSON as it is."""
    return json.dumps(label, ensure_ascii=False)[1:-1] == label


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, unless a key comes twice: of those a parser shows one only."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


_DECODE = json.JSONDecoder(object_pairs_hook=_unique).decode
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _outermost(layers: list[decodings.View], start: int, end: int) -> tuple[int, int]:
    for view in reversed(layers):
        start, end = view.place(start, end)
    return start, end


def _chosen(rules: tuple[ScrubRule, ...]) -> Iterator[tuple[ScrubRule, Detector]]:
    """Pair each detector with the first rule that names it."""
    first: dict[str, ScrubRule] = {}
    for rule in rules:
        if isinstance(rule.detector, str):
            first.setdefault(rule.detector, rule)
    for detector in (*known_secrets.DETECTORS, *known_secrets.OPTIONAL):
        if detector.name in first and first[detector.name].method != "keep":
            yield first[detector.name], detector
