"""Real recordings: our own, with a canary in every channel, and those beside the checkout.

Every own recording was made twice, with secrets that differ and nothing else
(`tests/recorder`), so that two guarantees can be checked on real input: no canary
survives in any encoding, and the twins redact to the same bytes.
"""

import gzip
import json

import pytest
from real_recordings import MANIFEST, OWN, SHARED_FILES, found, needs_shared, own, secrets_of

from replay_redact import decode, encode, redact_bytes, redact_events
from replay_redact.events import Unreadable

# The recorder sends the link and, with the same timestamp, that it is no longer a style sheet: its
# text has been inlined. Within one timestamp the stricter decision holds, and no player shows the
# address.
GONE_AT_ONCE = {("styles", "sentry", "styles.late-link-href")}


@pytest.mark.parametrize("recording", OWN, ids=lambda r: r["file"])
def test_no_canary_survives_and_every_public_marker_does(recording):
    raw = own(recording)
    secrets = secrets_of(recording)
    assert found(secrets, raw) == sorted(secrets)  # the control: unredacted, every one is found
    redacted = redact_bytes(raw)
    assert found(secrets, redacted) == []
    kind = tuple(recording["file"].split(".")[:2])
    wanted = [name for name in recording["public"] if (*kind, name) not in GONE_AT_ONCE]
    markers = {name: MANIFEST["public"][name] for name in wanted}
    assert [name for name, marker in markers.items() if marker.encode() not in redacted] == []


def without_times(value):
    """Drop what differs between two runs of the same steps: times."""
    if isinstance(value, dict):
        times = {"timestamp", "timeOffset", "startTime", "endTime", "duration"}
        return {name: without_times(item) for name, item in value.items() if name not in times}
    return [without_times(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "recording", [r for r in OWN if r["variant"] == "a"], ids=lambda r: r["file"]
)
def test_twins_redact_to_the_same_bytes(recording):
    twin = {**recording, "file": recording["twin"]}
    assert own(recording) != own(twin)
    first, second = (without_times(json.loads(redact_bytes(own(r)))) for r in (recording, twin))
    assert json.dumps(first) == json.dumps(second)


@pytest.mark.parametrize("recording", OWN, ids=lambda r: r["file"])
def test_own_recordings_are_fixed_points_and_nothing_in_them_is_unreadable(recording):
    raw = own(recording)
    assert not any(isinstance(event, Unreadable) for event in decode(raw))
    redacted = redact_bytes(raw)
    assert redact_bytes(redacted) == redacted
    assert encode(redact_events(decode(raw))) == redacted


@needs_shared
@pytest.mark.parametrize("path", SHARED_FILES, ids=lambda path: path.name)
def test_shared_recordings(path):
    raw = gzip.decompress(path.read_bytes())
    assert not any(isinstance(event, Unreadable) for event in decode(raw))
    redacted = redact_bytes(raw)
    assert redact_bytes(redacted) == redacted
    assert encode(redact_events(decode(raw))) == redacted
