"""Windows: each is judged by its own nodes, in any container and any order."""

import functools
import itertools
import json
import uuid

import pytest
from engine.window_containers import CONTAINERS, NOT_IN_PIECES
from helpers import OPEN, Page, add, at_once, change, engine_of, remove, say, typed
from hypothesis import given
from hypothesis import strategies as st
from real_recordings import OWN, own

from replay_redact import (
    DecodeError,
    Policy,
    Redactor,
    Scrub,
    decode,
    encode,
    redact_bytes,
    redact_stream,
)
from replay_redact._engine import windows
from replay_redact.strategies import policies, recordings, wild_recordings
from replay_redact.testing import explain, find_leaks

ONE, OTHER = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))  # stay as they are, so outputs compare


# --- every container that can hold two windows -----------------------------------------------


def mixed(one, other, order=()):
    """Return the events of two recordings with the ids of their windows, mixed."""
    rest = {ONE: list(reversed(one)), OTHER: list(reversed(other))}
    for first in itertools.chain(order, itertools.cycle([True, False])):
        window = ONE if first else OTHER
        if rest[window]:
            yield window, rest[window].pop()
        if not any(rest.values()):
            return


def alone(events, window, policy, container):
    write, read = CONTAINERS[container]
    return list(read(redact_bytes(write((window, event) for event in events), policy)))


def together(items, policy, container, redact=redact_bytes):
    """Return the redacted events of each of the two windows."""
    write, read = CONTAINERS[container]
    found = list(read(redact(write(items), policy)))
    return tuple([pair for pair in found if pair[0] == window] for window in (ONE, OTHER))


def streamed(data, policy):
    pieces = [data[at : at + 997] for at in range(0, len(data), 997)]
    return b"".join(redact_stream(pieces, policy))


PAIRS = st.tuples(recordings() | wild_recordings(), recordings() | wild_recordings())


SOME = st.lists(st.sampled_from(list(CONTAINERS)), min_size=6, max_size=6, unique=True)


@given(pair=PAIRS, order=st.lists(st.booleans(), max_size=12), policy=policies(), some=SOME)
def test_two_windows_give_what_each_gives_alone(pair, order, policy, some):
    """Each example goes through six containers, since drawing it takes the longest."""
    items = list(mixed(*pair, order))
    for container in some:
        wanted = tuple(
            alone(events, window, policy, container)
            for window, events in zip((ONE, OTHER), pair, strict=True)
        )
        assert together(items, policy, container) == wanted, container
        if container not in NOT_IN_PIECES:
            assert together(items, policy, container, streamed) == wanted, container


@functools.cache
def own_events(at):
    return json.loads(encode(decode(own(OWN[at]))))


@functools.cache
def own_alone(at, window, container):
    return alone(own_events(at), window, OPEN, container)


@pytest.mark.no_cover  # the same lines, for each of many pairs
@pytest.mark.parametrize("container", CONTAINERS)
def test_all_pairs_of_our_own_recordings(container):
    turn = list(CONTAINERS).index(container)
    pairs = list(itertools.combinations(range(len(OWN)), 2))
    for one, other in pairs[turn :: len(CONTAINERS)]:
        found = together(mixed(own_events(one), own_events(other)), OPEN, container)
        assert found == (own_alone(one, ONE, container), own_alone(other, OTHER, container))


def test_a_state_carries_all_windows():
    one, other = own_events(0), own_events(7)
    items = list(mixed(one, other))
    write, read = CONTAINERS["pairs"]
    whole = redact_bytes(write(items), OPEN)
    redactor, parts = Redactor(OPEN), b""
    for at in range(0, len(items), 5):
        parts += redactor.process_bytes(write(items[at : at + 5]))
        redactor = Redactor.from_state(OPEN, redactor.state())
    assert list(read(parts)) == list(read(whole))


# --- two tabs that number their nodes alike --------------------------------------------------


def tab(**attributes):
    """Return a page with the same ids as every other such page, and its two nodes."""
    page = Page()
    text = page.text("Hello")
    field = page.element("input", {"type": attributes.pop("type", "text")})
    region = page.element("main", attributes, text, field)
    return page.snapshot(region), text, field


PRIVATE, TEXT, FIELD = tab(type="password")
SHOWN, _, _ = tab(**{"class": "sentry-unmask"})
TABS = [("jane", PRIVATE), ("tom", SHOWN), ("jane", say(TEXT, "Jane")), ("jane", typed(FIELD, "hunter2"))]  # fmt: skip


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize(
    "policy", [Policy(), OPEN.replace(mask_all_text=True), Policy.permissive()]
)
def test_what_one_tab_opens_stays_closed_in_another(container, policy):
    write, _ = CONTAINERS[container]
    found = redact_bytes(write(TABS), policy)
    assert b"hunter2" not in found
    assert (b"Jane" in found) == (not policy.mask_all_text)
    assert [b"jane" in found, b"tom" in found] == [False, False]


@pytest.mark.parametrize("container", CONTAINERS)
def test_the_verifier_sees_two_tabs(container):
    write, _ = CONTAINERS[container]
    policy = Policy()
    once = redact_bytes(write(TABS), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy) == []
    assert find_leaks(write(TABS), policy, secrets=["hunter2"])


def test_single_events_have_windows_too():
    events = decode(CONTAINERS["pairs"][0](TABS))
    redactor = Redactor()
    found = encode(filter(None, map(redactor.process, events)))
    assert b"Jane" not in found
    assert b"hunter2" not in found


# --- ids -------------------------------------------------------------------------------------

LOAD = {"type": 1, "timestamp": 1, "data": {}}
DROPPED = {"type": 7, "timestamp": 1, "data": {"url": "x"}}


def ids_shown(items, redactor=None):
    write, read = CONTAINERS["pairs"]
    data = (redactor or Redactor()).process_bytes(write(items))
    return [window for window, _ in read(data)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["jane", "tom", "jane"], ["_a", "_b", "_a"]),
        ([ONE, "tom", ONE.upper(), ONE], [ONE, "_a", ONE.upper(), ONE]),
        ([7, "7", 7], ["_a", "_b", "_a"]),
        (["_b", "_a"], ["_a", "_b"]),
        ([ONE + "0", ONE[:-1], ""], ["_a", "_b", "_c"]),
        (["1" * 19], ["_a"]),
        (["xavier"], ["_a"]),  # rrweb's packed events begin with x as well
    ],
)
def test_ids_that_are_no_uuids_get_stand_ins_by_first_appearance(given, found):
    assert ids_shown([(window, LOAD) for window in given]) == found


def test_ids_of_events_that_do_not_go_out_use_up_no_stand_in():
    assert ids_shown([("jane", DROPPED), ("tom", LOAD), ("jane", LOAD)]) == ["_a", "_b"]


def test_stand_ins_go_on_from_piece_to_piece():
    redactor = Redactor()
    assert ids_shown([("jane", LOAD)], redactor) == ["_a"]
    again = Redactor.from_state(Policy(), redactor.state())
    assert ids_shown([("tom", LOAD), ("jane", LOAD)], again) == ["_b", "_a"]


def test_a_late_segment_gives_no_stand_in_twice():
    redactor = Redactor()
    write, read = CONTAINERS["pairs"]
    redactor.process_bytes(write([("jane", LOAD)]), segment=1)
    late = redactor.process_bytes(write([("tom", LOAD)]), segment=0)
    assert [window for window, _ in read(late)] == ["_b"]


def test_a_state_tells_no_id():
    redactor = Redactor()
    ids_shown([("canary-jane", LOAD)], redactor)
    for window in redactor._engine._windows.in_order(repr):
        assert "canary" in window  # the control: before it is digested, it is there
    state = redactor.state()
    assert b"canary" not in state
    assert Redactor.from_state(Policy(), state).state() == state


def test_ids_in_a_state_are_as_secret_as_the_key_of_the_policy():
    def digests(policy):
        redactor = Redactor(policy)
        ids_shown([("jane", LOAD)], redactor)
        return set(redactor._engine._stand_ins.given)

    def keyed(key):
        return Policy(scrub=Scrub.default(hash_key=key))

    assert digests(Policy()) == digests(Policy())
    assert digests(keyed("k" * 32)) == digests(keyed("k" * 32))
    assert digests(keyed("k" * 32)).isdisjoint(digests(keyed("l" * 32)))
    assert digests(Policy()).isdisjoint(digests(Policy.permissive()))


@pytest.mark.parametrize("name", ["window_id", "$window_id", "session_id", "$session_id"])
def test_ids_in_events_may_be_spelled_otherwise(name):
    found = json.loads(redact_bytes(json.dumps([{**LOAD, name: "jane"}]).encode()))
    other = "windowId" if "window" in name else "sessionId"
    assert found == [{"type": 1, "timestamp": 1, other: "_a", "data": {}}]


@pytest.mark.parametrize("own", [True, ["x"], {"a": 1}, 1.5])
def test_an_id_that_is_none_makes_an_event_unreadable(own):
    assert redact_bytes(json.dumps([{**LOAD, "windowId": own}, LOAD]).encode()).count(b"type") == 1


@pytest.mark.parametrize(
    "event",
    [{**LOAD, "windowId": "a", "window_id": "b"}, {**LOAD, "windowId": "another"}],
    ids=["two of its own", "not that of its wrapper"],
)
def test_an_event_of_two_windows_is_of_none(event):
    data = json.dumps({"window_id": "a", "data": [event, LOAD]}).encode()
    redactor = Redactor()
    assert redactor.process_bytes(data).count(b"type") == 1
    assert redactor.report.dropped == {"malformed": 1}


def test_an_event_may_repeat_the_id_of_its_wrapper():
    data = json.dumps({"window_id": "a", "data": [{**LOAD, "windowId": "a"}, LOAD]}).encode()
    first, second = json.loads(redact_bytes(data))["data"]
    assert (first["windowId"], "windowId" in second) == ("_a", False)


@pytest.mark.parametrize("own", [{"a": 1}, [1], True, 1.5])
def test_a_wrapper_with_an_id_that_is_none_is_no_wrapper(own):
    data = json.dumps({"window_id": own, "data": [LOAD]}).encode()
    with pytest.raises(DecodeError, match="no events"):
        redact_bytes(data)


def test_a_wrapper_of_nothing_tells_no_id():
    assert redact_bytes(b'{"window_id": "jane", "data": []}') == b'{"data":[]}'
    assert redact_bytes(b'{"window_id": null, "data": []}') == b'{"data":[]}'


# --- what is lost ------------------------------------------------------------------------------


def test_what_cannot_be_read_is_forgotten_in_its_window_only():
    broken = {"type": 2, "timestamp": 5, "data": 7}
    items = [("a", SHOWN), ("b", SHOWN), ("a", broken), ("a", say(TEXT, "Jane")), ("b", say(TEXT, "Roe"))]  # fmt: skip
    found = redact_bytes(CONTAINERS["pairs"][0](items))
    assert [b"Jane" in found, b"Roe" in found] == [False, True]


def test_what_names_no_window_may_have_been_of_any():
    items = [{**SHOWN, "windowId": "a"}, 7, {**say(TEXT, "Jane"), "windowId": "a"}]
    assert b"Jane" not in redact_bytes(json.dumps(items).encode())


def test_of_too_many_windows_the_least_recently_used_is_forgotten(monkeypatch):
    monkeypatch.setattr(windows, "MAX_WINDOWS", 2)
    items = [("a", SHOWN), ("b", SHOWN), ("a", LOAD), ("c", LOAD)]
    for cut in (None, 1, 2, 3, 4):
        redactor = Redactor()
        write, _ = CONTAINERS["pairs"]
        redactor.process_bytes(write(items[:cut]))
        redactor = Redactor.from_state(Policy(), redactor.state())
        if cut is not None and items[cut:]:
            redactor.process_bytes(write(items[cut:]))
        found = redactor.process_bytes(write([("a", say(TEXT, "Jane")), ("b", say(TEXT, "Roe"))]))
        assert [b"Jane" in found, b"Roe" in found] == [True, False]


def test_of_too_many_stand_ins_the_least_recently_used_is_forgotten(monkeypatch):
    monkeypatch.setattr(windows, "MAX_STAND_INS", 2)
    names = ["a", "b", "a", "c", "a", "b"]
    assert ids_shown([(name, LOAD) for name in names]) == ["_a", "_b", "_a", "_c", "_a", "_d"]


def test_forget_forgets_all_windows():
    redactor = Redactor()
    write, _ = CONTAINERS["pairs"]
    redactor.process_bytes(write([("a", SHOWN), ("b", SHOWN)]))
    redactor.reset()
    found = redactor.process_bytes(write([("a", say(TEXT, "Jane")), ("b", say(TEXT, "Roe"))]))
    assert [b"Jane" in found, b"Roe" in found] == [False, False]


# --- moments: what has one timestamp is judged as a whole ---------------------------------------


def moment(*events, policy=OPEN, page=SHOWN):
    data = json.dumps([page, *at_once(*events)]).encode()
    found = redact_bytes(data, policy)
    assert redact_bytes(found, policy) == found
    assert b"".join(redact_stream([data[:50], data[50:]], policy)) == found
    return found.decode()


def test_what_is_typed_into_a_field_that_becomes_a_password_is_masked():
    assert "hunter2" not in moment(typed(FIELD, "hunter2"), change(FIELD, type="password"))
    assert "hunter2" in moment(typed(FIELD, "hunter2"), change(FIELD, type="search"))


def test_single_calls_cannot_look_ahead():
    redactor = Redactor(OPEN)
    events = decode(json.dumps([SHOWN, *at_once(typed(FIELD, "hunter2"), change(FIELD, type="password"))]).encode())  # fmt: skip
    assert b"hunter2" in encode(filter(None, map(redactor.process, events)))


def test_the_next_timestamp_is_another_moment():
    events = [SHOWN, typed(FIELD, "hunter2"), change(FIELD, type="password")]
    assert b"hunter2" in redact_bytes(json.dumps(events).encode(), OPEN)


REGION = {"id": SHOWN["data"]["node"]["childNodes"][0]["id"]}


@pytest.mark.parametrize("how", [{"class_": "rr-mask"}, {"class_": "rr-block"}])
def test_a_region_that_is_closed_at_once(how):
    late = Page()
    late._ids = itertools.count(50)
    fresh = late.element("p", {"title": "Ann"}, late.text("Bob"), late.element("b", {}, late.text("Cid")))  # fmt: skip
    closed = change(REGION, **how)
    found = moment(say(TEXT, "Jane"), add(REGION, fresh), change(fresh, title="Dan"), closed, policy=Policy())  # fmt: skip
    assert [name for name in ("Jane", "Ann", "Bob", "Cid", "Dan") if name in found] == []
    open_still = change(REGION, class_="sentry-unmask x")
    found = moment(say(TEXT, "Jane"), add(REGION, fresh), change(fresh, title="Dan"), open_still, policy=Policy())  # fmt: skip
    assert [name for name in ("Jane", "Ann", "Bob", "Cid", "Dan") if name not in found] == []


def test_what_is_blocked_at_once_stays_hidden_when_the_block_is_lifted():
    late = Page()
    late._ids = itertools.count(50)
    inner = late.text("Bob")
    fresh = late.element("p", {}, inner)
    events = [
        SHOWN,
        *at_once(add(REGION, fresh), change(fresh, class_="rr-block")),
        change(fresh, class_="x"),
        say(inner, "Jane"),
    ]
    found = redact_bytes(json.dumps(events).encode(), Policy())
    assert [b"Bob" in found, b"Jane" in found] == [False, False]
    assert redact_bytes(found, Policy()) == found


def test_what_is_gone_at_the_end_was_judged_when_it_came():
    found = moment(
        say(TEXT, "Jane"), change(REGION, title="x"), remove(REGION, TEXT), policy=Policy()
    )
    assert "Jane" in found


def test_a_field_that_is_gone_at_the_end_was_judged_when_something_was_typed():
    gone = remove(REGION, FIELD)
    assert "hunter2" in moment(typed(FIELD, "hunter2"), change(REGION, title="x"), gone)
    closed = change(FIELD, type="password")
    assert "hunter2" not in moment(typed(FIELD, "hunter2"), closed, gone)


@pytest.mark.parametrize("mark", ["rr-block", "rr-ignore"])
def test_what_is_typed_into_a_field_that_is_blocked_or_ignored_at_once_is_dropped(mark):
    redactor = Redactor(OPEN)
    events = [SHOWN, *at_once(typed(FIELD, "hunter2"), change(FIELD, class_=mark))]
    assert b"hunter2" not in redactor.process_bytes(json.dumps(events).encode())
    assert redactor.report.dropped["Input"] == 1


def test_a_field_that_was_sensitive_long_before_is_masked_though_nobody_knows_it_now():
    events = [SHOWN, change(FIELD, type="password"), remove(REGION, FIELD)]
    late = at_once(typed(FIELD, "hunter2"), change(REGION, title="x"), change(REGION, class_="x"))
    assert b"hunter2" not in redact_bytes(json.dumps([*events, *late]).encode(), OPEN)


def test_an_attribute_of_a_box_that_is_gone_at_the_end_is_dropped():
    late = at_once(change(REGION, title="Jane"), change(REGION, class_="rr-block"), remove({"id": 4}, REGION))  # fmt: skip
    found = redact_bytes(json.dumps([SHOWN, *late]).encode(), OPEN)
    assert b"Jane" not in found


def test_code_that_is_blocked_within_its_moment_is_dropped():
    page = Page()
    text = page.text("p{color:red}")
    style = page.element("style", {}, text)
    both = say(text, "p{color:blue}")
    both["data"]["attributes"] = change(style, class_="rr-block")["data"]["attributes"]
    found = redact_bytes(json.dumps([page.snapshot(style), both]).encode(), Policy(mask_css=False))
    assert b"blue" not in found


@pytest.mark.parametrize("leaves", [False, True])
def test_css_of_a_style_that_is_masked_within_its_moment_is_masked_as_css(leaves):
    page = Page()
    text = page.text("p{color:red}")
    style = page.element("style", {}, text)
    both = say(text, "p::after{content:'Jane'}")
    both["data"]["attributes"] = change(style, class_="rr-mask")["data"]["attributes"]
    gone = [{**remove(style, text), "timestamp": both["timestamp"]}] if leaves else []
    found = redact_bytes(
        json.dumps([page.snapshot(style), both, *gone]).encode(), Policy(mask_css=False)
    )
    assert b"p::after{content:'****'}" in found


def test_css_of_a_text_that_leaves_its_style_within_its_moment_is_masked_as_css():
    page = Page()
    text = page.text("p::after{content:'Jane'}")
    style, body = page.element("style", {}, text), page.element("body")
    moved = add(body, {**text, "textContent": "Roe"})
    said = say(text, "p::after{content:'Ann'}")
    for first in ([], [said]):
        events = [page.snapshot(style, body), *first, moved]
        data = json.dumps([{**event, "timestamp": 1} for event in events]).encode()
        found = redact_bytes(data, Policy(mask_css=False))
        assert [word for word in (b"Jane", b"Roe", b"Ann") if word in found] == []
        assert redact_bytes(found, Policy(mask_css=False)) == found


def test_a_moment_that_other_windows_have_left_behind_holds_nothing_back(monkeypatch):
    monkeypatch.setattr(windows, "MAX_GAP", 300)
    others = [("b", {**LOAD, "timestamp": at}) for at in range(900)]
    items = [("a", SHOWN), ("a", typed(FIELD, "x")), *others]
    write, _ = CONTAINERS["fields in an array"]
    assert streamed(write(items), OPEN) == redact_bytes(write(items), OPEN)


def test_a_snapshot_belongs_to_its_moment():
    assert "Hello" not in moment(SHOWN, change(REGION, class_="x"), policy=Policy())
    assert "Hello" in moment(SHOWN, change(REGION, title="x"), policy=Policy())


def test_a_moment_goes_on_across_batches_and_other_windows():
    filler = [{**say({"id": 900}, "x"), "timestamp": 7} for _ in range(450)]
    typing, closing = at_once(typed(FIELD, "hunter2"), change(FIELD, type="password"))
    alone_ = [SHOWN, typing, *({**event, "timestamp": typing["timestamp"]} for event in filler), closing]  # fmt: skip
    assert b"hunter2" not in redact_bytes(json.dumps(alone_).encode(), OPEN)
    items = [("a", SHOWN), ("a", typing), *(("b", event) for event in filler), ("a", closing)]
    write, _ = CONTAINERS["fields in an array"]
    assert b"hunter2" not in redact_bytes(write(items), OPEN)
    assert b"hunter2" not in streamed(write(items), OPEN)


def test_a_moment_ends_after_many_events_of_other_windows(monkeypatch):
    monkeypatch.setattr(windows, "MAX_GAP", 5)
    typing, closing = at_once(typed(FIELD, "hunter2"), change(FIELD, type="password"))
    for between, is_shown in ((5, False), (6, True)):
        others = [("b", {**LOAD, "timestamp": 9})] * between
        items = [("a", SHOWN), ("a", typing), *others, ("a", closing)]
        write, _ = CONTAINERS["fields in an array"]
        for redact in (redact_bytes, streamed):
            assert (b"hunter2" in redact(write(items), OPEN)) == is_shown


def test_counts_are_of_things_and_not_of_judgements():
    redactor = Redactor(Policy())
    events = [SHOWN, *at_once(say(TEXT, "Jane"), typed(FIELD, "x"), change(REGION, class_="y"))]
    redactor.process_bytes(json.dumps(events).encode())
    assert redactor.report.masked == {"text": 1, "input": 1}


# --- explain says which window it means ----------------------------------------------------------


def test_explain_tells_windows_apart():
    data = CONTAINERS["pairs"][0](TABS)
    rules = {1: "defaults of the policy", 2: "unmask .sentry-unmask"}
    both = explain(data, REGION["id"])
    assert {match.window: match.steps[-1].rule for match in both.matches} == rules
    for window, rule in rules.items():
        [match] = explain(data, REGION["id"], window=window).matches
        assert (match.window, match.steps[-1].rule) == (window, rule)
    assert not explain(data, REGION["id"], window=3)
    assert not explain(data, 999)


def test_engines_of_windows_are_apart():
    redactor = Redactor()
    redactor.process_bytes(CONTAINERS["pairs"][0](TABS))
    assert engine_of(redactor, (None, "jane")) is not engine_of(redactor, (None, "tom"))
