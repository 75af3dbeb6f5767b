"""Validators: what distinguishes a card number from other sixteen digits.

Fixed formats have check digits (Luhn, mod 97) and known ranges. A look-alike passes one time in
ten, or in ninety-seven. Each function takes the candidate as bytes, and tells whether it can be
what it looks like. If it cannot tell, it says yes, and the candidate is replaced.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

Check = Callable[[bytes], bool]
"""Tells whether what looks like a secret can be one."""

Engine = Callable[[bytes], Any]
"""Returns the compiled pattern that may search a string."""

Spans = list[tuple[int, int]]
"""Where things begin and end in a string, in bytes."""

_DOUBLED = bytes([48, 50, 52, 54, 56, 49, 51, 53, 55, 57])
_DOUBLE = bytes.maketrans(b"0123456789", _DOUBLED)
_NO_DIGITS = re.compile(rb"[^0-9]")
_NO_WORDS = re.compile(rb"[^0-9A-Za-z]")
_WORD = re.compile(rb"[0-9A-Za-z]")
_BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def digits(text: bytes) -> bytes:
    """Return the digits in a text.

    >>> digits(b"078-05-1120")
    b'078051120'
    """
    return _NO_DIGITS.sub(b"", text)


def luhn(number: bytes) -> bool:
    """Tell whether the last digit is the Luhn check digit of those before it.

    >>> luhn(b"4111111111111111"), luhn(b"4111111111111112")
    (True, False)
    """
    total = sum(number[-1::-2]) + sum(number[-2::-2].translate(_DOUBLE))
    return (total - 48 * len(number)) % 10 == 0


# First digits and lengths as the card brands publish them.
_BRANDS = [
    (r"4", {13, 16, 19}),  # Visa
    (r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", {16}),  # Mastercard
    (r"3[47]", {15}),  # American Express
    (r"30[0-5]|309|36|3[89]", {14, 16, 17, 18, 19}),  # Diners Club
    (r"6011|64[4-9]|65", {16, 17, 18, 19}),  # Discover
    (r"35(?:2[89]|[3-8])", {16, 17, 18, 19}),  # JCB
    (r"62", {16, 17, 18, 19}),  # UnionPay
    (r"220[0-4]", {16, 17, 18, 19}),  # Mir
    (r"60|8[12]|508", {16}),  # RuPay, beside 353 and 356, which are JCB's as well
    (r"50(?:18|20|38)|5893|6304|6759|676[1-3]", set(range(12, 20))),  # Maestro
    (r"9792", {16}),  # Troy
    (r"506[01]|507[89]", {16, 18, 19}),  # Verve
    (r"5019|4571", {16}),  # Dankort
]
_BRAND = {
    length: re.compile("|".join(start for start, lengths in _BRANDS if length in lengths).encode())
    for length in range(12, 20)
}


def is_card(number: bytes) -> bool:
    """Tell whether digits are a payment card number: first digits, length, check digit.

    >>> is_card(b"378282246310005"), is_card(b"1453843029218310")
    (True, False)
    """
    brand = _BRAND.get(len(number))
    fits = brand is not None and brand.match(number) is not None and luhn(number)
    return fits and len(set(number)) > 1


def is_ssn(text: bytes) -> bool:
    """Tell whether a text is a US social security or taxpayer number that can be given out.

    Numbers known from advertisements count as well: they stand for somebody's.

    >>> is_ssn(b"078-05-1120"), is_ssn(b"666-12-3456"), is_ssn(b"912-70-1234")
    (True, False, True)
    """
    number = digits(text)
    area, group, serial = number[:3], number[3:5], number[5:]
    if area[:1] == b"9":
        return group >= b"50" and serial != b"0000"
    return area not in {b"000", b"666"} and group != b"00" and serial != b"0000"


_IBAN_LENGTHS = {
    part[:2]: int(part[3:])
    for part in """
    AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BI:27 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24
    DE:22 DJ:27 DK:18 DO:28 EE:20 EG:29 ES:24 FI:18 FK:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27
    GT:28 HN:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20
    LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MN:20 MR:27 MT:31 MU:30 NI:28 NL:18 NO:15 OM:23 PK:24
    PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 RU:33 SA:24 SC:31 SD:18 SE:24 SI:19 SK:24 SM:27 SO:23 ST:25
    SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20 YE:30 AO:25 BJ:28 CF:27 CG:27 CI:28 CM:27 CV:25
    DZ:26 GA:27 GQ:27 GW:25 IR:26 KM:27 MA:28 MG:27 ML:28 MZ:25 NE:28 SN:28 TD:27 TG:28
    """.split()
}
IBAN_COUNTRIES: tuple[str, ...] = tuple(_IBAN_LENGTHS)
HEX_COUNTRIES = frozenset(code.encode() for code in IBAN_COUNTRIES if set(code) <= set("ABCDEF"))
"""Countries that a hash could name; there, account numbers begin with eight digits."""
_IBAN_VALUES = {ord(character): str(int(character, 36)) for character in _BASE_36}


def iban_length(text: bytes) -> int:
    """Return how much of a text is an IBAN that its start promises; 0 if it is none.

    >>> iban_length(b"DE89 3704 0044 0532 0130 00 and more"), iban_length(b"DE00370400440532013000")
    (27, 0)
    """
    wanted = _IBAN_LENGTHS.get(text[:2].decode().upper(), 0)
    code = _NO_WORDS.sub(b"", text[: 2 * wanted])[:wanted].lower()
    number = int("".join([_IBAN_VALUES[character] for character in code[4:] + code[:4]]) or "0")
    of_digits = text[:2].upper() not in HEX_COUNTRIES or code[4:12].isdigit()
    if len(code) < wanted or number % 97 != 1 or not of_digits:
        return 0
    return [match.end() for match in _WORD.finditer(text)][wanted - 1]


def is_ipv4(text: bytes) -> bool:
    """Tell whether a text is an address of somebody: four parts, not a whole network.

    >>> is_ipv4(b"203.0.113.9"), is_ipv4(b"120.0.0.0"), is_ipv4(b"1.2.3.400")
    (True, False, False)
    """
    return is_dotted(text) and not text.endswith(b".0.0.0")


def is_dotted(text: bytes) -> bool:
    """Tell whether numbers are bytes, without zeros before them.

    >>> is_dotted(b"10.0.0.0"), is_dotted(b"1.2.3.04")
    (True, False)
    """
    parts = text.split(b".")
    return all(int(part) < 256 and (len(part) == 1 or part[:1] != b"0") for part in parts)


def is_ipv6(text: bytes) -> bool:
    """Tell whether a text is the IPv6 address of a host and not a word with colons.

    >>> is_ipv6(b"2001:db8::7"), is_ipv6(b"12:34:56"), is_ipv6(b"add::bad")
    (True, False, False)
    """
    try:
        ipaddress.IPv6Address(text.decode("latin-1"))
    except ValueError:
        return False
    network = len(text.split(b":")[-3]) > 2  # "12::" is none
    return re.search(rb"[0-9]", text) is not None and (network or not text.endswith(b"::"))


def is_imei(text: bytes) -> bool:
    """Tell whether fifteen digits are a device's: reporting body and check digit.

    >>> is_imei(b"356938035643809"), is_imei(b"356938035643808")
    (True, False)
    """
    number = digits(text)
    bodies = {b"01", b"10", b"30", b"33", b"35", b"44", b"45", b"49", b"86", b"91", b"98", b"99"}
    return (
        len(number) == 15 and number[:2] in bodies | {b"50", b"51", b"52", b"53"} and luhn(number)
    )


def is_basic(text: bytes) -> bool:
    """Tell whether base64 holds a user and a password.

    >>> is_basic(b"amFuZTpodW50ZXIy"), is_basic(b"authentication"), is_basic(b"Optional")
    (True, False, False)
    """
    try:
        plain = base64.b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return False
    spoken = _CAPITALIZED.match(text) is not None and not plain.isascii()
    return b":" in plain and not spoken and all(byte > 31 for byte in plain)


_CAPITALIZED = re.compile(rb"[A-Z]?[a-z]+\Z")


_FILES = frozenset(
    b"png jpg jpeg gif svg webp avif ico css js mjs cjs jsx tsx json html woff woff2 ttf".split()
)


def is_email(text: bytes) -> bool:
    """Tell an address from the name of a file, and from code in a text.

    >>> is_email(b"jane@shop.example"), is_email(b"icon@2x.png"), is_email(b"`@a.example")
    (True, False, False)
    """
    return not text.startswith(b"`@") and text.rpartition(b".")[2].lower() not in _FILES


def is_bearer(text: bytes) -> bool:
    """Tell a token from the word that follows "bearer" in a sentence.

    >>> is_bearer(b"abcdef.ghijkl"), is_bearer(b"authentication")
    (True, False)
    """
    token = text.rstrip(b".,")
    return len(token) >= 24 or re.search(rb"[0-9]|[a-z]\.[a-z]|[a-z][A-Z]", token) is not None


_FILLING = b"-_.+/="  # which may stand between what fills a place


_LEAST_BODY = 8
"""Bytes of a body that is told from filling by itself."""


def drawn_behind(prefix: str) -> Check:
    """Return what tells a token from what keeps its place: one character again and again.

    >>> is_drawn = drawn_behind("ghp_")
    >>> is_drawn(b"ghp_xxxx-xxxx"), is_drawn(b"ghp_0A9Zaz")
    (False, True)
    """
    begins = re.compile(prefix.encode()).match

    def is_drawn(text: bytes) -> bool:
        begin = begins(text)
        body = text[begin.end() :] if begin else text
        shown = body if len(body) >= _LEAST_BODY else text
        kept = shown.translate(None, _FILLING)
        return kept != kept[:1] * len(kept)

    return is_drawn


_PARTS = re.compile(rb"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_THREE_CONSONANTS = re.compile(rb"[b-df-hj-np-tv-xz]{3}")
_RISES = re.compile(rb"[a-z][A-Z]")
_RISE_IN = 5
_VOWELS = b"aeiouy"
_LEAST_BITS = 3.0
_SHORTEST_WORD = 4
_MOST_WORDS = 0.4


def looks_drawn(text: bytes) -> bool:
    """Tell whether a text looks drawn at random: letters and digits, and few words.

    >>> looks_drawn(b"9f8a7c1e2b3d4f5a"), looks_drawn(b"created_at_2024_desc")
    (True, False)
    """
    body = text.strip(b"=-_./")
    digits = re.search(rb"[0-9]", body) is not None
    mixed = len(_RISES.findall(body)) * _RISE_IN >= len(body)  # as no word has capitals
    if len(body) < 10 or not (digits or mixed) or not re.search(rb"[A-Za-z]", body):
        return False
    if _bits(body) < _LEAST_BITS:
        return False
    spoken = sum(len(part) for part in _PARTS.findall(body) if _is_spoken(part.lower()))
    return spoken < _MOST_WORDS * len(body)


def _bits(text: bytes) -> float:
    """Return the entropy of a text in bits per byte."""
    counts = Counter(text[:_LONGEST_MEASURED]).values()
    size = sum(counts)
    return -sum(count / size * math.log2(count / size) for count in counts)


_LONGEST_MEASURED = 256


def _is_spoken(part: bytes) -> bool:
    """Tell whether letters could be a word: vowels, and no three consonants in a row."""
    if len(part) < _SHORTEST_WORD or not part.isalpha():
        return False
    vowels = len(part) - len(part.translate(None, _VOWELS))
    return vowels * 4 >= len(part) and _THREE_CONSONANTS.search(part) is None


_VERSION_BEFORE = re.compile(
    rb"(?i)(?:\b(?:versions?|ver\.?|release|build|firmware|driver|chrome|chromium|edge?|edga|opr|opera"
    rb"|firefox|safari|vivaldi|yabrowser|samsungbrowser|electron|webkit|sdk|assembly|upgrade to)"
    rb"[\"']?[\s:=/-]{0,3}v?|\bv\.? ?)\Z"
)


def follows_version(data: bytes, start: int) -> bool:
    """Tell whether what stands before a number says that it is a version.

    >>> follows_version(b"version 1.2.3.4", 8), follows_version(b"from 1.2.3.4", 5)
    (True, False)
    """
    return _VERSION_BEFORE.search(data, max(0, start - 24), start) is not None


def is_phone(text: bytes) -> bool:
    """Tell whether a number has as many digits as telephone numbers have.

    >>> is_phone(b"+44 20 7946 0958"), is_phone(b"+1 2")
    (True, False)
    """
    return 8 <= len(digits(text)) <= 15
