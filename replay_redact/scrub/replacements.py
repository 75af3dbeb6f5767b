"""Replacements: what a string has in place of a secret.

The method of a rule says what replaces a secret. If several detectors find the same secret, their
spans overlap. Overlapping spans are merged, and the first rule decides. A replacement is recognized
later and left alone. A hash counts as a replacement only if this key made it.

What stands under a secret key may stand somewhere else in the same event without it. Such copies
are replaced too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from replay_redact._masks.text import mask_text
from replay_redact.scrub.config import ScrubRule
from replay_redact.scrub.keys.placeholders import says_nothing
from replay_redact.scrub.probes import to_bytes, to_text

Span = tuple[int, int, ScrubRule]

_NEUTRAL = re.compile(rb"(?i)(?:null|none|true|false|undefined|nan|[*\s]*)\Z")
_HASH = re.compile(rb"\[hash:([0-9a-f]{64}):([0-9a-f]{16})\]\Z")


def asterisks(data: bytes) -> bytes:
    """Mask a text whole."""
    return mask_text(data.decode("utf-8", "replace")).encode()


class StandIns:
    """The stand-ins of some rules, the first of which decides where spans overlap."""

    def __init__(self, rules: tuple[ScrubRule, ...], hash_key: bytes | str | None) -> None:
        self._order = {rule: at for at, rule in reversed(list(enumerate(rules)))}
        self._hash_key = hash_key
        self._fixed = {id(rule): fixed(rule) for rule in rules}  # to hash a rule takes time
        self._labels = {rule.label.encode() for rule in rules}
        self.labels = tuple(label for label in self._labels if label)

    def is_neutral(self, value: bytes) -> bool:
        """Tell whether a value says nothing, or is what was put in the place of a secret."""
        return (
            value in self._labels or _NEUTRAL.match(value) is not None or self._is_own_hash(value)
        )

    def whole(self, text: str, rule: ScrubRule) -> str:
        """Return what replaces a string that is secret as a whole."""
        data = to_bytes(text)
        nothing = self.is_neutral(data) or says_nothing(data)
        return text if nothing else to_text(self._stand_in(data, rule))

    def replaced(self, data: bytes, spans: list[Span]) -> bytes:
        """Put stand-ins in the places of spans; those that overlap are one."""
        if not spans:
            return data
        spans = _least(data, spans) if len(spans) > 1 else spans
        if len(spans) == 1:
            start, end, rule = spans[0]
            end = whole_characters(data, end)
            return b"".join((data[:start], self._stand_in(data[start:end], rule), data[end:]))
        spans.sort(key=_by_place)
        parts: list[bytes] = []
        done = 0
        start, end, rule = spans[0]
        for left, right, other in [*spans[1:], (len(data) + 1, 0, spans[0][2])]:
            if left < end:
                end = max(end, right)
                rule = min(rule, other, key=self._order.__getitem__)
                continue
            end = whole_characters(data, end)
            parts += (data[done:start], self._stand_in(data[start:end], rule))
            done, start, end, rule = end, max(left, end), right, other
        parts.append(data[done:])
        return b"".join(parts)

    def detected(self, texts: Sequence[str], rule: ScrubRule) -> list[str]:
        """Replace what a detector of the user's own finds; if it fails, all strings are secret."""
        detect: Any = rule.detector
        try:
            answer = detect(list(texts))
            if isinstance(answer, list) and answer.count([]) == len(answer) == len(texts):
                return list(texts)
            found = {
                at: _merged(spans, len(text))
                for at, (text, spans) in enumerate(zip(texts, answer, strict=True))
                if spans or type(spans) is not list
            }
        except Exception:  # noqa: BLE001 - it is the user's own
            return [to_text(asterisks(to_bytes(text))) for text in texts]
        result = list(texts)
        for at, spans in found.items():
            result[at] = self._cut(texts[at], spans, rule)
        return result

    def _cut(self, text: str, spans: list[tuple[int, int]], rule: ScrubRule) -> str:
        parts: list[str] = []
        done = 0
        for start, end in spans:
            secret = to_bytes(text[start:end])
            fresh = secret if self.is_neutral(secret) else self._stand_in(secret, rule)
            parts += (text[done:start], to_text(fresh))
            done = end
        return "".join(parts) + text[done:]

    def _stand_in(self, secret: bytes, rule: ScrubRule) -> bytes:
        stand_in = self._fixed.get(id(rule))
        if stand_in is not None:
            return stand_in
        if rule.method == "mask":
            return asterisks(secret)
        if self._is_own_hash(secret):
            return secret
        return self._hash(_in_small_letters(secret) if rule.detector == "email" else secret)

    def _hash(self, secret: bytes) -> bytes:
        digest = self._hmac(secret)
        return b"[hash:%s:%s]" % (digest, self._hmac(b"hash:" + digest)[:16])

    def _is_own_hash(self, text: bytes) -> bool:
        """Tell whether a text is a hash that this key made: others could say anything."""
        match = _HASH.match(text) if self._hash_key else None
        return match is not None and hmac.compare_digest(
            self._hmac(b"hash:" + match[1])[:16], match[2]
        )

    def _hmac(self, data: bytes) -> bytes:
        key = self._hash_key
        if not isinstance(key, bytes):  # pragma: no cover - a Scrub whose rules hash has one
            raise TypeError
        return hmac.new(key, data, hashlib.sha256).hexdigest().encode()


def is_telling(secret: bytes) -> bool:
    """Tell whether a value is so much its own that the same elsewhere is a copy of it.

    >>> is_telling(b"tulipHarbor9"), is_telling(b"started"), is_telling(b"1234")
    (True, False, False)
    """
    size = len(secret)
    if not _SHORTEST_COPY <= size < _LONG_COPY:
        return size >= _LONG_COPY
    return sum(kind.search(secret) is not None for kind in _KINDS) > 1


_KINDS = [re.compile(kind) for kind in (rb"[0-9]", rb"[a-z]", rb"[A-Z]", rb"[^\w\s\x80-\xff]")]
_SHORTEST_COPY = 8
_LONG_COPY = 16
_MOST_COPIED = 32
_COLON = re.compile(rb"\s*:").match
_WORDS = re.compile(rb"[^\s\"'`<>(){}\[\],;&|\\]+")
_TOUCHING = re.compile(rb"\w")


def copies(data: bytes, secrets: Collection[bytes]) -> Iterator[tuple[int, int]]:
    """Yield where secrets stand in a string; of more than a few, only where each is a word."""
    if len(secrets) > _MOST_COPIED:
        yield from (word.span() for word in _WORDS.finditer(data) if word[0] in secrets)
        return
    for secret in secrets:
        start = data.find(secret)
        while start >= 0:
            end = start + len(secret)
            inside = _TOUCHING.match(data, end) or (start and _TOUCHING.match(data, start - 1))
            if not inside:
                yield start, end
            start = data.find(secret, end)


def repeated(data: bytes, secrets: Iterable[bytes]) -> list[bytes]:
    """Return the secrets that stand in a string more than once."""
    return [secret for secret in secrets if data.find(secret, data.find(secret) + 1) >= 0]


def within_strings(data: bytes, spans: list[Span]) -> bool:
    """Tell whether each span is part of one string that is no key, if the data is JSON."""
    if b"\\" in data:
        return not spans
    quotes = done = close = 0
    for start, end, _ in sorted(spans, key=itemgetter(0)):
        quotes += data.count(b'"', done, start)
        done = start
        if start >= close:
            close = data.find(b'"', start)
            if _COLON(data, close + 1):
                return False
        if quotes % 2 == 0 or end > close:
            return False
    return True


def fixed(rule: ScrubRule) -> bytes | None:
    """Return what replaces every secret that a rule finds; ``None`` if the secret decides."""
    if rule.method in {"mask", "hash"}:
        return None
    return b"" if rule.method == "remove" else rule.label.encode()


def _merged(spans: Iterable[Any], size: int) -> list[tuple[int, int]]:
    """Return spans in order, those that touch as one; raise `ValueError` for what is none."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((int(start), int(end)) for start, end in spans):
        if not 0 <= start <= end <= size:
            raise ValueError
        if merged and start <= merged[-1][1]:
            before = merged.pop()
            merged.append((before[0], max(end, before[1])))
        else:
            merged.append((start, end))
    return merged


def _in_small_letters(secret: bytes) -> bytes:
    """Return an address as it is compared: whoever types it may use capitals."""
    return secret.decode("utf-8", "surrogateescape").lower().encode("utf-8", "surrogateescape")


def _least(data: bytes, spans: list[Span]) -> list[Span]:
    """Return the spans that hide each secret: behind credentials, an @ begins a host."""
    hosts = {end for _, end, rule in spans if rule.detector == "url_credentials"}
    if not hosts:
        return spans
    return [
        span
        for span in spans
        if span[2].detector != "email" or data.find(b"@", span[0], span[1]) not in hosts
    ]


def _by_place(span: Span) -> tuple[int, int]:
    return span[0], -span[1]


def whole_characters(data: bytes, end: int) -> int:
    """Return the end of the character that a position may be inside of."""
    while end < len(data) and 0x80 <= data[end] < 0xC0:
        end += 1
    return end
