"""Values that JSON allows and no recorder writes, and everything that reads recordings."""

import json

from replay_redact import RedactError, decode, encode, redact_bytes
from replay_redact.preview import preview_page
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


PAGE = [{"type": 2, "timestamp": 1, "data": {"node": {"type": 0, "id": 1, "childNodes": [
    {"type": 2, "id": 2, "tagName": "p", "attributes": {"title": "Jane Roe", "alt": 1}, "childNodes": []},
]}, "initialOffset": {"top": 0, "left": 0}}}]  # fmt: skip
TYPED = [{"type": 3, "timestamp": 1, "data": {"source": 5, "id": 2, "text": "a", "isChecked": False}}]  # fmt: skip
SAID = [{"type": 5, "timestamp": 1, "data": {"tag": "x", "payload": {"a": 1, "b": [1]}}}]
MOVED = [{"type": 3, "timestamp": 1, "data": {"source": 1, "positions": [{"x": 1, "y": 1, "id": 2, "timeOffset": 0}]}}]  # fmt: skip
CHANGED = [{"type": 3, "timestamp": 1, "data": {"source": 0, "texts": [], "removes": [], "adds": [], "attributes": [{"id": 2, "attributes": {"alt": 1}}]}}]  # fmt: skip
