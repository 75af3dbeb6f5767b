"""Any long string takes work in proportion to its length: steps are counted, not timed."""

import pytest
from hostile import CASES
from steps import in_proportion, steps

LENGTH = 1_001  # odd, as the other one is: quotes may then end within a string


@pytest.mark.parametrize("name", CASES)
def test_four_times_the_length_takes_four_times_the_steps(name):
    assert in_proportion(CASES[name], LENGTH)


def test_what_grows_by_the_square_is_noticed():
    def compared(length):
        return sum(1 for one in range(length) for other in range(length) if one < other)

    assert in_proportion(lambda length: sum(1 for _ in range(length)), 100)
    assert not in_proportion(compared, 100)


def test_steps_are_the_same_every_time():
    def count():
        return [number for number in range(10) if number % 2]

    assert steps(count) == steps(count) > 10
