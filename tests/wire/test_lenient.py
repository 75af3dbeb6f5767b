"""The slow path: an event that the strict model refuses loses fields, or is unreadable."""

import json

import pytest
from helpers import Page, incremental

from replay_redact._wire.lenient import prune, read_event, repair_text
from replay_redact.events import Unreadable

META = {"type": 4, "timestamp": 1, "data": {"href": "x", "width": 1, "height": 2}}


def read(value):
    event, cut = read_event(json.dumps(value).encode())
    return event.reason if isinstance(event, Unreadable) else type(event).__name__, cut


# --- text -------------------------------------------------------------------------------

TEXTS = {
    "nothing to do": (b'["Jane"]', b'["Jane"]'),
    "a pair": (rb'["\ud83d\ude00"]', rb'["\ud83d\ude00"]'),
    "a pair in capitals": (rb'["\uD83D\uDE00"]', rb'["\uD83D\uDE00"]'),
    "a lone high one": (rb'["\ud83d x"]', rb'["\ufffd x"]'),
    "a lone low one": (rb'["\ude00"]', rb'["\ufffd"]'),
    "two high ones": (rb'["\ud83d\ud83d\ude00"]', rb'["\ufffd\ud83d\ude00"]'),
    "the wrong way round": (rb'["\ude00\ud83d"]', rb'["\ufffd\ufffd"]'),
    "an escaped backslash": (rb'["\\ud83d"]', rb'["\\ud83d"]'),
    "a backslash before one": (rb'["\\\ud83d"]', rb'["\\\ufffd"]'),
    "another escape": (rb'["\u0041\n\""]', rb'["\u0041\n\""]'),
    "bytes that are no UTF-8": (b'["\xff\xc3("]', '["\ufffd\ufffd("]'.encode()),
    "a surrogate as bytes": (b'["\xed\xa0\xbd"]', '["\ufffd\ufffd\ufffd"]'.encode()),
    "a backslash at the end": (b'["a\\', b'["a\\'),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_made_readable(name):
    before, after = TEXTS[name]
    assert repair_text(before) == after
    assert repair_text(after) == after


# --- events -----------------------------------------------------------------------------

EVENTS = {
    "as the model has it": (META, ("Meta", 0)),
    "one field too many": ({**META, "pageTitle": "Jane"}, ("Meta", 1)),
    "a field with much in it": ({**META, "note": {"a": ["Jane", {"b": 1}]}}, ("Meta", 1)),
    "two, at two levels": ({**META, "v": "v1", "data": {**META["data"], "title": "Jane"}}, ("Meta", 2)),
    "load events hold nothing": ({"type": 1, "timestamp": 1, "data": {"a": 1, "b": 2}}, ("Load", 2)),
    "free payloads are not looked at": (
        {"type": 5, "timestamp": 1, "x": 1, "data": {"tag": "t", "payload": {"any": {"thing": 1}}}}, ("Custom", 1)),
    "in a list": (incremental(1, positions=[{"x": 1, "y": 1, "id": 1, "timeOffset": 0, "who": "Jane"}] * 3),
                  ("IncrementalSnapshot", 3)),
    "in a list that may be absent": (incremental(8, id=1, adds=[{"rule": "a{}", "who": "Jane"}]), ("IncrementalSnapshot", 1)),
    "in an object that may be absent": (incremental(13, id=1, index=[], set={"property": "a", "who": "Jane"}),
                                        ("IncrementalSnapshot", 1)),
    "attributes are free": (incremental(0, attributes=[{"id": 1, "attributes": {"who": {"a": "Jane"}}, "x": 1}]),
                            ("IncrementalSnapshot", 1)),
    "no type": ({"timestamp": 1}, ("malformed", 0)),
    "a type that is true": ({"type": True, "timestamp": 1}, ("malformed", 0)),
    "a type that is a fraction": ({"type": 1.5, "timestamp": 1}, ("malformed", 0)),
    "a type that is text": ({"type": "Jane", "timestamp": 1}, ("malformed", 0)),
    "an unknown kind": ({"type": 8, "timestamp": 1}, ("unknown-kind", 0)),
    "a negative kind": ({"type": -1, "timestamp": 1}, ("unknown-kind", 0)),
    "an unknown source": (incremental(17, x="Jane"), ("unknown-source", 0)),
    "a source that is text": (incremental("Jane"), ("malformed", 0)),
    "no data": ({"type": 3, "timestamp": 1}, ("malformed", 0)),
    "data that is text": ({"type": 3, "timestamp": 1, "data": "Jane"}, ("malformed", 0)),
    "a source where none belongs": ({**META, "data": {"source": 99}}, ("malformed", 0)),
    "a field of another type": ({**META, "data": {**META["data"], "width": "Jane"}}, ("malformed", 0)),
    "an id of another type": (incremental(3, id="Jane", x=1, y=1), ("malformed", 0)),
    "a node of no known type": ({"type": 2, "timestamp": 1, "data": {"node": {"type": 9, "id": 1}}}, ("malformed", 0)),
    "null": (None, ("malformed", 0)),
    "an array": ([META], ("malformed", 0)),
}  # fmt: skip


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_read_or_the_reason_is_told(name):
    value, expected = EVENTS[name]
    assert read(value) == expected


def test_unknown_fields_of_nodes_are_cut_off_at_any_depth():
    page = Page()
    inner = page.element("p", {"who": "kept"}, page.text("x", note="Jane"), note="Jane")
    value = page.snapshot(page.element("div", {}, inner, page.comment("x", note="Jane")))
    assert prune(value) == 3
    assert "note" not in json.dumps(value)
    assert inner["attributes"] == {"who": "kept"}


def test_what_is_cut_off_is_not_in_the_event():
    event, cut = read_event(json.dumps({**META, "note": "Jane"}).encode())
    assert cut == 1
    assert not hasattr(event, "note")


@pytest.mark.parametrize(
    "value", [1, "Jane", None, [1, "Jane"], [[{"a": 1}]], {"type": 99, "a": 1}], ids=str
)
def test_pruning_what_claims_to_be_nothing_cuts_nothing(value):
    before = json.dumps(value)
    assert prune(value) == 0
    assert json.dumps(value) == before


@pytest.mark.parametrize("name", ["rootId", "isShadow", "isShadowHost", "isSVG"])
def test_null_in_place_of_an_optional_field_is_no_field(name):
    """Tools that pass JavaScript objects to Python turn undefined into null."""
    node = {
        "type": 2,
        "id": 1,
        "tagName": "p",
        "attributes": {"title": None},
        "childNodes": [],
        name: None,
    }
    event = {
        "type": 2,
        "timestamp": 1,
        "data": {"node": node, "initialOffset": {"top": 0, "left": 0}},
    }
    read, cut = read_event(json.dumps(event).encode())
    assert cut == 0
    assert read.data.node.attributes == {"title": None}


def test_null_in_place_of_a_needed_field_is_malformed():
    event = {"type": 4, "timestamp": 1, "data": {"href": "", "width": None, "height": 1}}
    assert isinstance(read_event(json.dumps(event).encode())[0], Unreadable)


def test_a_number_that_python_refuses_to_read_makes_an_event_malformed():
    """Python reads at most 4,300 digits. What else stands in such an event is not known."""
    event, cut = read_event(b'{"type": 4, "timestamp": 1, "data": ' + b"9" * 5_000 + b"}")
    assert isinstance(event, Unreadable)
    assert (event.reason, event.may_change_tree, cut) == ("malformed", True, 0)
