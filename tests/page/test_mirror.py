"""The mirror: parents and decisions, and what it forgets."""

import pytest

from replay_redact import Level, Policy
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._rules.strict import Rules
from replay_redact._runtime.stack import MAX_DEPTH

POLICY = Policy(mask=".mask", unmask=".unmask", block=".block")


@pytest.fixture
def mirror():
    """Return a mirror of 1 > 2.unmask > 3 > 4, and 1 > 5."""
    mirror = Mirror(Rules(POLICY))
    mirror.parents[1] = None
    for node_id, parent_id, facts in (
        (2, 1, bits(mirror, "unmask")),
        (3, 2, 0),
        (4, 3, 0),
        (5, 1, 0),
    ):
        mirror.add(node_id, parent_id, facts)
    return mirror


def bits(mirror, name):
    return mirror.rules.facts("p", {"class": name})


def level(mirror, node_id):
    context = mirror.context(node_id)
    return "unknown" if context is mirror.rules.unknown else context.level.name


def levels(mirror):
    return [level(mirror, node_id) for node_id in range(1, 6)]


KNOWN = ["DEFAULT", "UNMASK", "UNMASK", "UNMASK", "DEFAULT"]


def test_decisions_follow_from_facts_above(mirror):
    assert levels(mirror) == KNOWN
    assert levels(mirror) == KNOWN


@pytest.mark.parametrize("node_id", [0, 6, -1, -2, 10**30])
def test_what_was_never_seen_is_unknown(mirror, node_id):
    assert level(mirror, node_id) == "unknown"
    assert mirror.parent_context(node_id) is mirror.rules.unknown


def test_the_parent_of_the_root_is_unknown(mirror):
    assert mirror.parent_context(1) is mirror.rules.unknown
    assert mirror.parent_context(4).level is Level.UNMASK


@pytest.mark.parametrize("asked_before", [False, True])
@pytest.mark.parametrize(
    ("removed", "expected"),
    [(4, [*KNOWN[:3], "unknown", "DEFAULT"]), (3, ["DEFAULT", "UNMASK", "unknown", "unknown", "DEFAULT"]),
     (2, ["DEFAULT", "unknown", "unknown", "unknown", "DEFAULT"]), (1, ["unknown"] * 5), (99, KNOWN)],
)  # fmt: skip
def test_what_is_removed_is_forgotten_with_all_below(mirror, removed, expected, asked_before):
    if asked_before:
        levels(mirror)
    mirror.remove(removed)
    assert levels(mirror) == expected
    mirror.remove(removed)
    assert levels(mirror) == expected


def test_what_is_added_after_a_removal_is_removed_too(mirror):
    mirror.remove(4)
    mirror.add(6, 3, 0)
    mirror.add(7, 6, 0)
    assert level(mirror, 7) == "UNMASK"
    mirror.remove(3)
    assert [level(mirror, node_id) for node_id in (3, 6, 7)] == ["unknown"] * 3
    assert mirror.parents == {1: None, 2: 1, 5: 1}
    assert set(mirror.facts) == {2}


def test_a_node_may_come_back_elsewhere(mirror):
    levels(mirror)
    mirror.remove(3)
    mirror.add(3, 5, 0)
    assert level(mirror, 3) == "DEFAULT"
    mirror.remove(2)
    assert level(mirror, 3) == "DEFAULT"
    mirror.remove(5)
    assert level(mirror, 3) == "unknown"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("mask", "MASK"), ("block", "BLOCK"), ("x", "DEFAULT"), ("unmask", "UNMASK")],
)
def test_a_change_of_facts_moves_all_below(mirror, name, expected):
    levels(mirror)
    mirror.change_facts(2, bits(mirror, name))
    assert levels(mirror) == ["DEFAULT", expected, expected, expected, "DEFAULT"]


def test_facts_of_a_node_without_any(mirror):
    levels(mirror)
    mirror.change_facts(5, 0)
    assert 5 not in mirror.facts
    mirror.change_facts(5, bits(mirror, "unmask"))
    assert level(mirror, 5) == "UNMASK"


def branch(parents, *, below=None, facts=None, hidden=()):
    made = Branch(next(iter(parents)), below)
    made.parents, made.facts, made.hidden = dict(parents), dict(facts or {}), list(hidden)
    return made


def test_an_id_that_several_nodes_show_is_unknown_with_all_below(mirror):
    tree = branch({1: None, 2: 3, 3: 2, 4: 3}, facts={2: bits(mirror, "unmask")})
    tree.settle([1, 2, 3, 3, 4])
    mirror.replace(tree)
    assert levels(mirror) == ["DEFAULT", "unknown", "unknown", "unknown", "unknown"]
    mirror.remove(3)
    mirror.add(3, 1, bits(mirror, "unmask"))
    assert level(mirror, 3) == "UNMASK"


def test_an_id_that_a_hidden_node_claims_too_is_blocked_with_all_below(mirror):
    tree = branch({1: None, 2: 1, 3: 5, 4: 3, 5: 1}, hidden=[3])
    tree.settle([1, 2, 3, 4, 5])
    tree.hide()
    mirror.replace(tree)
    assert levels(mirror) == ["DEFAULT", "DEFAULT", "BLOCK", "BLOCK", "DEFAULT"]


def test_a_branch_takes_what_shows_in_it_from_where_it_was(mirror):
    mirror.graft(branch({6: 5, 3: 6}, below=5))
    assert levels(mirror) == ["DEFAULT", "UNMASK", "DEFAULT", "unknown", "DEFAULT"]
    assert level(mirror, 6) == "DEFAULT"


def test_what_a_branch_only_claims_below_a_block_stays_and_counts_as_blocked(mirror):
    levels(mirror)
    facts = {6: bits(mirror, "block")}
    mirror.graft(branch({6: 5, 3: 6, 7: 6}, below=5, facts=facts, hidden=[3, 7]))
    assert levels(mirror) == ["DEFAULT", "UNMASK", "BLOCK", "BLOCK", "DEFAULT"]
    assert mirror.parents[3] == 2
    assert level(mirror, 7) == "BLOCK"


def test_a_branch_below_a_node_of_its_own_is_unknown(mirror):
    mirror.graft(branch({6: 5, 5: 6}, below=5))
    assert level(mirror, 5) == level(mirror, 6) == "unknown"


def test_hiding_concerns_live_nodes_only(mirror):
    mirror.hide([3, 99])
    assert levels(mirror) == ["DEFAULT", "UNMASK", "BLOCK", "BLOCK", "DEFAULT"]
    assert 99 not in mirror.facts


def test_a_full_snapshot_forgets_everything(mirror):
    levels(mirror)
    mirror.remove(5)
    mirror.clear()
    assert levels(mirror) == ["unknown"] * 5
    assert not mirror.parents
    assert not mirror.facts


@pytest.mark.parametrize(
    ("depth", "expected"), [(MAX_DEPTH, "UNMASK"), (MAX_DEPTH + 10, "unknown")]
)
def test_a_chain_that_is_too_deep_is_unknown(depth, expected):
    mirror = Mirror(Rules(POLICY))
    mirror.parents[0] = None
    mirror.add(1, 0, bits(mirror, "unmask"))
    for node_id in range(2, depth + 1):
        mirror.add(node_id, node_id - 1, 0)
    assert level(mirror, depth) == expected


def test_numbers_only():
    mirror = Mirror(Rules(POLICY))
    mirror.parents[1] = None
    mirror.add(2, 1, mirror.rules.facts("p", {"class": "mask", "title": "Jane"}))
    assert "Jane" not in str((mirror.parents, mirror.facts))
    assert all(isinstance(value, int) for value in (*mirror.parents, *mirror.facts.values()))
