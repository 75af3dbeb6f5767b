"""The search for planted secrets: every spelling, compared with other encoders than ours."""

import base64
import html
import json
from urllib.parse import quote

import pytest

from replay_redact.testing.planted import (
    MIN_LENGTH,
    Piece,
    _inner_base64,
    find_spread,
    patterns,
    search,
)

CANARY = 'Jane "Roe" & Söhne <4711/+>'


def spellings(event, secret=CANARY):
    return [(hit.name, hit.spelling, hit.place) for hit in search(event, patterns({"x": secret}))]


@pytest.mark.parametrize(
    ("spelling", "encode"),
    [
        ("plain", str), ("plain", str.upper), ("plain", str.lower), ("HTML-escaped", html.escape), ("HTML-escaped", lambda s: "".join(f"&#{ord(c)};" for c in s)),
        ("HTML-escaped", lambda s: "".join(f"&#X{ord(c):X};" for c in s)), ("JSON-escaped", lambda s: json.dumps(s)[1:-1]), ("JSON-escaped", lambda s: "".join(f"\\u{ord(c):04X}" for c in s)),
        ("percent-encoded", lambda s: quote(s, safe="")), ("percent-encoded", lambda s: quote(s.replace(" ", "+"), safe="+")), ("percent-encoded", lambda s: "".join(f"%{b:02X}" for b in s.encode())),
        ("percent-encoded twice", lambda s: quote(quote(s, safe=""), safe="")), ("spaced otherwise", lambda s: s.replace(" ", " \n ")),
    ],
)  # fmt: skip
def test_every_spelling(spelling, encode):
    assert spellings({"a": [f"x{encode(CANARY)}y"]}) == [("x", spelling, ("a", 0))]


@pytest.mark.parametrize("before", range(7))
@pytest.mark.parametrize("after", range(4))
def test_base64_at_every_offset(before, after):
    text = base64.b64encode(b"\xa5" * before + CANARY.encode() + b"\x5a" * after).decode()
    assert [hit[1] for hit in spellings([text])] == ["base64"]
    assert [hit[1] for hit in spellings([text.replace("+", "-").replace("/", "_")])] == ["base64"]


@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("size", range(1, 30))
def test_the_inner_part_of_base64_is_what_all_surroundings_share(before, size):
    data = bytes(range(100, 100 + size))
    around = [
        base64.b64encode(fill * before + data + fill * 5).decode() for fill in (b"\0", b"\xff")
    ]
    first = -(-before * 8 // 6)
    shared = next(
        (at for at in range(first, len(around[0])) if around[0][at] != around[1][at]), None
    )
    assert _inner_base64(data, before) == around[0][first:shared]


def test_short_secrets_are_refused_and_short_base64_is_not_looked_for():
    with pytest.raises(ValueError, match="is shorter than"):
        patterns({"x": "a" * (MIN_LENGTH - 1)})
    assert patterns({"x": "a" * MIN_LENGTH})


def test_numbers_grouped_otherwise_and_keys():
    assert [hit[1] for hit in spellings(["4711-0815 12"], "4711 081512")] == ["grouped otherwise"]
    assert spellings({"k": {CANARY: 1}}) == [("x", "plain", ("k", CANARY))]
    assert spellings({"k": 1, "l": [None, "x"]}) == []
    places = [place for _, _, place in spellings({"a": CANARY, "b": [CANARY, {"c": CANARY}]})]
    assert places == [("a",), ("b", 0), ("b", 1, "c")]


def test_without_secrets_nothing_is_found():
    assert list(search({"k": CANARY}, [])) == []


def test_what_is_spread_over_pieces():
    pieces = [Piece(0, 1, "my Ja"), Piece(0, 2, ""), Piece(1, 3, "NE ROE"), Piece(2, 4, "jane roe")]
    assert list(find_spread(pieces, {"x": "Jane Roe"})) == [("x", pieces[0])]
    assert list(find_spread(pieces[2:], {"x": "Jane Roe"})) == []
    twice = [Piece(0, 1, "jane roe ja"), Piece(0, 2, "ne roe")]
    assert list(find_spread(twice, {"x": "jane roe", "y": "e ro"})) == [("x", twice[0])]
    assert list(find_spread([Piece(0, 1, "jane ro"), Piece(0, 2, "e")], {"x": "jane roe"})) != []
