"""One record per fault that an attack on the options of policies found: id, what leaked, test."""

import json
import re

import pytest
from helpers import Page, redact, typed

from replay_redact import Policy, redact_bytes
from replay_redact.testing import find_leaks, recording_from_html

WRAPPED = "4111 1111\n\t 1111   1111"
SHOWING = {
    "matches": Policy(mask_text="matches"),
    "unmask": Policy(unmask="p, input"),
    "attributes": Policy(allow_attributes="title", mask_text="matches", unmask="input"),
    "permissive": Policy.permissive(),
}


def shown(events, policy):
    """Redact a recording, twice, and return what is left as a text."""
    once = redact(events, policy)
    assert redact(once, policy) == once
    return json.dumps(once, ensure_ascii=False)


def said(html, policy):
    """Return the texts of a page after redaction, which is the same done twice."""
    once = redact_bytes(recording_from_html(html), policy)
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy) == []
    return re.findall(r'"textContent":"(.*?)"', once.decode())


# --- p01: white space within a secret -----------------------------------------------------------


@pytest.mark.parametrize("policy", SHOWING.values(), ids=SHOWING)
@pytest.mark.parametrize("text", [f"Card {WRAPPED}, please", f"  {WRAPPED}\n", f"😀 {WRAPPED}"])
def test_p01_a_line_break_or_tab_between_the_digits_of_a_card_hid_it(policy, text):
    page = Page()
    field = page.element("input", {"value": text})
    events = [page.snapshot(page.element("p", {"title": text}, page.text(text)), field), typed(field, f"x {text}")]  # fmt: skip
    assert "1111" not in shown(events, policy)


def test_p01_what_stands_around_the_secret_stays():
    page = Page()
    events = [page.snapshot(page.element("p", {}, page.text("Card\n4111 1111\n 1111 1111,\n\tthanks 12\n34")))]  # fmt: skip
    policy = Policy(mask_text="matches")
    assert json.dumps("Card\n**** ****\n **** ****,\n\tthanks 12\n34") in shown(events, policy)
    assert '"***\\n***' not in shown(events, policy.replace(hide_length=True))


def test_p01_a_text_whose_secret_cannot_be_placed_is_masked_whole():
    page = Page()
    scrub = {"rules": [{"pattern": "x 😀 y"}, {"pattern": r"\* \*+ b"}]}
    text = "see x\n😀\ny, or a"
    policy = Policy(mask_text="matches", scrub=scrub)
    assert "see" not in shown([page.snapshot(page.element("p", {}, page.text(text)))], policy)


# --- p02: a masked part of a number ----------------------------------------------------------------

CARD_PARTS = ["<b class=sentry-mask>1111</b>", "<b class=sentry-block>1111</b>", "<i><b class='rr-mask'>1</b>1<u>11</u></i>"]  # fmt: skip


@pytest.mark.parametrize("part", CARD_PARTS)
def test_p02_the_rest_of_a_number_with_a_masked_part_was_readable(part):
    policy = Policy(mask_text="matches")
    for text in (f"Card 4111 1111 {part} 1111", f"{part} 1111 1111 1111", f"Card 4111-1111-1111-{part}"):  # fmt: skip
        [*_, end] = out = said(f"<p>{text}</p><p>Order 1111</p>", policy)
        assert end == "Order 1111"
        assert "1111" not in "".join(out[:-1])


def test_p02_what_the_masked_part_says_makes_no_difference():
    pages = [f"<p>Card 4111 1111 1111 <b class=sentry-mask>{last}</b></p>" for last in ("1111", "1112", "abcd")]  # fmt: skip
    outputs = {tuple(said(page, Policy(mask_text="matches"))) for page in pages}
    assert outputs == {("**** **** **** **** ", "****")}


@pytest.mark.parametrize("options", [{"hide_length": True}, {"mask_fn": lambda _: "?" * 9}])
def test_p02_a_part_whose_length_nobody_knows_counts_too(options):
    page = "<p>Mail <b class=sentry-mask>jane.roe</b>@shop.example</p>"
    assert "shop" not in "".join(said(page, Policy(mask_text="matches", **options)))


def test_p02_what_is_no_part_of_a_secret_stays():
    policy = Policy(mask_text="matches")
    page = "<p>Order 4711 of <b class=sentry-mask>Jane Roe</b>, 12 of 20</p><p>See <i class=rr-block></i> 4 111</p>"
    assert said(page, policy) == ["Order 4711 of ", "**** ***", ", 12 of 20", "See ", " 4 111"]
