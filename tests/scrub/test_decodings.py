"""Detectors see through escapes, and all Unicode forms of digits, blanks and dashes."""

import sys
import unicodedata
from itertools import product

import pytest
from patterns import narrowed

from replay_redact import Scrub
from replay_redact.scrub import decodings
from replay_redact.scrub.probes import compiled
from replay_redact.scrub.scanner import scanner_of

SCANNER = scanner_of(Scrub.default())
ALL = [chr(code) for code in range(0x80, sys.maxunicode + 1)]
CATEGORY = {name: [c for c in ALL if unicodedata.category(c) == name] for name in ("Nd", "Zs", "Pd", "Cf")}  # fmt: skip
CARD = "4111111111111111"
GROUPS = "4111 1111 1111 1111"


def unfound(texts):
    return [ascii(text) for text, clean in zip(texts, SCANNER.strings(texts), strict=True) if "[card]" not in clean]  # fmt: skip


def test_digits_of_every_script():
    zeros = [c for c in CATEGORY["Nd"] if unicodedata.digit(c) == 0]
    assert len(zeros) > 60
    numbers = ["".join(chr(ord(zero) + int(digit)) for digit in CARD) for zero in zeros]
    assert unfound(numbers) == []


def test_blanks_of_every_kind():
    assert len(CATEGORY["Zs"]) > 14
    assert unfound([GROUPS.replace(" ", c) for c in CATEGORY["Zs"]]) == []


def test_dashes_of_every_kind():
    dashes = [*CATEGORY["Pd"], "\u2212"]
    assert len(dashes) > 20
    assert [ascii(c) for c in dashes if SCANNER.string(f"078{c}05{c}1120") != "[us_ssn]"] == []


INVISIBLE = [*CATEGORY["Cf"], *"\u034f\u115f\u1160\u3164\uffa0", *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))]  # fmt: skip


def test_what_is_invisible():
    assert len(INVISIBLE) > 400
    assert unfound([f"4111{c}111111111111" for c in INVISIBLE]) == []
    assert [ascii(c) for c in INVISIBLE if "hunter2" in SCANNER.string(f"pass{c}word=hunter2")] == []  # fmt: skip


@pytest.mark.parametrize("character", [chr(code) for code in range(0x21, 0x7F)])
def test_wide_forms_of_ascii(character):
    seen = decodings.view(f"a{chr(ord(character) + 0xFEE0)}b".encode())
    assert seen is not None
    assert seen.data == f"a{character}b".encode()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("%41%5a%7E%0a%c3%A9", b"AZ~\n\xc3\xa9"), (r"\u0041\uD83d\uffff", b"A\xed\xa0\xbd\xef\xbf\xbf"), (r"\x41\xaF\x09", b"A\xaf\t"),
        (r"\n\r\t\b\f\"\'\/\\", b"\n\r\t  \"'/\\"), ("\x1b[0mA\x1b[1;31:2Zx\x1b[mB", b"AxB"), ("&lt;&amp;&AMP;&frac34;&quot;", '<&&¾"'.encode()),
        ("&#65;&#x5a;&#X7e;&#65&#1234567;", "AZ~A\ufffd".encode()), ("&#x1F600;&#xaFf;", "\U0001f600\u0aff".encode()), ("%4", None), ("%g0%0g", None),
        (r"\q\u00g0\u12\xg0\x1", None), ("\x1b[0", None), ("&a;&abcdefghi;& lt;", None), ("é中", None), ("&#65;%41", b"AA"), ("a%41b%42c", b"aAbBc"),
    ],
)  # fmt: skip
def test_what_a_view_shows(text, plain):
    seen = decodings.view(text.encode())
    assert (None if seen is None else seen.data) == plain


def test_a_view_of_a_view_of_a_view_and_no_more():
    layers = ["%20", "%2520", "%252520", "%25252520"]
    found = [SCANNER.string(GROUPS.replace(" ", layer)) for layer in layers]
    assert [text == "[card]" for text in found] == [True, True, True, False]


@pytest.mark.parametrize("key", ["password", "jwt", "mnemonic", "passphrase", "tax_id", "verification_code", "license_number", "backup_code", "cvv", "authorization", "csrf", "phpsessid"])  # fmt: skip
def test_a_letter_of_a_key_may_be_wide(key):
    for letter in set(key) - {"_"}:
        wide = chr(ord(letter) + 0xFEE0)
        assert "hunter2" not in SCANNER.string(f"{key.replace(letter, wide)}=hunter2")
    shouted = "".join(chr(ord(letter) + 0xFEE0) if letter != "_" else "_" for letter in key.upper())
    assert "hunter2" not in SCANNER.string(f"{shouted}=hunter2")


BEHIND_A_BLANK = ["0", "9", ".", ":", "-", "=", "x=", "_y:", "z.>", 'a-"', "k'", "GB29", "aZ09", "Az90", "FA:",
                  "af.", "09-", "0A:", "a9F.", "fa0A-", "A0a9:", "9f:", "FF:", "AA:", "ff:", "aa:"]  # fmt: skip
BEFORE_A_BLANK = ["bearer", "BASIC", "begin", "-a", "-z", "-A", "-Zb", "-pass-word_1", "--a"]
ENTITIES = ["&lt;", "&AZaz;", "&sup2;", "&frac34;", "&frac90;", "&aaaaaaaa;", "&ZZZZZZZZ12;", "&#"]


def _escaped():
    """Yield strings with escapes: of addresses, JSON, HTML and terminals."""
    yield from (f"%{code:02X}" for code in [*range(0x10), *range(0x21, 0x100)])
    yield from (f"%{code:02x}" for code in [0x0A, 0x0F, 0x2A, 0x2F, 0xAA, 0xFF, 0xAF, 0xFA])
    yield from (f"a%20{after}" for after in BEHIND_A_BLANK)
    yield from (f"{word}%20x" for word in BEFORE_A_BLANK)
    yield from ("x -a%20x", "é--pw%20x")
    yield from (f"%20{sign}" for sign in "~([{<")
    yield from (f"%20{sign}=" for sign in "?!+|")
    yield from (f"%20{word}{sign}" for word in ("\udc80", "\udcff") for sign in "=:>\"'")
    yield from (f"{word}%20" for word in ("dot", "DOT"))
    yield from (f"\\{escape}" for escape in "nrtbfux\"'/\\")
    yield from [*ENTITIES, "\x1b["]


def _spelled():
    """Yield strings with signs of Unicode that are read as others, or not at all."""
    dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
    ends = list(product("09AZaz", repeat=2))
    yield from (f"{start}{dash}{end}" for start, end in ends for dash in dashes)
    yield from (f"0{dash}1" for dash in CATEGORY["Pd"])
    yield from (f"ab{c}cd" for c in [*CATEGORY["Zs"], *INVISIBLE])
    yield from (chr(code) for code in range(0xFF01, 0xFF5F))
    zeros = [c for c in CATEGORY["Nd"] if unicodedata.digit(c) == 0]
    digits = [(0, 0, 0), (9, 9, 9), (1, 2, 3)]
    yield from ("".join(chr(ord(zero) + at) for at in ats) for zero in zeros for ats in digits)
    yield from (f"{zero}0{zero}9{zero}" for zero in zeros)
    yield "\U0001343f"  # of newer versions of Unicode than Python may have


ENCODED = [text.encode("utf-8", "surrogateescape") for text in (*_escaped(), *_spelled())]
COMPILED = [compiled(probe) for probe in decodings.PROBES]


def test_a_probe_fires_for_every_encoding():
    assert [text for text in ENCODED if not any(p.search(text) for p in COMPILED)] == []


@pytest.mark.parametrize("at", range(len(COMPILED)))
def test_every_part_of_a_probe_is_needed(at):
    others = [probe for number, probe in enumerate(COMPILED) if number != at]
    own = [text for text in ENCODED if not any(probe.search(text) for probe in others)]
    assert own
    patterns = list(narrowed(decodings.PROBES[at]))
    assert [what for what, pattern in patterns if all(map(compiled(pattern).search, own))] == []


UNASSIGNED = {0x2065, *range(0x13439, 0x13440)}
"""Which a newer version of Unicode may assign, or has."""


def test_probes_are_silent_for_characters_that_stand_for_nothing_else():
    codes = [*range(0x80, 0xD800), *range(0xE000, 0x20000)]
    others = [chr(code).encode() for code in codes if code not in UNASSIGNED]
    plain = [c for c in others if decodings._plain_form(c) is None]
    assert len(plain) > 100_000
    either = compiled("|".join(f"(?:{probe})" for probe in decodings.PROBES))
    assert [c for c in plain if either.search(b"ab" + c + b"cd")] == []
