"""Rules by page agree with the oracle, and with one rule switched off, a property has to notice."""

from random import Random

import pytest

from replay_redact._engine.pages import paged
from replay_redact._engine.pages.mirror import PagedMirror
from replay_redact._masks.page_urls import NamingAddresses, PageUrls
from replay_redact._rules.pages import PageRules
from tests.fuzz import checks
from tests.fuzz.checks import Case
from tests.fuzz.policies import POLICIES
from tests.fuzz.streams import draw

SEEDS = 40
FEW = 10  # `exhaustive/` takes the rest
BY_PAGE = [(policy, options) for given, policy, options in POLICIES if "pages" in given]
ADDRESSES = [
    "https://shop.example/a/x",
    "https://shop.example/b",
    "https://shop.example/c/d",
    "/a/y",
    "about:blank",
]


def goes_to(random, address):
    if random.random() < 0.5:
        return {"type": 4, "data": {"href": address, "width": 800, "height": 600}}
    payload = {"category": "navigation", "data": {"from": "/b", "to": address}}
    return {"type": 5, "data": {"tag": "breadcrumb", "payload": payload}}


def travelling(seed, *, hostile):
    """Draw a stream whose windows go from page to page, often within a moment."""
    random = Random(seed)
    stream = draw(random, hostile=hostile, steps=6)
    events = list(stream.events)
    for number in range(random.randint(1, 5)):
        at = random.randrange(len(events))
        key, near = events[at]
        event = goes_to(random, random.choice(ADDRESSES))
        more = {"timestamp": near.get("timestamp", 1), "delay": 1_000_000 + number}
        events.insert(at + random.randint(0, 1), (key, event | more))
    return stream._replace(events=events)


def wrong(seed, *names, hostile=False):
    """Return what is wrong with one stream under any policy with pages."""
    stream = travelling(seed, hostile=hostile)
    return [
        message
        for policy, options in BY_PAGE
        for name in names
        for message in getattr(checks, name)(Case(stream, policy, options, hostile))
    ]


def faults_of(seed):
    """Return what is wrong with a plain and a hostile stream of one seed."""
    names = ("oracle", "windows_apart", "pieces_joined", "streamed")
    return wrong(seed, *names, "fixed_point") + wrong(seed, *names, hostile=True)


@pytest.mark.parametrize("seed", range(FEW))
def test_streams_from_page_to_page(seed):
    assert faults_of(seed) == []


def _at_once(mirror, page):
    mirror.page = page
    mirror._turn(page)


def _stay(mirror, page):
    mirror.page = page


FAULTS = {
    "other rules hold at once": (PagedMirror, "_go", _at_once, "oracle"),
    "the rules of the page before stay": (PagedMirror, "_go", _stay, "oracle"),
    "every address is of the first page": (PageUrls, "page_of", lambda _urls, _url, at: (0, at), "oracle"),
    "no address is of a page": (PageUrls, "page_of", lambda urls, _url, at: (urls.base, at), "oracle"),
    "in between, the policy's own rules hold": (PageRules, "between", property(lambda own: own.urls.base), "oracle"),
    "nothing is dropped": (PagedMirror, "drops", property(lambda _mirror: False), "oracle"),
    "a moment is not judged again": (PagedMirror, "is_late", lambda _mirror, _event: False, "oracle"),
    "breadcrumbs say no address": (paged, "said_by", lambda _tag, _payload: None, "oracle"),
    "addresses do not keep their page": (NamingAddresses, "_named", lambda _own, _path, masked: masked, "fixed_point"),
    "states forget the page": (PagedMirror, "unpack", lambda _mirror, _packed: None, "pieces_joined"),
}  # fmt: skip


@pytest.mark.no_cover  # coverage of a broken engine says nothing about the tests
@pytest.mark.parametrize("fault", FAULTS)
def test_a_property_notices(fault, monkeypatch):
    target, name, value, check = FAULTS[fault]
    monkeypatch.setattr(target, name, value)
    assert any(wrong(seed, check) for seed in range(SEEDS))
