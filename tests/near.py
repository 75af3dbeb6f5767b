"""Strings that nearly are secrets, to compare probes with their finders."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from patterns import drawn, edited, parsed

from replay_redact.scrub import validators
from replay_redact.scrub.keys import in_text
from replay_redact.scrub.known_secrets import Detector

Make = Callable[[random.Random], bytes]

_DIGITS = b"0123456789"
_BRANDS = [(parsed(start), sorted(lengths)) for start, lengths in validators._BRANDS]
_SEPARATORS = [b" ", b"-", b".", b"_", b"/", b"+", b"  ", b". "]


def _card(rng: random.Random) -> bytes:
    """Draw a card number of any brand, in groups of any size."""
    start, lengths = rng.choice(_BRANDS)
    length = rng.choice(lengths)
    number = (drawn(start, rng) + bytes(rng.choices(_DIGITS, k=length)))[: length - 1]
    number = next(n for digit in _DIGITS if validators.luhn(n := number + bytes([digit])))
    sizes = rng.choice(([length], [1] * length, [4] * 5, [4, 6, 9], [rng.randint(4, 7), 4, 4, 4, 4],
                        [rng.randint(3, 8) for _ in range(8)]))  # fmt: skip
    separators = [rng.choice(_SEPARATORS)] if rng.random() < 0.7 else _SEPARATORS
    text = number[: sizes[0]]
    number = number[sizes[0] :]
    for size in sizes[1:]:
        text += (rng.choice(separators) if number else b"") + number[:size]
        number = number[size:]
    return text


def _iban(rng: random.Random) -> bytes:
    """Draw an IBAN of any country, with separators anywhere."""
    country = rng.choice(validators.IBAN_COUNTRIES)
    size = validators._IBAN_LENGTHS[country] - 4
    account = "".join(rng.choices(rng.choice(("0123456789", "0123456789AZaz")), k=size))
    value = int("".join(str(int(character, 36)) for character in f"{account}{country}00"))
    text = f"{country}{98 - value % 97:02}{account}"
    rest = [text[4:]], [text[at : at + 4] for at in range(4, size + 4, 4)], list(text[4:])
    joined = text[:4] + rng.choice(" -+") + "".join(f"{part}{rng.choice(('', ' ', '-'))}" for part in rng.choice(rest))  # fmt: skip
    return rng.choice((joined, text, joined.lower(), joined.replace("-", " "))).encode()


def _ipv6(rng: random.Random) -> bytes:
    groups = [b"%x" % rng.choice((rng.randrange(65536), 0, 1, 15, 255)) for _ in range(rng.randint(0, 8))]  # fmt: skip
    cut = rng.randint(0, len(groups))
    text = b":".join(groups[:cut]) + rng.choice((b"::", b":")) + b":".join(groups[cut:])
    return text + (b":1.2.3.4" if rng.random() < 0.2 else b"")


_OWN = {"card": _card, "iban": _iban, "ipv6": _ipv6}


def near(detector: Detector) -> Make:
    """Return a function that draws strings near the pattern, probe and examples of a detector."""
    ways: list[Make] = [
        lambda rng, part=part: drawn(part, rng)
        for part in (parsed(detector.pattern), parsed(detector.probe))
    ]
    ways.append(lambda rng: rng.choice(detector.examples).encode())
    ways += [_OWN[detector.name]] * 3 if detector.name in _OWN else []
    return lambda rng: edited(rng.choice(ways)(rng), rng)


_SPELLINGS = [str.lower, str.upper, str.title, lambda key: key.replace("_", "-"), lambda key: key.replace("_", " "),
              lambda key: key.title().replace("_", ""), lambda key: f"{key}s"]  # fmt: skip
_AROUND, _BETWEEN, _VALUES, _OPTIONS, _ARGUMENTS, _LINES, _IN_TAG = map(parsed, (
    r"[\w$.\[\]-]*", in_text._BETWEEN, r"[bfr@$]{0,2}(?:\"\"\"|'''|[\"'`])[^\"'`]{1,9}[\"'`]{0,3}|[!-~]{1,9}|[|>]\n  \w{1,9}",
    in_text._OPTIONS, in_text._ARGUMENTS, in_text._LINES, "[^<>]*",
))  # fmt: skip
_AFTER_STRINGS = [b":", b" : ", b",", b"}", b"]"]


def near_keys(keys: Sequence[str]) -> Make:
    """Return a function that draws strings near those in which the value of a key is found."""

    def key(rng: random.Random) -> bytes:
        name = rng.choice(_SPELLINGS)(rng.choice(keys)).encode()
        return rng.choice((name, drawn(_AROUND, rng) + name + drawn(_AROUND, rng)))

    ways: list[Make] = [
        lambda rng: key(rng) + drawn(_BETWEEN, rng) + drawn(_VALUES, rng),
        lambda rng: b"<" + key(rng) + drawn(_IN_TAG, rng) + b">" + drawn(_VALUES, rng),
        lambda rng: drawn(_OPTIONS, rng) + drawn(_ARGUMENTS, rng),
        lambda rng: b" --" + key(rng) + b" " + drawn(_ARGUMENTS, rng),
        lambda rng: drawn(_LINES, rng),
        lambda rng: b'set("%s", "%s")' % (key(rng), drawn(_VALUES, rng)),
        lambda rng: b'form-data; name="%s"\r\n\r\n%s' % (key(rng), drawn(_VALUES, rng)),
        lambda rng: b'<a name="%s" value="%s">' % (key(rng), drawn(_VALUES, rng)),
        lambda rng: b"machine %s password %s" % (drawn(_ARGUMENTS, rng), drawn(_ARGUMENTS, rng)),
        lambda rng: b"curl -u %s:%s" % (drawn(_ARGUMENTS, rng), drawn(_ARGUMENTS, rng)),
        lambda rng: b'"%s"%s"%s"' % (key(rng), rng.choice(_AFTER_STRINGS), key(rng)),
    ]
    return lambda rng: edited(rng.choice(ways)(rng), rng)
