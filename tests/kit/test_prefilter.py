"""The prefilter: it never says no where the exact search finds something."""

import gzip
import itertools
import json
import os
import random
import sys
import unicodedata
import zlib

import pytest
from real_recordings import OWN, own, secrets_of

from replay_redact import decode, encode
from replay_redact.errors import RedactError
from replay_redact.testing import find_leaks, find_secrets
from replay_redact.testing.everything import everything
from replay_redact.testing.planted import in_digits, patterns, search
from replay_redact.testing.prefilter import Prefilter, looking, plain_text, programs
from replay_redact.testing.prefilter.foldings import _LAST, folded, foldings
from replay_redact.testing.prefilter.texts import unescaped
from tests.kit.spelled import SECRETS, packed, spelled, wrapped, written

HITS = int(os.environ.get("REPLAY_REDACT_SPELLINGS", "1500"))
MARK = "MARK"
EVENTS = (
    {"type": 5, "timestamp": 1, "data": {"tag": "t", "payload": {"a": [MARK, 80], "b": "x"}}},
    {"type": 5, "timestamp": 1, "data": {"tag": "t", "payload": {MARK: "80 x"}}},
    {"type": 2, "timestamp": 1, "data": {"node": {"type": 0, "id": 1, "childNodes": [{"type": 3, "id": 2, "textContent": MARK}]}, "initialOffset": {"top": 0, "left": 0}}},
    {"type": 3, "timestamp": 1, "data": {"source": 5, "id": 2, "text": MARK, "isChecked": False}},
)  # fmt: skip


def points():
    return (point for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000)


def read(data):
    """Return the strings in a recording as the exact search gets them."""
    try:
        return json.loads(encode(decode(data)))
    except RedactError:
        return list(everything(data))


def samples():
    rng = random.Random(28)
    looks = {
        secret: (patterns({"x": secret}), Prefilter(patterns({"x": secret}))) for secret in SECRETS
    }
    while True:
        secret = rng.choice(SECRETS)
        event = written(rng, rng.choice(EVENTS), spelled(rng, secret), MARK)
        yield *looks[secret], wrapped(rng, event), secret


def test_nothing_is_missed_that_the_exact_search_finds():
    hits, looked = 0, 0
    for wanted, look, data, secret in samples():
        looked += 1
        found = list(search(read(data), wanted))
        if found:
            text = plain_text(data)
            assert text is None or look.may_hold(text), (secret, found[0].spelling, data)
            hits += 1
        if hits == HITS:
            break
    assert looked < 8 * HITS


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_it_rules_out_what_holds_no_secret():
    looks = [(secret, Prefilter(patterns({"x": secret}))) for secret in SECRETS]
    other = [
        (a, b)
        for (a, look), b in itertools.product(looks, SECRETS)
        if a != b and look.may_hold(json.dumps([b]).encode())
    ]
    assert other == [("Jane Roe", "jane.roe@shop.example")]  # what separates words may be anything


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_forms_of_a_character_fold_to_the_same():
    # What `programs` turns round: the exact search's readings of any character fold as it does.
    readings = (
        str.lower,
        str.casefold,
        in_digits,
        folded,
        lambda c: unicodedata.normalize("NFKC", c),
    )
    for point in points():
        character = chr(point)
        form = folded(character)
        if (
            any(reading(character) != character for reading in readings)
            and character not in "\u00ad\u200b\u200c\u200d\u2060\ufeff"
        ):
            assert {folded(reading(character)) for reading in readings} == {form}, hex(point)
        if point > _LAST:
            assert form == character


def test_what_str_lower_makes_ascii_of():
    made = {
        (letter, point)
        for point in points()
        if point > 127
        for letter in chr(point).lower()
        if letter.isascii()
    }
    assert made == {
        (letter, point) for letter, known in programs._LOWERED.items() for point in known
    }


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize(
    "point",
    sorted({p for table in foldings()[:5] for points_ in table.values() for p in points_[:1]})[
        ::97
    ],
)
def test_characters_that_fold_to_letters_are_taken_for_them(point):
    secret = f"ab{folded(chr(point))}cd"
    wanted = patterns({"x": secret})
    text = json.dumps([f"AB{chr(point)}CD"], ensure_ascii=False)
    assert list(search(json.loads(text), wanted)) == [] or Prefilter(wanted).may_hold(text.encode())


@pytest.mark.parametrize("secret", ["::::", "a - b", "12:;"])
def test_spellings_of_few_letters_are_left_to_the_exact_search(secret):
    assert Prefilter(patterns({"x": secret})).may_hold(b"[]")


def test_what_is_no_plain_text():
    assert plain_text(b"[\xff]") is plain_text(b"[\0]") is plain_text(b"data=W10%3D") is None
    assert plain_text(b"\x1f\x8b broken") is None
    deep = b"[]"
    for _ in range(7):
        deep = gzip.compress(deep)
    assert plain_text(deep) is None
    assert plain_text(b'{"segment_id": 1}\n' + zlib.compress("[ö]".encode())) == "[ö]".encode()


def test_many_secrets_are_several_programs(monkeypatch):
    monkeypatch.setattr(looking, "_LARGEST", 500)
    look = Prefilter(patterns({secret: secret for secret in SECRETS}))
    assert all(
        look.may_hold(json.dumps([secret], ensure_ascii=False).encode()) for secret in SECRETS
    )
    assert not look.may_hold(b'["John Doe"]')
    assert not look.may_hold('["Jöhn Doe"]'.encode())
    assert len(look._programs[False]) > 10


def test_no_secrets_are_nowhere():
    assert not Prefilter([]).may_hold(b"[]")


def test_two_secrets_in_one_event():
    event = {"type": 5, "timestamp": 1, "data": {"tag": "x", "payload": ["Jane Roe", "John Doe"]}}
    found = find_secrets([event], {"one": "Jane Roe", "other": "John Doe"})
    assert [(leak.event, leak.secret) for leak in found] == [(0, "one"), (0, "other")]


def test_escapes_in_what_is_no_json():
    look = Prefilter(patterns({"x": "John Doe"}))
    assert look.may_hold(rb"Dear \u004aohn Doe")
    assert not look.may_hold(rb"Dear \u004aane Doe")


def test_escapes_in_too_many_layers():
    text = b'"\\u0041bc"'
    for _ in range(looking._LAYERS):
        text = json.dumps(text.decode()).encode()
    look = Prefilter(patterns({"x": "John Doe"}))
    assert look.may_hold(text)
    assert not look.may_hold(json.loads(json.loads(json.loads(text))).encode())
    assert unescaped(rb"\q\u0041\ud800\ud83d\ude00") == "\\qA\ufffd😀".encode()


@pytest.mark.parametrize(
    "text",
    ['["80%", "x y", "(4 \u20ac)", "hb"]', '["8n\u20ac and so on", ["xx"]]', '{"a": ["80"]}'],
)
def test_what_only_begins_like_compressed_data_is_no_reason_for_an_exact_search(text):
    look = Prefilter(patterns({"x": "John Doe"}))
    assert not look.may_hold(text.encode())


@pytest.mark.parametrize("level", [0, 1, 3, 6, 9])  # 3 begins with two printable characters
def test_what_is_compressed_is_left_to_the_exact_search(level):
    event = packed(
        '{"type": 5, "timestamp": 1, "data": {"tag": "t", "payload": "Jane Roe"}}', level
    )
    look = Prefilter(patterns({"x": "John Doe"}))
    for ascii_ in (True, False):
        for place in ([event], ["x", event], {"a": event}, {"a": [1, {"b": event}]}):
            assert look.may_hold(json.dumps(place, ensure_ascii=ascii_).encode())


def test_numbers_of_digits_that_many_characters_stand_for():
    wanted = patterns({"x": "4111 1111 1111 1111"})
    look = Prefilter(wanted)
    for text in ("4⑪1 1⑪1 1⑪⑪⑪⑪", "㊶⑪1111111111111", "4111111111111⑪1", "4-1-1-1 1111 1111 1111"):
        assert look.may_hold(json.dumps([text], ensure_ascii=False).encode()) or not list(
            search([text], wanted)
        )
    assert look.may_hold(b"4-1-1-1 1111 1111 1111")
    assert not look.may_hold(
        '[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "⑪"]'.encode()
    )


def told(leaks):
    return {
        (leak.event, leak.node, leak.field, leak.secret, leak.rule) for leak in leaks if leak.secret
    }


@pytest.mark.no_cover  # large recordings, and the lines that small ones cover
@pytest.mark.parametrize("recording", OWN, ids=lambda recording: recording["file"])
def test_find_secrets_finds_what_find_leaks_does(recording):
    data, secrets = own(recording), secrets_of(recording) | {"none": "nowhere to be seen"}
    exact = told(find_leaks(data, secrets=secrets))
    assert {leak[3] for leak in exact} == secrets_of(recording).keys()  # every planted canary
    assert told(find_secrets(data, secrets, spread=True)) == exact
    assert told(find_secrets(gzip.compress(data), secrets)) == {
        one for one in exact if "spread" not in one[-1] and "typed" not in one[-1]
    }


def test_find_secrets_in_what_is_no_recording():
    secrets = {"name": "Jane Roe", "other": "John Doe"}
    for data in (
        b"<p>JANE  ROE",
        gzip.compress(b"[\xff] jane roe"),
        "[Jane Roe]".encode("utf-16"),
        b"",
    ):
        assert [leak.secret for leak in find_secrets(data, secrets)] == ["name"] * bool(data)
    assert (
        find_secrets(
            [{"type": 5, "timestamp": 1, "data": {"tag": "jane roe"}}], secrets, reveal=True
        )[0].value
        == "jane roe"
    )
    with pytest.raises(TypeError):
        find_secrets("Jane Roe", secrets)


def test_find_leaks_finds_the_same_in_large_events():
    text = "lorem ipsum " * 30_000
    events = [
        {
            "type": 5,
            "timestamp": n,
            "data": {"tag": "t", "payload": [text, "JANE  Roe" if n == 2 else ""]},
        }
        for n in range(4)
    ]
    found = [leak for leak in find_leaks(events, secrets=["Jane Roe"]) if leak.secret]
    assert [(leak.event, leak.rule) for leak in found] == [(2, "spaced otherwise")]


def test_without_re2_every_text_may_hold_a_secret(monkeypatch):
    monkeypatch.setitem(sys.modules, "re2", None)
    looking._re2.cache_clear()
    assert looking.Prefilter(patterns({"who": "Jane Roe"})).may_hold(b"[]")
    looking._re2.cache_clear()
