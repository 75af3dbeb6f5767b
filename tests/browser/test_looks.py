"""Pages of today's frameworks look as before, in rrweb's player, under three policies.

Prints and writes `build/looks/table.txt`, what differs, and pictures of both sides.
"""

import json

import pytest

from browser import looking
from browser.components import components, what_happens
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
def test_a_page_has_forty_components(name):
    assert components(name, looking.source(name)) >= 40


@pytest.mark.parametrize("name", looking.names())
def test_looks(browser, player, name):
    recorded = looking.record(browser, name)
    happened = what_happens(json.loads(recorded))
    assert all(happened[what] for what in ("sheets", "rules", "states")), happened
    looking.keep(f"{name}.json", recorded)
    before = looking.looks(player, recorded, f"{name}.before")
    assert {element["shows"] for element in before.values()} == {True, False}  # open and closed
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
