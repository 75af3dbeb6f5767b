"""Every hostile value at every place of small recordings, read by everything that reads.

`guarantees/test_hostile_values.py` draws some of them.
"""

import pytest
from hostile_values import (
    CHANGED,
    HOSTILE,
    MOVED,
    PAGE,
    READERS,
    SAID,
    TYPED,
    complaint,
    places,
    with_value,
)

from replay_redact import Policy


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("recording", [PAGE, TYPED, SAID, MOVED, CHANGED], ids=["page", "typed", "said", "moved", "changed"])  # fmt: skip
def test_every_value_at_every_place_of_small_recordings(recording, name):
    for path in places(recording):
        for text in HOSTILE:
            for policy in (Policy(), Policy.permissive(), Policy.sentry()):
                data = with_value(recording, path, text)
                assert "Jane" not in complaint(READERS[name], data, policy)
