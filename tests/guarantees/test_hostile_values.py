"""Any value in place of any other: nothing hangs, and only documented errors are raised.

Each test replaces a value of a recording by one that JSON allows and no recorder writes. Everything
that reads recordings must then give output, or one of the documented errors. Every value at every
place of small recordings is tried in `exhaustive/`.
"""

import json

import pytest
from hostile_values import HOSTILE, LONG, PAGE, READERS, SAID, complaint, places, with_value
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import Policy, redact_bytes
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact.strategies import policies, wild_recordings
from replay_redact.testing import find_leaks


@given(wild_recordings(max_events=3), policies(), st.sampled_from(HOSTILE), st.data())
def test_any_value_at_any_place(recording, policy, text, data):
    path = data.draw(st.sampled_from(list(places(recording))))
    changed = with_value(recording, path, text)
    for name, read in READERS.items():
        assert "jkv" not in complaint(read, changed, policy), name


@pytest.mark.parametrize(
    "text", ["4711471147e999", "[1.5e2,1e999]", f"{LONG}.5", '[1e999, "1e5 \\" 1e5"]']
)
def test_secrets_beside_a_number_that_no_double_holds_are_found(text):
    data = with_value(PAGE, (0, "data", "node", "childNodes", 0, "attributes", "alt"), text)
    names = {
        leak.secret
        for leak in find_leaks(data, secrets={"name": "Jane Roe", "number": "4711471147"})
    }
    assert names - {None} == {"name"} | ({"number"} if "4711" in text else set())
    assert redact_bytes(data) == b"[]"  # dropped, and counted


@pytest.mark.parametrize("levels", range(2 * MAX_DEPTH + 170, 2 * MAX_DEPTH + 200, 5))
def test_at_the_edge_of_what_the_stack_holds_nothing_waits_for_itself(levels):
    data = json.dumps(SAID).replace("[1]", "[" * levels + "]" * levels).encode()
    for read in READERS.values():
        said = complaint(read, data, Policy())
        assert not said or said.startswith(f"the recording nests deeper than {MAX_DEPTH} levels")
