"""Validators: each range and length that they know, and values just outside."""

import base64

import pytest

from replay_redact.scrub import validators

BRANDS = """
4:13,16,19 51:16 55:16 2221:16 2229:16 223:16 229:16 23:16 26:16 270:16 271:16 2720:16 34:15 37:15
300:14,16,17,18,19 305:14,16,17,18,19 309:14,16,17,18,19 36:14,16,17,18,19 38:14,16,17,18,19 39:14,16,17,18,19
6011:16,17,18,19 644:16,17,18,19 649:16,17,18,19 65:16,17,18,19 3528:16,17,18,19 3529:16,17,18,19 353:16,17,18,19 358:16,17,18,19
62:16,17,18,19 2200:16,17,18,19 2204:16,17,18,19 60:16 81:16 82:16 508:16 356:16,17,18,19
5018:12,13,14,15,16,17,18,19 5020:12,13,14,15,16,17,18,19 5038:12,13,14,15,16,17,18,19 5893:12,13,14,15,16,17,18,19
6304:12,13,14,15,16,17,18,19 6759:12,13,14,15,16,17,18,19 6761:12,13,14,15,16,17,18,19 6763:12,13,14,15,16,17,18,19
9792:16 5060:16,18,19 5061:16,18,19 5078:16,18,19 5079:16,18,19 5019:16 4571:16
"""
"""First digits of brands at the ends of their ranges, and their lengths."""

NO_BRANDS = "01 10 2220 2721 28 2199 2205 306 308 31 33 3527 359 500 5017 5021 5037 5039 5062 5077 509 56 57 5892 5894 61 6303 6305 640 643 66 6758 6760 6764 68 70 80 83 90 9791 9793"  # fmt: skip


def number(start, length):
    """Return digits with the check digit that fits."""
    body = (start + "1203" * 5)[: length - 1]
    total = sum(sum(divmod(int(d) * (2 - at % 2), 10)) for at, d in enumerate(reversed(body)))
    return f"{body}{-total % 10}".encode()


def test_cards_of_every_brand_and_length():
    known = {}
    for entry in BRANDS.split():
        start, lengths = entry.split(":")
        known.setdefault(start, set()).update(map(int, lengths.split(",")))
    for start, lengths in known.items():
        found = {length for length in range(10, 22) if validators.is_card(number(start, length))}
        assert found >= lengths, start
        others = {n for other, more in known.items() if start.startswith(other) or other.startswith(start) for n in more}  # fmt: skip
        assert found <= others, start


@pytest.mark.parametrize("start", NO_BRANDS.split())
def test_numbers_of_no_brand(start):
    assert [length for length in range(10, 22) if validators.is_card(number(start, length))] == []


@pytest.mark.parametrize("digit", range(10))
def test_the_check_digit_of_every_digit(digit):
    for at in range(15):
        body = "0" * at + str(digit) + "0" * (14 - at)
        doubled = sum(divmod(2 * digit, 10)) if at % 2 == 0 else digit
        assert [d for d in range(10) if validators.luhn(f"{body}{d}".encode())] == [-doubled % 10]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("DE89370400440532013000", 22), ("de89 3704 0044 0532 0130 00 and", 27), ("DE89370400440532013001", 0), ("DE8937040044053201300", 0),
        ("NO9386011117947", 15), ("ZZ89370400440532013000", 0), ("", 0), ("D", 0), ("MT84MALT011000012345MTLCAST001S", 31),
        ("DE893704004A0532013000", 0), ("DE51 3704 004A 0532 0130 00", 0),
    ],
)  # fmt: skip
def test_ibans(text, size):
    assert validators.iban_length(text.encode()) == size


def _iban(country, account):
    value = int("".join(str(int(character, 36)) for character in f"{account}{country}00"))
    return f"{country}{98 - value % 97:02}{account}".encode()


@pytest.mark.parametrize("country", ["ZZ", "US", "zz", "00"])
@pytest.mark.parametrize("size", range(4, 36))
def test_a_number_of_no_country_is_none(country, size):
    numbers = [f"{country}{check:02}{'1203' * 8}"[:size].encode() for check in range(100)]
    assert [number for number in numbers if validators.iban_length(number)] == []


@pytest.mark.parametrize("country", "AD AE BA BE CF DE EE ad".split())
def test_accounts_of_countries_that_a_hash_could_name_begin_with_eight_digits(country):
    size = validators._IBAN_LENGTHS[country.upper()] - 4
    for at in range(10):
        account = "1" * at + "A" + "1" * (size - at - 1)
        assert bool(validators.iban_length(_iban(country, account))) is (at >= 8)
    french = "1A" * 23
    assert validators.iban_length(_iban("FR", french[:23])) == 27


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (validators.is_ssn, "001-01-0001 665-99-9999 667-01-0001 899-01-0001 900-50-0001 999-99-9999", "000-01-0001 666-01-0001 001-00-0001 001-01-0000 900-49-0001 900-50-0000 999-00-1111"),
        (validators.is_ipv4, "1.2.3.4 0.0.0.1 255.255.255.255 1.0.1.0 10.20.30.40", "1.0.0.0 256.1.1.1 1.1.1.256 01.1.1.1 1.1.1.01 00.1.1.1 1.1.00.1"),
        (validators.is_ipv6, "::1 1:2:3:4:5:6:7:8 a::1 ::ffff:1.2.3.4", ":: a::b 1:: 1:2:3 x 1:2:3:4:5:6:7:8:9 ::1.2.3"),
        (validators.is_imei, "356938035643809 35-693803-564380-9", "356938035643808 35693803564380 3569380356438090 123456789012347 000000000000000 020000000000008"),
        (validators.is_phone, "12345678 123456789012345 1-2-3-4-5-6-7-8", "1234567 1234567890123456"),
        (validators.is_email, "a@b.com a@b.pn a@png.com png@b.c", "a@b.png a@b.PNG a@b.ttf"),
        (validators.is_bearer, "abcdefghijklmnopqrstuvwx aB a.b 0 9", "abcdefghijklmnopqrstuvw token Token abc., a. .a"),
        (validators.is_card, "4222222222222", "0000000000000000 000000000000 4222222222223"),
    ],
)  # fmt: skip
def test_what_each_check_takes_and_refuses(check, good, bad):
    assert [text for text in good.split() if not check(text.encode())] == []
    assert [text for text in bad.split() if check(text.encode())] == []


@pytest.mark.parametrize(
    ("plain", "good"),
    [(b"a:b", True), (b":", True), (b"a:b\x1f", False), (b"a:b ", True), (b"ab", False), (b"a:b\xff", True), (b"a:\x00", False)],
)  # fmt: skip
@pytest.mark.parametrize("padded", [True, False])
def test_basic_credentials(plain, good, padded):
    text = base64.b64encode(plain)
    assert validators.is_basic(text if padded else text.rstrip(b"=")) is good


def test_bearers_that_end_a_sentence():
    assert not validators.is_bearer(b"abcdefghijklmnopqrstuvw.")
    assert validators.is_bearer(b"abcdefghijklmnopqrstuvwx,")
