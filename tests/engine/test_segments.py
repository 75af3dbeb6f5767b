"""Segments that arrive late, twice, never or broken: each row of the failure table, and any mixture.

Every row has its control: the same segments without numbers, which break the promise that all come
and in order. They show the canary, so each test here can fail.
"""

import itertools
import json
import traceback

import pytest
from helpers import Page, change, custom, say, typed
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import DecodeError, Policy, RedactError, Redactor, StateError
from replay_redact.strategies import planted, policies

CANARY = "Jane"


def to_bytes(*events):
    return json.dumps(events).encode()


def opened_page():
    """Return a snapshot whose text is unmasked, that text, and its element."""
    page = Page()
    text = page.text("public")
    region = page.element("p", {"class": "sentry-unmask"}, text)
    return page.snapshot(region), text, region


def private_page():
    """Return a snapshot with the same ids, in which nothing is unmasked."""
    page = Page()
    text = page.text("private")
    region = page.element("p", {}, text)
    return page.snapshot(region), text, region


OPENED, TEXT, REGION = opened_page()
PRIVATE, *_ = private_page()
SECRET = to_bytes(say(TEXT, CANARY))
"""A change of a text that is private where it belongs; its id is that of an opted-out text."""


def deliver(segments, *, numbered=True):
    """Redact pairs of number and segment; return all output."""
    redactor = Redactor()
    return b"".join(
        redactor.process_bytes(segment, segment=number if numbered else None)
        for number, segment in segments
    )


def is_about_order(segments):
    """With numbers, the canary stays masked; without them, it shows."""
    assert CANARY.encode() in deliver(segments, numbered=False)
    assert CANARY.encode() not in deliver(segments)


# --- the rows -------------------------------------------------------------------------------------


def test_a_late_segment_is_not_judged_by_a_newer_page():
    is_about_order([(0, to_bytes(PRIVATE)), (2, to_bytes(OPENED)), (1, SECRET)])


def test_a_lost_snapshot_is_noticed():
    """Segment 1, which is missing, opened the next page."""
    is_about_order([(0, to_bytes(OPENED)), (2, SECRET)])


def test_a_lost_change_is_noticed():
    """Segment 1, which is missing, took the unmask rule away."""
    is_about_order([(0, to_bytes(OPENED)), (2, SECRET)])
    complete = [(0, to_bytes(OPENED)), (1, to_bytes(change(REGION, **{"class": ""}))), (2, SECRET)]
    assert CANARY.encode() not in deliver(complete, numbered=False)


def test_a_repeated_segment_is_not_judged_by_what_came_after_it():
    is_about_order([(0, to_bytes(PRIVATE)), (1, SECRET), (2, to_bytes(OPENED)), (1, SECRET)])


def test_segments_before_the_first_are_masked():
    for numbered in (True, False):
        assert CANARY.encode() not in deliver(
            [(1, SECRET), (0, to_bytes(OPENED))], numbered=numbered
        )


def test_a_first_segment_that_comes_late_does_not_open_what_follows():
    is_about_order([(1, to_bytes(PRIVATE)), (0, to_bytes(OPENED)), (2, SECRET)])


def test_a_repeated_segment_teaches_nothing():
    """A late segment does not change what is known, so the next one in order is judged as usual."""
    once, twice = Redactor(), Redactor()
    for redactor, order in ((once, (0, 1)), (twice, (0, 1, 0, 1, 0))):
        for number in order:
            redactor.process_bytes(
                [to_bytes(OPENED), to_bytes(say(TEXT, "a"))][number], segment=number
            )
    assert twice.state() == once.state()
    said = to_bytes(say(TEXT, "shown"))
    assert twice.process_bytes(said, segment=2) == once.process_bytes(said, segment=2)


def test_a_repeated_segment_is_counted():
    redactor = Redactor()
    for _ in range(2):
        redactor.process_bytes(to_bytes(custom("x", "y")), segment=0)
    assert redactor.report.events["Custom"] == 2


def test_a_late_segment_with_a_snapshot_of_its_own_is_whole():
    late = to_bytes(OPENED, say(TEXT, "shown"))
    redactor = Redactor()
    redactor.process_bytes(to_bytes(PRIVATE), segment=5)
    assert b"shown" in redactor.process_bytes(late, segment=4)
    assert CANARY.encode() not in redactor.process_bytes(SECRET, segment=6)


def test_a_later_full_snapshot_resets_cleanly():
    in_order, gap = Redactor(), Redactor()
    in_order.process_bytes(to_bytes(OPENED), segment=0)
    in_order.process_bytes(to_bytes(OPENED), segment=7)
    gap.process_bytes(SECRET, segment=3)
    gap.process_bytes(to_bytes(OPENED), segment=7)
    assert gap.state() == in_order.state()
    said = to_bytes(say(TEXT, "shown"))
    assert b"shown" in gap.process_bytes(said, segment=8)


def test_in_a_gap_what_is_blocked_is_masked():
    page = Page()
    text = page.text("x")
    blocked = page.snapshot(page.element("div", {"class": "rr-block"}, text))
    for number, output in ((1, b"[]"), (2, b'"value":"****"')):
        redactor = Redactor()
        redactor.process_bytes(to_bytes(blocked), segment=0)
        assert output in redactor.process_bytes(to_bytes(say(text, CANARY)), segment=number)


def test_pieces_without_numbers_keep_their_promise_by_reset():
    redactor = Redactor()
    redactor.process_bytes(to_bytes(OPENED))
    redactor.reset()
    assert CANARY.encode() not in redactor.process_bytes(SECRET)


def test_the_engine_of_the_sdk_forgets_too():
    redactor = Redactor(Policy.sentry(unmask=[".sentry-unmask"]))
    redactor.process_bytes(to_bytes(OPENED), segment=0)
    assert redactor.process_bytes(SECRET, segment=2) == b"[]"


def test_numbers_that_come_after_pieces_without_are_a_gap():
    redactor = Redactor()
    redactor.process_bytes(to_bytes(OPENED))
    assert CANARY.encode() not in redactor.process_bytes(SECRET, segment=1)


def test_the_head_of_a_segment_has_its_number():
    redactor = Redactor()
    redactor.process_bytes(b'{"segment_id": 0}\n' + to_bytes(OPENED))
    assert CANARY.encode() not in redactor.process_bytes(b'{"segment_id": 2}\n' + SECRET)
    redactor = Redactor()
    redactor.process_bytes(b'{"segment_id": 0}\n' + to_bytes(OPENED))
    assert CANARY.encode() in redactor.process_bytes(b'{"segment_id": 1}\n' + SECRET)


def test_a_number_is_part_of_the_state():
    redactor = Redactor()
    redactor.process_bytes(to_bytes(OPENED), segment=0)
    for number, shows in ((1, True), (2, False), (0, False)):
        again = Redactor.from_state(Policy(), redactor.state())
        assert (CANARY.encode() in again.process_bytes(SECRET, segment=number)) is shows


def test_numbers_begin_at_zero():
    redactor = Redactor()
    with pytest.raises(ValueError, match="from 0"):
        redactor.process_bytes(b"[]", segment=-1)


@pytest.mark.parametrize("broken", [b"", b"[", b"\x1f\x8bx", b'{"segment_id": 1}\n', b"[1]\n{"])
def test_after_a_segment_that_cannot_be_read_nothing_is_known(broken):
    redactor = Redactor()
    redactor.process_bytes(to_bytes(OPENED))
    with pytest.raises(DecodeError):
        redactor.process_bytes(broken)
    assert CANARY.encode() not in redactor.process_bytes(SECRET)


@pytest.mark.parametrize(
    "lost",
    [
        {"type": 2, "timestamp": 1, "data": {"node": {"type": 9, "id": 1}}},
        {"type": 2, "timestamp": 1},
        {"type": 3, "timestamp": 1, "data": {"source": 0, "attributes": [{"id": "x"}]}},
        {"type": 3, "timestamp": 1, "data": {}},
        {"type": 3, "timestamp": 1, "data": None},
        {"type": "2"},
        "not packed",
        7,
    ],
)
def test_after_an_event_that_may_have_changed_the_page_nothing_is_known(lost):
    assert CANARY not in str(Redactor().process_bytes(to_bytes(OPENED, lost, say(TEXT, CANARY))))


@pytest.mark.parametrize(
    "harmless",
    [
        {"type": 4, "timestamp": 1},
        {"type": 5, "timestamp": 1, "data": 1},
        {"type": 99, "timestamp": 1},
        {"type": 3, "timestamp": 1, "data": {"source": 5}},
        {"type": 3, "timestamp": 1, "data": {"source": 99}},
    ],
)
def test_any_other_event_that_is_lost_takes_nothing_with_it(harmless):
    assert CANARY in str(Redactor().process_bytes(to_bytes(OPENED, harmless, say(TEXT, CANARY))))


def test_a_worker_that_is_killed_before_it_commits_does_the_segment_again():
    """Output and state are written together, so the next worker begins where this one began."""
    first = Redactor()
    first.process_bytes(to_bytes(OPENED), segment=0)
    kept = first.state()
    said = to_bytes(say(TEXT, "shown"))
    lost = first.process_bytes(said, segment=1)
    second = Redactor.from_state(Policy(), kept)
    assert second.process_bytes(said, segment=1) == lost
    assert second.state() == first.state()


# --- any mixture ----------------------------------------------------------------------------------


def visible(output, secrets):
    return {secret for secret in secrets if secret in output}


@st.composite
def deliveries(draw, damaged=False):
    """Draw the segments of a recording, and an order of arrival: some come twice, some never."""
    recording, secrets = draw(planted(max_events=8))
    edges = sorted(draw(st.sets(st.integers(1, len(recording)), max_size=5)) | {0, len(recording)})
    segments = [recording[start:end] for start, end in itertools.pairwise(edges)]
    order = draw(st.lists(st.sampled_from(range(len(segments))), max_size=9))
    data = [to_bytes(*segment) for segment in segments]
    arriving = [(number, data[number]) for number in order]
    if damaged:
        arriving = [(number, text[: draw(st.sampled_from([len(text), len(text) // 2]))]) for number, text in arriving]  # fmt: skip
    return data, arriving, secrets


def never_shows_more(data, arriving, secrets, policy):
    """Each segment shows at most what it shows if all come in order."""
    in_order = Redactor(policy)
    allowed = [visible(in_order.process_bytes(text).decode(), secrets) for text in data]
    state = Redactor(policy).state()
    for number, text in arriving:
        redactor = Redactor.from_state(policy, state)
        try:
            output = redactor.process_bytes(text, segment=number).decode()
        except RedactError as error:
            shown = "".join(traceback.format_exception(error))
            assert not visible(shown, secrets)
            continue
        finally:
            state = redactor.state()
        assert visible(output, secrets) <= allowed[number]


# In a gap, what is blocked is masked: a function that masks nothing would show it.
WITH_ASTERISKS = policies().map(lambda policy: policy.replace(mask_fn=None, mask_char="*"))


@given(deliveries(), WITH_ASTERISKS)
def test_no_order_shows_more_than_the_right_one(drawn, policy):
    never_shows_more(*drawn, policy)


@given(deliveries(damaged=True), WITH_ASTERISKS)
def test_no_damage_shows_more_than_the_whole(drawn, policy):
    never_shows_more(*drawn, policy)


@given(deliveries(damaged=True))
def test_the_rules_of_the_sdk_raise_nothing_else(drawn):
    _, arriving, _ = drawn
    redactor = Redactor(Policy.sentry())
    for number, text in arriving:
        try:
            redactor.process_bytes(text, segment=number)
        except RedactError:
            continue
        redactor = Redactor.from_state(redactor.policy, redactor.state())


@given(deliveries())
def test_what_comes_in_order_is_what_it_would_be_anyhow(drawn):
    data, _, _ = drawn
    numbered, plain = Redactor(), Redactor()
    for number, text in enumerate(data):
        assert numbered.process_bytes(text, segment=number) == plain.process_bytes(text)
        numbered = Redactor.from_state(Policy(), numbered.state())


def test_the_property_fails_where_order_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(
        Redactor, "_in_order", lambda self, opened, _: self._engine.redact_opened(opened)
    )
    data = [to_bytes(PRIVATE), SECRET, to_bytes(OPENED)]
    with pytest.raises(AssertionError):
        never_shows_more(data, [(2, data[2]), (1, data[1])], [CANARY], Policy())


def test_a_damaged_state_means_to_begin_anew():
    redactor = Redactor()
    redactor.process_bytes(to_bytes(OPENED), segment=0)
    with pytest.raises(StateError):
        Redactor.from_state(Policy(), redactor.state()[:-1])
    field = Page().element("input")
    for event in (say(TEXT, CANARY), typed(field, CANARY), change(REGION, title=CANARY)):
        assert CANARY.encode() not in Redactor().process_bytes(to_bytes(event), segment=1)


@pytest.mark.parametrize(("number", "error"), [(1.0, TypeError), (True, TypeError), ("1", TypeError), (-1, ValueError), (1 << 63, ValueError)])  # fmt: skip
def test_numbers_of_segments_are_whole(number, error):
    with pytest.raises(error):
        Redactor().process_bytes(b"[]", segment=number)
