"""`Archive.find`: by person, time, content and policy."""

import gzip
import json

import pytest
from archives import AT_FIRST, JANE, OTHER, STRICTER, Clock, archive_at, fill
from helpers import Page, say, typed

from replay_redact import Policy
from replay_redact.archive import Deleted, FolderStore


def names(found):
    return sorted(one.session for one in found)


def custom(*payloads):
    events = [
        {"type": 5, "timestamp": n, "data": {"tag": "t", "payload": p}}
        for n, p in enumerate(payloads)
    ]
    return json.dumps(events).encode()


@pytest.fixture
def clear(tmp_path):
    """An archive of recordings that nobody has redacted."""
    clock = Clock()
    archive = archive_at(tmp_path, clock=clock)
    archive.put("a", 0, custom("nothing"), subjects=[JANE])
    archive.put("a", 1, custom("x", "of JANE  roe"), subjects=[JANE])
    clock.time = clock.time.replace(day=2)
    archive.put("b", 0, custom("4111-1111-1111-1111"), subjects=[OTHER])
    clock.time = clock.time.replace(day=3)
    archive.put("c", 0, custom("Jane Doe"))
    archive.clock = clock
    return archive


def test_secrets(clear):
    found = list(clear.find(secrets={"name": "Jane Roe", "card": "4111 1111 1111 1111"}))
    assert [(one.session, one.first.day) for one in found] == [("a", 1), ("b", 2)]
    [[spot], [card]] = [one.spots for one in found]
    assert (spot.segment, spot.leak.event, spot.leak.secret, spot.leak.rule) == (
        1,
        1,
        "name",
        "spaced otherwise",
    )
    assert (card.segment, card.leak.secret) == (0, "card")
    assert "4111" not in repr(found)
    assert "jane" not in repr(found).lower()


def test_conditions_are_all_to_hold(clear):
    day = clear.clock.time.replace
    assert names(clear.find(subject=JANE.upper())) == ["a"]
    assert names(clear.find(subject=JANE, secrets=["4111 1111 1111 1111"])) == []
    assert names(clear.find(subject="nobody")) == []
    assert names(clear.find(subject=JANE, sessions=["b", "a"])) == ["a"]
    assert names(clear.find(sessions="c")) == ["c"]
    assert names(clear.find(before=day(day=2))) == ["a"]
    assert names(clear.find(after=day(day=2))) == ["b", "c"]
    assert names(clear.find(after=day(day=2), before=day(day=3))) == ["b"]
    assert names(clear.find(after=day(day=2), secrets=["jane "])) == ["c"]


def test_what_is_deleted_is_not_found(clear, monkeypatch):
    clear.delete(["b"], by="x", reason="y")
    assert names(clear.find(secrets=["Jane", "4111"])) == ["a", "c"]
    assert names(clear.find(sessions=["b", "never"])) == []

    def read(*_):
        raise Deleted("c")

    searching = clear.find(secrets=["jane"], sessions=["a", "c"])
    assert next(searching).session == "a"
    monkeypatch.setattr(FolderStore, "read", read)  # as if it went between listing and reading
    assert list(searching) == []


@pytest.mark.parametrize("conditions", [{}, {"spread": True}, {"secrets": []}])
def test_at_least_one_condition(clear, conditions):
    with pytest.raises(ValueError, match="say what to find"):
        clear.find(**conditions)


def test_complaints_come_at_once(clear):
    with pytest.raises(ValueError, match="secret 1 is shorter"):
        clear.find(secrets=["abc"])
    with pytest.raises(TypeError):
        clear.find(secrets=[b"abcd"])


def test_leaks(tmp_path):
    archive = archive_at(tmp_path)
    fill(archive, {"redacted": [JANE], "odd": []})
    archive.put("odd", 3, b"<html>")
    archive.put("clear", 0, custom("Jane Roe"))
    assert {one.session: one.state for one in archive.find(leaks=AT_FIRST)} == {
        "odd": "unreadable",
        "clear": "shown",
    }
    assert {one.session: one.state for one in archive.find(leaks=STRICTER)} == {
        "odd": "unreadable",
        "redacted": "shown",
        "clear": "shown",
    }
    assert names(archive.find(leaks=STRICTER, subject=JANE)) == ["redacted"]
    assert names(archive.find(leaks=AT_FIRST, secrets=["Jane Roe"])) == ["clear"]
    assert archive_at(tmp_path, hours=24 * 9999).redact(STRICTER, ["redacted"]).sessions == (
        "redacted",
    )
    assert names(archive.find(leaks=STRICTER, subject=JANE)) == []


def spread_over_segments():
    page = Page()
    field, one, two = page.element("input", {}), page.text("my Ja"), page.text("ne Roe")
    first = [page.snapshot(page.element("p", {}, one, two), field), typed(field, "Jo"), 17]
    return json.dumps(first).encode(), json.dumps([typed(field, "hn Doe"), say(two, "x")]).encode()


def test_what_is_spread(tmp_path):
    archive = archive_at(tmp_path)
    first, second = spread_over_segments()
    archive.put("a", 0, gzip.compress(first))
    archive.put("a", 1, b"<html> but not John Doe's")
    archive.put("a", 2, second)
    secrets = ["jane roe", "John Doe"]
    assert [spot.segment for one in archive.find(secrets=secrets) for spot in one.spots] == [1]
    [found] = archive.find(secrets=secrets, spread=True)
    seen = [
        (spot.segment, spot.leak.event, spot.leak.secret, spot.leak.channel, spot.leak.rule)
        for spot in found.spots
    ]
    assert seen == [
        (1, 0, "secret 2", "structure", "plain"),
        (0, 0, "secret 1", "text", "spread over several texts"),
        (0, 1, "secret 2", "input", "typed key by key"),
    ]


def test_content_in_any_form_is_searched(tmp_path):
    archive = archive_at(tmp_path, layout="{project}/{session}.json")
    for name, data in {
        "text": b"Dear Jane Roe",
        "zipped": gzip.compress(b"[\xff] Jane Roe"),
        "none": b"Dear John",
        "form": b"data=WyJKYW5lIFJvZSJd",
    }.items():
        archive.put(name, 0, data, labels={"project": "p"})
    assert names(archive.find(secrets=["Jane Roe"])) == ["form", "text", "zipped"]
    assert [one.state for one in archive.find(leaks=Policy(), sessions=["none"])] == ["unreadable"]
