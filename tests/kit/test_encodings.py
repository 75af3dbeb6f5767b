"""The search for secrets looks through encodings of single characters, and into what is packed."""

import base64
import gzip
import json
import zlib

import pytest

from replay_redact._wire.compression import Budget
from replay_redact.testing import find_leaks, find_secrets
from replay_redact.testing.encodings import unpacked
from replay_redact.testing.planted import patterns
from replay_redact.testing.prefilter import Prefilter

PERSON = "jane@x.example"


def of_text(text):
    event = {"type": 5, "timestamp": 1, "data": {"tag": "t", "payload": {"a": text}}}
    return json.dumps([event]).encode()


@pytest.mark.parametrize(
    "text",
    [
        "jane&#64;x.example",
        "jane&commat;x&period;example",
        "<iframe srcdoc='<p>jane&amp;#64;x.example'>",
        "jane&#x40;x.example",
        "jane&#64x.example",
        "j%26%2397;ne%2540x.example",
        "jane\\u0040x.ex\\x61mple",
        "ja\\u001b[31mne@x.example",
        "ja\x1b[31mne@x.example",
        "JAN&#69;@X.EXAMPLE",
        "&#106;&#97;&#110;&#101;&#64;&#120;&#46;example",
    ],
)
def test_encoded_characters_hide_nothing(text):
    recording = of_text(text)
    for found in (find_secrets(recording, [PERSON]), find_leaks(recording, secrets=[PERSON])):
        assert [(leak.field, leak.rule) for leak in found if leak.secret] == [("payload.*", "encoded")]  # fmt: skip
    assert find_secrets(recording, ["john@x.example"]) == []


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_of_something_compressed_is_opened(compress, encode):
    packed = encode(compress(of_text(PERSON))).decode()
    for data in (packed.encode(), json.dumps({"data": packed}).encode()):
        [leak] = find_secrets(data, [PERSON])
        assert (leak.secret, leak.field) == ("secret 1", "what cannot be read")
        assert find_secrets(data, ["john@x.example"]) == []
    [leak] = find_secrets(of_text(packed), [PERSON])
    assert (leak.field, leak.rule) == ("payload.*", "encoded")


@pytest.mark.parametrize(
    "text",
    [
        "Jane",
        "H4sIAAAAAAACA+ and no base64",
        "H4sIAAAAAAACAAAAAA",
        "H4sIAAAAAAACAAAAA",
        "KLUv/QAAAAAAAAAAAA==",
        "KLUvAAAAAAAAAAAA",
        "eAEAAAAAAAAAAAAA",
    ],
)
def test_what_only_begins_so_is_left(text):
    assert unpacked(text, Budget()) is None
    assert find_secrets(of_text(text), [PERSON]) == []


def test_encoded_separators_alone_are_no_reason_for_an_exact_search():
    look = Prefilter(patterns({"x": PERSON}))
    assert not look.may_hold(b'["a&amp;b=1 %20%2520%2F &nbsp;&quot;", "50%ab%C3%BC", "&#106;"]')
    assert not look.may_hold(rb'["a\\u0026b \\x41 \u001b[31m", "\\u0041\\\\u0042"]')
    assert look.may_hold(rb'["a\\u0026b \\x41", "\\u006aan\\x65&#64x%2eexample"]')


def test_a_string_with_quotes_is_looked_at_whole():
    look = Prefilter(patterns({"x": 'Jane "JR" Roe'}))
    assert look.may_hold(json.dumps(['J&#97;ne "JR" Roe']).encode())
    assert look.may_hold(json.dumps(['Jane "JR" R&#111;e']).encode())
    assert look.may_hold(json.dumps([json.dumps(['x "y"', 'Jane "JR" R&#111;e'])]).encode())


def test_layers_have_an_end():
    deep = f"j%{'25' * 9}61ne@x.example"
    assert not [leak for leak in find_leaks(of_text(deep), secrets=[PERSON]) if leak.secret]
    look = Prefilter(patterns({"x": "John Doe"}))
    assert not look.may_hold(of_text(deep))
    escaped = "&#97;\\u0041"
    for _ in range(7):
        escaped = json.dumps(escaped)
    assert look.may_hold(escaped.encode())  # nobody looks so deep: perhaps
