"""The guarantees under policies with rules by page, over windows that go from page to page."""

import json
import re
from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st

from replay_redact import Redactor, redact_bytes, redact_stream
from replay_redact.policy.pages import policies_of
from replay_redact.strategies import planted, policies, recordings, twins, wild_recordings
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


def living():
    """Draw journeys of living pages."""
    pages = st.lists(recordings(max_steps=5), min_size=1, max_size=2)
    return journeys(pages.map(lambda parts: [event for part in parts for event in part]))


def both():
    """Draw journeys of living and of wild pages."""
    return living() | journeys(wild_recordings())


def to_bytes(events):
    return json.dumps(events).encode()


@given(living(), with_pages().filter(lambda policy: policy.mask_fn is None))
def test_redacting_twice_is_redacting_once(events, policy):
    """An address that nobody could place may be one of a page once it is masked.

    Then other rules hold the second time, and these may mask what a function made of a payload.
    """
    once = redact_bytes(to_bytes(events), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy) == []


@given(both(), with_pages(), st.integers(1, 60))
def test_a_cut_between_moments_makes_no_difference(events, policy, cut):
    while 0 < cut < len(events) and events[cut]["timestamp"] == events[cut - 1]["timestamp"]:
        cut += 1
    whole = json.loads(redact_bytes(to_bytes(events), policy))
    first = Redactor(policy)
    output = json.loads(first.process_bytes(to_bytes(events[:cut])))
    second = Redactor.from_state(policy, first.state())
    assert second.state() == first.state()
    assert [*output, *json.loads(second.process_bytes(to_bytes(events[cut:])))] == whole
    assert json.loads(b"".join(redact_stream([to_bytes(events)], policy))) == whole


@given(living(), with_pages())
def test_the_report_counts_what_the_verifier_lists(events, policy):
    redactor = Redactor(policy)
    redactor.process_bytes(to_bytes(events))
    leaks = find_leaks(to_bytes(events), policy)
    assert sum(redactor.report.masked.values()) == len(leaks)


# --- what a page shows --------------------------------------------------------------------

PLAIN = {
    "/u/**": r"(?:https?://[^/]+)?/u(?:/.*)?",
    "/u/:id": r"(?:https?://[^/]+)?/u/[^/?#]+/?",
    "/": r"(?:https?://[^/]+)?/?(?:#.*)?",
    "/**": r"(?:https?://[^/]+)?/.*",
    "https://shop.test/**": r"https://shop\.test/.*",
    "#/u/*": r"[^#]*#/u/[^/?]+/?",
}
"""What the patterns of `policies` mean for plain addresses."""
KNOWN = [
    "https://shop.example/u/jkv",
    "https://shop.test/x/q?t=jk",
    "https://a.b/u",
    "https://a.b/",
]
KNOWN += ["https://a.b/x/#/u/jkv", "https://shop.test/u/v/w"]


def policy_at(address, policy):
    """Return the number of the page of a plain address, by the documentation."""
    for number, page in enumerate(policy.pages):
        if re.fullmatch(PLAIN[page.url], address):
            return number
    return len(policy.pages)


def on_pages(parts):
    """Put the addresses of some pages in front of events, and drop all others."""
    (events, secrets), places = parts
    kept = [event for event in events if event["type"] != 4]
    for place, form, address in places:
        kept.insert(place % (len(kept) + 1), form(address))
    kept = [{**event, "timestamp": time} for time, event in enumerate(kept)]
    return kept, secrets


PLACED = st.tuples(st.integers(0, 20), st.sampled_from(FORMS), st.sampled_from(KNOWN))


def said(event):
    """Return the address that one of the `FORMS` says, or nothing."""
    data = event["data"]
    if event["type"] == 4:
        return data["href"]
    payload = data.get("payload") if event["type"] == 5 else None
    if not isinstance(payload, dict):
        return None
    if payload.get("category") == "navigation":
        return payload["data"]["to"]
    return payload.get("description", payload.get("href"))


def shown(events, policy, secrets):
    output = redact_bytes(to_bytes(events), policy).decode()
    return {secret for secret in secrets if secret in output}


@given(st.tuples(planted(), st.lists(PLACED, min_size=1, max_size=3)).map(on_pages), with_pages())
def test_no_page_shows_more_than_its_own_policy(recording, policy):
    events, secrets = recording
    alone = [shown(events, own, secrets) for own in policies_of(policy)]
    output = shown(events, policy, secrets)
    page = None
    for event in events:
        address = said(event)
        page = page if address is None else policy_at(address, policy)
        here = {secret for secret in output if secret in json.dumps(event)}
        if page is None:
            assert here <= set.intersection(*alone)
        else:
            assert here <= alone[page]
        assert not here or page is None or page == len(policy.pages) or not policy.pages[page].drop


def plain(value):
    """Return a recording without objects and lists in attributes: pages judge those by all rules."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    attributes = value.get("attributes")
    if isinstance(attributes, dict):
        odd = [name for name, own in attributes.items() if isinstance(own, dict | list)]
        value = {**value, "attributes": {**attributes, **dict.fromkeys(odd, "odd")}}
    return {name: plain(item) for name, item in value.items()}


@given(recordings() | wild_recordings(), with_pages(), st.sampled_from(KNOWN))
def test_on_one_page_its_own_policy_holds(events, policy, address):
    page = policy_at(address, policy)
    kept = [event for event in plain(events) if event["type"] != 4 and said(event) is None]
    first = next(at for at, event in enumerate(kept) if event["type"] == 2)
    timed = at_times([meta(address), *kept[first:]], [1] * 99)
    own = policies_of(policy)[page]
    assume(page == len(policy.pages) or not policy.pages[page].drop)
    one, other = (json.loads(redact_bytes(to_bytes(timed), chosen)) for chosen in (policy, own))
    assert one[1:] == other[1:]


CLOSED = {
    **dict.fromkeys(("mask_all_text", "mask_all_inputs", "block_all_media"), True),
    **dict.fromkeys(("mask_urls", "mask_css"), True),
    **dict.fromkeys(
        ("unmask", "show_media", "allow_attributes", "public_paths", "app_schemes"), ()
    ),
    "keep_fonts": False,
    "metadata": "safe",
    "mask_text": "all",
}
"""Options under which nothing private shows."""


@given(twins(), with_pages(), st.sampled_from(KNOWN))
def test_twins_redact_alike(pair, policy, address):
    pages = [{**dict(page.options), "url": page.url, "drop": page.drop} for page in policy.pages]
    everywhere = {"mask_fn": None, "show_words": (), "words_in": ()}
    closed = policy.replace(**CLOSED, **everywhere, pages=[{**page, **CLOSED} for page in pages])
    one, other = (at_times([meta(address), *events], [1] * 99) for events in pair)
    assert redact_bytes(to_bytes(one), closed) == redact_bytes(to_bytes(other), closed)
