"""Each verb of an archive killed at each of its effects, each effect going wrong, long races.

`tests/archive` has some of each. These take minutes, so `.ci/run` runs them by their path.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "archive"))
from archives import Folder
from crashing import LIES, VERBS, expected, kill_at, lie_at, make_base
from racing import RACES, in_processes, race

LEAST_POINTS = 200
ROUNDS = 300
ROUNDS_OF_PROCESSES = 40


@pytest.fixture(scope="module")
def base():
    with Folder() as root:
        make_base(root)
        yield root


def test_killed_anywhere(base):
    points = {}
    for name, verb in VERBS.items():
        known = expected(base, verb)
        points[name] = 0
        while kill_at(base, verb, known, points[name]):
            points[name] += 1
    print(points, sum(points.values()))
    assert sum(points.values()) >= LEAST_POINTS


@pytest.mark.parametrize("lie", LIES)
def test_lied_to_anywhere(lie, base):
    for verb in VERBS.values():
        known = expected(base, verb)
        at = 0
        while lie_at(base, verb, known, lie, at):
            at += 1


@pytest.mark.parametrize("name", RACES)
def test_races(name):
    for seed in range(ROUNDS):
        race(RACES[name], seed)


@pytest.mark.parametrize("name", RACES)
def test_races_of_processes(name):
    for seed in range(ROUNDS_OF_PROCESSES):
        race(RACES[name], seed, in_processes)
