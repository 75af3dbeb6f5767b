"""The node model: strict fields, rrweb's names, a discreet repr."""

import msgspec
import pytest

from replay_redact import nodes

WIRE = {
    "document": (nodes.Document, {"type": 0, "id": 1, "childNodes": [], "compatMode": "BackCompat"}),
    "doctype": (nodes.DocumentType, {"type": 1, "id": 1, "name": "html", "publicId": "", "systemId": ""}),
    "element": (nodes.Element, {"type": 2, "id": 1, "tagName": "svg", "attributes": {"a": 1, "b": None, "c": True},
                                "childNodes": [], "isSVG": True, "isCustom": True, "needBlock": False}),
    "shadow": (nodes.Element, {"type": 2, "id": 1, "rootId": 9, "isShadow": True, "isShadowHost": True, "tagName": "p",
                               "attributes": {}, "childNodes": [{"type": 3, "id": 2, "textContent": "x"}]}),
    "text": (nodes.Text, {"type": 3, "id": -2, "textContent": "x", "isStyle": True}),
    "cdata": (nodes.CData, {"type": 4, "id": 1, "textContent": ""}),
    "comment": (nodes.Comment, {"type": 5, "id": 1, "textContent": "x"}),
}  # fmt: skip


@pytest.mark.parametrize("name", WIRE)
def test_a_node_is_read_and_written_in_wire_form(name):
    cls, wire = WIRE[name]
    node = msgspec.convert(wire, nodes.Node)
    assert type(node) is cls
    assert msgspec.to_builtins(node) == wire


@pytest.mark.parametrize("name", WIRE)
def test_an_unknown_field_is_refused(name):
    _, wire = WIRE[name]
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({**wire, "note": "Jane"}, nodes.Node)


@pytest.mark.parametrize(
    "wire",
    [
        {"type": 6, "id": 1},
        {"type": 3, "id": "1", "textContent": ""},
        {"type": 3, "id": 1, "textContent": 5},
        {"type": 2, "id": 1},
        {"id": 1},
    ],
)
def test_other_shapes_are_refused(wire):  # fmt: skip
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wire, nodes.Node)


@pytest.mark.parametrize(
    ("name", "wire"),
    [("id", "id"), ("child_nodes", "childNodes"), ("is_shadow_host", "isShadowHost"), ("is_svg", "isSVG")],
)  # fmt: skip
def test_wire_names(name, wire):
    assert nodes.wire_name(name) == wire


class Holder(nodes.Model, kw_only=True):
    """One field of any type."""

    value: object


@pytest.mark.parametrize(
    ("value", "outline"),
    [("Jane", "<str of 4>"), (b"Jane", "<bytes of 4>"), (["Jane"], "<list of 1>"), ({"Jane": 1}, "<dict of 1>"),
     (nodes.Comment(id=1, text_content="Jane"), "<Comment>"), (7, "7"), (None, "None"), (True, "True")],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_a_repr_shows_lengths_and_no_content(value, outline):
    assert repr(Holder(value=value)) == f"Holder(value={outline})"


def test_a_repr_leaves_out_what_is_absent():
    assert repr(nodes.Text(id=1, text_content="Jane")) == "Text(id=1, text_content=<str of 4>)"
