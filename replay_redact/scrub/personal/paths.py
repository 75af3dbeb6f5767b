r"""Finds the names of people in the paths of their home folders.

A name goes up to the next separator, with the blanks in it. A folder ``home`` in an address of the
web is none of a person.
"""

from __future__ import annotations

import re

from replay_redact.scrub.validators import Check, Engine, Spans

_NAME = re.compile(rb"(?:[^/\\\x00:\"'<>|?*\s;,)]+(?:[ ](?=[^ /\\]))?){1,3}(?=[/\\])")
_WORD = re.compile(rb"[^/\\\x00:\"'<>|?*\s]+")
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
        if _in_address(data[max(0, match.start() - _REACH) : match.start()]):
            continue
        name = _NAME.match(data, at) or _WORD.match(data, at)
        if name is None:
            continue
        at = name.end()
        if name[0].lower() not in _SHARED:
            spans.append(name.span())
    return spans


def _in_address(before: bytes) -> bool:
    """Tell whether text ends in the path of an address: behind a host, and not in a query."""
    word = before[max(map(before.rfind, _ENDS)) + 1 :]
    scheme, slashes, host = word.partition(b"//")
    in_query = b"?" in host or b"#" in host
    return bool(slashes and host.strip(b"/")) and not in_query and scheme[-5:].lower() != b"file:"


_ENDS = (b" ", b"\n", b"\t", b'"', b"'", b"<", b">")
"""What an address does not hold."""
