"""Input events that say the same as the last one of that field, and those of radio buttons."""

import itertools
import json

import pytest
from helpers import Page, change, redact, remove, say, typed

from replay_redact import Policy, Redactor
from replay_redact._engine.sentry_memory import SentryMemory

OPTIONS = {"unmask": ".open", "ignore_inputs": ".skip", "block": ".box", "show_media": ".free"}


def inputs(events, **options):
    """Return what input events say, by redacting all at once and, the same, event by event."""
    policy = Policy.sentry(**{**OPTIONS, **options})
    whole = redact(events, policy)
    redactor, parts = Redactor(policy), []
    for event in events:
        parts += json.loads(redactor.process_bytes(json.dumps([event]).encode()))
        redactor = Redactor.from_state(policy, redactor.state())
    assert parts == whole
    found = [event["data"] for event in whole if event["data"].get("source") == 5]
    return [(data["id"], data["text"], data["isChecked"]) for data in found]


def test_what_looks_the_same_masked_is_said_once():
    page = Page()
    field = page.element("input")
    events = [
        page.snapshot(field),
        *(typed(field, text) for text in ("Jane", "Jone", "Jones", "Jane")),
    ]
    assert [text for _, text, _ in inputs(events)] == ["****", "*****", "****"]
    assert [text for _, text, _ in inputs(events, mask_all_inputs=False)] == [
        "Jane",
        "Jone",
        "Jones",
        "Jane",
    ]


def test_checked_boxes_say_something_else():
    page = Page()
    box = page.element("input", {"type": "checkbox"})
    events = [
        page.snapshot(box),
        typed(box, "on"),
        typed(box, "on", checked=True),
        typed(box, "no", checked=True),
    ]
    assert inputs(events) == [(box["id"], "**", False), (box["id"], "**", True)]


def test_what_was_shown_in_between_counts():
    page = Page()
    field = page.element("input")
    events = [page.snapshot(field), typed(field, "Jane"), change(field, class_="open"), typed(field, "Jone"),
              change(field, class_="x"), typed(field, "Jane")]  # fmt: skip
    assert [text for _, text, _ in inputs(events)] == ["****", "Jone", "****"]


def test_a_new_page_begins_anew():
    page = Page()
    field = page.element("input")
    events = [
        page.snapshot(field),
        typed(field, "Jane"),
        page.snapshot(field),
        typed(field, "Jone"),
    ]
    assert [text for _, text, _ in inputs(events)] == ["****", "****"]


def test_a_field_that_is_gone_is_forgotten():
    page = Page()
    field = page.element("input")
    snapshot = page.snapshot(field)
    redactor = Redactor(Policy.sentry())
    known = Redactor(Policy.sentry())
    redactor.process_bytes(json.dumps([snapshot, typed(field, "Jane")]).encode())
    for each in (redactor, known):
        each.process_bytes(json.dumps([snapshot, remove(snapshot["data"]["node"], field)]).encode())
    assert redactor.state() == known.state()


# --- radio buttons --------------------------------------------------------------------------------


def radios(first, second):
    page = Page()
    one, other = (
        page.element("input", {"type": "radio", "class": name}) for name in (first, second)
    )
    events = [page.snapshot(one, other), typed(one, "Jane", checked=True), typed(other, "Roe")]
    return one["id"], other["id"], events, say(one, "x")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", ["****", "***"]),
        ("open", "open", ["Jane", "Roe"]),
        ("open", "", ["Jane", "Roe"]),
        ("", "open", ["****", "***"]),
        ("skip", "", []),
        ("box", "", []),
        ("", "skip", ["****", "***"]),
        ("", "box", ["****", "***"]),
    ],
)
def test_a_button_that_another_one_unchecks_is_treated_like_that_one(first, second, expected):
    assert [text for _, text, _ in inputs(radios(first, second)[2])] == expected


def test_a_button_that_is_unchecked_later_is_judged_by_itself():
    _, _, [snapshot, checked, unchecked], between = radios("open", "")
    found = inputs([snapshot, checked, between, unchecked])
    assert [text for _, text, _ in found] == ["Jane", "***"]


def test_another_field_ends_the_choice():
    page = Page()
    one, other = (page.element("input", {"type": "radio", "class": name}) for name in ("open", ""))
    field = page.element("input")
    events = [
        page.snapshot(one, other, field),
        typed(one, "Jane", checked=True),
        typed(field, "Jane"),
        typed(other, "Roe"),
    ]
    assert [text for _, text, _ in inputs(events)] == ["Jane", "****", "***"]


def test_a_button_below_a_block_says_nothing():
    page = Page()
    inner = page.element("input", {"type": "radio", "class": "free"})
    box = page.element("div", {"class": "box"}, inner)
    outer = page.element("input", {"type": "radio", "class": "open"})
    steps = [
        typed(inner, "Jane", checked=True),
        typed(outer, "Roe"),
        typed(outer, "Roe", checked=True),
        typed(inner, "Jane"),
    ]
    assert inputs([page.snapshot(box, outer), *steps]) == [
        (outer["id"], "***", False),
        (outer["id"], "Roe", True),
    ]


# --- states ---------------------------------------------------------------------------------------


def test_a_damaged_memory_is_refused():
    for packed in (b"\xc1", b"\x90", b"\x93\x80\x80\x05"):
        with pytest.raises(ValueError, match="no lengths"):
            SentryMemory().unpack(packed)


def test_the_memory_of_a_window_is_bytes():
    memory = SentryMemory()
    assert memory.packed() == b""
    for node, checked in itertools.product((7, 3), (False, True)):
        assert memory.note_input(node, 4, checked=checked)
    again = SentryMemory()
    again.unpack(memory.packed())
    assert again.packed() == memory.packed()
    assert not again.note_input(3, 4, checked=True)
