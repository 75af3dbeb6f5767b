"""Pages of today's frameworks look as before, in rrweb's player, under three policies.

Prints and writes `build/looks/table.txt`, what differs, and pictures of both sides.
"""

import pytest

from browser import looking
from browser.places import MODULES
from replay_redact import Policy, redact_bytes

POLICIES = {
    "default": Policy(),
    "unmask=body": Policy(unmask=["body"]),
    "mask_css=False": Policy(mask_css=False),
}
ROWS = []
MOST = 1.0  # percent of elements


@pytest.fixture(autouse=True)
def _where_frameworks_are():
    if not (MODULES / "bootstrap").exists():
        pytest.skip("no frameworks: run npm ci in tests/recorder")


@pytest.mark.parametrize("name", looking.names())
def test_looks(browser, player, name):
    recorded = looking.record(browser, name)
    looking.keep(f"{name}.json", recorded)
    before = looking.looks(player, recorded, f"{name}.before")
    assert len(before) >= 40
    worst = []
    for policy, options in POLICIES.items():
        picture = f"{name}.{policy.partition('=')[0]}"
        after = looking.looks(player, redact_bytes(recorded, options), picture)
        found = looking.compare(before, after)
        ROWS.append((name, policy, found))
        looking.keep(f"{picture}.txt", looking.listed(found).encode())
        if len(found.differ) * 100 > MOST * found.elements or found.flipped:
            worst.append(
                f"{policy}: {len(found.differ)} of {found.elements} differ, {len(found.flipped)} flipped"
            )
    assert worst == []


def test_table(capsys):
    if not ROWS:
        pytest.skip("no page was compared")
    text = looking.table(ROWS)
    assert [name for name, *_ in ROWS if name not in text] == []
    looking.keep("table.txt", f"{text}\n".encode())
    with capsys.disabled():
        print(f"\n{text}")
