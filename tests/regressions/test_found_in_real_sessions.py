"""Records of what leaked on sessions as browsers send them: across windows, moments and blocks.

Each record has a twin: a recording with the same shape and other private content. Both must redact
to the same bytes.
"""

import json
import re

import pytest
from helpers import Page, add, at_once, change, incremental, remove, say, typed

from replay_redact import Policy, redact_bytes
from replay_redact.testing import find_leaks

SHOWN = Policy(unmask="main")
PERMISSIVE = Policy.permissive()


def lines(items):
    return b"\n".join(json.dumps(item).encode() for item in items)


def events(items):
    return json.dumps(items).encode()


def private(data, twin, policy, *secrets):
    """Require that no secret shows, that a twin gives the same, and that the output is final."""
    assert all(secret.encode() in data for secret in secrets)  # the control
    assert data != twin
    once = redact_bytes(data, policy)
    assert [secret for secret in secrets if secret.encode() in once] == []
    assert redact_bytes(twin, policy) == once
    assert redact_bytes(once, policy) == once
    assert find_leaks(once, policy, secrets=secrets) == []
    assert find_leaks(data, policy, secrets=secrets) != []


def of_both(build, *secrets):
    """Build a recording twice: with secrets, and with others of the same shape."""
    for said in (secrets, [re.sub(r"\w", "q", secret) for secret in secrets]):
        Page()  # times begin anew
        yield build(*said)


# --- windows -----------------------------------------------------------------------------------


def tab(tag, attributes):
    page = Page()
    inner = page.element(tag, attributes, page.text("x"))
    return page.snapshot(page.element("body", {}, inner)), inner


@pytest.mark.parametrize("policy", [SHOWN, Policy()])
def test_q01_one_page_for_the_windows_of_a_session(policy):
    closed, node = tab("p", {"class": "rr-mask"})
    opened, _ = tab("main", {"class": "sentry-unmask"})

    def build(said, title):
        text = {"id": node["childNodes"][0]["id"]}
        later = [say(text, said), change(node, title=title)]
        return lines([("tab-1", closed), ("tab-2", opened), *(("tab-1", e) for e in later)])

    private(*of_both(build, "Jane Roe", "Diagnosis"), policy, "Jane Roe", "Diagnosis")


@pytest.mark.parametrize("policy", [SHOWN, PERMISSIVE])
def test_q02_a_password_typed_in_one_tab_was_judged_by_the_field_of_another(policy):
    closed, field = tab("input", {"type": "password"})
    opened, _ = tab("input", {"type": "search", "class": "sentry-unmask"})

    def build(word):
        of_tab = ((0, closed), (1, opened), (0, typed(field, word)))
        return lines({"window_id": tab, "data": [event]} for tab, event in of_tab)

    private(*of_both(build, "correct horse"), policy, "correct horse")


def test_q03_sessions_in_one_file_shared_a_page():
    closed, node = tab("p", {})
    opened, _ = tab("main", {})

    def build(said):
        changed = change(node, title=said)
        of_session = [("s1", closed), ("s2", opened), ("s1", changed)]
        return events([{**event, "sessionId": name} for name, event in of_session])

    private(*of_both(build, "Jane Roe"), SHOWN, "Jane Roe")


def test_q04_ids_of_windows_and_sessions_say_who_it_was():
    opened, _ = tab("p", {})
    names = ["jane.roe@shop.example", "Jane's tablet"]

    def build(session, window):
        return lines([{"session_id": session, "window_id": window, "data": [opened]}])

    once = redact_bytes(build(*names))
    assert json.loads(once).keys() == {"session_id", "window_id", "data"}
    assert redact_bytes(once) == once
    twin = [name[::-1] for name in names]
    assert redact_bytes(build(*twin)).startswith(b'{"session_id":"_a","window_id":"_b"')


# --- blocks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["data-sentry-block", "data-secret"])
def test_q05_a_block_by_attribute_was_forgotten_if_its_event_changed_a_fact(mark):
    policy = Policy(unmask="main", block=f"[{mark}]")

    def build(title, said, late):
        page = Page()
        other = page.element("p")
        region = page.element("main", {}, other)
        text = page.text("x")
        inner = page.element("p", {}, text)
        box = page.element("div", {mark: ""}, inner)
        both = add(region, box)
        both["data"]["attributes"] = change(other, class_="sentry-unmask")["data"]["attributes"]
        fresh = page.element("b", {}, page.text(late))
        return events([page.snapshot(region), both, change(inner, title=title), say(text, said), add(inner, fresh)])  # fmt: skip

    secrets = "Jane Roe", "Diagnosis", "hunter2"
    data, twin = of_both(build, *secrets)
    private(data, twin, policy, *secrets)


# --- moments -------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", [SHOWN, PERMISSIVE])
@pytest.mark.parametrize("becomes", [{"type": "password"}, {"autocomplete": "cc-csc"}])
def test_q06_a_field_became_a_password_just_after_something_was_typed(policy, becomes):
    def build(word):
        page = Page()
        field = page.element("input", {"type": "text"})
        later = [{**event, "timestamp": 9} for event in (typed(field, word), change(field, **becomes))]  # fmt: skip
        return events([page.snapshot(page.element("main", {}, field)), *later])

    private(*of_both(build, "hunter2"), policy, "hunter2")


def test_q07_a_region_was_closed_just_after_something_was_said_in_it():
    def build(said, rule):
        page = Page()
        text = page.text("x")
        style = page.element("style")
        region = page.element("main", {}, page.element("p", {}, text), style)
        css = f'p::after{{content:"{rule}"}}'
        inserted = incremental(8, id=style["id"], adds=[{"rule": css, "index": 0}])
        closed = change(region, class_="rr-mask")
        later = at_once(say(text, said), inserted, closed)
        return events([page.snapshot(region), *({**event, "timestamp": 9} for event in later)])

    policy = Policy(unmask="main", mask_css=False)
    private(*of_both(build, "Jane Roe", "Diagnosis"), policy, "Jane Roe", "Diagnosis")


# --- what an attacker found in moments --------------------------------------------------------------

GONE = {
    "an event that is none": 5,
    "a mutation that cannot be read": {"type": 3, "timestamp": 9, "data": {"source": 0, "texts": 5}},
    "another page": {**Page().snapshot(Page().element("p")), "timestamp": 9},
}  # fmt: skip


@pytest.mark.parametrize("how", GONE)
@pytest.mark.parametrize("policy", [SHOWN, PERMISSIVE])
def test_q08_a_moment_was_not_judged_again_if_its_page_was_forgotten_in_it(how, policy):
    def build(word):
        page = Page()
        field = page.element("input", {"type": "text"})
        later = [{**event, "timestamp": 9} for event in (typed(field, word), change(field, type="password"))]  # fmt: skip
        return events([page.snapshot(page.element("main", {}, field)), *later, GONE[how]])

    for data in of_both(build, "hunter2"):
        assert b"hunter2" not in redact_bytes(data, policy)


@pytest.mark.parametrize("whole", [True, False])
def test_q09_a_text_that_left_within_its_moment_was_not_judged_again(whole):
    def build(said, title):
        page = Page()
        text = page.text("x")
        region = page.element("main", {"class": "sentry-unmask"}, text)
        body = page.element("body", {}, region)
        gone = remove(body, region) if whole else remove(region, text)
        later = at_once(say(text, said), change(region, title=title), change(region, class_="rr-mask"), gone)  # fmt: skip
        return events([page.snapshot(body), *({**event, "timestamp": 9} for event in later)])

    private(*of_both(build, "Jane Roe", "Diagnosis"), SHOWN, "Jane Roe", "Diagnosis")


def test_q10_a_tree_that_cannot_be_read_and_names_no_window_may_be_of_any():
    page = Page()
    text = page.text("x")
    region = page.element("p", {"class": "sentry-unmask"}, text)
    broken = add(region, {"type": 2, "id": 9, "tagName": "p", "attributes": []})
    said = {**say(text, "Jane Roe"), "windowId": "a"}
    items = [{**page.snapshot(region), "windowId": "a"}, broken, said]
    for data in (events(items), lines(items)):
        assert b"Jane Roe" not in redact_bytes(data)


@pytest.mark.parametrize(
    "style", ["-webkit-text-security/**/:disc", "-webkit-text-securit\\79 :disc"]
)
def test_q11_css_that_shows_dots_may_be_written_otherwise(style):
    page = Page()
    field = page.element("input", {"style": style, "value": "hunter2"})
    assert b"hunter2" not in redact_bytes(events([page.snapshot(field)]), PERMISSIVE)


def test_q12_the_first_characters_of_an_id_decided_whether_it_was_one():
    event = {"type": 1, "timestamp": 1, "data": {}}
    for name in ("jane", "{ane", "x^ne", "é" * 70, "{0F8FAD5B-D9CB}"):
        assert json.loads(redact_bytes(lines([(name, event)]))) == ["_a", event]
