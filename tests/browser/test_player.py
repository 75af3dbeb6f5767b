"""Redacted recordings in rrweb's player: it accepts them, and shows nothing private."""

import gzip

import pytest
from real_recordings import OWN, SHARED_FILES, found, needs_shared, own, secrets_of

from browser.playing import READ, play
from replay_redact import redact_bytes


@pytest.mark.parametrize("recording", OWN, ids=lambda r: r["file"])
def test_own_recordings_play_and_show_no_canary(player, recording):
    secrets = secrets_of(recording)
    assert play(player, redact_bytes(own(recording))) == []
    assert found(secrets, player.evaluate(READ).encode()) == []


def test_the_reading_sees_what_is_not_redacted(player):
    recording = OWN[0]
    secrets = secrets_of(recording)
    play(player, own(recording))
    seen = found(secrets, player.evaluate(READ).encode())
    print(
        f"{len(seen)} of {len(secrets)} canaries can be read in the unredacted recording's last state"
    )
    assert len(seen) > 10


# Pages are played as Sentry's fork recorded them in `test_layout`.
PLAYED_HERE = [
    path
    for path in SHARED_FILES
    if ".sentry." not in path.name and not (path.parent.name == "pages" and ".raw." in path.name)
]


@needs_shared
@pytest.mark.parametrize("path", PLAYED_HERE, ids=lambda p: p.name)
def test_real_recordings_play(player, path):
    raw = gzip.decompress(path.read_bytes())
    ours = play(player, redact_bytes(raw))
    if ours:  # some complaints are about the recording itself
        assert [problem for problem in ours if problem not in play(player, raw)] == []
