"""The HTML page: what it says, that it can do nothing, and that it holds nothing private."""

import html as html_module
import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from replay_redact import Policy, decode, redact_bytes
from replay_redact.evidence import Drawn, Question, check, draw, drawing, evidence_of, html, wanted
from replay_redact.evidence.html import html_page
from replay_redact.evidence.outline import Page as Outlined
from replay_redact.testing import find_leaks, recording_from_html
from tests import real_recordings
from tests.helpers import Page, add, deep, mutation, remove, say

PEOPLE = recording_from_html(
    "<header>Shop</header><main><form id='f'><label>Name</label><input value='Jane Roe'>"
    "<b>b</b><b>c</b><b>d</b></form><ul><li>Jane<li>Bob</ul></main>"
)


def evidence(*recordings, question=None):
    """Check recordings and draw what is wanted of them."""
    question = question or Question(Policy())
    checked = tuple(check(question, f"{number}.json", own) for number, own in enumerate(recordings))
    drawn = {
        index: draw(question, recordings[index], own) for index, own in wanted(checked).items()
    }
    return evidence_of(question, checked)._replace(drawn=drawn)


def page_of(*recordings, question=None):
    return html_page(evidence(*recordings, question=question)).decode()


SIZE = {"width": 800, "height": 600}


def body(*events):
    return json.dumps(events).encode()


# --- what it says ---------------------------------------------------------------------


def test_the_heading_is_the_verdict():
    private, broken = redact_bytes(PEOPLE), b"{"
    only = Question(Policy(), named={"visitor": "Jane Roe"}, only_secrets=True)
    for question, recordings, kind, said in (
        (None, [PEOPLE, private], "bad", "1 of 2 recordings leak"),
        (None, [private], "good", "Private: 1 recording"),
        (None, [private, broken], "trouble", "1 of 2 recordings could not be checked"),
        (only, [private], "good", "No secret in 1 recording"),
        (only, [PEOPLE, private], "bad", "1 of 2 recordings hold a secret"),
    ):
        assert f'<header class="{kind}"><h1>{said}</h1>' in page_of(*recordings, question=question)


def test_it_says_by_what_was_checked():
    found = evidence(PEOPLE)
    page = html_page(found).decode()
    for fact in (found.fingerprint, found.version, found.date[:10], found.recordings[0].sha256):
        assert fact in page
    assert "<dd>strict</dd>" in page


def test_channels_are_counted():
    page = page_of(PEOPLE, PEOPLE)
    leaks = [leak.channel for leak in find_leaks(PEOPLE)]
    for channel in set(leaks):
        assert f'<tr><th>{channel}</th><td class="n">{2 * leaks.count(channel)}</td>' in page


def test_secrets_are_named_whether_found_or_not():
    page = page_of(PEOPLE, question=Question(Policy(), named={"a & b": "Jane Roe", "c": "Ann Moe"}))
    assert "<th>a &amp; b</th><td><b>1 place</b></td>" in page
    assert "<th>c</th><td>not found</td>" in page


def test_a_place_has_a_picture_of_where_it_stands():
    page = page_of(PEOPLE)
    boxes = re.findall(r'<div class="(around|here)"><i>([^<]*)</i>', page)
    kinds = ["around"] * 4 + ["here"]
    expected = list(zip(kinds, ["html", "body", "main", "form#f", "input"], strict=True))
    assert any(boxes[at : at + 5] == expected for at in range(len(boxes)))
    assert '<u>label</u><div class="here"><i>input</i></div>' in page
    assert '</div><span class="content">********</span></div>' in page
    assert '<u>b</u><u>b</u><u class="more">+1</u>' in page


def test_what_is_not_in_the_page_is_said_in_words():
    meta = body({"type": 4, "timestamp": 1, "data": {"href": "https://a.example/jane", **SIZE}})
    assert "event 0: Meta, not in the page itself" in page_of(meta)


def test_every_place_is_counted_even_if_it_is_not_listed(monkeypatch):
    monkeypatch.setattr(drawing, "MAX_PLACES", 3)
    monkeypatch.setattr(drawing, "OF_EACH_CHANNEL", 1)
    items = "".join(f"<p id='item-{number}'>Jane</p>" for number in range(8))
    page = page_of(recording_from_html(f"{items}<input value='Jane'>"))
    assert page.count("<article") == 4, "the worst three, and one of another channel"
    assert "Not listed: 5 leaks in 5 places." in page


def test_recordings_in_trouble_come_first_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(html, "MAX_RECORDINGS", 2)
    page = page_of(redact_bytes(PEOPLE), PEOPLE, b"{")
    rows = re.findall(r'<td>(\d)\.json</td><td><span class="verdict (\w+)"', page)
    assert rows == [("2", "trouble"), ("1", "bad")]
    assert "Not listed: 1 recording." in page


def test_without_drawings_there_is_the_path():
    page = html_page(evidence(PEOPLE)._replace(drawn={0: Drawn()})).decode()
    assert '<div class="here"><i>html &gt; body &gt; main &gt; form#f &gt; input</i>' in page


# --- redacted pages -------------------------------------------------------------------


def frames(page):
    return [html_module.unescape(own) for own in re.findall(r'data-page="([^"]*)"', page)]


def test_the_worst_pages_are_shown_redacted_with_the_numbers_of_places():
    [frame] = frames(page_of(PEOPLE))
    assert "Jane" not in frame
    assert "Shop" not in frame
    assert re.search(r'<input [^>]*title="\d"[^>]* data-mark=""', frame)
    assert frame.index("attr(title)") < frame.index("<body")


def test_pages_keep_lengths_where_the_policy_does():
    [frame] = frames(page_of(PEOPLE))
    assert "<label" in frame
    assert ">****</label>" in frame
    [hidden] = frames(page_of(PEOPLE, question=Question(Policy.lockdown())))
    assert ">***</label>" in hidden


def test_pages_show_nothing_whatever_the_policy_shows():
    question = Question(Policy(unmask=["main"], mask="label"))
    [frame] = frames(page_of(PEOPLE, question=question))
    assert "Bob" not in frame


def test_what_the_policy_blocks_is_blocked_in_pages():
    [frame] = frames(page_of(PEOPLE, question=Question(Policy(block="#f"))))
    assert "<label" not in frame


def test_a_policy_with_options_for_some_pages_shows_no_page():
    policy = Policy(pages=[{"url": "/admin/**", "drop": True}])
    page = page_of(PEOPLE, question=Question(policy))
    assert frames(page) == []
    assert "<article" in page


def test_a_few_pages_are_shown(monkeypatch):
    monkeypatch.setattr(drawing, "MAX_PAGES", 1)
    assert len(frames(page_of(PEOPLE, recording_from_html("<p>Jane<p id='x'>Jane")))) == 1


def test_a_large_page_is_left_out(monkeypatch):
    monkeypatch.setattr(drawing, "MAX_PAGE", 100)
    assert frames(page_of(PEOPLE)) == []


def test_a_page_that_holds_a_secret_all_the_same_is_left_out():
    recording = recording_from_html("<p class='acme-corp'>Jane")
    question = Question(Policy(), named={"customer": "acme-corp"})
    page = page_of(recording, question=question)
    assert frames(page) == []
    assert "acme" not in page
    assert "<article" in page


def test_a_place_that_redaction_drops_marks_what_is_around_it():
    page = Page()
    inside = page.element("text", {}, page.text("Jane"))
    drawing_ = page.element("svg", {"class": "chart", "width": "9"}, inside)
    recording = body(page.snapshot(page.element("main", {}, drawing_)))
    [frame] = frames(page_of(recording))
    assert re.search(r'<\w+[^>]* class="chart"[^>]* title="[\d, …]+"', frame)


def test_many_numbers_of_one_element_are_cut():
    names = " ".join(f"data-n{number}='Jane'" for number in "abcdefg")
    [frame] = frames(page_of(recording_from_html(f"<p {names}>")))
    assert re.search(r'title="1, 2, 3, 4, …"', frame)


def test_a_page_without_a_snapshot_shows_none():
    page = Page()
    assert frames(page_of(body(say(page.text("Jane"), "Jane Roe")))) == []


def test_names_that_the_policy_masks_are_in_no_picture():
    question = Question(Policy(mask_attributes=["id", "class"]))
    page = page_of(recording_from_html("<main id='jane'><p class='roe'>x"), question=question)
    assert "<i>main</i>" in page
    for name in ("jane", "roe"):
        assert name not in page


def test_a_page_that_redaction_drops_is_left_out(monkeypatch):
    class Dropping:
        def __init__(self, _policy):
            pass

        def redact(self, _event):
            return None

    monkeypatch.setattr(drawing, "Engine", Dropping)
    assert frames(page_of(PEOPLE)) == []


# --- it is inert and private ----------------------------------------------------------


def test_the_only_script_is_the_one_that_its_policy_allows():
    page = page_of(PEOPLE)
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert f"script-src 'sha256-{digest}'" in html_module.unescape(policy)
    assert "default-src 'none'" in html_module.unescape(policy)
    assert not re.search(r"<(link|img|object|embed)\b|\ssrc=|\son\w+=|url\(|@import", page)
    assert page.count("<iframe") == page.count('<iframe sandbox=""')


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x00\ud800"


def test_names_cannot_break_out():
    question = Question(Policy(), HOSTILE, named={HOSTILE: "Jane Roe"})
    page = Page()
    odd = page.element(
        "p", {"class": HOSTILE, HOSTILE: HOSTILE, "id": HOSTILE}, page.text("Jane Roe")
    )
    checked = check(question, HOSTILE, body(page.snapshot(odd)))
    found = html_page(evidence_of(question, (checked,))).decode()
    assert "<script>alert" not in found
    assert "<img" not in found
    assert "\x00" not in found


ONE = {"id": 1}


@pytest.mark.parametrize("own", real_recordings.OWN, ids=lambda own: own["file"])
def test_the_page_holds_no_planted_secret(own):
    """The recordings hold secrets of many kinds; the page is searched in every spelling."""
    recording, secrets = real_recordings.own(own), real_recordings.secrets_of(own)
    page = page_of(recording)
    assert real_recordings.found(secrets, recording), "the search finds what is there"
    assert frames(page)
    assert real_recordings.found(secrets, page.encode()) == []
    shown = check(
        Question(Policy(), named=secrets, only_secrets=True), "page", body(say(ONE, page))
    )
    assert shown.findings == ()


# --- outlines -------------------------------------------------------------------------


def outlined(*events):
    page = Outlined()
    for event in decode(body(*events)):
        page.learn(event)
    return page


def names(levels):
    return [(level.before, level.name, level.after) for level in levels]


def test_an_outline_follows_the_page():
    page = Page()
    first, second = page.element("b"), page.element("i")
    box = page.element("p", {}, first, page.text("Jane"), second)
    events = [page.snapshot(box)]
    assert names(outlined(*events).outline(second["id"])) == [((), "p", ()), (("b",), "i", ())]
    events.append(remove(box, first))
    assert names(outlined(*events).outline(second["id"]))[-1] == ((), "i", ())
    assert names(outlined(*events).outline(first["id"]))[-1] == (("i",), "b", ()), "as it was"
    new = page.element("u", {})
    before = {"parentId": box["id"], "nextId": second["id"], "node": new}
    events.append(mutation(adds=[before]))
    assert names(outlined(*events).outline(new["id"]))[-1] == ((), "u", ("i",))
    events.append(add(box, new))
    assert names(outlined(*events).outline(new["id"]))[-1] == (("i",), "u", ())


def test_an_outline_counts_what_it_leaves_out():
    page = Page()
    items = [page.element("li", {"id": f"i{number}"}) for number in range(9)]
    found = outlined(page.snapshot(page.element("ul", {}, *items)))
    [_, level] = found.outline(items[4]["id"])
    assert (level.before, level.after) == (("li#i2", "li#i3"), ("li#i5", "li#i6"))
    assert level.left_out == (2, 2)


def test_an_outline_of_what_is_not_known_is_empty():
    page = Page()
    stray = {"parentId": 99, "nextId": None, "node": page.element("b", {}, page.text("Jane"))}
    found = outlined(mutation(adds=[stray]), mutation(removes=[{"parentId": 1, "id": 77}]))
    assert found.outline(1234) == ()
    assert [level.name for level in found.outline(stray["node"]["id"])] == ["b"]


def test_an_outline_ends_where_ids_go_round():
    page = Page()
    box = page.element("p")
    found = outlined(page.snapshot(box), add(box, {**box, "childNodes": []}))
    assert [level.name for level in found.outline(box["id"])] == ["p"]


def test_a_deep_page_is_drawn():
    recording = deep(3_000)
    page = page_of(recording)
    assert page.count("<article") == 1
