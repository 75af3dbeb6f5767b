"""The live page: what happens on it, and what its recorder sends."""

import json

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from replay_redact import decode, encode, redact_bytes, redact_events
from replay_redact.strategies import LivingDomMachine
from replay_redact.strategies.live_page import BODY, HTML, LivingDom
from replay_redact.testing import find_leaks


def last(page):
    return page.events[-1]["data"]


def test_a_new_page_has_html_head_and_body():
    page = LivingDom()
    document = page.events[1]["data"]["node"]
    assert [child.get("tagName", "doctype") for child in document["childNodes"]] == [
        "doctype",
        "html",
    ]
    assert page.items[BODY].parent is page.items[HTML]


def test_what_moves_is_removed_and_added_with_all_below_it():
    page = LivingDom()
    page.add_element(0, "div", {})  # 6, in the body
    page.add_element(0, "p", {})  # 7, in the body
    page.items[7].children.append(page._new(page.items[7], {"type": 3, "textContent": "x"}))
    page.items[7].children.pop()
    page.move(1, 1)
    assert last(page)["removes"] == [{"parentId": 5, "id": 7}]
    assert [(add["parentId"], add["node"]["id"]) for add in last(page)["adds"]] == [(6, 7), (7, 8)]


def test_what_goes_is_never_named_again():
    page = LivingDom()
    page.add_element(0, "div", {})
    page.add_text(1, "x")
    page.remove(0)
    assert last(page)["removes"] == [{"parentId": 5, "id": 6}]
    assert sorted(page.items) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("add_shadow", (0, "x")), ("remove", (0,)), ("move", (0, 0)), ("set_text", (0, "x")),
        ("enter", (0, "x", True)), ("insert_rule", (0, "a{}")), ("select", (0,)),
    ],
)  # fmt: skip
def test_a_step_about_nothing_that_is_there_records_nothing(name, arguments):
    page = LivingDom()
    getattr(page, name)(*arguments)
    assert len(page.events) == 2


def test_a_frame_cannot_be_moved_and_its_inside_stays():
    page = LivingDom()
    page.add_element(0, "p", {})
    page.add_frame(0, "x")
    before = len(page.events)
    page.move(1, 0)
    page.set_text(0, "y")
    assert len(page.events) == before
    page.snapshot()
    assert '"textContent": "x"' in json.dumps(last(page))


def test_what_is_entered_is_said_of_the_field():
    page = LivingDom()
    page.add_element(0, "input", {})
    page.enter(0, "x", True)
    assert last(page) == {"source": 5, "id": 6, "text": "x", "isChecked": True}


def test_an_attribute_that_is_none_goes():
    page = LivingDom()
    page.set_attribute(0, "title", "x")
    page.set_attribute(0, "title", None)
    assert last(page)["attributes"] == [{"id": 3, "attributes": {"title": None}}]
    assert page.items[HTML].body["attributes"] == {}


class RedactionHolds(LivingDomMachine):
    """P2 and P3 on a live page: nothing is lost, and nothing is left to redact."""

    stories = 0

    @invariant()
    def redacting_twice_is_redacting_once(self):
        RedactionHolds.stories += 1
        data = json.dumps(self.recording()).encode()
        redacted = redact_bytes(data)
        assert redact_bytes(redacted) == redacted
        assert find_leaks(redacted) == []
        assert encode(redact_events(decode(data))) == redacted


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_redaction_holds_while_a_page_lives():
    run_state_machine_as_test(
        RedactionHolds,
        settings=settings(max_examples=100, stateful_step_count=8, deadline=None, database=None,
                          suppress_health_check=[HealthCheck.too_slow]),
    )  # fmt: skip
    assert RedactionHolds.stories > 100


class Refused(LivingDomMachine):
    @invariant()
    def no_text_is_ever_added(self):
        assert "textContent" not in json.dumps(self.recording())


def test_the_machine_finds_a_short_story(capsys):
    """Hypothesis finds and shrinks it. Its explanations would take longer than both."""
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Refused,
            settings=settings(max_examples=200, stateful_step_count=12, deadline=None, database=None,
                              phases=[Phase.generate, Phase.shrink]),
        )  # fmt: skip
    assert capsys.readouterr().out.count("state.happens(") <= 1
