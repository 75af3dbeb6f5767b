"""The strategies reach everything that redaction handles: a test counts it."""

import json
import pickle
from collections import Counter

import pytest
from drawing import drawn
from hypothesis import find, given, settings
from hypothesis.errors import InvalidArgument

from replay_redact import Policy, strategies
from replay_redact._allowlists.attributes import ATTRIBUTES, Kind, kind_of
from replay_redact.events import KINDS, SOURCES
from replay_redact.policy import OPTIONS, TextPlace
from replay_redact.policy.functions import masking
from replay_redact.strategies import public


def simplest(strategy):
    """Return the simplest example, which Hypothesis draws first."""
    return drawn(strategy, 1)[0]


def count(recording, seen):
    """Count event kinds, sources, node kinds and attribute kinds, in snapshots and changes."""
    todo = list(recording)
    while todo:
        item = todo.pop()
        if isinstance(item, list):
            todo += item
        if not isinstance(item, dict):
            continue
        if "timestamp" in item:
            seen["event", item.get("type")] += 1
        if "source" in item:
            seen["source", item["source"]] += 1
        if "id" in item and "type" in item and "timestamp" not in item and "source" not in item:
            seen["node", item["type"]] += 1
        attributes = item.get("attributes")
        for name in attributes if isinstance(attributes, dict) else ():
            seen["attribute", ATTRIBUTES.get(name) or kind_of(name)] += 1
        todo += item.values()


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_recordings_reach_every_kind_of_event_node_and_attribute():
    seen = Counter()
    for recording in drawn(strategies.wild_recordings(max_events=10), rounds=15):
        count(recording, seen)
    wanted = [
        *(("event", number) for number in KINDS),
        *(("source", number) for number in SOURCES),
        *(("node", number) for number in range(6)),
        *(("attribute", kind) for kind in Kind),
    ]
    print("\n".join(f"{what} {number}: {seen[what, number]}" for what, number in wanted))
    assert [item for item in wanted if seen[item] == 0] == []


def test_a_calm_recording_asks_for_nothing():
    calm, wild = (
        json.dumps(drawn(strategies.wild_recordings(calm=calm), rounds=2)) for calm in (True, False)
    )
    for asked in ("sentry-block", "sentry-unmask", "sentry-ignore"):
        assert asked not in calm
        assert asked in wild


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_policies_reach_both_sides_of_every_option():
    drawn_ones = drawn(strategies.policies(), rounds=12)
    for name, option in OPTIONS.items():
        values = {getattr(policy, name) for policy in drawn_ones}
        wanted = {"flag": {True, False}, "choice": set(option.words), "function": {None}}
        assert values >= wanted.get(option.kind, set()), name
        assert len(values) > 1, name
    presets = {
        Policy(),
        Policy.lockdown(),
        Policy.permissive(),
        Policy.sentry(),
        Policy.sentry(sdk="10"),
    }
    assert presets <= set(drawn_ones)
    of_sdk = [policy for policy in drawn_ones if policy.rules != "strict"]
    changed = {name for name in OPTIONS if len({getattr(policy, name) for policy in of_sdk}) > 1}
    assert changed == {name for name, option in OPTIONS.items() if option.sdk}


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_without_opening_no_option_shows_more_than_its_default():
    tight = drawn(strategies.policies(opening=False), rounds=12)
    for policy in tight:
        for name, option in OPTIONS.items():
            value, default = getattr(policy, name), getattr(Policy(), name)
            if option.kind == "flag":
                assert value in {default, not option.opens}
            elif option.kind == "choice":
                assert option.words.index(value) <= option.words.index(default)
            elif option.opens:
                assert value in {default, ()}
    for name in ("hide_length", "hide_state", "hide_pointer"):
        assert {getattr(policy, name) for policy in tight} == {True, False}
    assert {policy.metadata for policy in tight} == {"safe", "mask"}


def test_policies_are_pickled_functions_and_all():
    for policy in drawn(strategies.policies()):
        assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301 - our own


def test_the_functions_that_policies_draw_do_what_functions_of_users_do():
    place = TextPlace("p", ("a", "b"), "text")
    *working, failing = map(masking, public._FUNCTIONS)
    found = [function("Hi Jane", place) for function in working]
    assert found == ["[hidden]", "[text p a b]", ".. ....", "Hi Jane", None]
    with pytest.raises(ValueError, match="Hi Jane"):
        failing("Hi Jane", place)


def test_a_living_page_reaches_every_step():
    seen = Counter()
    for recording in drawn(strategies.recordings(max_steps=12), rounds=15):
        count(recording, seen)
    assert {number for what, number in seen if what == "event"} == {2, 3, 4, 5}
    assert {number for what, number in seen if what == "source"} == {
        0,
        1,
        2,
        3,
        4,
        5,
        8,
        13,
        14,
        15,
    }
    assert {number for what, number in seen if what == "node"} == {0, 1, 2, 3}


@pytest.mark.no_cover  # unlike properties: finding and shrinking draw very often
def test_the_smallest_examples_are_small():
    assert [event["type"] for event in simplest(strategies.recordings())] == [4, 2]
    texts = find(strategies.recordings(), lambda events: "textContent" in json.dumps(events))
    assert len(texts) == 3
    assert len(simplest(strategies.wild_recordings())) <= 2
    assert len(find(strategies.mutations(), lambda _: True)) == 1
    assert simplest(strategies.secrets()) == "j"


# --- the public ones, one by one ----------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["secrets", "nodes", "snapshots", "mutations", "recordings", "wild_recordings", "twins"]
)
def test_every_public_strategy_draws_json(name):
    found = drawn(getattr(strategies, name)(), rounds=2)
    assert len({json.dumps(example) for example in found}) > 5


@pytest.mark.parametrize(
    ("name", "option", "value"),
    [
        ("recordings", "max_steps", -1),
        ("snapshots", "max_steps", "many"),
        ("secrets", "min_size", -1),
        ("wild_recordings", "max_events", -1),
    ],
)
def test_options_that_make_no_sense_are_refused(name, option, value):
    with pytest.raises(InvalidArgument, match=option):
        drawn(getattr(strategies, name)(**{option: value}))


@pytest.mark.no_cover  # as other tests draw, and more often
@pytest.mark.parametrize(
    "name",
    ["secrets", "nodes", "snapshots", "mutations", "recordings", "wild_recordings", "twins",
     "planted", "policies"],
)  # fmt: skip
def test_no_strategy_fails_a_health_check(name):
    seen = []

    @settings(max_examples=60, database=None, derandomize=True)
    @given(getattr(strategies, name)())
    def draw(example):
        seen.append(example)

    draw()
    assert len(seen) >= 30
