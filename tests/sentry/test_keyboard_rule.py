"""For which key presses the SDK makes breadcrumbs: none that type, and none in fields."""

import pytest
from helpers import crumb, custom, redact

from replay_redact import Policy


def passes(data):
    return len(redact([crumb("ui.keyDown", message="body", data=data)], Policy.sentry())) == 1


@pytest.mark.parametrize("key", ["a", "1", "!", "~", "]", " ", "\u00e9"])
def test_characters_need_a_modifier_other_than_shift(key):
    assert not passes({"key": key})
    assert not passes({"key": key, "shiftKey": True})
    assert not passes({"key": key, "ctrlKey": False})
    for name in ("metaKey", "ctrlKey", "altKey"):
        assert passes({"key": key, name: True})


@pytest.mark.parametrize("key", ["Escape", "Enter", "Tab", "ArrowDown", "F5"])
def test_named_keys(key):
    assert passes({"key": key})


@pytest.mark.parametrize(
    ("tag", "expected"), [("input", False), ("textarea", False), ("select", True), ("body", True)]
)
def test_keys_in_fields(tag, expected):
    assert passes({"key": "Escape", "node": {"id": 1, "tagName": tag}}) is expected


@pytest.mark.parametrize(
    "data",
    [{}, {"key": ""}, {"key": 5}, {"key": None}, None, "Jane", {"key": "Escape", "node": "x"}],
)
def test_odd_data(data):
    assert passes(data) is (isinstance(data, dict) and data.get("key") == "Escape")


def test_other_custom_events_pass():
    others = [custom("x", "Jane"), crumb("ui.click", message="body"), custom("breadcrumb", None)]
    assert len(redact(others, Policy.sentry())) == 3
