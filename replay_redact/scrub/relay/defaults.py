r"""What Sentry's Relay scrubs by default, for comparison.

Relay has a few patterns without checks, and one rule that replaces a whole string, or the value of
a key, if it holds one of a dozen words. The patterns are in the syntax
of the ``regex`` package; `\b` and `\s` are Unicode's there, as in Relay.
"""

from __future__ import annotations

import re
from typing import Any

_COUNTRIES = (
    "AT AD AE AL AZ BA BE BG BH BR BY CH CR CY CZ DE DK DO EE EG ES FI FO FR GB GE GI GL GR GT HR"
    " HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MR MT MU NL NO PK PL PS PT QA RO"
    " RS SA SC SE SI SK SM ST SV TL TN TR UA VA VG XK DZ AO BJ BF BI CV CM TD KM CG DJ GQ GA GW HN"
    " IR CI MG ML MA MZ NI NE SN TG"
).split()

_BEGIN = r"(?:-----BEGIN[A-Z ]+(?:PRIVATE|PUBLIC) KEY-----[\t ]*\r?\n?)"
_END = r"(?:\r?\n?-----END[A-Z ]+(?:PRIVATE|PUBLIC) KEY-----)"

CARD = r"\b(?:3[47]\d|4\d{3}|5[1-5]\d\d|65\d\d|6011)(?:[-\s]?\d){12}\b"
IBAN = rf"\b(?:{'|'.join(_COUNTRIES)})\d{{2}}[a-zA-Z0-9]{{11,29}}\b"
_PRIVATE_KEY = rf"(?s){_BEGIN}(.+?){_END}"
_URL_AUTH = r"\b(?:[a-z0-9]+:)?//[a-zA-Z0-9%_.-]+:([a-zA-Z0-9%_.-]+)@"
SSN = r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b"
BEARER = r"(?i)\bBearer\s+[^\s]+"

RULES = (CARD, IBAN, _PRIVATE_KEY, _URL_AUTH, SSN, BEARER)
"""Parts of strings, and groups of them, that are replaced."""

# Any byte of a character that is not ASCII counts: it may be a digit, or a space.
_DIGIT = r"[0-9\x80-\xff]"
_SPACE = r"[\s\x0b\x1c-\x1f\x80-\xff]"
_CARD_BEGINS = rf"3[47]{_DIGIT}|4{_DIGIT}{{3}}|5[1-5]{_DIGIT}{{2}}|65{_DIGIT}{{2}}|6011"

PROBES = {
    CARD: rf"(?:^|[^0-9A-Za-z_])(?:{_CARD_BEGINS})(?:(?:-|{_SPACE})?{_DIGIT}){{12}}",
    IBAN: rf"(?:{'|'.join(_COUNTRIES)}){_DIGIT}{{2}}[a-zA-Z0-9\x80-\xff]{{5}}",
    _PRIVATE_KEY: "-----BEGIN[A-Z ]",
    _URL_AUTH: "//[a-zA-Z0-9%_.-]+:[a-zA-Z0-9%_.-]+@",
    SSN: "[0-9]{3}-[0-9]{2}-[0-9]{4}",
    BEARER: rf"(?i:bearer){_SPACE}",
}
"""What fires wherever one of these matches; for RE2, over bytes."""

_WORDS = (
    "password secret passwd api-key api_key apikey auth credentials mysql_pwd privatekey"
    " private-key private_key"
).split()
_ANYWHERE = rf"{'|'.join(_WORDS)}|token[^\s]*[:=]|^otp\Z|^two[-_]factor\Z"
_WHOLE = re.compile(_ANYWHERE, re.IGNORECASE)

KEY = re.compile(f"{_ANYWHERE}|token", re.IGNORECASE)
"""What stands under a key that holds this is wiped."""

KEPT = frozenset({"", "true", "false", "null", "undefined"})
"""Strings that no rule changes."""

FILTERED = b"[Filtered]"
"""What stands in the place of a string that was wiped."""


def _in_any_case(word: str) -> str:
    """Spell a word for RE2 with the characters beyond ASCII that fold to s and k."""
    return word.replace("s", r"(?:s|\xc5\xbf)").replace("k", r"(?:k|\xe2\x84\xaa)")


WHOLE_PROBE = (
    rf"(?i:{'|'.join(map(_in_any_case, _WORDS))})"
    rf"|(?i:{_in_any_case('token')})[^\s\x00]*[:=]"
    r"|(?:^|\x00)(?i:otp|two[-_]factor)(?:\x00|$)"
)
"""What fires wherever a string is to be wiped; for RE2, over bytes."""


SURELY = rf"(?i:{'|'.join(_WORDS)}|token[!-~]*[:=])"
"""What fires only where a string is to be wiped; for RE2, over bytes."""


def wipes(data: bytes) -> bool:
    """Tell whether a string is wiped for what it holds."""
    return _WHOLE.search(data.decode("utf-8", "replace")) is not None


def scalar(value: Any, *, secret: bool) -> Any:
    """Return what becomes of a string or number, under a key that says it is secret or not."""
    if not secret or value in KEPT:
        return value
    return FILTERED.decode() if isinstance(value, str) else None
