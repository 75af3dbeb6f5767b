"""Counting work instead of timing it.

A time says more about the machine than about the code, and on a busy machine it says nothing. So
the tests count steps: lines that Python runs, again in each round of a loop. The number is the same
on every machine and every day. A call of C counts as one step, however long it takes: a search of a
regular expression, for instance. `instructions/` counts these, too, but more slowly.
"""

import sys

WORSE_THAN_LINEAR = 5
"""Four times the length is about four times the steps; it is sixteen, if they grow by the square."""


def steps(run):
    """Return how many lines Python runs during a call of ``run``, in this thread."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return counted

    before = sys.gettrace()  # the tracer of coverage, if it runs
    sys.settrace(counted)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def in_proportion(run, size):
    """Tell whether ``run`` takes four times the steps for four times the size, or fewer."""
    run(size // 10)  # first-time imports and compilation do not count
    few, many = steps(lambda: run(size)), steps(lambda: run(4 * size + 1))
    assert few > 0
    return many <= WORSE_THAN_LINEAR * few
