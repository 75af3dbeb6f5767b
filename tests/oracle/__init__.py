"""An independent oracle: what may be read in an output, judged by its own DOM and rules.

Nothing here imports the package. `judge` takes a recording before and after redaction, plays both,
and returns every private word that can be read although no rule shows the place it came from.

The oracle follows the documentation, in the simplest form that works: a tree of objects per window,
and a walk up the tree for every question. If it does not know the place of a word, no rule shows
it.
"""

from tests.oracle.judging import Finding
from tests.oracle.options import Options
from tests.oracle.pages import judge

__all__ = ["Finding", "Options", "judge"]
