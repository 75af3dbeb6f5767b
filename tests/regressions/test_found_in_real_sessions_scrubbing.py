"""One record per fault of scrubbing that was found in 0.1.0, on real sessions or by hand.

Records are never deleted.
"""

import pytest

from replay_redact import PolicyError, ScrubRule


@pytest.mark.parametrize(
    "pattern", ["(?R)", "(?:(?:a{1000}){1000}){1000}", "(?:" * 30 + "ab" + ")+" * 30]
)
def test_s31_a_pattern_of_ones_own_took_all_memory(pattern):
    with pytest.raises(PolicyError):
        ScrubRule(pattern=pattern)
