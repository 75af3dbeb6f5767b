"""Detectors, key rules and their configuration, on strings and on JSON."""

import pickle
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import corpus
from benchmarks.peers.relay import relay as relay_here
from replay_redact import Policy, PolicyError, Scrub, ScrubRule, scrub
from replay_redact.scrub import decodings, validators
from replay_redact.scrub.known_secrets import DETECTORS, OPTIONAL
from replay_redact.scrub.replacements import whole_characters
from replay_redact.scrub.scanner import Scanner, scanner_of
from replay_redact.scrub.secret_keys import DEFAULT_KEYS, Keys

SCANNER = scanner_of(Scrub.default())
HASH_KEY = "sixteen bytes of"


def only(name, **options):
    return Scanner(Scrub(rules=[ScrubRule(detector=name, **options)], hash_key=HASH_KEY))


def settled(text, scanner=SCANNER):
    """Scrub a string, and require that scrubbing it again changes nothing."""
    clean = scanner.string(text)
    assert scanner.string(clean) == clean
    return clean


# --- detectors: each with its own examples ------------------------------------------------

EXAMPLES = [e for d in (*DETECTORS, *OPTIONAL) for e in d.examples]


@pytest.mark.parametrize("detector", [*DETECTORS, *OPTIONAL], ids=lambda d: d.name)
def test_a_detector_finds_its_examples_and_leaves_its_look_alikes(detector):
    scanner = only(detector.name)
    missed = [t for t in detector.examples if f"[{detector.name}]" not in settled(t, scanner)]
    assert missed == []
    others = [d for d in (*DETECTORS, *OPTIONAL) if d.name == detector.name and d is not detector]
    taken = [text for text in detector.look_alikes if scanner.string(text) != text]
    assert taken == [] or others


@pytest.mark.parametrize("detector", [*DETECTORS, *OPTIONAL], ids=lambda d: d.name)
def test_every_example_is_found_inside_a_batch(detector):
    scanner = only(detector.name)
    for text in detector.examples:
        batch = ["", "x", text, "", text, "plain words"]
        assert scanner.strings(batch) == [scanner.string(one) for one in batch]


def test_there_are_at_least_forty_kinds():
    assert len(scrub.detectors()) >= 40


ENCODED = [
    ("card%204111111111111111", "card%20[card]"),
    ("card%2520%34111111111111111", "card%2520[card]"),
    (r"{\"n\":\"4111111111111111\"", r"{\"n\":\"[card]\""),
    (r"a\n4111111111111111\n", r"a\n[card]\n"),
    ("\uff14\uff11\uff11\uff11" + "\uff11" * 12, "[card]"),
    ("4111\xa01111\xa01111\xa01111", "[card]"),
    ("078\u201305\u20131120", "[us_ssn]"),
    ("\u0664\u0661\u0661\u0661" + "\u0661" * 12, "[card]"),
    ("jane\u200b@shop.example", "[email]"),
    ("jane&#64;shop.example", "[email]"),
    ("jane%40shop.example", "[email]"),
    ("4111+1111+1111+1111", "[card]"),
    ("078-05-1120 219-09-9999 078-05-1121", "[us_ssn] [us_ssn] [us_ssn]"),
    ("to jane@shop.example from 203.0.113.9", "to [email] from [ipv4]"),
    ("https://jane:p@shop.example/", "https://[url_credentials]@shop.example/"),
]
KEYS_IN_TEXT = [
    ("password=hunter2&x=1", "password=[filtered]&x=1"),
    ("user[passwd]=hunter2", "user[passwd]=[filtered]"),
    ('{"password": "hun\\"ter2", "x": 1}', '{"password":"[filtered]","x":1}'),
    ('{"a": 1, "a": 2, "pin": "1"}', '{"a": 1, "a": 2, "pin": "[filtered]"}'),
    ('{"password":"hunter2', '{"password":"[filtered]'),
    ('x {"secret": {"a": "b"', 'x {"secret": [filtered]'),
    ("x pin='12", "x pin='[filtered]"),
    (r"\"password\":\"hunter2\"", r"\"password\":\"[filtered]\""),
    ("q=%7B%22password%22%3A%22hunter2%22%7D", "q=%7B%22password%22%3A%22[filtered]%22%7D"),
    ("Cookie: a=b; c=d\nHost: x", "Cookie: [filtered]\nHost: x"),
    ("token == 'abc'", "token == '[filtered]'"),
    ("https://a.example?token=abc&page=2", "https://a.example?token=[filtered]&page=2"),
    ("password=null, token: ***", "password=null, token: ***"),
    ("author: Jane, tokenize=x, secretary: y", "author: Jane, tokenize=x, secretary: y"),
    ("token_count=7", "token_count=7"),
    ("<password>hunter2</password>", "<password>[filtered]</password>"),
    ("run --password hunter2 --name x", "run --password [filtered] --name x"),
    ("-token abc", "-token [filtered]"),
    ("<author>Jane</author> --author Jane", "<author>Jane</author> --author Jane"),
    ("4111_1111_1111_1111 or 4111/1111/1111/1111", "[card] or [card]"),
    ("4111  1111  1111  1111", "[card]"),
    ("de89370400440532013000", "[iban]"),
    ("DE89-3704-0044-0532-0130-00", "[iban]"),
    ('["authorization","abc"]', '["authorization","[filtered]"]'),
    ('{"a":"{\\"pin\\":1}"}', '{"a":"{\\"pin\\":null}"}'),
]


@pytest.mark.parametrize(("text", "clean"), ENCODED + KEYS_IN_TEXT)
def test_what_is_found_in_text(text, clean):
    assert settled(text) == clean


def test_hashes_beside_the_defaults():
    scrub_ = Scrub.default(hash_key=HASH_KEY).with_rules(ScrubRule(detector="email", method="hash"))
    clean = settled("jane@shop.example 4111 1111 1111 1111 pin=1", scanner_of(scrub_))
    assert clean.startswith("[hash:")
    assert clean.endswith("] [card] pin=[filtered]")


def test_keys_in_json():
    value = {
        "headers": [["authorization", "abc"], ["accept", "text/html"]],
        "more": {"name": "Set-Cookie", "value": "abc"},
        "apiKey": 42, "x-session-token": "tok", "secret": {"a": ["x", None, True, 5.5]},
        "pan": 4111111111111111, "number": 4111111111111111, "author": "Jane", "count": 12,
        "jane@shop.example": 1, "body": "password=x", "flag": True,
    }  # fmt: skip
    assert SCANNER.value(value) == {
        "headers": [["authorization", "[filtered]"], ["accept", "text/html"]],
        "more": {"name": "Set-Cookie", "value": "[filtered]"},
        "apiKey": None, "x-session-token": "[filtered]", "secret": {"a": ["[filtered]", None, True, None]},
        "pan": None, "number": None, "author": "Jane", "count": 12,
        "[email]": 1, "body": "password=[filtered]", "flag": True,
    }  # fmt: skip
    assert SCANNER.value("abc", key="password") == "[filtered]"


@pytest.mark.parametrize("key", ["password", "userPassword", "X-API-Key", "api_key", "user.pin", "CSRFToken",
                                 "sessionid", "ssn", "cvv2", "set-cookie", "mysql_pwd", "AUTHORIZATION"])  # fmt: skip
def test_secret_keys(key):
    assert Keys(DEFAULT_KEYS).secret(key)


@pytest.mark.parametrize("key", ["author", "tokenize", "is_authenticated", "oauth_id", "spinner", "pine",
                                 "token_count", "session_duration", "keyboard", "", "---", "discard"])  # fmt: skip
def test_other_keys(key):
    assert not Keys(DEFAULT_KEYS).secret(key)


# --- validators -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "text", "good"),
    [
        (validators.is_card, b"4111111111111111", True), (validators.is_card, b"4111111111111", False),
        (validators.is_card, b"0000000000000000", False), (validators.is_ssn, b"900-49-1111", False),
        (validators.is_ssn, b"123-45-0000", False), (validators.is_ipv4, b"0.0.0.0", False),
        (validators.is_ipv6, b"x", False), (validators.is_imei, b"1", False),
        (validators.is_basic, b"a", False), (validators.is_phone, b"1" * 16, False),
    ],
)  # fmt: skip
def test_checks(check, text, good):
    assert bool(check(text)) is good


def test_an_iban_may_be_followed_by_anything():
    assert validators.iban_length(b"DE89370400440532013000 4711 AND MORE") == 22
    assert validators.iban_length(b"DE8937040044") == 0


# --- rules ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "clean"),
    [
        ({"method": "replace"}, "a [email] b"),
        ({"text": "X"}, "a X b"),
        ({"method": "mask"}, "a ****** b"),
        ({"method": "remove"}, "a  b"),
    ],
)
def test_methods(method, clean):
    assert settled("a j@b.cc b", only("email", **method)) == clean


def test_hashes_tell_equal_secrets_and_cannot_be_forged():
    scanner = only("email", method="hash")
    one, same, other = scanner.strings(["x j@b.cc", "y j@b.cc", "k@b.cc"])
    assert one[2:] == same[2:] != other
    assert scanner.string(one) == one
    keys = Scanner(
        Scrub(rules=[ScrubRule(detector="key", method="hash")], keys=["pin"], hash_key=HASH_KEY)
    )
    hashed = keys.value({"pin": "1234"})
    assert keys.value(hashed) == hashed
    forged = {"pin": f"[hash:{'0' * 64}:{'0' * 16}]"}
    assert keys.value(forged) != forged
    assert "hash_key" not in repr(keys.scrub)


def test_patterns_of_ones_own():
    scanner = Scanner(
        Scrub(rules=[ScrubRule(pattern=r"case (\d+)"), ScrubRule(pattern="ü+", text="u")])
    )
    assert scanner.string("case 4711, Tür") == "case [pattern], Tur"


def test_what_does_not_come_to_rest_is_masked_whole():
    scanner = Scanner(Scrub(rules=[ScrubRule(pattern="a", text="ba")]))
    assert set(settled("x a y", scanner)) == {"*", " "}


def test_a_pattern_that_takes_too_long_takes_the_whole_string(monkeypatch):
    monkeypatch.setattr("replay_redact.scrub.finders.TIME_LIMIT", 0.01)
    scanner = Scanner(Scrub(rules=[ScrubRule(pattern=r"(a|aa)+$b")]))
    assert scanner.string("a" * 60 + "c") == "[pattern]"


SPELLINGS = [
    str.lower, str.upper, str.title, lambda key: key.replace("_", "-"), lambda key: key.replace("_", " "),
    lambda key: key.replace("_", "."), lambda key: key.title().replace("_", ""), "user[{}]".format,
    "x-{}".format, "my.{}".format, "{}_2".format, lambda key: "my" + key.title().replace("_", ""),
]  # fmt: skip


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("spelled", SPELLINGS)
@pytest.mark.parametrize(
    "line", ["{}={}", "set {}: {} now", '"{}": "{}"', '{{"{}":"{}"}}', "x&{}={}&y"]
)
def test_every_secret_key_in_every_spelling(spelled, line):
    lines = [line.format(spelled(key), "hunter2") for key in DEFAULT_KEYS]
    assert [text for text in SCANNER.strings(lines) if "hunter2" in text] == []


@pytest.mark.parametrize(
    ("where", "path", "fits"),
    [
        ("**", "custom.breadcrumb.data", True), ("custom.**", "custom.breadcrumb.data", True),
        ("custom.*.data", "custom.breadcrumb.data", True), ("custom.*", "custom.a.b", False),
        ("**.data.**", "custom.b.data", True), ("plugin.**", "custom.a", False), ("TEXT", "text", True),
        ("custom", "custom.a", False), ("**.url", "custom.breadcrumb.data.url", True),
    ],
)  # fmt: skip
def test_where(where, path, fits):
    scanner = Scanner(Scrub(rules=[ScrubRule(detector="email", where=where)]))
    assert (scanner.string("a@shop.example", tuple(path.split("."))) == "[email]") is fits


def test_rules_hold_where_they_say():
    rules = [ScrubRule(detector="email", text="E", where="custom.*.to"), ScrubRule(detector="card")]
    scanner = Scanner(Scrub(rules=rules))
    value = {"to": "j@b.cc 4111111111111111", "from": "j@b.cc", "n": ["j@b.cc"]}
    clean = scanner.value(value, ("custom", "x"))
    assert clean == {"to": "E [card]", "from": "j@b.cc", "n": ["j@b.cc"]}


def test_the_first_rule_for_a_detector_decides():
    scrubbed = Scrub.default().with_rules(ScrubRule(detector="email", method="mask"))
    assert scanner_of(scrubbed).string("j@b.cc") == "******"


def test_nothing_to_scrub():
    assert Scanner(Scrub.none()).strings(["password=x", "j@b.cc"]) == ["password=x", "j@b.cc"]
    assert Scanner(Scrub(rules=[ScrubRule(detector="key")])).string("password=x") == "password=x"


@pytest.mark.parametrize(
    "options",
    [
        {}, {"detector": "card", "pattern": "x"}, {"detector": "cards"}, {"detector": "card", "method": "hide"},
        {"detector": "card", "method": "mask", "text": "x"}, {"detector": "card", "text": 1},
        {"pattern": "("}, {"pattern": "x*"}, {"pattern": 7},
        {"detector": "card", "where": ""}, {"detector": "card", "where": "breadcrumb.data"}, {"detector": "card", "where": "custom..data"},
    ],
)  # fmt: skip
def test_rules_that_make_no_sense(options):
    with pytest.raises(PolicyError):
        ScrubRule(**options)


@pytest.mark.parametrize(
    "options",
    [
        {"rules": ["card"]},
        {"keys": [1]},
        {"style": "x"},
        {"rules": [ScrubRule(detector="card", method="hash")]},
        {"rules": [ScrubRule(detector="card", method="hash")], "hash_key": ""},
        {"hash_key": "fifteen letters"},
        {"hash_key": 10**16},
    ],
)
def test_scrubs_that_make_no_sense(options):
    with pytest.raises(PolicyError):
        Scrub(**options)


def test_a_scrub_is_frozen_data():
    one = Scrub.default()
    assert one == Scrub.default()
    assert hash(one) == hash(Scrub.default())
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own
    assert Scrub(keys="pin").keys == ("pin",)


def test_from_toml(tmp_path):
    path = tmp_path / "p.toml"
    path.write_text(f'metadata = "scrub"\n[scrub]\nkeys = ["iban_owner"]\nhash_key = "{HASH_KEY}"\n'
                    '[[scrub.rules]]\ndetector = "email"\nmethod = "hash"\n')  # fmt: skip
    policy = Policy.from_toml(path)
    assert policy.scrub.rules[0].method == "hash"
    assert policy.scrub.hash_key == HASH_KEY.encode()
    assert scanner_of(policy.scrub).value({"iban_owner": "x"}) == {"iban_owner": "[filtered]"}


@pytest.mark.parametrize(
    "table", ["x = 1", 'preset = "x"', "rules = [{x = 1}]", "rules = [7]", "rules = 7", "keys = 7"]
)
def test_tables_that_make_no_sense(table, tmp_path):
    path = tmp_path / "p.toml"
    path.write_text(f"[scrub]\n{table}\n")
    with pytest.raises(PolicyError):
        Policy.from_toml(path)
    with pytest.raises(PolicyError):
        Policy(scrub="default")


# --- any input ------------------------------------------------------------------------


@given(st.lists(st.text() | st.sampled_from(EXAMPLES), max_size=4))
def test_scrubbing_twice_is_scrubbing_once_and_batches_change_nothing(texts):
    together = SCANNER.strings(texts)
    assert together == [SCANNER.string(text) for text in texts]
    assert SCANNER.strings(together) == together


PIECES = [*EXAMPLES, "password", "token", "=", ":", '"', "'", "{", "}", "[", "]", "\\", "%", " ",
          "&", ";", "\n", "\0", "@", ".", "-", "\u200b", "\uff11", "4111", "\\u0034"]  # fmt: skip


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_scrubbing_what_is_put_together_from_pieces():
    rng = random.Random(7)
    for _ in range(3000):
        settled("".join(rng.choices(PIECES, k=rng.randint(1, 8))))


def test_strings_that_hold_the_separator_of_batches():
    assert SCANNER.strings(["a\0j@b.cc", "x"]) == ["a\0[email]", "x"]


def test_secrets_within_one_string_of_json_leave_the_rest_as_it_is():
    line = '{"a": "j@b.cc, k@b.cc", "n":1, "b":  ["x l@b.cc"]}'
    assert settled(line) == '{"a": "[email], [email]", "n":1, "b":  ["x [email]"]}'


def test_json_that_is_too_deep_is_masked():
    assert "secret-x" not in SCANNER.string('{"password":"secret-x","a":' + "[" * 100_000)
    assert "x" not in SCANNER.string("[" * 100_000 + '"password=x"' + "]" * 100_000)


def test_a_key_without_a_body_is_nothing():
    text = "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----"
    assert SCANNER.string(text) == text


def test_no_character_is_cut():
    assert whole_characters("aé b".encode(), 2) == 3
    assert whole_characters(b"ab", 1) == 1


def test_a_view_maps_back():
    seen = decodings.view(b"a%41\\u00e9&lt;b")
    assert seen is not None
    assert seen.data == "aAé<b".encode()
    assert seen.place(1, 2) == (1, 4)
    assert seen.place(4, 6) == (10, 15)
    assert decodings.view("é".encode()) is None


def test_relay_wipes_by_words():
    relay = scanner_of(Scrub.relay())
    assert relay.strings(["Author: Jane", "pay 4111111111111112 now", "token count", "x"]) == [
        "[Filtered]", "pay [Filtered] now", "token count", "x",
    ]  # fmt: skip
    wiped = [
        "otp",
        "Two-Factor",
        "pa\u017f\u017fword",
        "to\u212aen:",
        "token\xe9=x",
        "token_count: 3",
    ]
    assert set(relay.strings(wiped)) == {"[Filtered]"}
    kept = ["otp ", "an otp", "two factor", "token\xa0=", "token\x1c:", "token"]
    assert relay.strings(kept) == kept
    assert relay.value({"my_token": "x", "auth": {"a": 1, "b": True}, "n": 1, "secret": "null"}) == {
        "my_token": "[Filtered]", "auth": {"a": None, "b": True}, "n": 1, "secret": "null",
    }  # fmt: skip


@pytest.fixture
def relay():
    found = relay_here()
    if found is None:
        pytest.skip("no wheel of sentry-relay here")
    return found


def test_relay_agrees_with_the_wheel(relay):
    texts = [line.text for line in corpus.lines(600_000)]
    ours, theirs = scanner_of(Scrub.relay()).strings(texts), relay(texts)
    differing = [text for text, a, b in zip(texts, ours, theirs, strict=True) if a != b]
    changed = sum(text != clean for text, clean in zip(texts, ours, strict=True))
    print(f"{len(texts)} strings, {changed} changed, {len(differing)} differ from Relay")
    assert changed > 20
    assert differing == []


def test_relay_agrees_with_the_wheel_about_keys(relay):
    names = sorted({*filter(str.isascii, DEFAULT_KEYS), *corpus.WORDS, *corpus.SECRETS, "author", "oauth_id", "is_authenticated",
                    "stripetoken", "X-Api-Key", "apiKey", "Authorization", "privateKey", "two-factor"})  # fmt: skip
    value = dict.fromkeys(names, "plain")
    ours = scanner_of(Scrub.relay()).value(value)
    wiped = [name for name in names if ours[name] != "plain"]
    print(f"{len(names)} keys, {len(wiped)} wiped")
    assert 10 < len(wiped) < len(names) // 2
    assert ours == relay(value)
