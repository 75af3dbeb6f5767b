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
    OPERATION = "operation"  # a word with dots, as spans have it
    RATE = "rate"  # a share, as a string
    IDENTIFIER = "identifier"  # the name of a type, a module or a thread
    FACT = "fact"  # about SDK, platform, browser, system, release
    FUNCTION = "function"  # a name in code
    POINTER = "pointer"  # where something is in memory
    SDK = "sdk"  # the name of an SDK
    VERSION = "version"
    RELEASE = "release"
    ENVIRONMENT = "environment"
    BROWSER = "browser"  # the name of one
    SYSTEM = "system"  # the name of an operating system
    AGENT = "agent"  # what a browser says of itself
    LOCALE = "locale"
    ZONE = "zone"  # of time
    HOST = "host"
    MEDIA_TYPE = "media type"
    PUBLIC_KEY = "public key"  # of a project, which every page shows
    NAME = "name"  # of a transaction or span: a route, an address, or a word of an SDK
    ADDRESS = "address"
    DSN = "dsn"  # where an SDK sends to
    CODE = "code"  # where code lies: an address or a path
    SOURCE = "source"  # lines of the program itself
    PERSON = "person"
    ANY = "any"

    __hash__ = object.__hash__  # in C: roles are looked up for every value of an event


WORDS = frozenset({Role.WORD, Role.OPERATION, Role.RATE})
"""Roles of words of the protocol."""

FACTS = frozenset(
    {
        *(Role.FACT, Role.FUNCTION, Role.SDK, Role.VERSION, Role.RELEASE, Role.ENVIRONMENT),
        *(Role.BROWSER, Role.SYSTEM, Role.AGENT, Role.LOCALE, Role.ZONE, Role.HOST),
        *(Role.MEDIA_TYPE, Role.PUBLIC_KEY),
    }
)
"""Roles of facts."""


class Fields(NamedTuple):
    """An object, by the names of its fields in small letters; ``rest`` is every other field.

    ``beside`` names those that stay beside a recording; see `fields`.
    """

    known: Mapping[str, Node]
    rest: Node = Role.ANY
    beside: frozenset[str] = frozenset()


class Each(NamedTuple):
    """A list, or an object whose ``values`` is one; ``wrapped`` says that SDKs write the object."""

    item: Node
    wrapped: bool = False


class Pairs(NamedTuple):
    """Names and values: an object, or a list of ``[name, value]`` or ``{"key", "value"}``."""

    fields: Fields


class OneOf(NamedTuple):
    """One of some words; what is none of them has the other role."""

    words: frozenset[str]
    other: Role


class Attributes(NamedTuple):
    """Names and values, each of which may be ``{"value": …, "type": …}``.

    ``people`` are beginnings of the names of attributes that say who somebody is, and ``beside`` is
    as in `Fields`.
    """

    known: Mapping[str, Node]
    people: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()


Node: TypeAlias = "Role | OneOf | Fields | Each | Pairs | Attributes"


def fields(beside: Mapping[str, Node], further: Mapping[str, Node] | None = None) -> Fields:
    """Return an object whose first fields stay beside a recording, in the form of their roles.

    A recording is redacted together with what an envelope has beside it. Nobody needs all of that
    to play it, so that less stays than of an event that is sent by itself.

    >>> sorted(fields({"a": Role.ID}, {"b": Role.ID}).known)
    ['a', 'b']
    """
    return Fields({**beside, **(further or {})}, beside=frozenset(beside))


def one_of(words: str, other: Role = Role.ANY) -> OneOf:
    """Return one of some words.

    >>> one_of("auto never").words == {"auto", "never"}
    True
    """
    return OneOf(frozenset(words.split()), other)


def alike(node: Node, names: str) -> dict[str, Node]:
    """Give many fields one node.

    >>> alike(Role.ID, "trace_id span_id")
    {'trace_id': <Role.ID: 'id'>, 'span_id': <Role.ID: 'id'>}
    """
    return dict.fromkeys(names.split(), node)


_NO_FIELDS: Mapping[str, Node] = {}


def known_of(node: Node) -> Mapping[str, Node]:
    """Return the fields that the table has of an object.

    >>> known_of(Pairs(Fields({"a": Role.ID}))), known_of(Role.ANY)
    ({'a': <Role.ID: 'id'>}, {})
    """
    fields = node.fields if isinstance(node, Pairs) else node
    return fields.known if isinstance(fields, Fields | Attributes) else _NO_FIELDS


def finder(node: Node) -> Callable[[str], Node]:
    """Return what says which node of the table a field of an object is.

    >>> find = finder(Attributes({"a": Role.ID}, people=("user.",)))
    >>> find("A"), find("user.nick"), find("b")
    (<Role.ID: 'id'>, <Role.PERSON: 'person'>, <Role.ANY: 'any'>)
    """
    known = known_of(node)
    if isinstance(node, Attributes):
        people = node.people
        return lambda name: _attribute(name.lower(), known, people)
    fields = node.fields if isinstance(node, Pairs) else node
    rest = fields.rest if isinstance(fields, Fields) else Role.ANY
    return lambda name: known.get(name.lower(), rest)


def _attribute(small: str, known: Mapping[str, Node], people: tuple[str, ...]) -> Node:
    other = Role.PERSON if small.startswith(people) else Role.ANY
    return known.get(small, other)


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
_POINTER = re.compile(r"0x[0-9a-f]{1,16}\Z", re.IGNORECASE)
_WORD = re.compile(r"(?!.*\d{6})[A-Za-z_][\w.:/+-]{0,79}\Z", re.ASCII)


def _is_word(value: Any) -> bool:
    return isinstance(value, bool) or (
        isinstance(value, str)
        and (not value or _WORD.match(value) is not None or _NUMBER.match(value) is not None)
    )


def _number_or(form: re.Pattern[str]) -> Callable[[Any], bool]:
    """Return what tells a number, or a string that has a form."""
    return lambda value: (
        isinstance(value, int | float) or (isinstance(value, str) and form.match(value) is not None)
    )


FORMS: Mapping[Role, Callable[[Any], bool]] = {
    Role.ID: lambda value: isinstance(value, str) and _ID.match(value.lower()) is not None,
    Role.TIME: _number_or(_TIME),
    Role.NUMBER: _number_or(_NUMBER),
    Role.DSN: lambda value: isinstance(value, str) and _DSN.match(value) is not None,
    Role.POINTER: _number_or(_POINTER),
    **dict.fromkeys(WORDS, _is_word),
}
"""The forms of what is never changed."""
