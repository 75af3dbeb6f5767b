"""The typed node tree of a recording: what rrweb serializes for each DOM node.

The model is the first privacy boundary: a field that it does not name never leaves the decoder.
Every string field carries a `Role`, which says what the field can hold and how redaction treats
it. A test checks that every field has one.

Python names are in snake case; wire names are rrweb's own (``child_nodes`` is ``childNodes`` in
JSON). ``repr`` shows lengths, never text.
"""

from __future__ import annotations

import enum
import typing
from functools import lru_cache
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "CData",
    "Comment",
    "Document",
    "DocumentType",
    "Element",
    "Node",
    "Role",
    "Text",
]


class Role(enum.Enum):
    """What a string field can hold. Its role decides how it is masked, and its channel."""

    STRUCTURE = "structure", "structure"
    """A name that is public by definition. It stays if it has the form of such a name."""
    TEXT = "text", "text"
    """Text that people read. Redaction masks each character."""
    INPUT = "input", "input"
    """The value of a form field. Redaction masks each character, white space too."""
    URL = "url", "url"
    """An address. The URL rule masks it."""
    CSS = "css", "css"
    """CSS. The CSS pass masks it."""
    ATTRIBUTES = "attributes", "attribute"
    """Attributes of an element. Each is judged by its name and the published allow-list."""
    METADATA = "metadata", "metadata"
    """Any JSON beside the DOM: console, network, breadcrumbs."""
    WINDOW = "window", "structure"
    """The id of a window or a session. A UUID stays; any other id is replaced by a stand-in."""
    DROPPED = "dropped", "structure"
    """Pixels, bytes, drawn text. Redaction drops it."""

    def __init__(self, word: str, channel: str) -> None:
        self.word = word
        self.channel = channel


Structure = Annotated[str, Role.STRUCTURE]
TextString = Annotated[str, Role.TEXT]
UrlString = Annotated[str, Role.URL]
CssString = Annotated[str, Role.CSS]
Attributes = Annotated[dict[str, Any], Role.ATTRIBUTES]
InputString = Annotated[str, Role.INPUT]
Metadata = Annotated[Any, Role.METADATA]
MetadataName = Annotated[str, Role.METADATA]
WindowId = Annotated[str, Role.WINDOW]
Dropped = Annotated[Any, Role.DROPPED]

Number = int | float

_WIRE_NAMES = {"is_svg": "isSVG"}


def wire_name(name: str) -> str:
    """Return the JSON name of a model field.

    >>> wire_name("child_nodes"), wire_name("is_svg")
    ('childNodes', 'isSVG')
    """
    head, *rest = name.split("_")
    return _WIRE_NAMES.get(name) or head + "".join(part.capitalize() for part in rest)


def _outline(value: object) -> str:
    if isinstance(value, str | bytes | list | dict):
        return f"<{type(value).__name__} of {len(value)}>"
    if isinstance(value, Struct):
        return f"<{type(value).__name__}>"
    return repr(value)


class Model(Struct, kw_only=True, gc=False, forbid_unknown_fields=True, rename=wire_name):
    """Base of all wire structs: known fields only, rrweb's names, a ``repr`` without content."""

    def __repr__(self) -> str:
        pairs = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = (f"{name}={_outline(value)}" for name, value in pairs if value is not UNSET)
        return f"{type(self).__name__}({', '.join(shown)})"


class _NodeBase(Model, tag_field="type", kw_only=True):
    id: int
    root_id: int | UnsetType = UNSET
    is_shadow: bool | UnsetType = UNSET
    is_shadow_host: bool | UnsetType = UNSET


class Document(_NodeBase, tag=0, kw_only=True):
    """A document: the page itself, or the content of an iframe.

    >>> Document(id=1)
    Document(id=1, child_nodes=<list of 0>)
    """

    child_nodes: list[Node] = msgspec.field(default_factory=list)
    compat_mode: Structure | UnsetType = UNSET


class DocumentType(_NodeBase, tag=1, kw_only=True):
    """A doctype. Redaction keeps well-known names and identifiers only."""

    name: Structure = ""
    public_id: Structure = ""
    system_id: Structure = ""


class Element(_NodeBase, tag=2, kw_only=True):
    """An element. ``child_nodes`` includes those of its shadow root, marked by ``is_shadow``.

    Attribute values are strings, numbers, booleans or null in snapshots, and any JSON in
    mutations.

    >>> Element(id=7, tag_name="p", attributes={"title": "Jane"})
    Element(id=7, tag_name=<str of 1>, attributes=<dict of 1>, child_nodes=<list of 0>)
    """

    tag_name: Structure
    attributes: Attributes = msgspec.field(default_factory=dict)
    child_nodes: list[Node] = msgspec.field(default_factory=list)
    is_svg: bool | UnsetType = UNSET
    is_custom: bool | UnsetType = UNSET
    need_block: bool | UnsetType = UNSET


class Text(_NodeBase, tag=3, kw_only=True):
    """A text node. In ``<style>`` its text is CSS, in ``<script>`` it is code."""

    text_content: TextString
    is_style: bool | UnsetType = UNSET


class CData(_NodeBase, tag=4, kw_only=True):
    """A CDATA section. Recorders leave it empty."""

    text_content: TextString = ""


class Comment(_NodeBase, tag=5, kw_only=True):
    """A comment. Redaction always empties it."""

    text_content: TextString = ""


Node = Document | DocumentType | Element | Text | CData | Comment


@lru_cache(maxsize=128)
def roles_of(model: type[Struct]) -> tuple[tuple[str, Role], ...]:
    """Return the fields of a struct that can say something, each with its role.

    >>> roles_of(Text)
    (('text_content', <Role.TEXT: ('text', 'text')>),)
    """
    hints = typing.get_type_hints(model, include_extras=True)
    found = ((name, _role(hint)) for name, hint in hints.items())
    return tuple((name, role) for name, role in found if role is not None)


def structs_of(model: type[Struct]) -> list[tuple[str, type[Model]]]:
    """Return the fields of a struct that hold other structs, but no trees, with these structs."""
    return [
        (name, member)
        for name, hint in typing.get_type_hints(model).items()
        for member in _members(hint)
        if isinstance(member, type) and issubclass(member, Model)
        if not issubclass(member, _NodeBase)
    ]


def _members(hint: Any) -> list[Any]:
    """Return the plain types in a type: members of unions, items of lists."""
    inner = typing.get_args(hint)
    return [plain for member in inner for plain in _members(member)] if inner else [hint]


def _role(hint: Any) -> Role | None:
    """Return the role in a type, also of one member of a union."""
    own = next((item for item in getattr(hint, "__metadata__", ()) if isinstance(item, Role)), None)
    inner = (_role(member) for member in typing.get_args(hint)) if own is None else ()
    return own or next((role for role in inner if role is not None), None)
