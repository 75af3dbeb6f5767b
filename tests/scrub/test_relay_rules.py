"""Relay's rules: the language, what rules do, and Relay itself as the oracle of what they reach."""

import copy
import os
import random

import pytest
import regex

from replay_redact import PolicyError, Scrubber
from replay_redact._allowlists.sentry.roles import Attributes, Each, Fields, Role
from replay_redact.scrub.probes import options
from replay_redact.scrub.relay import sieve
from replay_redact.scrub.relay.events import RelayRules
from replay_redact.scrub.relay.selectors import Selector
from replay_redact.scrub.relay.sieve import probe_of, sieve_of
from replay_redact.scrub.relay.spots import child_of

ID = "0123456789abcdef0123456789abcdef"
KEY = "0123456789abcdef"


def applied(names, value, rules=None, key="a", **options):
    names = names if isinstance(names, list) else [names]
    config = {"rules": rules or {}, "applications": {"extra.**": names}, **options}
    return Scrubber.from_relay(config).event({"extra": {key: value}})["extra"][key]


@pytest.mark.parametrize("most", [3, 20_000])
def test_rules_reach_lists_and_pairs(most, monkeypatch):
    monkeypatch.setattr("replay_redact.scrub.relay.spots.MAX_SPOTS", most)
    rules = RelayRules({"rules": {}, "applications": {"$string": ["@email"]}})
    mail, clean = "j@x.example", "[email]"
    for _ in range(2):  # the second time, places are known, or were forgotten
        event = {
            "breadcrumbs": [{"message": mail, "level": None}, None, {"message": mail}],
            "exception": {"values": [{"value": mail}]},
            "request": {"headers": [["referer", mail], ["request", {"a": mail}], ["x", None]]},
            "extra": {"a": [mail, "b", mail, 7, None], "b": [["a", mail], mail]},
        }
        rules.event(event, "event")
        assert event == {
            "breadcrumbs": [{"message": clean, "level": None}, None, {"message": clean}],
            "exception": {"values": [{"value": clean}]},
            "request": {"headers": [["referer", clean], ["request", {"a": clean}], ["x", None]]},
            "extra": {"a": [clean, "b", clean, 7, None], "b": [["a", clean], clean]},
        }


def test_rules_for_every_string_reach_items_and_leave_the_rest():
    rules = RelayRules({"rules": {}, "applications": {"$string": ["@anything:mask"]}})
    for _ in range(2):  # the second time, places are known
        event = {"extra": {"a": ["Jane", "true"], "b": 7, "c": {"d": ["Roe", 7]}}}
        assert rules.event(event, "event") == {
            "extra": {"a": ["****", "true"], "b": 7, "c": {"d": ["***", 7]}}
        }


PATTERNS = ["case.*", "case[^;]+", r"case\S+", r"\Bx\W+y", "^jane$", "$", "x*", r"(?i)JANE|\bcase\b", "[^a-z ]{2,}", "(?P<a>j)ane", "j[^x]{0,40}e", r"a\s{1,3}b"]  # fmt: skip
TEXTS = ["", "case=jane", "case", "other", "jane", " jane", "a b", "a", "b", "xx  y", "x\ny", "jane\n", "JANE;", "Été case", "j\0ne", "j", "e", "\ud800 jane", "12 34"]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("kind", ["pattern", "redact_pair"])
def test_strings_are_scrubbed_together_as_each_alone(kind, pattern):
    key = "pattern" if kind == "pattern" else "keyPattern"
    own = {"a": {"type": kind, key: pattern, "redaction": {"method": "replace", "text": "N"}}}
    rules = RelayRules({"rules": own, "applications": {"$string": ["a"]}})
    draw = random.Random(pattern)
    alone = {text: rules.value(text, "k") for text in TEXTS}
    for text in filter(None, TEXTS):
        found = [match[0] for match in regex.finditer(pattern, text)]
        by_key = kind == "redact_pair" and (found or regex.search(pattern, "k"))
        assert (alone[text] != text) is bool(by_key or any(found))
    for _ in range(20):
        texts = draw.choices(TEXTS, k=8)
        assert rules.value(list(texts), "k") == [alone[text] for text in texts]
        named = {f"k{at}": text for at, text in enumerate(texts)}
        assert list(rules.value(named, "k").values()) == [alone[text] for text in texts]


def test_what_looks_like_a_secret_but_no_rule_is_for_it_stays():
    rules = RelayRules({"rules": {}, "applications": {"$string && !extra.**": ["@creditcard"]}})
    event = {"event_id": "4571234567890111", "extra": {"a": ["4571234567890111"]}}
    assert rules.event(copy.deepcopy(event), "event") == event


def test_rules_with_an_index_reach_that_item_only():
    rules = RelayRules({"rules": {}, "applications": {"extra.a.1": ["@anything"]}})
    event = {"extra": {"a": ["x", "y", "z"]}}
    assert rules.event(event, "event") == {"extra": {"a": ["x", "[Filtered]", "z"]}}


@pytest.mark.parametrize(
    ("pattern", "ascii_text", "other_text"),
    [
        ("j(?=ane)", "[Filtered]ane", "Été [Filtered]ane Ax"),
        (r"\p{Lu}x", "jane", "Été jane [Filtered]"),
        ("jane", "[Filtered]", "Été [Filtered] Ax"),
        ("^jane$", "[Filtered]", "Été jane Ax"),
    ],
)
def test_patterns_that_re2_reads_and_others(pattern, ascii_text, other_text):
    own = {"a": {"type": "pattern", "pattern": pattern, "redaction": {"method": "replace"}}}
    assert applied("a", "jane", own) == ascii_text
    assert applied("a", "Été jane Ax", own) == other_text


def test_what_re2_cannot_read_is_asked_of_every_string():
    assert sieve_of([probe_of("(?:a{99}){99}")])(["x", "y"]) == [0, 1]


def test_what_is_too_much_for_re2_is_asked_of_every_string(monkeypatch):
    """Each of these it can read, but not all together."""

    def little_memory():
        chosen = options()
        chosen.max_mem = 50_000
        return chosen

    monkeypatch.setattr(sieve, "options", little_memory)
    probes = [probe_of(f"{number}a{{99}}") for number in range(50)]
    assert None not in probes
    assert sieve_of(probes)(["x", "y"]) == [0, 1]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([], []),
        ([""], [0]),
        (["a\nb"], [0]),
        (["a\nb", "c", "", "d\n"], [0, 1, 2, 3]),
        (["c", "", "d"], [0, 1, 2]),
    ],
)
def test_patterns_that_match_the_empty_string_match_every_string(texts, found):
    assert sieve_of([probe_of("x*")])(texts) == found


# --- rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        ("@email", "to <j@x.example>", "to <[email]>"),
        ("@email:mask", "to j@x.example", "to ***********"),
        ("@email:remove", "to j@x.example", "to "),
        ("@email:replace", "user@localhost", "user@localhost"),
        ("@creditcard", "4571 2345 6789 0111!", "[creditcard]!"),
        ("@creditcard:filter", "4571 2345 6789 0111", "[Filtered]"),
        ("@ip", "from 203.0.113.9 and 2001:db8::1", "from [ip] and [ip]"),
        ("@imei", "imei 356938035643809", "imei [imei]"),
        ("@mac", "ether 4a:00:04:10:9b:50", "ether *****************"),
        ("@mac:replace", "ether 4a:00:04:10:9b:50", "ether [mac]"),
        ("@uuid", "ceee0822-ed8f-4622-b2a3-789e73e75cd1", "*" * 36),
        ("@uuid:replace", "id ceee0822ed8f4622b2a3789e73e75cd1", "id [uuid]"),
        ("@iban", "DE89370400440532013000!", "[iban]!"),
        ("@usssn", "ssn 078-05-1120", "ssn ***********"),
        ("@userpath", "/home/jroe/x", "/home/[user]/x"),
        ("@bearer", "Bearer abcdefgh", "Bearer [token]"),
        ("@urlauth:legacy", "https://u:p1@x.example", "https://[Filtered]@x.example"),
        ("@cookies:filter", "a=1; session=zz; theme=dark", "a=1; session=[Filtered]; theme=dark"),
        ("@password", "my password is x1", ""),
        ("@password:filter", "my password is x1", "[Filtered]"),
        ("@password:filter", "nothing", "nothing"),
        ("@anything", "Jane", "[Filtered]"),
        ("@anything:mask", "Jane Roe", "**** ***"),
        ("@anything:remove", "Jane", None),
        ("@anything:mask", 42, None),
        ("@anything:mask", {"a": "b"}, None),
        ("@anything:mask", ["b"], None),
        ("@anything:mask", "true", "true"),
        ("@anything:mask", "", ""),
        ("@anything:mask", True, True),
        ("@anything:mask", None, None),
        ("@common:filter", "j@x.example 4571 2345 6789 0111", "j@x.example [Filtered]"),
        ("@common:mask", "j@x.example", "***********"),
        ("@common", "j@x.example", "[email]"),
        ("@email", 42, 42),
        ("@email", [[1, 2]], [[1, 2]]),
        ("@email", [["k", "j@x.example"]], [["k", "[email]"]]),
        ("@creditcard:mask", "4571-2345-6789-0111", "*" * 19),
        ("@email", ["j@x.example", {"b": "j@x.example"}], ["[email]", {"b": "[email]"}]),
    ],
)
def test_rules_of_relay(rule, given, expected):
    assert applied(rule, given) == expected


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        ({"type": "pattern", "pattern": r"d/(\w+)", "replaceGroups": [1], "redaction": {"method": "mask"}}, "d/jane x", "d/**** x"),
        ({"type": "pattern", "pattern": r"d/\w+", "redaction": {"method": "replace", "text": "N"}}, "d/jane x", "N x"),
        ({"type": "pattern", "pattern": r"d/\w+", "replaceGroups": None}, "d/jane x", " x"),
        ({"type": "pattern", "pattern": "good.*|(.*)", "replaceGroups": [1, 7], "redaction": {"method": "mask"}}, "good Jane", "good Jane"),
        ({"type": "pattern", "pattern": "good.*|(.*)", "replaceGroups": [1], "redaction": {"method": "mask"}}, "bad", "***"),
        ({"type": "redact_pair", "keyPattern": "(?i)nick", "redaction": {"method": "replace"}}, "a nick b", "[Filtered]"),
        ({"type": "redactPair", "keyPattern": "^a$"}, "b", None),
        ({"type": "redactPair", "keyPattern": "nick"}, "a nick", ""),
        ({"type": "redactPair", "keyPattern": "^a$"}, {"b": 1}, None),
        ({"type": "redactPair", "keyPattern": "^b$"}, {"b": 1, "c": 2}, {"b": None, "c": 2}),
        ({"type": "email", "redaction": {"method": "default"}}, "j@x.example!", "!"),
        ({"type": "email"}, "j@x.example!", "!"),
        ({"type": "multiple", "rules": ["@email", "@ip"]}, "j@x.example 203.0.113.9", "[email] [ip]"),
        ({"type": "multiple", "rules": ["@email", "@ip"], "hideInner": True, "redaction": {"method": "replace", "text": "X"}}, "j@x.example 203.0.113.9", "X X"),
        ({"type": "multiple", "rules": ["@email"], "hideInner": True}, "j@x.example", "[email]"),
        ({"type": "alias", "rule": "@email"}, "j@x.example", "[email]"),
        ({"type": "alias", "rule": "other", "hideInner": True, "redaction": {"method": "mask"}}, "j@x.example", "***********"),
    ],
)  # fmt: skip
def test_rules_of_ones_own(rule, given, expected):
    rules = {"mine": rule, "other": {"type": "email", "redaction": {"method": "replace"}}}
    assert applied("mine", given, rules) == expected


def test_hashes_need_a_key():
    hashed = applied("@email:hash", "to j@x.example", vars={"hashKey": KEY})
    assert hashed.startswith("to [hash:")
    assert applied("@anything:hash", "Jane", vars={"hashKey": KEY}).startswith("[hash:")
    given = Scrubber.from_relay({"applications": {"extra.a": ["@email:hash"]}}, hash_key=KEY)
    assert given.event({"extra": {"a": "to J@x.example"}})["extra"]["a"] == hashed
    with pytest.raises(PolicyError, match="needs a hash_key"):
        applied("@email:hash", "x")


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        ([], "is an object"),
        ({"rules": []}, None),
        ({"rules": [1]}, "are objects"),
        ({"applications": [1]}, "are objects"),
        ({"applications": {"$foo": ["@email"]}}, "no selector"),
        ({"applications": {"a": ["@surprise"]}}, "unknown rule"),
        ({"applications": {"a": ["@email:surprise"]}}, "unknown rule"),
        ({"applications": {"a": ["surprise"]}}, "unknown rule"),
        ({"applications": {"a": ["@userpath:filter"]}}, "unknown rule"),
        ({"applications": {"a": ["@ip:legacy"]}}, "unknown rule"),
        ({"applications": {"a": ["@surprise:mask"]}}, "unknown rule"),
        ({"applications": {"a": [["x"]]}}, "unknown rule"),
        ({"rules": {"x": {"type": "surprise"}}}, "unknown type"),
        ({"rules": {"x": {"type": "multiple"}}}, "unknown type"),
        ({"rules": {"x": 1}}, "a rule of Relay is an object"),
        ({"rules": {"x": {"type": "email", "redaction": {"method": "surprise"}}}}, "a method of Relay is one of"),
        ({"rules": {"x": {"type": "email", "redaction": "mask"}}}, "a method of Relay is one of"),
        ({"rules": {"x": {"type": "email", "redaction": {"method": "replace", "text": 1}}}}, "is a string"),
        ({"rules": {"x": {"type": "pattern", "pattern": "("}}}, "no regular expression"),
        ({"rules": {"x": {"type": "pattern"}}}, "is a string"),
        ({"rules": {"x": {"type": "pattern", "pattern": "a", "replaceGroups": "1"}}}, "list of numbers"),
        ({"rules": {"x": {"type": "alias", "rule": "x"}}}, "in a circle"),
        ({"vars": [1], "applications": {}}, None),
    ],
)  # fmt: skip
def test_what_is_no_configuration(config, complaint):
    if complaint is None:
        Scrubber.from_relay(config)
        return
    with pytest.raises(PolicyError, match=complaint):
        Scrubber.from_relay(config)


# --- what a scrubber with such rules does -----------------------------------------------------


def test_ids_times_and_words_stay():
    scrubber = Scrubber.from_relay({"applications": {"**": ["@anything:mask"]}})
    event = {"event_id": ID, "timestamp": 1.5, "level": "error", "message": "Jane"}
    leaves = Scrubber.from_relay({"applications": {"event_id || timestamp || level || message": ["@anything:mask"]}})  # fmt: skip
    assert leaves.event(event) == event | {"message": "****"}
    assert scrubber.event(event)["event_id"] == ID


def test_text_values_and_envelopes():
    scrubber = Scrubber.from_relay({"applications": {"$string": ["@email"]}})
    assert scrubber.text("j@x.example") == "[email]"
    assert scrubber.value({"a": ["j@x.example"]}) == {"a": ["[email]"]}
    assert scrubber.value("j@x.example", key="k") == "[email]"
    data = b'{}\n{"type":"event"}\n{"message":"j@x.example"}\n{"type":"span"}\n{"items":[{"description":"j@x.example"}]}'
    out = scrubber.envelope(data)
    assert out.count(b"[email]") == 2
    removed = Scrubber.from_relay({"applications": {"$string": ["@anything:remove"]}})
    assert removed.text("Jane") == ""
    assert removed.envelope(b'{}\n{"type":"session"}\n{"sid":"x","attrs":{}}').endswith(
        b'{"sid":null,"attrs":{}}\n'
    )


def test_pairs_are_reached_by_their_names():
    scrubber = Scrubber.from_relay({"applications": {"authorization": ["@anything:mask"]}})
    event = {"request": {"headers": [["Authorization", "abc"], ["Accept", "x"]]}}
    assert scrubber.event(event)["request"]["headers"] == [
        ["Authorization", "***"],
        ["Accept", "x"],
    ]


def test_the_event_itself_is_no_step():
    scrubber = Scrubber.from_relay({"applications": {"!(*.*)": ["@anything:remove"]}})
    assert scrubber.event({"server_name": "srv"}) == {"server_name": None}


def test_a_star_is_any_one_step():
    scrubber = Scrubber.from_relay({"applications": {"extra.*": ["@anything:remove"]}})
    given = {"extra": {"a": "Jane", "b": {"c": "Jane"}}}
    assert scrubber.event(given)["extra"] == {"a": None, "b": None}


def test_what_stands_below_a_field_of_the_table():
    values = Each(Fields({"type": Role.WORD}))
    assert child_of(values, "values") is values
    assert child_of(values, "Type") is Role.WORD
    attributes = Attributes({"sdk": Role.CODE})
    assert [child_of(attributes, name) for name in ("SDK", "other")] == [Role.CODE, Role.ANY]
    assert child_of(Role.TIME, "x") is Role.ANY


def test_lists_that_relay_reads_as_values():
    scrubber = Scrubber.from_relay(
        {"applications": {"exception.values.0.value": ["@anything:mask"]}}
    )
    given = {"exception": [{"type": "E", "value": "Jane"}, {"value": "Jane"}]}
    assert scrubber.event(given)["exception"] == [{"type": "E", "value": "****"}, {"value": "Jane"}]


@pytest.mark.parametrize(
    ("line", "given", "expected"),
    [
        ("[Mask] [Credit card numbers] from [$string]", "4571 2345 6789 0111", "**** **** **** ****"),
        ("[Remove] [Anything] from [message]", "Jane", None),
        ("[Replace] [IP addresses] from [**]\n\n[Mask] [Email addresses] from [**]", "203.0.113.9 j@x.example", "[Filtered] ***********"),
    ],
)  # fmt: skip
def test_lines(line, given, expected):
    assert Scrubber.from_lines(line).event({"message": given}) == {"message": expected}


@pytest.mark.parametrize(
    "line", ["Mask cards", "[Hide] [Anything] from [a]", "[Mask] [Surprises] from [a]"]
)
def test_what_is_no_line(line):
    with pytest.raises(PolicyError, match="line 2 is no rule"):
        Scrubber.from_lines(f"\n{line}")


def test_options_of_a_project():
    scrubber = Scrubber.from_sentry_options(sensitive_fields=["nick", ""], safe_fields=["extra.build_token"], scrub_ip_addresses=True)  # fmt: skip
    event = {
        "user": {"ip_address": "203.0.113.9"},
        "extra": {"nickname": "x", "password": "y", "build_token": "z", "at": "203.0.113.9"},
    }
    assert scrubber.event(event) == {
        "user": {"ip_address": None},
        "extra": {
            "nickname": "[Filtered]",
            "password": "[Filtered]",
            "build_token": "z",
            "at": "[ip]",
        },
    }
    assert Scrubber.from_sentry_options(scrub_defaults=False).event(event) == event


# --- selectors, and Relay as the oracle -------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", " ", "*", "**.a.**", "$foo", "$", "a.", ".a", "a b", "'", "''", "a &&", "(a", "a)", "!", "a.99999999999999999999", "a-é", "-a", "a\n", "(" * 101 + "a" + ")" * 101, "a..b", "a !b"],
)  # fmt: skip
def test_what_is_no_selector(text):
    with pytest.raises(PolicyError, match="no selector"):
        Selector(text)


SELECTORS = int(os.environ.get("REPLAY_REDACT_SELECTORS", "1000"))
"""Selectors to compare with Relay, each with five events: 10,000 take ten minutes."""

KEYS = "extra foo user id email request data headers Authorization password exception values value stacktrace frames vars filename tags customer breadcrumbs message logentry formatted contexts acct iban spans description list z num deep server_name transaction event_id timestamp release k1 threads name device".split()
TYPES = "string number object array event exception stack frame http user logentry message thread breadcrumb span sdk".split()
EVENTS = [
    {"event_id": ID, "timestamp": 1795811156.4, "level": "error", "logentry": {"message": "m one", "formatted": "m two", "params": ["p"]},
     "exception": {"values": [{"type": "KeyError", "value": "v", "stacktrace": {"frames": [{"filename": "a.py", "function": "f", "lineno": 3, "vars": {"password": "s", "n": 5}}]}}]},
     "request": {"url": "https://x.example/a", "method": "POST", "data": {"card": "4111", "deep": {"a": ["l"]}}, "headers": [["Authorization", "abc"]], "cookies": [["sid", "ck"]], "env": {"REMOTE_ADDR": "192.0.2.1"}},
     "user": {"id": "u1", "email": "j@x.example", "data": {"k": "v"}}, "breadcrumbs": {"values": [{"timestamp": 1795811155.1, "category": "auth", "message": "cm", "data": {"a": "cd", "method": "GET"}}]},
     "tags": [["customer", "Jane"], ["level", "x"]], "extra": {"foo": "bar", "list": ["x", {"z": "w"}], "num": 42}, "contexts": {"acct": {"type": "acct", "iban": "DE"}}, "server_name": "srv", "transaction": "/a/b", "release": "r@1"},
    {"event_id": ID, "type": "transaction", "transaction": "/t", "start_timestamp": 1795811155.0, "timestamp": 1795811156.0, "contexts": {"trace": {"trace_id": ID, "span_id": ID[:16], "op": "http"}},
     "spans": [{"span_id": ID[:16], "trace_id": ID, "start_timestamp": 1795811155.0, "timestamp": 1795811155.5, "op": "db", "description": "select x", "data": {"k": "v"}, "tags": {"t": "v"}}], "extra": {"a": "b"}},
    {"event_id": ID, "contexts": {"feedback": {"type": "feedback", "message": "help", "contact_email": "j@x.example", "name": "Jane"}}, "extra": {"q": ["r"]}},
    {"event_id": ID, "message": "hello", "threads": {"values": [{"id": 1, "name": "main", "stacktrace": {"frames": [{"function": "g", "vars": {"x": "y"}}]}}]}, "extra": {"n": {"o": {"p": "q"}}}},
    {"event_id": ID, "sdk": {"name": "s", "version": "1"}, "request": {"data": "raw", "url": "http://h/x"}, "contexts": {"browser": {"name": "Chrome", "type": "browser"}, "device": {"name": "Jane phone", "model": "m1", "type": "device"}}, "extra": {"l": [["k1", "v1"], ["k2", "v2"]]}},
]  # fmt: skip


def drawn_path(draw):
    items = [_drawn_item(draw) for _ in range(draw.choice([1, 1, 2, 2, 3, 4]))]
    while items.count("**") > 1:
        items.remove("**")
    return "extra.*" if items == ["*"] else ".".join(items)


def _drawn_item(draw):
    kinds = [lambda: draw.choice(KEYS)] * 11 + [lambda: f"${draw.choice(TYPES)}"] * 5
    return draw.choice(
        [*kinds, lambda: "*", lambda: "**", lambda: "**", lambda: str(draw.randrange(3))]
    )()


def drawn(draw, depth=2):
    if depth == 0 or draw.random() < 0.6:
        return drawn_path(draw)
    left, right = drawn(draw, depth - 1), drawn(draw, depth - 1)
    return draw.choice(
        [f"({left} && {right})", f"({left} || {right})", f"!({left})", f"~({right})"]
    )


PIECES = ["$string", "$frame", "$foo", "*", "**", "0", "12", "9" * 25, "a", "foo-bar", "_x", "'a b'", "'it''s'", "''", "'", "&&", "||", "&", "|", "!", "~", "(", ")", ".", " ", "$", "freeform", "databag", "é", "-", "\n", "'é'"]  # fmt: skip


def test_the_same_selectors_are_valid():
    relay = pytest.importorskip("sentry_relay.processing")
    draw = random.Random(22)

    def valid(check, text):
        try:
            check(text)
        except (ValueError, PolicyError):
            return False
        return True

    texts = [
        drawn(draw, 3)
        if n % 2
        else "".join(draw.choice(PIECES) for _ in range(draw.randrange(1, 9)))
        for n in range(20_000)
    ]
    verdicts = [(valid(relay.validate_pii_selector, text), valid(Selector, text)) for text in texts]
    assert [
        text for text, (theirs, ours) in zip(texts, verdicts, strict=True) if theirs != ours
    ] == []
    assert sum(theirs for theirs, _ in verdicts) > 5_000


def leaves(value, path=()):
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in items:
            if key != "_meta":
                yield from leaves(child, (*path, key))
    elif value is not None:
        yield path, value


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_what_relay_reaches_is_reached():
    relay = pytest.importorskip("sentry_relay.processing")
    draw = random.Random(7)
    normal = [relay.pii_strip_event({}, event) for event in EVENTS]
    missed, reached = [], 0
    for _ in range(SELECTORS):
        selector = drawn(draw)
        config = {"applications": {selector: ["@anything:remove"]}}
        rules = RelayRules(config)
        for event in normal:
            before = dict(leaves(event))
            theirs = dict(leaves(relay.pii_strip_event(config, event)))
            kind = event["type"] if event.get("type") == "transaction" else "event"
            ours = dict(leaves(rules.event(copy.deepcopy(event), kind)))
            gone = {path for path in before if theirs.get(path) != before[path]}
            reached += len(gone)
            missed += [(selector, path) for path in gone if ours.get(path) == before[path]]
    assert missed == []
    assert reached > 1_000
