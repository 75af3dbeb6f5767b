"""Which text of a page is CSS, and which options the CSS pass gets for it."""

import json

import pytest
from helpers import Page, mutation, redact, say

from replay_redact import Policy

CSS = "p{color:red}Dear Jane Roe{}"
MASKED = "p{color:red}×××× ×××× ×××{}"


def texts(events, policy=None):
    """Return the last text of a style element."""
    once = redact(events, policy or Policy())
    assert redact(once, policy or Policy()) == once
    found = json.dumps(once, ensure_ascii=False)
    assert "Jane" not in found
    return found


def styled(attributes):
    page = Page()
    text = page.text(CSS)
    style = page.element("style", attributes, text)
    return page, style, text, [page.snapshot(style)]


@pytest.mark.parametrize("attributes", [{}, {"type": ""}, {"type": "text/css"}, {"type": "Text/CSS"}, {"type": None}, {"TYPE": "text/css"}, {"media": "print"}])  # fmt: skip
def test_a_style_element_of_no_other_type_is_css(attributes):
    *_, events = styled(attributes)
    assert MASKED in texts(events)


@pytest.mark.parametrize("kind", ["text/x-template", "text/less", " text/css", "text/css;charset=utf-8", "module", "css"])  # fmt: skip
@pytest.mark.parametrize("name", ["type", "TYPE"])
@pytest.mark.parametrize("policy", [Policy(), Policy.lockdown(), Policy(unmask="style")], ids=["default", "lockdown", "unmask"])  # fmt: skip
def test_a_style_element_of_another_type_is_code(kind, name, policy):
    *_, events = styled({name: kind})
    found = texts(events, policy)
    assert "color" not in found
    assert "×" not in found


def test_a_type_that_changes_says_what_later_texts_are():
    _, style, text, events = styled({})
    change = [mutation(attributes=[{"id": style["id"], "attributes": {"type": value}}]) for value in ("text/x", "text/css")]  # fmt: skip
    template = [*events, change[0], say(text, CSS)]
    assert texts(template).count(MASKED) == 1
    assert texts([*template, change[1], say(text, CSS)]).count(MASKED) == 2
    removed = mutation(attributes=[{"id": style["id"], "attributes": {"type": None}}])
    assert texts([*template, removed, say(text, CSS)]).count(MASKED) == 2


def test_the_type_of_other_elements_says_nothing_about_css():
    page = Page()
    fields = [page.element(tag, {"type": "text/x"}, page.text("Jane")) for tag in ("p", "button")]
    assert texts([page.snapshot(*fields)]).count('"****"') == 2
