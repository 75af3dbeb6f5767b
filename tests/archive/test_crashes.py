"""Killed anywhere, lied to by the store: nothing is half-written, and the next verb sets it right.

Some of the points, spread over all of them; `tests/crashes` takes each.
"""

import pytest
from archives import Folder
from crashing import LIES, VERBS, expected, kill_at, lie_at, make_base

EVERY = 11


@pytest.fixture(scope="module")
def base():
    with Folder() as root:
        make_base(root)
        yield root


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("name", VERBS)
def test_killed(name, base):
    verb = VERBS[name]
    known = expected(base, verb)
    at = len(name)
    while kill_at(base, verb, known, at):
        at += EVERY


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("name", VERBS)
def test_lied_to(name, lie, base):
    verb = VERBS[name]
    known = expected(base, verb)
    at = len(name) % 3
    while lie_at(base, verb, known, lie, at):
        at += EVERY
