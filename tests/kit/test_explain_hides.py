"""What a policy hides, no explanation, warning or draft shows: nor the names of elements."""

import json
import re

import pytest
from helpers import Page, add
from hypothesis import given, settings
from hypothesis import strategies as st

from replay_redact import Policy, decode, redact_bytes
from replay_redact._allowlists.identifiers import zeroed
from replay_redact.cli.drafts import draft
from replay_redact.strategies import policies, recordings, wild_recordings
from replay_redact.testing import explain, lint, recording_from_html
from replay_redact.testing.explanations.pages import Page as KnownPage

PAGE = recording_from_html(
    "<div class=account><i id=jane-roe class=maya>Jane Roe</i></div><p class=maya id=jane-roe>Tea</p>"
)
MASKED = {"mask_attributes": ["id", "CLASS"]}
POLICIES = [
    Policy(mask_attributes=["id", "class"], block=["div"]),
    Policy(pages={"url": "/**", **MASKED}, block=["div"]),
    Policy.sentry(**MASKED, block=["div"]),
    Policy(pages={"url": "/**", "drop": True}),
]


def everything_told(answer):
    return str(answer) + repr(answer) + json.dumps(answer.as_dict())


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("what", ["i, p", "body", "Tea", '"Jane Roe"', "Tea Room", 6, 8])
def test_names_that_the_output_masks_are_not_told(policy, what):
    answer = explain(PAGE, what, policy)
    assert answer or answer.near
    told = everything_told(answer)
    assert "jane-roe" not in told
    assert "maya" not in told


def test_a_path_ends_at_a_block():
    [match] = explain(PAGE, "i", Policy(block=".account")).matches
    assert (match.path, match.node) == ("html > body > div.account", 6)
    assert [step.name for step in match.steps] == ["html", "body", "div.account", ""]
    assert "block .account, on div.account\n" in str(explain(PAGE, "i", Policy(block=".account")))
    page = Page()
    late, box = page.element("i", {"id": "jane-roe"}), page.element("div", {"class": "account"})
    events = json.dumps([page.snapshot(box), add(box, late)]).encode()
    assert "jane-roe" not in everything_told(explain(events, "i", Policy(block=".account")))
    assert "jane-roe" in everything_told(explain(events, "i"))


def test_warnings_hide_what_a_page_of_the_policy_masks():
    form = recording_from_html("<form class=maya><input id=jane-roe></form>")
    shown = Policy(unmask="form")
    assert lint(form, shown) == ["unmask form shows form fields, such as html > body > form.maya > input#jane-roe"]  # fmt: skip
    hidden = shown.replace(pages={"url": "/**", **MASKED})
    assert [line for line in lint(form, hidden) if "jane-roe" in line or "maya" in line] == []


def test_a_draft_leaves_out_ids_that_redaction_changes():
    page = recording_from_html("<div id=mjx-cABCDEF>Tea</div><div id=menu>Tea</div>")
    drafted = draft([page])
    assert "#menu" in drafted
    assert "mjx-c" not in drafted


def test_a_page_that_is_left_out_has_no_names():
    known, snapshot = KnownPage(), decode(PAGE)[1]
    known.learn_output(snapshot, snapshot)
    assert known.label(6) == "i#jane-roe"
    known.learn_output(snapshot, None)
    assert known.label(6) == ""


def names_in(text):
    """Return the words of a path; not the number of an unknown node, or what cannot be a name."""
    return set(re.split(r"[ >.#?]+", re.sub(r"\(node -?\d+\)", "", text))) - {""}


def test_a_long_number_in_a_name_becomes_zeros_also_where_the_output_keeps_it():
    page = recording_from_html("<p class=order-4711123>Tea</p>")
    assert b"order-4711123" in redact_bytes(page, Policy.sentry())
    told = everything_told(explain(page, "p", Policy.sentry()))
    assert "order-0000000" in told
    assert "4711123" not in told


@given(
    wild_recordings(max_events=4) | recordings(max_steps=6),
    policies() | st.sampled_from([Policy.sentry(), Policy.sentry(**MASKED)]),
)
@settings(max_examples=60)
def test_each_name_stands_in_the_output(recording, policy):
    data = json.dumps(recording).encode()
    kinds = {type(event).__name__ for event in decode(data)}
    output = redact_bytes(data, policy).decode()
    # Messages have zeros for long numbers also where the rules of Sentry's SDK keep them.
    words = [zeroed(word) for word in re.split(r'[\s"]+', output)]
    for match in explain(data, "*", policy).matches:
        named = [match.path, *(step.name for step in match.steps)]
        named += [verdict.element for verdict in match.verdicts]
        for name in set().union(*map(names_in, named)) - kinds:
            assert name in output or name in words
