"""Drawing many examples of a strategy, the same ones in every run."""

from hypothesis import HealthCheck, Phase, given, seed, settings

EXAMPLES = 12
"""Of one round: later ones are often like those before."""


def drawn(strategy, examples=EXAMPLES, rounds=1):
    """Draw many examples, always the same ones. Rounds differ more than examples of one do."""
    found = []

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    for number in range(rounds):
        seed(number)(collect)()
    return found
