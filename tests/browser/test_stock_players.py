"""Redacted recordings in published players: no complaint, and nothing private anywhere."""

import json

import pytest
from helpers import Page, remove
from real_recordings import OWN, found, own, secrets_of

from browser.playing import PLAY_IN_PLAYER, READ, accessible, keep_picture, play
from replay_redact import redact_bytes

# Twins redact to the same bytes, so one of each pair is enough.
FIRST = [recording for recording in OWN if recording["variant"] == "a"]


def readable(page):
    return (page.evaluate(READ) + accessible(page)).encode()


@pytest.mark.parametrize("recording", FIRST, ids=lambda r: r["file"])
def test_a_redacted_recording_plays_and_shows_no_canary(stock_player, recording):
    secrets = secrets_of(recording)
    assert play(stock_player, redact_bytes(own(recording)), PLAY_IN_PLAYER) == []
    assert found(secrets, readable(stock_player)) == []
    keep_picture(stock_player, f"{recording['page']}.{recording['recorder']}.{stock_player.name}")


def test_the_reading_sees_what_is_not_redacted(stock_player):
    recording = FIRST[0]
    secrets = secrets_of(recording)
    play(stock_player, own(recording), PLAY_IN_PLAYER)
    keep_picture(stock_player, f"{recording['page']}.unredacted.{stock_player.name}")
    assert len(found(secrets, accessible(stock_player).encode())) > 10
    assert len(found(secrets, readable(stock_player))) > 20


def test_a_complaint_of_the_player_is_heard(stock_player):
    page = Page()
    html = page.element("html", {}, page.element("body", {}, page.text("x")))
    meta = {"type": 4, "timestamp": 0, "data": {"href": "", "width": 100, "height": 100}}
    lost = remove({"id": 98}, {"id": 99})
    broken = json.dumps([meta, page.snapshot(html), lost]).encode()
    assert play(stock_player, broken, PLAY_IN_PLAYER) != []
