"""Differences of trees are those of their JSON, in the same order."""

import gzip
import json

import msgspec
import pytest
from helpers import Page
from hypothesis import given, settings
from real_recordings import OWN, SHARED_FILES, needs_shared, own

from replay_redact import Policy, encode, strategies
from replay_redact._engine.engine import Engine
from replay_redact._masks.differences import changes
from replay_redact._wire.codec import open_recording, read_all
from replay_redact.events import FullSnapshot
from replay_redact.nodes import Element
from replay_redact.testing.tree_difference import TreeChanges


def both(data, policy=None):
    """Return what changed in the tree of each full snapshot, by itself and by its JSON.

    What else redaction changes in the event, such as the id of its window, is in neither.
    """
    engine = Engine(policy or Policy())
    before, after = (read_all(open_recording(data))[0] for _ in range(2))
    for old, new in zip(before, after, strict=True):
        after = engine.redact(new)
        if isinstance(old, FullSnapshot) and after is not None:
            [one], [other] = (msgspec.json.decode(encode([event])) for event in (old, after))
            other = one | {"data": one["data"] | {"node": other["data"]["node"]}}
            yield list(TreeChanges().of(old.data.node, after.data.node)), list(changes(one, other))


def plain(found):
    """Nodes other than elements are compared as JSON, so both differences agree."""
    return [(f.node, f.field, f.channel, f.before, f.after) for f in found]


@pytest.mark.parametrize("policy", [Policy(), Policy.sentry(), Policy(unmask="*", block="p")])
@pytest.mark.parametrize(
    "recording", [r for r in OWN if r["variant"] == "a"], ids=lambda r: r["file"]
)
def test_own_recordings(recording, policy):
    pairs = list(both(own(recording), policy))
    assert pairs
    for trees, texts in pairs:
        assert plain(trees) == plain(texts)


def test_names_and_modes_that_are_none():
    page = Page()
    snapshot = page.snapshot(page.element("p q", {}, page.text("a")))
    snapshot["data"]["node"]["compatMode"] = "Jane"
    [(trees, texts)] = both(json.dumps([snapshot]).encode())
    assert sorted(map(str, plain(trees))) == sorted(map(str, plain(texts)))
    assert {f.field for f in trees} >= {"data.compatMode", "data.tagName"}


@pytest.mark.parametrize("field", ["sessionId", "windowId"])
def test_what_stands_beside_a_tree_is_not_compared(field):
    page = Page()
    snapshot = page.snapshot(page.element("p", {}, page.text("Jane"))) | {field: "jane"}
    [(trees, texts)] = both(json.dumps([snapshot]).encode())
    assert plain(trees) == plain(texts)
    assert len(trees) == 1


def test_a_child_that_is_gone_among_others():
    page = Page()
    first, second, third = (page.text(word) for word in ("a", "b", "c"))
    before = page.element("p", {}, first, second, third)
    after = page.element("p", {}, first, third) | {"id": before["id"]}
    old, new = (
        msgspec.json.decode(json.dumps(node).encode(), type=Element) for node in (before, after)
    )
    [found] = TreeChanges().of(old, new)
    assert (found.node, found.channel, found.before) == (second["id"], "media", second)


@needs_shared
@pytest.mark.parametrize(
    "path", [p for p in SHARED_FILES if ".raw." in p.name], ids=lambda p: p.name
)
def test_real_pages(path):
    for trees, texts in both(gzip.decompress(path.read_bytes())):
        assert plain(trees) == plain(texts)


@settings(max_examples=60)
@given(strategies.wild_recordings(), strategies.policies())
def test_wild_recordings(events, policy):
    for trees, texts in both(json.dumps(events).encode(), policy):
        assert plain(trees) == plain(texts)
