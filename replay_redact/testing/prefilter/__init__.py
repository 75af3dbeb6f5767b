"""A quick look at a whole recording, which tells if an exact search for secrets is worth its time.

All spellings of all secrets are one RE2 program, which runs over the text of a recording as it
stands, at hundreds of megabytes a second. `planted` then searches, exactly, what the program has
stopped at: some pages of a thousand.

The answer "no" has to be right, the answer "perhaps" may be wrong. So every step here accepts more
than the exact search finds, and what it cannot judge it hands on.
"""

from replay_redact.testing.prefilter.looking import Prefilter, prefilter_of
from replay_redact.testing.prefilter.texts import plain_text

__all__ = ["Prefilter", "plain_text", "prefilter_of"]
