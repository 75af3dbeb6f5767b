r"""The detectors: what secrets look like, each with examples and look-alikes.

A detector has two or three parts:

* A ``probe`` is short and cheap, and may match too often. All probes together are one linear pass
  over all strings.
* In a string in which the probe matches, the ``pattern`` tells where the secret is. If it has a
  group, the group is the secret.
* A ``check`` decides whether a match is a secret.

Patterns are RE2's, over UTF-8 bytes. They are linear for any input, so they need no bound on
length, and they have no look-around. A probe matches every string in which its finder finds a
secret; tests check this with strings near every pattern and every probe.

In doubt a detector finds more: a strong prefix matches whatever stands before it, and a token that
is longer than its format says is found whole.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import NamedTuple

from replay_redact.scrub import validators
from replay_redact.scrub.formats import FORMATS
from replay_redact.scrub.formats.row import made
from replay_redact.scrub.keys import named
from replay_redact.scrub.validators import Check

Measure = Callable[[bytes], int]


class Detector(NamedTuple):
    """One kind of secret.

    ``check`` tells whether a match is one. Where a match may be longer than the secret,
    ``measure`` returns how many of its bytes are the secret, 0 if none. ``finder`` names one of
    its own, which searches in another way.
    """

    name: str
    probe: str
    pattern: str
    examples: tuple[str, ...]
    look_alikes: tuple[str, ...] = ()
    check: Check | None = None
    measure: Measure | None = None
    finder: str = ""


_SPELLED_SIGN = r"(?i:[(\[{<] ?(?:at|dot) ?[)\]}>]|\w dot \w)"
"""Of an e-mail address whose @ or dots are spelled out: ``jane (at) shop (dot) example``."""


def _three_letters_but(words: str) -> str:
    """Return what matches three letters that are none of some words, which begin differently."""
    firsts = "".join(word[0] for word in words.split())
    ways = [
        f"{w[0]}(?:{_letters_but(w[1])}[a-z]|{w[1]}{_letters_but(w[2])})" for w in words.split()
    ]
    return "|".join([f"{_letters_but(firsts)}[a-z]{{2}}", *ways])


def _letters_but(letters: str) -> str:
    return "[" + "".join(c for c in string.ascii_lowercase if c not in letters) + "]"


_JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmF0dXJlLW9mLWl0"

_HEX_COUNTRIES = sorted(code.decode() for code in validators.HEX_COUNTRIES)
_WORD_COUNTRIES = [code for code in validators.IBAN_COUNTRIES if code not in _HEX_COUNTRIES]
_IBAN_PROBE = (
    rf"(?:{'|'.join(_HEX_COUNTRIES)})[0-9]{{2}}(?:[ +-]?[0-9]){{8}}"
    rf"|(?:{'|'.join(_WORD_COUNTRIES)})[0-9]{{2}}(?:[ +-]?[A-Z0-9]){{11}}"
)

_MAESTRO = "(?:5[08]|6[37])[0-9]{2}"  # whose numbers may have 12 digits
_CARD_RUN = f"(?:[2-9][0-9]{{12}}|{_MAESTRO}[0-9]{{8}})"
_CARD_SIGN = "[ ._/+-]{1,2}"

_PERSONAL = [
    Detector(
        "card",
        rf"(?:(?:^|[^0-9])\.|^|[^0-9A-Fa-f.]|[G-Zg-z][0-9A-Fa-f]*[A-Fa-f]){_CARD_RUN}"
        rf"|[A-Fa-f]{_CARD_RUN}[0-9A-Fa-f]*[G-Zg-z]"
        rf"|(?:^|[^0-9])(?:(?:[0-9]{_CARD_SIGN}){{11}}[0-9]"
        rf"|[2-9][0-9]{{3}}{_CARD_SIGN}[0-9]{{4}}{_CARD_SIGN}[0-9]{{4}}[ ._/+-]{{0,2}}[0-9]"
        rf"|(?:[2-9][0-9]{{4,6}}|{_MAESTRO}){_CARD_SIGN}[0-9]{{4}}{_CARD_SIGN}[0-9]{{4}}"
        rf"|[2-9][0-9]{{3}}{_CARD_SIGN}[0-9]{{6}}{_CARD_SIGN}[0-9]{{3}})",
        r"[0-9](?:[ ._/+-]{0,2}[0-9]){11,}",
        (
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "378282246310005",
            "3782 822463 10005",
            "card_5555555555554444",
            "30569309025904",
            "6011.1111.1111.1117",
            "3530111333300000",
            "2223003122003222",
            "4222222222222",
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "6212345678901265",
            "2200 0000 0000 0004",
            "6759649826438453",
            "id 7 4111111111111111",
        ),
        (
            "4111111111111112",
            "1453843029218310",
            "1795480918133",
            "0000 0000 0000 0000",
            "41111111111111110000",
            "0.4111111111111111",
            "a4111111111111111f",
            "5500-12-31 10:20",
        ),
        validators.is_card,
        finder="card",
    ),
    Detector(
        "us_ssn",
        r"[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}",
        r"(?:^|[^0-9.-]|[A-Za-z_][.-]|\.\.)([0-9]{3}(?:-[0-9]{2}-| [0-9]{2} )[0-9]{4})"
        r"(?:$|[^0-9-])",
        ("my ssn is 078-05-1120", "id_219-09-9999", "123 45 6789", "912-70-1234"),
        ("000-12-3456", "666-12-3456", "123-00-4567", "1123-45-6789", "123-45-67890"),
        validators.is_ssn,
    ),
    Detector(
        "iban",
        rf"(?i)(?:^|[^A-Z0-9])(?:{_IBAN_PROBE})",
        r"(?:^|[^A-Za-z0-9])([A-Za-z]{2}[0-9]{2}(?:[ +-]?[A-Za-z0-9]){11,29})",
        ("DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19 paid", "NO9386011117947!"),
        ("DE89370400440532013001", "NO938601111794", "SE0123456789", "fooDE89370400440532013000"),
        measure=validators.iban_length,
    ),
    Detector(
        "email",
        r"[\w!#$%'*+^`{|}~.\x80-\xff-]@[A-Za-z0-9\x80-\xff.-]+\."
        rf"(?i:[a-z]{{2}}(?:[^a-z]|$)|[a-z]{{4}}|{_three_letters_but('png jpg gif svg')}"
        r"|[a-z]{0,3}[\x80-\xff])",
        r"@[A-Za-z0-9\x80-\xff-]+(?:\.[A-Za-z0-9\x80-\xff-]+)*\.[A-Za-z\x80-\xff]+[A-Za-z\x80-\xff]",
        ("jane@shop.example", "<j.roe+tag@mail.shop.example>", "müller@köln.example"),
        ("icon@2x.png", "user@localhost", "java.lang.Object@4b1c1ea0", "react@18.2.0", "@a.b"),
        validators.is_email,
        finder="email",
    ),
    Detector(
        "email",
        _SPELLED_SIGN,
        _SPELLED_SIGN,
        ("jane (at) shop (dot) example", "jane@shop(dot)example", "jane at shop dot example"),
        ("look (at) this", "jane at home", "a dot b"),
        finder="spelled_email",
    ),
    Detector(
        "ipv4",
        r"[0-9]\.(?:[1-9][0-9]*\.0\.0|[0-9]+\.[1-9][0-9]*\.0|[0-9]+\.[0-9]+\.[1-9]|0\.0\.0/[0-9])",
        r"(?:^|[^0-9.vV]|\.\.)([0-9]{1,3}(?:\.[0-9]{1,3}){3})(?:$|[^0-9.]|\.$|\.[^0-9])",
        ("from 203.0.113.9", "10.0.0.7:8080", "http://192.168.1.20/"),
        ("v1.2.3.4", "Chrome/120.0.0.0", "1.2.3.400", "1.2.3", "1.2.3.4.5", "01.02.03.04"),
        validators.is_ipv4,
        finder="ipv4",
    ),
    Detector(
        "mac",
        r"(?:[0-9A-Fa-f]{2}[:-]){5}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.",
        r"(?:^|[^0-9A-Fa-f:-]|[G-Zg-z][A-Fa-f]*[0-9]*[:-])([0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})"
        r"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?:$|[^0-9A-Fa-f:-])",
        ("ether 4a:00:04:10:9b:50", "4A-00-04-10-9B-50", "4a00.0410.9b50", "mac:4a:00:04:10:9b:50"),
        ("10:20:30", "4a:00:04:10:9b:50:11:22", "2024-11-24"),
    ),
    Detector(
        "ipv6",
        r"(?:[0-9A-Fa-f]{1,4}:){3}|(?:^|[^0-9A-Za-z:.]|[G-Zg-z][A-Fa-f]*:)"
        r"(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})?)?::[0-9A-Fa-f]"
        r"|[0-9A-Fa-f]{3}::(?:$|[^0-9A-Fa-f])",
        r"(?:^|[^0-9A-Za-z:.]|[G-Zg-z][A-Fa-f]*:)([0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,}(?:[0-9.]*[0-9])?)",
        (
            "2001:db8::8a2e:370:7334",
            "[fe80::1]",
            "before ::1 after",
            "::ffff:203.0.113.9",
            "addr:fe80::1",
        ),
        ("10:20:30", "a::before", "std::add", "::", "12:: x", "x ::after"),
        validators.is_ipv6,
    ),
    Detector(
        "ipv6",
        r"::(?:/[0-9]|\])",
        r"(?:^|[\s\v\"'=\[])(::)(?:/[0-9]|\])",
        ("[::]:8080", "::/0"),
        ("std::fs", "f :: Int"),
    ),
    Detector("ipv6", r"(?:^|\x00)::(?:$|\x00)", "^::$", ("::",), ("a ::", ":: b")),
    Detector(
        "imei",
        r"(?:^|[^0-9A-Za-z.-])[0-9]{15}(?:$|[^0-9A-Za-z-])|[0-9]{2}-[0-9]{6}-[0-9]{6}-",
        r"(?:^|[^0-9A-Za-z.-])([0-9]{15}|[0-9]{2}-[0-9]{6}-[0-9]{6}-[0-9])(?:$|[^0-9A-Za-z-])",
        ("imei 356938035643809", "35-693803-564380-9"),
        ("356938035643808", "123456789012345"),
        validators.is_imei,
    ),
    Detector(
        "user_path",
        r"/home/|/Users/|(?i:\\(?:users|home|profiles|documents and settings)\$?\\"
        r"|[a-z]:/+(?:users|profiles|documents and settings)/)|pytest-of-",
        r"/home/|/Users/|(?i:\\(?:users|home|profiles|documents and settings)\$?\\+"
        r"|[a-z]:/+(?:users|profiles|documents and settings)/+)|pytest-of-",
        (
            "/home/jroe/app.log",
            "/Users/Jane Roe/x",
            r"C:\Users\jroe\Desktop",
            r"c:\\users\\jroe\\x",
            "d:/users/jroe/x",
            r"\\fs01\home$\jroe\docs",
            r"C:\Documents and Settings\Jane Roe\x",
        ),
        ("/users/4711", "/homepage", "/home/", "https://shop.example/home/docs", "/Users/Shared/x"),
        finder="user_path",
    ),
    Detector(
        "user_path",
        r"~[A-Za-z_][\w.-]*/",
        r"(?:^|[\s\v\"'=:])~([A-Za-z_][\w.-]*)/",
        ("~jroe/x", "in ~jroe/x"),
        ("~/x", "a~b/c"),
    ),
]
_PHONE = Detector(
    "phone",
    r"\+[0-9]|\([0-9]{3}\)|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}",
    r"(\+[0-9][0-9 ().-]{6,}[0-9]|\([0-9]{3}\)[ .-]?[0-9]{3}[ .-][0-9]{4}"
    r"|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4})",
    ("+44 20 7946 0958", "(555) 010-9999", "555-010-9999"),
    ("+1", "2024-11-24"),
    validators.is_phone,
)

_BODY = r"[A-Za-z0-9._~+/-]+"
_CREDENTIALS = [
    Detector(
        "private_key",
        r"-----BEGIN[ +]|PuTTY-User-Key-File-",
        r"(?s)(?:-----BEGIN[ +][ +A-Z0-9_-]*PRIVATE[ +]KEY(?:[ +]BLOCK)?-----"
        r"|PuTTY-User-Key-File-[0-9]+:)"
        r"(.*?)(?:-----END[ +A-Z0-9_-]*-----|$)",
        (
            "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE",
            r"-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
            "PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nAAAAgQ",
        ),
        ("-----BEGIN CERTIFICATE-----\nMIIC", "-----BEGIN PUBLIC KEY-----\nMIIB"),
    ),
    Detector(
        "url_credentials",
        r"://[^/\s\v\"'<>?#\x00]*[@\x00]",
        r"://([^/\s\v\"'<>?#]+)@",
        ("https://jane:p$ss@shop.example/", "redis://:hunter2@localhost:6379/0", "git://jane@x.y"),
        ("https://shop.example/@jane", "https://a.example?q=a@b", "https://[user]@shop.example/"),
        lambda text: not text.startswith(b"["),
    ),
    Detector(
        "bearer",
        r"(?i:bearer):?[\s\v+]",
        rf"(?i:bearer):?[\s\v+]+(?i:token[:=]?[\s\v+]+)?[\"']?({_BODY}=*)",
        ("Authorization: Bearer abcdef.ghijkl", "bearer  0123456789", "bearer token: abc123def456"),
        ("the bearer of this", "Bearer authentication", "bearer token", "a bearer token is due"),
        validators.is_bearer,
    ),
    Detector(
        "basic",
        r"(?i:basic):?[\s\v+]",
        r"(?i:basic):?[\s\v+]+[\"']?([A-Za-z0-9+/]{2,}={0,2})",
        ("Basic amFuZTpodW50ZXIy", "basic amFuZTpodW50ZXIyMQ=="),
        ("Basic authentication", "basic English"),
        validators.is_basic,
    ),
    Detector(
        "named_token",
        named.PROBE,
        named.PATTERN,
        ("ALGOLIA_KEY=9f8a7c1e2b3d4f5a9f8a7c1e2b3d4f5a", 'datadog: "0a9f8e7d6c5b4a3f2e1d"'),
        ("sentry_event_id=9f8a7c1e2b3d4f5a9f8a7c1e2b3d4f5a", "sort_key=created_at_2024_desc"),
        finder="named_token",
    ),
    Detector(
        "jwt",
        r"eyJ[\w-]{8}",
        r"(eyJ[\w-]{8,}\.(?:eyJ[\w-]+(?:\.[\w-]*)*|[\w-]*(?:\.[\w-]*){3}))",
        (_JWT, f"x={_JWT}", "eyJhbGciOiJSU0EifQ.a1.b2.c3.d4"),
        ("eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ"),
    ),
    Detector(
        "jwt",
        "ZXlK[A-Za-z0-9+/_-]{8}",
        "ZXlK[A-Za-z0-9+/_-]{40,}={0,2}",
        ("ZXlKaGJHY2lPaUpJVXpJMU5pSjkuZXlKemRXSWlPaUkwTnpFeEluMC5jMmxu",),
        ("ZXlKaGJHY2lPaUpJ",),
    ),
]

_TOKENS = [
    Detector(
        row.name,
        row.probe,
        row.pattern,
        (made(row.sample),),
        (row.look_alike,),
        validators.drawn_behind(row.prefix),
    )
    for row in FORMATS
]

DETECTORS = (*_CREDENTIALS, *_TOKENS, *_PERSONAL)
"""The detectors that are on by default, the more telling first."""

OPTIONAL = (_PHONE,)
"""Detectors that take too much for a secret to be on by default."""

NAMES = tuple(dict.fromkeys(detector.name for detector in (*DETECTORS, *OPTIONAL)))
"""What rules may call the detectors."""
