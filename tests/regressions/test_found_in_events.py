"""One record per secret that the scrubber let through in an event, or that made it fail.

Records are never deleted. Those from s31 on were found by attacking `Scrubber`.
"""

import pytest

from replay_redact import Scrubber


@pytest.mark.parametrize(
    ("rule", "secret"),
    [
        ({"type": "pattern", "pattern": "case=.*"}, "case=jane"),
        ({"type": "pattern", "pattern": "case=[^;]+"}, "case=jane"),
        ({"type": "pattern", "pattern": r"case=\S+"}, "case=jane"),
        ({"type": "pattern", "pattern": "^jane$"}, "jane"),
        ({"type": "redact_pair", "keyPattern": "case.*"}, "case jane"),
        ({"type": "cookies"}, "theme=dark; session=jane"),
    ],
)
def test_s31_patterns_of_relay_went_on_into_the_next_string(rule, secret):
    """So the string that they began in was not looked at."""
    rules = {"mine": rule | {"redaction": {"method": "replace"}}}
    scrubber = Scrubber.from_relay({"rules": rules, "applications": {"$string": ["mine"]}})
    event = {"extra": {"a": secret, "b": "other", "c": secret, "d": "last"}}
    clean = scrubber.event(event)["extra"]
    assert "jane" not in str(clean)
    assert (clean["b"], clean["d"]) == ("other", "last")
