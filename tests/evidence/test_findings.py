"""Leaks of one place are one finding; findings of one place are one line of a summary."""

import json

import pytest

from replay_redact import Policy, redact_bytes
from replay_redact.evidence import Checked, Question, check, evidence_of, unread
from replay_redact.evidence.findings import findings_of, places_of
from replay_redact.evidence.text import line_of, summary_lines
from replay_redact.testing import find_leaks, recording_from_html
from tests.helpers import Page, change, custom, say, typed
from tests.real_recordings import SHARED_FILES, needs_shared, shared


def body(*events):
    return json.dumps(events).encode()


def checked(recording, **options):
    policy = options.pop("policy", Policy())
    return check(Question(policy, **options), "a.json", recording)


def shop():
    """Return a page on which one text changes ten times, and a field is typed into."""
    page = Page()
    price, field = page.text("12.50"), page.element("input", {"id": "who"})
    snapshot = page.snapshot(page.element("p", {"class": "price"}, price), field)
    changes = [say(price, f"1{number}.00 or so") for number in range(10)]
    keys = [typed(field, "Jane Roe"[:length]) for length in range(1, 9)]
    return body(snapshot, *changes, *keys, custom("cart", {"buyer": "Jane Roe"}))


def test_many_events_about_one_place_are_one_finding():
    found = {(own.leak.path, own.leak.field): own.times for own in checked(shop()).findings}
    assert found["p.price", "texts.value"] == 10
    assert found["input#who", "text"] == 8
    assert found["p.price", "textContent"] == 1


@pytest.mark.parametrize("secrets", [{}, {"visitor": "Jane Roe"}])
def test_findings_are_the_leaks_put_together(secrets):
    recording = shop()
    leaks = find_leaks(recording, secrets=secrets)
    assert checked(recording, named=secrets).findings == findings_of(leaks)
    assert checked(recording, named=secrets).leaks == len(leaks)


@needs_shared
@pytest.mark.parametrize("path", SHARED_FILES[:12], ids=lambda path: path.name)
def test_findings_are_the_leaks_put_together_on_real_pages(path):
    assert checked(shared(path)).findings == findings_of(find_leaks(shared(path)))


def test_the_worst_comes_first_and_secrets_before_all():
    found = checked(shop(), named={"visitor": "Jane Roe"}).findings
    about = [own.leak.secret is not None for own in found]
    assert about == sorted(about, reverse=True)
    rest = [own.times for own in found if own.leak.secret is None]
    assert rest == sorted(rest, reverse=True)
    assert about[0]


def test_only_secrets_looks_for_nothing_else():
    found = checked(shop(), named={"visitor": "Jane Roe"}, only_secrets=True).findings
    assert {own.leak.secret for own in found} == {"visitor"}


def test_what_redaction_drops_beside_the_events_counts():
    page = Page()
    odd = page.snapshot() | {"customer": "Jane Roe"}
    recording = body(odd)
    assert checked(recording).findings == findings_of(find_leaks(recording))
    assert checked(recording).leaks == 1


def test_a_private_recording_has_no_finding():
    private = checked(redact_bytes(shop()))
    assert (private.findings, private.trouble, private.leaks) == ((), "", 0)
    assert private.size == len(redact_bytes(shop()))
    assert len(private.sha256) == 64


def test_what_holds_nothing_is_no_private_recording():
    assert "was anything recorded" in checked(b"[]").trouble


def test_places_are_put_together_over_recordings():
    question = Question(Policy())
    recordings = [check(question, name, shop()) for name in ("a.json", "b.json")]
    [worst, *_] = places_of(recordings)
    assert (worst.times, worst.recordings, worst.first) == (20, 2, 0)
    evidence = evidence_of(question, tuple(recordings))
    text = "\n".join(summary_lines(evidence, 1))
    assert text.startswith("2 recordings: 2 with leaks\n")
    assert "a.json: event 1 Mutation p.price texts.value: ***** ** ** (" in text
    assert ", 20 times in 2 recordings\n" in text


def test_a_recording_without_findings_that_was_not_checked_is_not_called_private():
    assert line_of(Checked("a.json", trouble="it is broken")) == "a.json: not checked"
    question = Question(Policy(), named={"visitor": "Jane Roe"})
    assert unread(question, "a.json", "no such file").trouble == "no such file"
    assert unread(question, "Jane Roe.json", "no such file").name == "**** ********"


def test_evidence_tells_by_what_was_checked():
    evidence = evidence_of(Question(Policy(), "strict"), ())
    other = evidence_of(Question(Policy(unmask="p"), "mine"), ())
    assert (evidence.policy, other.policy) == ("strict", "mine")
    assert evidence.fingerprint != other.fingerprint
    assert evidence.date.endswith("+00:00")
    assert list(summary_lines(evidence, 3)) == []


def test_names_in_paths_show_no_long_number():
    page = recording_from_html(
        "<p id='order-4711123'><b class='card-4111111111111111'>Jane</b></p>"
    )
    paths = {own.leak.path for own in checked(page).findings}
    assert paths == {
        "html > body > p#order-0000000",
        "html > body > p#order-0000000 > b.card-0000000000000000",
    }


def test_a_path_follows_what_a_page_becomes():
    page = Page()
    text = page.text("Jane")
    box = page.element("p", {"class": "old"}, text)
    recording = body(page.snapshot(box), change(box, class_="new"), say(text, "Bob Doe"))
    assert len({own.leak.path for own in checked(recording).findings}) == 1


@pytest.mark.parametrize("odd", [["a"], {"a": "b"}, 7, True, None])
def test_an_id_that_is_no_string_names_nobody(odd):
    page = Page()
    box = page.element("p", {"class": odd, "id": odd}, page.text("Jane"))
    paths = {own.leak.path for own in checked(body(page.snapshot(box))).findings}
    assert paths == {"p"}


def test_names_that_the_policy_masks_are_in_no_path():
    page = recording_from_html("<p id='jane'>Jane</p><p class='roe'>Roe</p>")
    policy = Policy(mask_attributes=["ID", "class"])
    assert {own.leak.path for own in checked(page, policy=policy).findings} == {"html > body > p"}
