"""The report: counts by kind and reason, and no content."""

import json
from collections import Counter

from helpers import Page, custom, incremental, report, say, typed

from replay_redact import Redactor, Report, __version__


def test_a_report_as_plain_data_is_in_alphabetical_order():
    found = Report(events=Counter(Meta=1, Load=2), dropped=Counter(z=1, a=2)).as_dict()
    assert found == {
        "version": __version__,
        "policy": "",
        "size": 0,
        "events": {"Load": 2, "Meta": 1},
        "masked": {},
        "rules": {},
        "dropped": {"a": 2, "z": 1},
        "public": {},
        "forms": {},
    }
    assert list(found["events"]) == ["Load", "Meta"]
    assert list(found["dropped"]) == ["a", "z"]


def test_events_are_counted_by_kind_or_source():
    events = [
        {"type": 0, "timestamp": 1, "data": {}},
        Page().snapshot(),
        incremental(3, id=1, x=0, y=0),
        incremental(3, id=1, x=0, y=0),
        {"type": 99},
    ]
    assert report(events).events == {
        "DomContentLoaded": 1, "FullSnapshot": 1, "Scroll": 2, "Unreadable": 1,
    }  # fmt: skip


def test_masked_things_are_counted_by_channel():
    page = Page()
    text, field = page.text("Jane"), page.element("input")
    events = [page.snapshot(text, field), say(text, "Roe"), typed(field, "Jane")]
    assert report(events).masked == {"text": 2, "input": 1}


def test_dropped_things_are_counted_by_reason():
    page = Page()
    block = page.element("p", {"class": "sentry-block"})
    events = [
        page.snapshot(block),
        incremental(9, id=1, args=["Jane"]),
        typed(block, "Jane"),
        {"type": 99},
        {"type": 0, "timestamp": 1, "note": "Jane"},
    ]
    assert report(events).dropped == {
        "CanvasMutation": 1, "Input": 1, "unknown-kind": 1, "unknown field": 1,
    }  # fmt: skip


def test_a_report_holds_no_value():
    page = Page()
    events = [
        page.snapshot(page.element("jane roe", {"jane-roe": "Jane"}, page.text("Jane"))),
        custom("Jane", {"Jane": "Jane"}),
        {"type": "Jane", "Jane": "Jane"},
    ]
    assert "jane" not in json.dumps(report(events).as_dict()).lower()


def test_fields_that_nobody_knows_are_counted_twice():
    """Among what was dropped, and as changes of the structure that a check would find."""
    meta = {"type": 4, "timestamp": 1, "data": {"href": "", "width": 1, "height": 1}}
    redactor = Redactor()
    redactor.process_bytes(json.dumps([meta | {"jane": 1}, meta | {"roe": 1}]).encode())
    assert redactor.report.dropped["unknown field"] == 2
    assert redactor.report.masked == {"structure": 2}
    assert redactor.report.rules["defaults of the policy"] == 2


def test_names_of_custom_events_and_plugins_are_counted():
    plugin = {"type": 6, "timestamp": 1, "data": {"plugin": "Jane", "payload": {}}}
    for event in (plugin, custom("Jane", {})):
        assert report([event]).masked == {"metadata": 1}


def test_what_a_style_sheet_makes_public_is_not_counted():
    page = Page()
    sheet = page.element("style", {}, page.text("[data-mood=calm] { color: red }"))
    shown = page.element("p", {"data-mood": "calm"})
    hidden = page.element("p", {"data-mood": "Jane"})
    assert report([page.snapshot(sheet, shown)]).masked["attribute"] == 0
    assert report([page.snapshot(sheet, shown, hidden)]).masked["attribute"] == 1
