"""Which values of ``autocomplete`` the SDK enforces: seven, as they are written."""

import pytest
from helpers import Page, change, redact, typed

from replay_redact import Policy

ENFORCED = [
    "current-password",
    "new-password",
    "cc-number",
    "cc-exp",
    "cc-exp-month",
    "cc-exp-year",
    "cc-csc",
]
NOT_ENFORCED = [
    "name",
    "cc-name",
    "one-time-code",
    "section-x cc-number",
    "billing cc-csc",
    "CC-NUMBER",
    "off",
    "",
]


def shows(value, policy, tag="input"):
    page = Page()
    field = page.element(tag, {"autocomplete": value, "value": "Jane"})
    snapshot, typing = redact([page.snapshot(field), typed(field, "Jane")], policy)
    found = {
        snapshot["data"]["node"]["childNodes"][0]["attributes"]["value"],
        typing["data"]["text"],
    }
    return found == {"Jane"}


OPEN = Policy.sentry(mask_all_inputs=False, unmask="input, textarea")


@pytest.mark.parametrize("value", ENFORCED)
def test_enforced(value):
    assert not shows(value, OPEN)


@pytest.mark.parametrize("value", ENFORCED)
def test_enforced_for_inputs_only(value):
    assert shows(value, OPEN, "textarea")


@pytest.mark.parametrize("value", NOT_ENFORCED)
def test_not_enforced(value):
    assert shows(value, OPEN)


def test_the_value_of_the_moment_counts():
    page = Page()
    field = page.element("input", {"autocomplete": "cc-number"})
    changed = change(field, autocomplete="off")
    *_, typing = redact([page.snapshot(field), changed, typed(field, "Jane")], OPEN)
    assert typing["data"]["text"] == "Jane"
