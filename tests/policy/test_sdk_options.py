"""Policies from the options of SDKs as they stand in JavaScript: each option has an answer."""

import re

import pytest
from helpers import Page, children, redact

from replay_redact import Policy, PolicyError
from replay_redact.policy import sdk_options as sdk

SENTRY_NAMES = {
    **dict.fromkeys(["maskAllText", "maskAllInputs", "blockAllMedia"], False),
    **{name: [".a"] for name in ("mask", "unmask", "block", "unblock", "ignore")},
    "maskAttributes": ["alt"],
}

OUR_NAMES = {"unblock": "show_media", "ignore": "ignore_inputs"}
"""Our options that do not have the name of the SDK's."""


@pytest.mark.parametrize("name", sdk.SENTRY)
def test_options_of_sentry_that_say_what_is_private(name):
    policy = Policy.from_sentry_init({name: SENTRY_NAMES[name]})
    option = OUR_NAMES.get(name, re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name))
    value = SENTRY_NAMES[name]
    assert getattr(policy, option) == (tuple(value) if isinstance(value, list) else value)
    assert policy.replace(
        **{option: getattr(Policy.from_sentry_init({}), option)}
    ) == Policy.from_sentry_init({})


def test_the_defaults_of_sentry():
    policy = Policy.from_sentry_init({})
    assert policy == Policy(unmask=(), mask_attributes=Policy.sentry().mask_attributes)
    assert policy.rules == "strict"


@pytest.mark.parametrize("name", sorted(sdk.SENTRY_WITHOUT_EFFECT))
def test_options_of_sentry_that_change_nothing(name):
    assert Policy.from_sentry_init({name: ["x"]}) == Policy.from_sentry_init({})


def test_bodies_of_requests_stay_masked():
    allowed = {"networkDetailAllowUrls": ["https://api.example"], "networkCaptureBodies": True}
    body = {
        "op": "resource.fetch",
        "data": {"request": {"body": "Jane"}, "response": {"headers": {"x-a": "Jane"}}},
    }
    span = {"type": 5, "timestamp": 1, "data": {"tag": "performanceSpan", "payload": body}}
    assert "Jane" not in str(redact([span], Policy.from_sentry_init(allowed)))
    assert "Jane" in str(redact([span], Policy.sentry()))


@pytest.mark.parametrize(
    ("name", "advice"),
    [("maskFn", "Policy.replace"), ("beforeAddRecordingEvent", "cannot run here")],
)
def test_functions_of_sentry_are_refused(name, advice):
    with pytest.raises(PolicyError, match=f"{name} is a function.*{advice}"):
        Policy.from_sentry_init({name: "(text) => 'x'"})
    assert Policy.from_sentry_init({name: None}) == Policy.from_sentry_init({})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"maskAllTex": True},
            "unknown option of replayIntegration: 'maskAllTex': did you mean 'maskAllText'?",
        ),
        ({"blockClass": "x"}, "unknown option of replayIntegration: 'blockClass'"),
        ({"maskAllText": "no"}, "mask_all_text must be true or false"),
        ({"mask": "p:hover"}, "unsupported selector"),
    ],
)
def test_what_makes_no_sense_to_sentry(options, message):
    with pytest.raises(PolicyError, match=re.escape(message)):
        Policy.from_sentry_init(options)


# --- PostHog --------------------------------------------------------------------------------------


def test_the_defaults_of_posthog():
    policy = Policy.from_posthog_init({})
    assert policy == Policy(mask_all_text=False, block_all_media=False, unmask=())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"maskAllInputs": False}, {"mask_all_inputs": False}),
        ({"maskTextSelector": "*"}, {"mask": ["*"]}),
        ({"maskTextSelector": ".a, .b", "maskTextClass": "c"}, {"mask": ['[class~="c"]', ".a, .b"]}),
        ({"blockSelector": "img", "blockClass": "x-y_z"}, {"block": ['[class~="x-y_z"]', "img"]}),
        ({"ignoreClass": "a"}, {"ignore_inputs": ['[class~="a"]']}),
        ({"maskTextSelector": None, "blockSelector": None}, {}),
        ({"maskInputOptions": None, "maskTextClass": None}, {}),
        ({"maskInputOptions": {"email": True, "tel": False, "select": True}}, {"mask": ['input[type="email" i]', "select"]}),
        ({"maskAllElementAttributes": False}, {}),
    ],
)  # fmt: skip
def test_options_of_posthog_that_say_what_is_private(options, expected):
    assert Policy.from_posthog_init(options) == Policy.from_posthog_init({}).replace(**expected)


@pytest.mark.parametrize("name", sorted(sdk.POSTHOG_WITHOUT_EFFECT))
def test_options_of_posthog_that_change_nothing(name):
    assert Policy.from_posthog_init({name: 1}) == Policy.from_posthog_init({})


@pytest.mark.parametrize("name", sdk.POSTHOG_FUNCTIONS)
def test_functions_of_posthog_are_refused(name):
    with pytest.raises(PolicyError, match=f"{name} is a function"):
        Policy.from_posthog_init({name: "(text) => text"})
    assert Policy.from_posthog_init({name: None}) == Policy.from_posthog_init({})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"maskAllInput": True},
            "unknown option of session_recording: 'maskAllInput': did you mean 'maskAllInputs'?",
        ),
        (
            {"maskInputOptions": {"emial": True}},
            "unknown option of maskInputOptions: 'emial': did you mean 'email'?",
        ),
        ({"maskInputOptions": True}, "maskInputOptions must be an object"),
        ({"blockClass": "/^secret/"}, "blockClass must be one class"),
        ({"maskTextClass": {}}, "maskTextClass must be one class"),
        ({"ignoreClass": ""}, "ignoreClass must be one class"),
        (
            {"maskAllElementAttributes": True},
            "maskAllElementAttributes masks attributes where text is shown",
        ),
        ({"maskAllInputs": "yes"}, "mask_all_inputs must be true or false"),
        ({"maskTextSelector": "p +"}, "selector"),
    ],
)
def test_what_makes_no_sense_to_posthog(options, message):
    with pytest.raises(PolicyError, match=re.escape(message)):
        Policy.from_posthog_init(options)


@pytest.mark.parametrize(
    ("masked", "attributes", "hidden"),
    [
        ("text", {}, True),
        ("text", {"type": "text"}, True),
        ("text", {"type": "odd"}, True),
        ("text", {"type": "EMAIL"}, False),
        ("text", {"type": "checkbox"}, False),
        ("email", {"type": "EMAIL"}, True),
        ("email", {}, False),
        ("textarea", {}, False),
    ],
)
def test_kinds_of_fields(masked, attributes, hidden):
    page = Page()
    field = page.element("input", {**attributes, "value": "Jane"})
    policy = Policy.from_posthog_init({"maskAllInputs": False, "maskInputOptions": {masked: True}})
    [event] = redact([page.snapshot(field)], policy)
    assert (children(event)[0]["attributes"]["value"] != "Jane") is hidden


def test_regions_of_posthog():
    page = Page()
    nodes = [
        page.element("p", {"class": name}, page.text("Jane"))
        for name in ("a", "b", "ph-no-capture", "d")
    ]
    policy = Policy.from_posthog_init({"maskTextClass": "a", "blockClass": "b"})
    [event] = redact([page.snapshot(*nodes)], policy)
    texts = [[text["textContent"] for text in node["childNodes"]] for node in children(event)]
    assert texts[0] == ["****"]
    assert texts[3] == ["Jane"]
    assert "Jane" not in str(children(event)[1:3])
