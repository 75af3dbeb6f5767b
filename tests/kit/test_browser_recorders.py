"""The recorders of browser tests, with a stand-in for the page; tests/browser has the real one."""

import gzip
import json
from types import SimpleNamespace

import pytest
from helpers import Page, mutation, typed

from replay_redact import Policy, decode
from replay_redact._masks.differences import CHANNELS
from replay_redact.pytest_plugin import replay_recorder, sdk_recorder
from replay_redact.testing.browser import ReplayRecorder, SdkRecorder, recorder_script, sdks
from replay_redact.testing.browser.messages import message
from replay_redact.testing.browser.sent import Sent, leaks_of, read, sdk_of
from replay_redact.testing.checks import find_leaks

SNAPSHOTS = "https://eu.posthog.example/s/"
ID = "01890a5d-ac96-774b-bcce-b302099a8057"
ENVELOPES = "https://o1.ingest.example/api/42/envelope/?sentry_key=abc"


class Tab:
    """What the recorders use of a page of Playwright."""

    def __init__(self, url="about:blank"):
        self.url = url
        self.scripts, self.evaluated, self.marks = [], [], []
        self.closed = False
        self.time = 0.0
        self.on_mark = lambda _mark: None

    def expose_function(self, _name, keep):
        self.emit = keep

    def add_init_script(self, script):
        self.scripts.append(script)

    def evaluate(self, script, argument=None):
        self.evaluated.append(script)
        if argument is not None:
            self.marks.append(argument)

    def is_closed(self):
        return self.closed

    def on(self, _event, look):
        self.look = look

    def route(self, _pattern, answer):
        self.answer = answer

    def wait_for_timeout(self, milliseconds):
        self.time += milliseconds / 1000
        self.on_mark(self.marks[-1])

    def send(self, url, body):
        self.look(SimpleNamespace(url=url, post_data_buffer=body))


@pytest.fixture
def tab(monkeypatch):
    tab = Tab()
    monkeypatch.setattr(sdks.time, "monotonic", lambda: tab.time)
    return tab


class Route:
    """One request, and how it was answered."""

    def __init__(self, url, body=None, **headers):
        self.request = SimpleNamespace(url=url, post_data_buffer=body, headers=headers)
        self.answered = None

    def fulfill(self, **answer):
        self.answered = answer

    def fallback(self):
        self.answered = "fallback"


def events_of_a_form(**attributes):
    page = Page()
    field = page.element("input", {"id": "name", **attributes})
    note = page.element("textarea", {"class": "note"})
    form = page.element("form", {"data-testid": "check-out"}, field, note, page.text("Jane Roe"))
    events = [page.snapshot(page.element("html", {}, page.element("body", {}, form)))]
    events += [typed(field, "Jane Roe"), typed(note, "Winterfeld")]
    return events, field


def posthog(events, **properties):
    told = {"$snapshot_data": events, "$session_id": ID, "$window_id": ID, **properties}
    return gzip.compress(json.dumps({"event": "$snapshot", "properties": told}).encode())


def marked(mark):
    page = Page()
    return posthog([page.snapshot(page.element("html", {}, page.element("i", {"id": mark})))])


# --- rrweb ---


def test_a_page_is_recorded_from_the_next_document_on(tab):
    recorder = ReplayRecorder(tab, {"maskAllInputs": True}, secrets=["Jane Roe"])
    assert tab.evaluated == []
    assert tab.scripts == [recorder_script({"maskAllInputs": True})]
    for event in events_of_a_form()[0]:
        tab.emit(json.dumps(event))
    assert len(decode(recorder.recording())) == 3
    with pytest.raises(AssertionError) as caught:
        recorder.check()
    assert str(caught.value).splitlines() == [
        "6 leaks in what rrweb recorded:",
        "  secret 1 can be read in 2 places",
        "  text: 2",
        '    in the browser: maskTextSelector: "*", or the class rr-mask on the element',
        f"    where it is stored: {CHANNELS['text']}",
        '    html > body > form[data-testid="check-out"] textContent holds secret 1 (plain)',
        '    html > body > form[data-testid="check-out"] textContent (defaults of the policy)',
        "  input: 3",
        "    in the browser: maskAllInputs: true; the class rr-ignore leaves the field's events out",
        f"    where it is stored: {CHANNELS['input']}",
        '    html > body > form > input#name in [data-testid="check-out"] text holds secret 1 (plain)',
        '    html > body > form > input#name in [data-testid="check-out"] text (defaults of the policy)',
        '    html > body > form > textarea.note in [data-testid="check-out"] text (defaults of the policy)',
        "  attribute: 1",
        "    in the browser: the class rr-block on the element",
        f"    where it is stored: {CHANNELS['attribute']}",
        '    html > body > form[data-testid="check-out"] attributes.data-testid (defaults of the policy)',
    ]
    recorder.check(policy=Policy.permissive(), secrets=())


def test_a_page_that_is_open_is_recorded_from_now_on():
    tab = Tab("https://shop.example/")
    ReplayRecorder(tab)
    assert tab.evaluated == tab.scripts


def test_what_was_recorded_of_a_closed_page_is_checked(tab):
    recorder = ReplayRecorder(tab)
    tab.emit(json.dumps(Page().snapshot()))
    tab.closed = True
    recorder.check()
    assert tab.evaluated == []


def test_nothing_recorded_is_a_failure(tab):
    with pytest.raises(AssertionError, match="nothing was recorded"):
        ReplayRecorder(tab).check()


def test_events_without_a_page_are_a_failure(tab):
    recorder = ReplayRecorder(tab, {"recordAfter": "load"})
    tab.emit('{"type": 0, "timestamp": 1, "data": {}}')  # the page is not loaded yet
    for look in (recorder.check, recorder.recording):
        with pytest.raises(AssertionError, match="nothing was recorded"):
            look()


def test_options_cannot_end_the_script_of_a_page():
    assert "</script" not in recorder_script({"maskTextSelector": "</script>"}).partition("...")[2]


def test_a_file_that_is_not_there_is_an_error(tab, tmp_path):
    with pytest.raises(FileNotFoundError):
        ReplayRecorder(tab, rrweb=tmp_path / "rrweb.js")


# --- messages ---


def test_test_ids_are_names_and_no_secrets():
    for value in ["jane roe", "jane-roe", "row-123456", 7]:
        events, field = events_of_a_form(**{"data-testid": value, "data-cy": "field"})
        data = json.dumps(events).encode()
        leaks = [leak for leak in find_leaks(data) if leak.node == field["id"]]
        told = message(leaks, decode(data), ["rrweb"], {"name": "jane-roe"})
        assert 'input#name[data-cy="field"] text' in told
        assert "jane" not in told
        assert "123456" not in told


def test_places_are_counted_and_cut():
    events, field = events_of_a_form()
    events += [typed(field, "Jane"), typed(field, "Jane R")]
    page = Page()
    events.append(
        page.snapshot(
            page.element(
                "html",
                {},
                *(page.element("p", {"title": "x"}, page.text("Jane")) for _ in range(3)),
                *(page.element(tag, {}, page.text("Jane")) for tag in "abiusq"),
            )
        )
    )
    data = json.dumps(events).encode()
    told = message(find_leaks(data), decode(data), ["posthog-js"], {})
    assert 'input#name in [data-testid="check-out"] text (defaults of the policy), 3 times' in told
    assert "html > p textContent (defaults of the policy), 3 times" in told
    assert "and 3 places more" in told


def test_a_node_below_itself_has_no_test_id():
    page = Page()
    snapshot = page.snapshot(page.element("html", {}))
    node = page.element("p", {"title": "Jane"}, page.text("Jane"))
    addition = {"parentId": node["id"], "nextId": None, "node": node}
    events = [snapshot, mutation(adds=[addition])]
    data = json.dumps(events).encode()
    leaks = find_leaks(data)
    assert node["id"] in {leak.node for leak in leaks}
    assert "data-testid" not in message(leaks, decode(data), ["rrweb"], {})


def test_channels_without_advice_for_the_browser_say_what_to_do_where_it_is_stored():
    data = b'[{"type": 4, "timestamp": 1, "data": {"href": "https://shop.example/jane", "width": 1, "height": 1}}]'
    told = message(find_leaks(data), decode(data), ["rrweb"], {}).splitlines()
    assert told[1:3] == [
        "  url: 1",
        "    where it is stored: redact: addresses keep scheme and host; list public paths in public_paths",
    ]


# --- which requests ---


@pytest.mark.parametrize(
    ("address", "body", "sdk"),
    [
        (ENVELOPES, b"anything", "@sentry/browser"),
        ("https://shop.example/tunnel", b'{"dsn":"x"}\n{"type":"event"}\n{}', "@sentry/browser"),
        ("https://shop.example/tunnel", b'{"dsn":"x"}', None),
        (SNAPSHOTS, gzip.compress(b"[]", mtime=0), "posthog-js"),
        ("https://shop.example/ingest/e/?compression=base64", b"data=e30", "posthog-js"),
        ("https://shop.example/ingest/i/v0/e/", b'{"event": "$pageview", "properties": {}}', "posthog-js"),
        ("https://shop.example/e/", b'{"cart": 3}', None),
        ("https://shop.example/orders", gzip.compress(b"[]", mtime=0), None),
    ],
)  # fmt: skip
def test_requests_of_sdks_are_told_from_those_of_the_page(address, body, sdk):
    assert sdk_of(address, body) == sdk


def test_segments_are_judged_together():
    events, _ = events_of_a_form()
    first, second = posthog(events[:1]), posthog(events[1:])
    joined, leaks = leaks_of([Sent("posthog-js", first), Sent("posthog-js", second)], None, {})
    assert len(joined) == 3
    assert [leak.path for leak in leaks if leak.channel == "input"] == [
        "html > body > form > input#name",
        "html > body > form > textarea.note",
    ]
    alone = leaks_of([Sent("posthog-js", second)], None, {})[1]
    assert [leak.channel for leak in alone] == ["event", "event"]


def test_what_stands_beside_events_counts_if_it_is_secret_or_a_policy_asks():
    sent = [
        Sent("posthog-js", posthog([{"type": 1, "timestamp": 1, "data": {}}], title="Jane Roe"))
    ]
    assert leaks_of(sent, None, {})[1] == []
    [found] = leaks_of(sent, None, {"name": "Jane Roe"})[1]
    assert (found.field, found.secret) == ("properties.title", "name")
    assert {leak.field for leak in leaks_of(sent, Policy(), {})[1]} >= {"properties.title"}


def test_what_cannot_be_read_is_a_leak():
    broken = posthog([{"type": 1, "timestamp": 1, "data": {}}, {"type": "Jane"}])
    sent = [Sent("posthog-js", broken), Sent("posthog-js", b"Dear Jane Roe")]
    joined, leaks = leaks_of(sent, None, {"name": "Jane Roe"})
    assert len(joined) == 1
    assert [(leak.kind, leak.field, leak.secret) for leak in leaks] == [
        ("Unreadable", "event", None),
        ("body", "the whole body", None),
        ("recording", "what cannot be read", "name"),
    ]
    assert "Jane" not in message(leaks, joined, ["posthog-js"], {"name": "Jane Roe"})
    assert str(read(b"Dear Jane Roe")) == leaks[1].rule


# --- what an SDK sends ---


def test_what_was_sent_is_checked_once_all_of_it_came(tab):
    sent = SdkRecorder(tab)
    events, _ = events_of_a_form()
    body = posthog(events)
    tab.send(SNAPSHOTS, body)
    tab.send(SNAPSHOTS, b"\x1f\x8b no gzip")
    tab.send("https://shop.example/cart", b'{"cart": 3}')
    tab.send("https://shop.example/logo.png", None)
    tab.on_mark = lambda mark: tab.time > 2 and tab.send(SNAPSHOTS, marked(mark))
    with pytest.raises(AssertionError, match="leaks in what posthog-js recorded") as caught:
        sent.check(secrets=["Jane Roe"])
    assert "the whole body (" in str(caught.value)
    assert "Jane" not in str(caught.value)
    assert sent.bodies()[0] == body
    assert tab.marks == ["replay-redact-end-1"] * 2  # put in and taken out
    assert 2 < tab.time < 3


def test_nothing_sent_is_a_failure(tab):
    with pytest.raises(AssertionError, match="no SDK sent a recording in 15 s"):
        SdkRecorder(tab).check()


def test_events_without_a_recording_are_a_failure(tab):
    sent = SdkRecorder(tab)
    tab.send(ENVELOPES, b'{"sent_at":"2026"}\n{"type":"session"}\n{}')
    with pytest.raises(AssertionError, match="no SDK sent a recording in 15 s"):
        sent.check()


def test_a_recording_that_does_not_go_on_is_a_failure(tab):
    sent = SdkRecorder(tab)
    tab.send(SNAPSHOTS, posthog(events_of_a_form()[0]))
    with pytest.raises(AssertionError, match="posthog-js did not send all of the recording"):
        sent.check()


def test_each_of_two_sdks_has_to_send_all(tab):
    sent = SdkRecorder(tab)
    events = events_of_a_form()[0]
    segment = b'{"segment_id":0}\n' + json.dumps(events).encode()
    head = b'{"sent_at":"2026"}\n{"type":"replay_recording","length":%d}\n' % len(segment)
    tab.send(ENVELOPES, head + segment)
    tab.on_mark = lambda mark: tab.send(SNAPSHOTS, marked(mark))
    with pytest.raises(AssertionError, match="@sentry/browser did not send all of the recording"):
        sent.check()
    leaks = leaks_of(sent._sent, None, {})[1]
    told = message(leaks, [], ["@sentry/browser", "posthog-js"], {})
    assert "leaks in what @sentry/browser and posthog-js recorded:" in told
    assert "    in the browser (posthog-js): session_recording: {maskAllInputs: true}" in told


def test_requests_of_sdks_are_answered_and_no_others(tab):
    SdkRecorder(tab)

    def answer(url, body=None, **headers):
        route = Route(url, body, **headers)
        tab.answer(route)
        return route.answered

    allowed = {
        "access-control-allow-origin": "https://shop.example",
        "access-control-allow-credentials": "true",
    }
    assert answer(ENVELOPES, b"{}\n", origin="https://shop.example") == {
        "json": {},
        "headers": allowed,
    }
    assert (
        answer("https://x.example/flags/?v=2", b"{}")["json"]["sessionRecording"]["endpoint"]
        == "/s/"
    )
    assert (
        answer("https://x.example/array/phc/config")["headers"]["access-control-allow-origin"]
        == "*"
    )
    assert answer("https://x.example/array/phc/config.js")["content_type"] == "text/javascript"
    assert answer("https://shop.example/cart", b'{"cart": 3}') == "fallback"
    assert answer("https://shop.example/flags.png") == "fallback"


# --- fixtures ---


class Request:
    """What the fixtures use of a request of pytest."""

    def __init__(self, tmp_path, *, bundle="", policy=None, marker=None):
        self.node = self.config = self
        self.rootpath = tmp_path
        self.user_properties = []
        self._bundle, self._policy, self._marker = bundle, policy, marker

    def getini(self, _name):
        return self._bundle

    def getoption(self, _name):
        return self._policy

    def get_closest_marker(self, _name):
        return self._marker


def test_the_fixture_for_rrweb_takes_policy_secrets_and_bundle(tab, tmp_path):
    (tmp_path / "own.js").write_text("/* own */", "utf-8")
    marker = pytest.mark.replay(policy="permissive", secrets=["Jane Roe"]).mark
    request = Request(tmp_path, bundle="own.js", marker=marker)
    recorder = replay_recorder.__wrapped__(request)(tab, maskAllInputs=True)
    assert "/* own */" in tab.scripts[0]
    assert '...{"maskAllInputs": true}' in tab.scripts[0]
    for event in events_of_a_form()[0]:
        tab.emit(json.dumps(event))
    with pytest.raises(AssertionError, match="2 leaks in what rrweb recorded"):
        recorder.check()
    assert request.user_properties == [("replay_leaks_input", 1), ("replay_leaks_text", 1)]


def test_the_fixtures_without_options(tab, tmp_path):
    recorder = replay_recorder.__wrapped__(Request(tmp_path))(tab)
    assert tab.scripts == [recorder_script()]
    tab.emit(json.dumps(Page().snapshot()))
    recorder.check()


@pytest.mark.parametrize(("policy", "leaks"), [(None, 0), ("strict", 1)])
def test_the_fixture_for_sdks_asks_for_what_sdks_mask_unless_a_policy_is_given(
    tab, tmp_path, policy, leaks
):
    request = Request(tmp_path, policy=policy)
    sent = sdk_recorder.__wrapped__(request)(tab)
    tab.on_mark = lambda mark: (
        tab.send(SNAPSHOTS, posthog([], title="Jane Roe")) or tab.send(SNAPSHOTS, marked(mark))
    )
    if leaks:
        with pytest.raises(AssertionError, match="metadata: 1"):
            sent.check()
    else:
        sent.check()
    assert sum(count for _, count in request.user_properties) == leaks
