"""The preview page: what was masked, where and why, in frames and in tables."""

import json
import re

import pytest
from helpers import Page, typed
from hypothesis import given, settings
from lxml import html

from replay_redact import DecodeError, Policy, decode
from replay_redact._masks.differences import CHANNELS
from replay_redact.preview import preview_page, snapshot_documents
from replay_redact.preview.page import MAX_ROWS
from replay_redact.strategies import planted, policies, twins, wild_recordings
from replay_redact.testing import recording_from_html


def read(page):
    return html.document_fromstring(page)


def without_facts(page):
    """Leave out the hash of the recording, and the time."""
    return re.sub("<dl.*?</dl>", "", page)


def rows(page, caption):
    """Return the rows of the table with a caption."""
    [table] = [t for t in page.findall(".//table") if t.findtext("caption").startswith(caption)]
    return [[cell.text or "" for cell in row] for row in table.findall("tr")[1:]]


RECORDING = recording_from_html(
    "<nav class=sentry-unmask>Shop</nav><p title=Jane>Jane Roe</p><p>Joe</p><svg><path></path></svg>"
)


def test_only_what_redaction_leaves_is_shown():
    page = preview_page(RECORDING, title="T")
    assert "Jane" not in page
    assert "Joe" not in page
    [frame] = read(page).findall(".//iframe")
    assert frame.get("sandbox") == "allow-same-origin"
    assert "**** ***" in frame.get("srcdoc")
    assert read(page).findtext(".//title") == "T"
    assert not read(page).find_class("warning")


def test_before_and_after_stand_side_by_side():
    page = read(preview_page(RECORDING, compare=True))
    before, after = [frame.get("srcdoc") for frame in page.findall(".//iframe")]
    assert "Jane Roe" in before
    assert "Jane Roe" not in after
    [warning] = page.find_class("warning")
    assert "in clear" in warning.text


def test_tables_count_what_was_masked_and_list_what_was_not():
    page = read(preview_page(RECORDING))
    rule, asterisks = "defaults of the policy", "asterisks instead of"
    assert rows(page, "Masked or dropped") == [
        [rule, "text", f"{asterisks} text", "2"],
        [rule, "attribute", f"{asterisks} the value", "1"],
        ["block_all_media", "media", "a gray box", "1"],
    ]
    assert rows(page, "Masked in this snapshot") == [
        ["text", "defaults of the policy", "2"],
        ["attribute", "defaults of the policy", "1"],
        ["media", "block_all_media", "1"],
    ]
    assert rows(page, "Shown in clear: 1") == [
        ["html > body > nav.sentry-unmask", "unmask .sentry-unmask"]
    ]


def test_a_pointer_shows_the_channel_and_the_rule():
    page = read(read(preview_page(RECORDING)).find(".//iframe").get("srcdoc"))
    assert page.find(".//p").get("title").splitlines() == [
        "attribute: defaults of the policy", "text: defaults of the policy",
    ]  # fmt: skip
    assert page.find(".//nav").get("title") == "shown in clear: unmask .sentry-unmask"


def test_several_places_of_an_element_are_counted():
    page = preview_page(recording_from_html("<p>Jane<br>Roe</p>"))
    frame = read(read(page).find(".//iframe").get("srcdoc"))
    assert frame.find(".//p").get("title") == "text: defaults of the policy (2 places)"


def test_a_long_table_says_how_much_more_there_is():
    many = "".join(f"<p>Jane<b class=sentry-unmask>x{n}</b></p>" for n in range(MAX_ROWS + 5))
    page = read(preview_page(recording_from_html(many)))
    assert len(rows(page, f"Shown in clear: {MAX_ROWS + 5}")) == MAX_ROWS
    assert "and 5 more" in [p.text for p in page.findall(".//p")]


def test_every_full_snapshot_is_shown():
    page, other = Page(), Page()
    events = [
        page.snapshot(page.element("p", {}, page.text("one"))),
        other.snapshot(other.element("p", {}, other.text("other"))),
    ]
    shown = read(preview_page(json.dumps(events).encode()))
    assert [h2.text for h2 in shown.findall(".//section/h2")] == [
        "Full snapshot 1 (event 0)", "Full snapshot 2 (event 1)",
    ]  # fmt: skip


def test_a_recording_without_a_page_is_no_error():
    page = preview_page(
        b'[{"type": 4, "timestamp": 1, "data": {"href": "", "width": 1, "height": 1}}]'
    )
    assert "no full snapshot" in page
    assert "<iframe" not in page


def test_what_is_no_recording_is_an_error():
    with pytest.raises(DecodeError):
        preview_page(b"Jane")


def test_control_characters_in_a_title_do_not_break_the_page():
    assert read(preview_page(RECORDING, title="a\x00b")).findtext(".//title") == "a\ufffdb"


@pytest.mark.parametrize(
    "policy", [Policy.permissive(), Policy.sentry(), Policy.lockdown()], ids=str
)
def test_every_preset_has_a_preview(policy):
    page = read(preview_page(RECORDING, policy, compare=True))
    assert {row[1] for row in rows(page, "Masked or dropped")} <= CHANNELS.keys()


def test_every_page_forbids_scripts_and_addresses():
    [policy] = read(preview_page(RECORDING)).xpath("//meta[@http-equiv='Content-Security-Policy']")
    assert "default-src 'none'" in policy.get("content")


def test_documents_of_snapshots_have_no_hints():
    [shown] = snapshot_documents(decode(RECORDING))
    assert "Jane Roe" in shown
    assert "data-mark=" not in shown


# --- whatever the recording -------------------------------------------------------------------


@settings(max_examples=60)
@given(wild_recordings(), policies())
def test_of_any_recording_there_is_a_page(events, policy):
    page = preview_page(json.dumps(events).encode(), policy, compare=True)
    assert len(read(page).findall(".//iframe")) == 2 * len(read(page).findall(".//section"))


@settings(max_examples=60)
@given(twins())
def test_what_is_private_makes_no_difference(pair):
    first, second = (  # a recorded asterisk does not count as changed
        without_facts(
            preview_page(json.dumps(events).replace("*", "+").encode(), Policy(unmask=()))
        )
        for events in pair
    )
    assert first == second


@settings(max_examples=60)
@given(planted())
def test_no_page_shows_a_secret(pair):
    events, secrets = pair
    page = preview_page(json.dumps(events).encode(), Policy(unmask=())).lower()
    assert [secret for secret in secrets if secret.lower() in page] == []


def test_later_changes_in_clear_are_listed():
    page = Page()
    field = page.element("input")
    events = [page.snapshot(page.element("main", {}, field)), typed(field, "J"), typed(field, "Ja")]
    data = json.dumps(events).encode()
    shown, hidden = preview_page(data, Policy(unmask="main")), preview_page(data)
    assert "Shown in clear by 2 later changes" in shown
    assert "main &gt; input" in shown
    assert "No later change, typed or made by the page, shows anything in clear." in hidden
