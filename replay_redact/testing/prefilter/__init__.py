"""Take a quick look at a recording: it tells if an exact search for secrets is worth its time.

One RE2 program for all spellings of all secrets runs over the stored text of a recording, at
hundreds of megabytes a second. `planted` then searches exactly where the program stopped: in a few
pages of a thousand.

The answer "no" has to be right; the answer "perhaps" may be wrong. So every step here accepts more
than the exact search finds, and leaves to the exact search whatever it cannot judge.
"""

from replay_redact.testing.prefilter.looking import Prefilter, prefilter_of
from replay_redact.testing.prefilter.texts import plain_text

__all__ = ["Prefilter", "plain_text", "prefilter_of"]
