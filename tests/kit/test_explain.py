"""`explain` says of nodes, elements and texts what is kept and masked, why, and at which event."""

import json
from collections import defaultdict

import pytest
from helpers import (
    Page,
    add,
    at_once,
    change,
    crumb,
    custom,
    incremental,
    mutation,
    remove,
    say,
    typed,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from replay_redact import Policy, PolicyError, decode, redact_bytes
from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact.scrub import Scrub
from replay_redact.strategies import policies, recordings, wild_recordings
from replay_redact.testing import explain, find_leaks, recording_from_html
from replay_redact.testing.explanations import answers, gathering
from replay_redact.testing.explanations.places import places

DEFAULT_TEXT = "defaults of the policy: mask_all_text"


def to_bytes(events):
    return json.dumps(events).encode()


def told(recording, what, policy=None, **more):
    """Return the verdicts about the only match: name, fate, rule, element."""
    data = recording if isinstance(recording, bytes) else to_bytes(recording)
    [match] = explain(data, what, policy or Policy(), **more).matches
    return [(own.name, own.fate, own.rule, own.element) for own in match.verdicts]


def of_html(html, what, **options):
    return told(recording_from_html(html), what, Policy(**options))


# --- what can be asked for ------------------------------------------------------------------------

HTML = "<nav class=menu><b>Tea</b></nav><div id=account><b>Jane Roe</b></div>"


@pytest.mark.parametrize(
    ("what", "asked", "paths"),
    [
        ("nav b", "selector nav b", ["html > body > nav.menu > b"]),
        ("#account b, .menu", "selector #account b, .menu", ["html > body > nav.menu", "html > body > div#account > b"]),
        ("b:not(#account *)", "selector b:not(#account *)", ["html > body > nav.menu > b"]),
        ("tea", "text 'tea'", ["html > body > nav.menu > b"]),
        ("JANE   roe", "text 'JANE   roe'", ["html > body > div#account > b"]),
        ('"Jane"', "text 'Jane'", ["html > body > div#account > b"]),
        (6, "node 6", ["html > body > nav.menu > b"]),
        (7, "node 7", ["html > body > nav.menu > b"]),
        ("6", "text '6'", []),
    ],
)  # fmt: skip
def test_ids_selectors_and_texts(what, asked, paths):
    answer = explain(recording_from_html(HTML), what)
    assert answer.asked == asked
    assert [match.path for match in answer.matches] == paths
    assert bool(answer) == bool(paths)
    assert (answer.more, {match.window for match in answer.matches}) == (0, {1} if paths else set())


def test_a_hint_says_what_else_could_be_meant():
    page = recording_from_html("<nav>nav</nav><style>a:hover{color:red}</style>")
    assert explain(page, "nav").hint == "for the text nav, write '\"nav\"'"
    assert explain(page, '"nav"').matches[0].verdicts[0].name == "text"
    assert explain(page, "Jane").hint == "no element matches it as a selector, either"
    assert explain(page, "red").hint == ""
    refused = explain(page, "a:hover")
    assert (refused.asked, refused.matches[0].path) == ("text 'a:hover'", "html > body > style")
    assert "no policy could use it" in str(refused)
    assert explain(recording_from_html("<p>"), "p").hint == "for the text p, write '\"p\"'"
    assert explain(page, "{color:").hint == ""
    assert explain(page, "Balance: 12").hint.startswith(
        "it is no selector, either: invalid selector"
    )
    assert explain(page, 99).hint == "for the text 99, write '\"99\"'"
    assert explain(page, 1).hint == ""


@pytest.mark.parametrize("selector", ["p:hover", "li:nth-child(2)", "p + p"])
def test_refused_selectors_are_an_error_with_the_reason(selector):
    page = recording_from_html("<p>a</p>")
    with pytest.raises(PolicyError) as refused:
        Policy(mask=selector)
    with pytest.raises(PolicyError) as caught:
        explain(page, selector)
    assert str(caught.value).startswith(str(refused.value))


@pytest.mark.parametrize("what", [True, None, b"p", 1.5])
def test_other_questions_are_an_error(what):
    with pytest.raises(TypeError, match="an id, a selector or a text"):
        explain(b"[]", what)


@pytest.mark.parametrize(
    ("what", "more", "why"),
    [("", {}, "this is empty"), ("p", {"at": 2}, "no event 2: the recording has 2"), ("p", {"at": -1}, "no event -1")],
)  # fmt: skip
def test_questions_without_sense(what, more, why):
    with pytest.raises(ValueError, match=why):
        explain(recording_from_html("<p>a</p>"), what, **more)


def test_recordings_of_any_form():
    data = recording_from_html(HTML)
    answers_ = [explain(form, "b") for form in (data, json.loads(data), decode(data))]
    assert answers_[0] == answers_[1] == answers_[2]


# --- channel by channel ---------------------------------------------------------------------------


def test_text_and_the_rule_that_is_nearest():
    html = "<main><div id=account>Balance <b class=name>Jane</b></div></main>"
    options = {"unmask": ["main", ".name"], "mask": "#account"}
    assert of_html(html, "#account", **options)[0] == (
        "text",
        "masked",
        "mask #account",
        "div#account",
    )
    assert of_html(html, ".name", **options)[0] == ("text", "kept", "unmask .name", "b.name")
    [match] = explain(recording_from_html(html), ".name", Policy(**options)).matches
    assert str(match.steps[-1].rule) == "unmask .name"
    page = str(explain(recording_from_html(html), ".name", Policy(**options)))
    assert (
        "decided by      unmask .name, on b.name, inside of mask #account, on div#account, inside of unmask main, on main"
        in page
    )
    closed = of_html(html, ".name", unmask=["main", ".name"], never_unmask="#account")
    assert closed[0] == ("text", "masked", "never_unmask #account", "div#account")


@pytest.mark.parametrize(
    ("html", "options", "name", "fate", "rule", "element"),
    [
        ("<p title=Jane>", {}, "title", "masked", DEFAULT_TEXT, ""),
        ("<p title=Jane>", {"unmask": "p"}, "title", "kept", "unmask p", "p"),
        ("<p title=Jane>", {"mask_all_text": False}, "title", "kept", "mask_all_text is false", ""),
        ("<p title=Jane>", {"unmask": "p", "mask_attributes": "TITLE"}, "title", "masked", "mask_attributes title", ""),
        ("<p title=**>", {}, "title", "kept", "nothing in it to mask", ""),
        ("<p class=a>", {}, "class", "kept", "public by the allow-list", ""),
        ("<p jane_roe>", {}, "********", "dropped", "the name of the attribute is not published", ""),
        ("<p data-a=Jane>", {"allow_attributes": "data-*"}, "data-a", "kept", "allow_attributes data-*", "p"),
        ("<p data-a=Jane>", {"allow_attributes": ["b@data-a", "p@data-a"]}, "data-a", "kept", "allow_attributes p@data-a", "p"),
        ("<p data-a=Jane>", {"allow_attributes": "b@data-a"}, "data-a", "masked", DEFAULT_TEXT, ""),
        ("<p data-state=open>", {}, "data-state", "kept", "public: a word for a state", ""),
        ("<p data-a=Jane>", {"mask": "b[data-a=Jane]"}, "data-a", "kept", "public: a selector of the policy compares it", ""),
        ("<p data-kind=tea><style>[data-kind=tea]{}</style>", {}, "data-kind", "kept", "public: a style sheet of the page compares it", ""),
        ("<p data-state=open>", {"allow_attributes": "data-b"}, "data-state", "kept", "public: a word for a state", ""),
        ("<p hidden=x>", {}, "hidden", "emptied", "of a yes or no, only that it is there stays", ""),
        ("<p onclick='a()'>", {"unmask": "p"}, "onclick", "emptied", "scripts, handlers and comments are emptied", ""),
        ("<a href='/jane'>", {"unmask": "a"}, "href", "masked in part", "address and CSS rules", ""),
        ("<a href='/jane'>", {"public_paths": "/jane"}, "href", "kept", "of an address, scheme, host and public_paths stay", ""),
        ("<a href='/jane'>", {"mask_urls": False}, "href", "kept", "mask_urls is false", ""),
        ("<p style='color:red'>", {}, "style", "kept", "CSS that only makes the look of the page stays", ""),
        ("<p style='--x:Jane'>", {}, "style", "masked in part", "address and CSS rules", ""),
        ("<p style='--x:Jane'>", {"mask_css": False}, "style", "kept", "mask_css is false", ""),
        ("<img src='/a.png'>", {}, "src", "blocked", "block_all_media", ""),
        ("<img src='/a.png'>", {"show_media": "img"}, "src", "kept", "show_media img", "img"),
        ("<img src='/a.png'>", {"block_all_media": False}, "src", "kept", "block_all_media is false", ""),
        ("<img src='/a.png'>", {"block": "img"}, "src", "blocked", "block img", "img"),
        ("<p class=a title=b>", {"block": "p"}, "title", "dropped", "block p", "p.a"),
        ("<input value=a>", {}, "value", "masked", "defaults of the policy: mask_all_inputs", ""),
        ("<input value=a>", {"unmask": "input"}, "value", "kept", "unmask input", "input"),
        ("<input value=a>", {"mask_all_inputs": False}, "value", "kept", "mask_all_inputs is false", ""),
        ("<input type=password value=a>", {"unmask": "input"}, "value", "masked", "never unmasked: password, card, hidden or file field", "input"),
        ("<input type=color value='#123456'>", {}, "value", "masked", "defaults of the policy: mask_all_inputs", ""),
    ],
)  # fmt: skip
def test_attributes_one_by_one(html, options, name, fate, rule, element):  # noqa: PLR0913, PLR0917
    verdicts = of_html(html, 5, **options)
    assert (name, fate, rule, element) in verdicts


def test_what_is_redacted_already_holds_nothing():
    page = recording_from_html("<img src='/a.png'><input type=color value='#123456'>")
    redacted = redact_bytes(page)
    assert told(redacted, "img")[0] == ("src", "kept", "nothing in it to mask", "")
    assert told(redacted, "input")[0] == ("value", "kept", "nothing in it to mask", "")
    shown = told(redact_bytes(page, Policy.sentry()), "input", Policy.sentry())
    assert shown[0] == ("value", "kept", "nothing in it to mask", "")


def test_what_is_scrubbed():
    html = "<p title='4242 4242 4242 4242'>Card 4242 4242 4242 4242 of</p>"
    assert of_html(html, "p", unmask="p") == [
        ("text", "masked in part", "scrub: it holds a secret", ""),
        ("title", "masked in part", "scrub: it holds a secret", ""),
    ]
    assert of_html(html, "4242424242424242", unmask="p")[0][:2] == ("text", "masked")
    assert of_html(html, "p", unmask="p", scrub=Scrub.none())[0][:2] == ("text", "kept")


def test_a_function_masks_whole_texts():
    assert of_html("<p>Jane</p>", "p", mask_fn=lambda _text: "[name]")[0][:2] == ("text", "masked")


def test_style_sheets_and_scripts():
    html = "<style>p::after{content:'Jane'}</style><script>jane()</script>"
    assert of_html(html, "style") == [("css", "masked in part", "address and CSS rules", "")]
    assert of_html(html, "script") == [
        ("code", "emptied", "scripts, handlers and comments are emptied", "")
    ]


def element_events(node):
    """Return one event of each source that names a node."""
    return [
        typed(node, "Jane"),
        incremental(2, type=2, id=node["id"], x=3, y=4),
        incremental(1, positions=[{"x": n, "y": n, "id": node["id"], "timeOffset": 0} for n in range(3)]),
        incremental(13, id=node["id"], index=[0], set={"property": "color", "value": "red"}),
        crumb("ui.click", message="x > input", data={"nodeId": node["id"], "node": {"id": node["id"], "textContent": "Jane"}}),
    ]  # fmt: skip


def events_of(policy):
    page = Page()
    field = page.element("input", {"class": "a"})
    return told(
        [page.snapshot(page.element("form", {}, field)), *element_events(field)], ".a", policy
    )


def test_events_about_an_element():
    verdicts = events_of(Policy())
    assert [
        (name, fate, rule)
        for name, fate, rule, _ in verdicts
        if name in {"input", "css", "pointer"}
    ] == [
        ("input", "masked", "defaults of the policy: mask_all_inputs"),
        ("css", "kept", "CSS that only makes the look of the page stays"),
        ("pointer", "kept", "positions of clicks stay, and the first and last of a path"),
        ("pointer", "kept", "positions of clicks stay, and the first and last of a path"),
        (
            "pointer",
            "dropped",
            "of a path, only the first and last position stay that hide_pointer does not hide",
        ),
    ]
    metadata = {(fate, rule) for name, fate, rule, _ in verdicts if name == "metadata"}
    assert metadata == {
        ("masked", "metadata is 'safe'"),
        ("kept", "it is safe by its form"),
        ("masked", DEFAULT_TEXT),
    }


def test_events_about_an_element_under_other_options():
    hidden = {
        (name, fate, rule)
        for name, fate, rule, _ in events_of(Policy(hide_pointer=True))
        if name == "pointer"
    }
    assert ("pointer", "dropped", "hide_pointer") in hidden
    ignored = events_of(Policy(ignore_inputs=".a"))
    assert ("event", "dropped", "ignore_inputs .a", "input.a") in ignored
    assert ("input", "dropped", "ignore_inputs .a", "input.a") in ignored
    blocked = events_of(Policy(block="form"))
    assert {fate for name, fate, _, _ in blocked if name != "metadata"} == {"dropped", "kept"}
    assert ("event", "dropped", "block form", "form") in blocked
    assert ("pointer", "dropped", "block form", "form") in blocked


# --- where ----------------------------------------------------------------------------------------


def test_what_is_below_a_block_is_found():
    html = "<div id=map><b title=x>Jane</b></div>"
    assert of_html(html, "#map b", block="#map") == [
        ("text", "dropped", "block #map", "div#map"),
        ("title", "dropped", "block #map", "div#map"),
        ("tag", "dropped", "block #map", "div#map"),
    ]
    answer = explain(recording_from_html(html), "#map", Policy(block="#map"))
    assert {(inside.channel, inside.fate) for inside in answer.matches[0].inside} == {
        ("text", "dropped"),
        ("attribute", "dropped"),
        ("structure", "dropped"),
    }


def test_shadow_roots_and_frames():
    page = Page()
    inner = page.element("b", {}, page.text("Jane"), isShadow=True)
    host = page.element("x-card", {"class": "card"}, inner, isShadowHost=True)
    framed = page.element("i", {}, page.text("Tom"))
    frame = page.element("iframe", {"class": "card"}, page.document(framed))
    events = [page.snapshot(page.element("main", {}, host, frame))]
    assert told(events, ".card b", Policy(mask=".card"))[0] == (
        "text",
        "masked",
        "mask .card",
        "x-card.card",
    )
    assert told(events, ".card i", Policy(mask=".card"))[0] == (
        "text",
        "masked",
        "mask .card",
        "iframe.card",
    )
    assert told(events, ".card b", Policy(unmask=".card"))[0][:3] == (
        "text",
        "masked",
        "unmask ends at a shadow root or iframe",
    )
    assert [match.path for match in explain(to_bytes(events), "i:root").matches] == [
        "main > iframe.card > i"
    ]


def test_windows_are_numbered_and_may_be_chosen():
    page = Page()
    snapshot = page.snapshot(page.element("p", {}, page.text("Jane")))
    events = [{**snapshot, "windowId": "a"}, {**snapshot, "windowId": "b"}]
    assert [match.window for match in explain(to_bytes(events), "p").matches] == [1, 2]
    assert "p, window 1 (node 2)\np, window 2 (node 2)\n" in str(explain(to_bytes(events), "p"))
    for what in ("p", "Jane"):
        assert [match.window for match in explain(to_bytes(events), what, window=2).matches] == [2]
        assert not explain(to_bytes(events), what, window=3)


def test_rules_of_the_sdk():
    html = "<div class=a title=x><p data-x=y>Jane</p><input value=z></div>"
    policy = Policy.sentry(mask=".a", ignore_inputs="input")
    page = recording_from_html(html)
    assert told(page, "p", policy) == [
        ("text", "masked", "mask .a", "div.a"),
        ("data-x", "kept", "no rule masks it", ""),
    ]
    assert ("title", "masked", "mask_attributes title", "") in told(page, ".a", policy)
    assert told(page, "Jane", Policy.sentry(mask_all_text=False))[0][:3] == (
        "text",
        "kept",
        "mask_all_text is false",
    )
    root = Page()
    text = root.text("Jane", isShadow=True)
    host = root.snapshot(root.element("x-card", {}, text, isShadowHost=True))
    assert told([host], "Jane", policy)[0][:3] == ("text", "kept", "no rule masks it")
    events = [*json.loads(page), typed({"id": 8}, "x")]
    assert ("input", "dropped", "ignore_inputs input", "input") in told(events, "input", policy)


def test_what_options_of_the_sdk_show():
    page = recording_from_html("<p>Jane</p><input value=z><object data='/a'></object>")
    policy = Policy.sentry(mask_all_text=False, mask_all_inputs=False, block_all_media=False)
    assert told(page, "p", policy) == [("text", "kept", "mask_all_text is false", "")]
    assert told(page, "input", policy) == [("value", "kept", "mask_all_inputs is false", "")]
    assert told(page, "object", policy) == [("data", "kept", "block_all_media is false", "")]


def test_an_element_that_is_added():
    page, _, region, body = changing()
    added = page.element("i", {"title": "Jane", "class": "x"}, page.text("Jane"))
    events = [page.snapshot(body), add(region, added)]
    assert told(events, "i") == [
        ("text", "masked", DEFAULT_TEXT, ""),
        ("class", "kept", "public by the allow-list", ""),
        ("title", "masked", DEFAULT_TEXT, ""),
    ]


# --- when -----------------------------------------------------------------------------------------


def changing():
    page = Page()
    text = page.text("one")
    region = page.element("p", {"class": "a"}, text)
    body = page.element("body", {}, region)
    return page, text, region, body


def test_each_verdict_names_its_events():
    page, text, region, body = changing()
    events = [page.snapshot(body), say(text, "two"), change(region, class_="b"), say(text, "three")]
    [match] = explain(to_bytes(events), "p", Policy(unmask=".a")).matches
    found = [
        (own.name, own.fate, own.rule, own.events) for own in match.verdicts if own.name == "text"
    ]
    assert found == [
        ("text", "kept", "unmask .a", (0,)),
        ("text", "kept", "unmask .a", (1,)),
        ("text", "masked", DEFAULT_TEXT, (3,)),
    ]
    assert not explain(to_bytes(events), ".a")  # it has another class at the end
    assert explain(to_bytes(events), ".a", at=1)
    early = explain(to_bytes(events), "p", Policy(unmask=".a"), at=0).matches[0]
    assert early.steps[-1].rule == "unmask .a"
    assert {event for own in early.verdicts for event in own.events} == {0}


def test_an_element_that_left_is_as_it_was_when_it_left():
    page, _, region, body = changing()
    other = page.element("i", {}, page.text("new"))
    events = [page.snapshot(body), remove(body, region), add(body, other)]
    [match] = explain(to_bytes(events), ".a", Policy(unmask="p")).matches
    assert (match.path, match.steps[-1].rule) == ("body > p.a", "unmask p")
    again = [page.snapshot(body), mutation(removes=[{"parentId": body["id"], "id": region["id"]}], adds=[
        {"parentId": body["id"], "nextId": None, "node": {**region, "attributes": {"class": "c"}}}])]  # fmt: skip
    assert not explain(to_bytes(again), ".a")
    assert explain(to_bytes(again), ".c")


def test_a_page_that_is_recorded_twice_has_each_element_once():
    page, _, _, body = changing()
    snapshot = page.snapshot(body)
    [match] = explain(to_bytes([snapshot, {**snapshot, "timestamp": 9}]), "p").matches
    assert match.verdicts[0].events == (0, 1)
    other = Page()
    next_page = other.snapshot(other.element("main", {}, other.element("p", {}, other.text("x"))))
    both = explain(to_bytes([snapshot, {**next_page, "timestamp": 9}]), "p")
    assert [match.path for match in both.matches] == ["body > p.a", "main > p"]


def test_of_a_moment_the_stricter_judgement_is_told():
    page, text, region, body = changing()
    events = [page.snapshot(body), *at_once(say(text, "two"), change(region, class_="b"))]
    [match] = explain(to_bytes(events), "p", Policy(unmask=".a", mask=".b")).matches
    assert ("textMutation", "x") not in match.verdicts
    found = {own.events: (own.fate, own.rule) for own in match.verdicts if own.channel == "text"}
    assert found == {(0,): ("kept", "unmask .a"), (1,): ("masked", "mask .b")}
    assert b"two" not in redact_bytes(to_bytes(events), Policy(unmask=".a", mask=".b"))


# --- texts ----------------------------------------------------------------------------------------


def test_a_text_is_found_in_every_channel():
    page = Page()
    field = page.element("input", {"title": "Jane"})
    events = [
        {"type": 4, "timestamp": 0, "data": {"href": "https://a.example/jane", "width": 1, "height": 1}},
        page.snapshot(page.element("p", {"jane's": "x"}, page.text("Jane"), field)),
        typed(field, "jane"),
        custom("x", {"jane roe": 1, "to": "mail%20jane"}),
    ]  # fmt: skip
    answer = explain(to_bytes(events), "jane")
    found = {(match.path, own.name, own.fate) for match in answer.matches for own in match.verdicts}
    assert found == {
        ("Meta", "url", "masked"),
        ("p", "attribute", "dropped"),
        ("p", "text", "masked"),
        ("p > input", "title", "masked"),
        ("p > input", "input", "masked"),
        ("Custom", "metadata", "dropped"),
        ("Custom", "metadata", "masked"),
    }


def test_of_an_address_only_the_text_counts():
    html = "<a href='https://a.example/orders/jane'>x</a>"
    options = {"public_paths": "/orders/:id"}
    assert of_html(html, "orders", **options)[0][:2] == ("href", "kept")
    assert of_html(html, "jane", **options)[0][:2] == ("href", "masked")


def test_a_text_beside_the_events(monkeypatch):
    item = b'{"type":"user_report"}\n{"name": "Jane Roe", "x": "y"}\n'
    segment = json.dumps([]).encode()
    envelope = b"{}\n" + item + b'{"type":"replay_event"}\n{"urls":["https://a.example/jane"]}\n'
    assert explain(envelope, "Jane").matches[0].path.startswith("beside the events: ")
    assert explain(envelope, "Jane").matches[0].verdicts[0].channel == "metadata"
    assert "decided by" not in str(explain(envelope, "Jane"))
    assert [match.window for match in explain(envelope, "Jane").matches] == [1, 1]
    monkeypatch.setattr(gathering, "MOST_MATCHES", 0)
    assert explain(envelope, "Jane").more == 2
    assert not explain(segment, "Jane")


def test_what_leaves_in_its_moment_has_a_rule_but_no_element():
    page, text, region, body = changing()
    events = [page.snapshot(body), *at_once(say(text, "two"), remove(body, region), change({"id": 99}, title="x"))]  # fmt: skip
    [match] = explain(to_bytes(events), "two", Policy(mask=".a")).matches
    assert [(own.fate, own.rule, own.element) for own in match.verdicts] == [("masked", "mask .a", "")]  # fmt: skip
    assert "text            masked          mask .a, on p.a (event 0)" in str(explain(to_bytes(events), "one", Policy(mask=".a")).matches[0].verdicts[0])  # fmt: skip


def test_a_text_that_is_found_nowhere_and_where_it_nearly_is():
    page = Page()
    body = page.element("body", {}, page.element("b", {}, page.text("**** ***")), page.element("i", {}, page.text("Roe")),
                        page.element("u", {}, page.text("Ja")), page.text("ne Roe"))  # fmt: skip
    answer = explain(to_bytes([page.snapshot(body)]), "Jane Roe")
    assert not answer
    assert [str(near) for near in answer.near] == [
        "begins here, goes on in other texts: body > u (event 0)",
        "masked text of this shape: body > b (event 0)",
        "only 'Roe': body > i (event 0)",
    ]
    assert str(answer).splitlines()[0] == "text 'Jane Roe': found nowhere"
    broken = to_bytes(
        [page.snapshot(body), {"type": 3, "timestamp": 5, "data": {"source": 77, "x": "Tom Doe"}}]
    )
    assert [str(near) for near in explain(broken, "Tom Doe").near] == [
        "it stands in what cannot be read, which is dropped"
    ]
    assert explain(broken, "..").near == ()


# --- the page that is printed ---------------------------------------------------------------------


def test_alike_matches_are_grouped_and_bounded(monkeypatch):
    html = "<ul>" + "".join(f"<li class=c{n % 5}><b>x</b></li>" for n in range(20)) + "</ul>"
    page = recording_from_html(html)
    answer = explain(page, "li b")
    assert len(answer.matches) == 20
    assert [len(group) for group in answer.groups()] == [20]
    lines = str(answer).splitlines()
    assert lines[:6] == [
        "selector li b: 20 matches",
        "",
        "html > body > ul > li.c0 > b (nodes 7, 22, 37, 52)",
        "html > body > ul > li.c1 > b (nodes 10, 25, 40, 55)",
        "html > body > ul > li.c2 > b (nodes 13, 28, 43, 58)",
        "and 2 more",
    ]
    monkeypatch.setattr(gathering, "MOST_MATCHES", 3)
    monkeypatch.setattr(answers, "_MOST_GROUPS", 0)
    few = explain(page, "li b")
    assert (len(few.matches), few.more) == (3, 17)
    assert str(few) == "selector li b: 20 matches\n\nand 20 matches more"
    assert (len(explain(page, '"x"').matches), explain(page, '"x"').more) == (
        3,
        18,
    )  # and in the address


def test_many_events_are_bounded():
    page, text, _, body = changing()
    events = [page.snapshot(body), *(say(text, f"x{n}") for n in range(7))]
    assert "(events 0, 1, 2, 3 and 4 more)" in str(explain(to_bytes(events), "p"))


def test_an_element_that_holds_nothing_says_so():
    blank = told(recording_from_html("<p> <b>x</b> </p>"), "p")
    assert blank == []
    assert "it holds nothing" in str(explain(recording_from_html("<hr>"), "hr"))


def test_an_answer_is_plain_data():
    answer = explain(recording_from_html(HTML), "nav", Policy(unmask=".menu"))
    plain = json.loads(json.dumps(answer.as_dict()))
    [match] = plain["matches"]
    assert match["steps"][-1] == {
        "node": 5,
        "name": "nav.menu",
        "level": "unmask",
        "rule": "unmask .menu",
    }
    assert match["inside"] == [
        {"channel": "text", "fate": "kept", "rule": "unmask .menu", "places": 1, "page": ""}
    ]
    assert match["verdicts"][0]["field"] == "attributes.class"


def test_no_content_is_told():
    page = recording_from_html(
        "<p title='Jane Roe' jane-roe=1>Jane Roe <img alt='Jane Roe' src='/jane-roe.png'></p>"
    )
    for policy in (Policy(), Policy.permissive()):
        answer = explain(page, "p, img", policy)
        assert "jane" not in (str(answer) + repr(answer) + json.dumps(answer.as_dict())).lower()


# --- explanations and leaks agree -----------------------------------------------------------------


def redacted_places(recording, policy):
    """Return the places of each event that redaction changes: its node and field."""
    data = to_bytes(recording)
    changed = defaultdict(set)
    redacted = Engine(policy).redact_lists([event] for event in decode(data))
    for index, (event, [after]) in enumerate(zip(decode(data), redacted, strict=True)):
        if not isinstance(event, ev.Unreadable):
            found = places(event, after)
            changed[index] |= {(place.node, place.field) for place in found if not place.kept}
    return changed


@given(
    wild_recordings(max_events=4) | recordings(max_steps=6),
    policies() | st.sampled_from([Policy.sentry(), Policy.sentry(sdk="10")]),
)
@settings(max_examples=60)
def test_explanations_say_the_same_as_leaks(recording, policy):
    changed = redacted_places(recording, policy)
    leaks = [leak for leak in find_leaks(to_bytes(recording), policy) if leak.kind != "Unreadable"]
    for leak in leaks:
        if leak.channel not in {
            "structure",
            "pointer",
            "media",
        }:  # a whole that is dropped may hold nothing
            assert changed[leak.event], str(leak)
        if leak.channel in {"text", "input", "attribute", "url", "css", "code"}:
            assert (leak.node, leak.field) in changed[leak.event], str(leak)
    by_event = {leak.event for leak in leaks}
    assert {index for index, found in changed.items() if found} <= by_event


@given(wild_recordings(max_events=4), policies() | st.just(Policy.sentry()))
@settings(max_examples=60)
def test_each_verdict_has_a_reason_and_an_event(recording, policy):
    for what in ("*", "jk", 3):
        for match in explain(to_bytes(recording), what, policy).matches:
            assert all(own.events and own.rule for own in match.verdicts)
            assert all(inside.places and inside.rule for inside in match.inside)
