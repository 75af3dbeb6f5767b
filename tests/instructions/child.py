"""Does what valgrind counts: each case at two lengths, with a mark before and after.

A mark is a call of ``getppid``, which nothing else here calls: valgrind writes down what it has
counted so far, and begins anew, whenever that function is entered.
"""

import gc
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from hostile import CASES, find_in_short_strings  # noqa: E402 - it lies there

from replay_redact.scrub.known_secrets import DETECTORS, OPTIONAL  # noqa: E402

LENGTH = 2_000


def marked(run, *arguments):
    os.getppid()
    run(*arguments)
    os.getppid()


def main():
    # A collection of garbage walks over all objects there are, whatever the length, and a few more
    # or fewer of them decide whether it falls between two marks. Without it, counts repeat.
    gc.disable()
    for run in CASES.values():
        run(LENGTH // 10)  # what is compiled or imported at first is not of the length
        marked(run, LENGTH)
        marked(run, 4 * LENGTH + 1)
    for detector in (*DETECTORS, *OPTIONAL):
        find_in_short_strings(detector)
        marked(find_in_short_strings, detector)


if __name__ == "__main__":
    main()
