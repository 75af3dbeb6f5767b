"""A second opinion: what may be read in an output, by a DOM and rules of its own.

Nothing here imports the package. `judge` takes a recording as it was and as it came out, plays
both, and names every private word that can be read though no rule opened the place it came from.

The oracle knows the contract as the documentation states it, in the simplest form that works:
a tree of objects per window, and a walk up the tree for every question. What it cannot place, no
rule opened.
"""

from tests.oracle.judging import Finding, judge
from tests.oracle.options import Options

__all__ = ["Finding", "Options", "judge"]
