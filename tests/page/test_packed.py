"""Nodes in columns: look-ups, changes, and new columns, compared with plain dictionaries."""

import itertools
import random

import pytest

from replay_redact import LimitError, Policy
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.packed import changes, packing
from replay_redact._page.packed.columns import Columns, pack_numbers, unpack_numbers
from replay_redact._rules.rule_sets import compile_rule_set
from replay_redact._runtime.stack import MAX_DEPTH

POLICY = Policy(mask=".mask", unmask=".unmask", block=".block")
RULES = compile_rule_set(POLICY)
FACTS = [0, *(RULES.facts("p", {"class": name}) for name in ("mask", "unmask", "block")), 1 << 200]


@pytest.fixture(params=[-1, 3, 1_000], ids=["always new", "sometimes new", "never new"])
def few(request, monkeypatch):
    """Set after how many changes there are new columns."""
    monkeypatch.setattr(changes, "_FEW", request.param)
    monkeypatch.setattr(changes, "_PER_ROOT", 0)


def page(nodes, rng, first=1):
    """Return a tree of nodes, as a full snapshot brings it."""
    branch = Branch(first)
    for node_id in range(first + 1, first + nodes):
        branch.parents[node_id] = rng.randrange(max(first, node_id - 6), node_id)
    branch.facts = {node_id: rng.choice(FACTS) for node_id in branch.parents}
    return branch


def both(branch):
    """Return two mirrors of one page, of which the first will rest on columns."""
    mirrors = Mirror(RULES), Mirror(RULES)
    for mirror in mirrors:
        copy = Branch(branch.root_id)
        copy.parents, copy.facts = dict(branch.parents), dict(branch.facts)
        mirror.replace(copy)
    return mirrors


def as_state(mirror):
    """Return a mirror of what a state would hold of this one."""
    columns, changed = mirror.columns()
    again = Mirror(RULES)
    again.rest_on(Columns.unpacked(columns.packed()), changed)
    return again


def step(rng, fresh, live):
    """Return a change of a mirror."""
    at = rng.choice(sorted(live))
    kind = rng.random()
    if kind < 0.3:
        return lambda mirror: mirror.remove(at)
    if kind < 0.5:
        return lambda mirror: mirror.change_facts(at, FACTS[fresh % len(FACTS)])
    if kind < 0.6:
        return lambda mirror: mirror.hide([at, fresh])
    if kind < 0.7:
        return lambda mirror: mirror.add_hidden([at, fresh], at)
    if kind < 0.75:
        return lambda mirror: mirror.withhold([at])
    taken = rng.choice(sorted(live)) if kind < 0.85 else fresh

    def graft(mirror):
        branch = Branch(taken, at)
        branch.parents[fresh + 1] = taken
        branch.facts = {taken: FACTS[fresh % len(FACTS)]}
        if taken % 3 == 0:
            branch.parents[at], branch.hidden = taken, [at]
        mirror.graft(branch)

    return graft


def known(mirror):
    """Return all that is to be known of the nodes of a mirror."""
    return {
        node_id: (parent, mirror.facts.get(node_id, 0), mirror.context(node_id))
        for node_id, parent in dict(mirror.parents).items()
    }, mirror.fields


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(12))
def test_a_mirror_over_columns_is_as_one_in_memory(seed):
    rng = random.Random(seed)
    packed, plain = both(page(rng.choice([1, 3, 40]), rng))
    for fresh in itertools.count(1_000, 2):
        if fresh > 1_200 or not plain.parents:
            break
        if rng.random() < 0.5:
            packed = as_state(packed)
        change = step(rng, fresh, set(plain.parents))
        for mirror in (packed, plain):
            change(mirror)
            mirror.end_moment()
        asked = rng.sample(range(1_210), 8)
        for node_id in asked:
            assert packed.context(node_id) is plain.context(node_id)
            assert packed.text_context(node_id) is plain.text_context(node_id)
            assert packed.facts.get(node_id, 0) == plain.facts.get(node_id, 0)
            parent = plain.parents.get(node_id)
            assert packed.parents.get(node_id) == parent
            assert (node_id in packed.parents) == (node_id in plain.parents)
            if parent is not None:
                assert packed.is_only_child(node_id, parent) == plain.is_only_child(node_id, parent)
    assert known(as_state(packed)) == known(plain)


def test_new_columns_keep_what_still_counts():
    rng = random.Random(5)
    packed, plain = both(page(300, rng))
    packed.columns()
    for mirror in (packed, plain):
        for fresh in range(1_000, 1_200):
            mirror.add(fresh, 1 + fresh % 250, 0)
        for gone in range(200, 290):
            mirror.remove(gone)
    columns, changed = packed.columns()
    assert changed == b""
    assert known(packed) == known(plain)
    assert len(columns) == len(plain.parents)
    assert list(columns.ids()) == [columns.id_at(place) for place in range(len(columns))]


def test_a_table_with_rows_that_no_node_has_is_made_anew(monkeypatch):
    monkeypatch.setattr(changes, "_FEW", -1_000)
    monkeypatch.setattr(packing, "_SPARE_ROWS", -10)
    packed, plain = both(page(5, random.Random(1)))
    packed.columns()
    for mirror in (packed, plain):
        mirror.add(9, 1, FACTS[1])
    packed.columns()
    assert known(packed) == known(plain)


def test_nodes_that_are_too_deep_are_left_out():
    branch = Branch(1)
    branch.parents.update({at: at - 1 for at in range(2, MAX_DEPTH + 10)})
    packed, _ = both(branch)
    columns, _ = packed.columns()
    assert len(columns) == MAX_DEPTH + 1
    assert as_state(packed).context(MAX_DEPTH + 5) is RULES.unknown
    packed.add(100_000, MAX_DEPTH + 1, 0)  # below the deepest
    monkey = packing.packed_again(RULES, packed.parents, packed.facts, ())
    assert len(monkey) == len(columns)


def test_more_rows_than_any_page_has_are_a_limit(monkeypatch):
    monkeypatch.setattr(packing, "MAX_ROWS", 2)
    packed, _ = both(page(40, random.Random(3)))
    with pytest.raises(LimitError, match="differ in more than"):
        packed.columns()


def test_what_takes_the_place_of_a_node_takes_nothing_along():
    """The mirror removes a node before it adds one with its id. If it did not, nothing is lost."""
    packed, plain = both(page(20, random.Random(4)))
    packed.columns()
    for mirror in (packed, plain):
        mirror.parents[3] = 1
        mirror.parents.update({4: 1})
    assert packed.parents == plain.parents
    assert packed.parents == as_state(packed).parents
    assert len(packed.parents) == len(plain.parents)
    assert sorted(as_state(packed).parents.items()) == sorted(plain.parents.items())
    assert set(packed.parents) == set(plain.parents.keys()) == set(packed.parents.keys())
    with pytest.raises(KeyError):
        packed.parents[77]


def test_a_mirror_without_nodes_has_empty_columns():
    mirror = Mirror(RULES)
    columns, changed = mirror.columns()
    assert (len(columns), changed) == (0, b"")
    assert not as_state(mirror).parents
    assert columns.place_of(1) == -1


@pytest.mark.parametrize(
    "values", [(), (0,), (255, 1), (1 << 16,), (1 << 32,), (1 << 63,), (1 << 64,), (-5, 3)]
)
def test_numbers_are_read_as_they_were(values):
    assert tuple(unpack_numbers(pack_numbers(values))) == values


def test_many_rows_take_wider_characters():
    for rows in (300, 60_000):
        table = [(-1, row) for row in range(rows)]
        text = "".join(map(chr, range(rows)))
        columns = Columns("\0" * rows, text, table, [(1, rows)], [])
        again = Columns.unpacked(columns.packed())
        assert again.rows == text
        assert again.facts_at(rows - 1) == rows - 1
