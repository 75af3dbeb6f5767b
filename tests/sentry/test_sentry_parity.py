"""`Policy.sentry()`, compared with real recordings that the SDK's own recorder masked.

Each page was recorded twice from one document, so every node can be compared. Each session was
driven twice by the same steps, so every event has a partner, except that mouse positions were
sampled at different moments.

The recorder was that of version 10. `tests/parity` compares with both versions, in a browser.
"""

import gzip
import json
from itertools import zip_longest

import pytest
from real_recordings import SHARED_FILES, needs_shared

from replay_redact import Policy, redact_bytes

RAW = [path for path in SHARED_FILES if path.name.endswith(".raw.json.gz")]
PAGES = [path for path in RAW if path.parent.name == "pages"]
SESSIONS = [path for path in RAW if path.parent.name == "sessions"]
SESSION_POLICY = Policy.sentry(
    sdk="10", unmask=".sentry-unmask, [data-sentry-unmask]", show_media=".sentry-unblock"
)
SIZES = {"rr_width", "rr_height"}  # from the layout, which a recording does not have
MOVES = {1, 6, 12}
NOT_COMPARED = {"id", "rootId", "childNodes"}


def load(path):
    return json.loads(gzip.decompress(path.read_bytes()))


def partner(path):
    return path.with_name(path.name.replace(".raw.", ".sentry."))


def redacted(path, policy):
    return json.loads(redact_bytes(gzip.decompress(path.read_bytes()), policy))


def nodes(events):
    """Return the nodes of all snapshots, in document order, each without what is below it."""
    found = []
    for event in events:
        todo = [event["data"]["node"]] if event["type"] == 2 else []
        while todo:
            node = todo.pop()
            todo += reversed(node.get("childNodes", ()))
            found.append({name: item for name, item in node.items() if name not in NOT_COMPARED})
    return found


def comparable(value):
    """Drop the sizes of boxes."""
    if isinstance(value, dict):
        return {name: None if name in SIZES else comparable(item) for name, item in value.items()}
    return [comparable(item) for item in value] if isinstance(value, list) else value


@needs_shared
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_are_masked_node_by_node_as_the_sdk_does(path):
    ours, theirs = nodes(redacted(path, Policy.sentry(sdk="10"))), nodes(load(partner(path)))
    pairs = list(zip_longest(comparable(ours), comparable(theirs)))
    different = [pair for pair in pairs if pair[0] != pair[1]]
    print(f"{path.name}: {len(pairs)} nodes, {len(different)} different")
    assert different == []


IDS = {"id", "rootId", "parentId", "nextId", "previousId", "start", "end"}


def renumbered(value, known):
    """Number nodes by first appearance: the SDK gives no ids to nodes below a block."""
    if isinstance(value, list):
        return [renumbered(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: known.setdefault(value[name], len(known))
        if name in IDS
        else renumbered(value[name], known)
        for name in sorted(value)
    }


def told(events):
    """Return events without what differs between two runs: times and mouse positions."""
    known = {}
    plain = [
        (3, event["data"]["source"])
        if event["type"] == 3 and event["data"]["source"] in MOVES
        else (event["type"], renumbered(comparable(event["data"]), known))
        for event in events
    ]
    return [json.dumps(item, sort_keys=True) for item in plain]


@needs_shared
@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.name)
def test_sessions_are_masked_event_by_event_as_the_sdk_does(path):
    ours, theirs = told(redacted(path, SESSION_POLICY)), told(load(partner(path)))
    different = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    print(f"{path.name}: {len(ours)} events, {len(different)} different in place")
    assert sorted(ours) == sorted(theirs)  # a scroll event came a little earlier
    assert len(different) <= 0.05 * len(ours)


@needs_shared
@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.name)
def test_the_comparison_can_fail(path):
    ours = told(redacted(path, SESSION_POLICY.replace(unmask=())))
    assert sorted(ours) != sorted(told(load(partner(path))))
