"""How much work there is to do: counted, not timed.

Theory: a clock says more about the machine than about the code, and on a busy machine it says
anything. So a step is a line that Python runs, each round of a loop anew: the same number on
every machine and every day. What goes on inside a single call of C is not seen: a search of a
regular expression is one step however long it takes. `instructions/` counts that too, more slowly.
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

    before = sys.gettrace()  # of coverage, if it measures
    sys.settrace(counted)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def in_proportion(run, size):
    """Tell whether ``run`` takes four times the steps for four times the size, or fewer."""
    run(size // 10)  # what is compiled or imported at first is not of the size
    few, many = steps(lambda: run(size)), steps(lambda: run(4 * size + 1))
    assert few > 0
    return many <= WORSE_THAN_LINEAR * few
