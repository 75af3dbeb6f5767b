"""Nothing in the model is forgotten: every string has a role, every kind a handler."""

import json
import types
import typing

import pytest

from replay_redact import Policy, nodes, redact_bytes
from replay_redact import events as ev
from replay_redact._engine.handlers import HANDLERS
from replay_redact.nodes import Model, Role


def models():
    """Return every struct of the wire model."""
    found, todo = set(), [*ev.KINDS.values(), *ev.SOURCES.values()]
    while todo:
        model = todo.pop()
        if model in found:
            continue
        found.add(model)
        for hint in typing.get_type_hints(model).values():
            todo += [cls for cls in flat(hint) if isinstance(cls, type) and issubclass(cls, Model)]
    return sorted(found, key=lambda cls: cls.__name__)


def flat(hint):
    """Return the plain types inside unions, lists and annotations."""
    if typing.get_origin(hint) is typing.Annotated:
        return flat(hint.__origin__)
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) in {typing.Union, list}:
        return [cls for inner in typing.get_args(hint) for cls in flat(inner)]
    return [typing.get_origin(hint) or hint]


def speaking_fields(model):
    """Return the fields that can hold a string, with their roles."""
    hints = typing.get_type_hints(model, include_extras=True)
    bare = typing.get_type_hints(model)
    for name, hint in hints.items():
        if {str, dict, typing.Any} & set(flat(bare[name])):
            yield name, roles(hint)


def roles(hint):
    own = [item for item in getattr(hint, "__metadata__", ()) if isinstance(item, Role)]
    return own + [role for inner in typing.get_args(hint) for role in roles(inner)]


@pytest.mark.parametrize("model", models(), ids=lambda cls: cls.__name__)
def test_every_field_that_can_speak_has_a_role(model):
    assert [name for name, found in speaking_fields(model) if len(found) != 1] == []


def test_the_census_sees_the_whole_model():
    names = {model.__name__ for model in models()}
    assert {"Element", "Text", "RuleAddition", "PropertySet", "PluginData"} <= names
    assert dict(speaking_fields(nodes.Element)) == {
        "tag_name": [Role.STRUCTURE],
        "attributes": [Role.ATTRIBUTES],
    }


def test_every_kind_and_source_has_a_handler_and_nothing_else_has():
    wire = {*ev.KINDS.values(), *ev.SOURCES.values()} - {ev.IncrementalSnapshot}
    assert set(HANDLERS) == wire | {ev.Unreadable}


CANARY = "zq Jane 4711!"

# One minimal event per field that can hold content, with the canary in that field.
PLANTED = {
    "Document.compat_mode": {"type": 2, "data": {"node": {"type": 0, "id": 1, "compatMode": CANARY}}},
    "DocumentType": {"type": 2, "data": {"node": {"type": 0, "id": 1, "childNodes": [
        {"type": 1, "id": 2, "name": CANARY, "publicId": CANARY, "systemId": CANARY}]}}},
    "Element.tag_name": {"type": 2, "data": {"node": {"type": 2, "id": 1, "tagName": CANARY}}},
    "Element.attributes": {"type": 2, "data": {"node": {"type": 2, "id": 1, "tagName": "p",
        "attributes": dict.fromkeys(("title", "value", "href", "src", "onclick", "style", "data-x", "type", "width", "d", "lang", "srcset"), CANARY)}}},
    "Text": {"type": 2, "data": {"node": {"type": 3, "id": 1, "textContent": CANARY}}},
    "CData": {"type": 2, "data": {"node": {"type": 4, "id": 1, "textContent": CANARY}}},
    "Comment": {"type": 2, "data": {"node": {"type": 5, "id": 1, "textContent": CANARY}}},
    "TextMutation": {"type": 3, "data": {"source": 0, "texts": [{"id": 1, "value": CANARY}]}},
    "AttributeMutation": {"type": 3, "data": {"source": 0, "attributes": [
        {"id": 1, "attributes": {"title": CANARY, "style": {"content": f'"{CANARY}"', CANARY: CANARY}}}]}},
    "Addition": {"type": 3, "data": {"source": 0, "adds": [
        {"parentId": 1, "nextId": None, "node": {"type": 3, "id": 2, "textContent": CANARY}}]}},
    "Input": {"type": 3, "data": {"source": 5, "id": 1, "text": CANARY, "isChecked": False}},
    "StyleSheetRule": {"type": 3, "data": {"source": 8, "adds": [{"rule": f'a{{content:"{CANARY}"}}'}],
        "replace": f'a{{content:"{CANARY}"}}', "replaceSync": f"/*{CANARY}*/"}},
    "CanvasMutation": {"type": 3, "data": {"source": 9, "id": 1, "type": 0, "property": "fillText",
                                           "args": [CANARY]}},
    "Font": {"type": 3, "data": {"source": 10, "family": CANARY, "fontSource": CANARY, "buffer": False}},
    "Log": {"type": 3, "data": {"source": 11, "level": CANARY, "trace": [CANARY], "payload": [CANARY]}},
    "PropertySet": {"type": 3, "data": {"source": 13, "index": [0], "set": {
        "property": "content", "value": f'"{CANARY}"', "priority": CANARY}}},
    "PropertySet.property": {"type": 3, "data": {"source": 13, "index": [0],
                                                 "set": {"property": CANARY, "value": "x"}}},
    "PropertyRemoval": {"type": 3, "data": {"source": 13, "index": [0], "remove": {"property": CANARY}}},
    "AdoptedStyle": {"type": 3, "data": {"source": 15, "id": 1, "styleIds": [1], "styles": [
        {"styleId": 1, "rules": [{"rule": f'a{{content:"{CANARY}"}}'}]}]}},
    "CustomElement": {"type": 3, "data": {"source": 16, "define": {"name": CANARY}}},
    "Meta": {"type": 4, "data": {"href": f"https://shop.example/{CANARY}", "width": 1, "height": 1}},
    "Custom": {"type": 5, "data": {"tag": CANARY, "payload": {CANARY: [CANARY]}}},
    "Plugin": {"type": 6, "data": {"plugin": CANARY, "payload": {"x": CANARY}}},
    "Asset": {"type": 7, "data": {"url": CANARY, "payload": CANARY, "failed": {"message": CANARY}}},
    "unknown field": {"type": 1, "data": {"x": CANARY}, CANARY: CANARY},
}  # fmt: skip


@pytest.mark.parametrize("where", PLANTED)
@pytest.mark.parametrize("policy", [Policy(), Policy.lockdown()], ids=["strict", "lockdown"])
def test_redaction_reaches_every_field(where, policy):
    recording = json.dumps([{"timestamp": 1, **PLANTED[where]}]).encode()
    assert b"Jane" in recording
    redacted = redact_bytes(recording, policy)
    assert b"Jane" not in redacted
    assert b"4711" not in redacted
