"""One record per secret that the scrubber let through, or text that it took too long over.

Records are never deleted. Each was found by somebody who had read the documentation only.
"""

import json
import tracemalloc

import pytest
from helpers import Page, redact
from steps import in_proportion

from replay_redact import Policy, PolicyError, Scrub, Scrubber, ScrubRule
from replay_redact.scrub.scanner import Scanner, scanner_of

SCANNER = scanner_of(Scrub.default())
A36 = "aB3dE5gH7jK9mN1pQ3sTaB3dE5gH7jK9mN1p"


def settled(text):
    clean = SCANNER.string(text)
    assert SCANNER.string(clean) == clean
    return clean


@pytest.mark.parametrize("unit", ["xtoken=", "apin:", "-keypin:", "passwordtoken=", "x='"])
def test_s01_keys_that_are_none_had_their_values_read_each(unit):
    """What one search reads is counted in `instructions/`, by the same strings."""
    assert in_proportion(lambda count: SCANNER.string(unit * count), 200)


@pytest.mark.parametrize("unit", ["%/home/", "/home/a", "a@b.cc "])
def test_s02_quotes_were_counted_from_the_beginning_for_each_find(unit):
    """What one count reads is counted in `instructions/`, by the same strings."""
    assert in_proportion(lambda count: SCANNER.string('{"a":"' + unit * count), 200)


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("msg=card%0A4111111111111111", "msg=card%0A[card]"),
        ("https://h/p?m=a%C3%A9490154203237518", "https://h/p?m=a%C3%A9[imei]"),
        ("note=pay%20to%20DE89370400440532013000", "note=pay%20to%20[iban]"),
        ("m=a%0Apassword=hunter2xyz", "m=a%0Apassword=[filtered]"),
        ("4111%C2%A01111%C2%A01111%C2%A01111", "[card]"),
        ("536%E2%80%9390%E2%80%934399", "[us_ssn]"),
        ("pass%E2%80%8Bword=hunter2xyz", "pass%E2%80%8Bword=[filtered]"),
        ("cmd=login%20--password%20hunter2xyz", "cmd=login%20--password%20[filtered]"),
        ("a=1&password%20=hunter2xyz", "a=1&password%20=[filtered]"),
    ],
)
def test_s03_percent_encoded_line_breaks_and_letters_were_not_looked_through(line, clean):
    assert settled(line) == clean


@pytest.mark.parametrize("space", [" ", "%20", "+"])
def test_s04_private_keys_in_form_bodies(space):
    key = f"-----BEGIN{space}PRIVATE{space}KEY-----%0AMIIEabcdefgh%0A-----END{space}PRIVATE{space}KEY-----"
    assert "MIIE" not in settled(f"k={key}&x=1")


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ('{"DE89 3704 0044 0532 0130 00": 1, "GB82WEST12345698765432": 1}', {"[iban]": None, "[iban] (2)": None}),
        ('{"a@b.cc":"x","b@b.cc":17,"k":"c@b.cc"}', {"[email]": "x", "[email] (2)": 17, "k": "[email]"}),
        ('{"[email]":1,"a@b.cc":2}', {"[email]": 1, "[email] (2)": 2}),
    ],
)  # fmt: skip
def test_s05_keys_that_become_one_label_are_kept_apart(line, clean):
    assert json.loads(settled(line)) == clean


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("\x1b[31mpassword=hunter2xyz\x1b[0m", "\x1b[31mpassword=[filtered]\x1b[0m"),
        ("\x1b[0;32mtoken\x1b[0m: hunter2xyz", "\x1b[0;32mtoken\x1b[0m: [filtered]"),
        ("\x1b[31mDE89370400440532013000\x1b[0m", "\x1b[31m[iban]\x1b[0m"),
        (r"\x1b[31mpassword=hunter2xyz", r"\x1b[31mpassword=[filtered]"),
        (r'{"a":"\u001b[31mpin: 4711"}', r'{"a":"\u001b[31mpin: [filtered]"}'),
    ],
)
def test_s06_colors_of_a_terminal_hid_what_they_color(line, clean):
    assert settled(line) == clean


@pytest.mark.parametrize(
    "line",
    [
        "Bearer\xa0aaaaaaaaaaaaaaaaaaaa1", "password\xa0: hunter2", "--password\xa0hunter2", "api\xa0key=hunter2",
        '{"password"\xa0:\xa0"hunter2"}', "password\u200b=hunter2", f"ghp\u200b_{A36}", f"glpat\u2013{A36}",
        "api\u2011key=hunter2", "4111\ufe0f111111111111", "4111\u3164111111111111",
        "DE89\u30003704\u30000044\u30000532\u30000130\u300000", "password\uff1ahunter2",
    ],
)  # fmt: skip
def test_s07_odd_spaces_and_invisible_characters_between_letters(line):
    clean = settled(line)
    assert "[" in clean
    assert not any(secret in clean for secret in ("hunter2", "aaaa1", A36, "1111", "0532"))


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("h=Bearer+a8sdf7a8sdf7asdf8asdf7", "h=Bearer+[bearer]"),
        ("note=pay+to+DE89+3704+0044+0532+0130+00+now", "note=pay+to+[iban]+now"),
        ("x=--password+hunter2xyz", "x=--password+[filtered]"),
        ("password[a][b]=hunter2xyz", "password[a][b]=[filtered]"),
        ('--password "my hunter2xyz"', '--password "[filtered]"'),
        ("--password 'my hunter2xyz' x", "--password '[filtered]' x"),
        ('Authorization: Digest username="bob", response="ab12"', "Authorization: [filtered]"),
        ("password=\\hunter2xyz", "password=[filtered]"),
        ('["mysql","--password","hunter2xyz"]', '["mysql","--password","[filtered]"]'),
        ('["user","password:","hunter2xyz"]', '["user","password:","[filtered]"]'),
        ('{"Name":"Password","Value":"hunter2"}', '{"Name":"Password","Value":"[filtered]"}'),
        ('{"field":"pin","value":4711}', '{"field":"pin","value":null}'),
        ("https://bob:a@hunter2xyz@h/", "https://[url_credentials]@h/"),
        ("api_keys=hunter2xyz", "api_keys=[filtered]"),
        ("PGPASSWORD=hunter2xyz", "PGPASSWORD=[filtered]"),
    ],
)
def test_s08_ways_to_write_a_key_and_its_value(line, clean):
    assert settled(line) == clean


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("KZ86125KZT5004100100", "[iban]"),
        ("MA64011519000001205000534921", "[iban]"),
        ('{"f":4111111111111111.0,"g":4.5,"h":1e300}', '{"f":null,"g":4.5,"h":1e+300}'),
        ("jane@shop.\u0440\u0444", "[email]"),
        ("ssn-536-90-4399", "ssn-[us_ssn]"),
        (f"hf_{'a1' * 17}", "[huggingface]"),
    ],
)
def test_s09_formats_that_were_not_known(line, clean):
    assert settled(line) == clean


def test_s10_attributes_that_say_by_their_names_that_they_are_secret():
    page = Page()
    attributes = {"data-token": "hunter2xyz", "api-key": "hunter3xyz", "data-note": "j@b.cc"}
    image = page.element("img", {"srcset": "https://a.example/x?token=hunter4xyz 1x"})
    events = [page.snapshot(page.element("div", attributes, image))]
    found = json.dumps(redact(events, Policy.permissive()))
    assert "hunter" not in found
    assert '"data-token": "[filtered]"' in found
    assert '"data-note": "[email]"' in found
    unscanned = json.dumps(redact(events, Policy.permissive().replace(scrub=Scrub.none())))
    assert "hunter2xyz" in unscanned


def test_s11_a_label_that_no_encoding_has():
    with pytest.raises(PolicyError, match="surrogates"):
        ScrubRule(detector="email", text="\ud800")


@pytest.mark.parametrize("prefix", ["b", "u", "N", "$", "rb"])
@pytest.mark.parametrize("quotes", ["'", '"', "'''", '"""'])
def test_s12_strings_as_programs_write_them(prefix, quotes):
    clean = settled(f"password={prefix}{quotes}hunter2xyz{quotes}; a=1")
    assert clean == f"password={prefix}{quotes}[filtered]{quotes}; a=1"


@pytest.mark.parametrize("number", ["3782_822463_10005", "3782/822463/10005", "3056/930902/5904", "3782  822463  10005"])  # fmt: skip
def test_s13_cards_of_three_groups_with_any_separator(number):
    assert settled(f"paid by {number}") == "paid by [card]"


@pytest.mark.parametrize(
    "line",
    ['PASSWORD=\nTOKEN="hunter2xyz"', "X-CSRF-Token:\r\nX-Api-Key: hunter2xyz\r\n", "secrets:\n  db_password: hunter2xyz",
     'auth: token="hunter2xyz"', "Cookie: pin='hunter2xyz'", "token: secret:\n pin: hunter2xyz", "password=[email]hunter2xyz",
     '"password":"[email]hunter2xyz"'],
)  # fmt: skip
def test_s14_a_key_without_a_value_took_the_next_key_for_it(line):
    assert "hunter2xyz" not in settled(line)


@pytest.mark.parametrize(
    ("line", "clean"),
    [('bash -c "mysql --password hunter2 db"', 'bash -c "mysql --password [filtered] db"'),
     ("ssh -t 'deploy --token hunter2'", "ssh -t 'deploy --token [filtered]'"), ("(--password hunter2)", "(--password [filtered])"),
     ("`x --password hunter2`", "`x --password [filtered]`"), ("cmd:--token hunter2", "cmd:--token [filtered]"),
     ("--password%20hunter2", "--password%20[filtered]"), ("--password [filtered])", "--password [filtered])"),
     ("pre--password x", "pre--password x")],
)  # fmt: skip
def test_s15_options_within_quotes_and_brackets(line, clean):
    assert settled(line) == clean


PAIR = '{"name":"password","value":"hunter2"}'


@pytest.mark.parametrize(
    "text",
    [f"\n{PAIR}", f" [{PAIR}]", f"\ufeff{PAIR}", json.dumps(PAIR), ' [["Cookie","hunter2"]]'],
)
def test_s16_json_behind_blanks_and_in_quotes_was_read_as_text(text):
    clean = settled(text)
    assert "hunter2" not in clean
    assert json.loads(clean.lstrip("\ufeff"))
    assert clean.startswith(text[:2])


def test_s17_pairs_in_objects_that_tables_describe():
    data = {"name": "Cookie", "value": "hunter2", "other": "x"}
    event = {"type": 5, "timestamp": 1, "data": {"tag": "breadcrumb", "payload": {"category": "x", "data": data}}}  # fmt: skip
    [shown] = redact([event], Policy(metadata="scrub"))
    assert shown["data"]["payload"]["data"] == {**data, "value": "[filtered]"}


def test_s18_the_path_of_each_value_was_kept_whole():
    deep: object = ["a"] * 400
    for _ in range(400):
        deep = [deep]
    scanner = scanner_of(Scrub.default())
    tracemalloc.start()
    scanner.value({"x": deep})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 600_000


def test_s19_numbers_that_are_too_large_made_json_none():
    assert "Infinity" not in settled('{"a":1e999,"password":"hunter2"}')


@pytest.mark.parametrize(
    "line",
    ["password=\v{}", "password\v:{}", "password = \f\v {}", "--password\v{}", "Cookie:\vsid={}", "basic\vamFuZTpodW50ZXIy{}",
     '"password"\v:\v"{}"', "card\vnumber={}"],
)  # fmt: skip
@pytest.mark.parametrize("rest", ["", " and so on" * 40])
def test_s20_a_vertical_tab_is_white_space_to_one_engine_only(line, rest):
    assert "hunter2" not in settled(line.replace("{}", "hunter2" * ("{}" in line)) + rest)
    assert "amFuZTpodW50ZXIy" not in settled(line + rest)


@pytest.mark.parametrize("login", ["jane:p\0ss", "\0jane:pss", "jane:pss\0"])
def test_s21_the_separator_of_batches_within_a_login(login):
    url = f"https://{login}@shop.example/"
    before, clean, after = SCANNER.strings(["a", url, "b"])
    assert clean.startswith("https://[url_credentials]")
    assert (before, after) == ("a", "b")
    assert "jane" not in clean
    assert "pss" not in clean


@pytest.mark.parametrize(
    "texts",
    [["--password \0hunter2", "--password "], ["https://jane:p\0ss@intranet/", "https://jane:p"],
     ["card\0.4111111111111111", ".4111111111111111"]],
)  # fmt: skip
def test_s22_a_string_with_separators_hid_behind_one_that_is_part_of_it(texts):
    for some in (texts, texts[::-1], [*texts, *texts]):
        assert SCANNER.strings(some) == [SCANNER.string(text) for text in some]
        assert not any(
            part in "".join(SCANNER.strings(some)) for part in ("hunter2", "ss@", "4111")
        )


@pytest.mark.parametrize(
    "make",
    [lambda n: "-a+x;" * n, lambda n: "basic+a;--" * n, lambda n: '["' + "a@b.de " * n + '"' + " " * (10 * n) + "]"],
)  # fmt: skip
def test_s23_arguments_and_blanks_were_read_again_and_again(make):
    """What one search reads is counted in `instructions/`, by the same strings."""
    assert in_proportion(lambda count: SCANNER.string(make(count)), 200)


def test_s24_where_a_rule_holds_was_asked_from_the_top_for_each_value():
    rule = ScrubRule(detector="email", method="mask", where="custom.x.y")
    scanner = Scanner(Scrub.default().with_rules(rule))

    def scan(size):
        """Scan so many values, as many levels deep."""
        deep: object = [1] * size
        for _ in range(size):
            deep = [deep]
        scanner.value(deep, ("custom", "x"))

    assert in_proportion(scan, 50)


@pytest.mark.parametrize(
    ("line", "clean"),
    [("ip:2001:db8::8a2e:370:7334", "ip:[ipv6]"), ("addr:fe80::1", "addr:[ipv6]"), ("mac:4a:00:04:10:9b:50", "mac:[mac]"),
     ("wlan0-4a:00:04:10:9b:50", "wlan0-[mac]"), ("Connecting...203.0.113.9", "Connecting...[ipv4]"),
     ("a...123 45 6789", "a...[us_ssn]"), (".4111111111111111", ".[card]"), ("C:\\USERS\\JANE", "C:\\USERS\\[user_path]"),
     ("41\ufff91111\uffa01111111111", "[card]"), ("4111\u16801111\ufe6311111111", "[card]"),
     ("".join(chr(0x7C0 + int(digit)) for digit in "4111111111111111"), "[card]"), ("4111 1111\x1b[38:5:12m 1111 1111", "[card]")],
)  # fmt: skip
def test_s25_numbers_behind_colons_and_dots_and_beside_odd_characters(line, clean):
    assert settled(line) == clean


@pytest.mark.parametrize(
    "line",
    ["api__key={}", "user[api][key]={}", "api--key: {}", '{"api  key":"{}"}', "credit__card={}"],
)
def test_s26_keys_of_two_words_with_more_than_one_character_between(line):
    assert settled(line.replace("{}", "hunter2")) == line.replace("{}", "[filtered]")


def test_s27_patterns_of_ones_own_held_in_json_without_secret_keys_only():
    rule = ScrubRule(pattern=r'"user":"(\w+)"', text="N")
    scanner = scanner_of(Scrub.default().with_rules(rule))
    assert scanner.string('{"user":"jane","token":"x"}') == '{"user":"N","token":"[filtered]"}'
    only_cards = scanner_of(Scrub(rules=[ScrubRule(detector="card")]))
    assert only_cards.string('{"a":4111111111111111}') == '{"a":null}'


@pytest.mark.parametrize(
    "value",
    [["078-05-1120", "hello"], {"078-05-1120": "hello"}, {"name": "078-05-1120", "value": "hello"}],
)
def test_s28_what_was_put_in_the_place_of_a_key_was_taken_for_a_secret_one(value):
    clean = SCANNER.value(value)
    assert "078" not in json.dumps(clean)
    assert SCANNER.value(clean) == clean


def test_s29_numbers_of_thousands_of_digits_were_no_numbers():
    assert SCANNER.value({"a": 10**5000, "b": 4111111111111111}) == {"a": 10**5000, "b": None}


@pytest.mark.parametrize(
    "line",
    ['Bearer "{}"', "bearer: {}", "Bearer token: '{}'", "Basic: {}", 'Basic "{}"', "--password \\\n  {}", "curl -token \\\r\n \\\n{} x"],
)  # fmt: skip
def test_s30_credentials_in_quotes_behind_colons_and_on_the_next_line(line):
    assert "amFuZTpodW50ZXIy" not in settled(line.replace("{}", "amFuZTpodW50ZXIy"))


def test_sentences_are_no_names_of_types_modules_or_threads():
    event = {
        "exception": {
            "values": [{"type": "Jane Roe left", "module": "of Jane"}, {"type": "KeyError"}]
        },
        "threads": {"values": [{"name": "work for Jane"}, {"name": "Thread-1 (serve)"}]},
    }
    assert Scrubber().event(event) == {
        "exception": {
            "values": [{"type": "**** *** ****", "module": "** ****"}, {"type": "KeyError"}]
        },
        "threads": {"values": [{"name": "**** *** ****"}, {"name": "Thread-1 (serve)"}]},
    }


def test_relay_takes_an_object_with_values_for_no_item():
    rules = {"applications": {"$thread.stacktrace.**": ["@anything:mask"]}}
    frames = {"frames": [{"function": "f", "vars": {"a": "Jane"}}]}
    event = {"threads": {"values": [{"stacktrace": frames}]}}
    clean = Scrubber.from_relay(rules).event(event)
    assert "Jane" not in str(clean)
