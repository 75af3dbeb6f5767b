"""Recordings of mobile SDKs: boxes stay, what is in them is masked, images are gray."""

import json

import pytest

from replay_redact import Policy, decode, redact_bytes
from replay_redact.testing import find_leaks

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAHCAYAAADAp4fuAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
WORDS = ["Jane Roe", "Winterfeld", "iVBOR", "4111"]


def frame(type_, **fields):
    return {"id": 1, "type": type_, "x": 10, "y": 12.5, "width": 200, "height": "100vh", **fields}


STYLE = {"color": "#00ff00", "fontSize": 12, "borderWidth": "2px", "fontFamily": "Winterfeld", "verticalAlign": "center",
         "backgroundImage": PNG, "iconLeft": PNG, "bar": "Jane Roe", "horizontalAlign": "left"}  # fmt: skip
FRAMES = [
    frame("text", text="Dear Jane Roe 4111", style=STYLE),
    frame("image", base64=PNG),
    frame("screenshot", base64="data:image/png;base64," + PNG),
    frame("input", inputType="text", value="Jane Roe", label="Winterfeld", disabled=False, options=["Winterfeld"]),
    frame("input", inputType="progress", value=4111, max=9, style={"bar": "horizontal"}),
    frame("rectangle", childWireframes=[frame("placeholder", label="Winterfeld", **{"Jane Roe": "Jane Roe"})]),
    frame("web_view", url="https://shop.example/Winterfeld"),
    frame("Jane Roe"),
]  # fmt: skip
SNAPSHOT = {"type": 2, "timestamp": 2, "windowId": "Jane Roe", "data": {"initialOffset": {"top": 0, "left": 0}, "wireframes": FRAMES}}  # fmt: skip
CHANGE = {"type": 3, "timestamp": 3, "data": {"source": 0, "adds": [{"parentId": 1, "wireframe": FRAMES[0]}],
          "updates": [{"wireframe": FRAMES[3]}], "removes": [{"parentId": 1, "id": 3}]}}  # fmt: skip
META = {"type": 4, "timestamp": 1, "data": {"width": 390, "height": 844}}
POLICIES = {"default": Policy(), "lockdown": Policy.lockdown(), "permissive": Policy.permissive(), "scrub": Policy(metadata="scrub")}  # fmt: skip


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("events", [[META, SNAPSHOT, CHANGE], [CHANGE], [SNAPSHOT]])
def test_nothing_on_the_screen_is_left(events, name):
    policy, data = POLICIES[name], json.dumps(events).encode()
    redacted = redact_bytes(data, policy)
    assert [word for word in WORDS if word in redacted.decode()] == []
    assert [event["type"] for event in json.loads(redacted)] == [event["type"] for event in events]
    assert redact_bytes(redacted, policy) == redacted
    assert find_leaks(redacted, policy, secrets=WORDS[:2]) == []
    assert find_leaks(data, policy, secrets=WORDS[:2])


def test_boxes_types_and_known_styles_stay():
    [snapshot, change] = json.loads(redact_bytes(json.dumps([SNAPSHOT, CHANGE]).encode()))
    frames = snapshot["data"]["wireframes"]
    for before, after in zip(FRAMES, frames, strict=True):
        assert {k: after[k] for k in ("id", "x", "y", "width", "height")} == {
            k: before[k] for k in ("id", "x", "y", "width", "height")
        }
    assert [frame["type"] for frame in frames][:-1] == [frame["type"] for frame in FRAMES][:-1]
    style = frames[0]["style"]
    assert (style["color"], style["fontSize"], style["borderWidth"]) == ("#00ff00", 12, "2px")
    assert (style["fontFamily"], style["verticalAlign"]) == ("**********", "center")
    assert frames[0]["text"] == "**** **** *** ****"
    assert "width='5' height='7'" in frames[1]["base64"] == frames[2]["base64"]
    assert frames[4]["value"] == 0
    assert snapshot["windowId"] == "_a"
    assert change["data"]["removes"] == [{"parentId": 1, "id": 3}]


def test_a_meta_event_without_an_address_stays():
    assert json.loads(redact_bytes(json.dumps([META]).encode())) == [META]


def test_the_rules_of_the_sdk_drop_wireframes():
    data = json.dumps([META, SNAPSHOT, CHANGE]).encode()
    assert json.loads(redact_bytes(data, Policy.sentry())) == [META]


ODD = [
    {"type": 2, "timestamp": 1, "data": '"wireframes'},
    {"type": 2, "timestamp": 1, "wireframes": 1},
    {"type": 5, "timestamp": 1, "note": 1, "data": {"tag": "wireframe", "payload": {"wireframes": "Jane Roe"}}},
    {"type": 2, "timestamp": "x", "data": {"wireframes": "Jane Roe"}},
    {"type": 2, "timestamp": 1, "data": {"wireframes": "Jane Roe"}},
    {"type": 2, "timestamp": 1, "data": {"wireframes": [{"base64": 7, "style": "Jane Roe"}]}},
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_odd_wireframes_say_nothing(odd):
    assert b"Jane" not in redact_bytes(json.dumps([META, odd]).encode())
    assert b"Jane" not in redact_bytes(b'[{"type": 1, "timestamp": 1}, {"wireframe": ["Jane"]}]')
    assert len(decode(json.dumps([META, odd]).encode())) == 2


# --- custom events of SDKs ------------------------------------------------------------------

VIDEO = {"segmentId": 3, "size": 3440, "duration": 5000, "encoding": "h264", "container": "mp4", "height": 2400,
         "width": 1080, "frameCount": 5, "frameRateType": "constant", "frameRate": 1, "left": 0, "top": 0}  # fmt: skip
KEPT = {
    "video": VIDEO,
    "keyboard": {"open": True, "height": 300},
    "$recording_started": {"reason": "recording_initialized"},
    "$remote_config_received": {"cache_timestamp": 1795811281894, "enabled": True, "recorderVersion": "v2"},
    "$session_options": {"sessionRecordingOptions": {"blockClass": "ph-no-capture", "maskAllInputs": False},
                         "activePlugins": ["rrweb/console@1"]},
    "breadcrumb": {"timestamp": 1.5, "type": "default", "category": "device.battery", "data": {"level": 0.5, "charging": False}},
}  # fmt: skip
CRUMBS = [
    {"category": "app.lifecycle", "data": {"state": "foreground"}},
    {"category": "ui.swipe", "data": {"direction": "left", "view.class": "android.widget.Button"}},
]


def custom(tag, payload):
    return json.dumps(
        [{"type": 5, "timestamp": 1, "data": {"tag": tag, "payload": payload}}]
    ).encode()


@pytest.mark.parametrize("tag", KEPT)
def test_custom_events_of_sdks_keep_numbers_and_words(tag):
    assert json.loads(redact_bytes(custom(tag, KEPT[tag]))) == json.loads(custom(tag, KEPT[tag]))
    masked = redact_bytes(
        custom(tag, {**KEPT[tag], "reason": "Jane Roe", "encoding": "Jane Roe", "x y": "Jane"})
    )
    assert b"Jane" not in masked


@pytest.mark.parametrize("crumb", CRUMBS)
def test_breadcrumbs_of_mobile_sdks(crumb):
    assert json.loads(redact_bytes(custom("breadcrumb", crumb)))[0]["data"]["payload"] == crumb
    odd = {
        **crumb,
        "message": "Jane",
        "data": {"label": "Jane", "state": "Jane", "view.class": "Jane Roe"},
    }
    assert b"Jane" not in redact_bytes(custom("breadcrumb", odd))
