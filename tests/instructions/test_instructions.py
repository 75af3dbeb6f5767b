"""What the processor does for long strings, also inside of one search of a regular expression.

`test_growth.py` counts lines of Python. That is quick, but does not see what C does in one call.
Here valgrind counts instructions: the same number on a busy machine and on an idle one. It takes
minutes, so `.ci/run` runs this by its path.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import CASES, SHORT

from replay_redact.scrub.known_secrets import DETECTORS, OPTIONAL

WORSE_THAN_LINEAR = 4.5
"""Four times the length takes 4.3 times the instructions or fewer, as measured. Of the work at the
shorter length one part in 24 has to grow by the square to be noticed."""

SHORT_CASES = [f"{detector.name}, {at}" for at, detector in enumerate((*DETECTORS, *OPTIONAL))]
PER_SHORT_STRING = 1_000_000
"""Instructions for one of 256 bytes: a third of a millisecond."""
PER_SHORT_STRING_OF = {"named_token": 5_000_000}
"""It names some two hundred vendors, and RE2 tries them all at each byte of a short string."""


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    """Run the child under valgrind; return the instructions between its marks, two by two."""
    if shutil.which("valgrind") is None:
        pytest.skip("valgrind is not installed")
    found = tmp_path_factory.mktemp("callgrind") / "out"
    command = ["valgrind", "--quiet", "--tool=callgrind", "--dump-before=getppid"]
    command += [f"--callgrind-out-file={found}", sys.executable, str(Path(__file__).with_name("child.py"))]  # fmt: skip
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - our own program
    dumps = sorted(found.parent.glob("out.*"), key=lambda path: int(path.suffix[1:]))
    totals = [re.search(r"^totals: (\d+)", dump.read_text("utf-8"), re.MULTILINE) for dump in dumps]
    marked = iter([int(total[1]) for total in totals][1::2])  # what was counted between two marks
    growth = {name: (next(marked), next(marked)) for name in CASES}
    short = {name: next(marked) for name in SHORT_CASES}
    assert next(marked, None) is None
    return growth | short


@pytest.mark.parametrize("name", CASES)
def test_four_times_the_length_takes_four_times_the_instructions(name, counts):
    few, many = counts[name]
    assert many <= WORSE_THAN_LINEAR * few


@pytest.mark.parametrize("name", SHORT_CASES)
def test_short_strings_take_few_instructions(name, counts):
    limit = PER_SHORT_STRING_OF.get(name.partition(",")[0], PER_SHORT_STRING)
    assert counts[name] <= limit * 3 * len(SHORT)
