"""Writers, redaction, deletion and repair at once; `tests/crashes` has more rounds."""

import pytest
from racing import RACES, race

ROUNDS = 8


@pytest.mark.parametrize("name", RACES)
def test_race(name):
    for seed in range(ROUNDS):
        race(RACES[name], seed)
