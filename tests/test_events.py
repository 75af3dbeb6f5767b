"""The event model: eight kinds, seventeen sources, each read and written in wire form."""

import json

import msgspec
import pytest
from helpers import incremental

from replay_redact import decode, encode
from replay_redact import events as ev

TEXT = {"type": 3, "id": 2, "textContent": "x"}
POSITIONS = [{"x": 1, "y": 2.5, "id": 3, "timeOffset": -10}]

KINDS = {
    "DomContentLoaded": {"type": 0, "timestamp": 1, "data": {}},
    "Load": {"type": 1, "timestamp": 1.5, "data": {}, "delay": 3},
    "FullSnapshot": {"type": 2, "timestamp": 1, "data": {"node": {"type": 0, "id": 1, "childNodes": [TEXT]},
                                                         "initialOffset": {"top": 0, "left": 1}}},
    "IncrementalSnapshot": incremental(14, ranges=[]),
    "Meta": {"type": 4, "timestamp": 1, "data": {"href": "about:blank", "width": 1, "height": 2}},
    "Custom": {"type": 5, "timestamp": 1, "data": {"tag": "x", "payload": {"a": [1, None]}, "metric": True}},
    "Plugin": {"type": 6, "timestamp": 1, "data": {"plugin": "x", "payload": None}},
    "Asset": {"type": 7, "timestamp": 1, "data": {"url": "x", "payload": {}, "failed": {"status": 404}}},
}  # fmt: skip

SOURCES = {
    "Mutation": [
        incremental(0, texts=[{"id": 1, "value": None}], attributes=[{"id": 1, "attributes": {"style": {"a": False}}}],
                    removes=[{"parentId": 1, "id": 2, "isShadow": True}],
                    adds=[{"parentId": 1, "nextId": None, "previousId": 3, "node": TEXT}], isAttachIframe=True),
    ],
    "MouseMove": [incremental(1, positions=POSITIONS)],
    "MouseInteraction": [incremental(2, type=9, id=1), incremental(2, type=2, id=1, x=1.5, y=2, pointerType=0, pointerId=1)],
    "Scroll": [incremental(3, id=1, x=0, y=10.5)],
    "ViewportResize": [incremental(4, width=1, height=2)],
    "Input": [incremental(5, id=1, text="x", isChecked=False, userTriggered=True, selectedOptionIds=[2])],
    "TouchMove": [incremental(6, positions=POSITIONS, pointerId=2)],
    "MediaInteraction": [incremental(7, type=0, id=1, currentTime=1.5, volume=1, muted=False, loop=True, playbackRate=1)],
    "StyleSheetRule": [
        incremental(8, id=1, adds=[{"rule": "a{}", "index": [0, 1]}, {"rule": "b{}"}], removes=[{"index": 2}]),
        incremental(8, styleId=1, replace="a{}", replaceSync="b{}"),
    ],
    "CanvasMutation": [incremental(9, id=1, type=0, commands=[{"property": "fillText", "args": ["x"]}]),
                       incremental(9, id=1, property="font", args=[], setter=True)],
    "Font": [incremental(10, family="x", fontSource="url(x)", buffer=False, descriptors={})],
    "Log": [incremental(11, level="log", trace=[], payload=["x"])],
    "Drag": [incremental(12, positions=[])],
    "StyleDeclaration": [
        incremental(13, id=1, index=[0], set={"property": "color", "value": "red", "priority": "important"}),
        incremental(13, styleId=1, index=[0], remove={"property": "color"}),
    ],
    "Selection": [incremental(14, ranges=[{"start": 1, "startOffset": 0, "end": 1, "endOffset": 2}])],
    "AdoptedStyleSheet": [incremental(15, id=1, styleIds=[1], styles=[{"styleId": 1, "rules": [{"rule": "a{}"}]}]),
                          incremental(15, id=1, styleIds=[])],
    "CustomElement": [incremental(16, define={"name": "x-y"}), incremental(16)],
}  # fmt: skip


def there_and_back(wire):
    [event] = decode(json.dumps([wire]).encode())
    [back] = json.loads(encode([event]))
    assert back == wire
    return event


def test_kinds_and_sources_are_numbered_like_rrwebs():
    assert {number: cls.__name__ for number, cls in ev.KINDS.items()} == dict(enumerate(KINDS))
    assert {number: cls.__name__ for number, cls in ev.SOURCES.items()} == dict(enumerate(SOURCES))


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_read_and_written(name):
    assert type(there_and_back(KINDS[name])).__name__ == name


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_read_and_written(name):
    for wire in SOURCES[name]:
        assert type(there_and_back(wire).data).__name__ == name


@pytest.mark.parametrize("name", [*KINDS, *SOURCES])
def test_no_event_takes_an_unknown_field(name):
    for wire in SOURCES.get(name, [KINDS.get(name)]):
        for odd in ({**wire, "note": "Jane"}, {**wire, "data": {**wire["data"], "note": "Jane"}}):
            with pytest.raises(msgspec.ValidationError, match="unknown field"):
                msgspec.convert(odd, type(decode(json.dumps([wire]).encode())[0]))


def test_what_could_not_be_read_is_never_written():
    assert encode([ev.Unreadable("malformed")]) == b"[]"
    assert "Jane" not in repr(decode(b'[{"type": 1, "timestamp": 1}, {"type": "Jane"}]'))
