"""The versions of the SDK: what they have in common stands in the other files of this folder."""

import json

import pytest
from helpers import Page, mutation, redact, typed

from replay_redact import Policy, PolicyError, Redactor
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


def moved_after(*texts, **options):
    """Return the value of a field that says some texts and is moved then; the same in segments."""
    page = Page()
    field = page.element("input", {"value": "Jane"})
    here, there = page.element("p", {}, field), page.element("p")
    move = mutation(
        removes=[{"parentId": here["id"], "id": field["id"]}],
        adds=[{"parentId": there["id"], "nextId": None, "node": field}],
    )
    events = [page.snapshot(here, there), *(typed(field, text) for text in texts), move]
    policy = Policy.sentry(**options)
    redactor = Redactor(policy)
    redactor.process_bytes(json.dumps(events[:-1]).encode())
    rest = Redactor.from_state(policy, redactor.state()).process_bytes(json.dumps([move]).encode())
    whole = redact(events, policy)[-1]
    assert json.loads(rest) == [whole]
    return whole["data"]["adds"][0]["node"]["attributes"]["value"]


def test_of_an_emptied_field_version_10_records_the_attribute():
    assert moved_after("x", "", sdk="10") == "Jane"
    assert moved_after("x", "", "y", sdk="10") == "****"
    assert moved_after(sdk="10") == "****"
    assert moved_after("x", "", sdk="11") == "****"


def test_a_field_whose_events_are_left_out_can_be_emptied_too():
    assert moved_after("x", "", sdk="10", ignore_inputs="input") == "Jane"
    assert moved_after("", "x", sdk="10", ignore_inputs="input") == "****"
    assert moved_after("x", sdk="10", ignore_inputs="input") == "****"


def test_a_field_that_is_shown_can_be_emptied_too():
    shown = {"mask_all_inputs": False, "unmask": "input"}
    assert moved_after("x", "", sdk="10", **shown) == "Jane"
    assert moved_after("", "x", sdk="10", **shown) == "Jane"
