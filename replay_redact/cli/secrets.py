"""The secrets that ``check`` looks for: from the command line, and from files of names and secrets.

No message shows a secret, nor a line of the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from replay_redact.cli.files import UsageError, read

_QUOTES = frozenset("\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb")
_COMMENT = re.compile(r"\s#")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def secrets_of(texts: Iterable[str], files: Iterable[str]) -> dict[str, str]:
    """Return secrets by name. Secrets of the command line have numbers as names.

    Raises `UsageError` if a file names none, or if a name comes twice.
    """
    named = {f"secret {number}": text for number, text in enumerate(texts, 1)}
    for file in files:
        for name, secret in _in_file(file):
            if name in named:
                raise UsageError(f"{file}: the name {name!r} comes twice")
            named[name] = secret
    return named


def _in_file(file: str) -> list[tuple[str, str]]:
    try:
        text = read(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is not text in UTF-8") from None
    try:
        found = _in_toml(text)
        if found is None:
            found = list(_in_lines(text))
    except ValueError as error:
        raise UsageError(f"{file}: {error}") from None
    except RecursionError:
        raise UsageError(f"{file}: is nested too deeply: write name = secret") from None
    if not found:
        raise UsageError(f"{file}: names no secret")
    return found


def _in_toml(text: str) -> list[tuple[str, str]] | None:
    """Read TOML in which all values are strings; return ``None`` for any other text.

    A number that is written without quotes, such as that of a card, is read as a line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    found = list(_strings(table))
    return found if all(isinstance(value, str) for _, value in found) else None


def _strings(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _strings(value, f"{before}{key}.")
        else:
            yield before + key, value


def _in_lines(text: str) -> Iterator[tuple[str, str]]:
    """Read a line ``name = secret`` for each secret. Blank lines and comments say nothing."""
    for number, line in enumerate(text.splitlines(), 1):
        name, equals, value = (part.strip() for part in line.partition("="))
        if not line.strip() or name.startswith("#"):
            continue
        if not (name and equals and value):
            raise ValueError(f"line {number}: write name = secret")
        yield name, _unquoted(value, number)


def _unquoted(value: str, number: int) -> str:
    """Take off quotes as TOML does, and a comment behind a number. Other text stays as it is.

    A secret that is read wrongly is never found, so an ambiguous line is an error.

    >>> _unquoted('"Jane Roe"', 1), _unquoted("4111  # a card", 1), _unquoted("it's Jane", 1)
    ('Jane Roe', '4111', "it's Jane")
    """
    try:
        read_ = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return _plain(value, number)
    if isinstance(read_, list | dict):
        raise ValueError(f"line {number}: write one secret for each name")  # noqa: TRY004 - of a file, no argument
    return read_ if isinstance(read_, str) else value.partition("#")[0].strip()


def _plain(value: str, number: int) -> str:
    """Return a text that is not TOML, if its meaning is certain."""
    if value[0] in _QUOTES:
        raise ValueError(f"line {number}: put the whole secret, and nothing else, into 'quotes'")
    if _COMMENT.search(value):
        raise ValueError(f"line {number}: put the secret into 'quotes': # may begin a comment")
    if _CONTROL.search(value):
        raise ValueError(f"line {number}: holds a control character: write it as TOML does")
    return value
