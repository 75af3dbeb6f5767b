"""The preview in Chromium as a reviewer uses it: the slider, and what a click proposes."""

import json
import re
import time

import pytest
from helpers import Page, add, change, remove, say, typed
from real_recordings import OWN, own

from browser.playing import keep_picture, play
from browser.test_preview import PAYLOADS, RUN
from replay_redact import Policy, decode, redact_bytes
from replay_redact.preview import preview_page
from replay_redact.testing import recording_from_html

OPTION = re.compile(r"(unmask|show_media|mask|block) = (.*)")
SHOWN = "section:not([hidden]) iframe"


HARMLESS = ("Content Security Policy", "Blocked script", "Blocked autofocus", "The specified value")
"""What Chromium says where it did not load, run or show something."""


@pytest.fixture
def reviewer(browser):
    """Return a page in a reviewer's browser; ``asked`` gathers what it fetches beside the file."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.asked = []

    def answer(route):
        if route.request.url.startswith("file:"):
            route.continue_()
            return
        page.asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="")

    page.route("**/*", answer)
    yield page
    page.close()


def opened(page, tmp_path, text):
    """Open a preview from a file, as reviewers do; return what went wrong."""
    problems = []
    page.on("pageerror", lambda error: problems.append(error.message))
    page.on("console", lambda message: problems.append(message.text))
    path = tmp_path / "preview.html"
    path.write_text(text, "utf-8")
    page.goto(path.as_uri(), wait_until="load")
    return problems


def serious(problems):
    return [text for text in problems if not any(part in text for part in HARMLESS)]


def stops(page):
    return int(page.get_attribute("#slider", "max")) + 1


def turn_to(page, stop):
    """Move the slider; return what it says."""
    page.evaluate("(at) => { slider.value = at; slider.dispatchEvent(new Event('input')); }", stop)
    page.wait_for_timeout(150)
    return page.inner_text("#caption")


def text(page, side=0):
    return page.frame_locator(SHOWN).nth(side).locator("body").inner_text().split()


def changing():
    page = Page()
    title = page.text("Jane")
    field = page.element("input", {"id": "name"})
    box = page.element("input", {"type": "checkbox", "id": "box"})
    main = page.element(
        "main", {"class": "sentry-unmask"}, page.element("h1", {}, title), field, box
    )
    body = page.element("body", {}, main)
    other = page.element("p", {}, page.text("later"))
    events = [page.snapshot(page.element("html", {}, body)), say(title, "Bob"), typed(field, "Ro"),
              typed(field, "Roe"), add(main, other), change(main, **{"class": "rr-mask"}), say(title, "Eve"),
              remove(main, other), typed(box, "on", checked=True)]  # fmt: skip
    second = Page()
    events.append({**second.snapshot(second.element("html", {}, second.element("body", {}, second.text("second")))),
                   "timestamp": 90})  # fmt: skip
    return json.dumps(events).encode()


def test_the_slider_shows_the_page_at_each_event(reviewer, tmp_path):
    problems = opened(reviewer, tmp_path, preview_page(changing(), compare=True))
    assert stops(reviewer) == 10
    assert (text(reviewer, 0), text(reviewer, 1)) == (["Jane"], ["Jane"])
    assert turn_to(reviewer, 1).startswith("event 1, 0.0 s: 1 texts")
    assert (text(reviewer, 0), text(reviewer, 1)) == (["Bob"], ["Bob"])
    turn_to(reviewer, 3)
    fields = [reviewer.frame_locator(SHOWN).nth(side).locator("#name") for side in (0, 1)]
    assert [field.input_value() for field in fields] == ["Roe", "Roe"]
    turn_to(reviewer, 4)
    assert text(reviewer, 1) == ["Bob", "later"]
    turn_to(reviewer, 6)
    assert (text(reviewer, 0), text(reviewer, 1)) == (["Eve", "later"], ["***", "later"])
    turn_to(reviewer, 8)
    assert text(reviewer, 1) == ["***"]
    assert reviewer.frame_locator(SHOWN).nth(1).locator("#box").is_checked()
    assert turn_to(reviewer, 9).endswith("full snapshot")
    assert (text(reviewer, 0), text(reviewer, 1)) == (["second"], ["******"])
    turn_to(reviewer, 2)
    assert text(reviewer, 1) == ["Bob"]
    reviewer.click("#on")
    assert reviewer.inner_text("#caption").startswith("event 3,")
    assert problems == []


def test_without_scripts_all_snapshots_are_there(browser, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    path = tmp_path / "preview.html"
    path.write_text(preview_page(changing()), "utf-8")
    page.goto(path.as_uri())
    assert page.locator("section").count() == 2
    assert page.locator("section:visible").count() == 2
    assert not page.locator("#time").is_visible()
    context.close()


CLICKED = """<body><nav class=menu><a class="link sentry-unmask">Shop</a></nav><main id=account>
<p class=greeting>Hello Jane</p><p class="line">Roe</p><p class="line">Doe</p><em>plain</em>
<svg class=logo width=40 height=40><path></path></svg><input type=password id=word value=hunter2>
<b class=rr-mask>masked</b></main>"""


def proposed(page, frame, selector):
    """Click an element; return the options that are proposed, as the page says them."""
    frame.locator(selector).first.click(force=True)
    return page.inner_text("#picked")


def policies_of(said):
    """Return the policies that a proposal asks for, by their options."""
    for option, lists in OPTION.findall(said):
        for listed in re.findall(r"\[[^\]]*\]", lists):
            yield option, Policy(**{option: json.loads(listed)})


def test_a_click_proposes_options_that_do_what_they_say(reviewer, tmp_path):
    recording = recording_from_html(CLICKED)
    problems = opened(reviewer, tmp_path, preview_page(recording))
    frame = reviewer.frame_locator(SHOWN)
    tried = 0
    for selector, word in [(".greeting", b"Hello Jane"), (".line", b"Roe"), ("em", b"plain")]:
        said = proposed(reviewer, frame, selector)
        assert "text: defaults of the policy" in said
        for option, policy in policies_of(said):
            assert (word in redact_bytes(recording, policy)) == (option == "unmask"), said
            tried += 1
    assert 'unmask = [".greeting"] (1 element here)' in proposed(reviewer, frame, ".greeting")
    assert '[".line"] (2 elements here)' in proposed(reviewer, frame, ".line")
    assert '["#account em"]' in proposed(reviewer, frame, "em")
    said = proposed(reviewer, frame, ".link")
    for option, policy in policies_of(said):
        assert option in {"mask", "block"}
        assert b"Shop" not in redact_bytes(recording, policy), said
        tried += 1
    said = proposed(reviewer, frame, ".logo")
    for option, policy in policies_of(said):
        assert (b"path" in redact_bytes(recording, policy)) == (option == "show_media"), said
        tried += 1
    assert tried == 9
    assert "No rule shows" in proposed(reviewer, frame, "#word")
    assert "change the rule" in proposed(reviewer, frame, "b")
    keep_picture(reviewer, "preview.proposed")
    assert problems == []


def test_a_click_on_nothing_proposes_nothing(reviewer, tmp_path):
    opened(reviewer, tmp_path, preview_page(changing()))
    frame = reviewer.frame_locator(SHOWN)
    proposed(reviewer, frame, "h1")
    assert reviewer.is_visible("#picked")
    frame.locator("html").click(position={"x": 2, "y": 2})
    assert not reviewer.is_visible("#picked")


def clobbering():
    """Return a page whose elements have the names of methods, and every payload as a later change."""
    page = Page()
    names = ["querySelectorAll", "addEventListener", "getRootNode", "closest", "getAttribute", "scrollTo",
             "contentWindow", "timeline", "slider", "picked"]  # fmt: skip
    fields = [page.element("input", {"name": name, "id": name, "value": "Jane"}) for name in names]
    forms = [
        page.element("form", {"name": name, "class": "clear sentry-unmask"}, *fields[:3])
        for name in names
    ]
    images = [page.element("img", {"name": name, "id": name}) for name in names]
    body = page.element(
        "body", {}, page.element("p", {"class": "one"}, page.text("Jane")), *forms, *images
    )
    events = [page.snapshot(page.element("html", {}, body))]
    for tag, attributes, content in PAYLOADS:
        children = [page.text(content)] if content else []
        events.append(add(body, page.element(tag, attributes, *children)))
        events.append(change(body, **attributes))
    return json.dumps(events).encode()


@pytest.mark.parametrize("policy", [Policy.permissive(), Policy.sentry()], ids=["open", "sentry"])
def test_a_hostile_recording_does_nothing_at_any_event(reviewer, tmp_path, policy):
    page = preview_page(clobbering(), policy, compare=True, title=f"</title><script>{RUN}</script>")
    problems = opened(reviewer, tmp_path, page)
    for stop in range(stops(reviewer)):
        turn_to(reviewer, stop)
    reviewer.frame_locator(SHOWN).first.locator(".one").click(force=True)
    assert reviewer.is_visible("#picked")
    assert reviewer.title().startswith("</title>")
    assert [url for url in reviewer.asked if not url.startswith("data:")] == []
    assert serious(problems) == []


def test_the_script_of_the_preview_is_the_only_one_that_may_run(reviewer, tmp_path):
    page = preview_page(changing()).replace("<h1>", "<script>document.title = 'run'</script><h1>")
    problems = opened(reviewer, tmp_path, page)
    assert reviewer.title() != "run"
    assert len(problems) == 1
    assert "Content Security Policy" in problems[0]
    assert stops(reviewer) == 10


def test_ten_thousand_changes_are_a_page_of_bounded_size(reviewer, tmp_path):
    page = Page()
    texts = [page.text(f"line {number}") for number in range(300)]
    body = page.element("body", {}, *(page.element("p", {}, text) for text in texts))
    events = [page.snapshot(page.element("html", {}, body))]
    events += [say(texts[number % 300], f"now {number}") for number in range(10_000)]
    began = time.monotonic()
    text = preview_page(json.dumps(events).encode())
    print(f"{len(text):,} characters in {time.monotonic() - began:.1f} s")
    assert len(text) < 10_000_000
    problems = opened(reviewer, tmp_path, text)
    assert "10000 events change a page" in reviewer.inner_text(".extent")
    assert "40 moments share a picture" in reviewer.inner_text(".extent")
    assert 200 < stops(reviewer) <= 251
    assert turn_to(reviewer, stops(reviewer) - 1).startswith("event 10000,")
    assert problems == []


@pytest.mark.parametrize("recording", OWN[::4], ids=lambda r: r["file"])
def test_own_recordings_move(reviewer, tmp_path, recording):
    problems = opened(reviewer, tmp_path, preview_page(own(recording)))
    said = turn_to(reviewer, stops(reviewer) - 1)
    print(recording["file"], said)
    assert said or stops(reviewer) == 1
    assert serious(problems) == []
    keep_picture(reviewer, f"preview.last.{recording['page']}")


# Texts of a page one after the other, and what its fields hold; frames are boxes in a preview.
SAID = """(page) => {
  const texts = [];
  const walk = (node) => {
    if (node.nodeType === 3 && !/^(STYLE|SCRIPT|NOSCRIPT|TITLE|RR-LABEL|TEXTAREA)$/.test(node.parentNode.nodeName)) {
      texts.push(node.data);
    }
    if (node.nodeName !== "IFRAME") [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].forEach(walk);
  };
  walk(page.body);
  const fields = [...page.querySelectorAll("input, textarea")];
  return [texts.join("").replace(/\\s/g, ""), fields.map((field) => /checkbox|radio/.test(field.type) ? field.checked : field.value)];
}"""
IN_PREVIEW = (
    f"() => ({SAID})(document.querySelector('section:not([hidden]) iframe').contentDocument)"
)
IN_PLAYER = f"() => ({SAID})(replayer.iframe.contentDocument)"


@pytest.mark.parametrize("recording", OWN[::3], ids=lambda r: r["file"])
def test_pictures_say_what_the_player_shows(reviewer, player, tmp_path, recording):
    data = own(recording)
    opened(reviewer, tmp_path, preview_page(data))
    raw, redacted = decode(data), json.loads(redact_bytes(data))
    last = stops(reviewer) - 1
    for stop in {last, last // 2}:
        index = int(turn_to(reviewer, stop).split(",")[0].removeprefix("event "))
        until = [event for event in redacted if event["timestamp"] <= raw[index].timestamp]
        play(player, json.dumps(until).encode())
        shown = reviewer.evaluate(IN_PREVIEW)
        assert shown[0]
        assert shown == player.evaluate(IN_PLAYER)
