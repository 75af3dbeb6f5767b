"""The guarantees under policies with rules by page, over windows that go from page to page."""

import json
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from replay_redact import Policy, Redactor, redact_bytes, redact_stream
from replay_redact.policy.pages import policies_of
from replay_redact.strategies import policies, recordings, twins, wild_recordings
from replay_redact.testing import find_leaks

ADDRESSES = [
    *("https://shop.example/u/jkv", "https://shop.test/x/q?t=jk#vx", "/u/q", "/", "https://a.b/"),
    *("https://shop.example/U/jkv", "/%75/jkv", "//shop.test/u/x", "https://a.b/#/u/jkv", "#/u"),
    *("about:blank", "jkv", "", "/x/../u/jkv", "https://jk@shop.test:443/u/v", "/u/jkv/x;v=1/"),
]


def meta(address):
    return {"type": 4, "data": {"href": address, "width": 800, "height": 600}}


def crumb(address):
    payload = {"category": "navigation", "data": {"from": "/jkv", "to": address}}
    return {"type": 5, "data": {"tag": "breadcrumb", "payload": payload}}


def span(address):
    payload = {"op": "navigation.push", "description": address, "data": {"previous": "/jkv"}}
    return {"type": 5, "data": {"tag": "performanceSpan", "payload": payload}}


def pageview(address):
    return {"type": 5, "data": {"tag": "$pageview", "payload": {"href": address}}}


FORMS = [meta, meta, crumb, span, pageview]
_SAID = st.builds(lambda form, address: form(address), st.sampled_from(FORMS), st.sampled_from(ADDRESSES))  # fmt: skip


@cache
def with_pages():
    """Return a strategy for policies in which rules differ by page."""
    return policies().filter(lambda policy: policy.pages)


def at_times(events, times):
    """Give events rising timestamps; some have that of the event before."""
    now, timed = 0, []
    for event, later in zip(events, times, strict=False):
        now += later
        timed.append({**event, "timestamp": now})
    return timed


def woven(parts):
    """Put addresses between the events of a recording."""
    events, said, places, times = parts
    for event, place in zip(said, places, strict=False):
        events.insert(place % (len(events) + 1), event)
    return at_times(events, times)


def journeys(recording):
    """Draw recordings in which the page changes now and then."""
    times = st.lists(st.sampled_from([0, 1, 1]), min_size=60, max_size=60)
    places = st.lists(st.integers(0, 60), min_size=4, max_size=4)
    return st.tuples(recording, st.lists(_SAID, max_size=4), places, times).map(woven)


def both():
    """Draw journeys of living and of wild pages."""
    doubled = st.tuples(recordings(max_steps=5), wild_recordings(max_events=4))
    return journeys(recordings() | wild_recordings() | doubled.map(lambda two: two[0] + two[1]))


def to_bytes(events):
    return json.dumps(events).encode()


@given(both(), with_pages())
def test_redacting_twice_is_redacting_once(events, policy):
    once = redact_bytes(to_bytes(events), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy) == []


@given(both(), with_pages(), st.integers(1, 60))
def test_a_cut_between_moments_makes_no_difference(events, policy, cut):
    while 0 < cut < len(events) and events[cut]["timestamp"] == events[cut - 1]["timestamp"]:
        cut += 1
    whole = redact_bytes(to_bytes(events), policy)
    first = Redactor(policy)
    output = json.loads(first.process_bytes(to_bytes(events[:cut])))
    second = Redactor.from_state(policy, first.state())
    assert second.state() == first.state()
    output += json.loads(second.process_bytes(to_bytes(events[cut:])))
    assert output == json.loads(whole)
    assert json.loads(b"".join(redact_stream([to_bytes(events)], policy))) == json.loads(whole)


@given(both(), with_pages())
def test_the_report_counts_what_the_verifier_lists(events, policy):
    redactor = Redactor(policy)
    redactor.process_bytes(to_bytes(events))
    leaks = find_leaks(to_bytes(events), policy)
    assert sum(redactor.report.masked.values()) == len(leaks)
