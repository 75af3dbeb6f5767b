"""The process that valgrind measures: each case at two lengths, with a mark before and after.

A mark is a call of ``getppid``, which nothing else here calls. Whenever that function is entered,
valgrind writes down what it has counted so far, and begins anew.
"""

import gc
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from hostile import CASES, find_in_short_strings  # noqa: E402 - it is in that folder

from replay_redact.scrub.known_secrets import DETECTORS, OPTIONAL  # noqa: E402

LENGTH = 2_001  # odd, as the other one is: quotes may then end within a string


def marked(run, *arguments):
    os.getppid()
    run(*arguments)
    os.getppid()


def main():
    # A garbage collection walks over all objects, whatever the length, and chance decides whether
    # it falls between two marks. Without it, counts repeat.
    gc.disable()
    for run in CASES.values():
        run(LENGTH // 10)  # first-time imports and compilation do not count
        marked(run, LENGTH)
        marked(run, 4 * LENGTH + 1)
    for detector in (*DETECTORS, *OPTIONAL):
        find_in_short_strings(detector)
        marked(find_in_short_strings, detector)


if __name__ == "__main__":
    main()
