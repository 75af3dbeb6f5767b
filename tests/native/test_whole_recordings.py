"""With kernels, redaction gives the same bytes and the same report as without."""

import json

import pytest
from both import by_both, needs_kernels, only_python
from hypothesis import given, settings
from hypothesis import strategies as st
from real_recordings import OWN, SHARED_FILES, needs_shared, own, shared

from benchmarks import generate
from replay_redact import Policy, Redactor, strategies
from replay_redact._runtime import native

pytestmark = needs_kernels

POLICIES = {
    "default": Policy(),
    "permissive": Policy.permissive(),
    "lockdown": Policy.lockdown(),
    "sentry": Policy.sentry(),
    "addresses and CSS shown": Policy(mask_urls=False, mask_css=False),
    "nothing hidden": Policy(mask_all_text=False, block_all_media=False),
    "lengths and states hidden": Policy(hide_length=True, hide_state=True),
    "a sign of its own": Policy(mask_char="#"),
    "attributes listed": Policy(mask_attributes=["class", "HREF", "type"]),
}


def redacted(recording, policy):
    redactor = Redactor(policy)
    output = redactor.process_bytes(recording)
    return output, vars(redactor.report)


def assert_equal(recording, policy):
    python, kernels = by_both(lambda: redacted(recording, policy), policy)
    assert kernels == python
    assert native.kernels.panics() == 0


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("kind", generate.KINDS)
def test_generated_pages(kind, policy):
    assert_equal(generate.page(800, kind), policy)


@pytest.mark.parametrize("recording", OWN, ids=lambda recording: recording["file"])
def test_our_recordings(recording):
    for policy in POLICIES.values():
        assert_equal(own(recording), policy)


@needs_shared
@pytest.mark.parametrize("path", SHARED_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shared_recordings(path):
    assert_equal(shared(path), Policy())


@given(strategies.wild_recordings(max_events=6), strategies.policies())
@settings(max_examples=60)
def test_wild_recordings(recording, policy):
    assert_equal(json.dumps(recording).encode(), policy)


@given(strategies.recordings(), st.sampled_from(list(POLICIES.values())))
@settings(max_examples=60)
def test_recordings(recording, policy):
    assert_equal(json.dumps(recording).encode(), policy)


def test_without_kernels_python_does_the_work():
    """The comparison would be of Python with itself if the switch did nothing."""
    with only_python():
        assert native.kernels is None
    assert native.kernels is not None
