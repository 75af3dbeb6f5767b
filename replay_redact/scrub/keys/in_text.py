r"""Finds the values of secret keys in text.

``key=value``, ``"key": "value"``, ``set("key", "value")``, ``<key>value``, ``--key value``,
``name="key" value="value"``, forms, headers and ``.netrc``. Each value is read once, so time is
linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from replay_redact.scrub.finders import either_engine
from replay_redact.scrub.keys.placeholders import is_code, says_nothing
from replay_redact.scrub.keys.values import Value, bare_end, value_at
from replay_redact.scrub.probes import compiled, first_place
from replay_redact.scrub.secret_keys import plain, says_little, words
from replay_redact.scrub.validators import Spans

_TYPES = (
    r"(?i:(?:(?:const|mut|final|&|\*|'static|nonnull)[\s\v]*)*"
    r"(?:string|str|char|bytes?|text|varchar|any|object|secretstr|securestring|nsstring|std::string"
    r"|(?:optional|option|box|maybe)[\[<](?:str|string|secretstr|bytes)[\]>])"
    r"(?:[\s\v]*\|[\s\v]*(?:none|null|undefined))?[!?*]*)"
)
_SIGN = r"(?:[-+?.!|:]?={1,3}[>~]?|->|<-|:{1,3}=?)"
_GO = r" (?:\*?string|\[\]byte|any) = "
_GO_TYPE = re.compile(rb" (?:\*?string|\[\]byte|any)\Z")
_BETWEEN = (
    rf"(?:\\*[\"'`]?\]?[\s\v]*(?::[\s\v]*{_TYPES}[\s\v]*=|{_SIGN})[\s\v]*|{_GO}"
    r"|[\"'`][\s\v]*,[\s\v]*)"
)
_ALONE = re.compile(rb"([A-Za-z]\w{0,63})(?:=|: ?)([0-9A-Za-z][\w./-]{0,190})\Z")
"""A whole string that is a pair of a key and a value in no quotes, as most that hold a key are."""

_MORE_THAN_ZEROS = re.compile(rb"[1-9]")
_NEVER_LAST = b"\\\"'`=:>,|?+.!<- \t\n\r\f\v"  # of a key
_COMMA = re.compile(rb"[\"'`]\s*,\s*\Z")
_CALL = re.compile(rb"\w\s*\(\s*[\"'`][\w.$-]*\Z")
_EXPRESSION = re.compile(rb"[*&]*[A-Za-z_][A-Za-z_.]*(?:\[-?[0-9]{0,2}\])?\s*[,)]")
"""What is in no quotes, and is the next argument of a call."""

_DUMPED = re.compile(rb"(?:\([a-z]{3,9}\)|[a-z]{3,9}\([0-9]{1,9}\))\s+(?=[^\s])")
"""The type before a value that a program dumps, as in ``string(5) "tulip"``."""

_SLICE = re.compile(rb":{1,2}-?[0-9]{0,3}\]")
_MORE = re.compile(rb"\s*=\s*(?!=)")
_IN_TAG = r"[\w:.\x80-\xff-]"
_MAY_BE_OPTION = re.compile(rb"(?:^|[^\w-])-")
_OPTIONS = r"(?:^|[^\w-])--?([A-Za-z][\w-]*)[\s\v+](?:[\s\v+]|\\\r?\n)*"
_ARGUMENTS = r"\"([^\"]+)|'([^']+)|([^\"'-][^\s\v]*)"
_LINES = (
    r"(?is)([\w-]*(authorization|cookie))[\"']?[\s\v]*[:=][\s\v]*[\"']?"
    r"((?:[^\r\n\"'=]|=[^\r\n\"']|=\"[^\r\n\"]*\"|=$)+)"
)
_USERS = re.compile(
    rb"(?:\bcurl\b(?:[^\r\n]|\\\r?\n){0,400}?\s-u|--(?:proxy-)?user)(?:\s+|=)[\"']?"
    rb"([^\s\"':]{0,99}:[^\s\"']*)"
)
_LOGS_IN = re.compile(rb"(?:machine|login|account)\s")
_ALL_DIGITS = re.compile(rb"[0-9:]+\Z")
_NETRC = re.compile(
    rb"(?i)\b(?:machine|login|account)\s+[^\s\x00]+\s+(?:passwd|password)\s+"
    rb"([^\s]+)"
)
_FIELDS = re.compile(
    rb"(?i)form-data;[^\r\n]{0,99}?\bname=\"?([^\"\r\n;]{0,99})[^\r\n]{0,299}\r?\n"
    rb"(?:[^\r\n]{1,299}\r?\n){0,9}\r?\n"
)
_FIELD_END = re.compile(rb"\r?\n--|\Z")
_WHOLE_TAG = re.compile(rb"<[^<>]*>")
_GIVES = rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_NAMED = re.compile(rb"(?i)\s(?:name|key|id|field|property)" + _GIVES)
_GIVEN = re.compile(rb"(?i)\s(?:value|content|default)" + _GIVES)

# A word of a key ends where small letters end, so that "tokenize=" is not looked at.
_REST = r"[\w$.\[\]\x80-\xff-]*"
_AFTER_STEM = rf"s?(?:[A-Z0-9_$.\[\]\x80-\xff-]{_REST})?"
_KEY_END = (
    r"(?:\\*[\"'`]?\]?[\s\v]*(?:[=:]|[-+?.!|]=|->|<-)|\\*[\"'`][\s\v]*[,}\]]|[\s\v]*>"
    r"| [*\[\]]{0,2}[a-z]+ = )"
)
_KEY_REST = rf"(?:[^a-z\s\v=:\"'\\\x00]{_REST})?{_KEY_END}|[^a-z\"\x00][^\"\x00]*\"[\s\v]*[:,}}\]]"
_OPTION = r"(?:^|[^\w-])--?[A-Za-z][\w-]*(?:[\s\v+]+[^\s\v-]|=[\"']?[^\s\v\"':\x00]*:)"
_LOGIN = r"(?i:machine|login|account)[\s\v]+[^\s\v\x00]+[\s\v]+(?i:passw)"

_LONGEST_TYPE = 20
_BARE = 3  # the group of `_ARGUMENTS` that is in no quotes
_SHORT = 64
_BRACKETS = 2
_OPENING = b"{[( \t\r\n"  # of what goes on in another string
_CLOSING = b"\"')]}`"  # of what a command stands in
_KEY = bytes([*b"_$.[]-0123456789", *range(65, 91), *range(97, 123), *range(128, 256)])


def _stem(word: str) -> str:
    """Return what matches a word as it may be written: with accents or without, in any case."""
    return "".join(c if c.isascii() else _spellings(c) for c in unicodedata.normalize("NFC", word))


def _spellings(character: str) -> str:
    ways = [character.lower(), character.upper(), plain(character).lower()]
    ways += ["ς"] if character == "σ" else []  # which lower case is at the end of a word
    ways += [unicodedata.normalize("NFD", way) for way in ways]
    return f"(?:{'|'.join(dict.fromkeys(way for way in ways if way))})"


def key_stems(keys: Iterable[str]) -> str:
    """Return what matches the words of keys, however they are put together."""
    stems = dict.fromkeys(
        r"[_.\s\v\[\]'-]{0,2}".join(map(_stem, written(key))) for key in keys if words(key)
    )
    return rf"(?i:{'|'.join(stems)})" if stems else r"[^\x00-\xff]"


_WRITTEN = re.compile(r"[^\W\d_]+|\d+")


def written(key: str) -> list[str]:
    """Return the words of a key with their accents.

    >>> written("mot_de_passé"), written("apiKey")
    (['mot', 'de', 'passé'], ['api', 'key'])
    """
    if key.isascii():
        return list(words(key))
    return [piece.casefold() for piece in _WRITTEN.findall(unicodedata.normalize("NFC", key))]


def key_probe(keys: Iterable[str]) -> str:
    """Return what fires wherever `KeyFinder`, or JSON in a string, may have a secret key."""
    stems = key_stems(keys)
    in_tag = rf"<[^<>\x00]*{stems}[^<>\x00]*[>\x00]"
    in_form = rf"(?i:form-data;)[^\r\n\x00]*{stems}"
    return rf"{stems}s?(?:{_KEY_REST})|{in_tag}|{in_form}|{_OPTION}|{_LOGIN}"


class KeyFinder:
    """Finds the values of keys in text.

    ``secret`` judges keys, ``is_neutral`` values; what begins with one of ``stand_ins``
    was put there by us.
    """

    def __init__(
        self,
        keys: Iterable[str],
        secret: Callable[[str], bool],
        is_neutral: Callable[[bytes], bool],
        stand_ins: tuple[bytes, ...],
    ) -> None:
        stems = key_stems(keys)
        self._heads = first_place(rf"[\w\x80-\xff]*{stems}{_AFTER_STEM}{_BETWEEN}")
        self._lines = compiled(_LINES)
        self._tags = compiled(rf"<({_IN_TAG}*{stems}{_IN_TAG}*)[^<>]*>([^<]+)")
        self._options = either_engine(_OPTIONS)
        self._arguments = either_engine(_ARGUMENTS)
        self._written = compiled(stems).search
        self._is_secret = secret
        self._is_neutral = is_neutral
        longest_first = sorted(stand_ins, key=len, reverse=True)
        self._stand_ins = re.compile(b"(?:%s)+" % b"|".join(map(re.escape, longest_first))).match
        self._begin_stand_ins = frozenset(label[:1] for label in stand_ins)

    def find(self, data: bytes) -> Spans:
        """Return the spans of values."""
        pair = _ALONE.match(data)
        if pair is not None and self._is_surely(pair[1], pair[2]):
            return [pair.span(2)]
        pairs, others = self._in_pairs(data), self._elsewhere(data)
        if not others:
            return pairs
        return pairs + [span for span in others if not self._says_nothing(data[span[0] : span[1]])]

    def _is_surely(self, key: bytes, value: bytes) -> bool:
        """Tell at once of a whole string that is a pair: what has a digit is no word or code."""
        return (
            value[:1] not in self._begin_stand_ins
            and _MORE_THAN_ZEROS.search(value) is not None
            and self._secret(key)
            and not _says_little(key, value)
        )

    def _elsewhere(self, data: bytes) -> Spans:
        """Return values that stand behind no key and sign; some of them say nothing."""
        spans: Spans = []
        low = data.lower()
        if b"cookie" in low or b"author" in low:
            spans += self._in_lines(data)
        if b"<" in data:
            spans += self._in_tags(data)
            spans += self._in_attributes(data)
        if b"-" in data and _MAY_BE_OPTION.search(data):
            spans += self._in_options(data)
            if b"curl" in data or b"user" in data:
                spans += self._in_users(data)
        if b"form-data" in low:
            spans += self._in_forms(data)
        if b"passw" in low and _LOGS_IN.search(low):
            spans += [match.span(1) for match in _NETRC.finditer(data)]
        return spans

    def _says_nothing(self, value: bytes) -> bool:
        return not value or self._is_neutral(value) or says_nothing(value)

    def _secret(self, key: bytes) -> bool:
        return self._is_secret(key.decode("utf-8", "replace"))

    def _in_lines(self, data: bytes) -> Spans:
        """Return what stands behind the names of headers that hold several values."""
        spans: Spans = []
        for line in self._lines.finditer(data):
            secret = any(self._secret(name) for name in line.group(1, 2))
            value = line[3].strip()
            if secret and not (self._is_neutral(value) or is_code(value, spaced=True)):
                spans.append(line.span(3))
        return spans

    def _in_tags(self, data: bytes) -> Spans:
        """Return what stands in tags; what is not secret may hold others that are."""
        spans: Spans = []
        at = 0
        while (tag := self._tags.search(data, at)) is not None:
            secret = self._secret(tag[1])
            at = tag.end(2 if secret else 1)
            start = self._after_stand_ins(data, tag.start(2))
            if secret and not self._is_neutral(data[start : tag.end(2)]):
                spans.append((start, tag.end(2)))
        return spans

    def _in_attributes(self, data: bytes) -> Spans:
        """Return the value of an element whose name, key or id is secret."""
        spans: Spans = []
        for tag in _WHOLE_TAG.finditer(data):
            given = _GIVEN.search(tag[0])
            if given is None:
                continue
            names = [name[name.lastindex] for name in _NAMED.finditer(tag[0]) if name.lastindex]
            if any(self._secret(name) for name in names) and given.lastindex:
                start, end = given.span(given.lastindex)
                spans.append((self._after_stand_ins(data, tag.start() + start), tag.start() + end))
        return spans

    def _in_forms(self, data: bytes) -> Spans:
        """Return the fields of a form that is sent in parts."""
        spans: Spans = []
        for field in _FIELDS.finditer(data):
            end = _FIELD_END.search(data, field.end())
            if self._written(field[1]) and self._secret(field[1]) and end is not None:
                spans.append((self._after_stand_ins(data, field.end()), end.start()))
        return spans

    def _in_users(self, data: bytes) -> Spans:
        """Return the user and password that a command is given; not ids of user and group."""
        found = [match for match in _USERS.finditer(data) if not _ALL_DIGITS.match(match[1])]
        return [match.span(1) for match in found if not self._after(data, match.start(1))]

    def _after(self, data: bytes, start: int) -> bool:
        return self._after_stand_ins(data, start) > start

    def _in_options(self, data: bytes) -> Spans:
        """Return the arguments of options; each is read once, so that time is linear."""
        spans: Spans = []
        options, arguments = self._options(data), self._arguments(data)
        at = 0
        while (option := options.search(data, at)) is not None:
            at = option.end(1)
            match = arguments.match(data, option.end()) if self._secret(option[1]) else None
            if match is None:
                continue
            start, at = match.span(match.lastindex)
            start = self._after_stand_ins(data, start)
            value = data[start:at]
            if match.lastindex == _BARE:
                value = value.rstrip(_CLOSING)
            if not (self._is_neutral(value) or _says_little(option[1], value)):
                spans.append((start, start + len(value)))
        return spans

    def _in_pairs(self, data: bytes) -> Spans:
        """Return the values after keys and a sign; each is read once, so that time is linear."""
        spans: Spans = []
        at = 0
        size = len(data)
        while at < size:
            start, at = self._heads(data, at)
            if start < 0:
                break
            key = data[start:at].rstrip(_NEVER_LAST)
            secret = self._secret(key) or (b" " in key and self._secret(_GO_TYPE.sub(b"", key)))
            if not secret or not _is_pair(data, start, at):
                continue
            value = self._value(data, at)
            if value is not None:
                at = self._take(data, key, value, spans)
        return spans

    def _value(self, data: bytes, at: int) -> Value | None:
        """Return the value at a place; behind what we put there, only what touches it."""
        dumped = _DUMPED.match(data, at) if b")" in data[at : at + _LONGEST_TYPE] else None
        at = dumped.end() if dumped else at
        start = self._after_stand_ins(data, at)
        if start == at:
            return value_at(data, at)
        end = bare_end(data, start)
        return Value(start, end, bare=True) if end > start else None

    def _take(self, data: bytes, key: bytes, value: Value, spans: Spans) -> int:
        """Note a value if it is secret, and return where to go on."""
        start = self._after_stand_ins(data, value.start)
        shown = data[start : value.end]
        opens = shown[:1] in _OPENING and not data[start : start + _SHORT].strip(_OPENING)
        spaced = data[value.start - 1 : value.start].isspace()
        code = value.bare and (opens or is_code(shown, spaced=spaced))
        container = value.bare and shown[:1] in b"{["
        nothing = self._says_nothing(shown) and not (container and len(shown) <= _BRACKETS)
        if code or nothing or _says_little(key, shown):
            return self._after_type(data, value, spans) or (
                value.start if value.bare else value.end
            )
        if container:  # that was cut off
            if not says_nothing(data[start:]):
                spans.append((start, len(data)))
            return len(data)
        spans.append((start, value.end))
        if not value.bare:
            return value.end
        # it may be a key itself, where the first has no value
        own_end = start + len(shown.rstrip(_NEVER_LAST).rstrip(_KEY))
        return self._after_type(data, value, spans) or own_end

    def _after_type(self, data: bytes, value: Value, spans: Spans) -> int:
        """Note the value behind what was a type, as in ``password: Text = "x"``; 0 if none."""
        more = _MORE.match(data, value.end) if value.bare else None
        second = value_at(data, more.end()) if more else None
        if second is None:
            return 0
        if not self._says_nothing(data[second.start : second.end]):
            spans.append((second.start, second.end))
        return second.end

    def _after_stand_ins(self, data: bytes, start: int) -> int:
        """Return where what was put in the place of secrets ends; something may follow it."""
        if data[start : start + 1] not in self._begin_stand_ins:
            return start
        found = self._stand_ins(data, start)
        return found.end() if found else start


def _is_pair(data: bytes, start: int, end: int) -> bool:
    """Tell whether a key and what follows make a pair: a comma does in calls only."""
    if _SLICE.match(data, end - 1) and data.rfind(b"[", start, end) > data.rfind(b"]", start, end):
        return False
    if b"," not in data[start:end] or _COMMA.search(data, max(start, end - 64), end) is None:
        return True
    if _CALL.search(data, max(0, start - 64), start) is None:
        return False
    return _EXPRESSION.match(data, end) is None


def _says_little(key: bytes, value: bytes) -> bool:
    return says_little(key.decode("utf-8", "replace"), value.decode("utf-8", "replace"))
