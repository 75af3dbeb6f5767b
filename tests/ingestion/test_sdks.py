"""The real SDKs record a shop in Chromium: what is stored and what goes on plays, and is redacted.

Needs Chromium, `npm ci && npm run build` in tests/ingestion/sdks, and `npm ci` in tests/recorder.
"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
pytest.importorskip("starlette", reason="starlette is not installed: extra ingestion")
pytest.importorskip("uvicorn", reason="uvicorn is not installed: extra ingestion")

import browser.conftest as fixtures
import shop
from browser.playing import PLAY_IN_PLAYER, READ, keep_picture, play
from real_recordings import spellings
from wire.test_forms import said

from replay_redact import decode, encode, redact_bytes
from replay_redact.events import window_of

sys.path.insert(0, str(shop.EXAMPLES))
import ingest
import tunnel
import views

browser, rrweb, stock_player = fixtures.browser, fixtures.rrweb, fixtures.stock_player

SECRETS = shop.TYPED + shop.SHOWN
SECONDS_END = 1e11
recorded = {}  # a visit is recorded once for all players
KEPT = os.environ.get("REPLAY_REDACT_KEEP")  # a folder for the bodies as they were sent

pytestmark = pytest.mark.skipif(
    not shop.script_of("sentry-11").exists() or not shop.script_of("posthog-1.449").exists(),
    reason="no SDKs: run npm ci && npm run build in tests/ingestion/sdks",
)


class Storing:
    """The storing endpoint, over a store in memory."""

    def __init__(self, _upstream):
        self.store = ingest.MemoryStore()
        self.handle = ingest.make_handle(self.store)

    def bodies(self):
        return list(self.store.segments.values())


class Forwarding:
    """The tunnel, before a stand-in for Sentry and PostHog."""

    def __init__(self, upstream):
        self.upstream = upstream
        tunnel.UPSTREAM = shop.address_of(upstream)
        tunnel._states.clear()
        self.handle = tunnel.handle

    def bodies(self):
        assert [path for path, _ in self.upstream.got if "Winterfeld" in path] == []
        return [body for _, body in self.upstream.got]


def record(browser, sdk, compresses, how):
    """Let an SDK record the shop; return what it sent, and what was stored or went on."""
    sent = []

    with shop.site() as site, shop.upstream() as upstream:
        endpoint = how(upstream)

        def handle(path, headers, body):
            sent.append(body)
            return endpoint.handle(path, headers, body)

        with shop.running(views.make_app(handle)) as address:
            problems = shop.visit(browser, site, sdk, address, compresses=compresses)
        assert problems == []
        keep(sdk, compresses, sent)
        return sent, endpoint.bodies()


def recordings_of(bodies):
    """Return the events of each tab, as JSON for a player.

    Sentry's SDK gives breadcrumbs the time in seconds; its own player does this, too.
    """
    windows = defaultdict(list)
    for body in bodies:
        for event in decode(body):
            if event.timestamp < SECONDS_END:
                event.timestamp *= 1000
            windows[window_of(event)].append(event)
    windows.pop((None, None), None)
    return [encode(sorted(events, key=lambda e: e.timestamp)) for events in windows.values()]


def private(text):
    """Return which of the secrets a text holds, in any spelling."""
    ways = {way.lower(): secret for secret in SECRETS for way in spellings(secret) if len(way) > 6}
    return sorted({secret for way, secret in ways.items() if way in text})


BOTH = [pytest.param(Storing, id="stored"), pytest.param(Forwarding, id="forwarded")]


@pytest.mark.parametrize("how", BOTH)
@pytest.mark.parametrize("compresses", [True, False], ids=["compressed", "plain"])
@pytest.mark.parametrize("sdk", ["sentry-11", "posthog-1.449"])
def test_a_recorded_visit_plays_and_says_nothing_private(
    sdk,
    compresses,
    how,
    browser,
    stock_player,
):
    if (sdk, compresses, how) not in recorded:
        recorded[sdk, compresses, how] = record(browser, sdk, compresses, how)
    sent, bodies = recorded[sdk, compresses, how]
    assert {"Jane Roe", *shop.SHOWN} <= set(private("".join(map(said, sent))))  # the control
    assert private("".join(map(said, bodies))) == []
    tabs = [tab for tab in recordings_of(bodies) if b'"type":2' in tab]
    assert len(tabs) == 2
    for number, tab in enumerate(tabs):
        events = json.loads(tab)
        assert {2, 3, 4} <= {event["type"] for event in events}
        assert play(stock_player, tab, PLAY_IN_PLAYER) == []
        assert private(stock_player.evaluate(READ).lower()) == []
        name = (
            f"{sdk}.{'gzip' if compresses else 'plain'}.{how.__name__}.{number}.{stock_player.name}"
        )
        keep_picture(stock_player, name)


@pytest.mark.parametrize(
    "sdk", ["sentry-7", "sentry-8", "sentry-9", "sentry-10", "posthog-1.96", "posthog-js"]
)
def test_other_versions_go_on_redacted(sdk, browser):
    sent, bodies = record(browser, sdk, True, Forwarding)
    assert {"Jane Roe", "Winterfeld"} <= set(private("".join(map(said, sent))))
    assert private("".join(map(said, bodies))) == []
    assert len([tab for tab in recordings_of(bodies) if b'"type":2' in tab]) == 2
    for body in bodies:
        assert redact_bytes(body) == body


def keep(sdk, compresses, sent):
    """Keep bodies as they were sent, to be looked at."""
    if KEPT is None:
        return
    folder = Path(KEPT) / f"{sdk}-{'gzip' if compresses else 'plain'}"
    folder.mkdir(parents=True, exist_ok=True)
    for number, body in enumerate(sent):
        (folder / f"{number:03}.bin").write_bytes(body)
