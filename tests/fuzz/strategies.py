"""Streams as Hypothesis strategies: the same model, drawn choice by choice, so that they shrink."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.checks import Case
from tests.fuzz.policies import POLICIES, WEIGHTS
from tests.fuzz.streams import Stream, draw


def streams(*, hostile: bool = False, steps: int = 3) -> st.SearchStrategy[Stream]:
    """Draw streams of an honest or a hostile page."""
    return st.randoms(use_true_random=False).map(
        lambda random: draw(random, hostile=hostile, steps=steps)
    )


def seeded(*, hostile: bool = False, steps: int = 6) -> st.SearchStrategy[Case]:
    """Draw cases from a seed. That is several times as fast, but Hypothesis cannot shrink them."""

    def case(seed: int) -> Case:
        random = Random(seed)
        stream = draw(random, hostile=hostile, steps=steps)
        [(_, policy, options)] = random.choices(POLICIES, WEIGHTS)
        return Case(stream, policy, options, hostile)

    return st.integers(0, 2**40).map(case)


@st.composite
def cases(drawn: Any, *, hostile: bool = False) -> Case:
    """Draw streams with policies."""
    _, policy, options = drawn(st.sampled_from(POLICIES))
    return Case(drawn(streams(hostile=hostile)), policy, options, hostile)
