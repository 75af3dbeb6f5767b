"""The tree that follows a recording: as a player has it, and sound whatever comes."""

import json

import pytest
from helpers import Page, incremental, mutation
from hypothesis import given, settings

from replay_redact import decode
from replay_redact.events import FullSnapshot, IncrementalSnapshot, Input, Mutation
from replay_redact.nodes import Document, Element, Text
from replay_redact.preview.stage import Stage
from replay_redact.strategies import wild_recordings


def played(*events):
    """Return a tree after events, in brief: its tags and texts, nested."""
    first, *others = decode(json.dumps(events).encode())
    stage = Stage(first.data.node)
    for event in others:
        stage.apply(event.data)
    return brief(stage.root)


def brief(node):
    if isinstance(node, Text):
        return node.text_content
    name = node.tag_name if isinstance(node, Element) else "#"
    return [name, *map(brief, node.child_nodes)]


def start():
    """Return a snapshot of two paragraphs: nodes 2 (with text 1) and 4 (with text 3), in body 5."""
    page = Page()
    one, two = (page.element("p", {}, page.text(text)) for text in ("one", "two"))
    one, two = (
        {**node, "id": number, "childNodes": [{**node["childNodes"][0], "id": number - 1}]}
        for node, number in ((one, 2), (two, 4))
    )
    body = {"type": 2, "id": 5, "tagName": "body", "attributes": {}, "childNodes": [one, two]}
    return {"type": 2, "timestamp": 1, "data": {"node": {"type": 0, "id": 6, "childNodes": [body]}}}


def add(node, tag, parent, before=None, *children):
    new = {"type": 2, "id": node, "tagName": tag, "attributes": {}, "childNodes": list(children)}
    return {"parentId": parent, "nextId": before, "node": new}


ONE, TWO = ["p", "one"], ["p", "two"]


@pytest.mark.parametrize(
    ("change", "body"),
    [
        ({"removes": [{"parentId": 5, "id": 2}]}, [TWO]),
        ({"removes": [{"parentId": 5, "id": 99}]}, [ONE, TWO]),
        ({"removes": [{"parentId": 5, "id": 2}, {"parentId": 5, "id": 2}]}, [TWO]),
        ({"adds": [add(7, "b", 5)]}, [ONE, TWO, ["b"]]),
        ({"adds": [add(7, "b", 5, 4)]}, [ONE, ["b"], TWO]),
        ({"adds": [add(7, "b", 5, 99)]}, [ONE, TWO, ["b"]]),
        ({"adds": [add(7, "b", 5, 3)]}, [ONE, TWO, ["b"]]),  # that is no child of the parent
        ({"adds": [add(7, "b", 99)]}, [ONE, TWO]),
        ({"adds": [add(7, "b", 1)]}, [ONE, TWO]),  # a text has no children
        ({"adds": [add(8, "i", 7), add(7, "b", 5)]}, [ONE, TWO, ["b", ["i"]]]),  # the child first
        ({"adds": [add(7, "b", 5, 8), add(8, "i", 5, 4)]}, [ONE, ["b"], ["i"], TWO]),
        ({"adds": [add(7, "b", 5, None, {"type": 3, "id": 8, "textContent": "x"})],
          "texts": [{"id": 8, "value": "y"}]}, [ONE, TWO, ["b", "y"]]),
        ({"adds": [add(2, "b", 5)]}, [TWO, ["b"]]),  # an id that is there moves
        ({"adds": [add(2, "b", 4, 3)]}, [["p", ["b"], "two"]]),
        ({"adds": [add(5, "b", 2)]}, []),  # below itself: gone
        ({"adds": [add(7, "b", 7)]}, [ONE, TWO]),
        ({"texts": [{"id": 1, "value": "new"}, {"id": 3, "value": None}, {"id": 2, "value": "x"}]},
         [["p", "new"], ["p", ""]]),
    ],
)  # fmt: skip
def test_mutations(change, body):
    tree = played(start(), mutation(**change))
    assert tree == (["#", ["body", *body]] if body else ["#"])


def attributes(before, *changes):
    page = Page()
    field = page.element("input", before)
    events = decode(
        json.dumps([page.snapshot(field), *(make(field["id"]) for make in changes)]).encode()
    )
    stage = Stage(events[0].data.node)
    for event in events[1:]:
        stage.apply(event.data)
    return stage.root.child_nodes[0].attributes


def changed(**values):
    return lambda node: mutation(attributes=[{"id": node, "attributes": values}])


def entered(text, checked=False):
    return lambda node: incremental(5, id=node, text=text, isChecked=checked)


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ({"class": "a"}, [changed(title="x")], {"class": "a", "title": "x"}),
        ({"class": "a", "title": "x"}, [changed(title=None, alt=None)], {"class": "a"}),
        ({"style": "color: red; width: 1px"}, [changed(style={"color": "blue", "width": False, "top": ["2px", "important"]})],
         {"style": "color: blue; top: 2px !important"}),
        ({}, [changed(style={"left": ["2px", ""], "top": [], "right": 3})], {"style": "left: 2px"}),
        ({"style": "color: red"}, [changed(style="top: 1px")], {"style": "top: 1px"}),
        ({}, [entered("a"), entered("ab")], {"value": "ab"}),
        ({"type": "checkbox", "value": "on"}, [entered("on", checked=True)], {"type": "checkbox", "value": "on", "checked": True}),
        ({"type": "Radio", "checked": True}, [entered("on")], {"type": "Radio"}),
    ],
)  # fmt: skip
def test_attributes_and_typing(before, changes, after):
    assert attributes(before, *changes) == after


def test_changes_of_what_is_not_there_are_left_out():
    assert attributes({}, lambda _node: mutation(attributes=[{"id": 99, "attributes": {"a": "b"}}]),
                      lambda _node: incremental(5, id=99, text="x", isChecked=False)) == {}  # fmt: skip


def test_additions_in_the_worst_order_do_not_take_forever():
    adds = [add(100 + number, "b", 5, 101 + number) for number in range(5000)]
    assert len(played(start(), mutation(adds=adds))[1]) == 1 + 2 + 5000
    nested = [add(101 + number, "b", 100 + number) for number in range(5000)][::-1]
    stage_root = decode(json.dumps([start()]).encode())[0].data.node
    stage = Stage(stage_root)
    [event] = decode(json.dumps([mutation(adds=[*nested, add(100, "b", 5)])]).encode())
    stage.apply(event.data)
    assert depth(stage_root) > 5000


def depth(root):
    todo, deepest = [(root, 1)], 0
    while todo:
        node, level = todo.pop()
        deepest = max(deepest, level)
        todo += [(child, level + 1) for child in getattr(node, "child_nodes", [])]
    return deepest


@settings(max_examples=100)
@given(wild_recordings())
def test_no_node_ever_stands_below_itself(events):
    stage = None
    for event in decode(json.dumps(events).encode()):
        if isinstance(event, FullSnapshot):
            stage = Stage(event.data.node)
        elif (
            stage
            and isinstance(event, IncrementalSnapshot)
            and isinstance(event.data, Mutation | Input)
        ):
            stage.apply(event.data)
    seen, todo = set(), [stage.root] if stage else []
    while todo:
        node = todo.pop()
        assert id(node) not in seen
        seen.add(id(node))
        todo += node.child_nodes if isinstance(node, Element | Document) else []
