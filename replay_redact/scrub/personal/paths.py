r"""Finds the names of people in the paths of their home folders.

A name goes up to the next separator, with the blanks in it. A folder ``home`` in an address of the
web is none of a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Spans = list[tuple[int, int]]
Engine = Callable[[bytes], Any]
Check = Callable[[bytes], bool]

_ADDRESS = re.compile(rb"([A-Za-z][0-9A-Za-z+.-]*:)?//[^\s\v\"'<>/][^\s\v\"'<>]*\Z")
"""What stands before the path of an address: a scheme, if any, and a host."""

_NAME = re.compile(rb"(?:[^/\\\x00:\"'<>|?*\s\v;,)]+(?:[ ](?=[^ /\\]))?){1,3}(?=[/\\])")
_WORD = re.compile(rb"[^/\\\x00:\"'<>|?*\s\v]+")
_SHARED = frozenset([b"shared", b"public", b"default", b"all users", b"default user"])
"""Folders that every system has."""

_REACH = 512
"""Bytes before a folder in which its address may begin."""


def find_home_folders(engine: Engine, _check: Check, data: bytes) -> Spans:
    """Find what follows the folder in which home folders are."""
    spans: Spans = []
    search = engine(data).search
    at = 0
    while (match := search(data, at)) is not None:
        at = match.end()
        before = _ADDRESS.search(data, max(0, match.start() - _REACH), match.start())
        if before is not None and (before[1] or b"").lower() != b"file:":
            continue
        name = _NAME.match(data, at) or _WORD.match(data, at)
        if name is None:
            continue
        at = name.end()
        if name[0].lower() not in _SHARED:
            spans.append(name.span())
    return spans
