"""Any value in place of any other: nothing hangs, and only documented errors are raised.

Each test replaces a value of a recording by one that JSON allows and no recorder writes. Everything
that reads recordings must then give output, or one of the documented errors.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import Policy, RedactError, decode, encode, redact_bytes
from replay_redact._runtime.stack import MAX_DEPTH
from replay_redact.preview import preview_page
from replay_redact.strategies import policies, wild_recordings
from replay_redact.testing import explain, find_leaks, lint

LONG = "7" * 400
HOSTILE = [
    "1e999", "-1E+999", LONG, f"-{LONG}", f"{LONG}.5", "7" * 5000, f"0.{LONG}", "1e-999", "-0.0", "1.5",
    "9223372036854775807", "18446744073709551616", '""', '"NaN"', '"\\ud800"', '"\\u0000"', "null",
    "true", "[]", "{}", "[{}]", "[1e999]", '{"id":1e999}', '{"type":1e999}', f'{{"a":{LONG}}}',
    "[" * 700 + "]" * 700,
]  # fmt: skip
READERS = {
    "redact_bytes": redact_bytes,
    "decode": lambda data, _policy: encode(decode(data)),
    "find_leaks": find_leaks,
    "find_leaks for secrets": lambda data, policy: find_leaks(data, policy, secrets=["Jane Roe"]),
    "explain": lambda data, policy: explain(data, 2, policy),
    "explain elements": lambda data, policy: explain(data, "*", policy),
    "explain a text": lambda data, policy: explain(data, "jk", policy),
    "lint": lint,
    "preview_page": lambda data, policy: preview_page(data, policy, compare=True),
}
MARK = "the value goes here"


def places(value, path=()):
    """Yield the paths of all values that are neither lists nor objects."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from places(item, (*path, key))
    else:
        yield path


def with_value(recording, path, text):
    """Return a recording as JSON, with a text in place of the value at a path."""
    changed = json.loads(json.dumps(recording))
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = MARK
    return json.dumps(changed).replace(f'"{MARK}"', text).encode()


def complaint(read, data, policy):
    """Return the message of a documented error, or nothing. Any other exception propagates."""
    try:
        read(data, policy)
    except RedactError as error:
        return str(error)
    return ""


@given(wild_recordings(max_events=3), policies(), st.sampled_from(HOSTILE), st.data())
def test_any_value_at_any_place(recording, policy, text, data):
    path = data.draw(st.sampled_from(list(places(recording))))
    changed = with_value(recording, path, text)
    for name, read in READERS.items():
        assert "jkv" not in complaint(read, changed, policy), name


PAGE = [{"type": 2, "timestamp": 1, "data": {"node": {"type": 0, "id": 1, "childNodes": [
    {"type": 2, "id": 2, "tagName": "p", "attributes": {"title": "Jane Roe", "alt": 1}, "childNodes": []},
]}, "initialOffset": {"top": 0, "left": 0}}}]  # fmt: skip
TYPED = [{"type": 3, "timestamp": 1, "data": {"source": 5, "id": 2, "text": "a", "isChecked": False}}]  # fmt: skip
SAID = [{"type": 5, "timestamp": 1, "data": {"tag": "x", "payload": {"a": 1, "b": [1]}}}]
MOVED = [{"type": 3, "timestamp": 1, "data": {"source": 1, "positions": [{"x": 1, "y": 1, "id": 2, "timeOffset": 0}]}}]  # fmt: skip
CHANGED = [{"type": 3, "timestamp": 1, "data": {"source": 0, "texts": [], "removes": [], "adds": [], "attributes": [{"id": 2, "attributes": {"alt": 1}}]}}]  # fmt: skip


@pytest.mark.no_cover  # the same lines, thousands of times
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("recording", [PAGE, TYPED, SAID, MOVED, CHANGED], ids=["page", "typed", "said", "moved", "changed"])  # fmt: skip
def test_every_value_at_every_place_of_small_recordings(recording, name):
    for path in places(recording):
        for text in HOSTILE:
            for policy in (Policy(), Policy.permissive(), Policy.sentry()):
                complaint(READERS[name], with_value(recording, path, text), policy)


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
