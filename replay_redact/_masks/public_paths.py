"""The patterns by which a policy says what may stay in addresses.

| pattern | what stays |
|---|---|
| `/orders/:id` | the spelled segments of a path with these segments; ``:id`` stands for any one |
| `?page&tab` | the values of these parameters |
| `/search?page` | both, of such a path |
| `#/orders/:id`, `#!/orders/:id` | the same in a fragment, which is the path of a hash router |
| `#details` | this fragment |

A slash at the end makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from replay_redact.errors import PolicyError

_HASH_ROUTE = re.compile(r"!?/")
_SEGMENT = re.compile(r":[A-Za-z_]\w*|[^\s/?#&{}*:][^\s/?#&{}*]*")
_NAME = re.compile(r"[^\s=&;?#/*{}]+")
_HINTS = {"{": "write :id for a segment that varies", "*": "write :id for each segment that varies"}


class PublicPath(NamedTuple):
    """One pattern: the path that it is about (``None`` for every path), and what stays.

    ``segments`` has the spelled segments, and ``None`` for one that varies.
    """

    segments: tuple[str | None, ...] | None
    parameters: frozenset[str]

    def fits(self, segments: list[str]) -> bool:
        """Tell whether this is a pattern of a path, cut at its slashes."""
        if self.segments is None:
            return True
        return len(segments) == len(self.segments) and all(
            segment if part is None else part == segment
            for part, segment in zip(self.segments, segments, strict=True)
        )


class PublicPaths(NamedTuple):
    """The patterns of one policy: for paths, for fragments that are paths, and whole fragments."""

    paths: tuple[PublicPath, ...] = ()
    hash_routes: tuple[PublicPath, ...] = ()
    fragments: frozenset[str] = frozenset()


def read_public_paths(texts: Iterable[str]) -> PublicPaths:
    """Read patterns; raise `PolicyError` for what is none.

    >>> read_public_paths(["/orders/:id?tab"]).paths
    (PublicPath(segments=('', 'orders', None), parameters=frozenset({'tab'})),)
    """
    paths, hash_routes, fragments = [], [], set()
    for text in texts:
        head, hash_sign, fragment = text.partition("#")
        _refuse(text, bool(head and hash_sign), "write one pattern for the path, one for the rest")
        route = _HASH_ROUTE.match(fragment)
        if route:
            hash_routes.append(_public_path(fragment[route.end() - 1 :], text))
        elif hash_sign:
            _refuse(text, _NAME.fullmatch(fragment) is None, "a name must stand behind the #")
            fragments.add(fragment)
        else:
            paths.append(_public_path(head, text))
    return PublicPaths(tuple(paths), tuple(hash_routes), frozenset(fragments))


def _public_path(pattern: str, text: str) -> PublicPath:
    path, question_mark, query = pattern.partition("?")
    names = query.split("&")
    known = not question_mark or all(map(_NAME.fullmatch, names))
    _refuse(text, not known, "names must stand behind the ?, such as ?page&tab")
    parameters = frozenset(names) if question_mark else frozenset[str]()
    if not path and question_mark:
        return PublicPath(None, parameters)
    _refuse(text, not path.startswith("/"), "it must begin with /, ? or #")
    parts = path.removesuffix("/").split("/")[1:]
    hints = [hint for sign, hint in _HINTS.items() if sign in path]
    why = "; ".join(hints) or "it must be a path such as /users/:id/orders"
    _refuse(text, not all(map(_SEGMENT.fullmatch, parts)), why)
    return PublicPath(("", *(None if part[0] == ":" else part for part in parts)), parameters)


def _refuse(text: str, holds: bool, why: str) -> None:  # noqa: FBT001 - a condition
    if holds:
        raise PolicyError(f"public path {text!r} cannot be read: {why}")
