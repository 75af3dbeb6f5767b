"""What a field of an event may say, and how a table of fields is written.

A role is a promise about the form of a value, and the form is checked. What an SDK's
own field holds in another form was written by somebody else.

What does not have the form of its role is `Role.ANY`.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias


class Role(enum.Enum):
    """What a field may say."""

    ID = "id"  # of an event, a trace, a span, a replay: random hexadecimal digits
    TIME = "time"
    NUMBER = "number"  # measures, sizes, line numbers; booleans too
    WORD = "word"  # of the protocol: levels, operations, categories
    IDENTIFIER = "identifier"  # the name of a type, a module or a thread
    FACT = "fact"  # about SDK, platform, browser, system, release, and names in code
    NAME = "name"  # of a transaction or span: a route, an address, or a word of an SDK
    ADDRESS = "address"
    DSN = "dsn"  # where an SDK sends to
    CODE = "code"  # where code lies: an address or a path
    SOURCE = "source"  # lines of the program itself
    PERSON = "person"
    ANY = "any"


class Fields(NamedTuple):
    """An object, by the names of its fields in small letters; ``rest`` is every other field."""

    known: Mapping[str, Node]
    rest: Node = Role.ANY


class Each(NamedTuple):
    """A list, or an object whose ``values`` is one."""

    item: Node


class Pairs(NamedTuple):
    """Names and values: an object, or a list of ``[name, value]`` or ``{"key", "value"}``."""

    fields: Fields


class Attributes(NamedTuple):
    """Names and values, each of which may be ``{"value": …, "type": …}``."""

    known: Mapping[str, Node]
    prefixes: Mapping[str, Node]


Node: TypeAlias = "Role | Fields | Each | Pairs | Attributes"


def alike(node: Node, names: str) -> dict[str, Node]:
    """Give many fields one node.

    >>> alike(Role.ID, "trace_id span_id")
    {'trace_id': <Role.ID: 'id'>, 'span_id': <Role.ID: 'id'>}
    """
    return dict.fromkeys(names.split(), node)


SPAN_NAMES = frozenset(
    {
        "{{ default }}",
        "Pageload",
        "Navigation",
        "DOMContentLoaded event",
        "Load event",
        "Unload event",
        "Connect",
        "Cache lookup",
        "DNS lookup",
        "Request",
        "Response",
        "Redirect",
        "TLS/SSL negotiation",
        "Main UI thread blocked",
        "Key press",
        "Click",
        "Hover",
        "Drag",
        "Layout shift",
        "Largest contentful paint",
    }
)
"""What SDKs call spans of their own, and how an event says that it groups as usual."""

_ID = re.compile(r"(?:[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12,20})?\Z")
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?\Z"
)
_NUMBER = re.compile(r"-?\d{1,10}(?:\.\d{1,20})?(?:e-?\d{1,2})?\Z")
_DSN = re.compile(
    r"https?://[0-9A-Za-z]+@[0-9A-Za-z.-]+(?::\d{1,5})?(?:/[\w.-]+)*/\d{1,20}\Z", re.ASCII
)
_WORD = re.compile(r"(?!.*\d{6})[A-Za-z_][\w.:/+-]{0,79}\Z", re.ASCII)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


FORMS: Mapping[Role, Callable[[Any], bool]] = {
    Role.ID: lambda value: isinstance(value, str) and _ID.match(value.lower()) is not None,
    Role.TIME: lambda value: (
        _is_number(value) or (isinstance(value, str) and _TIME.match(value) is not None)
    ),
    Role.NUMBER: lambda value: (
        _is_number(value) or (isinstance(value, str) and _NUMBER.match(value) is not None)
    ),
    Role.DSN: lambda value: isinstance(value, str) and _DSN.match(value) is not None,
    Role.WORD: lambda value: (
        isinstance(value, bool)
        or (
            isinstance(value, str)
            and (not value or _WORD.match(value) is not None or _NUMBER.match(value) is not None)
        )
    ),
}
"""The forms of what is never changed."""
