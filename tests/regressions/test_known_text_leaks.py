"""Known leaks of text, by mutation, in shadow roots, and by rules that could not see it."""

import pytest
from helpers import add, remove, say
from regressions.leaks import Leaks, name_of

from replay_redact import Policy

LEAKS = Leaks()
TEXT_SHOWN = Policy(mask_all_text=False)


@LEAKS.record(
    1,
    "rrweb-io/rrweb-snapshot#3",
    "The block was looked for on the changed node itself, not above it.",
)
def changes_below_a_block(page):
    text = page.text("Jane")
    inner = page.element("p", {}, text)
    block = page.element("div", {"class": "rr-block"}, page.element("section", {}, inner))
    return [page.snapshot(block), say(text, "Jane"), add(inner, page.text("Jane"))]


@LEAKS.record(
    2, "rrweb-io/rrweb#240", "Changes of text nodes skipped the test for blocks.", policy=TEXT_SHOWN
)
def text_change_in_a_block(page):
    text = page.text("Jane")
    return [page.snapshot(page.element("p", {"class": "rr-block"}, text)), say(text, "Jane")]


@LEAKS.record(3, "highlight/rrweb#61", "An edit of a text went out without the mode's mask.")
def text_edited_later(page):
    text = page.text("hello")
    return [page.snapshot(page.element("p", {}, text)), say(text, "Jane")]


@LEAKS.record(
    4, "highlight/highlight#7735", "Markup that was put in later was judged by another rule."
)
def markup_put_in_later(page):
    body = page.element("body")
    return [page.snapshot(body), add(body, page.element("p", {}, page.text("Jane")))]


@LEAKS.record(
    5,
    "getsentry/sentry-javascript#7257",
    "A framework's update of a masked text showed it.",
    policy=TEXT_SHOWN,
    shows=["public"],
)
def masked_text_updated(page):
    text = page.text("before")
    masked = page.element("div", {"class": "sentry-mask"}, page.element("p", {}, text))
    return [page.snapshot(masked, page.text("public")), say(text, "Jane")]


@LEAKS.record(
    6,
    "getsentry/rrweb#97",
    "Special cases for scripts and text areas let their neighbours' text through.",
)
def text_beside_special_cases(page):
    area = page.element("textarea", {}, page.text("Jane"))
    return [page.snapshot(page.element("div", {}, page.text("Jane"), area, page.text("Jane")))]


@LEAKS.record(
    7,
    "getsentry/rrweb#319",
    "A mask on the host of a shadow root ended at the root.",
    policy=TEXT_SHOWN,
)
def mask_on_a_shadow_host(page):
    inner = page.element("p", {}, page.text("Jane"), isShadow=True)
    return [
        page.snapshot(page.element("x-card", {"class": "sentry-mask"}, inner, isShadowHost=True))
    ]


@LEAKS.record(
    8, "DataDog/browser-sdk#2454", "A block on the host of a shadow root ended at the root."
)
def block_on_a_shadow_host(page):
    text = page.text("Jane", isShadow=True)
    host = page.element("x-card", {"class": "sentry-block"}, text, isShadowHost=True)
    return [page.snapshot(host), say(text, "Jane"), add(host, page.text("Jane", isShadow=True))]


@LEAKS.record(
    9,
    "DataDog/browser-sdk#1038",
    "A changed node was judged by the wrong ancestor.",
    policy=TEXT_SHOWN,
    shows=["public"],
)
def moved_below_a_mask(page):
    text = page.text("public")
    moved = page.element("p", {}, text)
    mask = page.element("div", {"class": "sentry-mask"})
    body = page.element("body", {}, moved, mask)
    again = {**moved, "childNodes": [{**text, "textContent": "Jane"}]}
    return [page.snapshot(body), remove(body, moved), add(mask, again), say(text, "Jane")]


@LEAKS.record(
    10,
    "getsentry/rrweb, needMaskingText",
    "Text that stands directly in a shadow root has no parent element and was never masked.",
)
def text_directly_in_a_shadow_root(page):
    text = page.text("Jane", isShadow=True)
    return [page.snapshot(page.element("x-card", {}, text, isShadowHost=True)), say(text, "Jane")]


@LEAKS.record(
    11,
    "openreplay/openreplay#2470",
    "A pattern for e-mail failed when spaces or an element stood beside the address.",
)
def address_among_other_things(page):
    link = page.element("b", {}, page.text("Jane@"))
    return [page.snapshot(page.element("p", {}, page.text("  Jane@roe.example "), link))]


@LEAKS.record(
    12,
    "highlight/highlight#7171, #7520, #7521",
    "Patterns cannot know names, addresses or number plates by their looks.",
)
def what_no_pattern_knows(page):
    return [page.snapshot(page.element("td", {}, page.text("Jane Roe, 7 Elm Lane, AB12 CDE")))]


@LEAKS.record(15, "getsentry/rrweb#184", "Text of <noscript> was kept and shown in playback.")
def noscript(page):
    return [page.snapshot(page.element("noscript", {}, page.text("<p>Jane</p>")))]


@LEAKS.record(
    16,
    "rrweb-io/rrweb#1361",
    "A mask for all elements left attributes as they were.",
    policy=Policy(mask="*", mask_all_text=False),
)
def mask_for_everything(page):
    attributes = {"title": "Jane", "data-user": "Jane", "alt": "Jane", "href": "/Jane"}
    return [page.snapshot(page.element("a", attributes, page.text("Jane")))]


@LEAKS.record(
    17,
    "PostHog/posthog-js#950",
    "The recipe to show only what is safe showed everything or nothing.",
    policy=Policy(unmask=".safe"),
    shows=["Prices"],
)
def only_what_is_safe(page):
    safe = page.element("h1", {"class": "safe"}, page.text("Prices"))
    return [page.snapshot(page.element("div", {}, safe, page.text("Jane")))]


@LEAKS.record(
    106,
    "rrweb-io/rrweb, defaults",
    "The page's address and title went out raw under every default.",
)
def address_and_title(page):
    meta = {"type": 4, "timestamp": 1, "data": {"href": "https://a.example/Jane?q=Jane#Jane", "width": 1, "height": 1}}  # fmt: skip
    return [meta, page.snapshot(page.element("title", {}, page.text("Jane's inbox")))]


@pytest.mark.parametrize("leak", LEAKS, ids=name_of)
def test_known_text_leaks(leak):
    leak.check()
