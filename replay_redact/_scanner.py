r"""Scanning strings and JSON values for what a `Scrub` says is secret.

Theory: most strings hold nothing. So all strings of a batch are joined, and one linear
pass with the probes of all detectors says which of them are worth a look; only those
are decoded, matched and checked. What is found is replaced where it stands, and the
string is looked at again until nothing more is found.

Invariant: scanning twice is scanning once.
Failure direction: a string that does not come to rest and JSON that is too deep are
masked whole; a string over which a pattern takes too long is one secret.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import re2

from replay_redact import _checks, _detectors, _relay, _views
from replay_redact._detectors import Detector
from replay_redact._json_masks import is_name
from replay_redact._keys import Keys, words
from replay_redact._masks import mask_text
from replay_redact.scrub import KEYS, Scrub, ScrubRule

TIME_LIMIT = 1.0
"""Seconds that a custom pattern may take over one string; more, and all of it is a secret."""

MAX_ROUNDS = 4
"""How often a string is looked at again after something in it was replaced."""

MAX_NESTING = 4
"""JSON within strings of JSON that is parsed; what is further in is read as text."""

SEPARATOR = "\0"
"""Stands between the strings of a batch."""

Path = tuple[str, ...]
Span = tuple[int, int, ScrubRule]

_NEUTRAL = re.compile(rb"(?i)(?:null|none|true|false|undefined|nan|[*\s]*)\Z")
_HASH = re.compile(rb"\[hash:([0-9a-f]{64}):([0-9a-f]{16})\]\Z")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _asterisks(data: bytes) -> bytes:
    return mask_text(data.decode("utf-8", "replace")).encode()


def _options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # over the bytes of UTF-8
    options.max_mem = 64 << 20
    options.log_errors = False
    return options


@lru_cache(512)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern.encode(), _options())


class Scanner:
    """What one `Scrub` does to strings and values."""

    def __init__(self, scrub: Scrub) -> None:
        self.scrub = scrub
        self.rules = tuple(scrub.rules)
        self.relay = scrub.style == "relay"
        self.keys = Keys(scrub.keys)
        self._places = [tuple(rule.where.split(".")) for rule in self.rules]
        self._anywhere = all(rule.where == "**" for rule in self.rules)
        self._tiers: dict[tuple[ScrubRule, ...], _Tier] = {}
        self._everywhere = self._tier(self.rules)

    def _tier(self, rules: tuple[ScrubRule, ...]) -> _Tier:
        tier = self._tiers.get(rules)
        if tier is None:
            tier = self._tiers[rules] = _Tier(self, rules)
        return tier

    def at(self, path: Path) -> _Tier:
        """Return the rules that hold at a place, compiled."""
        if self._anywhere:
            return self._everywhere
        held = zip(self.rules, self._places, strict=True)
        return self._tier(tuple(rule for rule, place in held if _fits(place, path)))

    def strings(self, texts: Sequence[str], path: Path = ()) -> list[str]:
        """Scrub many strings that stand at one place."""
        return self.at(path).strings(texts)

    def string(self, text: str, path: Path = ()) -> str:
        """Scrub one string."""
        return self.at(path).strings((text,))[0]

    def value(self, value: Any, path: Path = (), *, key: str = "", nesting: int = 0) -> Any:
        """Scrub a JSON value: strings by what they say, others by their keys.

        ``key`` is the key that the value itself stands under.
        """
        walk = _Walk(self, nesting)
        holder = [value]
        walk.add(holder, 0, value, path, secret=self.at(path).secret(key))
        walk.run()
        return holder[0]


def _fits(place: Path, path: Path) -> bool:
    """Tell whether a path of keys fits a pattern with ``*`` and ``**``, in any case."""
    states = _reached(place, {0})
    for key in path:
        low = key.lower()
        states = _reached(
            place,
            {
                at + (place[at] != "**")
                for at in states
                if at < len(place) and (place[at] in {"*", "**"} or place[at].lower() == low)
            },
        )
    return len(place) in states


def _reached(place: Path, states: set[int]) -> set[int]:
    """Add what can be reached without a key: ``**`` may stand for nothing."""
    for at, step in enumerate(place):
        if at in states and step == "**":
            states.add(at + 1)
    return states


class _Walk:
    """One walk over one JSON value; strings are gathered, and scrubbed together."""

    def __init__(self, scanner: Scanner, nesting: int) -> None:
        self.scanner = scanner
        self.nesting = nesting
        self.todo: list[tuple[Any, Any, Any, Path, bool]] = []
        self.texts: dict[int, tuple[_Tier, list[tuple[Any, Any, str]]]] = {}

    def add(self, container: Any, key: Any, item: Any, path: Path, *, secret: bool = False) -> None:
        self.todo.append((container, key, item, path, secret))

    def run(self) -> None:
        while self.todo:
            container, key, item, path, secret = self.todo.pop()
            if isinstance(item, dict):
                container[key] = self._object(item, path, secret=secret)
            elif isinstance(item, list):
                container[key] = self._array(item, path, secret=secret)
            elif isinstance(item, str) and not secret:
                tier = self.scanner.at(path)
                self.texts.setdefault(id(tier), (tier, []))[1].append((container, key, item))
            else:
                container[key] = self.scanner.at(path).scalar(item, secret=secret)
        for tier, places in self.texts.values():
            clean = tier.strings([text for _, _, text in places], self.nesting)
            for (container, key, _), text in zip(places, clean, strict=True):
                container[key] = text

    def _object(self, item: dict[str, Any], path: Path, *, secret: bool) -> dict[str, Any]:
        tier = self.scanner.at(path)
        fresh: dict[str, Any] = {}
        named = item.get("name", item.get("key"))
        for name, child in item.items():
            shown = name if is_name(name) else tier.strings((name,), MAX_NESTING)[0]
            fresh[shown] = child
            own = named if name == "value" and isinstance(named, str) else name
            hidden = secret or tier.secret(name) or tier.secret(own)
            self.add(fresh, shown, child, (*path, name), secret=hidden)
        return fresh

    def _array(self, item: list[Any], path: Path, *, secret: bool) -> list[Any]:
        tier = self.scanner.at(path)
        fresh = list(item)
        pair = len(item) == 2 and isinstance(item[0], str) and tier.secret(item[0])
        for at, child in enumerate(item):
            self.add(fresh, at, child, (*path, str(at)), secret=secret or (pair and at == 1))
        return fresh


class _Found(NamedTuple):
    """A compiled detector and the rule that it serves."""

    rule: ScrubRule
    find: Callable[[bytes], Iterator[tuple[int, int]]]


class _Tier:
    """The rules that hold at one place."""

    def __init__(self, scanner: Scanner, rules: tuple[ScrubRule, ...]) -> None:
        self.scanner = scanner
        self.key_rule = next((rule for rule in rules if rule.detector == KEYS), None)
        self.customs = [_custom(rule) for rule in rules if rule.pattern is not None]
        self._order = {rule: at for at, rule in reversed(list(enumerate(rules)))}
        self._hash_key = scanner.scrub.hash_key
        self._labels = {rule.label.encode() for rule in rules}
        self.stand_ins = tuple(label for label in self._labels if label)
        self._found: list[_Found] = []
        probes: list[str] = []
        for rule, detector in _chosen(rules):
            probes.append(detector.probe)
            self._found.append(_Found(rule, _finder(detector)))
        if self.key_rule is not None:
            stems = _key_stems(scanner.scrub.keys)
            probes.append(rf"{stems}{_KEY_REST}|\s--?[\w-]*{stems}[\w-]*\s|^--?[\w-]*{stems}")
            self._found.append(_Found(self.key_rule, _KeyFinder(stems, self).find))
        self._views_from = len(probes)
        probes += _views.PROBES if probes else ()
        self._probe = _compiled("|".join(f"(?:{probe})" for probe in probes)) if probes else None
        self._set = re2.Set.SearchSet(_options())
        for probe in probes:
            self._set.Add(probe.encode())
        self._set.Compile()

    def secret(self, key: str) -> bool:
        """Tell whether a key makes its value secret."""
        if self.scanner.relay:
            return _relay.KEY.search(key) is not None
        return self.key_rule is not None and self.scanner.keys.secret(key)

    def scalar(self, value: Any, *, secret: bool) -> Any:
        """Scrub what is no container: a string under a secret key, a number, or neither."""
        if isinstance(value, bool) or value is None:
            return value
        if self.scanner.relay:
            return self._relay_scalar(value, secret=secret)
        if secret and self.key_rule is not None:
            return self._whole(value, self.key_rule) if isinstance(value, str) else 0
        long = isinstance(value, int) and abs(value) >= 10**11
        return 0 if long and self.strings((str(value),)) != [str(value)] else value

    def _relay_scalar(self, value: Any, *, secret: bool) -> Any:
        if not secret or value in _relay.KEPT:
            return value
        return "[Filtered]" if isinstance(value, str) else None

    def _whole(self, text: str, rule: ScrubRule) -> str:
        data = _bytes(text)
        if self.is_neutral(data):
            return text
        return _text(self._stand_in(data, rule))

    def is_neutral(self, value: bytes) -> bool:
        """Tell whether a value says nothing, or is what was put in the place of a secret."""
        return (
            value in self._labels or _NEUTRAL.match(value) is not None or self._is_own_hash(value)
        )

    def strings(self, texts: Sequence[str], nesting: int = 0) -> list[str]:
        """Scrub many strings."""
        result = list(texts)
        for at, data in self._candidates(texts):
            clean = self._clean(data, nesting)
            if clean != data:
                result[at] = _text(clean)
        return result

    def _candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, bytes]]:
        if self.customs or self.scanner.relay:
            yield from enumerate(_bytes(text) for text in texts)
            return
        if self._probe is None:
            return
        joined = _bytes(SEPARATOR.join(texts))
        if joined.count(0) != len(texts) - 1:  # a string holds the separator itself
            for at, text in enumerate(texts):
                yield at, _bytes(text)
            return
        search, done, index = self._probe.search, 0, 0
        while (hit := search(joined, done)) is not None:
            begin = hit.start()
            begin += joined[begin] == 0  # what a probe wants before it, of another string
            start = joined.rfind(0, 0, begin) + 1
            end = joined.find(0, begin)
            end = len(joined) if end < 0 else end
            index += joined.count(0, done, start)
            yield index, joined[start:end]
            if end == len(joined):
                return
            done = end  # the separator, so that what follows it is not the beginning of all

    def _clean(self, data: bytes, nesting: int) -> bytes:
        for _ in range(MAX_ROUNDS):
            fresh = self._once(data, nesting)
            if fresh == data:
                return data
            data = fresh
        return _asterisks(data)

    def _once(self, data: bytes, nesting: int) -> bytes:
        if self.scanner.relay and _relay.WHOLE.search(data.decode("utf-8", "replace")):
            return b"[Filtered]"
        if nesting < MAX_NESTING and self.key_rule is not None and data[:1] in {b"{", b"["}:
            inner = self._json(data, nesting)
            if inner is not None:
                return inner
        return self._replaced(data, list(self._spans(data)))

    def _json(self, data: bytes, nesting: int) -> bytes | None:
        """Scrub a string that is JSON itself; ``None`` if it is not."""
        try:
            value = json.loads(data, object_pairs_hook=_unique)
            clean = self.scanner.value(value, nesting=nesting + 1)
            if clean == value:
                return data
            return _bytes(json.dumps(clean, ensure_ascii=False, separators=(",", ":")))
        except RecursionError:
            return _asterisks(data)
        except ValueError:
            return None

    def _spans(self, data: bytes) -> Iterator[Span]:
        for custom in self.customs:
            yield from custom(data)
        if self._probe is None:
            return
        hits = self._match(data)
        yield from self._hits(data, hits, lambda start, end: (start, end))
        layers: list[_views.View] = []
        plain = data
        while hits and max(hits) >= self._views_from and len(layers) < _views.MAX_LAYERS:
            view = _views.view(plain)
            if view is None:
                break
            layers.append(view)
            plain = view.data
            hits = self._match(plain)
            yield from self._hits(plain, hits, lambda start, end: _outermost(layers, start, end))

    def _match(self, data: bytes) -> Sequence[int]:
        """Return the numbers of the probes that fire; all, if RE2 ran out of memory."""
        hits = self._set.Match(data)
        if hits is None:  # nothing fires, or RE2 could not tell
            nothing = self._probe is None or self._probe.search(data) is None
            return () if nothing else range(self._views_from + len(_views.PROBES))
        return list(hits)

    def _hits(
        self, data: bytes, hits: Iterable[int], place: Callable[[int, int], tuple[int, int]]
    ) -> Iterator[Span]:
        for hit in hits:
            if hit < self._views_from:
                rule, find = self._found[hit]
                for start, end in find(data):
                    if start < end:
                        yield *place(start, end), rule

    def _replaced(self, data: bytes, spans: list[Span]) -> bytes:
        """Put stand-ins in the places of spans; those that overlap are one."""
        if not spans:
            return data
        spans.sort(key=lambda span: (span[0], -span[1]))
        parts: list[bytes] = []
        done = 0
        start, end, rule = spans[0]
        for left, right, other in [*spans[1:], (len(data) + 1, 0, spans[0][2])]:
            if left < end:
                end = max(end, right)
                rule = min(rule, other, key=self._order.__getitem__)
                continue
            end = _whole_characters(data, end)
            parts += (data[done:start], self._stand_in(data[start:end], rule))
            done, start, end, rule = end, max(left, end), right, other
        parts.append(data[done:])
        return b"".join(parts)

    def _stand_in(self, secret: bytes, rule: ScrubRule) -> bytes:
        if rule.method == "mask":
            return _asterisks(secret)
        if rule.method == "hash":
            return secret if self._is_own_hash(secret) else self._hash(secret)
        return b"" if rule.method == "remove" else rule.label.encode()

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


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, unless a key comes twice: of those a parser shows one only."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _outermost(layers: list[_views.View], start: int, end: int) -> tuple[int, int]:
    for view in reversed(layers):
        start, end = view.place(start, end)
    return start, end


def _whole_characters(data: bytes, end: int) -> int:
    while end < len(data) and 0x80 <= data[end] < 0xC0:
        end += 1
    return end


def _chosen(rules: tuple[ScrubRule, ...]) -> Iterator[tuple[ScrubRule, Detector]]:
    """Pair each detector with the first rule that names it."""
    first: dict[str, ScrubRule] = {}
    for rule in rules:
        if rule.detector is not None:
            first.setdefault(rule.detector, rule)
    for detector in (*_detectors.DETECTORS, *_detectors.OPTIONAL):
        if detector.name in first:
            yield first[detector.name], detector


# --- finders --------------------------------------------------------------------------


def _finder(detector: Detector) -> Callable[[bytes], Iterator[tuple[int, int]]]:
    pattern, check = _compiled(detector.pattern), detector.check
    group = 1 if pattern.groups else 0

    def find(data: bytes) -> Iterator[tuple[int, int]]:
        for match in pattern.finditer(data):
            start, end = match.span(group)
            good = True if check is None else check(data[start:end])
            if good:
                yield start, end if good is True else start + good

    def find_cards(data: bytes) -> Iterator[tuple[int, int]]:
        for match in pattern.finditer(data):
            yield from _cards(data, *match.span())

    return find_cards if detector.name == "card" else find


_GROUP = re.compile(rb"[0-9]+")
_HEX = re.compile(rb"[0-9A-Fa-f]*\Z")
_WORD_BEFORE = re.compile(rb"[0-9A-Za-z]+\Z")
_WORD_AFTER = re.compile(rb"[0-9A-Za-z]+")
NEAR = 40
"""Characters on each side by which digits are told from the middle of something else."""

_MOST_DIGITS = 19
_LEAST_DIGITS = 12
_LEAST_IN_GROUP = 3
MAX_GROUPS = _MOST_DIGITS // _LEAST_IN_GROUP + 1


def _cards(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Find card numbers in a run of groups of digits: whole groups, no others of the run."""
    groups = [match.span() for match in _GROUP.finditer(data, begin, end)]
    if all(right - left == 1 for left, right in groups):
        if _checks.is_card(_checks.digits(data[begin:end])):
            yield begin, end
        return
    for first, (start, _) in enumerate(groups):
        size = 0
        for left, right in groups[first : first + MAX_GROUPS]:
            size += right - left
            if size > _MOST_DIGITS or right - left < _LEAST_IN_GROUP:
                break
            long = size >= _LEAST_DIGITS and _stands_alone(data, start, right)
            if long and _checks.is_card(_checks.digits(data[start:right])):
                yield start, right


def _stands_alone(data: bytes, start: int, end: int) -> bool:
    """Tell digits from the middle of a hexadecimal number, or of a decimal fraction."""
    before, after = data[start - 1 : start], data[end : end + 1]
    if before == b"." and data[start - 2 : start - 1].isdigit():
        return False
    if not (before.isalpha() or after.isalpha()):
        return True
    left = _WORD_BEFORE.search(data, max(0, start - NEAR), start)
    right = _WORD_AFTER.match(data, end, end + NEAR)
    whole = (left[0] if left else b"") + (right[0] if right else b"")
    return _HEX.match(whole) is None


def _custom(rule: ScrubRule) -> Callable[[bytes], list[Span]]:
    """Return what finds a pattern of the user's, with a limit of time."""
    import regex  # noqa: PLC0415 - wanted by custom patterns only

    pattern = regex.compile(rule.pattern or "")
    group = 1 if pattern.groups else 0

    def find(data: bytes) -> list[Span]:
        text = _text(data)
        try:
            spans = [m.span(group) for m in pattern.finditer(text, timeout=TIME_LIMIT)]
        except TimeoutError:
            return [(0, len(data), rule)]
        sizes = [0, *accumulate(len(_bytes(c)) for c in text)] if spans else []
        return [(sizes[start], sizes[end], rule) for start, end in spans if start < end]

    return find


# --- keys in text ---------------------------------------------------------------------

_BETWEEN = r"(\\*[\"']?\]?\s*(?:={1,3}>?|:{1,2}=?)\s*)"
_VALUES = r"(?:\"((?:[^\"\\]|\\.)*)|'((?:[^'\\]|\\.)*)|([^\s&;,\"'<>)}\\]+))"
_TAGS = r"<([\w:.-]+)[^<>]*>([^<]+)"
_OPTIONS = r"(?:^|\s)--?([A-Za-z][\w-]*)\s+([^\s-]\S*)"
_LINES = r"(?is)(?:authorization|cookie)[\"']?\s*[:=]\s*[\"']?([^\r\n\"']+)"


def _key_stems(keys: Iterable[str]) -> str:
    stems = dict.fromkeys(r"[_.\s-]?".join(words(key)) for key in keys)
    return rf"(?i:{'|'.join(stems)})" if stems else r"[^\x00-\xff]"


# A word of a key ends where small letters end, so that "tokenize=" is not looked at.
_KEY_REST = r"(?:[^a-z\s=:\"'\\][\w$.\[-]*)?(?:\\*[\"']?\]?\s*[=:]|\\*[\"']\s*,|\s*>)"


class _KeyFinder:
    """Finds ``key=value``, ``"key": "value"``, ``<key>value`` and ``--key value`` in text."""

    def __init__(self, stems: str, tier: _Tier) -> None:
        self._pairs = _compiled(rf"(?s)([\w$.\[-]*{stems}[\w$.\[-]*){_BETWEEN}{_VALUES}")
        self._lines = _compiled(_LINES)
        self._named = (_compiled(_TAGS), _compiled(_OPTIONS))
        self._tier = tier

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        for match in self._lines.finditer(data):
            if not self._tier.is_neutral(match[1].strip()):
                yield match.span(1)
        for pattern in self._named:
            for match in pattern.finditer(data):
                secret = self._tier.scanner.keys.secret(match[1].decode("latin-1"))
                if secret and not self._tier.is_neutral(match[2]):
                    yield match.span(2)
        at = 0
        while (match := self._pairs.search(data, at)) is not None:
            group = next(number for number in (3, 4, 5) if match.span(number)[0] >= 0)
            start, end = match.span(group)
            at = match.end()
            key = match[1].decode("latin-1")
            if not self._tier.scanner.keys.secret(key):
                at = match.end(1)
            elif self._tier.is_neutral(match[group]) or data.startswith(
                self._tier.stand_ins, start
            ):
                continue
            elif group == 5 and match[5][:1] in b"{[":
                yield start, len(data)  # a container that was cut off
                return
            else:
                yield start, end


@lru_cache(64)
def scanner_of(scrub: Scrub) -> Scanner:
    """Return the scanner of a Scrub, compiled once."""
    return Scanner(scrub)
