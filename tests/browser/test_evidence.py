"""The HTML page of ``check`` in Chromium: it opens, loads nothing, and shows what it says."""

import html
import json

import pytest

from replay_redact import Policy
from replay_redact.evidence import Question, check, draw, evidence_of, wanted
from replay_redact.evidence.html import html_page
from replay_redact.testing import recording_from_html

LEAKING = recording_from_html(
    "<style>form { color: green }</style><form id='f'><label>Name <input value='Jane Roe'></label>"
    "<img src='https://cdn.example/jane.png' width=90 height=60></form><p>Jane</p>"
)


@pytest.fixture
def opened(browser, tmp_path):
    """Return a page with the report; ``requests`` has what it asked for, ``said`` its messages."""
    question = Question(Policy(), named={"visitor": "Jane Roe"})
    checked = (check(question, "a <b>.json", LEAKING),)
    drawn = {index: draw(question, LEAKING, own) for index, own in wanted(checked).items()}
    path = tmp_path / "report.html"
    path.write_bytes(html_page(evidence_of(question, checked)._replace(drawn=drawn)))
    page = browser.new_page()
    page.requests, page.said = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(path.as_uri())
    yield page
    page.close()


def test_it_opens_without_a_complaint_and_loads_nothing(opened):
    assert opened.said == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert opened.locator("h1").inner_text() == "1 of 1 recording leak"
    assert opened.locator("article").count() == 5
    assert "a <b>.json" in opened.locator(".recordings").inner_text()


def test_buttons_show_the_places_of_one_channel(opened):
    opened.locator("label", has_text="media").click()
    shown = opened.locator("article:visible")
    assert shown.count() == 1
    assert shown.locator(".badge").inner_text() == "media"
    opened.locator("label", has_text="all").click()
    assert opened.locator("article:visible").count() == 5


def test_a_redacted_page_opens_when_it_is_asked_for(opened):
    assert opened.frame_locator("iframe").locator("form").count() == 0
    opened.locator("summary").click()
    frame = opened.frame_locator("iframe")
    frame.locator("form").wait_for()
    assert "Jane" not in frame.locator("body").inner_text()
    assert frame.locator("input").get_attribute("title") == "1, 3"
    color = frame.locator("form").evaluate("(form) => getComputedStyle(form).color")
    assert color == "rgb(0, 128, 0)"
    outline = frame.locator("input").evaluate("(input) => getComputedStyle(input).outlineColor")
    assert outline == "rgb(179, 38, 30)"
    assert opened.said == []
    assert [url for url in opened.requests if not url.startswith(("file:", "about:"))] == []


def test_a_script_of_a_recording_does_not_run(browser, tmp_path):
    """The frame cannot run scripts, even if one got into it."""
    path = tmp_path / "report.html"
    question = Question(Policy())
    checked = (check(question, "a.json", LEAKING),)
    [[index, own]] = wanted(checked).items()
    drawn = draw(question, LEAKING, own)
    at, document = drawn.page
    bad = document.replace(
        "<body", "<script>parent.owned = 1</script><body onload='parent.owned = 1'"
    )
    drawn = drawn._replace(page=(at, bad))
    path.write_bytes(html_page(evidence_of(question, checked)._replace(drawn={index: drawn})))
    assert html.escape("parent.owned") in path.read_text("utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.locator("summary").click()
    page.frame_locator("iframe").locator("form").wait_for()
    assert json.loads(page.evaluate("JSON.stringify(window.owned ?? null)")) is None
    page.close()
