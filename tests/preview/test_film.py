"""The pictures of a recording: which there are, how they are stored, and what is said of those left out."""

import json
import re
from collections import Counter

import pytest
from helpers import Page, add, at_once, change, custom, say, typed
from lxml import html

from replay_redact import Policy, decode
from replay_redact._masks.differences import CHANNELS
from replay_redact.events import KINDS
from replay_redact.policy import named_policy
from replay_redact.preview import film as film_module
from replay_redact.preview import preview_page
from replay_redact.preview.facts import name_of
from replay_redact.preview.film import CUT, Film, Pane, what_changes
from replay_redact.preview.hints import WHAT_IT_DOES, Mark, Region, hints_of
from replay_redact.preview.page import PAGE_POLICY
from replay_redact.preview.review import review


def film_of(events, policy=None, **options):
    return review(json.dumps(events).encode(), policy or Policy(), "auto", **options).film


def documents(pane):
    """Put the documents of a pane together, as the script of the page does."""
    pieces = list(re.split(CUT, pane.document))
    pages, every = [list(range(len(pieces)))], pieces + pane.pieces
    for head, tail, middle in pane.steps:
        last = pages[-1]
        pages.append(last[:head] + middle + last[len(last) - tail :])
    return ["".join(every[at] for at in page) for page in pages]


def texts(pane):
    return [html.document_fromstring(document).body.text_content() for document in documents(pane)]


def shop(**attributes):
    page = Page()
    nodes = [page.text(text) for text in ("Jane", "Roe")]
    field = page.element("input", {"class": "field"})
    main = page.element("main", attributes, *(page.element("p", {}, node) for node in nodes), field)
    return page, page.snapshot(page.element("body", {}, main)), main, nodes, field


SHOWN = {"class": "sentry-unmask"}


def test_each_moment_is_a_picture():
    page, snapshot, main, (jane, roe), field = shop(**SHOWN)
    events = [snapshot, say(jane, "Bob"), *at_once(say(roe, "Doe"), typed(field, "x")), custom("t", {}),
              add(main, page.element("p", {}, page.text("new")))]  # fmt: skip
    film = film_of(events)
    [[pane]] = film.sections
    assert texts(pane) == ["JaneRoe", "BobRoe", "BobDoe", "BobDoenew"]
    assert [picture.caption.partition(": ")[2] for picture in film.pictures] == [
        "full snapshot", "1 texts", "1 texts, 1 typed", "1 added",
    ]  # fmt: skip
    assert [tuple(picture[:2]) for picture in film.pictures] == [(0, 0), (0, 1), (0, 2), (0, 3)]
    assert (film.changes, film.moments, film.shared, film.left_out) == (4, 3, 1, 0)


def test_both_sides_are_filmed():
    _, snapshot, _, (jane, _), field = shop()
    events = [snapshot, say(jane, "Eleanor"), typed(field, "secret")]
    [[before, after]] = film_of(events, compare=True).sections
    assert texts(before) == ["JaneRoe", "EleanorRoe", "EleanorRoe"]
    assert texts(after) == ["*******", "**********", "**********"]
    assert 'value="secret"' in documents(before)[2]
    assert 'value="******"' in documents(after)[2]


def test_what_is_dropped_changes_the_page_before_redaction_only():
    page, snapshot, main, *_ = shop(**{"class": "rr-block"})
    events = [snapshot, add(main, page.element("p", {}, page.text("new")))]
    [[before, after]] = film_of(events, compare=True).sections
    assert texts(before) == ["JaneRoe", "JaneRoenew"]
    assert len(documents(after)) == 2
    assert "new" not in "".join(documents(after))
    assert len(film_of(events).pictures) == 1


def test_hints_follow_the_changes():
    _, snapshot, main, (jane, _), field = shop(**SHOWN)
    events = [snapshot, change(main, **{"class": "rr-mask"}), say(jane, "Bob"), typed(field, "x")]
    [[pane]] = film_of(events).sections
    last = html.document_fromstring(documents(pane)[-1])
    assert last.find(".//p").get("title") == "text: mask .rr-mask"
    assert last.find(".//input").get("title") == "input: mask .rr-mask"
    assert last.find(".//input").get("data-mark") == "rule"


def test_what_turns_out_to_be_private_within_a_moment_is_not_shown():
    _, snapshot, _, _, field = shop(**SHOWN)
    events = [snapshot, *at_once(typed(field, "hunter2"), change(field, type="password"))]
    [[pane]] = film_of(events).sections
    assert "hunter2" not in preview_page(json.dumps(events).encode())
    assert 'value="*******"' in documents(pane)[-1]
    alone = [snapshot, typed(field, "hunter2")]  # the control
    assert "hunter2" in preview_page(json.dumps(alone).encode())


def test_hints_are_about_what_is_on_the_page():
    _, snapshot, main, (jane, _), _ = shop(**SHOWN)
    positions = [{"x": x, "y": 1, "id": main["id"], "timeOffset": -x} for x in (3, 2, 1)]
    moved = {"type": 3, "timestamp": 2, "data": {"source": 1, "positions": positions}}
    film = film_of([snapshot, moved, {**say(jane, "Bob"), "timestamp": 3}])
    assert "pointer" not in documents(film.sections[0][0])[-1]


def test_windows_are_filmed_each_by_itself():
    one, other = shop(**SHOWN), shop(**SHOWN)
    events = []
    for name, (_, snapshot, _, (jane, _), _) in (("a", one), ("b", other)):
        events += [{**event, "windowId": name} for event in (snapshot, say(jane, name))]
    first, second = film_of(events).sections
    assert texts(first[0]) == ["JaneRoe", "aRoe"]
    assert texts(second[0]) == ["JaneRoe", "bRoe"]


def test_a_page_that_is_dropped_ends_the_one_before():
    _, snapshot, _, (jane, _), _ = shop(**SHOWN)
    href = {
        "type": 4,
        "timestamp": 9,
        "data": {"href": "https://shop.example/admin/", "width": 1, "height": 1},
    }
    events = [snapshot, href, {**snapshot, "timestamp": 10}, {**say(jane, "Bob"), "timestamp": 11}]
    policy = Policy(pages=[{"url": "/admin/**", "drop": True}])
    page = preview_page(json.dumps(events).encode(), policy)
    assert "Bob" not in page


def test_changes_before_any_page_are_no_pictures():
    assert film_of([say({"id": 7}, "Jane")]).pictures == []


def many(count):
    _, snapshot, _, nodes, _ = shop(**SHOWN)
    return [snapshot, *(say(nodes[number % 2], f"now {number}") for number in range(count))]


def test_many_moments_share_pictures_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr(film_module, "MAX_PICTURES", 4)
    film = film_of(many(10))
    assert film.shared == 3
    assert texts(film.sections[0][0]) == [
        "JaneRoe",
        "now 2now 1",
        "now 4now 5",
        "now 8now 7",
        "now 8now 9",
    ]
    assert film.pictures[-1].caption.startswith("event 10, ")
    page = preview_page(json.dumps(many(10)).encode())
    assert "10 events change a page, at 10 moments." in page
    assert "There are many, so 3 moments share a picture." in page


def test_large_pages_have_fewer_pictures(monkeypatch):
    monkeypatch.setattr(film_module, "MAX_NODES", 100)
    monkeypatch.setattr(film_module, "FEWEST_PICTURES", 2)
    assert film_of(many(40)).shared == 4  # 8 nodes in 12 pictures
    assert film_of(many(40), compare=True).shared == 7
    monkeypatch.setattr(film_module, "MAX_NODES", 1)
    assert film_of(many(40)).shared == 20


def test_a_film_without_room_goes_on_with_the_last_picture(monkeypatch):
    monkeypatch.setattr(film_module, "MAX_TEXT", 1)
    film = film_of(many(10))
    assert texts(film.sections[0][0]) == ["JaneRoe", "now 0Roe", "now 8now 9"]
    assert film.left_out == 8
    assert film.pictures[-1].caption.endswith("9 texts")
    assert "8 pictures are left out" in preview_page(json.dumps(many(10)).encode())


def test_pieces_are_stored_once():
    pane = Pane("<p >a<p >b<p >a")
    assert pane.add("<p >a<p >c<p >a") == len("<p >c") + 6
    assert pane.add("<p >a<p >b<p >a<p >c") > 0
    assert pane.pieces == ["<p >c"]
    assert documents(pane)[1:] == ["<p >a<p >c<p >a", "<p >a<p >b<p >a<p >c"]
    assert pane.add("<p >a<p >b<p >a<p >c") == 0


@pytest.mark.parametrize("kind", KINDS)
def test_only_changes_of_a_page_are_pictures(kind):
    assert not what_changes(kind) or kind.__name__ == "IncrementalSnapshot"


def test_empty_changes_are_named():
    [event] = decode(b'[{"type": 3, "timestamp": 1, "data": {"source": 0}}]')
    assert what_changes(event) == Counter({"empty change": 1})


def test_times_are_counted_from_the_first_full_snapshot():
    events = [{"type": "x"}, {"type": 4, "timestamp": 0.5, "data": {"href": "", "width": 1, "height": 1}},
              *({**event, "timestamp": 7000 + 100 * number} for number, event in enumerate(many(1)))]  # fmt: skip
    assert [picture.caption for picture in film_of(events).pictures] == [
        "event 2, 0.0 s: full snapshot", "event 3, 0.1 s: 1 texts",
    ]  # fmt: skip


# --- what stands on the page ------------------------------------------------------------------


def test_the_page_names_policy_recording_time_and_version():
    page = preview_page(b"[]", Policy.lockdown().replace(unmask=["nav"]))
    facts = html.document_fromstring(page).find(".//dl")
    told = dict(
        zip(
            [n.text for n in facts.findall("dt")],
            [n.text for n in facts.findall("dd")],
            strict=True,
        )
    )
    assert told["Policy"] == "lockdown, with other unmask"
    assert re.fullmatch("[0-9a-f]{32}", told["Its fingerprint"])
    assert (
        told["Recording"]
        == "2 bytes, sha256 4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC with replay_redact \S+", told["Made"])


@pytest.mark.parametrize("name", ["strict", "sentry", "lockdown", "permissive"])
def test_presets_have_their_names(name):
    assert name_of(named_policy(name)) == name


def test_every_channel_says_what_is_done_to_it():
    assert WHAT_IT_DOES.keys() == CHANNELS.keys()


@pytest.mark.parametrize(
    ("channel", "rule", "ways"),
    [
        ("text", "defaults of the policy", "unmask"),
        ("input", "never unmasked: password, card, hidden or file field", "locked"),
        ("attribute", "mask .x", "rule"),
        ("media", "block_all_media", "show_media"),
        ("url", "address and CSS rules", ""),
    ],
)
def test_ways_to_open_an_element(channel, rule, ways):
    hints = hints_of({1: Counter([Mark(channel, rule)])}, {2: Region("p", "unmask p")})
    assert (hints[1].ways, hints[2].ways) == (ways, "mask")


def test_only_the_script_of_the_page_may_run():
    page = preview_page(json.dumps(many(1)).encode())
    [policy] = html.document_fromstring(page).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )
    assert policy == PAGE_POLICY
    data, code = html.document_fromstring(page).findall(".//script")
    assert (data.get("type"), data.get("id")) == ("application/json", "timeline")
    assert "<" not in data.text
    assert json.loads(data.text)["cut"] == CUT
    assert code.text.startswith("// Moves the pages")
    for frame in html.document_fromstring(page).findall(".//iframe"):
        assert frame.get("sandbox") == "allow-same-origin"


def test_a_film_of_nothing():
    film = Film([], panes=1)
    film.finish_all()
    assert (film.sections, film.pictures, film.shared) == ([], [], 1)
