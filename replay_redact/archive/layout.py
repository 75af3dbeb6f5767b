"""Turn sessions and segment numbers into names of objects, and back.

Whoever records chooses the names of sessions. Such a name may be ``../../etc/passwd``; or two names
may differ in case only, which many file systems ignore. So names are encoded: lower-case letters,
digits, ``-``, ``_`` and inner ``.`` stay; every other byte of the UTF-8 becomes ``%`` and two
hexadecimal digits. Each text has exactly one encoding, and each encoding exactly one text.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from replay_redact.archive.store import RESERVED
from replay_redact.errors import ArchiveError

__all__ = ["SETTINGS", "Layout", "Place", "decode_name", "encode_name"]

SETTINGS = "archive.toml"
"""The settings file that may lie beside the recordings; the command reads it."""

_MOST_BYTES = 180
"""Longest encoded name. File systems allow 255 bytes; the rest is for endings, and for the process
that the name of a temporary file carries."""

_MOST_NUMBER = 1 << 63

_PLAIN = re.compile(rb"[a-z0-9_-]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # devices on Windows
_ENCODED = r"[a-z0-9_%.-]+"
_DIGITS = r"0|[1-9][0-9]*"
_LITERAL = re.compile(r"[A-Za-z0-9._-]*")
_FIELD = re.compile(r"\{([a-z_]+)\}")


def encode_name(text: str) -> str:
    """Encode a text for the name of an object.

    Raises `ArchiveError` for an empty text, for one that takes more than 180 bytes when encoded,
    and for half a surrogate pair.

    >>> encode_name("0f3a-1"), encode_name("../Jane")
    ('0f3a-1', '%2e.%2f%4aane')
    """
    if not text:
        raise ArchiveError("a session without a name cannot be stored")
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise ArchiveError("the name of a session is not valid Unicode") from None
    last = len(data) - 1
    device = _DEVICE.match(text) is not None
    encoded = "".join(
        chr(byte) if _is_plain(byte, 0 < at < last) and not (device and at == 0) else f"%{byte:02x}"
        for at, byte in enumerate(data)
    )
    if len(encoded) > _MOST_BYTES:
        raise ArchiveError(
            f"the name of a session takes {len(encoded)} bytes as the name of a file;"
            f" {_MOST_BYTES} are allowed"
        )
    return encoded


def _is_plain(byte: int, inner: bool) -> bool:  # noqa: FBT001 - of this module only
    return _PLAIN.match(bytes([byte])) is not None or (inner and byte == ord("."))


def decode_name(encoded: str) -> str | None:
    """Return the text that has this encoding; ``None`` if none has.

    >>> decode_name("%4aane"), decode_name("Jane")
    ('Jane', None)
    """
    try:
        text = unquote(encoded, errors="strict")
        return text if encode_name(text) == encoded else None
    except (UnicodeDecodeError, ArchiveError):
        return None


class Place(NamedTuple):
    """Where a segment belongs: its session, its number, and its labels."""

    session: str
    number: int
    labels: Mapping[str, str]


class Layout:
    """A template of names, such as ``{session}/{number}.json.gz``.

    ``{session}`` occurs once. ``{number}`` follows it as the next field; without ``{number}``, a
    recording is one object. Other fields are labels, as in
    ``{retention}/{project}/{session}/{number}``. Raises `ArchiveError` for any other template.

    >>> layout = Layout("{session}/{number}.json.gz")
    >>> layout.name("a", 7, {})
    'a/7.json.gz'
    >>> layout.place("a/7.json.gz")
    Place(session='a', number=7, labels={})
    """

    def __init__(self, template: str) -> None:
        self.template = template
        self._parts = template.split("/")
        fields = [_fields(part) for part in self._parts]
        names = [name for found in fields for name in found]
        _check(template, self._parts, fields, names)
        self.labels = tuple(name for name in names if name not in {"session", "number"})
        self.is_numbered = "number" in names
        self._pattern = re.compile("/".join(map(_pattern, self._parts)))
        self._depth = next(at for at, found in enumerate(fields) if "session" in found)

    def name(self, session: str, number: int, labels: Mapping[str, str]) -> str:
        """Return the name of a segment's object.

        Raises `ArchiveError` for a name that cannot be encoded, for a number above 0 if the layout
        has no ``{number}``, and for labels that are missing or not in the layout.
        """
        self.check_labels(labels)
        number = _whole(number)
        if number and not self.is_numbered:
            raise ArchiveError(
                "this layout has no {number}: a recording is one object, with the number 0"
            )
        name = _filled("/".join(self._parts), {**labels, "session": session}, str(number))
        if _is_own(name):
            raise ArchiveError("the archive uses this name for its own data")
        return name

    def check_labels(self, labels: Mapping[str, str]) -> None:
        """Raise `ArchiveError` unless these are the labels that the layout asks for."""
        if set(labels) != set(self.labels):
            asked = ", ".join(self.labels) or "none"
            raise ArchiveError(f"the labels do not fit the layout, which needs: {asked}")

    def prefix(self, session: str, labels: Mapping[str, str]) -> str:
        """Return how the names of all objects of a recording begin: a folder, or one name."""
        parts = "/".join(self._parts[: self._depth + 1])
        end = "/" if self.is_numbered else ""
        return _filled(parts, {**labels, "session": session}, "") + end

    def place(self, name: str) -> Place | None:
        """Return where an object belongs; ``None`` if its name does not fit this layout."""
        found = self._pattern.fullmatch(name)
        if found is None or _is_own(name):
            return None
        texts = {key: decode_name(text) for key, text in found.groupdict().items()}
        number = int(texts.pop("number", None) or 0)
        if None in texts.values() or number >= _MOST_NUMBER:
            return None
        known = {key: text for key, text in texts.items() if text is not None}
        return Place(known.pop("session"), number, known)


def _whole(number: int) -> int:
    """Return the number of a segment. ``1.0`` would give a name that does not fit the layout."""
    try:
        whole = int(operator.index(number))
    except TypeError:
        whole = -1
    if not 0 <= whole < _MOST_NUMBER:
        raise ArchiveError("the number of a segment must be an integer from 0")
    return whole


def _is_own(name: str) -> bool:
    """Tell whether an object is the archive's own; with ``.{session}`` a recorder can name one."""
    return name == SETTINGS or name.partition("/")[0] == RESERVED


def _check(
    template: str, parts: list[str], fields: list[tuple[str, ...]], names: list[str]
) -> None:
    """Raise `ArchiveError` for an invalid template."""
    rules: list[tuple[Callable[[], bool], str]] = [
        (lambda: names.count("session") == 1, "{session} must occur exactly once"),
        (lambda: len(set(names)) == len(names), "a field occurs twice"),
        (lambda: all(len(found) <= 1 for found in fields), "two fields need a / between them"),
        (
            lambda: "number" not in names or names.index("number") == names.index("session") + 1,
            "{number} must be the next field after {session}",
        ),
        (
            lambda: all(_LITERAL.fullmatch(_FIELD.sub("", part)) for part in parts),
            "outside fields, only letters, digits, . _ and - are allowed",
        ),
        (
            lambda: not {"", ".", "..", RESERVED}.intersection(parts),
            "it must be a relative path, outside the archive's own folder",
        ),
    ]
    for holds, rule in rules:
        if not holds():
            raise ArchiveError(f"layout {template!r}: {rule}")


def _fields(part: str) -> tuple[str, ...]:
    return tuple(_FIELD.findall(part))


def _pattern(part: str) -> str:
    """Return the regular expression of one part of a template, between two slashes."""
    texts = _FIELD.split(part)  # literals, and between them names of fields
    groups = (f"(?P<{name}>{_DIGITS if name == 'number' else _ENCODED})" for name in texts[1::2])
    return "".join(re.escape(text) + next(groups, "") for text in texts[::2])


def _filled(template: str, texts: Mapping[str, str], number: str) -> str:
    return _FIELD.sub(
        lambda field: number if field[1] == "number" else encode_name(texts[field[1]]), template
    )
