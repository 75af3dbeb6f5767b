"""Sentry's events: what stays, what is masked, and what is scanned, by the table of fields."""

import json

import pytest

from replay_redact import PolicyError, Scrub, Scrubber, ScrubRule
from replay_redact._allowlists.sentry import schema
from replay_redact._allowlists.sentry.roles import (
    FORMS,
    Attributes,
    Each,
    Fields,
    OneOf,
    Pairs,
    Role,
)
from replay_redact.scrub import config
from replay_redact.scrub.scrubber import kind_of

SAFE, SCRUB = Scrubber(), Scrubber(metadata="scrub")
ID = "0123456789abcdef0123456789abcdef"

# --- what one field becomes -------------------------------------------------------------

FIELDS = [
    # path, value, under "safe", under "scrub" (the same if it is not told)
    ("event_id", ID, ID),
    ("event_id", "12345678-1234-1234-1234-123456789abc", "12345678-1234-1234-1234-123456789abc"),
    ("event_id", "Jane Roe", "**** ***", "Jane Roe"),
    ("timestamp", 1795811156.456, 1795811156.456),
    ("timestamp", "2026-11-27T20:25:55.091Z", "2026-11-27T20:25:55.091Z"),
    ("timestamp", "2026-11-27", "2026-11-27"),
    ("timestamp", "on Monday", "** ******", "on Monday"),
    ("level", "error", "error"),
    ("level", "Jane Roe", "**** ***", "Jane Roe"),
    ("level", "", ""),
    ("platform", "javascript", "javascript"),
    ("release", "shop@1.2.3", "shop@1.2.3"),
    ("release", "by jane@shop.example", "by [email]"),
    ("release", ["a", "b@c.example"], ["a", "[email]"]),
    ("release", 7, 7),
    ("release", "a\nb", "*\n*", "a\nb"),
    ("release", {"a": "b"}, {"a": "*"}, {"a": "b"}),
    ("transaction", "/users/jane", "/*****/****", "/users/jane"),
    ("transaction", "Pageload", "Pageload"),
    ("transaction", "GET /users/jane", "GET /*****/****", "GET /users/jane"),
    ("transaction", 5, None, 5),
    ("server_name", "janes-mac", "*********"),
    ("message", "Jane left", "**** ****", "Jane left"),
    ("message", "from jane@shop.example", "**** *****************", "from [email]"),
    ("extra.total", 41, None, 41),
    ("extra.password", "x1", "**", "[filtered]"),
    ("extra.ok", True, True),
    ("extra.nothing", None, None),
    ("user.id", 42, None),
    ("user.email", "jane@shop.example", "*****************"),
    ("user.geo", {"city": "Bonn"}, {"city": "****"}),
    ("user", "jane", "****"),
    ("user", ["jane", 7], ["****", None]),
    ("sdk.name", "sentry.python", "sentry.python"),
    ("sdk.integrations", ["argv", "modules"], ["argv", "modules"]),
    ("sdk.packages", [{"name": "npm:@sentry/browser", "version": "1.2.3.4"}], [{"name": "npm:@sentry/browser", "version": "1.2.3.4"}]),
    ("modules", {"@sentry/browser": "11.1", "my.module": "1"}, {"@sentry/browser": "11.1", "my.module": "1"}),
    ("modules", {"jane roe": "1"}, {"**** ***": "1"}, {"jane roe": "1"}),
    ("contexts.trace.trace_id", ID, ID),
    ("contexts.browser.name", "Chrome", "Chrome"),
    ("contexts.device.name", "Jane's phone", "****** *****"),
    ("contexts.device.memory_size", 17, 17),
    ("contexts.account.iban", "DE89370400440532013000", "*" * 22, "[filtered]"),
    ("tags.replayId", ID, ID),
    ("tags.customer", "Jane", "****", "Jane"),
    ("tags", [["customer", "Jane"], ["level", "error"]], [["customer", "****"], ["level", "error"]], [["customer", "Jane"], ["level", "error"]]),
    ("tags", [{"key": "customer", "value": "Jane"}], [{"key": "customer", "value": "****"}], [{"key": "customer", "value": "Jane"}]),
    ("tags", [{"key": 7, "value": "Jane"}, "Jane", ["a", "b", "c"]], [{"key": None, "value": "****"}, "****", ["*", "*", "*"]], [{"key": 7, "value": "Jane"}, "Jane", ["a", "b", "c"]]),
    ("request.url", "https://shop.example/u/7?q=jane@x.example", "https://shop.example/*/*?q=**************", "https://shop.example/u/7?q=[email]"),
    ("request.url", "http://192.0.2.7:80/x", "http://192.0.2.7:80/*", "http://192.0.2.7:80/x"),
    ("request.url", 7, None, 7),
    ("request.method", "POST", "POST"),
    ("request.cookies", {"sid": "x1"}, {"sid": "**"}),
    ("request.headers.User-Agent", "Mozilla/5.0 (X11) Chrome/156.0.0.0", "Mozilla/5.0 (X11) Chrome/156.0.0.0"),
    ("request.headers", [["Referer", "https://a.example/x"], ["X-Name", "Jane"]], [["Referer", "https://a.example/*"], ["X-Name", "****"]], [["Referer", "https://a.example/x"], ["X-Name", "Jane"]]),
    ("request.headers", [["Authorization", "abc"]], [["Authorization", "***"]], [["Authorization", "[filtered]"]]),
    ("exception", [{"type": "KeyError", "value": "Jane"}], [{"type": "KeyError", "value": "****"}], [{"type": "KeyError", "value": "Jane"}]),
    ("exception.values", [{"type": "KeyError", "module": "a.b"}], [{"type": "KeyError", "module": "a.b"}]),
    ("exception", {"type": "KeyError"}, {"type": "KeyError"}),
    ("exception", "Jane", "****", "Jane"),
    ("stacktrace.frames", [{"filename": "/home/jroe/a.py", "function": "f", "lineno": 3, "vars": {"x": "Jane"}}], [{"filename": "/home/[user_path]/a.py", "function": "f", "lineno": 3, "vars": {"x": "****"}}], [{"filename": "/home/[user_path]/a.py", "function": "f", "lineno": 3, "vars": {"x": "Jane"}}]),
    ("stacktrace.frames", [{"abs_path": "https://a.example/j.js?u=7", "context_line": "mail('jane@x.example')"}], [{"abs_path": "https://a.example/j.js?u=*", "context_line": "mail('[email]')"}], [{"abs_path": "https://a.example/j.js?u=7", "context_line": "mail('[email]')"}]),
    ("stacktrace.frames", [{"abs_path": 7, "context_line": 7}], [{"abs_path": None, "context_line": None}], [{"abs_path": 7, "context_line": 7}]),
    ("breadcrumbs", [{"category": "fetch", "data": {"url": "/a?t=b", "status_code": 200}}], [{"category": "fetch", "data": {"url": "/*?t=*", "status_code": 200}}], [{"category": "fetch", "data": {"url": "/a?t=b", "status_code": 200}}]),
    ("measurements", {"lcp": {"value": 3.5, "unit": "millisecond"}}, {"lcp": {"value": 3.5, "unit": "millisecond"}}),
    ("urls", ["https://a.example/x"], ["https://a.example/*"], ["https://a.example/x"]),
    ("fingerprint", ["{{ default }}", "Jane"], ["{{ default }}", "****"], ["{{ default }}", "Jane"]),
    ("Jane Roe", "x", "*", "x"),
]  # fmt: skip


def nested(path, value):
    for key in reversed(path.split(".")):
        value = {key: value}
    return value


def at(value, path):
    for key in path.split("."):
        value = value[key]
    return value


@pytest.mark.parametrize(
    "name",
    ["sentry.customer", "browser.note", "http.request.header.x", "http.response.jane", "os.owner",
     "culture.name", "process.runtime.user", "browser.web_vital.jane", "sentry.release.note", "type"],
)  # fmt: skip
@pytest.mark.parametrize("scrubber", [SAFE, SCRUB], ids=["safe", "scrub"])
def test_attributes_that_are_not_known_may_say_anything(name, scrubber):
    """Whoever writes one chooses its name, and so what it begins with."""
    masks = scrubber.metadata == "safe"
    for node in (
        {"data": {name: "Jane"}},
        {"attributes": {name: {"value": 41, "type": "integer"}}},
    ):
        clean = scrubber.event(node, "span")
        assert (clean == node) is not masks
        assert not (masks and ("Jane" in str(clean) or "41" in str(clean)))


def test_lines_of_code_under_a_secret_key():
    rules = [ScrubRule(detector="key", text="[filtered]")]
    scrubber = Scrubber(Scrub(rules=rules, keys=["context"]), metadata="scrub")
    frame = {"pre_context": ["a = 1", "b = 2"], "lineno": 3}
    clean = {"pre_context": ["[filtered]", "[filtered]"], "lineno": 3}
    assert scrubber.event({"stacktrace": {"frames": [frame]}}) == {
        "stacktrace": {"frames": [clean]}
    }


@pytest.mark.parametrize("name", ["user.nick", "enduser.role", "sentry.user.email"])
def test_attributes_of_people_are_masked(name):
    scrubber = Scrubber(metadata="scrub")
    assert scrubber.event({"data": {name: "Jane"}}, "span") == {"data": {name: "****"}}


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: f"{row[0]}={str(row[1])[:20]}")
@pytest.mark.parametrize("kind", ["event", "transaction", "replay_event", "feedback"])
def test_fields(row, kind):
    path, value, known, *scrub = row
    if path != "Jane Roe":
        assert at(SAFE.event(nested(path, value), kind), path) == known
    assert at(SCRUB.event(nested(path, value), kind), path) == (scrub or [known])[0]


def test_keys_that_say_something_are_masked():
    assert SAFE.event({"Jane Roe": 1, "extra": {"jane@x.example": 1}}) == {
        "**** ***": None,
        "extra": {"**************": None},
    }
    assert SCRUB.event({"jane@x.example": 1, "joe@x.example": 2}) == {
        "[email]": 1,
        "[email] (2)": 2,
    }


OTHERS = [
    ("span", {"span_id": ID[:16], "trace_id": ID, "op": "http.client", "description": "GET /u/7", "data": {"http.request.method": "GET", "user.id": "u-1", "x": "Jane", "sentry.exclusive_time": 5}},
     {"span_id": ID[:16], "trace_id": ID, "op": "http.client", "description": "GET /*/*", "data": {"http.request.method": "GET", "user.id": "***", "x": "****", "sentry.exclusive_time": 5}}),
    ("span", {"attributes": {"user.email": {"value": "j@x.example", "type": "string"}, "sentry.release": {"value": "a@1", "type": "string"}, "age": {"value": 41, "type": "integer", "Jane Roe": 1}}},
     {"attributes": {"user.email": {"value": "***********", "type": "string"}, "sentry.release": {"value": "a@1", "type": "string"}, "age": {"value": None, "type": "integer", "**** ***": None}}}),
    ("log", {"body": "Jane left", "level": "info", "severity_number": 9, "attributes": {"sentry.message.template": {"value": "%s left"}}},
     {"body": "**** ****", "level": "info", "severity_number": 9, "attributes": {"sentry.message.template": {"value": "** ****"}}}),
    ("session", {"sid": ID, "did": "u-1", "started": "2026-11-27T20:25:55Z", "errors": 0, "attrs": {"release": "a@1", "ip_address": "192.0.2.1", "user_agent": "Chrome/1.2.3.4"}},
     {"sid": ID, "did": "***", "started": "2026-11-27T20:25:55Z", "errors": 0, "attrs": {"release": "a@1", "ip_address": "*********", "user_agent": "Chrome/1.2.3.4"}}),
    ("check_in", {"check_in_id": ID, "monitor_slug": "nightly", "status": "ok", "duration": 3.5},
     {"check_in_id": ID, "monitor_slug": "nightly", "status": "ok", "duration": 3.5}),
    ("user_report", {"event_id": ID, "name": "Jane", "email": "j@x.example", "comments": "it broke"},
     {"event_id": ID, "name": "****", "email": "***********", "comments": "** *****"}),
    ("client_report", {"timestamp": 1, "discarded_events": [{"reason": "sample_rate", "category": "error", "quantity": 3}]},
     {"timestamp": 1, "discarded_events": [{"reason": "sample_rate", "category": "error", "quantity": 3}]}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "expected"), OTHERS, ids=lambda x: str(x)[:20])
def test_other_kinds(kind, given, expected):
    assert SAFE.event(given, kind) == expected


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"type": "transaction"}, "transaction"),
        ({"type": "replay_event"}, "replay_event"),
        ({"type": "surprise"}, "event"),
        ({"type": ["x"]}, "event"),
        ({"sid": 1, "started": 1}, "session"),
        ({"check_in_id": 1}, "check_in"),
        ({"body": "", "attributes": {}}, "log"),
        ({"span_id": 1, "trace_id": 1, "start_timestamp": 1}, "span"),
        ({}, "event"),
    ],
)
def test_an_event_tells_its_kind(event, kind):
    assert kind_of(event) == kind


def test_unknown_kinds_and_options_are_refused():
    with pytest.raises(PolicyError, match="unknown kind"):
        SAFE.event({}, "surprise")
    with pytest.raises(PolicyError, match="metadata is one of safe, scrub"):
        Scrubber(metadata="mask")


@pytest.mark.parametrize("scrubber", [SAFE, SCRUB], ids=["safe", "scrub"])
@pytest.mark.parametrize("row", FIELDS, ids=lambda row: f"{row[0]}={str(row[1])[:20]}")
def test_scrubbing_twice_is_scrubbing_once(row, scrubber):
    once = scrubber.event(nested(row[0], row[1]))
    assert scrubber.event(once) == once


def test_the_event_itself_stays_as_it_is():
    event = {
        "user": {"id": "u-1"},
        "tags": [["a", "Jane"]],
        "exception": {"values": [{"value": "x"}]},
    }
    before = json.dumps(event)
    SAFE.event(event)
    assert json.dumps(event) == before


def test_rules_hold_where_they_say():
    scrub = Scrub.default().with_rules(
        ScrubRule(detector="email", text="X", where="event.extra.**")
    )
    scrubber = Scrubber(scrub, metadata="scrub")
    assert scrubber.event({"extra": {"a": "j@x.example"}, "message": "j@x.example"}) == {
        "extra": {"a": "X"},
        "message": "[email]",
    }


def test_a_rule_that_names_a_fact_holds_for_it():
    named = ScrubRule(pattern=r"\d+\.\d+", text="N", where="event.release")
    scrubber = Scrubber(Scrub(rules=[named]))
    assert scrubber.event({"release": "a@1.2", "dist": "1.2"}) == {"release": "a@N", "dist": "1.2"}


def test_every_kind_is_a_place():
    assert set(config.OF_EVENTS) == {*schema.KINDS, "envelope", "value"}


# --- the table --------------------------------------------------------------------------


def nodes(node, seen):
    if id(node) in seen:
        return
    seen.add(id(node))
    yield node
    parts = {
        Each: lambda n: [n.item],
        Pairs: lambda n: [n.fields],
        Fields: lambda n: [*n.known.values(), n.rest],
        Attributes: lambda n: [*n.known.values()],
        OneOf: lambda n: [n.other],
    }.get(type(node), lambda _: [])(node)
    for part in parts:
        yield from nodes(part, seen)


def test_names_of_the_table_are_in_small_letters():
    every = [n for kind in schema.KINDS.values() for n in nodes(kind, set())]
    names = [name for n in every if isinstance(n, Fields | Attributes) for name in n.known]
    assert len(names) > 300
    assert [name for name in names if name != name.lower()] == []


def test_every_role_is_used():
    tables = [*schema.KINDS.values(), schema.ENVELOPE, schema.ITEM]
    used = {n for kind in tables for n in nodes(kind, set()) if isinstance(n, Role)}
    assert used == set(Role)


@pytest.mark.parametrize(
    ("role", "fits", "others"),
    [
        (Role.ID, ["", ID, ID.upper(), ID[:16], f"{ID[:8]}-1234-1234-1234-{ID[:12]}"], ["Jane", ID[:15], f"{ID}a", 7, "g" * 32]),
        (Role.TIME, [1, 1.5, "2026-11-27", "2026-11-27 20:25:55", "2026-11-27T20:25:55.091+00:00"], ["Jane", "2026", "2026-11-27T20:25:55Z Jane", ["x"]]),
        (Role.NUMBER, [1, -1.5, "7", "0.25", "1e-5"], ["Jane", "4111111111111111", "1 2", {}]),
        (Role.POINTER, ["0x7FFF5fbff8c0", "0x0", 7], ["Jane", "0x", "7", "0x4111 1111 1111 1111"]),
        (Role.DSN, ["https://abc@o1.example/7", "http://a1@localhost:9000/prefix/7"], ["https://a:b@o1.example/7", "Jane", 7]),
        (Role.WORD, ["", "error", "ui.click", "http.client", "application/json", "7", True], ["Jane Roe", "a@b", "x123456", "a" * 81, 7]),
    ],
)  # fmt: skip
def test_forms(role, fits, others):
    assert [value for value in fits if not FORMS[role](value)] == []
    assert [value for value in others if FORMS[role](value)] == []
