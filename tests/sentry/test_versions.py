"""The versions of the SDK: what they have in common stands in the other files of this folder."""

import pytest

from replay_redact import Policy, PolicyError
from replay_redact._rules.sentry import SDKS
from replay_redact.policy import SENTRY_RULES


def test_the_newest_version_is_the_default():
    assert Policy.sentry() == Policy.sentry(sdk="11")
    assert Policy.sentry(sdk="10", mask=".x").rules == "sentry-10"


def test_each_version_has_its_facts():
    assert list(SDKS) == list(SENTRY_RULES.values())
    assert len(set(SDKS.values())) == len(SDKS)


@pytest.mark.parametrize("sdk", ["9", "sentry-11", "", "11.12"])
def test_an_unknown_version_is_an_error(sdk):
    with pytest.raises(PolicyError, match='sdk must be "11" or "10"'):
        Policy.sentry(sdk=sdk)
